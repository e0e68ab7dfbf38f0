"""What may happen next, and who may do it. Pure: screens and `documents.move()` ask the same questions."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property

from storage.district import Calendar, District, Exit, Hold, Hours, Original, Reason, Stage, Type, Village
from storage.records import MINUTE, VILLAGE_ROLES, BagItem, Document, Person, Post


class Workflow:
    """The rules of one district."""

    def __init__(self, district: District) -> None:
        self.district = district
        self.stages: dict[str, Stage] = {stage.key: stage for stage in district.stages}
        self.types: dict[str, Type] = {type.key: type for type in district.types}
        self.at_home = frozenset(key for key, stage in self.stages.items() if stage.place == "home")
        self.mourning = frozenset(type.key for type in district.types if type.mourning)
        self.villages: dict[str, Village] = {village.key: village for village in district.villages}
        self.exits: dict[str, Exit] = {exit.key: exit for exit in district.exits}
        self.refusals: dict[str, Reason] = {refusal.key: refusal for refusal in district.refusals}
        self.originals: dict[str, Original] = {original.key: original for original in district.originals}
        self.holds: dict[str, Hold] = {hold.key: hold for hold in district.holds}
        self.calendar = Calendar(district)
        self._stages_on = {
            road: {key: stage.on_route(road) for key, stage in self.stages.items()} for road in district.routes
        }
        self._goes_on = frozenset(stage for route in district.routes.values() for stage in route[:-1])
        first = next(iter(self._stages_on.values()))
        self.stages_of: Mapping[str, Mapping[str, Stage]] = defaultdict(
            lambda: first, {key: self._stages_on[type.route] for key, type in self.types.items()}
        )  # by kind of document: every stage, with the words and the roles that its road has of its own
        self.zone = district.district.zone
        self.grace = int(district.district.notice_grace * 1000)  # ms before anyone is told of a tap
        self.gather = int(district.district.gather * 1000)  # ms more, in which what else happens joins it
        self.regret = int(max(district.district.undo, district.district.notice_grace) * 1000)  # ms to take it back in

    def route(self, type: str) -> tuple[str, ...]:
        """The stages a kind of document goes through. A kind no longer in the file takes the first road of the file."""
        known = self.types.get(type)
        return self.district.routes[known.route if known else next(iter(self.district.routes))]

    def following(self, type: str, stage: str) -> str | None:
        """The next stage on the road, or None at its end and outside it."""
        route = self.route(type)
        place = route.index(stage) + 1 if stage in route else len(route)
        return route[place] if place < len(route) else None

    def ends(self, stage: str, type: str | None = None) -> bool:
        """True if nothing follows this stage: for this kind of document, or for any."""
        if stage in self.exits:
            return self.exits[stage].ends
        return stage not in (self._goes_on if type is None else self.route(type)[:-1])

    def doers(self, type: str, origin: str, to: str) -> frozenset[str]:
        """The roles that may move such a document from one stage to another."""
        stages = self.stages_of[type]
        roles = set(stages[to].by) if to in stages and self.following(type, origin) == to else set()
        for skip in self.district.skips:
            if skip.origin == origin and to in skip.to and to in self.route(type):
                roles.update(skip.by)
        return frozenset(roles)

    def doer(self, person: Person, type: str, village: str, origin: str, to: str) -> Post | None:
        """The post by which a person may make a move, or None. Village roles act for their own village only."""
        roles = self.doers(type, origin, to)
        for post in person.posts:
            if post.role in roles and (post.village == village or post.role not in VILLAGE_ROLES):
                return post
        return None

    def open_to(self, person: Person, type: str, village: str, stage: str) -> tuple[str, ...]:
        """The stages into which a person may move a document now, nearest first."""
        return tuple(to for to in self.onward(type, stage) if self.doer(person, type, village, stage, to))

    def onward(self, type: str, stage: str) -> tuple[str, ...]:
        """Every stage that can follow, whoever does it, nearest first."""
        route = self.route(type)
        later = route[route.index(stage) + 1 :] if stage in route else ()
        return tuple(to for to in later if self.doers(type, stage, to))

    def hours_at(self, office: str, village: str, now: int) -> Hours:
        """When an office is open at this time of the year: the district's counters, the registry's, or those of a
        village; nothing of one of which nobody knows.
        """
        if office == "district":
            return self.calendar.hours_on(self.calendar.day(now))
        own = self.villages[village].hours if office == "village" and village in self.villages else {}
        return own or self.district.hours_of.get(office, {})  # type: ignore[call-overload]  # of no other office

    def asked(self, type: str, lang: str) -> tuple[str, ...]:
        """What a kind of document asks for, in a language: what to bring, then what one does in person."""
        known = self.types.get(type)
        tables = (known.needs, known.in_person) if known else ()
        return tuple(need for table in tables for key, needs in table.items() if key == lang for need in needs)

    def is_late(self, to: str, since: int, now: int) -> bool:
        """True if a document has waited since then for longer than it may until it comes to a stage."""
        if not self.calendar.working_days(since, now):
            return False  # nobody is blamed on the first day
        return self.calendar.due(since, self.stages[to].target or 1) < now

    def late_until(self, to: str, late: int, now: int) -> int:
        """The time, to the minute, until which what came is late by now; what came at `late` is."""
        in_time = now
        while in_time - late > MINUTE:
            between = (late + in_time) // 2
            late, in_time = (between, in_time) if self.is_late(to, between, now) else (late, between)
        return late

    def is_on_the_road(self, stage: str) -> bool:
        """True if somebody carries what is at this stage."""
        return stage in self.stages and self.stages[stage].place == "road"

    def stays(self, origin: str, to: str) -> bool:
        """True if nobody carries what takes this leg: at one desk papers are sorted by kind, not by village."""
        return self.stages[origin].place == self.stages[to].place != "road"

    def pauser(self, person: Person, village: str, stage: str, hold: str) -> Post | None:
        """The post by which a person may put what is at a stage on hold for a reason, and let it go on; or None.

        If the file does not say who may, those who bring documents to this stage or take them further. The head may.
        """
        known = self.holds.get(hold)
        roles = {"head", *(known.by if known and known.by else self._keepers[stage])}
        return self._post(person, village, roles)

    def holds_open_to(self, person: Person, document: Document | BagItem) -> tuple[str, ...]:
        """The reasons for which a person may put a document on hold where it is, in the order of the district file."""
        stage = document.stage
        if stage not in self.stages or self.ends(stage):
            return ()
        fitting = (
            key
            for key, hold in self.holds.items()
            if stage in (hold.at or (stage,)) and document.type in (hold.types or (document.type,))
        )
        return tuple(key for key in fitting if self.pauser(person, document.village, stage, key))

    def exits_open_to(self, person: Person, village: str, stage: str) -> tuple[str, ...]:
        """The exits to which a person may send what is at a stage."""
        return tuple(key for key in self.exits if self.exit_post(person, village, stage, key))

    def exit_post(self, person: Person, village: str, stage: str, exit: str) -> Post | None:
        """The post by which a person may send what is at a stage to an exit, or None."""
        known = self.exits.get(exit)
        return self._post(person, village, {"head", *known.by}) if known and stage in known.at else None

    def receiver(self, person: Person, village: str, stage: str) -> Post | None:
        """The post by which a person may take up again what had left its road at a stage, or None."""
        return self._post(person, village, {"head", *self.stages[stage].by}) if stage in self.stages else None

    def clerk(self, person: Person, village: str) -> Post | None:
        """The post by which a person takes in originals of a village's families, or gives them back: whoever files,
        hands over, or takes documents off their road.
        """
        return self._post(person, village, self._clerks)

    def is_work_of(self, post: Post, other: Post) -> bool:
        """True if whoever holds a post can do the work of another's: the same work, in the same village office, or
        every leg of it.
        """
        if post.role == other.role or other.role in VILLAGE_ROLES:
            return post.role == other.role or post.village == other.village
        legs = [self.doers(type, origin, to) for origin, to, type in self._legs()]
        return all(post.role in doers for doers in legs if other.role in doers)

    def _post(self, person: Person, village: str, roles: Collection[str]) -> Post | None:
        theirs = (post for post in person.posts if post.village == village or post.role not in VILLAGE_ROLES)
        return next((post for post in theirs if post.role in roles), None)

    def stops_clock(self, hold: str | None) -> bool:
        """True while it is the family's turn, and the delay not the service's."""
        known = self.holds.get(hold or "")
        return known is not None and known.stops_clock

    def is_milestone(self, stage: str, hold: str | None = None) -> bool:
        """True where a family can fetch or has to do something, or their documents left the road: of that it is told
        by whoever reaches it, by Telegram or by its village's officers.
        """
        known = self.stages.get(stage)
        is_theirs = known is not None and (known.sound or known.ready)
        return is_theirs or stage in self.exits or (hold is not None and self.stops_clock(hold))

    def places_of(self, hold: str) -> tuple[str, ...]:
        """The stages at which a reason may hold something up."""
        known = self.holds.get(hold)
        return known.at if known and known.at else tuple(key for key in self.stages if not self.ends(key))

    def village_named(self, said: str) -> str | None:
        """The village that somebody names; None if it is none."""
        names = {said.strip().casefold(), said.strip().casefold().removeprefix("desa ")}
        found = (one.key for one in self.villages.values() if names & {one.key.casefold(), one.name.casefold()})
        return next(found, None)

    def filing_posts(self, person: Person, village: str = "") -> tuple[Post, ...]:
        """The posts by which a person may file a new request; if a village is named, for that one."""
        posts = [post for post in person.posts if post.role in self.district.starts]
        return tuple(post for post in posts if not village or post.village in ("", village))

    def filing_villages(self, person: Person) -> tuple[str, ...]:
        """The villages for which a person may file, in the order of the district file."""
        return tuple(key for key in self.villages if self.filing_posts(person, key))

    def start(self, role: str) -> str:
        """Where a request filed by this role begins."""
        return self.district.starts[role]

    def waiting_stages(self, person: Person) -> frozenset[str]:
        """The stages at which something may wait for this person."""
        return frozenset(origin for origin, roles in self._askers.items() if person.holds(*roles))

    def village_of_sight(self, person: Person) -> str | None:
        """The one village a person's work lies in, or None when it may lie anywhere."""
        villages = {post.village for post in person.posts}
        return villages.pop() if len(villages) == 1 and "" not in villages else None

    def villages_in_sight(self, person: Person) -> frozenset[str] | None:
        """The villages whose files a person may search and open: who takes them further in a village sees its own, who
        only files there sees none but what they filed. None: all of them.
        """
        if any(post.role not in VILLAGE_ROLES for post in person.posts):
            return None
        movers = set().union(*self._askers.values())
        return frozenset(post.village for post in person.posts if post.role in movers)

    def is_in_sight(self, person: Person, village: str) -> bool:
        """True if a person may search and open the files of a village."""
        villages = self.villages_in_sight(person)
        return villages is None or village in villages

    @cached_property
    def kinds(self) -> Mapping[tuple[str, str], Sequence[str]]:
        """The kinds of documents that take each leg, from one stage to another."""
        found: dict[tuple[str, str], list[str]] = {}
        for origin, to, type in self._legs():
            found.setdefault((origin, to), []).append(type)
        return found

    @cached_property
    def _keepers(self) -> Mapping[str, set[str]]:
        """By stage, the roles that bring documents to it or take them further."""
        found: dict[str, set[str]] = defaultdict(set)
        for key, stage in self.stages.items():
            found[key].update(stage.by)
        for origin, to, type in self._legs():
            found[origin].update(self.doers(type, origin, to))
        return found

    @cached_property
    def _clerks(self) -> frozenset[str]:
        hands = (self.doers(type, origin, to) for origin, to, type in self._legs() if to in self.at_home)
        exits = (exit.by for exit in self.district.exits)
        return frozenset(self.district.starts).union(*hands, *exits, self.district.district.corrects)

    @cached_property
    def _askers(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for origin, to, type in self._legs():
            found.setdefault(origin, set()).update(self.doers(type, origin, to))
        return found

    def _legs(self) -> Iterator[tuple[str, str, str]]:
        for type in self.types:
            for origin in self.route(type):
                for to in self.onward(type, origin):
                    yield origin, to, type
