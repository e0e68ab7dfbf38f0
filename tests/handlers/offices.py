"""The part of the gallery that shows invitations and posts."""

from handlers.lookup.screens import breaker_screen
from handlers.staff.screens import (
    accepted_screen,
    dismiss_screen,
    dismissed_screen,
    invite_screen,
    invite_village_screen,
    invited_screen,
    invites_screen,
    joined_screen,
    label_screen,
    posts_screen,
    undelivered_screen,
)
from locales import Words, dates
from storage.people import Invitation
from storage.records import ROLES, VILLAGE_ROLES, Post
from storage.workflow import Workflow
from tests.gallery import ID, LINK, NOW, Wall


def heads(t: Words, workflow: Workflow) -> Wall:
    from tests.handlers.absent import away, choosing  # noqa: PLC0415  # made of the gallery's facts, as this is

    yield from (*away(t, workflow), *choosing(t, workflow))
    yield "invite", invite_screen(2**62, t)
    held = [Post(ID - i, role, "tlogopakis" if role in VILLAGE_ROLES else "", 2, NOW) for i, role in enumerate(ROLES)]
    for post in held:
        yield f"invite {post.role}", invite_village_screen(workflow, 2**62, post.role, 0, t)
        yield f"invited {post.role}", invited_screen(workflow, post.role, post.village, LINK, t)
        yield f"joined {post.role}", joined_screen(workflow, post.role, post.village, t)
        yield f"really {post.role}", dismiss_screen(workflow, post, t)
    held += [post._replace(ordinal=10, last_act_at=NOW - dates.DAY) for post in held]
    yield "posts", posts_screen(workflow, held, 0, t, NOW)
    yield "undelivered", undelivered_screen(2, t)
    yield "guesses", breaker_screen(workflow, NOW - dates.HOUR, t, NOW)
    yield "guesses of visitors", breaker_screen(workflow, NOW - dates.HOUR, t, NOW, on_the_page=True)
    invites = [Invitation(ID, role, "simego" if role in VILLAGE_ROLES else "", ID, NOW + dates.DAY) for role in ROLES]
    yield "invites", invites_screen(workflow, invites, 0, t, NOW)
    yield "accepted", accepted_screen(workflow, held[0], t)
    yield "dismissed", dismissed_screen(workflow, "reporter", "simego", t)
    yield "label", label_screen(workflow, [one._replace(label="motor biru") for one in held], t)
    yield "posts, the rest", posts_screen(workflow, held, 1, t, NOW)
    many = [Post(ID - i, "village_officer", "curugmuncar", 100 + i, NOW, NOW) for i in range(100)]
    yield "100 posts", posts_screen(workflow, many, 12, t, NOW)
