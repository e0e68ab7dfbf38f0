"""How it went for a family, and why not better."""

from handlers.callbacks import Callback


class Judge(Callback, code="jv"):
    """So it went with a request of mine."""

    request: int
    verdict: str


class Explain(Callback, code="jw"):
    """Because of this."""

    request: int
    reason: str
