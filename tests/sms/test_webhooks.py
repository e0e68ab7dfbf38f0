"""What comes in by SMS: a number is answered, a word follows it or forgets the telephone, and nobody else is heard."""

import logging
from dataclasses import replace

import pytest

from bot.sms.webhooks import AN_HOUR
from handlers.relays.texts import _ALPHABET, LONGEST
from handlers.throttle import OF_ALL
from handlers.wording.layout import grouped
from locales import dates
from storage import numbers
from storage.news import phones
from storage.numbers import EXAMPLE
from storage.records import DAY, HOUR, MINUTE
from tests.desk import Moody
from tests.handlers.wants_codes import WANTS_CODES
from tests.sms.conftest import BUDI, SARI, Office
from tests.sms.phone import KEY, webhook
from tests.town import WORKFLOW


async def test_a_number_is_answered_in_one_sms_and_the_telephone_is_not_kept(office: Office):
    card = await office.register.one()
    for text in (card.number, grouped(card.number), numbers.draw(), EXAMPLE, "halo", "3326011204900003", "STOP"):
        [said] = await office.writes(SARI, text)
        assert len(said) <= LONGEST
        assert set(said) <= _ALPHABET
        assert said.startswith("Jek-Duk Petungkriyono: ")
        assert await office.kept() == []
        office.register.now += HOUR


async def test_ikut_follows_and_berhenti_forgets_the_telephone(office: Office):
    card = await office.register.one()
    assert len(await office.writes("081234567890", f"Ikut {grouped(card.number)}")) == 1
    assert await office.kept() == [(SARI,)]
    await office.go_on(card, "ready_at_district")
    await office.writes(SARI, "berhenti.")
    assert await office.kept() == []
    [(left,)] = await office.register.ask("select count(*) from outbox where kind like 'sms%'")
    assert left == 0
    assert "dihapus" in office.phone.sent[-1][1]


@pytest.mark.parametrize("text", ["IKUT{}", "ikuti {}", "“Ikut” {}", "Ikut-{}", "{} IKUT", "(TUMUT) {}"])
async def test_the_word_by_sms_may_stand_anyhow_beside_the_number(office: Office, text: str):
    card = await office.register.one()
    await office.writes(SARI, text.format(card.number))
    assert await office.kept() == [(SARI,)]
    await office.writes(SARI, "Stop?")
    assert await office.kept() == []


@pytest.mark.parametrize("asked", ["berhenti di tahap apa ya?", "stop di mana berkasnya?", "iki mandheg neng ngendi"])
async def test_a_question_about_a_number_forgets_no_telephone(office: Office, asked: str):
    card = await office.register.one()
    await office.writes(SARI, f"IKUT {card.number}")
    [said] = await office.writes(SARI, f"{card.number} {asked}")
    assert (await office.kept(), grouped(card.number) in said or card.number in said) == ([(SARI,)], True)
    await office.writes(SARI, f"{card.number} STOP")
    assert await office.kept() == []


async def test_what_the_gateway_tells_twice_is_answered_once(office: Office):
    card = await office.register.one()
    said = [await office.writes(SARI, card.number, id="the-same") for _ in range(3)]
    assert [len(each) for each in said] == [1, 0, 0]


@pytest.mark.parametrize(("key", "late"), [("another", 0), ("kunci-rahasia", 6 * MINUTE)])
async def test_who_does_not_sign_as_the_gateway_now_is_not_heard(office: Office, key: str, late: int):
    card = await office.register.one()
    payload = {"phoneNumber": SARI, "message": f"IKUT {card.number}"}
    assert await office.hears("sms:received", key=key, late=late, **payload) == 403
    await office.send()
    assert (office.phone.sent, await office.kept()) == ([], [])


async def test_whoever_does_not_sign_is_logged_once_a_minute(office: Office, caplog: pytest.LogCaptureFixture):
    for after in (0, MINUTE - 1, 1):
        office.register.now += after
        for _ in range(3):
            assert await office.hears("sms:received", key="another", message="x", phoneNumber=SARI) == 403
    assert len(caplog.messages) == 2


@pytest.mark.parametrize("sender", ["TELKOMSEL", "3636", "", "+62812x"])
async def test_an_operator_is_not_answered(office: Office, sender: str):
    assert await office.writes(sender, "Kuota habis 563185915492") == []


async def test_nonsense_is_taken_so_that_it_does_not_come_again(office: Office):
    assert await office.hears("sms:received", message="x") == 204
    assert await office.hears("sms:failed", messageId="'; drop table") == 204
    assert await office.hears("system:ping", health={}) == 204
    for body in (b"[" * 15_000, b"null", b'{"event":"sms:failed","id":1,"payload":[]}', b"\xff"):
        assert await office.takes(body) == 204
    for id in ("1-99999999", "1-" + "9" * 30, "9" * 19 + "-0", "9" * 30 + "-0"):
        assert await office.hears("sms:failed", messageId=id, reason="\ud800\x00") == 204


async def test_what_no_database_can_keep_is_no_part_of_what_the_gateway_tells(office: Office):
    assert len(await office.writes(SARI, "halo \ud800\x00", id="an-id\ud800\x00")) == 1
    assert await office.hears("sms:failed", messageId="7-0", reason="RESULT_\ud800\x00") == 204


async def test_the_sender_is_read_under_either_name(office: Office):
    assert await office.hears("sms:received", message="halo", sender=SARI) == 204
    assert await office.hears("sms:received", message="halo", phoneNumber=SARI) == 204
    await office.send()
    assert [phone for phone, _ in office.phone.sent] == [SARI, SARI]


async def test_the_gateway_tells_it_again_when_the_register_is_away(office: Office, caplog: pytest.LogCaptureFixture):
    away = Moody(office.register.storage)
    office.register = replace(office.register, storage=away)
    office.restart()
    for refuses, status in ((1, 503), (0, 204)):
        away.refuses = refuses
        assert await office.hears("sms:received", "the-same", phoneNumber=SARI, message="halo") == status
    assert caplog.messages == []


async def test_who_guesses_is_refused_as_in_the_chat_and_a_flood_costs_little(office: Office):
    card = await office.register.one()
    for _ in range(5):
        await office.writes(SARI, numbers.draw())
    [refused] = await office.writes(SARI, card.number)
    hour_later = dates.moment(office.register.now + HOUR, office.register.now, WORKFLOW.zone, "id")
    assert f"sesudah {hour_later}" in refused
    assert len(refused) <= LONGEST
    for _ in range(AN_HOUR):
        await office.writes(SARI, "halo")
    assert len(office.phone.sent) == AN_HOUR
    assert len(await office.writes(BUDI, card.number)) == 1


async def test_however_many_strangers_write_families_that_follow_are_answered_and_no_more_is_spent(office: Office):
    card = await office.register.one()
    await office.follow(SARI, card.number)
    for stranger in range(OF_ALL // AN_HOUR):
        for n in range(AN_HOUR):
            said = {"phoneNumber": f"+62811{stranger:08}", "message": f"halo {n}"}
            body, headers = webhook("sms:received", f"{stranger}-{n}", office.register.now, KEY, **said)
            assert await office.takes(body, headers) == 204
    await office.send()
    assert len(office.phone.sent) == OF_ALL
    assert await office.writes(BUDI, card.number) == []
    assert len(await office.writes(SARI, card.number)) == 1


async def test_however_many_strangers_write_whoever_follows_anew_is_told_and_the_rest_is_not_kept(office: Office):
    card = await office.register.one()
    for stranger in range(OF_ALL):
        body, headers = webhook(
            "sms:received", f"{stranger}", office.register.now, KEY, phoneNumber=f"+62811{stranger:08}", message="halo"
        )
        assert await office.takes(body, headers) == 204
    await office.send()
    assert await office.writes(BUDI, f"IKUT {numbers.draw()}") == []
    assert await office.kept() == []
    assert len(await office.writes(SARI, f"IKUT {card.number}")) == 1
    assert await office.kept() == [(SARI,)]


async def test_where_a_code_is_wanted_an_sms_opens_nothing(office: Office):
    card = await office.register.one()
    office.register = replace(office.register, workflow=WANTS_CODES)
    office.restart()
    for text in (card.number, f"IKUT {card.number}"):
        [said] = await office.writes(SARI, text)
        assert "dengan kode ambil" in said
    assert await office.register.ask("select count(*) from sms_follow") == [(0,)]


async def test_berhenti_is_heard_in_a_flood_too(office: Office):
    card = await office.register.one()
    await office.writes(SARI, f"IKUT {card.number}")
    for _ in range(AN_HOUR):
        await office.writes(SARI, "halo")
    assert await office.writes(SARI, "STOP") == []
    assert await office.kept() == []


async def test_no_more_follow_a_receipt_than_in_the_chat(office: Office):
    card = await office.register.one()
    for n in range(5):
        await office.follow(f"+6281100000{n}", card.number)
    [said] = await office.writes(SARI, f"IKUT {card.number}")
    assert "kantor desa" in said
    assert len(await office.kept()) == 5


async def test_each_is_written_to_in_the_language_of_its_word(office: Office):
    card = await office.register.one()
    await office.writes(SARI, f"FOLLOW {card.number}")
    await office.go_on(card, "ready_at_district")
    await office.send()
    assert "Free" in office.phone.sent[-1][1]


async def test_thirty_days_after_the_hand_over_the_telephone_is_forgotten(office: Office):
    card = await office.register.one()
    await office.follow(SARI, card.number)
    await office.go_on(card, "handed_over")
    await office.send()
    for days, kept in ((29, 1), (2, 0)):
        office.register.now += days * DAY
        async with office.register.storage.transaction() as tx:
            await phones.purge(tx, office.register.now)
        assert len(await office.kept()) == kept


async def test_no_telephone_is_in_a_log(office: Office, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    card = await office.register.one()
    await office.writes(SARI, f"IKUT {card.number}")
    await office.go_on(card, "ready_at_district")
    await office.send()
    id = list(office.phone.took)[-1]
    await office.hears("sms:failed", messageId=id, phoneNumber=SARI, reason=f"to {SARI}: no credit")
    office.phone.asleep = True
    office.register.now += HOUR
    await office.send()
    told = "\n".join(f"{one.getMessage()} {vars(one)}" for one in caplog.records if one.name.startswith("bot"))
    assert "was not sent" in told
    assert "is away" in told
    assert "81234567890" not in told
    assert "kopi-tubruk" not in told
