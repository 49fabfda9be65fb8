"""Opens a workspace's `state.db` and brings it to the present schema, whatever it was, or refuses.

Alembic is imported only when there is something to do: every start of the program comes through here.
"""

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, text

from assistant.adapters.database.engine import open_engine, reading, writing
from assistant.adapters.database.state_schema import SCHEMA_VERSION
from assistant.errors import LockTimeoutError, NewerSchemaError, StorageError

MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK_TIMEOUT_S = 60.0


def open_state(path: Path) -> Engine:
    """Open `state.db`, made or upgraded where needed. Raises what `prepare` raises."""
    engine = open_engine(path)
    event.listen(engine, "connect", _write_through)
    prepare(engine)
    return engine


def _write_through(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's connection behind a proxy
    # An index may lose its last writes in a power cut. A claim may not: the message would go out a second time.
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()


def prepare(engine: Engine) -> None:
    """Create or upgrade the state's tables; nothing happens when they are up to date.

    Raises NewerSchemaError for a database of a newer program, LockTimeoutError when another process is at it for
    over a minute, StorageError when the disk does not take it.
    """
    if _version(engine) == SCHEMA_VERSION:
        return
    from filelock import FileLock, Timeout

    path = str(engine.url.database)
    try:
        with FileLock(f"{path}.upgrade.lock", timeout=_LOCK_TIMEOUT_S):
            version = _version(engine)
            if version != SCHEMA_VERSION:
                _upgrade(engine)
    except Timeout as error:
        raise LockTimeoutError(f"{path} is being upgraded by another process: wait for it and try again.") from error
    except OSError as error:
        raise StorageError(
            f"{Path(path).parent} cannot be written: check its permissions and the free space on its disk."
        ) from error


def _version(engine: Engine) -> str | None:
    """Give the stored version, None for a new file. Raises NewerSchemaError, StorageError for an unknown one."""
    with reading(engine) as connection:
        table = connection.execute(
            text("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'")
        ).scalar_one()
        stored = connection.execute(text("SELECT version_num FROM alembic_version")).scalar() if table else None
    version = None if stored is None else str(stored)
    if version is not None and version > SCHEMA_VERSION:
        raise NewerSchemaError(
            f"{engine.url.database} has schema {version}, this program knows up to {SCHEMA_VERSION}: "
            "install a newer version of Sincerely."
        )
    return version


def _upgrade(engine: Engine) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    # One transaction for all steps: a process killed in the middle leaves the file as it was.
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
