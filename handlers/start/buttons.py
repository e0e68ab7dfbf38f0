"""The button for help."""

from handlers.callbacks import Callback


class Help(Callback, code="help"):
    """Show help."""
