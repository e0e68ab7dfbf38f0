"""Settings: what is wrong is named at once, what is secret is never shown."""

import os
import subprocess
import sys
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from bot import config
from bot.config import Settings, WrongSettings
from bot.database.disk import vanishing

TOKEN = "710000000:AAtest-token-of-no-bot-there-is"


@pytest.fixture(autouse=True)
def empty(monkeypatch, tmp_path):
    """A shell in which nothing is set, in a folder without a file .env."""
    for name in [*map(str.lower, config.NAMES), "webhook_url"]:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def given(monkeypatch, **values: str) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name, value)


def faults(**how: bool) -> list[str]:
    with pytest.raises(WrongSettings) as wrong:
        config.read(**how)
    return list(wrong.value.faults)


def test_a_token_is_enough(monkeypatch):
    given(monkeypatch, TELEGRAM_BOT_TOKEN=TOKEN)
    settings = config.read()
    assert (settings.token, settings.telegram_api_url) == (TOKEN, "https://api.telegram.org")
    assert (settings.database_url, settings.port, settings.log_format) == ("sqlite:///jekduk.db", None, "text")


def test_all_that_is_wrong_is_named_at_once(monkeypatch):
    given(monkeypatch, PORT="abc", LOG_FORMAT="xml", DATABASE_URL="mysql://x", TELEGRAM_API_URL="x", DISTRICT_FILE="no")
    assert [fault.split(":")[0] for fault in faults()] == [
        "TELEGRAM_BOT_TOKEN",
        "TELEGRAM_API_URL",
        "DATABASE_URL",
        "DISTRICT_FILE",
        "PORT is 'abc'",
        "LOG_FORMAT is 'xml'",
    ]


@pytest.mark.parametrize(
    "name, value, told",
    [
        pytest.param("TELEGRAM_BOT_TOKEN", "", "write what @BotFather gave you", id="no-token"),
        pytest.param("TELEGRAM_BOT_TOKEN", "AAbot", "such as 123456789:AAE…", id="half-a-token"),
        pytest.param("TELEGRAM_BOT_TOKEN_FILE", "nowhere", "name a file with nothing but the token", id="no-such-file"),
        pytest.param("TELEGRAM_API_URL", "api.telegram.org", "such as https://api.telegram.org", id="no-scheme"),
        pytest.param("TELEGRAM_API_URL", "https://a.example/?x=1", "anything behind it", id="a-query"),
        pytest.param("TELEGRAM_API_URL", "https://api.telegram.org/bot", "anything behind it", id="the-librarys-own"),
        pytest.param("TELEGRAM_API_URL", f"http://a.example/bot{TOKEN}/", "anything behind it", id="with-its-token"),
        pytest.param("TELEGRAM_BOT_TOKEN", f"{TOKEN}\u200b", "nobody sees", id="a-zero-width-blank"),
        pytest.param("DATABASE_URL", "sqlite:///a\ufeff.db", "nobody sees", id="a-byte-order-mark"),
        pytest.param("DISTRICT_FILE", "a\x1b.toml", "nobody sees", id="an-escape"),
        pytest.param("DATABASE_URL", "sqlite:///\udcff.db", "not text in UTF-8; type it anew", id="no-text"),
        pytest.param("DATABASE_URL", "sqlite://jekduk.db", "write sqlite:///jekduk.db", id="two-slashes"),
        pytest.param("DATABASE_URL", "sqlite:///:memory:", "write sqlite:///jekduk.db", id="gone-when-closed"),
        pytest.param("DATABASE_URL", "sqlite:///", "write sqlite:///jekduk.db", id="no-file"),
        pytest.param("DATABASE_URL", "postgresql://", "postgresql://user@host/name", id="no-host"),
        pytest.param("DISTRICT_FILE", "kandangserang.toml", "leave it out for Petungkriyono's", id="no-district"),
        pytest.param("BACKUP_DIR", "~/copies", "write the whole path", id="a-tilde-is-a-folder"),
        pytest.param("BACKUP_DIR", "$HOME/copies", "write the whole path", id="a-dollar-is-a-folder"),
        pytest.param("DISTRICT_FILE", "/dev/zero", "'/dev/zero' is no file", id="no-end"),
        pytest.param("PORT", "0", "write a number from 1 to 65535", id="no-port"),
        pytest.param("LOG_FORMAT", "JSON", "write text or json", id="capitals"),
        pytest.param("WEBHOOK_URL", "https://bot.example", "webhooks come later", id="a-webhook"),
    ],
)
def test_each_fault_says_what_to_write(monkeypatch, name, value, told):
    given(monkeypatch, TELEGRAM_BOT_TOKEN="" if name.startswith("TELEGRAM_BOT") else TOKEN)
    given(monkeypatch, **{name: value})
    [fault] = faults()
    assert fault.startswith(name)
    assert told in fault


@pytest.mark.parametrize(
    "url",
    ["sqlite:///town.db", "sqlite:////var/lib/town.db", "postgres://u:p@h/n", "postgresql:///n?host=/run/postgresql"],
)
def test_each_spelling_of_a_database_is_taken(monkeypatch, url):
    given(monkeypatch, DATABASE_URL=url)
    assert config.read(token=False).database_url == url


def test_the_token_may_stand_in_a_file(monkeypatch, tmp_path):
    (tmp_path / "token").write_text(f"{TOKEN}\n")
    given(monkeypatch, TELEGRAM_BOT_TOKEN_FILE=str(tmp_path / "token"))
    assert config.read().token == TOKEN


def test_a_file_without_a_token_is_refused(monkeypatch, tmp_path):
    (tmp_path / "token").write_text("later")
    given(monkeypatch, TELEGRAM_BOT_TOKEN_FILE=str(tmp_path / "token"))
    assert [fault.split(":")[0] for fault in faults()] == ["TELEGRAM_BOT_TOKEN_FILE"]


def test_one_token_is_given_not_two(monkeypatch, tmp_path):
    (tmp_path / "token").write_text(TOKEN)
    given(monkeypatch, TELEGRAM_BOT_TOKEN=TOKEN, TELEGRAM_BOT_TOKEN_FILE=str(tmp_path / "token"))
    assert faults() == ["TELEGRAM_BOT_TOKEN: it is given twice; keep either this or TELEGRAM_BOT_TOKEN_FILE"]


def test_a_file_beside_us_is_read_and_the_environment_comes_first(monkeypatch, tmp_path):
    (tmp_path / ".env").write_text(f"TELEGRAM_BOT_TOKEN={TOKEN}\nPORT=8080\nSOMEBODY_ELSES=thing\n")
    given(monkeypatch, PORT="9090")
    assert (config.read().token, config.read().port) == (TOKEN, 9090)


@pytest.mark.parametrize("left_out", ["SMS_USER", "SMS_PASSWORD", "SMS_SIGNING_KEY"])
def test_a_gateway_without_its_keys_is_refused(monkeypatch, left_out):
    keys = {"SMS_USER": "sms", "SMS_PASSWORD": "x", "SMS_SIGNING_KEY": "y"}
    del keys[left_out]
    given(monkeypatch, TELEGRAM_BOT_TOKEN=TOKEN, SMS_GATEWAY="http://127.0.0.1:8080", **keys)
    assert [fault.partition(":")[0] for fault in faults()] == [left_out]


def test_a_file_with_a_nul_in_it_is_no_error_nobody_expected(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_bytes(b"DATABASE_URL=sqlite:///a\0.db\n")
    given(monkeypatch, TELEGRAM_BOT_TOKEN=TOKEN)
    [fault] = faults()
    assert fault.startswith("DATABASE_URL: there is a sign in it that nobody sees")


def test_what_needs_no_token_asks_for_none():
    assert config.read(token=False).token == ""


@pytest.mark.parametrize("text", [repr, str, lambda settings: f"{settings!r} {vars(settings)}"])
def test_secrets_are_not_shown(monkeypatch, tmp_path, text):
    (tmp_path / "token").write_text(TOKEN)
    given(monkeypatch, TELEGRAM_BOT_TOKEN_FILE=str(tmp_path / "token"), DATABASE_URL="postgres://bot:s3cret@h/n")
    shown = text(config.read())
    assert TOKEN not in shown
    assert "s3cret" not in repr(config.read())


def test_a_token_in_the_wrong_place_is_not_repeated(monkeypatch):
    given(monkeypatch, TELEGRAM_BOT_TOKEN_FILE=TOKEN)
    assert TOKEN.split(":")[1] not in " ".join(faults())


@pytest.mark.parametrize("name", ["PORT", "LOG_FORMAT", "DISTRICT_FILE", "TELEGRAM_API_URL"])
def test_a_password_in_the_wrong_place_is_not_repeated(monkeypatch, name):
    given(monkeypatch, TELEGRAM_BOT_TOKEN=TOKEN, **{name: "postgresql://bot:s3cret@h/n?"})
    [fault] = faults()
    assert fault.startswith(name)
    assert "s3cret" not in fault


def test_what_was_understood_before_is_what_logs_go_by(monkeypatch, tmp_path):
    (tmp_path / ".env").write_text("LOG_LEVEL=Warning\nLOG_FORMAT=xml\nPORT=x\n")
    assert (config.of_logs().log_level, config.of_logs().log_format) == ("warning", "text")


def test_settings_do_not_change():
    with pytest.raises(FrozenInstanceError):
        Settings().port = 1  # type: ignore[misc]  # that is the point


def test_settings_built_by_name_ask_no_environment(monkeypatch):
    given(monkeypatch, PORT="8080")
    assert Settings().port is None


def test_a_dyno_keeps_no_file():
    assert "add a PostgreSQL" in vanishing("sqlite:///jekduk.db", {"DYNO": "worker.1"})
    assert vanishing("postgres://u@h/n", {"DYNO": "worker.1"}) == ""


def test_a_container_keeps_only_its_volumes(tmp_path):
    assert "mount a volume" in vanishing(f"sqlite:///{tmp_path}/data/jekduk.db", {}, home=tmp_path)
    assert vanishing("sqlite:////proc/jekduk.db", {}, home=Path("/proc")) == ""
    assert vanishing("sqlite:////srv/jekduk.db", {}, home=tmp_path) == ""


def test_a_secret_key_is_no_recipient_and_is_not_shown(monkeypatch):
    given(monkeypatch, BACKUP_RECIPIENT="AGE-SECRET-KEY-1QQQ")
    [fault] = faults(token=False)
    assert ("write the public one" in fault, "QQQ" in fault) == (True, False)
    given(monkeypatch, BACKUP_RECIPIENT="age1abc, --output")
    assert "write public keys of age" in faults(token=False)[0]


def test_a_port_of_two_of_ours_is_told_once_both_are_needed(monkeypatch):
    given(monkeypatch, PORT="8766", SMS_PORT="8766")
    assert config.read(token=False).port == 8766
    given(monkeypatch, PAGE_URL="https://jekduk.example.id")
    assert faults(token=False) == ["PAGE_PORT: 8766 is that of PORT already; write another"]
    given(monkeypatch, PAGE_HOST="127.0.0.2")
    assert config.read(token=False).page_port == 8766


def test_feeds_that_nothing_would_serve_are_told(monkeypatch):
    given(monkeypatch, FEEDS="yes")
    assert "set PAGE_URL" in faults(token=False)[0]
    given(monkeypatch, PAGE_URL="https://jekduk.example.id")
    assert config.read(token=False).feeds == "yes"


def test_a_token_may_come_from_an_editor_of_windows(monkeypatch, tmp_path):
    (tmp_path / "token").write_bytes(b"\xef\xbb\xbf" + TOKEN.encode() + b"\r\n")
    given(monkeypatch, TELEGRAM_BOT_TOKEN_FILE=str(tmp_path / "token"))
    assert config.read().token == TOKEN


def test_a_token_is_not_waited_for_but_a_shell_may_hand_one_over(monkeypatch, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    given(monkeypatch, TELEGRAM_BOT_TOKEN_FILE=str(tmp_path / "pipe"))
    assert "it is a pipe" in faults()[0]
    reads, writes = os.pipe()
    os.write(writes, TOKEN.encode())
    os.close(writes)
    given(monkeypatch, TELEGRAM_BOT_TOKEN_FILE=f"/dev/fd/{reads}")
    assert config.read().token == TOKEN
    os.close(reads)


def test_a_file_without_an_end_is_no_token(monkeypatch, tmp_path):
    given(monkeypatch, TELEGRAM_BOT_TOKEN_FILE="/dev/zero")
    assert "this is not a bot token" in faults()[0]
    (tmp_path / "token").write_text(f"{TOKEN}\n{' ' * 5000}")
    given(monkeypatch, TELEGRAM_BOT_TOKEN_FILE=str(tmp_path / "token"))
    assert "this is not a bot token" in faults()[0]


@pytest.mark.parametrize("name", ["/dev/stdin", "/proc/self/fd/0", "/dev/fd/0"])
def test_a_token_comes_through_a_pipe_as_soon_as_its_writer_has_it(name):
    reads = f"from bot import config; print('reads', flush=True); print(config.read().token == {TOKEN!r})"
    given = os.environ | {"TELEGRAM_BOT_TOKEN_FILE": name, "PYTHONPATH": str(Path(config.__file__).parents[2])}
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", reads], env=given, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "reads\n"
        assert process.communicate(TOKEN)[0] == "True\n"
