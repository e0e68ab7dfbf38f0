"""The first invitations, made where the bot runs: nobody is there yet to make them in a chat."""

from collections.abc import Iterable

from bot import database, ownership
from bot.cli import connect
from bot.config import Settings, WrongSettings
from handlers.wording.links import invitation_link
from storage import district, migrate, people
from storage.district import District
from storage.records import ROLES, VILLAGE_ROLES


async def link(settings: Settings, role: str, village: str, now: int) -> str:
    """A one-time link to a post, on a database brought up to date. Raises WrongSettings for a post there cannot be."""
    found = district.load(settings.district_file)
    place = place_of(found, role, village)
    name = await connect.username(settings)  # first, so that no invitation is made that nobody gets
    async with database.opened(settings) as register:
        await migrate(register, now)
        await ownership.check(register, settings.token)
        async with register.transaction() as tx:
            return invitation_link(name, await people.invite(tx, role, place, None, now))


def place_of(found: District, role: str, village: str) -> str:
    """The key of the village for such a post, nothing for a role without one."""
    if role not in ROLES:
        raise WrongSettings(f"'{role}' is not a role; write one of {_list(ROLES)}")
    if role not in VILLAGE_ROLES:
        if village:
            raise WrongSettings(f"a {role} has no village; leave out --village")
        return ""
    asked = district.alike(village)
    key = next((one.key for one in found.villages if asked in {one.key.casefold(), district.alike(one.name)}), None)
    if key is None:
        problem = f"'{village}' is not a village of {found.district.name}" if village else f"a {role} has a village"
        raise WrongSettings(f"{problem}; write --village and one of {_list(place.name for place in found.villages)}")
    return key


def _list(names: Iterable[str]) -> str:
    return ", ".join(names)
