"""Pages that are open in browsers, the links that open them, and their end."""

import secrets
from typing import NamedTuple

from storage.db import secret
from storage.db.ids import new_id
from storage.db.protocol import Tx
from storage.records import DAY, HOUR

LINK_LASTS, SESSION_LASTS = HOUR, 30 * DAY
# It may have to be typed with a television's remote control: 60 bits for an hour, and no sign like another.
_SIGNS, _LENGTH = "abcdefghjkmnpqrstuvwxyz23456789", 12
_KEY = "pages"


class Opened(NamedTuple):
    """A page that is open in a browser: by which post, in which language, since when."""

    id: int
    post: int
    lang: str
    opened_at: int


async def link(tx: Tx, post: int, lang: str, now: int) -> str:
    """What stands at the end of a link that opens once, within the hour. A post's link before it opens no more."""
    token = "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))
    await tx.all("drop_links", post=post)
    await tx.all("make_page", id=new_id(now), post=post, lang=lang, link=await _hashed(tx, token), now=now)
    return token


async def is_awaited(tx: Tx, post: int, now: int) -> bool:
    """True if a link of a post would still open a page."""
    return await tx.one("link_waits", post=post, since=now - LINK_LASTS) is not None


async def open(tx: Tx, token: str, now: int) -> str | None:
    """Open the page of a link: the key of its session, for the browser alone. None if it was used, or is too old."""
    key = secrets.token_urlsafe(32)
    row = await tx.one(
        "open_page", link=await _hashed(tx, token), session=await _hashed(tx, key), now=now, since=now - LINK_LASTS
    )
    return key if row else None


async def of_session(tx: Tx, key: str, now: int) -> Opened | None:
    """The page of a session, unless it has ended."""
    known = await secret.known(tx, _KEY)
    if known is None or not key:
        return None
    row = await tx.one("page_of_session", session=secret.hashed(known, key), since=now - SESSION_LASTS)
    return Opened(*row) if row else None


async def everything(tx: Tx, now: int) -> list[Opened]:
    """All that are open, the oldest first."""
    return [Opened(*row) for row in await tx.all("open_pages", since=now - SESSION_LASTS)]


async def end(tx: Tx, id: int, now: int) -> bool:
    """It shows nothing any more. False if it had ended before."""
    return await tx.one("end_page", id=id, now=now) is not None


async def end_all(tx: Tx, now: int) -> None:
    """None shows anything any more, and no link opens one."""
    await tx.all("end_pages", now=now)


async def purge(tx: Tx, now: int) -> None:
    """Forget what has ended or is too old."""
    await tx.all("purge_pages", opened=now - SESSION_LASTS, made=now - LINK_LASTS)


async def _hashed(tx: Tx, token: str) -> str:
    return secret.hashed(await secret.key(tx, _KEY), token)
