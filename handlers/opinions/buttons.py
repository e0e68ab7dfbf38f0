"""How it went for a family, and why not better."""

from dataclasses import dataclass

from handlers.callbacks import Callback, callback


@callback("jv")
@dataclass(frozen=True, slots=True)
class Judge(Callback):
    """So it went with a request of mine."""

    request: int
    verdict: str


@callback("jw")
@dataclass(frozen=True, slots=True)
class Explain(Callback):
    """Because of this."""

    request: int
    reason: str
