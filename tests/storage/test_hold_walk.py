"""Whatever is held, let go on, returned, moved, taken back, and ticked of originals, in whatever order: the register
agrees with itself."""

import asyncio
import shutil
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import storage
from storage import documents, ledger
from storage.counter import custody
from storage.holds import queues, returns
from storage.holds.queues import Queue
from storage.mistakes import taking_back
from storage.records import Document, Seen
from storage.workflow import Workflow
from tests.storage.cast import CAMAT, HADI, JOKO, ROAD, WATI, YANTI, Register
from tests.storage.conftest import settled
from tests.storage.holding import hold, hold_queue, release

DAY = 86_400_000
REASONS = ("blank", "road", "attend", "sign", "incomplete", "power")
QUEUES = (Queue("at_registry", "KTP"), Queue("at_district"), Queue("filed", "", "tlogopakis"), Queue(""))
STAFF = (HADI, JOKO, YANTI, CAMAT, WATI)
PAPERS, STATES = (("kk",), ("nikah",), ("kk", "nikah")), (custody.OUT, custody.BACK, custody.NONE)
some, staff = st.integers(0, 30), st.sampled_from(STAFF)
deeds: st.SearchStrategy[tuple[Any, ...]] = st.one_of(
    st.tuples(st.just("go_on"), some),
    st.tuples(st.just("go_on"), some),
    st.tuples(st.just("file"), st.sampled_from(["KK", "KTP"])),
    st.tuples(st.just("hold"), staff, st.sampled_from(REASONS), some, st.integers(0, 1)),
    st.tuples(st.just("release"), staff, some, st.integers(0, 1)),
    st.tuples(st.just("hold_queue"), staff, st.sampled_from(QUEUES), st.sampled_from(REASONS)),
    st.tuples(st.just("end"), staff, some),
    st.tuples(st.just("extend"), staff, some),
    st.tuples(st.just("give_back"), staff, some),
    st.tuples(st.just("give_back"), staff, some, some),
    st.tuples(st.just("tick"), staff, some, st.sampled_from(PAPERS), st.sampled_from(STATES), st.integers(0, 1)),
    st.tuples(st.just("tick"), staff, some, st.sampled_from(PAPERS), st.sampled_from(STATES), st.just(0)),
    st.tuples(st.just("take_up"), staff, some),
    st.tuples(st.just("undo"), some),
    st.tuples(st.just("undo"), st.just(0)),
    st.tuples(st.just("wait"), st.sampled_from([1000, 60_000, DAY])),
)


@dataclass
class Stroll:
    """A register, its documents, and the acts that may be taken back, newest first."""

    register: Register
    found: list[Document] = field(default_factory=list)
    acts: list[tuple[int, int]] = field(default_factory=list)

    async def nth(self, n: int) -> Document:
        return await self.register.get(self.found[n % len(self.found)])

    def done(self, by: int, act: int | None) -> None:
        if act is not None:
            self.acts.insert(0, (by, act))

    async def file(self, type: str) -> None:
        self.found.append(await self.register.one(type))

    async def go_on(self, n: int) -> None:
        one = await self.nth(n)
        to = self.register.workflow.following(one.type, one.stage)
        by = next((chat for chat, stage in ROAD if stage == to), None)
        if to and by:
            moved = await self.register.move(by, to, one)
            self.done(by, moved.act)
            assert [d.hold for d in moved.moved] == [await self.held_there(one.type, to)]

    async def held_there(self, type: str, stage: str) -> str | None:
        """Why whatever comes to a stage is held, if it is."""
        workflow = self.register.workflow
        async with self.register.storage.reading() as tx:
            for one in await ledger.standing(tx):
                stages = Queue(one.stage).stages(workflow, one.reason) if one.stage else workflow.places_of(one.reason)
                if (stage in stages or stage == one.stage) and one.type in ("", type):
                    return one.reason
        return None

    async def hold(self, by: int, reason: str, n: int, age: int) -> None:
        one = await self.nth(n)
        stale = Document(**{**_facts(one), "version": one.version - age})
        self.done(by, (await hold(self.register, by, reason, stale, review=self.register.now + DAY)).act)

    async def release(self, by: int, n: int, age: int) -> None:
        one = await self.nth(n)
        stale = Document(**{**_facts(one), "version": one.version - age})
        self.done(by, (await release(self.register, by, stale)).act)

    async def hold_queue(self, by: int, queue: Queue, reason: str) -> None:
        try:
            result = await hold_queue(self.register, by, queue, reason)
        except PermissionError:
            return
        self.done(by, result.act if result else None)

    async def end(self, by: int, n: int) -> None:
        await self._with_cause(by, n, later=0)

    async def extend(self, by: int, n: int) -> None:
        await self._with_cause(by, n, later=3 * DAY)

    async def _with_cause(self, by: int, n: int, later: int) -> None:
        one, actor = await self.nth(n), await self.register.actor(by)
        try:
            async with self.register.storage.transaction() as tx:
                cause = await queues.of_document(tx, one.id)
                if cause is None:
                    return
                if later:
                    found = await queues.extend(tx, self.register.workflow, cause, actor.now + later, actor)
                else:
                    found = await queues.release(tx, self.register.workflow, cause, actor)
        except PermissionError:
            return
        self.done(by, found.act if found else None)

    async def give_back(self, by: int, *which: int) -> None:
        actor, said = await self.register.actor(by), {"id": ["KK lama bila ada"]}
        found = {one.id: one for one in [await self.nth(n) for n in which]}.values()
        async with self.register.storage.transaction() as tx:
            seen = [Seen(one.id, one.version) for one in found]
            result = await returns.give_back(tx, self.register.workflow, seen, "returned", said, actor)
        self.done(by, result.act)

    async def take_up(self, by: int, n: int) -> None:
        one, actor = await self.nth(n), await self.register.actor(by)
        async with self.register.storage.transaction() as tx:
            result = await returns.take_up(tx, self.register.workflow, Seen(one.id, one.version), actor)
        self.done(by, result.act)

    async def tick(self, by: int, n: int, papers: tuple[str, ...], state: str, age: int) -> None:
        """Say where originals are, by a card that may be old: then that is where they are, or nothing has changed."""
        one, actor = await self.nth(n), await self.register.actor(by)
        try:
            async with self.register.storage.transaction() as tx:
                before = await custody.of(tx, one.request)
                found = await documents.of_request(tx, one.request)
                seen = before.seen - age
                done = await custody.note(tx, self.register.workflow, found, papers, state, seen, actor)
                after = await custody.of(tx, one.request)
        except PermissionError:
            return
        assert (after != before) is bool(done)
        assert done is None or {after.state(paper) for paper in papers} == {state}

    async def undo(self, n: int) -> None:
        if self.acts:
            with suppress(taking_back.GoneOn):
                await self.register.undo(*self.acts[n % len(self.acts)])

    async def wait(self, time: int) -> None:
        self.register.now += time

    async def check(self) -> None:
        """Each document, its newest event and its cause say the same, and nothing is held by what is over."""
        odd = await self.register.ask(
            "select d.id from document d join event e on e.document = d.id and e.version = d.version"
            " left join cause c on c.id = d.cause"
            " where coalesce(d.hold, '') <> coalesce(e.hold, '') or coalesce(d.cause, 0) <> coalesce(e.cause, 0)"
            " or d.stopped <> e.stopped or d.stage <> e.to_stage or (d.hold is null) <> (d.cause is null)"
            " or (d.hold is null) <> (d.hold_since is null) or coalesce(c.reason, '') <> coalesce(d.hold, '')"
            " or (d.cause is not null and c.gathers = 1 and c.ended_by is not null)"
            " or coalesce(c.review, 0) <> coalesce(d.hold_review, 0) or d.stopped < 0"
        )
        assert odd == []
        for one in self.found:
            async with self.register.storage.reading() as tx:
                papers = await custody.of(tx, one.request)
                ((out,),) = await self.register.ask(f"select papers_out from request where id = {one.request}")
                there = await custody.out_in(tx, one.village)
            assert len(papers.out) == out == sum(each.request == one.request for each in there)
        for one in self.found:
            async with self.register.storage.reading() as tx:
                history = await ledger.history(tx, one.id)
                now = await documents.get(tx, one.id)
            assert now
            assert [event.version for event in history] == list(range(1, now.version + 1))
            assert [event.from_stage for event in history] == [None, *(event.to_stage for event in history[:-1])]


def _facts(one: Document) -> dict[str, Any]:
    return one._asdict()


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("holds") / "template.sqlite3"
    asyncio.run(settled(f"sqlite:///{path}"))
    return path


async def strolled(town: Path, workflow: Workflow, steps: list[tuple[Any, ...]]) -> None:
    path = shutil.copyfile(town, town.with_name("strolled.sqlite3"))
    opened = await storage.open_storage(f"sqlite:///{path}")
    try:
        stroll = Stroll(Register(opened, workflow))
        for type in ("KK", "KTP", "KTP"):
            await stroll.file(type)
        for name, *given_to in steps:
            await getattr(stroll, name)(*given_to)
            await stroll.check()
    finally:
        await opened.close()
    for left in town.parent.glob("strolled*"):
        left.unlink()


@settings(max_examples=40, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(steps=st.lists(deeds, min_size=10, max_size=60))
def test_whatever_is_held_and_let_go_on(town, workflow, steps):
    asyncio.run(strolled(town, workflow, steps))
