"""SQLite as both databases of a workspace use it: write-ahead log, immediate write transactions, plain errors.

Every statement runs inside `reading(engine)` or `writing(engine)`. A transaction that may write begins with
BEGIN IMMEDIATE, because a deferred one that turns into a write fails with "database is locked" whatever the timeout.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from assistant.errors import LockTimeoutError, StorageError

BUSY_TIMEOUT_MS = 10_000
_WRITES = "sincerely_writes"
_PRAGMAS = (
    f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA foreign_keys = ON",
)

# SQLite's primary result codes (sqlite.org/rescode.html) and what a person can do about each.
_MEANING: tuple[tuple[str, type[StorageError], str], ...] = (
    ("SQLITE_FULL", StorageError, "The disk that holds {path} is full: free some space and try again."),
    ("SQLITE_READONLY", StorageError, "{path} cannot be written: check the permissions of the file and its folder."),
    ("SQLITE_PERM", StorageError, "{path} cannot be written: check the permissions of the file and its folder."),
    ("SQLITE_CANTOPEN", StorageError, "{path} cannot be opened: check that its folder exists and can be written."),
    ("SQLITE_BUSY", LockTimeoutError, "{path} is locked by another process: wait for it to finish and try again."),
    ("SQLITE_LOCKED", LockTimeoutError, "{path} is locked by another process: wait for it to finish and try again."),
    ("SQLITE_CORRUPT", StorageError, "{path} is damaged: put back a copy of it, or move it away to begin anew."),
    ("SQLITE_NOTADB", StorageError, "{path} is damaged or no SQLite database: move it away to begin anew."),
    ("SQLITE_IOERR", StorageError, "{path} could not be read or written: check the disk and the free space on it."),
)


DAMAGE = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
"""What SQLite's codes begin with when the file itself is at fault."""


def open_engine(path: Path) -> Engine:
    """Make an engine for the database file; nothing is opened before the first transaction."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        pool_size=5,
        max_overflow=45,  # more than the threads of an API server
        connect_args={"timeout": BUSY_TIMEOUT_MS / 1000},
        hide_parameters=True,  # a traceback must not carry client text
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's connection behind a proxy
    # The driver must not begin transactions by itself: `_begin` does, in the mode that was asked for.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Run statements on one unchanging view of the database. Raises StorageError, LockTimeoutError."""
    try:
        with engine.connect() as connection:
            yield connection
    except SQLAlchemyError as error:
        raise translate(error, _path(engine)) from error


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Run statements in one transaction: all of them are kept, or none. Raises StorageError, LockTimeoutError."""
    try:
        with engine.connect() as connection:
            connection.execution_options(**{_WRITES: True})
            with connection.begin():
                yield connection
    except SQLAlchemyError as error:
        raise translate(error, _path(engine)) from error


def translate(error: SQLAlchemyError, path: str) -> StorageError:
    """Turn a database error into ours, with a sentence to act on. `path` is the database file."""
    cause = error.orig if isinstance(error, DBAPIError) else None
    name = getattr(cause, "sqlite_errorname", "") if isinstance(cause, sqlite3.Error) else ""
    for prefix, kind, sentence in _MEANING:
        if name.startswith(prefix):
            return kind(sentence.format(path=path))
    # The vendor's own message may hold parameters, which may be client text: only its kind is named.
    return StorageError(f"{path} could not be used ({name or type(error).__name__}).")


def is_damage(error: StorageError) -> bool:
    """Tell whether the database file itself was found to be damaged."""
    cause = error.__cause__.orig if isinstance(error.__cause__, DBAPIError) else None
    return str(getattr(cause, "sqlite_errorname", "")).startswith(DAMAGE)


def _path(engine: Engine) -> str:
    return str(engine.url.database)
