"""Invite staff, see the posts, dismiss."""

from handlers.context import Request
from handlers.refused import Refused
from handlers.reply import Answer
from handlers.staff.buttons import Dismiss, Invite, MakeLink, ShowPosts
from handlers.wording import layout
from handlers.wording.layout import INVITE
from storage import people
from storage.db.ids import new_id
from storage.db.protocol import Tx
from storage.records import ROLES, VILLAGE_ROLES


async def join(asked: Request, token: str) -> Answer:
    async with asked.services.storage.transaction() as tx:
        invite = await people.accept(tx, token, asked.chat, asked.code, asked.now)
    if invite is None:
        raise Refused("link")
    return Answer("joined", {"role": invite.role, "village": invite.village})


async def invite(asked: Request) -> Answer:
    """/undang."""
    _head(asked)
    return _whom(asked)


def _whom(asked: Request) -> Answer:
    """The choice of whom to invite, with an id of its own: however often it is tapped, it makes one link that works."""
    return Answer("invite", {"invite": new_id(asked.now)})


async def tap_invite(asked: Request, button: Invite) -> Answer:
    """The choice, in place of the card."""
    _head(asked)
    if not button.role:
        return _whom(asked)
    return await make_link(asked, MakeLink(new_id(asked.now), button.role, button.village))


async def make_link(asked: Request, button: MakeLink) -> Answer:
    """Choose a role, a village if it has one, and get a one-time link."""
    _head(asked)
    needs_village = button.role in VILLAGE_ROLES
    if button.role not in ROLES:
        return _whom(asked)
    if needs_village and button.village not in asked.workflow.villages:
        return Answer("invite", {"invite": button.invite, "role": button.role})
    village = button.village if needs_village else ""
    async with asked.services.storage.transaction() as tx:
        head = await _sure_head(tx, asked)
        try:
            token = await people.invite(tx, button.role, village, head, asked.now, button.invite)
        except PermissionError:
            raise Refused("changed", then=_whom(asked)) from None
    link = layout.link(asked.bot_name, INVITE + token)
    return Answer("invited", {"role": button.role, "village": village, "link": link})


async def show_posts(asked: Request, button: ShowPosts) -> Answer:
    """The posts held now."""
    _head(asked)
    return Answer("posts", {"page": button.page})


async def dismiss(asked: Request, button: Dismiss) -> Answer:
    """End a post: ask first, then do it."""
    _head(asked)
    if not button.sure:
        return Answer("really", {"post": button.post})
    async with asked.services.storage.transaction() as tx:
        await _sure_head(tx, asked)
        post = await people.post(tx, button.post)
        ended = await people.dismiss(tx, button.post, asked.now)
    if post is not None and not ended:
        raise Refused("last_head", then=Answer("posts"))
    return Answer("posts", toast=asked.t("Dismissed.") if ended else asked.t("Already dismissed."))


def _head(asked: Request) -> None:
    if not asked.person.holds("head"):
        raise Refused("not_staff")


async def _sure_head(tx: Tx, asked: Request) -> int:
    """The head's post, looked up in the transaction that uses it."""
    person = await people.get(tx, asked.chat)
    for post in person.posts:
        if post.role == "head":
            return post.id
    raise Refused("not_staff")
