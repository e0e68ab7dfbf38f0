"""A bag changes hands at a counter: one says how many, the other counts, and what is missing is looked for."""

import pytest

from handlers.consignments.buttons import ShowConsignment, TakeConsignment
from handlers.wording.layout import grouped
from storage.records import DAY, Document
from storage.road import consignments
from tests.handlers.test_told_legs import tail
from tests.storage.cast import ask
from tests.town import WORKFLOW, Town


async def brought(town: Town, count: int = 3) -> list[Document]:
    """Joko hands in so many papers at the district's counter, and its desk is asked to count."""
    found: list[Document] = []
    while len(found) < count:
        (card,) = await town.files("KK")
        if tail(card) not in map(tail, found):
            found.append(await town.carries(card, "to_district"))
    town.clock += 60_000
    await town.joko.says("/tugas")
    await town.joko.taps("Serahkan di kecamatan", "✅")
    await town.grace()
    return found


async def misses(town: Town, *missing: Document, by: str = "dicari yang membawa") -> str:
    await town.rina.taps("Ada yang kurang")
    for one in missing:
        await town.rina.taps(f"{tail(one)} · {one.type}")
    return await town.rina.taps(by)


@pytest.mark.parametrize(
    ("origin", "stage", "roles"),
    [
        ("to_district", "at_district", {"district_desk"}),
        ("at_district", "to_registry", set()),
        ("issued", "ready_at_district", set()),
    ],
    ids=["brought", "taken along", "sent: nobody carries it"],
)
def test_who_counts_receives_what_somebody_brings(origin: str, stage: str, roles: set[str]):
    assert consignments.takers(WORKFLOW, origin, stage) == roles


async def test_the_desk_counts_in_one_tap(any_town: Town):
    town = any_town
    papers = await brought(town)
    assert town.rina.screen.splitlines() == [
        "Petugas Jek-Duk 1 mengantar 3 berkas.",
        "Tlogopakis: KK 3",
        "Mohon dihitung.",
    ]
    assert town.rina.last.silent
    done = await town.rina.taps("✅ Semua 3 ada")
    assert done.startswith("Petugas loket kecamatan 1: 3 dari 3 sudah sampai")
    assert {(await town.document(one)).stage for one in papers} == {"at_district"}


@pytest.mark.parametrize(
    ("leg", "kinds"),
    [("✅ Serahkan di kecamatan", ("KK",)), ("✅ Keduanya", ("KK", "KIA"))],
    ids=["one", "of one number"],
)
async def test_what_is_given_on_the_card_of_its_number_is_counted_and_missed_as_a_bag_is(
    any_town: Town, leg: str, kinds: tuple[str, ...]
):
    town, n = any_town, len(kinds)
    papers = [await town.carries(one, "to_district") for one in await town.files(*kinds)]
    await town.joko.says(papers[0].number)
    await town.joko.taps(leg)
    await town.grace()
    assert town.rina.screen.startswith(f"Petugas Jek-Duk 1 mengantar {n} berkas.")
    assert town.rina.last.silent
    done = await misses(town, papers[0])
    assert f"{n - 1} dari {n} sudah sampai" in done
    assert [(await town.document(one)).hold for one in papers].count("tracing") == 1
    await town.grace()
    assert f"Belum sampai: …{tail(papers[0])}." in town.joko.screen


async def test_what_the_desk_takes_itself_on_the_card_of_its_number_nobody_counts(town: Town):
    (card,) = await town.files("KK")
    await town.carries(card, "to_district")
    for who, leg in ((town.rina, "Terima di kecamatan"), (town.joko, "Bawa ke Disdukcapil")):
        await who.says(card.number)
        await who.taps(f"✅ {leg}")
    assert await ask(town.storage, "select act from consignment") == []


async def test_nobody_has_to_count(town: Town):
    await brought(town)
    await town.rina.says("/tugas")
    assert not any("Hitung" in label for label in town.rina.buttons)
    await town.joko.says("/tugas")
    assert any("Bawa ke Disdukcapil (3)" in label for label in town.joko.buttons)


async def test_what_is_missing_is_named_held_and_looked_for(any_town: Town):
    town = any_town
    one, two, three = await brought(town)
    await town.follows(town.sari, two.number)
    done = await misses(town, two)
    assert "2 dari 3 sudah sampai" in done
    assert f"Belum sampai: …{tail(two)}." in done
    assert "Petugas Jek-Duk 1 mencarinya sampai Rabu 25 Nov." in done
    lost = await town.document(two)
    assert (lost.stage, lost.hold, lost.holder) == ("to_district", "tracing", two.holder)
    assert {(await town.document(paper)).stage for paper in (one, three)} == {"at_district"}
    await town.grace()
    assert town.sari.screen.splitlines()[1:] == [
        f"Kartu Keluarga {grouped(two.number)} sekarang: terakhir di jalan ke kecamatan.",
        "Belum ditemukan, sedang dicari petugas. Kami cek Rabu 25 Nov.",
    ]
    assert f"Belum sampai: …{tail(two)}." in town.joko.screen


async def test_the_village_hears_that_its_paper_is_looked_for_and_that_it_is_not(any_town: Town):
    town = any_town
    _, two, _ = await brought(town)
    for who in (town.warni, town.kayupuring):
        who.forgets()
    await misses(town, two)
    await town.grace()
    [said] = town.warni.heard
    assert "terakhir di jalan ke kecamatan" in said
    assert "Belum ditemukan, sedang dicari petugas." in said
    await town.rina.taps("Urungkan")
    await town.grace()
    assert len(town.warni.heard) == 2
    assert town.kayupuring.heard == []


async def test_no_day_that_is_over_is_named_as_the_last_on_which_it_is_looked_for(town: Town):
    _, two, _ = await brought(town)
    async with town.storage.reading() as tx:
        (one,) = await tx.all("open_consignments", since=0, before=town.clock + 1)
    await misses(town, two)
    town.clock += 3 * DAY
    await town.rina.forges(ShowConsignment(one[0]))
    assert f"Belum sampai: …{tail(two)}." in town.rina.screen
    assert "mencarinya sampai" not in town.rina.screen


async def test_it_ends_by_itself_when_it_turns_up(any_town: Town):
    town = any_town
    _, two, _ = await brought(town)
    await misses(town, two)
    await town.grace()
    await town.joko.taps("🔎", "✅ Serahkan di kecamatan")
    found = await town.document(two)
    assert (found.stage, found.hold) == ("at_district", None)


async def test_who_looks_for_it_stands_on_the_card_of_what_stands_still(town: Town):
    _, two, _ = await brought(town)
    await misses(town, two, by="kami cari")
    await town.rina.says("/tugas")
    await town.rina.taps("⏸", "1 ·")
    assert "Dicari oleh: petugas loket kecamatan 1." in town.rina.screen


async def test_the_desk_takes_back_what_it_said_was_missing(any_town: Town):
    town = any_town
    _, two, _ = await brought(town)
    await misses(town, two)
    await town.rina.taps("Urungkan")
    found = await town.document(two)
    assert (found.stage, found.hold) == ("at_district", None)


async def test_what_is_counted_can_no_longer_be_taken_back(any_town: Town):
    town = any_town
    papers = await brought(town)
    await town.rina.taps("✅ Semua 3 ada")
    await town.joko.taps("Urungkan")
    assert "terlambat" in town.joko.alert
    assert {(await town.document(one)).stage for one in papers} == {"at_district"}


async def test_what_the_courier_takes_back_is_not_counted(town: Town):
    papers = await brought(town)
    await town.joko.taps("Urungkan")
    await town.rina.taps("✅ Semua 3 ada")
    assert "Sudah berubah" in town.rina.alert
    assert {(await town.document(one)).stage for one in papers} == {"to_district"}


async def test_a_second_tap_counts_nothing_more(any_town: Town):
    town = any_town
    _, two, _ = await brought(town)
    await town.rina.taps("Ada yang kurang")
    await town.rina.taps(tail(two))
    await town.rina.taps("dicari yang membawa", times=2)
    assert (await town.document(two)).version == two.version + 2


async def test_the_courier_cannot_count_for_the_desk(town: Town):
    await brought(town)
    async with town.storage.reading() as tx:
        (one,) = await tx.all("open_consignments", since=0, before=town.clock + 1)
    await town.joko.forges(TakeConsignment(one[0], 0, 0))
    assert "Ini tugas petugas lain" in town.joko.alert


async def test_what_came_wet_is_noted_for_both(town: Town):
    one, _, _ = await brought(town)
    await town.rina.taps("Ada yang kurang", "basah")
    await town.rina.taps(tail(one))
    done = await town.rina.taps("✅ Semua 3 ada")
    assert f"Basah: …{tail(one)}." in done


async def test_what_nobody_counted_for_a_working_day_is_a_task(any_town: Town):
    town = any_town
    await brought(town)
    await town.passes(24 * 3600)
    await town.rina.says("/tugas")
    await town.rina.taps("Hitung: 3 diantar sejak", "✅ Semua 3 ada")
    await town.rina.says("/tugas")
    assert not any("Hitung" in label for label in town.rina.buttons)


async def test_what_went_on_is_counted(town: Town):
    await brought(town)
    await town.slamet.says("/tugas")
    await town.slamet.taps("Disdukcapil (3)", "✅")
    await town.passes(24 * 3600)
    await town.rina.says("/tugas")
    assert not any("Hitung" in label for label in town.rina.buttons)


async def test_what_a_colleague_marks_meanwhile_is_shown_first(town: Town):
    _, two, _ = await brought(town)
    async with town.storage.transaction() as tx:
        (one,) = await tx.all("open_consignments", since=0, before=town.clock + 1)
        await consignments.mark(tx, one[0], two.id, consignments.MISSING)
    await town.rina.taps("✅ Semua 3 ada")
    assert "Sudah berubah" in town.rina.alert
    assert any("dicari" in label for label in town.rina.buttons)


async def test_one_too_few_and_one_too_many_at_once(town: Town):
    _, two, _ = await brought(town)
    extra = await town.carries((await town.files("KK"))[0], "to_district")
    await misses(town, two)
    await town.rina.says(extra.number)
    await town.rina.taps("✅ Terima di kecamatan")
    assert (await town.document(extra)).stage == "at_district"
    assert (await town.document(two)).hold == "tracing"


async def test_the_history_tells_staff_in_what_state_a_paper_was_counted(any_town: Town):
    town = any_town
    one, two, _ = await brought(town)
    await town.follows(town.sari, one.number)
    await town.rina.taps("Ada yang kurang", "basah")
    await town.rina.taps(tail(one))
    await town.rina.taps("✅")
    await town.rina.says(one.number)
    history = await town.rina.taps("Riwayat")
    assert history.splitlines()[-1] == "   saat dihitung basah: KK"
    await town.rina.says(two.number)
    assert "basah" not in await town.rina.taps("Riwayat")
    await town.sari.says(one.number)
    assert "basah" not in await town.sari.taps("Riwayat")
