"""The words of an SMS: the news of a request as things are when it leaves, and the answers to what was written."""

import json
from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from handlers.context import Services
from handlers.relays.texts import LONGEST, family_text, is_told, plain, told_of
from handlers.wording.layout import grouped
from locales import Words, dates, words
from storage import documents
from storage.news import phones
from storage.numbers import EXAMPLE
from storage.records import Document, Owed
from storage.workflow import Workflow

STOP_WORDS = {"BERHENTI": "id", "STOP": "id", "MANDHEG": "jv"}


class Sms(NamedTuple):
    """To which telephone goes what. Of the news of a request, which documents stand still by it."""

    phone: str
    text: str
    held: frozenset[int] | None = None


async def compose(services: Services, owed: Owed) -> Sms | None:
    """What is to be sent, as things are now; None if there is nothing to say any more."""
    async with services.storage.reading() as tx:
        phone = await phones.get(tx, owed.chat)
        if phone is None or await phones.is_overtaken(tx, owed, services.now()):
            return None
        if owed.kind == phones.ANSWER:
            return Sms(phone[0], str(json.loads(owed.facts)["text"]))
        found = await documents.of_request(tx, owed.request) if owed.request else []
        held = await phones.told_held(tx, owed.chat, owed.request or 0)
    if not found:
        return None
    return status(services.workflow, phone[0], found, words(phone[1]), held)


def one_sms(workflow: Workflow, say: Callable[[str], str]) -> str:
    """What `say` makes of our name: with the district's, or without if that is more than one SMS holds."""
    whole = plain(say(f"Jek-Duk {workflow.district.district.name}"))
    return whole if len(whole) <= LONGEST else plain(say("Jek-Duk"))


def status(workflow: Workflow, phone: str, found: Sequence[Document], t: Words, held: Collection[int]) -> Sms:
    """How it is with a receipt; `held`: of which documents an SMS said that they stand still. Where the words do not
    fit, that stays as it was.
    """
    text = family_text(workflow, found, t, held)
    is_said = is_told(workflow, found, t, held, text)
    told = told_of(workflow, found, held) if is_said else [one for one in found if one.id in held]
    still = [one.id for one in told if one.hold or (one.stage in workflow.exits and one.closed_at is None)]
    return Sms(phone, text, frozenset(still))


def followed(workflow: Workflow, number: str, t: Words) -> str:
    """News comes from now on, and how it ends."""
    return one_sms(
        workflow,
        lambda us: t(
            "{us}: news of no. {number} comes by SMS. To end it, send: BERHENTI.", us=us, number=grouped(number)
        ),
    )


def stopped(workflow: Workflow, t: Words) -> str:
    """No news any more; this is the last."""
    return one_sms(workflow, lambda us: t("{us}: no more SMS. Your telephone number is deleted here.", us=us))


def unknown(workflow: Workflow, number: str, t: Words) -> str:
    """A sound number that is not in the register."""
    return one_sms(
        workflow,
        lambda us: t(
            "{us}: no. {number} is not known here. Please ask at the village office.", us=us, number=grouped(number)
        ),
    )


def sealed(workflow: Workflow, number: str, t: Words) -> str:
    """The district wants the pickup code first, which only the bot can ask for."""
    return one_sms(
        workflow,
        lambda us: t(
            "{us}: no. {number} is shown in Telegram with its pickup code. Or ask at the village office.",
            us=us,
            number=grouped(number),
        ),
    )


def refused(workflow: Workflow, until: int, t: Words, now: int) -> str:
    """Too many numbers that are not there were asked for; `until` when none is answered."""
    time = dates.moment(until + dates.MINUTE - 1, now, workflow.zone, t.lang)
    return one_sms(
        workflow,
        lambda us: t("{us}: too many numbers were not found. Please try again after {time}.", us=us, time=time),
    )


def full(workflow: Workflow, t: Words) -> str:
    """As many follow a receipt, or it follows as many, as may be."""
    return one_sms(workflow, lambda us: t("{us}: no more can be followed. Please ask at the village office.", us=us))


def wrong(workflow: Workflow, t: Words) -> str:
    """Nothing in it is a receipt number."""
    return one_sms(
        workflow,
        lambda us: t(
            "{us}: send the receipt number (12 digits), or for news: IKUT {number}. Never a NIK.", us=us, number=EXAMPLE
        ),
    )
