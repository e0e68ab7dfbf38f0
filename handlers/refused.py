"""Where every refusal becomes polite words, and everything unexpected is handed to whoever runs the handlers."""

from contextvars import ContextVar
from typing import Any

from telegram import Update

from handlers.context import Context
from handlers.reply import Answer

failures: ContextVar[list[BaseException]] = ContextVar("failures")


class Refused(Exception):
    """A polite no. `key` names the sentence in `screens.refusals`, `args` fill its places, `then` is shown under it."""

    def __init__(self, key: str, then: Answer | None = None, **args: Any) -> None:
        super().__init__(key)
        self.key, self.then, self.args_of = key, then, args


async def hand_over(update: object, context: Context) -> None:
    """PTB swallows what a handler raises; this keeps it for the lane that ran the update."""
    if isinstance(update, Update) and context.error is not None:
        failures.get([]).append(context.error)
