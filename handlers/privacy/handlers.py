"""See what is kept, and delete it."""

from handlers.context import Request
from handlers.reply import Answer
from storage import people


async def privacy(asked: Request) -> Answer:
    """/privasi."""
    return Answer("privacy")


async def my_data(asked: Request) -> Answer:
    """/dataku."""
    return Answer("my_data")


async def forget(asked: Request) -> Answer:
    """/hapus: everything kept about this chat goes, at once."""
    async with asked.services.storage.transaction() as tx:
        await people.forget(tx, asked.chat)
    return Answer("note", {"key": "deleted_staff" if asked.person.posts else "deleted"})
