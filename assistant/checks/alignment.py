"""Lay a sentence against the words of its sources: where in them each of its words belongs, and what stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.checks.lexicon.english import Relation
from assistant.checks.lexicon.tokens import tokens
from assistant.checks.lexicon.vectors import vector
from assistant.checks.source_words import SourceWords

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ALIKE = frozenset({Relation.SAME, Relation.SYNONYM, Relation.DERIVED})
SPREAD = 6  # source words around a match in which the neighbours of its claim word are looked for
_REACH = 10  # claim words around one that tell where in the source it belongs
_MOST_TOKENS = 240
_LITTLE = 0.12  # what a little word weighs beside a full one
_STRENGTH = {
    Relation.SAME: 1.0,
    Relation.SYNONYM: 0.8,
    Relation.DERIVED: 0.8,
    Relation.WIDER: 0.5,
    Relation.NARROWER: 0.5,
}


class Alignment:
    """One sentence laid against its sources, word by word.

    `support[i, p]` tells how much of what stands around the i-th word in the sentence also stands around place p of
    the sources (0 to 1); `likes[i, n]` how alike it is to the n-th word of the sources; `related[i]` how it relates to
    those that it relates to; `free[n]` whether no word of the sentence takes up that source word.
    """

    def __init__(self, text: str, index: SourceWords) -> None:
        import numpy as np  # noqa: PLC0415 - start-up is lazy

        self.index = index
        self.tokens = tokens(text)[:_MOST_TOKENS]
        self.related = [index.related(t) for t in self.tokens]
        self.alike = [any(kind in ALIKE for kind in related.values()) for related in self.related]
        self.own = [index.ids.get(t.word) for t in self.tokens]
        self.support = self._support()
        taken = {n for related in self.related for n, kind in related.items() if kind in ALIKE}
        # The last one stands for the empty places between sources, which are numbered -1.
        self.free = np.array([n not in taken and n not in index.little for n in range(len(index.words))] + [False])
        if self.tokens and index.words:
            self.likes = np.stack([vector(t.word) for t in self.tokens]) @ index.matrix.T
        else:
            self.likes = np.zeros((len(self.tokens), 1), np.float32)

    def _support(self) -> NDArray[np.float32]:
        import numpy as np  # noqa: PLC0415 - start-up is lazy

        index, count, length = self.index, len(self.tokens), len(self.index.sequence)
        marks = np.zeros((count, length + 2 * SPREAD + 2), np.float32)
        weights = np.zeros(count, np.float32)
        for i, token in enumerate(self.tokens):
            times = 0
            for number, kind in self.related[i].items():
                strength = _STRENGTH.get(kind)
                if strength is not None:
                    places = index.places[number]
                    times += len(places)
                    np.add.at(marks[i], places, strength)
                    np.add.at(marks[i], places + 2 * SPREAD + 1, -strength)
            weights[i] = (_LITTLE if token.little else 1.0) / (1 + np.log1p(times))
        near = np.minimum(np.cumsum(marks, axis=1)[:, SPREAD : SPREAD + length], 1.0)
        distance = np.abs(np.arange(count)[:, None] - np.arange(count)[None, :])
        band = np.where((distance > 0) & (distance <= _REACH), weights[None, :] / (1 + 0.15 * distance), 0)
        total = band.sum(1, keepdims=True)
        support = (band / np.where(total > 0, total, 1)) @ near
        support[:, index.sequence < 0] = 0
        return support.astype(np.float32)

    def best_place(self, i: int) -> int:
        """Give the place of the sources where a word belongs: where it is said, else where its neighbours are."""
        places = [int(p) for n, kind in self.related[i].items() if kind in ALIKE for p in self.index.places[n]]
        if places:
            return max(places, key=lambda place: float(self.support[i, place]))
        return int(self.support[i].argmax())
