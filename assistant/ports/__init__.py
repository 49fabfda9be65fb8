"""The ports: what use cases need from the outside, in our own types.

Each is narrow on purpose: what a use case may touch can be read from its keyword-only arguments. Adapters raise the
classes of `assistant.errors` and nothing else.
"""

from assistant.ports.notes import (
    Embedder,
    LanguageMean,
    NoteFile,
    NoteFolder,
    NoteWriter,
    PassageMarks,
    PassageStore,
    StoredNote,
    StoredPassage,
    VectorIndex,
)
from assistant.ports.records import (
    ActionItems,
    DraftProposer,
    DraftReader,
    DraftReviewer,
    DraftRow,
    Outbox,
    OutboxReader,
)
from assistant.ports.surroundings import Clock, GuidanceLibrary, NewId, Projects
from assistant.ports.transport import Transport
from assistant.ports.writers import MeetingReader, Rewriter, Translator, Writer, Writers

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
    "StoredPassage",
    "Translator",
    "Transport",
    "VectorIndex",
    "Writer",
    "Writers",
]
