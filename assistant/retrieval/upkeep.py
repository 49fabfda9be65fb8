"""Vectors kept up: what has none is embedded in batches, and the vector index is brought into step with the store."""

from collections.abc import Callable

from assistant.domain.project import Visibility
from assistant.errors import StorageError
from assistant.ports import Embedder, PassageStore, VectorIndex
from assistant.retrieval.collections import collection_name

WORDS_ONLY = "No embedder is in use, so search goes by words only."
BATCH = 32
"""Passages embedded at once: enough to keep both cores busy, few enough to show progress and to stop soon."""

_SYNC_EVERY = 1_024
_MOVE = 2_000


def bring_vectors(
    space: str,
    store: PassageStore,
    vectors: VectorIndex,
    embedder: Embedder,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> int:
    """Embed what has no vector and bring the vector index into step; gives how many texts were embedded.

    `space` is a project's slug, or where guidance is kept. A stored index of another embedder is emptied first.
    What was embedded before an interruption is kept. Raises EmbedderUnavailableError, StorageError, LockTimeoutError.
    """
    _adopt(store, vectors, embedder)
    missing = sorted(store.missing_vectors(space, embedder.name), key=lambda item: len(item[1]))
    if not missing and vectors.present() and store.in_step(space, embedder.name):
        return 0
    done = 0
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
    sync_vectors(space, store, vectors, embedder.name)
    return done


def _adopt(store: PassageStore, vectors: VectorIndex, embedder: Embedder) -> None:
    wanted = (embedder.name, embedder.dimension)
    if store.embedder() == wanted:
        return
    with store.write_lock():
        if store.embedder() != wanted:
            vectors.clear()
            store.set_none_in_step()
            store.set_embedder(*wanted)


def sync_vectors(space: str, store: PassageStore, vectors: VectorIndex, embedder: str) -> None:
    """Make the vector index hold just the stored vectors; one that cannot be used is emptied and filled anew."""
    with store.write_lock():
        _make_equal(space, store, vectors, embedder)
        store.set_in_step(space, embedder)


def _make_equal(space: str, store: PassageStore, vectors: VectorIndex, embedder: str) -> None:
    """Readers see what was exchanged when the store's generation moves, with the next vectors or `set_in_step`."""
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
