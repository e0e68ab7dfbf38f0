"""What the demo says in the bot's own words. It brings half of the bot along: imported when the page is up."""

import html
import re
from io import BytesIO

import segno

from bot.config.posts import place_of
from bot.demo.town import USERNAME, Demo
from handlers.wording import notices
from handlers.wording.links import invitation_link, number_link
from storage import people
from storage.records import Document, Event, Owed, Reached


def told(town: Demo, document: Document, event: Event, lang: str, missing: str) -> str:
    """What was said of a step, without its markup; of a return with what is `missing` (JSON)."""
    hold, review = (document.hold, document.hold_review) if event.kind == "hold" else (None, None)
    if event.kind == "hold" and not hold:
        return ""  # it goes on by now
    stops = (
        Reached(
            document.type, event.to_stage, event.at, hold, event.kind, review, missing if event.kind == "return" else ""
        ),
    )
    number, village = document.number, document.village
    owed = Owed((), 0, 0, "act", document.request, number, village, "{}", event.at, 0, lang, lang, stops, news="all")
    message = notices.notice(owed, town.workflow, event.at)
    return html.unescape(re.sub(r"<[^>]*>", "", message[0].text)) if message else ""


async def invitation(town: Demo, role: str, village: str) -> str:
    """A one-time link, as `python -m bot invite` makes it. Raises ValueError for a post there cannot be."""
    place = place_of(town.workflow.district, role, village)
    async with town.storage.transaction() as tx:
        return invitation_link(USERNAME, await people.invite(tx, role, place, None, town.now()))


def slip(number: str) -> bytes:
    """The QR code of a receipt slip, as a PNG."""
    picture = BytesIO()
    segno.make(number_link(USERNAME, number), error="m").save(picture, kind="png", scale=6, border=2)
    return picture.getvalue()
