"""One line that goes with a question or with an answer: what somebody writes while it is waited for."""

import re
import unicodedata
from contextlib import suppress

from handlers.context import Request
from handlers.feedback.views import QuestionAskedView, QuestionView
from handlers.view import Refused, View
from handlers.wording.sentences import SENTENCES
from locales import _
from storage import numbers, people
from storage.db.protocol import Tx
from storage.district import MONEY
from storage.feedback import lines, questions
from storage.feedback.lines import ASKED, DRAFT, LONGEST, AwaitedLine

SHORTEST = 7  # digits in a row that are a telephone, a day of birth or a part of a NIK
LEFT_OUT = "…"
SENTENCES |= {
    "line_long": _("One line of 200 letters at most goes along. Please write it again, a bit shorter."),
    "line_many": _("Only one line goes along. Please write it again without breaks."),
    "line_empty": _("Long numbers are left out, and nothing else was in it. Please write it in words."),
    "line_odd": _("Links and commands do not go along. Please write it again in plain words."),
    "line_words": _("Only words go along; nothing else was kept. Please write one line."),
    "line_answered": _("{number}: a colleague has answered it by now. Please see /tugas for what is left."),
    "line_late": _("{number}: your question has its answer by now. Please ask again under “Ask / report …”."),
}
_STRUCK = re.compile(rf"\+?{numbers.STRUCK}#*(?: *{numbers.STRUCK}#*)*")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "So", "Sk"})  # and pictures, which a screen reader says by name
_TAPPABLE = re.compile(r"(?:^|(?<=\s))/\w+|(?:^|(?<=[^\w.]))@\w+|\w+://")
_SITE = re.compile(r"(?<=\w)\.(?=[^\W\d_])")


def cleaned(text: str) -> tuple[str, bool]:
    """The line as it is kept, and whether long numbers were left out of it. Raises Refused."""
    rows = text.strip().splitlines()
    if len(rows) != 1:
        raise Refused("line_many")
    masked, cuts = _STRUCK.subn(LEFT_OUT, numbers.mask(rows[0], shortest=SHORTEST))
    seen = "".join(one for one in masked if unicodedata.category(one) not in _UNSEEN and one != "\ufe0f")
    line = " ".join(_SITE.sub(". ", seen).split())
    if len(line) > LONGEST:
        raise Refused("line_long")
    if not any(map(str.isalpha, line)):
        raise Refused("line_empty")
    if _TAPPABLE.search(line):
        raise Refused("line_odd")
    return line, cuts > 0


async def written(request: Request, said: str) -> View | None:
    """What is written while a line is waited for: it goes along. None if none is. Raises Refused."""
    update = request.update
    text = update.arguments
    if numbers.find(text).good or (said == DRAFT and not any(map(str.isalpha, text))):
        return None  # digits of an officer are work
    found = await (_mended if update.kind == "edit" else _awaited)(request, said)
    if found is None:
        return None
    if update.attached:
        raise Refused("line_words")
    line, is_cut = cleaned(text)
    return await (_with_question if said == ASKED else _with_answer)(request, found, line, int(is_cut))


async def _awaited(request: Request, said: str) -> AwaitedLine | None:
    """What is written now goes with this one."""
    async with request.storage.reading() as tx:
        awaited = await lines.awaited(tx, request.person.chat, said, request.now)
    same = [one for one in awaited if one.line and _repeats(request.update.arguments, one.line)]
    empty = [one for one in awaited if not one.line]
    return next(iter(same + empty if request.update.again else empty + same), None)


async def _mended(request: Request, said: str) -> AwaitedLine | None:
    """What was written with this one is to be read otherwise, as long as that has no answer; or now is a line."""
    async with request.storage.reading() as tx:
        found = await lines.begun_before(tx, request.person.chat, said, _sent_at(request) + 999)
    same = [one for one in found if one.line and one.at == _sent_at(request)]
    return next(iter(same + [one for one in found if not one.line]), None)


def _sent_at(request: Request) -> int:
    return request.update.date * 1000


async def _put_down(tx: Tx, request: Request, found: AwaitedLine, said: str, line: str) -> None:
    """With the moment at which it was sent, by which it is known when it is mended; then it takes its own place."""
    await lines.begin(tx, found.question, said, request.person.chat, _sent_at(request))
    await lines.write(tx, found, said, request.person.chat, line)


def _repeats(text: str, line: str) -> bool:
    """True for what is written already, as when its answer got lost."""
    with suppress(Refused):
        return cleaned(text)[0] == line
    return False


async def _with_question(request: Request, found: AwaitedLine, line: str, left_out: int) -> View:
    """The office hears of the question at once, as it waited for nothing else."""
    now = request.now
    async with request.storage.transaction() as tx:
        asked = await questions.get(tx, found.question)
        if asked is None:
            raise Refused("line_late", number=found.number)
        await _put_down(tx, request, found, ASKED, line)
        await questions.tell(tx, asked.id, asked.role, asked.village, QuestionView(asked.id).facts(), now)
    return QuestionAskedView(asked.number, asked.role, asked.village, question=asked.id, left_out=left_out)


async def _with_answer(request: Request, found: AwaitedLine, line: str, left_out: int) -> View:
    """It is shown first, beside the answers."""
    if MONEY.search(line):
        raise Refused("announce_money")
    async with request.storage.transaction() as tx:
        officer, asked = await people.get(tx, request.person.chat, request.now), await questions.get(tx, found.question)
        if asked is None:
            raise Refused("line_answered", number=found.number)
        if not questions.may_answer(officer, asked):
            raise Refused("not_yours")
        await _put_down(tx, request, found, DRAFT, line)
    return QuestionView(asked.id, opened=1, left_out=left_out)


async def refuse_pictures(request: Request) -> None:
    """Raises Refused for a photo or a voice where a line is waited for."""
    async with request.storage.reading() as tx:
        for said in (DRAFT, ASKED):
            if not all(one.line for one in await lines.awaited(tx, request.person.chat, said, request.now)):
                raise Refused("line_words")
