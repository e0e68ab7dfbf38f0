"""The originals of a family: ticked when they are handed in and when they are given back, and named until they are."""

import pytest

from bot.sandbox import Seen
from handlers.originals.buttons import FILED, NotePaper, ShowLeftBehind, ShowPapers
from storage import documents
from storage.counter import custody
from storage.originals.steps import Papers
from storage.records import DAY, MINUTE, Actor, Document
from tests.town import Town


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


async def test_filing_takes_no_tap_more_and_what_is_handed_in_takes_one(any_town: Town):
    town = any_town
    await town.warni.says("/baru")
    await town.warni.taps("☐ KK", "✅ Daftarkan")
    assert [label for label in filed(town).buttons if "☐" in label] == ["☐ Keduanya", "☐ KK asli", "☐ buku nikah"]
    before = len(town.warni.heard)
    town.warni.phone.tap("☐ Keduanya")
    await town.settled()
    assert len(town.warni.heard) == before  # no message more
    assert [label for label in filed(town).buttons if "☑" in label] == ["☑ KK asli", "☑ buku nikah"]


async def test_the_box_above_counts_the_boxes_below(town: Town):
    await town.warni.says("/baru")
    await town.warni.taps("☐ KK", "☐ KIA", "✅ Daftarkan")
    first = ["☐ Semua (3)", "☐ KK asli", "☐ buku nikah", "☐ KTP-el asli"]
    assert [label for label in filed(town).buttons if "☐" in label] == first
    town.warni.phone.tap("☐ KK asli")
    await town.settled()
    assert "☐ Semua (3)" in filed(town).buttons  # and not both, above three
    town.warni.phone.tap("☐ buku nikah")
    await town.settled()
    assert [label for label in filed(town).buttons if "☐" in label] == ["☐ KTP-el asli"]


async def test_a_kind_that_asks_for_none_is_filed_as_before(town: Town):
    await town.warni.says("/baru")
    await town.warni.taps("☐ KTP-el", "✅ Daftarkan")
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
    await town.warni.taps("☐ Keduanya", "✅ Tetangga")
    await town.grace()
    assert "Belum dikembalikan" not in town.warni.screen
    assert (await papers(town, card)).out == ()
    assert "masih di" not in "".join(town.sari.heard)


async def test_a_tick_at_the_counter_can_be_taken_off_and_one_paper_stays_one(town: Town):
    kk, kia = await handed_in(town, "KK", "KIA", papers=("kk", "nikah"))
    for one in (kk, kia):
        await town.carries(one, "ready_at_village")
    await town.warni.says(kk.number)
    await town.warni.taps("Serahkan ke warga", "Hanya KIA", "☐ KK asli")
    assert "Serahkan: KIA ·" in town.warni.screen  # the card stays the one it was
    assert (await papers(town, kk)).out == ("nikah",)
    await town.warni.taps("☑ KK asli")
    assert set((await papers(town, kk)).out) == {"kk", "nikah"}


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
    await town.rina.taps("Surat asli", "Buku nikah: tidak pernah diserahkan")
    assert (await papers(town, card)).out == ()
    await town.rina.says(card.number)
    said = await town.rina.taps("Riwayat")
    assert "buku nikah diserahkan" in said
    assert "dibetulkan: buku nikah tidak diserahkan" in said


async def test_its_history_says_who_and_when_to_staff_and_what_stands_to_the_family(town: Town):
    (card,) = await handed_in(town)
    town.clock += DAY
    await noted(town, [card], ("nikah",), custody.BACK)
    await noted(town, [card], ("nikah",), custody.OUT)  # a slip, taken back
    await town.warni.says(card.number)
    lines = (await town.warni.taps("Riwayat")).splitlines()
    assert lines[-8:] == [
        "Selasa 24 Nov",
        "08.10 buku nikah diserahkan",
        "   perangkat desa · Tlogopakis",
        "Rabu 25 Nov",
        "08.10 buku nikah dikembalikan",
        "   perangkat desa · Tlogopakis",
        "08.10 diurungkan: buku nikah diserahkan",
        "   perangkat desa · Tlogopakis",
    ]
    await town.sari.says(card.number)
    assert (await town.sari.taps("Riwayat")).splitlines()[-2:] == ["Selasa 24 Nov", "08.10 buku nikah diserahkan"]


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
