"""A line that goes with a question or an answer is changed after it was sent."""

import pytest

from handlers.feedback.buttons import AnswerQuestion
from storage.feedback import lines
from tests.handlers.test_question_lines import LINE, asks, kept
from tests.storage.cast import ask
from tests.town import Inhabitant, Town


async def mends(who: Inhabitant, first: str, then: str, later: int = 0) -> str:
    """Somebody writes, and then writes the same message anew: what they read after that."""
    message = who.phone.say(first)
    await who.town.settled()
    who.town.clock += later
    who.forgets()
    who.phone.edit(message, then)
    await who.town.settled()
    return who.screen


@pytest.mark.parametrize("later", [0, lines.WRITING])
async def test_a_line_that_is_mended_goes_along_as_it_is_then(town: Town, later: int):
    await asks(town)
    assert f"“{LINE}”" in await mends(town.sari, "Nama adik saya kurang huruf I", LINE, later)
    await town.passes(1)
    await town.warni.taps("Baca dan jawab")
    assert f"“{LINE}”" in town.warni.screen
    assert await kept(town, "huruf I") == []
    await town.warni.taps("Tambah satu baris")
    assert "“Bawa buku nikah asli”" in await mends(town.warni, "Bawa bku nikah", "Bawa buku nikah asli", later)


async def test_a_line_that_is_mended_is_looked_at_as_any(town: Town):
    await asks(town, LINE)
    await town.warni.taps("Baca dan jawab")
    await town.warni.taps("Tambah satu baris")
    assert "Jek-Duk gratis" in await mends(town.warni, "Bawa buku nikah", "Bawa uang 50 ribu")
    assert await kept(town, "Bawa buku nikah", "50 ribu") == ["Bawa buku nikah"]


async def test_a_line_that_is_mended_after_its_answer_is_told_so(town: Town):
    await asks(town)
    message = town.sari.phone.say(LINE)
    await town.settled()
    [(id,)] = await ask(town.storage, "select id from question")
    await town.warni.forges(AnswerQuestion(id, "receipt"))
    town.sari.phone.edit(message, f"{LINE} di depan")
    await town.settled()
    assert "tulis sebagai pesan baru" in town.sari.screen


async def test_a_line_that_could_not_go_along_does_once_it_is_mended_twice(town: Town):
    await asks(town)
    message = town.sari.phone.say("satu\ndua")
    await town.settled()
    for said in ("lihat https://contoh.id", LINE, f"{LINE} di depan"):
        town.sari.phone.edit(message, said)
        await town.settled()
    assert f"“{LINE} di depan”" in town.sari.screen
    town.sari.phone.edit(message, "lihat https://contoh.id")
    await town.settled()
    assert "Link dan perintah" in town.sari.screen
    assert await kept(town, f"{LINE} di depan") == [f"{LINE} di depan"]


async def test_another_message_that_is_mended_leaves_the_line_as_it_was(town: Town):
    await asks(town, LINE)
    await town.passes(60)
    message = town.sari.phone.say("Terima kasih banyak ya pak bantuannya")
    await town.settled()
    town.sari.phone.edit(message, "Terima kasih banyak ya pak atas bantuannya")
    await town.settled()
    await town.warni.taps("Baca dan jawab")
    assert f"“{LINE}”" in town.warni.screen
