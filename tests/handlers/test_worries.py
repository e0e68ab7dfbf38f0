"""Who was asked for money, doubts us, or wants out reads what to do; and an answer to nothing is one."""

import pytest

from handlers.start.plain_words import happened, meaning_of, named_in, tells_of_a_death
from handlers.wording.layout import grouped
from tests.town import Town


async def test_who_was_asked_for_money_is_told_where_to_say_so(town: Town):
    assert "Tanya / lapor" not in await town.sari.says("diminta 50rb sama petugas")
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    assert "Ada yang minta uang? Tekan nomornya" in await town.sari.says("diminta 50rb sama petugas")
    await town.sari.taps(grouped(card.number), "Tanya / lapor …")
    assert "Ada yang minta uang" in town.sari.buttons


async def test_who_complains_is_told_where_and_when_and_what_they_wrote_is_no_name(town: Town):
    (card,) = await town.files("KK")
    for said in ("petugasnya galak", "saya mau lapor"):
        assert "Buka terdekat" in await town.sari.says(said)
    await town.follows(town.sari, card.number)
    assert "tekan nomornya, lalu “Tanya / lapor …”" in await town.sari.says("petugasnya galak")
    assert "angka terakhir" in await town.joko.says("lapor, jalan longsor")


@pytest.mark.parametrize(
    "said",
    [
        "istri saya wafat, bayar berapa",
        "alm bapak salah nama",
        "makasih, semoga almarhum tenang",
        "my wife died, how much",
    ],
)
async def test_whoever_tells_of_a_death_is_not_answered_as_if_there_was_none(town: Town, said: str):
    assert (await town.sari.says(said)).splitlines()[0] == "Turut berduka cita."
    assert "berduka" not in await town.warni.says(said)  # she asks for others


async def test_whoever_follows_and_tells_of_a_death_reads_that_we_are_sorry_and_where_it_is(town: Town):
    numbers = [(await town.files(kind))[0].number for kind in ("KK", "KTP")]
    for said in ("ibu saya meninggal, kapan KTP-nya jadi?", "bapak seda, dereng nampi"):
        for number in numbers:
            await town.follows(town.sari, number)
            heard = await town.sari.says(said)
            assert heard.splitlines()[0] == "Turut berduka cita."
            assert grouped(number) in heard
            assert any(grouped(number) in button for button in town.sari.buttons)


@pytest.mark.parametrize(
    "said",
    "bapak saya sudah tiada, bayar berapa|ibu kula sampun mboten wonten, pinten ragadipun|my mother is dead, how much"
    "|bapak ninggal wingi, kk piye|simbah sampun katimbalan|mbah kula tilar donya|meninggalnya bapak, bayar berapa"
    "|my father has died|bapak tiada. Di kantor bayar berapa?|suami meninggal dunia".split("|"),
)
def test_a_death_is_heard_however_it_is_told(said: str):
    assert tells_of_a_death(said)


@pytest.mark.parametrize(
    "said, meant",
    [
        ("my phone is dead", None),
        ("my phone died, when is it ready", "when"),
        ("pak lurah sudah tiada di kantor, jam berapa buka", "hours"),
        ("bapak tiada di kantor, kapan buka", "hours"),
        ("bapak sampun mboten wonten ing kantor, bikak jam pinten", "hours"),
        ("kula tilar berkas wonten balai desa, regine pinten", "cost"),
        ("resine ninggal ning omah", None),
        ("ibu ninggal resi neng omah, kapan dadi", "when"),
        ("resinya sudah tiada, kapan jadi", "when"),
        ("kapan jadi, saya mau meninggalkan desa besok", "when"),
        ("saya mau ambil, tapi saya meninggalkan resi di rumah", None),
        ("kula katimbalan dhateng kantor", "hours"),
        ("KTP ibu sampun kapundhut?", "when"),
        ("bapak wis ora ana wektu njupuk, piye", "help"),
        ("ibu sampun mboten wonten wekdal, kapan dados", "when"),
    ],
)
def test_nobody_is_mourned_who_is_away_or_left_something_behind(said: str, meant: str | None):
    assert not tells_of_a_death(said)
    assert not named_in(said, {"death": happened("death")})
    assert meaning_of(said) == meant


async def test_who_fears_for_a_file_sees_where_it_is(town: Town):
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    for said in ("saya khawatir berkas saya hilang", "kula kuwatir berkas kula ical", "are my papers lost?"):
        assert grouped(card.number) in (await town.sari.says(said)).splitlines()[0]


async def test_who_follows_nothing_of_what_they_stop_reads_so(town: Town):
    (card,) = await town.files("KK")
    (other,) = await town.files("KTP")
    unfollowed = f"Nomor ini tidak diikuti: {grouped(card.number)}."
    assert await town.sari.says(f"/berhenti {card.number}") == unfollowed
    await town.follows(town.sari, card.number)
    await town.follows(town.sari, other.number)
    assert "Kabar dihentikan" in await town.sari.says(f"/berhenti {card.number}")
    again = await town.sari.says(f"/berhenti {card.number}")  # as a second answer after a crash
    assert again.splitlines() == [unfollowed, "Hentikan kabar untuk nomor mana?"]
    assert f"KTP-el · {grouped(other.number)}" in town.sari.buttons


async def test_who_reads_a_wrong_name_is_told_where_to_go_with_what(town: Town):
    assert "Bawa dokumen dan buktinya" in await town.sari.says("nama saya salah tulis")
    assert "Tanya / lapor" not in town.sari.screen
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    assert "tekan nomornya, lalu “Tanya / lapor …”" in await town.sari.says("salah nama di kk")
    await town.sari.taps(grouped(card.number))
    assert "Tanya / lapor …" in town.sari.buttons


async def test_who_wants_to_withdraw_is_sent_to_the_village_and_an_officer_to_what_they_tapped(town: Town):
    assert "Mohon sampaikan kepada kantor desa" in await town.sari.says("saya mau batal")
    assert "Tekan “Urungkan” di kartu itu" in await town.warni.says("saya salah tekan")


async def test_who_follows_more_than_a_message_holds_reads_of_all(town: Town):
    cards = [(await town.files("KK"))[0] for _ in range(12)]
    for card in cards:
        await town.follows(town.sari, card.number)
    said = await town.sari.says("kapan jadi?")
    assert all(grouped(card.number) in said for card in cards)


async def test_who_doubts_us_is_shown_how_to_check_and_what_is_kept(town: Town):
    assert "@jekduk_bot" in await town.sari.says("ini penipuan ya?")
    assert "Pengelola: Kecamatan Petungkriyono." in await town.sari.says("data saya aman?")


@pytest.mark.parametrize("said", ["iya", "tidak", "mboten", "wkwkwk", "yes", "besok"])
async def test_an_answer_to_nothing_is_no_name_for_a_number(town: Town, said: str):
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    assert "nama untuk salah satu nomor" not in await town.sari.says(said)
