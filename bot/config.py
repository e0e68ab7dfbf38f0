"""What the settings say: read once for every command, checked whole, and their secrets never shown again."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, get_args
from urllib.request import proxy_bypass_environment  # type: ignore[attr-defined]  # typeshed does not know it

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)

from bot import addresses, environ
from bot.addresses import LOOPBACK, TELEGRAM, quotable
from storage import check_url

TOKEN = re.compile(r"[1-9]\d*:[\w-]+", re.ASCII)
Format = Literal["text", "json"]
Level = Literal["debug", "info", "warning", "error"]


class WrongSettings(ValueError):
    """Settings that cannot be used; `faults` are sentences that say what to write instead."""

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def _token(secret: SecretStr) -> SecretStr:
    if not TOKEN.fullmatch(secret.get_secret_value()):
        raise ValueError("this is not a bot token; write it as @BotFather gave it, such as 123456789:AAE…")
    return secret


def _contents(file: Any) -> SecretStr:
    try:
        return SecretStr(Path(file).read_text("utf-8").strip())
    except (OSError, UnicodeDecodeError) as error:
        # The name is not repeated: it may be the token itself, written into the wrong setting.
        raise ValueError(f"cannot be read ({_reason(error)}); name a file with nothing but the token in it") from None


def _small(text: str) -> str:
    return text.lower()  # pydantic reads the signature of str.lower() for 3 ms


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or type(error).__name__


def _file(path: Path) -> Path:
    name, other = quotable(str(path)), "name a district file, or leave it out for Petungkriyono's"
    try:
        path.open("rb").close()
    except FileNotFoundError:
        raise ValueError(f"there is no file {name}; {other}") from None
    except OSError as error:
        raise ValueError(f"{name} cannot be read ({error.strerror}); {other}") from None
    return path


T = TypeVar("T", str | None, SecretStr | None)
Token = Annotated[SecretStr, AfterValidator(_token)]
Proxy = Annotated[str, AfterValidator(addresses.proxy)]


class Settings(BaseModel):
    """How this process is set up. Built by name it asks no environment; `read` does."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    # Before the token itself, whose check looks at it. What is kept is what stands in the file.
    telegram_bot_token_file: Annotated[Token, BeforeValidator(_contents)] | None = Field(
        default=None, repr=False, description="instead of it: a file with the token"
    )
    telegram_bot_token: Token | None = Field(
        default=None, repr=False, validate_default=True, description="what @BotFather gave you"
    )
    telegram_api_url: Annotated[str, AfterValidator(addresses.server)] = Field(
        default=TELEGRAM, repr=False, description="another Bot API server: your own, or the sandbox"
    )
    database_url: Annotated[str, AfterValidator(check_url), AfterValidator(addresses.database)] = Field(
        default="sqlite:///jekduk.db", repr=False, description="`sqlite:///file` or `postgresql://user@host/name`"
    )
    district_file: Annotated[Path, AfterValidator(_file)] | None = Field(
        default=None, description="your district's TOML file instead of Petungkriyono's"
    )
    port: Annotated[int, Field(ge=1, le=addresses.HIGHEST_PORT)] | None = Field(
        default=None, description="`/healthz` and `/metrics` at this port"
    )
    health_host: Annotated[str, AfterValidator(addresses.listening)] = Field(
        default=LOOPBACK, description="the address at which they listen; in a container `0.0.0.0`"
    )
    page_url: Annotated[str, AfterValidator(addresses.page)] | None = Field(
        default=None, description="where browsers find the head's page, such as `https://jekduk.example.id`"
    )
    page_port: Annotated[int, Field(ge=1, le=addresses.HIGHEST_PORT)] = Field(
        default=8766, description="the page on 127.0.0.1 at this port, for the proxy at `PAGE_URL`"
    )
    backup_dir: Path | None = Field(default=None, description="a folder for a backup each day")
    backup_keep: Annotated[int, Field(ge=1, le=90)] = Field(default=14, description="how many of them stay")
    log_format: Format = Field(default="text", description="`text` or `json`")
    log_level: Annotated[Level, BeforeValidator(_small)] = Field(
        default="info", description="`debug`, `info`, `warning` or `error`: what is told from there on"
    )
    https_proxy: Proxy | None = Field(
        default=None, repr=False, description="a proxy on the way to Telegram, such as `http://proxy:3128`"
    )
    http_proxy: Proxy | None = Field(
        default=None, repr=False, description="the same for a Bot API server at an `http://` address"
    )
    no_proxy: str | None = Field(default=None, description="hosts that are asked directly all the same")

    sms_gateway: Annotated[str, AfterValidator(addresses.gateway)] | None = Field(
        default=None, repr=False, description="a telephone that sends SMS for us, such as `http://127.0.0.1:8080`"
    )
    sms_user: str | None = Field(
        default=None, repr=False, validate_default=True, description="the user that it shows on its first page"
    )
    sms_password: SecretStr | None = Field(
        default=None, repr=False, validate_default=True, description="the password beside it"
    )
    sms_signing_key: SecretStr | None = Field(
        default=None, repr=False, validate_default=True, description="the key with which it signs what it tells us"
    )
    sms_port: Annotated[int, Field(ge=1, le=addresses.HIGHEST_PORT)] = Field(
        default=8767, description="where it tells us of SMS, on 127.0.0.1"
    )

    @property
    def token(self) -> str:
        """The secret itself, for the HTTP client alone; nothing if there is none."""
        secret = self.telegram_bot_token or self.telegram_bot_token_file
        return secret.get_secret_value() if secret else ""

    @property
    def proxy(self) -> str | None:
        """What stands between us and the Bot API server, if anything does."""
        if self.no_proxy and proxy_bypass_environment(addresses.shown(self.telegram_api_url), {"no": self.no_proxy}):
            return None
        return self.https_proxy if self.telegram_api_url.startswith("https:") else self.http_proxy

    @property
    def database_file(self) -> Path | None:
        """The file that holds the register, if one does."""
        scheme, _, path = self.database_url.partition(":///")
        return Path(path) if scheme == "sqlite" else None

    @field_validator("telegram_bot_token")
    @classmethod
    def _one_token(cls, given: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        file = info.data.get("telegram_bot_token_file", SecretStr("a wrong one, which has a fault of its own"))
        if given and file:
            raise ValueError("it is given twice; keep either this or TELEGRAM_BOT_TOKEN_FILE")
        if info.context == NEEDS_TOKEN and not given and not file:
            raise ValueError(
                "missing; write what @BotFather gave you, or name a file with it in TELEGRAM_BOT_TOKEN_FILE"
            )
        return given

    @field_validator("sms_user", "sms_password", "sms_signing_key")
    @classmethod
    def _with_gateway(cls, given: T, info: ValidationInfo) -> T:
        if info.data.get("sms_gateway") and not given:
            raise ValueError("missing; the app on the telephone shows it, and SMS_GATEWAY needs it")
        return given


NEEDS_TOKEN = "with a token"  # noqa: S105  # it says whether one is needed
NAMES = tuple(name.upper() for name in Settings.model_fields)
CHOICES = {"log_format": get_args(Format), "log_level": get_args(Level)}
WRITE = {
    "port": f"write a number from 1 to {addresses.HIGHEST_PORT}, such as 8765",
    "page_port": f"write a number from 1 to {addresses.HIGHEST_PORT}, such as 8766",
    "sms_port": f"write a number from 1 to {addresses.HIGHEST_PORT}, such as 8767",
    "backup_keep": "write how many backups stay, such as 14; 90 at most, as /privasi says",
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
    try:
        settings = Settings.model_validate(written.values, context=NEEDS_TOKEN if token else None)
    except ValidationError as error:
        raise WrongSettings(*faults, *(_sentence(fault) for fault in error.errors())) from None
    if faults:
        raise WrongSettings(*faults)
    return settings


def elsewhere(settings: Settings, **values: str) -> Settings:
    """The same but for some values. Raises WrongSettings for one that cannot be used."""
    try:
        changed = Settings.model_validate(values)
    except ValidationError as error:
        raise WrongSettings(*(_sentence(fault) for fault in error.errors())) from None
    return settings.model_copy(update={name: getattr(changed, name) for name in values})


def _sentence(fault: Any) -> str:
    field = str(fault["loc"][0])
    if field in WRITE:
        return f"{field.upper()} is {quotable(str(fault['input']))}: {WRITE[field]}"
    return f"{field.upper()}: {fault['msg'].removeprefix('Value error, ')}"


def of_logs() -> Settings:
    """How to log, as far as it is set: for telling what is wrong with all the rest."""
    values = environ.read(os.environ, Path(".env"), NAMES).values
    chosen = {"log_format": values.get("log_format"), "log_level": values.get("log_level", "").lower()}
    return Settings.model_validate({name: value for name, value in chosen.items() if value in CHOICES[name]})


def vanishing(url: str, environ: Mapping[str, str], home: Path = Path("/app")) -> str:
    """Why this database would be gone after a restart, as far as one can tell from here; else nothing."""
    if not url.startswith("sqlite"):
        return ""
    if "DYNO" in environ:
        return "DATABASE_URL: a dyno loses its files at every restart; add a PostgreSQL and name it here"
    folder = Path(url.removeprefix("sqlite:///")).resolve().parent
    inside = [place for place in (folder, *folder.parents) if place.is_relative_to(home)]
    if inside and not any(place.is_mount() for place in inside):
        return f"DATABASE_URL: {folder} goes with its container; mount a volume there, or name a PostgreSQL"
    return ""
