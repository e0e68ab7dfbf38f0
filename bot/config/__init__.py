"""What the settings say: read once for every command, checked whole, and their secrets never shown again."""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, get_args
from urllib.request import proxy_bypass_environment  # type: ignore[attr-defined]  # typeshed does not know it

from bot import addresses
from bot.addresses import LOOPBACK, TELEGRAM, quotable
from bot.config import environ
from storage import check_url

TOKEN = re.compile(r"[1-9]\d*:[\w-]+", re.ASCII)
UNSEEN = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
Format = Literal["text", "json"]
Switch = Literal["no", "yes"]
Level = Literal["debug", "info", "warning", "error"]


class WrongSettings(ValueError):
    """Settings that cannot be used; `faults` are sentences that say what to write instead."""

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class Secret:
    """What is told to nobody by accident: whoever needs it asks to `reveal` it."""

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return "Secret(…)"


class Setting(NamedTuple):
    """What a setting is, and how what is written becomes its value: `read` raises ValueError with what to write."""

    description: str
    read: Callable[[str], Any] = str


def _token(text: str) -> Secret:
    if not TOKEN.fullmatch(text):
        raise ValueError("this is not a bot token; write it as @BotFather gave it, such as 123456789:AAE…")
    return Secret(text)


def _contents(file: str) -> Secret:
    try:
        text = Path(file).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        # The name is not repeated: it may be the token itself, written into the wrong setting.
        raise ValueError(f"cannot be read ({_reason(error)}); name a file with nothing but the token in it") from None
    return _token(text.strip())


def _number(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not least <= int(text) <= most:
            raise ValueError(text)
        return int(text)

    return read


def _one_of(choices: tuple[str, ...]) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in choices:
            raise ValueError(text)
        return text

    return read


def _level(text: str) -> str:
    return _one_of(get_args(Level))(text.lower())


def _database(url: str) -> str:
    return addresses.database(check_url(addresses.lowered(url)))


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or type(error).__name__


def _file(name: str) -> Path:
    path, shown, other = Path(name), quotable(name), "name a district file, or leave it out for Petungkriyono's"
    try:
        if path.exists() and not path.is_file():
            raise ValueError(f"{shown} is no file; {other}")  # a pipe would be waited for
        path.open("rb").close()
    except FileNotFoundError:
        raise ValueError(f"there is no file {shown}; {other}") from None
    except OSError as error:
        raise ValueError(f"{shown} cannot be read ({error.strerror}); {other}") from None
    return path


def _recipients(text: str) -> str:
    if "SECRET" in text.upper() or "PRIVATE" in text.upper():
        raise ValueError("this is the key that opens backups; write the public one that belongs to it, such as age1…")
    if any(not one.strip() or one.strip().startswith("-") for one in text.split(",")):
        raise ValueError("write public keys of age, or what gpg knows of a key, with commas between them")
    return text


def _pinged(text: str) -> Secret:
    if not addresses.is_http(text):
        raise ValueError("write a whole address, such as https://hc-ping.com/ and what identifies you there")
    return Secret(text)


_port = _number(1, addresses.HIGHEST_PORT)


@dataclass(frozen=True, kw_only=True, repr=False)  # some hold what nobody is to see
class Settings:
    """How this process is set up. Built by name it asks no environment; `read` does."""

    # What is kept is what stands in the file.
    telegram_bot_token_file: Annotated[Secret | None, Setting("instead of it: a file with the token", _contents)] = None
    telegram_bot_token: Annotated[Secret | None, Setting("what @BotFather gave you", _token)] = None
    telegram_api_url: Annotated[str, Setting("another Bot API server: your own, or the sandbox", addresses.server)] = (
        TELEGRAM
    )
    database_url: Annotated[str, Setting("`sqlite:///file` or `postgresql://user@host/name`", _database)] = (
        "sqlite:///jekduk.db"
    )
    district_file: Annotated[Path | None, Setting("your district's TOML file instead of Petungkriyono's", _file)] = None
    port: Annotated[int | None, Setting("`/healthz` and `/metrics` at this port", _port)] = None
    health_host: Annotated[
        str, Setting("the address at which they listen; in a container `0.0.0.0`", addresses.listening)
    ] = LOOPBACK
    page_url: Annotated[
        str | None, Setting("where browsers find the head's page, such as `https://jekduk.example.id`", addresses.page)
    ] = None
    page_port: Annotated[int, Setting("the page at this port, for the proxy at `PAGE_URL`", _port)] = 8766
    page_host: Annotated[
        str, Setting("the address at which it listens; in a container `0.0.0.0`", addresses.listening)
    ] = LOOPBACK
    page_proxy: Annotated[
        str | None,
        Setting("that proxy's own address, such as `127.0.0.1`: it says from where visitors come", addresses.proxies),
    ] = None
    ping_url: Annotated[
        Secret | None, Setting("an address asked for each minute while nothing is wrong (healthchecks.io)", _pinged)
    ] = None
    feeds: Annotated[
        Switch,
        Setting("`yes` serves feeds for other systems beside the page (docs/feeds.md)", _one_of(get_args(Switch))),
    ] = "no"
    backup_dir: Annotated[Path | None, Setting("a folder for a backup each day", addresses.path)] = None
    backup_keep: Annotated[int, Setting("how many of them stay", _number(1, 90))] = 14
    backup_recipient: Annotated[
        str | None,
        Setting("who can open them: public keys of age (`age1…`) or gpg; else they are plain", _recipients),
    ] = None
    log_format: Annotated[Format, Setting("`text` or `json`", _one_of(get_args(Format)))] = "text"
    log_level: Annotated[
        Level, Setting("`debug`, `info`, `warning` or `error`: what is told from there on", _level)
    ] = "info"
    https_proxy: Annotated[
        str | None, Setting("a proxy on the way to Telegram, such as `http://proxy:3128`", addresses.proxy)
    ] = None
    http_proxy: Annotated[
        str | None, Setting("the same for a Bot API server at an `http://` address", addresses.proxy)
    ] = None
    all_proxy: Annotated[
        str | None, Setting("the same for both, where the one of its kind is not set", addresses.proxy)
    ] = None
    no_proxy: Annotated[str | None, Setting("hosts that are asked directly all the same")] = None

    sms_gateway: Annotated[
        str | None, Setting("a telephone that sends SMS for us, such as `http://127.0.0.1:8080`", addresses.gateway)
    ] = None
    sms_user: Annotated[str | None, Setting("the user that it shows on its first page")] = None
    sms_password: Annotated[Secret | None, Setting("the password beside it", Secret)] = None
    sms_signing_key: Annotated[Secret | None, Setting("the key with which it signs what it tells us", Secret)] = None
    sms_port: Annotated[int, Setting("where it tells us of SMS", _port)] = 8767
    sms_host: Annotated[
        str, Setting("the address at which we hear it; in a container `0.0.0.0`", addresses.listening)
    ] = LOOPBACK

    @property
    def token(self) -> str:
        """The secret itself, for the HTTP client alone; nothing if there is none."""
        secret = self.telegram_bot_token or self.telegram_bot_token_file
        return secret.reveal() if secret else ""

    def proxy_to(self, url: str) -> str | None:
        """What stands between us and an address, if anything does."""
        if self.no_proxy and proxy_bypass_environment(addresses.shown(url), {"no": self.no_proxy}):
            return None
        return (self.https_proxy if url.startswith("https:") else self.http_proxy) or self.all_proxy

    @property
    def proxy(self) -> str | None:
        """What stands between us and the Bot API server."""
        return self.proxy_to(self.telegram_api_url)

    @property
    def database_file(self) -> Path | None:
        """The file that holds the register, if one does."""
        scheme, _, path = self.database_url.partition(":///")
        return Path(path) if scheme == "sqlite" else None


HOW: dict[str, Setting] = {one.name: get_args(one.type)[1] for one in fields(Settings)}
NAMES = tuple(map(str.upper, HOW))
WRITE = {
    "port": f"write a number from 1 to {addresses.HIGHEST_PORT}, such as 8765",
    "page_port": f"write a number from 1 to {addresses.HIGHEST_PORT}, such as 8766",
    "sms_port": f"write a number from 1 to {addresses.HIGHEST_PORT}, such as 8767",
    "backup_keep": "write how many backups stay, such as 14; 90 at most, as /privasi says",
    "feeds": "write yes or no",
    "log_format": "write text or json",
    "log_level": "write debug, info, warning or error",
}


def read(*, token: bool = True) -> Settings:
    """The settings in the environment, and in a file .env beside us. Raises WrongSettings with every fault at once."""
    written = environ.read(os.environ, Path(".env"), NAMES)
    if written.unreadable:
        raise WrongSettings(written.unreadable)
    faults = list(written.faults)
    if os.environ.get("WEBHOOK_URL"):
        faults.append("WEBHOOK_URL: webhooks come later; leave it out, and the bot fetches its updates itself")
    values, wrong = _understood(written.values)
    wrong = _at_odds(written.values, token=token) | wrong
    faults += [f"{name.upper()}{wrong[name]}" for name in HOW if name in wrong]
    if faults:
        raise WrongSettings(*faults)
    return Settings(**values)


def elsewhere(settings: Settings, **values: str) -> Settings:
    """The same but for some values. Raises WrongSettings for one that cannot be used."""
    changed, wrong = _understood(values)
    if wrong:
        raise WrongSettings(*(f"{name.upper()}{said}" for name, said in wrong.items()))
    return replace(settings, **changed)


def _understood(written: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """The values, and what is to be said about those that cannot be used, by the settings' names."""
    values, wrong = {}, {}
    for name, text in written.items():
        if UNSEEN.search(text):
            wrong[name] = ": there is a sign in it that nobody sees; delete the line, and type it anew"
            continue
        try:
            values[name] = HOW[name].read(text)
        except ValueError as error:
            wrong[name] = f" is {quotable(text)}: {WRITE[name]}" if name in WRITE else f": {error}"
    return values, wrong


def _at_odds(written: Mapping[str, str], *, token: bool) -> dict[str, str]:
    """What is to be said about those that are missing, or do not go together."""
    tokens = {"telegram_bot_token", "telegram_bot_token_file"} & written.keys()
    keys = {"sms_user", "sms_password", "sms_signing_key"} - written.keys() if "sms_gateway" in written else ()
    found = dict.fromkeys(keys, ": missing; the app on the telephone shows it, and SMS_GATEWAY needs it")
    if len(tokens) > 1:
        found["telegram_bot_token"] = ": it is given twice; keep either this or TELEGRAM_BOT_TOKEN_FILE"  # noqa: S105  # none
    elif token and not tokens:
        write = "write what @BotFather gave you, or name a file with it in TELEGRAM_BOT_TOKEN_FILE"
        found["telegram_bot_token"] = f": missing; {write}"
    return found


def of_logs() -> Settings:
    """How to log, as far as it is set: for telling what is wrong with all the rest."""
    written = environ.read(os.environ, Path(".env"), NAMES).values
    values, _ = _understood({name: written[name] for name in ("log_format", "log_level") if name in written})
    return Settings(**values)


def vanishing(url: str, environ: Mapping[str, str], home: Path = Path("/app")) -> str:
    """Why this database would be gone after a restart, as far as one can tell from here; else nothing."""
    if not url.startswith("sqlite"):
        return ""
    if "DYNO" in environ:
        return "DATABASE_URL: a dyno loses its files at every restart; add a PostgreSQL and name it here"
    folder = Path(os.path.realpath(url.removeprefix("sqlite:///"))).parent  # resolve() fails in a loop of links
    inside = [place for place in (folder, *folder.parents) if place.is_relative_to(home)]
    if inside and not any(place.is_mount() for place in inside):
        return f"DATABASE_URL: {folder} goes with its container; mount a volume there, or name a PostgreSQL"
    return ""
