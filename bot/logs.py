"""What is written down while the bot runs: events with ids and counts. No token and nothing like a NIK gets out."""

import json
import logging
import re
import sys
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, Literal

from storage.numbers import NIK_LENGTH, mask

OURS = ("bot", "handlers", "storage", "locales")
QUIET = ("httpx", "httpcore", "aiohttp.access", "telegram", "asyncio")
TOKEN = re.compile(r"\d+(?::|%3A)[\w-]{30,}", re.ASCII)
# What is no NIK by its shape: an id of ours, Telegram's of a tap, and when a backup was made and of which bot.
KEPT = re.compile(r"((?<![0-9])[1-9][0-9]{17,18}(?![0-9])|jekduk-[0-9]{8}T[0-9]{6}Z(?:-[0-9]{1,12})?(?![0-9]))")
ESCAPED = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|x[0-9A-Fa-f]{2}|[abfnrtv])")  # as repr() writes it
ORDINARY = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def begin(form: Literal["text", "json"], level: str = "info") -> None:
    """Log to standard error from now on, what is as grave as `level` or graver."""
    handler = _Guarded(sys.stderr)
    handler.setFormatter(_Json() if form == "json" else _Text())
    logging.basicConfig(level=max(logging.INFO, _number(level)), handlers=[handler], force=True)
    for name in OURS:
        # Of others' debugging nothing is told at any level: aiosqlite's holds what people wrote.
        logging.getLogger(name).setLevel(_number(level))
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, _number(level)))
    # Of a stranger who speaks no HTTP it tells the address, with a traceback; of what is ours `web.rendering` tells.
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)
    logging.getLogger("asyncpg.pool").setLevel(logging.ERROR)  # a traceback for each second that a server is away
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # it warns each second while a job takes longer than one


def _number(level: str) -> int:
    return logging.getLevelNamesMapping()[level.upper()]


def told(error: BaseException) -> str:
    """What an error is and says, in one line; for those of a database or a network, which quote nobody."""
    says = next(iter(str(error).splitlines()), "")
    code = getattr(error, "sqlite_errorname", "") or getattr(error, "sqlstate", "") or ""
    return " ".join(filter(None, (f"{type(error).__name__}:" if says else type(error).__name__, says, code)))


def redact(text: str) -> str:
    """The text without what must never be in a log, whoever wrote it. Ids stay, and a date is no part of a NIK."""
    text = TOKEN.sub("<token>", text)
    if text.isascii() and sum(map(text.count, "0123456789")) < NIK_LENGTH:
        return text
    plain = ESCAPED.sub(_meant, text)
    # Every other part is kept. The words of a whole traceback have digits enough to look like a NIK by chance.
    parts = [part if i % 2 else _masked(part) for i, part in enumerate(KEPT.split(plain))]
    return text if (masked := "".join(parts)) == plain else masked


def _meant(escape: re.Match[str]) -> str:
    sign = escape[0].encode().decode("unicode_escape")
    return sign if sign.isprintable() else " "


def _masked(text: str) -> str:
    return mask("\n".join(map(mask, text.split("\n"))), through_words=False)


class _Guarded(logging.StreamHandler[Any]):
    """Says that a line could not be written, and not what would have stood in it, as the library does."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # the library's name
        error = sys.exc_info()[0]
        with suppress(Exception):
            self.stream.write(f"a line of {record.name} could not be written ({error.__name__ if error else '?'})\n")


class _Text(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        facts = "".join(f" {name}={_clean(value)}" for name, value in _extra(record).items())
        line = f"{_moment(record)} {record.levelname} {record.name}: {redact(record.getMessage())}{facts}"
        return "\n".join(filter(None, (line, redact(_error(self, record)))))


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {"at": _moment(record), "level": record.levelname.lower(), "from": record.name}
        line |= {"event": record.getMessage()} | _extra(record)
        error = _error(self, record)
        # Redacted before they are quoted: afterwards a bare number of 16 digits would no longer be JSON.
        line |= {"error": error} if error else {}
        return json.dumps({name: _clean(value) for name, value in line.items()}, ensure_ascii=False, default=str)


def _clean(value: Any) -> Any:
    shown = str(value)
    return value if redact(shown) == shown else redact(shown)


def _extra(record: logging.LogRecord) -> dict[str, Any]:
    return {name: value for name, value in vars(record).items() if name not in ORDINARY}


def _moment(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _error(formatter: logging.Formatter, record: logging.LogRecord) -> str:
    return formatter.formatException(record.exc_info) if record.exc_info else ""
