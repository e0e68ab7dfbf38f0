"""What is to be told to families: a list, and the text for one of them."""

from collections.abc import Mapping, Sequence

from handlers.bags.buttons import ShowTasks
from handlers.relays.buttons import Relayed, ShowRelay, ShowRelays
from handlers.relays.texts import family_text
from handlers.reply import Button, Screen
from handlers.wording import layout, names, waiting
from handlers.wording.layout import button, card, column, grouped, page
from locales import Words, dates, words
from storage.news.relays import Relay
from storage.records import Document
from storage.workflow import Workflow


def relay_screen(
    workflow: Workflow, relay: Relay, documents: Sequence[Document], lang: str, t: Words, now: int
) -> Screen:
    """One family: why they are told by hand, the text to send, and that it was sent."""
    text = family_text(workflow, documents, words(lang))
    why = t("A phone that follows it gets no messages.") if relay.lost else t("This family has no Telegram.")
    others = [one for one in workflow.district.district.languages if one != lang]
    tongues = [button(names.LANGUAGE_NAMES[one], ShowRelay(relay.request, one)) for one in others]
    return card(
        [
            t("Tell the family of {number}", number=grouped(relay.number)),
            why,
            t("To tell since {day}.", day=dates.lately(relay.since, now, workflow.zone, t.lang)),
            t("Send this by WhatsApp or SMS:"),
            text,
        ],
        (
            (Button(t("Copy text"), copy=text), button(t("They know"), Relayed(relay.request, relay.act))),
            *layout.abreast(tongues),
        ),
        ShowRelays(),
        t,
    )


def told_screen(workflow: Workflow, number: str, at: int | None, rest: int, t: Words, now: int) -> Screen:
    """There is nothing to tell a family; the way to those to whom there is, or to the work."""
    told = t("There is nothing to tell the family of {number}.", number=grouped(number))
    if at is not None:
        moment = dates.moment(at, now, workflow.zone, t.lang)
        told = t("The family of {number} knows, {moment}.", number=grouped(number), moment=moment)
    return Screen(page(told), ((relays_button(rest, t) if rest else button(t("Show tasks"), ShowTasks()),),))


def relays_button(count: int, t: Words) -> Button:
    """The way to what is to be told to so many families, in a list of work or a morning's message."""
    return button(t("Families to tell: {n}", n=count), ShowRelays())


def relays_screen(
    workflow: Workflow, found: Sequence[Relay], types: Mapping[int, Sequence[str]], page_no: int, t: Words, now: int
) -> Screen:
    """A page of families to tell, the oldest first."""
    if not found:
        return card([t("There is no family to tell. All of them know.")], (), ShowTasks(), t)
    shown, page_no, last = layout.paged(found, page_no)
    lines = [waiting.family(workflow, one, types[one.request], t, now) for one in shown]
    rows = column(button(grouped(one.number), ShowRelay(one.request)) for one in shown)
    head = t.n("{n} family to tell", "{n} families to tell", len(found))
    turning = layout.turning(page_no, last, ShowRelays)
    return card([head, *layout.listed(lines, t)], (*rows, *turning), ShowTasks(), t)
