"""What is written under a picture, mended, quoted or behind a command is read as any text is."""

import pytest

from handlers.wording.layout import grouped
from tests.storage.cast import ask
from tests.town import Town

PAPER = b"not a real picture"


@pytest.mark.parametrize("caption", ["{}", "resi {} nggih", "/status {}"])
@pytest.mark.parametrize("kind", ["photo", "document"])
async def test_a_number_under_a_picture_is_answered_and_the_picture_not_kept(town: Town, kind: str, caption: str):
    (card,) = await town.files("KK")
    said = caption.format(grouped(card.number))
    if kind == "photo":
        town.sari.phone.photo(PAPER, said)
    else:
        town.sari.phone.document(PAPER, "kk.pdf", caption=said)
    await town.settled()
    assert town.sari.screen.splitlines()[0] == f"Kartu Keluarga · {grouped(card.number)}"
    assert "tidak kami simpan" in town.sari.screen


@pytest.mark.parametrize(
    "caption, answer",
    [
        ("ini KTP saya", "tidak kami simpan"),
        ("3326015708950002", "Jangan kirim NIK"),
        ("563185915429", "angka yang keliru"),
        ("/bahasa", "Basa Jawi"),
    ],
)
async def test_what_else_stands_under_a_picture_is_answered_too(town: Town, caption: str, answer: str):
    town.sari.phone.photo(PAPER, caption)
    await town.settled()
    assert answer in town.sari.screen + "".join(town.sari.buttons)


@pytest.mark.parametrize("spelling", ["{}", "/status {}"])
async def test_a_message_that_was_mended_is_answered_anew(town: Town, spelling: str):
    (card,) = await town.files("KK")
    message = town.sari.phone.say(spelling.format(card.number[:-1]))
    await town.settled()
    assert "12 angka" in town.sari.screen
    town.sari.phone.edit(message, spelling.format(card.number))
    await town.settled()
    assert len(town.sari.heard) == 2
    assert town.sari.screen.splitlines()[0] == f"Kartu Keluarga · {grouped(card.number)}"


async def test_last_digits_that_were_mended_are_answered_anew(town: Town):
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    for who in (town.sari, town.warni):
        message = who.phone.say(card.number[-4:-1])
        await town.settled()
        who.phone.edit(message, card.number[-4:])
        await town.settled()
        assert who.screen.splitlines()[0] == f"Kartu Keluarga · {grouped(card.number)}"
    message = town.sari.phone.say(f"{card.number[-4:-1]} = Ibu")
    await town.settled()
    town.sari.phone.edit(message, f"{card.number[-4:]} = Ibu")
    await town.settled()
    assert await ask(town.storage, "select name from follow") == [("Ibu",)]


@pytest.mark.parametrize(
    "who, first, then, heard",
    [
        ("warni", "/cari KK", "/cari 3 4 5", "345"),
        ("hadi", "/tutup besok", "/tutup 24/12", "Kamis 24 Des"),
        ("hadi", "/umumkan", "/umumkan Loket tutup Jumat", "Siapa yang menerima?"),
        ("joko", "/label motor bru", "/label motor biru", "motor biru"),
    ],
)
async def test_a_command_that_reads_what_stands_behind_it_reads_what_was_mended(town: Town, who, first, then, heard):
    someone = getattr(town, who)
    message = someone.phone.say(first)
    await town.settled()
    someone.forgets()
    someone.phone.edit(message, then)
    await town.settled()
    assert heard in someone.screen


async def test_a_name_that_was_mended_in_answer_to_its_card_is_the_name(town: Town):
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    await town.sari.says(card.number)
    await town.sari.taps("Beri nama")
    message = town.sari.phone.say("Kartu ibuk", town.sari.last.id)
    await town.settled()
    town.sari.phone.edit(message, "Kartu Ibu")
    await town.settled()
    assert await ask(town.storage, "select name from follow") == [("Kartu Ibu",)]


async def test_what_is_mended_acts_on_nothing(town: Town):
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    message = town.sari.phone.say("halo")
    await town.settled()
    town.sari.forgets()
    for said in ("halo lagi", "makasih 🙏", " "):
        town.sari.phone.edit(message, said)
        await town.settled()
    assert town.sari.heard == []
    for said in ("/hapus", "/berhenti", "RT 003 kok belum"):
        town.sari.phone.edit(message, said)
        await town.settled()
    assert town.sari.heard == ["Perubahan tadi tidak kami baca. Mohon tulis sebagai pesan baru."] * 3
    assert await ask(town.storage, "select number from follow") == [(card.number,)]


async def test_an_answer_to_a_message_with_a_number_is_about_that_number(town: Town):
    (card,) = await town.files("KK")
    message = town.sari.phone.say(card.number)
    await town.settled()
    town.sari.phone.say("kapan jadi?", reply_to=message.id)
    await town.settled()
    assert "Kartu Keluarga" in town.sari.screen
    await town.follows(town.sari, card.number)
    town.sari.phone.say("/berhenti", reply_to=message.id)
    await town.settled()
    assert await ask(town.storage, "select number from follow") == []


async def test_a_contact_whose_telephone_is_a_number_is_read(town: Town):
    (card,) = await town.files("KK")
    town.sari.phone.contact(card.number)
    await town.settled()
    assert "Kartu Keluarga" in town.sari.screen


@pytest.mark.parametrize(
    "command", ["/hapus", "/berhenti", "/bantuan", "/bahasa", "/kabar", "/dataku", "/asli", "/foo"]
)
async def test_a_nik_behind_a_command_is_refused_whatever_that_reads(town: Town, command: str):
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    assert "Jangan kirim NIK" in await town.sari.says(f"{command} NIK 3326 0157 0895 0002")
    assert await ask(town.storage, "select number from follow") == [(card.number,)]


@pytest.mark.parametrize("command", ["/tugas", "/baru", "/label", "/undang", "/tutup", "/statistik"])
async def test_a_nik_that_staff_write_behind_a_command_is_refused(town: Town, command: str):
    for who in (town.warni, town.joko, town.hadi):
        assert "Jangan kirim NIK" in await who.says(f"{command} 3326015708950002")


@pytest.mark.parametrize("said", ["/cari{}", "/cari_{}", "/CARI{}"])
async def test_last_digits_right_behind_a_command_are_looked_for(town: Town, said: str):
    (card,) = await town.files("KK")
    assert grouped(card.number) in await town.warni.says(said.format(card.number[-4:]))


async def test_a_number_right_behind_a_command_is_what_the_command_is_about(town: Town):
    (card,) = await town.files("KK")
    await town.sari.says(f"/ikuti{card.number}")
    assert await ask(town.storage, "select number from follow") == [(card.number,)]
    await town.sari.says(f"/berhenti_{card.number}")
    assert await ask(town.storage, "select number from follow") == []


@pytest.mark.parametrize("said", ["/{}", "/status{}"])
async def test_a_number_right_behind_a_slash_or_a_command_is_answered(town: Town, said: str):
    (card,) = await town.files("KK")
    assert "Kartu Keluarga" in await town.sari.says(said.format(card.number))


@pytest.mark.parametrize("digits", ["{}", "{0[0]} {0[1]}-{0[2]}{0[3]}"])
async def test_the_digits_in_the_name_of_the_bot_are_not_looked_for(town: Town, digits: str):
    (card,) = await town.files("KK")
    await town.kill()
    town.telegram.json()["username"] = "jekduk24_bot"
    await town.start()
    await town.warni.says(f"/cari@jekduk24_bot {digits.format(card.number[-4:])}")
    assert grouped(card.number) in "".join([town.warni.screen, *town.warni.buttons])


async def test_digits_to_look_for_may_be_of_any_script(town: Town):
    (card,) = await town.files("KK")
    wide = "".join(chr(0xFF10 + int(digit)) for digit in card.number[-4:])
    await town.warni.says(f"/cari {wide}")
    assert grouped(card.number) in "".join([town.warni.screen, *town.warni.buttons])


@pytest.mark.parametrize(
    "said",
    ["081234567890", "0812-3456-789", "0812 3456 78", "+62 812 3456 7890", "6281234567890", "hp saya 081234567890"],
)
async def test_a_telephone_is_told_to_be_one_and_goes_nowhere(town: Town, said: str):
    for who in (town.sari, town.warni):
        heard = await who.says(said)
        assert heard.startswith("Ini tampaknya nomor telepon; tidak kami simpan.")
        assert "12 angka di kertas resi" in heard
        assert "345" not in heard


async def test_last_digits_open_only_what_the_chat_follows_and_digits_are_counted(town: Town):
    (card,) = await town.files("KK")
    assert "12 angka. Kode ambil 4 angka" in await town.sari.says(card.number[-4:])
    assert "yang ini 11 angka" in await town.sari.says(card.number[:-1])
    assert "yang ini 13 angka" in await town.sari.says(f"{card.number}0")
    await town.follows(town.sari, card.number)
    assert "Kartu Keluarga" in await town.sari.says(card.number[-4:])
    assert grouped(card.number) in await town.warni.says(f"cari {card.number[-4:]}")


@pytest.mark.parametrize(
    "said",
    [
        "/status {}",
        "/status …{}",
        "nomor {} gimana",
        "{} ibu",
        "kapan jadi yang {} (tahun 2026)",
        "/status {} 2026",
        "/status {} hp 081234567890",
        "yang {} dari 24/11/2026",
    ],
)
async def test_last_digits_amid_words_or_behind_a_command_are_of_what_one_follows(town: Town, said: str):
    card, other = [(await town.files(kind))[0] for kind in ("KK", "KTP")]
    for each in (card, other):
        await town.follows(town.sari, each.number)
    heard = await town.sari.says(said.format(card.number[-4:]))
    assert heard.splitlines()[0] == f"Kartu Keluarga · {grouped(card.number)}"
    assert grouped(other.number) not in heard
    assert grouped(card.number) not in await town.emma.says(said.format(card.number[-4:]))


@pytest.mark.parametrize(
    "said",
    ["ini {} dan 1234 sudah jadi?", "/status 2345 6789 {}", "{} dan 123456789012 sudah jadi?", "/status {} 2019 2020"],
)
async def test_beside_digits_that_end_nothing_one_of_two_is_not_picked(town: Town, said: str):
    card, other = [(await town.files(kind))[0] for kind in ("KK", "KTP")]
    for each in (card, other):
        await town.follows(town.sari, each.number)
    heard = await town.sari.says(said.format(card.number[-4:]))
    assert (grouped(card.number) in heard) == (grouped(other.number) in heard), heard  # "sudah jadi?" shows all


async def test_of_last_digits_amid_other_words_the_words_count(town: Town):
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    assert await town.sari.says(f"makasih {card.number[-4:]}")
    assert town.sari.screen.startswith("Sama-sama.")
    assert "nomor mana" in await town.sari.says(f"berhenti {card.number[-4:]}")
    assert "Nomor yang Bapak/Ibu ikuti" in await town.sari.says("/status Ibu")
    assert "/cari 5492" in await town.joko.says(f"/status {card.number[-4:]}")


@pytest.mark.parametrize(
    "said, heard",
    [
        ("/menu", "/status"),
        ("/syarat kk", "Syarat KK:"),
        ("/lapor pungli", "Jangan membayar"),
        ("/Batal", "Mau membatalkan permohonan?"),
        ("/foo", "tidak kami kenal"),
        ("/menu@other_bot", "tidak kami kenal"),
    ],
)
async def test_a_word_that_is_known_is_heard_with_a_slash_before_it(town: Town, said: str, heard: str):
    assert heard in await town.sari.says(said)
