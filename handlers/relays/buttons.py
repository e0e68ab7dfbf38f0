"""Families without Telegram, and what is to be told to them."""

from handlers.callbacks import Callback, added


class KeepProxy(Callback, code="qp"):
    """The village's officers tell the family of a request; `on` is 0 for no longer."""

    request: int
    on: int


class ShowRelays(Callback, code="ql"):
    """A page of what I have to tell families."""

    page: int = added()


class ShowRelay(Callback, code="qs"):
    """The text for the family of a request, in a language."""

    request: int
    lang: str = ""


class Relayed(Callback, code="qt"):
    """The family of a request knows all up to this act."""

    request: int
    act: int
