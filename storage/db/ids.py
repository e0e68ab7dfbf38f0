"""Ids that sort by time: 43 bits of epoch milliseconds, 20 bits that keep two of one millisecond apart."""

import secrets

_BITS = 20


class _Clockwork:
    """Remembers the last id, so that the next is larger even when the clock steps back."""

    def __init__(self) -> None:
        self._last = 0

    def next(self, now: int, count: int = 1) -> int:
        """A positive 63-bit id, larger than every one before it; the first of so many that follow each other."""
        first = max(self._last + 1, (now << _BITS) | secrets.randbits(_BITS - 4))
        self._last = first + count - 1
        return first


new_id = _Clockwork().next


def first_of(now: int) -> int:
    """The smallest id of a millisecond: what was made from then on has no smaller one."""
    return max(0, now) << _BITS
