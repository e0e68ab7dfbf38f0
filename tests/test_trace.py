"""Ways through the code stay as short as they are: `python -m tests.trace --names` shows each."""

import pytest

from tests.trace import PATHS, traced

CEILINGS = {  # distinct functions, modules, changes of room (two more for how tasks take turns); they may only fall
    "a tap, three notices": (168, 41, 129),
    "/status": (132, 36, 54),
    "a reminder": (92, 26, 43),
}


@pytest.mark.parametrize("path", PATHS)
async def test_a_way_through_the_code_gets_no_longer(path):
    trace = await traced(PATHS[path])
    found = (len(trace.functions), trace.modules, trace.rooms)
    assert all(n <= most for n, most in zip(found, CEILINGS[path], strict=True)), found
