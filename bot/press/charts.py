"""A picture of figures: bars that lie, for a phone held upright. Drawn as a PDF page, and made a PNG of it."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import pypdfium2  # type: ignore[import-untyped]  # it tells no types
from reportlab.lib.colors import HexColor  # type: ignore[import-untyped]  # reportlab tells no types
from reportlab.lib.utils import simpleSplit  # type: ignore[import-untyped]  # as above
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]  # as above

from bot.press.ink import BOLD, PLAIN, canvas, height, letters, line, paragraph

WIDTH, MARGIN = 300.0, 12.0  # points; Telegram shows a phone 3.6 times as many pixels
LABELS, GAP = 106.0, 8.0  # room for what a bar is of; between a bar and its numbers
HEAD, ROW, BAR = 24.0, 19.0, 8.0
SIZE, SMALL = 8.5, 7.5  # of letters; of a label that takes two lines
SCALE = 3.6
BLUE, RED, DARK = HexColor("#2a6fb0"), HexColor("#b3261e"), HexColor("#1c1c1c")


def draw(sheet: Mapping[str, Any]) -> bytes:
    """The PNG of a chart: a title, panels of bars with their range and target, a note."""
    panels = [one for one in sheet["panels"] if one["rows"]]
    inner = WIDTH - 2 * MARGIN
    note = height([sheet["note"]], 8, inner)
    tall = 30 + note + MARGIN + sum(HEAD + 10 + ROW * len(one["rows"]) for one in panels)
    on, into = canvas((WIDTH, tall))
    on.setFillColor(DARK)
    line(on, MARGIN, tall - 26, sheet["title"], 15, BOLD, inner)
    y = paragraph(on, MARGIN, tall - 30, [sheet["note"]], 8, inner)
    for panel in panels:
        y = _panel(on, y, panel)
    on.showPage()
    on.save()
    return _png(into.getvalue())


def _panel(on: Canvas, y: float, panel: Mapping[str, Any]) -> float:
    """Its rows below y; where the next panel begins. Each panel has its own scale, from nothing."""
    rows: Sequence[Mapping[str, Any]] = panel["rows"]
    y -= HEAD - 6
    on.setFillColor(DARK)
    line(on, MARGIN, y, panel["heading"], 11, BOLD, WIDTH - 2 * MARGIN)
    longest = max(max(one["high"], one["target"]) for one in rows) or 1
    widest = max(on.stringWidth(_numbers(one), BOLD, SIZE) for one in rows)
    left, room = MARGIN + LABELS, WIDTH - 2 * MARGIN - LABELS - GAP - widest
    for one in rows:
        y -= ROW
        _row(on, left, y, one, room / longest)
    return y - 10


def _row(on: Canvas, left: float, y: float, one: Mapping[str, Any], unit: float) -> None:
    said = round(one["median"], 1 if one["median"] >= 1 else 2)  # as the number beside it is
    is_late = bool(one["target"]) and said > one["target"]
    on.setFillColor(DARK)
    _label(on, y, one["label"])
    on.setFillColor(RED if is_late else BLUE)
    on.rect(left, y - 1, max(one["median"] * unit, 0.8), BAR, stroke=0, fill=1)
    on.setStrokeColor(DARK)
    on.setLineWidth(0.8)
    on.line(left + one["low"] * unit, y + BAR / 2 - 1, left + one["high"] * unit, y + BAR / 2 - 1)
    if one["target"]:
        on.setLineWidth(1.4)
        on.line(left + one["target"] * unit, y - 3, left + one["target"] * unit, y + BAR + 1)
    on.setFillColor(DARK)
    on.setFont(BOLD, SIZE)
    on.drawRightString(WIDTH - MARGIN, y, _numbers(one))


def _label(on: Canvas, y: float, text: str) -> None:
    """In one line, or in two that are smaller."""
    room = LABELS - 6
    first, *rest = simpleSplit(letters(text), PLAIN, SMALL, room)
    if not rest:
        line(on, MARGIN, y, text, SIZE, width=room)
        return
    line(on, MARGIN, y + SMALL / 2, first, SMALL, width=room)
    line(on, MARGIN, y - SMALL / 2, " ".join(rest), SMALL, width=room)


def _numbers(one: Mapping[str, Any]) -> str:
    return letters(f"{one['value']} · {one['count']}")


def _png(pdf: bytes) -> bytes:
    page = pypdfium2.PdfDocument(pdf)[0]
    into = BytesIO()
    page.render(scale=SCALE).to_pil().convert("P", colors=64).save(into, "PNG", optimize=True)
    return into.getvalue()
