"""The choice of a language."""

from handlers.callbacks import Callback


class Speak(Callback, code="lang"):
    """Speak this language from now on; without one, show the choice."""

    lang: str = ""
