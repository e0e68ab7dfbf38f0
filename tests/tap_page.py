"""Writes docs/tap.md, a tap from thumb to thumb: `python -m tests.tap_page`."""

import asyncio
from collections.abc import Iterator
from importlib import import_module
from itertools import groupby
from operator import attrgetter, itemgetter
from pathlib import Path

from tests.trace import HOME, Function, tap, traced

PAGE = HOME / "docs" / "tap.md"
INTRO = """\
# A tap, from thumb to thumb

A courier taps ✅ on a family card; the card moves, three families hear of it. These are the functions of ours that
this crosses, in the order in which each is first called, with what it promises where its name does not say it. What
runs side by side stands where it began. `python -m tests.tap_page` writes this page, and a test compares it with the
code; [architecture.md](architecture.md) tells how the parts fit.
"""
CHAPTERS = {  # the function with which each begins
    "Poller.run": "It comes in",
    "Recorder.keep": "It is stored",
    "Dispatcher._work": "It is handled",
    "move": "The document moves",
    "answer_to": "The card changes",
    "Settler.put": "The update is settled, and the sender wakes",
    "claim": "The notices are claimed",
    "Delivery.deliver": "Each is put into words and sent",
    "Hand.came_back": "It is out",
}


def told(functions: list[Function]) -> Iterator[str]:
    """The lines of the page."""
    yield INTRO.rstrip()
    for (_, chapter), parts in groupby(_by_chapter(functions), key=itemgetter(0)):
        yield f"\n## {chapter}"
        for module, together in groupby((function for _, function in parts), key=attrgetter("module")):
            yield f"\n`{module.replace('.', '/')}.py`\n"
            yield from (f"- `{function.name}`{_promise(function)}" for function in together)


def _by_chapter(functions: list[Function]) -> Iterator[tuple[tuple[int, str], Function]]:
    n, chapter = 0, ""
    for function in functions:
        if function.name in CHAPTERS:
            n, chapter = n + 1, CHAPTERS[function.name]
        yield (n, chapter), function


def _promise(function: Function) -> str:
    found: object = import_module(function.module)
    for part in function.name.split("."):
        if part == "<locals>":
            return ""
        found = getattr(found, part, None)
    text = (getattr(found, "__doc__", None) or "").strip().split("\n\n")[0]
    return f": {' '.join(text.split())}" if text else ""


if __name__ == "__main__":
    path: Path = PAGE
    lines = told(asyncio.run(traced(tap)).functions)
    path.write_text("\n".join(lines).rstrip() + "\n", "utf-8")
