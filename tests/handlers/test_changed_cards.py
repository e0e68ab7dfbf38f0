"""An old card turns into the present one: also where what it was to show has changed by the time it is shown."""

import pytest

from handlers.announcements.buttons import ChooseHearers
from handlers.bags.buttons import CompleteBag
from handlers.callbacks import parse
from storage.records import HOUR
from tests.handlers.test_announcements import drafted
from tests.handlers.test_answered import answers
from tests.handlers.test_births import reserves
from tests.handlers.test_told_legs import at_district
from tests.town import Inhabitant, Town

CHANGED = "Sudah berubah. Ini keadaan terbaru."


async def is_slow(who: Inhabitant, label: str) -> None:
    """They tap, and Telegram takes the answer only in a while."""
    who.town.sandbox.fault("flood", chat=who.chat, seconds=40)
    await who.taps(label)


async def files_under(town: Town, number: str) -> None:
    await town.warni.says(number)
    await town.warni.taps("Akta lahir", "✅ Daftarkan")


def data_of(who: Inhabitant, label: str) -> str:
    rows = who.last.message.body["reply_markup"]["inline_keyboard"]
    return next(str(one["callback_data"]) for row in rows for one in row if label in one["text"])


async def carries_to_the_registry(town: Town) -> CompleteBag:
    """Joko has his bag before him: the button that hands it over."""
    for one in await at_district(town, 2):
        await town.carries(one, "to_registry")
    town.clock += HOUR
    await town.joko.says("/tugas")
    await town.joko.taps("🛵 Serahkan di Disdukcapil")
    button = parse(data_of(town.joko, "✅"))
    assert isinstance(button, CompleteBag)
    return button


async def test_nothing_joins_what_has_left_and_its_status_is_shown(town: Town):
    (card,) = await town.files("KK")
    await town.warni.says(card.number)
    await town.warni.taps("Betulkan")
    await town.carries(card, "to_district")
    shown = await town.warni.taps("Tambah dokumen …")
    assert (town.warni.alert, "Berkas sedang dibawa" in shown) == (CHANGED, True)


async def test_a_reserved_number_that_was_filed_meanwhile_is_shown_as_it_is(town: Town):
    await town.ningsih.says("/baru")
    await town.ningsih.taps("Kelahiran: pesan nomor")
    again = data_of(town.ningsih, "Hari ini")
    number = "".join(filter(str.isdigit, (await town.ningsih.taps("Hari ini")).splitlines()[0]))
    await files_under(town, number)
    shown = await town.ningsih.forges(again)
    assert (town.ningsih.alert, "Berkas di kantor desa" in shown) == (CHANGED, True)


async def test_a_number_to_be_given_back_that_was_filed_meanwhile_is_shown_as_it_is(town: Town):
    number = await reserves(town, town.ningsih)
    await is_slow(town.ningsih, "Batalkan nomor ini …")
    await files_under(town, number)
    await town.passes(60)
    assert town.ningsih.screen.startswith(f"{CHANGED}\n\nAkta Kelahiran · ")


@pytest.mark.parametrize("label", ["Alihkan ke rekan", "QR bila tanpa sinyal"])
async def test_a_bag_that_was_handed_over_meanwhile_is_neither_passed_on_nor_sealed_and_the_tasks_are_shown(
    town: Town, label: str
):
    hand_over = await carries_to_the_registry(town)
    await is_slow(town.joko, label)
    await town.joko.forges(hand_over)
    await town.passes(60)
    assert any(one.startswith(f"{CHANGED}\n\nTugas") for one in town.joko.heard)


async def test_hearers_of_no_kind_are_asked_for_anew(town: Town):
    shown = await town.hadi.forges(ChooseHearers(await drafted(town), "nobody"))
    assert (town.hadi.alert, "Siapa yang menerima?" in shown) == (CHANGED, True)


async def test_last_digits_in_answer_to_the_card_of_a_bag_that_is_gone_are_answered_with_the_tasks(town: Town):
    hand_over = await carries_to_the_registry(town)
    old = town.joko.last.id
    await town.joko.says("/tugas")
    await town.joko.forges(hand_over)  # from another card
    shown = await answers(town.joko, "1234", old)
    assert shown.startswith(f"{CHANGED}\n\nTugas")
