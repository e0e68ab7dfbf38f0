"""The shapes of Bot API 10.1, as botapi.txt holds them: what fits one, and what of it does not."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("botapi.txt")
PLAIN: Mapping[str, tuple[type, ...]] = {"int": (int,), "str": (str,), "bool": (bool,), "float": (float, int)}
# The one union in which several kinds fit, unless the status says which is meant.
MEMBERS = {
    "creator": "ChatMemberOwner",
    "administrator": "ChatMemberAdministrator",
    "member": "ChatMemberMember",
    "restricted": "ChatMemberRestricted",
    "left": "ChatMemberLeft",
    "kicked": "ChatMemberBanned",
}
FIELD = re.compile(r"(\w+)(\??) (\S+)")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a type, or one parameter of a method."""

    kind: str
    required: bool


Fields = Mapping[str, Field]


def _entries() -> Iterator[str]:
    """The table's entries, one line each."""
    text = "\n".join(line for line in TABLE.read_text().splitlines() if line and not line.startswith("#"))
    yield from re.sub(r"\n +", " ", text).splitlines()


def _fields(text: str) -> Fields:
    return {name: Field(kind, not optional) for name, optional, kind in FIELD.findall(text.replace(",", " "))}


TYPES: dict[str, Fields] = {}
UNIONS: dict[str, tuple[str, ...]] = {}
METHODS: dict[str, tuple[Fields, str]] = {}  # by their names in small letters: parameters and result
for _entry in _entries():
    if " -> " in _entry:
        _head, _result = _entry.split(" -> ")
        METHODS[_head.partition("(")[0].lower()] = _fields(_head.partition("(")[2].rstrip(")")), _result
    elif " = " in _entry:
        UNIONS[_entry.split(" = ")[0]] = tuple(_entry.split(" = ")[1].split(" | "))
    else:
        TYPES[_entry.partition(":")[0]] = _fields(_entry.partition(":")[2])


def misfits(kind: str, value: Any, at: str = "") -> list[str]:
    """Where a value does not fit a kind, and why; nothing if it fits."""
    at = at or kind
    if kind == "ChatMember" and isinstance(value, dict):
        kind = MEMBERS.get(value.get("status", ""), kind)
    if options := UNIONS.get(kind) or (tuple(kind.split("|")) if "|" in kind else ()):
        tried = [misfits(option, value, at) for option in options]
        return min(tried, key=len) if all(tried) else []
    if kind.startswith("["):
        if not isinstance(value, list):
            return [f"{at}: no list but {value!r}"]
        return [fault for i, one in enumerate(value) for fault in misfits(kind[1:-1], one, f"{at}[{i}]")]
    if kind == "true" or kind in PLAIN:
        fits = value is True if kind == "true" else type(value) in PLAIN[kind]
        return [] if fits else [f"{at}: no {kind} but {value!r}"]
    if not isinstance(value, dict):
        return [f"{at}: no {kind} but {value!r}"]
    return _misfits(TYPES[kind], value, at)


def _misfits(fields: Fields, value: Mapping[str, Any], at: str) -> list[str]:
    found = [f"{at}: no {name}" for name, field in fields.items() if field.required and name not in value]
    for name, one in value.items():
        if name in fields:
            found += misfits(fields[name].kind, one, f"{at}.{name}")
        else:
            found.append(f"{at}: unknown field {name}")
    return found


def call_misfits(method: str, params: Mapping[str, str], files: Mapping[str, Any]) -> list[str]:
    """What of a call the Bot API does not know. `params` are text, as on the wire; files fit what asks for one."""
    if method.lower() not in METHODS:
        return [f"{method}: unknown method"]
    fields, _ = METHODS[method.lower()]
    said = {name: _meant(fields[name].kind, text) if name in fields else text for name, text in params.items()}
    uploads: dict[str, Any] = {name: {} for name in files if name in fields}
    return _misfits(fields, {**uploads, **said}, method)


def _meant(kind: str, text: str) -> Any:
    """What stands in a parameter that is no text by itself."""
    if "str" in kind.split("|"):
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text


def answer_misfits(method: str, status: int, answer: Mapping[str, Any]) -> list[str]:
    """What of an answer no Bot API server would say."""
    if status == 200:
        known = _fields("ok true, result true, description? str")
        faults = _misfits(known, {**answer, "result": True}, f"{method} answers")
        return faults + misfits(METHODS[method.lower()][1], answer["result"], f"{method} answers")
    said = _fields("ok bool, error_code int, description str, parameters? ResponseParameters")
    return _misfits(said, answer, f"{method} is refused")
