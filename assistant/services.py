"""What the desk, the API and the commands are handed: use cases with their ports filled in.

`ProposeServices` reads, drafts, checks and files proposals. It has nothing on it that approves, waives, releases or
sends, and the ports it holds cannot either. `DeskServices` adds a person's decisions; only the desk gets it.
"""

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from assistant import action_items, checking, drafting, indexing, reviewing, searching, sending, triage
from assistant.domain.actions import ActionItem
from assistant.domain.brief import Brief
from assistant.domain.draft import Draft, Origin
from assistant.domain.finding import Finding
from assistant.domain.guidance import GuidanceHit, GuidancePoint, Playbook
from assistant.domain.inbound import Inbound, ReceivedMail, Triage
from assistant.domain.note import IndexReport, SearchResult
from assistant.domain.outbox import OutboxEntry, OutboxState
from assistant.domain.project import Language, Project, Recipient, Visibility
from assistant.domain.review import WaiverReason
from assistant.domain.view import Confirmation, DraftRequest, DraftView, EditorFile, NoteExcerpt
from assistant.errors import ConflictError, InvalidInputError, LockTimeoutError, ProjectNotFoundError, SettingsError
from assistant.ports import (
    Clock,
    DraftProposer,
    DraftReviewer,
    DraftRow,
    Embedder,
    GuidanceLibrary,
    NewId,
    NoteFolder,
    NoteWriter,
    Outbox,
    PassageStore,
    Projects,
    Transport,
    VectorIndex,
    Writer,
)
from assistant.writing.editing import apply_edit
from assistant.writing.evidence import NoteSearch

EmbedderSource = Callable[[], Embedder | None]
Cancelled = Callable[[], bool]


def never() -> bool:
    """Say that nobody asked to stop."""
    return False


@dataclass(frozen=True, slots=True)
class ProposeServices:
    """Everything short of a decision: read, search, draft, check, file a proposal."""

    projects: Projects
    library: GuidanceLibrary
    folder: NoteFolder
    store: PassageStore
    vectors: VectorIndex
    embedder: EmbedderSource
    drafts: DraftProposer
    writer: Callable[[Project], tuple[Writer, Writer | None, str]]
    clock: Clock
    new_id: NewId

    # --- reading

    def as_of(self, project: Project) -> date:
        """Give the date that bounds a project's messages: the card's own, else today in its time zone."""
        return project.as_of or self.clock().astimezone(ZoneInfo(project.timezone)).date()

    def kinds(self) -> tuple[Playbook, ...]:
        """Give the playbooks, one a kind of message."""
        return tuple(self.library.playbook(kind) for kind in self.library.kinds())

    def rows(self, projects: Sequence[str] | None = None) -> tuple[DraftRow, ...]:
        """Give the queue, newest change first."""
        return self.drafts.rows(projects)

    def view(self, draft_id: str) -> DraftView:
        """Give a draft with its findings, waivers and the client's mail. Raises DraftNotFoundError."""
        draft = self.drafts.get(draft_id)
        return DraftView(
            draft,
            self.drafts.findings(draft_id, draft.revision),
            self.drafts.waivers(draft_id),
            self.drafts.releases(draft_id),
            self.drafts.inbound(draft.inbound_id) if draft.inbound_id else None,
        )

    def change_mark(self) -> int:
        """Give a number that changes when any process changes the state."""
        return self.drafts.change_mark()

    # --- index and search

    def index(
        self,
        slug: str,
        *,
        progress: Callable[[indexing.IndexProgress], None] = lambda _: None,
        cancelled: Cancelled = never,
        wait_for_vectors: bool = True,
    ) -> IndexReport:
        """Bring a project's index up to date. Raises ProjectNotFoundError, StorageError, IndexMismatchError."""
        return indexing.index_project(
            self.projects.get(slug),
            folder=self.folder,
            store=self.store,
            vectors=self.vectors,
            embedder=self.embedder() if wait_for_vectors else None,
            mark=checking.mark_passage,
            mark_rules=checking.MARK_RULES,
            progress=progress,
            cancelled=cancelled,
        )

    def search(
        self,
        slug: str,
        query: str,
        *,
        n: int = 10,
        internal: bool = False,
        as_of: date | None = None,
    ) -> SearchResult:
        """Search one project's notes; internal passages only when asked for."""
        project = self.projects.get(slug)
        return searching.search_notes(
            project.slug,
            query,
            store=self.store,
            vectors=self.vectors,
            embedder=self.embedder(),
            n=n,
            visibilities=tuple(Visibility) if internal else (Visibility.CLIENT,),
            as_of=as_of,
        )

    def guidance(self, query: str, language: Language, *, n: int = 6) -> tuple[GuidanceHit, ...]:
        """Find what the guidance says about a situation."""
        return searching.search_guidance(
            query,
            language,
            library=self.library,
            store=self.store,
            vectors=self.vectors,
            embedder=self.embedder(),
            n=n,
        )

    def guidance_point(self, point_id: str, language: Language) -> GuidancePoint:
        """Give one guidance point by its id. Raises GuidanceNotFoundError."""
        return self.library.point(point_id, language)

    # --- client mail

    def triage(self, mail: ReceivedMail) -> Triage:
        """Read a client's message: language, complaint or not, severity, Points, signs of injection."""
        return triage.triage_mail(mail)

    def take_in(self, slug: str, mail: ReceivedMail) -> Inbound:
        """Store a client's message with its triage; the same Message-ID again gives the stored one."""
        project = self.projects.get(slug)
        if not mail.body.strip():
            raise InvalidInputError("The message has no text; give the client's words in the body.")
        known = self.drafts.inbound_by_message_id(project.slug, mail.message_id) if mail.message_id else None
        if known is not None:
            return known
        inbound = Inbound(self.new_id("in"), project.slug, mail, triage.triage_mail(mail), self.clock())
        try:
            self.drafts.add_inbound(inbound)
        except ConflictError:  # the same mail came in twice at the same moment
            first = self.drafts.inbound_by_message_id(project.slug, mail.message_id)
            if first is None:
                raise
            return first
        return inbound

    # --- drafting and checking

    def draft(self, request: DraftRequest, *, cancelled: Cancelled = never) -> DraftView:
        """Write, check and store a new draft. Raises ProjectNotFoundError, GuidanceNotFoundError, InvalidInputError."""
        project = self.projects.get(request.project)
        inbound = self.drafts.inbound(request.inbound_id) if request.inbound_id else None
        if inbound is not None and inbound.project != project.slug:
            raise InvalidInputError(f"Message {inbound.id} belongs to another project.")
        playbook = self.library.playbook(request.kind)
        if playbook.needs_inbound and inbound is None:
            raise InvalidInputError(f"A message of kind {playbook.kind} answers a client's mail; give one.")
        as_of = request.as_of or self.as_of(project)
        recipients = self._recipients(project, request, inbound)
        brief = Brief(
            project=project,
            playbook=playbook,
            language=request.language or self._language(project, recipients, inbound),
            as_of=as_of,
            recipients=recipients,
            inbound=inbound,
            instruction=request.instruction,
        )
        writer, fallback, why = self.writer(project)
        draft = drafting.draft_message(
            brief,
            search=self._search_for_writer(project, as_of),
            passages=self.store.passages(project.slug, visibility=Visibility.CLIENT, as_of=as_of),
            library=self.library,
            writer=writer,
            fallback=fallback,
            why=why,
            clock=self.clock,
            new_id=self.new_id,
            cancelled=cancelled,
        )
        findings = self.check(draft, inbound=inbound)
        self.drafts.add(draft, findings)
        return DraftView(draft, findings, inbound=inbound)

    def suggest_reply(self, inbound_id: str, *, cancelled: Cancelled = never) -> DraftView:
        """Draft the answer to a client's message: a complaint reply, or an expectation-setting message."""
        inbound = self.drafts.inbound(inbound_id)
        kind = "complaint" if inbound.triage.complaint else "expectation"
        return self.draft(DraftRequest(inbound.project, kind, inbound_id=inbound.id), cancelled=cancelled)

    def check(self, draft: Draft, *, inbound: Inbound | None = None) -> tuple[Finding, ...]:
        """Run every check over a revision; stores nothing."""
        return checking.check_draft(
            draft,
            project=self.projects.get(draft.project),
            playbook=self.library.playbook(draft.kind) if draft.kind in self.library.kinds() else None,
            inbound=inbound,
            releases=self.drafts.releases(draft.id),
            store=self.store,
            projects=self.projects,
        )

    def check_text(
        self,
        slug: str,
        text: str,
        *,
        kind: str = "",
        language: Language | None = None,
        as_of: date | None = None,
        to: Sequence[str] = (),
    ) -> DraftView:
        """Check any text a person wrote, its sources searched sentence by sentence; stores nothing."""
        project = self.projects.get(slug)
        day = as_of or self.as_of(project)
        request = DraftRequest(project.slug, kind, to=tuple(to))
        draft = checking.text_as_draft(
            text,
            project=project,
            playbook=self.library.playbook(kind) if kind else None,
            language=language,
            as_of=day,
            recipients=self._recipients(project, request, None),
            at=self.clock(),
            new_id=self.new_id,
        )
        sourced = self.attach_sources(draft)
        return DraftView(sourced, self.check(sourced))

    def adopt(self, slug: str, text: str, *, kind: str, subject: str = "", as_of: date | None = None) -> DraftView:
        """Put a text that a person wrote into the queue as a draft, checked and with its sources searched."""
        view = self.check_text(slug, text, kind=kind, as_of=as_of)
        draft = replace(view.draft, subject=subject or view.draft.subject)
        findings = self.check(draft)
        self.drafts.add(draft, findings)
        return DraftView(draft, findings)

    def attach_sources(self, draft: Draft) -> Draft:
        """Give a person's own sentences without labels the best client-visible passages as evidence."""
        if all(s.evidence or s.origin is not Origin.HUMAN for s in draft.sentences()):
            return draft
        project = self.projects.get(draft.project)
        search = self._search_for_writer(project, draft.as_of)
        return checking.attach_sources(draft, search=lambda words: search(words, 5).hits, project=project)

    # --- action items

    def actions(self, text: str, *, slug: str | None = None, dated: date | None = None) -> tuple[ActionItem, ...]:
        """Read action items out of a note; with a project, its people's names are known."""
        project = self.projects.get(slug) if slug else None
        return action_items.extract_action_items(text, dated=dated, names=project.people() if project else (), path="")

    # --- inner steps

    def _search_for_writer(self, project: Project, as_of: date) -> NoteSearch:
        embedder = self.embedder()

        def search(query: str, n: int) -> SearchResult:
            return searching.search_notes(
                project.slug,
                query,
                store=self.store,
                vectors=self.vectors,
                embedder=embedder,
                n=n,
                visibilities=(Visibility.CLIENT,),
                as_of=as_of,
                prefer_recent=True,
            )

        return search

    @staticmethod
    def _recipients(project: Project, request: DraftRequest, inbound: Inbound | None) -> tuple[Recipient, ...]:
        if request.to:
            chosen = []
            for words in request.to:
                contact = project.contact_named(words)
                if contact is None:
                    raise InvalidInputError(
                        f"Project {project.slug} has no contact by that name or address; add it to project.toml first."
                    )
                chosen.append(contact.as_recipient())
            return tuple(dict.fromkeys(chosen))
        if inbound is not None:
            contact = project.contact_by_email(inbound.mail.sender_email)
            return (contact.as_recipient(),) if contact else ()
        return project.default_recipients()

    @staticmethod
    def _language(project: Project, recipients: Sequence[Recipient], inbound: Inbound | None) -> Language:
        contact = project.contact_by_email(recipients[0].email) if recipients else None
        if contact is not None and contact.language is not None:
            return contact.language
        if inbound is not None and inbound.triage.language in ("en", "zh"):
            return "zh" if inbound.triage.language == "zh" else "en"
        return project.language


@dataclass(frozen=True, slots=True)
class DeskServices(ProposeServices):
    """The person's side: edit, settle, approve, take back, deliver. Only the desk and `outbox deliver` get it."""

    reviews: DraftReviewer
    note_writer: NoteWriter
    outbox: Outbox
    transport: Transport
    reviewer: str
    undo: timedelta
    note_file: Callable[[str, str], str]

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
        self.index(project.slug)
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
        reviewing.release_passage(
            view.draft, passage_id, reason, by=self.reviewer, drafts=self.reviews, store=self.store, clock=self.clock
        )
        return self.recheck(draft_id)

    def reject(self, draft_id: str, revision: int, reason: str) -> DraftView:
        """Put a draft away for a reason. Raises StaleRevisionError, StateError."""
        reviewing.reject_draft(draft_id, revision, reason, drafts=self.reviews)
        return self.view(draft_id)

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

    def _store_revision(self, view: DraftView, draft: Draft, revision: int) -> DraftView:
        reviewing.require_revision(view.draft, revision)
        findings = self.check(draft, inbound=view.inbound)
        self.reviews.revise(draft, findings)
        return self.view(draft.id)
