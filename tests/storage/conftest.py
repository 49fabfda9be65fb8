from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from assistant.adapters.database.drafts import ReviewedDrafts
from assistant.adapters.database.migrate import open_state
from assistant.adapters.database.outbox import StoredOutbox
from tests.storage.desk_builders import MovableClock


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_state(tmp_path / "state.db")
    yield engine
    engine.dispose()


@pytest.fixture
def drafts(engine: Engine, clock: MovableClock) -> ReviewedDrafts:
    return ReviewedDrafts(engine, clock=clock)


@pytest.fixture
def outbox(engine: Engine, tmp_path: Path) -> StoredOutbox:
    return StoredOutbox(engine, locks=tmp_path / "deliveries")
