"""Guessing numbers, as a person meets it: the limit, its pause, and what does not count."""

import pytest

from handlers.follow.buttons import FollowNumber, UnfollowNumber
from handlers.lookup.buttons import ShowHistory, ShowStatus
from handlers.wording.layout import grouped
from storage import guesses
from storage.numbers import draw
from tests.town import Town

GUESSES = ["200000000008", "200000001377", "200000002740", "200000004113", "200000005482", "200000006856"]


async def test_guessing_numbers_ends_in_a_pause_in_which_followed_numbers_still_answer(town: Town):
    (card,) = await town.files("KK")
    (other,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    for guess in GUESSES[:5]:
        assert "tidak ada di catatan" in await town.sari.says(guess)
    assert "Terlalu banyak nomor" in await town.sari.says(GUESSES[5])
    assert "Terlalu banyak nomor" in await town.sari.says(other.number)
    assert "Kartu Keluarga" in await town.sari.says(card.number)
    town.clock += 61 * 60 * 1000
    assert "Kartu Keluarga" in await town.sari.says(other.number)


async def test_guessing_by_asking_to_be_told_is_guessing_too(town: Town):
    (card,) = await town.files("KK")
    await town.sari.says("/daftar " + " ".join(GUESSES[:5]))
    assert "Terlalu banyak nomor" in await town.sari.says(f"/daftar {card.number}")
    assert "Terlalu banyak nomor" in await town.sari.says(GUESSES[5])


async def test_ten_numbers_in_one_message_are_ten_guesses(town: Town):
    (card,) = await town.files("KK")
    answer = await town.sari.says(" ".join([*GUESSES, card.number]))
    assert (answer.count("tidak ada di catatan"), answer.count("Terlalu banyak nomor")) == (5, 1)
    assert "Kartu Keluarga" not in answer
    assert "coba lagi sesudah Selasa 24 Nov pukul 09.10" in await town.sari.says(card.number)


async def test_a_slip_is_no_guess(town: Town):
    (card,) = await town.files("KK")
    for guess in GUESSES:
        assert "angka yang keliru" in await town.sari.says(guess[:-1] + str((int(guess[-1]) + 1) % 10))
    assert "Kartu Keluarga" in await town.sari.says(card.number)


async def test_to_be_forgotten_does_not_let_one_guess_again(town: Town):
    await town.sari.says(" ".join(GUESSES))
    await town.sari.says("/hapus")
    await town.sari.taps("Ya, hapus")
    assert "Terlalu banyak nomor" in await town.sari.says(GUESSES[5])
    assert "Terlalu banyak nomor" in await town.sari.says(f"/daftar {GUESSES[5]}")


async def test_who_asks_for_what_is_there_is_answered_however_many_others_guess(town: Town):
    (card,) = await town.files("KK")
    async with town.storage.transaction() as tx:
        for stranger in range(60):
            await guesses.count(tx, stranger, [draw() for _ in range(5)], town.clock)
    assert "Kartu Keluarga" in await town.sari.says(f"/start {card.number}")
    await town.sari.taps("Kabari saya")
    for guess in GUESSES[:2]:
        assert "not in our records" in await town.emma.says(guess)
    assert "Try again after Tuesday 24 Nov at 09:10" in await town.emma.says(GUESSES[2])
    assert "Kartu Keluarga" in await town.sari.says(card.number)


@pytest.mark.parametrize(
    "button", [FollowNumber, ShowHistory, ShowStatus, UnfollowNumber], ids=lambda one: one.__name__
)
async def test_a_forged_button_is_a_guess_too(town: Town, button):
    (card,) = await town.files("KK")
    await town.sari.says("/start")
    for guess in GUESSES:
        await town.sari.forges(button(guess))
    await town.sari.says("/hapus")
    await town.sari.taps("Ya, hapus")
    assert "Terlalu banyak nomor" in await town.sari.says(card.number)


async def test_in_the_pause_a_forged_button_shows_nothing_and_follows_nothing(town: Town):
    (card,) = await town.files("KK")
    await town.sari.says(" ".join(GUESSES))
    await town.sari.forges(ShowHistory(card.number))
    assert "Terdaftar" not in town.sari.screen
    await town.sari.forges(FollowNumber(card.number))
    assert "Terlalu banyak nomor" in town.sari.alert
    assert "belum mengikuti nomor apa pun" in await town.sari.says("/status")


async def test_to_ask_twice_for_the_same_number_is_one_guess(town: Town):
    for _ in range(6):
        assert "dikabari bila sudah ada" in await town.sari.says(f"/daftar {GUESSES[0]}")
    for number in GUESSES[1:4]:
        await town.sari.says(number)
    assert "tidak ada di catatan" in await town.sari.says(GUESSES[4])
    assert "Terlalu banyak" in await town.sari.says(GUESSES[5])
    assert "tidak ada di catatan" in await town.sari.says(GUESSES[4])
    assert "dikabari bila sudah ada" in await town.sari.taps("Kabari bila sudah ada")


async def test_a_number_is_one_guess_however_it_is_spelled_and_whichever_way_it_comes(town: Town):
    (card,) = await town.files("KK")
    number = GUESSES[0]
    spelled = [
        number, grouped(number), "２０００－００００－０００８", "\u2066200000\u2069 000008", "٢٠٠٠٠٠٠٠٠٠٠٨",
        f"/status {number}", f"/start {number}", f"/daftar {number}", f"t.me/jekduk_bot?start={number}",
        "200.000.000.008", f"{number} {number}", f"2000 0000 0008, KTP 2 lembar {number}",
    ]  # fmt: skip
    for one in spelled:
        await town.sari.says(one)
    for button in (FollowNumber, ShowHistory, ShowStatus, UnfollowNumber):
        await town.sari.forges(button(number))
    async with town.storage.reading() as tx:
        assert await guesses.of_all(tx, town.clock) == 1
    assert "Kartu Keluarga" in await town.sari.says(card.number)


async def test_to_wait_no_longer_is_no_guess(town: Town):
    for number in GUESSES[:3]:
        await town.sari.says(number)
        await town.sari.taps("Kabari bila sudah ada")
    for number in GUESSES[:3]:
        await town.sari.says(number)
        assert "mungkin belum didaftarkan" in await town.sari.taps("Hentikan kabar")
    assert "tidak ada di catatan" in await town.sari.says(GUESSES[4])
