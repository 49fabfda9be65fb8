"""A full disk and a folder that cannot be written, for real: one sentence, and nothing partly written."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from assistant.adapters.database.drafts import ReviewedDrafts
from assistant.adapters.database.migrate import open_state
from assistant.adapters.database.outbox import StoredOutbox
from assistant.domain.draft import DraftStatus, Section, Sentence
from assistant.errors import StorageError
from tests.storage import desk_builders as build

ROOT = Path(__file__).parents[2]

_LOCKED_OUT = """
import json, os, sys
from pathlib import Path
from assistant.adapters.database.drafts import ReviewedDrafts
from assistant.adapters.database.migrate import open_state
from assistant.adapters.database.outbox import StoredOutbox
from assistant.adapters.outbox_folder import OutboxFolder
from assistant.errors import AssistantError
from tests.storage import desk_builders as build
import alembic.command, email.generator, filelock  # nobody may not read the library itself

folder = Path(sys.argv[1])
if os.geteuid() == 0:
    os.setuid(65534)  # root may write anywhere
clock = build.MovableClock()
entry = build.approved()[2]


def add():
    ReviewedDrafts(open_state(folder / "held" / "state.db"), clock=clock).add(build.draft("d-9"), [])


def claim():
    engine = open_state(folder / "open" / "state.db")
    StoredOutbox(engine, locks=folder / "held").claim_next(entry.not_before, lambda e, a: None)


steps = {
    "new": lambda: open_state(folder / "empty" / "state.db"),
    "add": add,
    "claim": claim,
    "export": lambda: OutboxFolder(folder / "empty", shown_as="outbox", clock=clock).deliver(
        entry.moved("sending", at=clock())
    ),
}
said = {}
for name, step in steps.items():
    try:
        step()
    except AssistantError as error:
        said[name] = [type(error).__name__, str(error)]
print(json.dumps(said))
"""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    # Not below pytest's own folder, which nobody but its owner may enter.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        for place in folder.iterdir():
            place.chmod(0o755)


def test_a_folder_that_cannot_be_written_is_one_sentence(open_folder: Path) -> None:
    for place in ("held", "open", "empty"):
        (open_folder / place).mkdir()
    for place in ("held", "open"):
        engine = open_state(open_folder / place / "state.db")
        drafts = ReviewedDrafts(engine, clock=build.MovableClock())
        drafts.add(build.draft(), [])
        drafts.approve(*build.approved())
        engine.dispose()
    for path in (open_folder / "open").iterdir():
        path.chmod(0o666)
    (open_folder / "open").chmod(0o777)
    for path in (open_folder / "held").iterdir():
        path.chmod(0o444)
    (open_folder / "held").chmod(0o555)
    (open_folder / "empty").chmod(0o555)
    done = subprocess.run(
        [sys.executable, "-c", _LOCKED_OUT, str(open_folder)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    said: dict[str, Any] = json.loads(done.stdout)
    assert {step: kind for step, (kind, _) in said.items()} == {
        "new": "StorageError",
        "add": "StorageError",
        "claim": "StorageError",
        "export": "DeliveryError",
    }
    for _, sentence in said.values():
        assert "\n" not in sentence
        assert ": check " in sentence
    engine = open_state(open_folder / "open" / "state.db")
    states = {e.state for e in StoredOutbox(engine, locks=open_folder / "deliveries").entries()}
    engine.dispose()
    assert {s.value for s in states} == {"queued"}
    assert list((open_folder / "empty").iterdir()) == []


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Engine]:
    """A database that may grow by no more than a few pages: SQLite then reports a full disk itself."""
    engine = open_state(tmp_path / "state.db")
    drafts = ReviewedDrafts(engine, clock=build.MovableClock())
    drafts.add(build.draft(), [])
    engine.dispose()

    def limit(connection: Any, _record: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 2}")

    event.listen(engine, "connect", limit)
    yield engine
    engine.dispose()


def test_a_full_disk_is_one_sentence_and_changes_nothing(full: Engine, tmp_path: Path) -> None:
    drafts = ReviewedDrafts(full, clock=build.MovableClock())
    before = drafts.change_mark()
    long = (Section("problems", (Sentence("s1", "word " * 20_000),)),)
    with pytest.raises(StorageError, match=r"disk .* is full") as caught:
        drafts.add(build.draft("d-2", sections=long), [])
    assert "\n" not in str(caught.value)
    with pytest.raises(StorageError, match=r"disk .* is full"):
        drafts.revise(drafts.get("d-1").revised(at=build.START, sections=long), [])
    approved, approval, entry = build.approved()
    big = replace(entry, message=replace(entry.message, body="word " * 20_000))
    with pytest.raises(StorageError, match=r"disk .* is full"):
        drafts.approve(approved, approval, big)
    assert drafts.change_mark() == before
    assert drafts.history("d-1") == (build.draft(),)
    assert drafts.get("d-1").status is DraftStatus.OPEN
    assert StoredOutbox(full, locks=tmp_path / "deliveries").entries() == ()
    assert not (tmp_path / "deliveries").exists()
