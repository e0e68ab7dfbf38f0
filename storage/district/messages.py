"""What is wrong with a district file, said to whoever edits it: the line, the key, and what to write instead."""

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple

from storage.district.own_texts import ReadyText, Sentence
from storage.district.readable import cut, visible
from storage.district.schema import PARTS, District, OnRoute, Phrases, SomePhrases
from storage.district.shape import Fault, Impossible, Missing, TooLong, UnknownKey, keys
from storage.district.toml_lines import Path, line_of, lines, shown
from storage.records import ROLES


class Mistake(NamedTuple):
    """Where it is and what to do about it."""

    path: Path
    message: str


_ROLES = f"one or more of {', '.join(ROLES)}"
# What each key wants, said after "write ".
WANTS = {
    "key": 'a short name of letters (a to z), digits and _, 20 at most, such as key = "simego"',
    "name": 'the name that people read, such as name = "Simego"',
    "registry": 'the name of the registry, such as registry = "Disdukcapil"',
    "zone": 'a time zone, such as zone = "Asia/Jakarta"',
    "languages": 'a list of "id", "jv" and "en", such as languages = ["id", "en"]',
    "holidays": 'the two letters of a country, such as holidays = "ID"',
    "extra_days_off": 'a list of days, such as extra_days_off = ["2026-12-31"]',
    "notice_grace": "seconds from 0 to 600, such as notice_grace = 10",
    "undo": "seconds from 0 to 86400, such as undo = 600",
    "gather": "seconds from 0 to 300, such as gather = 120",
    "quiet": 'when no phone rings, from and to, such as quiet = ["20:00", "06:00"]',
    "corrects": f'a list of roles, {_ROLES}, such as corrects = ["district_desk"]',
    "place": 'one of "village", "district", "registry", "road" or "home"',
    "by": f'a list of roles, {_ROLES}, such as by = ["courier"]',
    "tell": f'a list of roles, {_ROLES}, such as tell = ["village_officer"]',
    "target": "a number of working days above 0, 250 at most, such as target = 0.5",
    "code": 'a code of UN/EDIFACT 9013, a number from 1 to 999 in quotes, such as code = "37"; or leave it out',
    "at": 'a list of stages, such as at = ["at_registry"]',
    "to": 'a list of stages, such as to = ["handed_over"]',
    "from": 'the key of a stage, such as from = "ready_at_district"',
    "short": 'a name that fits on a button, such as short = "KK"',
    "route": 'a name that stands under [routes], such as route = "courier"',
    "moves": '"out" or "in", or leave it out',
    "needs": 'what to bring in each language, such as needs = { id = ["Fotokopi KK"], en = ["Copy of the KK"] }',
    "in_person": 'what one does oneself, such as in_person = { id = ["Rekam data di kecamatan"], en = ["…"] }',
    "originals": '[[originals]] with key, id, jv and en; or their keys, such as originals = ["kk"]',
    "now": 'where the document is, such as now = "Diterima di kecamatan"',
    "brief": 'the same in a few words for a button, such as brief = "di kecamatan"',
    "next": 'what comes, such as next = "diterima kecamatan"',
    "news": 'how that is told when it is done, such as news = "Diterima kecamatan"',
    "leg": 'the task, such as leg = "Terima di kecamatan"',
    "done": 'what was done, such as done = "{n} berkas diterima kecamatan"',
    "leg_of": 'the task in the words of a role, such as registry_desk = { id = "…", jv = "…", en = "…" }',
    "on": "below a stage a table for a route, such as [stages.on.print_here] with by, id, jv and en",
    "district": "a table [district] with key, name, registry, zone, languages, holidays and notice_grace",
    "hours": 'a table [hours] with opening and closing, such as mon = ["08:00", "14:00"]',
    "followers": "how many families are told of a receipt before its village is asked, such as followers = 5",
    "second_factor": "whether strangers to a receipt name its pickup code, such as second_factor = true",
    "public_page": "whether anybody may see the public page, such as public_page = true",
    "inspectorate": 'who else hears of money that was asked for, such as inspectorate = "Inspektorat, (0285) 123456"',
    "elsewhere": 'words for what other offices do, such as elsewhere = ["buku nikah", "paspor"]',
    "hours_of": 'a table [hours_of.village] or [hours_of.registry], such as mon = ["08:00", "14:00"]',
    "bring": 'what to bring, such as bring = { id = "…", jv = "…", en = "…" }',
    "come_to": 'the office to which a family comes, such as come_to = "district"',
    "sentences": "a table [sentences] with opening or closing, or none",
    "opening": 'when an office is open, such as opening = { id = "Loket buka {hours}." }',
    "closing": 'the last line of a status, such as closing = { id = "…" }',
    "announcements": "a table for each text, such as [announcements.fasting] with id, and jv and en if you like",
    "seasons": "[[seasons]] with first, last and hours, once for each time in which the counters keep other hours",
    "first": "a day, such as first = 2027-02-08",
    "last": "a day, such as last = 2027-03-09",
    "villages": "[[villages]] with key and name, once for each village",
    "routes": 'a table [routes] with at least one list of stages, such as courier = ["filed", "handed_over"]',
    "starts": 'a table [starts] with a role and a stage, such as village_officer = "filed"',
    "stages": "[[stages]] with key, place, by, id, jv and en, once for each stage, at least two",
    "skips": "[[skips]] with from, to and by",
    "exits": "[[exits]] with key, ends, id, jv and en",
    "called": 'words by which people ask for it, such as called = ["nikah", "cerai"]',
    "types": "[[types]] with key, short, id, jv and en, once for each kind of document",
    "holds": "[[holds]] with key, id, jv and en",
    "refusals": "[[refusals]] with key, id, jv and en",
}
_FLAGS = frozenset({"sound", "ready", "mourning", "ends", "stops_clock", "in_turn"})
_DAYS = "mon, tue, wed, thu, fri, sat, sun"


def in_lines(text: str, mistakes: Iterable[Mistake]) -> str:
    """One line for each mistake, in the order of the file: `line 12: stages[2].by[0]: what to do`."""
    found = lines(text)
    placed = sorted((line_of(found, mistake.path), shown(mistake.path), mistake.message) for mistake in mistakes)
    return "\n".join(visible(f"line {line}: {path}: {message}") for line, path, message in dict.fromkeys(placed))


# What the shape of the file says


def of_shape(faults: Sequence[Fault]) -> list[Mistake]:
    """What is wrong with the shape in sentences, each fault once: not also as what it leads to."""
    found = [_mistake(fault) for fault in faults]
    misspelt = {(*fault.path[:-1], _nearest(fault.path)) for fault in faults if isinstance(fault.why, UnknownKey)}
    # The names of the district stand in the words of all the rest.
    names = {mistake.message for mistake in found if mistake.path[0] == "district"}
    return [
        mistake
        for mistake in found
        if mistake.path not in misspelt
        and not _is_around(mistake, found)
        and (mistake.path[0] == "district" or mistake.message not in names)
    ]


def _is_around(mistake: Mistake, others: Iterable[Mistake]) -> bool:
    depth = len(mistake.path)
    return any(len(other.path) > depth and other.path[:depth] == mistake.path for other in others)


def _mistake(fault: Fault) -> Mistake:
    path, given = fault.path, fault.given
    match fault.why:
        case Missing():
            return Mistake(path, f"is missing; write {_wanted(path)}")
        case UnknownKey():
            return Mistake(path, _unknown(path))
        case TooLong(most=most):
            what = "characters" if isinstance(given, str) else "entries"
            return Mistake(path, f"has {len(given)} {what}, which no screen has room for; write {most} at most")
        case Impossible() if fault.of_key:
            return Mistake(path, f"'{cut(str(given))}' is not possible here; write {_names(path)}")
        case Impossible():
            return Mistake(path, f"{_given(given)} is not possible here; write {_wanted(path)}")
        case said:
            return Mistake(path, str(said))


def _given(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return f"'{cut(value)}'" if value.strip() else "an empty text"
        case int() if abs(value) >= 10**18:
            return "so large a number"  # Python spells none of thousands of digits
        case int() | float():
            return str(value)
        case list():
            return "a list" if value else "an empty list"
        case dict():
            return "a table" if value else "an empty table"
    return f"'{value}'"


def _wanted(path: Path) -> str:
    key = next((step for step in reversed(path) if isinstance(step, str)), "")
    inside = isinstance(path[-1], int) and len(path) > 2  # noqa: PLR2004  # an element of a list, not of [[a table]]
    if _is_a_day(path):
        return f'opening and closing in hours and minutes, such as {key} = ["08:00", "14:00"]'
    if path[0] in ("routes", "starts") and len(path) > 1:
        stages = '["filed", "handed_over"]' if path[0] == "routes" and not inside else '"filed"'
        return f"the key of a stage in quotes, such as {'' if inside else f'{key} = '}{stages}"
    if path[-2:-1] in (("on",), ("leg_of",)):
        return WANTS[str(path[-2])]
    if key in _FLAGS:
        return f"{key} = true or {key} = false"
    if key in ("id", "jv", "en"):
        return _said(path, key)
    return WANTS.get(key, "something else, as in the file that is shipped")


def _is_a_day(path: Path) -> bool:
    """True inside of a table of hours, be it the district's, another office's or a village's."""
    return (path[0] == "hours" and len(path) > 1) or (path[0] == "hours_of" and len(path) > 2) or "hours" in path[1:-1]  # noqa: PLR2004  # an office has days


def _said(path: Path, lang: str) -> str:
    if "on" in path:
        return f'what this route says otherwise in this language, such as {lang} = {{ leg = "…", done = "…" }}'
    if path[0] == "stages" and "leg_of" not in path:
        return f'the phrases of this language, such as {lang} = {{ now = "…", next = "…", leg = "…", done = "…" }}'
    return f'the text in this language in quotes, such as {lang} = "…"'


def _names(path: Path) -> str:
    if path[0] == "hours_of" and len(path) == 2:  # noqa: PLR2004  # an office
        return "village or registry"
    if _is_a_day(path):
        return f"one of {_DAYS}"
    if path[0] == "starts":
        return f"one of {', '.join(ROLES)}"
    return '"id", "jv" or "en"' if {"needs", "in_person"} & {*path} else WANTS["key"]


def _unknown(path: Path) -> str:
    near = _nearest(path)
    return f"is not a key of this place; write {near or 'one of ' + ', '.join(keys(_part(path)))}, or remove it"


def _nearest(path: Path) -> str | None:
    return next(iter(get_close_matches(str(path[-1]), [*keys(_part(path))], 1)), None)


def _part(path: Path) -> Any:
    """What a key stands in."""
    match path:
        case (_,):
            return District
        case ("stages", _, "on", _, _):
            return OnRoute
        case ("stages", _, "on", _, _, *_):
            return SomePhrases
        case ("stages", _, _, _, *_):
            return Phrases
        case ("sentences", _, _):
            return Sentence
        case ("announcements", _, _):
            return ReadyText
    return PARTS[str(path[0])]


# What is not even TOML

_TROUBLES = (
    ("Expected '='", "after a key come = and a value"),
    ("Cannot overwrite", "this key stands twice; remove one"),
    ("Cannot declare", "this table stands twice; remove one, or write it in double brackets: [[villages]]"),
    ("Cannot mutate", "this key stands twice; remove one"),
    ("Illegal character", "a quote is not closed; write one at both ends of the text"),
    ("Unterminated string", "a quote is not closed; write one at both ends of the text"),
    ("Unclosed", "a bracket is not closed; write ] or }"),
    ("Expected newline", "only one key and its value may stand in a line, and text stands in quotes"),
    ("Invalid value", "after = comes a text in quotes, a number, true, false or a list in [ ]"),
    ("Expected ']", "a table stands in brackets, such as [hours] or [[villages]]"),
    ("Invalid", "a line begins with a key, a table in brackets, or # for a remark"),
    ("Unescaped", "write \\\\ for one \\ in a text"),
)


def unreadable(text: str, error: str) -> str:
    """Where a text stops being TOML, and what is usually wrong there. Of what has no table, and so is no district file,
    nothing is quoted: it may be settings or a key.
    """
    at = re.search(r"at line (\d+)", error)
    line = int(at[1]) if at else len(text.splitlines())
    advice = next((advice for start, advice in _TROUBLES if error.startswith(start)), error)
    standing = text.splitlines()[line - 1].strip() if text.splitlines()[line - 1 : line] else ""
    if re.match(r"[^\"'#=]*[^\x00-\x7f]", standing):
        advice = "a key and the name of a table are written in plain letters, a to z"
    if not re.search(r"^\s*\[", text, re.MULTILINE):
        return f"line {line}: this is no district file; name yours, or leave DISTRICT_FILE out"
    return visible(f"line {line}: {advice} ({cut(standing, 200)})")
