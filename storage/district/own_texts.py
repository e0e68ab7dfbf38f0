"""What a district says in words of its own: in Indonesian at least, which stands in for a language that is missing."""

from dataclasses import dataclass
from typing import Annotated

from storage.district.readable import harmless, readable
from storage.district.shape import at_most, not_blank

_Line = Annotated[str, at_most(120), not_blank, readable, harmless]
_News = Annotated[str, at_most(300), not_blank, readable, harmless]


class _Said:
    id: str
    jv: str | None
    en: str | None

    def said(self, lang: str) -> str:
        """In somebody's language, if it is there."""
        return self.texts.get(lang, self.id)

    @property
    def texts(self) -> dict[str, str]:
        """By language, where it is there."""
        return {lang: text for lang, text in (("id", self.id), ("jv", self.jv), ("en", self.en)) if text}


@dataclass(frozen=True, kw_only=True)
class Sentence(_Said):
    """A sentence in the place of ours, or beside them."""

    id: _Line
    jv: _Line | None = None
    en: _Line | None = None


@dataclass(frozen=True, kw_only=True)
class Sentences:
    """When an office is open (with `{hours}`), and the last line of a status."""

    opening: Sentence | None = None
    closing: Sentence | None = None


@dataclass(frozen=True, kw_only=True)
class ReadyText(_Said):
    """A text that heads find ready to be announced."""

    id: _News
    jv: _News | None = None
    en: _News | None = None
