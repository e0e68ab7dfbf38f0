"""What a failed send means for what was to be sent: one table of Telegram's refusals by what they are about, as values.

============== ============================= ====================================================================
about          as a rule                     and so
============== ============================= ====================================================================
this message   Done, Without, GivenUp        it goes out without what was refused; a dead letter at last
this chat      Unreachable; Later (a flood)  the chat is away, or waits; what is owed to it is kept
this bot       Held                          nothing goes to anybody, and all is kept, until another send is taken
this server    Later                         tried again, by itself in order, for as long as it takes
nobody knows   Later, a doubt                as of the server, until another send is taken: then of this message
============== ============================= ====================================================================
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.telegram.connections import NotSent
from bot.telegram.rate_limit import Crowded
from bot.telegram.refusal import raw, seconds_of, summary
from storage.groups.chats import MOVED
from storage.news.cards import Status

Part = Literal["formatting", "keyboard", "picture", "everything"]


@dataclass(frozen=True, slots=True)
class Done:
    """Nothing is left to do: it is out, the message already says so, or there is nothing to answer any more.

    Of a request (`of`) its chat has a card now, in a `message`.
    """

    of: Status | None = None
    message: int = 0


@dataclass(frozen=True, slots=True)
class Later:
    """Try again at `at` (epoch ms). `counts` as a try; `chat_wide`: nothing at all to this chat before then.

    `doubted`: what it means is not sure yet. `unclear`: it may be out, for no answer came.
    """

    at: int
    reason: str
    counts: bool = True
    chat_wide: bool = False
    doubted: bool = False
    unclear: bool = False


@dataclass(frozen=True, slots=True)
class Unreachable:
    """The chat hears nothing until its person does something about it."""

    reason: str


@dataclass(frozen=True, slots=True)
class Without:
    """Send again at once without this part (formatting: as plain words, cut to fit), and let the maintainers know."""

    part: Part


@dataclass(frozen=True, slots=True)
class GivenUp:
    """It will never be accepted. A dead letter. `ours`: it could not even be made; whoever asked for it hears so."""

    reason: str
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """No send can succeed: keep all that is owed, and look at the token or for a second instance."""

    kind: Literal["token", "conflict", "logged out", "frozen"]


Disposition = Done | Later | Unreachable | Without | GivenUp | Held


@dataclass(frozen=True, slots=True)
class FirstRefusal:
    """The first refusal of a chat that is not understood: when (epoch ms), in which words, and how many sends Telegram
    had taken by then.
    """

    since: int
    reason: str
    taken: int


NOT_FOUND = "not found"
KNOWS_NOBODY = 120_000  # ms for which a server may find no chat at all
GIVEN_UP_AFTER = 600_000  # ms for which a message is refused, while others are taken, before it is given up
# A piece of the server's own words, in small letters: what it means. The first that fits counts. What the servers
# behind the Bot API say in capitals comes through at times instead of its words (docs/facts.md).
WORDS: Mapping[str, Disposition] = {
    # this message
    "can't parse entities": Without("formatting"),  # quotes what was written, so it is asked first
    "message is not modified": Done(),
    "message_not_modified": Done(),
    "query is too old": Done(),
    "query_id_invalid": Done(),
    "to edit": Without("everything"),  # the card is gone, or was never one: a message takes its place
    "can't be edited": Without("everything"),
    "message_id_invalid": Without("everything"),
    "reply markup": Without("keyboard"),
    "reply_markup": Without("keyboard"),
    "keyboard": Without("keyboard"),
    "button": Without("keyboard"),
    "text must be non-empty": Without("formatting"),
    "text is empty": Without("formatting"),
    "message_empty": Without("formatting"),
    "too long": Without("formatting"),
    "message_too_long": Without("formatting"),
    "caption_too_long": Without("formatting"),  # but WORKER_BUSY_TOO_LONG_RETRY is the server's
    "entit": Without("formatting"),  # ENTITY_BOUNDS_INVALID; 413 Request Entity Too Large
    "photo": Without("picture"),
    "image": Without("picture"),
    "media": Without("picture"),
    "docs_forbidden": Without("picture"),
    "voice": Without("picture"),  # who has Premium may want no voice messages
    "file": Without("picture"),
    # this bot
    "auth_key": Held("token"),
    "session_revoked": Held("token"),
    "access_token": Held("token"),
    "logged out": Held("logged out"),
    "frozen": Held("frozen"),
    "user_restricted": Held("frozen"),  # which is whoever calls; so it is asked before "restricted"
    # this chat
    "blocked": Unreachable("blocked"),
    "deactivated": Unreachable("deactivated"),
    "user is deleted": Unreachable("deactivated"),
    "can't initiate conversation": Unreachable("never started"),
    "peer_id_invalid": Unreachable("never started"),
    "can't send messages to": Unreachable("a bot"),
    "user_is_bot": Unreachable("a bot"),
    "chat not found": Unreachable(NOT_FOUND),
    "user not found": Unreachable(NOT_FOUND),
    "chat_not_found": Unreachable(NOT_FOUND),
    "user_not_found": Unreachable(NOT_FOUND),
    "chat_id_invalid": Unreachable(NOT_FOUND),
    "chat_invalid": Unreachable(NOT_FOUND),
    "channel_invalid": Unreachable(NOT_FOUND),
    "user_id_invalid": Unreachable(NOT_FOUND),
    "input_user_invalid": Unreachable(NOT_FOUND),
    "write access": Unreachable("closed to us"),
    "rights to send": Unreachable("closed to us"),
    "privacy_restricted": Unreachable("closed to us"),
    "premium_required": Unreachable("closed to us"),
    "payment_required": Unreachable("closed to us"),
    "restricted": Unreachable("closed to us"),
    "write_forbidden": Unreachable("closed to us"),  # but CHAT_SEND_POLLS_FORBIDDEN is of one kind, and no word of it
    "plain_forbidden": Unreachable("closed to us"),
    "guest_send_forbidden": Unreachable("closed to us"),
    "chat_forbidden": Unreachable("closed to us"),
    "channel_forbidden": Unreachable("closed to us"),
    "kicked": Unreachable("closed to us"),
    "not a member": Unreachable("closed to us"),
    "participant": Unreachable("closed to us"),
    "user_banned": Unreachable("closed to us"),
    "administrator rights": Unreachable("closed to us"),
    "admin_required": Unreachable("closed to us"),
    "channel_private": Unreachable("closed to us"),
    "topic_closed": Unreachable("closed to us"),
    "chat was deleted": Unreachable("gone"),
}


def classify(
    error: TelegramError, now: int, retry_at: int, *, first: FirstRefusal | None = None, taken: int = 0,
    lacking: Collection[Part] = (),
) -> Disposition:  # fmt: skip
    """Judge the error of a send. What may have arrived is sent again until that is confirmed: a rare double is the
    price of never losing one.

    `now` is epoch ms, `retry_at` when one more try would be fair; `first` is of the tries before this one, `taken` how
    many sends Telegram has taken by now; `lacking` are the parts the send went without.
    """
    found = _known(error)
    if found == Unreachable(NOT_FOUND) and not (first and _is_believed(first, now, taken)):
        return Later(retry_at, NOT_FOUND, doubted=True)
    if isinstance(found, Held) and first and taken != first.taken:
        return _not_held(error, now, retry_at, first, lacking)
    if found and not (isinstance(found, Without) and found.part in lacking):
        return found
    match error:
        case Crowded():  # its turn comes, and holds up nothing else
            return Later(retry_at, "crowded", counts=False)
        case RetryAfter():
            return _flood(seconds_of(error), now, retry_at)
        case NetworkError() if not isinstance(error, BadRequest):
            out = not isinstance(error.__cause__, NotSent)
            return Later(retry_at, "unknown" if out else "not sent", unclear=out)
    return _doubted(error, now, retry_at, first, taken, lacking)


def _is_believed(first: FirstRefusal, now: int, taken: int) -> bool:
    """A server that was just restarted, or started in another folder, knows nobody: a chat that is not found is gone
    if others are taken meanwhile, or if that lasts.
    """
    return first.reason == NOT_FOUND and (taken != first.taken or now - first.since >= KNOWS_NOBODY)


def is_about_all(error: TelegramError) -> bool:
    """True if it need not be about one message or one chat: then nothing may get through to anybody."""
    return not isinstance(error, RetryAfter) and not isinstance(_known(error), Done | Without | Unreachable)


def _known(error: TelegramError) -> Disposition | None:
    match error:
        case RetryAfter():
            return None
        case ChatMigrated():
            return Unreachable(f"{MOVED}{error.new_chat_id}")
        case InvalidToken():
            return Held("token")
        case Conflict():
            return Held("conflict")
    words = (raw(error) or ("" if error.__cause__ else error.message)).lower()
    return next((meaning for piece, meaning in WORDS.items() if piece in words), None)


def _flood(seconds: float, now: int, retry_at: int) -> Later:
    if not seconds:  # nobody says how long, so each time it is longer
        return Later(max(retry_at, now + 1000), "flood", chat_wide=True)
    # Telegram's second and ours need not begin together, so one more is waited.
    return Later(now + round(1000 * seconds) + 1000, "flood", counts=False, chat_wide=True)


def _not_held(
    error: TelegramError, now: int, retry_at: int, first: FirstRefusal, lacking: Collection[Part]
) -> Disposition:
    """Others were taken since, so it is no word about the bot: a server that knows no pictures, or one that wavers.
    Only this chat waits, and nothing is given up.
    """
    reason = summary(error)
    if first.reason == reason and now - first.since >= GIVEN_UP_AFTER and "picture" not in lacking:
        return Without("picture")
    return Later(retry_at, reason, doubted=True)


def _doubted(
    error: TelegramError, now: int, retry_at: int, first: FirstRefusal | None, taken: int, lacking: Collection[Part]
) -> Disposition:
    """Nobody knows what it is about. As long as nothing is taken it may be all of Telegram; when other sends were
    taken meanwhile it is this chat or this message.
    """
    later = Later(retry_at, summary(error), doubted=True)
    if first is None or taken == first.taken:
        return later
    if isinstance(error, Forbidden):
        return Unreachable("forbidden")
    if now - first.since < GIVEN_UP_AFTER:
        return later
    return GivenUp(summary(error)) if "everything" in lacking else Without("everything")
