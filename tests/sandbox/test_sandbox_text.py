"""Text and keyboards as they come out on the other side."""

import json

import pytest

from bot.sandbox import Guesses, Refusal, Settings, keyboards
from bot.sandbox.entities import finished, formatted
from bot.sandbox.errors import normalised
from tests.sandbox.stage import Stage


def read(text: str, mode: str = "HTML"):
    """Visible text, and entities in short: type, offset, length, argument."""
    visible, entities = formatted({"text": text, "parse_mode": mode}, "text")
    return visible, [tuple(value for name, value in sorted(entity.items(), key=order)) for entity in entities]


def order(item):
    return ["type", "offset", "length", "url", "language", "custom_emoji_id", "unix_time", "user"].index(item[0])


@pytest.mark.parametrize(
    "raw, visible, entities",
    [
        ("<b>a</b><i>b</i>", "ab", [("bold", 0, 1), ("italic", 1, 1)]),
        ("<B>a</B>", "a", [("bold", 0, 1)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("&lt;b&gt; &amp; &quot;x&quot; &nbsp; &#65;", '<b> & "x" &nbsp; A', []),
        ("a &", "a &", []),
        ("😀<b>ё</b>", "😀ё", [("bold", 2, 1)]),
        ("<b></b>a", "a", []),
        ('<a href="https://jek.duk/?a=1&amp;b=2">x</a>', "x", [("text_link", 0, 1, "https://jek.duk/?a=1&b=2")]),
        ("<a href='jek.duk'>x</a>", "x", [("text_link", 0, 1, "http://jek.duk/")]),
        ("<pre>x</pre>", "x", [("pre", 0, 1)]),
        ('<pre><code class="language-py">x</code></pre>', "x", [("pre", 0, 1, "py")]),
        ('<span class="tg-spoiler">x</span>', "x", [("spoiler", 0, 1)]),
        ("<blockquote>x</blockquote>", "x", [("blockquote", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        ("<b>a</>", "a", [("bold", 0, 1)]),
        ("  <b>a</b>  ", "a", [("bold", 0, 1)]),
        ("<b> a</b> ", " a", [("bold", 0, 2)]),
        ("<code>/start</code> /start", "/start /start", [("code", 0, 6), ("bot_command", 7, 6)]),
    ],
)
def test_html(raw, visible, entities):
    assert read(raw) == (visible, entities)


@pytest.mark.parametrize(
    "raw, complaint",
    [
        ("🏟 <i aba>x</i>", 'Expected equal sign in declaration of an attribute of the tag "i" at byte offset 5'),
        ("<i aba = 19a,>x", "Unexpected end of name token at byte offset 9"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
    ],
)
def test_html_complaints_count_bytes(raw, complaint):
    with pytest.raises(Refusal) as refused:
        read(raw)
    assert refused.value.words == f"can't parse entities: {complaint}"


@pytest.mark.parametrize(
    "raw, visible, entities",
    [
        (r"*a* _b_ __c__ ~d~ ||e||", "a b c d e", ["bold", "italic", "underline", "strikethrough", "spoiler"]),
        (r"a\.b \*c\*", "a.b *c*", []),
        ("```py\nx```", "x", ["pre"]),
        ("`a.b`", "a.b", ["code"]),
        ("[x](https://jek.duk/a)", "x", ["text_link"]),
        ("*a _b_*", "a b", ["bold", "italic"]),
    ],
)
def test_markdown_v2(raw, visible, entities):
    text, found = read(raw, "MarkdownV2")
    assert (text, [entity[0] for entity in found]) == (visible, entities)


def test_markdown_lets_single_marks_be():
    assert read("a-b (c) *d*", "Markdown") == ("a-b (c) d", [("bold", 8, 1)])


def test_an_open_mark_is_named():
    with pytest.raises(Refusal, match="Can't find end of Bold entity at byte offset 2"):
        read("a *b", "MarkdownV2")


def test_what_people_write_is_found():
    text = "/start@jekduk_bot lihat https://jek.duk/a, @camat #kk a@b.id 1/2"
    kinds = [(entity["type"], text[entity["offset"] :][: entity["length"]]) for entity in finished(text, [])[1]]
    assert kinds == [
        ("bot_command", "/start@jekduk_bot"),
        ("url", "https://jek.duk/a"),
        ("mention", "@camat"),
        ("hashtag", "#kk"),
        ("email", "a@b.id"),
    ]


def test_at_most_a_hundred_entities_are_kept():
    assert len(read("<b>x</b> " * 150)[1]) == 100


def test_entities_may_be_given_instead_of_marks():
    given = json.dumps([{"type": "bold", "offset": 0, "length": 1}, {"type": "nonsense", "offset": 0, "length": 1}])
    assert formatted({"text": "ab", "entities": given}, "text")[1] == [{"type": "bold", "offset": 0, "length": 1}]


@pytest.mark.parametrize(
    "code, words, public",
    [
        (400, "MESSAGE_NOT_MODIFIED", 400),
        (400, "USER_IS_BLOCKED", 403),
        (403, "CHAT_WRITE_FORBIDDEN", 400),
        (418, "Teapot", 400),
    ],
)
def test_internal_errors_become_public_ones(code, words, public):
    assert normalised(code, words)[0] == public


def test_first_letters_are_small_unless_they_are_a_constant():
    says = [normalised(400, words)[1] for words in ("Chat not found", "CHAT_WRITE_FORBIDDEN", "HTTP URL")]
    assert says == ["Bad Request: chat not found", "Bad Request: CHAT_WRITE_FORBIDDEN", "Bad Request: HTTP URL"]


# keyboards


def test_buttons_without_text_vanish_and_long_rows_are_cut():
    row = [{"text": str(number), "callback_data": "x"} for number in range(14)]
    markup = keyboards.parse(json.dumps({"inline_keyboard": [[{"text": " ", "callback_data": "x"}], row]}))
    assert [len(row) for row in keyboards.labels(markup)] == [12]


def test_more_than_three_hundred_buttons_are_cut():
    rows = [[{"text": "x", "callback_data": "x"}] * 10] * 40
    markup = keyboards.parse(json.dumps({"inline_keyboard": rows}))
    assert sum(len(row) for row in keyboards.labels(markup)) == 300


def test_the_first_known_field_of_a_button_wins():
    button = {"text": "x", "callback_data": "a", "url": "https://jek.duk"}
    markup = keyboards.parse(json.dumps({"inline_keyboard": [[button]]}))
    assert markup == {"inline_keyboard": [[{"text": "x", "url": "https://jek.duk"}]]}


async def test_an_empty_keyboard_removes_the_keyboard(stage):
    card = await stage.send("card", "ok")
    where = {"chat_id": stage.sari.id, "message_id": card["message_id"]}
    edited = await stage.call("editMessageReplyMarkup", **where, reply_markup='{"inline_keyboard":[]}')
    assert ("reply_markup" in edited, stage.window.last.labels) == (False, ())


@pytest.mark.parametrize("removes", [True, False])
async def test_whether_an_edit_without_markup_removes_the_keyboard_is_a_guess(removes):
    stage = Stage(Settings(guesses=Guesses(edit_without_markup_removes_it=removes)))
    card = await stage.send("card", "ok")
    await stage.call("editMessageText", chat_id=stage.sari.id, message_id=card["message_id"], text="new")
    assert stage.window.heard[-1].buttons == ([] if removes else ["ok"])


async def test_a_card_may_be_edited_for_ever_but_deleted_for_two_days(stage):
    card = await stage.send("card")
    stage.sandbox.advance(30 * 86_400)
    assert (await stage.call("editMessageText", chat_id=stage.sari.id, message_id=card["message_id"], text="new"))[
        "text"
    ]
    assert (await stage.call("deleteMessage", chat_id=stage.sari.id, message_id=card["message_id"]))[0] == 400


async def test_4096_characters_are_counted_after_parsing(stage):
    assert (await stage.send("<b>" + "ё" * 4096 + "</b>", parse_mode="HTML"))["text"] == "ё" * 4096


async def test_a_tap_is_answered_once_and_within_its_time(stage):
    await stage.send("Tugas", "Satu")
    first, second = stage.window.tap("Satu"), stage.window.tap("Satu")
    assert await stage.call("answerCallbackQuery", callback_query_id=first.id)
    assert (await stage.call("answerCallbackQuery", callback_query_id=first.id))[0] == 400
    stage.sandbox.advance(31)
    assert (await stage.call("answerCallbackQuery", callback_query_id=second.id))[0] == 400


async def test_no_commands_at_all_is_an_empty_list(stage):
    assert await stage.call("setMyCommands")
    assert await stage.call("getMyCommands") == []


async def test_names_come_back_in_the_language_asked_for(stage):
    await stage.call("setMyName", name="Jek-Duk")
    await stage.call("setMyName", name="Jek-Duk id", language_code="id")
    assert [(await stage.call("getMyName", language_code=code))["name"] for code in ("id", "jv")] == [
        "Jek-Duk id",
        "Jek-Duk",
    ]


async def test_numbers_are_clamped_and_nonsense_is_nothing(stage):
    await stage.send("card")
    answer = await stage.call("editMessageText", chat_id=str(stage.sari.id), message_id="99999999999999", text="x")
    assert answer == (400, "Bad Request: message to edit not found")


async def test_the_oldest_messages_are_forgotten_when_there_are_too_many():
    stage = Stage(Settings(messages_kept=3))
    for number in range(5):
        await stage.send(str(number))
    assert [seen.text for seen in stage.window.seen] == ["2", "3", "4"]
