"""/privasi is true: no table is left out of it, and its days are those of the purge."""

import re
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.chores import purge
from bot.sandbox.html import Html
from handlers import callbacks
from handlers.context import Services
from handlers.privacy.buttons import ShowPrivacy
from handlers.privacy.kinds import kinds
from handlers.privacy.screens import authentic_screen, kept_screen, privacy_screen
from locales import words
from storage import Storage, open_storage
from storage.db.migrate import available
from storage.db.tables import tables_of
from storage.records import DAY, HOUR
from storage.workflow import Workflow
from tests.storage.cast import NOW, ask
from tests.town import WORKFLOW, migrated

UNTOLD = {
    "announcement": "what a head told people, to which villages and roles, and how many; of no person",
    "bag_item": "the documents of a bag, and goes with it",
    "cause": "why documents stand still",
    "closure": "closed days, by a post",
    "consignment": "a bag at a counter, by a post",
    "consignment_line": "the documents of one that are not as they should be",
    "feed_deferred": "what another system asked and is answered later, of no person",
    "feed_subscription": "what another system is told, of no person",
    "feed_system": "which other systems read, and what of them is known is a name",
    "feed_told": "which acts it was told of",
    "lease": "which process runs",
    "mark": "what the bot did when",
    "migration": "the migrations",
    "objection": "that something was not received, by the request",
    "original": "which papers of a request are out",
    "pace": "how long documents take, of nobody",
    "page": "a head's page in a browser, by a post",
    "pause": "what leaves for nobody at present, by a post",
    "pickup": "when a village fetches, by a post",
    "proxy": "that a family is told by its village: a language, by the request",
    "receiver": "which post is asked whether it received, by the request",
    "relay": "what a village has told, by the request and a post",
    "remark": "why a step was taken, in words of the district file",
    "secret": "keys",
    "stand_in": "who stands in for whom, by posts",
    "opinion": "of a request, and of no chat",
    "village_group": "a chat of a village, of no person",
}


@pytest.mark.parametrize("sms", [None, "0812 3456 7890"])
def test_what_a_village_or_the_gateway_sends_is_not_said_to_be_false(sms: str | None):
    about = replace(WORKFLOW.district.district, sms=sms)
    screen = authentic_screen(Workflow(replace(WORKFLOW.district, district=about)), "jekduk_bot", words("id"))
    said = Html(screen.text).read()[0]
    assert said.startswith("Di Telegram, pesan Jek-Duk hanya dari @jekduk_bot.")
    assert "dari kantor desa, lewat WA atau SMS" in said
    assert ("0812" in said) is (sms is not None)


def test_every_table_is_told_of_or_says_why_not():
    told = frozenset[str]().union(*(kind.tables for kind in kinds(words("en"))))
    tables = {table.name for table in tables_of(available()[-1][0])}
    assert tables - told == UNTOLD.keys()
    assert told <= tables


@pytest.mark.parametrize("is_staff", [False, True])
def test_what_is_kept_stands_behind_the_buttons_of_the_notice(is_staff):
    t = words("en")
    behind = [callbacks.parse(key.data) for row in privacy_screen(WORKFLOW, t).rows for key in row]
    pages = [kept_screen(WORKFLOW, one.part, t, is_staff=is_staff) for one in behind if isinstance(one, ShowPrivacy)]
    read = "\n".join(Html(page.text).read()[0] for page in pages)
    told = [kind.words in read for kind in kinds(t, by_sms=False) if is_staff or not kind.staff]
    assert told == [True] * (10 + 2 * is_staff)


class Kept(NamedTuple):
    """A row that lies there since a time, how one asks for it, and the place of its days in its sentence."""

    table: str
    columns: str
    values: str
    place: int = 0
    id: str = "id"


KEPT = [
    Kept("follow", "chat, number, since", "1, {id}, 0", id="number"),
    Kept("consent", "id, chat, given_at, wording, lang, withdrawn_at", "{id}, 1, 0, 1, 'id', {at}", 1),
    Kept("inbox", "update_id, person, received_at, failed_at", "{id}, 1, {at}, {at}", id="update_id"),
    Kept("outbox", "id, key, chat, priority, kind, owed_at, due_at", "{id}, {id}, 1, 1, 'act', {at}, {at}"),
    Kept("outbox", "id, key, chat, priority, kind, owed_at, due_at, sent_at", "{id}, {id}, 1, 1, 'act', 0, 0, {at}"),
    Kept(
        "outbox", "id, key, chat, priority, kind, owed_at, due_at, given_up_at", "{id}, {id}, 1, 1, 'act', 0, 0, {at}"
    ),
    Kept("asker", "id, chat, number, village, lang, asked_at", "{id}, {id}, '1', '', 'id', {at}"),
    Kept("demand", "id, chat, lang, village, role, paid, at", "{id}, {id}, 'id', '', '', '', {at}", id="chat"),
    Kept(
        "question",
        "id, chat, lang, request, what, role, at, closed_at",
        "{id}, {id}, 'id', {id}, '', '', 9999999999999, {at}",
    ),
    Kept("question", "id, chat, lang, request, what, role, at", "{id}, {id}, 'id', {id}, '', '', {at}", 1),
    Kept("birth", "id, number, village, post, born, ends_at", "{id}, {id}, '', 1, {at}, {at}"),
    Kept("forgotten", "who, at", "{id}, {at}", id="who"),
    Kept("bag", "id, chat, from_stage, to_stage, made_at", "{id}, 1, '', '', {at}"),
    Kept("look", "id, post, what, subject, day, at", "{id}, 1, 'number', '{id}', 0, {at}"),
    Kept("invite", "id, digest, role, made_at, expires_at", "{id}, {id}, '', 0, {at}", 1),
]


async def test_what_is_kept_goes_after_the_days_that_are_told(tmp_path: Path):
    await migrated(f"sqlite:///{tmp_path}/kept.db")
    storage = await open_storage(f"sqlite:///{tmp_path}/kept.db")
    for place, kept in enumerate(KEPT):
        time_is_up = NOW - told_days(kept) * DAY
        await put(storage, kept, 2 * place + 1, time_is_up - HOUR)
        await put(storage, kept, 2 * place + 2, time_is_up + HOUR)
    await purge.forget(Services(storage, WORKFLOW, lambda: NOW))
    left = [[int(id or 0) for (id,) in await ask(storage, f"select {kept.id} from {kept.table}")] for kept in KEPT]
    await storage.close()
    for place, ids in enumerate(left):
        assert (2 * place + 1 in ids, 2 * place + 2 in ids) == (False, True), KEPT[place]


def told_days(kept: Kept) -> int:
    """The days that the sentence of a table names."""
    named = [re.findall(r"\d+", kind.words) for kind in kinds(words("en")) if kept.table in kind.tables]
    return int(next(days for days in named if days)[kept.place])


async def put(storage: Storage, kept: Kept, id: int, at: int) -> None:
    if kept.table in ("follow", "question"):  # a follow counts from the day on which the last document was handed over
        for table, columns, values in (
            ("act", "id, kind, role, how, happened_at, recorded_at, grace_until", "{id}, 'file', '', '', 0, 0, 0"),
            ("request", "id, village, draft, mourned, act, filed_at, closed_at", "{id}, '', {id}, 0, {id}, 0, {at}"),
            ("number", "number, request, since", "{id}, {id}, 0"),
        ):
            await put(storage, Kept(table, columns, values), id, at)
    values = kept.values.format(id=id, at=at)
    await script(storage, f"insert into {kept.table} ({kept.columns}) values ({values})")


async def script(storage: Storage, statement: str) -> None:
    async with storage.transaction() as tx:
        await tx.script(statement)
