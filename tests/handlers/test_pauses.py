"""A head pauses what the bot sends by itself, and lets it out again: nothing is lost, and nothing is said twice."""

import pytest

from handlers.announcements.buttons import BeginAnnouncement, ShowAnnouncement
from handlers.pauses.buttons import BeginPause
from storage import outbox, overview
from storage.heads import hearers, pausing
from storage.news import leftovers
from storage.records import DAY, MINUTE, Document
from tests.handlers.test_morning import WEDNESDAY, lies_ready, mornings
from tests.town import Town

ALL = BeginPause("all", "", "wrong")


@pytest.fixture
async def card(town: Town) -> Document:
    """A document that Sari follows."""
    (card,) = await town.files("KK")
    await town.grace()
    await town.follows(town.sari, card.number)
    return card


async def ready(town: Town, card: Document) -> Document:
    """It lies ready in the village, which families are told."""
    card = await town.carries(await town.document(card), "ready_at_village")
    await town.grace()
    return card


async def test_two_taps_pause_all_over_a_restart_and_one_lets_it_out(town: Town, card: Document):
    await town.hadi.says("/jeda")
    await town.hadi.taps("Semua pesan")
    assert "⏸ Dijeda: semua pesan, sejak Selasa 24 Nov pukul 08.10 (pesan keliru)." in await town.hadi.taps(
        "pesan keliru"
    )
    await ready(town, card)
    await town.kill()
    await town.start()
    await town.passes(MINUTE / 1000)
    assert town.sari.heard == []
    assert "pesan menunggu. Tidak ada yang hilang." in await town.hadi.says("/jeda")
    await town.hadi.taps("Lanjutkan: semua pesan")
    assert "Siap diambil" in town.sari.screen


async def test_what_was_paused_is_told_at_once(town: Town, card: Document):
    await town.hadi.forges(ALL)
    card = await town.carries(card, "issued")
    await town.grace()
    await ready(town, card)
    assert town.sari.heard == []
    await town.hadi.taps("Lanjutkan: semua pesan")
    assert len(town.sari.heard) == 1


async def test_answers_and_what_heads_are_told_go_on(town: Town, card: Document):
    await town.hadi.forges(ALL)
    assert "Kartu Keluarga" in await town.sari.says(card.number)
    town.hadi.forgets()
    await mornings(town, WEDNESDAY)
    assert town.warni.heard == []
    assert "⏸ Dijeda: semua pesan, sejak Selasa 24 Nov" in town.hadi.screen


async def test_an_answer_that_is_owed_goes_on(town: Town):
    await town.hadi.forges(ALL)
    async with town.storage.transaction() as tx:
        await outbox.owe(tx, [outbox.Due("a", town.sari.chat, "answer", outbox.ANSWER, town.clock)], town.clock)
        assert len(await outbox.claim(tx, outbox.ANSWER, town.clock, 9)) == 1


async def test_one_village_is_paused_and_the_others_are_not(town: Town, card: Document):
    (other,) = await town.files("KK", village="simego", by="simego")
    await town.follows(town.emma, other.number)
    await town.hadi.forges(BeginPause("village", "tlogopakis", "mourning"))
    await ready(town, card)
    await ready(town, other)
    assert town.sari.heard == []
    assert town.emma.heard != []


async def test_what_is_about_no_request_waits_for_whoever_follows_in_a_paused_village(town: Town, card: Document):
    (other,) = await town.files("KK", village="simego", by="simego")
    await town.follows(town.emma, other.number)
    await town.follows(town.simego, card.number)  # for a neighbour: what an officer hears is of their own village
    await town.hadi.forges(BeginPause("village", "tlogopakis", "mourning"))
    async with town.storage.transaction() as tx:
        id = await hearers.draft(tx, {"id": "Loket tutup hari Jumat."}, 1, town.clock)
    await town.hadi.forges(BeginAnnouncement(id, "all", ""))
    await town.passes(MINUTE / 1000)
    assert town.sari.heard == []
    assert town.emma.heard != []
    assert town.simego.heard != []
    assert "Pesan sedang dijeda" in await town.hadi.forges(ShowAnnouncement(id))
    await town.hadi.says("/jeda")
    await town.hadi.taps("Lanjutkan: Tlogopakis")
    assert len(town.sari.heard) == 1


@pytest.mark.parametrize(("kind", "times"), [("news", 0), ("announcements", 1)])
async def test_an_announcement_says_that_it_is_paused_when_it_is(town: Town, card: Document, kind: str, times: int):
    await town.hadi.forges(BeginPause("kind", kind, "wrong"))
    async with town.storage.transaction() as tx:
        id = await hearers.draft(tx, {"id": "Loket tutup hari Jumat."}, 1, town.clock)
    await town.hadi.forges(BeginAnnouncement(id, "all", ""))
    assert town.hadi.screen.count("Pesan sedang dijeda") == times


async def test_reminders_are_paused_and_news_is_not(town: Town, card: Document):
    await town.hadi.forges(BeginPause("kind", "reminders", "feast"))
    await lies_ready(town)
    await ready(town, card)
    town.warni.forgets()
    await mornings(town, WEDNESDAY)
    assert town.warni.heard == []
    assert town.sari.heard != []


async def test_what_two_pauses_hold_leaves_with_the_second(town: Town, card: Document):
    await town.hadi.forges(ALL)
    await town.hadi.forges(BeginPause("village", "tlogopakis", "other"))
    await ready(town, card)
    await town.hadi.taps("Lanjutkan: semua pesan")
    assert town.sari.heard == []
    await town.hadi.taps("Lanjutkan: Tlogopakis")
    assert len(town.sari.heard) == 1


async def test_who_comes_back_amid_a_pause_hears_nothing_yet(town: Town, card: Document):
    town.sari.phone.block()
    await ready(town, card)
    await town.hadi.forges(ALL)
    town.sari.phone.unblock()
    await town.settled()
    town.sari.forgets()
    await town.passes(1)
    assert town.sari.heard == []
    await town.hadi.taps("Lanjutkan: semua pesan")
    assert "Siap diambil" in town.sari.screen


async def test_what_is_paused_is_kept_and_makes_nobody_late(town: Town, card: Document):
    await town.hadi.forges(ALL)
    await ready(town, card)
    await town.passes(31 * DAY / 1000)
    async with town.storage.transaction() as tx:
        assert await overview.oldest_owed(tx) == (None, 0)
        assert await outbox.next_due(tx) == {}
        await leftovers.set_back(tx, town.clock, DAY)
        await leftovers.purge(tx, town.clock - 30 * DAY, town.clock - 30 * DAY)
        assert await pausing.count(tx) > 0


async def test_only_a_head_pauses(town: Town):
    assert "Ini tugas petugas lain" in await town.rina.says("/jeda")
    await town.rina.forges(ALL)
    async with town.storage.reading() as tx:
        assert await pausing.pauses(tx) == []


async def test_a_village_that_is_not_there_is_not_paused(town: Town):
    await town.hadi.forges(BeginPause("village", "nowhere", "other"))
    assert "sudah berubah" in town.hadi.alert.lower() + town.hadi.screen.lower()
