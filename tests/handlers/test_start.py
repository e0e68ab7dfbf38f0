"""The first words, and whatever is sent that means nothing to us."""

import pytest

from handlers.context import request_of
from handlers.documents.buttons import TakeLeg
from handlers.start.handlers import came_or_went
from handlers.update import Update
from handlers.wording.layout import grouped
from storage import outbox
from storage.numbers import EXAMPLE
from tests.town import Town


async def test_the_language_changes_at_once_and_stays(town: Town):
    await town.sari.says("/bahasa")
    assert "Welcome" in await town.sari.taps("English")
    assert "tap “Tell me”" in await town.sari.says("/daftar")


@pytest.mark.parametrize(
    "who, said",
    [
        ("sari", "The numbers you follow:"),
        ("warni", "Tasks · "),
        ("hadi", "What stands still · "),
        ("paijo", "Welcome"),
    ],
)
async def test_whoever_chooses_a_language_reads_in_it_what_they_have_here(town: Town, who: str, said: str):
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    someone = getattr(town, who)
    await someone.says("/bahasa")
    assert said in await someone.taps("English")


async def test_who_comes_by_a_link_that_says_nothing_to_us_is_welcome(town: Town):
    assert (await town.sari.says("/start facebook")).startswith("Selamat datang")
    assert "sepertinya ada angka yang keliru" in await town.sari.says("/start 563185915429")


@pytest.mark.parametrize("word", ["halo", "🙏", "a" * 4096, "/apaini", "12345"])
async def test_stray_words_get_a_short_useful_answer(town: Town, word: str):
    answer = await town.sari.says(word)
    assert len(answer) < 180
    assert "12 angka" in answer or "/bantuan" in answer


async def test_photos_voices_and_stickers_get_a_short_answer(town: Town):
    town.sari.phone.photo(b"not a real picture")
    town.sari.phone.sticker()
    town.sari.phone.voice()
    await town.settled()
    assert len(town.sari.heard) == 3
    assert "foto" in town.sari.heard[0].lower()


@pytest.mark.parametrize(
    "content",
    [
        {"users_shared": {"request_id": 1, "users": []}},
        {"web_app_data": {"data": "5492", "button_text": "OK"}},
        {"dice": {"emoji": "🎲", "value": 3}},
    ],
)
async def test_whatever_a_person_sends_is_answered_in_a_sentence_and_what_telegram_tells_is_not(town: Town, content):
    town.sari.phone.write(content)
    town.warni.phone.write(content)
    town.sari.phone.write({"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}})
    await town.settled()
    [answer] = town.sari.heard
    assert "12 angka" in answer
    assert "/tugas" in town.warni.screen


async def test_an_edited_message_and_a_group_get_silence(town: Town):
    message = town.sari.phone.say("halo")
    await town.settled()
    town.sari.forgets()
    town.sari.phone.edit(message, "halo lagi")
    group = town.sandbox.group("Desa", "group")
    window = group.add_person(town.sari.person.user)
    group.add_bot(town.telegram, town.sari.person.user)
    await town.settled()
    welcomed = list(window.heard)
    window.say(EXAMPLE)
    await town.settled()
    assert town.sari.heard == []
    assert window.heard == welcomed


@pytest.mark.parametrize(
    "data", ["", "zzz", "t:1:2:3:4:5", "s:12", "t:zzzzzzzzzzzzzzzzz:1:issued", "x" * 80, "f:000000000000"]
)
async def test_forged_taps_are_refused_politely(town: Town, data: str):
    await town.sari.says("/start")
    await town.sari.forges(data or " ")
    assert "Tombol ini sudah tidak berlaku" in town.sari.alert


async def test_a_citizen_cannot_press_an_officers_button(town: Town):
    (card,) = await town.files("KK")
    await town.sari.says(card.number)
    await town.sari.forges(TakeLeg(card.id, card.version, "to_district"))
    assert "petugas" in town.sari.alert
    assert (await town.document(card)).stage == "filed"


async def test_whoever_writes_can_be_reached_again(town: Town):
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    async with town.storage.transaction() as tx:
        await outbox.lose(tx, town.sari.chat, "not found", town.clock)
    await town.carries(card, "to_district")
    await town.grace()
    assert town.sari.heard == []
    await town.sari.says("/status")
    assert sum("Berangkat ke kecamatan" in text for text in town.sari.heard) == 1


async def test_start_shows_staff_their_work_and_followers_their_numbers(town: Town):
    (card,) = await town.files("KK", by="ningsih")
    assert "Selamat datang" in await town.sari.says("/start")
    await town.follows(town.sari, card.number)
    assert "Nomor yang Bapak/Ibu ikuti" in await town.sari.says("/start")
    assert "Tugas" in await town.joko.says("/start")
    assert "Yang belum berjalan" in await town.hadi.says("/start")
    assert "Akta" in await town.ningsih.says("/start") or card.number[-4:] in town.ningsih.screen


@pytest.mark.parametrize(
    "said",
    [
        "{}",
        "…{}",
        "{} ",
        "{:.2} {:.2}",
        "{}?",
        "({})",
        "*{}*",
        "\u200e{}",
        "\u2068{}\u2069,",
        "#{} 🙏",
        "cari: {}!",
        "no. {}",
        "Resi {}?",
        "nomor resi: {}",
    ],
)
async def test_the_last_digits_alone_are_a_search_for_staff_and_nobody_else(town: Town, said: str):
    (card,) = await town.files("KK")
    tail = card.number[-4:]
    digits = said.format(tail) if said.count("{") == 1 else f"{tail[:2]} {tail[2:]}"
    assert grouped(card.number) in await town.warni.says(digits)
    assert "✅ Bawa ke kecamatan" in town.warni.buttons
    assert "12 angka" in await town.sari.says(digits)
    assert "Tidak ada" in await town.simego.says(digits)  # of another village
    assert grouped(card.number) in await town.warni.says(f"{tail} atau {tail}")  # amid words as well
    assert "12 angka" in await town.simego.says(f"{tail} atau {tail}")


@pytest.mark.parametrize("keys", ["{}\ufe0f\u20e3", "{}\u200e"])
@pytest.mark.parametrize("digits", ["0123456789", "０１２３４５６７８９", "⓪①②③④⑤⑥⑦⑧⑨", "꧐꧑꧒꧓꧔꧕꧖꧗꧘꧙"])
async def test_last_digits_in_any_spelling_are_those_of_a_number(town: Town, digits: str, keys: str):
    (card,) = await town.files("KK")
    spelled = "".join(keys.format(digits[int(one)]) for one in card.number[-4:])
    assert grouped(card.number) in await town.warni.says(spelled)
    await town.follows(town.sari, card.number)
    assert grouped(card.number) in await town.sari.says(f"{spelled}?")
    assert (await town.sari.says(f"{spelled} = rumah")).startswith("rumah · Kartu Keluarga")


@pytest.mark.parametrize(
    "said, told",
    [
        ("563185915493", "ada angka yang keliru"),
        ("56318591549", "harus 12 angka"),
        ("081234567890", "nomor telepon"),
        ("3326015708950002", "NIK"),
    ],
)
@pytest.mark.parametrize("behind", ["/{}", "/cek {}"])
async def test_digits_behind_a_command_that_is_none_are_answered_as_digits(
    town: Town, said: str, told: str, behind: str
):
    assert told in await town.sari.says(behind.format(said))


async def test_word_of_a_block_that_is_late_loses_nobody_who_is_back(town: Town):
    await town.sari.says("/start")
    late = await request_of(town.services, "jekduk_bot", town.parts.api.call, Update("blocked", town.sari.chat), tuple)
    town.clock += 1
    async with town.storage.transaction() as tx:  # of another process, which has handled both
        await outbox.lose(tx, town.sari.chat, "blocked", town.clock)
        await outbox.find(tx, town.sari.chat, town.clock)
    await came_or_went(late)
    assert not (await town.person(town.sari)).away
