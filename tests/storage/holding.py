"""What tests of holds do: put documents and queues on hold, and let them go on."""

from storage import ledger
from storage.holds import papers, queues, returns
from storage.holds.queues import Queue
from storage.records import Document, MoveResult
from tests.storage.cast import Register, seen


async def hold(register: Register, by: int, reason: str, *found: Document, review: int | None = None) -> MoveResult:
    actor = await register.actor(by)
    async with register.storage.transaction() as tx:
        return await papers.hold(tx, register.workflow, seen(*found), reason, review, actor)


async def release(register: Register, by: int, *found: Document) -> MoveResult:
    actor = await register.actor(by)
    async with register.storage.transaction() as tx:
        return await papers.release(tx, register.workflow, seen(*found), actor)


async def give_back(register: Register, by: int, *found: Document) -> MoveResult:
    actor = await register.actor(by)
    async with register.storage.transaction() as tx:
        return await returns.give_back(tx, register.workflow, seen(*found), "returned", {"id": ["KK lama"]}, actor)


async def hold_queue(
    register: Register, by: int, queue: Queue, reason: str, review: int | None = None
) -> MoveResult | None:
    actor = await register.actor(by)
    async with register.storage.transaction() as tx:
        return await queues.hold(tx, register.workflow, queue, reason, review, actor)


async def release_queue(register: Register, by: int, document: Document) -> MoveResult | None:
    actor = await register.actor(by)
    async with register.storage.transaction() as tx:
        cause = await queues.of_document(tx, document.id)
        assert cause
        return await queues.release(tx, register.workflow, cause, actor)


async def cards(register: Register, count: int, stage: str = "at_registry", type: str = "KTP") -> list[Document]:
    return [await register.brought(await register.one(type), stage) for _ in range(count)]


async def kinds(register: Register, document: Document) -> list[str]:
    async with register.storage.reading() as tx:
        return [event.kind for event in await ledger.history(tx, document.id)]
