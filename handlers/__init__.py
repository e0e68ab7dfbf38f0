"""What a person can do and see: this page is its table of contents."""

from collections.abc import Callable, Iterable

from handlers import callbacks, citizen, head, officer, village
from handlers.adapters import Said, Tapped, answer_message, answer_tap
from handlers.bags.buttons import CompleteBag, PackBag, PackVillage, ShowBag, ShowTasks, Tick
from handlers.context import Services, request_of
from handlers.documents.buttons import OpenDocument, TakeLeg, Undo
from handlers.filing.buttons import Draft, DropDraft, FileDraft
from handlers.follow.buttons import FollowNumber, UnfollowNumber
from handlers.language.buttons import Speak
from handlers.lookup.buttons import ShowHistory, ShowStatus
from handlers.reply import Call
from handlers.staff.buttons import Dismiss, Invite, MakeLink, ShowPosts
from handlers.start.buttons import Help
from handlers.update import Update

COMMANDS: dict[tuple[str, ...], Said] = {
    ("start",): citizen.start,
    ("status",): citizen.status,
    ("daftar", "follow"): citizen.follow,
    ("berhenti", "unfollow"): citizen.unfollow,
    ("bahasa", "language"): citizen.language,
    ("bantuan", "help"): citizen.help,
    ("privasi", "privacy"): citizen.privacy,
    ("dataku", "mydata"): citizen.my_data,
    ("hapus", "forget"): citizen.forget,
    ("tugas", "work"): officer.tasks,
    ("cari", "find"): officer.find,
    ("baru", "new"): village.new,
    ("undang", "invite"): head.invite,
}

BUTTONS: dict[type[callbacks.Callback], Tapped] = {
    Speak: citizen.speak,
    Help: citizen.tap_help,
    ShowStatus: citizen.show_status,
    ShowHistory: citizen.show_history,
    FollowNumber: citizen.tap_follow,
    UnfollowNumber: citizen.tap_unfollow,
    Draft: village.tap_draft,
    FileDraft: village.file,
    DropDraft: village.drop,
    ShowTasks: officer.tap_tasks,
    PackBag: officer.pack,
    PackVillage: officer.pack_village,
    ShowBag: officer.show_bag,
    Tick: officer.tick,
    CompleteBag: officer.complete,
    OpenDocument: officer.open_document,
    TakeLeg: officer.take_leg,
    Undo: officer.undo,
    Invite: head.tap_invite,
    MakeLink: head.make_link,
    Dismiss: head.dismiss,
    ShowPosts: head.show_posts,
}


_BY_NAME = {name: handler for names, handler in COMMANDS.items() for name in names}


async def handle(
    services: Services, bot_name: str, call: Call, update: Update, behind: Callable[[], Iterable[Update]] = tuple
) -> None:
    """Answer one update. Raises Unanswered if its answer cannot be sent now, and whatever else its handler raises."""
    if update.kind == "edit":
        return
    asked = await request_of(services, bot_name, call, update, behind)
    match update.kind:
        case "tap":
            await answer_tap(asked, BUTTONS)
        case "blocked" | "returned":
            await citizen.came_or_went(asked)
        case "command":
            await answer_message(asked, _BY_NAME.get(update.names(bot_name), citizen.unknown_command))
        case "text":
            await answer_message(asked, citizen.text)
        case _:
            await answer_message(asked, citizen.other)
