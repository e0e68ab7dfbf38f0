"""What all drawings share: letters that the printer has, text that fits its place, and the QR code in lines."""

import unicodedata
from collections.abc import Callable, Sequence
from io import BytesIO

import segno
from reportlab.lib.units import mm  # type: ignore[import-untyped]  # reportlab tells no types
from reportlab.lib.utils import simpleSplit  # type: ignore[import-untyped]  # as above
from reportlab.pdfbase.pdfmetrics import stringWidth  # type: ignore[import-untyped]  # as above
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]  # as above

PLAIN, BOLD = "Helvetica", "Helvetica-Bold"
LEADING = 1.2  # of a line, in sizes of its letters


def canvas(size: tuple[float, float]) -> tuple[Canvas, BytesIO]:
    """A new PDF, and where its bytes will be. It holds no date, so the same drawing is the same file."""
    into = BytesIO()
    return Canvas(into, pagesize=size, invariant=1, pageCompression=1), into


def letters(text: str) -> str:
    """The text in letters that every printer's Helvetica has: of Western Europe, é and è of Javanese among them."""
    return unicodedata.normalize("NFC", text).encode("cp1252", "replace").decode("cp1252")


def line(on: Canvas, x: float, y: float, text: str, size: float, font: str = PLAIN, width: float = 0) -> float:
    """Write one line, smaller if it would be wider than `width`; how wide it is."""
    text = letters(text)
    wide = stringWidth(text, font, size)
    if width and wide > width:
        size, wide = size * width / wide, width
    on.setFont(font, size)
    on.drawString(x, y, text)
    return float(wide)


def paragraph(
    on: Canvas, x: float, y: float, texts: Sequence[str], size: float, width: float, font: str = PLAIN
) -> float:
    """Write paragraphs below `y`; where the next one would begin."""
    on.setFont(font, size)
    for text in texts:
        for part in simpleSplit(letters(text), font, size, width):
            y -= size * LEADING
            on.drawString(x, y, part)
        y -= size * 0.35
    return y


def height(texts: Sequence[str], size: float, width: float, font: str = PLAIN) -> float:
    """How much room paragraphs take."""
    lines = sum(len(simpleSplit(letters(text), font, size, width)) for text in texts)
    return lines * size * LEADING + len(texts) * size * 0.35


def largest(fits: Callable[[float], bool], smallest: float) -> float:
    """The largest size of letters, from 1 downwards, in which something fits; the smallest where it fits in none."""
    sizes = (one / 100 for one in range(100, round(100 * smallest), -4))
    return next((size for size in sizes if fits(size)), smallest)


def badge(on: Canvas, right: float, y: float, text: str, size: float, edge: float) -> float:
    """White letters in a black box that ends at the `right`, with so much of an edge; how wide the box is."""
    text = letters(text)
    wide = 2 * edge + stringWidth(text, BOLD, size)
    on.roundRect(right - wide, y + 0.5 - edge, wide, size + edge + 0.5, 2, stroke=0, fill=1)
    on.setFillGray(1)
    line(on, right - wide + edge, y, text, size, BOLD)
    on.setFillGray(0)
    return float(wide)


def blank(on: Canvas, left: float, right: float, y: float) -> None:
    """A line to write on."""
    on.setLineWidth(0.6)
    on.line(left, y, right, y)


def code(on: Canvas, x: float, y: float, side: float, link: str) -> None:
    """Draw a QR code with its lower left corner there. A ninth of its side must stay white around it."""
    rows = list(segno.make(link, error="m", micro=False).matrix)
    module = side / len(rows)
    path = on.beginPath()
    for i, row in enumerate(rows):
        bottom = y + side - (i + 1) * module
        for start, length in _dark(row):
            path.rect(x + start * module, bottom, length * module, module)
    on.drawPath(path, stroke=0, fill=1)


def _dark(row: Sequence[int]) -> list[tuple[int, int]]:
    """(where, how many) of the dark modules that lie side by side: gaps between them would be seen."""
    found: list[tuple[int, int]] = []
    for at, dark in enumerate(row):
        if not dark:
            continue
        start, length = found[-1] if found else (-2, 0)
        if start + length == at:
            found[-1] = (start, length + 1)
        else:
            found.append((at, 1))
    return found


def cut(on: Canvas, x1: float, y1: float, x2: float, y2: float) -> None:
    """A line to cut along."""
    on.saveState()
    on.setLineWidth(0.4)
    on.setStrokeGray(0.55)
    on.setDash(2 * mm, 1.5 * mm)
    on.line(x1, y1, x2, y2)
    on.restoreState()
