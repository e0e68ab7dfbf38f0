import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import (
    BadRequest,
    ChatMigrated,
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
from bot.telegram.errors import Done, Fatal, Fresh, GivenUp, Later, Moved, Unreachable, Without, backoff, classify
from bot.telegram.http import NotSent, Unknown

NOW = 1_764_000_000_000


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
        row("not sent", because(NetworkError("refused"), NotSent("refused")), Later(NOW + 2000, "not sent")),
        row("unknown outcome", because(NetworkError("lost"), Unknown("lost")), Later(NOW + 2000, "unknown")),
        row("unknown, of another transport", TimedOut(), Later(NOW + 2000, "unknown")),
        row("flood", RetryAfter(7), Later(NOW + 8000, "flood", counts=False, chat_wide=True)),
        row("flood for hours", RetryAfter(10072), Later(NOW + 10_073_000, "flood", counts=False, chat_wide=True)),
        row("group migrated", ChatMigrated(-1007), Moved(-1007)),
        row("blocked", forbidden("bot was blocked by the user"), Unreachable("blocked")),
        row("deactivated", forbidden("user is deactivated"), Unreachable("deactivated")),
        row("never started", forbidden("bot can't initiate conversation with a user"), Unreachable("never started")),
        row("a bot", forbidden("the bot can't send messages to the bot"), Unreachable("a bot")),
        row("kicked", forbidden("bot was kicked from the supergroup chat"), Unreachable("kicked")),
        row("not a member", forbidden("bot is not a member of the channel chat"), Unreachable("not a member")),
        row("group deleted", forbidden("the group chat was deleted"), Unreachable("chat deleted")),
        row("forbidden otherwise", forbidden("something new"), Unreachable("forbidden")),
        row("chat not found", bad_request("chat not found"), Later(NOW + 2000, "not found")),
        row("not modified", bad_request("message is not modified: specified new message content and …"), Done()),
        row("already deleted", bad_request("message to delete not found"), Done()),
        row(
            "tap too old",
            bad_request("query is too old and response timeout expired or query ID is invalid"),
            Done(),
        ),
        row("card gone", bad_request("message to edit not found"), Fresh("card gone")),
        row("card not editable", bad_request("message can't be edited"), Fresh("card not editable")),
        row("card without text", bad_request("there is no text in the message to edit"), Fresh("card without text")),
        row("card unknown", bad_request("message identifier is not specified"), Fresh("card unknown")),
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
        row("may not write", bad_request("CHAT_WRITE_FORBIDDEN"), Unreachable("may not write")),
        row("rights", bad_request("not enough rights to send text messages"), Unreachable("may not write")),
        row("topic gone", bad_request("message thread not found"), Unreachable("topic gone")),
        row("bad request otherwise", bad_request("EFFECT_ID_INVALID"), Without("extras")),
        row("wrong token", because(InvalidToken("Unauthorized"), ApiRefusal(401, "Unauthorized")), Fatal("token")),
        row("second instance", Conflict("Conflict: terminated by other getUpdates request"), Fatal("conflict")),
        row("anything else", EndPointNotFound("no such method"), GivenUp("EndPointNotFound")),
    ],
)
def test_each_error_has_its_verdict(error, expected):
    assert classify(error, tries=2, now=NOW, chance=0.5) == expected


@pytest.mark.parametrize(
    "error, part, reason",
    [
        pytest.param(bad_request("can't parse entities: <Sari>"), "formatting", "formatting", id="plain words too"),
        pytest.param(bad_request("reply markup is too long"), "keyboard", "keyboard", id="without a keyboard too"),
        pytest.param(bad_request("PEER_ODD"), "extras", "Bad Request: PEER_ODD", id="without extras too"),
    ],
)
def test_what_is_refused_without_its_faulty_part_is_given_up(error, part, reason):
    assert classify(error, 0, NOW, 0.5, lacking={part}) == GivenUp(reason)


def test_another_fault_behind_the_first_is_mended_too():
    assert classify(bad_request("BUTTON_DATA_INVALID"), 0, NOW, 0.5, lacking={"formatting"}) == Without("keyboard")


def test_a_chat_not_found_twice_is_believed():
    error = bad_request("chat not found")
    assert classify(error, 5, NOW, 0.5, last="unknown") == Later(NOW + 16_000, "not found")
    assert classify(error, 6, NOW, 0.5, last="not found") == Unreachable("not found")


def test_words_count_in_any_case_and_without_the_servers_own():
    assert classify(BadRequest("Bad Request: Message Is Not Modified"), 0, NOW, 0.5) == Done()


@pytest.mark.parametrize("tries, seconds", [(0, 1), (1, 2), (2, 4), (5, 32), (6, 60), (7, 60), (10_000, 60)])
def test_the_backoff_doubles_up_to_a_minute(tries, seconds):
    assert backoff(tries, 1) == seconds * 1000


@given(st.integers(0, 10_000), st.floats(0, 1, exclude_max=True))
def test_the_backoff_is_spread_over_its_whole_range(tries, chance):
    assert 0 <= backoff(tries, chance) <= backoff(tries, 1) <= 60_000
