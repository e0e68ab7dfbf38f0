"""The largest district that a file may describe: as many of everything as it takes, in words as long as they may be."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from storage import district
from storage.district import District
from storage.district.schema import (
    LANGUAGES,
    MOST_EXITS,
    MOST_HOLDS,
    MOST_IN_PERSON,
    MOST_NEEDS,
    MOST_ORIGINALS,
    MOST_READY,
    MOST_ROUTES,
    MOST_SKIPS,
    MOST_STAGES,
    MOST_TYPES,
    MOST_VILLAGES,
)
from storage.records import ROLES

Table = dict[str, Any]
SHIPPED = tomllib.loads(district.SHIPPED.read_text("utf-8"))
LENGTHS = {
    "name": 40,
    "registry": 40,
    "short": 20,
    "now": 120,
    "brief": 40,
    "next": 80,
    "news": 80,
    "leg": 60,
    "done": 80,
}
OWN = {"opening": "{hours}", "closing": ""}
LAST = "last_village_of_all_"  # 20 characters, as a key may have


@cache
def largest() -> District:
    """Read from a file, as every other."""
    return district.parse(written(everything()))


def everything() -> Table:
    """The tables of the file. The keys of the shipped one stay, so that the same stories can be told in it."""
    stages = more(SHIPPED["stages"], MOST_STAGES, "stage", end=False)
    road, names = [stage["key"] for stage in stages], [f"route_of_a_name__{i:03}" for i in range(MOST_ROUTES)]
    routes = SHIPPED["routes"] | {"courier": road}
    others = [[road[0], *road[i:]] for i in range(2, len(road))]
    routes |= dict(zip(names[: MOST_ROUTES - 2], others, strict=False))
    for stage in stages:
        stage |= {"ready": True, "by": list(ROLES)}
        stage.pop("on", None)
    types = more(SHIPPED["types"], MOST_TYPES, "type")
    papers = more(SHIPPED["originals"], MOST_ORIGINALS, "paper")
    for i, type in enumerate(types):
        type |= {"needs": {lang: [filled(f"{n}", 120) for n in range(MOST_NEEDS)] for lang in LANGUAGES}}
        type |= {"in_person": {lang: [filled(f"{n}", 120) for n in range(MOST_IN_PERSON)] for lang in LANGUAGES}}
        type["originals"] = [paper["key"] for paper in papers]
        type["route"] = list(routes)[i % len(routes)]
    places = [i % (len(road) - 1) for i in range(MOST_SKIPS)]
    skips = [{"from": road[i], "to": road[i + 1 :], "by": list(ROLES)} for i in places]
    return {
        "district": SHIPPED["district"] | {"name": filled("D", 40), "registry": filled("R", 40)},
        "hours": {day: ["08:00", f"{12 + i}:30"] for i, day in enumerate(("mon", "tue", "wed", "thu", "fri", "sat"))},
        "routes": routes,
        "starts": dict.fromkeys(ROLES, road[0]),
        "villages": [*more(SHIPPED["villages"], MOST_VILLAGES - 1, "village"), {"key": LAST, "name": filled("z", 40)}],
        "stages": stages,
        "skips": skips,
        "exits": more(SHIPPED["exits"], MOST_EXITS, "exit"),
        "types": types,
        "originals": [{key: value[:40] for key, value in paper.items()} for paper in papers],
        "holds": more(SHIPPED["holds"], MOST_HOLDS, "hold"),
        "sentences": {key: dict.fromkeys(LANGUAGES, filled(place, 120)) for key, place in OWN.items()},
        "announcements": {f"text_of_a_long_name{i}": {"id": filled(f"{i}", 300)} for i in range(MOST_READY)},
    }


def more(shipped: Iterable[Table], most: int, kind: str, *, end: bool = True) -> list[Table]:
    """So many entries: those that are shipped and others like them, all in the longest words."""
    found = [dict(one) for one in shipped]
    extra = [found[0] | {"key": f"{kind}_{i:04}".ljust(20, "_")} for i in range(most - len(found))]
    found = [*found, *extra] if end else [*found[:-1], *extra, found[-1]]
    return [one | {key: long(key, value, str(i)) for key, value in one.items()} for i, one in enumerate(found)]


def long(key: str, value: Any, mark: str) -> Any:
    """A value in as many characters as it may have; what is no text that people read stays."""
    if isinstance(value, dict) and key in LANGUAGES:
        return {name: filled(mark, LENGTHS[name], "{n}" if name == "done" else "") for name in value}
    if key in LANGUAGES:
        return filled(mark, 60)
    return filled(mark, LENGTHS[key]) if key in LENGTHS and isinstance(value, str) else value


def filled(mark: str, length: int, place: str = "") -> str:
    """A text of so many characters, each of which HTML has to escape or spell."""
    return (f"{place}{mark}" + "&é<" * length)[:length]


def written(tables: Mapping[str, Any]) -> str:
    """As TOML."""
    parts = []
    for name, table in tables.items():
        head, entries = ("[[{}]]", table) if isinstance(table, list) else ("[{}]", [table])
        for entry in entries:
            parts += [head.format(name), *(f"{key} = {_value(value)}" for key, value in entry.items())]
    return "\n".join(parts)


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_value(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
