"""The parts of a district file: what each holds, and of which shape."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from storage.district.readable import readable
from storage.records import ROLES

LANGUAGES = ("id", "jv", "en")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# With these every list can be turned and every message fits (tests/handlers/test_largest.py).
MOST_TYPES = 60  # a draft keeps them as bits of one number
MOST_VILLAGES, MOST_STAGES, MOST_ROUTES, MOST_SKIPS = 500, 30, 20, 60
MOST_EXITS, MOST_HOLDS, MOST_NEEDS, MOST_ORIGINALS, MOST_SEASONS = 20, 60, 12, 12, 20


def _role(name: str) -> str:
    if name not in ROLES:
        raise ValueError(f"'{name}' is not a role; write one of {', '.join(ROLES)}")
    return name


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"'{name}' is not a time zone; write a name such as Asia/Jakarta") from None
    return name


def _day(given: object) -> object:
    # Both 2026-12-31 and "2026-12-31" are clear.
    try:
        return date.fromisoformat(given) if isinstance(given, str) else given
    except ValueError:
        raise ValueError(f"'{given}' is not a day; write it as 2026-12-31") from None


def _phone(number: str) -> str:
    if not re.fullmatch(r"\+?[0-9 ()/-]{5,25}", number):
        raise ValueError(f"'{number}' is not a telephone number; write it as (0285) 123456")
    return number


_Key = Annotated[str, Field(pattern=r"^[A-Za-z0-9_]{1,20}$")]
_Short = Annotated[str, Field(pattern=r"\S", max_length=20), AfterValidator(readable)]
_Name = Annotated[str, Field(pattern=r"\S", max_length=40), AfterValidator(readable)]
_Title = Annotated[str, Field(pattern=r"\S", max_length=60), AfterValidator(readable)]
_Phrase = Annotated[str, Field(pattern=r"\S", max_length=80), AfterValidator(readable)]
_Text = Annotated[str, Field(pattern=r"\S", max_length=120), AfterValidator(readable)]
_Time = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
_Phone = Annotated[str, AfterValidator(_phone)]
_Role = Annotated[str, AfterValidator(_role)]
_Day = Annotated[date, BeforeValidator(_day)]
_Days = Annotated[float, Field(gt=0, le=366)]
_Code = Annotated[str, Field(pattern=r"^([1-9]\d{0,2})?$")]
_Language = Literal["id", "jv", "en"]
Hours = dict[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], tuple[_Time, _Time]]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Phrases(_Part):
    """The phrases of a stage in one language."""

    now: _Text
    next: _Phrase
    leg: _Title
    done: _Phrase


class SomePhrases(_Part):
    """The phrases that one route has of its own, in one language."""

    now: _Text | None = None
    next: _Phrase | None = None
    leg: _Title | None = None
    done: _Phrase | None = None


class OnRoute(_Part):
    """What is different about a stage on one route. What is not said here is as on every other."""

    by: tuple[_Role, ...] | None = Field(default=None, min_length=1)
    id: SomePhrases = SomePhrases()
    jv: SomePhrases = SomePhrases()
    en: SomePhrases = SomePhrases()


class Task(_Part):
    """A leg in the words of one role: a desk receives what a courier hands in."""

    id: _Text
    jv: _Text
    en: _Text


class Stage(_Part):
    """One stage: where it is, who moves a document into it, in how many working days."""

    key: _Key
    place: Literal["village", "district", "registry", "road", "home"]
    by: tuple[_Role, ...] = Field(min_length=1)
    target: float | None = Field(default=None, gt=0, le=250)
    sound: bool = False
    ready: bool = False
    tell: tuple[_Role, ...] = ()
    id: Phrases
    jv: Phrases
    en: Phrases
    leg_of: dict[_Role, Task] = Field(default_factory=dict)
    on: dict[_Key, OnRoute] = Field(default_factory=dict)

    def leg(self, lang: str, roles: Iterable[str] = ()) -> str:
        """The task that takes a document into this stage, as the first of these roles that has own words says."""
        own = next((self.leg_of[role] for role in roles if role in self.leg_of), None)
        return str(getattr(own, lang) if own else getattr(self, lang).leg)

    def on_route(self, route: str) -> "Stage":
        """The stage as it is on a route: with the words and the roles that the route has of its own, if any."""
        own = self.on.get(route)
        if own is None:
            return self
        words = {lang: getattr(own, lang).model_dump(exclude_none=True) for lang in LANGUAGES}
        phrases = {lang: getattr(self, lang).model_copy(update=words[lang]) for lang in LANGUAGES}
        legs = {} if own.id.leg else self.leg_of  # what the road says of its own, all its roles say
        return self.model_copy(update=phrases | {"by": own.by or self.by, "leg_of": legs})


class Skip(_Part):
    """A way past stages, for some roles."""

    origin: str = Field(alias="from")
    to: tuple[str, ...] = Field(min_length=1)
    by: tuple[_Role, ...] = Field(min_length=1)


class Named(_Part):
    """Something with a key and a name in each language."""

    key: _Key
    id: _Text
    jv: _Text
    en: _Text


class Original(Named):
    """A paper of a family that goes along with a request and comes back with its documents, such as a marriage book."""

    id: _Name
    jv: _Name
    en: _Name


class Type(Named):
    """A kind of document. `needs` lists what to bring, by language; `originals` names what of it comes back. Of a
    `birth` the name may come later. `moves`: who asks for it moves out of the village, or into it.
    """

    id: _Title
    jv: _Title
    en: _Title
    short: _Short
    route: str = "courier"
    mourning: bool = False
    birth: bool = False
    moves: Literal["out", "in"] | None = None
    needs: dict[_Language, Annotated[tuple[_Text, ...], Field(max_length=MOST_NEEDS)]] = Field(default_factory=dict)
    originals: tuple[str, ...] = ()


class Reason(Named):
    """Why a document stands where it does; `code` is what carriers call that: data element 9013 of UN/EDIFACT."""

    code: _Code = ""


class Exit(Reason):
    """Where a document may stop outside its road; `ends` if it never goes on. Those who may send it there (`by`), from
    these stages (`at`), say what is missing, or why it ends.
    """

    ends: bool
    at: tuple[str, ...] = ()
    by: tuple[_Role, ...] = ()


class Hold(Reason):
    """Why a document may wait: at which stages (`at`, all if none is named), and which roles may say so (`by`). What
    the family should `bring` whose turn it is.

    `stops_clock` when it is the family's turn and the delay not the service's; `in_turn` when what waits goes on one by
    one, oldest first, so that a family has a place.
    """

    at: tuple[str, ...] = ()
    by: tuple[_Role, ...] = ()
    stops_clock: bool = False
    in_turn: bool = False
    bring: Task | None = None


class Village(_Part):
    """A village: a short key for buttons, a name for people, and when its office is open, if that is known of it."""

    key: _Key
    name: _Name
    hours: Hours = Field(default_factory=dict)


class Season(_Part):
    """Some weeks in which the counters keep other hours, such as Ramadan: from the first day to the last."""

    first: _Day
    last: _Day
    hours: Hours = Field(min_length=1)


class About(_Part):
    """The district itself."""

    key: _Key
    name: _Name
    registry: _Name
    phone: _Phone | None = None
    sms: _Phone | None = None
    zone: Annotated[str, AfterValidator(_zone)]
    languages: tuple[_Language, ...] = Field(min_length=1)
    holidays: str
    extra_days_off: tuple[_Day, ...] = ()
    notice_grace: float = Field(ge=0, le=600)
    undo: float = Field(default=600, ge=0, le=86_400)
    gather: float = Field(default=0, ge=0, le=300)
    quiet: tuple[_Time, _Time] = ("20:00", "06:00")
    corrects: tuple[_Role, ...] = ("district_desk", "head")
    promise: tuple[_Days, _Days] = (2, 4)
    inspectorate: _Title | None = None
    followers: int = Field(default=5, ge=1, le=10_000)
    second_factor: bool = False


class District(_Part):
    """A whole district file."""

    district: About
    hours: Hours = Field(min_length=1)
    hours_of: dict[Literal["village", "registry"], Hours] = Field(default_factory=dict)
    seasons: tuple[Season, ...] = Field(default=(), max_length=MOST_SEASONS)
    villages: tuple[Village, ...] = Field(min_length=1, max_length=MOST_VILLAGES)
    routes: dict[_Key, tuple[str, ...]] = Field(min_length=1, max_length=MOST_ROUTES)
    starts: dict[_Role, str] = Field(min_length=1)
    stages: tuple[Stage, ...] = Field(min_length=2, max_length=MOST_STAGES)
    skips: tuple[Skip, ...] = Field(default=(), max_length=MOST_SKIPS)
    exits: tuple[Exit, ...] = Field(default=(), max_length=MOST_EXITS)
    originals: tuple[Original, ...] = Field(default=(), max_length=MOST_ORIGINALS)
    types: tuple[Type, ...] = Field(min_length=1, max_length=MOST_TYPES)
    holds: tuple[Hold, ...] = Field(default=(), max_length=MOST_HOLDS)
    refusals: tuple[Reason, ...] = Field(default=(), max_length=MOST_HOLDS)


PARTS: dict[str, type[BaseModel]] = {
    "district": About, "villages": Village, "stages": Stage, "skips": Skip, "exits": Exit, "types": Type, "holds": Hold,
    "refusals": Reason, "originals": Original, "seasons": Season,
}  # fmt: skip
