"""Pickup codes: a district that wants them of strangers, what is filed with one, and codes that are wrong."""

from dataclasses import replace

from storage.counter import pickup
from storage.records import Document
from storage.workflow import Workflow
from tests.town import DISTRICT, Town

ABOUT = replace(DISTRICT.district, second_factor=True)
WANTS_CODES = Workflow(replace(DISTRICT, district=ABOUT))


async def filed(town: Town) -> tuple[Document, str]:
    (card,) = await town.files("KK")
    async with town.storage.reading() as tx:
        return card, await pickup.code(tx, card.request)


def wrong(code: str, by: int = 1) -> str:
    return f"{(int(code) + by) % 10_000:04}"
