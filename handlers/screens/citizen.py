"""Screens that anyone may see: where a document is, what is followed, what is kept."""

from collections.abc import Iterable, Sequence

from handlers.documents.buttons import TakeLeg
from handlers.follow.buttons import FollowNumber, UnfollowNumber
from handlers.language.buttons import Speak
from handlers.lookup.buttons import ShowHistory, ShowStatus
from handlers.reply import Button, Rows, Screen
from handlers.screens import parts, whereabouts
from handlers.screens.parts import GAP, bold, button, page
from handlers.start.buttons import Help
from locales import Words, dates, speech
from storage.numbers import EXAMPLE, grouped
from storage.records import Document, Event, Follow, LookUp, Person
from storage.workflow import Workflow

LANGUAGE_NAMES = {"id": "Bahasa Indonesia", "jv": "Basa Jawi (krama)", "en": "English"}
_CHOOSE = "Bahasa · Basa · Language"
SHOWN = 4  # numbers that are told at length; more get a line each
STEPS = 24


def welcome(workflow: Workflow, t: Words) -> Screen:
    """The first thing anybody sees."""
    return Screen(
        page(
            bold(t("Welcome to Jek-Duk {district}.", district=workflow.district.district.name)),
            t("Send your receipt number (12 digits), for example {example}.", example=grouped(EXAMPLE)),
            t("This service is free. Do not pay anyone."),
        ),
        ((button(_CHOOSE, Speak()),), (button(t("Help"), Help()),)),
    )


def languages() -> Screen:
    """The choice of languages, each in its own."""
    rows = tuple((button(name, Speak(lang)),) for lang, name in LANGUAGE_NAMES.items())
    return Screen(page("Pilih bahasa · Sumangga milih basa · Choose a language"), rows)


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
    if person.holds("village_officer", "courier", "district_desk", "registry_desk"):
        yield t("/tugas: what waits for you")
    if person.holds("reporter"):
        yield t("/tugas: what you filed")
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
    rows = _one_number(workflow, person, found[0], t) if len(found) == 1 else _many_numbers(found)
    return Screen(page(*_told(workflow, person, found, t, now), *([GAP] if found else []), *notes), rows)


def _told(workflow: Workflow, person: Person, found: Sequence[LookUp], t: Words, now: int) -> list[str]:
    if len(found) > SHOWN:
        return parts.fitting([[whereabouts.line(workflow, one.number, one.documents, t)] for one in found], t)
    blocks = [block for one in found for block in whereabouts.blocks(workflow, person, one, t, now)]
    return parts.fitting(blocks, t)


def _one_number(workflow: Workflow, person: Person, look: LookUp, t: Words) -> Rows:
    mine = look.documents if person.posts else ()
    legs = [_legs(workflow, person, document, len(look.documents) > 1, t) for document in mine]
    return (
        *(row for rows in legs for row in rows),
        (*_bell(workflow, look, t), button(t("History"), ShowHistory(look.number))),
    )


def _legs(workflow: Workflow, person: Person, document: Document, several: bool, t: Words) -> Rows:  # noqa: FBT001  # pure
    open_to = workflow.open_to(person, document.type, document.village, document.stage)
    name = f"{parts.type_short(workflow, document.type)} · " if several else ""
    return tuple(
        (button(f"✅ {name}{parts.leg_name(workflow, to, t.lang)}", TakeLeg(document.id, document.version, to)),)
        for to in open_to
    )


def _bell(workflow: Workflow, look: LookUp, t: Words) -> tuple[Button, ...]:
    """The key that starts or stops notices; none where nothing will happen any more."""
    plain = parts.is_mourned(workflow, look.documents)
    if look.followed:
        return (button(parts.ringing("🔕", t("Stop notices"), plain=plain), UnfollowNumber(look.number)),)
    if all(workflow.ends(one.stage) for one in look.documents):
        return ()
    return (button(parts.ringing("🔔", t("Notify me"), plain=plain), FollowNumber(look.number)),)


def _many_numbers(found: Sequence[LookUp]) -> Rows:
    keys = [button(grouped(look.number), ShowStatus(look.number)) for look in found]
    return tuple((one,) for one in keys)


def unknown(number: str, t: Words) -> str:
    """The line for a number that is not in the register, or long closed."""
    return t("{number} is not in our records yet; perhaps the village has not filed it.", number=grouped(number))


def not_known(numbers: Sequence[str], notes: Sequence[str], t: Words, waiting: frozenset[str]) -> Screen:
    """None of the numbers is in the register: each may be waited for."""
    lines = [_waited_for(number, t) if number in waiting else unknown(number, t) for number in numbers]
    return Screen(page(*lines, *notes), wait_rows(numbers, t, waiting))


def wait_rows(numbers: Sequence[str], t: Words, waiting: frozenset[str]) -> Rows:
    """A key for each number that is not in the register: wait for it, or no longer."""
    return tuple((_wait_key(number, t, number in waiting, len(numbers) > 1),) for number in numbers)


def _waited_for(number: str, t: Words) -> str:
    return t("{number} is not in our records yet. You will be told when it is.", number=grouped(number))


def _wait_key(number: str, t: Words, waits: bool, several: bool) -> Button:  # noqa: FBT001  # pure
    which = f" · {parts.tails([number])}" if several else ""
    if waits:
        return button("🔕 " + t("Stop notices") + which, UnfollowNumber(number))
    return button("🔔 " + t("Tell me when it is") + which, FollowNumber(number))


def history(workflow: Workflow, look: LookUp, events: Sequence[Sequence[Event]], t: Words, now: int) -> Screen:
    """Every step of the documents of a number, oldest first, steps taken back left out. What went together is one."""
    ways: dict[tuple[tuple[str, int], ...], list[Document]] = {}
    for document, steps in zip(look.documents, events, strict=True):
        way = tuple((event.to_stage, event.at // dates.MINUTE) for event in standing(steps))
        ways.setdefault(way, []).append(document)
    blocks = [_way(workflow, way, together, t, now) for way, together in ways.items()]
    return Screen(page(*parts.fitting(blocks, t)), ((button(t("Back"), ShowStatus(look.number)),),))


def _way(
    workflow: Workflow, way: Sequence[tuple[str, int]], documents: Sequence[Document], t: Words, now: int
) -> list[str]:
    names = speech.join([parts.type_name(workflow, one.type, t.lang) for one in documents], t.lang)
    lines = [bold(f"{names} · {grouped(documents[0].number)}")]
    if len(way) > STEPS:
        lines.append(t.n("… {n} earlier step", "… {n} earlier steps", len(way) - STEPS))
    for stage, minute in way[-STEPS:]:
        moment = dates.moment(minute * dates.MINUTE, now, workflow.zone, t.lang)
        place = parts.stage_now(workflow, stage, documents[0].village, t.lang)
        lines.append(t("{moment}: {place}", moment=moment, place=place))
    return lines


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
    lines = [[whereabouts.line(workflow, follow.number, documents, t)] for follow, documents in found]
    rows = tuple((button(grouped(follow.number), ShowStatus(follow.number)),) for follow, _ in found)
    return Screen(page(t("The numbers you follow:"), *parts.fitting(lines, t, gap="")), rows)


def stop_which(found: Sequence[Follow], t: Words) -> Screen:
    """Which notices to stop."""
    if not found:
        return Screen(page(t("You follow no number, so there is nothing to stop.")))
    rows = tuple((button(grouped(follow.number), UnfollowNumber(follow.number)),) for follow in found)
    return Screen(page(t("Stop notices for which number?")), (*rows, (button(t("All of them"), UnfollowNumber()),)))


def my_data(workflow: Workflow, person: Person, found: Sequence[Follow], t: Words, now: int) -> Screen:
    """What is kept about this chat."""
    since = [dates.day(follow.since, now, workflow.zone, t.lang) for follow in found]
    lines = [
        [t("{number}, followed since {day}", number=grouped(f.number), day=day)]
        for f, day in zip(found, since, strict=True)
    ]
    return Screen(
        page(
            t("We keep about this chat: its ID and the language {language}.", language=LANGUAGE_NAMES[t.lang]),
            *(parts.fitting(lines, t, gap="") or [t("No number is followed.")]),
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


def note(button: str, t: Words) -> Screen:
    """A short confirmation."""
    said = {
        "stopped": t("No more notices."),
        "deleted": t("Deleted. Nothing about this chat is kept."),
        "deleted_staff": t("Deleted. Only your post remains; the head of the district can end it."),
        "dropped": t("Not filed. Nothing was kept."),
        "follow_how": t("Send a receipt number (12 digits) and tap Notify me."),
    }
    return Screen(page(said[button]))
