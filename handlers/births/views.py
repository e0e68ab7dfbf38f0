"""Reserved numbers and births without a name, as things are now."""

from handlers.births.buttons import HoldNameless, Reserve
from handlers.births.screens import (
    day_screen,
    give_back_screen,
    given_back_screen,
    reminder_to_family,
    reminder_to_staff,
    reservations_screen,
    reserved_screen,
)
from handlers.context import Viewer
from handlers.lookup.views import StatusView
from handlers.reply import Screen
from handlers.view import Refused, View
from handlers.wording import nameless
from storage import documents, people
from storage.births import reservations


class BirthDayView(View, name="birth_day"):
    """On which day a baby was born: to reserve a number for a village, or of a number that is on hold."""

    birth: int
    village: str
    number: str = ""

    async def show(self, viewer: Viewer) -> Screen:
        def to(days: int) -> Reserve | HoldNameless:
            return HoldNameless(self.number, days) if self.number else Reserve(self.birth, self.village, days)

        return day_screen(viewer.workflow, to, viewer.t, viewer.now)


class ReservedView(View, name="reserved"):
    """A reserved number, and how many of them its reader holds."""

    number: str

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            birth = await reservations.of_number(tx, self.number)
            held = await reservations.held_by(tx, viewer.person)
        if birth is None or not birth.is_reserved:
            raise Refused("changed", then=StatusView((self.number,)))
        return reserved_screen(viewer.workflow, birth, held, viewer.bot_name, viewer.t, viewer.now)


class GiveBackView(View, name="give_back"):
    """Whether a reserved number is to be given back."""

    number: str

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            birth = await reservations.of_number(tx, self.number)
        if birth is None or not birth.is_reserved:
            raise Refused("changed", then=StatusView((self.number,)))
        return give_back_screen(viewer.workflow, birth, viewer.t)


class GivenBackView(View, name="given_back"):
    """A number for which a family waited was given back before anything was filed."""

    number: str
    village: str
    heard: int = 1

    async def show(self, viewer: Viewer) -> Screen:
        return given_back_screen(viewer.workflow, self.number, self.village, viewer.t)


class ReservationsView(View, name="reservations"):
    """A page of the reserved numbers of a village under which its reader may file."""

    village: str
    page: int = 0

    async def show(self, viewer: Viewer) -> Screen:
        if self.village not in viewer.workflow.filing_villages(viewer.person):
            raise Refused("not_staff")
        async with viewer.storage.reading() as tx:
            found = await reservations.reserved(tx, viewer.workflow, viewer.person, self.village)
        return reservations_screen(viewer.workflow, self.village, found, self.page, viewer.t, viewer.now)


class BirthDueView(View, name="birth_due"):
    """What a birth waits for on one of its days, to staff or to a family; nothing once that is there."""

    number: str
    day: int
    staff: int
    heard: int

    async def show(self, viewer: Viewer) -> Screen | None:
        async with viewer.storage.reading() as tx:
            birth = await reservations.of_number(tx, self.number)
            is_open = birth is not None and await reservations.is_waiting(tx, birth)
            follow = await people.follow_of(tx, viewer.person.chat, self.number)
        is_over = self.day == reservations.LIMIT  # nobody follows it any more
        is_theirs = viewer.person.posts if self.staff else follow or is_over
        if birth is None or not is_theirs or is_open is is_over:
            return None
        if not self.staff:
            return reminder_to_family(viewer.workflow, birth, self.day, viewer.t, viewer.now)
        async with viewer.storage.reading() as tx:
            look = await documents.status(tx, self.number, viewer.person.chat, viewer.now)
        ended = nameless.rows(viewer.workflow, viewer.person, look.documents, viewer.t)
        return reminder_to_staff(viewer.workflow, birth, self.day, ended, viewer.t, viewer.now)
