"""Brings new sentences of the code into the catalogs, and takes out those that are no longer said."""

import re
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

HOME = Path(__file__).parent.parent
ROOMS = ("bot", "handlers", "storage", "locales")
MARKS: dict[str, tuple[int, ...] | None] = {"t": None, "_": None, "n": (1, 2)}
# What Babel writes into every header, though nobody here reads it and some of it changes each time.
_NOISE = re.compile(
    r'^"(Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Last-Translator|Generated-By):.*\n', re.MULTILINE
)


def spoken() -> Catalog:
    """Every sentence of the code, in the order of the code."""
    said = Catalog()
    for room in ROOMS:
        for _, _, sentence, _, _ in extract_from_dir(HOME / room, keywords=MARKS):
            said.add(sentence)
    return said


def update_all(root: Path = HOME / "locales") -> None:
    for path in sorted(root.glob("*/LC_MESSAGES/*.po")):
        _update(path, spoken())


def _update(path: Path, said: Catalog) -> None:
    with path.open("rb") as text:
        catalog = read_po(text, locale=path.parts[-3])
    catalog.update(said, no_fuzzy_matching=True)
    written = BytesIO()
    write_po(written, catalog, width=120, ignore_obsolete=True)
    quiet = _NOISE.sub("", written.getvalue().decode()).replace("Version:  ", "Version: ")
    path.write_text(quiet.rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    update_all()
