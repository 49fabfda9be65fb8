"""How alike two words are, by vectors turned so that opposites and sister terms lie further apart than synonyms."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.checks.lexicon.english import lemmas
from assistant.checks.lexicon.files import unpacked

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DIMENSIONS = 96


class _Table:
    def __init__(self) -> None:
        import numpy as np  # noqa: PLC0415 - start-up is lazy: only a check that compares words pays for it

        names = unpacked("vector_words.txt.gz").decode().split("\n")
        self.rows = {name: row for row, name in enumerate(names)}
        raw = np.frombuffer(unpacked("vectors.bin.gz"), np.int8)
        self.vectors = raw.reshape(len(names), DIMENSIONS)
        self.none = np.zeros(DIMENSIONS, np.float32)


@lru_cache(maxsize=1)
def _table() -> _Table:
    return _Table()


@lru_cache(maxsize=20_000)
def vector(word: str) -> NDArray[np.float32]:
    """Give a small-letter word's vector of length 1; of its base form if it has none, zeros for an unknown word."""
    import numpy as np  # noqa: PLC0415 - see above

    table = _table()
    row = table.rows.get(word)
    if row is None:
        row = next((table.rows[base] for base in lemmas(word) if base in table.rows), None)
    if row is None:
        return table.none
    found = table.vectors[row].astype(np.float32)
    made: NDArray[np.float32] = found / (np.linalg.norm(found) or 1)
    return made
