"""The ranker: orders candidate passages for a question by words, vectors, neighbours and named speakers.

Fusion by place throws away how much better the best candidate is. Here words and vectors are each brought to one
scale (standard scores over the candidates) and mixed, with weights by the question's language (convex combination:
Bruch, Gai and Ingber, ACM TOIS 2023). A passage in another language than the question shares no words with it, which
says nothing against it: its vector speaks for both. Vectors of multilingual embedders lie nearer to any text of their
own language, so similarity counts from the mean of the passage's language.

Everything is deterministic and works on the candidates alone: a few hundred of them, whatever the size of the corpus.
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.domain.project import Language
from assistant.language.detect import CJK
from assistant.language.normal import fold
from assistant.language.sentences import split_sentences
from assistant.ports import LanguageMean
from assistant.retrieval.passages import weight
from assistant.retrieval.words import language_of, query_words, search_words

WINDOW = 60.0
"""Words in a window; two and a half Chinese characters count as one."""

_CHARACTERS = (0.3, 0.5)  # single Chinese characters beside pairs: in the whole passage, in its best window
_ENOUGH = 0.7  # share of the question's words in one passage at which words count in full
_FEW = 8  # passages of a language, below which its mean says more of them than of the language
_IN_ORDER = 2.5  # standard errors by which neighbours are more alike than chance has it, in a text
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

    `lexical` is its BM25 for the query's words, 0 when it holds none. `likeness` is the cosine of its vector and the
    query's, of several vectors what `pooled` gives, and None when it has none yet. `windows` are the parts in which
    single Chinese characters are looked for together: the whole text, if it is a short passage. `after` is the place
    among the candidates of the passage right before this one in the same note; None when it is no candidate.
    """

    text: str
    windows: tuple[str, ...]
    lexical: float
    likeness: float | None
    after: int | None = None


@dataclass(frozen=True, slots=True)
class CorpusStatistics:
    """Where the passages of each language lie. A language without a centre counts from the others' mean.

    `told_apart` says that each language has passages enough to know the direction in which they differ.
    """

    centres: Mapping[Language, Sequence[float]]
    told_apart: bool = True


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each signal counts; chosen by `bench/retrieval.py --choose` on half of the meetings of its sets.

    `english` and `chinese` are the share of words against vectors for a question in that language; `neighbour` and
    `speaker` are added to the mixture of the two.
    """

    english: float = 0.25
    chinese: float = 0.55
    neighbour: float = 0.2
    speaker: float = 2.0

    def words(self, language: Language) -> float:
        """The share of words against vectors for a question in that language."""
        return self.chinese if language == "zh" else self.english


WEIGHTS = Weights()


@lru_cache(maxsize=512)
def _asked_words(text: str) -> tuple[str, ...]:
    every = query_words(text)
    content = tuple(word for word in every if not (_HAN.match(word) and _FORM_WORDS.intersection(word)))
    return content or tuple(every)


def view_query(text: str, vector: Sequence[float] | None) -> QueryView:
    """Read a question: its words without Chinese pairs that hold a form word, unless there are no others."""
    return QueryView(text, _asked_words(text), vector, language_of(text))


@lru_cache(maxsize=4096)
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
    *,
    ordered: bool,
) -> list[CandidateView]:
    """Read given passages that are a corpus of their own; `ordered` says that each follows the one before it."""
    words = [_counted(text) for text in texts]
    counts = np.array([[held[word] for word in query.words] for held, _ in words], dtype=np.float64)
    scores = _bm25(counts, np.array([length for _, length in words], dtype=np.float64))
    return [
        CandidateView(
            text,
            windows[i],
            lexical=float(scores[i]),
            likeness=None if query.vector is None or not len(vectors[i]) else pooled(query.vector, vectors[i]),
            after=i - 1 if ordered and i else None,
        )
        for i, text in enumerate(texts)
    ]


def pooled(asked: Sequence[float], vectors: Sequence[Sequence[float]]) -> float:
    """Likeness of a passage with several windows: of its middle, and of the third of them that come nearest."""
    query, windows = np.asarray(asked, dtype=np.float64), np.asarray(vectors, dtype=np.float64)
    likeness = np.sort(windows @ query)[::-1]
    nearest = likeness[: max(2, math.ceil(len(likeness) / 3))]
    return float((_unit_mean(windows) @ query + nearest.mean()) / 2)


def likenesses(query: QueryView, vectors: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """Give the cosine of the query's vector and each passage's one vector, by id; vectors are of one length."""
    if query.vector is None or not vectors:
        return {}
    asked = np.asarray(query.vector, dtype=np.float64)
    matrix = np.array([np.asarray(vector, dtype=np.float32) for vector in vectors.values()], dtype=np.float64)
    lengths = np.linalg.norm(matrix, axis=1) * np.linalg.norm(asked)
    cosines = matrix @ asked / np.where(lengths > 0, lengths, 1.0)
    return dict(zip(vectors, cosines.tolist(), strict=True))


def in_order(texts: Sequence[str], vectors: Sequence[Sequence[Sequence[float]]]) -> bool:
    """Tell whether given passages follow each other in a text: then neighbours are more alike than any two.

    Languages are set apart first, or a list sorted by language would pass for a text.
    """
    if len(vectors) < 3 or not all(len(v) for v in vectors):
        return False
    middles = np.array([_unit_mean(v) for v in vectors])
    spoken = np.array([language_of(text) for text in texts])
    for language in set(spoken):
        middles[spoken == language] -= middles[spoken == language].mean(axis=0)
    likeness = middles @ middles.T
    any_two = likeness[np.triu_indices(len(middles), 1)]
    chance = float(any_two.std()) / math.sqrt(len(middles) - 1)
    return bool(np.diagonal(likeness, 1).mean() - any_two.mean() > _IN_ORDER * chance)


def measure(texts: Sequence[str], vectors: Sequence[Sequence[Sequence[float]]]) -> CorpusStatistics:
    """Measure passages by their windows' vectors; passages without vectors are left out."""
    middles: dict[Language, list[Floats]] = {}
    for text, some in zip(texts, vectors, strict=True):
        if len(some):
            middles.setdefault(language_of(text), []).append(_unit_mean(some))
    return statistics_of(
        {lang: LanguageMean(np.mean(rows, axis=0).tolist(), len(rows)) for lang, rows in middles.items()}
    )


def statistics_of(means: Mapping[Language, LanguageMean]) -> CorpusStatistics:
    """Make statistics of each language's mean; that of n passages counts 1 / n² from the other languages.

    The mean of one passage is that passage: counted from it, no question would be like the passage.
    """
    centres: dict[Language, Sequence[float]] = {}
    for language, own in means.items():
        rest = [np.asarray(other.mean, dtype=np.float64) for name, other in means.items() if name != language]
        mean, drawn = np.asarray(own.mean, dtype=np.float64), 1 / max(own.passages, 1) ** 2
        centres[language] = (mean + drawn * (np.mean(rest, axis=0) - mean) if rest else mean).tolist()
    return CorpusStatistics(centres, all(own.passages >= _FEW for own in means.values()))


def without_language(vector: Sequence[float], statistics: CorpusStatistics) -> list[float]:
    """Give a question's vector that lies as near to Chinese passages as to English ones, to ask a vector index with.

    The direction in which the two languages differ in this corpus is taken out of it. With one language in the corpus,
    or too few passages of one to know that direction, the vector stays as it is. Its cosines serve to find candidates,
    not as their `likeness`.
    """
    asked = np.asarray(vector, dtype=np.float64)
    if len(statistics.centres) < 2 or not statistics.told_apart:
        return list(vector)
    apart: Floats = np.asarray(statistics.centres["zh"]) - np.asarray(statistics.centres["en"])
    room = float(apart @ apart)
    neutral: list[float] = (asked - (asked @ apart) / room * apart if room > 0 else asked).tolist()
    return neutral


def rank(
    query: QueryView,
    candidates: Sequence[CandidateView],
    statistics: CorpusStatistics,
    weights: Weights = WEIGHTS,
) -> list[tuple[int, float]]:
    """Order candidates, best first: their places in `candidates` with scores; equal ones stay in the given order."""
    if not candidates:
        return []
    languages = [_language(candidate.text) for candidate in candidates]
    scores = _lexical(query, candidates)
    dense = _dense(query, candidates, languages, statistics)
    if dense is not None:
        foreign = np.array(
            [c.lexical <= 0.0 and own != query.language for c, own in zip(candidates, languages, strict=True)]
        )
        share = weights.words(query.language) * (_covered(query, candidates) if foreign.any() else 1.0)
        scores = share * np.where(foreign, dense, scores) + (1.0 - share) * dense
    scores = scores + weights.neighbour * _neighbours(scores, candidates)
    scores = scores + weights.speaker * _spoken_by_named(query, candidates)
    order = sorted(range(len(candidates)), key=lambda i: (-scores[i], i))
    return [(i, float(scores[i])) for i in order]


def _lexical(query: QueryView, candidates: Sequence[CandidateView]) -> Floats:
    """Standard scores of BM25; for Chinese also of single characters, which bridge words that pairs cut apart."""
    scores = _standard(np.array([max(c.lexical, 0.0) for c in candidates]))
    characters = list(dict.fromkeys(_HAN.findall(fold(query.text))))
    if not characters:
        return scores
    whole, window = _CHARACTERS
    texts = _character_scores(characters, [c.text for c in candidates])
    best = texts
    if any(len(c.windows) > 1 for c in candidates):
        best = np.zeros(len(candidates))
        owners = [i for i, c in enumerate(candidates) for _ in c.windows]
        parts = _character_scores(characters, [part for c in candidates for part in c.windows])
        np.maximum.at(best, owners, parts)
    return _standard(scores + whole * _standard(texts) + window * _standard(best))


def _covered(query: QueryView, candidates: Sequence[CandidateView]) -> float:
    """How far words can be trusted where some passages cannot share them: how many the best passage holds, 0 to 1."""
    best = max(candidates, key=lambda c: c.lexical)
    if best.lexical <= 0.0 or not query.words:
        return 0.0
    held = len(set(query.words).intersection(search_words(best.text))) / len(query.words)
    return min(1.0, (held / _ENOUGH) ** 2)


def _character_scores(characters: Sequence[str], texts: Sequence[str]) -> Floats:
    held = [_characters_of(text) for text in texts]
    counts = np.array([[some[character] for character in characters] for some in held], dtype=np.float64)
    return _bm25(counts, np.array([len(text) for text in texts], dtype=np.float64))


def _bm25(counts: Floats, lengths: Floats) -> Floats:
    """BM25 (k1 = 1.2, b = 0.75) of texts by words; words that most texts hold still count a little."""
    if not counts.size:
        return np.zeros(len(lengths))
    holding = (counts > 0).sum(axis=0)
    rarity = np.log1p((len(lengths) - holding + 0.5) / (holding + 0.5))
    room = 1.2 * (0.25 + 0.75 * lengths / max(float(lengths.mean()), 1.0))
    scores: Floats = (rarity * counts * 2.2 / (counts + room[:, None])).sum(axis=1)
    return scores


@lru_cache(maxsize=8192)
def _characters_of(text: str) -> Counter[str]:
    return Counter(_HAN.findall(text))


@lru_cache(maxsize=4096)
def _language(text: str) -> Language:
    return language_of(text)


@lru_cache(maxsize=4096)
def _counted(text: str) -> tuple[Counter[str], int]:
    """The words of a passage; kept, because a batch asks many questions of the same passages."""
    words = search_words(text)
    return Counter(words), len(words)


def _dense(
    query: QueryView, candidates: Sequence[CandidateView], languages: Sequence[Language], statistics: CorpusStatistics
) -> Floats | None:
    """Standard scores of likeness, counted from the mean of the passage's language; None without vectors."""
    held = np.array([c.likeness is not None for c in candidates])
    if query.vector is None or not held.any():
        return None
    scores = np.array([c.likeness or 0.0 for c in candidates])
    if len(statistics.centres) > 1:
        asked = np.asarray(query.vector, dtype=np.float64)
        grounds = {language: float(asked @ np.asarray(centre)) for language, centre in statistics.centres.items()}
        usual = sum(grounds.values()) / len(grounds)
        scores -= np.array([grounds.get(language, usual) for language in languages])
    scores[~held] = scores[held].mean()  # nothing is known of them, for or against
    return _standard(scores)


def _neighbours(scores: Floats, candidates: Sequence[CandidateView]) -> Floats:
    """The mean score of what stands before and after each passage; a neighbour that is no candidate counts 0."""
    beside = np.zeros(len(candidates))
    for i, candidate in enumerate(candidates):
        if candidate.after is not None:
            beside[i] += scores[candidate.after] / 2
            beside[candidate.after] += scores[i] / 2
    return beside


def _spoken_by_named(query: QueryView, candidates: Sequence[CandidateView]) -> Floats:
    """The share of each passage that is said by a speaker whom the question names, 0 where it names none."""
    asked = fold(query.text)
    spoken = [_speakers(candidate.text) for candidate in candidates]
    named = {label for label in {label for parts in spoken for label, _ in parts} if _names(asked, label)}
    return np.array([sum(share for label, share in parts if label in named) for parts in spoken], dtype=np.float64)


@lru_cache(maxsize=4096)
def _speakers(text: str) -> tuple[tuple[str, float], ...]:
    """The labels of a passage's turns, folded, each with the share of the passage that its turn fills."""
    if ":" not in text and "：" not in text:
        return ()
    labels = list(_LABEL.finditer(text))
    ends = [*(label.start() for label in labels[1:]), len(text)]
    return tuple((fold(label[1]), (end - label.end()) / len(text)) for label, end in zip(labels, ends, strict=False))


def _names(asked: str, label: str) -> bool:
    if not label or label not in asked:
        return False
    return bool(_HAN.search(label)) or re.search(rf"(?<!\w){re.escape(label)}(?!\w)", asked) is not None


def _unit_mean(vectors: Sequence[Sequence[float]] | Floats) -> Floats:
    mean: Floats = np.asarray(vectors, dtype=np.float64).mean(axis=0)
    length = float(np.linalg.norm(mean))
    return mean / length if length else mean


def _standard(scores: Floats) -> Floats:
    """Bring scores to mean 0 and deviation 1; where all are equal they say nothing and are 0."""
    deviation = float(scores.std())
    return (scores - scores.mean()) / deviation if deviation > 1e-12 else np.zeros(len(scores))
