"""Whether the parts of a district file agree: names that lead nowhere, stand twice, or contradict each other."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import reduce
from importlib.resources import files
from itertools import product
from string import Formatter

from storage.district.messages import WANTS, Mistake
from storage.district.readable import alike
from storage.district.schema import LANGUAGES, District, Hours, OnRoute, Stage
from storage.district.toml_lines import Path, shown


def loose_ends(district: District) -> Iterator[Mistake]:
    """Names that lead nowhere, stand twice, or contradict each other."""
    for check in (
        _strangers, _roads, _off_the_road, _starts, _backwards, _twins, _namesakes, _mistaken, _on_routes, _legs_of,
        _needs, _turns, _originals, _hours, _seasons, _calendar, _places, _sentences,
    ):  # fmt: skip
        yield from check(district)


def _strangers(district: District) -> Iterator[Mistake]:
    named: list[tuple[Path, str]] = [
        (("routes", name, i), key) for name, keys in district.routes.items() for i, key in enumerate(keys)
    ]
    named += [(("starts", role), key) for role, key in district.starts.items()]
    for i, skip in enumerate(district.skips):
        named += [(("skips", i, "from"), skip.origin), *((("skips", i, "to", j), to) for j, to in enumerate(skip.to))]
    named += [(("holds", i, "at", j), key) for i, hold in enumerate(district.holds) for j, key in enumerate(hold.at)]
    named += [(("exits", i, "at", j), key) for i, exit in enumerate(district.exits) for j, key in enumerate(exit.at)]
    stages = [stage.key for stage in district.stages]
    yield from (Mistake(path, _no("stage", key, stages)) for path, key in named if key not in stages)
    kinds = [type.key for type in district.types]
    of_holds = [
        (("holds", i, "types", j), key) for i, hold in enumerate(district.holds) for j, key in enumerate(hold.types)
    ]
    yield from (Mistake(path, _no("type", key, kinds)) for path, key in of_holds if key not in kinds)
    for i, type in enumerate(district.types):
        if type.route not in district.routes:
            yield Mistake(("types", i, "route"), _no("route", type.route, district.routes))


def _no(kind: str, given: str, known: Iterable[str]) -> str:
    names = list(known)
    near = get_close_matches(given, names, 1)
    return f"'{given}' is not a {kind}; write {near[0] if near else 'one of ' + ', '.join(names)}"


def _roads(district: District) -> Iterator[Mistake]:
    for name, route in district.routes.items():
        if len(route) < 2:  # noqa: PLR2004  # from somewhere to somewhere
            yield Mistake(("routes", name), "is too short; write at least two stages, the first and the last")
        for i, key in enumerate(route):
            if key in route[:i]:
                yield Mistake(("routes", name, i), f"'{key}' stands twice on this road; remove one")


def _off_the_road(district: District) -> Iterator[Mistake]:
    on_the_road = {key for route in district.routes.values() for key in route}
    for i, stage in enumerate(district.stages):
        if stage.key not in on_the_road:
            yield Mistake(
                ("stages", i, "key"), f"'{stage.key}' is on no road; write it into a list under [routes], or remove it"
            )


def _starts(district: District) -> Iterator[Mistake]:
    stages = {stage.key for stage in district.stages}
    for role, start in district.starts.items():
        for name, route in district.routes.items():
            if start in stages and start not in route:
                message = (
                    f"'{start}' is not on the road '{name}'; write a stage that all roads have: {_common(district)}"
                )
                yield Mistake(("starts", role), message)


def _common(district: District) -> str:
    first, *rest = district.routes.values()
    return ", ".join(key for key in first if all(key in route for route in rest)) or "there is none"


def _backwards(district: District) -> Iterator[Mistake]:
    stages = {stage.key for stage in district.stages}
    for i, skip in enumerate(district.skips):
        for j, to in enumerate(skip.to):
            if {skip.origin, to} <= stages and not _later(district, skip.origin, to):
                message = f"'{to}' does not come after '{skip.origin}' on any road; write a later stage"
                yield Mistake(("skips", i, "to", j), message)


def _later(district: District, origin: str, to: str) -> bool:
    roads = [route for route in district.routes.values() if origin in route and to in route]
    return any(road.index(origin) < road.index(to) for road in roads)


def _twins(district: District) -> Iterator[Mistake]:
    for name in ("villages", "stages", "types", "holds", "exits", "refusals", "originals"):
        keys = [part.key for part in getattr(district, name)]
        for i, key in enumerate(keys):
            if key.casefold() in map(str.casefold, keys[:i]):
                yield Mistake((name, i, "key"), f"'{key}' stands twice; write another key")
    stages = {stage.key for stage in district.stages}
    for i, exit in enumerate(district.exits):
        if exit.key in stages:
            yield Mistake(("exits", i, "key"), f"'{exit.key}' is a stage already; write another key")


_NAMES: Mapping[str, Sequence[Path]] = {
    "villages": [("name",)],
    "stages": [(lang, "now") for lang in LANGUAGES],
    "types": [("short",), *((lang,) for lang in LANGUAGES)],
    "holds": [(lang,) for lang in LANGUAGES],
    "exits": [(lang,) for lang in LANGUAGES],
    "refusals": [(lang,) for lang in LANGUAGES],
    "originals": [(lang,) for lang in LANGUAGES],
}


def _namesakes(district: District) -> Iterator[Mistake]:
    """Two of a kind that a reader cannot tell apart."""
    for table, names in _NAMES.items():
        for name in names:
            first: dict[str, int] = {}
            for i, part in enumerate(getattr(district, table)):
                twin = first.setdefault(alike(str(reduce(getattr, map(str, name), part))), i)
                if twin != i:
                    message = f"reads as {shown((table, twin, *name))} does; write words that tell the two apart"
                    yield Mistake((table, i, *name), message)


def _mistaken(district: District) -> Iterator[Mistake]:
    """A village that is called as the key of another one: whoever invites by that name would not know which."""
    keys = {village.key.casefold(): i for i, village in enumerate(district.villages)}
    for i, village in enumerate(district.villages):
        name = alike(village.name)
        other = keys.get(name, i)
        if name not in (village.key.casefold(), alike(district.villages[other].name)):
            yield Mistake(("villages", i, "name"), f"is the key of villages[{other}]; write another name")


def _on_routes(district: District) -> Iterator[Mistake]:
    for i, stage in enumerate(district.stages):
        for route, own in stage.on.items():
            path: Path = ("stages", i, "on", route)
            if route not in district.routes:
                yield Mistake(path, _no("route", route, district.routes))
            elif stage.key not in district.routes[route]:
                message = f"'{stage.key}' is not on the road '{route}'; write the name of a road that has it"
                yield Mistake(path, message)
            given = {lang: getattr(own, lang).said() for lang in LANGUAGES}
            for key in dict.fromkeys(key for phrases in given.values() for key in phrases):
                missing = (lang for lang in LANGUAGES if key not in given[lang])
                yield from (Mistake((*path, lang, key), f"is missing; write {WANTS[key]}") for lang in missing)


def _legs_of(district: District) -> Iterator[Mistake]:
    for i, stage in enumerate(district.stages):
        past = [role for skip in district.skips if stage.key in skip.to for role in skip.by]
        doers = list(dict.fromkeys([*stage.by, *(role for own in stage.on.values() for role in own.by or ()), *past]))
        for role, words in stage.leg_of.items():
            path: Path = ("stages", i, "leg_of", role)
            if role not in doers:
                yield Mistake(path, f"'{role}' takes nothing into this stage; write one of {', '.join(doers)}")
            for lang in LANGUAGES:
                if message := _odd_place(getattr(words, lang), ()):
                    yield Mistake((*path, lang), message)


def _needs(district: District) -> Iterator[Mistake]:
    tables = ("needs", "what to bring"), ("in_person", "what one does oneself")
    for i, type in enumerate(district.types):
        for (table, what), lang in product(tables, district.district.languages):
            said = getattr(type, table)
            if said and lang not in said:
                yield Mistake(("types", i, table, lang), f'is missing; write {what}, such as {lang} = ["…"]')


def _turns(district: District) -> Iterator[Mistake]:
    for i, hold in enumerate(district.holds):
        if hold.come_to != "village" and not hold.stops_clock:
            message = "is told to nobody unless it is the family's turn; write stops_clock = true, too, or remove it"
            yield Mistake(("holds", i, "come_to"), message)


def _originals(district: District) -> Iterator[Mistake]:
    keys, asked = [one.key for one in district.originals], set()
    for i, type in enumerate(district.types):
        for j, key in enumerate(type.originals):
            asked.add(key)
            if key not in keys:
                yield Mistake(("types", i, "originals", j), _no("paper under [[originals]]", key, keys))
            elif key in type.originals[:j]:
                yield Mistake(("types", i, "originals", j), f"'{key}' stands twice here; remove one")
    for i, key in enumerate(keys):
        if key not in asked:
            message = f"'{key}' is asked for by no kind of document; write it into the originals of one, or remove it"
            yield Mistake(("originals", i, "key"), message)


def _hours(district: District) -> Iterator[Mistake]:
    tables: list[tuple[Path, Hours]] = [(("hours",), district.hours)]
    tables += [(("hours_of", office), hours) for office, hours in district.hours_of.items()]
    tables += [(("seasons", i, "hours"), season.hours) for i, season in enumerate(district.seasons)]
    tables += [(("villages", i, "hours"), village.hours) for i, village in enumerate(district.villages)]
    for path, hours in tables:
        for day, (opening, closing) in hours.items():
            if opening >= closing:
                yield Mistake((*path, day), f"{opening} is not before {closing}; write opening first, then closing")


def _seasons(district: District) -> Iterator[Mistake]:
    for i, one in enumerate(district.seasons):
        if one.last < one.first:
            yield Mistake(("seasons", i, "last"), f"{one.last} is before {one.first}; write first and then last")
        for j, other in enumerate(district.seasons[:i]):
            if one.first <= other.last and other.first <= one.last:
                message = f"overlaps with seasons[{j}]; write days that belong to one alone"
                yield Mistake(("seasons", i, "first"), message)


def _calendar(district: District) -> Iterator[Mistake]:
    country = district.district.holidays
    if country not in _countries():
        yield Mistake(("district", "holidays"), f"no holidays are known for '{country}'; write {WANTS['holidays']}")


def _countries() -> frozenset[str]:
    """The codes of all countries (ISO 3166): the library of holidays knows each, and is too large to be asked here."""
    table = (files("tzdata") / "zoneinfo" / "iso3166.tab").read_text("utf-8")
    return frozenset(line.split("\t")[0] for line in table.splitlines() if not line.startswith("#"))


_PLACES = {"now": ("village",), "brief": (), "next": (), "news": ("village",), "leg": (), "done": ("n",)}


def _places(district: District) -> Iterator[Mistake]:
    for i, stage in enumerate(district.stages):
        yield from _odd_places(("stages", i), stage)
        for route, own in stage.on.items():
            yield from _odd_places(("stages", i, "on", route), own)


def _odd_places(path: Path, said: Stage | OnRoute) -> Iterator[Mistake]:
    for lang in LANGUAGES:
        for key, known in _PLACES.items():
            message = _odd_place(getattr(getattr(said, lang), key) or "", known)
            if message:
                yield Mistake((*path, lang, key), message)


def _sentences(district: District) -> Iterator[Mistake]:
    """Own sentences have the places that can be filled, and no others."""
    own: list[tuple[Path, object, tuple[str, ...]]] = [
        (("sentences", "opening"), district.sentences.opening, ("hours",)),
        (("sentences", "closing"), district.sentences.closing, ()),
        *((("announcements", key), one, ()) for key, one in district.announcements.items()),
    ]
    for path, one, known in own:
        for lang in LANGUAGES:
            text = getattr(one, lang, None)
            if text and (message := _odd_place(text, known)):
                yield Mistake((*path, lang), message)
            elif text and known and "{hours}" not in text:
                yield Mistake(
                    (*path, lang), "names no hours; write {hours} where they stand, for they change with seasons"
                )


def _odd_place(text: str, known: tuple[str, ...]) -> str | None:
    allowed = ", ".join(f"{{{name}}}" for name in (*known, "district", "registry"))
    try:
        used = [
            f"{name}{'!' if way else ''}{':' if form else ''}"
            for _, name, form, way in Formatter().parse(text)
            if name is not None
        ]
    except ValueError:
        return f"has a curly bracket without its partner; write only {allowed} in curly brackets"
    odd = [name for name in used if name not in known]
    return f"{{{odd[0]}}} cannot be filled in here; write {allowed} or plain words" if odd else None
