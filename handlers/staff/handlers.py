"""Invite staff, see the posts, dismiss."""

from handlers.context import Request
from handlers.feature import Command, Feature
from handlers.refused import Refused
from handlers.reply import Answer
from handlers.staff.buttons import Dismiss, Invite, MakeLink, ShowPosts
from handlers.wording import layout
from handlers.wording.layout import INVITE
from locales import _
from storage import people
from storage.db.ids import new_id
from storage.db.protocol import Tx
from storage.records import ROLES, VILLAGE_ROLES, Person
from storage.workflow import Workflow


async def join(request: Request, token: str) -> Answer:
    async with request.services.storage.transaction() as tx:
        invite = await people.accept(tx, token, request.chat, request.code, request.now)
    if invite is None:
        raise Refused("link")
    return Answer("joined", {"role": invite.role, "village": invite.village})


async def invite(request: Request) -> Answer:
    """/undang."""
    _head(request)
    return _whom(request)


def _whom(request: Request) -> Answer:
    """The choice of whom to invite, with an id of its own: however often it is tapped, it makes one link that works."""
    return Answer("invite", {"invite": new_id(request.now)})


async def tap_invite(request: Request, button: Invite) -> Answer:
    """The choice, in place of the card."""
    _head(request)
    if not button.role:
        return _whom(request)
    return await make_link(request, MakeLink(new_id(request.now), button.role, button.village))


async def make_link(request: Request, button: MakeLink) -> Answer:
    """Choose a role, a village if it has one, and get a one-time link."""
    _head(request)
    needs_village = button.role in VILLAGE_ROLES
    if button.role not in ROLES:
        return _whom(request)
    if needs_village and button.village not in request.workflow.villages:
        return Answer("invite", {"invite": button.invite, "role": button.role})
    village = button.village if needs_village else ""
    async with request.services.storage.transaction() as tx:
        head = await _sure_head(tx, request)
        try:
            token = await people.invite(tx, button.role, village, head, request.now, button.invite)
        except PermissionError:
            raise Refused("changed", then=_whom(request)) from None
    link = layout.link(request.bot_name, INVITE + token)
    return Answer("invited", {"role": button.role, "village": village, "link": link})


async def show_posts(request: Request, button: ShowPosts) -> Answer:
    """The posts held now."""
    _head(request)
    return Answer("posts", {"page": button.page})


async def dismiss(request: Request, button: Dismiss) -> Answer:
    """End a post: ask first, then do it."""
    _head(request)
    if not button.sure:
        return Answer("really", {"post": button.post})
    async with request.services.storage.transaction() as tx:
        await _sure_head(tx, request)
        post = await people.post(tx, button.post)
        ended = await people.dismiss(tx, button.post, request.now)
    if post is not None and not ended:
        raise Refused("last_head", then=Answer("posts"))
    return Answer("posts", toast=request.t("Dismissed.") if ended else request.t("Already dismissed."))


def _head(request: Request) -> None:
    if not _is_head(request.workflow, request.person):
        raise Refused("not_staff")


def _is_head(_workflow: Workflow, person: Person) -> bool:
    return person.holds("head")


async def _sure_head(tx: Tx, request: Request) -> int:
    """The head's post, looked up in the transaction that uses it."""
    person = await people.get(tx, request.chat)
    for post in person.posts:
        if post.role == "head":
            return post.id
    raise Refused("not_staff")


STAFF = Feature(
    commands=(Command(("undang", "invite"), invite, _("invite or dismiss staff"), may=_is_head, in_menu=False),),
    buttons={Invite: tap_invite, MakeLink: make_link, Dismiss: dismiss, ShowPosts: show_posts},
)
