"""One ranking out of several: reciprocal rank fusion, with a boost for exact values and, where asked, for recency.

Reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009) needs no common scale of scores: an item's score is
the sum over the rankings of weight / (60 + its place).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from assistant.domain.facts import Fact, FactKind
from assistant.language.detect import CJK
from assistant.language.facts import extract_facts
from assistant.language.normal import fold

K = 60
DEPTH = 60
"""How many of each ranking take part."""

RECENCY_WEIGHT = 0.5
_HARD = frozenset({FactKind.IDENTIFIER, FactKind.DATE, FactKind.VERSION, FactKind.MONEY, FactKind.NAME, FactKind.EMAIL})
_HAN = re.compile(rf"[{CJK}]")


def lexical_weight(query: str) -> float:
    """Weight words against vectors by the query's language: Chinese character pairs are the surer of the two."""
    return 2.0 if len(_HAN.findall(query)) * 2 > len(query.strip()) else 1.0


def fuse(rankings: Iterable[tuple[Sequence[str], float]]) -> dict[str, float]:
    """Fuse rankings, each with its weight, into scores by id; higher is better."""
    scores: dict[str, float] = {}
    for ranking, weight in rankings:
        for place, id_ in enumerate(ranking, 1):
            scores[id_] = scores.get(id_, 0.0) + weight / (K + place)
    return scores


def best_first(scores: Mapping[str, float]) -> list[str]:
    """Order ids by score; equal ones by id, so that the same question has the same answer."""
    return sorted(scores, key=lambda id_: (-scores[id_], id_))


def exact_values(text: str, reference: date | None) -> frozenset[tuple[FactKind, str]]:
    """Give the identifiers, days, versions, amounts, addresses and names of a text, in their normal forms."""
    return hard_values(extract_facts(text, reference=reference))


def hard_values(facts: Iterable[Fact]) -> frozenset[tuple[FactKind, str]]:
    """Keep of facts the values that only an exact match can find."""
    return frozenset((fact.kind, fact.value) for fact in facts if fact.kind in _HARD)


def exact_ranking(
    wanted: frozenset[tuple[FactKind, str]], held: Mapping[str, tuple[str, frozenset[tuple[FactKind, str]]]]
) -> list[str]:
    """Rank those texts that hold one of the wanted values, most of them first.

    `held` are a text and its own values by id. A name is found in the words, a day without a year in any year.
    """
    names = [fold(value) for kind, value in wanted if kind is FactKind.NAME]
    values = [pair for pair in wanted if pair[0] is not FactKind.NAME]
    counts: dict[str, int] = {}
    for id_, (text, facts) in held.items():
        folded = fold(text) if names else ""
        counts[id_] = sum(_holds(facts, *pair) for pair in values) + sum(name in folded for name in names)
    return sorted((id_ for id_ in counts if counts[id_]), key=lambda id_: -counts[id_])


def _holds(facts: frozenset[tuple[FactKind, str]], kind: FactKind, value: str) -> bool:
    if kind is FactKind.DATE and value.startswith("--"):
        return any(one is kind and day.endswith(value[1:]) for one, day in facts)
    return (kind, value) in facts


def newest_first(dates: Mapping[str, date | None]) -> list[str]:
    """Rank ids by date, newest first; undated ones come last."""
    return sorted(dates, key=lambda id_: (dates[id_] is None, -(dates[id_] or date.min).toordinal()))
