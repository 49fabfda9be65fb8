"""Two values that changed owners: Cardiology on 5 May and Orthopaedics on 19 May, said the other way round."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant.checks.figure_relations import Relation
from assistant.checks.input import Source
from assistant.checks.lexicon import chinese, english
from assistant.checks.lexicon.files import listed
from assistant.checks.lexicon.tokens import joined, tokens
from assistant.checks.matching import carries
from assistant.checks.statements import statements
from assistant.checks.words import stem
from assistant.domain.facts import Fact, FactKind

_COMPARED = frozenset(
    {FactKind.DATE, FactKind.MONEY, FactKind.PERCENT, FactKind.QUANTITY, FactKind.DURATION, FactKind.TIME}
)
_PART = re.compile(
    r"(?:(?!\s(?:and|but|while|whereas)\s)[^,;:.!?，；：。！？、\n])+(?:\.(?=[0-9])[^,;:.!?，；：。！？、\n]+)*",
    re.IGNORECASE,
)
_FILLING = frozenset(word for line in listed("filling.txt") for word in line.split())
_NOUN = 0.6
_MOST_CHARS, _MOST_FACTS = 400, 40


@dataclass(frozen=True, slots=True)
class _Owned:
    """A value with the things that its part of a sentence names; the only value of its kind in that part."""

    fact: Fact
    things: frozenset[str]
    start: int


def swapped(text: str, facts: Sequence[Fact], cited: Sequence[Source]) -> Iterator[Relation]:
    """Give the first two values of a sentence of which a cited statement gives each to what the other is said of."""
    mine = _owned(text, facts, 0) if len(text) <= _MOST_CHARS else []
    if len(mine) < 2:
        return
    for statement in (s for source in cited for s in statements(source)):
        theirs = _owned(statement.text, statement.facts[:_MOST_FACTS], statement.start)
        for one, two in combinations(mine, 2):
            first, second = _holder(one.fact, theirs), _holder(two.fact, theirs)
            if first is None or second is None or one.fact.kind is not two.fact.kind:
                continue
            # What only one of the two parts names tells them apart.
            own, other = one.things - two.things, two.things - one.things
            held, rest = first.things - second.things, second.things - first.things
            if own & rest and other & held:
                span = (min(one.start, two.start), max(one.fact.end, two.fact.end))
                yield Relation("order_exchanged", span, text[slice(*span)], statement, statement.text.strip())
                return


def _holder(fact: Fact, theirs: Sequence[_Owned]) -> _Owned | None:
    found = [h for h in theirs if h.fact.kind is fact.kind and carries(h.fact, fact)]
    return found[0] if len(found) == 1 else None


def _owned(text: str, facts: Sequence[Fact], offset: int) -> list[_Owned]:
    made: list[_Owned] = []
    for part in _PART.finditer(text):
        begin, end = part.start() + offset, part.end() + offset
        inside = [f for f in facts if f.kind in _COMPARED and begin <= f.start and f.end <= end]
        alone = (fact for fact in inside if sum(f.kind is fact.kind for f in inside) == 1)
        made.extend(_Owned(fact, _things(part[0]), part.start()) for fact in alone)
    return made


def _things(text: str) -> frozenset[str]:
    """Give the names and the nouns of a text."""
    named: set[str] = set()
    for token in joined(tokens(text)):
        if token.little or token.number or token.word in _FILLING or len(token.word) < 2:
            continue
        if token.han:
            parts = chinese.part_of_speech(token.word)
            if parts[0] or not any(parts):
                named.add(token.word)
        elif token.capital or english.parts_of_speech(token.word)[0] >= _NOUN or not english.commonness(token.word):
            named.add(stem(token.word))
    return frozenset(named)
