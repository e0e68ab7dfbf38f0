"""Gives a village another key wherever the register knows it by its old one, for a district file that was edited so."""

from storage.db.migrate import version_of
from storage.db.protocol import Tx
from storage.db.tables import tables_of
from storage.feeds import subscriptions

# What is about a village without a column of that name; what is still owed names it among its facts.
ELSEWHERE = (
    "update pause set subject = '{new}' where scope = 'village' and subject = '{old}'",
    "update announcement set subject = '{new}' where scope = 'village' and subject = '{old}'",
    """update outbox set facts = replace(facts, '"village":"{old}"', '"village":"{new}"') where sent_at is null""",
)


class Taken(Exception):
    """Something is of a village with the new key already: two villages cannot become one."""


async def rename_village(tx: Tx, old: str, new: str) -> bool:
    """True if anything was of the old key. Raises Taken, or ValueError for what cannot be a key of a district file."""
    if not f"{old}{new}".replace("_", "a").isalnum():
        raise ValueError("a key has letters, digits and _")
    if await tx.one("any_of_village", village=new):
        raise Taken
    is_known = await tx.one("any_of_village", village=old) is not None
    tables = [table.name for table in tables_of(await version_of(tx)) if "village" in table.columns]
    named = [f"update \"{name}\" set village = '{{new}}' where village = '{{old}}'" for name in tables]  # noqa: S608  # our own tables
    for statement in (*named, *ELSEWHERE):
        await tx.script(statement.format(old=old, new=new))
    await subscriptions.rename_village(tx, old, new)
    return is_known
