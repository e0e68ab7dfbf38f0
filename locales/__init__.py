"""The words: sentences are written in English in the code and said in the language of the person whose chat it is."""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import NamedTuple

LANGUAGES = ("id", "jv", "en")
CATALOGS = Path(__file__).parent


class Words(NamedTuple):
    """Sentences in one language, as plain text: whoever puts them into HTML escapes them."""

    lang: str
    catalog: NullTranslations

    def __call__(self, sentence: str, /, **places: object) -> str:
        """The sentence with its `{places}` filled; KeyError for one that was forgotten."""
        return self.catalog.gettext(sentence).format_map(places)

    def n(self, one: str, many: str, n: int, /, **places: object) -> str:
        """The form that goes with `n`, which also fills `{n}`."""
        return self.catalog.ngettext(one, many, n).format(n=n, **places)


def _(sentence: str) -> str:
    """The sentence as it is: marked for the catalogs, and translated later, when its reader is known."""
    return sentence


@cache
def words(lang: str | None) -> Words:
    """The words of a language; Indonesian if it is not one of ours."""
    if lang not in LANGUAGES:
        return words("id")
    compiled = CATALOGS / lang / "LC_MESSAGES" / "jekduk.mo"
    if _outdated(compiled):
        _compile()
    with compiled.open("rb") as catalog:
        return Words(lang, GNUTranslations(catalog))


def spoken(lang: str | None) -> str:
    return lang if lang in LANGUAGES else "id"


def negotiate(choice: str | None, telegram_code: str | None) -> str:
    """What to speak: the person's choice, else what their Telegram speaks, else Indonesian.

    Javanese only where it is named (docs/facts.md, "Who is spoken to in Javanese").
    """
    if choice in LANGUAGES:
        return choice
    language = (telegram_code or "").lower().partition("-")[0]
    return language if language in LANGUAGES else "id"


def _outdated(compiled: Path) -> bool:
    # An installed wheel has no .po and is never outdated.
    source = compiled.with_suffix(".po")
    return source.exists() and (not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime)


def _compile() -> None:
    from locales.compile import compile_all  # noqa: PLC0415  # 16 ms of imports that only a fresh checkout needs

    compile_all()
