"""Dengarkan: the voice is owed, and drawn as it leaves. It is kept nowhere."""

from handlers import downloads
from handlers.aloud.buttons import ReadAloud
from handlers.aloud.views import AloudView
from handlers.context import Request
from handlers.feature import Feature
from handlers.lookup.handlers import look_up_sound, sound
from handlers.view import Answer, Refused, View
from handlers.wording.sentences import SENTENCES
from locales import _
from storage.counter import pickup

SENTENCES |= {
    "many_voices": _("Too many voice notes for now. Please read the status, or listen again after {time}."),
    "no_voice": _("Reading aloud does not work at the moment. Please read the status."),
}


async def read_aloud(request: Request, button: ReadAloud) -> View | Answer:
    """A number, as a voice note. A double tap draws once; the card, if there is nothing to hear of it."""
    found = await look_up_sound(request, (sound(button.number),))
    if not found.numbers or pickup.any_asked(request.workflow, request.person, found.looks or ()):
        return found
    if not request.services.speaks:
        raise Refused("no_voice", found)
    view, number = AloudView(button.number), button.number
    async with request.storage.transaction() as tx:
        if not await downloads.is_asked(tx, request, view, number) and not _may(request):
            raise Refused("many_voices", until=request.services.voices.until(request.person.chat))
        return await downloads.owe(tx, request, view, number)


def _may(request: Request) -> bool:
    """True if one more may be drawn for whoever asks; it counts then."""
    person = request.person
    return request.services.voices.take(person.chat, request.now, is_known=bool(person.posts))


ALOUD = Feature(buttons={ReadAloud: read_aloud})
