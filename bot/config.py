"""What the environment says: read once, checked whole, and its secrets never shown again."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal
from urllib.parse import urlsplit

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
from pydantic_settings import BaseSettings, SettingsConfigDict

from storage import check_url

TELEGRAM = "https://api.telegram.org"
TOKEN = re.compile(r"[1-9]\d*:[\w-]+", re.ASCII)


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


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or type(error).__name__


def _server(url: str) -> str:
    address = urlsplit(url)
    if address.scheme not in {"http", "https"} or not address.hostname or address.query or address.fragment:
        raise ValueError(f"write the address of a Bot API server without anything behind it, such as {TELEGRAM}")
    return url.rstrip("/")


def _file(path: Path) -> Path:
    if not path.is_file():
        raise ValueError(f"there is no file '{path}'; name a district file, or leave it out for Petungkriyono's")
    return path


Token = Annotated[SecretStr, AfterValidator(_token)]


class Settings(BaseModel):
    """How this process is set up. Built by name it asks no environment; `read` does."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)
    needs_token: ClassVar[bool] = False

    # Before the token itself, whose check looks at it. What is kept is what stands in the file.
    telegram_bot_token_file: Annotated[Token, BeforeValidator(_contents)] | None = Field(
        default=None, repr=False, description="instead of it: a file with the token"
    )
    telegram_bot_token: Token | None = Field(default=None, repr=False, description="what @BotFather gave you")
    telegram_api_url: Annotated[str, AfterValidator(_server)] = Field(
        default=TELEGRAM, repr=False, description="another Bot API server: your own, or the sandbox"
    )
    database_url: Annotated[str, AfterValidator(check_url)] = Field(
        default="sqlite:///jekduk.db", repr=False, description="`sqlite:///file` or `postgresql://user@host/name`"
    )
    district_file: Annotated[Path, AfterValidator(_file)] | None = Field(
        default=None, description="your district's TOML file instead of Petungkriyono's"
    )
    port: Annotated[int, Field(ge=1, le=65535)] | None = Field(
        default=None, description="`/healthz` and `/metrics` on 127.0.0.1 at this port"
    )
    log_format: Literal["text", "json"] = Field(default="text", description="`text` or `json`")

    @property
    def token(self) -> str:
        """The secret itself, for the HTTP client alone; nothing if there is none."""
        secret = self.telegram_bot_token or self.telegram_bot_token_file
        return secret.get_secret_value() if secret else ""

    @field_validator("telegram_bot_token")
    @classmethod
    def _one_token(cls, given: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        file = info.data.get("telegram_bot_token_file", SecretStr("a wrong one, which has a fault of its own"))
        if given and file:
            raise ValueError("it is given twice; keep either this or TELEGRAM_BOT_TOKEN_FILE")
        if cls.needs_token and not given and not file:
            raise ValueError(
                "missing; write what @BotFather gave you, or name a file with it in TELEGRAM_BOT_TOKEN_FILE"
            )
        return given


def _no_webhook(_: str) -> str:
    raise ValueError("webhooks come later; leave it out, and the bot fetches its updates itself")


class _Environment(Settings, BaseSettings):
    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore")

    webhook_url: Annotated[str, AfterValidator(_no_webhook)] | None = Field(default=None, repr=False)


class _WithToken(_Environment):
    needs_token: ClassVar[bool] = True


WRITE = {"port": "write a number from 1 to 65535, such as 8080", "log_format": "write text or json"}


def read(*, token: bool = True) -> Settings:
    """The settings in the environment, and in a file .env beside us. Raises WrongSettings with every fault at once."""
    try:
        return _WithToken() if token else _Environment()
    except ValidationError as error:
        raise WrongSettings(*(_sentence(fault) for fault in error.errors())) from None


def _sentence(fault: Any) -> str:
    field = str(fault["loc"][0])
    if field in WRITE:
        return f"{field.upper()} is {str(fault['input'])!r}: {WRITE[field]}"
    return f"{field.upper()}: {fault['msg'].removeprefix('Value error, ')}"


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
