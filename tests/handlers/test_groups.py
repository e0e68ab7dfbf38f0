"""A village's group: counts in it, everything else in private."""

import pytest

from bot.sandbox.args import Json
from bot.sandbox.group import Group
from bot.sandbox.people import header
from bot.sandbox.window import Window
from handlers.wording.layout import NO_BREAK
from storage.groups import chats
from storage.records import DAY
from tests.storage.cast import ask
from tests.town import Inhabitant, Town

UNSIGNED: Json = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
LINKED = "select chat, village from village_group"


def group_of(town: Town, *people: Inhabitant) -> Group:
    """A group with these people in it."""
    group = town.sandbox.group("RT 03")
    for one in people:
        group.add_person(one.person.user)
    return group


async def joined(town: Town, group: Group) -> None:
    group.add_bot(town.telegram, town.warni.person.user)
    await town.settled()


async def says(town: Town, group: Group, who: Inhabitant, text: str) -> Window:
    window = group.window(who.person.user)
    window.say(text)
    await town.settled()
    return window


async def says_unsigned(town: Town, group: Group, text: str) -> None:
    """An administrator who stays anonymous writes: people see the group, and bots one of Telegram's own."""
    said = header(group.chat, UNSIGNED, group.world.now()) | {"sender_chat": group.chat.facts, "text": text}
    group.world.update(town.telegram, "message", group.world.post(group.chat, UNSIGNED["id"], said).body, "unsigned")
    await town.settled()


async def linked(town: Town) -> Group:
    """The group of Tlogopakis, linked by Warni."""
    group = group_of(town, town.warni, town.sari)
    await joined(town, group)
    await says(town, group, town.warni, "/desa@jekduk_bot")
    return group


async def tomorrow(town: Town) -> None:
    town.clock += DAY
    await town.chores()
    await town.settled()


def posted(group: Group, who: Inhabitant) -> list[str]:
    """What the bot said in the group."""
    return [
        seen.text.replace(NO_BREAK, " ")
        for seen in group.window(who.person.user).heard
        if seen.text and not seen.text.startswith("/")
    ]


async def test_an_officer_links_the_group_of_their_village_and_counts_are_posted_each_morning(town: Town):
    group = await linked(town)
    assert await ask(town.storage, LINKED) == [(group.id, "tlogopakis")]
    for _ in range(3):
        (card,) = await town.files("KK")
        await town.carries(card, "ready_at_village")
    await town.files("AKL", "KK", "KIA")
    await tomorrow(town)
    await town.chores()
    await town.settled()
    assert "bila ada 3 keluarga atau lebih" in posted(group, town.sari)[1]
    *_, counts = posted(group, town.sari)
    assert len(posted(group, town.sari)) == 3  # hello, linked, the counts of one day
    assert counts.splitlines() == [
        "Jek-Duk · Desa Tlogopakis · Rabu 25 Nov",
        "3 keluarga: siap diambil di kantor desa Tlogopakis",
    ]  # one more family is under way, and not told


async def test_on_a_day_when_the_counters_are_closed_nothing_is_posted(town: Town):
    group = await linked(town)
    for _ in range(3):
        (card,) = await town.files("KK")
        await town.carries(card, "ready_at_village")
    town.clock += 4 * DAY
    await tomorrow(town)  # a Sunday
    assert len(posted(group, town.sari)) == 2
    await tomorrow(town)
    assert len(posted(group, town.sari)) == 3


async def test_what_could_be_counted_back_to_a_family_is_not_posted(town: Town):
    group = await linked(town)
    for _ in range(2):
        await town.files("AKL", "KK", "KIA")  # six documents, two families
    await tomorrow(town)
    assert len(posted(group, town.sari)) == 2


async def test_a_status_is_never_answered_in_a_group(town: Town):
    (card,) = await town.files("KK")
    group = await linked(town)
    window = await says(town, group, town.sari, f"/status@jekduk_bot {card.number}")
    assert "Tanyakan secara pribadi" in window.heard[-1].text
    assert window.heard[-1].buttons == ["Tanya secara pribadi"]
    assert not any(card.number[:4] in text for text in posted(group, town.sari))
    before = len(window.heard)
    await says(town, group, town.sari, "/pukul@other_bot")
    await says(town, group, town.sari, "/weather")
    assert len(window.heard) == before


@pytest.mark.parametrize(
    "command, words",
    [("/desa", "Mohon tulis lagi"), ("/lepas@jekduk_bot", "Mohon tulis lagi"), ("/status", "Tanyakan secara pribadi")],
)
async def test_who_writes_as_the_group_reads_what_to_do(town: Town, command: str, words: str):
    group = await linked(town)
    await says_unsigned(town, group, command)
    assert words in posted(group, town.sari)[-1]
    assert await ask(town.storage, LINKED) == [(group.id, "tlogopakis")]
    before = len(posted(group, town.sari))
    await says_unsigned(town, group, "/weather")
    assert len(posted(group, town.sari)) == before


@pytest.mark.parametrize(
    "who, words", [("sari", "petugas"), ("joko", "Ini tugas petugas lain"), ("kayupuring", "Ini tugas petugas lain")]
)
async def test_who_is_neither_officer_of_the_village_nor_head_links_nothing(town: Town, who: str, words: str):
    group = group_of(town, town.warni, town.people[who])
    await joined(town, group)
    await says(town, group, town.people[who], "/desa@jekduk_bot Tlogopakis")
    assert await ask(town.storage, LINKED) == []


async def test_a_group_that_is_a_village_s_is_taken_over_by_nobody_who_may_not_end_that(town: Town):
    group = group_of(town, town.warni, town.hadi, town.kayupuring)
    await joined(town, group)
    await says(town, group, town.hadi, "/desa Kayupuring")
    for command in ("/desa", "/desa Tlogopakis", "/lepas"):
        window = await says(town, group, town.warni, command)
        assert "Ini tugas petugas lain" in window.heard[-1].text
    assert await ask(town.storage, LINKED) == [(group.id, "kayupuring")]
    await says(town, group, town.kayupuring, "/desa")
    await says(town, group, town.hadi, "/desa Tlogopakis")
    assert await ask(town.storage, LINKED) == [(group.id, "tlogopakis")]


@pytest.mark.parametrize(
    "who, command, words",
    [
        ("hadi", "/desa Tlogo pakis", "Desa mana?"),
        ("warni", "/desa Tlogo pakis", "Desa mana?"),
        ("joko", "/desa", "Ini tugas petugas lain"),
        ("joko", "/desa Tlogo pakis", "Ini tugas petugas lain"),
        ("sari", "/desa Tlogo pakis", "petugas"),
    ],
)
async def test_a_village_that_is_none_is_asked_for_of_who_may_name_one(town: Town, who: str, command: str, words: str):
    group = group_of(town, town.warni, town.people[who])
    await joined(town, group)
    window = await says(town, group, town.people[who], command)
    assert words in window.heard[-1].text
    assert await ask(town.storage, LINKED) == []


async def test_a_head_names_the_village_and_ends_it(town: Town):
    group = group_of(town, town.warni, town.hadi)
    await joined(town, group)
    window = await says(town, group, town.hadi, "/desa@jekduk_bot")
    assert "Desa mana?" in window.heard[-1].text
    await says(town, group, town.hadi, "/desa@jekduk_bot Simego")
    assert await ask(town.storage, LINKED) == [(group.id, "simego")]
    await says(town, group, town.hadi, "/lepas@jekduk_bot")
    assert await ask(town.storage, LINKED) == []


async def test_a_command_that_is_mended_does_nothing(town: Town):
    group = await linked(town)
    window = group.window(town.warni.person.user)
    message = window.say("/lepas")
    await town.settled()
    await says(town, group, town.warni, "/desa")
    window.edit(message, "/lepas ")
    window.edit(message, "/lepas")
    await town.settled()
    assert await ask(town.storage, LINKED) == [(group.id, "tlogopakis")]


async def test_a_group_that_becomes_a_supergroup_stays_linked(town: Town):
    group = await linked(town)
    grown = group.upgrade(town.warni.person.user)
    await town.settled()
    assert await ask(town.storage, LINKED) == [(grown.id, "tlogopakis")]


async def test_so_it_does_if_only_a_refusal_tells_of_it(town: Town):
    group = await linked(town)
    for _ in range(3):
        await town.files("KK")
    grown = town.sandbox.group("RT 03", "supergroup")
    grown.chat.members = dict(group.chat.members)
    group.chat.migrated_to = grown.id
    await tomorrow(town)  # refused
    await town.chores()
    await town.passes(1)
    assert await ask(town.storage, LINKED) == [(grown.id, "tlogopakis")]
    assert "3 keluarga" in posted(grown, town.sari)[-1]


async def test_who_is_there_already_says_no_second_hello(town: Town):
    group = group_of(town, town.warni, town.sari)
    await joined(town, group)
    for status in ("administrator", "member", "restricted", "member"):
        group.add_bot(town.telegram, town.warni.person.user, status)
        await town.settled()
    assert len(posted(group, town.sari)) == 1
    group.kick_bot(town.telegram, town.warni.person.user)
    await joined(town, group)
    assert len(posted(group, town.sari)) == 2


async def test_who_is_thrown_out_forgets_the_group(town: Town):
    group = await linked(town)
    for _ in range(3):
        await town.files("KK")
    town.sandbox.fault("flood", "sendMessage", group.id, seconds=3600)
    await tomorrow(town)
    assert await ask(town.storage, f"select 1 from outbox where chat = {group.id} and sent_at is null") == [(1,)]
    group.kick_bot(town.telegram, town.warni.person.user)
    await town.settled()
    assert await ask(town.storage, LINKED) == []
    assert await ask(town.storage, f"select 1 from outbox where chat = {group.id} and sent_at is null") == []


async def test_what_may_not_be_said_is_tried_once_and_goes_on_when_it_may_be(town: Town):
    group = await linked(town)
    for _ in range(3):
        await town.files("KK")
    words = "Bad Request: not enough rights to send text messages to the chat"
    fault = town.sandbox.fault("status", "sendMessage", group.id, times=None, code=400, words=words)
    await tomorrow(town)
    for _ in range(5):
        await town.passes(600)
    assert fault.seen == 1
    assert [chat for chat, _ in await _in_reach(town)] == []
    town.sandbox.faults.clear()
    await says(town, group, town.sari, "/start@jekduk_bot")
    assert [chat for chat, _ in await _in_reach(town)] == [group.id]


async def _in_reach(town: Town) -> list[tuple[int, str]]:
    async with town.storage.reading() as tx:
        return await chats.in_reach(tx)
