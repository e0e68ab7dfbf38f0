"""Find a stand-in, stand in, end that; lay a post down; take papers over."""

from handlers.bags.views import BagView, TasksView
from handlers.context import Request
from handlers.deputies.buttons import (
    AcceptStandIn,
    AskStandIn,
    ChooseStandIn,
    ChooseUntil,
    EndStandIn,
    HandOn,
    LayDown,
    PassOn,
    ShowDuty,
    StandInDraft,
    TakeOver,
)
from handlers.deputies.views import (
    ColleaguesView,
    DutyView,
    LaidDownView,
    LayDownView,
    PassedView,
    PassOnView,
    StandInDraftView,
    StandInView,
    UntilView,
    both,
    no_stand_in,
    refuse_other_days,
    until,
)
from handlers.feature import Command, Feature, for_staff, is_staff
from handlers.staff.views import DismissedView
from handlers.view import Answer, Refused, View, officer_of, staff_only
from handlers.wording.sentences import SENTENCES
from locales import _
from storage import bags, outbox, people
from storage.db.protocol import Tx
from storage.deputies import carried, stand_ins
from storage.deputies.stand_ins import StandIn, Unfit
from storage.news import word
from storage.records import Actor, Bag, Person, Post

SENTENCES |= {
    "stands_in": _("Whoever stands in for somebody cannot be away as well. Please end that first."),
    "is_away": _("This colleague is away too, and somebody stands in for them. Please choose another one."),
    "carries": _("You carry papers. Please hand over the bag first."),
}


async def duty(request: Request) -> View:
    """/pengganti: one's posts, and who stands in."""
    staff_only(request.person)
    return DutyView()


async def ask(request: Request, button: AskStandIn) -> Answer:
    """Ask the colleague."""
    refuse_other_days(request, button.post, button.deputy, button.day)
    async with request.storage.transaction() as tx:
        officer = await officer_of(tx, request)
        lent, deputy = await both(tx, officer, button.post, button.deputy, request.now)
        asker = lent if lent.chat == officer.chat else next(one for one in officer.own if one.role == "head")
        until_ = until(request.workflow, button.day)
        try:
            asked = await stand_ins.ask(tx, lent, deputy, until_, asker.id, request.now)
        except Unfit as unfit:
            raise no_stand_in(unfit) from None
    return Answer(StandInView(asked.id), toast=request.t("Asked."))


async def accept(request: Request, button: AcceptStandIn) -> Answer:
    """The colleague takes it on."""
    async with request.storage.transaction() as tx:
        officer = await officer_of(tx, request)
        one = await _of_mine(tx, officer, button.stand_in)
        if one.deputy.chat != officer.chat:
            raise Refused("not_yours", then=DutyView())
        if one.accepted_at is not None and one.ended_at is None:
            return Answer(StandInView(one.id), recorded=False)
        try:
            accepted = await stand_ins.accept(tx, one, request.now)
        except Unfit as unfit:
            raise no_stand_in(unfit) from None
    if not accepted:
        raise Refused("changed", then=DutyView())
    return Answer(StandInView(one.id), recorded=True)


async def end(request: Request, button: EndStandIn) -> Answer:
    """One of the two, or a head, ends it; whoever is only asked does not take it on."""
    async with request.storage.transaction() as tx:
        officer = await officer_of(tx, request)
        one = await _of_mine(tx, officer, button.stand_in)
        ended = await stand_ins.end(tx, one.id, officer.chat, request.now)
    return Answer(DutyView(), recorded=ended)


async def _of_mine(tx: Tx, officer: Person, id: int) -> StandIn:
    """One that concerns this person. Raises Refused for others."""
    one = await stand_ins.get(tx, id)
    if one is None or not stand_ins.may_end(one, officer):
        raise Refused("changed", then=DutyView())
    return one


# Laying down, handing on, taking over


async def lay_down(request: Request, button: LayDown) -> View | Answer:
    """Lay a post down: ask first, then do it."""
    staff_only(request.person)
    if not button.sure:
        return LayDownView(button.post)
    async with request.storage.transaction() as tx:
        officer = await officer_of(tx, request)
        post = _own(officer, button.post)
        if await carried.by(tx, request.workflow, post.id):
            raise Refused("carries", then=LayDownView(post.id))
        if not await people.dismiss(tx, post.id, request.now):
            raise Refused("last_head", then=DutyView())
        await _tell_heads(tx, post, request.now)
    return Answer(DismissedView(post.role, post.village), recorded=True)


def _own(officer: Person, id: int) -> Post:
    """A post of this person's own. Raises Refused if it is none, or has ended."""
    found = next((post for post in officer.own if post.id == id), None)
    if found is None:
        raise Refused("changed", then=DutyView())
    return found


async def _tell_heads(tx: Tx, post: Post, now: int) -> None:
    facts = LaidDownView(post.role, post.village, post.ordinal, post.label).facts()
    others = (chat for chat in await people.heads(tx) if chat != post.chat)
    await word.owe(tx, "post", f"laid_down:{post.id}", others, facts, now)


async def hand_on(request: Request, button: HandOn) -> Answer:
    """All that a post carries passes to a colleague."""
    async with request.storage.transaction() as tx:
        officer = await officer_of(tx, request)
        post, to = _own(officer, button.post), await people.post(tx, button.to)
        if to is None:
            raise Refused("changed", then=LayDownView(post.id))
        act = await carried.hand_on(tx, request.workflow, post, to, Actor(officer, request.now))
        if act is None:
            raise Refused("changed", then=LayDownView(post.id))
        await _tell_passed(tx, act, post, to, request.now)
    return Answer(LayDownView(post.id), recorded=True)


async def _tell_passed(tx: Tx, act: int, post: Post, to: Post, now: int) -> None:
    facts = PassedView(act, post.role, post.village, post.ordinal, post.label).facts()
    await outbox.owe(tx, [outbox.Due(f"passed:{act}", to.chat, "post", outbox.NOTICE, now, facts=facts)], now)


async def pass_on(request: Request, button: PassOn) -> View | Answer:
    """The ticked papers of a bag that I carry pass to a colleague: ask to whom, then do it."""
    async with request.storage.transaction() as tx:
        officer = await officer_of(tx, request)
        bag = await _open_bag(tx, officer, button.bag)
        if not button.to:
            return PassOnView(bag.id)
        to = await people.post(tx, button.to)
        doing = Actor(officer, request.now)
        passed = await carried.pass_on(tx, request.workflow, bag, to, doing) if to else None
        if passed is None or to is None:
            raise Refused("changed", then=TasksView())
        await _tell_passed(tx, *passed, to, request.now)
    return Answer(TasksView(), recorded=True)


async def _open_bag(tx: Tx, officer: Person, id: int) -> Bag:
    """A bag of this person's with something ticked. Raises Refused."""
    bag = await bags.own(tx, id, officer.chat)
    if bag is None or bag.act is not None:
        raise Refused("changed", then=TasksView())
    if not any(item.ticked for item in bag.items):
        raise Refused("choose", then=BagView(bag.id))
    return bag


async def take_over(request: Request, button: TakeOver) -> Answer:
    """The ticked papers of a bag are in my hands now."""
    async with request.storage.transaction() as tx:
        officer = await officer_of(tx, request)
        bag = await _open_bag(tx, officer, button.bag)
        taken = await carried.take_over(tx, request.workflow, bag, Actor(officer, request.now))
    if not taken:
        raise Refused("changed", then=TasksView())
    return Answer(TasksView(), recorded=True)


DEPUTIES = Feature(
    commands=(Command(("pengganti", "standin"), duty, _("a stand-in while you are away"), may=is_staff),),
    buttons={
        ShowDuty: for_staff(DutyView),
        ChooseStandIn: for_staff(ColleaguesView),
        ChooseUntil: for_staff(UntilView),
        StandInDraft: for_staff(StandInDraftView),
        AskStandIn: ask,
        AcceptStandIn: accept,
        EndStandIn: end,
        LayDown: lay_down,
        HandOn: hand_on,
        TakeOver: take_over,
        PassOn: pass_on,
    },
)
