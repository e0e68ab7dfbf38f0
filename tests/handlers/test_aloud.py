"""A family has its status read aloud: a real voice where the programs are, and never anything that is not true."""

import json
import os
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio

from bot.press.printer import NotPrinted, Printer
from bot.press.voice import PROGRAMS, can_speak
from bot.sandbox.html import Html
from handlers.aloud.buttons import ReadAloud
from handlers.aloud.screens import aloud_screen, for_the_ear
from handlers.lookup.screens import status_screen
from handlers.throttle import AN_HOUR
from handlers.wording.layout import grouped
from locales import words
from storage.records import DAY, HOUR, MINUTE, Remark
from tests.gallery import CITIZEN, NOW, STATIONS, TYPES, WORKFLOW, document, looked_up
from tests.town import Inhabitant, Town

MISSING = "espeak-ng or opusenc is not there (Debian: apt-get install espeak-ng opus-tools)"
LISTEN, NOT_NOW = "🔊 Dengarkan", "Status sedang tidak bisa dibacakan."


@pytest.fixture
def programs() -> None:
    """What speaks; in CI it must be there."""
    if not can_speak():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(MISSING)


@pytest_asyncio.fixture
async def speaking(town: Town) -> AsyncIterator[Town]:
    """The town on a machine that speaks, whatever this one does."""
    await town.kill()
    town.services = replace(town.services, speaks=True)
    await town.start()
    yield town


def voices(who: Inhabitant) -> list[bytes]:
    return [seen.file.body for seen in who.phone.heard if seen.file and seen.file.name.endswith(".ogg")]


async def test_a_status_comes_as_a_voice_note_that_rings_nobody(programs, speaking: Town):
    number = (await speaking.files("KK"))[0].number
    await speaking.emma.says(number)
    await speaking.emma.taps("🔊 Listen (in Indonesian)")
    [voice] = voices(speaking.emma)
    note = speaking.emma.last.message.body["voice"]
    assert (voice[:4], voice[28:36], note["mime_type"]) == (b"OggS", b"OpusHead", "audio/ogg")
    assert 3 < note["duration"] < 90
    assert grouped(number) in speaking.emma.screen
    assert "read aloud in Indonesian" in speaking.emma.screen
    assert speaking.emma.last.silent
    await speaking.emma.forges(ReadAloud(number))
    assert len(voices(speaking.emma)) == 1


async def test_a_voice_that_cannot_be_drawn_is_said_in_words(speaking: Town):
    speaking.parts.sender._delivery._printer = Printer(module="tests.paper.nothing")
    number = (await speaking.files("KK"))[0].number
    await speaking.sari.says(number)
    await speaking.sari.taps(LISTEN)
    assert (NOT_NOW in speaking.sari.screen, voices(speaking.sari)) == (True, [])


@pytest.mark.parametrize("words", ["VOICE_MESSAGES_FORBIDDEN", "user restricted receiving of voice note messages"])
async def test_whoever_wants_no_voice_messages_reads_that_it_does_not_work(programs, speaking: Town, words: str):
    speaking.sandbox.fault("status", "sendVoice", code=400, words=f"Bad Request: {words}", times=3)
    number = (await speaking.files("KK"))[0].number
    await speaking.sari.forges(ReadAloud(number))
    for _ in range(2):
        await speaking.passes(4)
    assert (NOT_NOW in speaking.sari.screen, voices(speaking.sari)) == (True, [])


async def test_a_machine_without_the_programs_offers_none_and_answers_an_old_button(town: Town):
    number = (await town.files("KK"))[0].number
    await town.sari.says(number)
    assert not [label for label in town.sari.buttons if "Dengarkan" in label]
    await town.sari.forges(ReadAloud(number))
    assert NOT_NOW in town.sari.alert


@pytest.mark.parametrize("there", [(), PROGRAMS[:1], PROGRAMS[1:], PROGRAMS])
def test_it_takes_both_programs_to_speak(there, tmp_path, monkeypatch):
    for program in there:
        (tmp_path / program).write_text("#!/bin/sh\n")
        (tmp_path / program).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert can_speak() == (there == PROGRAMS)


async def test_a_program_that_fails_is_no_voice(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotPrinted):
        await Printer().draw({"kind": "voice", "voice": "id", "words": "Kabar."})


async def test_after_a_few_in_an_hour_it_is_read(speaking: Town):
    number = (await speaking.files("KK"))[0].number
    for _ in range(AN_HOUR):
        speaking.services.voices.take(speaking.sari.chat, speaking.clock)
    await speaking.sari.forges(ReadAloud(number))
    assert ("sesudah Selasa 24 Nov pukul 09.10" in speaking.sari.alert, speaking.sari.heard) == (True, [])
    speaking.parts.sender._delivery._printer = Printer(module="tests.paper.nothing")
    speaking.clock += HOUR
    await speaking.sari.forges(ReadAloud(number))
    assert NOT_NOW in speaking.sari.screen


async def test_of_a_number_that_is_not_there_nothing_is_said(speaking: Town):
    await speaking.sari.forges(ReadAloud("563185915492"))
    assert (voices(speaking.sari), "5631" in speaking.sari.screen) == ([], True)


@pytest.mark.parametrize("type", ["KK", "AKM"])
def test_all_that_is_read_aloud_is_plain_words(type: str):
    assert type in TYPES
    for stage in STATIONS:
        look = looked_up(document(type, stage), followed=True)
        said = for_the_ear(WORKFLOW, CITIZEN, look._replace(pickup="4821"), NOW)
        assert said.startswith("Kabar dari Jek-Duk Petungkriyono. Keadaan Selasa 24 November pukul 8 lewat 10 menit.")
        assert all(sign.isalnum() or sign in " .,?-" for sign in said), said
        assert "lima enam tiga satu, delapan lima sembilan satu, lima empat sembilan dua" in said
        assert said.lower().count("gratis") == (stage != "handed_over")
        assert "4821" not in said
        assert ("Turut berduka cita" in said) == (type == "AKM" and stage == "filed")


@pytest.mark.parametrize(
    ("days", "hold", "is_named"), [(0, None, False), (9, None, True), (0, "siak", False), (9, "siak", True),
                                   (0, "attend", False), (9, "attend", False)],
)  # fmt: skip
def test_the_ear_is_sent_to_ask_where_the_screen_says_so_and_nowhere_else(days, hold, is_named):
    since = NOW - days * DAY
    look = looked_up(document("KTP", "at_registry", since=since, hold=hold, hold_since=since if hold else None))
    screen, _ = Html(status_screen(WORKFLOW, CITIZEN, [look], [], words("id"), NOW).text).read()
    assert ("Tanyakan ke kantor desa" in screen) is is_named
    said = for_the_ear(WORKFLOW, CITIZEN, look, NOW)
    assert ("Tanyakan ke kantor desa" in said, said.count("Gratis")) == (is_named, 1)


def test_papers_that_are_missing_are_told_apart_by_the_ear():
    said = json.dumps({"id": ["buku nikah, akta atau ijazah", "fotokopi KK"]})
    one = document("KK", "returned")
    look = looked_up(one)._replace(remarks=(Remark(one.id, "at_district", said),))
    assert "buku nikah, akta atau ijazah. Fotokopi KK. Bawa ke" in for_the_ear(WORKFLOW, CITIZEN, look, NOW)


def test_a_code_is_not_said_aloud_but_where_it_stands():
    look = looked_up(document("KK", "ready_at_village"), followed=True)._replace(pickup="4821")
    said = for_the_ear(WORKFLOW, CITIZEN, look, NOW)
    assert said.endswith("Bawa resi. Gratis. Kode ambil tertulis di chat ini.")
    for lang in ("id", "jv", "en"):
        screen = aloud_screen(WORKFLOW, CITIZEN, look, words(lang), NOW)
        assert screen.paper
        assert json.loads(json.dumps(screen.paper.sheet))["words"] == said


async def test_a_tap_more_for_the_same_voice_is_none_of_the_few_and_says_that_it_is_answered(speaking: Town):
    speaking.parts.sender._delivery._printer = Printer(module="tests.paper.nothing")
    number = (await speaking.files("KK"))[0].number
    for _ in range(AN_HOUR + 1):
        await speaking.sari.forges(ReadAloud(number))
    assert "Jawabannya sudah ada di chat ini" in speaking.sari.alert
    speaking.clock += MINUTE
    await speaking.sari.forges(ReadAloud(number))
    assert [NOT_NOW in said for said in speaking.sari.heard] == [True, True]
