"""GeoReport v2 as a table: the fields of https://wiki.open311.org/GeoReport_v2 and of its service discovery."""

from tests.feeds.schema import Schema

TEXT, MAYBE = {"type": "string"}, {"type": ["string", "null"]}
MOMENT, MAYBE_MOMENT = {"type": "string", "format": "date-time"}, {"type": ["string", "null"], "format": "date-time"}
_REQUEST = {
    "service_request_id": TEXT,
    "status": {"type": "string", "enum": ["open", "closed"]},
    "status_notes": MAYBE,
    "service_name": TEXT,
    "service_code": TEXT,
    "description": {"type": ["string", "null"], "maxLength": 4000},
    "agency_responsible": MAYBE,
    "service_notice": MAYBE,
    "requested_datetime": MOMENT,
    "updated_datetime": MOMENT,
    "expected_datetime": MAYBE_MOMENT,
    "address": MAYBE,
    "address_id": MAYBE,
    "zipcode": MAYBE,
    "lat": {"type": ["number", "null"]},
    "long": {"type": ["number", "null"]},
    "media_url": MAYBE,
}
_SERVICE = {
    "service_code": TEXT,
    "service_name": TEXT,
    "description": TEXT,
    "metadata": {"type": "boolean"},
    "type": {"type": "string", "enum": ["realtime", "batch", "blackbox"]},
    "keywords": TEXT,
    "group": TEXT,
}
_ENDPOINT = {
    "specification": {"type": "string", "enum": ["http://wiki.open311.org/GeoReport_v2"]},
    "url": TEXT,
    "changeset": TEXT,
    "type": {"type": "string", "enum": ["production", "test"]},
    "formats": {"type": "array", "items": {"type": "string", "enum": ["text/xml", "application/json"]}},
}


def _whole(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


REQUESTS: Schema = {"type": "array", "items": _whole(_REQUEST)}
SERVICES: Schema = {"type": "array", "items": _whole(_SERVICE)}
ERRORS: Schema = {"type": "array", "items": _whole({"code": {"type": "integer"}, "description": TEXT})}
DISCOVERY: Schema = _whole(
    {
        "changeset": TEXT,
        "contact": TEXT,
        "key_service": TEXT,
        "endpoints": {"type": "array", "items": _whole(_ENDPOINT)},
    }
)
