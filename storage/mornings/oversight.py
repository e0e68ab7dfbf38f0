"""What a head is told: what stands still in the district, and who is not heard from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from storage import bags, overview
from storage.db.protocol import Tx
from storage.feedback import questions
from storage.heads import pausing
from storage.heads.pausing import Pause
from storage.holds import queues
from storage.holds.queues import Standstill
from storage.mornings import pickups
from storage.mornings.pickups import Awaited
from storage.mornings.workload import STEPS, step_since
from storage.news import relays
from storage.news.relays import Relay
from storage.records import MINUTE, Document, Leg, Post
from storage.workflow import Workflow

UNHEARD = 3  # working days without a sign of whoever carries documents
OWED = 15 * MINUTE  # for so long something may be owed before the bot is behind


@dataclass(frozen=True, slots=True)
class Unheard:
    """A post that carries documents and has done nothing for some working days."""

    post: Post
    days: int
    count: int


class Oversight(NamedTuple):
    """What is late, what is on hold, which promises were missed, who is not heard from; whether the bot is well: how
    many messages are stuck, whether any is owed for too long; how many families did not get something; the pauses; how
    many questions nobody has answered in time; which families nobody has told, though the district was to.
    """

    late: Sequence[Leg] = ()
    held: Sequence[Standstill] = ()
    missed: Sequence[Awaited] = ()
    unheard: Sequence[Unheard] = ()
    stuck: int = 0
    is_behind: bool = False
    objections: int = 0
    pauses: Sequence[Pause] = ()
    questions: int = 0
    untold: Sequence[Relay] = ()

    def __bool__(self) -> bool:
        waits = self.late or self.held or self.missed or self.unheard or self.objections or self.questions
        return bool(waits or self.untold or self.stuck or self.is_behind or self.pauses)

    def overdue(self, workflow: Workflow, now: int) -> list[Leg]:
        """What has waited for so long that it is the head's: the last of the `STEPS`, the oldest first."""
        late = sorted(self.late, key=lambda one: one.oldest)
        return [one for one in late if workflow.calendar.working_days(one.oldest, now) >= STEPS[-1]]

    def rings(self, workflow: Workflow, last: int, now: int) -> bool:
        """True if something has become the head's since the `last` that rang."""
        return any(step_since(workflow, one.oldest, last, now, STEPS[-1:]) for one in self.late)


async def of_district(tx: Tx, workflow: Workflow, now: int) -> Oversight:
    """The whole district, as things are now."""
    troubles, (owed_since, _) = await overview.troubles(tx), await overview.oldest_owed(tx)
    return Oversight(
        tuple(await bags.late(tx, workflow, now)),
        tuple(one for one in await queues.everything(tx) if one.count),
        tuple(one for one in await pickups.awaited(tx, workflow) if one.pickup.missed),
        tuple(await unheard(tx, workflow, now)),
        troubles.stuck,
        owed_since is not None and now - owed_since > OWED,
        len(await tx.all("objections")),
        await pausing.pauses(tx),
        await questions.late(tx, workflow, now),
        await relays.in_village(tx, workflow, "", now, relays.TO_DISTRICT),
    )


async def unheard(tx: Tx, workflow: Workflow, now: int) -> list[Unheard]:
    """Who carries documents and gives no sign, the longest silent first; not whoever somebody stands in for."""
    found: dict[Post, tuple[int, int]] = {}
    for *columns, stage, count, newest in await tx.long("couriers_papers", now=now):
        post = Post(*columns)
        if workflow.is_on_the_road(stage):
            carried, heard = found.get(post, (0, post.last_act_at or post.since))
            found[post] = (carried + count, max(heard, newest))
    silent = [
        Unheard(post, workflow.calendar.working_days(heard, now), count) for post, (count, heard) in found.items()
    ]
    return sorted((one for one in silent if one.days >= UNHEARD), key=lambda one: (-one.days, one.post.id))


async def late_papers(tx: Tx, workflow: Workflow, origin: str, to: str, now: int) -> list[Document]:
    """What of a leg is late, oldest first."""
    rows = await tx.all("waiting_documents", stage=origin, most=bags.MOST)
    return [
        one
        for one in (Document(*row) for row in rows)
        if workflow.following(one.type, one.stage) == to and workflow.is_late(to, one.since + one.stopped, now)
    ]
