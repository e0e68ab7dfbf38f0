"""What a person can do and see. This page is the table of contents: a capability is a folder and a line here.

Each folder has the buttons, handlers, views and screens of one feature, with its commands and its words. A feature may
put the buttons of another on its screens, as a page has links. Otherwise it knows only those below it: `start` leads
to `lookup` and `staff`, `language` back to the welcome of `start`; `follow` and `documents` show numbers as `lookup`
does; `bags` shows what came of a move as `documents` does, and what was filed as `filing` does.
"""

import json
from collections.abc import Callable, Iterable

from handlers.adapters import answer_message, answer_tap
from handlers.bags.handlers import BAGS
from handlers.bags.views import ArrivedView
from handlers.context import Services, request_of, viewer_of
from handlers.documents.handlers import DOCUMENTS
from handlers.filing.handlers import FILING
from handlers.follow.handlers import FOLLOW
from handlers.language.handlers import LANGUAGE
from handlers.lookup.handlers import LOOKUP
from handlers.privacy.handlers import PRIVACY
from handlers.refused import screen_of
from handlers.reply import Call, Message
from handlers.staff.handlers import STAFF
from handlers.start.handlers import START, came_or_went, other, text, unknown_command
from handlers.start.screens import menu_lines
from handlers.start.views import HelpView
from handlers.update import Update
from handlers.view import kept
from handlers.wording.notices import notice
from locales import words
from storage.records import Owed

FEATURES = (LOOKUP, FOLLOW, LANGUAGE, START, PRIVACY, BAGS, FILING, DOCUMENTS, STAFF)  # in the order of the help

COMMANDS = tuple(command for feature in FEATURES for command in feature.commands)
BUTTONS = {button: handler for feature in FEATURES for button, handler in feature.buttons.items()}
HelpView.commands = COMMANDS
_BY_NAME = {name: command.handler for command in COMMANDS for name in command.names}


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
            await came_or_went(request)
        case "command":
            await answer_message(request, _BY_NAME.get(update.names(bot_name), unknown_command))
        case "text":
            await answer_message(request, text)
        case _:
            await answer_message(request, other)


async def render(services: Services, bot_name: str, owed: Owed) -> Message | None:
    """The words of whatever is owed, as things are now. None if there is nothing to say any more."""
    if owed.kind == "act":
        return notice(owed, services.workflow, services.now())
    facts = json.loads(owed.facts)
    shown = ArrivedView(**facts) if owed.kind == "staff" else kept(facts)
    screen = await screen_of(shown, await viewer_of(services, bot_name, owed.chat, facts.get("lang", "")))
    # A picture comes with a message that has rung already; to staff it is work, and work does not ring.
    return None if screen is None else (screen, owed.kind in ("picture", "staff"))


def menu(lang: str) -> list[tuple[str, str]]:
    """Telegram's menu in one language: (command, what it does)."""
    return menu_lines(COMMANDS, words(lang))
