"""A group chat is linked to a village, unlinked, moved and lost; nothing that is asked there is answered there."""

from collections.abc import Collection

from handlers.context import Request
from handlers.groups.views import GroupLinkedView, GroupWordView
from handlers.view import Refused, View
from storage import outbox, people
from storage.groups import chats
from storage.records import Person, Post
from storage.workflow import Workflow

LINK, UNLINK = ("desa", "village"), ("lepas", "unlink")


async def in_group(request: Request, commands: Collection[str]) -> View | None:
    """What a group is answered. A command of ours leads to the private chat, others are not answered."""
    match request.update.kind:
        case "group":
            command = request.update.names(request.bot_name)
            handler = link if command in LINK else unlink if command in UNLINK else hint
            if handler is not hint or command in commands:
                await _reach(request)
                is_unknown = handler is not hint and request.update.is_unsigned
                return GroupWordView("unsigned") if is_unknown else await handler(request)
        case "group_joined" | "group_changed":
            if not await _reach(request) and request.update.kind == "group_joined":
                return GroupWordView("hello")
        case "group_left":
            async with request.storage.transaction() as tx:
                await chats.unlink(tx, request.update.group)
        case "group_moved":
            async with request.storage.transaction() as tx:
                await chats.move(tx, request.update.group, int(request.update.text))
    return None


async def _reach(request: Request) -> bool:
    """What is owed to the group can be sent again. True if it is a village's."""
    async with request.storage.transaction() as tx:
        await outbox.find(tx, request.update.group, request.now)
        return await chats.village_of(tx, request.update.group) is not None


async def link(request: Request) -> View:
    """/desa: the group is the village's of whoever writes it, or the one that stands behind the command. What is
    another village's stays so, until somebody writes it who may end that.
    """
    async with request.storage.transaction() as tx:
        person = await people.get(tx, request.person.chat, request.now)  # with the posts held in this very transaction
        may, said = dict(_may(request.workflow, person)), request.update.arguments
        linked = await chats.village_of(tx, request.update.group)
        village = request.workflow.village_named(said) if said else next(iter(may)) if len(may) == 1 else None
        at_stake = {village, linked} & request.workflow.villages.keys()
        if not may or not at_stake <= may.keys():
            raise Refused("not_yours" if person.posts else "not_staff")
        if village is None:
            return GroupWordView("which")
        await chats.link(tx, request.update.group, village, may[village].id, request.now)
    return GroupLinkedView(village)


async def unlink(request: Request) -> View:
    """/lepas: by whoever may link it."""
    async with request.storage.transaction() as tx:
        person = await people.get(tx, request.person.chat, request.now)  # as above
        village = await chats.village_of(tx, request.update.group)
        if village is None or village not in dict(_may(request.workflow, person)):
            raise Refused("not_yours" if person.posts else "not_staff")
        await chats.unlink(tx, request.update.group)
    return GroupWordView("unlinked")


async def hint(request: Request) -> View:
    """Whatever else is asked."""
    return GroupWordView("hint")


def _may(workflow: Workflow, person: Person) -> list[tuple[str, Post]]:
    """The villages whose group somebody may link, by which post: an officer's own, or a head's every one."""
    return [
        (village, post)
        for village in workflow.villages
        for post in person.posts
        if post.role == "head" or (post.role == "village_officer" and post.village == village)
    ]
