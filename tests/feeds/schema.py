"""As much of JSON Schema as the tables here need: what is wrong with a value, in words."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any]
KINDS = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": (int, float),
    "null": type(None),
}
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def faults(schema: Schema, value: Any, at: str = "$") -> Iterator[str]:
    """Every fault, and where it is."""
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(_is(kind, value) for kind in kinds):
        yield f"{at} is {type(value).__name__}, not {'/'.join(kinds)}"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at} is {value!r}"
    if isinstance(value, str):
        yield from _text(schema, value, at)
    if isinstance(value, dict):
        yield from _object(schema, value, at)
    if isinstance(value, list):
        for i, one in enumerate(value):
            yield from faults(schema.get("items", {}), one, f"{at}[{i}]")


def _is(kind: str, value: Any) -> bool:
    return isinstance(value, KINDS[kind]) and (kind == "boolean" or not isinstance(value, bool))  # type: ignore[arg-type]  # some are several


def _text(schema: Schema, value: str, at: str) -> Iterator[str]:
    if len(value) > schema.get("maxLength", len(value)):
        yield f"{at} is too long"
    if schema.get("format") == "date-time" and not MOMENT.fullmatch(value):
        yield f"{at} is no moment: {value}"


def _object(schema: Schema, value: Mapping[str, Any], at: str) -> Iterator[str]:
    known = schema.get("properties", {})
    yield from (f"{at}.{name} is missing" for name in schema.get("required", ()) if name not in value)
    if schema.get("additionalProperties") is False:
        yield from (f"{at}.{name} is unknown" for name in value if name not in known)
    for name, one in value.items():
        yield from faults(known.get(name, {}), one, f"{at}.{name}")
