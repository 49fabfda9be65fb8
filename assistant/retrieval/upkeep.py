"""Vectors kept up: what has none is embedded in batches, and the vector index is brought into step with the store."""

from collections.abc import Callable
from dataclasses import dataclass

from assistant.domain.project import Visibility
from assistant.errors import EmbedderUnavailableError, IndexMismatchError, StorageError
from assistant.ports import Embedder, PassageStore, VectorIndex
from assistant.retrieval.collections import collection_name

WORDS_ONLY = "No embedder is in use, so search goes by words only."
BATCH = 32
"""Passages embedded at once: enough to keep both cores busy, few enough to show progress and to stop soon."""

_SYNC_EVERY = 1_024
_MOVE = 2_000


@dataclass(frozen=True, slots=True)
class Brought:
    """What a run did about vectors: texts embedded, and texts that still have none."""

    embedded: int
    missing: int


def bring_vectors(
    space: str,
    store: PassageStore,
    vectors: VectorIndex,
    embedder: Embedder,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
    *,
    rebuild: bool = False,
) -> Brought:
    """Embed what has no vector and bring the vector index into step.

    `space` is a project's slug, or where guidance is kept. With `rebuild`, an index that another embedder made is
    emptied first. What was embedded before an interruption is kept. Raises IndexMismatchError without `rebuild`,
    EmbedderUnavailableError, StorageError, LockTimeoutError.
    """
    _adopt(store, vectors, embedder, rebuild=rebuild)
    missing = sorted(store.missing_vectors(space, embedder.name), key=lambda item: len(item[1]))
    if not missing and vectors.present() and store.in_step(space, embedder.name):
        return Brought(0, 0)
    done = 0
    try:
        for start in range(0, len(missing), BATCH):
            if cancelled():
                break
            batch = missing[start : start + BATCH]
            found = embedder.passages([text for _, text in batch])
            store.store_vectors(embedder.name, {key: v for (key, _), v in zip(batch, found, strict=True)})
            done += len(batch)
            progress(done, len(missing))
            if done % _SYNC_EVERY == 0:
                with store.write_lock():
                    _make_equal(space, store, vectors, embedder.name)
    except EmbedderUnavailableError:
        sync_vectors(space, store, vectors, embedder.name)  # what it gave before is of use
        raise
    sync_vectors(space, store, vectors, embedder.name)
    return Brought(done, len(missing) - done)


def _adopt(store: PassageStore, vectors: VectorIndex, embedder: Embedder, *, rebuild: bool) -> None:
    built = store.embedder()
    if built is not None and built[0] != embedder.name and not rebuild:
        raise mismatch(built[0], embedder.name)  # told by the name alone: the embedder may be out of reach
    wanted = (embedder.name, embedder.dimension)
    if built == wanted:
        return
    if built is not None and not rebuild:
        raise mismatch(f"{built[0]} of {built[1]} dimensions", f"one of {wanted[1]}")
    with store.write_lock():
        if store.embedder() != wanted:
            vectors.clear()
            store.set_none_in_step()
            store.set_embedder(*wanted)


def mismatch(built: str, wanted: str) -> IndexMismatchError:
    """Make the error for an index that another embedder built."""
    return IndexMismatchError(
        f"The index was built with {built}, but {wanted} is set: run `sincerely index` to rebuild it."
    )


def sync_vectors(space: str, store: PassageStore, vectors: VectorIndex, embedder: str) -> None:
    """Make the vector index hold just the stored vectors; one that cannot be used is emptied and filled anew."""
    with store.write_lock():
        _make_equal(space, store, vectors, embedder)
        store.set_in_step(space, embedder)


def _make_equal(space: str, store: PassageStore, vectors: VectorIndex, embedder: str) -> None:
    """Under the lock: exchange what differs. Readers see it when the generation moves, with `set_in_step`.

    The generation moves before, too: a client that was opened while another process, since killed, was writing must
    not go on writing from what it saw then.
    """
    store.set_out_of_step(space)
    try:
        _exchange(space, store, vectors, embedder)
    except StorageError:
        vectors.clear()
        store.set_none_in_step()
        _exchange(space, store, vectors, embedder)


def _exchange(space: str, store: PassageStore, vectors: VectorIndex, embedder: str) -> None:
    for visibility in Visibility:
        name = collection_name(space, visibility, embedder)
        wanted = store.vector_ids(space, embedder, visibility)
        present = vectors.ids(name)
        vectors.delete(name, sorted(present - wanted))
        new = sorted(wanted - present)
        for start in range(0, len(new), _MOVE):
            vectors.upsert(name, store.vectors(space, embedder, new[start : start + _MOVE]))
