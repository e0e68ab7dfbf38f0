"""The whole list of a village: what is here, in Kajen and on the road, and what was handed over lately."""

from handlers.village.buttons import ShowVillage
from handlers.wording.layout import grouped
from storage import people
from storage.holds import papers, returns
from storage.records import DAY, Actor, Seen
from tests.town import Town


async def test_an_officer_sees_where_everything_of_her_village_is(any_town: Town):
    town = any_town
    for stage in ("filed", "at_district", "at_registry", "to_registry", "handed_over"):
        for one in await town.files("KK", "KIA"):
            await town.carries(one, stage)
    await town.files("KTP", village="simego", by="simego")
    await town.warni.says("/tugas")
    shown = await town.warni.taps("Semua Tlogopakis")
    assert shown.splitlines()[1] == "Di desa 2 · Di kecamatan 2 · Di Disdukcapil 2 · Di jalan 2 · Baru diserahkan 2"
    assert sum("KK, KIA" in label for label in town.warni.buttons) == 5
    assert "KTP" not in shown
    await town.warni.taps(town.warni.buttons[0])
    assert "Berkas di kantor desa Tlogopakis" in town.warni.screen


async def test_what_was_handed_over_long_ago_is_not_listed_and_what_is_late_is_marked(town: Town):
    (old,) = await town.files("KK")
    await town.carries(old, "handed_over")
    await town.passes(15 * DAY / 1000)
    (late,) = await town.files("KK")
    town.clock += 2 * DAY
    await town.warni.says("/tugas")
    shown = await town.warni.taps("Semua Tlogopakis")
    assert f"…{late.number[-4:]} KK sejak" in shown
    assert "⚠" in shown
    assert grouped(old.number) not in " ".join(town.warni.buttons)


async def test_nobody_reads_the_list_of_another_village(town: Town):
    await town.files("KK")
    for who in (town.simego, town.sari):
        await who.forges(ShowVillage("tlogopakis"))
        assert who.heard == []


async def test_who_works_in_two_villages_reads_both(town: Town):
    async with town.storage.transaction() as tx:
        await people.give_post(tx, town.warni.chat, "village_officer", "simego", "id", town.clock)
    await town.warni.says("/tugas")
    assert {"Semua Tlogopakis", "Semua Simego"} <= set(town.warni.buttons)
    assert "Tidak ada berkas" in await town.warni.taps("Semua Simego")


async def test_the_list_says_what_stands_still_and_what_was_sent_back_and_blames_nobody_for_it(town: Town):
    held, returned = [await town.carries(one, "at_district") for one in await town.files("KK", "KIA")]
    async with town.storage.transaction() as tx:
        rina = Actor(await people.get(tx, town.rina.chat), town.clock)
        await papers.hold(tx, town.workflow, [Seen(held.id, held.version)], "attend", None, rina)
        missing = {"id": ["KK lama bila ada"]}
        await returns.give_back(tx, town.workflow, [Seen(returned.id, returned.version)], "returned", missing, rina)
    await town.passes(9 * DAY / 1000)
    await town.warni.says("/tugas")
    shown = (await town.warni.taps("Semua Tlogopakis")).splitlines()
    [held_line] = [line for line in shown if " KK " in line]
    [returned_line] = [line for line in shown if " KIA " in line]
    assert held_line.endswith("⏸ datang sendiri, rekam data")
    assert returned_line.endswith("belum lengkap, dikembalikan ke desa")
    assert "⚠" not in held_line + returned_line
