"""Approved messages on their way out."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from assistant.domain.review import OutgoingMessage
from assistant.errors import StateError


class OutboxState(StrEnum):
    """Queued → sending → exported, sent, failed or uncertain. Withdrawn and void never left."""

    QUEUED = "queued"
    SENDING = "sending"
    EXPORTED = "exported"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    WITHDRAWN = "withdrawn"
    VOID = "void"


_NEXT = {
    OutboxState.QUEUED: {OutboxState.SENDING, OutboxState.WITHDRAWN, OutboxState.VOID},
    OutboxState.SENDING: {OutboxState.EXPORTED, OutboxState.SENT, OutboxState.FAILED, OutboxState.UNCERTAIN},
    OutboxState.EXPORTED: {OutboxState.SENT},
    OutboxState.FAILED: {OutboxState.QUEUED, OutboxState.WITHDRAWN},
    OutboxState.UNCERTAIN: {OutboxState.SENT, OutboxState.QUEUED, OutboxState.WITHDRAWN},
    OutboxState.SENT: set(),
    OutboxState.WITHDRAWN: set(),
    OutboxState.VOID: set(),
}


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """One approved message. `message_id` is fixed when queued; nothing leaves before `not_before` (the undo time)."""

    id: str
    draft_id: str
    revision: int
    project: str
    message: OutgoingMessage
    approved_digest: str
    message_id: str
    approved_by: str
    created_at: datetime
    not_before: datetime
    state: OutboxState = OutboxState.QUEUED
    detail: str = ""
    changed_at: datetime | None = None

    def may_become(self, to: OutboxState) -> bool:
        """Tell whether the entry's state leads to that one."""
        return to in _NEXT[self.state]

    def moved(self, to: OutboxState, *, at: datetime, detail: str = "") -> "OutboxEntry":
        """Return the entry in its next state. Raises StateError for a step that does not exist."""
        if not self.may_become(to):
            raise StateError(f"Outbox entry {self.id} is {self.state} and cannot become {to}.")
        return replace(self, state=to, detail=detail, changed_at=at)
