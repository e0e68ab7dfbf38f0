"""The district file, read and checked: stages, routes, villages, document types, hours and words are data, not code."""

import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from storage.records import ROLES

DEFAULT = "petungkriyono"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_Key = Annotated[str, Field(pattern=r"^[A-Za-z0-9_]{1,20}$")]
_Time = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class WrongFile(ValueError):
    """A district file that cannot be used; its text names every line and what to write instead."""


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


_Role = Annotated[str, AfterValidator(_role)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(_Part):
    """The phrases of a stage in one language."""

    now: str
    next: str
    leg: str
    done: str


class Stage(_Part):
    """One stage: where it is, who moves a document into it, in how many working days."""

    key: _Key
    place: Literal["village", "district", "registry", "road", "home"]
    by: tuple[_Role, ...] = Field(min_length=1)
    target: float | None = Field(default=None, gt=0)
    sound: bool = False
    ready: bool = False
    tell: tuple[_Role, ...] = ()
    id: Words
    jv: Words
    en: Words


class Skip(_Part):
    """A way past stages, for some roles."""

    origin: str = Field(alias="from")
    to: tuple[str, ...]
    by: tuple[_Role, ...]


class Named(_Part):
    """Something with a key and a name in each language."""

    key: _Key
    id: str
    jv: str
    en: str


class Type(Named):
    """A kind of document. `needs` lists what to bring, by language."""

    short: str
    route: str = "courier"
    mourning: bool = False
    needs: dict[Literal["id", "jv", "en"], tuple[str, ...]] = Field(default_factory=dict)


class Exit(Named):
    """Where a document may stop outside its road; `ends` if it never goes on."""

    ends: bool


class Hold(Named):
    """Why a document may wait; `stops_clock` when the delay is not the service's."""

    stops_clock: bool = False


class Village(_Part):
    """A village: a short key for buttons, a name for people."""

    key: _Key
    name: str


class About(_Part):
    """The district itself."""

    key: _Key
    name: str
    registry: str
    zone: Annotated[str, AfterValidator(_zone)]
    languages: tuple[Literal["id", "jv", "en"], ...]
    holidays: str
    extra_days_off: tuple[str, ...] = ()
    notice_grace: float = Field(ge=0, le=600)


class District(_Part):
    """A whole district file."""

    district: About
    hours: dict[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], tuple[_Time, _Time]]
    villages: tuple[Village, ...] = Field(min_length=1)
    routes: dict[str, tuple[str, ...]]
    starts: dict[_Role, str]
    stages: tuple[Stage, ...] = Field(min_length=2)
    skips: tuple[Skip, ...] = ()
    exits: tuple[Exit, ...] = ()
    types: tuple[Type, ...] = Field(min_length=1)
    holds: tuple[Hold, ...] = ()

    @model_validator(mode="after")
    def _names_exist(self) -> Self:
        faults = list(_loose_ends(self)) + list(_twins(self))
        if faults:
            raise ValueError("; ".join(faults))
        return self


def _loose_ends(district: District) -> Any:
    stages = {stage.key for stage in district.stages}
    named = [(f"routes.{name}", key) for name, keys in district.routes.items() for key in keys]
    named += [(f"starts.{role}", key) for role, key in district.starts.items()]
    named += [(f"skips[{i}].to", key) for i, skip in enumerate(district.skips) for key in (skip.origin, *skip.to)]
    yield from (
        f"{path}: '{key}' is not a stage; write one of {_list(stages)}" for path, key in named if key not in stages
    )
    routes = district.routes
    for i, type in enumerate(district.types):
        if type.route not in routes:
            yield f"types[{i}].route: '{type.route}' is not a route; write one of {_list(routes)}"


def _twins(district: District) -> Any:
    for name in ("villages", "stages", "types", "holds", "exits"):
        keys = [part.key for part in getattr(district, name)]
        yield from (
            f"{name}[{i}].key: '{key}' stands twice; give one another key"
            for i, key in enumerate(keys)
            if key in keys[:i]
        )


def _list(names: Any) -> str:
    return ", ".join(sorted(names))


def parse(text: str) -> District:
    """The district in a TOML text. Raises WrongFile, naming every fault at once."""
    try:
        return District.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise WrongFile(f"not valid TOML: {error}") from None
    except ValidationError as error:
        raise WrongFile("\n".join(_fault(text, fault) for fault in error.errors())) from None


def _fault(text: str, fault: Any) -> str:
    path = list(fault["loc"])
    message = fault["msg"].removeprefix("Value error, ")
    given = fault.get("input")
    shown = f" (now {given!r})" if isinstance(given, str | int | float) and "write" not in message else ""
    where = ".".join(str(step) for step in path).replace(".", "[", 0)
    line = _line_of(text, path)
    return f"line {line}: {where}: {message}{shown}" if where else message


def _line_of(text: str, path: list[Any]) -> int:
    """Where a key stands, as well as a plain look at the text can tell."""
    lines, start = text.splitlines(), 0
    table = str(path[0]) if path else ""
    nth = path[1] if len(path) > 1 and isinstance(path[1], int) else 0
    heads = [i for i, line in enumerate(lines) if line.strip() in (f"[[{table}]]", f"[{table}]")]
    if heads:
        start = heads[min(nth, len(heads) - 1)]
    for key in (str(step) for step in path[1:] if isinstance(step, str)):
        found = [i for i, line in enumerate(lines[start:], start) if line.strip().startswith(f"{key} ")]
        start = found[0] if found else start
    return start + 1


def load(name: str | None = None) -> District:
    """The district file at a path, or Petungkriyono's. Raises WrongFile, also for a file that is not there."""
    return _shipped() if name is None else parse(_read(Path(name)))


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise WrongFile(f"{path}: cannot be read ({error}); set DISTRICT_FILE to a district file in TOML") from None


@cache
def _shipped() -> District:
    return parse((files("storage") / "districts" / f"{DEFAULT}.toml").read_text("utf-8"))
