"""What a family says, and the head's answer."""

from dataclasses import dataclass

from handlers.callbacks import Callback, callback


@callback("ja")
@dataclass(frozen=True, slots=True)
class ShowVoices(Callback):
    """Show what can be asked and told of a number."""

    number: str


@callback("jb")
@dataclass(frozen=True, slots=True)
class AskedForMoney(Callback):
    """Somebody asked me for money: ask who."""

    number: str


@callback("jc")
@dataclass(frozen=True, slots=True)
class AskedBy(Callback):
    """Somebody of a role did: ask what was paid."""

    number: str
    role: str


@callback("je")
@dataclass(frozen=True, slots=True)
class TellDemand(Callback):
    """Tell it to the head, and how much was paid."""

    number: str
    role: str
    paid: str


@callback("jg")
@dataclass(frozen=True, slots=True)
class ShowDemands(Callback):
    """Show where families say that they were asked for money."""


@callback("jh")
@dataclass(frozen=True, slots=True)
class SeeDemand(Callback):
    """I have read it."""

    demand: int


@callback("jk")
@dataclass(frozen=True, slots=True)
class SettleDemand(Callback):
    """It is settled."""

    demand: int
