"""Draws one of each sheet for the documents: `python -m tests.paper.pictures`. Looked at before they are committed."""

from pathlib import Path

from bot.press.__main__ import draw
from tests.paper import scanner
from tests.paper.samples import everything

PICTURES = Path(__file__).parent.parent.parent / "docs" / "pictures"
DOTS = 80  # to the inch: enough to be read on a screen


def take() -> None:
    """Each sheet as a picture; of a booklet the first page of slips, as its cover holds no more than words."""
    for name, sheet in everything().items():
        pages = scanner.pictures(draw(sheet), DOTS)
        pages[1 if name == "booklet" else 0].convert("P", colors=32).save(PICTURES / f"paper-{name}.png", optimize=True)


if __name__ == "__main__":
    take()
