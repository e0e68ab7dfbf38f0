"""Help, and the choice of a language."""

from handlers.callbacks import Callback


class Help(Callback, code="help"):
    """Show help."""


class Speak(Callback, code="lang"):
    """Speak this language from now on; without one, show the choice."""

    lang: str = ""
