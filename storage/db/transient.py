"""Which failures are the database's own, so that the same work may succeed a little later."""

import sqlite3

# By SQLite's primary result codes: a wrong query (1) or a broken rule (19) would fail again and again.
_SQLITE_TROUBLE = frozenset(
    {
        sqlite3.SQLITE_PERM, sqlite3.SQLITE_ABORT, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY, sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_NOTADB,
    }
)  # fmt: skip
_SQLITE_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


class NotLeading(Exception):
    """Nothing is written: another process may lead by now, and do the same."""


def is_transient(error: BaseException) -> bool:
    """True if it is the database that failed (locked, full, gone, restarting), or is not ours to write to just now: the
    same work may succeed later.
    """
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", None)
        return isinstance(error, sqlite3.OperationalError) if code is None else code & 0xFF in _SQLITE_TROUBLE
    return isinstance(error, ConnectionError | TimeoutError | NotLeading) or _is_postgres_trouble(error)


def is_damage(error: BaseException) -> bool:
    """True if SQLite says that its file is damaged: then the same work succeeds only if no damaged page is needed.

    Damage on a server is its administrator's, who mends it under us.
    """
    return isinstance(error, sqlite3.Error) and getattr(error, "sqlite_errorcode", 0) & 0xFF in _SQLITE_DAMAGE


def _is_postgres_trouble(error: BaseException) -> bool:
    if not type(error).__module__.startswith("asyncpg"):
        return False
    import asyncpg  # noqa: PLC0415  # only where it is used: it costs memory at start

    kinds = (
        asyncpg.PostgresConnectionError,
        asyncpg.OperatorInterventionError,
        asyncpg.InsufficientResourcesError,
        asyncpg.InterfaceError,
        asyncpg.InternalClientError,  # a connection that died while it was being taken back
        asyncpg.TransactionRollbackError,
        asyncpg.PostgresSystemError,  # the server's disk
        asyncpg.ObjectNotInPrerequisiteStateError,  # a database that takes no connections just now
        asyncpg.ReadOnlySQLTransactionError,  # a standby that is about to take over
        asyncpg.IdleInTransactionSessionTimeoutError,
        asyncpg.TransactionTimeoutError,
        asyncpg.InternalServerError,  # it found damage
        # Somebody is changing something there: a password, rights, the name of the database, or they put tables back.
        asyncpg.InvalidAuthorizationSpecificationError,
        asyncpg.InvalidCatalogNameError,
        asyncpg.InvalidSchemaNameError,
        asyncpg.InsufficientPrivilegeError,
        asyncpg.UndefinedTableError,
        asyncpg.InvalidCachedStatementError,  # a newer version migrates it
        # What was prepared is gone, or is another's: since now a pooler stands in between.
        asyncpg.InvalidSQLStatementNameError,
        asyncpg.DuplicatePreparedStatementError,
    )
    return isinstance(error, kinds)
