"""Names in .env and in the environment that were misspelt are told with what was meant; others' are others'."""

import os
import tomllib
from pathlib import Path

import pytest

from bot.config import NAMES, environ


def read(tmp_path: Path, text: str | bytes = "", **outside: str) -> environ.Written:
    file = tmp_path / ".env"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return environ.read(outside, file, NAMES)


@pytest.mark.parametrize(
    "name, meant",
    [
        ("DATABSE_URL", "DATABASE_URL"), ("DATABASE_URI", "DATABASE_URL"), ("DATABASEURL", "DATABASE_URL"),
        ("DB_URL", "DATABASE_URL"), ("database", "DATABASE_URL"), ("TELEGRAM_BOT_TOKN", "TELEGRAM_BOT_TOKEN"),
        ("TELEGRAM_TOKEN", "TELEGRAM_BOT_TOKEN"), ("BOT_TOKEN", "TELEGRAM_BOT_TOKEN"),
        ("TELEGRAM_BOT_TOKEN_FIEL", "TELEGRAM_BOT_TOKEN_FILE"), ("TELEGRAM-BOT-TOKEN", "TELEGRAM_BOT_TOKEN"),
        ("TELEGRAM_API", "TELEGRAM_API_URL"), ("DISTRICT", "DISTRICT_FILE"), ("PROT", "PORT"), ("JEKDUK_PORT", "PORT"),
        ("HEALTH_PORT", "PORT"), ("PROXY", "HTTPS_PROXY"), ("PROXY_URL", "HTTPS_PROXY"),
        ("POSTGRES_URL", "DATABASE_URL"), ("POSTGRESQL_DSN", "DATABASE_URL"), ("PG_URI", "DATABASE_URL"),
        ("SQLITE_URL", "DATABASE_URL"), ("HEALTHCHECKS_URL", "PING_URL"),
        ("SM_USER", "SMS_USER"), ("BAKUP_DIR", "BACKUP_DIR"), ("PAGE_URI", "PAGE_URL"),
        ("LOGLEVEL", "LOG_LEVEL"), ("LOG_FROMAT", "LOG_FORMAT"), ("HTTPS_PROXI", "HTTPS_PROXY"),
    ],
)  # fmt: skip
def test_a_misspelt_name_is_told_with_what_was_meant(tmp_path, name, meant):
    [fault] = read(tmp_path, f"\n{name}=s3cret\n").faults
    assert fault == f"{name.upper()}: there is no such setting; write {meant} (.env, line 2)"


@pytest.mark.parametrize(
    "name, told",
    [
        ("TELEGRAM_CHAT_ID", "or write one of TELEGRAM_BOT_TOKEN_FILE, TELEGRAM_BOT_TOKEN, TELEGRAM_API_URL (.env"),
        ("BACKUP_PATH", "or write one of BACKUP_DIR, BACKUP_KEEP, BACKUP_RECIPIENT (.env"),
        ("LOG", "or write one of LOG_FORMAT, LOG_LEVEL (.env"),
        ("sms", "or write one of SMS_GATEWAY, "),
        ("PING", "or write one of PING_URL (.env"),
        ("JEKDUK_SPEED", "or write one of TELEGRAM_BOT_TOKEN_FILE, "),
        ("PAGE_DOMAIN", "or write one of"),
        ("PING_EVERY", "or write one of"),
        ("WEBHOOK_SECRET", "come later"),
    ],
)
def test_a_name_of_ours_that_means_nothing_is_told(tmp_path, name, told):
    [fault] = read(tmp_path, f"{name}=s3cret").faults
    assert told in fault
    assert "s3cret" not in fault


@pytest.mark.parametrize(
    "name",
    [
        "SOMEBODY_ELSES",
        "POSTGRES_PASSWORD",
        "POSTGRES_DB",
        "PGPASSWORD",
        "LOGNAME",
        "COMPOSE_PROJECT_NAME",
        "TZ",
        "PATH",
        "FTP_PROXY",
        "SENTRY_DSN",
        "PGPORT",
        "PGHOST",
        "SMTP_HOST",
        "SMTP_PORT",
        "SMTP_USER",
        "SMTP_PASSWORD",
        "DB_PASSWORD",
        "BASE_URL",
        "HTTPS_PORT",
    ],
)
def test_other_programs_names_are_theirs(tmp_path, name):
    assert read(tmp_path, f"{name}=thing").faults == ()
    assert read(tmp_path, **{name: "thing"}).faults == ()


@pytest.mark.parametrize(
    "name, ours",
    [
        ("POSTGRES_URL", "DATABASE_URL=sqlite:///a.db"), ("DB_DSN", "DATABASE_URL=sqlite:///a.db"),
        ("HEALTHCHECK_URL", "PING_URL=https://hc-ping.com/a"), ("METRICS_PORT", "PORT=8765"),
        ("PROXY", "https_proxy=p:1"),
    ],
)  # fmt: skip
def test_beside_our_own_setting_another_program_may_have_its_name_for_it(tmp_path, name, ours):
    assert read(tmp_path, f"{name}=thing\n{ours}").faults == ()
    key, _, value = ours.partition("=")
    assert read(tmp_path, f"{name}=thing", **{key: value}).faults == ()
    assert len(read(tmp_path, f"{name}=thing\n{key}=").faults) == 1


def test_in_the_environment_a_near_miss_is_told_where_the_setting_itself_is_missing(tmp_path):
    [fault] = read(tmp_path, DATABSE_URL="x").faults
    assert fault == "DATABSE_URL: there is no such setting; write DATABASE_URL"
    assert read(tmp_path, DATABSE_URL="x", DATABASE_URL="sqlite:///a.db").faults == ()
    assert read(tmp_path, TELEGRAM_CHAT_ID="1", JEKDUK_SERVICE_HOST="h").faults == ()


@pytest.mark.parametrize("line", ["TELEGRAM_BOT_TOKEN 710000000:AAx", 'PORT="8080', "just words"])
def test_a_line_that_cannot_be_understood_is_told_and_not_quoted(tmp_path, line):
    [fault] = read(tmp_path, f"# ours\n{line}\n").faults
    assert fault == ".env, line 2: cannot be understood; write NAME=value"


def test_what_cannot_be_understood_is_told_by_us_alone(tmp_path, caplog):
    assert read(tmp_path, "just words\n").faults
    assert caplog.messages == []


def test_a_setting_that_stands_twice_with_two_values_is_told(tmp_path):
    [fault] = read(tmp_path, "PORT=1\n\nTZ=a\nTZ=b\nport=2\nLOG_LEVEL=\nLOG_LEVEL=info\nFEEDS=no\nFEEDS='no'").faults
    assert fault == "PORT: it stands in .env twice, in lines 1 and 5; keep one of them"


@pytest.mark.parametrize(
    "text",
    [
        "export PORT=8080",
        "PORT = 8080",
        "PORT='8080'",
        "port=8080\r\n",
        "\ufeffPORT=8080",
        "PORT=8080 # health",
        "PORT=",
    ],
)
def test_every_way_to_write_it_is_read(tmp_path, text):
    found = read(tmp_path, text)
    assert (found.values.get("port", "8080"), found.faults) == ("8080", ())


def test_a_dollar_in_a_password_is_a_dollar(tmp_path):
    assert read(tmp_path, "DATABASE_URL=postgresql://u:a${b}c@h/d").values["database_url"].endswith("a${b}c@h/d")


def test_the_environment_comes_first_and_small_letters_before_capitals(tmp_path):
    found = read(tmp_path, "PORT=1\nHTTPS_PROXY=in-file", PORT="2", HTTPS_PROXY="capitals", https_proxy="small")
    assert found.values == {"port": "2", "https_proxy": "small"}


def test_bytes_that_are_no_text_are_told_with_their_line(tmp_path):
    found = read(tmp_path, b"PORT=1\n# caf\xe9\n", LOG_FORMAT="json")
    assert "line 2 is not text in UTF-8" in found.unreadable
    assert found.values == {"log_format": "json"}


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    (tmp_path / ".env").mkdir()
    assert "cannot be read (Is a directory)" in environ.read({}, tmp_path / ".env", NAMES).unreadable


def test_a_link_that_leads_nowhere_is_not_as_good_as_no_file(tmp_path):
    (tmp_path / ".env").symlink_to(tmp_path / "not-mounted")
    assert "is a link that leads nowhere; mount" in environ.read({}, tmp_path / ".env", NAMES).unreadable


def test_no_file_is_no_fault(tmp_path):
    assert environ.read({}, tmp_path / ".env", NAMES) == environ.Written({})


@pytest.mark.parametrize("text", ['a "b" c', r"\u0041 \" \n", "#1 $HOME ${x}", " é ꦗ= "])
def test_what_is_quoted_is_read_back_from_env_and_from_toml(tmp_path, text):
    said = environ.quoted(text)
    assert read(tmp_path, f"DISTRICT_FILE={said}\nPORT=1\n") == ({"district_file": text, "port": "1"}, (), "")
    assert tomllib.loads(f"name = {said}")["name"] == text


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / ".env")
    assert "is a pipe" in environ.read({}, tmp_path / ".env", NAMES).unreadable


def test_a_file_without_an_end_is_not_read_to_it(tmp_path):
    file = tmp_path / ".env"
    file.symlink_to("/dev/zero")
    assert "is larger than 64 KiB" in environ.read({}, file, NAMES).unreadable
    file.unlink()
    assert "is larger than 64 KiB" in read(tmp_path, "OTHER=1\n" * 50_000, LOG_FORMAT="json").unreadable
    assert read(tmp_path, f"PORT=1\n#{'x' * 60_000}").values == {"port": "1"}


@pytest.mark.parametrize("name", ["\ufeffPORT", "PO\u200bRT", "\u0420ORT", "\uff30\uff2f\uff32\uff34"])
def test_a_name_that_only_looks_like_one_is_told_to_do_so(tmp_path, name):
    [fault] = read(tmp_path, f"LOG_LEVEL=info\n{name}=8765\n").faults
    assert fault.startswith("PORT: a sign in this name is none of A to Z")
    assert fault.endswith("(.env, line 2)")


def test_a_setting_that_stands_once_more_without_a_value_is_told(tmp_path):
    [fault] = read(tmp_path, "PORT=1\nport=\n").faults
    assert fault == "PORT: it stands in .env twice, in lines 1 and 2; keep one of them"
    assert read(tmp_path, "PORT=\nPORT=1\n") == ({"port": "1"}, (), "")
