"""Everything short of a decision: read, search, draft, check, file a proposal."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from assistant import action_items, checking, drafting, indexing, searching, triage
from assistant.domain.actions import ActionItem
from assistant.domain.brief import Brief
from assistant.domain.draft import Draft, Origin, WriterReason
from assistant.domain.finding import Finding
from assistant.domain.guidance import Answers, GuidanceHit, Playbook
from assistant.domain.inbound import Inbound, ReceivedMail, Triage
from assistant.domain.note import IndexReport, Passage, SearchResult
from assistant.domain.project import Language, Project, Recipient, Visibility
from assistant.domain.rewriting import Heard, RevisionEdits, unheard
from assistant.domain.view import DraftRequest, DraftView
from assistant.errors import ConflictError, InvalidInputError, KnowledgeError
from assistant.model_ports import ModelLedger
from assistant.ports import (
    ActionItems,
    Clock,
    DraftProposer,
    DraftRow,
    Embedder,
    GuidanceLibrary,
    NewId,
    NoteFolder,
    PassageStore,
    Projects,
    VectorIndex,
    Writers,
)
from assistant.services.meetings import MeetingServices
from assistant.writing.edits import edits_of
from assistant.writing.evidence import NoteSearch

EmbedderSource = Callable[[], Embedder | None]
Cancelled = Callable[[], bool]


def never() -> bool:
    """Say that nobody asked to stop."""
    return False


_PATIENCE = 5.0  # seconds of embedding that whoever wants to read the index waits for


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
    writers: Callable[[Project], Writers]
    ledger: ModelLedger
    clock: Clock
    new_id: NewId
    action_items: ActionItems

    @property
    def meetings(self) -> MeetingServices:
        """Give what reads meetings and keeps their action items."""
        return MeetingServices(self, self.action_items)

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
            self.ledger.calls(draft_id),
        )

    def revisions(self, draft_id: str) -> tuple[DraftView, ...]:
        """Give every revision of a draft with its findings, oldest first. Raises DraftNotFoundError."""
        newest = self.view(draft_id)
        return tuple(
            replace(newest, draft=draft, findings=self.drafts.findings(draft_id, draft.revision))
            for draft in self.drafts.history(draft_id)
        )

    def revision_edits(self, draft_id: str) -> tuple[RevisionEdits, ...]:
        """Give what each revision changed, sentence by sentence and classified, newest first."""
        return tuple(reversed(edits_of(self.drafts.history(draft_id))))

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
        rebuild: bool = False,
        patience: float | None = None,
    ) -> IndexReport:
        """Bring a project's index up to date. Raises ProjectNotFoundError, StorageError.

        Only with `rebuild` is an index emptied that another embedder built; after `patience` seconds of embedding the
        rest is left to a later run.
        """
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
            rebuild=rebuild,
            patience=patience,
        )

    def refresh(self, slug: str, *, progress: Callable[[indexing.IndexProgress], None] = lambda _: None) -> IndexReport:
        """Bring a project's index up to date before it is read. Raises as `index` does.

        Words are all there afterwards. Vectors are waited for a few seconds, for what a person changed since; the many
        of a new folder are left to `sincerely index` and the runs after this one.
        """
        return self.index(slug, progress=progress, patience=_PATIENCE)

    def coverage(self, slug: str) -> tuple[int, int]:
        """Give how many of a project's passages have a vector from the embedder in use, and how many there are."""
        embedder = self.embedder()
        return self.store.coverage(slug, embedder.name if embedder is not None else "")

    def mend_index(self) -> str:
        """Move a damaged index aside, so that the next run makes it anew; gives its new name, "" for a sound one."""
        return self.store.mend()

    def index_guidance(self, *, progress: Callable[[indexing.IndexProgress], None] = lambda _: None) -> None:
        """Bring the index of the guidance up to date in both languages. Raises KnowledgeError, StorageError."""
        indexing.index_guidance(
            self.library, store=self.store, vectors=self.vectors, embedder=self.embedder(), progress=progress
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

    def draft(
        self,
        request: DraftRequest,
        *,
        heard: Heard = unheard,
        cancelled: Cancelled = never,
        writers: Writers | None = None,
        only_notes: Collection[str] = (),
    ) -> DraftView:
        """Write, check and store a new draft; `heard` is told each sentence as it is complete.

        `writers` stand in for the project's own; `only_notes`, paths, limit what may be cited.
        Raises ProjectNotFoundError, GuidanceNotFoundError, InvalidInputError, and ModelError or ForbiddenError where
        the settings allow no fallback.
        """
        return self._drafted(request, heard=heard, cancelled=cancelled, writers=writers, only_notes=only_notes)

    def _drafted(
        self,
        request: DraftRequest,
        *,
        heard: Heard,
        cancelled: Cancelled,
        writers: Writers | None = None,
        only_notes: Collection[str] = (),
        released: Sequence[Passage] = (),
    ) -> DraftView:
        """Draft, with internal passages beside the others that only a person at the desk can have released."""
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
            released=frozenset(passage.id for passage in released),
        )
        passages = self.store.passages(project.slug, visibility=Visibility.CLIENT, as_of=as_of)
        notices: dict[str, WriterReason] = {}
        draft = drafting.draft_message(
            brief,
            search=self._search_for_writer(project, as_of, notices),
            passages=[*released, *(p for p in passages if not only_notes or p.path in only_notes)],
            library=self.library,
            writers=writers or self.writers(project),
            clock=self.clock,
            new_id=self.new_id,
            check=lambda one: self.check(one, inbound=inbound),
            heard=heard,
            cancelled=cancelled,
        )
        draft = _with_reasons(draft, notices.values())
        findings = self.check(draft, inbound=inbound)
        self.drafts.add(draft, findings)
        return DraftView(draft, findings, inbound=inbound, calls=self.ledger.calls(draft.id))

    def suggest_reply(self, inbound_id: str, *, heard: Heard = unheard, cancelled: Cancelled = never) -> DraftView:
        """Draft the answer to a client's message: a complaint reply, or an expectation-setting message."""
        inbound = self.drafts.inbound(inbound_id)
        wanted = Answers.COMPLAINT if inbound.triage.complaint else Answers.OTHER
        kind = next((book.kind for book in self.kinds() if book.answers is wanted), None)
        if kind is None:
            raise KnowledgeError(f'No playbook says answers = "{wanted}"; add that line to one of them.')
        return self.draft(DraftRequest(inbound.project, kind, inbound_id=inbound.id), heard=heard, cancelled=cancelled)

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
        notices: dict[str, WriterReason] = {}
        sourced = _with_reasons(self.attach_sources(draft, notices), notices.values())
        return DraftView(sourced, self.check(sourced))

    def adopt(self, slug: str, text: str, *, kind: str, subject: str = "", as_of: date | None = None) -> DraftView:
        """Put a text that a person wrote into the queue as a draft, checked and with its sources searched."""
        view = self.check_text(slug, text, kind=kind, as_of=as_of)
        draft = replace(view.draft, subject=subject or view.draft.subject)
        findings = self.check(draft)
        self.drafts.add(draft, findings)
        return DraftView(draft, findings)

    def attach_sources(self, draft: Draft, notices: dict[str, WriterReason] | None = None) -> Draft:
        """Give a person's own sentences without labels the best client-visible passages as evidence.

        `notices` takes why the search went by words only, where it did.
        """
        if all(s.evidence or s.origin is not Origin.HUMAN for s in draft.sentences()):
            return draft
        project = self.projects.get(draft.project)
        search = self._search_for_writer(project, draft.as_of, notices)
        return checking.attach_sources(draft, search=lambda words: search(words, 5).hits, project=project)

    # --- action items

    def actions(self, text: str, *, slug: str | None = None, dated: date | None = None) -> tuple[ActionItem, ...]:
        """Read action items out of a note; with a project, its people's names are known."""
        project = self.projects.get(slug) if slug else None
        return action_items.extract_action_items(text, dated=dated, names=project.people() if project else (), path="")

    # --- inner steps

    def _search_for_writer(
        self, project: Project, as_of: date, notices: dict[str, WriterReason] | None = None
    ) -> NoteSearch:
        embedder = self.embedder()

        def search(query: str, n: int) -> SearchResult:
            found = searching.search_notes(
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
            if notices is not None and found.lexical_only:
                notices[found.notice] = WriterReason("words_only", {"why": found.notice})
            elif notices is not None and found.partial:
                counts = {"count": str(found.with_vectors), "passages": str(found.passages)}
                notices[found.notice] = WriterReason("some_vectors", counts)
            return found

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


def _with_reasons(draft: Draft, reasons: Iterable[WriterReason]) -> Draft:
    """Let a draft say that its notes, or some of them, were searched by words only."""
    added = tuple(reasons)
    return replace(draft, writer=replace(draft.writer, reasons=draft.writer.reasons + added)) if added else draft
