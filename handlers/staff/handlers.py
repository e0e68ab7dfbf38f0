"""Invite staff, see the posts, dismiss; and, with a link, join."""

import re

from handlers.context import Request
from handlers.feature import Command, Feature, for_heads, is_head, is_staff
from handlers.staff.buttons import Dismiss, Invite, MakeLink, ShowInvites, ShowPosts, WithdrawInvite
from handlers.staff.views import (
    AcceptedView,
    DismissedView,
    DismissView,
    InvitedView,
    InvitesView,
    InviteView,
    JoinedView,
    LabelView,
    PostsView,
)
from handlers.view import Answer, Refused, View, head_of, head_only, staff_only
from handlers.wording.links import invitation_link
from handlers.wording.sentences import SENTENCES
from locales import _
from storage import outbox, people
from storage.db.ids import new_id
from storage.db.protocol import Tx
from storage.people import Invitation
from storage.records import ROLES, VILLAGE_ROLES

LABEL = 20  # characters
SENTENCES |= {
    "link": _("This link was used or its time is over. Please ask the district office for a new one."),
    "label": _(
        "A label has up to 20 letters and no number of more than two digits. Please send /label and a few words."
    ),
    "last_head": _("There must be at least one head. Please invite another head first."),
}


async def join(request: Request, token: str) -> View:
    """/start with an invitation: whoever opens it first holds the post from now on."""
    chat, code = request.person.chat, request.update.language_code
    async with request.storage.transaction() as tx:
        invite = await people.accept(tx, token, chat, code, request.now)
        if invite is None:
            raise Refused("link")
        await _tell_inviter(tx, invite, chat, request.now)
    return JoinedView(invite.role, invite.village)


async def _tell_inviter(tx: Tx, invite: Invitation, chat: int, now: int) -> None:
    inviter = await people.post(tx, invite.made_by or 0)
    joined = await people.get(tx, chat)
    gave = next((one.id for one in joined.posts if (one.role, one.village) == (invite.role, invite.village)), None)
    if inviter and inviter.chat != chat and gave:
        await _owe(tx, f"accepted:{invite.id}", inviter.chat, AcceptedView(gave), now)


async def _owe(tx: Tx, key: str, chat: int, view: View, now: int) -> None:
    await outbox.owe(tx, [outbox.Due(key, chat, "post", outbox.NOTICE, now, facts=view.facts())], now)


async def withdraw_invite(request: Request, button: WithdrawInvite) -> Answer:
    """A link works no longer."""
    async with request.storage.transaction() as tx:
        await head_of(tx, request)
        withdrawn = await people.withdraw_invite(tx, button.invite, request.now)
    if not withdrawn:
        raise Refused("changed", then=InvitesView())
    return Answer(InvitesView(), toast=request.t("Withdrawn."))


async def label(request: Request) -> View:
    """/label: what somebody is called among staff, in their own words."""
    staff_only(request.person)
    wanted = " ".join(request.update.arguments.split())
    if wanted:
        is_word = wanted.isprintable() and any(map(str.isalnum, wanted))
        if len(wanted) > LABEL or not is_word or re.search(r"\d{3}|#", wanted):
            raise Refused("label")
        async with request.storage.transaction() as tx:
            await people.label(tx, request.person.chat, wanted)
    return LabelView()


async def invite(request: Request) -> View:
    """/undang: the choice of whom to invite.

    It has an id of its own: however often it is tapped, it makes one link that works.
    """
    head_only(request.person)
    return InviteView(new_id(request.now))


async def tap_invite(request: Request, button: Invite) -> View:
    """The same, in place of the card."""
    return await invite(request)


async def make_link(request: Request, button: MakeLink) -> View:
    """Choose a role, a village if it has one, and get a one-time link."""
    head_only(request.person)
    needs_village = button.role in VILLAGE_ROLES
    if button.role not in ROLES:
        return await invite(request)
    if needs_village and button.village not in request.workflow.villages:
        return InviteView(button.invite, button.role, button.page)
    village = button.village if needs_village else ""
    async with request.storage.transaction() as tx:
        head = await head_of(tx, request)
        try:
            token = await people.invite(tx, button.role, village, head.id, request.now, button.invite)
        except PermissionError:
            raise Refused("changed", then=InviteView(new_id(request.now))) from None
    return InvitedView(button.role, village, invitation_link(request.bot_name, token))


async def dismiss(request: Request, button: Dismiss) -> View | Answer:
    """End a post: ask first, then do it."""
    head_only(request.person)
    if not button.sure:
        return DismissView(button.post)
    async with request.storage.transaction() as tx:
        await head_of(tx, request)
        post = await people.post(tx, button.post)
        ended = await people.dismiss(tx, button.post, request.now)
        if post and ended:
            told = DismissedView(post.role, post.village)
            await _owe(tx, f"dismissed:{post.id}", post.chat, told, request.now)
    if post is not None and not ended:
        raise Refused("last_head", then=PostsView())
    return Answer(PostsView(), toast=request.t("Access removed.") if ended else request.t("Access was removed before."))


STAFF = Feature(
    commands=(
        Command(("undang", "invite"), invite, _("invite staff, remove access"), may=is_head),
        Command(("label",), label, _("what colleagues call you"), may=is_staff, example=" motor biru", is_read=True),
    ),
    buttons={
        Invite: tap_invite,
        MakeLink: make_link,
        ShowInvites: for_heads(InvitesView),
        WithdrawInvite: withdraw_invite,
        Dismiss: dismiss,
        ShowPosts: for_heads(PostsView),
    },
)
