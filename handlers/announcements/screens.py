"""An announcement: whom it is for, how it will arrive, how far it is, what came of it."""

from collections.abc import Mapping, Sequence

from handlers.announcements import composing
from handlers.announcements.buttons import (
    BeginAnnouncement,
    ChooseHearers,
    CutAnnouncement,
    PreviewAnnouncement,
    ShowAnnouncement,
    StopAnnouncement,
    TakeReady,
)
from handlers.bags.buttons import ShowTasks
from handlers.reply import Button, Screen
from handlers.wording import layout, names
from handlers.wording.layout import bold, button, card, column, page
from locales import LANGUAGES, Words, dates
from storage.heads.hearers import ALL, ROLE, STAGE, VILLAGE, Announcement
from storage.heads.pausing import Pause
from storage.records import ROLES
from storage.workflow import Workflow

EXCERPT = 24  # characters of a text on a button


def announcements_screen(workflow: Workflow, latest: Sequence[Announcement], t: Words) -> Screen:
    """How to write one, the texts that are ready, and the last ones."""
    ready = column(
        button("📝 " + _beginning(one.said(t.lang)), TakeReady(key))
        for key, one in workflow.district.announcements.items()
    )
    rows = (*ready, *((button(_excerpt(one), ShowAnnouncement(one.id)),) for one in latest))
    how = t("Write the text behind the command: /umumkan The counter is closed on Friday.")
    more = t("For other languages begin lines with id:, jv: and en:. You see it first and choose who gets it.")
    return card([t("Announcements"), how, more], rows, ShowTasks(), t)


def _excerpt(one: Announcement) -> str:
    return "📣 " + _beginning(next(iter(one.texts.values())))


def _beginning(text: str) -> str:
    text = " ".join(text.split())
    return f"{text[:EXCERPT]}{'…' if len(text) > EXCERPT else ''}"


def hearers_screen(workflow: Workflow, asked: ChooseHearers, t: Words) -> Screen:
    """Whom it is for."""
    id = asked.announcement
    if not asked.scope:
        kinds = ((VILLAGE, t("One village …")), (ROLE, t("Staff …")), (STAGE, t("Families, by stage …")))
        everybody = button(t("All families who follow"), PreviewAnnouncement(id, ALL, ""))
        rows = ((everybody,), *((button(label, ChooseHearers(id, scope)),) for scope, label in kinds))
        return Screen(page(bold(t("Who shall get it?"))), rows)
    subjects = {VILLAGE: list(workflow.villages), ROLE: list(ROLES), STAGE: list(workflow.stages)}[asked.scope]
    shown, page_no, last = layout.paged(subjects, asked.page, layout.MANY)
    buttons = [
        button(layout.capital(hearers(workflow, asked.scope, one, t)), PreviewAnnouncement(id, asked.scope, one))
        for one in shown
    ]
    turning = layout.turning(page_no, last, lambda to: ChooseHearers(id, asked.scope, to))
    return card([t("Who shall get it?")], (*layout.abreast(buttons), *turning), ChooseHearers(id), t)


def hearers(workflow: Workflow, scope: str, subject: str, t: Words) -> str:
    """Whom it is for, inside a sentence."""
    if scope == VILLAGE:
        return names.village_name(workflow, subject)
    if scope == ROLE:
        return names.role_name(subject, t)
    if scope == STAGE:
        return names.stage_next(workflow, subject, t.lang) if subject in workflow.stages else subject
    return t("all families who follow")


def preview_screen(
    workflow: Workflow, one: Announcement, asked: PreviewAnnouncement, people: int, t: Words, now: int
) -> Screen:
    """Each text as it arrives, who reads which, and to how many it goes."""
    others = [lang for lang in LANGUAGES if lang not in one.texts]
    missing = (
        t(
            "Readers of {languages} get it in {language}, and a line that says so.",
            languages=", ".join(names.LANGUAGE_NAMES[lang] for lang in others),
            language=names.LANGUAGE_NAMES[composing.heard_in(one.texts, others[0])],
        )
        if others
        else ""
    )
    quiet = t("It arrives without a sound at this hour.") if workflow.calendar.is_quiet(now) else ""
    to = t("To: {hearers}", hearers=hearers(workflow, asked.scope, asked.subject, t))
    nobody = t("Nobody would get it. Please go back and choose others.")
    said = (t.n("{n} person gets it.", "{n} people get it.", people), missing, quiet) if people else (nobody,)
    parts = [*composing.previews(one.texts), page(to, *said)]
    send = t.n("✅ Send to {n} person", "✅ Send to {n} people", people)
    go: tuple[tuple[Button, ...], ...] = (
        ((button(send, BeginAnnouncement(one.id, asked.scope, asked.subject)),),) if people else ()
    )
    return Screen("\n\n".join(parts), (*go, (button(t("Back"), ChooseHearers(one.id)),)))


def progress_screen(
    workflow: Workflow,
    one: Announcement,
    counts: tuple[int, int],
    pauses: Sequence[Pause],
    t: Words,
    now: int,
    *,
    stopped: bool,
) -> Screen:
    """How far one is that has begun; or what came of it, and who has to be rung up."""
    sent, waiting = (one.sent, 0) if one.ended_at else counts
    missed = one.people - sent - waiting
    begun = dates.moment(one.begun_at or now, now, workflow.zone, t.lang)
    to = t("To {hearers}, {moment}", hearers=hearers(workflow, one.scope, one.subject, t), moment=begun)
    head = page(bold(_excerpt(one)), to)
    if one.ended_at:
        counted = t("Sent: {n}. Not reached: {missed}.", n=sent, missed=missed)
        ring = _to_ring(workflow, one.missing, t) if missed else ""
        return Screen(f"{head}\n{page(counted, ring)}", ((button(t("Back"), ShowTasks()),),))
    counted = t("Sent: {n}. Waiting: {waiting}. Not reached: {missed}.", n=sent, waiting=waiting, missed=missed)
    state = t("Stopped.") if stopped else t("Messages are paused: see /jeda.") if pauses else ""
    switch = t("Go on") if stopped else t("Stop")
    rows = (
        (button(t("Refresh"), ShowAnnouncement(one.id)), button(switch, StopAnnouncement(one.id, int(not stopped)))),
        *(((button(t("End it, tell nobody more"), CutAnnouncement(one.id)),),) if stopped else ()),
        (button(t("Back"), ShowTasks()),),
    )
    return Screen(f"{head}\n{page(counted, state)}", rows)


def _to_ring(workflow: Workflow, missing: Mapping[str, int], t: Words) -> str:
    """Where somebody has to be told by other means: villages with how many, the most first."""
    ordered = sorted(missing.items(), key=lambda item: (-item[1], item[0]))
    elsewhere = t("no village")
    places = [f"{names.village_name(workflow, v) if v else elsewhere} ({n})" for v, n in ordered]
    return t("Please ring: {villages}", villages=", ".join(places[: layout.TAILS]))
