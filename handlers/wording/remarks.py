"""What is said of a document that has left its road: what to bring, or why it ended; and what to do now. Pure."""

import json

from locales import Words
from storage.holds.returns import IN_PERSON


def lines(words: str, village: str, t: Words, *, ends: bool) -> list[str]:
    """What a remark says to a family, in lines. `village` is the name of theirs: what is missing they bring there, but
    for what one does in person says itself where that is.
    """
    items, in_person = _said(words, t.lang)
    if ends:
        return [f"{item}." for item in items]
    missing = [t("Missing or wrong: {items}.", items="; ".join(some)) for some in (in_person, items) if some]
    if items:
        missing[-1] += " " + t("Bring it to the {village} village office. Free.", village=village)
    elif in_person:
        missing[-1] += " " + t("This service is free.")
    return missing or [t("Please ask the {village} village office. It is free.", village=village)]


def are_brought(words: str) -> bool:
    """True unless all that is missing is done in person, and so elsewhere than in the village office."""
    items, in_person = _said(words, "")
    return bool(items) or not in_person


def _said(words: str, lang: str) -> tuple[list[str], list[str]]:
    """What is brought, and what one does in person; in another language if it is not said in this."""
    said: dict[str, list[str]] = json.loads(words) if words else {}
    in_person = {key.removesuffix(IN_PERSON): items for key, items in said.items() if key.endswith(IN_PERSON)}
    brought = {key: items for key, items in said.items() if not key.endswith(IN_PERSON)}
    items, others = (one.get(lang) or next(iter(one.values()), []) for one in (brought, in_person))
    return items, others
