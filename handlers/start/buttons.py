"""The button for help."""

from dataclasses import dataclass

from handlers.callbacks import Callback, callback


@callback("help")
@dataclass(frozen=True, slots=True)
class Help(Callback):
    """Show help."""
