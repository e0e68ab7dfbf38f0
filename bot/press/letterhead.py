"""The letter for a school, a bank or an insurance: one A4 page, with a code by which it is checked."""

from collections.abc import Mapping, Sequence
from typing import Any

from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]  # reportlab tells no types
from reportlab.lib.units import mm  # type: ignore[import-untyped]  # as above
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]  # as above

from bot.press import ink
from bot.press.ink import BOLD, PLAIN

MARGIN = 20 * mm
INNER = A4[0] - 2 * MARGIN
CODE = 36 * mm
FOOT = 62 * mm  # of the page: the code, who signed it, and a place for a stamp
SMALLEST = 0.4  # of the size of letters: the road of very many documents


def draw(sheet: Mapping[str, Any]) -> bytes:
    """One A4 page, whatever stands on it."""
    on, into = ink.canvas(A4)
    top = _head(on, sheet)
    top = _facts(on, top, sheet["facts"])
    size = ink.largest(lambda size: _body(None, top, sheet, size) >= FOOT, SMALLEST)
    _body(on, top, sheet, size)
    _foot(on, sheet)
    on.save()
    return into.getvalue()


def _head(on: Canvas, sheet: Mapping[str, Any]) -> float:
    top = A4[1] - 20 * mm
    box = ink.badge(on, MARGIN + INNER, top - 0.5, sheet["free"], 13, 6)
    ink.line(on, MARGIN, top, sheet["head"], 13, BOLD, INNER - box - 8)
    first, *others = sheet["titles"]
    ink.line(on, MARGIN, top - 14 * mm, first, 24, BOLD, INNER)
    ink.line(on, MARGIN, top - 19 * mm, " · ".join(others), 9, width=INNER)
    ink.line(on, MARGIN, top - 31 * mm, sheet["number"], 26, BOLD, INNER)
    return float(top - 37 * mm)


def _facts(on: Canvas, top: float, facts: Sequence[Sequence[str]]) -> float:
    """What is known, a line each; what is not, is a line to write on."""
    indent = 38 * mm
    for name, value in facts:
        top -= 6 * mm if value else 9 * mm
        ink.line(on, MARGIN, top, name, 10, width=indent - 6)
        if value:
            size = 11 if ink.height([value], 11, INNER - indent) < 2 * 11 * ink.LEADING else 8
            bottom = ink.paragraph(on, MARGIN + indent, top + size * ink.LEADING, [value], size, INNER - indent, BOLD)
            top = min(top, bottom + size * 0.35)
        else:
            ink.blank(on, MARGIN + indent, MARGIN + INNER, top - 2)
    return float(top - 4 * mm)


def _body(on: Canvas | None, top: float, sheet: Mapping[str, Any], size: float) -> float:
    """The roads so far, what the letter says in each language; where it ends. Without a canvas it is only measured."""

    def text(texts: Sequence[str], points: float, font: str = PLAIN, left: float = 0) -> None:
        nonlocal top
        if on:
            ink.paragraph(on, MARGIN + left, top, texts, points, INNER - left, font)
        top -= ink.height(texts, points, INNER - left, font)

    for one in sheet["roads"]:
        text([one["heading"]], 11 * size, BOLD)
        for moment, place in one["steps"]:
            if on:
                ink.line(on, MARGIN, top - 9.5 * size * ink.LEADING, moment, 9.5 * size, width=52 * mm)
            text([place], 9.5 * size, PLAIN, 54 * mm)
        text(one["now"], 10 * size, BOLD)
        top -= 2.5 * mm * size
    first, *others = sheet["words"]
    text([first], 10.5 * size)
    text(others, 8 * size)
    return top


def _foot(on: Canvas, sheet: Mapping[str, Any]) -> None:
    bottom = 18 * mm
    ink.code(on, MARGIN, bottom, CODE, sheet["link"])
    first, *more = sheet["scan"]
    beside, width = MARGIN + CODE + 6 * mm, 52 * mm
    top = ink.paragraph(on, beside, bottom + CODE, [first], 11, width, BOLD)
    ink.paragraph(on, beside, top, more, 9, width)
    left = MARGIN + INNER - 62 * mm
    ink.blank(on, left, MARGIN + INNER, bottom + 10)
    ink.line(on, left, bottom, sheet["stamp"], 8, width=62 * mm)
