"""Open documents found by what staff know of them: as far as they may see, and without reading the whole register."""

import re
from typing import Any

from storage import people
from storage.db.protocol import queries
from storage.numbers import EXAMPLE
from storage.records import Document
from storage.search import filters
from storage.search.filters import Filter, Hits
from tests.storage.cast import DAY, DEWI, JOKO, LASTRI, NOW, RINI, WATI, YANTI, Register

MANY, OPEN = 100_000, 1_000
ANSWERS = {"tail": "475", "ending": "%2475", "most": 8, "chat": WATI, "before": NOW, "village": "simego"}
ANSWERS |= {"type": "KK", "stage": "", "hold": "", "request": 1}
ASKED = """
    find_ending find_filed find_open find_open_in_village find_groups find_groups_in_village is_filed_by
""".split()


async def found(register: Register, who: int, wanted: Filter, most: int = 80) -> Hits:
    async with register.storage.reading() as tx:
        person = await people.get(tx, who)
        return await filters.find(tx, register.workflow, person, wanted, most, register.now)


async def ids(register: Register, who: int, **wanted: Any) -> list[int]:
    return [d.id for d in (await found(register, who, Filter(**wanted))).oldest]


async def town(register: Register) -> list[Document]:
    """A card of Tlogopakis and two papers of another family, one further on; and one of Simego, the oldest."""
    ours = []
    for types, by, village in ((("KK",), DEWI, "simego"), (("KK",), WATI, ""), (("KTP", "AKL"), WATI, "")):
        ours += await register.filed(*types, by=by, village=village or "tlogopakis")
        register.now += DAY
    ours[-1] = await register.brought(ours[-1], "at_district")
    return ours


async def test_filters_combine_and_the_oldest_comes_first(register: Register):
    simego, card, ktp, akl = [d.id for d in await town(register)]
    assert await ids(register, JOKO) == [simego, card, ktp, akl]
    assert await ids(register, JOKO, village="tlogopakis") == [card, ktp, akl]
    assert await ids(register, JOKO, type="KK") == [simego, card]
    assert await ids(register, JOKO, type="KK", village="tlogopakis") == [card]
    assert await ids(register, JOKO, stage="at_district") == [akl]
    assert await ids(register, JOKO, stage="at_district", type="KK") == []
    assert await ids(register, JOKO, days=2) == [simego, card]
    assert await ids(register, JOKO, days=3, village="tlogopakis") == []
    assert await ids(register, WATI, mine=1, type="KTP") == [ktp]


async def test_how_many_there_are_is_counted_by_each_part(register: Register):
    await town(register)
    hits = await found(register, JOKO, Filter(), most=1)
    assert (hits.total, len(hits.oldest)) == (4, 1)
    assert hits.counts["simego", "KK", "filed", ""] == 1
    assert (await found(register, JOKO, Filter(type="KK"))).total == 2


async def test_what_is_on_hold_is_found_by_its_reason(register: Register):
    card = await register.one()
    await register.ask(f"update document set hold = 'blank', hold_since = {NOW} where id = {card.id} returning id")
    assert await ids(register, JOKO, hold="blank") == [card.id]
    assert await ids(register, WATI, hold="blank", village="tlogopakis") == [card.id]
    assert await ids(register, JOKO, hold="sign") == []


async def test_open_documents_are_found_by_the_end_of_their_number(register: Register, monkeypatch):
    draws = iter(["240807202475", EXAMPLE, "234567890123"])
    monkeypatch.setattr("storage.numbers.draw", lambda: next(draws))
    first, second = await register.one(), await register.one()
    over = await register.brought(await register.one(), "handed_over")
    for digits, seen in (("475", [first.id]), ("2475", [first.id]), (second.number, [second.id]), ("1475", [])):
        assert await ids(register, WATI, digits=digits) == seen
    assert await ids(register, WATI, digits=over.number[-4:]) == []
    assert await ids(register, WATI, digits="2475", type="KTP") == []


async def test_a_village_officer_finds_what_is_of_their_villages(register: Register):
    simego, card, ktp, akl = await town(register)
    assert await ids(register, WATI) == [card.id, ktp.id, akl.id]
    assert await ids(register, WATI, village="simego") == []
    assert await ids(register, WATI, digits=simego.number[-4:]) == []
    assert await ids(register, RINI) == [simego.id, card.id, ktp.id, akl.id]  # of both
    assert await ids(register, RINI, village="simego") == [simego.id]
    assert len(await ids(register, YANTI)) == 4


async def test_who_only_files_finds_what_they_filed_and_no_more(register: Register):
    card, own = await register.one(), await register.one(by=LASTRI)
    every: list[dict[str, Any]] = [{}, {"mine": 1}, {"village": "tlogopakis"}, {"type": "KK"}, {"stage": "filed"}]
    for wanted in every:
        assert await ids(register, LASTRI, **wanted) == [own.id]
    assert await ids(register, LASTRI, digits=own.number[-4:]) == [own.id]
    assert card.id not in await ids(register, LASTRI, digits=card.number[-4:])
    async with register.storage.reading() as tx:
        lastri = await people.get(tx, LASTRI)
        assert await filters.is_seen(tx, register.workflow, lastri, own)
        assert not await filters.is_seen(tx, register.workflow, lastri, card)


async def test_what_was_filed_for_a_village_of_which_one_is_no_more_is_not_seen(register: Register):
    own = await register.one(by=LASTRI)
    async with register.storage.transaction() as tx:
        post = (await people.get(tx, LASTRI)).posts[0]
        await people.dismiss(tx, post.id, register.now)
        await people.give_post(tx, LASTRI, "reporter", "simego", None, register.now)
        assert not await filters.is_seen(tx, register.workflow, await people.get(tx, LASTRI), own)
    assert await ids(register, LASTRI) == []


async def test_who_stands_in_for_a_midwife_sees_what_she_filed_as_long_as_that_lasts(register: Register):
    own = await register.one(by=LASTRI)
    posts = [(await register.person(chat)).posts[0].id for chat in (LASTRI, DEWI)]
    await register.ask(
        "insert into stand_in (id, post, deputy, asked_by, asked_at, until, accepted_at)"
        f" values (1, {posts[0]}, {posts[1]}, 1, {NOW}, {NOW + DAY}, {NOW}) returning id"
    )
    for now, seen in ((NOW, True), (NOW + DAY, False)):
        async with register.storage.reading() as tx:
            dewi = await people.get(tx, DEWI, now)
            assert await filters.is_seen(tx, register.workflow, dewi, own) is seen


# Of 100,000 documents 1,000 are open


FILLED = {  # by table: its columns, and what the i-th row holds
    "act (id, kind, role, how, happened_at, recorded_at, grace_until, post)": "i, 'file', 'x', 'x', 1, 1, 1, i % 1000",
    "request (id, village, draft, mourned, act, filed_at, closed_at)": "i, 'simego', 'd' || i, 0, i, 1, {ended}",
    "number (number, request, since)": "100000000000 + i * 7, i, 1",
    "document (id, request, type, village, stage, since, version, closed_at)":
        "i, i, 'KK', 'v' || (i % 90), 'filed', i, 1, {ended}",
}  # fmt: skip


async def fill(register: Register) -> None:
    ended = f"case when i % {MANY // OPEN} = 0 then null else 1 end"
    for table, row in FILLED.items():
        counted = f"with recursive n(i) as (select 1 union all select i + 1 from n where i < {MANY})"
        await register.ask(
            f"insert into {table} {counted} select {row.format(ended=ended)} from n where true returning 1"
        )
    await register.ask("analyze")


async def test_of_many_documents_only_those_that_are_open_are_looked_through(register: Register, engine: str):
    await fill(register)
    whole = re.compile(r"Seq Scan on (document|number|request|act)\b|SCAN \S+$")
    for query in ASKED:
        text = re.sub(r":(\w+)", lambda name: repr(ANSWERS[name[1]]), queries()[query])
        rows = await register.ask(f"{'explain' if engine == 'postgres' else 'explain query plan'} {text}")
        steps = [str(row[-1]) for row in rows]
        assert [step for step in steps if whole.search(step)] == [], query
