"""What a person can do and see: this page is its table of contents."""

from collections.abc import Callable, Iterable

from handlers import buttons, citizen, head, officer, village
from handlers.adapters import Said, Tapped, answer_message, answer_tap
from handlers.context import Services, request_of
from handlers.reply import Call
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

BUTTONS: dict[type[buttons.Callback], Tapped] = {
    buttons.Speak: citizen.speak,
    buttons.Help: citizen.tap_help,
    buttons.ShowStatus: citizen.show_status,
    buttons.ShowHistory: citizen.show_history,
    buttons.FollowNumber: citizen.tap_follow,
    buttons.UnfollowNumber: citizen.tap_unfollow,
    buttons.Draft: village.tap_draft,
    buttons.FileDraft: village.file,
    buttons.DropDraft: village.drop,
    buttons.ShowTasks: officer.tap_tasks,
    buttons.PackBag: officer.pack,
    buttons.PackVillage: officer.pack_village,
    buttons.ShowBag: officer.show_bag,
    buttons.Tick: officer.tick,
    buttons.CompleteBag: officer.complete,
    buttons.OpenDocument: officer.open_document,
    buttons.TakeLeg: officer.take_leg,
    buttons.Undo: officer.undo,
    buttons.Invite: head.tap_invite,
    buttons.MakeLink: head.make_link,
    buttons.Dismiss: head.dismiss,
    buttons.ShowPosts: head.show_posts,
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
