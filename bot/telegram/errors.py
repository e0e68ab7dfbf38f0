"""What an error of a send means for what was to be sent: the sender's table of decisions, as values."""

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

from bot.telegram.api import raw, seconds_of
from bot.telegram.http import NotSent

Part = Literal["formatting", "keyboard", "extras"]
LONGEST_BACKOFF = 60  # seconds


@dataclass(frozen=True, slots=True)
class Done:
    """Nothing is left to do: the message already says so, or there is nothing to answer any more."""


@dataclass(frozen=True, slots=True)
class Later:
    """Try again at `at` (epoch ms). `counts` as a try; `chat_wide`: nothing at all to this chat before then."""

    at: int
    reason: str
    counts: bool = True
    chat_wide: bool = False


@dataclass(frozen=True, slots=True)
class Unreachable:
    """The chat hears nothing until its person, or an admin, does something about it."""

    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The group lives under a new id; send there at once."""

    chat: int


@dataclass(frozen=True, slots=True)
class Without:
    """Send again at once without this part (formatting: as plain words, cut to fit), and let the maintainers know."""

    part: Part


@dataclass(frozen=True, slots=True)
class Fresh:
    """The card cannot be edited: forget its id and send a new one."""

    reason: str


@dataclass(frozen=True, slots=True)
class GivenUp:
    """It will never be accepted. A dead letter."""

    reason: str


@dataclass(frozen=True, slots=True)
class Fatal:
    """No send can succeed: keep all that is owed, and look at the token or for a second instance."""

    kind: Literal["token", "conflict"]


Disposition = Done | Later | Unreachable | Moved | Without | Fresh | GivenUp | Fatal

NOT_FOUND = Unreachable("not found")
# A piece of the server's own words, in small letters: what it means. The first that fits counts.
FORBIDDEN: Mapping[str, Disposition] = {
    "blocked by the user": Unreachable("blocked"),
    "user is deactivated": Unreachable("deactivated"),
    "can't initiate conversation": Unreachable("never started"),
    "can't send messages to the bot": Unreachable("a bot"),
    "was kicked": Unreachable("kicked"),
    "is not a member": Unreachable("not a member"),
    "was deleted": Unreachable("chat deleted"),
}
BAD_REQUEST: Mapping[str, Disposition] = {
    "can't parse entities": Without("formatting"),  # quotes what was written, so it is asked first
    "message is not modified": Done(),
    "message to delete not found": Done(),
    "query is too old": Done(),
    "message to edit not found": Fresh("card gone"),
    "message can't be edited": Fresh("card not editable"),
    "no text in the message to edit": Fresh("card without text"),
    "message identifier is not specified": Fresh("card unknown"),
    "chat not found": NOT_FOUND,
    "chat_write_forbidden": Unreachable("may not write"),
    "not enough rights": Unreachable("may not write"),
    "thread not found": Unreachable("topic gone"),
    "reply markup": Without("keyboard"),
    "keyboard": Without("keyboard"),
    "button": Without("keyboard"),
    "text must be non-empty": Without("formatting"),
    "text is empty": Without("formatting"),
    "is too long": Without("formatting"),
}


def classify(
    error: TelegramError, tries: int, now: int, chance: float, *, last: str = "", lacking: Collection[Part] = ()
) -> Disposition:
    """Judge the error of a send after `tries` counted ones (docs/facts.md, "What a failed send tells").

    `now` is epoch ms, `chance` from [0, 1) spreads the retries, `last` is the reason of the Later before this one,
    `lacking` are the parts the send went without.
    What may have arrived is sent again until it is confirmed: a rare double is the price of never losing one.
    """
    later = now + backoff(tries, chance)
    match error:
        case RetryAfter():
            return Later(now + round(1000 * seconds_of(error)) + 1000, "flood", counts=False, chat_wide=True)
        case ChatMigrated():
            return Moved(error.new_chat_id)
        case InvalidToken():
            return Fatal("token")
        case Conflict():
            return Fatal("conflict")
        case Forbidden():
            return _find(FORBIDDEN, error) or Unreachable("forbidden")
        case BadRequest():  # a NetworkError too, so it is asked first
            found = _refused(error, lacking)
            # A server just restarted knows nobody either: ask twice before believing it.
            return Later(later, "not found") if found == NOT_FOUND and last != NOT_FOUND.reason else found
        case NetworkError():
            return Later(later, "not sent" if isinstance(error.__cause__, NotSent) else "unknown")
    return GivenUp(type(error).__name__)


def backoff(tries: int, chance: float) -> int:
    """Milliseconds to the next try: anywhere up to 1, 2, 4 … 60 s, so that what failed together returns apart."""
    return round(1000 * chance * min(LONGEST_BACKOFF, 1 << tries))


def _refused(error: BadRequest, lacking: Collection[Part]) -> Disposition:
    found = _find(BAD_REQUEST, error) or Without("extras")
    if isinstance(found, Without) and found.part in lacking:
        return GivenUp(found.part if found.part != "extras" else _words(error)[:100])
    return found


def _find(table: Mapping[str, Disposition], error: TelegramError) -> Disposition | None:
    words = _words(error).lower()
    return next((meaning for piece, meaning in table.items() if piece in words), None)


def _words(error: TelegramError) -> str:
    return raw(error) or error.message
