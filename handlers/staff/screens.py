"""Invitations and posts."""

from collections.abc import Sequence

from handlers.bags.buttons import ShowTasks
from handlers.deputies.buttons import ChooseStandIn
from handlers.reply import Button, Screen
from handlers.staff.buttons import Dismiss, Invite, MakeLink, ShowInvites, ShowPosts, WithdrawInvite
from handlers.wording import absences, layout
from handlers.wording.layout import bold, button, column, page
from handlers.wording.names import post_name, post_title, role_name
from locales import Words, _, dates
from storage.deputies.stand_ins import LENDABLE, StandIn
from storage.people import Invitation
from storage.records import ROLES, Document, Post
from storage.workflow import Workflow

FAULTS = {  # of health, as far as somebody can be told of them in a chat
    "owed_age": _("For more than a quarter of an hour the bot could not send somebody a message."),
    "open_age": _("For more than five minutes the bot has not answered somebody."),
    "clock_skew": _("The clock of the bot's computer is wrong."),
    "backup_age": _("For two days no backup of the register could be made."),
    "certificate_left": _("Browsers will soon refuse this office's page, or do so already."),
    "disk_free": _("The disk of the bot's computer is nearly full."),
}


def invite_screen(invite: int, t: Words) -> Screen:
    """Whom to invite."""
    rows = column(button(layout.capital(role_name(role, t)), MakeLink(invite, role)) for role in ROLES)
    lists = (button(t("Show staff"), ShowPosts()),), (button(t("Open invitations"), ShowInvites()),)
    return Screen(page(bold(t("Invite staff")), t("Which role?")), (*rows, *lists))


def invite_village_screen(workflow: Workflow, invite: int, role: str, page_no: int, t: Words) -> Screen:
    """For which village."""
    shown, page_no, last = layout.paged(list(workflow.villages.values()), page_no, layout.MANY)
    buttons = [button(village.name, MakeLink(invite, role, village.key)) for village in shown]
    turning = layout.turning(page_no, last, lambda to: MakeLink(invite, role, page=to))
    return Screen(
        page(bold(layout.capital(role_name(role, t))), t("For which village?")),
        (*layout.abreast(buttons), *turning, (_back(t),)),
    )


def invited_screen(workflow: Workflow, role: str, village: str, link: str, t: Words) -> Screen:
    """The one-time link, to be handed on."""
    return Screen(
        page(
            bold(post_name(workflow, role, village, t)),
            t("Send this link to one person only, never to a group. It works once, within 48 hours:"),
            link.removeprefix("https://"),
        ),
        ((Button(t("Copy the link"), copy=link),), (_back(t),)),
    )


def posts_screen(
    workflow: Workflow, held: Sequence[Post], page_no: int, t: Words, now: int, away: Sequence[StandIn] = ()
) -> Screen:
    """The posts held now: role, village, ordinal, since when, last act, and who stands in. Never names."""
    shown, page_no, last = layout.paged(held, page_no)
    lines = [_post_line(workflow, post, [one for one in away if one.away.id == post.id], t, now) for post in shown]
    # The sign stands first and the words above, lest a narrow phone cuts off what is done or whom it meets.
    rows = column(button(absences.key(workflow, post, t, "✕ {}".format), Dismiss(post.id)) for post in shown)
    return Screen(
        page(bold(t("Staff")), *lines, t("✕ removes access to this bot; you are asked first.")),
        (*rows, *layout.turning(page_no, last, ShowPosts), (_back(t),)),
    )


def _post_line(workflow: Workflow, post: Post, away: Sequence[StandIn], t: Words, now: int) -> str:
    covered = [f"   {absences.line(workflow, one, 0, t, now)}" for one in away]
    return "\n".join([_record(workflow, post, t, now), *covered])


def _record(workflow: Workflow, post: Post, t: Words, now: int) -> str:
    since = dates.date(post.since, now, workflow.zone, t.lang)
    name = post_title(workflow, post, t)
    if post.last_act_at is None:
        return t("{post} · since {since} · nothing yet", post=name, since=since)
    last = dates.date(post.last_act_at, now, workflow.zone, t.lang)
    return t("{post} · since {since} · last {last}", post=name, since=since, last=last)


def invites_screen(workflow: Workflow, open_: Sequence[Invitation], page_no: int, t: Words, now: int) -> Screen:
    """The links that nobody has opened yet: which post each gives, and until when. A tap withdraws one."""
    shown, page_no, last = layout.paged(open_, page_no)
    lines = [
        t("{post} · until {moment}", post=post_name(workflow, one.role, one.village, t),
          moment=dates.moment(one.expires_at, now, workflow.zone, t.lang))
        for one in shown
    ]  # fmt: skip
    rows = column(button(f"✕ {post_name(workflow, one.role, one.village, t)}", WithdrawInvite(one.id)) for one in shown)
    foot = [t("✕ withdraws a link.")] if lines else [t("No link is open.")]
    text = page(bold(t("Open invitations")), *lines, *foot)
    return Screen(text, (*rows, *layout.turning(page_no, last, ShowInvites), (_back(t),)))


def accepted_screen(workflow: Workflow, post: Post, t: Words) -> Screen:
    """A link was opened."""
    return Screen(page(t("Your link was opened. New: {post}.", post=post_title(workflow, post, t))))


def dismissed_screen(workflow: Workflow, role: str, village: str, t: Words) -> Screen:
    """A post has ended."""
    post = post_name(workflow, role, village, t)
    return Screen(
        page(
            t(
                "Your access to this bot has ended: {post}. Your job does not change. Thank you for your work.",
                post=post,
            )
        )
    )


def label_screen(workflow: Workflow, posts: Sequence[Post], t: Words) -> Screen:
    """What somebody is called among staff."""
    lines = [[post_title(workflow, post, t)] for post in posts]
    return Screen(
        page(
            bold(t("Colleagues know you as:")),
            *layout.fitting(lines, t, gap=""),
            t("Another name: /label and a few words, such as /label motor biru."),
        )
    )


def dismiss_screen(workflow: Workflow, post: Post, t: Words, papers: Sequence[Document] = ()) -> Screen:
    """Ask before a post ends, and say what is in its holder's hands. Whoever is only away may be stood in for."""
    question = t(
        "Remove access for {post}? Their buttons stop at once. Their job does not change.",
        post=post_title(workflow, post, t),
    )
    stand_in = ((button(t("Stand-in …"), ChooseStandIn(post.id)),),) if post.role in LENDABLE else ()
    return Screen(
        page(question, absences.in_hands(workflow, papers, t)),
        ((button(t("Yes, remove"), Dismiss(post.id, 1)), button(t("Back"), ShowPosts())), *stand_in),
    )


def _back(t: Words) -> Button:
    return button(t("Back"), Invite())


def joined_screen(workflow: Workflow, role: str, village: str, t: Words) -> Screen:
    """Somebody took up an invitation."""
    welcome = bold(t("Welcome. Your role in this bot: {post}.", post=post_name(workflow, role, village, t)))
    begin, more = button(t("Show tasks"), ShowTasks()), t("Your work: /tugas. Language: /bahasa. Help: /bantuan.")
    if role == "head":  # what stands still is theirs, and there is none of it on the first day
        begin = button(t("Invite staff"), Invite())
        more = t("Invite staff: /undang. What stands still: /tugas. Language: /bahasa. Help: /bantuan.")
    return Screen(page(welcome, more), ((begin,),))


def undelivered_screen(messages: int, t: Words) -> Screen:
    """Some messages were given up: whom to ask."""
    return Screen(
        page(
            t.n("{n} message could not be delivered.", "{n} messages could not be delivered.", messages),
            t("Please tell whoever looks after the bot: they can see why, and have it tried again."),
            t("No document is lost or delayed by it."),
        )
    )


def fault_screen(fault: str, t: Words) -> Screen:
    """What is wrong with the bot itself: whom to ask."""
    return Screen(page(t(FAULTS[fault]), t("Please tell whoever looks after the bot.")))
