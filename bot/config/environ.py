"""What is written for us in the environment and in a file .env, and which names there are misspelt."""

import json
import logging
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import get_close_matches
from io import StringIO
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

# First words of settings: what begins so in our file is meant for us.
OURS = ("TELEGRAM", "DATABASE", "DISTRICT", "LOG", "WEBHOOK", "JEKDUK", "PAGE", "PING", "SMS", "BACKUP")
# Close to a setting, and other programs'.
OTHERS = re.compile(r"(?:FTP|SOCKS)_PROXY|(?:BASE|IMAGE)_URL|SSL_PORT|POSTGRES_.*|PG[A-Z]+")
# What is nearer to another setting than to the one that is meant.
MEANT = (
    dict.fromkeys(("HEALTH_PORT", "HEALTHZ_PORT", "METRICS_PORT"), "PORT")
    | dict.fromkeys(("PROXY", "PROXY_URL"), "HTTPS_PROXY")
    | dict.fromkeys(("HEALTHCHECK_URL", "HEALTHCHECKS_URL"), "PING_URL")
)
A_DATABASE = re.compile(r"(?:DB|POSTGRES(?:QL)?|PG|SQLITE)_?(?:URL|URI|DSN)")
NEAR, VERY_NEAR = 0.75, 0.85  # how much two names have in common, of 1
SAME = 0.6  # the same of two words, if one is the other and mistyped
A_WORD = 5  # letters of which one may tell which setting was meant
LARGEST = 64 * 1024  # signs; a file .env of more holds something else, has no end, or takes its parser minutes


class Written(NamedTuple):
    """What is set, by the settings' names in small letters, and sentences about what cannot have been meant.

    `unreadable` says why a file that is there cannot be read; then the values are those of the environment alone.
    """

    values: Mapping[str, str]
    faults: tuple[str, ...] = ()
    unreadable: str = ""


def quoted(text: str) -> str:
    """A text as both a file .env and TOML read it back, whatever is in it."""
    return json.dumps(text, ensure_ascii=False)


def read(environ: Mapping[str, str], file: Path, names: Sequence[str]) -> Written:
    """Read both; the environment comes first, and what is empty counts as not set."""
    outside = _given(environ)
    try:
        text = _text(file)
    except ValueError as error:
        return Written(_ours(outside, names), unreadable=str(error))
    if not text:
        return Written(_ours(outside, names), tuple(_outside(environ, names, outside)))
    from dotenv import dotenv_values  # noqa: PLC0415  # only where there is such a file

    logging.getLogger("dotenv").setLevel(logging.ERROR)  # what it cannot read is told here, and once
    values = _given(dotenv_values(stream=StringIO(text), interpolate=False)) | outside
    return Written(_ours(values, names), (*_in_file(text, names, values), *_outside(environ, names, values)))


def _ours(values: Mapping[str, str], names: Sequence[str]) -> Mapping[str, str]:
    return {name: values[name] for name in map(str.lower, names) if name in values}


def _text(file: Path) -> str:
    try:
        if file.is_fifo():
            raise ValueError(f"{file} is a pipe, which would be waited for; write what is to be set into a file")
        with file.open(encoding="utf-8-sig") as opened:
            text = opened.read(LARGEST + 1)
        if len(text) > LARGEST:
            raise ValueError(
                f"{file} is larger than {LARGEST // 1024} KiB; write nothing but what is to be set into it"
            )
    except FileNotFoundError:
        if file.is_symlink():
            raise ValueError(f"{file} is a link that leads nowhere; mount what it leads to, or delete it") from None
        return ""
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ValueError(f"{file}: line {line} is not text in UTF-8; save the file with that encoding") from None
    except OSError as error:
        raise ValueError(f"{file}: cannot be read ({error.strerror}); whoever runs the bot must own the file") from None
    if text.count("\0") > len(text) // 3:  # what editors of Windows call Unicode may pass for UTF-8
        line = text[: text.index("\0")].count("\n") + 1
        raise ValueError(f"{file}: line {line} is not text in UTF-8; save the file with that encoding")
    return text


def _given(named: Mapping[str, str | None]) -> dict[str, str]:
    # Small letters last: where both spellings are set they count, as they do for proxies everywhere.
    small_last = sorted(named.items(), key=lambda item: item[0].islower())
    return {name: value for name, value in {name.lower(): value for name, value in small_last}.items() if value}


def _in_file(text: str, names: Sequence[str], values: Collection[str]) -> Iterator[str]:
    from dotenv.parser import parse_stream  # noqa: PLC0415  # as above

    seen: dict[str, tuple[int, str]] = {}
    for line in parse_stream(StringIO(text)):
        found, bare = line.original, line.original.string.lstrip()
        number = found.line + found.string[: len(found.string) - len(bare)].count("\n")
        if line.error or (line.key and line.value is None):
            # Not quoted: it may hold a secret.
            yield f".env, line {number}: cannot be understood; write NAME=value"
        elif line.key and (line.value or line.key.upper() in seen):
            name = line.key.upper()
            before, value = seen.setdefault(name, (number, line.value or ""))
            if name in names and value != line.value:
                yield f"{name}: it stands in .env twice, in lines {before} and {number}; keep one of them"
            elif fault := _lookalike(name, names) or _fault(name, names, values):
                yield f"{fault} (.env, line {number})"


def _outside(environ: Mapping[str, str], names: Sequence[str], values: Collection[str]) -> Iterator[str]:
    """In the environment there are many names: only those count that look like a setting which is not there."""
    missing = [name for name in names if name.lower() not in values and len(name) > A_WORD]
    for name in map(str.upper, environ):
        if name not in names and (near := _nearest(name, missing, VERY_NEAR)):
            yield f"{name}: there is no such setting; write {near}"


def _lookalike(name: str, names: Sequence[str]) -> str:
    """Of a name with signs that nobody sees, or that are not the letters they look like, as those of other scripts."""
    if name.isascii():
        return ""
    like = re.sub(r"[^\x00-\x7f]", ".?", normalize("NFKC", name))
    meant = next((one for one in names if re.fullmatch(like, one)), "")
    mend = (
        "a sign in this name is none of A to Z, though it may look so or not be seen; delete the line, and type it anew"
    )
    return meant and f"{meant}: {mend}"


def _fault(name: str, names: Sequence[str], values: Collection[str]) -> str:
    if name in names or _is_anothers(name, values):
        return ""
    known = name.removeprefix("JEKDUK_")
    if meant := known if known in names else _meant(known, names):
        return f"{name}: there is no such setting; write {meant}"
    if name.startswith("WEBHOOK_"):
        return f"{name}: webhooks come later; leave it out, and the bot fetches its updates itself"
    first = name.partition("_")[0]
    if first in OURS:
        near = [one for one in names if one.startswith(f"{first}_")] or names
        return f"{name}: there is no such setting; leave it out, or write one of {', '.join(near)}"
    return ""


def _is_anothers(name: str, values: Collection[str]) -> bool:
    """Whether it says to another program what ours is told by the setting itself."""
    meant = "DATABASE_URL" if A_DATABASE.fullmatch(name) else MEANT.get(name, "")
    return meant.lower() in values


def _meant(name: str, names: Sequence[str]) -> str:
    """The setting that whoever wrote this had in mind; nothing if it may as well be another program's."""
    if A_DATABASE.fullmatch(name):
        return "DATABASE_URL"
    if OTHERS.fullmatch(name):
        return ""
    if name in MEANT:
        return MEANT[name]
    words = {"DATABASE" if word == "DB" else word for word in re.split(r"[\W_]+", name)}
    whole = [setting for setting in names if words <= set(setting.split("_")) and len(name) >= A_WORD]
    if whole:
        return min(whole, key=lambda setting: setting.count("_"))
    return _nearest(name, names, NEAR)


def _nearest(name: str, names: Sequence[str], cutoff: float) -> str:
    """The one of which it is a misspelling; none if a word of it is quite another one: SMTP_PORT is none of SMS."""
    close = get_close_matches(name, names, cutoff=cutoff)
    return next((one for one in close if _are_alike(name.split("_"), one.split("_"))), "")


def _are_alike(words: Sequence[str], said: Sequence[str]) -> bool:
    pairs = zip(words, said, strict=False)
    return len(words) != len(said) or all(get_close_matches(word, [one], cutoff=SAME) for word, one in pairs)
