"""Who is who: people, their posts, invitations, and what they follow."""

import hashlib
import secrets
from typing import NamedTuple

from storage.db import secret
from storage.db.ids import new_id
from storage.db.protocol import Tx
from storage.deputies import stand_ins
from storage.news import cards
from storage.records import DAY, VILLAGE_ROLES, Person, Post

INVITE_LASTS = 2 * DAY
WAIT_LASTS = 30 * DAY
FOLLOWS_SHOWN = 30
CONSENT_WORDING = 5  # of what is said on the first follow: another wording is another number
FORGOTTEN = "forgotten"  # the secret under which it stays known who asked to be forgotten
RESTS = DAY  # after they did, before an officer is asked for them again
BACKUPS_LAST = 90 * DAY
KEPT = 30 * DAY  # a follow after its last document, then the consent; a link after its time; who is out of reach
LATER_THAN_ALL = 2**62  # nobody stands in for so long


class Follow(NamedTuple):
    """A chat that wants to know about a number; `expires_at` is set while the number is not in the register. `name` is
    what it calls the number.
    """

    number: str
    since: int
    expires_at: int | None
    request: int | None
    name: str = ""


class Invitation(NamedTuple):
    """A one-time link: the post it gives, by which post it was made (None: the operator), and until when it works."""

    id: int
    role: str
    village: str
    made_by: int | None
    expires_at: int


async def get(tx: Tx, chat: int, now: int = LATER_THAN_ALL) -> Person:
    """Whoever writes from this private chat; a stranger is a Person with nothing but the chat.

    Their posts are their own, and behind them those for which they stand in `now`; without a time their own alone.
    """
    rows = await tx.all("person", chat=chat, now=now)
    if not rows:
        return Person(chat)
    lang, code, unreachable, news, *_ = rows[0]
    posts = [Post(id, *more) for _, _, _, _, id, *more in rows if id is not None]
    if posts:  # whoever stands in has a post of their own
        posts += [Post(*row) for row in await tx.all("lent_posts", chat=chat, now=now)]
    return Person(chat, lang, code, tuple(posts), away=unreachable is not None, news=news)


async def away(tx: Tx) -> dict[str, int]:
    """How many people cannot be reached, by the reason Telegram gave."""
    return {reason: count for reason, count in await tx.all("away")}


async def is_known(tx: Tx, chat: int) -> bool:
    """True for staff, and for whoever follows a number or waits for one."""
    return await tx.one("is_known", chat=chat) is not None


async def choose_language(tx: Tx, chat: int, lang: str) -> None:
    """From now on this chat is spoken to in `lang`."""
    await tx.all("choose_language", chat=chat, lang=lang)


async def forget(tx: Tx, chat: int, at: int | None = None) -> None:
    """Everything kept about a chat goes, at once. Posts stay, without labels: they are the office's record, and a head
    ends them.

    Of a post that has ended the record stays, and whose it was goes. What was guessed stays for its hour, under a hash,
    and so does that they asked, for as long as there may be a backup that knows them still. `at` is when, if not now.
    """
    for query in (
        "unfollow_all",
        "forget_askers",
        "forget_demands",
        "forget_lines",
        "forget_questions",
        "forget_cards",
        "forget_consents",
        "forget_notices",
        "forget_updates",
        "forget_drafts",
        "forget_keys",
        "forget_posts",
        "forget_invites",
        "forget_bags",
        "forget_person",
        "blank_person",
    ):
        await tx.all(query, chat=chat)
    who = secret.hashed(await secret.key(tx, FORGOTTEN), chat)
    await tx.all("note_forgotten", who=who, at=await tx.clock() if at is None else at)
    tx.shred()


async def rests_until(tx: Tx, chat: int, now: int) -> int | None:
    """Until when whoever was just forgotten has no officer asked, None if they may: `/hapus` is no way to ask on."""
    who = secret.hashed(await secret.key(tx, FORGOTTEN), chat)
    row = await tx.one("forgotten_at", who=who)
    left = row[0] + RESTS - await tx.clock() if row else 0
    return now + left if 0 < left <= RESTS else None


# Following a number


async def follow(
    tx: Tx, chat: int, number: str, code: str | None, lang: str, *, known: bool, now: int, until: int | None = None
) -> bool:
    """Follow a number, consent on record. Waits 30 days for one that is not known yet, or `until` a time; a wait that
    has run out begins anew. False if followed already.
    """
    standing = await tx.one("agreed", chat=chat, wording=CONSENT_WORDING)  # or each tap on an old card would add one
    consent = standing[0] if standing else new_id(now)
    expires_at = None if known else until or now + WAIT_LASTS
    if not await tx.one("follow", chat=chat, number=number, now=now, expires_at=expires_at, consent=consent):
        return False
    if known:
        # PostgreSQL: a move that is under way saw no follow yet. It ends first, and the card shows where it led.
        await tx.all("lock_followed", number=number)
    await tx.all("keep_person", chat=chat, code=code)
    if not standing:
        await tx.all("consent", id=consent, chat=chat, now=now, wording=CONSENT_WORDING, lang=lang)
    return True


async def has_agreed(tx: Tx, chat: int) -> bool:
    """True if this chat agreed to the present wording, and has not taken that back."""
    return await tx.one("agreed", chat=chat, wording=CONSENT_WORDING) is not None


async def unfollow(tx: Tx, chat: int, number: str | None, now: int) -> None:
    """Follow no longer: one number, or all of them. The consent ends with the last, and what is owed stays unsaid."""
    if number is None:
        await tx.all("unfollow_all", chat=chat)
        await tx.all("withdraw_all_owed", chat=chat)
    else:
        await tx.all("unfollow", chat=chat, number=number)
        await tx.all("withdraw_owed", chat=chat, number=number)
    await cards.drop(tx, chat, number or "")
    await tx.all("withdraw_consents", chat=chat, now=now)


async def follows(tx: Tx, chat: int) -> list[Follow]:
    """What a chat follows, newest first."""
    return [Follow(*row) for row in await tx.all("follows", chat=chat, most=FOLLOWS_SHOWN)]


async def follow_of(tx: Tx, chat: int, number: str) -> Follow | None:
    """How a chat follows a number, if it does."""
    row = await tx.one("is_following", chat=chat, number=number)
    return Follow(*row) if row else None


# Posts and invitations


async def invite(tx: Tx, role: str, village: str, made_by: int | None, now: int, id: int | None = None) -> str:
    """A token for a one-time link, good for 48 hours; only its digest is kept.

    Under an id there is one that works: it takes the place of the one before. Raises PermissionError if that was used,
    or somebody else made it.
    """
    token = secrets.token_urlsafe(18)
    made = await tx.one(
        "make_invite", id=id or new_id(now), digest=_digest(token), role=role, village=village, made_by=made_by,
        now=now, expires_at=now + INVITE_LASTS,
    )  # fmt: skip
    if not made:
        raise PermissionError("an invitation that was used, or somebody else's")
    if made_by is not None:
        await tx.all("touch_post", id=made_by, now=now)
    return token


async def accept(tx: Tx, token: str, chat: int, code: str | None, now: int) -> Invitation | None:
    """Take up an invitation. The same chat may do so again while it holds the post; None for everyone else, and
    after its time.
    """
    row = await tx.one("spend_invite", digest=_digest(token), now=now, chat=chat)
    if not row:
        spent = await tx.one("spent_invite", digest=_digest(token), chat=chat)
        return Invitation(*spent) if spent else None
    invite = Invitation(*row)
    await give_post(tx, chat, invite.role, invite.village, code, now)
    return invite


async def open_invites(tx: Tx, now: int) -> list[Invitation]:
    """The links that nobody has opened yet and still work, oldest first."""
    return [Invitation(*row) for row in await tx.all("open_invites", now=now)]


async def withdraw_invite(tx: Tx, id: int, now: int) -> bool:
    """A link works no longer. False if it did not any more."""
    return await tx.one("withdraw_invite", id=id, now=now) is not None


async def label(tx: Tx, chat: int, label: str) -> None:
    """What somebody is called among staff, in all their posts."""
    await tx.all("label_posts", chat=chat, label=label)


async def give_post(tx: Tx, chat: int, role: str, village: str, code: str | None, now: int) -> None:
    """Give a chat a post; holding it already changes nothing."""
    await tx.all("keep_person", chat=chat, code=code)
    while not await tx.one("held_post", chat=chat, role=role, village=village):
        # Again if another newcomer was given the same ordinal first (PostgreSQL).
        await tx.one("give_post", id=new_id(now), chat=chat, role=role, village=village, now=now)


async def dismiss(tx: Tx, post: int, now: int) -> bool:
    """End a post, and whoever stands in for it or by it. False if it had ended, or if it is the last head's."""
    await tx.all("lock_heads")
    if not await tx.one("end_post", id=post, now=now):
        return False
    await stand_ins.end_with(tx, post, now)
    return True


async def menus(tx: Tx, now: int) -> list[tuple[Person, int]]:
    """Everybody who may need a menu of their own, or no longer, with the fingerprint of the one they have."""
    found: dict[int, tuple[Person, int]] = {}
    for chat, lang, code, menu, role, village, _ in await tx.all("menus", now=now):
        posts = found[chat][0].posts if chat in found else ()
        held = (*posts, Post(0, role, village, 0, 0, chat=chat)) if role else ()
        found[chat] = Person(chat, lang, code, held), menu
    return list(found.values())


async def menu_shown(tx: Tx, chat: int, menu: int) -> None:
    """A chat was given a menu with this fingerprint; with 0 everybody's."""
    await tx.all("menu_shown", chat=chat, menu=menu)


async def posts(tx: Tx) -> list[Post]:
    """Every post held now."""
    return [Post(*row) for row in await tx.all("posts")]


async def on_duty(tx: Tx, now: int) -> list[Person]:
    """All of the staff with the posts that are theirs to look after now: not those in which a colleague stands in."""
    posts: dict[int, tuple[Post, ...]] = {}
    for chat, *columns in await tx.all("on_duty", now=now):
        posts[chat] = (*posts.get(chat, ()), Post(*columns))
    return [Person(chat, posts=held) for chat, held in posts.items()]


async def heads(tx: Tx) -> list[int]:
    """The chats of the heads of the district."""
    return sorted({post.chat for post in await posts(tx) if post.role == "head"})


async def post(tx: Tx, id: int) -> Post | None:
    """One post, while it is held."""
    row = await tx.one("post_by_id", id=id)
    return Post(*row) if row else None


async def carrier(tx: Tx, holder: int | None, village: str) -> int | None:
    """The post that has a document of a village in its hands, if it had one: no village officer of another has."""
    held_by = await post(tx, holder) if holder else None
    return None if held_by and held_by.role in VILLAGE_ROLES and held_by.village != village else holder


async def active_staff(tx: Tx, since: int) -> list[int]:
    """Staff who did something since then."""
    return [chat for (chat,) in await tx.all("staff_active_since", since=since)]


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


async def purge(tx: Tx, now: int) -> None:
    """End what has run its time: waits; follows 30 days after the last document is handed over, and with the last of
    them the consent; 30 days later the record of it, and whoever is left without anything; old invitations.
    """
    await tx.long("purge_follows", now=now, closed_before=now - KEPT)
    await tx.long("purge_cards")
    await tx.all("end_consents", now=now)
    await tx.long("purge_consents", before=now - KEPT)
    await tx.long("purge_people", before=now - DAY)
    await tx.long("purge_lost_people", before=now - KEPT)
    await tx.long("purge_invites", before=now - KEPT)
    await tx.long("purge_forgotten", before=now - BACKUPS_LAST)
    tx.shred()
