"""What a person can do and see. This page is the table of contents: a capability is a folder and a line here.

Each folder has the buttons, handlers, views and screens of one feature, with its commands and its words. A feature may
put the buttons of another on its screens, as a page has links. What else it may know of others is listed, each with its
reason, in pyproject.toml: "A feature leads to others by their buttons and views".
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

from telegram import Bot

from handlers.adapters import answer_message, answer_tap
from handlers.aloud.handlers import ALOUD
from handlers.announcements.handlers import ANNOUNCEMENTS
from handlers.attestations.handlers import ATTESTATIONS
from handlers.audit.handlers import AUDIT
from handlers.bags.handlers import BAGS
from handlers.births.handlers import BIRTHS
from handlers.callbacks import Callback, parse
from handlers.closures.handlers import CLOSURES
from handlers.consignments.handlers import CONSIGNMENTS
from handlers.context import Request, Services, request_of
from handlers.corrections.handlers import CORRECTIONS
from handlers.deputies.handlers import DEPUTIES
from handlers.documents.handlers import DOCUMENTS
from handlers.feature import Typed
from handlers.feedback.handlers import FEEDBACK
from handlers.filing.handlers import FILING
from handlers.follow.buttons import TypeProof
from handlers.follow.handlers import FOLLOW
from handlers.follow.proof import PROOF, prove
from handlers.groups.handlers import in_group
from handlers.handover.buttons import TypeCode
from handlers.handover.handlers import HANDOVER, type_code
from handlers.holds.handlers import HOLDS
from handlers.lookup.handlers import LOOKUP
from handlers.morning.handlers import MORNING
from handlers.opinions.handlers import OPINIONS
from handlers.originals.handlers import ORIGINALS
from handlers.pages.handlers import PAGES
from handlers.paper.handlers import PAPER
from handlers.pauses.handlers import PAUSES
from handlers.privacy.handlers import PRIVACY
from handlers.relays.handlers import RELAYS
from handlers.reply import Call
from handlers.returns.handlers import RETURNS
from handlers.road.handlers import ROAD
from handlers.search.handlers import SEARCH
from handlers.staff.handlers import STAFF
from handlers.start.handlers import START, came_or_went, other, text, unknown_command
from handlers.start.screens import menu_lines
from handlers.start.views import HelpView
from handlers.statistics.handlers import STATISTICS
from handlers.update import Update
from handlers.view import View, render
from handlers.village.handlers import VILLAGE
from locales import words
from storage.counter import pickup
from storage.numbers import find
from storage.records import Person
from storage.workflow import Workflow

__all__ = ["BUTTONS", "COMMANDS", "FEATURES", "handle", "menu", "render"]

FEATURES = (
    LOOKUP,
    FOLLOW,
    PROOF,
    FEEDBACK,
    ALOUD,
    OPINIONS,
    START,
    PRIVACY,
    BAGS,
    MORNING,
    ROAD,
    CONSIGNMENTS,
    FILING,
    BIRTHS,
    SEARCH,
    DOCUMENTS,
    HOLDS,
    RETURNS,
    CORRECTIONS,
    HANDOVER,
    ORIGINALS,
    VILLAGE,
    RELAYS,
    PAPER,
    ATTESTATIONS,
    STATISTICS,
    PAGES,
    STAFF,
    CLOSURES,
    ANNOUNCEMENTS,
    PAUSES,
    AUDIT,
    DEPUTIES,
)  # in the order of the help

COMMANDS = tuple(command for feature in FEATURES for command in feature.commands)
BUTTONS = {button: handler for feature in FEATURES for button, handler in feature.buttons.items()}
KEYPADS: Mapping[type[Callback], Callable[[Request, Any], Awaitable[View]]] = {
    TypeProof: prove, TypeCode: type_code,
}  # fmt: skip
HelpView.commands = COMMANDS
_BY_NAME = {name: command.handler for command in COMMANDS for name in command.names}


async def handle(
    services: Services, bot: Bot, call: Call, update: Update, behind: Callable[[], Iterable[Update]] = tuple
) -> None:
    """Answer one update. Raises Unanswered if its answer cannot be sent now, and whatever else its handler raises."""
    if update.kind == "edit" and not find(update.arguments).is_meant:
        return  # small talk was mended
    request = await request_of(services, bot.username, call, update, behind)
    match update.kind:
        case "tap":
            await answer_tap(request, BUTTONS)
        case "blocked" | "returned":
            await came_or_went(request)
        case "command":
            await answer_message(request, _BY_NAME.get(update.names(bot.username), unknown_command))
        case "text" | "edit":
            await answer_message(request, _keyed(update) or text)
        case "group" | "group_joined" | "group_left" | "group_moved":
            await in_group(request, _BY_NAME)
        case _:
            await answer_message(request, other)


def _keyed(update: Update) -> Typed | None:
    """A code that is written as the answer to a card with keys is as if it had been tapped there."""
    code, keys = pickup.written(update.arguments), parse(update.card) if update.card else None
    if not code or keys is None or type(keys) not in KEYPADS:
        return None
    return lambda request: KEYPADS[type(keys)](request, type(keys)(**{**keys.named(), "typed": code}))


def menu(workflow: Workflow, person: Person, lang: str) -> list[tuple[str, str]]:
    """Telegram's menu for somebody, in one language: (command, what it does)."""
    return menu_lines(COMMANDS, workflow, person, words(lang))
