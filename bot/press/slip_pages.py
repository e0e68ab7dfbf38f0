"""Receipt slips: one on an A6 page, four on an A4 sheet with lines to cut along, and with stubs in a booklet."""

from collections.abc import Mapping, Sequence
from typing import Any

from reportlab.lib.pagesizes import A4, A6  # type: ignore[import-untyped]  # reportlab tells no types
from reportlab.lib.units import mm  # type: ignore[import-untyped]  # as above
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]  # as above

from bot.press import ink
from bot.press.ink import BOLD

Slip = Mapping[str, Any]
MARGIN = 8 * mm
CODE, CODE_WITH_STUB = 38 * mm, 32 * mm  # 25 is what a phone still reads well
STUB = 26 * mm
SMALLEST = 0.6  # of the size of letters, before what does not fit is drawn over the edge


def slips(sheet: Mapping[str, Any]) -> bytes:
    """Slips as they are given to families."""
    return _pages(sheet["slips"], four=sheet["size"] == "a4", stubs=False)


def booklet(sheet: Mapping[str, Any]) -> bytes:
    """A cover, then slips with stubs that stay in the village office, four on a sheet."""
    return _pages(sheet["slips"], four=True, stubs=True, cover=sheet["cover"])


def _pages(found: Sequence[Slip], *, four: bool, stubs: bool, cover: Slip | None = None) -> bytes:
    on, into = ink.canvas(A4 if four else A6)
    if cover:
        _cover(on, cover)
        on.showPage()
    width, height = A6
    places = [(x, y) for y in (A4[1] / 2, 0) for x in (0, A4[0] / 2)] if four else [(0, 0)]
    for first in range(0, len(found), len(places)):
        for (x, y), slip in zip(places, found[first:], strict=False):
            if stubs:
                _stub(on, x, y + height - STUB, width, slip)
            _slip(on, (x, y, width, height - STUB if stubs else height), slip, CODE_WITH_STUB if stubs else CODE)
        if four:
            ink.cut(on, A4[0] / 2, 0, A4[0] / 2, A4[1])
            ink.cut(on, 0, A4[1] / 2, A4[0], A4[1] / 2)
        on.showPage()
    on.save()
    return into.getvalue()


def _slip(on: Canvas, place: tuple[float, float, float, float], slip: Slip, side: float) -> None:
    x, y, width, height = place
    left, inner, top = x + MARGIN, width - 2 * MARGIN, y + height - 7 * mm
    top = _head(on, left, top, inner, slip)
    ink.code(on, left, top - side, side, slip["link"])
    _facts(on, left + side + 7 * mm, top - 1 * mm, inner - side - 7 * mm, side, slip["facts"])
    bottom = y + 6 * mm
    room = top - side - 5 * mm - bottom
    size = ink.largest(lambda size: _words(None, left, 0, inner, slip, size) >= -room, SMALLEST)
    _words(on, left, bottom + room, inner, slip, size)


def _head(on: Canvas, left: float, top: float, inner: float, slip: Slip) -> float:
    """Whose slip it is, that it costs nothing, and the number; where the rest begins."""
    box = ink.badge(on, left + inner, top - 9, slip["free"], 12, 4.5)
    ink.line(on, left, top - 4, slip["head"], 11, BOLD, inner - box - 6)
    ink.line(on, left, top - 14, slip["title"], 8.5, width=inner - box - 6)
    ink.line(on, left, top - 44, slip["number"], 31, BOLD, inner)
    return float(top - 44 - 6 * mm)


def _facts(on: Canvas, left: float, top: float, width: float, height: float, facts: Sequence[Sequence[str]]) -> None:
    """What is to be known at a glance; where nothing is known yet, a line to write on."""
    each = height / len(facts)
    for i, (name, value) in enumerate(facts):
        y = top - i * each
        ink.line(on, left, y - 4, name, 8, width=width)
        if value:
            ink.line(on, left, y - 20, value, 15, BOLD, width)
        else:
            ink.blank(on, left, left + width, y - 22)


def _words(on: Canvas | None, left: float, top: float, width: float, slip: Slip, size: float) -> float:
    """What next and what it costs, in the first language and smaller in the others; then whom to ask. Where it ends.

    Without a canvas it is only measured.
    """
    first, *others = slip["words"]
    foot = [(slip["foot"], 8 * size, BOLD)]
    for texts, points, font in [
        (first, 9.5 * size, ink.PLAIN),
        *((one, 7.5 * size, ink.PLAIN) for one in others),
        *foot,
    ]:
        gap = points * 0.5
        if on:
            ink.paragraph(on, left, top, texts, points, width, font)
        top -= ink.height(texts, points, width, font) + gap
    return top


def _stub(on: Canvas, x: float, y: float, width: float, slip: Slip) -> None:
    """What stays in the booklet: the number, and lines to write on."""
    left, inner = x + MARGIN, width - 2 * MARGIN
    ink.line(on, left, y + STUB - 8 * mm, slip["number"], 13, BOLD, inner)
    lines = slip["stub"]
    each = inner / len(lines)
    for i, name in enumerate(lines):
        ink.line(on, left + i * each, y + STUB - 12 * mm, name, 7.5, width=each - 4)
        ink.blank(on, left + i * each, left + (i + 1) * each - 6, y + STUB - 19 * mm)
    ink.cut(on, x, y, x + width, y)


def _cover(on: Canvas, cover: Slip) -> None:
    width, height = A4
    left, inner = 25 * mm, width - 50 * mm
    ink.line(on, left, height - 60 * mm, cover["head"], 16, width=inner)
    ink.line(on, left, height - 78 * mm, cover["title"], 34, BOLD, inner)
    y = height - 92 * mm
    for name, value in cover["facts"]:
        ink.line(on, left, y, name, 11, width=40 * mm)
        ink.line(on, left + 42 * mm, y, value, 13, BOLD, inner - 42 * mm)
        y -= 9 * mm
    y = ink.paragraph(on, left, y - 4 * mm, cover["lines"], 12, inner)
    ink.paragraph(on, left, y - 4 * mm, cover["foot"], 10, inner, BOLD)
