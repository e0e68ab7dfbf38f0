"""The originals of a family: ticked when they are handed in and when they are given back, and named until they are."""

import pytest

from bot.sandbox import Seen
from handlers.originals.buttons import FILED, NotePaper, ShowLeftBehind, ShowPapers
from storage import documents
from storage.counter import custody
from storage.originals.steps import Papers
from storage.records import DAY, MINUTE, Actor, Document
from tests.town import Inhabitant, Town


async def papers(town: Town, one: Document) -> Papers:
    async with town.storage.reading() as tx:
        return await custody.of(tx, one.request)


async def handed_in(town: Town, *types: str, papers: tuple[str, ...] = ("nikah",), by: str = "warni") -> list[Document]:
    """A family's request, with originals that it has handed in."""
    found = await town.files(*types or ("KK",))
    await noted(town, found, papers, custody.OUT, by)
    return found


async def noted(town: Town, found: list[Document], papers: tuple[str, ...], state: str, by: str = "warni") -> None:
    officer = await town.person(town.people[by])
    async with town.storage.transaction() as tx:
        now = [await documents.get(tx, one.id) or one for one in found]
        seen = (await custody.of(tx, found[0].request)).seen
        assert await custody.note(tx, town.workflow, now, papers, state, seen, Actor(officer, town.clock))


def filed(town: Town) -> Seen:
    return next(seen for seen in town.warni.phone.heard if "Terdaftar" in seen.text)


async def hands_over(town: Town, who: Inhabitant, one: Document, *before: str) -> str:
    await who.says(one.number)
    for label in (*before, "Serahkan ke warga", "✅ Tetangga"):
        await who.taps(label)
    return who.screen


async def test_filing_takes_no_tap_more_and_what_is_handed_in_takes_one(any_town: Town):
    town = any_town
    await town.warni.says("/baru")
    await town.warni.taps("☐ KK")
    await town.warni.taps("✅ Daftarkan")
    assert [label for label in filed(town).buttons if "☐" in label] == ["☐ Keduanya", "☐ KK asli", "☐ buku nikah"]
    before = len(town.warni.heard)
    town.warni.phone.tap("☐ Keduanya")
    await town.settled()
    assert len(town.warni.heard) == before  # no message more
    assert [label for label in filed(town).buttons if "☑" in label] == ["☑ KK asli", "☑ buku nikah"]


async def test_a_kind_that_asks_for_none_is_filed_as_before(town: Town):
    await town.warni.says("/baru")
    await town.warni.taps("☐ KTP-el")
    await town.warni.taps("✅ Daftarkan")
    assert not [label for seen in town.warni.phone.heard for label in seen.buttons if "asli" in label]


async def test_the_family_reads_that_it_travels_with_the_file_and_comes_back(town: Town):
    (card,) = await handed_in(town)
    assert "Buku nikah ikut bersama berkas, kembali bersama dokumennya." in await town.sari.says(card.number)
    assert "marriage book" in (await town.emma.says(card.number)).lower()
    assert "Buku nikah tumut berkas" in await town.paijo.says(card.number)
    await town.warni.says("/tugas")
    assert "· + buku nikah" in await town.warni.taps("Semua Tlogopakis")


async def test_two_originals_of_a_family_go_back_in_one_tap_as_it_fetches_its_document(any_town: Town):
    town = any_town
    (card,) = await handed_in(town, papers=("kk", "nikah"))
    await town.carries(card, "ready_at_village")
    await town.follows(town.sari, card.number)
    await town.warni.says(card.number)
    await town.warni.taps("Serahkan ke warga")
    assert "Surat asli yang dikembalikan: KK asli dan buku nikah. Centang" in town.warni.screen
    assert not any("☑" in label for label in town.warni.buttons)
    await town.warni.taps("☐ Keduanya")
    await town.warni.taps("✅ Tetangga")
    await town.grace()
    assert "Belum dikembalikan" not in town.warni.screen
    assert (await papers(town, card)).out == ()
    assert "masih di" not in "".join(town.sari.heard)


async def test_a_tick_at_the_counter_can_be_taken_off_and_one_paper_stays_one(town: Town):
    kk, kia = await handed_in(town, "KK", "KIA", papers=("kk", "nikah"))
    for one in (kk, kia):
        await town.carries(one, "ready_at_village")
    await town.warni.says(kk.number)
    await town.warni.taps("Serahkan ke warga")
    await town.warni.taps("Hanya KIA")
    await town.warni.taps("☐ KK asli")
    assert "Serahkan: KIA ·" in town.warni.screen  # the card stays the one it was
    assert (await papers(town, kk)).out == ("nikah",)
    await town.warni.taps("☑ KK asli")
    assert set((await papers(town, kk)).out) == {"kk", "nikah"}


async def test_what_stays_behind_is_named_to_family_village_and_officer_until_it_is_back(any_town: Town):
    town = any_town
    (card,) = await handed_in(town)
    await town.carries(card, "ready_at_village")
    await town.follows(town.sari, card.number)
    assert "Belum dikembalikan: buku nikah." in await hands_over(town, town.warni, card)
    await town.grace()
    where = "Buku nikah masih di kantor desa Tlogopakis. Silakan diminta di sana."
    assert where in town.sari.screen
    assert len(town.sari.heard) == 1
    assert not town.sari.last.silent
    assert where in await town.sari.says(card.number)
    await town.warni.says("/tugas")
    assert "Surat asli belum kembali: 1 ⚠" in town.warni.buttons
    assert "buku nikah: di kantor desa Tlogopakis sejak" in await town.warni.taps("Semua Tlogopakis")
    await town.warni.says("/tugas")
    await town.warni.taps("Surat asli belum kembali")
    await town.warni.taps(card.number[:4])
    town.sari.forgets()
    await town.warni.taps("Buku nikah: dikembalikan")
    await town.grace()
    assert "Sudah dikembalikan: buku nikah." in town.sari.screen
    await town.warni.says("/tugas")
    assert not any("Surat asli" in label for label in town.warni.buttons)
    assert "masih di" not in await town.sari.says(card.number)


async def test_what_is_given_back_before_the_news_leaves_is_no_news(town: Town):
    (card,) = await handed_in(town)
    await town.carries(card, "ready_at_village")
    await town.follows(town.sari, card.number)
    await hands_over(town, town.warni, card)
    await town.warni.taps("Surat asli")
    await town.warni.taps("Buku nikah: dikembalikan")
    await town.grace()
    assert len(town.sari.heard) == 1
    assert "buku nikah" not in town.sari.screen.lower()


@pytest.mark.parametrize("gone", [5, 30])
async def test_who_ticked_it_takes_it_back_for_ten_minutes_and_the_desk_puts_it_right_later(town: Town, gone: int):
    (card,) = await handed_in(town)
    await town.warni.says(card.number)
    await town.warni.taps("Surat asli")
    town.clock += gone * MINUTE
    await town.warni.forges(NotePaper(card.request, "nikah", "none", (await papers(town, card)).seen))
    if gone == 5:
        assert "Buku nikah: tidak diserahkan" in town.warni.screen
        assert (await papers(town, card)).out == ()
        return
    assert "Sudah terlambat" in town.warni.alert
    assert (await papers(town, card)).out == ("nikah",)
    await town.rina.says(card.number)
    await town.rina.taps("Surat asli")
    await town.rina.taps("Buku nikah: tidak pernah diserahkan")
    assert (await papers(town, card)).out == ()
    await town.rina.says(card.number)
    said = await town.rina.taps("Riwayat")
    assert "buku nikah diserahkan" in said
    assert "dibetulkan: buku nikah tidak diserahkan" in said


async def test_a_family_that_was_told_it_is_back_hears_that_this_was_wrong(town: Town):
    (card,) = await handed_in(town)
    await town.carries(card, "ready_at_village")
    await town.follows(town.sari, card.number)
    await hands_over(town, town.warni, card)
    await town.grace()
    await town.warni.taps("Surat asli")
    await town.warni.taps("Buku nikah: dikembalikan")
    await town.grace()
    assert "Sudah dikembalikan" in town.sari.screen
    assert town.sari.last.silent
    await town.warni.taps("↩ Urungkan: buku nikah")
    await town.grace()
    assert "Mohon maaf" in town.sari.screen
    assert "Buku nikah masih di kantor desa Tlogopakis" in town.sari.screen


async def test_its_history_says_who_and_when_to_staff_and_what_stands_to_the_family(town: Town):
    (card,) = await handed_in(town)
    town.clock += DAY
    await noted(town, [card], ("nikah",), custody.BACK)
    await noted(town, [card], ("nikah",), custody.OUT)  # a slip, taken back
    await town.warni.says(card.number)
    lines = (await town.warni.taps("Riwayat")).splitlines()
    assert lines[-6:] == [
        "Sel 24 Nov, 08.10 WIB: buku nikah diserahkan",
        "   perangkat desa · Tlogopakis",
        "Rab 25 Nov, 08.10 WIB: buku nikah dikembalikan",
        "   perangkat desa · Tlogopakis",
        "Rab 25 Nov, 08.10 WIB: diurungkan: buku nikah diserahkan",
        "   perangkat desa · Tlogopakis",
    ]
    await town.sari.says(card.number)
    assert (await town.sari.taps("Riwayat")).splitlines()[-1] == "Sel 24 Nov, 08.10 WIB: buku nikah diserahkan"


async def test_what_leaves_its_road_names_them_and_they_can_go_back_at_once(town: Town):
    (card,) = await handed_in(town)
    await town.carries(card, "at_district")
    await town.rina.says(card.number)
    for label in ("Tunda", "Kembalikan untuk", "☐ KK lama", "✅ Kembalikan"):
        await town.rina.taps(label)
    assert "Belum dikembalikan: buku nikah." in town.rina.screen
    assert "Buku nikah ikut bersama berkas." in await town.sari.says(card.number)
    await town.rina.taps("Surat asli: 1 belum kembali")
    await town.rina.taps("Buku nikah: dikembalikan")
    assert "nikah" not in (await town.sari.says(card.number)).replace("buku nikah atau", "")


async def test_a_withdrawn_request_says_where_its_originals_are(town: Town):
    (card,) = await handed_in(town)
    await town.warni.says(card.number)
    await town.warni.taps("Betulkan")
    await town.warni.taps("Batalkan KK")
    assert "Belum dikembalikan: buku nikah." in town.warni.screen
    assert "Buku nikah masih di kantor desa Tlogopakis." in await town.sari.says(card.number)


async def test_nobody_is_sent_over_the_mountains_for_what_lies_at_the_registry(town: Town):
    (card,) = await handed_in(town)
    await town.carries(card, "at_registry")
    await town.budi.says(card.number)
    for label in ("Tunda", "Tolak", "Dokumen yang ada", "✅ Tolak"):
        await town.budi.taps(label)
    said = await town.sari.says(card.number)
    assert "Buku nikah masih di Disdukcapil. Silakan tanyakan di kantor desa Tlogopakis." in said
    for who in (town.budi, town.warni):
        await who.says("/tugas")
        assert any("Surat asli belum kembali" in label for label in who.buttons)


async def test_the_desk_has_what_lies_at_its_counter_and_no_other_village_what_is_not_its_own(town: Town):
    (card,) = await handed_in(town)
    await town.carries(card, "ready_at_district")
    await hands_over(town, town.warni, card, "Lain")
    assert "masih di kantor kecamatan Petungkriyono" in await town.sari.says(card.number)
    for who, has in ((town.rina, True), (town.warni, True), (town.simego, False), (town.joko, False)):
        await who.says("/tugas")
        assert any("Surat asli belum kembali" in label for label in who.buttons) is has


@pytest.mark.parametrize("who", ["sari", "joko", "simego"])
async def test_nobody_else_ticks_or_sees_them(town: Town, who: str):
    (card,) = await handed_in(town)
    person = town.people[who]
    await person.says("/start")
    for tap in (
        NotePaper(card.request, "nikah", "back", 1),
        NotePaper(card.request, "", "back", 1, FILED),
        ShowPapers(card.request),
    ):
        person.forgets()
        await person.forges(tap)
        assert "nikah" not in "".join(person.heard)
    await person.forges(ShowLeftBehind())
    assert (await papers(town, card)).out == ("nikah",)


@pytest.mark.parametrize("by, may", [("ningsih", "may"), ("warni", "may not")])
async def test_a_midwife_ticks_what_she_filed_herself(town: Town, by: str, may: str):
    (card,) = await town.files("AKL", by=by)
    await town.ningsih.says("/start")
    await town.ningsih.forges(NotePaper(card.request, "nikah", "out", 0))
    assert (await papers(town, card)).out == (("nikah",) if may == "may" else ())
    await town.ningsih.forges(ShowPapers(card.request))
    assert any("Surat asli" in text for text in town.ningsih.heard) is (may == "may")


async def test_a_card_that_is_old_or_forged_changes_nothing_and_a_double_tap_ticks_once(any_town: Town):
    town = any_town
    (card,) = await handed_in(town)
    await town.warni.says("/tugas")
    await town.warni.forges(NotePaper(card.request, "nikah", "back", 0))  # before it was handed in
    assert "Sudah berubah" in town.warni.alert
    await town.warni.forges(NotePaper(card.request, "ktp", "out", 1))  # a KK asks for none
    await town.warni.forges(NotePaper(card.request, "nikah", "sold", 1))
    assert (await papers(town, card)).out == ("nikah",)
    tap = NotePaper(card.request, "nikah", "back", 1)
    await town.warni.forges(tap)
    await town.warni.forges(tap)
    assert "Sudah tercatat" in town.warni.alert
    assert len((await papers(town, card)).steps) == 2


async def test_nothing_of_a_paper_but_its_kind_is_kept(town: Town):
    (card,) = await handed_in(town)
    async with town.storage.reading() as tx:
        rows = await tx.all("originals", request=card.request)
    assert [row[0] for row in rows] == ["nikah"]
    assert "nikah" in town.workflow.originals
