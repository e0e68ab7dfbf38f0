"""What people do in the pretend Telegram, and what they see of a bot's doings."""

import pytest

from bot.sandbox import Person, Unable
from tests.sandbox.stage import TOKEN


async def test_a_person_sees_the_text_without_marks(stage):
    await stage.send("<b>Kartu</b> &lt;3 ё", parse_mode="HTML")
    assert [seen.text for seen in stage.window.heard] == ["Kartu <3 ё"]


async def test_a_deep_link_starts_the_bot_with_its_payload(stage):
    stage.window.open("https://t.me/jekduk_bot?start=563185915492")
    assert stage.window.seen[-1].text == "/start 563185915492"
    assert (await stage.updates())[-1]["message"]["entities"][0]["type"] == "bot_command"


async def test_a_payload_telegram_would_refuse_is_left_out(stage):
    stage.window.open("https://t.me/jekduk_bot?start=" + "x" * 65)
    assert stage.window.seen[-1].text == "/start"


async def test_an_edit_changes_the_message_in_place(stage):
    sent = await stage.send("12 berkas", "✅ 12")
    await stage.call("editMessageText", chat_id=stage.sari.id, message_id=sent["message_id"], text="dibawa")
    (seen,) = stage.window.heard
    assert (seen.text, seen.labels, seen.edited) == ("dibawa", (), True)


async def test_a_deleted_message_is_seen_no_more(stage):
    sent = await stage.send("oops")
    assert await stage.call("deleteMessage", chat_id=stage.sari.id, message_id=sent["message_id"])
    assert stage.window.heard == []


async def test_a_tap_reaches_the_bot_and_its_answer_the_person(stage):
    await stage.send("Tugas", "✅ 12 berkas", "Kembali")
    tap = stage.window.tap("12 berkas")
    query = (await stage.updates())[-1]["callback_query"]
    assert (query["id"], query["data"], query["from"]["id"]) == (tap.id, "do:✅ 12 berkas", stage.sari.id)
    await stage.call("answerCallbackQuery", callback_query_id=tap.id, text="Tercatat.", show_alert=True)
    assert (stage.window.alert, stage.window.toasts[0].alert, stage.window.unanswered) == ("Tercatat.", True, [])


async def test_nobody_taps_a_button_that_is_not_there(stage):
    await stage.send("Tugas", "Satu")
    with pytest.raises(Unable):
        stage.window.tap("Dua")
    with pytest.raises(Unable):
        stage.window.tap_data("do:Dua")


async def test_a_forged_tap_needs_no_button(stage):
    await stage.send("Tugas", "Satu")
    stage.window.forge("take:999:1:handed_over")
    assert (await stage.updates())[-1]["callback_query"]["data"] == "take:999:1:handed_over"


async def test_a_double_tap_is_two_updates(stage):
    await stage.send("Tugas", "Satu")
    stage.window.tap("Satu", times=2)
    ids = [update["callback_query"]["id"] for update in (await stage.updates())[1:]]
    assert len(ids) == len(set(ids)) == 2


async def test_an_unanswered_tap_is_sent_again_with_new_ids(stage):
    await stage.send("Tugas", "Satu")
    first = stage.window.tap("Satu")
    (repeated,) = stage.window.resend_unanswered()
    updates = (await stage.updates())[1:]
    assert [update["callback_query"]["id"] for update in updates] == [first.id, repeated.id]
    assert updates[0]["update_id"] != updates[1]["update_id"]
    assert [tap.data for tap in stage.window.resend_unanswered()] == ["do:Satu"]


async def test_a_tap_on_a_message_gone_since_comes_with_an_inaccessible_one(stage):
    sent = await stage.send("Tugas", "Satu")
    stage.window.delete(sent["message_id"])
    stage.window.forge("do:Satu", sent["message_id"])
    message = (await stage.updates())[-1]["callback_query"]["message"]
    assert (message["date"], message["message_id"], "text" in message) == (0, sent["message_id"], False)


async def test_blocking_tells_the_bot_and_stops_its_messages(stage):
    stage.window.block()
    member = (await stage.updates())[-1]["my_chat_member"]
    assert member["new_chat_member"]["status"] == "kicked"
    assert await stage.send("halo?") == (403, "Forbidden: bot was blocked by the user")
    with pytest.raises(Unable):
        stage.window.say("halo")
    stage.window.unblock()
    assert (await stage.send("halo"))["text"] == "halo"


async def test_a_deleted_account_refuses_for_good(stage):
    stage.window.deactivate()
    assert await stage.send("halo?") == (403, "Forbidden: user is deactivated")


async def test_a_stranger_is_not_found(stage):
    stranger: Person = stage.sandbox.person("Joko")
    stranger.chat()
    assert await stage.call("sendMessage", chat_id=stranger.id, text="halo") == (400, "Bad Request: chat not found")


async def test_a_reply_keyboard_says_its_label(stage):
    await stage.send("Pilih", reply_markup={"keyboard": [[{"text": "Status"}]]})
    stage.window.tap("Status")
    assert stage.window.seen[-1].text == "Status"


async def test_silence_and_typing_show(stage):
    await stage.send("pelan", disable_notification=True)
    await stage.call("sendChatAction", chat_id=stage.sari.id, action="typing")
    assert (stage.window.last.silent, stage.window.typing) == (True, "typing")
    stage.sandbox.advance(6)
    assert stage.window.typing == ""


async def test_the_menu_speaks_the_persons_language(stage):
    await stage.call("setMyCommands", commands=[{"command": "status", "description": "Where is it"}])
    indonesian = [{"command": "status", "description": "Di mana"}]
    await stage.call("setMyCommands", commands=indonesian, language_code="id")
    assert stage.window.menu == indonesian


async def test_what_people_send_arrives_whole(stage):
    window = stage.window
    window.photo(b"\xff\xd8\xff\xc0\x00\x11\x08\x00\x10\x00\x20", caption="slip")
    window.sticker()
    window.voice()
    window.contact("+62811")
    window.location(-7.1, 109.6)
    window.edit(window.document(b"%PDF", "a.pdf"), "edited")
    kinds = [next(iter(set(update) - {"update_id"})) for update in (await stage.updates())[1:]]
    assert kinds == ["message"] * 6 + ["edited_message"]


async def test_a_group_tells_the_bot_of_commands_and_replies_only(stage):
    group = stage.sandbox.group("Desa")
    window = group.add_person(stage.sari.user, "creator")
    group.add_bot(stage.bot, stage.sari.user)
    window.say("halo semua")
    window.say("/status")
    texts = [update.get("message", {}).get("text") for update in await stage.updates()]
    assert texts == ["/start", None, None, "/status"]


async def test_an_upgraded_group_refuses_with_its_new_id(stage):
    group = stage.sandbox.group("Desa")
    group.add_bot(stage.bot, stage.sari.user)
    grown = group.upgrade(stage.sari.user)
    status, answer = await stage.sandbox.call(TOKEN, "sendMessage", {"chat_id": str(group.id), "text": "x"})
    assert (status, answer["parameters"]) == (400, {"migrate_to_chat_id": grown.id})
    services = [update["message"] for update in (await stage.updates())[-2:]]
    assert services[0]["migrate_to_chat_id"] == services[1]["chat"]["id"] == grown.id
