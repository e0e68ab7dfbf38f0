"""What became of an update, and what is written about it: the dispatcher's decisions, as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from telegram.error import BadRequest, Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.logs import told
from bot.telegram.errors import Done, Later, Unreachable, classify
from handlers.view import SorryView, Unanswered
from storage import Tx, inbox, is_transient, outbox
from storage.records import StoredUpdate


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer is out, or there is nothing to answer."""


@dataclass(frozen=True, slots=True)
class AnswerOwed:
    """The answer could not be sent: it is owed instead. `pause`: nothing to this chat before then (epoch ms).

    `repeated`: it may be out, for nothing came back.
    """

    chat: int
    facts: Mapping[str, Any]
    pause: int | None = None
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class PersonGone:
    """Nobody was there to read the answer that was begun then (epoch ms): it is kept until they return."""

    chat: int
    reason: str
    facts: Mapping[str, Any]
    began: int


@dataclass(frozen=True, slots=True)
class Failed:
    """A handler failed, and would fail again: the update goes into quarantine and its person gets a polite answer."""

    error: str


@dataclass(frozen=True, slots=True)
class Retry:
    """The database or the network is in trouble: the update is tried again; its person waits."""

    error: str


Outcome = Answered | AnswerOwed | PersonGone | Failed | Retry


def outcome_of(failure: BaseException, now: int) -> Outcome:
    """What it means that an update's handler failed so. `now` is epoch ms."""
    match failure:
        case Unanswered():
            return _unanswered(failure, now)
        case BadRequest():  # a NetworkError too
            return Failed(type(failure).__name__)
        case NetworkError() | RetryAfter() | InvalidToken() | Conflict():
            return Retry(type(failure).__name__)
    # The words of any other error may quote what somebody wrote.
    return Retry(told(failure)) if is_transient(failure) else Failed(type(failure).__name__)


def _unanswered(unanswered: Unanswered, now: int) -> Outcome:
    chat, facts, cause = unanswered.chat, unanswered.facts, unanswered.__cause__
    if not isinstance(cause, TelegramError):
        return Failed(type(cause or unanswered).__name__)
    match classify(cause, now, retry_at=now):
        case Done():
            return Answered()
        case Unreachable(reason):
            return PersonGone(chat, reason, facts, unanswered.began)
        case Later(at, chat_wide=True):
            return AnswerOwed(chat, facts, at)
        case Later(unclear=True):
            return AnswerOwed(chat, facts, repeated=True)
    return AnswerOwed(chat, facts)  # whatever else there is to try, the sender tries it


async def write(tx: Tx, update: StoredUpdate, outcome: AnswerOwed | PersonGone | Failed, now: int) -> None:
    """Put down what came of one update, once: an answer that is owed may be out before we know of the commit. Those
    answered are written many at a time, by `inbox.done`.
    """
    update_id = update.update_id
    if not await inbox.is_open(tx, update_id):
        return
    match outcome:
        case AnswerOwed(chat, facts, pause, repeated):
            shared = chat != update.person  # in a group
            await inbox.answer_later(tx, update_id, chat, facts, now, repeated=repeated or update.again, shared=shared)
            if pause is not None:
                await outbox.pause(tx, chat, pause)
        case PersonGone(chat, reason, facts, began):
            await inbox.answer_later(tx, update_id, chat, facts, now, repeated=update.again)
            await outbox.lose(tx, chat, reason, now, began=began)
        case Failed(error):
            await inbox.quarantine(tx, update_id, error, now)
            await outbox.owe(tx, [_sorry(update_id, update.person, now)], now)


def _sorry(update_id: int, chat: int, now: int) -> outbox.Due:
    facts = SorryView().facts()
    return outbox.Due(f"sorry:{update_id}", chat, "answer", outbox.ANSWER, now, facts=facts)
