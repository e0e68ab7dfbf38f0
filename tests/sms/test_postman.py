"""What is owed by SMS goes to the gateway: all of it, each once, whatever happens in between."""

import pytest

from bot.sms.postman import CLAIM
from handlers.relays.texts import _ALPHABET, LONGEST
from handlers.wording.layout import grouped
from storage import outbox, overview
from storage.heads import pausing
from storage.news import leftovers, phones
from storage.records import HOUR, MINUTE
from tests.sms.conftest import BUDI, SARI, Office
from tests.storage.cast import JOKO
from tests.town import WORKFLOW


async def test_a_milestone_is_one_sms_to_who_follows(office: Office):
    card, other = await office.register.one(), await office.register.one()
    await office.follow(SARI, card.number)
    await office.follow(BUDI, other.number)
    await office.go_on(card, "at_registry")
    await office.send()
    assert office.phone.sent == []
    await office.go_on(await office.register.get(card), "ready_at_district")
    await office.send()
    [(phone, text)] = office.phone.sent
    assert (phone, grouped(card.number) in text) == (SARI, True)
    assert len(text) <= LONGEST
    assert set(text) <= _ALPHABET


async def thousand(office: Office) -> None:
    """A card that a thousand telephones follow is issued."""
    card, now = await office.register.one(), office.register.now
    async with office.register.storage.transaction() as tx:
        for n in range(1000):
            id = await phones.keep(tx, f"+62812{n:07}", "id", now)
            await phones.follow(tx, id, card.number, now)
    await office.go_on(card, "ready_at_district")


async def test_a_gateway_asleep_for_two_hours_loses_and_doubles_none_of_a_thousand(office: Office):
    await thousand(office)
    office.phone.asleep = True
    for _ in range(24):
        assert not await office.postman.send_due()
        office.register.now += 5 * MINUTE
    assert office.phone.sent == []
    office.phone.asleep = False
    await office.send()
    assert len({phone for phone, _ in office.phone.sent}) == len(office.phone.sent) == office.phone.posts == 1000
    assert await office.register.owed() == [row for row in await office.register.owed() if row[1] != "sms"]


class Killed(BaseException):
    """The process is gone."""


@pytest.mark.parametrize("twice", [409, 500])
async def test_killed_between_the_gateways_yes_and_the_commit_it_is_not_sent_again(office: Office, twice: int):
    cards = [await office.register.one() for _ in range(CLAIM + 2)]
    for card in cards:
        await office.follow(SARI, card.number)
        await office.go_on(card, "ready_at_district")
    office.phone.twice, deliver = twice, office.gateway.send

    async def send_and_die(id: str, phone: str, text: str, *, repeated: bool) -> None:
        await deliver(id, phone, text, repeated=repeated)
        if len(office.phone.took) == CLAIM - 1:
            raise Killed

    office.gateway.send = send_and_die  # type: ignore[method-assign]  # the process ends here
    with pytest.raises(Killed):
        await office.send()
    await office.gateway.close()
    office.restart()
    await office.send()
    assert len(office.phone.sent) == office.phone.posts == len(cards)


async def test_an_answer_that_got_lost_sends_nothing_twice(office: Office):
    card = await office.register.one()
    await office.follow(SARI, card.number)
    await office.go_on(card, "ready_at_district")
    office.phone.loses_answer = True
    assert not await office.postman.send_due()
    await office.send()
    assert (len(office.phone.sent), office.phone.posts) == (1, 1)


@pytest.mark.parametrize("twice", [409, 500])
async def test_an_id_that_the_gateway_knows_is_sent(office: Office, twice: int):
    office.phone.twice = twice
    for _ in range(2):
        await office.gateway.send("1-0", SARI, "x", repeated=False)
    assert len(office.phone.sent) == 1


async def test_an_answer_goes_on_amid_a_pause(office: Office):
    card, now = await office.register.one(), office.register.now
    await office.follow(SARI, card.number)
    async with office.register.storage.transaction() as tx:
        await pausing.begin(tx, pausing.ALL, "", "wrong", 1, now)
        await phones.answer(tx, await phones.keep(tx, BUDI, "id", now), "an event", "words", now)
    await office.go_on(card, "ready_at_district")
    await office.send()
    assert office.phone.sent == [(BUDI, "words")]


async def test_news_that_waited_says_how_it_is_once(office: Office):
    card = await office.register.one()
    await office.follow(SARI, card.number)
    card = await office.go_on(card, "ready_at_district")
    await office.go_on(card, "ready_at_village")
    await office.send()
    assert len(office.phone.sent) == 1
    assert "siap" in office.phone.sent[0][1]


async def test_what_is_taken_back_in_time_is_not_said_and_later_it_is_put_right(office: Office):
    card = await office.register.one()
    await office.follow(SARI, card.number)
    card = await office.go_on(card, "from_registry")
    act = (await office.register.move(JOKO, "ready_at_district", card)).act
    await office.register.undo(JOKO, act)
    office.register.now += WORKFLOW.grace + 1
    await office.send()
    assert office.phone.sent == []
    act = (await office.register.move(JOKO, "ready_at_district", await office.register.get(card))).act
    office.register.now += WORKFLOW.grace + 1
    await office.send()
    await office.register.undo(JOKO, act)
    await office.send()
    assert ["siap diambil" in text for _, text in office.phone.sent] == [True, False]
    assert (
        await office.register.ask("select kind from outbox where chat in (select id from sms_phone)") == [("sms",)] * 2
    )


async def test_no_phone_rings_at_night(office: Office):
    card = await office.register.one()
    await office.follow(SARI, card.number)
    office.register.now += 13 * HOUR  # 21.00
    await office.go_on(card, "ready_at_district")
    await office.send()
    assert office.phone.sent == []
    office.register.now += 11 * HOUR
    await office.send()
    assert len(office.phone.sent) == 1


async def test_what_the_network_did_not_take_is_sent_again_and_set_aside_at_last(office: Office):
    card = await office.register.one()
    await office.follow(SARI, card.number)
    await office.go_on(card, "ready_at_district")
    for tries in range(phones.MOST_FAILURES):
        await office.send()
        *old, id = office.phone.took
        for told in (*old, id, id):  # what was told before comes again, and this is told twice
            assert len(office.phone.sent) == tries + 1
            assert await office.hears("sms:failed", messageId=told, phoneNumber=SARI, reason="no credit") == 204
            if told != id:
                office.register.now += HOUR
                await office.send()
        office.register.now += HOUR
    await office.send()
    assert len(office.phone.sent) == phones.MOST_FAILURES
    async with office.register.storage.reading() as tx:
        assert [row[1] for row in await leftovers.given_up(tx)] == ["sms"]


async def test_a_failure_told_before_the_commit_is_asked_for_again(office: Office):
    card = await office.register.one()
    await office.follow(SARI, card.number)
    await office.go_on(card, "ready_at_district")
    async with office.register.storage.transaction() as tx:
        [owed] = await outbox.claim(tx, outbox.SMS, office.register.now, 1)
    assert await office.hears("sms:failed", messageId=f"{owed.ids[0]}-0", phoneNumber=SARI, reason="x") == 503


async def test_a_number_that_the_gateway_refuses_is_set_aside_and_stops_nobody(office: Office):
    card = await office.register.one()
    await office.follow("not a telephone", card.number)
    await office.follow(SARI, card.number)
    await office.go_on(card, "ready_at_district")
    await office.send()
    assert [phone for phone, _ in office.phone.sent] == [SARI]
    async with office.register.storage.reading() as tx:
        assert len(await leftovers.given_up(tx)) == 1


async def test_what_waits_for_the_gateway_is_no_fault_of_the_bot(office: Office):
    card = await office.register.one()
    await office.follow(SARI, card.number)
    await office.go_on(card, "ready_at_district")
    others = [row[0] for row in await office.register.ask("select id from outbox where kind <> 'sms'")]
    async with office.register.storage.transaction() as tx:
        await outbox.sent(tx, others, office.register.now)
    async with office.register.storage.reading() as tx:
        assert await overview.oldest_owed(tx) == (None, 0)
