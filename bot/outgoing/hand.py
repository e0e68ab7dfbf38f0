"""What the sender has in hand: what waits its turn, what is under way, and what came back and is not written down."""

import json
import logging
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import NamedTuple

from bot.keyed_queue import KeyedQueue
from bot.telegram.errors import Disposition, Done, GivenUp, Later, Unreachable
from handlers.view import SorryView
from storage import Tx, audience, outbox
from storage.news import cards
from storage.records import Owed

log = logging.getLogger(__name__)

CLAIM = 50  # rows of a kind at once
# Rows of one chat in hand while more is due than was claimed: one with hundreds would keep all others out.
MOST_OF_A_CHAT = 8
CROWDED_MS = 5_000  # after which what is beyond that is claimed again
# A transaction for each message would cost more than sending it: so many share one, or those of so many seconds.
BATCH, LINGER_S = 10, 0.02
LONG_WAIT_S = 5.0  # what must wait longer for its chat waits in the outbox
ALARM_MS = 300_000  # a flood penalty of which the maintainers should know
APOLOGY = "sorry"  # the kind of what is said where something could not be made; for that itself there is none


class Unsettled(NamedTuple):
    """What came of a claimed message, until the database knows it.

    `at` is monotonic, in seconds; `began` is when its send began, epoch ms, if it was sent.
    """

    owed: Owed
    found: Disposition
    at: float
    began: int = 0


class Hand(KeyedQueue[int, Owed]):
    """Claimed rows by chat, until what came of them is in the register. Of a chat one is under way at a time.

    At most `at_once` are under way; `clock` is monotonic, in seconds, `now` says the time in epoch ms.
    """

    def __init__(self, at_once: int, clock: Callable[[], float], now: Callable[[], int]) -> None:
        # What was owed first goes first, even if what was owed later fell due before it.
        super().__init__(at_once, attrgetter("chat"), attrgetter("priority", "ids"))
        self._clock, self._now, self.at_once = clock, now, at_once
        self.unsettled: list[Unsettled] = []  # what came back, the first first
        self.out = 0  # rows of it that Telegram has
        self._paused: dict[int, int] = {}  # chats to which nothing goes before then (epoch ms)

    @property
    def is_empty(self) -> bool:
        """True if nothing waits, nothing is under way, and all that came back is written down."""
        return super().is_empty and not self.unsettled

    @property
    def is_ripe(self) -> bool:
        """True if what came back should be written now: it is enough, it waited, or nothing else is coming."""
        if not self.unsettled:
            return False
        waited = self._clock() - self.unsettled[0].at >= LINGER_S
        return waited or len(self.unsettled) >= BATCH or not self.taken

    def committed(self, settled: Sequence[Unsettled], claimed: Sequence[Owed], now: int) -> None:
        """A transaction wrote down what had come back, and claimed more, which is held from here on. Rows go back of a
        chat that was lost, or told to wait, while it ran.
        """
        del self.unsettled[: len(settled)]
        self.out -= sum(len(owed.ids) for owed, found, *_ in settled if isinstance(found, Done))
        self._paused = {chat: until for chat, until in self._paused.items() if until > now}
        lost = {one.owed.chat: one for one in self.unsettled if isinstance(one.found, Unreachable)}
        most = MOST_OF_A_CHAT if sum(len(owed.ids) for owed in claimed) >= CLAIM else CLAIM
        for owed in claimed:
            if owed.chat in lost:
                self.unsettled.append(lost[owed.chat]._replace(owed=owed))
            elif owed.chat in self._paused or len(self.of(owed.chat)) >= most:
                # What comes behind this one goes back with it, or it would be overtaken.
                self._put_off([owed], self._paused.setdefault(owed.chat, now + CROWDED_MS))
            else:
                self.add(owed)

    def let_wait(self, chat: int, seconds: float) -> None:
        """What was taken cannot go yet. What has to wait for long goes back, and all of its chat."""
        self.put_back(chat)
        if seconds <= LONG_WAIT_S:
            self.sleep(chat, self._clock() + seconds)
        else:
            self._pause(chat, self._now() + round(1000 * seconds))

    def came_back(self, owed: Owed, found: Disposition, began: int) -> None:
        """The one place where it is decided what a send's end means for its row and its chat. `began`: epoch ms."""
        self.free(owed.chat)
        back = Unsettled(owed, found, self._clock(), began)
        self.unsettled.append(back)
        facts = {"notice": owed.ids[0], "tries": owed.tries}
        match found:
            case Done():
                self.out += len(owed.ids)
            case Later(at, reason):
                wait = at - self._now()
                level = logging.WARNING if wait > ALARM_MS else logging.DEBUG
                log.log(level, "sent later", extra={**facts, "reason": reason, "wait_ms": wait})
                self._pause(owed.chat, at)
            case Unreachable():
                self._paused.pop(owed.chat, None)
                self.unsettled += [back._replace(owed=one) for one in self.drop(owed.chat)]
            case GivenUp(reason):
                log.error("given up", extra={**facts, "reason": reason})

    def _pause(self, chat: int, until: int) -> None:
        """Nothing of a chat before then (epoch ms): what is in hand goes back, or it would overtake."""
        self._paused[chat] = until
        self._put_off(self.drop(chat), until)

    def _put_off(self, rows: Sequence[Owed], until: int) -> None:
        later, at = Later(until, "behind", counts=False), self._clock()
        self.unsettled += [Unsettled(owed, later, at) for owed in rows]


async def settle(tx: Tx, batch: Sequence[Unsettled], now: int) -> bool:
    """Write what came of messages into their rows, which are claimed no more. To do so twice does no harm. True if
    something may be due now that was not.
    """
    sent, said, untold, is_due = list[int](), set[int](), list[tuple[int, int]](), False
    for owed, found, _, began in batch:
        match found:
            case Done(of, message):
                if of and message:
                    is_due |= await cards.keep(tx, owed.chat, of, message, now)
                # A correction that says nothing, for it was moved on, leaves no trace: that may be taken back too.
                if owed.kind in ("answer", APOLOGY) or (owed.kind == "regret" and not message):
                    await outbox.answered(tx, owed.ids)
                else:
                    sent += owed.ids
                    untold += [pair for one in (owed, *owed.also) for pair in one.untold]
                    said |= _without_card(owed) if owed.also and message and not of else set()
            case Later(at, reason, counts, unclear=unclear):
                await outbox.later(tx, owed, at, owed.tries + counts, reason, repeated=unclear)
            case Unreachable(reason):
                await outbox.lose(tx, owed.chat, reason, now, began=began)
                await outbox.let_go(tx, [owed])
            case GivenUp(reason, ours):
                is_there = await outbox.give_up(tx, owed, now, reason)  # whoever is forgotten is told nothing
                await outbox.owe(tx, _sorry(owed, now) if ours and is_there else (), now)
    await outbox.sent(tx, sent, now, said, untold)
    is_due |= bool(untold) and await audience.stands_again(tx, {document for _, document in untold}, now)
    return is_due or not all(isinstance(found, Done) for _, found, *_ in batch)


def _sorry(owed: Owed, now: int) -> Sequence[outbox.Due]:
    """What is said to whoever asked for what could not be made, and waits for it."""
    if owed.priority != outbox.ANSWER or owed.kind == APOLOGY:
        return ()
    facts = SorryView().facts(json.loads(owed.facts).get("lang", ""))
    return [outbox.Due(f"unmade:{owed.ids[0]}", owed.chat, APOLOGY, outbox.ANSWER, now, facts=facts)]


def _without_card(owed: Owed) -> set[int]:
    """Of what is told together, the rows of requests that have no card."""
    with_card = {id for one in owed.also if one.card for id in one.ids}
    if owed.card:
        with_card |= set(owed.ids).difference(*(one.ids for one in owed.also))
    return set(owed.ids) - with_card
