"""The first invitations, made where the bot runs: nobody is there yet to make them in a chat."""

from bot import database
from bot.cli import connect
from bot.config import Settings
from bot.config.posts import place_of
from handlers.wording.links import invitation_link
from storage import district, migrate, people


async def link(settings: Settings, role: str, village: str, now: int) -> str:
    """A one-time link to a post, on a database brought up to date. Raises WrongSettings for a post there cannot be."""
    found = district.load(settings.district_file)
    place = place_of(found, role, village)
    name = await connect.username(settings)  # first, so that no invitation is made that nobody gets
    database.begun_anew(settings)
    async with database.opened(settings) as register:
        await database.owned(register, settings, now)
        await migrate(register, now)
        async with register.transaction() as tx:
            return invitation_link(name, await people.invite(tx, role, place, None, now))
