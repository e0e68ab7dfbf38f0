"""What was said of an album: of pictures that come together each is answered, and the same is said once."""

from handlers.update import Update

KEPT = 1000  # albums of which it is known


class Albums:
    """Which answers were given to which pictures. It forgets with the process: then something is said twice."""

    def __init__(self) -> None:
        self._by: dict[tuple[int, str, str], int] = {}

    def told_before(self, update: Update, answer: str) -> bool:
        """True if another picture of the same album has this answer. Whoever is tried once more is answered."""
        if not update.album:
            return False
        while len(self._by) > KEPT:
            del self._by[next(iter(self._by))]
        first = self._by.setdefault((update.chat, update.album, answer), update.message)
        return first != update.message
