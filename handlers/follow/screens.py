"""Who may follow, under which name, what is followed no more, and the keys for a pickup code."""

from collections.abc import Sequence

from handlers.follow.buttons import (
    Decide,
    FollowNumber,
    NameNumber,
    TypeProof,
    UnfollowNumber,
    choice,
    promised,
)
from handlers.lookup.buttons import ShowStatus
from handlers.reply import Button, Screen
from handlers.wording import layout, names
from handlers.wording.layout import bold, button, column, grouped, page
from locales import Words, speech
from storage.counter.pickup import DIGITS
from storage.families.askers import Asker
from storage.people import Follow
from storage.records import Document
from storage.workflow import Workflow


def asker_screen(workflow: Workflow, asker: Asker, types: Sequence[str], told: int, t: Words) -> Screen:
    """Somebody more wants to be told of a number; nobody says who."""
    documents = speech.join([names.type_short(workflow, one) for one in types], t.lang)
    return Screen(
        page(
            bold(f"{grouped(asker.number)} · {documents}"),
            t.n(
                "{n} person is told of it. One more asks to be told.",
                "{n} people are told of it. One more asks to be told.",
                told,
            ),
            t("Please ask the family, then decide."),
        ),
        (
            (button("✅ " + t("Allow"), Decide(asker.id, 1)),),
            (button(t("Refuse"), Decide(asker.id, 0)),),
        ),
    )


def wait_over_screen(number: str, t: Words) -> Screen:
    """A number that was waited for has not come: what to do now."""
    return Screen(
        page(
            t("{number} was not registered in 30 days, so we stopped waiting.", number=grouped(number)),
            t("Please check the number on your slip, or ask your village office. Free of charge."),
        ),
        ((button("🔔 " + t("Wait another 30 days"), FollowNumber(number)),),),
    )


def name_screen(number: str, tail: str, t: Words) -> Screen:
    """How a number, told apart by its last digits, is given a name."""
    return Screen(
        page(
            t("Reply to this message with the name. Or write the last digits, = and the name, for example:"),
            t("{tail} = my sister's card", tail=tail),
            t("Only this chat sees it. Please no NIK and no telephone number."),
        ),
        (
            (Button(t("Copy {text}", text=f"{tail} ="), copy=f"{tail} = "),),
            (button(t("Back"), NameNumber(number, asked=1)),),
        ),
    )


def stop_which_screen(
    workflow: Workflow, found: Sequence[tuple[Follow, Sequence[Document]]], t: Words, unfollowed: Sequence[str] = ()
) -> Screen:
    """Of which number to stop the updates, or of all; above that the numbers that are `unfollowed` already."""
    lines = [t("This number is not followed: {number}.", number=grouped(number)) for number in unfollowed]
    if not found:
        return Screen(page(*(lines or [t("You follow no number, so there is nothing to stop.")])))
    rows = column(
        button(names.number_label(workflow, one.number, documents, t, one.name), UnfollowNumber(one.number, listed=1))
        for one, documents in found
    )
    return Screen(
        page(*lines, t("Stop updates for which number?")), (*rows, (button(t("All of them"), UnfollowNumber()),))
    )


def news_screen(news: str, t: Words, *, follows: bool = True) -> Screen:
    """What somebody hears of all that they follow, if they follow anything; and what else they may choose."""
    nothing = "" if follows else t("You follow no number yet.")
    return Screen(page(promised(news, t), nothing), choice(news, t))


def proof_screen(number: str, typed: str, t: Words) -> Screen:
    """Ten keys for the code; it may be written as an answer to this message, too."""
    code = layout.blanks(typed, DIGITS)
    keys = layout.keypad(typed, lambda digits: TypeProof(number, digits), ShowStatus(number), t)
    asked = t("Tap the 4 digits of the pickup code on the slip. Then you see everything, and are told.")
    return Screen(page(bold(grouped(number)), asked, t("Pickup code: {code}", code=code)), keys)
