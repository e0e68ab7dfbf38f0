"""What is owed about documents, in words: one message for each act and request, in the language of who reads it. Pure.

The names of documents, stages and reasons are the district file's; how they become sentences is said here.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from handlers.reply import Message, Screen
from handlers.wording import layout, names, road
from handlers.wording.layout import GAP, page
from locales import Words, dates, negotiate, speech, words
from storage.audience import AS_STAFF
from storage.district import Stage
from storage.numbers import grouped
from storage.records import Owed, Reached
from storage.workflow import Workflow

HEARD_EXITS = frozenset({"returned", "refused"})  # what was cancelled was cancelled by whoever asked for it
WEEK = 7


def notice(owed: Owed, workflow: Workflow, now: int) -> Message | None:
    """The screen, and whether it comes without a sound. None if there is nothing to tell."""
    lang = negotiate(owed.lang, owed.code)
    # Of now only the day matters: by the hour, so that what was said once is said to everyone.
    staff = json.loads(owed.facts) == AS_STAFF
    teller = _Teller(workflow, words(lang), owed.village, now - now % dates.HOUR, owed.mourned, staff)
    return _message(teller, owed.stops, owed.number)


@lru_cache(maxsize=1024)  # one act is told to many
def _message(teller: "_Teller", stops: tuple[Reached, ...], number: str) -> Message | None:
    if not stops:
        return None
    return Screen(page(*teller.tell(stops, grouped(number)))), not any(map(teller.is_heard, stops))


@dataclass(frozen=True, slots=True)
class Journey:
    """Documents that went the same way, and that way."""

    types: tuple[str, ...]
    stops: tuple[Reached, ...]

    @property
    def last(self) -> Reached:
        return self.stops[-1]


def journeys(stops: tuple[Reached, ...]) -> list[Journey]:
    """The steps of each document, documents with the same steps together."""
    ways: dict[str, list[Reached]] = {}
    for stop in stops:
        ways.setdefault(stop.type, []).append(stop)
    alike: dict[object, list[str]] = {}
    for type, way in ways.items():
        alike.setdefault((tuple(stop.stage for stop in way), way[-1].hold), []).append(type)
    return [Journey(tuple(types), tuple(ways[types[0]])) for types in alike.values()]


@dataclass(frozen=True, slots=True)
class _Teller:
    """Tells in one language what happened to one request of a village; `plain` where somebody died.

    To `staff` it comes without a sound, and without what a family has to do.
    """

    workflow: Workflow
    t: Words
    village: str
    now: int
    plain: bool
    staff: bool

    def tell(self, stops: tuple[Reached, ...], number: str) -> Iterator[str]:
        ways = journeys(stops)
        if len(ways) == 1:
            yield from self._block(ways[0], number)
            return
        yield number
        for i, way in enumerate(ways):
            if i:
                yield GAP
            yield from self._block(way, "")

    def is_heard(self, stop: Reached) -> bool:
        if self.staff:
            return False
        stage = self.workflow.stages.get(stop.stage)
        return stage.sound if stage else stop.stage in HEARD_EXITS

    def _block(self, way: Journey, number: str) -> Iterator[str]:
        documents = f"{self._names(way.types)} {number}".rstrip()
        first, *rest = self._passage(way, documents) if len(way.stops) > 1 else self._step(way, documents)
        yield first if self.plain else f"{road.sign(self.workflow, way.last.stage)} {first}".lstrip()
        yield from rest
        if not self.staff:
            yield from self._outlook(way)

    def _step(self, way: Journey, documents: str) -> Iterator[str]:
        t, stage, moment = self.t, self.workflow.stages.get(way.last.stage), self._moment(way.last)
        if stage is None:
            yield t("{documents}, {moment}.", documents=documents, moment=moment)
            yield f"{self._place(way)}."
        elif stage.ready:
            yield t("{documents} {stage}.", documents=documents, stage=layout.small(self._place(way)))
        else:
            goal = self._goal(way, way.last)
            yield t("{documents} {stage}, {moment}.", documents=documents, stage=goal, moment=moment)

    def _passage(self, way: Journey, documents: str) -> Iterator[str]:
        t, stage, place = self.t, self.workflow.stages.get(way.last.stage), layout.small(self._place(way))
        goals = " → ".join(self._goal(way, stop) for stop in way.stops)
        yield documents
        yield t("Since {day}: {stages}.", day=self._day(way.stops[0]), stages=goals)
        if stage is None or stage.ready:
            yield t("Now: {stage}.", stage=place)
        else:
            yield t("Now: {stage}, {moment}.", stage=place, moment=self._moment(way.last))

    def _outlook(self, way: Journey) -> Iterator[str]:
        """What comes next, and what is to be done for it."""
        stage, hold = self.workflow.stages.get(way.last.stage), way.last.hold
        if hold:
            yield from self._pause(hold)
        elif stage is None:
            yield from self._detour(way.last)
        elif stage.ready:
            yield from self._counter(way)
        else:
            yield from self._onward(way)

    def _pause(self, hold: str) -> Iterator[str]:
        t, known = self.t, self.workflow.holds.get(hold)
        yield f"{names.said(known, t.lang) if known else hold}."
        if known and known.stops_clock:  # it is the family's turn
            yield t("Please ask at the village office. Free of charge.")

    def _detour(self, stop: Reached) -> Iterator[str]:
        t = self.t
        if not self.workflow.ends(stop.stage):
            yield t("Please ask at the village office. Free of charge.")

    def _counter(self, way: Journey) -> Iterator[str]:
        t = self.t
        yield t("Open {hours}. Bring the receipt. Free of charge.", hours=names.hours(self.workflow, t.lang))
        for stage, _ in self._following(way):
            if not self.workflow.ends(stage.key):
                yield t("Or wait: next, {step}.", step=names.said(stage, t.lang).next)

    def _onward(self, way: Journey) -> Iterator[str]:
        following = self._following(way)
        for stage, types in following:
            yield self._next(stage) if len(following) == 1 else self._next_of(stage, types)

    def _next(self, stage: Stage) -> str:
        t, step = self.t, names.said(stage, self.t.lang).next
        if stage.target is None:
            return t("Next: {step}.", step=step)
        return t("Next: {step}, usually {within}.", step=step, within=dates.within(stage.target, t.lang))

    def _next_of(self, stage: Stage, types: tuple[str, ...]) -> str:
        t, documents, step = self.t, self._names(types), names.said(stage, self.t.lang).next
        if stage.target is None:
            return t("Next for {documents}: {step}.", documents=documents, step=step)
        within = dates.within(stage.target, t.lang)
        return t("Next for {documents}: {step}, usually {within}.", documents=documents, step=step, within=within)

    def _following(self, way: Journey) -> list[tuple[Stage, tuple[str, ...]]]:
        """What comes next, for which kinds of document: roads may part."""
        found: dict[str, list[str]] = {}
        for type in way.types:
            if key := self.workflow.following(type, way.last.stage):
                found.setdefault(key, []).append(type)
        return [(names.stage_of(self.workflow, key, types), tuple(types)) for key, types in found.items()]

    def _names(self, types: tuple[str, ...]) -> str:
        return speech.join([names.type_name(self.workflow, type, self.t.lang) for type in types], self.t.lang)

    def _place(self, way: Journey) -> str:
        return names.stage_now(self.workflow, way.last.stage, self.village, self.t.lang, *way.types)

    def _goal(self, way: Journey, stop: Reached) -> str:
        if stop.stage in self.workflow.stages:
            return str(names.said(names.stage_of(self.workflow, stop.stage, way.types), self.t.lang).next)
        # Where a road ends early, the words may go on to say what to do; that is said once, after it.
        place = names.stage_now(self.workflow, stop.stage, self.village, self.t.lang)
        return layout.small(place).partition(". ")[0]

    def _moment(self, stop: Reached) -> str:
        return dates.moment(stop.at, self.now, self.workflow.zone, self.t.lang)

    def _day(self, stop: Reached) -> str:
        """A time of today, a weekday of this week, or else a date."""
        zone, lang = self.workflow.zone, self.t.lang
        days = (dates.local(self.now, zone).date() - dates.local(stop.at, zone).date()).days
        if days == 0:
            return dates.local_time(stop.at, zone, lang)
        return dates.weekday(stop.at, zone, lang) if days < WEEK else dates.day(stop.at, self.now, zone, lang)
