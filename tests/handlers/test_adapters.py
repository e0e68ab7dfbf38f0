"""What holds for every handler: it answers everybody, lets nobody do what is not theirs, and loses no answer."""

import json
import re
from dataclasses import fields
from pathlib import Path
from typing import get_type_hints

import pytest

from handlers import BUTTONS, callbacks
from handlers.filing.buttons import Draft, FileDraft
from handlers.reply import Answer
from handlers.view import _views
from storage import inbox
from tests.town import Town

KINDS = list(callbacks.kinds().values())


def _some(kind: type[callbacks.Callback], number: int, word: str) -> callbacks.Callback:
    hints = get_type_hints(kind)
    return kind(*(word if hints[field.name] is str else number for field in fields(kind)))


async def _facts(town: Town) -> list[object]:
    async with town.storage.reading() as tx:
        return [await tx.all("waiting"), await tx.all("posts"), await inbox.failed(tx)]


def test_every_button_has_a_handler():
    assert set(BUTTONS) == set(KINDS)


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
    assert "Dibawa dari desa ke kecamatan" in town.sari.screen


async def test_who_asked_for_what_is_not_kept_once_it_is_answered(town: Town):
    (card,) = await town.files("KK")
    for said in (card.number, "/hapus"):
        town.sandbox.fault("flood", method="sendMessage", chat=town.sari.chat, seconds=40)
        town.sari.phone.say(said)
        await town.settled()
        await town.passes(60)
    assert "Sudah dihapus" in town.sari.screen
    async with town.storage.reading() as tx:
        assert (await tx.all("load", never=2**62))[0][4] == 0  # nothing of it is on record as sent


async def test_an_answer_whose_delivery_is_unknown_is_sent_again(town: Town):
    (card,) = await town.files("KK")
    town.sandbox.fault("drop", method="sendMessage", chat=town.sari.chat)
    town.sari.phone.say(card.number)
    await town.settled()
    await town.passes(5)
    assert [text.splitlines()[0][:14] for text in town.sari.heard] == ["Kartu Keluarga"]


async def test_a_strangers_late_answer_speaks_their_language(town: Town):
    town.sandbox.fault("flood", method="sendMessage", chat=town.emma.chat, seconds=5)
    await town.emma.says("hello")
    await town.passes(20)
    assert "Please send the receipt number" in town.emma.screen


async def test_a_handler_that_fails_says_sorry_and_sets_the_update_aside(town: Town, monkeypatch: pytest.MonkeyPatch):
    async def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(_views, "privacy", broken)
    assert "gangguan" in await town.sari.says("/privasi")
    async with town.storage.reading() as tx:
        ((_, _, _, error),) = await inbox.failed(tx)
    assert error == "ZeroDivisionError"
    assert "Selamat datang" in await town.sari.says("/start")


def test_an_answer_survives_being_kept():
    answer = Answer("status", {"numbers": ["563185915492"], "paused": None}, lang="jv")
    assert Answer.of(json.loads(json.dumps(answer.facts()))) == answer


async def test_every_answer_of_the_handlers_has_a_view():
    code = "".join(
        path.read_text("utf-8") for path in Path(_views["welcome"].__code__.co_filename).parent.parent.rglob("*.py")
    )
    named = set(re.findall(r'Answer\("(\w+)"', code))
    assert named <= set(_views)
