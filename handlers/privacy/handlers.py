"""See what is kept, and delete it."""

from handlers.context import Request
from handlers.feature import Command, Feature
from handlers.privacy.buttons import Forget, SendMyData, ShowPrivacy
from handlers.privacy.kinds import PARTS
from handlers.privacy.views import AskForgetView, AuthenticView, KeptView, MyDataView, MyFileView, PrivacyView
from handlers.view import Answer, NoteView, Refused, View
from handlers.wording.sentences import SENTENCES
from locales import _
from storage import people

SENTENCES |= {
    "kept": _("Nothing was deleted. You are told as before."),
    "just_deleted": _(
        "What this chat had saved was deleted. Please ask the village office, or try again after {time}."
    ),
    "deleted": _("Deleted, and messages stop. No application is stopped by that."),
    "deleted_staff": _(
        "Deleted, and messages stop. Only your role in this bot remains; the head of the district can end it."
    ),
}


async def privacy(request: Request) -> View:
    """/privasi."""
    return PrivacyView()


async def show_privacy(request: Request, button: ShowPrivacy) -> View:
    """A part of it, or all of it in short."""
    if button.part not in ("", *PARTS):
        raise Refused("old_button")
    return KeptView(button.part) if button.part else PrivacyView()


async def authentic(request: Request) -> View:
    """/asli."""
    return AuthenticView()


async def my_data(request: Request) -> View:
    """/dataku."""
    return MyDataView()


async def send_my_data(request: Request, button: SendMyData) -> Answer:
    """/dataku as a file, below the words."""
    return Answer(MyFileView(), fresh=True)


async def ask_forget(request: Request) -> View:
    """/hapus: the question. The word is blue in every chat, so that a thumb may touch it unmeant."""
    return AskForgetView()


async def tap_forget(request: Request, button: Forget) -> Answer:
    """Everything kept about this chat goes, at once; or nothing does."""
    return Answer(await forget(request) if button.sure else NoteView("kept"))


async def forget(request: Request) -> View:
    """Delete all that is kept about this chat."""
    async with request.storage.transaction() as tx:
        await people.forget(tx, request.person.chat)
    return NoteView("deleted_staff" if request.person.posts else "deleted")


PRIVACY = Feature(
    commands=(
        Command(("privasi", "privacy"), privacy, _("what is kept")),
        Command(("asli", "genuine"), authentic, _("check that a message is ours")),
        Command(("dataku", "mydata"), my_data),
        Command(("hapus", "forget"), ask_forget, _("delete what this chat has saved")),
    ),
    buttons={ShowPrivacy: show_privacy, SendMyData: send_my_data, Forget: tap_forget},
)
