"""Dengarkan: the voice is owed, and drawn as it leaves. It is kept nowhere."""

from handlers.aloud.buttons import ReadAloud
from handlers.aloud.views import AloudView
from handlers.context import Request
from handlers.feature import Feature
from handlers.lookup.handlers import look_up_sound, sound
from handlers.view import Answer, Refused, View
from handlers.wording.sentences import SENTENCES
from locales import _
from storage import outbox
from storage.counter import pickup
from storage.records import MINUTE

SENTENCES |= {
    "many_voices": _("You have had many voice notes. Please read the status, or listen again in an hour."),
    "no_voice": _("Reading aloud does not work at the moment. Please read the status."),
}


async def read_aloud(request: Request, button: ReadAloud) -> View | Answer:
    """A number, as a voice note. A double tap draws once; the card, if there is nothing to hear of it."""
    chat, now = request.person.chat, request.now
    found = await look_up_sound(request, (sound(button.number),))
    if not found.numbers or pickup.any_asked(request.workflow, request.person, found.looks or ()):
        return found
    if not request.speaks:
        raise Refused("no_voice", found)
    if not request.voices.take(chat, now):
        raise Refused("many_voices")
    key = f"paper:{chat}:aloud:{button.number}:{now // MINUTE}"
    due = outbox.Due(key, chat, "paper", outbox.ANSWER, now, facts=AloudView(button.number).facts(request.t.lang))
    async with request.storage.transaction() as tx:
        await outbox.owe(tx, [due], now)
    return Answer(None, toast=request.t("It comes in a moment."))


ALOUD = Feature(buttons={ReadAloud: read_aloud})
