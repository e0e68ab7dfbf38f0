"""The draft, the number to copy, its QR, and what was filed."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.births.buttons import ASK, Reserve, ShowReservations, ShowReserved
from handlers.corrections.buttons import Withdraw
from handlers.filing.buttons import Draft, DropDraft, FileDraft, slip_of
from handlers.follow.buttons import FollowNumber
from handlers.lookup.buttons import ShowStatus
from handlers.paper.buttons import PrintSlip
from handlers.relays.buttons import KeepProxy
from handlers.reply import Button, Rows, Screen
from handlers.search.buttons import ShowFound
from handlers.wording import layout, names, originals, standstill, whereabouts
from handlers.wording.layout import bold, button, column, grouped, page
from handlers.wording.links import number_link, qr, sms_to
from locales import Words, dates, speech
from storage.counter import custody
from storage.district import Type
from storage.news import relays
from storage.originals.steps import Papers
from storage.records import Document, Person
from storage.workflow import Workflow

COPIED = 256  # characters that Telegram takes of a text to be copied


def villages_screen(workflow: Workflow, draft: Draft, open_to: tuple[str, ...], t: Words) -> Screen:
    """For which village a request is filed."""
    shown, page_no, last = layout.paged(open_to, draft.page, layout.MANY)
    buttons = [
        button(names.village_name(workflow, village), Draft(draft.draft, draft.book, village)) for village in shown
    ]
    turning = layout.turning(page_no, last, lambda to: replace(draft, page=to))
    return Screen(
        page(bold(t("New application")), t("For which village?")), (*layout.abreast(buttons), *turning, (_cancel(t),))
    )


def draft_screen(workflow: Workflow, draft: Draft, t: Words, *, has_slips: bool = False, given: int = 0) -> Screen:
    """Which documents, ticked so far, and under which number if the family has one: of a slip, or `given` at births."""
    village, slip = names.village_name(workflow, draft.village), slip_of(draft.draft)
    bits, page_no, last = layout.paged(range(len(workflow.types)), draft.page, layout.MANY)
    draft = replace(draft, page=page_no)
    buttons = [_type_button(workflow, draft, bit) for bit in bits]
    turning = layout.turning(page_no, last, lambda to: replace(draft, page=to))
    go = FileDraft(draft.draft, draft.book, draft.village, draft.types)
    done = (button("✅ " + t("Register"), go),) if draft.types else ()
    return Screen(
        page(
            bold(t("New application · {village} village", village=village)),
            t("Under the number of the slip: {number}", number=bold(grouped(slip))) if slip else "",
            t("The family has a slip from the booklet? Send its number instead.") if has_slips and not slip else "",
            *layout.fitting([[_chosen(workflow, draft, t) if last else ""], *_needs(workflow, draft, t)], t, gap=""),
            t("Choose documents (you can pick more than one):"),
        ),
        (
            *layout.abreast(buttons),
            *turning,
            (*done, _cancel(t)),
            *(() if slip else _births(workflow, draft, given, t)),
        ),
    )


def _births(workflow: Workflow, draft: Draft, given: int, t: Words) -> Rows:
    """Of a birth a number can be given before there are papers; one that was given is filed under."""
    if draft.types or not any(type.birth for type in workflow.types.values()):
        return ()
    give = button(t("Birth: reserve a number"), Reserve(draft.draft, draft.village, ASK))
    asked = button(t("A number was reserved ({n})", n=given), ShowReservations(draft.village, 0))
    return ((give,), (asked,)) if given else ((give,),)


def _type_button(workflow: Workflow, draft: Draft, bit: int) -> Button:
    type = list(workflow.types)[bit]
    on = draft.types >> bit & 1
    wanted = replace(draft, types=draft.types ^ (1 << bit))
    return button(f"{'☑' if on else '☐'} {names.type_short(workflow, type)}", wanted)


def _chosen(workflow: Workflow, draft: Draft, t: Words) -> str:
    """What is ticked, for those who see one page of several."""
    chosen = [type.short for type in _types(workflow, draft)]
    return t("Chosen: {documents}", documents=", ".join(chosen)) if chosen else ""


def _types(workflow: Workflow, draft: Draft) -> list[Type]:
    return [type for bit, type in enumerate(workflow.types.values()) if draft.types >> bit & 1]


def _needs(workflow: Workflow, draft: Draft, t: Words) -> list[list[str]]:
    return [
        [t("To bring for {document}:", document=type.short), *(f"• {need}" for need in needs)]
        for type in _types(workflow, draft)
        if (needs := workflow.asked(type.key, t.lang))
    ]


def filed_screen(
    workflow: Workflow,
    documents: list[Document],
    alike: Sequence[Document],
    pickup: str,
    bot: str,
    t: Words,
    now: int,
    *,
    has_slip: bool = False,
) -> Screen:
    """The number and the pickup code, to be copied by hand unless it stands on a slip, and the link for the family. And
    whether it is the same as what is `alike`.
    """
    first = documents[0]
    listed = speech.join([names.type_short(workflow, d.type) for d in documents], t.lang)
    link = number_link(bot, first.number)
    bell = layout.ringing("🔔", t("Tell me"), plain=names.is_mourned(workflow, documents))
    slip = button(t("Print slip"), PrintSlip(first.number))
    relay = _for_whatsapp(workflow, documents, listed, link, t)
    return Screen(
        page(
            t("Registered: {number} · {documents}", number=bold(grouped(first.number)), documents=listed),
            t("Pickup code: {code}. Write it on the receipt, too.", code=pickup) if pickup else "",
            t("The family can see where it is here:")
            if has_slip
            else t("Write this number on the receipt. The family can see where it is here:"),
            link.removeprefix("https://"),
            sms_to(workflow, grouped(first.number), t),
            *(_is_it_the_same(workflow, one, t, now) for one in alike),
        ),
        (
            *layout.abreast([Button(t("Copy text for WhatsApp"), copy=relay), slip]),
            (button(bell, FollowNumber(first.number)), button(t("Register another"), Draft(0, 0))),
            *((button(t("The same: withdraw this one"), Withdraw(first.number, 0, int(one.number))),) for one in alike),
        ),
    )


def _for_whatsapp(workflow: Workflow, documents: Sequence[Document], listed: str, link: str, t: Words) -> str:
    """What the village sends to a family, most of whom have no Telegram: from whom, what, the number, where to ask."""
    number = grouped(documents[0].number)
    else_ask = sms_to(workflow, number, t) or t("No Telegram? Ask the village office.")
    places = {"district": workflow.district.district.name, "number": number, "link": link, "else_ask": else_ask}
    sorry = t("We are sorry for your loss.") + " " if names.is_mourned(workflow, documents) else ""
    for named in (listed, t.n("{n} document", "{n} documents", len(documents))):
        text = sorry + t(
            "Jek-Duk, {district} district: {documents} registered. Receipt number {number}, please keep it. "
            "See where it is (needs Telegram): {link} {else_ask} Free.",
            documents=named, **places,
        )  # fmt: skip
        if len(text) <= COPIED:
            return text
    return f"{places['number']} {link}"


def handing_in(workflow: Workflow, filed: Screen, documents: Sequence[Document], papers: Papers, t: Words) -> Screen:
    """The same, with the originals that the family may hand in along with it: to be ticked, or passed over."""
    asked = custody.asked(workflow, [one.type for one in documents])
    if not asked:
        return filed
    note = page(t("Tick which originals the family hands in; they are given back with the document."))
    rows = originals.handed_in_rows(workflow, documents[0].request, asked, papers, t)
    return filed._replace(text=f"{filed.text}\n{note}", rows=(*filed.rows, *rows))


def without_telegram(person: Person, first: Document, t: Words, *, is_kept: bool) -> tuple[Button, ...]:
    """Who tells the family, if no message of ours can: wanted by the first tap, and not by the next."""
    if is_kept:
        return (button(t("☑ No Telegram: the village tells"), KeepProxy(first.request, 0)),)
    post = relays.teller(person, first.village)
    is_mine = post is not None and post.role == "village_officer"
    label = t("No Telegram: I will tell them") if is_mine else t("No Telegram: the village tells")
    return (button(label, KeepProxy(first.request, 1)),)


def _is_it_the_same(workflow: Workflow, one: Document, t: Words, now: int) -> str:
    return t(
        "{village} has registered {document} before: {number}, now {place}, {moment}.",
        village=names.village_name(workflow, one.village),
        document=names.type_short(workflow, one.type),
        number=grouped(one.number),
        place=layout.small(standstill.here(workflow, one, t)),
        moment=dates.moment(one.since, now, workflow.zone, t.lang),
    )


def qr_screen(number: str, bot: str, t: Words) -> Screen:
    """The deep link as a picture, to be shown or printed."""
    caption = t("Scan to see where the documents of {number} are. Free.", number=grouped(number))
    return Screen(page(caption), photo=qr(number_link(bot, number)))


def _cancel(t: Words) -> Button:
    return button(t("Cancel"), DropDraft())


def filed_by_me_screen(workflow: Workflow, documents: Sequence[Document], reserved: Sequence[str], t: Words) -> Screen:
    """What somebody filed, a line for each number, newest first; and before it the numbers they have `reserved`."""
    numbers: dict[str, list[Document]] = {}
    for one in documents:
        numbers.setdefault(one.number, []).append(one)
    waiting = column(
        button(t("{number}, not registered yet", number=grouped(number)), ShowReserved(number)) for number in reserved
    )
    if not numbers:
        return Screen(page(t("You have registered nothing yet."), t("New application: /baru.")), waiting)
    lines = [[whereabouts.line(workflow, number, found, t)] for number, found in numbers.items()]
    rows = (
        *waiting,
        *((button(names.number_label(workflow, one, its, t), ShowStatus(one)),) for one, its in numbers.items()),
        (button(t("Find …"), ShowFound("", 0)),),
    )
    return Screen(page(bold(t("What you registered:")), *layout.fitting(lines, t)), rows)
