"""What families ask and nobody has answered yet."""

from storage import people
from storage.families import extract
from storage.voices import questions
from tests.storage.cast import NOW, SARI, WATI, Register


async def test_a_question_is_open_until_it_is_answered(register: Register):
    card = await register.one()
    officer = await register.person(WATI)
    async with register.storage.transaction() as tx:
        id, role = await questions.ask(tx, register.workflow, SARI, "id", [card], "bring", NOW)
        assert (await questions.ask(tx, register.workflow, SARI, "id", [card], "when", NOW)) == (None, role)
        assert id is not None
        await questions.tell(tx, id, role, card.village, {}, NOW)
        [found] = await questions.open_to(tx, register.workflow, officer, NOW)
        assert (found.number, found.what, found.seen_at) == (card.number, "bring", None)
        assert [await questions.answer(tx, found, said, {}, NOW) for said in (questions.LOOK,) * 2] == [True, False]
        assert (await questions.get(tx, id)) is not None
        assert [await questions.answer(tx, found, "come", {}, NOW) for _ in range(2)] == [True, False]
        assert (await questions.get(tx, id)) is None
        again, _ = await questions.ask(tx, register.workflow, SARI, "id", [card], "when", NOW)
        await people.forget(tx, SARI)
        await questions.purge(tx, NOW + questions.KEPT)
        await extract.of(tx, SARI)
        await extract.affected(tx, NOW)
        assert again is not None
        assert (await questions.get(tx, again)) is None
