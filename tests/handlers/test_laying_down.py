"""A post is laid down, its papers pass into other hands, and whoever comes after sees what is open."""

from bot.demo.cast import CAST
from handlers.deputies.buttons import LayDown
from storage import people
from storage.records import Document
from tests.handlers.test_stand_ins import dismisses
from tests.town import Inhabitant, Town


async def lays_down(town: Town, who: Inhabitant, answer: str = "Ya, lepas") -> str:
    await who.says("/pengganti")
    await who.taps("Lepas tugas ini")
    return await who.taps(answer) if answer else who.screen


async def on_the_road(town: Town, each: int, village: str = "tlogopakis", by: str = "warni") -> list[Document]:
    """Papers that Joko carries up to the registry."""
    return [await town.carries((await town.files("KK", village=village, by=by))[0], "to_registry") for _ in range(each)]


async def roles(town: Town, who: Inhabitant) -> tuple[str, ...]:
    return (await town.person(who)).roles


async def test_what_waits_is_named_and_the_heads_are_told(any_town: Town):
    town = any_town
    await town.files("KK")
    await town.carries((await town.files("KK"))[0], "ready_at_district")
    shown = await lays_down(town, town.warni, "")
    assert "Menunggu dibawa ke kecamatan: Tlogopakis 1" in shown
    assert "Tlogopakis 1" in shown.splitlines()[-1]
    await town.warni.taps("Ya, lepas")
    assert await roles(town, town.warni) == ()
    assert town.warni.screen.startswith("Akses Bapak/Ibu di bot ini sudah ditutup: Perangkat desa · Tlogopakis.")
    assert town.hadi.screen == "Perangkat desa · Tlogopakis 1 telah melepas tugas ini di bot."
    assert "petugas" in await town.warni.says("/tugas")


async def test_a_second_tap_lays_down_nothing_more(town: Town):
    await town.warni.says("/pengganti")
    await town.warni.taps("Lepas tugas ini")
    await town.warni.taps("Ya, lepas", times=2)
    assert sum("melepas tugas" in text for text in town.hadi.heard) == 1


async def test_who_carries_papers_hands_the_bag_over_first(any_town: Town):
    town = any_town
    papers = await on_the_road(town, 2) + await on_the_road(town, 1, "simego", "simego")
    shown = await lays_down(town, town.joko, "")
    assert "Bapak/Ibu membawa 3 berkas: Tlogopakis 2, Simego 1." in shown
    assert "Ya, lepas" not in town.joko.buttons
    [post] = (await town.person(town.joko)).posts
    await town.joko.forges(LayDown(post.id, 1))
    assert "Mohon serahkan dulu." in town.joko.alert
    await lays_down(town, town.joko, "Petugas Jek-Duk 2")
    assert "Petugas Jek-Duk 1 masrahaken 3 berkas" in town.slamet.screen
    await town.joko.taps("Ya, lepas")
    assert await roles(town, town.joko) == ()
    await town.slamet.says("/tugas")
    assert any(label.startswith("🛵") and "(3)" in label for label in town.slamet.buttons)
    assert (await town.document(papers[0])).since == papers[0].since
    await town.rina.says(papers[0].number)
    assert "dibawa rekan lain" in await town.rina.taps("Riwayat")


async def test_a_family_reads_nothing_of_whose_hands_its_papers_are_in(town: Town):
    (paper,) = await on_the_road(town, 1)
    await lays_down(town, town.joko, "Petugas Jek-Duk 2")
    await town.sari.says(paper.number)
    history = await town.sari.taps("Riwayat")
    assert "rekan" not in history
    assert history.count("Berkas sedang dibawa petugas Jek-Duk ke Disdukcapil") == 1


async def test_a_new_one_sees_everything_at_once_and_takes_over_what_the_one_before_carried(any_town: Town):
    town = any_town
    papers = await on_the_road(town, 2)
    await dismisses(town, "Petugas Jek-Duk 1")
    async with town.storage.transaction() as tx:
        await people.give_post(tx, CAST["emma"].chat, "courier", "", "id", town.clock)
        await people.choose_language(tx, CAST["emma"].chat, "id")
    await town.emma.says("/tugas")
    await town.emma.taps("Serahkan di Disdukcapil (2)", "🛵 Sekarang saya yang bawa")
    assert "🛵 Serahkan di Disdukcapil (2)" in town.emma.buttons
    [post] = (await town.person(town.emma)).posts
    assert {(await town.document(paper)).holder for paper in papers} == {post.id}
    await town.slamet.says("/tugas")
    assert not any("(2)" in label for label in town.slamet.buttons)


async def test_whoever_receives_at_a_desk_takes_nothing_into_their_hands(town: Town):
    await on_the_road(town, 1)
    await dismisses(town, "Petugas Jek-Duk 1")
    await town.budi.says("/tugas")
    await town.budi.taps("Terima di Disdukcapil (1)")
    assert not any("saya yang bawa" in label for label in town.budi.buttons)


async def test_who_is_dismissed_is_named_with_what_is_in_their_hands(town: Town):
    await on_the_road(town, 2)
    await town.hadi.says("/undang")
    await town.hadi.taps("Daftar petugas", "✕ Petugas Jek-Duk 1")
    assert "2 berkas sedang dibawa jabatan ini: Tlogopakis 2." in town.hadi.screen


async def test_a_bag_open_on_the_phone_of_whoever_changed_post_moves_nothing_and_says_so(any_town: Town):
    town = any_town
    papers = await on_the_road(town, 1)
    await town.joko.says("/tugas")
    await town.joko.taps("🛵 Serahkan di Disdukcapil")
    [post] = (await town.person(town.joko)).posts
    async with town.storage.transaction() as tx:
        await people.give_post(tx, town.joko.chat, "reporter", "simego", None, town.clock)
        assert await people.dismiss(tx, post.id, town.clock)
    await town.joko.taps("✅ 1 berkas")
    assert "Ini bukan lagi tugas Bapak/Ibu, jadi tidak ada yang dicatat." in town.joko.alert
    assert (await town.document(papers[0])).stage == "to_registry"


async def test_a_head_who_is_not_the_last_lays_down_and_the_last_one_does_not(town: Town):
    await town.hadi.says("/pengganti")
    await town.hadi.taps("Lepas tugas: Pimpinan kecamatan 1", "Ya, lepas")
    assert "Harus ada sedikitnya satu pimpinan" in town.hadi.alert
    assert await roles(town, town.hadi) == ("head",)


async def test_a_bag_passes_to_another_courier(any_town: Town):
    town = any_town
    one, two = await on_the_road(town, 2)
    await town.joko.says("/tugas")
    await town.joko.taps("🛵 Serahkan di Disdukcapil", f"{two.number[-4:]} · KK", "Alihkan ke rekan")
    await town.joko.taps("Petugas Jek-Duk 2")
    assert "Petugas Jek-Duk 1 masrahaken 1 berkas" in town.slamet.screen
    holders = [(await town.document(paper)).holder for paper in (one, two)]
    assert holders[1] == two.holder
    assert holders[0] == (await town.person(town.slamet)).posts[0].id
    await town.slamet.says("/tugas")
    assert any(label.startswith("🛵") and "(1)" in label for label in town.slamet.buttons)


async def test_what_a_colleague_carries_is_not_passed_on(any_town: Town):
    town = any_town
    await on_the_road(town, 1)
    await town.joko.says("/tugas")
    await town.joko.taps("🛵 Serahkan di Disdukcapil", "Alihkan ke rekan")
    await town.joko.taps("Petugas Jek-Duk 2", times=2)
    assert "Sudah berubah" in town.joko.alert
    assert sum("masrahaken" in text for text in town.slamet.heard) == 1


async def test_a_head_reads_that_nobody_stands_in_for_a_head(town: Town):
    assert "Undang pimpinan lain: /undang." in await town.hadi.says("/pengganti")
    assert "/undang" not in await town.joko.says("/pengganti")
