"""An embedder that remembers its latest queries: the steps of a playbook ask the same ones for every draft."""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import Final

from assistant.ports import Embedder

KEPT: Final = 512


class RememberedQueries:
    """Implements `ports.Embedder` over another one; safe for several threads. Nothing is written anywhere."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._kept: OrderedDict[str, list[float]] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """The name of the embedder behind it."""
        return self._embedder.name

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._embedder.dimension

    def passages(self, texts: Sequence[str]) -> list[list[float]]:
        """Embed passages, in order."""
        return self._embedder.passages(texts)

    def query(self, text: str) -> list[float]:
        """Embed one query, or give the vector it was given before."""
        with self._lock:
            if text in self._kept:
                self._kept.move_to_end(text)
                return self._kept[text]
        vector = self._embedder.query(text)
        with self._lock:
            self._kept[text] = vector
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return vector
