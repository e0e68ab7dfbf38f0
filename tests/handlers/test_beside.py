"""Days, hours, sums of money and other offices' numbers in what people say are not taken for a receipt number."""

import pytest

from handlers.wording.layout import grouped
from storage.masking.asides import left_out
from storage.numbers import find
from tests.town import Town


@pytest.mark.parametrize(
    "said, first",
    [
        ("tanggal 24-12-2026 buka?", "Loket kecamatan"),
        ("jam 08.00-14.00 buka?", "Loket kecamatan"),
        ("tgl 24-11-2026 08.00-12.00 buka?", "Loket kecamatan"),
        ("bapak meninggal 20-11-2026", "Turut berduka cita."),
        ("anak lahir 20 11 2026, syarat akta", "Syarat Akta lahir:"),
        ("saya lahir 17/08/1995 mau bikin ktp", "Syarat KTP-el:"),
        ("bayar 150.000 katanya", "Layanan ini gratis."),
        ("katanya 150.000,00 pak", "Layanan ini gratis."),
        ("diminta Rp150.000,00", "Layanan ini gratis."),
        ("dimintai Rp. 1.250.000,-", "Layanan ini gratis."),
        ("akta 3326-LT-24112026-0001 salah nama", "Ada yang salah tulis?"),
    ],
)
async def test_whoever_names_a_day_or_a_sum_is_answered_what_they_ask(town: Town, said: str, first: str):
    assert (await town.sari.says(said)).startswith(first)
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    assert (await town.sari.says(said)).startswith(first)


@pytest.mark.parametrize("said", ["KK daftar 24-11-2026 sudah jadi?", "24/11/2026 08.10 kulo setor, pun dados dereng"])
async def test_whoever_names_the_day_of_what_they_follow_sees_where_it_is(town: Town, said: str):
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    assert grouped(card.number) in (await town.sari.says(said)).splitlines()[0]


@pytest.mark.parametrize(
    "said, told",
    [
        ("resi 563185915 daftar 24-11-2026 kapan jadi", "12 angka"),
        ("nomor 56318591549 kapan jadi", "12 angka"),
        ("5631 8591 5493 kapan jadi", "keliru"),
        ("563,185,915,493 kapan jadi", "keliru"),
        ("kapan jadi, NIK 3326015708950002", "Jangan kirim NIK"),
        ("hp saya 081234567890, tgl 24-11-2026 kapan jadi", "nomor telepon"),
        ("24-11-2026", "12 angka"),
    ],
)
async def test_what_was_meant_for_a_number_is_still_told_to_be_none(town: Town, said: str, told: str):
    assert told in await town.sari.says(said)


@pytest.mark.parametrize(
    "number", ["563185915492", "5631 8591 5492", "5631-8591-5492", "5631.8591.5492", "563 185 915 492"]
)
def test_of_a_receipt_number_nothing_is_left_out(number):
    assert find(left_out(f"resi {number}, 24-11-2026")).good == ("563185915492",)


@pytest.mark.parametrize("hour", range(7, 17))
@pytest.mark.parametrize("day", ["24-11-2026", "25/11/2026", "2026-11-24"])
def test_a_day_and_an_hour_are_by_no_chance_a_number(day, hour):
    assert not [minute for minute in range(60) if find(f"{day} {hour:02}.{minute:02}").good]
