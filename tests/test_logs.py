"""Logs: events with ids and counts, and nothing that must not outlive consent."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable

import pytest

from bot.logs import redact, told

TOKEN = "710000000:AAtest-token-of-no-bot-there-is"
NIK = "3326010101010001"

SCENE = f"""
import logging
from bot import logs
logs.begin("{{form}}")
log = logging.getLogger("bot.sender")
log.info("notice sent", extra={{{{"notice": 12, "tries": 1}}}})
log.warning("wrote %s", "https://api.telegram.org/bot{TOKEN}/getMe", extra={{{{"number": {NIK}}}}})
for name in ("httpx", "httpcore.http11", "aiohttp.access", "apscheduler.executors.default", "telegram.ext.Application"):
    logging.getLogger(name).info("chatter")
logging.getLogger("telegram.ext").warning("worth knowing")
try:
    raise ValueError("the family of {NIK} with {TOKEN.replace(":", "%3A")}")
except ValueError:
    log.exception("a handler failed")
"""


def logged(form: str) -> list[str]:
    run = subprocess.run([sys.executable, "-c", SCENE.format(form=form)], capture_output=True, text=True, check=True)
    assert run.stdout == ""
    return run.stderr.splitlines()


@pytest.fixture(scope="module", params=["text", "json"])
def lines(request):
    return logged(request.param)


def test_no_token_and_no_sixteen_digits_get_out(lines):
    assert TOKEN.split(":")[1] not in "\n".join(lines)
    assert NIK not in "\n".join(lines)


def test_what_was_not_secret_stays(lines):
    assert sum("a handler failed" in line for line in lines) == 1
    assert "the family of <16 digits> with <token>" in "\n".join(lines)


def test_libraries_are_quiet_until_something_is_wrong(lines):
    assert not any("chatter" in line for line in lines)
    assert any("worth knowing" in line for line in lines)


def test_facts_stand_behind_the_event():
    assert logged("text")[0].split(" ", 1)[1] == "INFO bot.sender: notice sent notice=12 tries=1"


def test_each_line_is_json_with_its_facts():
    first, second, *_, last = [json.loads(line) for line in logged("json")]
    assert first | {"at": ""} == {
        "at": "", "level": "info", "from": "bot.sender", "event": "notice sent", "notice": 12, "tries": 1,
    }  # fmt: skip
    assert second["number"] == "<16 digits>"
    assert last["error"].startswith("Traceback")


@pytest.mark.parametrize(
    "text, expected",
    [
        pytest.param(NIK, "<16 digits>", id="a-nik"),
        pytest.param(f"x{NIK}y", "x<16 digits>y", id="inside-a-word"),
        pytest.param("1795482600000", "1795482600000", id="a-time-stays"),
        pytest.param("7530712345678901234", "7530712345678901234", id="an-id-stays"),
        pytest.param(f"/bot{TOKEN}/x", "/bot<token>/x", id="a-token-in-a-path"),
        pytest.param("10:30", "10:30", id="a-time-of-day-stays"),
    ],
)
def test_what_is_redacted(text, expected):
    assert redact(text) == expected


class _Sqlstate(Exception):
    sqlstate = "53300"


@pytest.mark.parametrize(
    "error, words",
    [
        pytest.param(ValueError("one line\nDETAIL: another"), "ValueError: one line", id="one-line"),
        pytest.param(TimeoutError(), "TimeoutError", id="no-words"),
        pytest.param(_Sqlstate("too many clients"), "_Sqlstate: too many clients 53300", id="postgresql"),
        pytest.param(lambda: sqlite3.connect("/proc/no/x.db"), "unable to open database file", id="sqlite"),
    ],
)
def test_what_an_error_says_is_told_in_one_line(error, words):
    assert words in told(error if isinstance(error, Exception) else raised(error))


def raised(work: Callable[[], object]) -> Exception:
    with pytest.raises(sqlite3.Error) as caught:
        work()
    return caught.value


LEVELS = """
import logging
from bot import logs
logs.begin("text", "{level}")
for level in ("debug", "info", "warning", "error"):
    getattr(logging.getLogger("bot.sender"), level)("ours " + level)
    getattr(logging.getLogger("aiosqlite"), level)("theirs " + level)
"""


@pytest.mark.parametrize("level, ours, theirs", [("debug", 4, 3), ("info", 3, 3), ("warning", 2, 2), ("error", 1, 1)])
def test_the_level_is_ours_and_nobody_elses_debugging_is_told(level, ours, theirs):
    code = LEVELS.format(level=level)
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stderr
    assert (said.count("ours"), said.count("theirs")) == (ours, theirs)
