"""What is said of a document that has left its road: what to bring, or why it ended; and what to do now. Pure."""

import json

from locales import Words


def lines(words: str, village: str, t: Words, *, ends: bool) -> list[str]:
    """What a remark says to a family, in lines. `village` is the name of theirs."""
    said: dict[str, list[str]] = json.loads(words) if words else {}
    items = said.get(t.lang) or next(iter(said.values()), [])
    if ends:
        return [f"{item}." for item in items]
    if not items:
        return [t("Please ask the {village} village office. It is free.", village=village)]
    missing = t("Missing or wrong: {items}.", items="; ".join(items))
    where = t("Bring it to the {village} village office. Free.", village=village)
    return [f"{missing} {where}"]
