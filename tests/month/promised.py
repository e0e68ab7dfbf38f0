"""What is wrong with a month: each promise against all that arrived."""

import re
from collections.abc import Iterator, Mapping
from itertools import takewhile

from bot.sandbox import Window
from handlers.wording.layout import grouped
from locales import LANGUAGES, words
from tests.crash.wordings import plain
from tests.month.register import Register, is_morning
from tests.month.wired import Heard
from tests.month.workday import NIK

LINK = re.compile(r"(?:https?://|\bt\.me/|\bwww\.)\S*")
OURS = re.compile(r"(?:https://)?t\.me/jekduk_bot\b")
# What somebody who wants money or a code would write, in our languages. That we never ask for it may be said.
ASKS = re.compile(
    r"\b(?:(?:mem)?bayar\w*|mbayar|transfer|pulsa|rekening|Rp|OTP|PIN|kata sandi|password|pay|fee)\b|"
    r"\b(?:kirim|kirimkan|balas|kintun|send|reply)\b[^.\n]*\b(?:kode|code)\b", re.IGNORECASE,
)  # fmt: skip
DENIES = re.compile(r"\b(?:tidak|tanpa|jangan|mboten|sampun ngantos|never|not|no)\b", re.IGNORECASE)
MESSAGES, RUNG = 5, 2  # that a KK and a KIA may cost
SENTENCE = re.compile(r"[.!?\n]+")


def faults(register: Register) -> Mapping[str, list[str]]:
    """What is wrong, by promise; nothing for those that are kept."""
    found = {
        "a text begins with what it is about": [*unnamed(register)],
        "nobody is asked for money or a code, or sent elsewhere": [*asked(register)],
        "nobody is told twice": [*twice(register)],
        "no phone rings in quiet hours": [*woken(register)],
        "a reminder has a reason": [*groundless(register)],
        "every family knows": [*uninformed(register)],
        "two cards are five messages at most, and two ring": [*costly(register)],
        "who asked an office has its answer": [*waiting_for_one(register)],
        "no NIK goes on": [_told(one) for one in register.month.town.heard if NIK in one.text.replace("\u00a0", "")],
        "whoever asks is answered": [*unanswered(register)],
        "nothing is owed or open": [*left(register)],
        "nothing fails": register.month.errors,
    }
    return {promise: wrong for promise, wrong in found.items() if wrong}


def _told(one: Heard) -> str:
    return f"{one.at} {one.chat}: {one.text}"


def _unasked(register: Register) -> Iterator[Heard]:
    return (one for one in register.month.town.heard if not one.asked and one.method != "editmessagetext")


def unnamed(register: Register) -> Iterator[str]:
    """What comes by itself and names in its first line no paper, number, office or day; an apology may go first."""
    workflow = register.month.town.workflow
    names = {name for type in workflow.types.values() for name in (type.short, type.id, type.jv, type.en)}
    names |= {village.name for village in workflow.villages.values()}
    names |= {workflow.district.district.name, workflow.district.district.registry, "Jek-Duk", "Bot "}
    numbers = {grouped(one.number) for one in register.documents}
    sorry = tuple(words(lang)("Sorry, our news was wrong.") for lang in LANGUAGES)
    for one in _unasked(register):
        first, _, rest = one.text.partition("\n")
        line = rest.partition("\n")[0] if first.startswith(sorry) else first
        if one.chat in register.staff:
            line = f"{first} {rest.partition(chr(10))[0]}"  # how many they are may go first
        if not (is_morning(line) or any(name.lower() in line.lower() for name in names | numbers)):
            yield _told(one)


def asked(register: Register) -> Iterator[str]:
    for one in register.month.town.heard:
        elsewhere = [link for link in LINK.findall(one.text) if not OURS.match(link)]
        wants = [part for part in SENTENCE.split(one.text) if ASKS.search(part) and not DENIES.search(part)]
        if elsewhere or wants:
            yield _told(one)


def twice(register: Register) -> Iterator[str]:
    """The same words once more, on one day. What may be known already says so; what was taken back or put right in
    between comes again.
    """
    said: dict[tuple[int, object, str], int] = {}
    for one in _unasked(register):
        key = (one.chat, register.month.town.workflow.calendar.day(one.at), one.text)
        before = said.get(key)
        if before is not None and plain(one.text) == one.text and not register.changed(one.chat, before, one.at):
            yield _told(one)
        said[key] = one.at


def woken(register: Register) -> Iterator[str]:
    is_quiet = register.month.town.workflow.calendar.is_quiet
    yield from (_told(one) for one in _unasked(register) if not one.silent and is_quiet(one.at))


def groundless(register: Register) -> Iterator[str]:
    """Reminders that name nothing that waits, or came while nothing was under way."""
    for one in register.reminders():
        names_any = ":" in one.text.partition("\n")[2]
        if not (names_any and register.waits_for(register.staff[one.chat], one.at)):
            yield _told(one)


def uninformed(register: Register) -> Iterator[str]:
    """Families that read nothing since the last that happened; and those whom their village has yet to tell."""
    for family in register.month.people.families:
        last = max((event.at for event in register.news(family)), default=0)
        if not any(one.at >= last for one in register.heard_of(family)):
            yield f"{family.who.chat}: nothing of {family.number} since {last}"
    yield from (f"{number} is not told by its village" for number in register.to_tell)


def costly(register: Register) -> Iterator[str]:
    """Families of a KK and a KIA to which nothing else happened, from the filing to the hand-over. What may be known
    already, as its answer got lost, does not count.
    """
    for family in filter(register.is_smooth, register.pairs()):
        told = [one for one in register.unasked(family) if plain(one.text) == one.text]
        if len(told) > MESSAGES or sum(not one.silent for one in told) > RUNG:
            yield f"{family.number}: {[(one.text, one.silent) for one in told]}"


def waiting_for_one(register: Register) -> Iterator[str]:
    """Families that read no answer since they asked, and questions that are still open."""
    for family, at in register.month.people.asked:
        if not any(heard_at >= at for heard_at in register.answers(family)):
            yield f"{family.who.chat}: no answer about {family.number} since {at}"
    yield from (f"{one}" for one in register.questions)


def unanswered(register: Register) -> Iterator[str]:
    for who in register.month.people.everybody():
        if words_at_end(who.phone):
            yield f"{who.chat}: {who.phone.seen[-1].text}"


def words_at_end(phone: Window) -> int:
    """How many of somebody's messages nothing came after."""
    return sum(1 for _ in takewhile(lambda message: message.author == phone.person.id, phone.chat.newest_first()))


def left(register: Register) -> Iterator[str]:
    load = register.load
    if load.updates or load.owed or load.away or load.stuck:
        yield f"{load}"
