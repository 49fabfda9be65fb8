"""One ranking out of several: reciprocal rank fusion, with a boost for exact values and, where asked, for recency.

Reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009) needs no common scale of scores: an item's score is
the sum over the rankings of weight / (60 + its place).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from assistant.domain.facts import FactKind
from assistant.language.detect import CJK, detect_language
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


def exact_ranking(query: str, texts: Mapping[str, tuple[str, date | None]], as_of: date | None) -> list[str]:
    """Rank those texts that hold an identifier, date, amount, version or name of the query, most of them first.

    `texts` are words and date by id; a text's own date resolves the days it names without a year.
    """
    language = detect_language(query)
    wanted = {(f.kind, f.value) for f in extract_facts(query, reference=as_of, language=language) if f.kind in _HARD}
    if not wanted:
        return []
    names = {fold(value) for kind, value in wanted if kind is FactKind.NAME}
    values = {pair for pair in wanted if pair[0] is not FactKind.NAME}
    counts: dict[str, int] = {}
    for id_, (words, dated) in texts.items():
        held = {(f.kind, f.value) for f in extract_facts(words, reference=dated)} if values else set()
        folded = fold(words) if names else ""
        counts[id_] = len(values & held) + sum(name in folded for name in names)
    return sorted((id_ for id_ in counts if counts[id_]), key=lambda id_: -counts[id_])


def newest_first(dates: Mapping[str, date | None]) -> list[str]:
    """Rank ids by date, newest first; undated ones come last."""
    return sorted(dates, key=lambda id_: (dates[id_] is None, -(dates[id_] or date.min).toordinal()))
