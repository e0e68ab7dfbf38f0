"""Open311 GeoReport v2, read only: a request is a document, a service a kind. https://wiki.open311.org/GeoReport_v2"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from bot.feeds.iso8601 import iso
from handlers.wording import layout, names, standstill
from locales import words
from storage.feeds.progress import SPAN, Progress
from storage.records import Document
from storage.statistics import forecast
from storage.workflow import Workflow

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
FORMATS = {"json": "application/json", "xml": "text/xml"}
LOCAL = "setempat"  # in the place of a village that is not told: "kantor desa setempat"
STATUSES = ("open", "closed")
Row = Mapping[str, Any]


class Wrong(Exception):
    """It cannot be asked so; the words say why."""


class Asked(NamedTuple):
    """What is asked for: filed between two times (epoch ms), of these kinds, open or closed; or these references."""

    since: int
    until: int
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = STATUSES
    references: tuple[str, ...] = ()


def asked(query: Mapping[str, str], now: int) -> Asked:
    """What a query asks for; an empty argument is none. Raises Wrong."""
    since, until = (_moment(query, name) for name in ("start_date", "end_date"))
    if until is None:
        until = now + 1 if since is None else min(now + 1, since + SPAN)
    since = until - SPAN if since is None else since
    if until - since > SPAN:
        raise Wrong("start_date and end_date may not span more than 90 days")
    statuses = _list(query, "status") or STATUSES
    if not set(statuses) <= set(STATUSES):
        raise Wrong("status is open or closed")
    return Asked(since, until, _list(query, "service_code"), statuses, _list(query, "service_request_id"))


def _list(query: Mapping[str, str], name: str) -> tuple[str, ...]:
    written = query.get(name, "")
    if "\0" in written:
        raise Wrong(f"{name} holds U+0000, which no register can keep")
    return tuple(filter(None, (one.strip() for one in written.split(","))))


def _moment(query: Mapping[str, str], name: str) -> int | None:
    if not (written := query.get(name, "").strip()):
        return None
    try:
        at = datetime.fromisoformat(written.replace(" ", "+"))  # a + in a query means a blank
    except ValueError:
        raise Wrong(f"write {name} as 2010-01-01T00:00:00Z") from None
    if at.tzinfo is None:
        raise Wrong(f"{name} has no time zone: write 2010-01-01T00:00:00Z")
    return int(at.timestamp() * 1000)


def request(workflow: Workflow, one: Progress) -> Row:
    """A document as a service request."""
    document, about = one.document, workflow.district.district
    stage = workflow.stages.get(document.stage)
    is_there = stage is not None and stage.place == "registry"
    until = forecast.due(workflow, document) if one.is_open else None
    village = names.village_name(workflow, one.village) if one.village else ""
    return {
        "service_request_id": one.reference,
        "status": "open" if one.is_open else "closed",
        "status_notes": notes(workflow, document, village),
        "service_name": names.type_names(workflow, [document.type], "id"),
        "service_code": document.type,
        "description": None,
        "agency_responsible": about.registry if is_there else f"Kecamatan {about.name}",
        "service_notice": None,
        "requested_datetime": iso(one.requested_at),
        "updated_datetime": iso(one.updated_at),
        "expected_datetime": None if until is None else iso(until),
        "address": ", ".join(filter(None, [village, about.name])),
        "address_id": None,
        "zipcode": None,
        "lat": None,
        "long": None,
        "media_url": None,
    }


def notes(workflow: Workflow, document: Document, village: str) -> str:
    """Where it is, and what holds it up, in words that name its village only if that is told."""
    t = words("id")
    place = standstill.here(workflow, document._replace(village=village or LOCAL), t)
    if not document.hold:
        return f"{place}."
    reason = layout.small(names.hold_reason(workflow, document.hold, "id"))
    return t("{place} (on hold)", place=place) + f": {reason}."


def services(workflow: Workflow) -> list[Row]:
    """What can be filed."""
    return [
        {
            "service_code": key,
            "service_name": names.type_names(workflow, [key], "id"),
            "description": names.type_names(workflow, [key], "id"),
            "metadata": False,
            "type": "realtime",
            "keywords": names.type_short(workflow, key),
            "group": "administrasi kependudukan",
        }
        for key in workflow.types
    ]


def discovery(workflow: Workflow, url: str, version: str) -> Row:
    """Where what is."""
    about = workflow.district.district
    formats = list(FORMATS.values())
    contact = f"Kecamatan {about.name}{f', {about.phone}' if about.phone else ''}"
    return {
        "changeset": version,
        "contact": contact,
        "key_service": f"A key is made by the operator of the bot of {contact}.",
        "endpoints": [
            {
                "specification": SPECIFICATION,
                "url": f"{url}/open311/v2",
                "changeset": version,
                "type": "production",
                "formats": formats,
            }
        ],
    }


def errors(code: int, said: str) -> list[Row]:
    """Why there is no answer, as the specification has it."""
    return [{"code": code, "description": said}]


def xml(root: str, found: Sequence[Row] | Row) -> bytes:
    """The same as XML: a list holds elements that are called as it is, in the singular."""
    from xml.etree import ElementTree as ET  # noqa: PLC0415  # most ask for JSON

    top = ET.Element(root)
    _fill(ET.SubElement, top, found)
    return bytes(ET.tostring(top, encoding="utf-8", xml_declaration=True))


SINGULAR = {
    "service_requests": "request",
    "services": "service",
    "errors": "error",
    "endpoints": "endpoint",
    "formats": "format",
}


def _fill(add: Any, into: Any, found: Any) -> None:
    if isinstance(found, Mapping):
        for name, value in found.items():
            _fill(add, add(into, name), value)
    elif isinstance(found, list | tuple):
        for one in found:
            _fill(add, add(into, SINGULAR[into.tag]), one)
    elif found is not None:
        into.text = str(found).lower() if isinstance(found, bool) else str(found)
