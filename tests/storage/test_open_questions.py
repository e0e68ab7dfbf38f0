"""What families ask and nobody has answered yet."""

from dataclasses import replace

import pytest

from storage import people
from storage.families import extract
from storage.feedback import lines, questions
from storage.feedback.questions import OpenQuestion
from storage.workflow import Workflow
from tests.gallery import DISTRICT, document
from tests.storage.cast import DEWI, NOW, SARI, WATI, Register


def test_nobody_answers_that_nothing_is_missing_of_what_came_back_however_a_district_calls_that():
    exits = tuple(replace(one, key="sent_back") if not one.ends else one for one in DISTRICT.exits)
    workflow = Workflow(replace(DISTRICT, exits=exits))
    asked = OpenQuestion(1, SARI, "id", "563185915492", "tlogopakis", "missing", "district_desk", NOW, None)
    said = [questions.answers(workflow, asked, [document(stage=stage)]) for stage in ("at_district", "sent_back")]
    assert said == [("nothing", questions.LOOK, "come"), (questions.LOOK, "come")]


@pytest.mark.parametrize("stage, first", [("ready_at_district", "ready"), ("issued", questions.LOOK)])
def test_nobody_is_sent_for_what_is_not_there_by_the_first_key(stage, first):
    asked = OpenQuestion(1, SARI, "id", "563185915492", "tlogopakis", "when", "district_desk", NOW, None)
    assert questions.answers(Workflow(DISTRICT), asked, [document(stage=stage)])[0] == first


async def test_a_question_is_open_until_it_is_answered(register: Register):
    card = await register.one()
    officer = await register.person(WATI)
    async with register.storage.transaction() as tx:
        id, role, is_new = await questions.ask(tx, register.workflow, SARI, "id", [card], "bring", NOW)
        assert is_new
        assert await questions.ask(tx, register.workflow, SARI, "id", [card], "when", NOW) == (id, role, False)
        await questions.tell(tx, id, role, card.village, {}, NOW)
        [found] = await questions.open_to(tx, register.workflow, officer, NOW)
        assert (found.number, found.what, found.seen_at) == (card.number, "bring", None)
        assert [await questions.answer(tx, found, said, WATI, {}, NOW) for said in (questions.LOOK,) * 2] == [
            True,
            False,
        ]
        assert (await questions.get(tx, id)) is not None
        assert [await questions.answer(tx, found, "come", WATI, {}, NOW) for _ in range(2)] == [True, False]
        assert (await questions.get(tx, id)) is None
        again, _, is_new = await questions.ask(tx, register.workflow, SARI, "id", [card], "when", NOW)
        await people.forget(tx, SARI)
        await questions.purge(tx, NOW + questions.KEPT)
        await extract.of(tx, SARI)
        await extract.affected(tx, NOW)
        assert is_new
        assert (await questions.get(tx, again)) is None


async def test_a_line_is_waited_for_once_and_goes_in_time(register: Register):
    card = await register.one()
    async with register.storage.transaction() as tx:
        id, role, _ = await questions.ask(tx, register.workflow, SARI, "id", [card], "bring", NOW)
        await questions.tell(tx, id, role, card.village, {}, NOW, lines.WRITING)
        assert await lines.awaited(tx, SARI, lines.ASKED, NOW + lines.WRITING) == []
        assert await lines.awaited(tx, WATI, lines.ASKED, NOW) == []
        for line in ("satu", "dua"):
            [found] = await lines.awaited(tx, SARI, lines.ASKED, NOW)
            await lines.write(tx, found, lines.ASKED, SARI, line)
        await questions.tell(tx, id, role, card.village, {}, NOW)
        assert await lines.asked(tx, id) == "satu"
        assert [row[0] for row in await tx.all("my_lines", chat=SARI)] == [card.number]
        asked = await questions.get(tx, id)
        assert asked is not None
        for chat, line in ((WATI, "tiga"), (DEWI, "empat")):
            await lines.begin(tx, id, lines.DRAFT, chat, NOW)
            await lines.write(tx, lines.AwaitedLine(id, "", card.number, NOW), lines.DRAFT, chat, line)
        assert await lines.of(tx, id, lines.DRAFT, SARI, NOW) == ("", 0)
        await questions.answer(tx, asked, lines.ALONE, WATI, {}, NOW)
        assert await tx.all("my_lines", chat=DEWI) == []
        assert [row[1] for row in await tx.all("my_lines", chat=SARI)] == ["tiga"]
        assert await lines.of(tx, id, lines.ALONE, SARI, NOW) == ("tiga", 0)
        assert await lines.of(tx, id, lines.ALONE, DEWI, NOW) == ("", 0)
        await questions.purge(tx, NOW + lines.KEPT)
        assert await lines.of(tx, id, lines.ALONE, SARI, NOW) == ("tiga", 0)
        await questions.purge(tx, NOW + lines.KEPT + 1)
        assert await tx.all("my_open_questions", chat=SARI) == []


async def test_who_is_forgotten_takes_every_line_along(register: Register):
    card = await register.one()
    async with register.storage.transaction() as tx:
        id, *_ = await questions.ask(tx, register.workflow, SARI, "id", [card], "bring", NOW)
        for chat in (WATI, DEWI):
            await lines.begin(tx, id, lines.DRAFT, chat, NOW)
            await lines.write(tx, lines.AwaitedLine(id, "", card.number, NOW), lines.DRAFT, chat, "satu")
        await people.forget(tx, WATI)
        left = [await lines.of(tx, id, lines.DRAFT, chat, NOW) for chat in (WATI, DEWI)]
        assert left == [("", 0), ("satu", 0)]
        await people.forget(tx, SARI)
        assert await lines.of(tx, id, lines.DRAFT, DEWI, NOW) == ("", 0)
