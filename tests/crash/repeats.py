"""What was told twice, or answered twice: which message says again what one before it said."""

import bisect
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from handlers.wording.layout import NO_BREAK
from tests.crash.news import Known, News, Part, Telling
from tests.crash.scene import Message
from tests.crash.wordings import plain

M = TypeVar("M", bound=Message)


class Repeats:
    """Reads what arrived in its order. `lost` are those that never arrived: what repeats one of them repeats none of
    before, though it said the same. Nothing is told before its grace (seconds) is over. What is told together says that
    it may be a repeat if one part is: the others are, too, if they can be; or none that can be new, if `is_bold`. Of
    what is new it means what was done last, as what was taken back was never told; and of what is old what was done
    first; or the contrary, if `is_contrary`.
    """

    def __init__(
        self,
        news: News,
        lost: Iterable[Message] = (),
        grace: float = 0.0,
        *,
        is_bold: bool = False,
        is_contrary: bool = False,
    ) -> None:
        self._news, self._lost, self._grace, self._is_bold, self._is_contrary = (
            news,
            deque(lost),
            grace,
            is_bold,
            is_contrary,
        )
        self._texts: set[tuple[int, str]] = set()  # chats, and whole messages that arrived
        self._tried: set[tuple[int, Known]] = set()  # chats, and what was tried to be told to them
        self._answers: dict[int, list[str]] = {}
        for chat, mark in (*news.accounts.deeds.marks, *news.accounts.deeds.searches):
            self._answers.setdefault(chat, []).append(mark)

    def among(self, messages: Iterable[M]) -> Iterator[tuple[M, M]]:
        """What tells something that a message before it told, or answers what was answered, and that one."""
        said: dict[object, M] = {}
        for message in messages:
            self._pass_over_lost(message.at)
            text = plain(message.text)
            keys: list[object] = [(message.chat, one) for one in self._answers.get(message.chat, ()) if one in text]
            for part in self._news.parts(message.chat, text):
                keys += [(message.chat, one) for one in self._meant(part, message, said)]
            before = [said[key] for key in keys if key in said]
            if before:
                yield before[-1], message
            said |= dict.fromkeys(keys, message)
            self._texts.add((message.chat, text))
            self._try(message)

    def _pass_over_lost(self, at: float) -> None:
        while self._lost and self._lost[0].at < at:
            one = self._lost.popleft()
            # Also what was lost beside other news.
            self._texts = {(chat, text) for chat, text in self._texts if chat != one.chat or text not in one.text}
            self._try(one)

    def _try(self, message: Message) -> None:
        for part in self._news.parts(message.chat, plain(message.text)):
            could_be = (one for one in part.tellings if self._due(one) <= message.at)
            self._tried |= {(message.chat, step) for one in could_be for step in one.news}

    def _due(self, telling: Telling) -> float:
        return telling.news[-1].at / 1000 + self._grace

    def _meant(self, part: Part, message: Message, said: Mapping[object, object]) -> tuple[Known, ...]:
        """Of several ways in which it may be meant, as what was taken back and done again, the one that fits best: what
        is a repeat is none of what has not been tried yet, nor told yet if the same arrived, and the rest is.
        """
        text = plain(message.text)
        says_so = text != message.text
        is_repeat = says_so and (message.chat, text) in self._texts  # else it never arrived
        left_at = self._news.accounts.left_at(message)  # one that was long on its way tells nothing of later

        def fits(telling: Telling) -> tuple[bool, bool, int, int]:
            known = sum((message.chat, one) in said for one in telling.news)
            at = telling.news[-1].at
            was_tried = all((message.chat, step) in self._tried for step in telling.news)
            is_old = says_so and not is_repeat
            could_be = self._due(telling) <= left_at
            return (
                could_be,
                was_tried or not says_so or self._is_bold,
                known if is_repeat else -known,
                -at if is_old != self._is_contrary else at,
            )

        return max(part.tellings, key=fits).news


def doubles(news: News, kills: Sequence[float]) -> list[int]:
    """For each kill, how much was said once more after it: news, answers to marked messages, pictures."""
    counts = [0] * (len(kills) + 1)
    sent = [replace(one, text=one.text.replace(NO_BREAK, " ")) for one in news.accounts.stage.sent]
    sent = [one for one in sent if one.method != "editmessagetext"]
    pictures = [one for one in sent if one.method == "sendphoto"]
    first = {(one.chat, one.text): one for one in reversed(pictures)}
    again = [one for _, one in Repeats(news).among(sent)]
    again += [one for one in pictures if first[one.chat, one.text] is not one]
    for one in again:
        counts[bisect.bisect(kills, one.at)] += 1
    return counts
