"""Notes, passages, word index and vectors in `index.db`: the truth behind every search, and rebuildable."""

import hashlib
import json
from array import array
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, bindparam, delete, func, select, text, update
from sqlalchemy.dialects.sqlite import insert

from assistant.adapters.database import index_schema as schema
from assistant.adapters.database.index_file import LOCK_SECONDS, IndexFile, setting
from assistant.adapters.database.language_means import count_vectors, measure_means, read_means
from assistant.adapters.database.passage_rows import COLUMNS, embedded_text, to_facts, to_passage, to_row
from assistant.adapters.database.word_search import find_words
from assistant.domain.facts import Fact
from assistant.domain.note import Note, Passage
from assistant.domain.project import Language, Visibility
from assistant.ports import LanguageMean, NoteFile, PassageMarks, StoredNote, StoredPassage
from assistant.retrieval.words import search_words

_MANY = 500  # names in one statement; SQLite allows 32,766 values
_TOP = 1 << 63
_KEPT = 64  # answers of `language_means`, of 3 KB a language
# Plain statements for what every search asks, since building one for two hundred ids takes longer than running it.
# The marks that stand for ids are all that is filled in.
_QUOTED = ", ".join(f'"{name}"' for name in COLUMNS)  # one of them is a word of SQL
_BY_IDS = f"SELECT {_QUOTED} FROM passages WHERE project = ? AND id IN ({{marks}})"  # noqa: S608 - names alone
_READ_BACK = (
    f"SELECT {_QUOTED}, row, v.vector FROM passages p"  # noqa: S608 - names alone
    " LEFT JOIN vectors v ON v.embedder = ? AND v.key = p.vector_key WHERE p.project = ? AND p.id IN ({marks})"
)
_VECTORS = (
    "SELECT p.id, v.vector FROM passages p JOIN vectors v ON v.embedder = ? AND v.key = p.vector_key"
    " WHERE p.project = ? AND p.id IN ({marks})"
)
_GENERATION = "SELECT value FROM settings WHERE name = 'generation'"
_EMBEDDER = "SELECT name, value FROM settings WHERE name IN ('embedder', 'dimension')"
_STEP = "in step: "  # before a project's name, in the settings


class SqlitePassageStore:
    """The passage store in the state folder; the file is made at first use, and again after a schema change."""

    def __init__(self, state: Path, *, lock_seconds: float = LOCK_SECONDS) -> None:
        self._file = IndexFile(state, lock_seconds=lock_seconds)
        self._coverage: dict[tuple[str, str], tuple[int, tuple[int, int]]] = {}  # with the generation, as the next
        # What was asked of `language_means`, with the generation at which it was read: a sum a day and language.
        self._means: dict[tuple[str, frozenset[Visibility], date | None], tuple[int, dict[Language, LanguageMean]]] = {}

    def close(self) -> None:
        """Close the database's connections."""
        self._file.close()

    def write_lock(self) -> AbstractContextManager[None]:
        """Hold the workspace's index lock between processes. Raises LockTimeoutError, StorageError."""
        return self._file.write_lock()

    def mend(self) -> str:
        """Move a damaged database aside; gives the name it got, "" when it is sound."""
        return self._file.mend()

    def generation(self) -> int:
        """Give the number that every write raises."""
        with self._file.read() as connection:
            return _generation(connection)

    # --- notes

    def notes(self, project: str) -> dict[str, StoredNote]:
        """Give what is stored of a project's notes, by path."""
        table = schema.notes
        query = select(table.c.path, table.c.digest, table.c.size, table.c.modified_ns, table.c.reader, table.c.refused)
        with self._file.read() as connection:
            rows = connection.execute(query.where(table.c.project == project).order_by(table.c.path)).all()
        return {row.path: StoredNote(*row) for row in rows}

    def replace_note(
        self, note: Note, file: NoteFile, reader: str, marks: Mapping[str, PassageMarks]
    ) -> tuple[str, ...]:
        """Store a note with its passages and marks in one transaction; gives the ids that went away."""
        with self._file.write() as connection:
            gone = _forget(connection, note.project, note.path)
            _insert_note(connection, note.project, file, note.digest, reader)
            _insert_passages(connection, note.passages, marks)
            prints = {print_ for passage in note.passages for print_ in marks[passage.id].fingerprints}
            if prints:
                rows = [{"project": note.project, "path": note.path, "mark": _signed(print_)} for print_ in prints]
                connection.execute(schema.fingerprints.insert(), rows)
        kept = {passage.id for passage in note.passages}
        return tuple(id_ for id_ in gone if id_ not in kept)

    def refuse_note(self, project: str, file: NoteFile, digest: str, reader: str, reason: str) -> None:
        """Remember that a file with that content cannot be read; its passages go away."""
        with self._file.write() as connection:
            _forget(connection, project, file.path)
            _insert_note(connection, project, file, digest, reader, refused=reason)

    def touch_note(self, project: str, file: NoteFile, digest: str) -> None:
        """Remember a new size and modification time for a note that is stored with that very content."""
        table = schema.notes
        with self._file.write(moves=False) as connection:
            connection.execute(
                update(table)
                .where(table.c.project == project, table.c.path == file.path, table.c.digest == digest)
                .values(size=file.size, modified_ns=file.modified_ns)
            )

    def remove_note(self, project: str, path: str) -> tuple[str, ...]:
        """Forget a note; gives the ids of its passages."""
        with self._file.write() as connection:
            return _forget(connection, project, path)

    # --- passages

    def passages(
        self, project: str, *, visibility: Visibility | None = None, as_of: date | None = None
    ) -> tuple[Passage, ...]:
        """Give a project's passages by path and place; `as_of` leaves out those dated later."""
        table = schema.passages
        query = select(*(table.c[name] for name in COLUMNS)).where(table.c.project == project)
        query = query.order_by(table.c.path, table.c.start)
        if visibility is not None:
            query = query.where(table.c.visibility == visibility.value)
        if as_of is not None:
            query = query.where(table.c.dated.is_(None) | (table.c.dated <= as_of.isoformat()))
        with self._file.read() as connection:
            return tuple(to_passage(row) for row in connection.execute(query))

    def count(self, project: str) -> int:
        """Count a project's passages."""
        query = select(func.count()).select_from(schema.passages).where(schema.passages.c.project == project)
        with self._file.read() as connection:
            return int(connection.execute(query).scalar() or 0)

    def by_ids(self, project: str, ids: Sequence[str]) -> dict[str, Passage]:
        """Give passages of that project by id; ids of other projects are not found."""
        found: dict[str, Passage] = {}
        with self._file.read() as connection:
            for some in _chunks(list(dict.fromkeys(ids))):
                rows = connection.exec_driver_sql(_BY_IDS.format(marks=_marks(some)), (project, *some))
                found.update((passage.id, passage) for passage in map(to_passage, rows))
        return found

    def facts(self, project: str, ids: Sequence[str] | None = None) -> dict[str, tuple[Fact, ...]]:
        """Give the facts of a project's passages, or of some, by passage id."""
        table = schema.passages
        query = select(table.c.id, table.c.facts).where(table.c.project == project)
        if ids is not None:
            query = query.where(table.c.id.in_(bindparam("ids", expanding=True)))
        found: dict[str, tuple[Fact, ...]] = {}
        with self._file.read() as connection:
            for some in [[""]] if ids is None else _chunks(list(ids)):
                rows = connection.execute(query, {"ids": some} if ids is not None else {})
                found.update((row.id, to_facts(row.facts)) for row in rows)
        return found

    def fingerprints(self, projects: Sequence[str]) -> frozenset[int]:
        """Give the fingerprints of those projects together."""
        table = schema.fingerprints
        query = select(table.c.mark).where(table.c.project.in_(bindparam("projects", expanding=True))).distinct()
        with self._file.read() as connection:
            rows = connection.execute(query, {"projects": list(projects)}).all()
        return frozenset(row.mark % (2 * _TOP) for row in rows)

    # --- words

    def search_words(
        self,
        project: str,
        visibilities: Sequence[Visibility],
        tokens: Sequence[str],
        n: int,
        *,
        as_of: date | None = None,
    ) -> list[tuple[str, float]]:
        """Give up to n passage ids by BM25, best first; score is higher for better, `as_of` leaves out later ones.

        Where the words stand in very many passages, the rarest of them decide.
        """
        if not tokens or not visibilities or n < 1:
            return []
        spaces = {visibility.value: _space(project, visibility) for visibility in visibilities}
        with self._file.read() as connection:
            return find_words(connection, project, spaces, tokens, n, as_of=as_of)

    # --- vectors

    def missing_vectors(self, project: str, embedder: str) -> list[tuple[str, str]]:
        """Give (key, text) of what has no stored vector from that embedder yet, each key once."""
        p, v = schema.passages, schema.vectors
        known = select(v.c.key).where(v.c.embedder == embedder, v.c.key == p.c.vector_key).exists()
        query = select(p.c.vector_key, p.c.text, p.c.headings).where(p.c.project == project, ~known).order_by(p.c.row)
        with self._file.read() as connection:
            rows = connection.execute(query).all()
        return list({row.vector_key: embedded_text(row.text, json.loads(row.headings)) for row in rows}.items())

    def store_vectors(self, embedder: str, vectors: Mapping[str, Sequence[float]]) -> None:
        """Keep vectors by the keys that `missing_vectors` gave."""
        if not vectors:
            return
        rows = [
            {"embedder": embedder, "key": key, "vector": array("f", vector).tobytes()}
            for key, vector in vectors.items()
        ]
        statement = insert(schema.vectors).on_conflict_do_nothing()
        p = schema.passages
        waiting = select(p.c.project).where(p.c.vector_key.in_(bindparam("keys", expanding=True))).distinct()
        with self._file.write() as connection:
            connection.execute(statement, rows)
            # Passages that wait for these vectors may stand in several projects; each is out of step now.
            for some in _chunks(list(vectors)):
                for project in connection.scalars(waiting, {"keys": some}).all():
                    _set_out_of_step(connection, project)

    def vector_ids(self, project: str, embedder: str, visibility: Visibility) -> set[str]:
        """Give the ids of a project's passages that have a stored vector."""
        p, v = schema.passages, schema.vectors
        query = (
            select(p.c.id)
            .join(v, (v.c.key == p.c.vector_key) & (v.c.embedder == embedder))
            .where(p.c.project == project, p.c.visibility == visibility.value)
        )
        with self._file.read() as connection:
            return set(connection.scalars(query))

    def coverage(self, project: str, embedder: str) -> tuple[int, int]:
        """Give how many of a project's passages have a stored vector from that embedder, and how many there are.

        Counted once a generation; where vectors are still being made, that looks up every passage.
        """
        with self._file.read() as connection:
            generation = _generation(connection)
            kept = self._coverage.get((project, embedder))
            if kept is None or kept[0] != generation:
                kept = (
                    generation,
                    count_vectors(connection, project, embedder, measured=_in_step(connection, project) == embedder),
                )
                self._coverage[project, embedder] = kept
        return kept[1]

    def vectors(self, project: str, embedder: str, ids: Sequence[str]) -> dict[str, Sequence[float]]:
        """Give the stored vectors of some of a project's passages by passage id."""
        import numpy as np

        found: dict[str, Sequence[float]] = {}
        with self._file.read() as connection:
            for some in _chunks(list(ids)):
                rows = connection.exec_driver_sql(_VECTORS.format(marks=_marks(some)), (embedder, project, *some))
                # Arrays over the bytes as they came: whoever stacks them takes a fifth of the time.
                found.update((id_, cast("Sequence[float]", np.frombuffer(vector, np.float32))) for id_, vector in rows)
        return found

    def language_means(
        self, project: str, visibilities: Sequence[Visibility], *, as_of: date | None = None
    ) -> dict[Language, LanguageMean]:
        """Give the mean vectors of a project's passages of those visibilities, as measured by the last `set_in_step`.

        `as_of` leaves out passages dated later.
        """
        asked = (project, frozenset(visibilities), as_of)
        with self._file.read() as connection:
            generation = _generation(connection)
            kept = self._means.get(asked)
            if kept is None or kept[0] != generation:
                kept = generation, read_means(connection, project, visibilities, as_of)
                if len(self._means) >= _KEPT:
                    self._means.clear()
                self._means[asked] = kept
        return kept[1]

    def read_back(self, project: str, embedder: str, ids: Sequence[str]) -> dict[str, StoredPassage]:
        """Give passages of that project by id with place and vector, in one look; other projects' are not found.

        Vectors are arrays over the bytes as they came: whoever stacks them takes a fifth of the time.
        """
        import numpy as np

        found: dict[str, StoredPassage] = {}
        with self._file.read() as connection:
            for some in _chunks(list(dict.fromkeys(ids))):
                rows = connection.exec_driver_sql(_READ_BACK.format(marks=_marks(some)), (embedder, project, *some))
                for *columns, row, stored in rows.all():
                    vector = None if stored is None else cast("Sequence[float]", np.frombuffer(stored, np.float32))
                    passage = to_passage(columns)
                    found[passage.id] = StoredPassage(passage, row, vector)
        return found

    def in_step(self, project: str, embedder: str) -> bool:
        """Tell whether the vector index holds just what is stored here, as far as was recorded."""
        with self._file.read() as connection:
            return _in_step(connection, project) == embedder

    def set_in_step(self, project: str, embedder: str) -> None:
        """Record that the vector index matches, and measure the languages' means; raises the generation."""
        with self._file.write() as connection:
            measure_means(connection, project, embedder)
            _set(connection, _STEP + project, embedder)

    def set_out_of_step(self, project: str) -> None:
        """Record that the vector index is about to be changed for a project; raises the generation."""
        with self._file.write() as connection:
            _set_out_of_step(connection, project)

    def set_none_in_step(self) -> None:
        """Record that the vector index was emptied; raises the generation."""
        with self._file.write() as connection:
            connection.execute(delete(schema.settings).where(schema.settings.c.name.startswith(_STEP)))

    def embedder(self) -> tuple[str, int] | None:
        """Give name and dimension of the embedder the index was built with, or None for a new index."""
        with self._file.read() as connection:
            found: dict[str, str] = dict(connection.exec_driver_sql(_EMBEDDER).all())
        name, dimension = found.get("embedder"), found.get("dimension")
        return (name, int(dimension)) if name and dimension else None

    def set_embedder(self, name: str, dimension: int) -> None:
        """Remember the embedder, and forget all vectors and means: even under the same name they were another's."""
        with self._file.write() as connection:
            _set(connection, "embedder", name)
            _set(connection, "dimension", str(dimension))
            connection.execute(delete(schema.vectors))
            connection.execute(delete(schema.sums))


def _generation(connection: Connection) -> int:
    return int(connection.exec_driver_sql(_GENERATION).scalar() or 0)


def _in_step(connection: Connection, project: str) -> str | None:
    return setting(connection, _STEP + project)


def _set(connection: Connection, name: str, value: str) -> None:
    statement = insert(schema.settings).values(name=name, value=value)
    connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"value": value}))


def _set_out_of_step(connection: Connection, project: str) -> None:
    connection.execute(delete(schema.settings).where(schema.settings.c.name == _STEP + project))


def _insert_note(
    connection: Connection, project: str, file: NoteFile, digest: str, reader: str, *, refused: str = ""
) -> None:
    values = {
        "project": project,
        "path": file.path,
        "digest": digest,
        "size": file.size,
        "modified_ns": file.modified_ns,
        "reader": reader,
        "refused": refused,
    }
    connection.execute(schema.notes.insert(), values)


def _space(project: str, visibility: Visibility) -> str:
    """A word that stands for project and visibility in the word index."""
    return "n" + hashlib.sha256(f"{project}\x1f{visibility.value}".encode()).hexdigest()[:24]


def _forget(connection: Connection, project: str, path: str) -> tuple[str, ...]:
    table = schema.passages
    here = (table.c.project == project, table.c.path == path)
    rows = connection.execute(select(table.c.row, table.c.id).where(*here)).all()
    if rows:
        connection.execute(text("DELETE FROM words WHERE rowid = :row"), [{"row": row.row} for row in rows])
        connection.execute(delete(table).where(*here))
    _set_out_of_step(connection, project)
    # Fingerprints go with the note, by the foreign key.
    connection.execute(delete(schema.notes).where(schema.notes.c.project == project, schema.notes.c.path == path))
    return tuple(row.id for row in rows)


def _insert_passages(connection: Connection, passages: Sequence[Passage], marks: Mapping[str, PassageMarks]) -> None:
    if not passages:
        return
    last = int(connection.execute(select(func.coalesce(func.max(schema.passages.c.row), 0))).scalar() or 0)
    rows: list[dict[str, Any]] = []
    words = []
    for row, passage in enumerate(passages, last + 1):
        rows.append(to_row(row, passage, marks[passage.id].facts))
        context = " ".join((*passage.headings, passage.path.rpartition("/")[2].rpartition(".")[0]))
        words.append(
            {
                "row": row,
                "space": _space(passage.project, passage.visibility),
                "body": " ".join(search_words(passage.text)),
                "context": " ".join(search_words(context)),
            }
        )
    connection.execute(schema.passages.insert(), rows)
    connection.execute(
        text("INSERT INTO words (rowid, space, body, context) VALUES (:row, :space, :body, :context)"), words
    )


def _signed(fingerprint: int) -> int:
    """A fingerprint of 64 bits as the signed number that SQLite stores."""
    return fingerprint - 2 * _TOP if fingerprint >= _TOP else fingerprint


def _marks(ids: list[str]) -> str:
    return ", ".join("?" * len(ids))


def _chunks(ids: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(ids), _MANY):
        yield ids[start : start + _MANY]
