"""A family calls its numbers as it likes, and nobody else sees that."""

import pytest

from handlers.follow.buttons import GiveName
from handlers.wording.layout import grouped
from storage import numbers
from storage.families.nicknames import cleaned
from storage.records import DAY
from tests.handlers.test_answered import answers
from tests.storage.cast import ask
from tests.town import Town

NIK = "3326015708950002"


async def test_a_name_of_ones_own_stands_on_cards_in_lists_and_in_notices_of_that_chat_alone(town: Town):
    (card,) = await town.files("KIA")
    for who in (town.sari, town.emma):
        await town.follows(who, card.number)
    tail = card.number[-4:]
    await town.sari.says(card.number)
    assert f"{tail} = KIA adik" in await town.sari.taps("Beri nama sendiri")
    shown = await town.sari.says(f"{tail} =  KIA   adik ")
    assert shown.startswith("KIA adik · KIA")
    assert "KIA adik · " in await town.sari.says("/status")
    assert town.sari.buttons == [f"KIA adik · …{tail}"]
    assert "KIA adik" in await town.sari.says("/dataku")
    await town.carries(card, "to_district")
    await town.grace()
    assert f"{grouped(card.number)} (KIA adik)." in town.sari.screen
    for who in (town.emma, town.warni):
        await who.says(card.number)
        assert not any("adik" in said for said in who.heard)


async def test_a_name_is_what_answers_the_card_that_asks_for_it(town: Town):
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    await town.sari.says(card.number)
    await town.sari.taps("Beri nama sendiri")
    asked = town.sari.last.id
    assert (await answers(town.sari, " KK  Ibu", asked)).startswith("KK Ibu · Kartu Keluarga")
    assert "Mohon" in await answers(town.sari, f"KK {NIK}", asked)
    assert (await answers(town.sari, f"{card.number[-4:]} = rumah", asked)).startswith("rumah · Kartu Keluarga")
    await town.sari.says(card.number)
    await town.sari.taps("Beri nama sendiri", "Kembali")
    assert town.sari.screen.startswith("rumah · Kartu Keluarga")


async def test_a_line_that_calls_a_number_so_may_answer_any_card_of_it(town: Town):
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    await town.sari.says(card.number)
    assert (await answers(town.sari, f"{card.number[-4:]} = rumah")).startswith("rumah · Kartu Keluarga")


async def test_each_line_names_a_number_whatever_else_is_written(town: Town):
    cards = [(await town.files("KK"))[0] for _ in range(2)]
    for card in cards:
        await town.follows(town.sari, card.number)
    said = "Assalamualaikum\n" + "\n".join(f"{card.number[-4:]} = Ibu {i}" for i, card in enumerate(cards)) + "\nsuwun"
    assert (await town.sari.says(said)).startswith("Ibu 1 · Kartu Keluarga")
    assert set(await ask(town.storage, "select name from follow")) == {("Ibu 0",), ("Ibu 1",)}


@pytest.mark.parametrize("said", ["KK Ibu", "ktp suami saya", "Rumah", "punya Ningsih"])
async def test_a_name_that_answers_no_card_has_a_line_to_copy_and_no_button_carries_it(any_town: Town, said: str):
    town = any_town
    first, second = [(await town.files("KK"))[0].number for _ in range(2)]
    for number in (first, second):
        await town.follows(town.sari, number)
    assert f"Apakah “{said}” nama untuk salah satu nomor?" in await town.sari.says(said)
    assert grouped(first) in town.sari.screen  # and where they are is there for whoever asked for that
    assert f"Salin {first[-4:]} = {said}" in town.sari.buttons
    keys = [key for row in town.sari.last.message.buttons for key in row]
    assert not any(said.rsplit(maxsplit=1)[-1] in key.get("callback_data", "") for key in keys)
    (line,) = [key["copy_text"]["text"] for key in keys if first[-4:] in key.get("copy_text", {}).get("text", "")]
    assert (await town.sari.says(line)).startswith(f"{said} · Kartu Keluarga")
    assert {name for (name,) in await ask(town.storage, "select name from follow")} == {"", said}
    await town.sari.says(said)
    offered = [label for label in town.sari.buttons if label.startswith("Salin")]
    assert [label[6:10] for label in offered] == [second[-4:], first[-4:]]  # what has no name comes first


async def test_a_button_of_older_keyboards_still_gives_the_name_it_carries(town: Town):
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    assert (await town.sari.forges(GiveName(card.number, "KK Ibu"))).startswith("KK Ibu · Kartu Keluarga")


async def test_two_numbers_that_end_alike_are_told_apart_by_one_digit_more(town: Town, monkeypatch):
    alike = ["281374027966", "281374107966"]
    for number in alike:
        monkeypatch.setattr(numbers, "draw", lambda number=number: number)
        monkeypatch.setattr(town, "_ends", set())
        await town.follows(town.sari, (await town.files("KK"))[0].number)
    await town.sari.says("KK Ibu")
    assert {"Salin 07966 = KK Ibu", "Salin 27966 = KK Ibu"} <= set(town.sari.buttons)
    assert (await town.sari.says("27966 = KK Ibu")).startswith("KK Ibu · Kartu Keluarga")
    assert "27966 = KIA adik" in await town.sari.taps("Beri nama sendiri")


@pytest.mark.parametrize(
    "said",
    ["kk", "kk jadi?", "ganti kk", "halo bu", "terima kasih", "anak saya belum pulang juga", "alamat", "mau nikah"],
)
async def test_what_asks_or_greets_is_no_name(town: Town, said: str):
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    assert "nama untuk" not in await town.sari.says(said)


async def test_whoever_follows_nothing_and_officers_are_offered_no_name(town: Town):
    (card,) = await town.files("KK")
    assert "nama untuk" not in await town.sari.says("KK Ibu")
    await town.follows(town.warni, card.number)
    assert "nama untuk" not in await town.warni.says("KK Ibu")


async def test_what_is_too_long_for_a_name_is_offered_as_none(town: Town):
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    assert "nama untuk" not in await town.sari.says("KK " + "x" * 24)


async def test_a_name_ends_by_itself_with_an_empty_one_and_with_hapus(town: Town):
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    await town.sari.says(f"{card.number} = rumah")
    assert await ask(town.storage, "select name from follow") == [("rumah",)]
    await town.sari.says(f"{card.number} =")
    assert await ask(town.storage, "select name from follow") == [("",)]
    await town.sari.says(f"{card.number[-5:]}=rumah")
    await town.carries(card, "handed_over")
    town.clock += 31 * DAY
    await town.chores()
    assert await ask(town.storage, "select name from follow") == []


async def test_only_what_one_follows_is_named_and_no_nik_is_kept(town: Town):
    (card,) = await town.files("KK")
    await town.sari.says(f"{card.number} = rumah")
    assert await ask(town.storage, "select name from follow") == []
    await town.follows(town.sari, card.number)
    for odd in (f"kk {NIK}", "x" * 25, "081234567890"):
        assert "Mohon" in await town.sari.says(f"{card.number[-4:]} = {odd}")  # be it as a name or as a number
    assert await ask(town.storage, "select name from follow") == [("",)]


@pytest.mark.parametrize(
    "said, kept",
    [
        ("  KIA  adik ", "KIA adik"),
        ("", ""),
        ("x" * 24, "x" * 24),
        ("x" * 25, None),
        ("KK 2026", "KK 2026"),
        ("KK 20261", None),
        ("KK 三三二六〇一", None),
        ("a\u202eb", "ab"),
        ("\u200erumah\u200e", "rumah"),
        ("👨\u200d👩\u200d👧 rumah", "👨👩👧 rumah"),
        ("a\x07b", None),
        ("kk ####", None),
        ("<b>&", "<b>&"),
    ],
)
def test_a_name_is_short_plain_and_without_long_numbers(said: str, kept: str | None):
    assert cleaned(said) == kept


async def test_one_name_for_two_numbers_that_comes_at_once_from_a_phone_without_signal_is_given_to_both(town: Town):
    asked = []
    for _ in range(2):
        (card,) = await town.files("KK")
        await town.follows(town.sari, card.number)
        await town.sari.says(card.number)
        await town.sari.taps("Beri nama sendiri")
        asked.append(town.sari.last.id)
    for message in asked:
        town.sari.phone.say("KK Ibu", reply_to=message)
    await town.settled()
    assert await ask(town.storage, "select name from follow") == [("KK Ibu",)] * 2
