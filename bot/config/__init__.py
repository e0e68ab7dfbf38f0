"""What the settings say: read once for every command, checked whole, and their secrets never shown again."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, get_args
from urllib.request import proxy_bypass_environment  # type: ignore[attr-defined]  # typeshed does not know it

from bot import addresses
from bot.addresses import HIGHEST_PORT, LOOPBACK, TELEGRAM, UNSEEN, quotable
from bot.config import environ, readers
from bot.config.readers import Level, Secret

__all__ = ["HOW", "NAMES", "PORTS", "Secret", "Settings", "WrongSettings", "elsewhere", "of_logs", "read"]

Format = Literal["text", "json"]
Switch = Literal["no", "yes"]


class WrongSettings(ValueError):
    """Settings that cannot be used; `faults` are sentences that say what to write instead."""

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class Setting(NamedTuple):
    """What a setting is, and what reads it: `read` raises ValueError, which says what to write if `write` does not."""

    description: str
    read: Callable[[str], Any] = str
    write: str = ""


def _port(description: str, such_as: int) -> Setting:
    return Setting(
        description, readers.number(1, HIGHEST_PORT), f"a number from 1 to {HIGHEST_PORT}, such as {such_as}"
    )


@dataclass(frozen=True, kw_only=True, repr=False)  # some hold what nobody is to see
class Settings:
    """How this process is set up. Built by name it asks no environment; `read` does."""

    # What is kept is what stands in the file.
    telegram_bot_token_file: Annotated[
        Secret | None, Setting("instead of it: a file with the token", readers.token_in)
    ] = None
    telegram_bot_token: Annotated[Secret | None, Setting("what @BotFather gave you", readers.token)] = None
    telegram_api_url: Annotated[str, Setting("another Bot API server: your own, or the sandbox", addresses.server)] = (
        TELEGRAM
    )
    database_url: Annotated[str, Setting("`sqlite:///file` or `postgresql://user@host/name`", readers.database)] = (
        "sqlite:///jekduk.db"
    )
    district_file: Annotated[
        Path | None, Setting("your district's TOML file instead of Petungkriyono's", readers.district_file)
    ] = None
    port: Annotated[int | None, _port("`/healthz` and `/metrics` at this port", 8765)] = None
    health_host: Annotated[
        str, Setting("the address at which they listen; in a container `0.0.0.0`", addresses.listening)
    ] = LOOPBACK
    page_url: Annotated[
        str | None, Setting("where browsers find the head's page, such as `https://jekduk.example.id`", addresses.page)
    ] = None
    page_port: Annotated[int, _port("the page at this port, for the proxy at `PAGE_URL`", 8766)] = 8766
    page_host: Annotated[
        str, Setting("the address at which it listens; in a container `0.0.0.0`", addresses.listening)
    ] = LOOPBACK
    page_proxy: Annotated[
        str | None,
        Setting("that proxy's own address, such as `127.0.0.1`: it says from where visitors come", addresses.proxies),
    ] = None
    ping_url: Annotated[
        Secret | None,
        Setting("an address asked for each minute while nothing is wrong (healthchecks.io)", readers.pinged),
    ] = None
    feeds: Annotated[
        Switch,
        Setting(
            "`yes` serves feeds for other systems beside the page (docs/feeds.md)",
            readers.one_of("no", "yes"),
            "yes or no",
        ),
    ] = "no"
    backup_dir: Annotated[Path | None, Setting("a folder for a backup each day", addresses.path)] = None
    backup_keep: Annotated[
        int,
        Setting(
            "how many of them stay",
            readers.number(1, 90),
            "how many backups stay, such as 14; 90 at most, as /privasi says",
        ),
    ] = 14
    backup_recipient: Annotated[
        str | None,
        Setting("who can open them: public keys of age (`age1…`) or gpg; else they are plain", readers.recipients),
    ] = None
    log_format: Annotated[Format, Setting("`text` or `json`", readers.one_of("text", "json"), "text or json")] = "text"
    log_level: Annotated[
        Level,
        Setting(
            "`debug`, `info`, `warning` or `error`: what is told from there on",
            readers.level,
            "debug, info, warning or error",
        ),
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
    sms_port: Annotated[int, _port("where it tells us of SMS", 8767)] = 8767
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
        """The file that holds the register, if one does. SQLite's log lies beside the file to which a link leads."""
        scheme, _, path = self.database_url.partition(":///")
        is_link = os.path.islink(path)  # noqa: PTH114  # that of Path fails on an ill disk
        return Path(os.path.realpath(path) if is_link else path) if scheme == "sqlite" else None


PORTS = (  # and the host that goes with each, and what has to be set that something listens there
    ("port", "health_host", "port"),
    ("page_port", "page_host", "page_url"),
    ("sms_port", "sms_host", "sms_gateway"),
)
HOW: dict[str, Setting] = {one.name: get_args(one.type)[1] for one in fields(Settings)}
NAMES = tuple(map(str.upper, HOW))


def read(*, token: bool = True) -> Settings:
    """The settings in the environment, and in a file .env beside us. Raises WrongSettings with every fault at once."""
    written = environ.read(os.environ, Path(".env"), NAMES)
    if written.unreadable:
        raise WrongSettings(written.unreadable)
    faults = list(written.faults)
    if os.environ.get("WEBHOOK_URL"):
        faults.append("WEBHOOK_URL: webhooks come later; leave it out, and the bot fetches its updates itself")
    values, wrong = _understood(written.values)
    wrong = _at_odds(written.values, token=token) | _taken(values) | wrong
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
        how = HOW[name]
        if any("\ud800" <= sign <= "\udfff" for sign in text):  # bytes that this process takes for no letters
            wrong[name] = ": it is not text in UTF-8; type it anew, or have this process speak it (LC_ALL=C.UTF-8)"
            continue
        if UNSEEN.search(text):
            wrong[name] = ": there is a sign in it that nobody sees; delete the line, and type it anew"
            continue
        try:
            values[name] = how.read(text)
        except ValueError as error:
            wrong[name] = f" is {quotable(text)}: write {how.write}" if how.write else f": {error}"
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
    if written.get("feeds") == "yes" and "page_url" not in written:
        found["feeds"] = ": they are served beside the page, and there is none; set PAGE_URL, or leave this out"
    return found


def _taken(values: Mapping[str, Any]) -> dict[str, str]:
    """What is to be said about a port at which something else of ours would listen already."""
    places, found = dict[tuple[Any, Any], str](), dict[str, str]()
    for name, host, needs in PORTS:
        place = values.get(host, LOOPBACK), values.get(name, getattr(Settings, name))
        if needs in values and (first := places.setdefault(place, name)) != name:
            found[name] = f": {place[1]} is that of {first.upper()} already; write another"
    return found


def of_logs() -> Settings:
    """How to log, as far as it is set: for telling what is wrong with all the rest."""
    written = environ.read(os.environ, Path(".env"), NAMES).values
    values, _ = _understood({name: written[name] for name in ("log_format", "log_level") if name in written})
    return Settings(**values)
