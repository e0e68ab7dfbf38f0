"""Messages of SPDCI's interface for civil registries, v1.0.0 (CRVS, https://standards.spdci.org): what comes in is
taken apart, what goes out is put together and signed. A record is how far a document is; persons are not known here.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from bot.feeds.iso8601 import iso
from storage.feeds.progress import Progress
from storage.records import Event
from storage.statistics import forecast
from storage.workflow import Workflow

VERSION = "1.0.0"
REGISTRY = "ns:org:RegistryType:Civil"
EVENT = "jekduk:RegistryEventType:DocumentStage"  # the standard leaves these names to whoever implements it
RECORD = "jekduk:RegistryRecordType:DocumentProgress"
REFERENCE, LETTER = "DOCUMENT_REFERENCE", "LETTER_REFERENCE"  # what a document can be found by
ATTRIBUTES = ("document_type", "village", "status", "stage")
LONGEST = 99  # signs of an id
BIGGEST = 2**63  # an id of ours is smaller
MANY = 20  # requests in one message
PAGE, LARGEST_PAGE = 100, 1000
EXPIRES_S = 600
Json = Mapping[str, Any]


class Bad(Exception):
    """It is no such message; a code of the standard, and why."""

    def __init__(self, code: str, said: str) -> None:
        super().__init__(said)
        self.code = code


class Query(NamedTuple):
    """What is searched or subscribed to: a reference of a kind, or attributes and the values each may have."""

    reference: tuple[str, str] = ("", "")
    attributes: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def fits(self, record: Json) -> bool:
        """True for a record that is meant. A letter is not looked for among records."""
        kind, value = self.reference
        if kind and (kind != REFERENCE or record["identifier"]["identifier_value"] != value):
            return False
        return all(record[name] in values for name, values in self.attributes)


def taken(body: bytes, action: str) -> tuple[Json, Json]:
    """Header and message of a request. Raises Bad."""
    try:
        whole = json.loads(body)
        header, message = whole["header"], whole["message"]
        transaction, _ = message["transaction_id"], [header[name] for name in ("message_id", "sender_id")]
        datetime.fromisoformat(header["message_ts"])
        text = json.dumps(message, ensure_ascii=False)
        text.encode()  # half a sign cannot be said again
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Bad("err.request.bad", "this is no message with header and message as the standard has them") from None
    if r"\u0000" in text:
        raise Bad("err.request.bad", "a text holds U+0000, which no register can keep")
    if header.get("is_msg_encrypted"):
        raise Bad("err.encryption.invalid", "encrypted messages are not read here")
    if not str(header.get("version", VERSION)).startswith("1."):
        raise Bad("err.version.not_supported", f"write {VERSION}")
    if header.get("action") != action or not isinstance(transaction, str) or not 0 < len(transaction) <= LONGEST:
        raise Bad("err.request.bad", f"action is {action}, transaction_id a string of {LONGEST} signs at most")
    return header, message


def asked(message: Json, name: str, criteria: str) -> list[tuple[str, Json]]:
    """The requests in a message: what each is referred to by, and its criteria. Raises Bad."""
    try:
        found = [(one["reference_id"], one[criteria]) for one in message[name]]
    except (KeyError, TypeError):
        found = []
    is_sound = all(
        isinstance(reference, str) and len(reference) <= LONGEST and isinstance(wanted, dict)
        for reference, wanted in found
    )
    if not 0 < len(found) <= MANY or not is_sound:
        raise Bad("err.request.bad", f"{name} holds 1 to {MANY} of reference_id (up to {LONGEST} signs) and {criteria}")
    return found


def id_of(text: str) -> int:
    """An id of ours as it is written; 0, which is nobody's, for what is none."""
    id = int(text) if len(text) <= len(str(BIGGEST)) and text.isascii() and text.isdecimal() else 0
    return id if id < BIGGEST else 0


def understood(criteria: Json) -> Json:
    """What is kept of criteria until they are answered: what is understood; of the rest nobody knows what it holds."""
    try:
        query(criteria.get("query_type"), criteria.get("query"))
    except ValueError:
        return {}
    return {name: criteria[name] for name in ("query_type", "query", "pagination") if name in criteria}


def query(kind: object, written: object) -> Query:
    """A query of type idtype-value or predicate. Raises ValueError for what is not understood."""
    if kind == "idtype-value" and isinstance(written, dict):
        if written.get("type") in (REFERENCE, LETTER) and isinstance(written.get("value"), str):
            return Query(reference=(written["type"], written["value"]))
        raise ValueError(f"type is {REFERENCE} or {LETTER}")
    if kind == "predicate" and isinstance(written, list):
        found = [one for each in written for one in _expressions(each)]
        return Query(attributes=tuple(found))
    raise ValueError("query_type is idtype-value or predicate")


def _expressions(each: Any) -> list[tuple[str, tuple[str, ...]]]:
    """The one or two expressions of a predicate."""
    parts = [each[name] for name in ("expression1", "expression2") if name in each] if isinstance(each, dict) else []
    if not parts or not all(isinstance(one, dict) for one in parts) or each.get("condition", "and") != "and":
        raise ValueError("a predicate has expression1, and with condition and expression2")
    found = []
    for part in parts:
        name, operator, value = (part.get(key) for key in ("attribute_name", "operator", "attribute_value"))
        values = value if operator == "in" else [value]
        if name not in ATTRIBUTES or operator not in ("eq", "in") or not isinstance(values, list):
            raise ValueError(f"attribute_name is one of {', '.join(ATTRIBUTES)}; operator is eq or in")
        found.append((str(name), tuple(map(str, values))))
    return found


def page(criteria: Json) -> tuple[int, int]:
    """How many records, and which page of them from 1. Raises ValueError."""
    written = criteria.get("pagination") or {}
    has = written.get if isinstance(written, dict) else lambda _name, _default: 0
    size, number = has("page_size", PAGE), has("page_number", 1)
    if not (isinstance(size, int) and isinstance(number, int) and 0 < size <= LARGEST_PAGE and number > 0):
        raise ValueError(f"page_size is 1 to {LARGEST_PAGE}, page_number 1 or more")
    return size, number


def record(workflow: Workflow, one: Progress, event: Event | None = None) -> Json:
    """How far a document is, or was after a step."""
    document, stage = one.document, event.to_stage if event else one.document.stage
    is_closed = workflow.ends(stage, document.type)
    until = forecast.due(workflow, document) if event is None or event.version == document.version else None
    step = {} if event is None else {"step": event.kind, "version": event.version, "happened_datetime": iso(event.at)}
    return {
        "@type": "DocumentProgress",
        "identifier": {"@type": "Identifier", "identifier_type": REFERENCE, "identifier_value": one.reference},
        "document_type": document.type,
        "village": one.village,
        "stage": stage,
        "status": "closed" if is_closed else "open",
        "on_hold": None if event and event.version != document.version else document.hold,
        "requested_datetime": iso(one.requested_at),
        "updated_datetime": iso(event.recorded_at if event else one.updated_at),
        "expected_datetime": iso(until) if until else None,
        **step,
    }


def data(records: Json | Sequence[Json]) -> Json:
    """Records, and of which kind they are."""
    return {"version": VERSION, "reg_type": REGISTRY, "reg_record_type": RECORD, "reg_records": records}


def subscribed(reference: str, id: int, made_at: int, *, is_known: bool = True) -> Json:
    """That a system subscribed, under which code; pending while it does not know yet."""
    criteria, at = {"reg_type": REGISTRY, "reg_event_type": EVENT, "notify_record_type": RECORD}, iso(made_at)
    made = {
        "version": VERSION, "code": str(id), "subscription_code": str(id), "status": "subscribe", "timestamp": at,
        **criteria, "subscribe_criteria": criteria,
    }  # fmt: skip
    status = "succ" if is_known else "pdng"
    return {"reference_id": reference, "timestamp": at, "status": status, "subscriptions": [made]}


class Envelope(NamedTuple):
    """Who writes to whom, with which key to sign; `now` is epoch milliseconds."""

    sender: str
    receiver: str
    key: str
    now: int

    def sealed(self, action: str, id: str, message: Json, count: int = 1) -> bytes:
        """A message as it goes out. It is signed over its header and body as they stand in it, without blanks."""
        header = {
            "version": VERSION, "message_id": id, "message_ts": iso(self.now), "action": action, "status": "succ",
            "total_count": count, "completed_count": count, "sender_id": self.sender, "receiver_id": self.receiver,
            "is_msg_encrypted": False,
        }  # fmt: skip
        parts = [json.dumps(one, separators=(",", ":"), ensure_ascii=False) for one in (header, message)]
        signature = json.dumps(sign("".join(parts), self.sender, self.key, self.now // 1000))
        return f'{{"signature":{signature},"header":{parts[0]},"message":{parts[1]}}}'.encode()


def sign(text: str, sender: str, key: str, created: int) -> str:
    """The signature of header and message, in the form of the standard, with a key that both sides have."""
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    expires = created + EXPIRES_S
    content = f"(created): {created}\n(expires): {expires}\ndigest: SHA-256={digest}"
    signed = base64.b64encode(hmac.new(bytes.fromhex(key), content.encode(), hashlib.sha256).digest()).decode()
    return (
        f'Signature: namespace="spdci", kidId="{sender}|1|hmac-sha256", algorithm="hmac-sha256", created="{created}", '
        f'expires="{expires}", headers="(created) (expires) digest", signature="{signed}"'
    )


def acknowledged(now: int, correlation: str, status: str = "ACK", code: str = "", said: str = "") -> Json:
    """That a message was taken (ACK: something comes back; NACK: nothing does), or why not (ERR)."""
    error = {"error": {"code": code, "message": said}} if code else {}
    return {"message": {"ack_status": status, "timestamp": iso(now), "correlation_id": correlation, **error}}


def picked(records: Sequence[Json], keep: Callable[[Json], bool], size: int, number: int) -> tuple[list[Json], Json]:
    """A page of the records that are meant, and which it is."""
    found = [one for one in records if keep(one)]
    shown = found[(number - 1) * size : number * size]
    return shown, {"page_size": size, "page_number": number, "total_count": len(found)}
