"""Finding a file: by its last digits, village, kind, place, hold, age and who filed it, on buttons alone."""

import pytest

from handlers.search.buttons import OpenFound, ShowFound
from handlers.search.packing import Search, unpacked
from handlers.search.screens import found_screen
from handlers.wording.layout import grouped
from locales import LANGUAGES, words
from storage import people
from storage.records import Document
from storage.search.filters import Filter, Hits
from tests.gallery import NOW, WORKFLOW, document, person
from tests.handlers.test_screens import labels
from tests.town import Inhabitant, Town

DAY = 24 * 3600 * 1000
KINDS = ("KK", "KTP", "AKL")


async def fill(
    town: Town, villages: tuple[str, ...] = ("simego", "gumelem", "kasimpar"), each: int = 2
) -> list[Document]:
    """So many files of each kind in each village, one after the other."""
    found = []
    for village in villages:
        for kind in KINDS * each:
            found += await town.files(kind, village=village, by=village)
            town.clock += 60_000
    return found


def bears(label: str, one: Document) -> bool:
    return not label.startswith("✕") and label.partition(" · ")[0].endswith(one.number[-4:])


def offers(who: Inhabitant, one: Document) -> bool:
    return any(bears(label, one) for label in who.buttons)


async def test_everything_open_is_found_in_four_taps_from_the_list_of_work(town: Town):
    every = await fill(town)
    for one in every:
        await town.rina.says("/tugas")
        taps = 0
        way = ["Cari …", WORKFLOW.villages[one.village].name + " (", WORKFLOW.types[one.type].short + " ("]
        while not offers(town.rina, one):
            await town.rina.taps(way[taps])
            taps += 1
        label = next(label for label in town.rina.buttons if bears(label, one))
        assert grouped(one.number) in await town.rina.taps(label)
        assert taps + 1 <= 4


async def test_filters_combine_and_the_way_back_keeps_them(any_town: Town):
    town = any_town
    await fill(town, each=1)
    (odd,) = await town.files("KTP", village="simego", by="simego")
    await town.carries(odd, "at_district")
    await town.rina.says("/cari")
    assert "10 dokumen" in town.rina.screen
    await town.rina.taps("Simego (4)", "Jenis …", "KTP-el (2)", "Tempat …")
    await town.rina.taps("Di kecamatan (1)")
    assert "Simego · KTP-el · Di kecamatan · 1 dokumen" in town.rina.screen
    await town.rina.taps(grouped(odd.number))
    assert {"⏸ Tunda …", "Betulkan", "Kembali"} <= set(town.rina.buttons)  # what can be done now, and the way back
    await town.rina.taps("Kembali")
    assert "Simego · KTP-el · Di kecamatan · 1 dokumen" in town.rina.screen
    await town.rina.taps("✕ KTP-el", "✕ Di kecamatan")
    assert "Simego · 4 dokumen" in town.rina.screen


async def test_the_oldest_comes_first_and_age_is_a_filter(town: Town):
    old = (await fill(town, ("simego",), 1))[0]
    town.clock += 3 * DAY
    (new,) = await town.files("KK")
    await town.joko.says("/cari")
    assert grouped(old.number) in town.joko.buttons[0]
    assert town.joko.buttons[0].startswith("⚠")
    await town.joko.taps("Menunggu …", "3 hari atau lebih")
    assert "3 dokumen" in town.joko.screen
    assert not offers(town.joko, new)


async def test_what_i_filed_myself_is_one_tap(town: Town):
    (own,) = await town.files("KK")
    await town.files("KTP", by="ningsih")
    await town.warni.says("/cari")
    await town.warni.taps("Saya daftarkan")
    assert offers(town.warni, own)
    assert "1 dokumen" in town.warni.screen


async def test_what_is_on_hold_is_found_by_its_reason_and_marked(town: Town):
    cards = [await town.carries(one, "at_registry") for kind in KINDS for one in await town.files(kind)]
    await town.budi.says(cards[0].number)
    await town.budi.taps("Tunda …", "Menunggu giliran", "Belum tahu", "✅ Tunda 1")
    await town.budi.says("/cari")
    await town.budi.taps("Tertunda …", "Menunggu giliran")
    assert town.budi.buttons[0] == f"⏸ {grouped(cards[0].number)} · KK · Tlogopakis"


async def test_four_digits_alone_are_a_search_for_staff_and_nothing_new_for_families(town: Town):
    (card,) = await town.files("KK")
    assert grouped(card.number) in await town.rina.says(card.number[-4:])
    assert "12 angka" in await town.sari.says(card.number[-4:])
    assert "petugas" in await town.sari.says(f"/cari {card.number[-4:]}")


@pytest.mark.parametrize("who", ["warni", "ningsih", "sari"])
async def test_nobody_finds_or_opens_what_is_not_theirs(town: Town, who: str):
    (other,) = await town.files("KK", village="kayupuring", by="kayupuring")
    asker, filed = town.people[who], Search(Filter(village="kayupuring"))
    await asker.says("/start")
    for button in (filed.button(WORKFLOW), ShowFound(other.number[-4:], 0), ShowFound("", 0)):
        await asker.forges(button)
        assert not offers(asker, other)
    asker.forgets()
    await asker.forges(OpenFound(other.number, "", 0))
    assert asker.heard == []
    assert asker.alert


async def test_who_was_dismissed_meanwhile_finds_nothing(town: Town):
    await fill(town)
    await town.rina.says("/cari")
    async with town.storage.transaction() as tx:
        await people.dismiss(tx, (await people.get(tx, town.rina.chat)).posts[0].id, town.clock)
    await town.rina.taps("Simego (")
    assert "Ini untuk petugas" in town.rina.alert


async def test_a_midwife_finds_what_she_filed_and_nothing_else_of_her_village(any_town: Town):
    town = any_town
    (own,) = await town.files("AKL", by="ningsih")
    (other,) = await town.files("KK")
    await town.ningsih.says("/tugas")
    await town.ningsih.taps("Cari …")
    assert offers(town.ningsih, own)
    assert not offers(town.ningsih, other)
    assert "Tidak ada" in await town.ningsih.says(other.number[-4:])
    assert grouped(own.number) in await town.ningsih.says(own.number[-4:])


async def test_a_search_of_another_district_file_begins_anew(town: Town):
    await fill(town)
    await town.rina.forges(ShowFound("", 0, Search(Filter(village="simego")).button(WORKFLOW).which + 1))
    assert "Sudah berubah" in town.rina.alert
    assert "Semua berkas" in town.rina.screen


@pytest.mark.parametrize("page", [-1, 3, 49, 10**9])
async def test_a_page_that_is_no_more_is_the_last_one(town: Town, page: int):
    every = await fill(town)
    await town.rina.forges(ShowFound("", page))
    assert offers(town.rina, every[0] if page < 0 else every[-1])


@pytest.mark.parametrize("pick", ["", "village", "days"])
def test_a_search_travels_in_its_button(pick):
    wanted = Filter("kayupuring", "LAIN", "returned", "tracing", 14, 1, "563185915492")
    search = Search(wanted, 7, pick)
    button = search.button(WORKFLOW)
    assert unpacked(WORKFLOW, button.which, button.digits, button.page) == search
    assert unpacked(WORKFLOW, button.which * 10**6, "", 0) is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_names_of_villages_are_whole(lang):
    villages = list(WORKFLOW.villages)
    hits = [document("AKL", hold="sign", village=village) for village in villages[:8]]
    counts = {(village, "AKL", "filed", "sign"): 999 for village in villages}
    screen = found_screen(WORKFLOW, person("courier"), Search(), Hits(hits, counts), words(lang), NOW)
    shown = " ".join(labels(screen))
    assert [name for name in (one.name for one in WORKFLOW.villages.values()) if f"{name} (999)" not in shown] == []
    assert sum(f"· {WORKFLOW.villages[one].name}" in shown for one in villages[:8]) == 8
