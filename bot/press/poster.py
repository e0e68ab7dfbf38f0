"""The poster for a wall: what the service is, and the QR of the bot."""

from collections.abc import Mapping
from typing import Any

from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]  # reportlab tells no types
from reportlab.lib.units import mm  # type: ignore[import-untyped]  # as above

from bot.press import ink
from bot.press.ink import BOLD, PLAIN

CODE = 118 * mm


def draw(sheet: Mapping[str, Any]) -> bytes:
    """One A4 page."""
    on, into = ink.canvas(A4)
    width, height = A4
    left, inner = 20 * mm, width - 40 * mm

    def centred(y: float, text: str, size: float, font: str) -> None:
        wide = min(on.stringWidth(ink.letters(text), font, size), inner)
        ink.line(on, (width - wide) / 2, y, text, size, font, inner)

    centred(height - 32 * mm, sheet["title"], 40, BOLD)
    y = height - 46 * mm
    for i, text in enumerate(sheet["lines"]):
        centred(y, text, 17 if i == 0 else 12, BOLD if i == 0 else PLAIN)
        y -= 7.5 * mm
    ink.code(on, (width - CODE) / 2, 102 * mm, CODE, sheet["link"])
    centred(82 * mm, sheet["shown"], 26, BOLD)
    centred(74 * mm, sheet["beside"], 13, BOLD)
    y = ink.paragraph(on, left, (66 if sheet["beside"] else 72) * mm, sheet["foot"][:1], 15, inner, BOLD)
    ink.paragraph(on, left, y - 2 * mm, sheet["foot"][1:], 11, inner)
    on.save()
    return into.getvalue()
