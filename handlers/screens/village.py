"""Screens for filing: the draft, the number to copy, its QR."""

from io import BytesIO

import segno

from handlers.filing.buttons import Draft, DropDraft, FileDraft
from handlers.follow.buttons import FollowNumber
from handlers.reply import Button, Screen
from handlers.screens import parts
from handlers.screens.parts import bold, button, page
from locales import Words, speech
from storage.numbers import grouped
from storage.records import Document
from storage.workflow import Workflow


def villages(workflow: Workflow, draft: Draft, open_to: tuple[str, ...], t: Words) -> Screen:
    """For which village a request is filed."""
    keys = [
        button(parts.village_name(workflow, village), Draft(draft.draft, draft.book, village)) for village in open_to
    ]
    return Screen(page(bold(t("File a request")), t("For which village?")), (*parts.abreast(keys), (_cancel(t),)))


def draft(workflow: Workflow, draft: Draft, t: Words) -> Screen:
    """Which documents, ticked so far."""
    village = parts.village_name(workflow, draft.village)
    keys = [_type_key(workflow, draft, bit, t) for bit in range(len(workflow.types))]
    go = FileDraft(draft.draft, draft.book, draft.village, draft.types)
    done = (button("✅ " + t("File"), go),) if draft.types else ()
    return Screen(
        page(
            bold(t("File a request · {village} village", village=village)),
            *parts.fitting(_needs(workflow, draft, t), t, gap=""),
            t("Choose documents (several allowed):"),
        ),
        (*parts.abreast(keys), (*done, _cancel(t))),
    )


def _type_key(workflow: Workflow, draft: Draft, bit: int, t: Words) -> Button:
    type = list(workflow.types)[bit]
    on = draft.types >> bit & 1
    wanted = Draft(draft.draft, draft.book, draft.village, draft.types ^ (1 << bit))
    return button(f"{'☑' if on else '☐'} {parts.type_short(workflow, type)}", wanted)


def _needs(workflow: Workflow, draft: Draft, t: Words) -> list[list[str]]:
    chosen = [type for bit, type in enumerate(workflow.types.values()) if draft.types >> bit & 1]
    return [
        [t("To bring for {document}: {needs}", document=type.short, needs="; ".join(type.needs[t.lang]))]
        for type in chosen
        if t.lang in type.needs
    ]


def filed(workflow: Workflow, documents: list[Document], bot: str, t: Words) -> Screen:
    """The number, to be copied by hand, and the link for the family."""
    first = documents[0]
    names = speech.join([parts.type_short(workflow, d.type) for d in documents], t.lang)
    link = parts.link(bot, first.number)
    bell = parts.ringing("🔔", t("Notify me"), plain=parts.is_mourned(workflow, documents))
    relay = t(
        "Receipt number {number} ({documents}). Free. Follow it here: {link}",
        number=grouped(first.number),
        documents=names,
        link=link,
    )
    return Screen(
        page(
            t("Filed: {number} · {documents}", number=bold(grouped(first.number)), documents=names),
            t("Write this number on the receipt. The family can follow it here:"),
            link.removeprefix("https://"),
        ),
        (
            (Button(t("Copy text for WhatsApp"), copy=relay),),
            (button(bell, FollowNumber(first.number)), button(t("File another"), Draft(0, 0))),
        ),
    )


def qr(number: str, bot: str, t: Words) -> Screen:
    """The deep link as a picture, to be shown or printed."""
    picture = BytesIO()
    segno.make(parts.link(bot, number), error="m").save(picture, kind="png", scale=10, border=4)
    caption = t("Scan to follow {number}. Free.", number=grouped(number))
    return Screen(page(caption), photo=picture.getvalue())


def _cancel(t: Words) -> Button:
    return button(t("Cancel"), DropDraft())
