"""How it went: asked once, when all of a request is handed over, without a sound, and never where somebody died."""

from handlers.opinions.buttons import Explain, Judge
from handlers.wording.layout import NO_BREAK
from storage.counter import handovers
from storage.documents import of_request
from storage.feedback import opinions
from storage.records import Actor, Document
from tests.storage.cast import ask
from tests.town import Town


async def given(town: Town, *types: str) -> Document:
    """A request whose documents go to Sari's family one by one."""
    found = await town.files(*types)
    await town.follows(town.sari, found[0].number, news="")
    ready = [await town.carries(one, "ready_at_village") for one in found]
    for one in ready:
        async with town.storage.transaction() as tx:
            actor = Actor(await town.person(town.warni), town.clock)
            await handovers.give(tx, town.workflow, [one], "self", "known", actor)
        town.sari.forgets() if one is not ready[-1] else None
        await town.grace()
    return found[0]


async def test_it_is_asked_with_the_news_of_the_last_document_and_not_before(town: Town):
    await given(town, "KK", "KIA")
    asked = [seen for seen in town.sari.phone.heard if "Bagus" in seen.buttons]
    assert [seen.text.replace(NO_BREAK, " ") for seen in asked] == [town.sari.screen]
    assert asked[0].silent
    await town.sari.taps("Bagus", times=2)
    assert await ask(town.storage, "select verdict, reason from opinion") == [("good", "")]


async def test_whoever_is_not_content_may_say_why(town: Town):
    await given(town, "KK")
    await town.sari.taps("Kurang")
    await town.sari.taps("Terlalu lama")
    assert "Terima kasih" in town.sari.screen
    assert await ask(town.storage, "select verdict, reason from opinion") == [("bad", "slow")]


async def test_nobody_is_asked_where_somebody_died(town: Town):
    await given(town, "AKM")
    assert town.sari.heard
    assert not [seen for seen in town.sari.phone.heard if "Bagus" in seen.buttons]
    assert await ask(town.storage, "select count(*) from opinion") == [(0,)]


async def test_who_does_not_follow_it_says_nothing(town: Town):
    card = await given(town, "KK")
    for button in (Judge(card.request, "bad"), Explain(card.request, "slow")):
        await town.emma.forges(button)
    assert await ask(town.storage, "select verdict from opinion") == [("",)]


async def test_of_fewer_than_five_who_say_the_same_the_head_reads_nothing(town: Town):
    for verdict in ("good",) * 5 + ("bad",) * 4:
        (card,) = await town.files("KK")
        async with town.storage.transaction() as tx:
            found = await of_request(tx, card.request)
        assert found
        await ask(town.storage, f"insert into opinion (request) values ({card.request})")
        async with town.storage.transaction() as tx:
            await opinions.give(tx, card.request, verdict, town.clock)
    said = await town.hadi.says("/statistik")
    assert "Bagus 5" in said
    assert "Kurang" not in said
