"""Handing over to a family, and what a family answers.

`originals` says what became of those that are not ticked: `all_back`, `missing`, or 0 if nobody has said yet.
"""

from handlers.callbacks import Callback, added


class HandOver(Callback, code="g"):
    """Show what of a number goes to the family now; with `only` one document of it."""

    number: str
    only: int = 0


class ShowFamilies(Callback, code="gl"):
    """Show for which families something lies ready at a stage, in one village if it is named."""

    origin: str
    village: str
    page: int


class Give(Callback, code="gg"):
    """Hand over what of a number, as I saw it (the sum of the versions), to whom; `proof` is a code or "known"."""

    number: str
    only: int
    seen: int
    fetched_by: str
    proof: str
    originals: int = added()


class TypeCode(Callback, code="gk"):
    """Show the keys for a pickup code, of which these digits are typed."""

    number: str
    only: int
    typed: str


class AskReceiver(Callback, code="ga"):
    """Ask whoever follows a number whether they hold its documents now."""

    number: str
    originals: int = added()


def all_back(seen: int) -> int:
    """All of them went back to the family, as I `seen` their ledger."""
    return 2 * seen + 1


def missing(seen: int) -> int:
    """They did not, and stay to be given back."""
    return 2 * seen + 2


class Received(Callback, code="gr"):
    """I hold the documents of a request now."""

    request: int


class NotReceived(Callback, code="gn"):
    """My family did not get what an act handed over."""

    act: int
    request: int


class ShowObjections(Callback, code="go"):
    """Show what families say they did not get."""


class Settle(Callback, code="gs"):
    """What a family said it did not get is cleared up."""

    act: int
    request: int
