"""What happened, in the past tense: each worker calls one service and posts one of these."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from assistant.domain.draft import Draft
from assistant.domain.guidance import Playbook
from assistant.domain.note import SearchResult
from assistant.domain.outbox import OutboxEntry
from assistant.domain.project import Project
from assistant.domain.view import Confirmation, DraftView, NoteExcerpt
from assistant.ports import DraftRow

if TYPE_CHECKING:
    from assistant.services import DeskServices


@dataclass
class ServicesOpened(Message):
    """The workspace is open. Projects and kinds are read once."""

    services: "DeskServices"
    projects: tuple[Project, ...]
    kinds: tuple[Playbook, ...]


@dataclass
class MarkMoved(Message):
    """Some process changed the state."""

    mark: int


@dataclass
class QueueRead(Message):
    """Queue and outbox as they are now."""

    rows: tuple[DraftRow, ...]
    entries: tuple[OutboxEntry, ...]


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
    """Every revision of a draft, oldest first."""

    revisions: tuple[Draft, ...]


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
