"""A refusal that nobody understands is held until it is shown whose it is; while all is refused, all is kept."""

import asyncio

import pytest

from bot.sandbox import Window
from handlers.reply import Button, Screen
from storage import outbox
from storage.news import leftovers
from tests.mail import Mail, bad, chat_of, forbidden, heard

# Nobody knows


async def refused(post: Mail, minutes: int) -> None:
    """Time goes by while Telegram refuses one chat and takes what is owed to another."""
    budi = post.person("Budi")
    for _ in range(minutes):
        await post.owes(budi, "Halo")
        await post.passes(60)


async def test_a_refusal_that_nobody_understands_is_held_as_long_as_nothing_is_taken(post: Mail):
    sari, paijo = post.person("Sari"), post.person("Paijo")
    fault = post.sandbox.fault("status", times=None, **bad("PEER_ODD"))
    for who in (sari, paijo):
        await post.owes(who, "satu", "dua")
    for _ in range(60):
        await post.passes(60)
    assert (await post.unsent(), await post.dead_letters(), post.outage.said()) == (4, [], "Bad Request: PEER_ODD")
    post.sandbox.faults.remove(fault)
    await post.passes(60)
    assert (heard(sari), heard(paijo), post.outage.said()) == (["satu", "dua"], ["satu", "dua"], "")


async def test_what_is_refused_while_others_are_taken_is_a_dead_letter_after_ten_minutes(post: Mail):
    sari = post.person("Sari")
    fault = post.sandbox.fault("status", "sendMessage", chat=chat_of(sari), times=None, **bad("PEER_ODD"))
    await post.owes(sari, "satu")
    await post.settled()
    await refused(post, 9)
    assert (await post.unsent(), await post.dead_letters()) == (1, [])
    await refused(post, 2)
    assert (await post.unsent(), await post.dead_letters()) == (0, ["Bad Request: PEER_ODD"])
    post.sandbox.faults.remove(fault)
    async with post.storage.transaction() as tx:
        (row,) = await leftovers.given_up(tx)
        await leftovers.retry(tx, row[0], post.clock)
    await post.settled()
    assert heard(sari) == ["satu"]


async def test_before_it_is_a_dead_letter_the_bare_words_are_tried(post: Mail):
    sari = post.person("Sari")
    post.renders["fancy"] = lambda: (Screen("<b>Halo</b>", ((Button("Ya", "yes"),),), photo=b"png"), False)
    post.sandbox.fault("status", "sendPhoto", chat=chat_of(sari), times=None, **bad("ODD_INVALID"))
    await post.owes(sari, "fancy", "dua")
    await post.settled()
    await refused(post, 11)
    assert [(seen.text, bool(seen.buttons)) for seen in sari.heard] == [("Halo", False), ("dua", False)]
    assert await post.dead_letters() == []


async def test_an_odd_403_is_believed_when_others_are_taken_and_what_is_owed_is_kept(post: Mail):
    sari = post.person("Sari")
    post.sandbox.fault("status", "sendMessage", chat=chat_of(sari), times=None, **forbidden("something new"))
    await post.owes(sari, "satu")
    await post.settled()
    assert await post.next_due() == 750
    await refused(post, 2)
    assert (await post.next_due(), await post.dead_letters()) == (None, [])
    post.sandbox.faults.clear()
    async with post.storage.transaction() as tx:
        assert await outbox.find(tx, chat_of(sari), post.clock)
    await post.settled()
    assert heard(sari) == ["satu"]


# Nothing can be sent


async def one_more_send(post: Mail) -> None:
    before = len(post.sends)
    post.sender.wake()
    await post.until(lambda: len(post.sends) > before)


@pytest.mark.parametrize(
    "how",
    [
        pytest.param({"code": 401, "words": "Unauthorized"}, id="token revoked"),
        pytest.param({"code": 404, "words": "Not Found"}, id="token malformed"),
        pytest.param({"code": 409, "words": "Conflict: terminated"}, id="second instance"),
        pytest.param({"code": 400, "words": "Logged out"}, id="moved between servers"),
    ],
)
async def test_while_everything_is_refused_everything_is_kept_and_few_are_tried(post: Mail, how, caplog):
    people = [post.person(f"Warga {i}") for i in range(30)]
    post.sandbox.fault("status", "sendMessage", times=None, **how)
    for person in people:
        await post.owes(person, "satu", "dua")
    post.sender.wake()
    await post.until(lambda: len(post.sends) == 20)
    await asyncio.sleep(0.01)
    assert len(post.sends) == 20  # those that were under way together: then it rests
    for _ in range(10):
        post.seconds += 31
        await one_more_send(post)
    assert (await post.unsent(), await post.dead_letters(), post.outage.said()) == (60, [], how["words"])
    assert 5 <= len([record for record in caplog.records if record.levelname == "ERROR"]) <= 7
    post.sandbox.faults.clear()
    post.seconds += 31
    await post.settled()
    assert [heard(person) for person in people] == [["satu", "dua"]] * 30


async def a_minute(post: Mail, other: Window, text: str) -> None:
    """A minute goes by, and somebody else hears something."""
    await post.owes(other, text)
    post.clock, post.seconds = post.clock + 60_000, post.seconds + 60
    post.sender.wake()
    await post.until(lambda: heard(other)[-1:] == [text] and post.idle)


@pytest.mark.parametrize(
    "how", [{"code": 404, "words": "Not Found"}, {"code": 404, "words": "Not Found: method not found"}]
)
async def test_a_server_that_knows_no_pictures_holds_up_nobody_else_and_the_words_go_out_at_last(post: Mail, how):
    sari, budi = post.person("Sari"), post.person("Budi")
    post.renders["qr"] = lambda: (Screen("Resi", photo=b"png"), False)
    post.sandbox.fault("status", "sendPhoto", times=None, **how)
    await post.owes(sari, "qr", "dua")
    post.sender.wake()
    await post.until(lambda: post.sandbox.calls)
    for minute in range(14):
        await a_minute(post, budi, str(minute))
    await post.passes(60)
    assert [(seen.text, seen.file) for seen in sari.heard] == [("Resi", None), ("dua", None)]
    assert await post.dead_letters() == []


async def test_a_server_that_wavers_about_the_token_makes_no_dead_letters(post: Mail):
    sari, budi = post.person("Sari"), post.person("Budi")
    post.sandbox.fault("status", "sendMessage", chat=chat_of(sari), times=40, code=401, words="Unauthorized")
    await post.owes(sari, "Halo")
    for minute in range(60):
        await a_minute(post, budi, str(minute))
    assert (heard(sari), await post.dead_letters()) == (["Halo"], [])
