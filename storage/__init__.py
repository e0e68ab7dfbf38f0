"""The register: what is true and what may become true. Only this room speaks SQL; it has never heard of Telegram."""

from storage.db.migrate import migrate
from storage.db.postgres import Postgres
from storage.db.protocol import Storage, Tx
from storage.db.sqlite import Sqlite
from storage.db.transient import is_transient

__all__ = ["Storage", "Tx", "is_transient", "migrate", "open_storage"]


async def open_storage(url: str) -> Storage:
    """Open ``sqlite:///path`` or ``postgresql://…`` (``postgres://`` too). Raises ValueError for anything else."""
    scheme, _, rest = url.partition("://")
    if scheme == "sqlite":
        return await Sqlite.open(_file(rest))
    if scheme in ("postgres", "postgresql"):
        return await Postgres.open(url)
    raise ValueError("DATABASE_URL must begin with sqlite:/// or postgresql://")


def _file(rest: str) -> str:
    path = rest.removeprefix("/")
    if path in ("", ":memory:"):
        raise ValueError("DATABASE_URL must name a file, such as sqlite:///jekduk.sqlite3")
    return path
