"""Who may: asked of who taps or types, at that moment, never of the buttons that were shown."""

from handlers.context import Request
from handlers.refused import Refused
from storage import people
from storage.db.protocol import Tx
from storage.records import Person
from storage.workflow import Workflow


def anyone(_workflow: Workflow, _person: Person) -> bool:
    """True."""
    return True


def is_staff(_workflow: Workflow, person: Person) -> bool:
    """True for whoever holds a post."""
    return bool(person.posts)


def staff_only(person: Person) -> None:
    """Raises Refused for whoever holds no post."""
    if not person.posts:
        raise Refused("not_staff")


async def officer_of(tx: Tx, request: Request) -> Person:
    """Who asks, with the posts they hold in this very transaction. Raises Refused if these are none."""
    officer = await people.get(tx, request.person.chat)
    staff_only(officer)
    return officer
