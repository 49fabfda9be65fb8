"""A person's side of the services: edit, settle, approve, take back, deliver."""

import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from assistant import reviewing, sending
from assistant.domain.actions import ItemState, StoredItem
from assistant.domain.draft import Draft, DraftStatus
from assistant.domain.outbox import OutboxEntry, OutboxState
from assistant.domain.project import Recipient, Visibility
from assistant.domain.review import WaiverReason
from assistant.domain.rhythm import UpdateDue, update_due
from assistant.domain.view import Confirmation, DraftView, EditorFile, NoteExcerpt
from assistant.errors import (
    AssistantError,
    InvalidInputError,
    LockTimeoutError,
    ProjectNotFoundError,
    SettingsError,
)
from assistant.ports import (
    DraftRow,
    NoteWriter,
    Outbox,
    Transport,
)
from assistant.retrieval.notes import note_text
from assistant.services.asking import AskingServices
from assistant.services.meetings import MeetingDesk
from assistant.writing.editing import apply_edit
from assistant.writing.evidence import last_update


@dataclass(frozen=True, slots=True)
class DeskServices(AskingServices):
    """The person's side: edit, settle, approve, take back, deliver. Only the desk and `outbox deliver` get it."""

    note_writer: NoteWriter
    outbox: Outbox
    transport: Transport
    undo: timedelta
    note_file: Callable[[str, str], str]

    @property
    def meetings(self) -> MeetingDesk:
        """Give what reads meetings, and what the person decides about their action items."""
        return MeetingDesk(self, self.action_items, self.reviewer)

    # --- editing

    def edit(self, draft_id: str, revision: int, *, subject: str, body: str) -> DraftView:
        """Store an edited text as the next revision, checked. Raises StaleRevisionError when somebody was faster."""
        view = self.view(draft_id)
        return self._store_revision(view, self._edited(view, subject, body), revision)

    def preview(self, draft_id: str, *, subject: str, body: str) -> DraftView:
        """Check an edited text without storing it, for marks while a person types."""
        view = self.view(draft_id)
        draft = self._edited(view, subject, body)
        return DraftView(draft, self.check(draft, inbound=view.inbound), view.waivers, view.releases, view.inbound)

    def set_recipients(self, draft_id: str, revision: int, recipients: Sequence[Recipient]) -> DraftView:
        """Change who the draft goes to; contacts of the project only."""
        view = self.view(draft_id)
        project = self.projects.get(view.draft.project)
        for recipient in recipients:
            if project.contact_by_email(recipient.email) is None:
                raise InvalidInputError(
                    f"{recipient.email} is no contact of project {project.slug}; add it to the card."
                )
        return self._store_revision(view, view.draft.revised(at=self.clock(), recipients=tuple(recipients)), revision)

    def cite(self, draft_id: str, revision: int, sentence_id: str, passage_id: str) -> DraftView:
        """Give a sentence another passage as its source."""
        view = self.view(draft_id)
        found = self.store.by_ids(view.draft.project, [passage_id])
        draft = reviewing.cite(view.draft, sentence_id, found.get(passage_id), at=self.clock())
        return self._store_revision(view, draft, revision)

    def state_fact(self, draft_id: str, revision: int, sentence_id: str, words: str) -> DraftView:
        """Save what the person knows from elsewhere as a dated note, index it and cite it at once."""
        view = self.view(draft_id)
        project = self.projects.get(view.draft.project)
        name, text = reviewing.stated_fact_note(words, by=self.reviewer, on=view.draft.as_of, new_id=self.new_id)
        path = self.note_writer.add(project.slug, name, text)
        self.refresh(project.slug)
        stated = [p for p in self.store.passages(project.slug) if p.path == path]
        draft = reviewing.cite(view.draft, sentence_id, stated[-1] if stated else None, at=self.clock())
        return self._store_revision(view, draft, revision)

    def recheck(self, draft_id: str) -> DraftView:
        """Run the checks again over the newest revision, e.g. after notes changed, and store what they say."""
        view = self.view(draft_id)
        findings = self.check(view.draft, inbound=view.inbound)
        if findings != view.findings:
            self.reviews.replace_findings(draft_id, view.draft.revision, findings)
        return self.view(draft_id)

    # --- settling

    def waive(self, draft_id: str, finding_id: str, reason: WaiverReason, words: str = "") -> DraftView:
        """Settle a warning with a listed reason. Raises StateError for a block."""
        view = self.view(draft_id)
        reviewing.waive_finding(
            view, finding_id, reason, words=words, by=self.reviewer, drafts=self.reviews, clock=self.clock
        )
        return self.view(draft_id)

    def unwaive(self, draft_id: str, finding_id: str) -> DraftView:
        """Take a waiver back."""
        self.reviews.unwaive(draft_id, finding_id)
        return self.view(draft_id)

    def release(self, draft_id: str, passage_id: str, reason: str) -> DraftView:
        """Allow one internal passage in one message, with a reason that is recorded."""
        view = self.view(draft_id)
        self._release(view.draft, passage_id, reason)
        return self.recheck(draft_id)

    def reject(self, draft_id: str, revision: int, reason: str) -> DraftView:
        """Put a draft away for a reason. Raises StaleRevisionError, StateError."""
        reviewing.reject_draft(draft_id, revision, reason, drafts=self.reviews)
        return self.view(draft_id)

    def reject_all(
        self, chosen: Sequence[tuple[str, int]], reason: str
    ) -> tuple[tuple[str, ...], tuple[AssistantError, ...]]:
        """Put several drafts away, given with their revisions, for one reason.

        Gives the ids that were put away and what kept the others from it; one that fails stops none of the rest.
        """
        done: list[str] = []
        kept: list[AssistantError] = []
        for draft_id, revision in chosen:
            try:
                reviewing.reject_draft(draft_id, revision, reason, drafts=self.reviews)
                done.append(draft_id)
            except AssistantError as error:
                kept.append(error)
        return tuple(done), tuple(kept)

    # --- what is owed

    def last_updates(self) -> dict[str, date]:
        """Give the day of each project's last report to its client, as far as the notes tell."""
        found: dict[str, date] = {}
        for project in self.projects.all():
            day = self.as_of(project)
            seen = self.store.passages(project.slug, visibility=Visibility.CLIENT, as_of=day)
            last = last_update(seen, day)
            if last is not None:
                found[project.slug] = last
        return found

    def updates_due(self, rows: Sequence[DraftRow], noted: Mapping[str, date]) -> tuple[UpdateDue, ...]:
        """Give the updates that are owed today by each project's rhythm, longest owed first.

        `rows` is the queue, whose approved updates count, and `noted` what `last_updates` gave.
        """
        given: dict[str, date] = dict(noted)
        updates = {book.kind for book in self.kinds() if book.is_update}
        for row in rows:
            if row.kind in updates and row.status is DraftStatus.APPROVED:
                day = row.changed_at.date()
                given[row.project] = max(day, given.get(row.project, day))
        owed = [
            update_due(p.slug, p.update_every, today=self.as_of(p), last=given.get(p.slug)) for p in self.projects.all()
        ]
        return tuple(sorted((u for u in owed if u is not None), key=lambda u: (u.due, u.project)))

    def proposals(self) -> tuple[StoredItem, ...]:
        """Give the action items that wait for a decision, of every project."""
        return tuple(item for p in self.projects.all() for item in self.meetings.items(p.slug, (ItemState.PROPOSED,)))

    # --- approving

    def confirmation(self, draft_id: str) -> Confirmation:
        """Give exactly what an approval would send."""
        view = self.recheck(draft_id)
        message = reviewing.build_message(view.draft, self.projects.get(view.draft.project), view.inbound)
        waived = tuple((f, w) for f in view.findings if (w := view.waiver_of(f)) is not None)
        return Confirmation(draft_id, view.draft.revision, message, message.digest(), waived)

    def approve(self, shown: Confirmation) -> OutboxEntry:
        """Approve exactly what the confirmation showed. Raises StateError, StaleRevisionError, ApprovalVoidError."""
        self._read_changed_notes(self.drafts.get(shown.draft_id).project)
        view = self.recheck(shown.draft_id)
        return reviewing.approve_draft(
            view,
            shown,
            by=self.reviewer,
            drafts=self.reviews,
            projects=self.projects,
            store=self.store,
            undo=self.undo,
            clock=self.clock,
            new_id=self.new_id,
        )

    def withdraw(self, entry_id: str) -> DraftView:
        """Take an approval back while nothing has left. Raises StateError."""
        entry = reviewing.withdraw(entry_id, drafts=self.reviews, outbox=self.outbox, clock=self.clock)
        return self.view(entry.draft_id)

    # --- out

    def entries(self) -> tuple[OutboxEntry, ...]:
        """Give the outbox, newest first."""
        return self.outbox.entries()

    def deliver(self) -> tuple[OutboxEntry, ...]:
        """Deliver what is approved and due; a message that is no longer what was approved becomes void."""
        due = self.outbox.due(self.clock())
        for slug in sorted({entry.project for entry in due}):
            self._read_changed_notes(slug)
        judged = [
            reviewing.void_if_stale(
                entry,
                superseded=self._superseded_since,
                drafts=self.reviews,
                projects=self.projects,
                store=self.store,
                clock=self.clock,
            )
            for entry in due
        ]
        void = tuple(entry for entry in judged if entry.state is OutboxState.VOID)
        return void + sending.deliver_due(
            outbox=self.outbox,
            transport=self.transport,
            clock=self.clock,
            void_reason=partial(reviewing.void_reason, drafts=self.reviews, projects=self.projects, store=self.store),
        )

    def try_again(self, entry_id: str) -> OutboxEntry:
        """Queue a failed or uncertain message again on the person's word."""
        return sending.try_again(entry_id, outbox=self.outbox, clock=self.clock)

    def mark_sent(self, entry_id: str) -> OutboxEntry:
        """Record a person's word that an exported message was sent."""
        return sending.mark_sent(entry_id, outbox=self.outbox, clock=self.clock)

    # --- looking closer

    def excerpt(self, draft: Draft, n: int, *, around: int = 4) -> NoteExcerpt:
        """Give the exact lines of the note around a piece of evidence, and whether the note changed since."""
        return reviewing.excerpt(draft, n, folder=self.folder, around=around)

    def editor_file(self, draft: Draft, n: int) -> EditorFile:
        """Give the note behind a piece of evidence as a file and line for an editor."""
        evidence = draft.evidence_numbered(n)
        if evidence is None:
            raise InvalidInputError(f"The draft has no evidence E{n}.")
        return EditorFile(self.note_file(draft.project, evidence.passage.path), evidence.passage.start_line)

    def note_lines(self, slug: str, path: str) -> tuple[str, ...]:
        """Give a note of any format as lines of text, as the index reads it. Raises UnreadableNoteError."""
        return tuple(note_text(path, self.folder.read(slug, path)).split("\n"))

    def warm(self) -> None:
        """Open ahead of the first search and check what they need; where that cannot be had, nothing happens.

        The first check of a process costs half a second (words and rules are loaded), each later one a few hundredths;
        without this it would come in the middle of the first sentence that is typed.
        """
        with contextlib.suppress(AssistantError):
            for project in self.projects.all()[:1]:
                self.search(project.slug, "ready", n=1)
        with contextlib.suppress(AssistantError):
            for row in {r.language: r for r in self.rows() if r.status is DraftStatus.OPEN}.values():
                self.check(self.drafts.get(row.id))

    # --- inner steps

    def _read_changed_notes(self, slug: str) -> None:
        """Bring the words of the index up to date, so that decisions rest on the notes as they are on disk.

        A card that is gone or broken is judged where approvals are judged, not here.
        """
        with contextlib.suppress(ProjectNotFoundError, SettingsError, LockTimeoutError):
            self.index(slug, wait_for_vectors=False)

    def _superseded_since(self, draft: Draft) -> bool:
        """Tell whether a note now supersedes a cited value that none superseded when the draft was approved."""
        inbound = self.drafts.inbound(draft.inbound_id) if draft.inbound_id else None
        known = {f.id for f in self.drafts.findings(draft.id, draft.revision)}
        return any(f.check == "superseded" and f.id not in known for f in self.check(draft, inbound=inbound))

    def _edited(self, view: DraftView, subject: str, body: str) -> Draft:
        return self.attach_sources(apply_edit(view.draft, subject=subject, body=body, at=self.clock()))
