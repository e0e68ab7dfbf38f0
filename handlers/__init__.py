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
from handlers.adapters import answer_message, answer_tap
from handlers.bags.handlers import BAGS
from handlers.context import Services, request_of
from handlers.documents.handlers import DOCUMENTS
from handlers.filing.handlers import FILING
from handlers.follow.handlers import FOLLOW
from handlers.language.handlers import LANGUAGE
from handlers.lookup.handlers import LOOKUP
from handlers.privacy.handlers import PRIVACY
from handlers.reply import Call
from handlers.staff.handlers import STAFF
from handlers.start.handlers import START, came_or_went, other, text, unknown_command
from handlers.start.screens import menu_lines
from handlers.start.views import HELP
from handlers.update import Update
from locales import words

FEATURES = (LOOKUP, FOLLOW, LANGUAGE, START, PRIVACY, BAGS, FILING, DOCUMENTS, STAFF)  # in the order of the help

COMMANDS = tuple(command for feature in FEATURES for command in feature.commands)
BUTTONS = {button: handler for feature in FEATURES for button, handler in feature.buttons.items()}
_BY_NAME = {name: command.handler for command in COMMANDS for name in command.names}
HELP.extend(COMMANDS)


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


def menu(lang: str) -> list[tuple[str, str]]:
    """Telegram's menu in one language: (command, what it does)."""
    return menu_lines(COMMANDS, words(lang))
