"""What is kept: drafts and their reviews, action items, the outbox."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from assistant.domain.actions import StoredItem
from assistant.domain.draft import Draft, DraftStatus
from assistant.domain.finding import Finding
from assistant.domain.inbound import Inbound
from assistant.domain.outbox import OutboxEntry
from assistant.domain.review import Approval, Release, Waiver
from assistant.domain.voiding import VoidReason


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One line of the queue: a draft's head with the counts of its open findings."""

    id: str
    revision: int
    project: str
    kind: str
    language: str
    subject: str
    status: DraftStatus
    created_at: datetime
    changed_at: datetime
    blocks: int
    warnings: int
    inbound_id: str | None
    severity: float | None


class DraftReader(Protocol):
    """Reads drafts with their findings, waivers and releases."""

    def get(self, draft_id: str) -> Draft:
        """Give the newest revision. Raises DraftNotFoundError."""
        ...

    def history(self, draft_id: str) -> tuple[Draft, ...]:
        """Give every revision, oldest first. Raises DraftNotFoundError."""
        ...

    def rows(self, projects: Sequence[str] | None = None) -> tuple[DraftRow, ...]:
        """Give the queue, newest change first; `projects` limits it."""
        ...

    def findings(self, draft_id: str, revision: int) -> tuple[Finding, ...]:
        """Give the findings stored with a revision."""
        ...

    def waivers(self, draft_id: str) -> tuple[Waiver, ...]:
        """Give the waivers of a draft."""
        ...

    def releases(self, draft_id: str) -> tuple[Release, ...]:
        """Give the internal passages released for this draft."""
        ...

    def change_mark(self) -> int:
        """Give a number that any process's change to the state raises; cheap enough to poll."""
        ...


class DraftProposer(DraftReader, Protocol):
    """Adds drafts and client mail. What the API is handed: nothing here approves, waives, releases or sends."""

    def add(self, draft: Draft, findings: Sequence[Finding]) -> None:
        """Store a new draft's first revision with its findings. Raises StorageError."""
        ...

    def add_inbound(self, inbound: Inbound) -> None:
        """Store a client's message. Raises ConflictError when it was already taken in, StorageError."""
        ...

    def inbound(self, inbound_id: str) -> Inbound:
        """Give a client's message. Raises InboundNotFoundError."""
        ...

    def inbound_by_message_id(self, project: str, message_id: str) -> Inbound | None:
        """Find a message that was already taken in, so that posting it twice makes one."""
        ...

    def inbound_since(self, project: str, moment: datetime) -> tuple[Inbound, ...]:
        """Give the client messages that a project took in after a moment, oldest first."""
        ...


class DraftReviewer(DraftProposer, Protocol):
    """What the desk may do besides: revise, waive, release, reject, approve and take back."""

    def revise(self, draft: Draft, findings: Sequence[Finding]) -> None:
        """Store the next revision. Raises StaleRevisionError unless it follows the stored one and the draft is open."""
        ...

    def replace_findings(self, draft_id: str, revision: int, findings: Sequence[Finding]) -> None:
        """Store the findings of a new check of the same revision."""
        ...

    def waive(self, waiver: Waiver) -> None:
        """Store a waiver."""
        ...

    def unwaive(self, draft_id: str, finding_id: str) -> None:
        """Take a waiver back."""
        ...

    def release(self, release: Release) -> None:
        """Store the release of one internal passage for one draft."""
        ...

    def reject(self, draft: Draft) -> None:
        """Store a rejection. Raises StaleRevisionError."""
        ...

    def approve(self, draft: Draft, approval: Approval, entry: OutboxEntry) -> None:
        """Store approval, status and outbox row in one transaction. Raises StaleRevisionError."""
        ...

    def withdraw(self, draft: Draft, entry: OutboxEntry) -> None:
        """Store a draft reopened and its outbox row withdrawn or void, in one transaction. Raises ConflictError."""
        ...

    def approval(self, draft_id: str, revision: int) -> Approval | None:
        """Give the approval of a revision."""
        ...


class ActionItems(Protocol):
    """Keeps the action items of meetings: proposals, and what a person made of them."""

    def items(self, project: str) -> tuple[StoredItem, ...]:
        """Give a project's items in the order in which they were last changed."""
        ...

    def item(self, item_id: str) -> StoredItem:
        """Give one. Raises NotFoundError."""
        ...

    def add(self, items: Sequence[StoredItem]) -> tuple[StoredItem, ...]:
        """Store proposals and give those that were new: the same place of the same text is kept once."""
        ...

    def change(self, item: StoredItem) -> None:
        """Store an item's next version. Raises ConflictError when somebody else changed it first."""
        ...


class OutboxReader(Protocol):
    """Reads the outbox."""

    def entries(self) -> tuple[OutboxEntry, ...]:
        """Give every entry, newest first."""
        ...

    def entry(self, entry_id: str) -> OutboxEntry:
        """Give one. Raises OutboxEntryNotFoundError."""
        ...


class Outbox(OutboxReader, Protocol):
    """Moves approved messages. The claim is committed before the transport is spoken to."""

    def due(self, now: datetime) -> tuple[OutboxEntry, ...]:
        """Give the queued entries whose undo time is over, oldest first."""
        ...

    def claim_next(
        self, now: datetime, void_reason: Callable[[OutboxEntry, Approval], VoidReason | None]
    ) -> OutboxEntry | None:
        """Move the oldest due queued entry to SENDING and commit; two processes never get the same one.

        `void_reason` is asked inside the transaction; where it gives a reason the entry becomes VOID instead and its
        draft is open again.
        """
        ...

    def take_over(self) -> OutboxEntry | None:
        """Give an entry that a process left in SENDING when it died, for this process to settle."""
        ...

    def move(self, entry: OutboxEntry) -> None:
        """Store an entry's new state. Raises ConflictError when it was moved by somebody else."""
        ...
