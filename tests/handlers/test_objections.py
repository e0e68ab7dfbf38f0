"""A family says that it did not get what was recorded as handed over, from the news of it or from its number's card."""

import pytest

from handlers.handover.buttons import NotReceived, Settle
from storage import ledger
from storage.records import DAY, Document
from tests.handlers.test_handover import ready
from tests.town import Town


async def test_a_family_that_did_not_get_it_says_so_and_village_desk_and_head_hear_of_it(any_town: Town):
    town = any_town
    cards = await ready(town)
    await town.follows(town.sari, cards[0].number)
    await town.warni.says(cards[0].number)
    await town.warni.taps("Serahkan ke warga")
    await town.warni.taps("✅ Tetangga")
    await town.grace()
    await town.sari.taps("Kami belum menerima", times=2)
    for who in (town.warni, town.rina, town.hadi):
        assert "Warga belum menerima: KK dan KIA" in who.screen
        assert "Tercatat diserahkan oleh: perangkat desa. Diambil oleh: tetangga." in who.screen
        assert sum("Warga belum menerima" in text for text in who.heard) == 1
    assert town.simego.heard == []
    await town.hadi.says("/tugas")
    assert town.hadi.buttons[0] == "Warga belum menerima: 1 ⚠"
    await town.hadi.taps("Warga belum menerima")
    await town.hadi.taps("✅ Sudah jelas")
    await town.warni.says("/tugas")
    assert not any("Warga belum" in label for label in town.warni.buttons)


@pytest.mark.parametrize("days, who", [(15, "sari"), (1, "emma")])
async def test_to_object_is_for_who_follows_and_for_some_days(town: Town, days: int, who: str):
    (card,) = await ready(town, "KK")
    await town.follows(town.sari, card.number)
    await town.carries(card, "handed_over")
    async with town.storage.reading() as tx:
        act = (await ledger.history(tx, card.id))[-1].act
    town.clock += days * DAY
    await town.people[who].forges(NotReceived(act, card.request))
    assert {"sari": "kantor desa", "emma": "village office"}[who] in town.people[who].alert
    assert town.hadi.heard == []


async def test_only_who_may_look_into_it_says_that_it_is_cleared_up(town: Town):
    (card,) = await ready(town, "KK")
    await town.follows(town.sari, card.number)
    await town.carries(card, "handed_over")
    await town.grace()
    async with town.storage.reading() as tx:
        act = (await ledger.history(tx, card.id))[-1].act
    await town.sari.forges(NotReceived(act, card.request))
    for who in (town.joko, town.simego, town.sari):
        await who.forges(Settle(act, card.request))
    async with town.storage.reading() as tx:
        assert len(await tx.all("objections")) == 1


async def given(town: Town, *types: str) -> list[Document]:
    """Documents of a number that Sari follows, fetched by a neighbour."""
    cards = await ready(town, *types)
    await town.follows(town.sari, cards[0].number)
    await town.warni.says(cards[0].number)
    await town.warni.taps("Serahkan ke warga")
    await town.warni.taps("✅ Tetangga")
    await town.grace()
    return cards


async def test_a_family_objects_from_the_card_of_its_number_too(any_town: Town):
    town = any_town
    number = (await given(town))[0].number
    assert "Diambil oleh: tetangga" in await town.sari.says(number)
    await town.sari.taps("Kami belum menerima")
    assert "Warga belum menerima: KK dan KIA" in town.hadi.screen
    again = await town.sari.says(number)
    assert "sedang ditelusuri" in again
    assert "Kami belum menerima" not in town.sari.buttons
    assert "Kami belum menerima" not in (await town.emma.says(number), *town.emma.buttons)


async def test_who_only_follows_too_does_not_read_that_they_objected(town: Town):
    number = (await given(town))[0].number
    await town.follows(town.emma, number)
    await town.sari.says(number)
    await town.sari.taps("Kami belum menerima")
    assert "We were told on Tuesday 24 Nov that the family did not get it." in await town.emma.says(number)


async def test_what_was_handed_over_twice_is_objected_to_apart(town: Town):
    kk, _ = await ready(town)
    await town.follows(town.sari, kk.number)
    for only, who in (("Hanya KK", "✅ Anak"), ("Hanya KIA", "✅ Tetangga")):
        await town.warni.says(kk.number)
        await town.warni.taps("Serahkan ke warga")
        if only in town.warni.buttons:
            await town.warni.taps(only)
        await town.warni.taps(who)
    await town.sari.says(kk.number)
    await town.sari.taps("Kami belum menerima · KIA")
    assert "Warga belum menerima: KIA" in town.hadi.screen


async def test_the_history_says_who_fetched_it_and_that_the_family_objected(any_town: Town):
    town = any_town
    number = (await given(town))[0].number
    await town.sari.says(number)
    assert "diambil oleh: tetangga" in await town.sari.taps("Riwayat")
    await town.sari.says(number)
    await town.sari.taps("Kami belum menerima")
    await town.rina.says(number)
    assert "warga menyatakan belum menerima" in await town.rina.taps("Riwayat")
    await town.rina.says("/tugas")
    await town.rina.taps("Warga belum menerima")
    await town.rina.taps("✅ Sudah jelas")
    await town.rina.says(number)
    assert "sudah jelas" in await town.rina.taps("Riwayat")


async def test_after_two_weeks_the_card_asks_no_more_and_the_history_still_tells(town: Town):
    number = (await given(town, "KK"))[0].number
    town.clock += 15 * DAY
    assert "Diambil oleh" not in await town.sari.says(number)
    assert "diambil oleh: tetangga" in await town.sari.taps("Riwayat")
