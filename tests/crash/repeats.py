"""What was told twice, or answered twice: which message says again what one before it said."""

import bisect
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import product
from typing import Any, NamedTuple, TypeVar

from handlers.wording.layout import NO_BREAK
from tests.crash.news import Known, News, Part
from tests.crash.scene import Message
from tests.crash.wordings import plain

M = TypeVar("M", bound=Message)
WAYS = 32  # readings of a chat that are followed at once


class Reading(NamedTuple):
    """What the messages of a chat were taken to tell so far, and which of them says again what one before it said."""

    wrong: int  # of these, how many have no explanation
    odd: int  # how far this is from the likeliest reading
    said: dict[tuple[int, object], Any]
    again: tuple[tuple[Any, Any], ...]

    @property
    def cost(self) -> tuple[int, int]:
        return self.wrong, self.odd


class Repeats:
    """Reads what came to each chat, in its order. What is taken back and done again is told in the same words: of the
    ways in which the messages may be meant, that one is taken which leaves least `unexplained`, of which it asks for
    each message and the one that it repeats. Nothing is told before its grace (seconds) is over.
    """

    def __init__(self, news: News, unexplained: Callable[[Any, Any], bool], grace: float = 0.0) -> None:
        self._news, self._unexplained, self._grace = news, unexplained, grace
        self._texts: set[tuple[int, str]] = set()  # chats, and whole messages that arrived
        self._answers: dict[int, list[str]] = {}
        for chat, mark in (*news.accounts.deeds.marks, *news.accounts.deeds.searches):
            self._answers.setdefault(chat, []).append(mark)

    def among(self, messages: Iterable[M]) -> list[tuple[M, M]]:
        """What tells something that a message before it told, or answers what was answered: that one, and this."""
        readings: dict[int, list[Reading]] = {}
        for message in messages:
            before = readings.get(message.chat, [Reading(0, 0, {}, ())])
            further = [way for reading in before for way in self._read_on(reading, message)]
            readings[message.chat] = sorted(further, key=lambda one: one.cost)[:WAYS]
            self._texts.add((message.chat, plain(message.text)))
        return [pair for chat in sorted(readings) for pair in readings[chat][0].again]

    def _read_on(self, reading: Reading, message: M) -> Iterator[Reading]:
        text = plain(message.text)
        answers = [(message.chat, one) for one in self._answers.get(message.chat, ()) if one in text]
        parts = [self._likeliest_first(part, message, reading) for part in self._news.parts(message.chat, text)]
        for ways in product(*map(enumerate, parts)):
            told = [(message.chat, step) for _, news in ways for step in news]
            odd, said = sum(place for place, _ in ways), dict.fromkeys((*answers, *told), message)
            before = [reading.said[key] for key in said if key in reading.said][-1:]
            wrong = sum(self._unexplained(one, message) for one in before)
            again = tuple((one, message) for one in before)
            yield Reading(reading.wrong + wrong, reading.odd + odd, reading.said | said, reading.again + again)

    def _likeliest_first(self, part: Part, message: Message, reading: Reading) -> list[tuple[Known, ...]]:
        """What it may tell. A repeat of what arrived tells that again; anything else what was not told yet: of that
        what was done last, as what was taken back is not told, or first, where an earlier try was in vain.
        """
        text = plain(message.text)
        says_so = text != message.text
        is_repeat = says_so and (message.chat, text) in self._texts
        left_at = self._news.accounts.left_at(message)  # one that was long on its way tells nothing of later

        def fits(news: tuple[Known, ...]) -> tuple[int, int]:
            known = sum((message.chat, one) in reading.said for one in news)
            return -known if is_repeat else known, news[-1].at if says_so and not is_repeat else -news[-1].at

        ways = {one.news for one in part.tellings}
        due = {one for one in ways if one[-1].at / 1000 + self._grace <= left_at}
        return sorted(due or ways, key=fits)


def doubles(news: News, kills: Sequence[float]) -> list[int]:
    """For each kill, how much was said once more after it: news, answers to marked messages, pictures."""
    counts = [0] * (len(kills) + 1)
    sent = [replace(one, text=one.text.replace(NO_BREAK, " ")) for one in news.accounts.stage.sent]
    sent = [one for one in sent if one.method != "editmessagetext"]
    pictures = [one for one in sent if one.method == "sendphoto"]
    first = {(one.chat, one.text): one for one in reversed(pictures)}
    again = [one for _, one in Repeats(news, lambda *_: False).among(sent)]
    again += [one for one in pictures if first[one.chat, one.text] is not one]
    for one in again:
        counts[bisect.bisect(kills, one.at)] += 1
    return counts
