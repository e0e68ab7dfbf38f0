"""The choice of a language."""

from dataclasses import dataclass

from handlers.callbacks import Callback, callback


@callback("lang")
@dataclass(frozen=True, slots=True)
class Speak(Callback):
    """Speak this language from now on; without one, show the choice."""

    lang: str = ""
