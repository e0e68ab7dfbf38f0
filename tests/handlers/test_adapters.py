"""What holds for every handler: it answers everybody, lets nobody do what is not theirs, and loses no answer."""

from dataclasses import fields
from typing import get_type_hints

import pytest

from handlers import BUTTONS, callbacks
from handlers.deputies.buttons import ChooseStandIn
from handlers.filing.buttons import Draft, FileDraft
from handlers.privacy.views import PrivacyView
from handlers.start.views import HelpView
from handlers.view import Refused
from handlers.wording.layout import grouped
from storage import inbox
from tests.town import Town

KINDS = list(callbacks.kinds().values())


def _some(kind: type[callbacks.Callback], number: int, word: str) -> callbacks.Callback:
    hints, names = get_type_hints(kind), [field.name for field in fields(kind)]
    few = dict.fromkeys(names[2:], number % 9) if len(names) > 4 else {}  # no keyboard carries more long ones
    return kind(*(word if hints[name] is str else few.get(name, number) for name in names))


async def _facts(town: Town) -> list[object]:
    async with town.storage.reading() as tx:
        return [await tx.all("waiting"), await tx.all("posts"), await inbox.failed(tx)]


def test_every_button_has_a_handler():
    assert set(BUTTONS) == set(KINDS)


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("who", ["sari", "joko", "warni", "hadi"])
async def test_a_forged_button_is_answered_and_changes_nothing(town: Town, kind: type[callbacks.Callback], who: str):
    (card,) = await town.files("KK")
    before = await _facts(town)
    person = town.people[who]
    await person.says("/start")
    for number, word in ((card.id, "issued"), (0, ""), (2**62, "tlogopakis"), (1, "000000000000"), (-5, "handed_over")):
        await person.forges(_some(kind, number, word))
    assert not person.phone.unanswered
    assert await _facts(town) == before


async def test_a_draft_without_a_village_is_not_filed(town: Town):
    await town.rina.says("/baru")
    shown = town.rina.last.message.body["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    draft = callbacks.parse(shown)
    assert isinstance(draft, Draft)
    await town.rina.forges(FileDraft(draft.draft, draft.book, "", 3))
    assert "paling sedikit satu" in town.rina.alert
    assert (await _facts(town))[2] == []


async def test_an_answer_that_telegram_delays_comes_later_as_things_then_are(town: Town):
    (card,) = await town.files("KK")
    town.sandbox.fault("flood", method="sendMessage", chat=town.sari.chat, seconds=40)
    town.sari.phone.say(card.number)
    await town.settled()
    assert town.sari.heard == []
    await town.carries(card, "to_district")
    await town.passes(60)
    assert "Berkas sedang dibawa dari desa ke kecamatan" in town.sari.screen


async def test_who_asked_for_what_is_not_kept_once_it_is_answered(town: Town):
    (card,) = await town.files("KK")
    for said in (card.number, "/privasi"):
        town.sandbox.fault("flood", method="sendMessage", chat=town.sari.chat, seconds=40)
        town.sari.phone.say(said)
        await town.settled()
        await town.passes(60)
    assert "/hapus" in town.sari.screen
    async with town.storage.reading() as tx:
        assert (await tx.all("load", never=2**62))[0][4] == 0  # nothing of it is on record as sent


async def test_a_strangers_late_answer_speaks_their_language(town: Town):
    town.sandbox.fault("flood", method="sendMessage", chat=town.emma.chat, seconds=5)
    await town.emma.says("my card?")
    await town.passes(20)
    assert "receipt number" in town.emma.screen


async def test_a_handler_that_fails_says_sorry_and_sets_the_update_aside(town: Town, monkeypatch: pytest.MonkeyPatch):
    async def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(PrivacyView, "show", broken)
    assert "gangguan" in await town.sari.says("/privasi")
    async with town.storage.reading() as tx:
        ((_, _, _, error),) = await inbox.failed(tx)
    assert error == "ZeroDivisionError"
    assert "Selamat datang" in await town.sari.says("/start")


# A view that refuses: what it was to show is gone


async def test_what_a_view_refuses_is_said_in_answer_to_a_message(town: Town, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(PrivacyView, "show", refusing)
    assert await town.sari.says("/privasi") == "Sudah berubah. Ini keadaan terbaru."
    async with town.storage.reading() as tx:
        assert await inbox.failed(tx) == []


async def test_what_a_view_refuses_is_said_over_the_card_as_what_a_handler_refuses(
    town: Town, monkeypatch: pytest.MonkeyPatch
):
    card = await town.sari.says("/start")
    monkeypatch.setattr(HelpView, "show", refusing)
    assert await town.sari.taps("Bantuan") == card
    assert town.sari.alert == "Sudah berubah. Ini keadaan terbaru."
    assert not town.sari.phone.unanswered


async def test_a_view_may_refuse_with_the_one_to_show_instead(town: Town):
    await town.rina.forges(ChooseStandIn(0))
    assert town.rina.alert == "Sudah berubah. Ini keadaan terbaru."
    assert town.rina.screen.startswith("Pengganti Petugas loket kecamatan")


async def test_what_a_view_refuses_when_it_is_sent_at_last_is_said_then(town: Town, monkeypatch: pytest.MonkeyPatch):
    town.sandbox.fault("flood", method="sendMessage", chat=town.sari.chat, seconds=40)
    town.sari.phone.say("/privasi")
    await town.settled()
    monkeypatch.setattr(PrivacyView, "show", refusing)
    await town.passes(60)
    assert town.sari.heard == ["Sudah berubah. Ini keadaan terbaru."]


async def refusing(*_: object) -> None:
    raise Refused("changed")


# A message of its own, or the place of the card


@pytest.mark.parametrize("label, shown", [("Bantuan", "/status:"), ("Bahasa · Basa · Language", "Pilih bahasa")])
async def test_help_and_languages_leave_the_card_as_it_is(town: Town, label: str, shown: str):
    welcome = await town.sari.says("/start")
    assert shown in await town.sari.taps(label)
    assert town.sari.heard[:-1] == [welcome]


async def test_a_new_draft_leaves_the_number_of_the_last_one_to_be_copied(town: Town):
    await town.ningsih.says("/baru")
    await town.ningsih.taps("KK")
    filed = await town.ningsih.taps("✅ Daftarkan")
    before = len(town.ningsih.heard)
    assert "Pilih dokumen" in await town.ningsih.taps("Daftarkan lagi")
    assert (len(town.ningsih.heard), town.ningsih.heard[before - 1]) == (before + 1, filed)


async def test_a_document_that_is_opened_leaves_the_list_it_was_opened_from(town: Town):
    (card,) = await town.files("KK")
    await town.warni.says("/tugas")
    await town.warni.taps("Bawa ke kecamatan")
    found = await town.warni.taps("Buka satu")
    assert "Kartu Keluarga" in await town.warni.taps(grouped(card.number))
    assert town.warni.heard[:-1] == [found]


async def test_a_page_of_what_one_looked_for_takes_the_place_of_the_card(town: Town):
    (card,) = await town.files("KK")
    await town.sari.says(card.number)
    assert "Berkas di kantor desa Tlogopakis" in await town.sari.taps("Riwayat")
    assert len(town.sari.heard) == 1
