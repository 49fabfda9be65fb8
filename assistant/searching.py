"""Search: words, vectors and exact values in one ranking, over one project's notes, the guidance, or given texts.

Words and vectors each bring candidates, which the ranker of `assistant.retrieval.ranking` orders by score. Its module
is imported when it is first used: it needs numpy, which takes a tenth of a second to load.

Isolation is held three times: the word query and the collection's name carry project and visibility, every hit is
read back from the store for that project, and what does not match what was asked for is dropped and logged.
"""

import hashlib
import logging
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from assistant.domain.facts import FactKind
from assistant.domain.guidance import GuidanceHit
from assistant.domain.note import Hit, Passage, SearchResult
from assistant.domain.project import Language, Visibility
from assistant.errors import EmbedderUnavailableError, StorageError
from assistant.language.normal import fold
from assistant.ports import Embedder, GuidanceLibrary, PassageStore, StoredPassage, VectorIndex
from assistant.retrieval.boosts import Values, day_words, exact_values, exactness, hard_values, recency
from assistant.retrieval.collections import collection_name
from assistant.retrieval.fusion import best_first, fuse
from assistant.retrieval.guidance import point_words, store_guidance
from assistant.retrieval.upkeep import WORDS_ONLY, bring_vectors, mismatch, sync_vectors
from assistant.retrieval.words import bm25, query_words, search_words

if TYPE_CHECKING:
    from assistant.retrieval.ranking import CorpusStatistics, QueryView

_log = logging.getLogger(__name__)

BOTH = (Visibility.CLIENT, Visibility.INTERNAL)
DEPTH = 100
"""Candidates that words bring, and that vectors bring."""

_BESIDE = ThreadPoolExecutor(8, "search")  # threads begin when first needed; starting one for each search costs 3 ms
_MORE_VECTORS = 4
_LISTS = 16  # lists of given passages that are kept as read
_SHORT = 800  # characters up to which a passage is one window; only texts without structure make longer ones
_SITUATIONS = 200  # how many situations are looked at to rank the points they belong to
_NOT_YET = "Vectors for project {project} are not made yet, so search goes by words only; run `sincerely index`."
_PARTIAL = (
    "{covered} of {every} passages of project {project} have vectors so far, and the others are found by words only; "
    "run `sincerely index` for the rest."
)
_BROKEN = "The vectors of project {project} could not be read, so search goes by words only; run `sincerely index`."
_EMPTY = "Project {project} has no indexed notes yet; add notes and run `sincerely index`."


@dataclass(slots=True)
class _Found:
    """What each way of searching brought: BM25 by id, ids by vectors with their collection, both best first."""

    lexical: dict[str, float]
    homes: dict[str, Visibility] = field(default_factory=dict)
    notice: str = ""


@dataclass(slots=True)
class _Read:
    """What was read back of a project's passages, once each, with their vectors by that embedder."""

    project: str
    store: PassageStore
    embedder: str
    stored: dict[str, StoredPassage] = field(default_factory=dict)

    def add(self, ids: Iterable[str]) -> None:
        """Read those that were not read yet."""
        new = [id_ for id_ in ids if id_ not in self.stored]
        if new:
            self.stored |= self.store.read_back(self.project, self.embedder, new)


def search_notes(
    project: str,
    query: str,
    *,
    store: PassageStore,
    vectors: VectorIndex,
    embedder: Embedder | None,
    n: int = 10,
    visibilities: Sequence[Visibility] = BOTH,
    as_of: date | None = None,
    prefer_recent: bool = False,
) -> SearchResult:
    """Find up to n passages of one project, best first; those dated after `as_of` are not seen.

    Passages with the same words are shown once. Where vectors cannot be had the result is lexical and says so.
    Raises IndexMismatchError when the index was built with another embedder, StorageError.
    """
    from assistant.retrieval.ranking import statistics_of, view_query  # noqa: PLC0415 - loads numpy

    depth = max(DEPTH, 5 * n)
    wanted = exact_values(query, as_of)
    words = list(dict.fromkeys((*view_query(query, None).words, *day_words(wanted))))
    # The database and the embedder each leave Python alone while they work.
    name = embedder.name if embedder is not None else ""
    searched = _BESIDE.submit(_search_words, project, visibilities, words, depth, as_of, store, name)
    try:
        vector, notice = _query_vector(project, query, store, embedder)
    finally:
        lexical, read, (covered, every) = searched.result()
    asked = view_query(query, vector)
    found = _Found(lexical, notice=notice)
    statistics = statistics_of(store.language_means(project, visibilities, as_of=as_of) if vector is not None else {})
    if vector is not None and embedder is not None:
        _search_vectors(project, asked, statistics, store, vectors, name, visibilities, depth, as_of, found)
    read.add(found.homes)
    passages = _joined(project, read.stored, [*found.lexical, *found.homes], found.homes, visibilities, as_of)
    if not every:
        return SearchResult((), lexical_only=bool(found.notice), notice=_EMPTY.format(project=project))
    near = [id_ for id_ in found.homes if id_ in passages][:depth]
    candidates = {id_: passages[id_] for id_ in dict.fromkeys((*found.lexical, *near)) if id_ in passages}
    scores = _scored(asked, statistics, read.stored, candidates, found.lexical)
    scores = _boosted(project, wanted, store, candidates, scores, prefer_recent=prefer_recent)
    by_words = {id_: place for place, id_ in enumerate(found.lexical, 1)}
    by_vectors = {id_: place for place, id_ in enumerate(near, 1)}
    hits = [
        Hit(candidates[id_], scores[id_], by_words=by_words.get(id_), by_vectors=by_vectors.get(id_))
        for id_ in _distinct(best_first(scores), candidates, n)
    ]
    result = SearchResult(tuple(hits), bool(found.notice), found.notice, passages=every, with_vectors=covered)
    if not result.partial:
        return result
    return replace(result, notice=_PARTIAL.format(project=project, covered=covered, every=every))


def search_guidance(
    query: str,
    language: Language,
    *,
    library: GuidanceLibrary,
    store: PassageStore,
    vectors: VectorIndex,
    embedder: Embedder | None,
    n: int = 6,
) -> tuple[GuidanceHit, ...]:
    """Find what the guidance says about a situation, best first. Raises KnowledgeError, StorageError.

    The points are stored and embedded when they are first needed, once a workspace, and kept.
    """
    points = library.points(language)
    by_words = _by_words(query, {point.id: search_words(point_words(point)) for point in points})
    by_vectors: list[str] = []
    if embedder is not None:
        space = store_guidance(library, language, store)
        try:
            bring_vectors(space, store, vectors, embedder)
            wanted = embedder.query(query)
            near = _nearest(space, wanted, store, vectors, embedder.name, (Visibility.CLIENT,), _SITUATIONS)
            found = store.by_ids(space, [id_ for id_, _, _ in near])
            by_vectors = list(dict.fromkeys(found[id_].place for id_, _, _ in near if id_ in found))
        except (EmbedderUnavailableError, StorageError):
            _log.exception("the vectors of the guidance could not be used")
    scores = fuse([(by_words, 1.0), (by_vectors, 1.0)])
    return tuple(GuidanceHit(library.point(id_, language), scores[id_]) for id_ in best_first(scores)[:n])


@dataclass(frozen=True, slots=True)
class _Given:
    """Given passages as read once: their windows with vectors, whether they follow each other, and their centres."""

    windows: list[tuple[str, ...]]
    vectors: list[Sequence[Sequence[float]]]
    ordered: bool
    statistics: "CorpusStatistics"


@dataclass(slots=True)
class Ranker:
    """Ranks given texts with the ranker of the search; a text that comes again is read and embedded once.

    Long texts are embedded in windows of some sentences. Texts that follow each other, as the turns of a meeting do,
    are noticed by their likeness, and their neighbours then count.
    """

    embedder: Embedder | None
    _read: dict[str, tuple[tuple[str, ...], Sequence[Sequence[float]]]] = field(default_factory=dict)
    _given: OrderedDict[tuple[str, ...], _Given] = field(default_factory=OrderedDict)
    _values: dict[str, Values] = field(default_factory=dict)

    def rank(self, query: str, passages: Sequence[str]) -> tuple[list[int], list[float]]:
        """Give all indexes of the passages, best first, and the score of each in that order.

        Raises EmbedderUnavailableError.
        """
        from assistant.retrieval.ranking import rank, view_passages, view_query  # noqa: PLC0415 - loads numpy

        given = self._as_given(tuple(passages))
        asked = view_query(query, self.embedder.query(query) if self.embedder is not None and passages else None)
        views = view_passages(asked, passages, given.windows, given.vectors, ordered=given.ordered)
        scores = dict(rank(asked, views, given.statistics))
        if wanted := exact_values(query, None):
            for i, text in enumerate(passages):
                scores[i] += exactness(wanted, text, self._values_of(text))
        order = sorted(scores, key=lambda i: (-scores[i], i))
        return order, [scores[i] for i in order]

    def _values_of(self, text: str) -> Values:
        if text not in self._values:
            self._values[text] = exact_values(text, None)
        return self._values[text]

    def _as_given(self, passages: tuple[str, ...]) -> _Given:
        """Read passages, or give what was read of them: rows often ask several questions of the same ones."""
        from assistant.retrieval.ranking import in_order, measure  # noqa: PLC0415 - loads numpy

        if passages not in self._given:
            self._embed(passages)
            vectors = [self._read[text][1] for text in passages]
            self._given[passages] = _Given(
                [self._read[text][0] for text in passages],
                vectors,
                in_order(passages, vectors),
                measure(passages, vectors),
            )
            while len(self._given) > _LISTS:
                self._given.popitem(last=False)
        return self._given[passages]

    def _embed(self, passages: Sequence[str]) -> None:
        """Cut and embed what is new, all in one call: the embedder shares its texts out over the cores."""
        import numpy as np  # noqa: PLC0415 - loads slowly

        from assistant.retrieval.ranking import cut_windows  # noqa: PLC0415 - loads numpy

        new = {text: cut_windows(text) for text in dict.fromkeys(passages) if text not in self._read}
        parts = list(dict.fromkeys(part for windows in new.values() for part in windows))
        if self.embedder is None or not parts:
            self._read.update((text, (windows, ())) for text, windows in new.items())
            return
        made = dict(zip(parts, np.asarray(self.embedder.passages(parts), dtype=np.float32), strict=True))
        for text, windows in new.items():
            self._read[text] = (windows, np.array([made[part] for part in windows]))  # type: ignore[assignment]


def _by_words(query: str, texts: Mapping[str, list[str]]) -> list[str]:
    """Rank texts, given as their search words, by BM25; those that hold no word of the query are left out."""
    scores = dict(zip(texts, bm25(query_words(query), list(texts.values())), strict=True))
    return best_first({id_: score for id_, score in scores.items() if score > 0})


def _search_words(
    project: str,
    visibilities: Sequence[Visibility],
    words: Sequence[str],
    depth: int,
    as_of: date | None,
    store: PassageStore,
    embedder: str,
) -> tuple[dict[str, float], _Read, tuple[int, int]]:
    """Search by words, read what they bring, and count the vectors: it is done while the question is embedded."""
    lexical = dict(store.search_words(project, visibilities, words, depth, as_of=as_of))
    read = _Read(project, store, embedder)
    read.add(lexical)
    return lexical, read, store.coverage(project, embedder)


def _query_vector(
    project: str, query: str, store: PassageStore, embedder: Embedder | None
) -> tuple[Sequence[float] | None, str]:
    """Embed the query; without a vector, the notice that says why. Raises IndexMismatchError."""
    if embedder is None:
        return None, WORDS_ONLY
    built = store.embedder()
    if built is None:
        return None, _NOT_YET.format(project=project)
    if built[0] != embedder.name:
        raise mismatch(built[0], embedder.name)
    try:
        vector = embedder.query(query)
        dimension = embedder.dimension  # an endpoint is asked for it, and may be out of reach
    except EmbedderUnavailableError as error:
        return None, str(error)
    if dimension != built[1]:
        raise mismatch(f"{built[0]} of {built[1]} dimensions", f"one of {dimension}")
    if len(vector) != dimension:
        _log.error("the embedder gave a vector of %d numbers instead of %d", len(vector), dimension)
        return None, _BROKEN.format(project=project)
    return vector, ""


def _search_vectors(
    project: str,
    asked: "QueryView",
    statistics: "CorpusStatistics",
    store: PassageStore,
    vectors: VectorIndex,
    embedder: str,
    visibilities: Sequence[Visibility],
    depth: int,
    as_of: date | None,
    found: _Found,
) -> None:
    """Fill in what the vectors bring, by a question without its language, or the notice why they cannot."""
    from assistant.retrieval.ranking import without_language  # noqa: PLC0415 - loads numpy

    assert asked.vector is not None
    if as_of is not None:
        depth *= _MORE_VECTORS  # vectors know no dates: what is too late is left out afterwards
    try:
        neutral = without_language(asked.vector, statistics)
        near = _nearest(project, neutral, store, vectors, embedder, visibilities, depth)
    except StorageError:
        _log.exception("the vectors of project %s could not be used", project)
        found.notice = _BROKEN.format(project=project)
        return
    if not near:
        found.notice = _NOT_YET.format(project=project)
    best = sorted(near, key=lambda hit: (-hit[1], hit[0]))[:depth]
    found.homes = {id_: home for id_, _, home in best}


def _nearest(
    project: str,
    wanted: Sequence[float],
    store: PassageStore,
    vectors: VectorIndex,
    embedder: str,
    visibilities: Sequence[Visibility],
    depth: int,
) -> list[tuple[str, float, Visibility]]:
    """Ask each collection; a vector index that is lost or broken is filled from the store once."""

    def ask() -> list[tuple[str, float, Visibility]]:
        return [
            (id_, likeness, visibility)
            for visibility in visibilities
            for id_, likeness in vectors.nearest(collection_name(project, visibility, embedder), wanted, depth)
        ]

    if vectors.present():
        try:
            near = ask()
        except StorageError:
            _log.warning("the vector index is broken and is filled again, for project %s", project)
        else:
            if near or not any(store.vector_ids(project, embedder, visibility) for visibility in visibilities):
                return near
    sync_vectors(project, store, vectors, embedder)
    return ask()


def _joined(
    project: str,
    stored: Mapping[str, StoredPassage],
    ids: list[str],
    homes: dict[str, Visibility],
    visibilities: Sequence[Visibility],
    as_of: date | None,
) -> dict[str, Passage]:
    """Keep of what was read back no passage that is not this project's, not visible here, altered, or later."""
    kept: dict[str, Passage] = {}
    for id_ in dict.fromkeys(ids):
        read = stored.get(id_)
        if read is None:
            _log.warning("hit %s is not a passage of project %s; dropped", id_, project)
            continue
        passage = read.passage
        right_place = passage.project == project and passage.visibility in visibilities
        right_home = homes.get(id_, passage.visibility) == passage.visibility
        digest = hashlib.sha256(passage.text.encode("utf-8", "surrogatepass")).hexdigest()
        if not (right_place and right_home and digest == passage.digest):
            _log.error("hit %s does not match what was asked of project %s; dropped", id_, project)
            continue
        if as_of is None or passage.dated is None or passage.dated <= as_of:
            kept[id_] = passage
    assert all(passage.project == project for passage in kept.values())
    return kept


def _scored(
    asked: "QueryView",
    statistics: "CorpusStatistics",
    stored: Mapping[str, StoredPassage],
    candidates: Mapping[str, Passage],
    lexical: Mapping[str, float],
) -> dict[str, float]:
    """Score the candidates with the ranker."""
    from assistant.retrieval.ranking import CandidateView, cut_windows, likenesses, rank  # noqa: PLC0415 - loads numpy

    ids = list(candidates)
    place = {(passage.path, stored[id_].row): i for i, (id_, passage) in enumerate(candidates.items())}
    held = {id_: vector for id_ in ids if (vector := stored[id_].vector) is not None}
    like = likenesses(asked, held) if asked.vector is not None else {}
    views = [
        CandidateView(
            text=passage.text,
            windows=cut_windows(passage.text) if len(passage.text) > _SHORT else (passage.text,),
            lexical=lexical.get(id_, 0.0),
            likeness=like.get(id_),
            after=place.get((passage.path, stored[id_].row - 1)),
        )
        for id_, passage in candidates.items()
    ]
    return {ids[i]: score for i, score in rank(asked, views, statistics)}


def _boosted(
    project: str,
    wanted: Values,
    store: PassageStore,
    candidates: Mapping[str, Passage],
    scores: Mapping[str, float],
    *,
    prefer_recent: bool,
) -> dict[str, float]:
    """Add what exact values and, where asked, dates say."""
    boosted = dict(scores)
    if wanted:
        only_names = all(kind is FactKind.NAME for kind, _ in wanted)  # these are looked for in the words
        facts = {} if only_names else store.facts(project, list(candidates))
        for id_, passage in candidates.items():
            held = hard_values(facts.get(id_, ()))
            if passage.dated is not None:  # minutes of a day are about that day, even where they do not say it
                held |= {(FactKind.DATE, passage.dated.isoformat())}
            boosted[id_] += exactness(wanted, passage.text, held)
    if prefer_recent:
        for id_, added in recency({id_: passage.dated for id_, passage in candidates.items()}).items():
            boosted[id_] += added
    return boosted


def _distinct(order: list[str], passages: Mapping[str, Passage], n: int) -> list[str]:
    """Keep the first n of passages with different words."""
    kept: dict[str, str] = {}
    for id_ in order:
        if len(kept) == n:
            break
        kept.setdefault(fold(passages[id_].text), id_)
    return list(kept.values())
