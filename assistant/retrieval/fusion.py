"""One ranking out of several by place, for what has no scores on a common scale: reciprocal rank fusion.

An item's score is the sum over the rankings of weight / (60 + its place) (Cormack, Clarke and Büttcher, SIGIR 2009).
"""

from collections.abc import Iterable, Mapping, Sequence

K = 60


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
