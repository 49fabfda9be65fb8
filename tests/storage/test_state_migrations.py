"""Every schema there ever was opens, a newer one is refused, and start-up pays nothing for it."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from assistant.adapters.database.drafts import ReviewedDrafts
from assistant.adapters.database.engine import reading, writing
from assistant.adapters.database.migrate import MIGRATIONS, open_state, prepare
from assistant.adapters.database.outbox import StoredOutbox
from assistant.adapters.database.state_schema import SCHEMA_VERSION, metadata
from assistant.errors import NewerSchemaError, StorageError
from tests.storage import desk_builders as build

ROOT = Path(__file__).parents[2]
FIRST_SCHEMA = Path(__file__).parent / "state_at_0001.sql"


def test_the_migrations_make_exactly_the_tables_of_the_code(engine: Engine) -> None:
    with reading(engine) as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_the_schema_version_is_alembics_head() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == SCHEMA_VERSION


def test_a_workspace_of_the_first_schema_opens_with_all_it_held(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "state.db")) as old:
        old.executescript(FIRST_SCHEMA.read_text(encoding="utf-8"))
    engine = open_state(tmp_path / "state.db")
    drafts = ReviewedDrafts(engine, clock=build.MovableClock())
    approved, approval, entry = build.approved()
    assert drafts.get("d-1") == approved
    assert drafts.findings("d-1", 1) == (build.warning(),)
    assert drafts.inbound("in-1") == build.inbound()
    assert drafts.approval("d-1", 1) == approval
    assert StoredOutbox(engine, locks=tmp_path / "deliveries").entries() == (entry,)
    drafts.add(build.draft("d-2"), [])
    assert [r.id for r in drafts.rows()] == ["d-2", "d-1"]
    engine.dispose()


def test_a_newer_schema_is_refused_naming_both_versions(tmp_path: Path) -> None:
    engine = open_state(tmp_path / "state.db")
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0042'"))
    engine.dispose()
    with pytest.raises(NewerSchemaError, match=f"0042.*{SCHEMA_VERSION}"):
        open_state(tmp_path / "state.db")


def test_opening_twice_changes_nothing(engine: Engine) -> None:
    drafts = ReviewedDrafts(engine, clock=build.MovableClock())
    drafts.add(build.draft(), [])
    before = drafts.change_mark()
    prepare(engine)
    assert drafts.change_mark() == before
    assert drafts.get("d-1") == build.draft()


@pytest.mark.parametrize("content", [b"no database at all, " * 300, b"SQLite format 3\x00" + b"\xff" * 4000])
def test_a_file_that_is_no_database_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "state.db").write_bytes(content)
    with pytest.raises(StorageError) as caught:
        open_state(tmp_path / "state.db")
    assert "damaged" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert (tmp_path / "state.db").read_bytes() == content


def test_alembic_is_not_imported_when_there_is_nothing_to_do(engine: Engine, tmp_path: Path) -> None:
    program = (
        "import sys, pathlib; from assistant.adapters.database.migrate import open_state; "
        "open_state(pathlib.Path(sys.argv[1])); print('alembic' in sys.modules)"
    )
    path = str(tmp_path / "state.db")
    done = subprocess.run([sys.executable, "-c", program, path], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
