"""What an error of a send means for what was to be sent: a table of decisions, as values."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.telegram.api import raw, seconds_of
from bot.telegram.http import NotSent

Part = Literal["formatting", "keyboard", "extras"]


@dataclass(frozen=True, slots=True)
class Done:
    """Nothing is left to do: it is out, the message already says so, or there is nothing to answer any more."""


@dataclass(frozen=True, slots=True)
class Later:
    """Try again at `at` (epoch ms). `counts` as a try; `chat_wide`: nothing at all to this chat before then."""

    at: int
    reason: str
    counts: bool = True
    chat_wide: bool = False


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
    """It will never be accepted. A dead letter."""

    reason: str


@dataclass(frozen=True, slots=True)
class Fatal:
    """No send can succeed: keep all that is owed, and look at the token or for a second instance."""

    kind: Literal["token", "conflict"]


Disposition = Done | Later | Unreachable | Without | GivenUp | Fatal

NOT_FOUND = "not found"
# A piece of the server's own words, in small letters: what it means. The first that fits counts.
FORBIDDEN: Mapping[str, Disposition] = {
    "blocked by the user": Unreachable("blocked"),
    "user is deactivated": Unreachable("deactivated"),
    "can't initiate conversation": Unreachable("never started"),
    "can't send messages to the bot": Unreachable("a bot"),
}
BAD_REQUEST: Mapping[str, Disposition] = {
    "can't parse entities": Without("formatting"),  # quotes what was written, so it is asked first
    "message is not modified": Done(),
    "query is too old": Done(),
    "chat not found": Unreachable(NOT_FOUND),
    "reply markup": Without("keyboard"),
    "keyboard": Without("keyboard"),
    "button": Without("keyboard"),
    "text must be non-empty": Without("formatting"),
    "text is empty": Without("formatting"),
    "is too long": Without("formatting"),
}


def classify(
    error: TelegramError, now: int, retry_at: int, *, last: str = "", lacking: Collection[Part] = ()
) -> Disposition:
    """Judge the error of a send (docs/facts.md, "What a failed send tells"). What may have arrived is sent again until
    that is confirmed: a rare double is the price of never losing one.

    `now` is epoch ms, `retry_at` when one more try would be fair, `last` the reason of the Later before this one,
    `lacking` the parts the send went without.
    """
    match error:
        case RetryAfter():
            # Telegram's second and ours need not begin together, so one more is waited.
            return Later(now + round(1000 * seconds_of(error)) + 1000, "flood", counts=False, chat_wide=True)
        case InvalidToken():
            return Fatal("token")
        case Conflict():
            return Fatal("conflict")
        case Forbidden():
            return _find(FORBIDDEN, error) or Unreachable("forbidden")
        case BadRequest():  # a NetworkError too, so it is asked first
            found = _find(BAD_REQUEST, error) or Without("extras")
            if isinstance(found, Without) and found.part in lacking:
                return GivenUp(found.part if found.part != "extras" else _words(error)[:100])
            # A server just restarted knows nobody either: ask twice before believing it.
            believed = found != Unreachable(NOT_FOUND) or last == NOT_FOUND
            return found if believed else Later(retry_at, NOT_FOUND)
        case NetworkError():
            return Later(retry_at, "not sent" if isinstance(error.__cause__, NotSent) else "unknown")
    return GivenUp(type(error).__name__)


def _find(table: Mapping[str, Disposition], error: TelegramError) -> Disposition | None:
    words = _words(error).lower()
    return next((meaning for piece, meaning in table.items() if piece in words), None)


def _words(error: TelegramError) -> str:
    return raw(error) or error.message
