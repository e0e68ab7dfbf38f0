"""The numbers somebody follows, a line and a button each."""

from collections.abc import Sequence

from handlers.lookup.buttons import ShowStatus
from handlers.reply import Button, Rows, Screen
from handlers.wording import layout, names, outlook, whereabouts
from handlers.wording.layout import GAP, button, column, grouped, page
from locales import Words, dates
from storage.families import nicknames
from storage.numbers import EXAMPLE
from storage.people import Follow
from storage.records import Document
from storage.workflow import Workflow

NAMED = 3  # of many numbers only the first are offered for a name


def follows_screen(
    workflow: Workflow, found: Sequence[tuple[Follow, Sequence[Document]]], t: Words, count: int = 0
) -> Screen:
    """What a chat follows, a line each, newest first; and how many more of `count` there are."""
    if not found:
        return Screen(page(t("You follow no number yet."), t("Send a receipt number (12 digits) and tap “Tell me”.")))
    lines, rows = followed_lines(workflow, found, t)
    return Screen(page(*lines, layout.and_more(count - len(found), t)), rows)


def followed_lines(
    workflow: Workflow, found: Sequence[tuple[Follow, Sequence[Document]]], t: Words
) -> tuple[list[str], Rows]:
    """What a chat follows, a line and a button each; nothing if it follows nothing."""
    if not found:
        return [], ()
    lines = [[whereabouts.line(workflow, follow.number, documents, t, follow.name)] for follow, documents in found]
    rows = column(
        button(names.number_label(workflow, follow.number, documents, t, follow.name), ShowStatus(follow.number))
        for follow, documents in found
    )
    return [t("The numbers you follow:"), *layout.fitting(lines, t, gap="")], rows


def words_screen(
    workflow: Workflow,
    meaning: str,
    found: Sequence[tuple[Follow, Sequence[Document]]],
    t: Words,
    now: int,
    sorry: str = "",
    *,
    for_staff: bool = False,
) -> Screen:
    """The answer to plain words, below that we are `sorry` if somebody died, and what this chat follows; to whoever
    follows nothing, where a number is found. Staff are sent to no office.
    """
    said = _said(workflow, t, now, follows=bool(found)) | (_to_staff(t) if for_staff else {})
    lines, rows = followed_lines(workflow, found, t)
    if not found and meaning not in ("thanks", "lost", "hours", "wrong", "elsewhere", "cancel", "complaint"):
        lines = _where_the_number_stands(t, for_staff=for_staff)
    return Screen(page(sorry, *said.get(meaning, []), GAP, *lines), rows)


def _said(workflow: Workflow, t: Words, now: int, *, follows: bool) -> dict[str, list[str]]:
    """What is answered, by what was meant."""
    least, most = (dates.amount(days, t.lang) for days in workflow.district.district.promise)
    return {
        "when": [
            t("Promised: {least}–{most} working days from registration until it is ready.", least=least, most=most)
        ],
        "fetch": [
            t("Whoever fetches brings the receipt and says the pickup code: 4 digits on the slip."),
            t("A relative or neighbour may fetch it. Only for photo and fingerprints one comes oneself. It is free."),
        ],
        "wrong": [
            t(
                "Something written wrong? Take the document and proof of it (certificate, diploma, marriage book) to "
                "the village office. It is put right free of charge."
            ),
            t("Of what is under way: tap its number, then “Ask / report …”.") if follows else "",
        ],
        "complaint": [
            t("We are sorry. Please tell the district office of it: in person, it costs nothing."),
            t("Of what is under way: tap its number, then “Ask / report …”.") if follows else "",
            *outlook.counter_lines(workflow, now, t),
        ],
        "thanks": [t("You are welcome.")],
        "elsewhere": [t("That is not done here. Please ask your village office where to go for it.")],
        "hours": outlook.counter_lines(workflow, now, t),
        "cost": [
            t("This service is free. Do not pay anyone."),
            t("Asked for money? Tap the number, then “Ask / report …”.") if follows else "",
        ],
        "cancel": [t("To withdraw a request, please tell your village office. It is free.")],
        "unreceived": [t("Which one did you not get? Please tap its number.")] if follows else [],
        "lost": [
            t("Number lost? Your village office finds it again."),
            t("Go there yourself and bring your family card. Never send its number here."),
        ],
    }


def _to_staff(t: Words) -> dict[str, list[str]]:
    """What staff read where families are sent to the village office."""
    return {
        "wrong": [
            t(
                "Something written wrong? With proof of it (certificate, diploma, marriage book) the village registers "
                "it anew: /baru. It is free."
            )
        ],
        "elsewhere": [t("That is not done here. Please send people to the office that does it.")],
        "lost": [t("Number lost? Please look for it with /cari: by kind, village or last digits.")],
    }


def _where_the_number_stands(t: Words, *, for_staff: bool) -> list[str]:
    if for_staff:
        return [t("Please send a number (12 digits, or its last 4), or open /tugas and use its buttons.")]
    number = grouped(EXAMPLE)
    return [
        t("Send just the receipt number: the 12 digits on the slip, for example {example}.", example=number),
        t("Lost the number? Ask your village office. It is free."),
    ]


def naming_screen(
    workflow: Workflow, name: str, found: Sequence[tuple[Follow, Sequence[Document]]], t: Words
) -> Screen:
    """What was written may be a name for a number: where its documents are, and a line to copy that calls it so, as no
    button carries what a person wrote. Those come first that have no name yet.
    """
    lines, rows = followed_lines(workflow, found, t)
    first = sorted((one for one, _ in found), key=lambda one: bool(one.name))[:NAMED]
    mine = [one.number for one, _ in found]
    spoken = [f"{nicknames.tail_of(one.number, mine)} = {name}" for one in first]
    offered = column(Button(t("Copy {text}", text=line), copy=line) for line in spoken)
    asked = t("Is “{name}” your name for a number? Please copy a line below, and send it here.", name=name)
    return Screen(page(*lines, GAP, asked), (*rows, *offered))
