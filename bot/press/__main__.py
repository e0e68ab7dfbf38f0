"""Draws one sheet: JSON comes in, a PDF goes out, a picture, a workbook or a voice."""

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any

from bot.press import charts, letterhead, lists, poster, slip_pages, voice, workbook

Sheet = Mapping[str, Any]
KINDS: Mapping[str, Callable[[Sheet], bytes]] = {
    "slips": slip_pages.slips,
    "booklet": slip_pages.booklet,
    "letter": letterhead.draw,
    "list": lists.draw,
    "poster": poster.draw,
    "chart": charts.draw,
    "workbook": workbook.draw,
    "voice": voice.draw,
}


def draw(sheet: Sheet) -> bytes:
    """The file of a sheet. The same sheet gives the same bytes."""
    return KINDS[sheet["kind"]](sheet)


if __name__ == "__main__":
    sys.stdout.buffer.write(draw(json.load(sys.stdin.buffer)))
