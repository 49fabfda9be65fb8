"""Steps on state rows that drafts and outbox share. Each runs inside a transaction that the caller opened."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from json import loads
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Row, select, update

from assistant.adapters.database import codec
from assistant.adapters.database.engine import writing
from assistant.adapters.database.state_schema import draft_revisions, drafts, outbox, state_changes, waivers
from assistant.domain.draft import Draft, DraftStatus
from assistant.domain.finding import Finding, Severity
from assistant.domain.outbox import OutboxEntry, OutboxState
from assistant.errors import ConflictError, DraftNotFoundError, OutboxEntryNotFoundError, StateError, StorageError

T = TypeVar("T")


@contextmanager
def changing(engine: Engine) -> Iterator[tuple[Connection, int]]:
    """Open a write transaction that raises the change number, and give both."""
    with writing(engine) as connection:
        n = connection.execute(
            update(state_changes).values(n=state_changes.c.n + 1).returning(state_changes.c.n)
        ).scalar_one()
        yield connection, n


def decode(what: str, text: str, read: Callable[[Any], T]) -> T:
    """Read a stored JSON text. Raises StorageError naming what is damaged, never its text."""
    try:
        return read(loads(text))
    except codec.UNREADABLE:
        # `from None`: the vendor's message quotes the stored text, which is a client's.
        raise StorageError(f"The stored {what} is damaged: put back a copy of state.db.") from None


def storable(text: str) -> str:
    """Give a text that SQLite takes: a broken surrogate becomes a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8")


def read_draft(connection: Connection, draft_id: str) -> Draft:
    """Read the newest revision. Raises DraftNotFoundError, StorageError."""
    row = connection.execute(
        select(draft_revisions.c.content, drafts.c.status, drafts.c.status_reason)
        .join(
            drafts,
            (drafts.c.id == draft_revisions.c.draft_id) & (drafts.c.revision == draft_revisions.c.revision),
        )
        .where(drafts.c.id == draft_id)
    ).one_or_none()
    if row is None:
        raise DraftNotFoundError(f"There is no draft {draft_id}.")
    return decode(
        f"draft {draft_id}",
        row.content,
        lambda j: codec.draft_from_json(j, DraftStatus(row.status), row.status_reason),
    )


def count_open(findings: Sequence[Finding], waived: set[str]) -> tuple[int, int]:
    """Count blocks, and warnings without a waiver."""
    blocks = sum(f.severity is Severity.BLOCK for f in findings)
    return blocks, sum(f.severity is Severity.WARN and f.id not in waived for f in findings)


def waived_ids(connection: Connection, draft_id: str) -> set[str]:
    """Give the ids of findings that a person settled."""
    return set(connection.execute(select(waivers.c.finding_id).where(waivers.c.draft_id == draft_id)).scalars())


def read_findings(connection: Connection, draft_id: str, revision: int) -> tuple[Finding, ...]:
    """Read the findings stored with a revision; an unknown revision has none."""
    stored = connection.execute(
        select(draft_revisions.c.findings).where(
            draft_revisions.c.draft_id == draft_id, draft_revisions.c.revision == revision
        )
    ).scalar_one_or_none()
    if stored is None:
        return ()
    return decode(f"findings of draft {draft_id}", stored, lambda j: tuple(codec.finding_from_json(f) for f in j))


def reopen(connection: Connection, draft: Draft, *, change: int, at: str) -> None:
    """Store an approved draft as open again. Raises ConflictError when it is no longer approved in that revision."""
    moved = connection.execute(
        update(drafts)
        .where(
            drafts.c.id == draft.id,
            drafts.c.revision == draft.revision,
            drafts.c.status == DraftStatus.APPROVED.value,
        )
        .values(
            status=DraftStatus.OPEN.value, status_reason=storable(draft.status_reason), change=change, changed_at=at
        )
    )
    if moved.rowcount != 1:
        raise ConflictError(f"Draft {draft.id} was changed by somebody else; open it again.")


def entry_from_row(row: Row[Any]) -> OutboxEntry:
    """Read an outbox row."""
    return decode(
        f"outbox entry {row.id}",
        row.message,
        lambda j: OutboxEntry(
            id=row.id,
            draft_id=row.draft_id,
            revision=row.revision,
            project=row.project,
            message=codec.message_from_json(j),
            approved_digest=row.approved_digest,
            message_id=row.message_id,
            approved_by=row.approved_by,
            created_at=datetime.fromisoformat(row.created_at),
            not_before=datetime.fromisoformat(row.not_before),
            state=OutboxState(row.state),
            detail=row.detail,
            changed_at=datetime.fromisoformat(row.changed_at) if row.changed_at else None,
        ),
    )


def entry_values(entry: OutboxEntry) -> dict[str, object]:
    """Give an entry as the values of its row."""
    return {
        "id": entry.id,
        "draft_id": entry.draft_id,
        "revision": entry.revision,
        "project": entry.project,
        "message": codec.dumps(codec.message_to_json(entry.message)),
        "approved_digest": entry.approved_digest,
        "message_id": entry.message_id,
        "approved_by": entry.approved_by,
        "created_at": codec.time_text(entry.created_at),
        "not_before": codec.time_text(entry.not_before),
        "state": entry.state.value,
        "detail": storable(entry.detail),
        "changed_at": codec.time_text(entry.changed_at) if entry.changed_at else None,
    }


def move_entry(connection: Connection, entry: OutboxEntry, *, at: str) -> None:
    """Store an entry's new state if the stored one may still become it.

    Only state, detail and time are written: what was approved is never rewritten.
    Raises OutboxEntryNotFoundError, ConflictError.
    """
    row = connection.execute(select(outbox).where(outbox.c.id == entry.id)).one_or_none()
    if row is None:
        raise OutboxEntryNotFoundError(f"There is no outbox entry {entry.id}.")
    stored = entry_from_row(row)
    try:
        stored.moved(entry.state, at=entry.changed_at or entry.created_at)
    except StateError as error:
        raise ConflictError(f"Outbox entry {entry.id} is already {stored.state}; nothing was changed.") from error
    connection.execute(
        update(outbox)
        .where(outbox.c.id == entry.id)
        .values(
            state=entry.state.value,
            detail=storable(entry.detail),
            changed_at=codec.time_text(entry.changed_at) if entry.changed_at else at,
        )
    )
