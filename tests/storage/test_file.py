"""Filing: a receipt number, the documents, once per draft."""

import pytest

from storage import documents, ledger, numbers
from tests.storage.cast import DEWI, HADI, JOKO, LASTRI, NOW, RINI, SARI, WATI, YANTI, Register


async def test_a_request_has_a_number_and_a_document_of_each_type(register: Register):
    filed = await register.file("KK", "AKL", "KIA")
    found = await register.of(filed.request)
    assert filed.new
    assert numbers.is_number(filed.number)
    assert [(one.type, one.stage, one.village, one.since, one.version) for one in found] == [
        (type, "filed", "tlogopakis", NOW, 1) for type in ("KK", "KIA", "AKL")
    ]
    assert {one.number for one in found} == {filed.number}


async def test_every_document_begins_its_history(register: Register):
    kk = await register.one()
    async with register.storage.reading() as tx:
        [event] = await ledger.history(tx, kk.id)
    assert (event.kind, event.from_stage, event.to_stage, event.version, event.role) == (
        "file", None, "filed", 1, "village_officer",
    )  # fmt: skip


async def test_one_draft_files_once(register: Register):
    first = await register.file("KK", draft="2001:5")
    repeated = await register.file("KK", "AKL", draft="2001:5")
    assert (repeated.request, repeated.number, repeated.new) == (first.request, first.number, False)
    assert await register.ask("select count(*) from document") == [(1,)]


async def test_types_come_from_anything_that_can_be_gone_through_once(register: Register):
    actor = await register.actor(WATI)
    async with register.storage.transaction() as tx:
        types = iter(["AKL", "KK", "KK", "unheard of"])
        filed = await documents.file(tx, register.workflow, "tlogopakis", types, "d", actor)
    assert [one.type for one in await register.of(filed.request)] == ["KK", "AKL"]


@pytest.mark.parametrize("types, village", [((), "tlogopakis"), (("XX",), "tlogopakis"), (("KK",), "atlantis")])
async def test_nothing_is_filed_without_a_known_type_and_village(register: Register, types, village):
    actor = await register.actor(YANTI)
    async with register.storage.transaction() as tx:
        with pytest.raises(ValueError, match="district file"):
            await documents.file(tx, register.workflow, village, types, "d", actor)
    assert await register.ask("select count(*) from act") == [(0,)]


@pytest.mark.parametrize("chat", [SARI, DEWI, JOKO, HADI], ids=["citizen", "other village", "courier", "registry"])
async def test_who_may_not_file_is_refused(register: Register, chat):
    with pytest.raises(PermissionError):
        await register.file(by=chat)


@pytest.mark.parametrize(
    "chat, village, stage",
    [
        (LASTRI, "tlogopakis", "filed"),
        (RINI, "simego", "filed"),
        (YANTI, "tlogopakis", "at_district"),
        (YANTI, "gumelem", "at_district"),
    ],
)
async def test_a_request_starts_where_its_role_works(register: Register, chat, village, stage):
    assert (await register.one(village=village, by=chat)).stage == stage


async def test_a_number_that_is_taken_is_drawn_again(register: Register, monkeypatch):
    first = await register.file()
    draws = iter([first.number, first.number, numbers.EXAMPLE])
    monkeypatch.setattr(numbers, "draw", lambda: next(draws))
    assert (await register.file()).number == numbers.EXAMPLE


async def test_who_waited_for_a_number_is_told_that_it_is_filed(register: Register, monkeypatch):
    await register.follow(SARI, numbers.EXAMPLE, known=False)
    await register.follow(WATI, numbers.EXAMPLE, known=False)
    monkeypatch.setattr(numbers, "draw", lambda: numbers.EXAMPLE)
    filed = await register.file(by=WATI)
    assert [(row[0], row[1], row[3]) for row in await register.owed()] == [(SARI, "act", filed.request)]
    assert await register.ask("select count(*) from follow where expires_at is not null") == [(0,)]
