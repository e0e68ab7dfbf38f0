"""Printed slips inside a photograph: what the bot reads of a sheet of A4 that lies askew on a table."""

import random

import pytest

from handlers.road import codes
from handlers.wording.links import number_link
from tests.bench import hard_pictures
from tests.gallery import numbers


@pytest.mark.parametrize("name", ["four on a sheet, askew", "out of focus", "glare", "dusk"])
async def test_a_printed_slip_is_read_in_a_photograph(name: str):
    wanted = numbers(hard_pictures.HARDSHIPS[name][1])
    picture = hard_pictures.photograph(name, hard_pictures.printed(wanted), random.Random(5))
    assert {*await codes.read(picture)} == {number_link("jekduk_bot", number) for number in wanted}
