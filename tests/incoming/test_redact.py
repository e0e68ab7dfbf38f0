"""What of an update is kept, and what of it never reaches a database."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.incoming.redact import ALLOWED_UPDATES, Json, arrival, read, update_of
from handlers import callbacks
from handlers.update import Update

NIK = "3326015708950002"
CALLED = {"first_name": "Sari", "last_name": "Dewi", "username": "saridewi"}
SARI = {"id": 71, "is_bot": False, **CALLED, "language_code": "id"}
HOME = {"id": 71, "type": "private", "first_name": "Sari", "username": "saridewi"}
COMMAND = {"type": "bot_command", "offset": 0}


def message(**facts: Any) -> Json:
    return {"update_id": 7, "message": {"message_id": 3, "date": 1_795_482_600, "chat": HOME, "from": SARI, **facts}}


def tap(**facts: Any) -> Json:
    card = {"message_id": 3, "date": 0, "chat": HOME}
    return {"update_id": 7, "callback_query": {
        "id": "4382", "from": SARI, "chat_instance": "99", "message": card, "data": "s:563185915492", **facts
    }}  # fmt: skip


def membership(status: str, **facts: Any) -> Json:
    bot = {"id": 1, "is_bot": True, "first_name": "Jek-Duk"}
    old, new = ({"status": found, "user": bot, "until_date": 0} for found in ("member", status))
    change = {"chat": HOME, "from": SARI, "date": 1, "old_chat_member": old, "new_chat_member": new}
    return {"update_id": 7, "my_chat_member": {**change, **facts}}


def kept(update: Json) -> Update:
    """What a handler gets of an update."""
    return update_of(body(update))


def body(update: Json) -> str:
    found = arrival(update)
    assert found is not None
    return found.body


def test_a_message_keeps_its_words_its_language_and_its_lane():
    found = kept(message(text="5631 8591 5492"))
    assert (found.kind, found.text, found.language_code) == ("text", "5631 8591 5492", "id")
    assert read([message(text="x")], None).arrivals[0].person == 71


def test_an_edited_message_stays_one():
    for facts in ({"text": "x"}, {"photo": [], "caption": "x"}):
        update = message(**facts, edit_date=1_795_482_700)
        found = kept({"update_id": 7, "edited_message": update["message"]})
        assert (found.kind, found.text, found.message) == ("edit", "x", 3)


def test_a_tap_keeps_its_data_and_its_card():
    found = kept(tap())
    assert (found.kind, found.tap, found.text, found.message, found.chat) == ("tap", "4382", "s:563185915492", 3, 71)


@pytest.mark.parametrize("code", ["\ud800", "id\x00", "", 5, "\u202eid", NIK])
def test_a_language_that_no_database_can_hold_is_none(code):
    assert not kept(message(text="x", **{"from": {**SARI, "language_code": code}})).language_code


@pytest.mark.parametrize("status, kind", [("member", "returned"), ("kicked", "blocked")])
def test_blocking_and_coming_back_is_told(status, kind):
    assert (kept(membership(status)).kind, kept(membership(status)).chat) == (kind, 71)


def test_no_more_is_kept_than_a_handler_reads():
    said = json.loads(body(message(text="/status", entities=[{**COMMAND, "length": 7}])))["message"]
    assert said.keys() == {"message_id", "date", "from", "text", "entities"}
    assert (said["from"], said["entities"]) == ({"id": 71, "language_code": "id"}, [{"length": 7}])


@pytest.mark.parametrize(
    "update",
    [
        message(text="hello", reply_to_message=message(text="Sari")["message"], forward_origin={"name": "Sari"}),
        message(contact={"phone_number": "+6281", "first_name": "Sari"}),
        message(photo=[{"file_id": "Sari", "file_unique_id": "u", "width": 1, "height": 1}], caption="hello"),
        message(document={"file_id": "f", "file_unique_id": "u", "file_name": "Sari.pdf"}),
        tap(),
        membership("kicked"),
    ],
    ids=["text", "contact", "photo", "document", "tap", "membership"],
)
def test_no_name_and_no_file_is_kept(update):
    assert {word for word in ("Sari", "saridewi", "+6281", "file_id", "99") if word in body(update)} == set()


@pytest.mark.parametrize(
    "update",
    [
        message(text=f"ini NIK saya {NIK}"),
        message(text="3326 0157 0895 0002", entities=[{"type": "phone_number", "offset": 0, "length": 19}]),
        message(text=f"/status {NIK}", entities=[{**COMMAND, "length": 7}]),
        message(text=f"/start{NIK}", entities=[{**COMMAND, "length": 22}]),
        message(text=NIK, edit_date=1),
        message(photo=[], caption=NIK),
        message(document={}, caption=f"/status {NIK}", caption_entities=[{**COMMAND, "length": 7}]),
        message(text="3326/0157/0895/0002"),
        message(text="3326\n0157\n0895\n0002"),
        message(text="x", quote={"text": NIK}, reply_to_message=message(text=NIK)["message"]),
        message(contact={"phone_number": NIK, "first_name": NIK, "vcard": NIK}),
        message(poll={"question": NIK}),
        message(venue={"title": NIK, "address": NIK}),
        message(checklist={"title": NIK}),
        message(rich_message={"blocks": [{"type": "paragraph", "text": NIK}]}),
        tap(data=f"s:{NIK}"),
        tap(data="s:3326-0157-0895-0002"),
        tap(data=f"st:{NIK}"),
        tap(data="t:3326:0157:0895"),
        tap(data="x" * 60 + NIK),
    ],
    ids="text spaced argument command edited caption caption-command slashes lines quote contact poll venue checklist "
    "rich data data-dashes data-foreign data-fields long-data".split(),
)
def test_a_number_of_sixteen_digits_is_never_kept(update):
    digits = "".join(character for character in body(update) if character.isdigit())
    assert NIK[:8] not in digits


def test_one_that_is_spelled_is_not_kept_either():
    said = "NIK tiga tiga duaenam nol satu 57 OB9S nol nol nol two"
    assert kept(message(text=said)).text == f"NIK {'#' * 16}"


@given(st.lists(st.sampled_from("3326015708950002"), min_size=16, max_size=16), st.data())
def test_nothing_between_them_brings_sixteen_digits_onto_the_disk(digits, data):
    gap = st.text(st.characters(exclude_categories=("L", "N", "Cs")), max_size=2)
    text = "".join(digit + data.draw(gap) for digit in digits)
    for update in (message(text=text), message(photo=[], caption=text), message(text=text, edit_date=1)):
        assert not any(map(str.isdigit, kept(update).text))


@pytest.mark.parametrize(
    "text, length, name",
    [
        ("/status 563185915492", 7, "status"),
        (f"/status {NIK}, 563185915492", 7, "status"),
        ("/status,563185915492", 7, "status"),
        ("/Status@Jekduk_Bot 1", 18, "status"),
        ("/status@another_bot 1", 19, ""),
        ("/status 🙏🏽", 7, "status"),
        (f"/start{NIK}", 22, "start" + "#" * 16),
    ],
    ids=["plain", "masked", "comma", "named", "another", "wide", "number"],
)
def test_a_command_is_still_a_command(text, length, name):
    entities = [{"type": "bold", "offset": 0, "length": 1}, {**COMMAND, "length": length}]
    for update in (message(text=text, entities=entities), message(photo=[], caption=text, caption_entities=entities)):
        found = kept(update)
        assert (found.kind, found.names("jekduk_bot")) == ("command", name)


@pytest.mark.parametrize(
    "text, length, rest",
    [
        ("/cari@jekduk24_bot 2995", 18, "2995"),
        ("/status,563185915492", 7, ",563185915492"),
        ("/status\n5631 8591\n5492", 7, "5631 8591\n5492"),
        ("/status", 7, ""),
    ],
)
def test_what_stands_behind_a_command_does_not_hold_its_name(text, length, rest):
    command = [{**COMMAND, "length": length}]
    assert kept(message(text=text, entities=command)).arguments == rest
    assert kept(message(document={}, caption=text, caption_entities=command)).arguments == rest
    assert kept(message(text=text)).arguments == text


def test_a_command_inside_a_text_is_only_text():
    entities = [{"type": "bot_command", "offset": 5, "length": 7}]
    assert kept(message(text="kirim /status", entities=entities)).kind == "text"


@pytest.mark.parametrize(
    "was, facts",
    [
        ("photo", {"photo": [{"file_id": "f"}]}),
        ("voice", {"voice": {"file_id": "f"}}),
        ("sticker", {"sticker": {"file_id": "f"}}),
        ("animation", {"document": {"file_id": "f"}, "animation": {"file_id": "f"}}),
        ("venue", {"location": {}, "venue": {}}),
        ("contact", {"contact": {}}),
    ],
)
def test_of_what_is_no_text_only_the_kind_is_kept(was, facts):
    found = kept(message(**facts))
    assert (found.kind, found.attached, found.text) == ("other", was, "")


def test_what_is_written_under_a_picture_is_kept():
    found = kept(message(photo=[{"file_id": "f"}], caption="5631 8591 5492"))
    assert (found.kind, found.text, found.attached) == ("text", "5631 8591 5492", "photo")
    assert kept(message(hologram={}, caption="x")).attached == "file"


def test_what_is_doubtful_comes_with_the_batch_and_is_not_in_what_is_kept():
    batch = read([message(text="5631 8591 5492 24-11-2026"), {**message(text="5631 8591 5492"), "update_id": 8}], None)
    assert {id: (doubt.person, doubt.numbers) for id, doubt in batch.doubts.items()} == {7: (71, ("563185915492",))}
    assert "5492" not in batch.arrivals[0].body


def test_data_that_was_too_long_does_not_become_a_button_by_being_cut():
    data = kept(tap(data="s:" + "a" * 1000)).text
    assert len(data) < 100
    with pytest.raises(callbacks.Unreadable):
        callbacks.parse(data)


@pytest.mark.parametrize(
    "update",
    [
        message(text="x", chat={"id": -100, "type": "supergroup"}),
        tap(**{"from": {**SARI, "is_bot": True}}),
        message(text="x", **{"from": {**SARI, "is_bot": True}}),
        {"update_id": 7, "message": {"message_id": 3, "date": 1, "chat": HOME, "text": "x"}},
        message(pinned_message={}),
        tap(message={"message_id": 1, "date": 0, "chat": {"id": -1, "type": "group"}}),
        {"update_id": 7, "callback_query": {"id": "1", "from": SARI, "inline_message_id": "i", "data": "x"}},
        {"update_id": 7, "callback_query": {"id": "1", "from": SARI, "game_short_name": "chess"}},
        message(text="5631 8591 5492", chat={"id": -1, "type": "group"}),
        membership("administrator"),
        {"update_id": 7, "channel_post": {"message_id": 1}},
        {"update_id": 7, "something_new": {}},
        {"update_id": 7},
    ],
    ids="supergroup bots bot nobody service group-tap inline-tap game group-number promoted channel new empty".split(),
)
def test_what_is_nothing_to_us_is_not_kept(update):
    assert read([update], 7) == read([], 8)


POISON = [
    ({"message": "x"}, "TypeError"),
    ({"message": {"date": "poison"}}, "KeyError"),
    (message(text="x", date="yesterday"), "ValueError"),
    (message(text="x", date=2**40), "ValueError"),
    (message(text=5), "AttributeError"),
    (message(text="x", message_id=2**63), "ValueError"),
    (message(text="x", **{"from": {**SARI, "id": True}}), "ValueError"),
    (message(text="x", entities=7), "TypeError"),
    (tap(id=5), "ValueError"),
    (tap(data=5), "AttributeError"),
    (membership("kicked", **{"from": {**SARI, "id": "x"}}), "ValueError"),
]


@pytest.mark.parametrize("update, error", POISON, ids=[str(number) for number in range(len(POISON))])
def test_one_that_nobody_can_read_costs_its_neighbours_nothing(update, error):
    good = [{**message(text="x"), "update_id": id} for id in (10, 12)]
    found = read([good[0], {**update, "update_id": 11}, good[1]], 10)
    assert [kept.update_id for kept in found.arrivals] == [10, 12]
    assert (found.poison, found.offset) == (((11, error),), 13)


@pytest.mark.parametrize(
    "ids, offset, expected",
    [([5, 9], 5, 10), ([], 5, 5), ([], None, None), (["x", 9], 5, 10), (["x"], 5, 6), ([2**63, True], 5, 6)],
)
def test_the_next_poll_goes_on_behind_the_last_id(ids, offset, expected):
    assert read([{"update_id": id} for id in ids], offset).offset == expected


def test_one_that_comes_twice_at_once_is_kept_once():
    assert len(read([message(text="x"), message(text="x")], None).arrivals) == 1


def test_all_that_is_kept_is_asked_for():
    assert ALLOWED_UPDATES == ("message", "edited_message", "callback_query", "my_chat_member")


NAMES = st.sampled_from([*message(text="", edit_date=0, entities=())["message"], "type", "id"])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.sampled_from(["private", "bot_command"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(list(message(text="")["message"])), inner)
    ),
    max_leaves=8,
)


@given(kind=st.sampled_from(ALLOWED_UPDATES), fact=JSON)
def test_nothing_that_comes_can_stop_the_reading(kind, fact):
    found = read(
        [fact, {"update_id": 4, kind: fact}, {"update_id": 5, kind: {**message()["message"], "text": fact}}], 4
    )
    assert found.offset == 6
    for each in found.arrivals:
        assert update_of(each.body).chat
