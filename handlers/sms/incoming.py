"""What somebody wrote by SMS: a number is answered, IKUT follows it, BERHENTI forgets the telephone."""

import re

from handlers.context import Services
from handlers.sms import in_one_sms
from handlers.throttle import Throttle
from handlers.wording.links import FOLLOW_BY_SMS
from locales import Words, words
from storage import documents, guesses, marks, numbers
from storage.counter import pickup
from storage.db.protocol import Tx
from storage.families import askers
from storage.news import phones
from storage.numbers import EXAMPLE
from storage.records import LookUp, Person
from storage.workflow import Workflow

_WORD = re.compile(r"[^\W\d_]+")  # whatever stands around it: "IKUT5631…", "stop?"


async def answer(services: Services, throttle: Throttle, event: str, sender: str, text: str) -> bool:
    """Owe the answer to an SMS, once however often the gateway tells of it; False if there is none.

    A telephone gets so many answers an hour, and all together so many that follow nothing (`Throttle`): they cost
    money. What somebody asks is done in any case, be it to stop or to follow: the gateway tells of it but once.
    """
    phone, now = phones.plain(sender), services.now()
    if not phone:
        return False  # an operator's, or a name: nobody reads an answer
    async with services.storage.transaction() as tx:
        if not await marks.mark_once(tx, f"sms:{event}", now):
            return False
        known = await phones.known(tx, phone)
        first = _order(text)
        if first in in_one_sms.STOP_WORDS and known:
            await phones.stop(tx, known[0])
        chosen = FOLLOW_BY_SMS.get(first) or (None if known else in_one_sms.STOP_WORDS.get(first))
        lang = chosen or (known[1] if known else services.workflow.district.district.languages[0])
        id = await phones.keep(tx, phone, lang, now, chosen=first in FOLLOW_BY_SMS)
        if first in in_one_sms.STOP_WORDS:
            said = in_one_sms.stopped(services.workflow, words(lang))
        else:
            said = await _look_up(services, tx, id, phone, text, lang, follows=first in FOLLOW_BY_SMS)
        if not throttle.take(-int(phone), now, is_known=bool(await phones.follows(tx, id))):
            await phones.forget_idle(tx, id)
            return False
        await phones.answer(tx, id, event, said, now)
    return True


def _order(text: str) -> str:
    """The first word, in capitals. None behind a number with more words: "5631… berhenti di mana?" asks."""
    found = list(_WORD.finditer(text))
    asks = len(found) > 1 and any(map(str.isdigit, text[: found[0].start()]))
    order = found[0][0].upper() if found else ""
    return "" if asks and order in in_one_sms.STOP_WORDS else order


async def _look_up(services: Services, tx: Tx, id: int, phone: str, text: str, lang: str, *, follows: bool) -> str:
    """The answer to a number, as the chat would give it: unknown ones count as guesses there and here."""
    workflow, t, now = services.workflow, words(lang), services.now()
    found = numbers.find(text)
    good = [number for number in found.good if number != EXAMPLE]
    if not good:
        return in_one_sms.wrong(workflow, t)
    number, theirs = good[0], frozenset(await phones.follows(tx, id))
    asker = Person(-int(phone))  # kept nowhere: misses are counted under a hash of it
    sifted = await guesses.sift(tx, asker, [await documents.status(tx, number, asker.chat, now)], theirs, now)
    await guesses.count(tx, asker.chat, sifted.misses, now)
    if sifted.until is not None:
        return in_one_sms.refused(workflow, sifted.until, t, now)
    if not sifted.shown or not sifted.shown[0].documents:
        return in_one_sms.unknown(workflow, number, t)
    look = sifted.shown[0]
    is_shut = number not in theirs and pickup.is_asked(workflow, asker, look)
    if is_shut or not follows:
        return in_one_sms.sealed(workflow, number, t) if is_shut else await _status(workflow, tx, id, phone, look, t)
    told = await askers.followers(tx, number) + await phones.followers(tx, number)
    if number not in theirs and (len(theirs) >= phones.MOST or told >= workflow.district.district.followers):
        return in_one_sms.full(workflow, t)
    await phones.follow(tx, id, number, now)
    await _status(workflow, tx, id, phone, look, t)  # who begins amid a hold has read of it, or will ask
    return in_one_sms.followed(workflow, number, t)


async def _status(workflow: Workflow, tx: Tx, id: int, phone: str, look: LookUp, t: Words) -> str:
    """How it is with a number. Whoever follows it and reads that something stands still is told when that goes on, also
    who begins to follow it then.
    """
    request = look.documents[0].request
    held = await phones.told_held(tx, id, request)
    said = in_one_sms.status(workflow, phone, look.documents, t, held)
    await phones.note_held(tx, id, request, said.held or ())
    return said.text
