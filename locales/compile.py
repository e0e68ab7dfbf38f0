"""Turns the catalogs people edit (.po) into the ones gettext reads (.mo)."""

import secrets
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

HERE = Path(__file__).parent


def compile_all(root: Path = HERE) -> int:
    """Compile every catalog under `root`; answers how many there were."""
    catalogs = sorted(root.glob("*/LC_MESSAGES/*.po"))
    for source in catalogs:
        _compile(source)
    return len(catalogs)


def _compile(source: Path) -> None:
    with source.open("rb") as text:
        catalog = read_po(text, locale=source.parts[-3])
    unfinished = source.with_suffix(f".{secrets.token_hex(4)}.mo.tmp")  # each process its own
    with unfinished.open("wb") as binary:
        write_mo(binary, catalog)
    unfinished.replace(source.with_suffix(".mo"))  # a process that starts meanwhile never reads half a catalog


if __name__ == "__main__":
    print(compile_all(), "catalogs compiled")
