"""The named queries: each is asked, each that is asked is there, and none that is asked often reads a whole table."""

import ast
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

import storage
from storage.db.ids import new_id
from storage.db.postgres import Postgres
from storage.db.protocol import queries

HOME = Path(storage.__file__).parent
QUERIES = queries()
TEXTS = {path.name: path.read_text() for path in sorted((HOME / "sql").glob("*.sql"))}

HOT = """
    status document request_documents act_documents event_at events_of_act act add_act move_document add_event
    touch_post told_followers told_staff told_count owe person keep_person is_following follow follows secret
    misses misses_of_all old_miss purge_misses
    request_by_draft waiting_in_village waiting_documents waiting_documents_of_kind bag bag_items tick close_bag
    find_ending find_filed find_open find_open_in_village find_groups_in_village is_filed_by
    unreached_families open_relay relay_superfluous relay_hearers stop_of_act
    birth birth_of_number reserved_until mark_birth reserved_by reserved_in
    known_updates store_update open_updates update_done update_failed
    claim_due claim_late claimed notice_sent notice_later next_due pause_notices pause_person lose_person find_person
    is_known stand_ins_of_chat originals originals_seen originals_left_at originals_out guard_originals
    wake_notices withdraw_notices withdraw_owed withdraw_all_owed take_lease get_mark set_mark_once
    purge_inbox purge_sent purge_owed consignment open_consignments consigned_papers
    keep_card drop_card forget_cards choose_news claim_waiting put_behind news_of_request remarks
    told_of_act cards_of_act sms_claimed release_claims unheard_holds
""".split()
# All open documents are counted by an index that holds nothing else.
ONLY_THE_INDEX = {
    "waiting": "document_waiting",
    "find_groups": "document_waiting",
    "oldest_owed": "outbox_owed",
    "villages_left_behind": "request_papers",
    "open_by_person": "inbox_open",
}


def asked() -> set[str]:
    """The names that the code hands to a transaction."""
    trees = [ast.parse(path.read_text()) for path in HOME.rglob("*.py") if path.name != "protocol.py"]
    functions = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.AsyncFunctionDef)]
    return {name for function in functions for name in handed_over(function)}


def handed_over(function: ast.AsyncFunctionDef) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-2:-1] in (["tx"], ["_tx"]):
            plain = isinstance(node.args[0], ast.Constant) if node.args else True
            # A name that is not written into the call stands somewhere in the same function.
            yield from strings(node.args[0]) if plain and node.args else set(strings(function)) & set(QUERIES)


def strings(tree: ast.AST) -> Iterator[str]:
    return (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str))


def names(query: str) -> set[str]:
    return set(re.findall(r"(?<!:):([a-z_]+)", re.sub(r"'[^']*'", "", query)))


@pytest.fixture(scope="module")
def plain() -> Iterator[sqlite3.Connection]:
    with sqlite3.connect(":memory:") as connection:
        for path in sorted((HOME / "migrations").glob("*.sql")):
            connection.executescript(path.read_text())
        connection.execute("create table migration (version integer primary key, applied_at bigint)")
        yield connection
    connection.close()


def plan(connection: sqlite3.Connection, query: str) -> list[str]:
    values = dict.fromkeys(names(QUERIES[query]), 1)
    return [row[3] for row in connection.execute(f"explain query plan {QUERIES[query]}", values)]


def test_every_query_is_asked_and_every_one_that_is_asked_is_there():
    assert asked() == set(QUERIES)


def test_no_query_has_the_name_of_another():
    found = [name for text in TEXTS.values() for name in re.findall(r"^-- name: (\w+)", text, re.MULTILINE)]
    assert sorted(found) == sorted(set(found)) == sorted(QUERIES)


def test_what_is_said_to_readers_of_a_query_is_sent_to_no_database():
    assert "-- Of an earlier act" in TEXTS["outbox.sql"]
    assert [name for name, text in QUERIES.items() if "--" in text] == []


def test_no_query_compares_a_value_with_null():
    # asyncpg cannot tell the type of a parameter that is only compared with null.
    assert [name for name, text in QUERIES.items() if re.search(r":\w+ is (not )?null", text)] == []


def test_every_query_is_understood_by_sqlite(plain):
    assert [name for name in QUERIES if not isinstance(plan(plain, name), list)] == []


@pytest.mark.parametrize("query", HOT)
def test_what_is_asked_often_reads_no_whole_table(plain, query):
    # A SCAN of a constant row or of the small result of a part of the query itself is none of a table.
    tables = [row[0] for row in plain.execute("select name from sqlite_master where type = 'table'")]
    scans = [step for step in plan(plain, query) if step.startswith("SCAN")]
    assert [step for step in scans if step.split()[1] in tables or len(step.split()[1]) == 1] == []


@pytest.mark.parametrize("query, index", ONLY_THE_INDEX.items())
def test_what_counts_everything_open_reads_only_the_index_of_it(plain, query, index):
    assert [step for step in plan(plain, query) if not step.endswith((f"INDEX {index}", "FOR GROUP BY"))] == []


async def test_every_query_is_understood_by_postgres_too(made):

    opened = await Postgres.open(await made.postgres())
    connection = await opened._pool.acquire()
    try:
        for text, _ in opened._queries.values():
            await connection.prepare(text)
    finally:
        await opened._pool.release(connection)
        await opened.close()


def test_ids_of_the_house_fit_every_column():
    assert 0 < new_id(1_795_482_000_000) < 2**63
    assert re.findall(r"\bint\b|\bserial\b|autoincrement", "".join(TEXTS.values())) == []
