"""What became of updates is written down by whoever leads alone: another begins again with all that is open."""

from tests.desk import Desk


async def test_what_was_answered_is_written_once_its_process_leads_again_and_by_nobody_before(shop: Desk):
    leads, asked = [False], list[bool]()

    def may() -> bool:
        asked.append(leads[0])
        return leads[0]

    shop.dispatcher._settler._leads = may
    shop.person("Sari").say("hello")
    await shop.until(lambda: shop.ended and asked)
    assert len(await shop.on_hand()) == 1
    leads[0] = True
    await shop.settled()
    assert await shop.on_hand() == []
