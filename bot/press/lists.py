"""Lists on A4: the manifest of a bag, a village's board. As many pages as they need."""

from collections.abc import Mapping, Sequence
from html import escape
from io import BytesIO
from typing import Any

from reportlab.lib.colors import Color, black  # type: ignore[import-untyped]  # reportlab tells no types
from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]  # as above
from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]  # as above
from reportlab.lib.units import mm  # type: ignore[import-untyped]  # as above
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]  # as above
from reportlab.platypus import (  # type: ignore[import-untyped]  # as above
    KeepTogether,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
)

from bot.press.ink import BOLD, PLAIN, letters

MARGIN = 18 * mm
WIDTH = A4[0] - 2 * MARGIN
GREY = Color(0.75, 0.75, 0.75)


def draw(sheet: Mapping[str, Any]) -> bytes:
    """Title, facts, tables, notes, and lines to sign on."""
    into = BytesIO()
    paper = SimpleDocTemplate(
        into, pagesize=A4, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=MARGIN, invariant=1
    )  # fmt: skip
    story = [_text(sheet["title"], 20, BOLD, 8), *(_text(f"{name}: {value}", 11) for name, value in sheet["facts"])]
    for table in sheet["tables"]:
        story += [Spacer(0, 5 * mm), *_table(table)]
    story += [Spacer(0, 6 * mm), *(_text(one, 10, PLAIN, 2) for one in sheet["notes"])]
    if sheet["signatures"]:
        story.append(KeepTogether([Spacer(0, 8 * mm), _signatures(sheet["signatures"])]))
    paper.build(story, onFirstPage=_foot(sheet["title"]), onLaterPages=_foot(sheet["title"]))
    return into.getvalue()


def _text(text: str, size: float, font: str = PLAIN, after: float = 1, *, together: bool = False) -> Paragraph:
    """A paragraph; `together` with what comes next it stays on one page."""
    style = ParagraphStyle(
        "text", fontName=font, fontSize=size, leading=size * 1.25, spaceAfter=after, keepWithNext=int(together)
    )
    return Paragraph(escape(letters(text)), style)


def _table(table: Mapping[str, Any]) -> list[Any]:
    """Rows under a heading; the names of the columns are said again on each page. Widths are parts of the whole."""
    widths = [WIDTH * part / sum(table["widths"]) for part in table["widths"]]
    head = [table["columns"]] if table["columns"] else []
    rows = [
        [_text(cell, table["size"], BOLD if i < len(head) else PLAIN, 0) for cell in row]
        for i, row in enumerate(head + table["rows"])
    ]
    style = [
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("TOPPADDING", (0, 0), (-1, -1), 2.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, GREY),
        *([("LINEBELOW", (0, 0), (-1, 0), 1, black)] if head else []),
    ]
    heading = [_text(table["heading"], 13, BOLD, 3, together=True)] if table["heading"] else []
    return [*heading, Table(rows, widths, repeatRows=len(head), style=style, hAlign="LEFT")] if rows else heading


def _signatures(names: Sequence[Sequence[str]]) -> Table:
    """Side by side: what is signed for, then lines for hand, day and time."""
    heads, *lines = zip(*names, strict=True)
    rows = [[_text(one, 11, BOLD, 0) for one in heads], *([_text(one, 10) for one in line] for line in lines)]
    style = [
        ("TOPPADDING", (0, 1), (-1, -1), 9 * mm),
        *(("LINEBELOW", (c, 1), (c, -1), 0.6, black) for c in range(len(names))),
        ("RIGHTPADDING", (0, 0), (-1, -1), 8 * mm),
    ]
    return Table(rows, [WIDTH / len(names)] * len(names), style=style, hAlign="LEFT")


def _foot(title: str) -> Any:
    def write(on: Canvas, paper: Any) -> None:
        on.setFont(PLAIN, 8)
        on.drawString(MARGIN, 10 * mm, letters(title))
        on.drawRightString(A4[0] - MARGIN, 10 * mm, str(paper.page))

    return write
