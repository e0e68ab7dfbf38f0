"""Handing over to a family, and what a family answers.

`originals` says what became of those that are not ticked: `all_back`, `missing`, or 0 if nobody has said yet.
"""

from dataclasses import dataclass

from handlers.callbacks import Callback, added, callback


@callback("g")
@dataclass(frozen=True, slots=True)
class HandOver(Callback):
    """Show what of a number goes to the family now; with `only` one document of it."""

    number: str
    only: int = 0


@callback("gl")
@dataclass(frozen=True, slots=True)
class ShowFamilies(Callback):
    """Show for which families something lies ready at a stage, in one village if it is named."""

    origin: str
    village: str
    page: int


@callback("gg")
@dataclass(frozen=True, slots=True)
class Give(Callback):
    """Hand over what of a number, as I saw it (the sum of the versions), to whom; `proof` is a code or "known"."""

    number: str
    only: int
    seen: int
    fetched_by: str
    proof: str
    originals: int = added()


@callback("gk")
@dataclass(frozen=True, slots=True)
class TypeCode(Callback):
    """Show the keys for a pickup code, of which these digits are typed."""

    number: str
    only: int
    typed: str


@callback("ga")
@dataclass(frozen=True, slots=True)
class AskReceiver(Callback):
    """Ask whoever follows a number whether they hold its documents now."""

    number: str
    originals: int = added()


def all_back(seen: int) -> int:
    """All of them went back to the family, as I `seen` their ledger."""
    return 2 * seen + 1


def missing(seen: int) -> int:
    """They did not, and stay to be given back."""
    return 2 * seen + 2


@callback("gr")
@dataclass(frozen=True, slots=True)
class Received(Callback):
    """I hold the documents of a request now."""

    request: int


@callback("gn")
@dataclass(frozen=True, slots=True)
class NotReceived(Callback):
    """My family did not get what an act handed over."""

    act: int
    request: int


@callback("go")
@dataclass(frozen=True, slots=True)
class ShowObjections(Callback):
    """Show what families say they did not get."""


@callback("gs")
@dataclass(frozen=True, slots=True)
class Settle(Callback):
    """What a family said it did not get is cleared up."""

    act: int
    request: int
