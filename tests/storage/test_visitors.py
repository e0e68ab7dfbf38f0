"""A visitor of the public page: number and pickup code, and limits that strangers cannot turn on families."""

from collections.abc import Callable
from typing import Any

import pytest

from storage import documents, guesses
from storage.counter import pickup
from storage.db.protocol import Row, Tx
from storage.guesses import AN_HOUR, OF_ALL, WHILE_OPEN
from storage.numbers import draw
from storage.pages import visitors
from storage.pages.visitors import OF_A_REQUEST, Visit
from storage.records import Document
from tests.handlers.wants_codes import wrong
from tests.storage.cast import DAY, HOUR, MINUTE, NOW, SARI, Register

HOME, CAFE, SOMEWHERE = "203.0.113.7", "2001:db8:0:1::/64", "198.51.100.1"


class Noted:
    """A transaction that notes what is asked of it."""

    def __init__(self, tx: Tx, asked: list[str]) -> None:
        self._tx, self._asked = tx, asked

    def __getattr__(self, name: str) -> Callable[..., Any]:
        async def ask(query: str, *values: Any, **named: Any) -> list[Row] | Row | None:
            self._asked.append(f"{name} {query}")
            answer: list[Row] | Row | None = await getattr(self._tx, name)(query, *values, **named)
            return answer

        return ask


async def look(register: Register, address: str, number: str, code: str, asked: list[str] | None = None) -> Visit:
    """Somebody looks a number up; what they name in vain is counted."""
    async with register.storage.transaction() as tx:
        noted: Any = tx if asked is None else Noted(tx, asked)
        seen = await visitors.look_up(noted, address, number, code, register.now)
        if seen.miss:
            await visitors.count(noted, address, number, code, register.now)
    return seen


async def filed(register: Register) -> tuple[Document, str]:
    card = await register.one()
    async with register.storage.reading() as tx:
        return card, await pickup.code(tx, card.request)


async def test_number_and_code_show_what_a_chat_sees(register: Register):
    card, code = await filed(register)
    found = (await look(register, HOME, card.number, code)).found
    async with register.storage.reading() as tx:
        assert found == await documents.status(tx, card.number, SARI, NOW)


@pytest.mark.parametrize("missed", [0, 1])
async def test_a_wrong_number_takes_the_same_steps_as_a_wrong_code(register: Register, missed: int):
    card, code = await filed(register)
    for address in (SOMEWHERE, HOME, CAFE)[: 1 + 2 * missed]:
        await look(register, address, draw(), code)
    steps: list[list[str]] = [[], []]
    unknown = await look(register, HOME, draw(), code, steps[0])
    mistaken = await look(register, CAFE, card.number, wrong(code), steps[1])
    assert unknown == mistaken == Visit(miss=True)
    assert steps[0] == steps[1]
    assert "many miss" in steps[0]


async def test_five_wrong_ones_an_hour_of_an_address_then_the_right_one_has_to_wait_there_alone(register: Register):
    card, code = await filed(register)
    for by in range(AN_HOUR):
        assert (await look(register, HOME, card.number, wrong(code, by + 1))).until is None
        register.now += MINUTE
    assert await look(register, HOME, card.number, code) == Visit(until=NOW + HOUR)
    assert (await look(register, CAFE, card.number, code)).found
    register.now = NOW + HOUR
    assert (await look(register, HOME, card.number, code)).found


async def test_the_same_wrong_one_twice_is_one_miss(register: Register):
    card, code = await filed(register)
    for _ in range(OF_A_REQUEST):
        assert (await look(register, HOME, card.number, wrong(code))).until is None
    assert (await look(register, HOME, card.number, code)).found


@pytest.mark.parametrize(("others", "slowed"), [(OF_ALL - 1, False), (OF_ALL, True)])
async def test_the_breaker_of_visitors_slows_who_missed_and_never_a_family_or_a_chat(
    register: Register, *, others: int, slowed: bool
):
    card, code = await filed(register)
    for _ in range(WHILE_OPEN):
        await look(register, CAFE, draw(), code)
    async with register.storage.transaction() as tx:
        await guesses.count(tx, SARI, (draw(), draw()), NOW)
        for host in range(others - WHILE_OPEN):
            await guesses.count(tx, f"192.0.2.{host}", (draw(),), NOW)
        assert await guesses.of_all(tx, NOW) == WHILE_OPEN
        assert (await guesses.allowance(tx, SARI, (), NOW)).until is None
    assert ((await look(register, CAFE, card.number, code)).until is not None) == slowed
    assert (await look(register, HOME, card.number, wrong(code))).miss
    assert (await look(register, HOME, card.number, code)).found


async def test_of_one_number_only_so_many_wrong_codes_are_named_from_wherever(register: Register):
    card, code = await filed(register)
    for by in range(OF_A_REQUEST):
        assert (await look(register, f"192.0.2.{by}", card.number, wrong(code, by + 1))).miss
    register.now += DAY
    assert await look(register, HOME, card.number, code) == Visit(miss=True)
    async with register.storage.transaction() as tx:  # at the counter it is as right as before
        assert await pickup.is_right(tx, card.request, code, NOW)


async def test_no_code_opens_what_was_filed_before_there_were_codes(register: Register):
    card, _ = await filed(register)
    await register.ask("update request set pickup = '' returning id")
    for named in ("", "0000"):
        assert (await look(register, HOME, card.number, named)).found is None


async def test_what_ended_long_ago_is_not_there_any_more(register: Register):
    card, code = await filed(register)
    await register.brought(card, "handed_over")
    register.now += documents.LIVES_ON - 1
    assert (await look(register, HOME, card.number, code)).found
    register.now += 2
    assert (await look(register, HOME, card.number, code)).miss


async def test_of_an_address_a_keyed_hash_is_kept_for_the_hour(register: Register):
    await look(register, HOME, draw(), "1234")
    [(who, what)] = await register.ask("select who, what from miss")
    assert (len(who), len(what)) == (32, 32)
    async with register.storage.transaction() as tx:
        await guesses.purge(tx, NOW + HOUR)
    assert await register.ask("select count(*) from miss") == [(0,)]
