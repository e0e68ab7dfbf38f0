"""What was said of an album: of pictures that come together each is answered, and the same is said once."""

from collections.abc import Hashable

from handlers.update import Update

KEPT = 1000  # albums of which it is known


class Albums:
    """Which answers were given to which pictures. It forgets with the process: then something is said twice."""

    def __init__(self) -> None:
        self._by: dict[tuple[int, str, Hashable], int] = {}

    def told_before(self, update: Update, answer: Hashable) -> bool:
        """True if another picture of the same album has this answer. Whoever is tried once more is answered, and so is
        what was mended.
        """
        if not update.album or update.kind == "edit":
            return False
        while len(self._by) > KEPT:
            del self._by[next(iter(self._by))]
        first = self._by.setdefault((update.chat, update.album, answer), update.message)
        return first != update.message
