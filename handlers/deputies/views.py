"""Who stands in for whom, and what a post leaves behind, as things are now."""

from collections.abc import Iterable
from datetime import date

from handlers.bags.views import TasksView
from handlers.context import Viewer
from handlers.deputies.buttons import ChooseStandIn
from handlers.deputies.screens import (
    Colleague,
    colleagues_screen,
    draft_screen,
    duty_screen,
    laid_down_screen,
    lay_down_screen,
    news_screen,
    pass_on_screen,
    passed_screen,
    stand_in_screen,
    until_screen,
)
from handlers.reply import Screen
from handlers.view import Refused, View
from storage import bags, documents, people
from storage.db.protocol import Tx
from storage.deputies import carried, stand_ins
from storage.deputies.stand_ins import LENDABLE, Unfit
from storage.records import Leg, Person, Post
from storage.workflow import Workflow

DAYS = (0, 1, 2, 3, 5, 10)  # working days after today


def last_days(workflow: Workflow, now: int) -> dict[int, int]:
    """The days on which standing in may end, by their number: how many working days that is."""
    calendar = workflow.calendar
    return {calendar.day(calendar.opening_after(now, n)).toordinal(): n for n in DAYS}


def until(workflow: Workflow, day: int) -> int:
    """When the last day, by its number, is over."""
    return workflow.calendar.end_of(date.fromordinal(day))


async def lent_by(tx: Tx, person: Person, post: int) -> Post:
    """The post that this person may find a stand-in for: their own, or as a head anybody's. Raises Refused for others,
    and if it has ended.
    """
    found = next((one for one in person.own if one.id == post), None)
    if found is None and person.holds("head"):
        found = await people.post(tx, post)
    if found is None or found.role not in LENDABLE:
        raise Refused("changed", then=DutyView())
    return found


async def both(tx: Tx, person: Person, post: int, deputy: int, now: int) -> tuple[Post, Post]:
    """The post to be lent and the colleague's. Raises Refused as `lent_by` does, and for those who cannot be asked."""
    lent, colleague = await lent_by(tx, person, post), await people.post(tx, deputy)
    if colleague is None or colleague.chat == lent.chat:
        raise Refused("changed", then=DutyView())
    try:
        await stand_ins.refuse_chain(tx, lent, colleague, now)
    except Unfit as unfit:
        raise no_stand_in(unfit) from None
    return lent, colleague


def no_stand_in(unfit: Unfit) -> Refused:
    """Why somebody cannot stand in, in words."""
    return Refused(unfit.why if unfit.why in ("stands_in", "is_away") else "changed", then=DutyView())


def refuse_other_days(viewer: Viewer, post: int, deputy: int, day: int) -> None:
    """Raises Refused for a day that no button offers any more."""
    if day not in last_days(viewer.workflow, viewer.now):
        raise Refused("changed", then=UntilView(post, deputy))


class DutyView(View, name="duty"):
    """Somebody's posts and who stands in; where there is but one to be lent, at once who could."""

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            found = await stand_ins.of_chat(tx, viewer.person.chat, viewer.now)
        own = viewer.person.own
        if len(own) == 1 and own[0].role in LENDABLE and not found:
            return await ColleaguesView(own[0].id).show(viewer)
        return duty_screen(viewer.workflow, viewer.person, found, viewer.t, viewer.now)


class ColleaguesView(View, name="colleagues"):
    """A page of those who could stand in for a post: whose work it is too, or the `others`, who are few to choose from
    where nobody else does that work.
    """

    post: int
    page: int = 0
    others: int = 0

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            lent = await lent_by(tx, viewer.person, self.post)
            staff, away = await people.posts(tx), await stand_ins.everything(tx, viewer.now)
        gone = {one.away.chat for one in away if one.accepted_at is not None}
        found = nearest(lent, [post for post in staff if post.chat not in gone])
        able = [post for post in found if viewer.workflow.is_work_of(post, lent)]
        asked = ChooseStandIn(lent.id, self.page, int(not able or self.others))
        shown = [post for post in found if post not in able] if asked.others else able
        is_own, is_part = lent.chat == viewer.person.chat, len(able) < len(found) and not asked.others
        return colleagues_screen(viewer.workflow, lent, shown, asked, viewer.t, is_own=is_own, is_part=is_part)


def nearest(lent: Post, staff: Iterable[Post]) -> list[Post]:
    """Of each colleague one post: who works in the same village first, then who does the same work."""

    def distance(one: Post) -> tuple[bool, bool]:
        return not lent.village or one.village != lent.village, one.role != lent.role

    order = sorted(staff, key=distance)
    found: dict[int, Post] = {}
    for one in order:
        if one.chat != lent.chat:
            found.setdefault(one.chat, one)
    return list(found.values())


class UntilView(View, name="stand_in_until"):
    """The days on which it may end."""

    post: int
    deputy: int

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            lent, deputy = await both(tx, viewer.person, self.post, self.deputy, viewer.now)
        days = {day: (until(viewer.workflow, day), n) for day, n in last_days(viewer.workflow, viewer.now).items()}
        return until_screen(viewer.workflow, lent, deputy, days, viewer.t, viewer.now)


class StandInDraftView(View, name="stand_in_draft"):
    """What would be asked, and what the colleague takes on."""

    post: int
    deputy: int
    day: int

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            lent, deputy = await both(tx, viewer.person, self.post, self.deputy, viewer.now)
            papers = await carried.by(tx, viewer.workflow, lent.id)
        refuse_other_days(viewer, self.post, self.deputy, self.day)
        asked = Colleague(lent, deputy, self.day, until(viewer.workflow, self.day))
        return draft_screen(viewer.workflow, asked, papers, viewer.t, viewer.now)


class StandInView(View, name="stand_in"):
    """How it stands with one; the posts, once it is over."""

    stand_in: int

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            one = await stand_ins.get(tx, self.stand_in)
        if one is None or one.ended_at is not None or one.until <= viewer.now:
            return await DutyView().show(viewer)
        return stand_in_screen(viewer.workflow, one, viewer.person, viewer.t, viewer.now)


class StandInNewsView(View, name="stand_in_news"):
    """`what` became of one: asked, accepted, refused, ended, over, post_ended. Nothing, if that is no news any more."""

    stand_in: int
    what: str
    heard: int = 1

    async def show(self, viewer: Viewer) -> Screen | None:
        async with viewer.storage.reading() as tx:
            one = await stand_ins.get(tx, self.stand_in)
            papers = await carried.by(tx, viewer.workflow, one.away.id) if one else []
        is_now = one and one.ended_at is None and one.until > viewer.now
        if one is None or (self.what in ("asked", "accepted") and not is_now):
            return None
        if self.what == "asked" and one.accepted_at is not None:
            return None
        return news_screen(viewer.workflow, one, self.what, papers, viewer.person, viewer.t, viewer.now)


class LayDownView(View, name="lay_down"):
    """What a post leaves behind, before it is laid down. What it carries is handed on first."""

    post: int

    async def show(self, viewer: Viewer) -> Screen:
        found = next((one for one in viewer.person.own if one.id == self.post), None)
        if found is None:
            raise Refused("changed", then=DutyView())
        async with viewer.storage.reading() as tx:
            papers = await carried.by(tx, viewer.workflow, found.id)
            left = await _left_behind(tx, viewer, found)
            staff = await people.posts(tx) if papers else []
        able = [one for one in nearest(found, staff) if carried.can_carry(viewer.workflow, one, papers)]
        return lay_down_screen(viewer.workflow, found, papers, able, left, viewer.t)


async def _left_behind(tx: Tx, viewer: Viewer, post: Post) -> list[Leg]:
    only = Person(viewer.person.chat, posts=(post,))
    return [one for one in await bags.legs(tx, viewer.workflow, only) if not one.mine]


class LaidDownView(View, name="laid_down"):
    """The heads are told that a post was laid down, and by whom: role, village, which of them, and label."""

    role: str
    village: str
    ordinal: int
    label: str = ""

    async def show(self, viewer: Viewer) -> Screen:
        post = Post(0, self.role, self.village, self.ordinal, 0, label=self.label)
        return laid_down_screen(viewer.workflow, post, viewer.t)


class PassOnView(View, name="pass_on"):
    """To whom the ticked papers of a bag may be passed on; what waits now, if the bag is no more."""

    bag: int

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            bag = await bags.own(tx, self.bag, viewer.person.chat)
            if bag is None or bag.act is not None:
                raise Refused("changed", then=TasksView())
            found = [await documents.get(tx, item.document) for item in bag.items if item.ticked]
            staff = await people.posts(tx)
        papers = [one for one in found if one]
        mine = next((post for post in viewer.person.posts if any(one.holder == post.id for one in papers)), None)
        able = [one for one in nearest(mine, staff) if carried.can_carry(viewer.workflow, one, papers)] if mine else []
        return pass_on_screen(viewer.workflow, self.bag, len(papers), able, viewer.t)


class PassedView(View, name="passed"):
    """Somebody is told which papers an act put into their hands, and by whom: role, village, which of them, label."""

    act: int
    role: str
    village: str
    ordinal: int
    label: str = ""

    async def show(self, viewer: Viewer) -> Screen:
        async with viewer.storage.reading() as tx:
            papers = await documents.of_act(tx, self.act)
        post = Post(0, self.role, self.village, self.ordinal, 0, label=self.label)
        return passed_screen(viewer.workflow, post, papers, viewer.t)
