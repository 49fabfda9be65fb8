"""What SQLite refuses becomes one sentence to act on, without a word of the data."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from assistant.adapters.database.engine import open_engine, reading, writing
from assistant.errors import LockTimeoutError, StorageError

SECRET = "words of a client"


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    engine = open_engine(tmp_path / "a.db")
    with writing(engine) as connection:
        connection.execute(text("CREATE TABLE t (a TEXT UNIQUE)"))
    return engine


def _insert(engine: Engine, *before: str, words: str = SECRET) -> None:
    with writing(engine) as connection:
        for statement in before:
            connection.exec_driver_sql(statement)
        connection.execute(text("INSERT INTO t VALUES (:a)"), {"a": words})


def _count(engine: Engine) -> int:
    with reading(engine) as connection:
        return int(connection.execute(text("SELECT count(*) FROM t")).scalar() or 0)


def test_a_transaction_is_kept_whole_or_not_at_all(engine: Engine) -> None:
    with pytest.raises(StorageError):
        _insert(engine, "INSERT INTO t VALUES ('x')", "INSERT INTO t VALUES ('x')")
    assert _count(engine) == 0
    _insert(engine)
    assert _count(engine) == 1
    engine.dispose()


@pytest.mark.parametrize(
    ("before", "words", "says"),
    [
        (("PRAGMA max_page_count = 3",), SECRET * 5000, "is full"),
        (("PRAGMA query_only = ON",), SECRET, "cannot be written"),
        (("INSERT INTO t VALUES ('words of a client')",), SECRET, "CONSTRAINT"),
    ],
)
def test_refusals_name_what_to_do_and_no_data(engine: Engine, before: tuple[str, ...], words: str, says: str) -> None:
    with pytest.raises(StorageError, match=says) as caught:
        _insert(engine, *before, words=words)
    assert "a.db" in str(caught.value)
    assert SECRET not in str(caught.value)
    assert SECRET not in str(caught.value.__cause__), "a logged traceback carries no data either"
    engine.dispose()


def test_a_writer_that_waits_too_long_says_that_it_is_locked(engine: Engine, tmp_path: Path) -> None:
    other = open_engine(tmp_path / "a.db")
    with reading(other) as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 20")
    with writing(engine), pytest.raises(LockTimeoutError, match="another process"):
        _insert(other)
    assert _count(other) == 0, "readers are not held up by a writer"
    engine.dispose()
    other.dispose()


def test_a_damaged_file_and_a_missing_folder(tmp_path: Path) -> None:
    (tmp_path / "junk.db").write_bytes(b"junk" * 2000)
    for name, says in (("junk.db", "damaged"), ("none/a.db", "cannot be opened")):
        engine = open_engine(tmp_path / name)
        with pytest.raises(StorageError, match=says):
            _count(engine)
        engine.dispose()
