"""Logs: events with ids and counts, and nothing that must not outlive consent."""

import json
import logging
import re
import sqlite3
import subprocess
import sys
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.logs import _Json, _Text, redact, told
from storage.numbers import MASK

TOKEN = "710000000:AAtest-token-of-no-bot-there-is"
NIK = "3326010101010001"
FORMS = [_Text, _Json]

SCENE = f"""
import logging
from bot import logs
logs.begin("{{form}}")
log = logging.getLogger("bot.sender")
log.info("notice sent", extra={{{{"notice": 12, "tries": 1}}}})
log.warning("wrote %s", "https://api.telegram.org/bot{TOKEN}/getMe", extra={{{{"number": {NIK}}}}})
for name in ("httpx", "httpcore.http11", "aiohttp.access", "apscheduler.executors.default", "telegram.ext.Application"):
    logging.getLogger(name).info("chatter")
logging.getLogger("aiohttp.server").error("Error handling request from 203.0.113.7")
logging.getLogger("asyncpg.pool").warning("Failed to restore the pool connection floor; retrying", exc_info=OSError())
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


def test_no_stranger_who_speaks_no_http_is_in_it(lines):
    assert "203.0.113.7" not in "\n".join(lines)


def test_a_server_that_is_away_is_no_traceback_each_second(lines):
    assert "connection floor" not in "\n".join(lines)


def test_what_was_not_secret_stays(lines):
    assert sum("a handler failed" in line for line in lines) == 1
    assert f"the family of {MASK} with <token>" in "\n".join(lines)


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
    assert second["number"] == MASK
    assert last["error"].startswith("Traceback")


@pytest.mark.parametrize(
    "text, expected",
    [
        pytest.param(NIK, MASK, id="a-nik"),
        pytest.param(f"x{NIK}y", f"x{MASK}y", id="inside-a-word"),
        pytest.param("1795482600000", "1795482600000", id="a-time-stays"),
        pytest.param("7530712345678901234", "7530712345678901234", id="an-id-stays"),
        pytest.param(f"/bot{TOKEN}/x", "/bot<token>/x", id="a-token-in-a-path"),
        pytest.param("10:30", "10:30", id="a-time-of-day-stays"),
        pytest.param(
            "update 1882699998232608772 chat 710000001", "update 1882699998232608772 chat 710000001", id="ids"
        ),
        pytest.param("waits for ('10.0.0.12', 5432)", "waits for ('10.0.0.12', 5432)", id="an-address"),
        pytest.param("3326/0101/0101/0001", MASK, id="slashes"),
        pytest.param("3326\n0101\n0101\n0001", MASK, id="lines"),
        pytest.param("3326 titik 0101 titik 0101 titik 0001", MASK, id="words-between"),
        pytest.param(repr("3326\u200b0101\n0101\u206700 01"), f"'{MASK}'", id="as-python-shows-it"),
        pytest.param(ascii("٣٣٢٦٠١٠١٠١٠١٠٠٠١"), f"'{MASK}'", id="as-python-spells-it"),
        pytest.param(f"{NIK} {2**60}", f"{MASK} {2**60}", id="beside-an-id"),
    ],
)
def test_what_is_redacted(text, expected):
    assert redact(text) == expected


SCRIPTS = ["0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "०१२३४५६७८९", "꧐꧑꧒꧓꧔꧕꧖꧗꧘꧙", "⁰¹²³⁴⁵⁶⁷⁸⁹"]
between = st.text(st.characters(exclude_categories=("L", "N", "Cs")), max_size=2)


@given(st.from_regex(r"[1-9][0-9]{15}", fullmatch=True), st.sampled_from(SCRIPTS), st.data(), st.sampled_from(FORMS))
def test_in_whatever_script_and_whatever_stands_between_sixteen_digits_are_not_written(digits, script, data, form):
    spelled = "".join(script[int(digit)] + data.draw(between) for digit in digits)
    failed = KeyError, KeyError(f"a {spelled} b"), None  # what it says is a repr
    said = {"msg": f"x {spelled} y"}, {"msg": "%s", "args": (spelled,)}, {"fact": spelled}, {"exc_info": failed}
    for secret in said:
        record = logging.makeLogRecord({"name": "bot.x", "levelno": 20, "levelname": "INFO", "msg": "", **secret})
        line = form().format(record).partition("bot.x")[2]
        assert sum(unicodedata.digit(sign, None) is not None for sign in re.sub(r"line \d+", "", line)) < 16
        assert "###" in line


@pytest.mark.parametrize("form", FORMS)
def test_the_name_of_a_backup_is_whole(form):
    name = "kept/jekduk-20261128T091527Z-710000000.db.age"
    record = logging.makeLogRecord({"msg": "backup made", "file": name, "of_anybody": f"{name}, {NIK}"})
    line = form().format(record)
    assert (line.count(name), NIK in line) == (2, False)
    assert NIK not in redact(f"jekduk-20261128T091527Z-7100{NIK}")


def test_a_line_that_cannot_be_written_is_not_quoted():
    code = f"import logging; from bot import logs; logs.begin('text'); logging.getLogger('bot.x').info('%d', '{NIK}')"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stderr
    assert said == "a line of bot.x could not be written (TypeError)\n"


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
