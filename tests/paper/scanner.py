"""Looks at printed pages as a scanner does: pictures of them, the codes and the words on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import dist

import zxingcpp
from PIL.Image import Image
from pypdfium2 import PdfDocument  # type: ignore[import-untyped]  # it tells none

INCH = 25.4  # mm
POINTS = 72  # to the inch


@dataclass(frozen=True, slots=True)
class Code:
    """What a QR code says, and how wide it is on paper, in mm."""

    text: str
    side: float


def pictures(pdf: bytes, dots: float = 150, scale: float = 1.0) -> list[Image]:
    """Each page, scanned with so many dots to the inch from a print at this scale."""
    return [page.render(scale=dots * scale / POINTS).to_pil() for page in PdfDocument(pdf)]


def codes(pdf: bytes, dots: float = 150, scale: float = 1.0) -> list[Code]:
    """Every QR code, page by page, from the top left to the bottom right."""
    return [code for picture in pictures(pdf, dots, scale) for code in _read(picture, dots)]


def _read(picture: Image, dots: float) -> Sequence[Code]:
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    half = picture.height / 2
    found.sort(key=lambda one: (one.position.top_left.y > half, one.position.top_left.x))
    return [Code(one.text, _side(one.position) / dots * INCH) for one in found]


def _side(at: zxingcpp.Position) -> float:
    return dist((at.top_left.x, at.top_left.y), (at.top_right.x, at.top_right.y))


def words(pdf: bytes) -> list[str]:
    """The text of each page, as a reader copies it."""
    return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in PdfDocument(pdf)]


def beyond_the_edge(pdf: bytes) -> str:
    """The letters that lie over an edge of their page or nearer to it than a printer can print (4 mm)."""
    lost, edge = "", 4 / INCH * POINTS
    for page in PdfDocument(pdf):
        text, (width, height) = page.get_textpage(), page.get_size()
        for i in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(i)
            inside = edge <= left <= right <= width - edge and edge <= bottom <= top <= height - edge
            letter = text.get_text_range(i, 1)
            lost += letter if letter.strip() and not inside else ""
    return lost
