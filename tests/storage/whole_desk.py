"""The real stores and the real transport over one folder, as bootstrap puts them together."""

from email import message_from_bytes
from email.policy import default
from functools import partial
from pathlib import Path

from sqlalchemy import text

from assistant import reviewing, sending
from assistant.adapters.database.drafts import ReviewedDrafts
from assistant.adapters.database.engine import reading
from assistant.adapters.database.migrate import open_state
from assistant.adapters.database.outbox import StoredOutbox
from assistant.adapters.outbox_folder import OutboxFolder
from assistant.domain.draft import Draft, DraftStatus
from assistant.domain.outbox import OutboxEntry, OutboxState
from assistant.domain.view import Confirmation, DraftView
from assistant.ports import Transport
from tests.storage import desk_builders as build

STANDING = {s for s in OutboxState if s not in (OutboxState.WITHDRAWN, OutboxState.VOID)}


class Desk:
    """The real stores and the real transport over one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.engine = open_state(folder / "state.db")
        self.clock = build.MovableClock()
        self.drafts = ReviewedDrafts(self.engine, clock=self.clock)
        self.outbox = StoredOutbox(self.engine, locks=folder / "deliveries")
        self.transport = OutboxFolder(folder / "outbox", shown_as="outbox", clock=self.clock)
        self.cards = build.Cards(build.project())
        self.notes = build.NotesInMemory(build.passage(), build.passage("Not cited.", passage_id="p2"))
        self.superseded = False

    def view(self, draft_id: str = "d-1") -> DraftView:
        draft = self.drafts.get(draft_id)
        return DraftView(
            draft,
            self.drafts.findings(draft_id, draft.revision),
            self.drafts.waivers(draft_id),
            self.drafts.releases(draft_id),
            self.drafts.inbound(draft.inbound_id) if draft.inbound_id else None,
        )

    def confirmation(self, draft_id: str = "d-1") -> Confirmation:
        view = self.view(draft_id)
        message = reviewing.build_message(view.draft, self.cards.get("harbour"), view.inbound)
        return Confirmation(draft_id, view.draft.revision, message, message.digest())

    def approve(self, draft_id: str = "d-1", shown: Confirmation | None = None, *, by: str = "Ann Lee") -> OutboxEntry:
        return reviewing.approve_draft(
            self.view(draft_id),
            shown or self.confirmation(draft_id),
            by=by,
            drafts=self.drafts,
            projects=self.cards,
            store=self.notes.port,
            undo=build.UNDO,
            clock=self.clock,
            new_id=lambda prefix: f"{prefix}-{draft_id}-{self.drafts.change_mark()}",
        )

    def withdraw(self, entry_id: str) -> OutboxEntry:
        return reviewing.withdraw(entry_id, drafts=self.drafts, outbox=self.outbox, clock=self.clock)

    def void_if_stale(self, entry: OutboxEntry) -> OutboxEntry:
        def superseded(_: Draft) -> bool:
            return self.superseded

        return reviewing.void_if_stale(
            entry,
            superseded=superseded,
            drafts=self.drafts,
            projects=self.cards,
            store=self.notes.port,
            clock=self.clock,
        )

    def deliver(self, transport: Transport | None = None) -> tuple[OutboxEntry, ...]:
        self.clock.forward(seconds=60)
        return sending.deliver_due(
            outbox=self.outbox,
            transport=transport or self.transport,
            clock=self.clock,
            void_reason=partial(reviewing.void_reason, drafts=self.drafts, projects=self.cards, store=self.notes.port),
        )

    def files(self) -> list[str]:
        folder = self.folder / "outbox"
        return sorted(p.name for p in folder.iterdir()) if folder.is_dir() else []

    def assert_consistent(self) -> None:
        with reading(self.engine) as connection:
            assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
        standing = {e.draft_id for e in self.outbox.entries() if e.state in STANDING}
        approved = {r.id for r in self.drafts.rows() if r.status is DraftStatus.APPROVED}
        assert approved == standing, (approved, standing)
        for draft_id in approved:
            assert self.drafts.approval(draft_id, 1) is not None

    def assert_all_exported_once(self, n: int) -> None:
        entries = self.outbox.entries()
        assert len(entries) == n
        assert {e.state for e in entries} <= {OutboxState.EXPORTED}, entries
        files = sorted(p.name for p in (self.folder / "outbox").iterdir() if not p.name.startswith("."))
        assert len(files) == n, files
        for file in files:
            mail = message_from_bytes((self.folder / "outbox" / file).read_bytes(), policy=default)
            assert mail["Message-ID"] in {e.message_id for e in entries}
