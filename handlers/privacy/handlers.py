"""See what is kept, and delete it."""

from handlers.context import Request
from handlers.reply import Answer
from storage import people


async def privacy(request: Request) -> Answer:
    """/privasi."""
    return Answer("privacy")


async def my_data(request: Request) -> Answer:
    """/dataku."""
    return Answer("my_data")


async def forget(request: Request) -> Answer:
    """/hapus: everything kept about this chat goes, at once."""
    async with request.services.storage.transaction() as tx:
        await people.forget(tx, request.chat)
    return Answer("note", {"key": "deleted_staff" if request.person.posts else "deleted"})
