"""Which posts there can be: a role that has a village, and one that has none."""

from collections.abc import Iterable

from bot.config import WrongSettings
from storage import district
from storage.district import District
from storage.records import ROLES, VILLAGE_ROLES


def place_of(found: District, role: str, village: str) -> str:
    """The key of the village for such a post, nothing for a role without one. Raises WrongSettings for any other."""
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
