"""Screens that anyone may see: where a document is, what is followed, what is kept."""

from collections.abc import Iterable, Sequence

from handlers import buttons
from handlers.answers import Key, Rows, Screen
from handlers.screens import parts
from handlers.screens.parts import GAP, bold, key, page
from locales import Words, dates, speech
from storage.numbers import EXAMPLE, grouped
from storage.records import Document, Event, Follow, LookUp, Person
from storage.workflow import Workflow

LANGUAGE_NAMES = {"id": "Bahasa Indonesia", "jv": "Basa Jawi (krama)", "en": "English"}
_CHOOSE = "Bahasa · Basa · Language"
SHOWN = 4


def welcome(workflow: Workflow, t: Words) -> Screen:
    """The first thing anybody sees."""
    return Screen(
        page(
            bold(t("Welcome to Jek-Duk {district}.", district=workflow.district.district.name)),
            t("Send your receipt number (12 digits), for example {example}.", example=grouped(EXAMPLE)),
            t("This service is free. Do not pay anyone."),
        ),
        ((Key(_CHOOSE, buttons.Speak().pack()), key(t("Help"), buttons.Help())),),
    )


def languages() -> Screen:
    """The choice of languages, each in its own."""
    rows = tuple((key(name, buttons.Speak(lang)),) for lang, name in LANGUAGE_NAMES.items())
    return Screen(page("Pilih bahasa · Pilih basa · Choose a language"), rows)


def help(person: Person, t: Words) -> Screen:
    """What one can do here; staff see their commands too."""
    return Screen(
        page(
            t("Send your receipt number to see where your document is."),
            t("/status: the numbers you follow"),
            t("/berhenti: stop notices"),
            t("/bahasa: change the language"),
            t("/privasi: what we keep"),
            t("/hapus: delete what we keep about you"),
            *_staff_help(person, t),
            GAP,
            t("Lost the number? Ask your village office. This service is free."),
        )
    )


def _staff_help(person: Person, t: Words) -> Iterable[str]:
    if person.posts:
        yield GAP
        yield t("/tugas: what waits for you")
    if person.holds("village_officer", "reporter", "district_desk"):
        yield t("/baru: file a request")
    if person.posts:
        yield t("/cari 5492: find a number by its last digits")
    if person.holds("head"):
        yield t("/undang: invite or dismiss staff")


def privacy(t: Words) -> Screen:
    """The notice on privacy, short."""
    return Screen(
        page(
            t("We keep only the receipt number, this chat's ID and your language, to send you news."),
            t("No names, no NIK, no photos. Never send them here; we do not store them."),
            t("Notices stop with /berhenti. Notices end by themselves 30 days after the document is handed over."),
            t("See what we keep: /dataku. Delete it at once: /hapus."),
        )
    )


def status(
    workflow: Workflow, person: Person, found: Sequence[LookUp], notes: Sequence[str], t: Words, now: int
) -> Screen:
    """Where the documents of one or several numbers are, and what the person can do with them."""
    text = page(*_between(_blocks(workflow, look, t, now) for look in found), *([GAP] if found else []), *notes)
    rows = _one_number(workflow, person, found[0], t) if len(found) == 1 else _many_numbers(found)
    return Screen(text, rows)


def _between(blocks: Iterable[list[str]]) -> Iterable[str]:
    for i, block in enumerate(blocks):
        if i:
            yield GAP
        yield from block


def _blocks(workflow: Workflow, look: LookUp, t: Words, now: int) -> list[str]:
    """One block for each stage at which documents of a number are; a heading of its own if there are several."""
    groups: dict[tuple[str, int, str | None], list[Document]] = {}
    for document in look.documents:
        groups.setdefault((document.stage, document.since // 60000, document.hold), []).append(document)
    plain = parts.is_mourned(workflow, look.documents)
    return [line for group in groups.values() for line in _block(workflow, group, t, now, plain=plain)]


def _block(workflow: Workflow, group: list[Document], t: Words, now: int, *, plain: bool) -> list[str]:
    first = group[0]
    names = speech.join([parts.type_name(workflow, d.type, t.lang) for d in group], t.lang)
    moment = dates.moment(first.since, now, workflow.zone, t.lang)
    place = parts.stage_now(workflow, first.stage, first.village, t.lang)
    over = workflow.ends(first.stage)
    return [
        f"{bold(names)} · {bold(grouped(first.number))}",
        "" if plain else parts.road(workflow, first.type, first.stage),
        t("{place}, {moment}.", place=place, moment=moment)
        if over
        else t("{place} since {moment}.", place=place, moment=moment),
        _hold_line(workflow, first, t, now),
        parts.next_line(workflow, first, t),
        _your_part(workflow, first, t),
    ]


def _hold_line(workflow: Workflow, document: Document, t: Words, now: int) -> str:
    if document.hold is None:
        return ""
    known = workflow.holds.get(document.hold)
    reason = parts.said(known, t.lang) if known else document.hold
    day = dates.day(document.hold_since or document.since, now, workflow.zone, t.lang)
    return t("On hold since {day}: {reason}.", day=day, reason=reason)


def _your_part(workflow: Workflow, document: Document, t: Words) -> str:
    stage = workflow.stages.get(document.stage)
    if stage and stage.ready:
        return t("Open {hours}. Bring the receipt. Free of charge.", hours=parts.hours(workflow, t.lang))
    if workflow.ends(document.stage):
        return t("This service is free.")
    if stage is None:
        return t("Please ask at the village office. Free of charge.")
    return t("You only need to wait. Free of charge.")


def _one_number(workflow: Workflow, person: Person, look: LookUp, t: Words) -> Rows:
    legs = [row for document in look.documents for row in _legs(workflow, person, document, len(look.documents) > 1, t)]
    return (*legs, (_bell(workflow, look, t), key(t("History"), buttons.ShowHistory(look.number))))


def _legs(workflow: Workflow, person: Person, document: Document, several: bool, t: Words) -> Rows:  # noqa: FBT001  # pure
    open_to = workflow.open_to(person, document.type, document.village, document.stage)
    name = f" · {parts.type_short(workflow, document.type)}" if several else ""
    return tuple(
        (key(f"✅ {parts.leg_name(workflow, to, t.lang)}{name}", buttons.TakeLeg(document.id, document.version, to)),)
        for to in open_to
    )


def _bell(workflow: Workflow, look: LookUp, t: Words) -> Key:
    plain = parts.is_mourned(workflow, look.documents)
    if look.followed:
        return key(_rung("🔕", t("Stop notices"), plain=plain), buttons.Unfollow(look.number))
    return key(_rung("🔔", t("Notify me"), plain=plain), buttons.Follow(look.number))


def _rung(bell: str, label: str, *, plain: bool) -> str:
    return label if plain else f"{bell} {label}"


def _many_numbers(found: Sequence[LookUp]) -> Rows:
    keys = [key(grouped(look.number), buttons.ShowStatus(look.number)) for look in found]
    return tuple((one,) for one in keys)


def unknown(number: str, t: Words) -> str:
    """The line for a number that is not in the register, or long closed."""
    return t("{number} is not in our records yet; perhaps the village has not filed it.", number=grouped(number))


def not_known(numbers: Sequence[str], notes: Sequence[str], t: Words, waiting: frozenset[str]) -> Screen:
    """None of the numbers is in the register: each may be waited for."""
    label = "🔔 " + t("Tell me when it is")
    rows = tuple(
        (key(label if len(numbers) == 1 else f"🔔 {grouped(number)}", buttons.Follow(number)),)
        for number in numbers
        if number not in waiting
    )
    return Screen(page(*(unknown(number, t) for number in numbers), *notes), rows)


def history(workflow: Workflow, look: LookUp, events: Sequence[Sequence[Event]], t: Words, now: int) -> Screen:
    """Every step of the documents of a number, oldest first, steps taken back left out."""
    lines = []
    for document, steps in zip(look.documents, events, strict=True):
        lines.append(bold(f"{parts.type_name(workflow, document.type, t.lang)} · {grouped(document.number)}"))
        for event in standing(steps):
            moment = dates.moment(event.at, now, workflow.zone, t.lang)
            place = parts.stage_now(workflow, event.to_stage, document.village, t.lang)
            lines.append(t("{moment}: {place}", moment=moment, place=place))
        lines.append(GAP)
    return Screen(page(*lines), ((key(t("Back"), buttons.ShowStatus(look.number)),),))


def standing(events: Sequence[Event]) -> list[Event]:
    """The steps that still count: a step and the undo that took it back cancel out."""
    kept: list[Event] = []
    for event in events:
        if event.kind == "undo" and kept:
            kept.pop()
        else:
            kept.append(event)
    return kept


def follows(workflow: Workflow, found: Sequence[tuple[Follow, Sequence[Document]]], t: Words) -> Screen:
    """What a chat follows, a line each, newest first."""
    if not found:
        return Screen(page(t("You follow no number yet."), t("Send a receipt number (12 digits) and tap Notify me.")))
    lines = [_follow_line(workflow, follow, documents, t) for follow, documents in found]
    rows = tuple((key(grouped(follow.number), buttons.ShowStatus(follow.number)),) for follow, _ in found)
    return Screen(page(t("The numbers you follow:"), *lines), rows)


def _follow_line(workflow: Workflow, follow: Follow, documents: Sequence[Document], t: Words) -> str:
    number = grouped(follow.number)
    if not documents:
        return t("{number}: not in our records yet", number=number)
    seen = dict.fromkeys(
        (parts.type_short(workflow, d.type), parts.stage_now(workflow, d.stage, d.village, t.lang)) for d in documents
    )
    by_place: dict[str, list[str]] = {}
    for short, place in seen:
        by_place.setdefault(place, []).append(short)
    said = "; ".join(f"{', '.join(shorts)}: {place}" for place, shorts in by_place.items())
    return f"{number} · {said}"


def stop_which(found: Sequence[Follow], t: Words) -> Screen:
    """Which notices to stop."""
    if not found:
        return Screen(page(t("You follow no number, so there is nothing to stop.")))
    rows = tuple((key(f"🔕 {grouped(follow.number)}", buttons.Unfollow(follow.number)),) for follow in found)
    return Screen(page(t("Stop notices for which number?")), (*rows, (key(t("All of them"), buttons.Unfollow()),)))


def my_data(workflow: Workflow, person: Person, found: Sequence[Follow], t: Words, now: int) -> Screen:
    """What is kept about this chat."""
    since = [dates.day(follow.since, now, workflow.zone, t.lang) for follow in found]
    lines = [
        t("{number}, followed since {day}", number=grouped(f.number), day=day)
        for f, day in zip(found, since, strict=True)
    ]
    return Screen(
        page(
            t("We keep about this chat: its ID and the language {language}.", language=LANGUAGE_NAMES[t.lang]),
            *(lines or [t("No number is followed.")]),
            _posts_line(person, t),
            t("Delete it at once: /hapus."),
        )
    )


def _posts_line(person: Person, t: Words) -> str:
    if not person.posts:
        return ""
    return t.n(
        "You hold {n} post as staff; the office keeps that.",
        "You hold {n} posts as staff; the office keeps those.",
        len(person.posts),
    )


def note(key: str, t: Words) -> Screen:
    """A short confirmation."""
    said = {
        "stopped": t("No more notices."),
        "deleted": t("Deleted. Nothing about this chat is kept."),
        "deleted_staff": t("Deleted. Only your post remains; the head of the district can end it."),
        "dropped": t("Not filed. Nothing was kept."),
        "follow_how": t("Send a receipt number (12 digits) and tap Notify me."),
    }
    return Screen(page(said[key]))
