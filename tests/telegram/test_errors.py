import pytest
from telegram.error import (
    BadRequest,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.telegram.api import ApiRefusal
from bot.telegram.errors import Done, Fatal, GivenUp, Later, Unreachable, Without, classify
from bot.telegram.http import NotSent, Unknown

NOW, SOON = 1_764_000_000_000, 1_764_000_002_000


def because(error: TelegramError, cause: Exception) -> TelegramError:
    error.__cause__ = cause
    return error


def bad_request(words: str) -> TelegramError:
    return because(BadRequest(f"Bad Request: {words}"), ApiRefusal(400, f"Bad Request: {words}"))


def forbidden(words: str) -> TelegramError:
    return because(Forbidden(f"Forbidden: {words}"), ApiRefusal(403, f"Forbidden: {words}"))


def row(name, error, expected):
    return pytest.param(error, expected, id=name)


@pytest.mark.parametrize(
    "error, expected",
    [
        row("not sent", because(NetworkError("refused"), NotSent("refused")), Later(SOON, "not sent")),
        row("unknown outcome", because(NetworkError("lost"), Unknown("lost")), Later(SOON, "unknown")),
        row("unknown, of another transport", TimedOut(), Later(SOON, "unknown")),
        row("flood", RetryAfter(7), Later(NOW + 8000, "flood", counts=False, chat_wide=True)),
        row("flood for hours", RetryAfter(10072), Later(NOW + 10_073_000, "flood", counts=False, chat_wide=True)),
        row("blocked", forbidden("bot was blocked by the user"), Unreachable("blocked")),
        row("deactivated", forbidden("user is deactivated"), Unreachable("deactivated")),
        row("never started", forbidden("bot can't initiate conversation with a user"), Unreachable("never started")),
        row("a bot", forbidden("the bot can't send messages to the bot"), Unreachable("a bot")),
        row("forbidden otherwise", forbidden("something new"), Unreachable("forbidden")),
        row("chat not found", bad_request("chat not found"), Later(SOON, "not found")),
        row("not modified", bad_request("message is not modified: specified new message content and …"), Done()),
        row(
            "tap too old",
            bad_request("query is too old and response timeout expired or query ID is invalid"),
            Done(),
        ),
        row("broken html", bad_request('can\'t parse entities: Unsupported start tag "3"'), Without("formatting")),
        row("html naming a button", bad_request('can\'t parse entities: tag "keyboard"'), Without("formatting")),
        row("only spaces", bad_request("text must be non-empty"), Without("formatting")),
        row("empty", bad_request("message text is empty"), Without("formatting")),
        row("too long", bad_request("message is too long"), Without("formatting")),
        row("caption too long", bad_request("message caption is too long"), Without("formatting")),
        row("callback data too long", bad_request("BUTTON_DATA_INVALID"), Without("keyboard")),
        row("markup too long", bad_request("reply markup is too long"), Without("keyboard")),
        row(
            "button without action",
            bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
            Without("keyboard"),
        ),
        row("bad link", bad_request("inline keyboard button URL 'x' is invalid"), Without("keyboard")),
        row("no markup object", bad_request("object expected as reply markup"), Without("keyboard")),
        row("bad request otherwise", bad_request("EFFECT_ID_INVALID"), Without("extras")),
        row("wrong token", because(InvalidToken("Unauthorized"), ApiRefusal(401, "Unauthorized")), Fatal("token")),
        row("second instance", Conflict("Conflict: terminated by other getUpdates request"), Fatal("conflict")),
        row("anything else", EndPointNotFound("no such method"), GivenUp("EndPointNotFound")),
    ],
)
def test_each_error_has_its_verdict(error, expected):
    assert classify(error, NOW, SOON) == expected


@pytest.mark.parametrize(
    "error, part, reason",
    [
        pytest.param(bad_request("can't parse entities: <Sari>"), "formatting", "formatting", id="plain words too"),
        pytest.param(bad_request("reply markup is too long"), "keyboard", "keyboard", id="without a keyboard too"),
        pytest.param(bad_request("PEER_ODD"), "extras", "Bad Request: PEER_ODD", id="without extras too"),
    ],
)
def test_what_is_refused_without_its_faulty_part_is_given_up(error, part, reason):
    assert classify(error, NOW, SOON, lacking={part}) == GivenUp(reason)


def test_another_fault_behind_the_first_is_mended_too():
    assert classify(bad_request("BUTTON_DATA_INVALID"), NOW, SOON, lacking={"formatting"}) == Without("keyboard")


def test_a_chat_not_found_twice_is_believed():
    error = bad_request("chat not found")
    assert classify(error, NOW, SOON, last="unknown") == Later(SOON, "not found")
    assert classify(error, NOW, SOON, last="not found") == Unreachable("not found")


def test_words_count_in_any_case_and_without_the_servers_own():
    assert classify(BadRequest("Bad Request: Message Is Not Modified"), NOW, SOON) == Done()
