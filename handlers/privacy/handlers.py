"""See what is kept, and delete it."""

from handlers.context import Request
from handlers.feature import Command, Feature
from handlers.privacy.buttons import SendMyData
from handlers.privacy.views import AuthenticView, MyDataView, MyFileView, PrivacyView
from handlers.view import Answer, NoteView, View
from handlers.wording.sentences import SENTENCES
from locales import _
from storage import people

SENTENCES |= {
    "deleted": _("Deleted. This chat's ID is kept no longer."),
    "deleted_staff": _("Deleted. Only your post remains; the head of the district can end it."),
}


async def privacy(request: Request) -> View:
    """/privasi."""
    return PrivacyView()


async def authentic(request: Request) -> View:
    """/asli."""
    return AuthenticView()


async def my_data(request: Request) -> View:
    """/dataku."""
    return MyDataView()


async def send_my_data(request: Request, button: SendMyData) -> Answer:
    """/dataku as a file, below the words."""
    return Answer(MyFileView(), fresh=True)


async def forget(request: Request) -> View:
    """/hapus: everything kept about this chat goes, at once."""
    async with request.storage.transaction() as tx:
        await people.forget(tx, request.person.chat)
    return NoteView("deleted_staff" if request.person.posts else "deleted")


PRIVACY = Feature(
    commands=(
        Command(("privasi", "privacy"), privacy, _("what we keep about you")),
        Command(("asli", "genuine"), authentic),
        Command(("dataku", "mydata"), my_data),
        Command(("hapus", "forget"), forget, _("delete what we keep about you")),
    ),
    buttons={SendMyData: send_my_data},
)
