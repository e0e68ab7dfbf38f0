"""Posts, listed and ended where the bot runs, for when nobody can do so in a chat."""

from bot import database
from bot.clock import utc
from bot.config import Settings, WrongSettings
from handlers.staff.views import DismissedView
from storage import outbox, people
from storage.records import Post

DAY = "%Y-%m-%d"


async def listed(settings: Settings, now: int) -> list[str]:
    """Every post in a line: its number, role, village and ordinal, and when somebody last acted in it."""
    async with database.fitting(settings, now) as register, register.reading() as tx:
        return [_line(post) for post in await people.posts(tx)]


def _line(post: Post) -> str:
    acted = f"last act {utc(post.last_act_at, DAY)}" if post.last_act_at else "no act yet"
    named = " ".join(filter(None, (post.role, post.village, str(post.ordinal))))
    return "  ".join(filter(None, (str(post.id), named, f"since {utc(post.since, DAY)}", acted, post.label)))


async def dismiss(settings: Settings, id: int, now: int) -> str:
    """Whose post ended, in a sentence; they are told of it, as when a head does so.

    Raises WrongSettings for a post that is not held, or is the last head's.
    """
    async with database.fitting(settings, now) as register, register.transaction() as tx:
        post = await people.post(tx, id)
        if post is None:
            raise WrongSettings(f"there is no post {id}; jekduk staff list shows those there are")
        if not await people.dismiss(tx, id, now):
            raise WrongSettings("it is the last head's; first have another open the link of jekduk invite head")
        facts = DismissedView(post.role, post.village).facts()
        told = outbox.Due(f"dismissed:{id}", post.chat, "post", outbox.NOTICE, now, facts=facts)
        await outbox.owe(tx, [told], now)
    return f"ended: {_line(post)}"
