"""Approved messages on their way out, in `state.db`."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Select, select

from assistant.adapters.database import codec
from assistant.adapters.database.claims import DeliveryLocks
from assistant.adapters.database.engine import reading
from assistant.adapters.database.state_rows import (
    changing,
    decode,
    entry_from_row,
    move_entry,
    read_draft,
    reopen,
)
from assistant.adapters.database.state_schema import approvals, outbox
from assistant.domain.outbox import OutboxEntry, OutboxState
from assistant.domain.review import Approval
from assistant.domain.voiding import VoidReason
from assistant.errors import OutboxEntryNotFoundError

_LEAVES_NO_MORE = frozenset({OutboxState.SENT, OutboxState.EXPORTED})


class StoredOutbox:
    """The outbox (port `Outbox`). `locks` is a folder beside `state.db` for the locks of running deliveries."""

    def __init__(self, engine: Engine, *, locks: Path) -> None:
        self._engine = engine
        self._locks = DeliveryLocks(locks)

    def entries(self) -> tuple[OutboxEntry, ...]:
        """Give every entry, newest first."""
        query = select(outbox).order_by(outbox.c.created_at.desc(), outbox.c.id)
        with reading(self._engine) as connection:
            return tuple(entry_from_row(row) for row in connection.execute(query))

    def entry(self, entry_id: str) -> OutboxEntry:
        """Give one. Raises OutboxEntryNotFoundError."""
        with reading(self._engine) as connection:
            row = connection.execute(select(outbox).where(outbox.c.id == entry_id)).one_or_none()
        if row is None:
            raise OutboxEntryNotFoundError(f"There is no outbox entry {entry_id}.")
        return entry_from_row(row)

    def due(self, now: datetime) -> tuple[OutboxEntry, ...]:
        """Give the queued entries whose undo time is over, oldest first."""
        with reading(self._engine) as connection:
            return tuple(entry_from_row(row) for row in connection.execute(_due(now)))

    def claim_next(
        self, now: datetime, void_reason: Callable[[OutboxEntry, Approval], VoidReason | None]
    ) -> OutboxEntry | None:
        """Move the oldest due queued entry to SENDING, or to VOID where there is a reason, and commit.

        `void_reason` is asked inside the transaction. With VOID the draft is open again, with the reason, in the
        same transaction. Two processes never get the same entry.
        """
        if not self.due(now):
            return None  # asked every second or so: nothing is locked for nothing
        taken = ""
        try:
            with changing(self._engine) as (connection, change):
                row = connection.execute(_due(now).limit(1)).one_or_none()
                if row is None:
                    return None
                entry = entry_from_row(row)
                reason = void_reason(entry, _approval_of(connection, entry))
                if reason is not None:
                    return _void(connection, entry, reason, now=now, change=change)
                if not self._locks.take(entry.id):
                    return None
                taken = entry.id
                claimed = entry.moved(OutboxState.SENDING, at=now)
                move_entry(connection, claimed, at=codec.time_text(now))
        except BaseException:
            if taken:  # a claim that was not committed is none
                self._locks.let_go(taken, for_good=False)
            raise
        return claimed

    def take_over(self) -> OutboxEntry | None:
        """Give an entry that a process left in SENDING when it died; None when there is none. Holds it until moved."""
        query = select(outbox).where(outbox.c.state == OutboxState.SENDING.value).order_by(outbox.c.created_at)
        with reading(self._engine) as connection:
            sending = [entry_from_row(row) for row in connection.execute(query)]
        for entry in sending:
            if not self._locks.take(entry.id):
                continue
            # Whoever had the lock may have stored the result between our look at the row and at the lock.
            now_stored = self.entry(entry.id)
            if now_stored.state is OutboxState.SENDING:
                return now_stored
            self._locks.let_go(entry.id, for_good=now_stored.state in _LEAVES_NO_MORE)
        return None

    def move(self, entry: OutboxEntry) -> None:
        """Store an entry's new state and let go of it. Raises ConflictError when it was moved by somebody else.

        When storing fails the entry is let go of all the same: it stays SENDING and is taken over by the next run.
        """
        stored = False
        try:
            with changing(self._engine) as (connection, _):
                move_entry(connection, entry, at=codec.time_text(entry.changed_at or entry.created_at))
            stored = True
        finally:
            self._locks.let_go(entry.id, for_good=stored and entry.state in _LEAVES_NO_MORE)


def _due(now: datetime) -> Select[Any]:
    return (
        select(outbox)
        .where(outbox.c.state == OutboxState.QUEUED.value, outbox.c.not_before <= codec.time_text(now))
        .order_by(outbox.c.not_before, outbox.c.id)
    )


def _approval_of(connection: Connection, entry: OutboxEntry) -> Approval:
    text = connection.execute(select(approvals.c.content).where(approvals.c.entry_id == entry.id)).scalar_one()
    return decode(f"approval of outbox entry {entry.id}", text, codec.approval_from_json)


def _void(connection: Connection, entry: OutboxEntry, reason: VoidReason, *, now: datetime, change: int) -> OutboxEntry:
    at = codec.time_text(now)
    void = entry.moved(OutboxState.VOID, at=now, detail=reason.as_text())
    move_entry(connection, void, at=at)
    reopen(connection, read_draft(connection, entry.draft_id).reopened(reason.as_text()), change=change, at=at)
    return void
