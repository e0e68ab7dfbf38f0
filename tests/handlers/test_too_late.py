"""A bad day: what was done is noticed late, when others have gone on, a week has passed, or the road is another one."""

from pathlib import Path

import pytest

from handlers.bags.buttons import CompleteBag, ShowBag
from handlers.wording.layout import grouped
from storage import bags, people
from storage.records import Actor
from tests.days.thumb import Thumb, lie, places
from tests.storage.test_edited_file import PASSED, without
from tests.town import WORKFLOW, Inhabitant, Town, migrated

WEEK = 7 * 24 * 3600


async def goes_on(who: Inhabitant, number: str) -> None:
    await who.says(number)
    await who.taps("✅ Bawa ke Disdukcapil")


async def test_an_undo_says_what_of_it_others_had_moved_on_and_how_much_went_back(town: Town):
    first, *rest = await lie(town, "to_district", 3, "simego")
    rina = Thumb(town.rina)
    await rina.says("/tugas")
    await rina.does("Terima di kecamatan (3)", "✅ 3")
    await goes_on(town.joko, first.number)
    said = await rina.does("Urungkan")
    assert said.startswith("Diurungkan: 2 berkas diterima kecamatan")
    assert f"1 berkas sudah dicatat petugas Jek-Duk Selasa 24 Nov pukul 08.10: …{first.number[-4:]}." in said
    assert [(await town.document(one)).stage for one in (first, *rest)] == ["to_registry", "to_district", "to_district"]
    assert "2 dari 2 dipilih" in await rina.does("Buka lagi")


async def test_what_others_moved_on_altogether_is_not_taken_back_and_its_news_goes_out(town: Town):
    (card,) = await lie(town, "to_district", 1, "simego")
    await town.follows(town.sari, card.number)
    rina = Thumb(town.rina)
    await rina.says("/tugas")
    await rina.does("Terima di kecamatan (1)", "✅ 1")
    await goes_on(town.joko, card.number)
    assert "1 berkas sudah dicatat petugas Jek-Duk" in await rina.does("Urungkan")
    assert town.rina.alert.startswith("Sudah berubah")
    await town.grace()
    assert [("Diterima kecamatan" in text, "Mohon maaf" in text) for text in town.sari.heard] == [
        (True, False), (False, False),
    ]  # fmt: skip


async def test_wrong_news_is_put_right_though_its_step_was_made_and_taken_back_once_more_meanwhile(town: Town):
    (card,) = await lie(town, "to_district", 1, "simego")
    await town.follows(town.sari, card.number)
    rina = Thumb(town.rina)
    await rina.says("/tugas")
    await rina.does("Terima di kecamatan (1)", "✅ 1")
    await town.grace()
    town.sandbox.fault("flood", "sendMessage", chat=town.sari.chat, seconds=5)
    await rina.does("Urungkan", "Buka lagi", "✅ 1", "Urungkan")
    await town.passes(20)
    assert [text.partition(",")[0] for text in town.sari.heard][1:] == ["Mohon maaf"]


async def test_a_wrong_hand_over_is_found_after_a_week_and_the_papers_are_handed_over_again(town: Town):
    card, other = await lie(town, "ready_at_village", 2, "tlogopakis")
    for family, one in ((town.sari, card), (town.paijo, other)):
        await town.follows(family, one.number)
    warni, rina = Thumb(town.warni), Thumb(town.rina)
    await warni.says(card.number)
    await warni.does("Serahkan ke warga", "✅ Tetangga")
    await town.passes(WEEK)
    await town.sari.taps("Kami belum menerima")
    await rina.says(card.number)
    await rina.does("Betulkan", "Siap diambil di kantor desa", "Berkas ada di tempat lain")
    await town.grace()
    assert town.sari.screen.splitlines()[:2] == [
        "Mohon maaf, kabar kami keliru.",
        f"Kartu Keluarga {grouped(card.number)} sekarang: siap diambil di kantor desa Tlogopakis.",
    ]
    await warni.says("/tugas")
    await warni.does("Serahkan ke warga (2)", grouped(card.number), "✅ Pemohon sendiri")
    await town.grace()
    assert "Diambil pemohon sendiri." in town.sari.screen
    assert await places(town) == {"handed_over": 1, "ready_at_village": 1}
    assert not any("Mohon maaf" in text for text in town.paijo.heard)


# The district file was edited, and the bot started anew


@pytest.fixture
async def url(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'town.db'}"
    await migrated(url)
    return url


async def test_a_card_of_a_leg_that_is_no_more_turns_into_what_waits(url: str):
    async with Town.open(url) as town:
        (card,) = await lie(town, "ready_at_district", 1, "tlogopakis")
        async with town.storage.transaction() as tx:
            warni = Actor(await people.get(tx, town.warni.chat), town.clock)
            bag = await bags.pack(tx, town.workflow, warni, "ready_at_district", PASSED) or 0
    async with Town.open(url, without(WORKFLOW, PASSED)) as town:
        await town.warni.says("/tugas")
        assert (await town.warni.forges(ShowBag(bag))).startswith("Tugas")
        await town.warni.forges(CompleteBag(bag, PASSED))
        assert (await town.document(card)).stage == "ready_at_district"
        await town.warni.says("/tugas")
        await town.warni.taps("Siapkan di kantor desa (1)", "✅ Siapkan di kantor desa (1)")
        assert (await town.document(card)).stage == "ready_at_village"


async def test_too_late_to_take_back_whoever_puts_records_right_is_not_sent_to_somebody_else(town: Town):
    (card,) = await lie(town, "to_district", 1, "simego")
    rina, joko = Thumb(town.rina), Thumb(town.joko)
    await rina.says("/tugas")
    await rina.does("Terima di kecamatan (1)", "✅ 1")
    await town.passes(601)
    await rina.does("Urungkan")
    assert town.rina.alert.endswith("Mohon buka nomornya, lalu tekan “Betulkan”.")
    await town.rina.says(card.number)
    assert "Betulkan" in town.rina.buttons
    await goes_on(town.joko, card.number)
    await town.passes(601)
    await joko.does("Urungkan")
    assert town.joko.alert.endswith("Mohon minta loket kecamatan membetulkannya.")
