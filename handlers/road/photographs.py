"""A photograph of papers: all QR codes in it, and a bag in which those are ticked. The picture is kept nowhere.

It is fetched and looked at between transactions, and its update stays in the inbox until it is answered: whoever sent
it waits, and nobody else, since a few pictures are in hand at once and the others' updates are tried again.
"""

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager

from telegram.error import BadRequest, Forbidden, NetworkError

from handlers.bags.views import LaterView
from handlers.context import Request
from handlers.lookup.handlers import PICTURES
from handlers.road import codes
from handlers.road.codes import Unseen
from handlers.road.handlers import NamedFiles, name, name_sealed, settle
from handlers.road.reading import blocks_of
from handlers.view import Refused, View
from handlers.wording.sentences import SENTENCES
from locales import _, moments
from storage.db.protocol import Tx
from storage.numbers import is_number
from storage.road import legs
from storage.road.seals import SEAL

MOST = 20 * 1024 * 1024  # bytes: what the Bot API gives back
AT_ONCE = 4  # pictures in hand; a quarter of a hundred megabytes and two cores, and 28 workers for all others
FAMILIES = 3  # of them: anybody may send a picture, and whoever carries documents finds a place
SECONDS = 50.0  # to fetch one
SENTENCES |= {
    "too_big": _("This picture is too big. Please send it as a photo, not as a file."),
    "only_photos": _("We read photos of slips, no videos and no other files. Please send a photo, or the last digits."),
    "lost_picture": _("The picture did not reach us. Please send it again, or write the last digits."),
    "no_picture_at_all": _("We cannot open this picture. Please take another one, or write the last digits."),
    "no_codes": _("We see no QR code. Please come closer, in good light, or write the last digits."),
    "no_slip": _(
        "We see no QR code of a slip, and kept no photo. Please send no photos of cards (KTP, KK), only of the slip: "
        "closer, in good light. Or type the 12 digits."
    ),
    "lost_slip": _("The picture did not reach us. Please send it again, or type the number on the slip (12 digits)."),
    "many_pictures": _("Too many photos for now. Please type the number on the slip (12 digits)."),
    "foreign_codes": _("These QR codes are not of slips of ours. Please write the last digits."),
}
_LINK = re.compile(r"(?:https?://)?(?:t|telegram)\.me/(?P<bot>\w+)/?\?start=(?P<said>\w{1,64})", re.IGNORECASE)
_in_hand: set[object] = set()


class TooManyPictures(NetworkError):
    """Too many pictures are in hand: this one is tried again in a moment."""


async def photographed(request: Request) -> View | None:
    """What staff shows in a picture: which files, which leg, when. None of whoever carries and receives nothing."""
    update, workflow = request.update, request.workflow
    if not workflow.waiting_stages(request.person) or update.attached not in PICTURES:
        return None
    if not update.file:
        raise Refused("only_photos")
    if update.size > MOST:
        raise Refused("too_big")
    with _a_place():
        found = await _codes(request)
    numbers, seals, foreign = sorted_out(found, request.bot_name)
    written = min(update.date * 1000 or request.now, request.now)
    moment = moments.find(update.text, written, workflow.zone)
    async with request.storage.reading() as tx:
        named = await name(tx, request, blocks_of(moment.rest))
        await _show(tx, request, named, numbers)
        for payload in seals:
            await name_sealed(tx, request, named, payload)
    if not numbers and not named.files:
        raise Refused("foreign_codes" if foreign else "no_codes")
    named.foreign = foreign
    view = await settle(request, named, moment, written, "photo", update.album)
    # Of photographs that came together the last one's answer shows what is on all of them.
    is_followed = update.album and any(one.album == update.album for one in request.behind())
    return LaterView() if is_followed else view


async def slip_shown(request: Request) -> tuple[str, ...]:
    """The numbers on slips in a family's picture, which is kept nowhere. Raises Refused, in words for a family."""
    if request.update.size > MOST:
        raise Refused("too_big")
    chat, pictures, works = request.person.chat, request.services.pictures, bool(request.person.posts)
    with _a_place(FAMILIES):
        if not pictures.take(chat, request.now, is_known=works):
            raise Refused("many_pictures")
        try:
            found = await _codes(request)
        except Refused as no:
            match no.view.key:
                case "lost_picture":  # which is no fault of theirs
                    pictures.give_back(chat)
                    raise Refused("lost_slip") from no
                case "too_big":
                    raise
            raise Refused("no_slip") from None
    shown, *_ = sorted_out(found, request.bot_name)
    if not shown:
        raise Refused("no_slip")
    return tuple(shown)


async def _show(tx: Tx, request: Request, named: NamedFiles, numbers: list[str]) -> None:
    shown = await name(tx, request, numbers)
    for one, is_sure in shown.files.values():
        named.add([one], is_sure=is_sure)
    named.unknown += shown.unknown
    for one, is_sure in await legs.of_album(tx, request.person.chat, request.update.album):
        named.add([one], is_sure=is_sure)


@contextmanager
def _a_place(most: int = AT_ONCE) -> Iterator[None]:
    """One of the few pictures in hand. Raises TooManyPictures if there are as many already."""
    if len(_in_hand) >= most:
        raise TooManyPictures("pictures")
    mark = object()
    _in_hand.add(mark)
    try:
        yield
    finally:
        _in_hand.discard(mark)


async def _codes(request: Request) -> list[str]:
    """What the codes in the picture say. Raises Refused."""
    try:
        async with asyncio.timeout(SECONDS):
            picture = await _fetched(request)
        return await codes.read(picture)
    except BadRequest as error:  # a NetworkError too
        raise Refused("too_big" if "too big" in str(error) else "lost_picture") from error
    except (NetworkError, Forbidden, OSError) as error:  # or no process is to be had that looks at it
        raise Refused("lost_picture") from error
    except Unseen:
        raise Refused("no_picture_at_all") from None


async def _fetched(request: Request) -> bytes:
    try:
        return await request.services.fetch(request.update.file, MOST)
    except BadRequest:
        raise
    except NetworkError:
        await asyncio.sleep(1)
        return await request.services.fetch(request.update.file, MOST)


def sorted_out(found: list[str], bot_name: str) -> tuple[list[str], list[str], int]:
    """The receipt numbers and the seals of bags that codes of ours hold, and how many codes are others'."""
    links = (_LINK.fullmatch(text.strip()) for text in found)
    ours = [link["said"] for link in links if link and link["bot"].lower() == bot_name.lower()]
    numbers = [said for said in ours if is_number(said)]
    sealed = [said for said in ours if said.startswith(SEAL)]
    return list(dict.fromkeys(numbers)), list(dict.fromkeys(sealed)), len(found) - len(numbers) - len(sealed)
