"""The register: what is true and what may become true. Only this room speaks SQL; it has never heard of Telegram."""

from storage.db import marks
from storage.db.migrate import migrate
from storage.db.postgres import Postgres
from storage.db.protocol import Storage, Tx
from storage.db.sqlite import Sqlite
from storage.db.transient import NotLeading, is_damage, is_transient

__all__ = ["NotLeading", "Storage", "Tx", "check_url", "is_damage", "is_transient", "marks", "migrate", "open_storage"]


async def open_storage(url: str, *, is_shared: bool = False) -> Storage:
    """Open the database at an address; `is_shared` as `Postgres.open` says. Raises ValueError, as `check_url` does."""
    if check_url(url).startswith("sqlite"):
        return await Sqlite.open(url.removeprefix("sqlite:///"))
    return await Postgres.open(url, is_shared=is_shared)


def check_url(url: str) -> str:
    """The address of a database, as it is. Raises ValueError for one that cannot be opened, and says what to write."""
    scheme, _, rest = url.partition("://")
    if scheme in {"postgres", "postgresql"} and rest:
        return url
    if scheme == "sqlite" and rest.startswith("/") and rest.strip("/") not in {"", ":memory:"}:
        return url
    raise ValueError("write sqlite:///jekduk.db, sqlite:////var/lib/jekduk/jekduk.db or postgresql://user@host/name")
