"""Bring a project's index up to date: only what changed is read, and only what is new is embedded.

Words are searchable as soon as a note is stored; vectors follow in batches. A run may be cut off at any point: the
next one goes on where it stopped. The index lock is held for one note or one exchange with the vector index at a
time, never during embedding.
"""

import hashlib
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from assistant.domain.note import IndexReport, Passage, SkippedNote
from assistant.domain.project import Project
from assistant.errors import EmbedderUnavailableError, UnreadableNoteError
from assistant.ports import (
    Embedder,
    GuidanceLibrary,
    NoteFile,
    NoteFolder,
    PassageMarks,
    PassageStore,
    StoredNote,
    VectorIndex,
)
from assistant.retrieval.guidance import LANGUAGES, store_guidance
from assistant.retrieval.notes import read_note, reader_key
from assistant.retrieval.readers import check_size, check_suffix
from assistant.retrieval.upkeep import WORDS_ONLY, bring_vectors

_SHOW_EVERY = 20

Mark = Callable[[Passage, Project], PassageMarks]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class IndexProgress:
    """How far a run is. `phase` is `reading` or `embedding`; `rate` is items a second, 0 while unknown."""

    phase: str
    done: int
    total: int
    rate: float = 0.0


Progress = Callable[[IndexProgress], None]


def index_project(
    project: Project,
    *,
    folder: NoteFolder,
    store: PassageStore,
    vectors: VectorIndex,
    embedder: Embedder | None,
    mark: Mark,
    mark_rules: str = "",
    progress: Progress = lambda _: None,
    cancelled: Cancelled = lambda: False,
) -> IndexReport:
    """Bring one project's index up to date and say what was done.

    `mark` works out facts and fingerprints; `mark_rules` names its rules, so that other rules read every note again.

    A file that cannot be read is skipped with its reason and the others are indexed. Without an embedder the report
    says that search goes by words only. Raises StorageError, LockTimeoutError.
    """
    run = _Run(project, folder, store, mark, mark_rules)
    run.take_all(progress, cancelled)
    report = run.report()
    if embedder is None:
        return replace(report, lexical_only=True, notice=WORDS_ONLY)
    embedded, notice = _bring_vectors(project.slug, store, vectors, embedder, progress, cancelled)
    return replace(report, embedded=embedded, lexical_only=bool(notice), notice=notice)


def index_guidance(
    library: GuidanceLibrary,
    *,
    store: PassageStore,
    vectors: VectorIndex,
    embedder: Embedder | None,
    progress: Progress = lambda _: None,
    cancelled: Cancelled = lambda: False,
) -> None:
    """Bring the guidance index up to date in both languages. Raises KnowledgeError, StorageError, LockTimeoutError."""
    for language in LANGUAGES:
        space = store_guidance(library, language, store)
        if embedder is not None:
            _bring_vectors(space, store, vectors, embedder, progress, cancelled)


def _bring_vectors(
    space: str,
    store: PassageStore,
    vectors: VectorIndex,
    embedder: Embedder,
    progress: Progress,
    cancelled: Cancelled,
) -> tuple[int, str]:
    """Embed what is new and bring the vector index into step; how many were embedded, and a notice of what failed."""
    started = time.monotonic()

    def report(done: int, total: int) -> None:
        progress(IndexProgress("embedding", done, total, _rate(done, started)))

    try:
        embedded = bring_vectors(space, store, vectors, embedder, report, cancelled)
    except EmbedderUnavailableError as error:
        return 0, str(error)
    return embedded, ""


def _rate(done: int, started: float) -> float:
    passed = time.monotonic() - started
    return done / passed if passed > 0 else 0.0


@dataclass(slots=True)
class _Run:
    """One run over a project's files, counting what it does."""

    project: Project
    folder: NoteFolder
    store: PassageStore
    mark: Mark
    mark_rules: str
    counts: Counter[str] = field(default_factory=Counter)
    skipped: list[SkippedNote] = field(default_factory=list)

    def take_all(self, progress: Progress, cancelled: Cancelled) -> None:
        """Forget notes that are gone and take in those that are new or changed."""
        files = tuple(self.folder.scan(self.project.slug))
        known = self.store.notes(self.project.slug)
        for path in known.keys() - {file.path for file in files}:
            self._remove(path)
        reader = f"{reader_key(self.project)}:{self.mark_rules}"
        started = time.monotonic()
        for done, file in enumerate(files, 1):
            if cancelled():
                return
            stored = known.get(file.path)
            if stored == StoredNote(file.path, stored.digest if stored else "", file.size, file.modified_ns, reader):
                self.counts["unchanged"] += 1
            else:
                self._take(file, stored, reader)
            if done % _SHOW_EVERY == 0 or done == len(files):
                progress(IndexProgress("reading", done, len(files), _rate(done, started)))

    def _take(self, file: NoteFile, stored: StoredNote | None, reader: str) -> None:
        with self.store.write_lock():
            try:
                check_suffix(file.path)
                check_size(file.size)
                data = self.folder.read(self.project.slug, file.path)
                digest = hashlib.sha256(data).hexdigest()
                if stored is not None and (stored.digest, stored.reader) == (digest, reader):
                    self.store.touch_note(self.project.slug, file)
                    self.counts["unchanged"] += 1
                    return
                note = read_note(self.project, file.path, data)
            except UnreadableNoteError as error:
                self.skipped.append(SkippedNote(file.path, str(error)))
                if stored is not None:
                    self.store.remove_note(self.project.slug, file.path)
                    self.counts["removed"] += 1
                return
            marks = {passage.id: self.mark(passage, self.project) for passage in note.passages}
            self.store.replace_note(note, file, reader, marks)
        self.counts["changed" if stored is not None else "added"] += 1

    def _remove(self, path: str) -> None:
        with self.store.write_lock():
            self.store.remove_note(self.project.slug, path)
        self.counts["removed"] += 1

    def report(self) -> IndexReport:
        """Sum up what the run did."""
        return IndexReport(
            project=self.project.slug,
            added=self.counts["added"],
            changed=self.counts["changed"],
            removed=self.counts["removed"],
            unchanged=self.counts["unchanged"],
            passages=self.store.count(self.project.slug),
            skipped=tuple(self.skipped),
        )
