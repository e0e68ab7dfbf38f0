"""What a person can do and see: this page is its table of contents."""

from collections.abc import Callable, Iterable

import handlers.bags.views  # its views make themselves known
import handlers.documents.views  # its views make themselves known
import handlers.filing.views  # its views make themselves known
import handlers.follow.views  # its views make themselves known
import handlers.language.views  # its views make themselves known
import handlers.lookup.views  # its views make themselves known
import handlers.privacy.views  # its views make themselves known
import handlers.staff.views  # its views make themselves known
import handlers.start.views  # noqa: F401  # its views make themselves known
from handlers import callbacks
from handlers.adapters import Said, Tapped, answer_message, answer_tap
from handlers.bags import handlers as bags
from handlers.bags.buttons import CompleteBag, PackBag, PackVillage, ShowBag, ShowTasks, Tick
from handlers.context import Services, request_of
from handlers.documents import handlers as documents
from handlers.documents.buttons import OpenDocument, TakeLeg, Undo
from handlers.filing import handlers as filing
from handlers.filing.buttons import Draft, DropDraft, FileDraft
from handlers.follow import handlers as follow
from handlers.follow.buttons import FollowNumber, UnfollowNumber
from handlers.language import handlers as language
from handlers.language.buttons import Speak
from handlers.lookup import handlers as lookup
from handlers.lookup.buttons import ShowHistory, ShowStatus
from handlers.privacy import handlers as privacy
from handlers.reply import Call
from handlers.staff import handlers as staff
from handlers.staff.buttons import Dismiss, Invite, MakeLink, ShowPosts
from handlers.start import handlers as start
from handlers.start.buttons import Help
from handlers.update import Update

COMMANDS: dict[tuple[str, ...], Said] = {
    ("start",): start.start,
    ("status",): lookup.status,
    ("daftar", "follow"): follow.follow,
    ("berhenti", "unfollow"): follow.unfollow,
    ("bahasa", "language"): language.language,
    ("bantuan", "help"): start.help,
    ("privasi", "privacy"): privacy.privacy,
    ("dataku", "mydata"): privacy.my_data,
    ("hapus", "forget"): privacy.forget,
    ("tugas", "work"): bags.tasks,
    ("cari", "find"): documents.find,
    ("baru", "new"): filing.new,
    ("undang", "invite"): staff.invite,
}

BUTTONS: dict[type[callbacks.Callback], Tapped] = {
    Speak: language.speak,
    Help: start.tap_help,
    ShowStatus: lookup.show_status,
    ShowHistory: lookup.show_history,
    FollowNumber: follow.tap_follow,
    UnfollowNumber: follow.tap_unfollow,
    Draft: filing.tap_draft,
    FileDraft: filing.file,
    DropDraft: filing.drop,
    ShowTasks: bags.tap_tasks,
    PackBag: bags.pack,
    PackVillage: bags.pack_village,
    ShowBag: bags.show_bag,
    Tick: bags.tick,
    CompleteBag: bags.complete,
    OpenDocument: documents.open_document,
    TakeLeg: documents.take_leg,
    Undo: documents.undo,
    Invite: staff.tap_invite,
    MakeLink: staff.make_link,
    Dismiss: staff.dismiss,
    ShowPosts: staff.show_posts,
}


_BY_NAME = {name: handler for names, handler in COMMANDS.items() for name in names}


async def handle(
    services: Services, bot_name: str, call: Call, update: Update, behind: Callable[[], Iterable[Update]] = tuple
) -> None:
    """Answer one update. Raises Unanswered if its answer cannot be sent now, and whatever else its handler raises."""
    if update.kind == "edit":
        return
    request = await request_of(services, bot_name, call, update, behind)
    match update.kind:
        case "tap":
            await answer_tap(request, BUTTONS)
        case "blocked" | "returned":
            await start.came_or_went(request)
        case "command":
            await answer_message(request, _BY_NAME.get(update.names(bot_name), start.unknown_command))
        case "text":
            await answer_message(request, start.text)
        case _:
            await answer_message(request, start.other)
