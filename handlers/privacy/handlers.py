"""See what is kept, and delete it."""

from handlers.context import Request
from handlers.feature import Command, Feature
from handlers.reply import Answer
from locales import _
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


PRIVACY = Feature(
    commands=(
        Command(("privasi", "privacy"), privacy, _("what we keep about you")),
        Command(("dataku", "mydata"), my_data),
        Command(("hapus", "forget"), forget, _("delete what we keep about you")),
    ),
)
