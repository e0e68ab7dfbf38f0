"""Draws one sheet: JSON comes in, a PDF goes out."""

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any

from bot.press import lists, poster, slip_pages

Sheet = Mapping[str, Any]
KINDS: Mapping[str, Callable[[Sheet], bytes]] = {
    "slips": slip_pages.slips,
    "booklet": slip_pages.booklet,
    "list": lists.draw,
    "poster": poster.draw,
}


def draw(sheet: Sheet) -> bytes:
    """The PDF of a sheet. The same sheet gives the same bytes."""
    return KINDS[sheet["kind"]](sheet)


if __name__ == "__main__":
    sys.stdout.buffer.write(draw(json.load(sys.stdin.buffer)))
