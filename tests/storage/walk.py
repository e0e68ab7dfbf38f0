"""Random taps of random people on a real register, beside a model of what should come of them."""

from dataclasses import dataclass, field

import pytest

from storage import corrections, documents, ledger, outbox, people
from storage.mistakes import taking_back
from storage.records import Actor, Document, MoveResult, Seen
from tests.storage.cast import BUDI, CAMAT, MINUTE, POSTS, SARI, SECOND, SEKCAM, YANTI, Register

GRACE, REGRET = 10 * SECOND, 10 * MINUTE
FAMILIES = (SARI, BUDI)
CORRECTORS = (YANTI, CAMAT, SEKCAM)
PEOPLE = (*dict.fromkeys(chat for chat, _, _ in POSTS), *FAMILIES)
ROAD = (
    "filed to_district at_district to_registry at_registry issued from_registry ready_at_district to_village"
    " ready_at_village handed_over"
).split()
TYPES = ("KK", "PINDAH")
# The rules of docs/stages.md, written down once more: who may complete each stage, and the ways past one.
INTO = {
    "to_district": {"village_officer", "courier"},
    "at_district": {"district_desk", "courier"},
    "to_registry": {"courier"},
    "at_registry": {"registry_desk", "courier"},
    "issued": {"registry_desk", "courier"},
    "from_registry": {"courier"},
    "ready_at_district": {"district_desk", "courier"},
    "to_village": {"village_officer", "courier"},
    "ready_at_village": {"village_officer"},
    "handed_over": {"village_officer"},
}
PAST = {
    ("ready_at_district", "ready_at_village"): {"village_officer"},
    ("ready_at_district", "handed_over"): {"village_officer", "district_desk"},
}


def road(type: str) -> list[str]:
    return [stage for stage in ROAD if type != "PINDAH" or stage != "from_registry"]


def roles(type: str, origin: str, to: str) -> set[str]:
    stages = road(type)
    follows = origin in stages[:-1] and stages[stages.index(origin) + 1] == to
    return (INTO[to] if follows else set()) | PAST.get((origin, to), set())


def may(chat: int, document: Document, to: str) -> bool:
    allowed = roles(document.type, document.stage, to)
    return any(
        holder == chat and role in allowed and (role != "village_officer" or village == document.village)
        for holder, role, village in POSTS
    )


@dataclass
class Act:
    """What one tap did: the documents as they were, and who has to hear of it."""

    chat: int
    at: int
    before: list[Document]
    told: set[tuple[int, int | None]]
    heard: set[tuple[int, int | None]] = field(default_factory=set)  # who has been told
    undone: bool = False
    corrects: bool = False


@dataclass
class Walk:
    """The register, and what the model thinks of it."""

    register: Register
    found: dict[int, Document] = field(default_factory=dict)
    acts: dict[int, Act] = field(default_factory=dict)
    follows: set[tuple[int, str]] = field(default_factory=set)
    sorry: set[tuple[int, int, int | None]] = field(default_factory=set)  # corrections: act, chat, request

    def nth(self, n: int) -> Document:
        return list(self.found.values())[n % len(self.found)]

    async def file(self, where: tuple[str, int], types: tuple[str, ...]) -> None:
        village, by = where
        for document in await self.register.filed(*types, village=village, by=by):
            self.found[document.id] = document

    async def follow(self, chat: int, n: int) -> None:
        number = self.nth(n).number
        assert await self.register.follow(chat, number) is ((chat, number) not in self.follows)
        self.follows.add((chat, number))

    async def unfollow(self, chat: int, n: int) -> None:
        number, request = self.nth(n).number, self.nth(n).request
        async with self.register.storage.transaction() as tx:
            await people.unfollow(tx, chat, number, self.register.now)
        self.follows.discard((chat, number))
        for act in self.acts.values():
            if not act.corrects:  # what was wrong is put right for whoever was told of it
                act.told.discard((chat, request))

    async def wait(self, time: int) -> None:
        self.register.now += time

    async def go_on(self, n: int, choice: int, age: int) -> None:
        """Somebody who may takes a document further, and perhaps its neighbour: few would come far without these."""
        legs = [(chat, to) for to in ROAD for chat in PEOPLE if may(chat, self.nth(n), to)]
        if legs:
            chat, to = legs[choice % len(legs)]
            await self.tap(chat, [(n, age), (n + 1, 0)], to)

    async def hurry(self, n: int, choice: int) -> None:
        """A document goes all the way, as far as it is from the end."""
        for _ in ROAD:
            await self.go_on(n, choice, 0)

    async def tap(self, chat: int, wanted: list[tuple[int, int]], to: str) -> None:
        """`wanted`: which documents, and how many versions ago they were seen."""
        seen = {self.nth(n).id: Seen(self.nth(n).id, self.nth(n).version - age) for n, age in wanted}
        actor = Actor(await self.register.person(chat), self.register.now)
        async with self.register.storage.transaction() as tx:
            result = await documents.move(tx, self.register.workflow, list(seen.values()), to, actor)
        self._expect(
            chat, result, [self.found[id] for id in seen], {one.document: one.version for one in seen.values()}, to
        )

    def _expect(self, chat: int, result: MoveResult, asked: list[Document], versions: dict[int, int], to: str) -> None:
        fresh = [one for one in asked if versions[one.id] == one.version]
        moving = sorted((one for one in fresh if may(chat, one, to)), key=lambda one: one.id)
        assert [one.id for one in result.moved] == [one.id for one in moving]
        assert {one.id for one in result.not_permitted} == {one.id for one in fresh} - {one.id for one in moving}
        late = {one.id for one in result.repeated} | {one.document.id for one in result.overtaken}
        assert late == {one.id for one in asked} - {one.id for one in fresh}
        assert (result.act is None) == (not moving)
        if result.act is not None:
            self._done(chat, result.act, moving, result, to)

    def _done(self, chat: int, act: int, before: list[Document], result: MoveResult, to: str) -> None:
        told = {(follower, one.request) for one in before for follower, number in self.follows if number == one.number}
        hear: set[tuple[int, int | None]] = {(c, request) for c, request in told if c != chat}
        work: dict[int, set[int]] = {}
        for c, role, village in POSTS if to == "ready_at_district" else ():
            if role == "village_officer" and c != chat:
                theirs = {one.request for one in before if one.village == village and (c, one.request) not in told}
                work.setdefault(c, set()).update(theirs)
        # Of several they hear once.
        hear |= {(c, requests.pop() if len(requests) == 1 else None) for c, requests in work.items() if requests}
        self.acts[act] = Act(chat, self.register.now, before, hear)
        for was, now in zip(before, result.moved, strict=True):
            assert (now.stage, now.since, now.version) == (to, self.register.now, was.version + 1)
            self.found[now.id] = now

    async def correct(self, chat: int, n: int, stage: str) -> None:
        """Somebody says that a document is elsewhere; they may if it is their post, and if that is on its road."""
        was = self.nth(n)
        last = await self._doer(was)
        actor = await self.register.actor(chat)
        async with self.register.storage.transaction() as tx:
            result = await corrections.put_right(
                tx, self.register.workflow, [Seen(was.id, was.version)], stage, "slip", actor
            )
        allowed = chat in CORRECTORS and stage in road(was.type) and stage != was.stage
        assert bool(result and result.act) is allowed
        if result and result.act:
            hear: set[tuple[int, int | None]] = {
                (c, was.request) for c, number in self.follows if number == was.number and c != chat
            }
            hear |= {(last, was.request)} if last not in (None, chat) else set()
            self.acts[result.act] = Act(chat, self.register.now, [was], hear, corrects=True)
            [now] = result.moved
            assert (now.stage, now.version, now.closed_at is None) == (stage, was.version + 1, stage != "handed_over")
            assert now.since <= self.register.now
            self.found[now.id] = now

    async def withdraw(self, chat: int, n: int) -> None:
        """Somebody withdraws a document."""
        was = self.nth(n)
        actor = await self.register.actor(chat)
        async with self.register.storage.transaction() as tx:
            result = await corrections.withdraw(tx, self.register.workflow, [Seen(was.id, was.version)], actor)
        starts = {"village_officer": "filed", "reporter": "filed", "district_desk": "at_district"}
        files = any(
            c == chat and starts.get(role) == was.stage and village in ("", was.village) for c, role, village in POSTS
        )
        assert bool(result and result.act) is (was.closed_at is None and (files or chat in CORRECTORS))
        if result and result.act:
            self._done(chat, result.act, [was], result, "cancelled")

    async def _doer(self, document: Document) -> int | None:
        """Who made the last step of a document, an undo apart."""
        async with self.register.storage.reading() as tx:
            event = await ledger.event_at(tx, document.id, document.version)
        return event.chat if event else None

    async def undo_own(self, n: int) -> None:
        if self.acts:
            await self.undo(list(self.acts.values())[n % len(self.acts)].chat, n)

    async def undo_colleagues(self, n: int, choice: int) -> None:
        """Somebody with the same post tries to take it back."""
        if self.acts:
            posts = {post[1:] for post in POSTS if post[0] == list(self.acts.values())[n % len(self.acts)].chat}
            colleagues = [post[0] for post in POSTS if post[1:] in posts]
            await self.undo(colleagues[choice % len(colleagues)], n)

    async def undo(self, chat: int, n: int) -> None:
        if not self.acts:
            return
        id = list(self.acts)[n % len(self.acts)]
        act = self.acts[id]
        may = chat == act.chat and not act.undone and self.register.now < act.at + REGRET
        if may and not self._still(act):
            with pytest.raises(taking_back.GoneOn):
                await self.register.undo(chat, id)
            return
        back = await self.register.undo(chat, id)
        assert bool(back) is may
        if back and back.act:
            moved = {one.request for one in back.moved}
            self.sorry |= {(back.act, c, request) for c, request in act.heard if request in (None, *moved)}
            # The news of what has moved on stays owed.
            act.undone = True
            act.told = {one for one in act.told if one[1] not in moved and (one[1] is not None or back.overtaken)}
            self._back(act, back)

    async def send(self) -> None:
        """All that is due goes out."""
        now = self.register.now
        async with self.register.storage.transaction() as tx:
            due = {id for owed in await outbox.claim(tx, outbox.NOTICE, now, 500) for id in owed.ids}
            await outbox.sent(tx, due, now)
        for act in self.acts.values():
            if act.told and now >= act.at + GRACE:
                act.heard, act.told = act.told, set()
        self.sorry.clear()

    def _still(self, act: Act) -> list[Document]:
        return [was for was in act.before if self.found[was.id].version == was.version + 1]

    def _back(self, act: Act, back: MoveResult) -> None:
        still = self._still(act)
        assert back.moved == tuple(was._replace(version=was.version + 2) for was in still)
        assert {one.document.id for one in back.overtaken} == {was.id for was in act.before} - {was.id for was in still}
        self.found |= {one.id: one for one in back.moved}

    async def check(self) -> None:
        """The register is as the model has it, and its own history says the same."""
        async with self.register.storage.reading() as tx:
            for document in self.found.values():
                assert await documents.get(tx, document.id) == document
                history = await ledger.history(tx, document.id)
                assert [event.version for event in history] == list(range(1, document.version + 1))
                assert [event.from_stage for event in history] == [None, *(event.to_stage for event in history[:-1])]
                assert history[-1].to_stage == document.stage
                assert all(
                    e.role in roles(document.type, str(e.from_stage), e.to_stage) for e in history if e.kind == "move"
                )
        owed = {(row[2], row[0], row[3]) for row in await self.register.owed()}
        news = {(id, chat, request) for id, act in self.acts.items() for chat, request in act.told}
        assert owed == news | self.sorry
        await self._check_closed()

    async def _check_closed(self) -> None:
        over = {one.request for one in self.found.values()}
        over -= {one.request for one in self.found.values() if one.stage not in ("handed_over", "cancelled")}
        assert {row[0] for row in await self.register.ask("select id from request where closed_at is not null")} == over
