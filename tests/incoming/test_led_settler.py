"""What became of updates is written down by whoever leads alone: another begins again with all that is open."""

from bot.parts import join
from handlers.context import Services
from tests.desk import Desk
from tests.town import WORKFLOW, SandboxWire


async def test_what_was_answered_is_written_once_its_process_leads_again_and_by_nobody_before(shop: Desk):
    leads, asked = [True], list[bool]()

    def may() -> bool:
        asked.append(leads[0])
        return leads[0]

    services = Services(shop.storage, WORKFLOW, lambda: shop.clock)
    settles = join(services, SandboxWire(shop.sandbox), may).dispatcher._settler
    shop.dispatcher._settler._services = settles._services
    leads[0] = False
    shop.person("Sari").say("hello")
    await shop.until(lambda: shop.ended and asked)
    assert len(await shop.on_hand()) == 1
    leads[0] = True
    await shop.settled()
    assert await shop.on_hand() == []
