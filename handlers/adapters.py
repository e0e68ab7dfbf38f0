"""From an update to its handler, and from what that decides to what its person sees: the same for every handler."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from functools import partial

from telegram import Bot
from telegram.error import TelegramError

from handlers import BUTTONS, BY_NAME, READING, REPLIES, WARNING_OF_A_NIK
from handlers.callbacks import Callback, Unreadable, code_of, parse
from handlers.context import Request, Services, request_of
from handlers.feature import Tapped, Typed
from handlers.groups.handlers import in_group
from handlers.reply import Call, Screen, edit, send, toast
from handlers.road.reading import SHORTEST
from handlers.start.handlers import came_or_went, line, other, text, unknown_command
from handlers.start.plain_words import BRIEF
from handlers.update import Update
from handlers.view import Answer, RefusalView, Refused, Unanswered, View, repeated, screen_of
from handlers.wording.layout import page
from handlers.wording.sentences import SENTENCES
from locales import _
from storage import is_transient
from storage.feedback.lines import ASKED, DRAFT
from storage.news import cards
from storage.numbers import MASK, digits_of, find

SENTENCES |= {"mended": _("What you changed was not read. Please write it as a new message.")}


async def handle(
    services: Services, bot: Bot, call: Call, update: Update, behind: Callable[[], Iterable[Update]] = tuple
) -> None:
    """Answer one update. Raises Unanswered if its answer cannot be sent now, and whatever else its handler raises."""
    if update.kind == "edit" and not update.text.strip():
        return  # whoever shares where they are goes on
    request = await request_of(services, bot.username, call, update, behind)
    match update.kind:
        case "tap":
            await answer_tap(request, BUTTONS)
        case "blocked" | "returned":
            await came_or_went(request)
        case "command":
            await _answer_message(request, BY_NAME.get(update.names(bot.username), unknown_command))
        case "text":
            await _answer_message(request, _reply)
        case "edit":
            await _answer_message(request, READING.get(update.names(bot.username), _mended))
        case "group" | "group_joined" | "group_changed" | "group_left" | "group_moved":
            await _answer_message(request, partial(in_group, commands=BY_NAME))
        case _:
            await _answer_message(request, other)


def _names_a_number(said: str) -> bool:
    """True for a number, or what begins with the end of one: "5492", "5492 = rumah", "5492 jam 8"."""
    return find(said).is_meant or len(digits_of("".join(said.split()[:1]))) >= SHORTEST


async def _reply(request: Request) -> View | None:
    """A message: to whoever asked for it on the card that it answers, be that a code or a name; else as any text is."""
    return await _to_card(request) or await text(request)


async def _to_card(request: Request) -> View | None:
    card = request.update.card
    asked = parse(card) if card else None
    read = REPLIES.get(type(asked)) if asked else None
    return (read and await read(request, asked)) or None


async def _mended(request: Request) -> View | None:
    """What was mended acts on nothing and may be small talk; but a number and what was asked for are read anew."""
    if _names_a_number(request.update.arguments):
        return await _reply(request)
    view = await _to_card(request) or await line(request, ASKED) or await line(request, DRAFT)
    if not view and (request.update.command or len(request.update.text.split()) > BRIEF):
        raise Refused("mended")
    return view


async def _answer_message(request: Request, handler: Typed) -> None:
    """The handler decides, what it returns is sent. Raises Unanswered if that cannot be sent now."""
    try:
        if MASK in request.update.text:
            _refuse_a_nik(request)
        view = await handler(request)
        screen = await view.show(request) if view else None
    except Refused as refused:
        if request.services.albums.told_before(request.update, refused.view):
            return
        view, screen = refused.view, await refused.show(request)
    if view and screen:
        await _deliver(request, view, screen)


def _refuse_a_nik(request: Request) -> None:
    """Raises Refused for a NIK behind a command, whether that reads it or not, unless it says so by itself."""
    update = request.update
    says_so = update.kind != "group" and update.names(request.bot_name) in WARNING_OF_A_NIK
    if update.command and not says_so and not find(update.arguments).good:
        raise Refused("nik")


async def answer_tap(request: Request, handlers: Mapping[type[Callback], Tapped]) -> None:
    """The button says which handler; its answer takes the place of the card. Raises Unanswered if that cannot be."""
    try:
        button = parse(request.update.text)
        found = await handlers[type(button)](request, button)
        answer = found if isinstance(found, Answer) else Answer(found)
    except Unreadable:
        answer = Answer(None, alert=RefusalView("old_button"))
    except Refused as refused:
        answer = Answer(refused.then, alert=refused.view)
    await _show(request, answer)


async def _show(request: Request, answer: Answer) -> None:
    """Toast and card side by side: the toast never decides whether the card is out. Words that must be read, or stand
    nowhere else, are a message of their own if they cannot be said over the card. So is what is refused, by whichever
    of handler and view: the card stays, or turns into the present one.
    """
    view = None if answer.passing and _is_tapped_again(request) else answer.view
    try:
        screen = await view.show(request) if view else None
    except Refused as refused:
        view, answer = refused.then, Answer(refused.then, alert=answer.alert or refused.view)
        screen = await screen_of(view, request) if view else None
    said = answer.toast
    if answer.recorded is not None:
        said = request.t("Recorded.") if answer.recorded else request.t("Already recorded.")
    words = answer.alert.words(request) if answer.alert else said
    say = toast(request.call, request.update.tap, words, alert=answer.alert is not None)
    saying, unanswered = asyncio.ensure_future(say), None
    try:
        if view and screen:
            await _deliver(request, view, screen, on_card=not answer.fresh)
    except Unanswered as error:
        unanswered = error
    finally:
        is_said = await saying
    if answer.alert and not is_said:
        await _deliver(request, answer.alert, await answer.alert.show(request))
    elif said and not is_said and (unanswered or not screen):  # nor does the card say it
        again, alone = request.update.again, Screen(page(said))
        with suppress(TelegramError):
            alone = repeated((alone, again), request.t)[0] if again else alone
            await send(request.call, request.person.chat, alone, silent=again)
    if unanswered:
        raise unanswered


def _is_tapped_again(request: Request) -> bool:
    """True if a tap of the same kind on the same card waits already: the card is going to be shown as it then is."""
    mine = code_of(request.update.text), request.update.message
    return any((code_of(one.text), one.message) == mine for one in request.behind() if one.kind == "tap")


async def _deliver(request: Request, view: View, screen: Screen, *, on_card: bool = False) -> None:
    """Send it, or put it in the place of the tapped card. Raises Unanswered if that cannot be now."""
    chat, again = request.update.group or request.person.chat, request.update.again and not on_card
    message = request.update.message
    try:
        if on_card:
            await edit(request.call, chat, message, screen)
        else:
            said = repeated((screen, again), request.t)[0] if again else screen
            message = await send(request.call, chat, said, silent=again)
    except TelegramError as error:
        # Begun after whoever wrote this was found to be back, and before they came back once more, if they did.
        raise Unanswered(chat, view.facts(request.t.lang), request.now + 1) from error
    if screen.card and message and not request.update.group:
        await _keep_card(request, screen.card, message)


async def _keep_card(request: Request, of: cards.Status, message: int) -> None:
    """The newest card of a request is the one that is kept up to date. If the database is away another one is."""
    try:
        async with request.storage.transaction() as tx:
            await cards.keep(tx, request.person.chat, of, message, request.now)
    except Exception as error:  # the answer is out, and shall not come twice for that
        if not is_transient(error):
            raise
