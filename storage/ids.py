"""Ids that sort by time: 43 bits of epoch milliseconds, 20 bits that keep two of one millisecond apart."""

import secrets

_BITS = 20
_last = 0


def new_id(now: int) -> int:
    """A positive 63-bit id, larger than every id made before it in this process, even if the clock steps back."""
    global _last
    _last = max(_last + 1, (now << _BITS) | secrets.randbits(_BITS - 4))
    return _last


def made_at(id: int) -> int:
    """The millisecond in which an id was made."""
    return id >> _BITS
