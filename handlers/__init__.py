"""What a person can do and see. This page is the table of contents: a capability is a folder and a line here.

Each folder has the buttons, handlers, views and screens of one feature, with its commands and its words. A feature may
put the buttons of another on its screens, as a page has links. What else it may know of others is listed, each with its
reason, in pyproject.toml: "A feature leads to others by their buttons and views".
"""

from handlers.aloud.handlers import ALOUD
from handlers.announcements.handlers import ANNOUNCEMENTS
from handlers.attestations.handlers import ATTESTATIONS
from handlers.audit.handlers import AUDIT
from handlers.bags.handlers import BAGS
from handlers.births.handlers import BIRTHS
from handlers.closures.handlers import CLOSURES
from handlers.consignments.handlers import CONSIGNMENTS
from handlers.corrections.handlers import CORRECTIONS
from handlers.deputies.handlers import DEPUTIES
from handlers.documents.handlers import DOCUMENTS
from handlers.feedback.handlers import FEEDBACK
from handlers.filing.handlers import FILING
from handlers.follow.handlers import FOLLOW
from handlers.follow.proof import PROOF
from handlers.handover.handlers import HANDOVER
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
from handlers.returns.handlers import RETURNS
from handlers.road.handlers import ROAD
from handlers.search.handlers import SEARCH
from handlers.staff.handlers import STAFF
from handlers.start.handlers import START
from handlers.start.screens import menu_lines
from handlers.start.views import HelpView
from handlers.statistics.handlers import STATISTICS
from handlers.village.handlers import VILLAGE
from locales import words
from storage.records import Person
from storage.workflow import Workflow

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
REPLIES = {button: handler for feature in FEATURES for button, handler in feature.replies.items()}
HelpView.commands = COMMANDS
BY_NAME = {name: command.answer for command in COMMANDS for name in command.names}
READING = {name: BY_NAME[name] for command in COMMANDS if command.is_read for name in command.names}
WARNING_OF_A_NIK = frozenset(name for command in COMMANDS if command.warns_of_a_nik for name in command.names)


def menu(workflow: Workflow, person: Person, lang: str) -> list[tuple[str, str]]:
    """Telegram's menu for somebody, in one language: (command, what it does)."""
    return menu_lines(COMMANDS, workflow, person, words(lang))
