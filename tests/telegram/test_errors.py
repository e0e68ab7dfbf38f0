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

from bot.telegram.connections import NotSent, Unknown
from bot.telegram.errors import (
    GIVEN_UP_AFTER,
    KNOWS_NOBODY,
    Done,
    FirstRefusal,
    GivenUp,
    Held,
    Later,
    Unreachable,
    Without,
    classify,
    is_about_all,
)
from bot.telegram.refusal import ApiRefusal, read

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
        row("unknown outcome", because(NetworkError("lost"), Unknown("lost")), Later(SOON, "unknown", unclear=True)),
        row("unknown, of another transport", TimedOut(), Later(SOON, "unknown", unclear=True)),
        row("flood", RetryAfter(7), Later(NOW + 8000, "flood", counts=False, chat_wide=True)),
        row("flood for hours", RetryAfter(10072), Later(NOW + 10_073_000, "flood", counts=False, chat_wide=True)),
        row("blocked", forbidden("bot was blocked by the user"), Unreachable("blocked")),
        row("deactivated", forbidden("user is deactivated"), Unreachable("deactivated")),
        row("never started", forbidden("bot can't initiate conversation with a user"), Unreachable("never started")),
        row("a bot", forbidden("the bot can't send messages to the bot"), Unreachable("a bot")),
        row("flood of nobody knows how long", RetryAfter(0), Later(SOON, "flood", chat_wide=True)),
        row("chat not found", bad_request("chat not found"), Later(SOON, "not found", doubted=True)),
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
        row("no documents there", bad_request("CHAT_SEND_DOCS_FORBIDDEN"), Without("picture")),
        row("bad link", bad_request("inline keyboard button URL 'x' is invalid"), Without("keyboard")),
        row("no markup object", bad_request("object expected as reply markup"), Without("keyboard")),
        row("wrong token", because(InvalidToken("Unauthorized"), ApiRefusal(401, "Unauthorized")), Held("token")),
        row("second instance", Conflict("Conflict: terminated by other getUpdates request"), Held("conflict")),
        row("logged out", because(BadRequest("Logged out"), ApiRefusal(400, "Logged out")), Held("logged out")),
        row("no card", bad_request("message to edit not found"), Without("everything")),
        row("no card of ours", bad_request("message can't be edited"), Without("everything")),
        row("no card, in capitals", bad_request("MESSAGE_ID_INVALID"), Without("everything")),
        row("no text on it", bad_request("there is no text in the message to edit"), Without("everything")),
        row("kicked", forbidden("bot was kicked from the supergroup chat"), Unreachable("closed to us")),
        row("no member", forbidden("bot is not a member of the group chat"), Unreachable("closed to us")),
        row("a group that is gone", forbidden("the group chat was deleted"), Unreachable("gone")),
        row("rights", bad_request("need administrator rights in the channel chat"), Unreachable("closed to us")),
        row("a key that ended", bad_request("AUTH_KEY_UNREGISTERED"), Held("token")),
        row("a token that ended", bad_request("ACCESS_TOKEN_EXPIRED"), Held("token")),
        row("a bot that is restricted", forbidden("USER_RESTRICTED"), Held("frozen")),
        row("a frozen bot", bad_request("FROZEN_METHOD_INVALID"), Held("frozen")),
        row("anything else", EndPointNotFound("no such method"), Later(SOON, "no such method", doubted=True)),
    ],
)
def test_each_error_has_its_verdict(error, expected):
    assert classify(error, NOW, SOON) == expected


@pytest.mark.parametrize(
    "words, reason",
    [
        ("USER_IS_BLOCKED", "blocked"),
        ("YOU_BLOCKED_USER", "blocked"),
        ("INPUT_USER_DEACTIVATED", "deactivated"),
        ("USER_DEACTIVATED", "deactivated"),
        ("USER_DEACTIVATED_BAN", "deactivated"),
        ("PEER_ID_INVALID", "never started"),
        ("USER_IS_BOT", "a bot"),
        ("CHAT_WRITE_FORBIDDEN", "closed to us"),
        ("USER_PRIVACY_RESTRICTED", "closed to us"),
        ("PRIVACY_PREMIUM_REQUIRED", "closed to us"),
        ("ALLOW_PAYMENT_REQUIRED_10", "closed to us"),
        ("CHAT_RESTRICTED", "closed to us"),
        ("CHAT_SEND_PLAIN_FORBIDDEN", "closed to us"),
        ("CHAT_ADMIN_REQUIRED", "closed to us"),
        ("USER_BANNED_IN_CHANNEL", "closed to us"),
        ("CHANNEL_PRIVATE", "closed to us"),
        ("TOPIC_CLOSED", "closed to us"),
        ("CHAT_FORBIDDEN", "closed to us"),
        ("CHANNEL_FORBIDDEN", "closed to us"),
        ("CHAT_GUEST_SEND_FORBIDDEN", "closed to us"),
        ("USER_NOT_PARTICIPANT", "closed to us"),
        ("bot is not a participant of the chat", "closed to us"),
        ("USER_KICKED", "closed to us"),
        ("have no rights to send a message", "closed to us"),
        ("not enough rights to send text messages to the chat", "closed to us"),
    ],
)
def test_what_servers_say_in_capitals_means_what_their_words_mean(words, reason):
    assert classify(bad_request(words), NOW, SOON) == Unreachable(reason)


@pytest.mark.parametrize(
    "words", ["MESSAGE_AUTHOR_FORBIDDEN", "CHAT_SEND_POLLS_FORBIDDEN", "CHAT_SEND_INLINE_FORBIDDEN"]
)
def test_what_one_message_or_kind_may_not_is_no_word_about_the_chat(words):
    assert classify(bad_request(words), NOW, SOON) == Later(SOON, f"Bad Request: {words}", doubted=True)


@pytest.mark.parametrize(
    "words",
    ["CHAT_NOT_FOUND", "USER_ID_INVALID", "CHAT_ID_INVALID", "user not found", "CHAT_INVALID", "CHANNEL_INVALID"],
)
def test_a_chat_that_is_not_known_in_other_words_is_asked_for_twice(words):
    first = FirstRefusal(NOW - 1000, "not found", 0)
    assert classify(bad_request(words), NOW, SOON) == Later(SOON, "not found", doubted=True)
    assert classify(bad_request(words), NOW, SOON, first=first, taken=1) == Unreachable("not found")


@pytest.mark.parametrize(
    "status, answer, expected",
    [
        pytest.param(429, {}, Later(SOON, "flood", chat_wide=True), id="429 of a proxy"),
        pytest.param(
            429, {"description": "Too Many Requests: retry after 5"},
            Later(NOW + 6000, "flood", counts=False, chat_wide=True), id="429 that says it in words",
        ),
        pytest.param(
            420, {"description": "FLOOD_WAIT_7"},
            Later(NOW + 8000, "flood", counts=False, chat_wide=True), id="420",
        ),
        pytest.param(
            400, {"description": "WORKER_BUSY_TOO_LONG_RETRY"},
            Later(SOON, "WORKER_BUSY_TOO_LONG_RETRY", doubted=True), id="a server that is busy for too long",
        ),
        pytest.param(400, {"description": "MEDIA_CAPTION_TOO_LONG"}, Without("formatting"), id="a caption"),
        pytest.param(420, {"description": "FROZEN_METHOD_INVALID"}, Held("frozen"), id="420 of a frozen bot"),
        *(
            pytest.param(
                status, {"description": words},
                Later(NOW + 8000, "flood", counts=False, chat_wide=True), id=f"a flood in other words: {words}",
            )
            for status, words in [
                (400, "Bad Request: FLOOD_WAIT_7"), (403, "SLOWMODE_WAIT_7"), (400, "FLOOD_PREMIUM_WAIT_7"),
                (400, "Too Many Requests: retry after 7"), (429, "Flood control exceeded. Retry in 7 seconds"),
                (420, "Flood control exceeded. Retry in 7 s"),
            ]
        ),
        pytest.param(
            400, {"description": "Bad Request: PEER_FLOOD"}, Later(SOON, "flood", chat_wide=True), id="PEER_FLOOD"
        ),
        pytest.param(413, {"description": "Request Entity Too Large"}, Without("formatting"), id="413"),
        pytest.param(413, {}, Later(SOON, "unknown", unclear=True), id="413 of a proxy"),
        pytest.param(403, {}, Later(SOON, "unknown", unclear=True), id="403 of a proxy"),
        pytest.param(
            404, {"description": "Not Found: method not found"},
            Later(SOON, "Not Found: method not found", doubted=True), id="one method is not known",
        ),
        pytest.param(404, {"description": "Not Found"}, Held("token"), id="404"),
        pytest.param(503, {}, Later(SOON, "not sent"), id="it takes nothing now"),
        pytest.param(502, {}, Later(SOON, "unknown", unclear=True), id="a proxy without an answer"),
        pytest.param(
            400, {"description": {"text": "odd"}}, Later(SOON, "unknown", unclear=True), id="words that are none"
        ),
    ],
)  # fmt: skip
def test_an_answer_without_success_means(status, answer, expected):
    assert classify(because(*read(status, answer)), NOW, SOON) == expected


def test_while_nothing_is_taken_nobody_knows_what_a_refusal_is_about():
    error, first = bad_request("PEER_ODD"), FirstRefusal(NOW - 10 * GIVEN_UP_AFTER, "Bad Request: PEER_ODD", taken=7)
    assert classify(error, NOW, SOON, first=first, taken=7) == Later(SOON, "Bad Request: PEER_ODD", doubted=True)


def test_when_others_are_taken_it_is_given_up_bare_and_after_patience():
    error, first = bad_request("PEER_ODD"), FirstRefusal(NOW - GIVEN_UP_AFTER, "Bad Request: PEER_ODD", taken=7)
    assert classify(error, NOW - 1, SOON, first=first, taken=8) == Later(SOON, "Bad Request: PEER_ODD", doubted=True)
    assert classify(error, NOW, SOON, first=first, taken=8) == Without("everything")
    assert classify(error, NOW, SOON, first=first, taken=8, lacking={"everything"}) == GivenUp("Bad Request: PEER_ODD")


@pytest.mark.parametrize(
    "reason, since, taken, lacking, expected",
    [
        ("token", GIVEN_UP_AFTER, 7, (), Held("token")),
        ("token", GIVEN_UP_AFTER, 8, (), Later(SOON, "Not Found", doubted=True)),
        ("Not Found", GIVEN_UP_AFTER - 1, 8, (), Later(SOON, "Not Found", doubted=True)),
        ("Not Found", GIVEN_UP_AFTER, 8, (), Without("picture")),
        ("Not Found", GIVEN_UP_AFTER, 8, ("picture",), Later(SOON, "Not Found", doubted=True)),
    ],
)
def test_a_refused_token_is_none_when_others_are_taken(reason, since, taken, lacking, expected):
    error = because(InvalidToken("Not Found"), ApiRefusal(404, "Not Found"))
    first = FirstRefusal(NOW - since, reason, taken=7)
    assert classify(error, NOW, SOON, first=first, taken=taken, lacking=lacking) == expected


def test_an_odd_403_is_believed_once_others_are_taken():
    error, first = forbidden("something new"), FirstRefusal(NOW - 1, "Forbidden: something new", taken=7)
    assert classify(error, NOW, SOON, first=first, taken=7) == Later(SOON, "Forbidden: something new", doubted=True)
    assert classify(error, NOW, SOON, first=first, taken=8) == Unreachable("forbidden")


@pytest.mark.parametrize("words, part", [("can't parse entities: <Sari>", "formatting"), ("BUTTON_ODD", "keyboard")])
def test_what_is_refused_without_its_faulty_part_is_a_doubt(words, part):
    found = classify(bad_request(words), NOW, SOON, lacking={part})
    assert isinstance(found, Later)
    assert found.doubted


def test_a_reason_is_about_nobody():
    error = bad_request('can\'t find "Sari" in 5400000001 of 7:AAxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx')
    assert classify(error, NOW, SOON) == Later(SOON, "Bad Request: can't find … in … of <token>", doubted=True)


@pytest.mark.parametrize(
    "error, expected",
    [
        row("blocked", forbidden("bot was blocked by the user"), False),
        row("broken html", bad_request("can't parse entities"), False),
        row("flood", RetryAfter(7), False),
        row("kicked", forbidden("bot was kicked from the group chat"), False),
        row("no card", bad_request("message to edit not found"), False),
        row("nobody knows", bad_request("PEER_ODD"), True),
        row("logged out", bad_request("Logged out"), True),
        row("token", InvalidToken("Unauthorized"), True),
        row("network", because(NetworkError("refused"), NotSent("refused")), True),
    ],
)
def test_what_may_be_about_all(error, expected):
    assert is_about_all(error) == expected


def test_another_fault_behind_the_first_is_mended_too():
    assert classify(bad_request("BUTTON_DATA_INVALID"), NOW, SOON, lacking={"formatting"}) == Without("keyboard")


def test_a_chat_not_found_twice_is_believed():
    error = bad_request("chat not found")
    doubted = Later(SOON, "not found", doubted=True)
    assert classify(error, NOW, SOON, first=FirstRefusal(NOW, "Bad Request: PEER_ODD", 0)) == doubted
    assert classify(error, NOW, SOON, first=FirstRefusal(NOW, "not found", 0), taken=1) == Unreachable("not found")


def test_while_no_chat_at_all_is_found_nobody_is_thought_gone_for_two_minutes():
    error, first = bad_request("chat not found"), FirstRefusal(NOW - KNOWS_NOBODY, "not found", 7)
    assert classify(error, NOW - 1, SOON, first=first, taken=7) == Later(SOON, "not found", doubted=True)
    assert classify(error, NOW, SOON, first=first, taken=7) == Unreachable("not found")


def test_words_count_in_any_case_and_without_the_servers_own():
    assert classify(BadRequest("Bad Request: Message Is Not Modified"), NOW, SOON) == Done()
