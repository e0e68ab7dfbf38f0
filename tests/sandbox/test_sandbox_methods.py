"""The smaller methods, where they succeed."""

from bot.sandbox import File
from tests.sandbox.stage import JPEG, Stage, full_stage


async def test_deleting_many_skips_what_is_not_there(stage):
    ids = [(await stage.send(text))["message_id"] for text in "abc"]
    assert await stage.call("deleteMessages", chat_id=stage.sari.id, message_ids=[*ids[:2], 4444])
    assert [seen.text for seen in stage.window.heard] == ["c"]


async def test_a_caption_is_edited_and_removed(stage):
    photo = await stage.call(
        "sendPhoto", {"photo": File("a.jpg", JPEG)}, chat_id=stage.sari.id, caption="<b>a</b>", parse_mode="HTML"
    )
    where = {"chat_id": stage.sari.id, "message_id": photo["message_id"]}
    assert photo["caption_entities"] == [{"offset": 0, "length": 1, "type": "bold"}]
    assert (await stage.call("editMessageCaption", **where, caption="b"))["caption"] == "b"
    assert "caption" not in await stage.call("editMessageCaption", **where)


async def test_a_voice_tells_how_long_it_plays(stage):
    voice = File("a.ogg", b"OggS", "audio/ogg")
    sent = await stage.call("sendVoice", {"voice": voice}, chat_id=stage.sari.id, caption="a", duration=75)
    assert (sent["voice"]["duration"], sent["voice"]["mime_type"], sent["caption"]) == (75, "audio/ogg", "a")
    assert stage.window.heard[-1].file == voice


async def test_pinning_and_unpinning(stage):
    card = await stage.send("card")
    await stage.call("pinChatMessage", chat_id=stage.sari.id, message_id=card["message_id"])
    assert stage.window.chat.pinned == card["message_id"]
    await stage.call("unpinChatMessage", chat_id=stage.sari.id)
    assert not stage.window.chat.pinned


async def test_a_reply_shows_what_it_answers(stage):
    asked = stage.window.say("di mana?")
    sent = await stage.send("di sini", reply_parameters={"message_id": asked.id})
    assert sent["reply_to_message"]["text"] == "di mana?"
    lenient = {"message_id": 4444, "allow_sending_without_reply": True}
    assert "reply_to_message" not in await stage.send("halo", reply_parameters=lenient)
    assert (await stage.send("lama", reply_to_message_id=asked.id))["reply_to_message"]["message_id"] == asked.id


async def test_menu_buttons_for_all_and_for_one(stage):
    app = {"type": "web_app", "text": "Buka", "web_app": {"url": "https://jek.duk"}}
    await stage.call("setChatMenuButton", chat_id=stage.sari.id, menu_button=app)
    own = await stage.call("getChatMenuButton", chat_id=stage.sari.id)
    assert (own, await stage.call("getChatMenuButton")) == (app, {"type": "commands"})
    await stage.call("setChatMenuButton", menu_button={"type": "default"})
    assert await stage.call("getChatMenuButton") == {"type": "commands"}


async def test_commands_by_scope_are_kept_apart_and_deleted(stage):
    mine = {"type": "chat", "chat_id": stage.sari.id}
    work, status = [{"command": "tugas", "description": "x"}], [{"command": "status", "description": "x"}]
    await stage.call("setMyCommands", commands=work, scope=mine)
    await stage.call("setMyCommands", commands=status, scope={"type": "all_private_chats"})
    assert (stage.window.menu, await stage.call("getMyCommands")) == (work, [])
    await stage.call("deleteMyCommands", scope=mine)
    assert stage.window.menu == status


async def test_descriptions_come_back(stage):
    for method, field in (("Description", "description"), ("ShortDescription", "short_description")):
        assert await stage.call(f"setMy{method}", **{field: "Gratis."})
        assert (await stage.call(f"getMy{method}"))[field] == "Gratis."
    assert (await stage.call("getMyName"))["name"] == "Jek-Duk"


async def test_members_and_leaving(stage):
    group = stage.sandbox.group("Desa", "supergroup", "desa_tlogopakis")
    group.add_bot(stage.bot, stage.sari.user, "administrator")
    group.add_person(stage.sari.user, "creator")
    statuses = [
        (await stage.call("getChatMember", chat_id=group.id, user_id=id_))["status"]
        for id_ in (stage.sari.id, stage.bot.id)
    ]
    assert statuses == ["creator", "administrator"]
    assert (await stage.call("getChat", chat_id="@desa_tlogopakis"))["id"] == group.id
    assert await stage.call("leaveChat", chat_id=group.id)
    assert (await stage.call("sendMessage", chat_id=group.id, text="x"))[0] == 403


async def test_a_channel_posts_as_itself(stage):
    channel = stage.sandbox.group("Pengumuman", "channel")
    channel.add_bot(stage.bot, stage.sari.user, "administrator")
    window = channel.add_person(stage.sari.user, "creator")
    window.edit(window.say("buka"), "tutup")
    sent = await stage.call("sendMessage", chat_id=channel.id, text="halo")
    kinds = [next(iter(set(update) - {"update_id"})) for update in (await stage.updates())[1:]]
    assert kinds == ["my_chat_member", "channel_post", "edited_channel_post"]
    assert (sent["sender_chat"]["id"], "from" in sent) == (channel.id, False)


async def test_an_administrator_may_delete_what_others_wrote(stage):
    group = stage.sandbox.group("Desa", "supergroup")
    group.add_bot(stage.bot, stage.sari.user, "administrator")
    said = group.add_person(stage.sari.user).say("oops")
    assert await stage.call("deleteMessage", chat_id=group.id, message_id=said.id) is True


async def test_close_works_after_ten_minutes_and_log_out_is_for_good(stage):
    stage.sandbox.advance(601)
    assert await stage.call("close") is True
    assert (await stage.call("close"))[0] == 429
    assert await stage.call("logOut") is True
    assert await stage.call("getMe") == (400, "Logged out")


async def test_webhook_info_tells_only_what_there_is():
    stage = Stage()
    assert await stage.call("getWebhookInfo") == {"url": "", "has_custom_certificate": False, "pending_update_count": 1}
    await stage.call("setWebhook", url="https://jek.duk/x", max_connections=500, allowed_updates=["message"])
    info = await stage.call("getWebhookInfo")
    assert (info["max_connections"], info["allowed_updates"], info["ip_address"]) == (100, ["message"], "127.0.0.1")


async def test_the_whole_cast_stands_as_golden_says():
    stage, names = await full_stage()
    assert len({names[name] for name in ("sari", "blocker", "gone", "met", "stranger")}) == 5
    assert (await stage.call("getChat", chat_id=names["blocker"]))["type"] == "private"
