"""The file `index.db`: opened at first use, opened again when somebody deleted or replaced it, mended when damaged.

Everything in it can be made again from the notes, so it may be deleted at any time, also under a running program.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, event, select

from assistant.adapters.database import index_schema as schema
from assistant.adapters.database.engine import DAMAGE, is_damage, open_engine, reading, writing
from assistant.errors import LockTimeoutError, StorageError

LOCK_SECONDS = 30.0
DAMAGED_NAME = "index.db.damaged"
_BESIDE = ("", "-wal", "-shm")  # the database, and the files that SQLite keeps beside it
# A search looks up some hundred rows all over the file: with SQLite's usual 2 MB every step of a look-up is a read.
_CACHE = "PRAGMA cache_size = -16384"
_RAISE_GENERATION = "UPDATE settings SET value = CAST(value AS INTEGER) + 1 WHERE name = 'generation'"


class IndexFile:
    """The database file with its lock; every read and write of the passage store goes through here."""

    def __init__(self, state: Path, *, lock_seconds: float = LOCK_SECONDS) -> None:
        self._path = state / "index.db"
        self._lock_file = state / "index.lock"
        self._lock_seconds = lock_seconds
        self._engine: Engine | None = None
        self._identity: tuple[int, int] | None = None
        self._opening = threading.Lock()

    def close(self) -> None:
        """Close the database's connections."""
        with self._opening:
            self._let_go()

    @contextmanager
    def write_lock(self) -> Iterator[None]:
        """Hold the workspace's index lock between processes. Raises LockTimeoutError, StorageError."""
        lock = FileLock(self._lock_file, timeout=self._lock_seconds)
        try:
            lock.acquire()
        except Timeout as error:
            raise LockTimeoutError(
                "Another process has been writing the index for too long: wait for it to finish, then try again."
            ) from error
        except OSError as error:
            raise StorageError(f"{self._lock_file} cannot be written: {error.strerror}.") from error
        try:
            yield
        finally:
            lock.release()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Run statements on one unchanging view. Raises StorageError, LockTimeoutError."""
        with self._named(), reading(self._open()) as connection:
            yield connection

    @contextmanager
    def write(self, *, moves: bool = True) -> Iterator[Connection]:
        """Run statements in one transaction; with `moves` it raises the generation. Raises as `read` does."""
        with self._named(), writing(self._open()) as connection:
            yield connection
            if moves:
                connection.exec_driver_sql(_RAISE_GENERATION)

    def mend(self) -> str:
        """Move a damaged database aside, so that the next use makes a new one; gives its new name, "" for a sound one.

        Raises StorageError, LockTimeoutError.
        """
        with self.write_lock(), self._opening:
            if _is_sound(self._path):
                return ""
            self._let_go()
            try:
                for beside in _BESIDE:
                    old = self._path.with_name(self._path.name + beside)
                    if old.exists():
                        old.replace(self._path.with_name(DAMAGED_NAME + beside))
            except OSError as error:
                raise StorageError(f"{self._path} is damaged and cannot be moved away: {error.strerror}.") from error
            return DAMAGED_NAME

    @contextmanager
    def _named(self) -> Iterator[None]:
        """Name the command that mends a damaged index: unlike other databases, this one needs no copy."""
        try:
            yield
        except StorageError as error:
            if not is_damage(error):
                raise
            raise StorageError(
                f"{self._path} is damaged: run `sincerely index`, which makes it anew from the notes."
            ) from error

    def _open(self) -> Engine:
        with self._opening:
            if self._engine is not None and _identity(self._path) != self._identity:
                self._let_go()  # deleted or replaced: what is open is a file that nobody else sees
            if self._engine is None:
                engine = open_engine(self._path)
                event.listen(engine, "connect", _keep_more)
                try:
                    _prepare(engine)
                except BaseException:
                    engine.dispose()
                    raise
                self._engine = engine
                self._identity = _identity(self._path)
            return self._engine

    def _let_go(self) -> None:
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None


def _keep_more(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's connection behind a proxy
    connection.execute(_CACHE)


def setting(connection: Connection, name: str) -> str | None:
    """Read one of the index's own settings."""
    return connection.execute(select(schema.settings.c.value).where(schema.settings.c.name == name)).scalar()


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _is_sound(path: Path) -> bool:
    try:
        connection = sqlite3.connect(path)
        try:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()
        finally:
            connection.close()
    except sqlite3.DatabaseError as error:
        # A file that is locked or cannot be opened says nothing about what is in it.
        return not str(getattr(error, "sqlite_errorname", "")).startswith(DAMAGE)
    return bool(found == ("ok",))


def _prepare(engine: Engine) -> None:
    present = "SELECT count(*) FROM sqlite_master WHERE name = 'settings'"
    with reading(engine) as connection:
        if connection.exec_driver_sql(present).scalar() and setting(connection, "schema") == str(schema.SCHEMA_NUMBER):
            return
    with writing(engine) as connection:
        # Another process may have been faster between the two transactions.
        fresh = bool(connection.exec_driver_sql(present).scalar())
        if not fresh or setting(connection, "schema") != str(schema.SCHEMA_NUMBER):
            schema.create_all(connection)
