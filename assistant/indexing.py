"""Bring a project's index up to date: only what changed is read, and only what is new is embedded.

Words are searchable as soon as a note is stored; vectors follow in batches. A run may be cut off at any point: the
next one goes on where it stopped. The index lock is held to store one note or for one exchange with the vector index
at a time, never while a note is read or embedded. Several runs may go on at once: what a run stores is what the file
holds at that moment, and a note is forgotten only when its file is gone at that moment.
"""

import contextlib
import hashlib
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from assistant.domain.note import IndexReport, Note, Passage, SkippedNote
from assistant.domain.project import Project
from assistant.errors import EmbedderUnavailableError, IndexMismatchError, UnreadableNoteError
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
from assistant.retrieval.upkeep import WORDS_ONLY, Brought, bring_vectors

_SHOW_EVERY = 20
_ATTEMPTS = 3
_GRAIN_NS = 2_500_000_000  # FAT keeps times to two seconds
_UNSETTLED = -1

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


def index_project(  # noqa: PLR0913 - ports and what a caller may ask for, all by name
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
    rebuild: bool = True,
    patience: float | None = None,
) -> IndexReport:
    """Bring one project's index up to date and say what was done.

    `mark` works out facts and fingerprints; `mark_rules` names its rules, so that other rules read every note again.
    An index that another embedder built is rebuilt only with `rebuild`; without it the report says what to do.
    After `patience` seconds of embedding the rest is left to a later run.

    A file that cannot be read is skipped with its reason and the others are indexed. Without an embedder the report
    says that search goes by words only. Raises StorageError, LockTimeoutError.
    """
    run = _Run(project, folder, store, mark, mark_rules)
    run.take_all(progress, cancelled)
    report = run.report()
    if embedder is None:
        return replace(report, lexical_only=True, notice=WORDS_ONLY)
    ends = None if patience is None else time.monotonic() + patience

    def enough() -> bool:
        return cancelled() or (ends is not None and time.monotonic() >= ends)

    try:
        brought = _bring_vectors(project.slug, store, vectors, embedder, progress, enough, rebuild=rebuild)
    except (EmbedderUnavailableError, IndexMismatchError) as error:
        return replace(report, lexical_only=True, notice=str(error))
    return replace(report, embedded=brought.embedded, waiting=brought.missing)


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
            with contextlib.suppress(EmbedderUnavailableError):  # it was said of the notes; guidance is found by words
                _bring_vectors(space, store, vectors, embedder, progress, cancelled, rebuild=True)


def _bring_vectors(
    space: str,
    store: PassageStore,
    vectors: VectorIndex,
    embedder: Embedder,
    progress: Progress,
    cancelled: Cancelled,
    *,
    rebuild: bool,
) -> Brought:
    started = time.monotonic()

    def report(done: int, total: int) -> None:
        progress(IndexProgress("embedding", done, total, _rate(done, started)))

    return bring_vectors(space, store, vectors, embedder, report, cancelled, rebuild=rebuild)


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
        # What is known is asked first: a note that another run takes in after the files were listed is not gone.
        known = self.store.notes(self.project.slug)
        files = tuple(self.folder.scan(self.project.slug))
        for path in known.keys() - {file.path for file in files}:
            self._remove(path, known[path])
        reader = f"{reader_key(self.project)}:{self.mark_rules}"
        started = time.monotonic()
        for done, file in enumerate(files, 1):
            if cancelled():
                return
            stored = known.get(file.path)
            if stored is not None and _same(stored, file, reader):
                self._leave(stored)
            else:
                self._take(file, stored, reader)
            if done % _SHOW_EVERY == 0 or done == len(files):
                progress(IndexProgress("reading", done, len(files), _rate(done, started)))

    def _leave(self, stored: StoredNote) -> None:
        if stored.refused:
            self.skipped.append(SkippedNote(stored.path, stored.refused))
        else:
            self.counts["unchanged"] += 1

    def _take(self, file: NoteFile, stored: StoredNote | None, reader: str) -> None:
        """Read a file and store what it holds; it is read outside the lock, and once more when it changed meanwhile."""
        slug = self.project.slug
        try:
            check_suffix(file.path)
            check_size(file.size)
            data = self.folder.read(slug, file.path)
            settled = _settled(file)
            for attempt in range(_ATTEMPTS):
                digest = hashlib.sha256(data).hexdigest()
                if stored is not None and (stored.digest, stored.reader) == (digest, reader):
                    if (stored.size, stored.modified_ns) != (settled.size, settled.modified_ns):
                        self.store.touch_note(slug, settled, digest)
                    self._leave(stored)
                    return
                note, reason = self._read(file.path, data)
                marks = {passage.id: self.mark(passage, self.project) for passage in note.passages} if note else {}
                with self.store.write_lock():
                    present = self.folder.read(slug, file.path)
                    if present != data and attempt + 1 < _ATTEMPTS:
                        data = present
                        continue
                    unsure = settled if present == data else replace(file, modified_ns=_UNSETTLED)
                    if note is None:
                        self.store.refuse_note(slug, unsure, digest, reader, reason)
                    else:
                        self.store.replace_note(note, unsure, reader, marks)
                break
        except UnreadableNoteError as error:
            if self.folder.present(slug, file.path):
                self._lose(file.path, stored, str(error))
            elif stored is not None:
                self._remove(file.path, stored)  # it was removed after the files were listed
            return
        if note is None:
            self._lose(file.path, None if stored is None or stored.refused else stored, reason, forgotten=True)
        else:
            self.counts["added" if stored is None or stored.refused else "changed"] += 1

    def _read(self, path: str, data: bytes) -> tuple[Note | None, str]:
        try:
            return read_note(self.project, path, data), ""
        except UnreadableNoteError as error:
            return None, str(error)

    def _lose(self, path: str, stored: StoredNote | None, reason: str, *, forgotten: bool = False) -> None:
        self.skipped.append(SkippedNote(path, reason))
        if stored is not None:
            if not forgotten:
                with self.store.write_lock():
                    self.store.remove_note(self.project.slug, path)
            self.counts["removed"] += not stored.refused

    def _remove(self, path: str, stored: StoredNote) -> None:
        with self.store.write_lock():
            if self.folder.present(self.project.slug, path):
                return  # it is back: the run that put it there, or the next one, takes it in
            self.store.remove_note(self.project.slug, path)
        self.counts["removed"] += not stored.refused

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


def _same(stored: StoredNote, file: NoteFile, reader: str) -> bool:
    return (stored.size, stored.modified_ns, stored.reader) == (file.size, file.modified_ns, reader)


def _settled(file: NoteFile) -> NoteFile:
    """Give the file as it is remembered: one that was only just written may change again within the clock's grain."""
    return file if time.time_ns() - file.modified_ns > _GRAIN_NS else replace(file, modified_ns=_UNSETTLED)
