"""What is kept, and what is kept about this chat."""

import json
from collections.abc import Mapping, Sequence

from handlers.follow.buttons import promised
from handlers.privacy.buttons import Forget, SendMyData, ShowPrivacy
from handlers.privacy.kinds import NOTICES, OFFICE, PARTS, WRITTEN, kinds
from handlers.reply import Paper, Screen
from handlers.wording import layout, names
from handlers.wording.layout import GAP, button, card, column, grouped, page
from locales import Words, dates
from storage import people
from storage.people import Follow
from storage.records import Person
from storage.workflow import Workflow


def privacy_screen(workflow: Workflow, t: Words) -> Screen:
    """The notice on privacy in short: who keeps what, how long, and how it is deleted. Each thing has its part."""
    days = people.KEPT // dates.DAY
    return Screen(
        page(
            t("Kept by: {district} district.", district=workflow.district.district.name),
            t("No names, no NIK, no photos. Never send them here; we do not store them."),
            t("To send you updates, we keep your receipt numbers, this chat's number, your language and choices."),
            t(
                "It goes {days} days after the hand-over, or with /berhenti. Some of it sooner or later: see below.",
                days=days,
            ),
            t("See what we keep: /dataku. Delete it: /hapus. No application is stopped by that."),
            t("Is a message really from us? /asli."),
        ),
        column(button(_part_name(part, t), ShowPrivacy(part)) for part in PARTS),
    )


def kept_screen(
    workflow: Workflow, part: str, t: Words, *, is_staff: bool = False, readers: Sequence[str] = ()
) -> Screen:
    """Each thing of a part that is kept, and how long; and which other systems may read of documents."""
    told = kinds(t, by_sms=workflow.district.district.sms is not None)
    lines = [kind.words for kind in told if kind.part == part and (is_staff or not kind.staff)]
    if part == OFFICE and readers:
        said = t(
            "Other systems read how far documents are, without names and numbers: {systems}.",
            systems=", ".join(readers),
        )
        lines.append(said)
    spaced = [one for line in lines for one in (GAP, f"• {line}")]
    return card([_part_name(part, t), *spaced], (), ShowPrivacy(), t)


def _part_name(part: str, t: Words) -> str:
    return {NOTICES: t("Numbers and updates"), WRITTEN: t("What you write"), OFFICE: t("The office's register")}[part]


def authentic_screen(workflow: Workflow, bot: str, t: Words) -> Screen:
    """How to tell a message of ours from one that says it is: in Telegram, and from the village or by SMS."""
    phone = workflow.district.district.sms
    return Screen(
        page(
            t(
                "In Telegram only @{bot} writes for Jek-Duk. Tap the name above this chat: it must be the same.",
                bot=bot,
            ),
            t("News may also come from your village office, by WhatsApp or SMS."),
            t("An SMS may also come from {phone}.", phone=phone) if phone else "",
            t(
                "We never ask for money, a NIK or a photo of a card, nor for a code by telephone, SMS or WhatsApp. "
                "The service is free."
            ),
            t("Somebody else did? Answer nothing, and ask at the village office."),
        )
    )


def forget_screen(t: Words) -> Screen:
    """Ask before it is deleted, and say what goes on."""
    keys = (button(t("Yes, delete"), Forget(1)), button(t("Cancel"), Forget(0)))
    text = t("Delete what this chat has saved? Messages stop, too. No application is stopped by that.")
    return Screen(page(text), (keys,))


def my_data_screen(
    workflow: Workflow, person: Person, found: Sequence[Follow], t: Words, now: int, more: int = 0
) -> Screen:
    """What is kept about this chat, of which so many numbers `more` are followed."""
    since = [dates.day(follow.since, now, workflow.zone, t.lang) for follow in found]
    lines = [
        [t("{number}, followed since {day}", number=" · ".join(filter(None, (f.name, grouped(f.number)))), day=day)]
        for f, day in zip(found, since, strict=True)
    ]
    chosen = t("We keep this chat's number and your language ({language}).", language=names.LANGUAGE_NAMES[t.lang])
    return Screen(
        page(
            chosen if person.lang or person.code else t("We keep this chat's number. No language is chosen."),
            promised(person.news, t) if found else "",
            *(layout.fitting(lines, t, gap="") or [t("No number is followed.")]),
            layout.and_more(more, t),
            _posts_line(person, t),
            t("Delete it: /hapus. No application is stopped by that."),
        ),
        ((button(t("All of it as a file"), SendMyData()),),),
    )


def my_file_screen(kept: Mapping[str, object], t: Words) -> Screen:
    """All that is kept about this chat, for a person or a program to read; it is made as it leaves and kept nowhere."""
    content = json.dumps(kept, ensure_ascii=False, indent=2).encode()
    paper = Paper(layout.file_name("json", "Jek-Duk", t("my data")), {}, content)
    return Screen(page(t("All that we keep about this chat. Times are UTC.")), paper=paper)


def _posts_line(person: Person, t: Words) -> str:
    if not person.own:
        return ""
    return t.n(
        "{n} role of yours as an officer stays on the office's record.",
        "{n} roles of yours as an officer stay on the office's record.",
        len(person.own),
    )
