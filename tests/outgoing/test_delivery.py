"""What becomes of one message: a test for each row of docs/facts.md, "What a failed send tells"."""

import logging

import pytest

from bot.outgoing.delivery import without
from handlers.reply import Button, Screen
from storage import outbox
from tests.mail import Mail, bad, chat_of, forbidden, heard

HOUR = 3600


# Not now


@pytest.mark.parametrize(
    "kind, how, wait, copies",
    [
        pytest.param("refuse", {}, 750, 1, id="not sent"),
        pytest.param("drop", {}, 750, 1, id="unknown, not done"),
        pytest.param("lose", {}, 750, 2, id="unknown, done"),
        pytest.param("truncate", {}, 750, 2, id="cut off, done"),
        pytest.param("html", {"code": 502}, 750, 1, id="a proxy speaks"),
        pytest.param("status", {"code": 500, "words": "Internal Server Error: restart"}, 750, 1, id="server restarts"),
        pytest.param("flood", {"seconds": 7}, 8000, 1, id="flood"),
        pytest.param("status", bad("chat not found"), 750, 1, id="chat not found, once"),
    ],
)
async def test_it_is_sent_later(post: Mail, kind, how, wait, copies):
    sari = post.person("Sari")
    post.sandbox.fault(kind, "sendMessage", **how)
    await post.owes(sari, "Halo")
    await post.settled()
    assert await post.next_due() == wait
    await post.passes(wait / 1000)
    assert heard(sari) == ["Halo"] * copies
    assert await post.next_due() is None


async def test_each_try_waits_longer_up_to_a_minute(post: Mail):
    sari, waits = post.person("Sari"), []
    post.sandbox.fault("refuse", times=None)
    await post.owes(sari, "Halo")
    await post.settled()
    for _ in range(9):
        waits.append(await post.next_due() or 0)
        await post.passes(waits[-1] / 1000)
    assert waits == [750, 1500, 3000, 6000, 12000, 24000, 45000, 45000, 45000]


async def test_a_flood_outlives_a_restart(post: Mail):
    sari = post.person("Sari")
    await post.knows(sari)
    post.sandbox.fault("flood", "sendMessage", chat=chat_of(sari), seconds=HOUR)
    await post.owes(sari, "satu")
    await post.settled()
    await post.dies()
    post.opens()
    await post.owes(sari, "dua")
    await post.passes(HOUR)
    assert (heard(sari), await post.next_due()) == ([], 1000)
    await post.passes(1)
    assert heard(sari) == ["satu", "dua"]


async def test_a_flood_is_no_reason_to_wait_longer_the_next_time(post: Mail):
    sari = post.person("Sari")
    post.sandbox.fault("flood", "sendMessage", seconds=1)
    post.sandbox.fault("refuse", "sendMessage", nth=2)
    await post.owes(sari, "Halo")
    await post.settled()
    await post.passes(2)
    assert await post.next_due() == 750


async def test_a_flood_of_hours_is_shouted_about(post: Mail, caplog):
    post.sandbox.fault("flood", "sendMessage", seconds=10072)
    await post.owes(post.person("Sari"), "Halo")
    await post.settled()
    assert [(r.levelname, r.wait_ms) for r in caplog.records if r.message == "sent later"] == [("WARNING", 10_073_000)]


# Nobody is there


@pytest.mark.parametrize(
    "how",
    [
        pytest.param(forbidden("bot was blocked by the user"), id="blocked"),
        pytest.param(forbidden("user is deactivated"), id="deactivated"),
        pytest.param(forbidden("bot can't initiate conversation with a user"), id="never started"),
        pytest.param(bad("USER_IS_BLOCKED"), id="blocked, in capitals"),
        pytest.param(bad("PEER_ID_INVALID"), id="never started, in capitals"),
        pytest.param(bad("INPUT_USER_DEACTIVATED"), id="deactivated, in capitals"),
    ],
)
async def test_whoever_cannot_be_reached_is_left_alone_until_they_return(post: Mail, how):
    sari = post.person("Sari")
    post.sandbox.fault("status", "sendMessage", chat=chat_of(sari), times=None, **how)
    await post.owes(sari, "satu", "dua")
    await post.settled()
    await post.owes(sari, "tiga")
    await post.passes(HOUR)
    assert len(post.sends) == 1
    post.sandbox.faults.clear()
    async with post.storage.transaction() as tx:
        assert await outbox.find(tx, chat_of(sari), post.clock)
    await post.settled()
    assert heard(sari) == ["satu", "dua", "tiga"]


async def test_a_chat_that_is_not_found_while_others_are_is_unreachable(post: Mail):
    sari, emma = post.person("Sari"), post.person("Emma")
    post.sandbox.fault("status", "sendMessage", chat=chat_of(sari), times=None, **bad("chat not found"))
    await post.owes(sari, "satu", "dua")
    await post.settled()
    await post.owes(emma, "satu")
    await post.settled()
    await post.passes(0.75)
    await post.passes(HOUR)
    assert (len(post.sends), await post.next_due()) == (3, None)


async def test_while_a_server_knows_nobody_nobody_is_unreachable(post: Mail):
    sari, emma = post.person("Sari"), post.person("Emma")
    post.sandbox.fault("status", "sendMessage", times=None, **bad("chat not found"))
    for one in (sari, emma):
        await post.owes(one, "satu")
    for seconds in (0, 1, 2, 4, 8, 16, 32):
        await post.passes(seconds)
    post.sandbox.faults.clear()
    await post.passes(60)
    assert (heard(sari), heard(emma)) == (["satu"], ["satu"])


async def test_a_chat_that_was_found_in_between_is_doubted_anew(post: Mail):
    sari = post.person("Sari")
    lost = bad("chat not found")
    post.sandbox.fault("status", "sendMessage", **lost)
    post.sandbox.fault("status", "sendMessage", nth=3, **lost)
    await post.owes(sari, "satu", "dua")
    for _ in range(3):
        await post.passes(1)
    assert heard(sari) == ["satu", "dua"]


async def test_somebody_lost_while_more_is_claimed_keeps_all_of_it(post: Mail):
    sari, others = post.person("Sari"), [post.person(f"Warga {i}") for i in range(80)]
    post.sandbox.fault(
        "status", "sendMessage", chat=chat_of(sari), times=None, **forbidden("bot was blocked by the user")
    )
    await post.owes(sari, "satu")
    for other in others:
        await post.owes(other, "Halo")
    await post.owes(sari, "dua")
    await post.settled()
    post.sandbox.faults.clear()
    async with post.storage.transaction() as tx:
        await outbox.find(tx, chat_of(sari), post.clock)
    await post.settled()
    assert heard(sari) == ["satu", "dua"]


# Not like this


@pytest.mark.parametrize(
    "words, plain, keys",
    [
        pytest.param('can\'t parse entities: Unsupported start tag "3" at byte offset 5', True, True, id="entities"),
        pytest.param("message is too long", True, True, id="too long"),
        pytest.param("BUTTON_DATA_INVALID", False, False, id="button"),
        pytest.param("reply markup is too long", False, False, id="markup"),
    ],
)
async def test_it_goes_out_at_once_without_what_was_refused(post: Mail, words, plain, keys, caplog):
    sari = post.person("Sari")
    screen = Screen("<b>Halo</b> &lt;3", ((Button("Ya", "yes"),),))
    post.renders["fancy"] = lambda: (screen, False)
    post.sandbox.fault("status", "sendMessage", **bad(words))
    await post.owes(sari, "fancy")
    await post.settled()
    assert post.sends == [screen.text, "Halo &lt;3" if plain else screen.text]
    assert [(seen.text, bool(seen.buttons)) for seen in sari.heard] == [("Halo <3", keys)]
    assert [r.levelname for r in caplog.records] == ["ERROR"]


async def test_a_picture_that_is_refused_leaves_its_words(post: Mail):
    sari = post.person("Sari")
    post.renders["qr"] = lambda: (Screen("Resi", photo=b"png"), False)
    post.sandbox.fault("status", "sendPhoto", **bad("IMAGE_PROCESS_FAILED"))
    await post.owes(sari, "qr")
    await post.settled()
    assert [(seen.text, seen.file) for seen in sari.heard] == [("Resi", None)]


def test_plain_words_fit_and_stay_plain():
    screen, silent = without((Screen(f"<b>{'&lt;' * 5000}</b>"), True), "formatting")
    assert (screen.text, silent) == ("&lt;" * 4096, True)
    photo, _ = without((Screen("<i>" + "x" * 2000, photo=b"png"), False), "formatting")
    assert photo.text == "x" * 1024
    bare, _ = without((Screen("<i>" + "x" * 2000, ((Button("Ya", "yes"),),), photo=b"png"), False), "everything")
    assert bare == Screen("x" * 2000)


def broken() -> None:
    raise ZeroDivisionError


async def test_the_log_says_neither_what_was_owed_nor_to_whom(post: Mail, caplog):
    caplog.set_level(logging.DEBUG)
    sari = post.person("Sari")
    post.renders["Rahasia besar"] = broken
    for words in ("chat not found", "message is too long", 'CHANNEL_PRIVATE "Rahasia"'):
        post.sandbox.fault("status", "sendMessage", **bad(words))
    await post.owes(sari, "Rahasia", "Rahasia besar")
    await post.passes(0)
    await post.passes(HOUR)
    said = "".join(str(vars(record)) for record in caplog.records if record.name.startswith("bot."))
    assert "ZeroDivisionError" in said
    assert "Rahasia" not in said
    assert str(chat_of(sari)) not in said
