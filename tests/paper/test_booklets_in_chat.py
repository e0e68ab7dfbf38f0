"""A booklet of numbers, from the desk to the family, and every way in which a slip can go wrong."""

from bot.press.__main__ import draw as draw_sheet
from handlers.filing.buttons import FileDraft
from handlers.paper import sheets
from handlers.paper.buttons import NewBooklet, PrintBooklet
from handlers.wording.layout import grouped
from handlers.wording.links import number_link
from storage.db.ids import new_id
from storage.numbers import draw
from storage.paper import booklets
from tests.gallery import NOW, WORKFLOW
from tests.paper import scanner
from tests.paper.samples import BOT, UNFILED
from tests.paper.test_printed_in_chat import NOT_YOURS, files
from tests.town import Town


async def slips(town: Town, count: int = 2, village: str = "tlogopakis") -> list[str]:
    async with town.storage.transaction() as tx:
        booklet = new_id(town.clock)
        await booklets.reserve(tx, booklet, village, count, None, town.clock)
        return [one.number for one in await booklets.of_booklet(tx, booklet)]


async def test_every_slip_of_a_booklet_is_read_also_from_a_print_at_half_its_size():
    pdf = draw_sheet(sheets.booklet(WORKFLOW, BOT, "tlogopakis", UNFILED, NOW))
    links = [number_link(BOT, one.number) for one in UNFILED]
    for scale in (1.0, 0.5):
        assert [code.text for code in scanner.codes(pdf, dots=200, scale=scale)] == links
    assert min(code.side for code in scanner.codes(pdf)) >= 25


async def test_each_slip_has_a_stub_with_its_number():
    cover, *pages = scanner.words(draw_sheet(sheets.booklet(WORKFLOW, BOT, "tlogopakis", UNFILED, NOW)))
    assert "Buku nomor resi" in cover
    assert all("\n".join(pages).count(grouped(one.number)) == 2 for one in UNFILED)


async def test_an_officer_makes_a_booklet_and_prints_what_is_left_again(any_town: Town):
    town = any_town
    await town.warni.says("/cetak")
    await town.warni.taps("Buku baru")
    [pdf] = files(town.warni)
    read = scanner.codes(pdf, dots=200)
    assert len({code.text for code in read}) == 20
    await town.passes(60)
    assert "20 nomor, 0 sudah didaftarkan" in await town.warni.says("/cetak")
    await town.warni.taps("sisa 20")
    assert scanner.codes(files(town.warni)[1], dots=200) == read


async def test_a_double_tap_makes_one_booklet(any_town: Town):
    town = any_town
    await town.warni.says("/cetak")
    await town.warni.taps("Buku baru", times=2)
    await town.passes(60)
    assert len(files(town.warni)) == 1
    async with town.storage.reading() as tx:
        assert [one.count for one in await booklets.of_village(tx, "tlogopakis")] == [20]


async def test_nobody_makes_or_prints_booklets_of_another_village(town: Town):
    await slips(town)
    async with town.storage.reading() as tx:
        [made] = await booklets.of_village(tx, "tlogopakis")
    for who in (town.kayupuring, town.joko, town.hadi):
        for button in (NewBooklet(new_id(town.clock), "tlogopakis"), PrintBooklet(made.id)):
            await who.forges(button)
            assert (NOT_YOURS in who.alert, who.heard) == (True, [])


async def test_a_slip_is_followed_before_it_is_filed_under_the_number_that_was_sent(any_town: Town):
    town = any_town
    [number, _] = await slips(town)
    await town.sari.says(f"/start {number}")
    await town.sari.taps("Kabari bila sudah ada")
    town.sari.forgets()
    assert grouped(number) in await town.warni.says(grouped(number))
    await town.warni.taps("KK", "✅ Daftarkan")
    assert f"Terdaftar: {grouped(number)}" in town.warni.screen
    assert "Warga bisa melihat" in town.warni.screen
    assert "Tulis nomor ini" not in town.warni.screen
    await town.grace()
    assert grouped(number) in town.sari.screen


async def test_a_scanned_slip_opens_the_draft(town: Town):
    [number, _] = await slips(town)
    assert "nomor pada slip" in await town.warni.says(f"/start {number}")


async def test_whoever_files_is_asked_for_the_slip_where_there_are_slips(town: Town):
    assert "buku" not in await town.warni.says("/baru")
    await slips(town)
    assert "slip dari buku" in await town.warni.says("/baru")


async def test_a_slip_that_a_colleague_filed_meanwhile_shows_where_its_papers_are(any_town: Town):
    town = any_town
    [number, _] = await slips(town)
    for who in (town.warni, town.ningsih):
        await who.says(number)
        await who.taps("KK")
    await town.warni.taps("✅ Daftarkan")
    await town.ningsih.taps("✅ Daftarkan")
    assert "sudah dipakai" in town.ningsih.alert
    assert "Berkas di kantor desa Tlogopakis" in town.ningsih.screen


async def test_a_slip_that_is_filed_is_looked_up_as_every_number(town: Town):
    [number, _] = await slips(town)
    await town.warni.says(number)
    await town.warni.taps("KK", "✅ Daftarkan")
    assert "Berkas di kantor desa Tlogopakis" in await town.warni.says(number)


async def test_a_slip_of_another_village_is_refused_with_the_reason(town: Town):
    [number, _] = await slips(town)
    assert "slip desa lain" in await town.kayupuring.says(number)


async def test_a_slip_is_not_filed_in_another_village_by_a_forged_draft(town: Town):
    [number, _] = await slips(town, village="kasimpar")
    await town.rina.says(number)
    await town.rina.taps("KK")
    draft = town.rina.last.message.buttons
    [data] = [key["callback_data"] for row in draft for key in row if key["text"].startswith("✅")]
    await town.rina.forges(data.replace("kasimpar", "simego"))
    assert "sudah dipakai" in town.rina.alert
    async with town.storage.reading() as tx:
        assert await tx.all("waiting") == []


async def test_a_slip_that_is_not_filed_says_to_families_what_every_unknown_number_says(town: Town):
    [number, _], unknown_number = await slips(town), draw()
    reserved, unknown = await town.sari.says(number), await town.sari.says(unknown_number)
    assert reserved.replace(grouped(number), grouped(unknown_number)) == unknown


async def test_a_number_that_was_never_reserved_files_nothing(town: Town):
    await town.warni.says("/baru")
    [data] = [key["callback_data"] for row in town.warni.last.message.buttons for key in row if "KK" in key["text"]]
    book = int(data.split(":")[2], 36)
    await town.warni.forges(FileDraft(563185915492, book, "tlogopakis", 1))
    assert "sudah dipakai" in town.warni.alert
    async with town.storage.reading() as tx:
        assert await tx.all("waiting") == []
