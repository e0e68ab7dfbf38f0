"""What anybody sees of a number, and what guessing leads to."""

import pytest

from handlers.wording.layout import grouped
from storage.records import DAY
from tests.town import Town

GUESSES = ["200000000008", "200000001377", "200000002740", "200000004113", "200000005482", "200000006856"]


@pytest.mark.parametrize(
    "spelling",
    [
        "{0}{1}{2}",
        "{0} {1} {2}",
        "{0}.{1}.{2}",
        "resi: {0}-{1}-{2} ya",
        "/status {0}{1} {2}",
        "{0} strip {1} strip {2}",
    ],
)
async def test_a_number_in_any_spelling_shows_where_the_document_is(town: Town, spelling: str):
    (card,) = await town.files("KK")
    number = card.number
    shown = await town.sari.says(spelling.format(number[:4], number[4:8], number[8:]))
    assert shown.splitlines()[0] == f"Kartu Keluarga · {grouped(number)}"
    assert "Berkas di kantor desa Tlogopakis sejak Selasa 24 Nov." in shown
    assert "Gratis" in shown


async def test_a_deep_link_shows_the_same_as_the_number(town: Town):
    (card,) = await town.files("KK")
    town.sari.phone.start(card.number)
    await town.settled()
    linked = town.sari.screen
    assert linked == await town.sari.says(card.number)


@pytest.mark.parametrize(
    "beside",
    ["{} 24-11-2026", "24/11/2026 {}", "{} 08.10 WIB", "KK 2026 {}", "{}\n0812 3456 7890", "+62 812-3456-7890, {}"],
)
async def test_a_filed_number_is_answered_whatever_stands_beside_it(town: Town, beside: str):
    (card,) = await town.files("KK")
    shown = await town.sari.says(beside.format(grouped(card.number)))
    assert shown.splitlines()[0] == f"Kartu Keluarga · {grouped(card.number)}"
    assert "NIK" not in shown
    assert "keliru" not in shown


@pytest.mark.parametrize("said", ["{0} dan {1}", "{0}, {1}", "{0}\n{1}", "KK {0} KTP {1}", "{0} {1}70"])
async def test_of_two_numbers_the_one_with_a_digit_too_few_or_too_many_is_named(town: Town, said: str):
    (card,) = await town.files("KK")
    shown = await town.sari.says(said.format(card.number, "23456789013"))
    assert grouped(card.number) in shown
    assert "12 angka" in shown
    assert ("2345 6789 013" in shown) == ("K" in said or "dan" in said)  # else it might have been a part of a NIK


@pytest.mark.parametrize("nik", ["3326015708950002", "3326 0157 0895 0002", "332601 570895 0002"])
async def test_beside_a_nik_a_filed_number_is_answered_and_the_nik_refused(town: Town, nik: str):
    (card,) = await town.files("KK")
    shown = await town.sari.says(f"{grouped(card.number)} {nik}")
    assert shown.splitlines()[0] == f"Kartu Keluarga · {grouped(card.number)}"
    assert "Jangan kirim NIK" in shown


async def test_what_is_struck_out_is_asked_for_alone_and_is_a_guess(town: Town):
    (card,) = await town.files("KK")
    for guess in GUESSES[:5]:
        assert "tanpa angka lain" in await town.sari.says(f"{grouped(guess)} 24-11-2026")
    assert "tanpa angka lain" in await town.sari.says(f"{grouped(card.number)} 24-11-2026")
    assert "Terlalu banyak nomor" in await town.sari.says(card.number)


async def test_very_many_numbers_and_a_date_are_asked_for_ten_at_a_time(town: Town):
    cards = [card.number for _ in range(11) for card in await town.files("KK")]
    assert "paling banyak 10 sekaligus" in await town.sari.says(f"{' '.join(cards)} 24-11-2026")


async def test_a_number_that_is_not_filed_can_be_waited_for(town: Town):
    assert "tidak ada di catatan kami" in await town.sari.says(GUESSES[0])
    await town.sari.taps("Kabari bila sudah ada")
    assert "berhenti menunggu, paling lambat 24 Des." in town.sari.alert
    assert "belum ada" in await town.sari.says("/status")


async def test_a_mistyped_number_is_called_a_slip(town: Town):
    (card,) = await town.files("KK")
    wrong = card.number[:-1] + str((int(card.number[-1]) + 1) % 10)
    assert (
        await town.sari.says(wrong)
        == f"{grouped(wrong)}: sepertinya ada angka yang keliru atau tertukar. Mohon cocokkan dengan resi."
    )


async def test_a_nik_is_refused_and_kept_nowhere(town: Town):
    assert "Jangan kirim NIK" in await town.sari.says("NIK saya 3326 0440 0101 9001")


async def test_a_death_is_told_in_plain_words(town: Town):
    documents = await town.files("AKM", "KK")
    shown = await town.sari.says(documents[0].number)
    await town.follows(town.sari, documents[0].number)
    await town.carries(documents[0], "to_district")
    await town.grace()
    assert not set("🏠🏢🏛🛵🔔🔕●✓") & set(shown + town.sari.screen + "".join(town.sari.phone.heard[0].buttons))


async def test_the_history_leaves_out_what_was_taken_back(town: Town):
    (card,) = await town.files("KK")
    await town.warni.says(card.number)
    await town.warni.taps("Bawa ke kecamatan", "Urungkan")
    await town.sari.says(card.number)
    history = await town.sari.taps("Riwayat")
    assert "Berkas di kantor desa Tlogopakis" in history
    assert "kecamatan" not in history


async def test_who_waits_for_longer_than_usual_is_not_told_to_wait_but_whom_to_ask(town: Town):
    (card,) = await town.files("KK")
    await town.carries(card, "to_registry")
    assert "cukup menunggu" in await town.sari.says(card.number)
    town.clock += 9 * DAY
    said = await town.sari.says(card.number)
    assert "Maaf, seharusnya sudah diterima Disdukcapil Selasa 24 Nov." in said
    assert "menunggu" not in said
    assert "Tanyakan ke kantor desa Tlogopakis (buka Kamis 3 Des). Gratis." in said
    for_staff = await town.warni.says(card.number)
    assert "seharusnya sudah diterima Disdukcapil" in for_staff
    assert "Tanyakan ke" not in for_staff  # she is that office


@pytest.mark.parametrize("stage", ["ready_at_district", "ready_at_village", "handed_over"])
async def test_staff_read_no_advice_that_is_for_families(town: Town, stage: str):
    (card,) = await town.files("KK")
    await town.carries(card, stage)
    for who in (town.warni, town.rina, town.joko, town.hadi):
        shown = await who.says(card.number)
        assert not [line for line in shown.splitlines() if "Bawa resi" in line or "tunggu" in line or "tanya" in line]
    assert "Gratis" in await town.sari.says(card.number) or stage == "handed_over"


async def test_staff_whose_work_it_is_do_not_read_that_they_need_not_do_anything(town: Town):
    (card,) = await town.files("KIA")
    await town.carries(card, "at_district")
    await town.rina.says(card.number)
    await town.rina.taps("⏸ Tunda …")
    await town.rina.taps("Listrik padam")
    await town.rina.taps("Rabu 25 Nov (1 hari kerja)")
    await town.rina.taps("✅ Tunda 1 berkas")
    assert "listrik padam" in await town.rina.says(card.number)
    assert "tidak perlu" not in town.rina.screen
    assert "tidak perlu datang" in await town.sari.says(card.number)
