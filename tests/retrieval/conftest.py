"""A small workspace on disk with real parts: SQLite, Chroma files, and an embedder that is quick and repeatable."""

import hashlib
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from assistant.adapters.database.passage_store import SqlitePassageStore
from assistant.adapters.note_folder import DiskNotes
from assistant.domain.note import IndexReport, Passage
from assistant.domain.project import Client, Contact, Project, Sender
from assistant.errors import EmbedderUnavailableError
from assistant.indexing import index_project
from assistant.language.facts import extract_facts
from assistant.ports import PassageMarks
from assistant.retrieval.chroma import ChromaVectors
from assistant.retrieval.words import search_words


@dataclass
class WordHashEmbedder:
    """An embedder of its own right: words hashed into 64 dimensions. Counts what it was asked, and can break off."""

    name: str = "word-hash"
    dimension: int = 64
    asked: list[str] = field(default_factory=list)
    fails_after: int | None = None

    def passages(self, texts: Sequence[str]) -> list[list[float]]:
        if self.fails_after is not None and len(self.asked) >= self.fails_after:
            raise EmbedderUnavailableError("The embedder went away.")
        self.asked.extend(texts)
        return [self._vector(text) for text in texts]

    def query(self, text: str) -> list[float]:
        return self._vector(text)

    def _vector(self, text: str) -> list[float]:
        vector = [0.0] * self.dimension
        for word in search_words(text) or ["nothing"]:
            digest = hashlib.sha256(word.encode()).digest()
            vector[digest[0] % self.dimension] += 1.0 if digest[1] % 2 else -1.0
        length = math.sqrt(sum(x * x for x in vector))
        return [x / length for x in vector] if length else [1.0] + [0.0] * (self.dimension - 1)


def mark(passage: Passage, project: Project) -> PassageMarks:
    """Work out facts, and one fingerprint of 64 bits, of a passage."""
    print_ = int.from_bytes(hashlib.sha256(passage.text.encode()).digest()[:8], "big")
    facts = extract_facts(passage.text, reference=passage.dated, names=project.people())
    return PassageMarks(facts, frozenset({print_}))


@dataclass
class Workspace:
    """A workspace folder with its index."""

    folder: Path
    store: SqlitePassageStore
    vectors: ChromaVectors
    notes: DiskNotes
    embedder: WordHashEmbedder

    def write(self, project: str, name: str, content: str | bytes) -> Path:
        path = self.folder / "projects" / project / "notes" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def index(
        self, project: Project, *, embedder: WordHashEmbedder | None = None, words_only: bool = False
    ) -> IndexReport:
        return index_project(
            project,
            folder=self.notes,
            store=self.store,
            vectors=self.vectors,
            embedder=None if words_only else embedder or self.embedder,
            mark=mark,
        )


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    state = tmp_path / ".sincerely"
    state.mkdir()
    store = SqlitePassageStore(state, lock_seconds=5)
    vectors = ChromaVectors(state / "chroma", generation=store.generation)
    yield Workspace(tmp_path, store, vectors, DiskNotes(tmp_path), WordHashEmbedder())
    vectors.close()
    store.close()


@pytest.fixture
def project() -> Callable[..., Project]:
    def make(slug: str = "harbour", **changes: object) -> Project:
        values: dict[str, object] = {
            "slug": slug,
            "name": slug.title(),
            "client": Client(f"client-{slug}", f"Client of {slug}"),
            "sender": Sender("Mira Holm", "mira@ourfirm.example"),
            "contacts": (
                Contact("Jonas Berg", "jonas@client.example"),
                Contact("顾敏", "gu@client.example", salutation="顾主任"),
            ),
        }
        return Project(**(values | changes))  # type: ignore[arg-type]  # a test's own shorthand

    return make
