"""The words of some sources, findable by what they mean, and how each relates to a word of a sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from assistant.checks.lexicon import english
from assistant.checks.lexicon.english import Relation, lemmas, relation
from assistant.checks.lexicon.opposites import opposites
from assistant.checks.lexicon.tokens import (
    CLASSES,
    HAN,
    MOST_TOKENS,
    NEGATION,
    Token,
    other_spellings,
    tokens,
)
from assistant.checks.lexicon.vectors import DIMENSIONS, vector

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_GAP = 12  # places left empty between two sources, so that no word of one seems to stand beside one of the other
_MOST_PLACES = 60
_NEGATED = 5  # words after a negation that it may deny


class SourceWords:
    """The words of some sources, findable by what they mean."""

    def __init__(self, texts: Sequence[str]) -> None:
        import numpy as np  # noqa: PLC0415 - start-up is lazy

        ids: dict[str, int] = {}
        sequence: list[int] = []
        self.numbers: set[int] = set()
        self.little: set[int] = set()
        self.capitals: set[int] = set()
        for text in texts:
            for token in tokens(text):
                number = ids.setdefault(token.word, len(ids))
                sequence.append(number)
                if token.number:
                    self.numbers.add(number)
                if token.little:
                    self.little.add(number)
                if token.capital:
                    self.capitals.add(number)
            sequence.extend([-1] * _GAP)
            if len(sequence) > MOST_TOKENS:
                break
        self.words = list(ids)
        self.ids = ids
        self.sequence = np.array(sequence or [-1], np.int32)
        order = np.argsort(self.sequence, kind="stable")
        cuts = np.searchsorted(self.sequence[order], np.arange(len(ids) + 1))
        self.places = [order[cuts[i] : cuts[i + 1]][:_MOST_PLACES] for i in range(len(ids))]
        self.pairs = set(pairwise(sequence))
        self.characters = frozenset(c for word in ids if HAN.match(word) for c in word)
        self.negated = self._negated()
        self._by_base: dict[str, set[int]] = defaultdict(set)
        self._by_derived: dict[str, set[int]] = defaultdict(set)
        self._by_sense: dict[int, set[int]] = defaultdict(set)
        self._by_above: dict[int, set[int]] = defaultdict(set)
        self._by_opposite: dict[int, set[int]] = defaultdict(set)
        self._by_character: dict[str, set[int]] = defaultdict(set)
        for word, number in ids.items():
            self._enter(word, number)
        self.matrix = np.stack([vector(w) for w in self.words]) if self.words else np.zeros((0, DIMENSIONS), np.float32)

    def _enter(self, word: str, number: int) -> None:
        if HAN.match(word):
            if len(word) > 1:
                for character in word:
                    self._by_character[character].add(number)
            return
        for base in lemmas(word):
            self._by_base[base].add(number)
        senses = english.senses(word)
        for made in senses.derived:
            self._by_derived[made].add(number)
        for sense in senses.meant:
            self._by_sense[sense].add(number)
        for sense in senses.above | senses.grand:
            self._by_above[sense].add(number)
        for sense in senses.opposite:
            self._by_opposite[sense].add(number)

    def _negated(self) -> NDArray[np.bool_]:
        import numpy as np  # noqa: PLC0415 - start-up is lazy

        marks = np.zeros(len(self.sequence) + _NEGATED, bool)
        for word in CLASSES[NEGATION] & self.ids.keys():
            for place in self.places[self.ids[word]]:
                marks[place : place + _NEGATED] = True
        return marks[: len(self.sequence)]

    def related(self, token: Token) -> dict[int, Relation]:
        """Give the source words that relate to a word, by their numbers."""
        found: dict[int, Relation] = {}
        own = self.ids.get(token.word)
        for word in opposites(token.word) & self.ids.keys():
            found[self.ids[word]] = Relation.OPPOSITE
        if token.number:
            found.update(dict.fromkeys(self.numbers, Relation.SISTER))
        elif token.han:
            found.update(self._chinese(token.word))
        else:
            for number in self._candidates(token.word):
                kind = relation(token.word, self.words[number])
                if kind is not Relation.NONE and number not in found:
                    found[number] = kind
        for word in other_spellings(token.word) & self.ids.keys():
            found[self.ids[word]] = Relation.SYNONYM
        if own is not None:
            found[own] = Relation.SAME
        return found

    def _candidates(self, word: str) -> set[int]:
        senses = english.senses(word)
        near: set[int] = set()
        for base in senses.words:
            near |= self._by_base.get(base, set()) | self._by_derived.get(base, set())
        for made in senses.derived:
            near |= self._by_base.get(made, set()) | self._by_derived.get(made, set())
        for sense in senses.meant:
            near |= self._by_sense.get(sense, set()) | self._by_above.get(sense, set())
            near |= self._by_opposite.get(sense, set())
        for sense in senses.above | senses.grand:
            near |= self._by_sense.get(sense, set())
        for sense in senses.above:
            near |= self._by_above.get(sense, set()) | self._by_opposite.get(sense, set())
        for sense in senses.opposite:
            near |= self._by_sense.get(sense, set()) | self._by_above.get(sense, set())
        return near

    def _chinese(self, word: str) -> dict[int, Relation]:
        """Words that hold the word or stand in it say the same; words that share a character are sisters at best."""
        found: dict[int, Relation] = {}
        for character in word:
            for number in self._by_character.get(character, ()):
                other = self.words[number]
                if word in other or other in word:
                    found[number] = Relation.DERIVED
                else:
                    found.setdefault(number, Relation.SISTER)
        return found


@lru_cache(maxsize=64)
def source_words(texts: tuple[str, ...]) -> SourceWords:
    """Read the words of some sources once, however many sentences are held against them."""
    return SourceWords(texts)
