"""Buttons as types: each packs into callback data (64 bytes at most) and parses back. Tests pin the wire form."""

from dataclasses import dataclass, fields
from typing import Any, ClassVar, TypeVar

LIMIT = 64
_SEPARATOR = ":"
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"

B = TypeVar("B", bound="type[Callback]")
_kinds: dict[str, "type[Callback]"] = {}


class Unreadable(ValueError):
    """Callback data that no button of ours has: forged, foreign, or from a time before this one."""


@dataclass(frozen=True, slots=True)
class Callback:
    """A button. Numbers travel in base 36, words as they are."""

    code: ClassVar[str]

    def pack(self) -> str:
        """The callback data. Raises ValueError if it would be too long for Telegram."""
        data = _SEPARATOR.join([self.code, *(_written(getattr(self, field.name)) for field in fields(self))])
        if len(data.encode()) > LIMIT:
            raise ValueError(f"button data too long: {type(self).__name__}")
        return data


def parse(data: str) -> Callback:
    """The button that packed this. Raises Unreadable."""
    code, *values = data.split(_SEPARATOR)
    kind = _kinds.get(code)
    if kind is None or len(values) != len(fields(kind)):
        raise Unreadable
    try:
        if len(data.encode()) > LIMIT:
            raise Unreadable
        return kind(*(_read(field.type, value) for field, value in zip(fields(kind), values, strict=True)))
    except ValueError:
        raise Unreadable from None


def kinds() -> dict[str, "type[Callback]"]:
    """Every button by its code."""
    return dict(_kinds)


def _written(value: int | str) -> str:
    return value if isinstance(value, str) else _base36(int(value))


def _base36(number: int) -> str:
    if number < 0:
        return "-" + _base36(-number)
    digits = ""
    while number or not digits:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
    return digits


def _read(kind: Any, value: str) -> int | str:
    if kind is str:
        return value
    number = int(value, 36)
    if not -(2**63) <= number < 2**63 or _base36(number) != value:
        raise ValueError(value)
    return number


def _button(code: str) -> Any:
    def decorate(kind: B) -> B:
        kind.code = code
        _kinds[code] = kind
        return kind

    return decorate


# For everyone


@_button("lang")
@dataclass(frozen=True, slots=True)
class Speak(Callback):
    """Speak this language from now on; without one, show the choice."""

    lang: str = ""


@_button("help")
@dataclass(frozen=True, slots=True)
class Help(Callback):
    """Show help."""


@_button("s")
@dataclass(frozen=True, slots=True)
class ShowStatus(Callback):
    """Show a number as it is now."""

    number: str


@_button("h")
@dataclass(frozen=True, slots=True)
class ShowHistory(Callback):
    """Show a number with every step."""

    number: str


@_button("f")
@dataclass(frozen=True, slots=True)
class FollowNumber(Callback):
    """Tell me of each step of a number."""

    number: str


@_button("u")
@dataclass(frozen=True, slots=True)
class UnfollowNumber(Callback):
    """Tell me no more of a number; of none, if it is empty."""

    number: str = ""


# Filing


@_button("n")
@dataclass(frozen=True, slots=True)
class Draft(Callback):
    """A draft as it should be: for a village, with these types (a bit each, in the order of the district file)."""

    draft: int
    book: int
    village: str = ""
    types: int = 0


@_button("nf")
@dataclass(frozen=True, slots=True)
class FileDraft(Callback):
    """File this draft."""

    draft: int
    book: int
    village: str
    types: int


@_button("nx")
@dataclass(frozen=True, slots=True)
class DropDraft(Callback):
    """Forget this draft."""


# Legs


@_button("w")
@dataclass(frozen=True, slots=True)
class ShowTasks(Callback):
    """Show what waits for me now."""


@_button("p")
@dataclass(frozen=True, slots=True)
class PackBag(Callback):
    """Show what waits for a leg, as a bag."""

    origin: str
    to: str


@_button("v")
@dataclass(frozen=True, slots=True)
class PackVillage(Callback):
    """Show what waits for a leg in one village, as a bag."""

    origin: str
    to: str
    village: str


@_button("b")
@dataclass(frozen=True, slots=True)
class ShowBag(Callback):
    """Show a page of a bag; `single` to open one document instead of ticking."""

    bag: int
    page: int = 0
    single: int = 0


@_button("k")
@dataclass(frozen=True, slots=True)
class Tick(Callback):
    """A line of a bag shall go along (1) or stay (0); place -1 means every line."""

    bag: int
    place: int
    on: int
    page: int


@_button("c")
@dataclass(frozen=True, slots=True)
class CompleteBag(Callback):
    """Complete the leg into a stage for the ticked lines."""

    bag: int
    stage: str


@_button("o")
@dataclass(frozen=True, slots=True)
class OpenDocument(Callback):
    """Show one document with the legs I may complete."""

    document: int


@_button("t")
@dataclass(frozen=True, slots=True)
class TakeLeg(Callback):
    """Move one document, as I saw it, into a stage."""

    document: int
    seen: int
    stage: str


@_button("z")
@dataclass(frozen=True, slots=True)
class Undo(Callback):
    """Take an act of mine back."""

    act: int


# Staff


@_button("i")
@dataclass(frozen=True, slots=True)
class Invite(Callback):
    """Show the choice of whom to invite. With a role it is a key of before there was MakeLink, and does the same."""

    role: str = ""
    village: str = ""


@_button("j")
@dataclass(frozen=True, slots=True)
class MakeLink(Callback):
    """Make the link of this invitation: for a role, and a village if the role has one."""

    invite: int
    role: str
    village: str = ""


@_button("d")
@dataclass(frozen=True, slots=True)
class Dismiss(Callback):
    """End a post: ask first (0), then do it (1)."""

    post: int
    sure: int = 0


@_button("l")
@dataclass(frozen=True, slots=True)
class ShowPosts(Callback):
    """Show a page of the posts held now."""

    page: int = 0
