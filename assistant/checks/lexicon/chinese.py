"""Chinese words: cutting text into them, and what part of speech each is (counts from jieba's list; see data/)."""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import pairwise

from assistant.checks.lexicon.files import unpacked

_LONGEST = 4
_UNKNOWN = -16.0
# jieba's tags by their first letter: noun (with place, time, name), verb, adjective, adverb.
_PARTS = {"n": 0, "t": 0, "s": 0, "f": 0, "j": 0, "v": 1, "a": 2, "b": 2, "z": 2, "i": 2, "l": 2, "d": 3}


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[float, str]]:
    """Give every known word with the logarithm of its share and its tag."""
    entries = [line.split("\t") for line in unpacked("chinese.txt.gz").decode().split("\n")]
    total = math.log(sum(int(count) for _, count, _ in entries))
    return {word: (math.log(int(count)) - total, tag) for word, count, tag in entries}


@lru_cache(maxsize=16_384)
def cut(run: str) -> tuple[str, ...]:
    """Cut a run of Chinese characters into its most likely words; unknown characters stand alone."""
    words = _words()
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(run) + 1):
        choices = []
        for begin in range(max(0, end - _LONGEST), end):
            known = words.get(run[begin:end])
            if known is not None or end - begin == 1:
                choices.append((best[begin][0] + (known[0] if known else _UNKNOWN), begin))
        best.append(max(choices))
    ends = [len(run)]
    while ends[-1] > 0:
        ends.append(best[ends[-1]][1])
    ends.reverse()
    return tuple(run[a:b] for a, b in pairwise(ends))


def part_of_speech(word: str) -> tuple[float, float, float, float]:
    """Give 1 for noun, verb, adjective or adverb; zeros for other and unknown words."""
    known = _words().get(word)
    part = _PARTS.get(known[1][0]) if known else None
    return (float(part == 0), float(part == 1), float(part == 2), float(part == 3))


def commonness(word: str) -> float:
    """Give the logarithm of a word's share among all words; -16 for an unknown one."""
    known = _words().get(word)
    return known[0] if known else _UNKNOWN
