"""What cannot be said over the card is a message of its own, unless the card says it too."""

from typing import Any

import pytest

from handlers import reply
from tests.town import Town

TOO_OLD: dict[str, Any] = {
    "code": 400,
    "words": "Bad Request: query is too old and response timeout expired or query ID is invalid",
}


@pytest.mark.parametrize(
    "kind, how", [("status", TOO_OLD), ("drop", {}), ("html", {"code": 502}), ("raw", {"code": 429, "words": ""})]
)
async def test_a_refusal_that_cannot_be_said_over_the_card_is_a_message(town: Town, kind: str, how: dict[str, Any]):
    await town.sari.says("/start")
    town.sandbox.fault(kind, "answerCallbackQuery", **how)
    assert (await town.sari.forges("old")).startswith("Tombol ini sudah tidak berlaku.")


async def test_what_one_agrees_to_is_a_message_if_it_cannot_be_said_over_the_card(town: Town):
    (card,) = await town.files("KK")
    await town.sari.says(card.number)
    town.sandbox.fault("status", "answerCallbackQuery", **TOO_OLD)
    assert "/privasi" in await town.sari.taps("Kabari")


async def test_a_late_tap_whose_card_says_all_is_no_message(town: Town):
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    await town.sari.says(card.number)
    town.sandbox.fault("status", "answerCallbackQuery", **TOO_OLD)
    assert "Kabari" in "".join((await town.sari.taps("Hentikan"), *town.sari.buttons))
    assert len(town.sari.heard) == 1


async def test_a_late_tap_whose_card_stays_as_it_is_is_a_message(town: Town):
    (card,) = await town.files("KK")
    await town.follows(town.sari, card.number)
    await town.sari.says(card.number)
    town.sandbox.fault("status", "answerCallbackQuery", **TOO_OLD)
    town.sandbox.fault("status", "editMessageText", code=400, words="Bad Request: message is not modified: …")
    assert await town.sari.taps("Hentikan") == "Kabar dihentikan. Permohonan tidak ikut berhenti."


async def test_a_refusal_is_said_later_when_nothing_gets_through(town: Town):
    await town.sari.says("/start")
    town.sandbox.fault("refuse", "answerCallbackQuery")
    town.sandbox.fault("refuse", "sendMessage")
    await town.sari.forges("old")
    await town.passes(5)
    assert town.sari.screen.startswith("Tombol ini sudah tidak berlaku.")


async def test_a_toast_that_hangs_keeps_the_next_tap_waiting_for_a_moment_only(
    town: Town, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(reply, "TOAST", 0.05)
    await town.sari.says("/start")
    town.sandbox.fault("delay", "answerCallbackQuery", seconds=3600)
    town.sari.phone.forge("old")
    assert "/hapus" in await town.sari.says("/privasi")
    assert town.sari.heard[-2].startswith("Tombol ini sudah tidak berlaku.")
