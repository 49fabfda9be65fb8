"""English words: their base forms, and how one word relates to another (from WordNet 3.0; see data/WORDNET-LICENSE)."""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections.abc import Callable
from enum import IntEnum
from functools import lru_cache

from assistant.checks.lexicon.files import unpacked

_ENDINGS = (
    ("ies", "y"),
    ("ses", "s"),
    ("ves", "f"),
    ("xes", "x"),
    ("zes", "z"),
    ("ches", "ch"),
    ("shes", "sh"),
    ("men", "man"),
    ("es", "e"),
    ("es", ""),
    ("s", ""),
    ("ing", "e"),
    ("ing", ""),
    ("ied", "y"),
    ("ed", "e"),
    ("ed", ""),
    ("ier", "y"),
    ("iest", "y"),
    ("er", "e"),
    ("er", ""),
    ("est", "e"),
    ("est", ""),
    ("ly", ""),
    ("ily", "y"),
)
_MOST_SENSES = 12


class Relation(IntEnum):
    """How one word relates to another, from saying the same to saying the opposite."""

    NONE = 0
    SAME = 1
    SYNONYM = 2
    DERIVED = 3
    WIDER = 4
    NARROWER = 5
    SISTER = 6
    OPPOSITE = 7


class _Synsets:
    """WordNet's synsets by number: the one above each, and the one opposite; 0 stands for none."""

    def __init__(self) -> None:
        raw = array("I")
        raw.frombytes(unpacked("synsets.bin.gz"))
        if sys.byteorder == "big":
            raw.byteswap()
        count = raw[0]
        self.bounds = tuple(raw[1:5])
        self.parent = raw[5 : 5 + count]
        self.opposite = raw[5 + count : 5 + 2 * count]


@lru_cache(maxsize=1)
def _synsets() -> _Synsets:
    return _Synsets()


@lru_cache(maxsize=4)
def _lines(name: str) -> list[bytes]:
    return unpacked(name).split(b"\n")


def _line(name: str, word: str) -> list[str] | None:
    lines = _lines(name)
    key = word.encode() + b"\t"
    at = bisect_left(lines, key)
    if at < len(lines) and lines[at].startswith(key):
        return lines[at].decode().split("\t")
    return None


@lru_cache(maxsize=50_000)
def _entry(lemma: str) -> tuple[tuple[int, ...], int, frozenset[str]]:
    """Give a base form's senses, how often it was met in marked texts, and the words made from it."""
    line = _line("words.txt.gz", lemma)
    if line is None:
        return (), 0, frozenset()
    return tuple(map(int, line[1].split())), int(line[2]), frozenset(line[3].split())


@lru_cache(maxsize=50_000)
def lemmas(word: str) -> tuple[str, ...]:
    """Give the base forms that a small-letter word may have, itself first if it is one; empty for an unknown word."""
    found = [word] if _entry(word)[0] else []
    irregular = _line("forms.txt.gz", word)
    if irregular:
        found.extend(irregular[1].split())
    else:
        for ending, instead in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= 2:
                base = word[: -len(ending)] + instead
                double = len(base) > 3 and base[-1] == base[-2] and base[-1] not in "sle" and not instead
                for candidate in (base, base[:-1]) if double else (base,):
                    if candidate not in found and _entry(candidate)[0]:
                        found.append(candidate)
    return tuple(dict.fromkeys(found))[:4]


def commonness(word: str) -> int:
    """Tell how often a word's base forms were met in WordNet's marked texts; 0 for rare and unknown ones."""
    return max((_entry(base)[1] for base in lemmas(word)), default=0)


class Senses:
    """What a word may mean: its synsets, those above them, those opposite, and its derived words."""

    __slots__ = ("above", "derived", "grand", "meant", "opposite", "words")

    def __init__(self, word: str) -> None:
        net = _synsets()
        self.words = frozenset(lemmas(word))
        meant: list[int] = []
        derived: set[str] = set()
        for base in self.words:
            senses, _, made = _entry(base)
            meant.extend(senses[:_MOST_SENSES])
            derived |= made
        self.derived = frozenset(derived)
        self.meant = frozenset(meant)
        self.above = frozenset(net.parent[s] - 1 for s in self.meant if net.parent[s])
        self.grand = frozenset(net.parent[s] - 1 for s in self.above if net.parent[s])
        wide = self.meant | self.above
        self.opposite = frozenset(net.opposite[s] - 1 for s in wide if net.opposite[s])


@lru_cache(maxsize=50_000)
def senses(word: str) -> Senses:
    """Give what a small-letter word may mean, over all its base forms."""
    return Senses(word)


@lru_cache(maxsize=50_000)
def parts_of_speech(word: str) -> tuple[float, float, float, float]:
    """Give the shares of a word's senses that are noun, verb, adjective, adverb; zeros for an unknown word."""
    bounds = _synsets().bounds
    counts = [0, 0, 0, 0]
    for sense in senses(word).meant:
        counts[next(i for i, bound in enumerate(bounds) if sense < bound)] += 1
    total = sum(counts) or 1
    return counts[0] / total, counts[1] / total, counts[2] / total, counts[3] / total


@lru_cache(maxsize=200_000)
def relation(one: str, other: str) -> Relation:
    """Tell how two small-letter words relate in any of their senses; an opposite counts before all but sameness."""
    if one == other:
        return Relation.SAME
    a, b = senses(one), senses(other)
    if not a.meant or not b.meant:
        return Relation.NONE
    if a.words & b.words:
        return Relation.SAME
    return next((kind for kind, holds in _TESTS if holds(a, b)), Relation.NONE)


# In this order: a pair that is opposite in one sense and alike in another is not to be taken for alike.
_TESTS: tuple[tuple[Relation, Callable[[Senses, Senses], object]], ...] = (
    (Relation.OPPOSITE, lambda a, b: (a.opposite & (b.meant | b.above)) or (b.opposite & (a.meant | a.above))),
    (Relation.SYNONYM, lambda a, b: a.meant & b.meant),
    (Relation.DERIVED, lambda a, b: (a.derived & b.words) or (b.derived & a.words) or (a.derived & b.derived)),
    (Relation.WIDER, lambda a, b: b.meant & (a.above | a.grand)),
    (Relation.NARROWER, lambda a, b: a.meant & (b.above | b.grand)),
    (Relation.SISTER, lambda a, b: a.above & b.above),
)
