"""SPDCI's civil registry interface v1.0.0 as a table: what of `crvs_api_v1.0.0.yaml` our messages have to be.

https://standards.spdci.org/standards/v/crvs-v1.0-1/
"""

from typing import Any

from tests.feeds.schema import Schema

TEXT, ID, MOMENT = {"type": "string"}, {"type": "string", "maxLength": 99}, {"type": "string", "format": "date-time"}
STATUS = {"type": "string", "enum": ["rcvd", "pdng", "succ", "rjct"]}
COUNT = {"type": "integer"}
LOCALE = {"type": "string", "maxLength": 3}
REASONS = """rjct.reference_id.invalid rjct.reference_id.duplicate rjct.timestamp.invalid rjct.search_criteria.invalid
    rjct.filter.invalid rjct.sort.invalid rjct.pagination.invalid rjct.search.too_many_records_found""".split()
CODES = """err.request.bad err.request.unauthorized err.request.forbidden err.request.not_found err.request.timeout
    err.version.not_supported err.request.too_many_requests err.sender_id.invalid err.sender_uri.invalid
    err.receiver_id.invalid err.signature.missing err.signature.invalid err.encryption.invalid
    err.service.unavailable""".split()


def _object(required: str, **properties: Any) -> Schema:
    return {"type": "object", "required": required.split(), "properties": properties}


def _list(item: Schema) -> Schema:
    return {"type": "array", "items": item}


PAGE = _object("page_size page_number total_count", page_size=COUNT, page_number=COUNT, total_count=COUNT)
FOUND = _object("reg_records", version=TEXT, reg_type=TEXT, reg_record_type=TEXT, reg_records=_list({"type": "object"}))
TOLD = _object("reg_record_type reg_records", reg_event_type=TEXT, reg_record_type=TEXT, reg_records={"type": "object"})
SEARCHED = _object(
    "transaction_id correlation_id search_response", transaction_id=ID, correlation_id=ID,
    search_response=_list(
        _object(
            "reference_id timestamp status", reference_id=TEXT, timestamp=MOMENT, status=STATUS, data=FOUND,
            status_reason_code={"type": "string", "enum": REASONS}, pagination=PAGE, locale=LOCALE,
            status_reason_message={"type": "string", "maxLength": 999},
        )
    ),
)  # fmt: skip
NOTIFIED = _object(
    "transaction_id notify_event", transaction_id=ID,
    notify_event=_list(
        _object("reference_id timestamp data", reference_id=TEXT, timestamp=MOMENT, data=TOLD, locale=LOCALE)
    ),
)  # fmt: skip
SUBSCRIBED = _object(
    "transaction_id correlation_id subscribe_response", transaction_id=ID, correlation_id=ID,
    subscribe_response=_list(
        _object(
            "reference_id timestamp status", reference_id=TEXT, timestamp=MOMENT, status=STATUS,
            subscriptions=_list(
                _object(
                    "code subscription_code timestamp subscribe_criteria", code=ID, timestamp=MOMENT,
                    status={"type": "string", "enum": ["subscribe", "unsubscribe"]},
                )
            ),
        )
    ),
)  # fmt: skip
UNSUBSCRIBED = _object(
    "transaction_id correlation_id timestamp status", transaction_id=ID, correlation_id=ID, timestamp=MOMENT,
    status=STATUS,
    subscription_status=_list(
        _object("code status", code=ID, status={"type": "string", "enum": ["subscribe", "unsubscribe"]})
    ),
)  # fmt: skip
STANDS = {
    kind: _object(
        "transaction_id correlation_id txnstatus_response", transaction_id=ID, correlation_id=ID,
        txnstatus_response=_object(
            "txn_type txn_status", txn_type={"type": "string", "enum": [f"on-{kind}"]}, txn_status=status
        ),
    )
    for kind, status in {"search": SEARCHED, "subscribe": SUBSCRIBED, "unsubscribe": UNSUBSCRIBED}.items()
}  # fmt: skip
ACKNOWLEDGED = _object(
    "message",
    message=_object(
        "ack_status timestamp correlation_id", ack_status={"type": "string", "enum": ["ACK", "NACK", "ERR"]},
        timestamp=MOMENT, correlation_id=ID,
        error=_object("", code={"type": "string", "enum": CODES}, message={"type": "string", "maxLength": 999}),
    ),
)  # fmt: skip
REFUSED = _object("errors", errors=_list(_object("code message", code={"type": "string", "enum": CODES}, message=TEXT)))


def sent(action: str, message: Schema) -> Schema:
    """A message with its header: what either kind of header has to have."""
    header = _object(
        "message_id message_ts action status sender_id total_count", version=TEXT, message_id=TEXT, message_ts=MOMENT,
        action={"type": "string", "enum": [action]}, status=STATUS, total_count=COUNT, completed_count=COUNT,
        sender_id=TEXT, receiver_id=TEXT, is_msg_encrypted={"type": "boolean"},
    )  # fmt: skip
    return _object("signature header message", signature=TEXT, header=header, message=message)
