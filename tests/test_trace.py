"""Ways through the code stay as short as they are: `python -m tests.trace --names` shows each."""

import re

import pytest

from tests.tap_page import CHAPTERS, PAGE
from tests.trace import PATHS, tap, traced

CEILINGS = {  # distinct functions, modules, changes of room (two more for how tasks take turns); they may only fall
    # asks which queues are held, if a bag was handed on; joins what is told; says of which day a time is, and who hears
    "a tap, three notices": (134, 34, 104),
    # the buttons by which one follows stand with those of following; a number in any field; digits said in words
    "/status": (121, 34, 45),
    # what waits by village, age and the kinds that take a leg, came back, stands still, is promised, asked, paused
    "a reminder": (134, 33, 67),
}


@pytest.mark.parametrize("path", PATHS)
async def test_a_way_through_the_code_gets_no_longer(path):
    traces = [await traced(PATHS[path]) for _ in range(3)]  # on a busy machine tasks take turns in other ways
    found = min((len(trace.functions), trace.modules, trace.rooms) for trace in traces)
    assert all(n <= most for n, most in zip(found, CEILINGS[path], strict=True)), found


async def test_the_page_names_what_a_tap_crosses():
    """Once it differs: `python -m tests.tap_page`."""
    page = PAGE.read_text()
    assert sorted(re.findall(r"^- `([^`]+)`", page, re.MULTILINE)) == sorted(
        one.name for one in (await traced(tap)).functions
    )
    assert re.findall(r"^## (.+)$", page, re.MULTILINE) == list(CHAPTERS.values())
