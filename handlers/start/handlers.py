"""/start, help, the language, and whatever is said in words. Also whether they have blocked the bot."""

from dataclasses import replace
from functools import partial

from handlers.attestations.views import CheckedView
from handlers.context import Request
from handlers.feature import Command, Feature
from handlers.feedback.writing import refuse_pictures
from handlers.feedback.writing import written as line_written
from handlers.filing.handlers import file_slip
from handlers.follow.handlers import named
from handlers.follow.views import StopWhichView
from handlers.lookup.handlers import MOST_NUMBERS, PICTURES, look_up, look_up_all, look_up_sound, numbers_followed
from handlers.lookup.views import NamingView, WordsView
from handlers.privacy.views import AskForgetView, AuthenticView, PrivacyView
from handlers.road.handlers import answered, scanned, understood
from handlers.road.photographs import photographed, slip_shown
from handlers.staff.handlers import join
from handlers.start.buttons import Help, Speak
from handlers.start.last_digits import LAST_DIGITS, amid_words, by_last_digits
from handlers.start.plain_words import (
    BRIEF,
    Meaning,
    happened,
    is_elsewhere,
    may_be_a_name,
    meaning_of,
    named_in,
    tells_of_a_death,
)
from handlers.start.views import HelpView, LanguagesView, NeedsView, WelcomeView, own_view
from handlers.view import Answer, Refused, View
from handlers.wording import links, names
from handlers.wording.links import INVITE
from handlers.wording.sentences import SENTENCES
from locales import LANGUAGES, _
from storage import numbers, outbox, people
from storage.attestations.letters import MARK
from storage.families import nicknames
from storage.feedback.lines import ASKED, DRAFT
from storage.masking import asides
from storage.masking.digits import typed
from storage.mornings.lampid import event_of
from storage.road.seals import SEAL
from storage.workflow import Workflow

SENTENCES |= {
    "photo": _(
        "Please send no videos or files. We did not keep what you sent. The number or a photo of the slip is enough."
    ),
    "words_only": _(
        "Please send just the receipt number: the 12 digits on the slip from the village office, "
        "for example {example}. Lost it? Ask the village office."
    ),
    "staff_words": _("Please send a number (12 digits, or its last 4), or open /tugas and use its buttons."),
    "digits": _("A receipt number has 12 digits; this one has {number}. Please check it against your slip."),
    "code_where": _(
        "Please send the receipt number: it has 12 digits. A pickup code has 4: say it to the officer when you fetch."
    ),
    "staff_wrong": _(
        "Wrong tap? Tap “Undo” on that card while it is there. Later: send the number, then tap “Put right”, or ask "
        "the district desk."
    ),
    "command": _("We do not know this command. Please see /bantuan."),
}


async def start(request: Request) -> View:
    """/start: what the deep link asks for. Else staff see their work, who follows their numbers, others a welcome."""
    return await _opened(request, request.update.arguments)


async def _opened(request: Request, payload: str) -> View:
    if payload.startswith(INVITE):
        return await join(request, payload.removeprefix(INVITE))
    if payload.startswith(MARK):
        return CheckedView(payload)
    if payload.startswith(SEAL):
        return await scanned(request, payload)
    found = numbers.find(payload)
    return await _look_up(request, found) if found.is_meant else await _first_words(request)


async def _look_up(request: Request, found: numbers.Found) -> View:
    """Numbers that somebody sent: a slip that waits to be filed, for an officer; else where the documents are."""
    return await file_slip(request, found) or await look_up(request, found)


async def _first_words(request: Request) -> View:
    return await own_view(request) or WelcomeView()


async def text(request: Request) -> View:
    """A message that is no command, or one that was mended: the numbers in it, or a word on how to go on."""
    payload = links.said_by_link(request.bot_name, request.update.arguments)
    if payload and not request.person.holds("head"):  # who makes such links may paste one here by mistake
        return await _opened(request, payload)
    if meant := await named(request):
        return meant
    if request.person.posts and (told := await _told(request)):
        return told
    found = numbers.find(request.update.sought)
    if searched := await by_last_digits(request, request.update.arguments, found):
        return searched
    if asked := await line(request, ASKED) or await _amid_words(request, found):
        return asked
    if found.is_meant and not _is_beside(request, found):
        return await _look_up(request, found)
    if request.update.file:
        return await _slip(request)
    meaning = _meaning(request)
    may_name = meaning in (None, "greeting", "when")  # "home", "Mother", "Mother's card"
    return (await _naming(request) if may_name else None) or await _answer(request, meaning)


async def _amid_words(request: Request, found: numbers.Found) -> View | None:
    is_asked = request.person.posts or _meaning(request) not in OF_NO_NUMBER
    return await amid_words(request, found) if is_asked else None


def _is_beside(request: Request, found: numbers.Found) -> bool:
    """True if what was said is understood without the digits: a word in answer to a number, or to whoever names a day,
    an hour or a sum and nothing that was meant for a number.
    """
    if request.update.referred:
        return _meaning(request) in OF_NO_NUMBER
    names_none = not (found.good or found.nik) and not numbers.find(asides.left_out(request.update.arguments)).is_meant
    return names_none and _meaning(request) is not None


async def line(request: Request, said_with: str) -> View | None:
    """The line that goes with a question or an answer; but thanks are thanks, a call for help is one, and a search is a
    search. Raises Refused.
    """
    said = request.update.arguments
    is_brief = len(said.split()) <= BRIEF and meaning_of(said) is not None
    return None if is_brief or LAST_DIGITS.fullmatch(typed(said)) else await line_written(request, said_with)


async def _slip(request: Request) -> View:
    """A photo of a slip, of whoever carries none: where its documents are. Raises Refused."""
    shown = await slip_shown(request)
    try:
        return await look_up_sound(request, shown[:MOST_NUMBERS])
    except Exception:  # it is looked at once more, and counts once
        request.services.pictures.give_back(request.person.chat)
        raise


async def _naming(request: Request) -> View | None:
    """What may be a name for a number that is followed. None if it is more likely something else."""
    said = request.update.arguments
    name = "" if request.person.posts or not may_be_a_name(said) else nicknames.cleaned(said)
    return NamingView(name) if name and await numbers_followed(request) else None


# What is meant by this is meant whatever message it answers: "matur nuwun" under the news that a card is ready.
OF_NO_NUMBER = (
    "stop", "cost", "fetch", "wrong", "hours", "thanks", "language", "forget", "elsewhere", "cancel", "privacy",
    "genuine", "complaint",
)  # fmt: skip
OFFERED: dict[str, type[View]] = {
    "stop": StopWhichView,
    "help": HelpView,
    "language": LanguagesView,
    "forget": AskForgetView,
    "privacy": PrivacyView,
    "genuine": AuthenticView,
}


async def _answer(request: Request, meaning: Meaning | None) -> View:
    """What is said in plain words, as far as it is understood. Raises Refused."""
    if offered := OFFERED.get(meaning or "number"):
        return offered()
    followed = await numbers_followed(request)
    is_mourned = not request.person.posts and tells_of_a_death(request.update.arguments)
    answer = partial(WordsView, is_mourned=int(is_mourned))
    match meaning:
        case "greeting" | "work":
            return await _first_words(request)
        case "needs":
            return NeedsView(tuple(named_in(request.update.arguments, _called(request.workflow))))
        case "unreceived" if len(followed) > 1:
            return answer(meaning)
        case "when" | "unreceived" if followed and not is_mourned:
            return await look_up_all(request, followed)
        case "thanks" | "cost" | "lost" | "hours" | "fetch" | "wrong" | "elsewhere" | "complaint":
            return answer(meaning)
    if request.person.posts:
        raise Refused("staff_wrong" if meaning == "cancel" else "staff_words")
    return answer(meaning if meaning in ("when", "cancel") else "number")


def _meaning(request: Request) -> Meaning | None:
    said, workflow = request.update.arguments, request.workflow
    meaning = meaning_of(said, names_a_need=bool(named_in(said, everyday(workflow))))
    is_clear = meaning in ("stop", "language", "forget", "thanks", "unreceived")
    if not is_clear and is_elsewhere(said, workflow.district.district.elsewhere, _called(workflow)):
        return "elsewhere"
    return None if meaning == "complaint" and request.person.posts else meaning  # they report of their work


def everyday(workflow: Workflow) -> dict[str, tuple[str, ...]]:
    """By which words people ask for each kind of document besides its names: by what happened to them, for example."""
    return {key: (*one.called, *happened(event_of(workflow, key))) for key, one in workflow.types.items()}


def _called(workflow: Workflow) -> dict[str, tuple[str, ...]]:
    """How people call each kind of document of which it is said what to bring."""
    words = everyday(workflow)
    return {
        key: (key, one.short, one.id, one.jv, one.en, *words[key])
        for key, one in workflow.types.items()
        if one.needs or one.in_person
    }


async def _told(request: Request) -> View | None:
    """What staff tells of papers: in answer to a bag's card, in a picture, in a message. While an answer to a family
    waits for its line, what names no file is that line.
    """
    return (
        await answered(request)
        or await photographed(request)
        or await understood(request, files_only=True)
        or await line(request, DRAFT)
        or await understood(request)
    )


async def other(request: Request) -> View:
    """A photo, a voice message, a sticker: kept nowhere. The codes in a photo are read."""
    if request.person.posts and (told := await photographed(request)):
        return told
    await refuse_pictures(request)
    if request.update.file:
        return await _slip(request)
    if request.update.attached in PICTURES:
        raise Refused("photo")
    raise Refused("staff_words" if request.person.posts else "words_only")


async def unknown_command(request: Request) -> View:
    """A command that we do not have, or a number right behind a slash. A word that is known is heard with its slash."""
    found, update = numbers.find(request.update.text), request.update
    if found.is_meant:
        return await look_up(request, found)
    said = replace(request, update=update._replace(command="", text=update.text[1:]))
    meaning = None if "@" in update.command else _meaning(said)
    if not meaning:
        raise Refused("command")
    return await _answer(said, meaning)


async def help(request: Request) -> View:
    """/bantuan."""
    return HelpView()


async def tap_help(request: Request, button: Help) -> Answer:
    """Help, as a message of its own."""
    return Answer(HelpView(), fresh=True)


async def language(request: Request) -> View:
    """/bahasa: the choice."""
    return LanguagesView()


async def speak(request: Request, button: Speak) -> View | Answer:
    """Speak this language from now on."""
    if button.lang not in LANGUAGES:
        return Answer(LanguagesView(), fresh=True)
    async with request.storage.transaction() as tx:
        await people.choose_language(tx, request.person.chat, button.lang)
    return WelcomeView(button.lang)


async def came_or_went(request: Request) -> None:
    """The person blocked the bot, or took it back."""
    async with request.storage.transaction() as tx:
        if request.update.kind == "blocked":
            # Not if they have come back since, and whoever handles this stood still meanwhile.
            began = request.now + 1
            await outbox.lose(tx, request.person.chat, "blocked", request.now, began=began)
        else:
            await outbox.find(tx, request.person.chat, request.now)


START = Feature(
    commands=(
        Command(("bahasa", "language"), language, names.CHOICE_OF_LANGUAGE),
        Command(("start",), start),
        Command(("bantuan", "help"), help, _("help"), in_help=False),
    ),
    buttons={Speak: speak, Help: tap_help},
)
