"""Who stands in for whom, and what is in whose hands, as one says it among staff."""

from collections import Counter
from collections.abc import Iterable, Sequence

from handlers.posts.buttons import AcceptStandIn, EndStandIn
from handlers.reply import Button, Rows
from handlers.wording import names
from handlers.wording.layout import button
from locales import Words, dates
from storage.posts.stand_ins import StandIn
from storage.records import Document
from storage.workflow import Workflow

LENT = "⇄"  # beside what somebody does in the place of a colleague


def last_day(workflow: Workflow, until: int, t: Words, now: int) -> str:
    """The last day of what ends at midnight."""
    return dates.day(until - 1, now, workflow.zone, t.lang)


def line(workflow: Workflow, one: StandIn, chat: int, t: Words, now: int) -> str:
    """How it stands, as its reader has to do with it."""
    away, deputy = (names.post_title(workflow, post, t) for post in (one.away, one.deputy))
    day = last_day(workflow, one.until, t, now)
    if chat == one.deputy.chat:
        if one.accepted_at is None:
            return t("{away} needs somebody in their place until {day}, and asks for you.", away=away, day=day)
        return t("⇄ You stand in for {away}, until {day}.", away=away, day=day)
    if one.accepted_at is None:
        return t("{deputy} is asked to stand in until {day}, and has not answered yet.", deputy=deputy, day=day)
    if chat == one.away.chat:
        return t("{deputy} stands in for you, until {day}.", deputy=deputy, day=day)
    return t("{deputy} stands in for {away}, until {day}.", deputy=deputy, away=away, day=day)


def rows(one: StandIn, chat: int, t: Words) -> Rows:
    """What its reader may do about it."""
    if one.accepted_at is not None:
        return ((button(t("End it now"), EndStandIn(one.id)),),)
    if chat == one.deputy.chat:
        return ((button(t("I stand in"), AcceptStandIn(one.id)), button(t("I cannot"), EndStandIn(one.id))),)
    return ((button(t("Ask no longer"), EndStandIn(one.id)),),)


def answers(found: Iterable[StandIn], chat: int, t: Words) -> list[tuple[Button, ...]]:
    """The answers to those who ask a chat."""
    asked = (one for one in found if one.accepted_at is None and one.deputy.chat == chat)
    return [row for one in asked for row in rows(one, chat, t)]


def by_place(workflow: Workflow, papers: Sequence[Document]) -> str:
    """`Gumelem 3, Simego 1`: papers in somebody's hands, by village."""
    counts = Counter(names.village_name(workflow, one.village) for one in papers)
    return ", ".join(f"{village} {n}" for village, n in counts.items())


def in_hands(workflow: Workflow, papers: Sequence[Document], t: Words) -> str:
    """The line for what a post carries; nothing if that is nothing."""
    if not papers:
        return ""
    places = by_place(workflow, papers)
    return t.n(
        "{n} paper is on the road with this post: {places}. Who takes over needs it in their hands.",
        "{n} papers are on the road with this post: {places}. Who takes over needs them in their hands.",
        len(papers), places=places,
    )  # fmt: skip
