"""The ranker: orders candidate passages for a question by words, vectors and named speakers, by score and not by place.

Fusion by place throws away how much better the best candidate is. Here each signal is brought to a scale from the
corpus's background (0) to the best candidate (1), and the scales are mixed, with weights by the question's language
(convex combination: Bruch, Gai and Ingber, ACM TOIS 2023). A passage in another language than the question shares no
words with it, which says nothing against it: its vector speaks for both. Vectors of multilingual embedders lie nearer
to any text of their own language, so similarity counts from the mean of the passage's language.

Everything is deterministic and works on the candidates alone: a few hundred of them, whatever the size of the corpus.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.domain.project import Language
from assistant.language.detect import CJK
from assistant.language.normal import fold
from assistant.language.sentences import split_sentences
from assistant.retrieval.passages import weight
from assistant.retrieval.words import bm25, query_words, search_words

WINDOW = 60.0
"""Words in a window; two and a half Chinese characters count as one."""

# Weight of words against vectors; chosen by bench/retrieval.py --choose, which cross-validates by meeting.
LEXICAL_WEIGHT: Mapping[Language, float] = {"en": 0.4, "zh": 0.5}
SPEAKER_WEIGHT = 0.15
_CHARACTERS = (0.3, 0.5)  # single Chinese characters beside pairs: in the whole passage, in its best window
_PRIOR = 4.0  # how many passages an embedder's usual mean for a language counts as
_HAN = re.compile(f"[{CJK}]")
_FORM_WORDS = frozenset("的了和与及在是对其从之为等以或而把被让也就都")
_LABEL = re.compile(r"^[ \t>*-]*([^\s:：][^:：\n]{0,39})[:：]", re.MULTILINE)

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class QueryView:
    """What the ranker knows of a question. `vector` is None when there is no embedder: then words alone decide."""

    text: str
    words: tuple[str, ...]
    vector: Sequence[float] | None
    language: Language


@dataclass(frozen=True, slots=True)
class CandidateView:
    """What the ranker knows of a passage.

    `lexical` is its BM25 for the query's words, 0 when it holds none. `vectors` are those of its `windows`, in order,
    or of the whole passage as one; none when they are not made yet.
    """

    text: str
    windows: tuple[str, ...]
    vectors: Sequence[Sequence[float]]
    lexical: float


@dataclass(frozen=True, slots=True)
class CorpusStatistics:
    """The mean passage vector of each language in the corpus. A language without one counts from the others' mean."""

    centres: Mapping[Language, Sequence[float]]


def view_query(text: str, vector: Sequence[float] | None) -> QueryView:
    """Read a question: its words without Chinese pairs that hold a form word, unless there are no others."""
    every = query_words(text)
    content = tuple(word for word in every if not (_HAN.match(word) and _FORM_WORDS.intersection(word)))
    return QueryView(text, content or tuple(every), vector, language_of(text))


def language_of(text: str) -> Language:
    """Give the language whose words fill most of a text."""
    hanzi = len(_HAN.findall(text)) / 2.5
    return "zh" if hanzi * 2 > weight(text) else "en"


def cut_windows(text: str) -> tuple[str, ...]:
    """Cut a text into runs of whole sentences of up to WINDOW words, each of which gets its own vector."""
    windows: list[str] = []
    start, end, filled = 0, 0, 0.0
    for sentence in split_sentences(text):
        size = weight(sentence.text)
        if filled and filled + size > WINDOW:
            windows.append(text[start:end])
            filled = 0.0
        if not filled:
            start = sentence.start
        end = sentence.end
        filled += size
    if filled:
        windows.append(text[start:end])
    return tuple(windows) or (text,)


def view_passages(
    query: QueryView,
    texts: Sequence[str],
    windows: Sequence[tuple[str, ...]],
    vectors: Sequence[Sequence[Sequence[float]]],
) -> list[CandidateView]:
    """Read given passages that are a corpus of their own: their BM25 is counted here."""
    scores = bm25(query.words, [search_words(text) for text in texts])
    return [CandidateView(*parts) for parts in zip(texts, windows, vectors, scores, strict=True)]


def measure(candidates: Sequence[CandidateView]) -> CorpusStatistics:
    """Measure passages that are a corpus of their own."""
    sums: dict[Language, list[Floats]] = {}
    for candidate in candidates:
        if len(candidate.vectors):
            sums.setdefault(language_of(candidate.text), []).append(_unit_mean(candidate.vectors))
    return CorpusStatistics({language: list(np.mean(rows, axis=0)) for language, rows in sums.items()})


def rank(
    query: QueryView, candidates: Sequence[CandidateView], statistics: CorpusStatistics
) -> list[tuple[int, float]]:
    """Order candidates, best first: their places in `candidates` with scores; equal ones stay in the given order."""
    if not candidates:
        return []
    lexical = _lexical(query, candidates)
    dense = _dense(query, candidates, statistics)
    if dense is None:
        scores = lexical
    else:
        foreign = np.array([language_of(c.text) != query.language and c.lexical == 0.0 for c in candidates])
        share = LEXICAL_WEIGHT[query.language]
        scores = share * np.where(foreign, dense, lexical) + (1.0 - share) * dense
    scores = scores + SPEAKER_WEIGHT * _spoken_by_named(query, candidates)
    order = sorted(range(len(candidates)), key=lambda i: (-scores[i], i))
    return [(i, float(scores[i])) for i in order]


def _lexical(query: QueryView, candidates: Sequence[CandidateView]) -> Floats:
    scores = _to_best(np.array([max(c.lexical, 0.0) for c in candidates]))
    characters = list(dict.fromkeys(_HAN.findall(fold(query.text))))
    if characters:
        whole, window = _CHARACTERS
        texts = [_HAN.findall(fold(c.text)) for c in candidates]
        parts = [(i, _HAN.findall(fold(part))) for i, c in enumerate(candidates) for part in c.windows]
        best = np.zeros(len(candidates))
        for (i, _), score in zip(parts, bm25(characters, [part for _, part in parts]), strict=True):
            best[i] = max(best[i], score)
        scores = scores + whole * _to_best(np.array(bm25(characters, texts))) + window * _to_best(best)
        scores = _to_best(scores)
    return scores


def _dense(query: QueryView, candidates: Sequence[CandidateView], statistics: CorpusStatistics) -> Floats | None:
    """Similarity from the mean of the passage's language (0) to the best candidate (1); without a vector 0."""
    if query.vector is None or not any(len(c.vectors) for c in candidates):
        return None
    asked = np.asarray(query.vector)
    grounds = {language: float(asked @ np.asarray(centre)) for language, centre in statistics.centres.items()}
    usual = sum(grounds.values()) / len(grounds) if grounds else 0.0
    scores = np.zeros(len(candidates))
    for i, candidate in enumerate(candidates):
        if len(candidate.vectors):
            ground = grounds.get(language_of(candidate.text), usual)
            scores[i] = _pooled(asked, np.asarray(candidate.vectors)) - ground
    return _to_best(scores)


def _pooled(asked: Floats, vectors: Floats) -> float:
    """Likeness of a passage: of its middle, and of the third of its windows that come nearest."""
    likeness = np.sort(vectors @ asked)[::-1]
    nearest = likeness[: max(2, math.ceil(len(likeness) / 3))]
    return float((_unit_mean(vectors) @ asked + nearest.mean()) / 2)


def _spoken_by_named(query: QueryView, candidates: Sequence[CandidateView]) -> Floats:
    """The share of each passage that is said by a speaker whom the question names, 0 where it names none."""
    asked = fold(query.text)
    shares = np.zeros(len(candidates))
    for i, candidate in enumerate(candidates):
        labels = list(_LABEL.finditer(candidate.text))
        ends = [label.start() for label in labels[1:]]
        for label, end in zip(labels, [*ends, len(candidate.text)], strict=False):
            if _names(asked, fold(label[1])):
                shares[i] += (end - label.end()) / len(candidate.text)
    return shares


def _names(asked: str, label: str) -> bool:
    if _HAN.search(label):
        return label in asked
    return re.search(rf"(?<!\w){re.escape(label)}(?!\w)", asked) is not None


def _unit_mean(vectors: Sequence[Sequence[float]] | Floats) -> Floats:
    mean: Floats = np.asarray(vectors, dtype=np.float64).mean(axis=0)
    length = float(np.linalg.norm(mean))
    return mean / length if length else mean


def _to_best(scores: Floats) -> Floats:
    best = float(scores.max())
    return scores / best if best > 0 else scores
