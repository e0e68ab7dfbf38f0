"""A row becomes a record by the order of its columns: what a query shows is what the record holds, on both engines."""

import ast
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import storage
from storage import Storage
from storage.bags import Waiting
from storage.births.reservations import Birth
from storage.counter.custody import Out
from storage.counter.handovers import Given, Objection
from storage.families.askers import Asker
from storage.feedback.demands import Demand
from storage.feedback.lines import AwaitedLine
from storage.feedback.questions import OpenQuestion
from storage.feeds.deferred import Deferred
from storage.feeds.subscriptions import OnRecord, Subscription
from storage.feeds.systems import System
from storage.heads.closed_days import Closure
from storage.heads.hearers import Announcement
from storage.heads.looks import Look
from storage.heads.pausing import Pause
from storage.ledger import Cause, Position
from storage.mornings.pickups import Pickup
from storage.originals.steps import PaperStep
from storage.outbox import Claimed
from storage.overview import Exported, Load, Told, Troubles
from storage.pages.opened import Opened
from storage.paper.booklets import Booklet, Reserved
from storage.paper.ordered import Ordered
from storage.paper.slips import Slip
from storage.people import Follow, Invitation
from storage.records import (
    Act,
    Bag,
    BagItem,
    Document,
    Event,
    Post,
    Remark,
    StoredUpdate,
)
from storage.road.consignments import Consignment, Damage

HOME = Path(storage.__file__).parent
QUERIES: dict[type[Any], str] = {  # of each record, the queries whose rows it is made of
    Document: "document request_documents act_documents filed_by find_open find_open_in_village find_ending"
    " find_filed waiting_documents carried_by"
    " waiting_documents_in_village waiting_documents_of_kind every_document status held_by_cause",
    Event: "history event_at events_of_act",
    Position: "before_event",
    Act: "act",
    Remark: "remarks",
    Cause: "cause standing_causes cause_of_document",
    Waiting: "waiting waiting_in_village in_use",
    Objection: "objection objections",
    Bag: "bag",
    BagItem: "bag_items",
    StoredUpdate: "open_updates",
    Claimed: "claimed",
    Told: "told_of_document",
    Load: "load",
    Troubles: "troubles",
    Exported: "export_events",
    Birth: "birth birth_of_number reserved_by reserved_in births_to_remind",
    Post: "posts post_by_id person on_duty",
    Follow: "follows is_following",
    Given: "handovers_of",
    PaperStep: "originals",
    Out: "originals_out",
    Invitation: "spend_invite spent_invite",
    Slip: "slip",
    Ordered: "ordered_file",
    Reserved: "reserved booklet",
    Booklet: "booklets",
    Pickup: "pickups",
    Opened: "page_of_session open_pages",
    Asker: "asker askers_unheard",
    Demand: "demand open_demands",
    OpenQuestion: "question questions",
    AwaitedLine: "awaited_lines",
    Closure: "closures",
    Pause: "pauses",
    Look: "looks looks_at",
    Announcement: "announcement announcements",
    Damage: "damage_of_request",
    Subscription: "due_subscriptions",
    OnRecord: "subscriptions_ever",
    Deferred: "due_deferred deferred_asked",
    System: "system_of_key systems",
    Consignment: "consignment consignment_of_cause open_consignments",
}
AHEAD = {
    "export_events": ["id"],
    "status": ["follows_since", "own_name", "follows", "pickup", "papers", "days"],
    "person": ["lang", "code", "unreachable", "news"],
    "on_duty": ["stands"],
}
# A bag's lines are asked for by themselves; a step taken back closes nothing; again is a reader's word for an update.
BESIDES = {"items", "closed_at", "again"}


def columns_of(record: type[Any], query: str) -> list[str]:
    names = getattr(record, "_fields", ()) or [field.name for field in fields(record)]
    left_out = BESIDES if record in (Bag, Position, StoredUpdate) else set()
    return AHEAD.get(query, []) + [name for name in names if name not in left_out]


async def shown(opened: Any, engine: str, query: str) -> list[str]:
    """The columns of a query, as the engine names them."""
    text = opened._queries[query]
    if engine == "sqlite":
        values = dict.fromkeys(re.findall(r"(?<!:):([a-z_]+)", text), 0)
        return [column[0] for column in opened._writes.execute(text, values).description]
    text, _ = text
    async with opened._connection() as connection:
        return [column.name for column in (await connection.prepare(text)).get_attributes()]


async def test_a_query_shows_the_fields_of_its_record_in_their_order(opened: Storage, engine: str):
    wanted = {query: columns_of(record, query) for record, names in QUERIES.items() for query in names.split()}
    assert {query: await shown(opened, engine, query) for query in wanted} == wanted


def test_every_record_that_is_made_of_rows_stands_in_this_table():
    assert made_of_rows() == {record.__name__ for record in QUERIES}


def made_of_rows() -> set[str]:
    """The classes that are called as `Record(*row)`."""
    nodes = [node for path in HOME.rglob("*.py") for node in ast.walk(ast.parse(path.read_text()))]
    calls = [node for node in nodes if isinstance(node, ast.Call)]
    spread = [call for call in calls if any(isinstance(given, ast.Starred) for given in call.args)]
    return {name for call in spread if (name := ast.unparse(call.func))[0].isupper()}


def test_no_column_is_counted():
    counted = re.compile(r"\brow\[[1-9:]|\brow\[\d+:|\brows\[\d+\]\[")
    assert [path.name for path in HOME.rglob("*.py") if counted.search(path.read_text())] == []
