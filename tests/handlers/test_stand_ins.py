"""A colleague stands in for somebody who is away: asked, accepted, told, ended; and what they may do meanwhile."""

import ast
from pathlib import Path

import pytest

import handlers
from handlers.deputies.buttons import AskStandIn
from storage import people
from storage.deputies import stand_ins
from tests.town import Inhabitant, Town

DAY = 24 * 3600 * 1000
FRIDAY = "Jumat 27 Nov"


async def asks(town: Town, who: Inhabitant, colleague: str, day: str = FRIDAY) -> None:
    await who.says("/pengganti")
    await picks(who, colleague)
    for label in (day, "Minta kesediaannya"):
        await who.taps(label)


async def picks(who: Inhabitant, colleague: str) -> None:
    """A colleague, though it may not be their work."""
    if not any(colleague in label for label in who.buttons):
        await who.taps("Rekan lain …")
    await who.taps(colleague)


async def lends(town: Town, who: Inhabitant, to: Inhabitant, colleague: str, day: str = FRIDAY) -> None:
    await asks(town, who, colleague, day)
    await to.taps("Saya bersedia")
    await town.settled()


async def passes_to(town: Town, days: int) -> None:
    await town.passes(days * DAY / 1000)
    await town.chores()
    await town.settled()


async def test_a_colleague_is_asked_accepts_and_may_do_what_the_one_away_may(any_town: Town):
    town = any_town
    (card,) = await town.files("KK")
    await town.warni.says("/pengganti")
    assert town.warni.buttons[0].startswith("Petugas Lampid/bidan · Tlogopakis 1")
    assert town.warni.buttons[1].startswith("Perangkat desa")
    assert not any("Jek-Duk" in label or "loket" in label for label in town.warni.buttons)  # it is not their work
    await asks(town, town.warni, "Petugas Jek-Duk 1")
    assert "belum menjawab" in town.warni.screen
    assert town.joko.screen.startswith("Perangkat desa · Tlogopakis 1 perlu pengganti sampai dengan Jumat 27 Nov")
    assert [post.role for post in (await town.person(town.joko)).posts] == ["courier"]
    await town.joko.taps("Saya bersedia")
    assert "⇄ Bapak/Ibu menggantikan Perangkat desa · Tlogopakis 1, sampai dengan Jumat 27 Nov." in town.joko.screen
    assert town.warni.screen.startswith("Petugas Jek-Duk 1 menggantikan Bapak/Ibu, sampai dengan Jumat 27 Nov.")
    await town.carries(card, "ready_at_district")
    await town.joko.says(card.number)
    await town.joko.taps("Jemput di kecamatan")
    assert (await town.document(card)).stage == "to_village"


async def test_the_history_says_who_tapped_and_in_whose_place(any_town: Town):
    town = any_town
    (card,) = await town.files("KK")
    await town.carries(card, "ready_at_village")
    await lends(town, town.warni, town.rina, "Petugas loket kecamatan 1")
    town.clock += 60_000
    await town.rina.says(card.number)
    await town.rina.taps("Serahkan ke warga", "✅ Pemohon sendiri")
    await town.rina.says(card.number)
    history = await town.rina.taps("Riwayat")
    assert "petugas loket kecamatan, menggantikan: perangkat desa · Tlogopakis" in history
    async with town.storage.reading() as tx:
        [(role, chat)] = [(row[8], row[9]) for row in await tx.all("history", document=card.id)][-1:]
    assert (role, chat) == ("tlogopakis", town.rina.chat)


async def test_what_a_stand_in_did_they_take_back_and_the_one_away_does_not(any_town: Town):
    town = any_town
    (card,) = await town.files("KK")
    await town.carries(card, "ready_at_district")
    await lends(town, town.warni, town.budi, "Petugas loket Disdukcapil 1")
    await town.budi.says(card.number)
    await town.budi.taps("Jemput di kecamatan")
    assert (await town.document(card)).stage == "to_village"
    await town.budi.taps("↩ Urungkan")
    assert (await town.document(card)).stage == "ready_at_district"


async def test_the_list_of_work_marks_what_is_done_for_somebody_else(any_town: Town):
    town = any_town
    await town.carries((await town.files("KK"))[0], "ready_at_district")
    await lends(town, town.warni, town.joko, "Petugas Jek-Duk 1")
    shown = await town.joko.says("/tugas")
    assert "⇄ Bapak/Ibu menggantikan Perangkat desa · Tlogopakis 1" in shown
    await lends(town, town.budi, town.rina, "Petugas loket kecamatan 1")
    await town.carries((await town.files("KK"))[0], "at_registry")
    await town.rina.says("/tugas")
    assert "Tandai terbit (1) ⇄" in town.rina.buttons


async def test_the_reminder_goes_to_the_stand_in_and_not_to_the_one_away(any_town: Town):
    town = any_town
    await town.carries((await town.files("KK"))[0], "ready_at_village")
    await town.grace()
    await lends(town, town.warni, town.ningsih, "Petugas Lampid/bidan · Tlogopakis 1")
    for who in (town.warni, town.ningsih):
        who.forgets()
    await passes_to(town, 1)
    assert town.warni.heard == []
    assert "Menunggu diambil warga di desa: 1" in town.ningsih.screen


async def test_of_two_posts_the_one_away_is_reminded_of_the_one_that_is_not_lent(town: Town):
    async with town.storage.transaction() as tx:
        await people.give_post(tx, town.warni.chat, "village_officer", "simego", None, town.clock)
    for village in ("tlogopakis", "simego"):
        await town.carries((await town.files("KK", village=village, by=village.replace("tlogopakis", "warni")))[0],
                           "ready_at_village")  # fmt: skip
    await town.warni.says("/pengganti")
    await town.warni.taps("Pengganti: Perangkat desa · Tlogopakis 1")
    for label in ("Petugas Lampid/bidan · Tlogopakis 1", FRIDAY, "Minta kesediaannya"):
        await town.warni.taps(label)
    await town.ningsih.taps("Saya bersedia")
    await passes_to(town, 1)
    assert "Desa Simego" in town.warni.screen
    assert "Menunggu diambil warga di desa: 1" in town.warni.screen


async def test_news_of_a_village_goes_to_the_stand_in(any_town: Town):
    town = any_town
    (card,) = await town.files("KK")
    await town.carries(card, "from_registry")
    await lends(town, town.warni, town.ningsih, "Petugas Lampid/bidan · Tlogopakis 1")
    town.warni.forgets()
    await town.joko.says(card.number)
    await town.joko.taps("Pulang ke kecamatan")
    await town.grace()
    assert town.warni.heard == []
    assert "Siap diambil" in town.ningsih.screen


async def test_it_ends_after_its_last_day_and_both_are_told_once_without_a_sound(any_town: Town):
    town = any_town
    await lends(town, town.warni, town.joko, "Petugas Jek-Duk 1", "Rabu 25 Nov")
    await passes_to(town, 1)  # Wednesday, 08.10: the last day
    assert len((await town.person(town.joko)).posts) == 2
    for who in (town.warni, town.joko):
        who.forgets()
    await town.passes(15 * 3600 + 49 * 60 + 59)
    assert len((await town.person(town.joko)).posts) == 2
    await town.passes(1)
    assert len((await town.person(town.joko)).posts) == 1  # whether a chore has seen it or not
    for _ in range(2):
        await town.chores()
        await town.settled()
    assert [text.partition("\n")[0] for text in town.joko.heard] == [
        "Bapak/Ibu tidak lagi menggantikan Perangkat desa · Tlogopakis 1."
    ]
    assert [text.partition(".")[0] for text in town.warni.heard] == [
        "Petugas Jek-Duk 1 tidak lagi menggantikan Bapak/Ibu"
    ]
    silent = [call.params.get("disable_notification") for call in town.sandbox.calls if call.method == "sendMessage"]
    assert silent[-2:] == ["true", "true"]


@pytest.mark.parametrize("ender, other", [("warni", "joko"), ("joko", "warni")])
async def test_either_can_end_it_early_and_the_other_is_told(town: Town, ender: str, other: str):
    await lends(town, town.warni, town.joko, "Petugas Jek-Duk 1")
    town.people[other].forgets()
    await town.people[ender].says("/pengganti")
    await town.people[ender].taps("Akhiri sekarang")
    assert len((await town.person(town.joko)).posts) == 1
    assert "tidak lagi menggantikan" in town.people[other].screen
    assert "Diakhiri lebih awal." in town.people[other].screen


async def test_whoever_is_asked_may_refuse_and_somebody_else_is_chosen(town: Town):
    await asks(town, town.warni, "Petugas Jek-Duk 1")
    await town.joko.taps("Saya tidak bisa")
    assert town.warni.screen == "Petugas Jek-Duk 1 tidak bisa menggantikan Perangkat desa · Tlogopakis 1."
    await town.warni.taps("Pilih rekan lain …")
    await picks(town.warni, "Petugas Jek-Duk 2")
    for label in (FRIDAY, "Minta kesediaannya"):
        await town.warni.taps(label)
    assert "Petugas Jek-Duk 2 diminta menggantikan" in town.warni.screen


async def test_a_double_tap_asks_once_and_accepts_once(any_town: Town):
    town = any_town
    await town.warni.says("/pengganti")
    await picks(town.warni, "Petugas Jek-Duk 1")
    await town.warni.taps(FRIDAY)
    await town.warni.taps("Minta kesediaannya", times=2)
    assert sum("perlu pengganti" in text for text in town.joko.heard) == 1
    await town.joko.taps("Saya bersedia", times=2)
    assert sum("menggantikan Bapak/Ibu" in text for text in town.warni.heard) == 1
    assert len((await town.person(town.joko)).posts) == 2


async def test_nobody_is_away_and_stands_in_at_once(town: Town):
    await lends(town, town.warni, town.joko, "Petugas Jek-Duk 1")
    await town.joko.says("/pengganti")
    await town.joko.taps("Pengganti: Petugas Jek-Duk 1", "Petugas Jek-Duk 2")
    assert "tidak bisa sekaligus digantikan" in town.joko.alert


async def test_two_who_ask_each_other_cannot_both_be_away(any_town: Town):
    town = any_town
    await asks(town, town.joko, "Petugas loket kecamatan 1")
    await town.rina.says("/pengganti")
    await town.rina.taps("Pengganti: Petugas loket kecamatan 1")
    await picks(town.rina, "Petugas Jek-Duk 1")
    for label in (FRIDAY, "Minta kesediaannya"):
        await town.rina.taps(label)
    asked = town.joko.last
    await town.rina.says("/pengganti")
    await town.rina.taps("Saya bersedia")
    town.joko.phone.tap("Saya bersedia", message=asked.id)
    await town.settled()
    assert "tidak bisa sekaligus digantikan" in town.joko.alert or "juga sedang digantikan" in town.joko.alert
    assert (await town.person(town.rina)).roles == ("district_desk", "courier")
    assert (await town.person(town.joko)).roles == ("courier",)


async def test_what_is_lent_is_not_lent_on_nor_laid_down(town: Town):
    await lends(town, town.warni, town.joko, "Petugas Jek-Duk 1")
    await town.joko.says("/pengganti")
    assert not any("Perangkat desa" in label for label in town.joko.buttons)


async def test_whose_post_ends_stands_in_no_more_and_the_one_away_and_the_heads_hear_of_it(any_town: Town):
    town = any_town
    await lends(town, town.warni, town.joko, "Petugas Jek-Duk 1")
    await dismisses(town, "Petugas Jek-Duk 1")
    assert (await town.person(town.joko)).posts == ()
    assert town.warni.screen.startswith("Petugas Jek-Duk 1 tidak lagi menggantikan Bapak/Ibu.")
    assert "Petugas Jek-Duk 1 tidak lagi menggantikan Perangkat desa · Tlogopakis 1." in town.hadi.screen


async def dismisses(town: Town, post: str) -> None:
    await town.hadi.says("/undang")
    await town.hadi.taps("Daftar petugas")
    while not any(label.startswith(f"✕ {post}") for label in town.hadi.buttons):
        await town.hadi.taps("▶")
    await town.hadi.taps(f"✕ {post}", "Ya, cabut akses")
    await town.settled()


async def test_a_tap_on_a_card_of_lent_work_moves_nothing_once_it_has_ended(town: Town):
    (card,) = await town.files("KK")
    await town.carries(card, "ready_at_district")
    await lends(town, town.warni, town.budi, "Petugas loket Disdukcapil 1")
    await town.budi.says("/tugas")
    await town.budi.taps("Jemput di kecamatan")
    packed = town.budi.last
    await town.warni.says("/pengganti")
    await town.warni.taps("Akhiri sekarang")
    town.budi.phone.tap("✅ 1", message=packed.id)
    await town.settled()
    assert "bukan lagi tugas Bapak/Ibu" in town.budi.alert
    assert (await town.document(card)).stage == "ready_at_district"


async def test_a_head_finds_a_stand_in_for_somebody_and_sees_it_in_the_list(town: Town):
    await town.hadi.says("/undang")
    await town.hadi.taps("Daftar petugas", "✕ Petugas Jek-Duk 1", "Pengganti …")
    for label in ("Petugas Jek-Duk 2", FRIDAY, "Minta kesediaannya"):
        await town.hadi.taps(label)
    await town.slamet.taps("Kula saguh")
    assert "Petugas Jek-Duk 2 menggantikan Petugas Jek-Duk 1" in town.hadi.screen
    assert "Petugas Jek-Duk 2 menggantikan Bapak/Ibu" in town.joko.screen
    await town.hadi.says("/undang")
    assert "Petugas Jek-Duk 2 menggantikan Petugas Jek-Duk 1" in await town.hadi.taps("Daftar petugas")


async def test_nobody_asks_for_another_ones_post(town: Town):
    [post] = (await town.person(town.warni)).posts
    [mine] = (await town.person(town.slamet)).posts
    await town.slamet.forges(AskStandIn(post.id, mine.id, 739_946))
    async with town.storage.reading() as tx:
        assert await stand_ins.everything(tx, town.clock) == []


def test_every_handler_asks_for_posts_as_they_are_at_the_tap():
    calls = [
        ast.unparse(node)
        for path in Path(handlers.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "people.get" and len(node.args) < 3
    ]
    assert calls == ["people.get(tx, chat)"]  # of whoever has just joined, for the post that the link gave
