"""What handlers answer with: a View says what is shown, an Answer also how.

A view holds facts, small and JSON-able, and reads the rest when it is shown. So it can be kept in the outbox and shown
later, as things are then, in the language of then. Each feature has its own, in its `views.py`.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar, TypeVar

from handlers.context import Viewer
from handlers.reply import Screen

V = TypeVar("V", bound="type[View]")
_views: dict[str, "type[View]"] = {}


@dataclass(frozen=True, slots=True)
class View(ABC):
    """Facts, and how they become a screen. Tests pin how they are spelled in the outbox."""

    name: ClassVar[str]

    @abstractmethod
    async def show(self, viewer: Viewer) -> Screen | None:
        """The screen as things are now; None if there is nothing to say any more. May raise Refused."""

    def facts(self, lang: str = "") -> dict[str, Any]:
        """What the outbox keeps. `lang` is what a stranger's Telegram spoke."""
        args = {one.name: getattr(self, one.name) for one in fields(self) if one.compare}
        return {"view": self.name, "args": args, "lang": lang}


def view(name: str) -> Callable[[V], V]:
    """Make a view known under a name, which the outbox keeps."""

    def decorate(kind: V) -> V:
        kind.name = name
        _views[name] = kind
        return kind

    return decorate


def kept(facts: Mapping[str, Any]) -> View:
    """The view that was kept; facts that it no longer has are left out."""
    kind, args = _views[facts["view"]], facts.get("args", {})
    return kind(**{one.name: _frozen(args[one.name]) for one in fields(kind) if one.name in args})


def _frozen(value: Any) -> Any:
    return tuple(_frozen(one) for one in value) if isinstance(value, list) else value


def looked_up() -> Any:
    """A field for what the handler has looked up already, so that the view need not. The outbox does not keep it."""
    return field(default=None, compare=False, repr=False)


def kinds() -> dict[str, "type[View]"]:
    """Every view by its name."""
    return dict(_views)


@dataclass(frozen=True, slots=True)
class Answer:
    """How the answer to a tap is shown. Without a view the card stays as it is.

    The toast is said over the card, as an alert if it must be read; it is dropped when the answer has to wait. `fresh`
    asks for a message of its own instead of the card's place. `passing` says that the next tap of this kind shows the
    same card, so that whoever taps quickly need not wait for each.
    """

    view: View | None
    toast: str = ""
    alert: bool = False
    fresh: bool = False
    passing: bool = False


class Unanswered(Exception):
    """The effect is done and the answer could not be sent; `__cause__` says why. Whoever runs the handlers owes it."""

    def __init__(self, chat: int, facts: Mapping[str, Any]) -> None:
        super().__init__(facts["view"])
        self.chat, self.facts = chat, facts
