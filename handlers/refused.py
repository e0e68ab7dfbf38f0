"""The polite no: raised by handlers and views, turned into words in one place."""

from typing import Any

from handlers.reply import Answer


class Refused(Exception):
    """A polite no. `key` names the sentence in `screens.refusals`, `args` fill its places, `then` is shown under it."""

    def __init__(self, key: str, then: Answer | None = None, **args: Any) -> None:
        super().__init__(key)
        self.key, self.then, self.args_of = key, then, args
