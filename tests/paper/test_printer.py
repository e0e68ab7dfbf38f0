"""PDFs are drawn by a process of their own, which may hang or fail without harm."""

import sys

import pytest

from bot.press.__main__ import draw
from bot.press.printer import NotPrinted, Printer
from tests.paper.samples import everything


@pytest.mark.parametrize("name", everything())
async def test_the_child_draws_what_it_is_told(name):
    sheet = everything()[name]
    assert await Printer().draw(sheet) == draw(sheet)


async def test_a_sheet_that_cannot_be_drawn_is_not_printed():
    with pytest.raises(NotPrinted):
        await Printer().draw({"kind": "nothing"})


async def test_a_child_that_hangs_is_ended():
    with pytest.raises(NotPrinted, match="not drawn within"):
        await Printer(0.1, "tests.paper.hangs").draw({})


async def test_where_no_child_is_to_be_had_it_is_not_printed_this_time(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(NotPrinted, match="no process is to be had"):
        await Printer().draw({})
