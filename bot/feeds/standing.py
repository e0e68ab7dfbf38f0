"""How what a system asked stands (`txn/status` of SPDCI): a search that is answered later, a subscription, its end."""

from collections.abc import Iterable

from bot.feeds import spdci
from bot.feeds.iso8601 import iso
from bot.feeds.spdci import Bad, Envelope, Json
from storage.db.protocol import Tx
from storage.feeds import deferred, subscriptions
from storage.feeds.subscriptions import OnRecord

BY_OWN, BY_OURS, BY_CODES = "transaction_id", "correlation_id", "subscription_code_list"
KINDS = {"search": (BY_OWN, BY_OURS), "subscribe": (BY_OWN, BY_OURS, BY_CODES), "unsubscribe": (BY_CODES,)}


def wanted(message: Json) -> Json:
    """What is asked about, checked. Raises Bad."""
    asked = message.get("txnstatus_request")
    if not isinstance(asked, dict) or not isinstance(asked.get("reference_id"), str):
        raise Bad("err.request.bad", "txnstatus_request has a reference_id")
    kind, by, value = (asked.get(name) for name in ("txn_type", "attribute_type", "attribute_value"))
    if not isinstance(kind, str) or by not in KINDS.get(kind, ()):
        ways = "; ".join(f"{kind} by {', '.join(ways)}" for kind, ways in KINDS.items())
        raise Bad("err.request.bad", f"txn_type and attribute_type are {ways}")
    values = value if by == BY_CODES else [value]
    if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
        raise Bad("err.request.bad", "attribute_value is a string, and for codes a list of them")
    return {"kind": kind, "by": by, "values": values}


async def answer(tx: Tx, system: int, envelope: Envelope, transaction: str, id: int, asked: Json) -> bytes | None:
    """How it stands, as it goes out; None if this system asked for nothing of the kind."""
    found = await _standing(tx, system, asked, transaction, envelope.now)
    if found is None:
        return None
    message = {"transaction_id": transaction, "correlation_id": str(id), "txnstatus_response": found}
    return envelope.sealed("txn-on-status", str(id), message)


async def _standing(tx: Tx, system: int, asked: Json, transaction: str, now: int) -> Json | None:
    kind, by, values = asked["kind"], asked["by"], asked["values"]
    if kind == "search":
        found = await _search(tx, system, by, values[0])
    else:
        ids = [spdci.id_of(one) for one in values]
        kept = [
            one for one in await subscriptions.ever(tx, system)
            if (one.id in ids if by != BY_OWN else one.wants["transaction"] == values[0])
        ]  # fmt: skip
        found = (_subscribed if kind == "subscribe" else _unsubscribed)(kept, transaction, now) if kept else None
    return {"txn_type": f"on-{kind}", "txn_status": found} if found else None


async def _search(tx: Tx, system: int, by: str, value: str) -> Json | None:
    one = await deferred.of(tx, system, "search", **({"asked": value} if by == BY_OWN else {"id": spdci.id_of(value)}))
    if one is None:
        return None
    status, at = ("pdng", one.made_at) if one.answered_at is None else ("succ", one.answered_at)
    found = [{"reference_id": reference, "timestamp": iso(at), "status": status} for reference, _ in one.wants]
    return {"transaction_id": one.asked, "correlation_id": str(one.id), "search_response": found}


def _subscribed(kept: Iterable[OnRecord], _transaction: str, _now: int) -> Json:
    first, *_ = kept = list(kept)
    found = [
        spdci.subscribed(one.wants["reference"], one.id, one.made_at, is_known=one.confirmed_at is not None)
        for one in kept
    ]
    return {
        "transaction_id": first.wants["transaction"], "correlation_id": str(first.id), "subscribe_response": found
    }  # fmt: skip


def _unsubscribed(kept: Iterable[OnRecord], transaction: str, now: int) -> Json:
    first, *_ = kept = list(kept)
    found = [{"code": str(one.id), "status": "unsubscribe" if one.ended_at else "subscribe"} for one in kept]
    status = "succ" if all(one.ended_at for one in kept) else "pdng"
    return {
        "transaction_id": transaction, "correlation_id": str(first.id), "timestamp": iso(now), "status": status,
        "subscription_status": found,
    }  # fmt: skip
