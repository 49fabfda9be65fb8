"""The vector index in an embedded Chroma; the only module that imports it, and only when vectors are used.

Chroma holds ids and vectors, nothing else. Its embedded client is not made for several processes on one folder: a
second client stays stale until every client on that path is closed and opened again (measured on 1.5.9). So there is
one client a path in a process, shared and locked, and it is opened again when the passage store's generation moved.
"""

import functools
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, cast

from assistant.errors import StorageError

if TYPE_CHECKING:
    import numpy as np
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection
    from chromadb.config import Settings
    from numpy.typing import NDArray

_BATCH = 2_000
_DATABASE = "chroma.sqlite3"
_SEARCH_DEPTH = 150  # HNSW's ef: the higher, the surer that the nearest are found


@dataclass(slots=True)
class _Shared:
    """The one client of a path in this process."""

    lock: threading.RLock = field(default_factory=threading.RLock)
    client: "Client | None" = None
    generation: int = -1
    identity: tuple[int, int] | None = None
    looked_up: "dict[str, Collection]" = field(default_factory=dict)  # since the client was opened


_shared: dict[str, _Shared] = {}
_sharing = threading.Lock()


class ChromaVectors:
    """Vectors in a folder of their own. `generation` is asked before each use."""

    def __init__(self, path: Path, *, generation: Callable[[], int]) -> None:
        self._path = path
        self._generation = generation
        with _sharing:
            self._shared = _shared.setdefault(str(path.resolve()), _Shared())

    def upsert(self, collection: str, vectors: Mapping[str, Sequence[float]]) -> None:
        """Add or replace vectors by passage id. Raises StorageError."""
        if not vectors:
            return
        with self._open() as client:
            found = client.get_or_create_collection(
                collection,
                embedding_function=None,
                configuration={"hnsw": {"space": "cosine", "ef_search": _SEARCH_DEPTH}},
            )
            ids = list(vectors)
            for start in range(0, len(ids), _BATCH):
                some = ids[start : start + _BATCH]
                found.upsert(ids=some, embeddings=_matrix([vectors[id_] for id_ in some]))

    def delete(self, collection: str, ids: Sequence[str]) -> None:
        """Remove vectors; unknown ids are no error. Raises StorageError."""
        with self._open() as client:
            found = _collection(client, collection)
            for start in range(0, len(ids) if found else 0, _BATCH):
                assert found is not None
                found.delete(ids=list(ids[start : start + _BATCH]))

    def nearest(self, collection: str, vector: Sequence[float], n: int) -> list[tuple[str, float]]:
        """Give up to n passage ids with their cosine similarity, best first. Raises StorageError."""
        with self._open() as client:
            found = self._shared.looked_up.get(collection) or _collection(client, collection)
            if found is None or n < 1:
                return []
            self._shared.looked_up[collection] = found
            answer = found.query(query_embeddings=_matrix([vector]), n_results=n, include=["distances"])
        distances = answer["distances"] or [[]]
        return [(id_, 1.0 - float(d)) for id_, d in zip(answer["ids"][0], distances[0], strict=True)]

    def ids(self, collection: str) -> set[str]:
        """Give all ids of a collection. Raises StorageError."""
        with self._open() as client:
            found = _collection(client, collection)
            return set(found.get(include=[])["ids"]) if found else set()

    def drop(self, collection: str) -> None:
        """Remove a collection; an unknown one is no error. Raises StorageError."""
        with self._open() as client:
            self._shared.looked_up.pop(collection, None)
            if _collection(client, collection) is not None:
                client.delete_collection(collection)

    def present(self) -> bool:
        """Tell, without opening it, whether there is anything to open."""
        return (self._path / _DATABASE).is_file()

    def clear(self) -> None:
        """Throw the folder away. Raises StorageError."""
        with self._shared.lock:
            self._close()
            try:
                if self._path.is_dir():
                    shutil.rmtree(self._path)
                else:
                    self._path.unlink(missing_ok=True)
            except OSError as error:
                raise StorageError(f"The folder {self._path} cannot be emptied: {error.strerror}.") from error

    def close(self) -> None:
        """Close the client of this path, for everyone in the process; the next use opens it again."""
        with self._shared.lock:
            self._close()

    def _close(self) -> None:
        if self._shared.client is not None:
            self._shared.client.close()
            self._shared.client = None
            self._shared.looked_up.clear()

    @contextmanager
    def _open(self) -> Iterator["Client"]:
        """Lend the client, opened anew when another process may have written. Raises StorageError."""
        with self._shared.lock, _translated(self._path):
            shared, generation = self._shared, self._generation()
            # Somebody may also have deleted the folder, and its files would be read on from nowhere.
            if shared.client is None or (shared.generation, shared.identity) != (generation, self._identity()):
                self._close()
                shared.client = _new_client(self._path)
                shared.generation, shared.identity = generation, self._identity()
            yield shared.client

    def _identity(self) -> tuple[int, int] | None:
        try:
            status = (self._path / _DATABASE).stat()
        except OSError:
            return None
        return status.st_dev, status.st_ino


@functools.cache
def _settings() -> "Settings":
    """Chroma's settings, which it otherwise gathers from the environment for every client that is opened."""
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False)


def _new_client(path: Path) -> "Client":
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient

    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        client = chromadb.PersistentClient(str(path), settings=_settings().model_copy())
    except BaseException:
        # A client that failed to open leaves its half-made system behind, which every later one would be given.
        SharedSystemClient._identifier_to_system.pop(str(path), None)  # noqa: SLF001 - there is no public way
        SharedSystemClient._identifier_to_refcount.pop(str(path), None)  # noqa: SLF001 - there is no public way
        raise
    return cast("Client", client)  # the declared type lacks close()


def _matrix(vectors: Sequence[Sequence[float]]) -> "NDArray[np.float32]":
    import numpy as np

    return np.asarray(vectors, dtype=np.float32)


def _collection(client: "Client", name: str) -> "Collection | None":
    from chromadb.errors import NotFoundError

    try:
        return client.get_collection(name, embedding_function=None)
    except NotFoundError:
        return None


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    """Turn what Chroma raises into StorageError."""
    from chromadb.errors import ChromaError

    sentence = f"The vectors in {path} cannot be used; run `sincerely index` to make them anew."
    try:
        yield
    except (ChromaError, OSError, sqlite3.Error, ValueError, AttributeError, KeyError) as error:
        raise StorageError(sentence) from error
    except BaseException as error:
        # A panic of its Rust core derives from BaseException and cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise StorageError(sentence) from error
