"""What a person can do and see: this page is its table of contents."""

from telegram.ext import CallbackQueryHandler, ChatMemberHandler, CommandHandler, MessageHandler, filters

from handlers import buttons, citizen, head, officer, village
from handlers.adapters import Said, Tapped, said, tapped
from handlers.context import App
from handlers.refused import hand_over

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


def register(app: App) -> None:
    """Open every door of an application. Private chats only; groups and channels get silence."""
    private = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE
    app.add_handler(MessageHandler(private & filters.TEXT & ~filters.COMMAND, said(citizen.text)))
    app.add_handler(CallbackQueryHandler(tapped(BUTTONS)))
    for names, handler in COMMANDS.items():
        app.add_handler(CommandHandler(names, said(handler), filters=private))
    app.add_handler(MessageHandler(private & filters.COMMAND, said(citizen.unknown_command)))
    app.add_handler(MessageHandler(private & ~filters.StatusUpdate.ALL, said(citizen.other)))
    app.add_handler(ChatMemberHandler(said(citizen.came_or_went), ChatMemberHandler.MY_CHAT_MEMBER))
    app.add_error_handler(hand_over)
