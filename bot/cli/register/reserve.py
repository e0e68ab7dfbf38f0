"""Keeps receipt numbers that are on paper for the village where they were given out, when the register lost them."""

from bot import database
from bot.config import Settings, WrongSettings
from bot.config.posts import place_of
from handlers.wording.layout import grouped
from storage import district, numbers
from storage.db import ids
from storage.paper import booklets


async def reserve(settings: Settings, wanted: tuple[str, ...], village: str, now: int) -> str:
    """How many are kept now, in a sentence. Raises WrongSettings, and keeps none, if one of them cannot be."""
    place = place_of(district.load(settings.district_file), "village_officer", village)
    found = {one: numbers.find(one).good for one in wanted}
    if wrong := [one for one, good in found.items() if not good or numbers.EXAMPLE in good]:
        raise WrongSettings(f"no receipt number: {', '.join(wrong)}; compare it with the paper, digit by digit")
    sound = dict.fromkeys(number for good in found.values() for number in good)
    async with database.fitting(settings, now) as register, register.transaction() as tx:
        booklet = ids.new_id(now)
        kept = [number for number in sound if await booklets.keep(tx, booklet, number, place, now)]
        if known := sorted({*sound} - {*kept}):
            raise WrongSettings(f"known already: {', '.join(map(grouped, known))}; leave these out")
    return f"kept for {village}: {len(kept)}; an officer of that village sends each number to the bot, and files"
