"""What somebody means who writes digits and a time. Pure."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from locales import moments
from locales.moments import Moment
from storage.numbers import LENGTH, STRUCK, digits_of, is_number
from storage.records import DAY, HOUR, MINUTE
from storage.workflow import Workflow

SHORTEST = 3  # digits that may end a number
_BLOCK = re.compile(r"\d+")
_LIST = re.compile(
    r"(?:[\d\s.…,;:+&/|()-]|\b(?:dan|dn|sama|serta|saha|lan|karo|kaliyan|kalih|ugi|and|no|nomor|nomer|resi|ya)\b)*",
    re.IGNORECASE,
)
RECENT = 6 * DAY
HOURS = range(7, 17)  # offered where the counters are closed all day


class Message(NamedTuple):
    """Blocks of digits, and the moment that is named with them."""

    blocks: tuple[str, ...]
    moment: Moment


class Question(NamedTuple):
    """What has to be asked of a time, and the times that may be meant (epoch ms)."""

    key: str
    choice: tuple[int, ...]


def read(text: str, now: int, zone: str) -> Message | None:
    """What a message tells: digits with a time, or several blocks of them. None if it is no such message."""
    moment = moments.find(text.replace(STRUCK, " "), now, zone)
    blocks = blocks_of(moment.rest)
    if not blocks or not (moment.is_said or listed(text)):
        return None
    return Message(blocks, moment)


def listed(text: str) -> tuple[str, ...]:
    """The blocks of digits in a text that is nothing but several of them."""
    blocks = blocks_of(text) if _LIST.fullmatch(text) else ()
    return blocks if len(blocks) > 1 else ()


def blocks_of(text: str) -> tuple[str, ...]:
    """The blocks of digits in a text that may be a number, or the end of one."""
    blocks = (digits_of(one) for one in _BLOCK.findall(text))
    return tuple(one for one in blocks if SHORTEST <= len(one) <= LENGTH)


def whole_numbers(blocks: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Where blocks may be a whole receipt number: from which to before which, and the number."""
    for first in range(len(blocks)):
        for last in range(first + 1, min(first + LENGTH // SHORTEST, len(blocks)) + 1):
            joined = "".join(blocks[first:last])
            if len(joined) == LENGTH and is_number(joined):
                yield first, last, joined


def doubt(moment: Moment, workflow: Workflow, now: int) -> Question | None:
    """What has to be asked before a time that was told is believed. Nothing of it is guessed."""
    if moment.unclear:
        return Question("unclear", ())
    if moment.day is not None:
        return Question("hour", _hours(moment.day, now))
    if moment.choice:
        return Question("half", tuple(at for at in moment.choice if at <= now))
    at = now if moment.at is None else moment.at
    if at // MINUTE > now // MINUTE:
        return Question("future", ())
    if moment.at is None:
        return None
    if at < now - RECENT:
        return Question("old", (at,))
    return None if workflow.calendar.is_working(workflow.calendar.day(at)) else Question("closed", (at,))


def _hours(day: int, now: int) -> tuple[int, ...]:
    """The hours of a day that are over."""
    return tuple(day + hour * HOUR for hour in HOURS if day + hour * HOUR <= now)
