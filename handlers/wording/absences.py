"""Who stands in for whom, and what is in whose hands, as one says it among staff."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from handlers.deputies.buttons import AcceptStandIn, EndStandIn
from handlers.reply import Button, Rows
from handlers.wording import layout, names
from handlers.wording.layout import button
from locales import Words, dates
from storage.deputies.stand_ins import StandIn
from storage.records import Document, Post
from storage.workflow import Workflow

NAMED = 8  # villages that are named on a line; of more, how many there are
LENT = "⇄"  # beside what somebody does in the place of a colleague


def key(workflow: Workflow, post: Post, t: Words, said: Callable[[str], str]) -> str:
    """What is `said` of a post on a button: with its label and village, as far as it fits."""
    plain, role = post._replace(label=""), layout.capital(names.role_name(post.role, t))
    names_of_it = (
        names.post_title(workflow, post, t),
        names.post_title(workflow, plain, t),
        names.post_title(workflow, plain, t).replace(" · ", ", "),
    )
    whole = [said(name) for name in names_of_it if len(said(name)) <= layout.LABEL]
    return whole[0] if whole else said(f"{role} {post.ordinal}")


def last_day(workflow: Workflow, until: int, t: Words, now: int) -> str:
    """The last day of what ends at midnight."""
    return dates.day(until - 1, now, workflow.zone, t.lang)


def line(workflow: Workflow, one: StandIn, chat: int, t: Words, now: int) -> str:
    """How it stands, as its reader has to do with it."""
    away, deputy = (names.post_title(workflow, post, t) for post in (one.away, one.deputy))
    day = last_day(workflow, one.until, t, now)
    if chat == one.deputy.chat:
        if one.accepted_at is None:
            return t("{away} needs somebody in their place until {day}. Do you stand in?", away=away, day=day)
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


def by_place(workflow: Workflow, villages: Mapping[str, int], t: Words) -> str:
    """`Gumelem 3, Simego 1`: how many papers of which village; the first villages of very many."""
    named = [f"{names.village_name(workflow, village)} {n}" for village, n in villages.items()]
    more = [t("… and {n} more", n=len(named) - NAMED)] if len(named) > NAMED else []
    return ", ".join([*named[:NAMED], *more])


def in_villages(papers: Iterable[Document]) -> Mapping[str, int]:
    """How many papers are of which village."""
    return Counter(one.village for one in papers)


def in_hands(workflow: Workflow, papers: Sequence[Document], t: Words) -> str:
    """The line for what a post carries; nothing if that is nothing."""
    if not papers:
        return ""
    places = by_place(workflow, in_villages(papers), t)
    return t.n(
        "{n} paper is on the road with this post: {places}. Who takes over needs it in their hands.",
        "{n} papers are on the road with this post: {places}. Who takes over needs them in their hands.",
        len(papers), places=places,
    )  # fmt: skip
