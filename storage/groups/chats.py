"""Which group chat is which village's. A group that grows into a supergroup takes its link along, whichever of the two
messages of Telegram says so first: the one in the group, or the refusal of what was sent to it.
"""

from storage.db.protocol import Tx

MOVED = "moved to "  # the reason for which a group is out of reach, before its new id


async def link(tx: Tx, chat: int, village: str, post: int, now: int) -> None:
    """From now on this group is a village's."""
    await tx.all("link_group", chat=chat, village=village, post=post, now=now)


async def unlink(tx: Tx, chat: int) -> bool:
    """The group is no village's any more, and nothing of it is kept. False if it was none."""
    found = await tx.one("unlink_group", chat=chat)
    await tx.all("withdraw_group", chat=chat)
    await tx.all("forget_group", chat=chat)
    return found is not None


async def village_of(tx: Tx, chat: int) -> str | None:
    """Which village's group it is, or None."""
    row = await tx.one("group_village", chat=chat)
    return str(row[0]) if row else None


async def in_reach(tx: Tx) -> list[tuple[int, str]]:
    """Each linked group to which something can be sent, and its village."""
    return [(chat, village) for chat, village in await tx.all("groups_in_reach")]


async def move(tx: Tx, chat: int, to: int) -> None:
    """A group has another id now: its link and what is owed to it go along."""
    await tx.all("move_group", chat=chat, to=to)
    await tx.all("move_owed", chat=chat, to=to)
    await unlink(tx, chat)


async def follow_moved(tx: Tx) -> int:
    """Move the links of groups that were refused because they had moved; how many."""
    moved = 0
    for chat, reason in await tx.all("groups_away"):
        if str(reason).startswith(MOVED):
            await move(tx, chat, int(reason.removeprefix(MOVED)))
            moved += 1
    return moved


async def families_by_stage(tx: Tx, village: str) -> dict[str, set[int]]:
    """The requests of a village that have documents at a stage, by stage; what stands still is at none ('')."""
    found: dict[str, set[int]] = {}
    for request, stage in await tx.all("families_by_stage", village=village):
        found.setdefault(stage, set()).add(request)
    return found
