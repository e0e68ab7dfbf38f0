"""By which words people are heard: in the folder of each language a file, with its words and phrases of each kind."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from locales import CATALOGS, LANGUAGES

# What each is, locales/id/heard.toml says.
Kind = Literal[
    "lost", "lacking", "stop", "cancel", "cost", "privacy", "genuine", "fetch", "wrong", "hours", "unreceived",
    "taken", "when", "worry", "past", "needs", "where", "complaint", "thanks", "language", "forget", "help", "work",
    "greeting", "yes", "died", "death", "gone", "absent", "kin", "own", "place", "born", "birth", "moved", "move",
    "ours", "file", "paper", "slip", "code", "office", "damaged", "change", "new", "already", "done",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)
FILE = "heard.toml"
_PHRASE = re.compile(r"[a-z]+(?: [a-z]+)*\*?")


class WrongWords(ValueError):
    """A file of words that cannot be used; its text names every fault in it and what to write instead."""


@cache
def vocabulary(folder: Path = CATALOGS) -> Mapping[Kind, tuple[str, ...]]:
    """The words and phrases of each kind, of all languages that have a file; each that is spoken has one. What ends in
    * is the head of longer words. Raises WrongWords.
    """
    files = {folder / lang / FILE for lang in LANGUAGES} | set(folder.glob(f"*/{FILE}"))
    tables = [_read(file) for file in sorted(files)]
    return {kind: tuple(phrase for table in tables for phrase in _phrases(table[kind])) for kind in KINDS}


def _read(file: Path) -> dict[str, Any]:
    try:
        table = tomllib.loads(file.read_text("utf-8"))
    except OSError as error:
        raise WrongWords(f"{file}: {error.strerror}; install the bot anew, or write it as {FILE} of id is") from None
    except ValueError as error:  # no TOML, or no UTF-8
        raise WrongWords(f"{file}: {error}; mend it, or install the bot anew") from None
    if faults := "\n".join(f"{file}: {fault}" for fault in _faults(table)):
        raise WrongWords(faults)
    return table


def _faults(table: Mapping[str, Any]) -> Iterator[str]:
    for kind in KINDS:
        if kind not in table:
            yield f"{kind}: missing; write its words, or {kind} = '' if the language has none"
    for name, said in table.items():
        if name not in KINDS:
            yield f"{name}: no kind of words that anything asks for; take it out, or spell it as {FILE} of id does"
        for phrase in _phrases(said):
            if not _PHRASE.fullmatch(phrase):
                yield f'{name}: "{phrase}" is never heard; write small letters from a to z, and * at the end alone'


def _phrases(said: Any) -> list[str]:
    """What stands between commas, wherever lines are broken."""
    return [phrase for part in str(said).split(",") if (phrase := " ".join(part.split()))]
