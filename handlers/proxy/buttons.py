"""Families without Telegram, and what is to be told to them."""

from dataclasses import dataclass

from handlers.callbacks import Callback, added, callback


@callback("qp")
@dataclass(frozen=True, slots=True)
class KeepProxy(Callback):
    """The village's officers tell the family of a request; `on` is 0 for no longer."""

    request: int
    on: int


@callback("ql")
@dataclass(frozen=True, slots=True)
class ShowRelays(Callback):
    """A page of what I have to tell families."""

    page: int = added()


@callback("qs")
@dataclass(frozen=True, slots=True)
class ShowRelay(Callback):
    """The text for the family of a request, in a language."""

    request: int
    lang: str = ""


@callback("qt")
@dataclass(frozen=True, slots=True)
class Relayed(Callback):
    """The family of a request knows all up to this act."""

    request: int
    act: int
