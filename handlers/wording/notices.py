"""What is owed about documents, in words: one message for each act and request, in the language of who reads it. Pure.

The names of documents, stages and reasons are the district file's; how they become sentences is said here.
"""

import json
from collections.abc import Container, Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from handlers.handover.buttons import NotReceived
from handlers.opinions.buttons import Judge
from handlers.reply import Message, Rows, Screen
from handlers.wording import fetched, layout, names, originals, outlook, remarks, standstill
from handlers.wording.layout import GAP, button, grouped, page
from locales import Words, dates, negotiate, words
from storage.corrections import WITHDRAWN
from storage.feedback.opinions import ASKED, VERDICTS
from storage.ledger import STANDSTILL
from storage.news.cards import EVERY_STAGE
from storage.originals.steps import NO_PAPERS, Papers
from storage.outbox import AS_STAFF
from storage.records import Owed, Reached
from storage.road.consignments import TRACING
from storage.workflow import Workflow

ANYWHERE = frozenset({"file", "release"})  # kinds of steps that concern a family wherever its documents are


_facts = lru_cache(maxsize=256)(json.loads)  # of most there are none


def notice(
    owed: Owed, workflow: Workflow, now: int, papers: Papers = NO_PAPERS, *, plain: bool = False
) -> Message | None:
    """The screen, and whether it comes without a sound. None if there is nothing to tell, or nothing but for the card.

    Of the originals (`papers`) of a request it names those that stayed behind when it was handed over. It is `plain`
    without pictures where somebody died, and beside news of such a request.
    """
    facts, stops = _facts(owed.facts), owed.stops
    t, to_staff = words(negotiate(owed.lang, owed.code)), facts == AS_STAFF
    if owed.news != EVERY_STAGE and not to_staff:
        stops = _concerning(stops, workflow)
    if not stops:
        return None
    given = (facts["act"], owed.request or 0, facts["fetched_by"]) if "fetched_by" in facts else None
    # The words tell days and no hours of now, so that for a minute what was written for one is found for the others.
    minute = now - now % dates.MINUTE
    told = Notice(
        workflow, workflow.calendar.closed, t, minute, owed.number, owed.village, stops, owed.mourned or plain,
        to_staff, given, ASKED in facts, papers, owed.own_name,
        any(one.kind == "file" and one.type in workflow.mourning for one in owed.stops),
    )  # fmt: skip
    return _message(told)


def is_for_card(owed: Owed, workflow: Workflow) -> bool:
    """True if something happened to what a family follows, and nothing that it is told unless it asked for it."""
    return bool(owed.stops) and _facts(owed.facts) != AS_STAFF and not _concerning(owed.stops, workflow)


def _concerning(stops: tuple[Reached, ...], workflow: Workflow) -> tuple[Reached, ...]:
    """What a family is told though it did not ask for every stage: milestones, the end, what was filed, stands still or
    goes on again. Not of documents that have gone on to something else since.
    """
    concerning = [
        one
        for one in stops
        if one.hold or one.kind in ANYWHERE or workflow.is_milestone(one.stage) or workflow.ends(one.stage)
    ]
    last = {one.type: one for one in stops}
    return tuple(one for one in concerning if last[one.type] in concerning)


class Journey(NamedTuple):
    """Documents that went the same way, and that way."""

    types: tuple[str, ...]
    stops: tuple[Reached, ...]


def journeys(stops: tuple[Reached, ...]) -> list[Journey]:
    """The steps of each document, documents with the same steps together.

    That it stood still is no step of a way: only where nothing else is to tell, the last of that is.
    """
    ways: dict[str, list[Reached]] = {}
    for stop in stops:
        ways.setdefault(stop.type, []).append(stop)
    for type, way in ways.items():
        ways[type] = [stop for stop in way if stop.kind not in STANDSTILL] or way[-1:]
    alike: dict[object, list[str]] = {}
    for type, way in ways.items():
        alike.setdefault((tuple((stop.stage, stop.kind) for stop in way), way[-1].hold, way[-1].said), []).append(type)
    return [Journey(tuple(types), tuple(ways[types[0]])) for types in alike.values()]


class Notice(NamedTuple):
    """What happened to the documents of one request, for readers of one language; without pictures if it is `plain`,
    with a word of condolence if a death is among what begins (`mourned`): not with what is added to it later.

    To staff it comes without a sound, and without what a family has to do. What was handed over was so by an act, for a
    request, to somebody who fetched it (`given`); it `asks` how it went.
    """

    workflow: Workflow
    closed: frozenset[date]  # by a head: other days are named then
    t: Words
    now: int
    number: str
    village: str
    stops: tuple[Reached, ...]
    plain: bool
    to_staff: bool
    given: tuple[int, int, str] | None = None
    asks: bool = False
    papers: Papers = NO_PAPERS
    own_name: str = ""
    mourned: bool = False

    def lines(self, way: Journey, number: str) -> list[str]:
        """What documents went through together, the last of it first, and what comes next; behind the words a picture
        of where they are, unless nobody knows.
        """
        last, known = way.stops[-1], self.workflow.stages.get(way.stops[-1].stage)
        first, *rest = self._step(way, number)
        lines = [first]
        if len(way.stops) > 1:
            lines.append(self._before(way))
        lines += [*(self._remark(last) if last.said else ()), *rest]
        if not last.said and not self.to_staff:
            lines += self._outlook(way)
        if known and not self.plain and last.hold != TRACING:
            lines[-1] = f"{lines[-1]} {names.SIGNS[known.place]}".rstrip()
        return lines

    def _step(self, way: Journey, number: str) -> Iterator[str]:
        t, last, stage = self.t, way.stops[-1], self.workflow.stages.get(way.stops[-1].stage)
        # Of what was today, the message itself shows its time.
        at, today = (dates.local(one, self.workflow.zone).date() for one in (last.at, self.now))
        is_ready = bool(stage and stage.ready)
        is_dated = at < today and last.kind not in STANDSTILL and not is_ready
        day = f", {dates.date(last.at, self.now, self.workflow.zone, t.lang)}" if is_dated else ""
        documents = names.types_beside(self.workflow, way.types, number + day, t.lang, " " if number else "")
        if last.kind == "release" and not is_ready:
            yield t("Going on: {documents}.", documents=documents)
            return
        if last.kind == "hold":
            reason = names.hold_brief(self.workflow, last.hold or "", t.lang)
            yield t("On hold: {reason}. {documents}.", reason=reason, documents=documents)
            if self.to_staff:
                yield from self._again(last)
            return
        if last.hold and is_ready:  # it is there, and cannot be fetched yet
            news = layout.capital(standstill.place(self.workflow, last.stage, t.lang, *way.types))
        else:
            news = names.stage_news(self.workflow, last.stage, self.village, t.lang, *way.types)
        yield f"{news}: {documents}."
        if stage is None and (more := self._place(last, way).partition(". ")[2]):
            yield f"{more}."

    def _before(self, way: Journey) -> str:
        """The steps before the last one, where they are told late in one message."""
        t, stages = self.t, ", ".join(self._short(stop, way) for stop in way.stops[:-1])
        if self.workflow.calendar.day(way.stops[0].at) < self.workflow.calendar.day(self.now):
            return t("Sorry, late news: {stages}.", stages=stages)
        return t("Before that: {stages}.", stages=stages)

    def _outlook(self, way: Journey) -> Iterator[str]:
        """What comes next, and what is to be done for it."""
        last, stage = way.stops[-1], self.workflow.stages.get(way.stops[-1].stage)
        if last.hold or stage is None:
            yield from self._standstill(last)
            return
        following: dict[str, list[str]] = {}  # roads may part
        for type in way.types:
            if to := self.workflow.following(type, last.stage):
                following.setdefault(to, []).append(type)
        if stage.ready:
            yield from outlook.fetch_lines(self.workflow, (stage.place, self.village), following, self.now, self.t)
            return
        for to, types in following.items():
            times = last.at, self.now
            yield from names.next_lines(self.workflow, to, types, times, self.t, named=len(following) > 1)[0]

    def _remark(self, stop: Reached) -> Iterator[str]:
        """What is said of what has left its road: to staff, too, who are asked about it."""
        village = names.village_name(self.workflow, self.village)
        is_closed = self.workflow.ends(stop.stage)
        yield from remarks.lines(stop.said, village, self.t, ends=is_closed)
        if not is_closed and not self.to_staff:
            yield from outlook.office_lines(self.workflow, stop.said, self.village, self.now, self.t)

    def _standstill(self, stop: Reached) -> Iterator[str]:
        """Why it is held up unless that is the news, and whose turn it is; or that it has left its names."""
        t = self.t
        if not stop.hold:
            if not self.workflow.ends(stop.stage):
                yield outlook.whom_to_ask(self.workflow, self.village, self.now, t)
            return
        if stop.kind != "hold":
            yield t("On hold: {reason}.", reason=names.hold_brief(self.workflow, stop.hold, t.lang))
        if self.workflow.stops_clock(stop.hold):
            yield from outlook.your_turn(self.workflow, stop.hold, self.village, self.now, t, in_brief=True)
        elif review := standstill.still_to_come(self.workflow, stop.review, self.now):
            day = dates.day(review, self.now, self.workflow.zone, t.lang)
            yield t("We are sorry. You only need to wait; we look at it again on {day}.", day=day)
        else:
            yield t("We are sorry. You need not do anything; we tell you how it goes on.")

    def _again(self, stop: Reached) -> Iterator[str]:
        if again := standstill.again(self.workflow, stop.review, self.t, self.now):
            yield again

    def _place(self, stop: Reached, way: Journey) -> str:
        return names.stage_now(self.workflow, stop.stage, self.village, self.t.lang, *way.types)

    def _short(self, stop: Reached, way: Journey) -> str:
        if stop.stage in self.workflow.stages:
            return names.stage_next(self.workflow, stop.stage, self.t.lang, *way.types)
        # Where a road ends early, the words may go on to say what to do; that is said once, after it.
        return layout.small(self._place(stop, way)).partition(". ")[0]


def _is_ready(one: Reached, ready: Container[str]) -> bool:
    """True of what goes on again where it can be fetched: only now it can."""
    return one.kind == "release" and one.stage in ready


@lru_cache(maxsize=1024)  # one act is told to many
def _message(notice: Notice) -> Message:
    ways, number = journeys(notice.stops), grouped(notice.number)
    if notice.own_name:
        number = f"{number} ({notice.own_name})"
    if len(ways) == 1:
        lines = list(notice.lines(ways[0], number))
    else:
        blocks = [[GAP, *notice.lines(way, "" if i else number)] for i, way in enumerate(ways)]
        lines = [line for block in blocks for line in block][1:]
    if notice.mourned and not notice.to_staff and notice.stops[0].kind == "file":
        lines.insert(0, notice.t("We are sorry for your loss."))
    stages, t = notice.workflow.stages, notice.t
    ready = {key for key, stage in stages.items() if stage.ready}
    news = [one for one in notice.stops if not one.hold and (one.kind not in STANDSTILL or _is_ready(one, ready))]
    rows: Rows = ()
    if notice.given:
        act, request, fetched_by = notice.given
        who = fetched.fetcher_name(fetched_by, t)
        lines.append(t("Fetched by {who}. Did you not get it?", who=who))
        rows = ((button(t("We did not get it"), NotReceived(act, request)),),)
    has_left = bool(notice.papers.left_at and notice.papers.out)
    if has_left:
        lines.append(originals.left_behind(notice.workflow, notice.papers, notice.village, t))
    if not notice.to_staff and any(one.stage in ready for one in news):
        lines.append(names.closing(notice.workflow, t))
    heard = {key for key, stage in stages.items() if stage.sound} | notice.workflow.exits.keys()
    heard.discard(WITHDRAWN)  # by whoever asked for it
    is_heard = any(one.stage in heard for one in news)
    is_heard |= has_left or any(one.hold and notice.workflow.stops_clock(one.hold) for one in notice.stops)
    if notice.asks and notice.given and not (is_heard or notice.plain):
        lines.append(t("How did we do?"))
        request = notice.given[1]
        rows = (tuple(button(names.verdict(one, t), Judge(request, one)) for one in VERDICTS), *rows)
    text = page(*layout.fitting([[line] for line in lines], t, gap=""))
    return Screen(text, rows), notice.to_staff or not is_heard
