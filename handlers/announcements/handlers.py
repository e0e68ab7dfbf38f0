"""A head writes something, chooses who gets it, sees it, and sends it."""

from handlers.announcements.buttons import (
    BeginAnnouncement,
    ChooseHearers,
    CutAnnouncement,
    PreviewAnnouncement,
    ShowAnnouncement,
    StopAnnouncement,
    TakeReady,
)
from handlers.announcements.composing import written, wrong_with
from handlers.announcements.views import AnnouncementsView, AnnouncementView, HearersView, PreviewView, refuse_unknown
from handlers.context import Request
from handlers.feature import Command, Feature, for_heads, is_head
from handlers.view import Answer, Refused, View, head_of, head_only
from handlers.wording.sentences import SENTENCES
from locales import _
from storage.heads import hearers, pausing

SENTENCES |= {
    "announce_how": _("Write the text behind the command: /umumkan The counter is closed on Friday."),
    "announce_long": _("That is too long. A text has 900 characters at most, in each language."),
    "announce_nik": _(
        "There is a number of 16 digits in it, perhaps a NIK. Nobody's numbers are announced. Please write it without."
    ),
    "announce_money": _(
        "It speaks of money, an account or a code. Jek-Duk is free and announces none of those; whoever pretends to be "
        "us does. Please write it without."
    ),
    "announce_link": _(
        "It holds a link, as those send who pretend to be us. Please write what people are to do in words, with a "
        "blank behind each full stop."
    ),
}


async def announce(request: Request) -> View:
    """/umumkan: a draft of what stands behind it; alone, how it is done and the last ones."""
    head_only(request.person)
    if not request.update.arguments:
        return AnnouncementsView()
    texts = written(request.update.arguments, request.t.lang)
    if wrong := wrong_with(texts):
        raise Refused(wrong)
    async with request.storage.transaction() as tx:
        post = await head_of(tx, request)
        return HearersView(await hearers.draft(tx, texts, post.id, request.now))


async def take_ready(request: Request, button: TakeReady) -> View:
    """A draft of a text that the district file has ready."""
    head_only(request.person)
    ready = request.workflow.district.announcements.get(button.key)
    if ready is None:
        raise Refused("changed", then=AnnouncementsView())
    async with request.storage.transaction() as tx:
        post = await head_of(tx, request)
        texts = {lang: text.format() for lang, text in ready.texts.items()}
        return HearersView(await hearers.draft(tx, texts, post.id, request.now))


async def begin(request: Request, button: BeginAnnouncement) -> Answer:
    """Tell them, once."""
    refuse_unknown(request.workflow, button.announcement, button.scope, button.subject)
    async with request.storage.transaction() as tx:
        await head_of(tx, request)
        if await hearers.get(tx, button.announcement) is None:
            raise Refused("old_button")
        begun = await hearers.begin(tx, button.announcement, button.scope, button.subject, request.now)
    return _answer(request, button.announcement, done=begun)


def _answer(request: Request, id: int, *, done: bool) -> Answer:
    return Answer(AnnouncementView(id), recorded=done)


async def stop(request: Request, button: StopAnnouncement) -> Answer:
    """Stop it, or let it go on."""
    id = button.announcement
    async with request.storage.transaction() as tx:
        post = await head_of(tx, request)
        pause = await hearers.pause_of(tx, id)
        if button.stop:
            scope, why = pausing.ANNOUNCEMENT, pausing.STOPPED
            done = id in await hearers.under_way(tx)
            done = done and await pausing.begin(tx, scope, str(id), why, post.id, request.now)
        else:
            done = pause is not None and await pausing.end(tx, pause, request.now)
    return _answer(request, id, done=done)


async def cut(request: Request, button: CutAnnouncement) -> Answer:
    """Tell nobody more."""
    async with request.storage.transaction() as tx:
        await head_of(tx, request)
        done = await hearers.cut(tx, button.announcement, request.now)
    return _answer(request, button.announcement, done=done)


ANNOUNCEMENTS = Feature(
    commands=(
        Command(
            ("umumkan", "announce"),
            announce,
            _("tell people something"),
            may=is_head,
            is_read=True,
            warns_of_a_nik=True,
        ),
    ),
    buttons={
        TakeReady: take_ready,
        ChooseHearers: for_heads(HearersView),
        PreviewAnnouncement: for_heads(PreviewView),
        BeginAnnouncement: begin,
        ShowAnnouncement: for_heads(AnnouncementView),
        StopAnnouncement: stop,
        CutAnnouncement: cut,
    },
)
