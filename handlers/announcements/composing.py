"""What a head wrote, by language; and what may not stand in it. Pure."""

import re
from collections.abc import Mapping

from handlers.wording import names
from handlers.wording.layout import bold, page
from locales import LANGUAGES, Words, words
from storage import district
from storage.numbers import STRUCK, mask

LONGEST = 900  # characters of a text: three of them fit a preview
_PART = re.compile(r"^[ \t]*(id|jv|en)[ \t]*:[ \t]*", re.IGNORECASE | re.MULTILINE)


def written(text: str, lang: str) -> dict[str, str]:
    """The texts by language: a part begins with `id:`, `jv:` or `en:` at the head of a line; without any it is in
    `lang`.
    """
    first, *parts = _PART.split(text)
    found = {lang: first.strip()} if first.strip() else {}
    for key, part in zip(parts[::2], parts[1::2], strict=True):
        if part.strip():
            found[key.lower()] = "\n".join(filter(None, (found.get(key.lower()), part.strip())))
    return found


def wrong_with(texts: Mapping[str, str]) -> str:
    """The key of the sentence that says what may not stand there; nothing if all may."""
    whole = "\n".join(texts.values())
    if any(len(text) > LONGEST for text in texts.values()):
        return "announce_long"
    if STRUCK in mask(whole):
        return "announce_nik"
    if not any(map(str.isalpha, whole)):
        return "announce_how"
    if district.MONEY.search(whole):
        return "announce_money"
    return "announce_link" if district.LINK.search(whole) else ""


def heard_in(texts: Mapping[str, str], lang: str) -> str:
    """In which language it is read by those who read `lang`."""
    return next(one for one in (lang, *LANGUAGES) if one in texts)


def told(texts: Mapping[str, str], t: Words) -> str:
    """The message, as it arrives (HTML)."""
    lang = heard_in(texts, t.lang)
    note = "" if lang == t.lang else t("This message is there in {language} only.", language=names.LANGUAGE_NAMES[lang])
    return page(bold("📣 " + t("From the district office")), texts[lang], note)


def previews(texts: Mapping[str, str]) -> list[str]:
    """What arrives, in each language in which there is a text."""
    return [told(texts, words(lang)) for lang in LANGUAGES if lang in texts]
