"""What an officer sends to a family by WhatsApp or SMS: one SMS, and nothing that only Telegram understands. Pure."""

import unicodedata
from collections.abc import Collection, Iterator, Sequence

from handlers.wording import layout, names, standstill
from handlers.wording.layout import grouped
from locales import Words
from storage.records import Document
from storage.workflow import Workflow

LONGEST = 160  # characters of one SMS, as long as all of them are of its alphabet
# GSM 03.38, without those that count twice. One character outside of it, and an SMS holds 70.
_ALPHABET = frozenset(
    "@£$¥èéùìòÇ\nØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_SPELLED = {"\u00a0": " ", "–": "-", "—": "-", "·": "-", "…": "...", "’": "'", "‘": "'", "“": '"', "”": '"', "→": "->"}


def family_text(workflow: Workflow, documents: Sequence[Document], t: Words, held: Collection[int] = ()) -> str:
    """How it is with the documents of a request, in as many words as one SMS holds; of those that were `held` when its
    reader was told last in any case.
    """
    return next(text for text in map(plain, _shorter(workflow, documents, t, held)) if len(text) <= LONGEST)


def is_told(workflow: Workflow, documents: Sequence[Document], t: Words, held: Collection[int], text: str) -> bool:
    """True if that text says how it is with them, and not only that there is news."""
    return plain(_news(workflow, told_of(workflow, documents, held), t)) in text


def _shorter(workflow: Workflow, documents: Sequence[Document], t: Words, held: Collection[int]) -> Iterator[str]:
    """The same in fewer words each time; the last always fits."""
    first = documents[0]
    words = {
        "district": workflow.district.district.name,
        "number": grouped(first.number),
        "village": names.village_name(workflow, first.village),
        "news": _news(workflow, told_of(workflow, documents, held), t),
    }
    if names.is_met_in_mourning(workflow, documents):
        yield t(
            "Jek-Duk {district}: we are sorry for your loss. No. {number}, {news}. Free. Ask at the {village} office.",
            **words,
        )
        yield t("Jek-Duk {district}: we are sorry for your loss. No. {number}, {news}. Free.", **words)
    yield t("Jek-Duk {district}: no. {number}, {news}. Free. Ask at the {village} village office.", **words)
    yield t("Jek-Duk {district}: no. {number}, {news}. Free. Ask at the village office.", **words)
    yield t("Jek-Duk {district}: no. {number}, {news}. Free.", **words)
    yield t("Jek-Duk {district}: there is news of no. {number}. Please ask at the village office. Free.", **words)


def told_of(workflow: Workflow, documents: Sequence[Document], held: Collection[int]) -> Sequence[Document]:
    """The documents of which a text tells: if only some are at a milestone, those, and what was `held` before."""
    urgent = [one for one in documents if workflow.is_milestone(one.stage, one.hold)]
    return [one for one in documents if one in urgent or one.id in held] if urgent else documents


def _news(workflow: Workflow, documents: Sequence[Document], t: Words) -> str:
    """Which documents are where."""
    places: dict[str, list[str]] = {}
    for one in documents:
        places.setdefault(_place(workflow, one, t), []).append(names.type_short(workflow, one.type))
    return "; ".join(
        t("{documents}: {place}", documents=", ".join(types), place=place) for place, types in places.items()
    )


def _place(workflow: Workflow, one: Document, t: Words) -> str:
    """Where it is; of what is held up why, and in brief where unless it is the family's turn."""
    if not one.hold:
        return layout.small(standstill.here(workflow, one, t))
    is_theirs = workflow.stops_clock(one.hold)
    why = layout.small(names.hold_reason(workflow, one.hold, t.lang)) if is_theirs else ""
    held = t("on hold, {reason}", reason=why or names.hold_brief(workflow, one.hold, t.lang))
    return held if is_theirs else f"{standstill.place(workflow, one.stage, t.lang, one.type, hold=one.hold)}, {held}"


def plain(text: str) -> str:
    """A text in the letters of an SMS."""
    spelled = "".join(_SPELLED.get(one, one) for one in text)
    return "".join(one if one in _ALPHABET else _bare(one) for one in spelled)


def _bare(letter: str) -> str:
    """A letter without its accents, if that helps."""
    return "".join(one for one in unicodedata.normalize("NFKD", letter) if one in _ALPHABET)
