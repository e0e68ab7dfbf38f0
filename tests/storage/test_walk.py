"""Whatever random people tap, in whatever order: versions grow by one, history explains the stage, nobody moves what
they may not, an undo restores, and those who follow are told of what stands: they and nobody else."""

import asyncio
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import storage
from storage.workflow import Workflow
from tests.storage.cast import CAMAT, DEWI, LASTRI, MINUTE, SECOND, WATI, YANTI, Register
from tests.storage.conftest import settled
from tests.storage.walk import FAMILIES, PEOPLE, ROAD, TYPES, Walk

Tap = tuple[Any, ...]  # a method of Walk and what it is given
some = st.integers(0, 30)
stages = st.sampled_from([*ROAD, "returned", "nowhere"])
villages = st.sampled_from([("tlogopakis", WATI), ("tlogopakis", LASTRI), ("simego", DEWI), ("gumelem", YANTI)])
types = st.lists(st.sampled_from(TYPES), min_size=1, max_size=2, unique=True).map(tuple)
wanted = st.lists(st.tuples(some, st.integers(-1, 2)), max_size=4)

taps: st.SearchStrategy[Tap] = st.one_of(
    st.tuples(st.just("go_on"), some, some, st.sampled_from([0, 0, 0, 1])),
    st.tuples(st.just("go_on"), some, some, st.just(0)),
    st.tuples(st.just("hurry"), some, some),
    st.tuples(st.just("tap"), st.sampled_from(PEOPLE), wanted, stages),
    st.tuples(st.just("file"), villages, types),
    st.tuples(st.just("follow"), st.sampled_from([*FAMILIES, WATI]), some),
    st.tuples(st.just("unfollow"), st.sampled_from(FAMILIES), some),
    st.tuples(st.just("undo"), st.sampled_from(PEOPLE), some),
    st.tuples(st.just("undo_own"), some),
    st.tuples(st.just("undo_colleagues"), some, some),
    st.tuples(st.just("wait"), st.sampled_from([SECOND, 9 * SECOND, MINUTE])),
    st.tuples(st.just("send")),
    st.tuples(st.just("correct"), st.sampled_from([YANTI, CAMAT, WATI]), some, stages),
    st.tuples(st.just("withdraw"), st.sampled_from([YANTI, WATI, DEWI, LASTRI]), some),
)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("walk") / "template.sqlite3"
    asyncio.run(settled(f"sqlite:///{path}"))
    return path


async def stroll(town: Path, workflow: Workflow, steps: list[Tap]) -> None:
    path = shutil.copyfile(town, town.with_name("walked.sqlite3"))
    opened = await storage.open_storage(f"sqlite:///{path}")
    try:
        walk = Walk(Register(opened, workflow))
        await walk.file(("tlogopakis", WATI), TYPES)
        for name, *given_to in steps:
            await getattr(walk, name)(*given_to)
        await walk.check()
    finally:
        await opened.close()
    for left in town.parent.glob("walked*"):
        left.unlink()


# Without Phase.shrink, which takes minutes here: add it to see the shortest story that fails.
@settings(max_examples=40, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(steps=st.lists(taps, min_size=10, max_size=60))
def test_whatever_people_tap(town, workflow, steps):
    asyncio.run(stroll(town, workflow, steps))
