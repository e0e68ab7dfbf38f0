"""What could not be done and waits for a person: updates in quarantine, notices that were given up, and who is away."""

from typing import Literal, NamedTuple

from bot.clock import utc
from bot.config import WrongSettings
from storage import Storage, inbox, outbox, overview, people
from storage.news import leftovers


class Stuck(NamedTuple):
    """One of them: its id, when it was put aside (epoch ms), how often it was tried, the kind of error."""

    what: Literal["update", "notice"]
    id: int
    at: int
    tries: int
    error: str

    def __str__(self) -> str:
        return f"{self.what} {self.id}  {utc(self.at, '%Y-%m-%d %H:%M:%SZ')}  tries {self.tries}  {self.error}"


async def listed(storage: Storage) -> list[Stuck]:
    """All of them, updates first, oldest first."""
    async with storage.reading() as tx:
        updates, notices = await inbox.failed(tx), await leftovers.given_up(tx)
    return [Stuck("update", id, at, tries, error or "") for id, at, tries, error in updates] + [
        Stuck("notice", id, at, tries, f"{kind}: {error or ''}") for id, kind, at, tries, error in notices
    ]


async def away(storage: Storage) -> str:
    """How many people cannot be reached and why, in a line; nothing if there are none."""
    async with storage.reading() as tx:
        found, kept = await people.away(tx), (await overview.load(tx)).away
    reasons = ", ".join(f"{reason} {count}" for reason, count in found.items())
    return f"away: {sum(found.values())} people ({reasons}), messages kept for them: {kept}" if found else ""


async def retry_away(storage: Storage, now: int) -> int:
    """Have what is kept for people who are away tried once more; how many people they are."""
    async with storage.transaction() as tx:
        return await outbox.find_all(tx, now)


async def retry(storage: Storage, which: str, now: int) -> list[int]:
    """Have one (by its id) or all tried once more; the ids for which that is possible.

    An update that nobody could read was not kept, so it stays on the list. Raises WrongSettings for what is not on it.
    """
    ids = [stuck.id for stuck in await listed(storage) if which in ("all", str(stuck.id))]
    if not ids and which != "all":
        raise WrongSettings(f"there is no '{which}'; jekduk stuck lists those there are, or write all, or away")
    async with storage.transaction() as tx:
        return [id for id in ids if await inbox.retry(tx, id) | await leftovers.retry(tx, id, now)]
