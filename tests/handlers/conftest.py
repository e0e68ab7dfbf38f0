"""A town whose news waits two minutes for what else happens."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from storage.workflow import Workflow
from tests.town import DISTRICT, Town

ABOUT = replace(DISTRICT.district, gather=120.0)
PATIENT = Workflow(replace(DISTRICT, district=ABOUT))


@pytest.fixture
async def patient(tmp_path: Path) -> AsyncIterator[Town]:
    async with Town.open(tmp_path, PATIENT) as town:
        yield town
