"""The register: what is true and what may become true. Only this room speaks SQL; it has never heard of Telegram."""

from storage.engine import Storage, Tx
from storage.engine import open_database as open
from storage.faults import trouble
from storage.migrate import migrate

__all__ = ["Storage", "Tx", "migrate", "open", "trouble"]
