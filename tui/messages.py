"""What happened, in the past tense: each worker calls one service and posts one of these."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:  # the queue's first paint does not need the nouns behind these names
    from collections.abc import Mapping
    from datetime import date

    from assistant.domain.actions import MeetingNote, MeetingSummary, StoredItem
    from assistant.domain.draft import Draft
    from assistant.domain.guidance import GuidancePoint, Playbook
    from assistant.domain.inbound import Inbound, Triage
    from assistant.domain.note import IndexReport, SearchResult
    from assistant.domain.outbox import OutboxEntry
    from assistant.domain.project import Language, Project
    from assistant.domain.rewriting import ReviewTranslation, RevisionEdits
    from assistant.domain.rhythm import UpdateDue
    from assistant.domain.view import Confirmation, DraftView, NoteExcerpt
    from assistant.errors import AssistantError
    from assistant.indexing import IndexProgress
    from assistant.ports import DraftRow
    from assistant.services import DeskServices
    from tui.pasted import Pasted


@dataclass
class ServicesOpened(Message):
    """The workspace is open. Projects and kinds are read once."""

    services: DeskServices
    projects: tuple[Project, ...]
    kinds: tuple[Playbook, ...]


@dataclass
class ProjectsRead(Message):
    """The project cards were read again."""

    projects: tuple[Project, ...]


@dataclass
class MarkMoved(Message):
    """Some process changed the state."""

    mark: int


@dataclass
class QueueRead(Message):
    """Queue and outbox as they are now."""

    rows: tuple[DraftRow, ...]
    entries: tuple[OutboxEntry, ...]
    updates: tuple[UpdateDue, ...]
    proposals: tuple[StoredItem, ...]
    noted: Mapping[str, date]


@dataclass
class DraftsRejected(Message):
    """Several drafts were put away; some could not be."""

    done: tuple[str, ...]
    kept: tuple[AssistantError, ...]


@dataclass
class ViewRead(Message):
    """A draft was read from the workspace."""

    view: DraftView


@dataclass
class ViewChanged(Message):
    """A decision or an edit was stored; `said` is the key of what to tell."""

    view: DraftView
    said: str


@dataclass
class EditStored(Message):
    """An edited text became the next revision."""

    view: DraftView


@dataclass
class PreviewChecked(Message):
    """A text that is being typed was checked; `subject` and `body` are what was checked."""

    view: DraftView
    subject: str
    body: str


@dataclass
class ExcerptsRead(Message):
    """Lines of notes around a revision's evidence, by evidence number; a note that is gone has none."""

    draft_id: str
    revision: int
    excerpts: Mapping[int, NoteExcerpt]


@dataclass
class HistoryRead(Message):
    """Every revision of a draft, oldest first, and what each changed, newest first."""

    revisions: tuple[Draft, ...]
    edits: tuple[RevisionEdits, ...]


@dataclass
class ConfirmationBuilt(Message):
    """What an approval would send."""

    confirmation: Confirmation


@dataclass
class DraftApproved(Message):
    """An approval was stored."""

    entry: OutboxEntry


@dataclass
class ApprovalWithdrawn(Message):
    """An approval was taken back; the draft is open again."""

    view: DraftView


@dataclass
class DeliveryFinished(Message):
    """Due messages were handed to the transport; these changed."""

    entries: tuple[OutboxEntry, ...]


@dataclass
class EntryMoved(Message):
    """A person's word about an outbox entry was stored."""

    entry: OutboxEntry


@dataclass
class PassagesFound(Message):
    """A search over the notes came back."""

    query: str
    result: SearchResult


@dataclass
class DraftWritten(Message):
    """A new draft was written, checked and stored."""

    view: DraftView


@dataclass
class NoteRead(Message):
    """A note's lines, as the index reads it."""

    lines: tuple[str, ...]


@dataclass
class MailTriaged(Message):
    """A pasted mail was read; a text without words has no triage."""

    pasted: Pasted
    triage: Triage | None


@dataclass
class GuidanceFound(Message):
    """What the guidance says about some words; `query` is empty for all of it."""

    query: str
    points: tuple[GuidancePoint, ...]


@dataclass
class GuidanceRead(Message):
    """The guidance in one language, by the ids of its points."""

    language: Language
    points: Mapping[str, GuidancePoint]


@dataclass
class ProjectLooked(Message):
    """What a project's index holds."""

    slug: str
    notes: int
    passages: int


@dataclass
class IndexMoved(Message):
    """How far an indexing run is."""

    progress: IndexProgress


@dataclass
class IndexFinished(Message):
    """An indexing run is over."""

    report: IndexReport


@dataclass
class MeetingsRead(Message):
    """A project's notes to choose a meeting from, and its kept items."""

    slug: str
    notes: tuple[MeetingNote, ...]
    items: tuple[StoredItem, ...]


@dataclass
class MeetingRead(Message):
    """What one meeting left behind, and the items that are kept already."""

    summary: MeetingSummary
    items: tuple[StoredItem, ...]


@dataclass
class ItemChanged(Message):
    """A decision about an action item was stored; `said` is the key of what to tell."""

    item: StoredItem
    said: str


@dataclass
class ItemsKept(Message):
    """A meeting's items were kept as proposals."""

    count: int


@dataclass
class ItemsExported(Message):
    """Items were written in another form; `ending` is its file's."""

    words: str
    ending: str


@dataclass
class DraftTranslated(Message):
    """A draft stands in the other language, for reading only."""

    translation: ReviewTranslation


@dataclass
class MailsRead(Message):
    """The client mails that a project took in, oldest first."""

    mails: tuple[Inbound, ...]
