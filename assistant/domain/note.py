"""Notes and the passages cut from them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.domain.project import Visibility


class NoteKind(StrEnum):
    """What sort of note it is; decides what it may prove."""

    SENT = "sent"
    RECEIVED = "received"
    MINUTES = "minutes"
    LOG = "log"
    DECISION = "decision"
    PLAN = "plan"
    CHAT = "chat"
    OTHER = "other"


class Certainty(StrEnum):
    """Whether a date, kind or visibility was written down by a person or worked out from signs."""

    STATED = "stated"
    INFERRED = "inferred"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Passage:
    """A retrievable span of a note, with its exact place.

    `text` equals the note's lines `start_line` to `end_line` (1-based, inclusive) at characters `start` to `end`
    of the decoded note. `id` is stable for the same project, path and place with the same text; `digest` is the
    SHA-256 of `text` in hexadecimal. `place` adds what a line cannot say: a page, a sheet, a mail part.
    """

    id: str
    project: str
    path: str
    start_line: int
    end_line: int
    start: int
    end: int
    text: str
    digest: str
    headings: tuple[str, ...] = ()
    dated: date | None = None
    date_certainty: Certainty = Certainty.UNKNOWN
    kind: NoteKind = NoteKind.OTHER
    kind_certainty: Certainty = Certainty.INFERRED
    visibility: Visibility = Visibility.CLIENT
    visibility_certainty: Certainty = Certainty.INFERRED
    quoted: bool = False
    place: str = ""

    @property
    def cite(self) -> str:
        """Give the place as a person writes it: `notes/minutes.md:12-14`."""
        lines = str(self.start_line) if self.start_line == self.end_line else f"{self.start_line}-{self.end_line}"
        return f"{self.path}:{lines}"


@dataclass(frozen=True, slots=True)
class Note:
    """A file a person wrote or received, decoded, with its passages.

    `digest` is the SHA-256 of the file's bytes in hexadecimal; `path` is relative to the project's folder, with `/`.
    """

    project: str
    path: str
    digest: str
    text: str
    encoding: str
    kind: NoteKind
    kind_certainty: Certainty
    dated: date | None
    date_certainty: Certainty
    visibility: Visibility
    visibility_certainty: Certainty
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found by a search. `score` orders hits of one search and means nothing across searches."""

    passage: Passage
    score: float
    by_words: int | None = None
    by_vectors: int | None = None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Hits, best first. `lexical_only` says that vectors could not be had, and `notice` says why.

    `with_vectors` of the project's `passages` have a vector; the others are found by words only, and `notice` says so.
    A project without `passages` has no indexed notes.
    """

    hits: tuple[Hit, ...]
    lexical_only: bool = False
    notice: str = ""
    passages: int = 0
    with_vectors: int = 0

    @property
    def partial(self) -> bool:
        """Tell whether vectors count for some of the passages only."""
        return not self.lexical_only and self.with_vectors < self.passages


@dataclass(frozen=True, slots=True)
class SkippedNote:
    """A file that was not indexed, and the reason in one sentence."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What one indexing run did. Counts are notes, except `passages`, `embedded`, `waiting` (no vectors yet)."""

    project: str
    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    passages: int = 0
    embedded: int = 0
    waiting: int = 0
    skipped: tuple[SkippedNote, ...] = ()
    lexical_only: bool = False
    notice: str = ""
