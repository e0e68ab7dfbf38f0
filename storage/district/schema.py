"""The parts of a district file: what each holds, and of which shape."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from storage.district.own_texts import ReadyText, Sentences
from storage.district.readable import readable
from storage.district.shape import above_zero, at_least, at_most, matching, not_blank, within
from storage.records import ROLES

LANGUAGES = ("id", "jv", "en")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# With these every list can be turned and every message fits (tests/handlers/test_largest.py).
MOST_TYPES = 60  # a draft keeps them as bits of one number
MOST_VILLAGES, MOST_STAGES, MOST_ROUTES, MOST_SKIPS = 500, 30, 20, 60
MOST_EXITS, MOST_HOLDS, MOST_NEEDS, MOST_IN_PERSON, MOST_ORIGINALS, MOST_SEASONS, MOST_READY = 20, 60, 12, 2, 12, 20, 8


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


def _phone(number: str) -> str:
    if not re.fullmatch(r"\+?[0-9 ()/-]{5,25}", number):
        raise ValueError(f"'{number}' is not a telephone number; write it as (0285) 123456")
    return number


_Key = Annotated[str, matching(r"[A-Za-z0-9_]{1,20}")]
_Short = Annotated[str, at_most(20), not_blank, readable]
_Name = Annotated[str, at_most(40), not_blank, readable]
_Title = Annotated[str, at_most(60), not_blank, readable]
_Phrase = Annotated[str, at_most(80), not_blank, readable]
_Text = Annotated[str, at_most(120), not_blank, readable]
_Time = Annotated[str, matching(r"([01][0-9]|2[0-3]):[0-5][0-9]")]
_Phone = Annotated[str, _phone]
_Role = Annotated[str, _role]
_Roles = Annotated[tuple[_Role, ...], at_least(1)]
_Days = Annotated[float, above_zero, within(0, 366)]
_Code = Annotated[str, matching(r"([1-9][0-9]{0,2})?")]
_Language = Literal["id", "jv", "en"]
Hours = dict[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], tuple[_Time, _Time]]


@dataclass(frozen=True, kw_only=True)
class Phrases:
    """The phrases of a stage in one language."""

    now: _Text
    brief: _Name | None = None
    next: _Phrase
    news: _Phrase | None = None
    leg: _Title
    done: _Phrase


@dataclass(frozen=True, kw_only=True)
class SomePhrases:
    """The phrases that one route has of its own, in one language."""

    now: _Text | None = None
    brief: _Name | None = None
    next: _Phrase | None = None
    news: _Phrase | None = None
    leg: _Title | None = None
    done: _Phrase | None = None

    def said(self) -> dict[str, str]:
        """Those that it has, by their names."""
        return {name: text for name, text in vars(self).items() if text is not None}


@dataclass(frozen=True, kw_only=True)
class OnRoute:
    """What is different about a stage on one route. What is not said here is as on every other."""

    by: _Roles | None = None
    id: SomePhrases = SomePhrases()
    jv: SomePhrases = SomePhrases()
    en: SomePhrases = SomePhrases()


@dataclass(frozen=True, kw_only=True)
class Task:
    """Some words in each language, such as a leg in those of one role: a desk receives what a courier hands in."""

    id: _Text
    jv: _Text
    en: _Text


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One stage: where it is, who moves a document into it, in how many working days."""

    key: _Key
    place: Literal["village", "district", "registry", "road", "home"]
    by: _Roles
    target: Annotated[float, above_zero, within(0, 250)] | None = None
    sound: bool = False
    ready: bool = False
    tell: tuple[_Role, ...] = ()
    id: Phrases
    jv: Phrases
    en: Phrases
    leg_of: dict[_Role, Task] = field(default_factory=dict)
    on: dict[_Key, OnRoute] = field(default_factory=dict)

    def leg(self, lang: str, roles: Iterable[str] = ()) -> str:
        """The task that takes a document into this stage, as the first of these roles that has own words says."""
        own = next((self.leg_of[role] for role in roles if role in self.leg_of), None)
        return str(getattr(own, lang) if own else getattr(self, lang).leg)

    def on_route(self, route: str) -> "Stage":
        """The stage as it is on a route: with the words and the roles that the route has of its own, if any."""
        own = self.on.get(route)
        if own is None:
            return self
        said = {lang: getattr(own, lang).said() for lang in LANGUAGES}
        # What happens otherwise is told otherwise, too, and so is what is elsewhere.
        void = {"next": "news", "now": "brief"}
        phrases = {
            lang: replace(getattr(self, lang), **{void[key]: None for key in words if key in void} | words)
            for lang, words in said.items()
        }
        legs = {} if own.id.leg else self.leg_of  # what the road says of its own, all its roles say
        return replace(self, by=own.by or self.by, leg_of=legs, **phrases)


@dataclass(frozen=True, kw_only=True)
class Skip:
    """A way past stages, for some roles."""

    origin: str = field(metadata={"key": "from"})
    to: Annotated[tuple[str, ...], at_least(1)]
    by: _Roles


@dataclass(frozen=True, kw_only=True)
class Named(Task):
    """Something with a key and a name in each language."""

    key: _Key


@dataclass(frozen=True, kw_only=True)
class Original(Named):
    """A paper of a family that goes along with a request and comes back with its documents, such as a marriage book."""

    id: _Name
    jv: _Name
    en: _Name


@dataclass(frozen=True, kw_only=True)
class Type(Named):
    """A kind of document. `needs` lists what to bring, by language, `in_person` what one does oneself, in words that
    say where; `originals` names what of it comes back; by words in `called` people ask for it. Of a `birth` the name
    may come later. `moves`: who asks for it moves out of the village, or into it.
    """

    id: _Title
    jv: _Title
    en: _Title
    short: _Short
    route: str = "courier"
    mourning: bool = False
    birth: bool = False
    moves: Literal["out", "in"] | None = None
    needs: dict[_Language, Annotated[tuple[_Text, ...], at_most(MOST_NEEDS)]] = field(default_factory=dict)
    in_person: dict[_Language, Annotated[tuple[_Text, ...], at_most(MOST_IN_PERSON)]] = field(default_factory=dict)
    originals: tuple[str, ...] = ()
    called: tuple[_Name, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reason(Named):
    """Why a document stands where it does; `code` is what carriers call that: data element 9013 of UN/EDIFACT. It is
    told in `brief` on buttons.
    """

    code: _Code = ""
    brief: Task | None = None


@dataclass(frozen=True, kw_only=True)
class Exit(Reason):
    """Where a document may stop outside its road; `ends` if it never goes on. Those who may send it there (`by`), from
    these stages (`at`), say what is missing, or why it ends.
    """

    ends: bool
    at: tuple[str, ...] = ()
    by: tuple[_Role, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Hold(Reason):
    """Why a document may wait: at which stages (`at`) and of which kinds (`types`, all if none is named), and which
    roles may say so (`by`). What the family should `bring` whose turn it is, and to which office (`come_to`).

    `stops_clock` when it is the family's turn and the delay not the service's; `in_turn` when what waits goes on one by
    one, oldest first, so that a family has a place.
    """

    at: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    by: tuple[_Role, ...] = ()
    stops_clock: bool = False
    in_turn: bool = False
    bring: Task | None = None
    come_to: Literal["village", "district"] = "village"


@dataclass(frozen=True, kw_only=True)
class Village:
    """A village: a short key for buttons, a name for people, and when its office is open, if that is known of it."""

    key: _Key
    name: _Name
    hours: Hours = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Season:
    """Some weeks in which the counters keep other hours, such as Ramadan: from the first day to the last."""

    first: date
    last: date
    hours: Annotated[Hours, at_least(1)]


@dataclass(frozen=True, kw_only=True)
class About:
    """The district itself."""

    key: _Key
    name: _Name
    registry: _Name
    phone: _Phone | None = None
    sms: _Phone | None = None
    zone: Annotated[str, _zone]
    languages: Annotated[tuple[_Language, ...], at_least(1)]
    holidays: str
    extra_days_off: tuple[date, ...] = ()
    notice_grace: Annotated[float, within(0, 600)]
    undo: Annotated[float, within(0, 86_400)] = 600
    gather: Annotated[float, within(0, 300)] = 0
    quiet: tuple[_Time, _Time] = ("20:00", "06:00")
    corrects: tuple[_Role, ...] = ("district_desk", "head")
    promise: tuple[_Days, _Days] = (2, 4)
    inspectorate: _Title | None = None
    elsewhere: tuple[_Name, ...] = ()
    followers: Annotated[int, within(1, 10_000)] = 5
    second_factor: bool = False
    public_page: bool = False


@dataclass(frozen=True, kw_only=True)
class District:
    """A whole district file."""

    district: About
    hours: Annotated[Hours, at_least(1)]
    hours_of: dict[Literal["village", "registry"], Hours] = field(default_factory=dict)
    seasons: Annotated[tuple[Season, ...], at_most(MOST_SEASONS)] = ()
    villages: Annotated[tuple[Village, ...], at_least(1), at_most(MOST_VILLAGES)]
    routes: Annotated[dict[_Key, tuple[str, ...]], at_least(1), at_most(MOST_ROUTES)]
    starts: Annotated[dict[_Role, str], at_least(1)]
    stages: Annotated[tuple[Stage, ...], at_least(2), at_most(MOST_STAGES)]
    skips: Annotated[tuple[Skip, ...], at_most(MOST_SKIPS)] = ()
    exits: Annotated[tuple[Exit, ...], at_most(MOST_EXITS)] = ()
    originals: Annotated[tuple[Original, ...], at_most(MOST_ORIGINALS)] = ()
    types: Annotated[tuple[Type, ...], at_least(1), at_most(MOST_TYPES)]
    holds: Annotated[tuple[Hold, ...], at_most(MOST_HOLDS)] = ()
    refusals: Annotated[tuple[Reason, ...], at_most(MOST_HOLDS)] = ()
    sentences: Sentences = field(default_factory=Sentences)
    announcements: Annotated[dict[_Key, ReadyText], at_most(MOST_READY)] = field(default_factory=dict)


PARTS: dict[str, Any] = {
    "district": About, "villages": Village, "stages": Stage, "skips": Skip, "exits": Exit, "types": Type, "holds": Hold,
    "refusals": Reason, "originals": Original, "seasons": Season, "sentences": Sentences,
}  # fmt: skip
