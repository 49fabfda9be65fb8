"""Search: words, vectors and exact values in one ranking, over one project's notes, the guidance, or given texts.

Isolation is held three times: the word query and the collection's name carry project and visibility, every hit is
read back from the store for that project, and what does not match what was asked for is dropped and logged.
"""

import hashlib
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from assistant.domain.guidance import GuidanceHit
from assistant.domain.note import Hit, Passage, SearchResult
from assistant.domain.project import Language, Visibility
from assistant.errors import EmbedderUnavailableError, IndexMismatchError, StorageError
from assistant.language.normal import fold
from assistant.ports import Embedder, GuidanceLibrary, PassageStore, VectorIndex
from assistant.retrieval.collections import collection_name
from assistant.retrieval.fusion import (
    DEPTH,
    RECENCY_WEIGHT,
    best_first,
    exact_ranking,
    exact_values,
    fuse,
    hard_values,
    lexical_weight,
    newest_first,
)
from assistant.retrieval.guidance import point_words, store_guidance
from assistant.retrieval.upkeep import WORDS_ONLY, bring_vectors, sync_vectors
from assistant.retrieval.words import bm25, query_words, search_words

_log = logging.getLogger(__name__)

BOTH = (Visibility.CLIENT, Visibility.INTERNAL)
_MORE_VECTORS = 4
_SITUATIONS = 200  # how many situations are looked at to rank the points they belong to
_NOT_YET = "Vectors for project {project} are not made yet, so search goes by words only; run `sincerely index`."
_BROKEN = "The vectors of project {project} could not be read, so search goes by words only; run `sincerely index`."
_EMPTY = "Project {project} has no indexed notes yet; add notes and run `sincerely index`."


@dataclass(slots=True)
class _Rankings:
    """What each way of searching found: ids, best first."""

    words: list[str] = field(default_factory=list)
    vectors: list[str] = field(default_factory=list)
    notice: str = ""


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
    depth = max(DEPTH, 5 * n)
    by_words = store.search_words(project, visibilities, query_words(query), depth, as_of=as_of)
    found = _Rankings(words=[id_ for id_, _ in by_words])
    if as_of is not None:
        depth *= _MORE_VECTORS  # vectors know no dates: what is too late is left out afterwards
    homes = _search_vectors(project, query, store, vectors, embedder, visibilities, depth, found)
    passages = _joined(project, store, found.words + found.vectors, homes, visibilities, as_of)
    if not passages and not store.notes(project):
        return SearchResult((), lexical_only=bool(found.notice), notice=_EMPTY.format(project=project))
    scores = _fused(project, query, store, passages, found, as_of, prefer_recent=prefer_recent)
    places = {
        name: {id_: i for i, id_ in enumerate(ids, 1)} for name, ids in (("w", found.words), ("v", found.vectors))
    }
    hits = [
        Hit(passages[id_], scores[id_], by_words=places["w"].get(id_), by_vectors=places["v"].get(id_))
        for id_ in _distinct(best_first(scores), passages)[:n]
    ]
    return SearchResult(tuple(hits), lexical_only=bool(found.notice), notice=found.notice)


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


@dataclass(slots=True)
class Ranker:
    """Ranks given texts with the ranker of the search; a text that comes again is read and embedded once."""

    embedder: Embedder | None
    _words: dict[str, list[str]] = field(default_factory=dict)
    _vectors: dict[str, list[float]] = field(default_factory=dict)

    def rank(self, query: str, passages: Sequence[str]) -> tuple[list[int], list[float]]:
        """Give all indexes of the passages, best first, and the score of each in that order."""
        names = {f"{i:08d}": text for i, text in enumerate(passages)}
        by_words = _by_words(query, {id_: self._words_of(text) for id_, text in names.items()})
        by_vectors = self._by_vectors(query, names) if self.embedder is not None and names else []
        exact: list[str] = []
        if wanted := exact_values(query, None):
            near = dict.fromkeys((*by_words[:DEPTH], *by_vectors[:DEPTH]))
            exact = exact_ranking(wanted, {id_: (names[id_], exact_values(names[id_], None)) for id_ in near})
        scores = dict.fromkeys(names, 0.0)
        scores |= fuse([(by_words, lexical_weight(query)), (by_vectors, 1.0), (exact, 1.0)])
        order = best_first(scores)
        return [int(id_) for id_ in order], [scores[id_] for id_ in order]

    def _words_of(self, text: str) -> list[str]:
        if text not in self._words:
            self._words[text] = search_words(text)
        return self._words[text]

    def _by_vectors(self, query: str, names: Mapping[str, str]) -> list[str]:
        assert self.embedder is not None
        new = [text for text in dict.fromkeys(names.values()) if text not in self._vectors]
        self._vectors.update(zip(new, self.embedder.passages(new), strict=True))
        asked = self.embedder.query(query)
        likeness = {
            id_: sum(a * b for a, b in zip(asked, self._vectors[text], strict=True)) for id_, text in names.items()
        }
        return best_first(likeness)


def rank_passages(query: str, passages: Sequence[str], *, embedder: Embedder | None) -> tuple[list[int], list[float]]:
    """Rank given texts once, without a workspace. Raises EmbedderUnavailableError."""
    return Ranker(embedder).rank(query, passages)


def _by_words(query: str, texts: Mapping[str, list[str]]) -> list[str]:
    """Rank texts, given as their search words, by BM25; those that hold no word of the query are left out."""
    scores = dict(zip(texts, bm25(query_words(query), list(texts.values())), strict=True))
    return best_first({id_: score for id_, score in scores.items() if score > 0})


def _search_vectors(
    project: str,
    query: str,
    store: PassageStore,
    vectors: VectorIndex,
    embedder: Embedder | None,
    visibilities: Sequence[Visibility],
    depth: int,
    found: _Rankings,
) -> dict[str, Visibility]:
    """Fill in what the vectors find, or the notice why they cannot; gives each hit's collection by its visibility."""
    if embedder is None:
        found.notice = WORDS_ONLY
        return {}
    built = store.embedder()
    if built is None:
        found.notice = _NOT_YET.format(project=project)
        return {}
    if built != (embedder.name, embedder.dimension):
        raise IndexMismatchError(
            f"The index was built with {built[0]}, but {embedder.name} is set: run `sincerely index` to rebuild it."
        )
    try:
        wanted = embedder.query(query)
    except EmbedderUnavailableError as error:
        found.notice = str(error)
        return {}
    try:
        near = _nearest(project, wanted, store, vectors, embedder.name, visibilities, depth)
    except StorageError:
        _log.exception("the vectors of project %s could not be used", project)
        found.notice = _BROKEN.format(project=project)
        return {}
    if not near:
        found.notice = _NOT_YET.format(project=project)
    found.vectors = [id_ for id_, _, _ in sorted(near, key=lambda hit: (-hit[1], hit[0]))][:depth]
    return {id_: home for id_, _, home in near}


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
    store: PassageStore,
    ids: list[str],
    homes: dict[str, Visibility],
    visibilities: Sequence[Visibility],
    as_of: date | None,
) -> dict[str, Passage]:
    """Read the hits back from the store, dropping what is not this project's, not visible here, altered, or later."""
    stored = store.by_ids(project, ids)
    kept: dict[str, Passage] = {}
    for id_ in dict.fromkeys(ids):
        passage = stored.get(id_)
        if passage is None:
            _log.warning("hit %s is not a passage of project %s; dropped", id_, project)
            continue
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


def _fused(
    project: str,
    query: str,
    store: PassageStore,
    passages: dict[str, Passage],
    found: _Rankings,
    as_of: date | None,
    *,
    prefer_recent: bool,
) -> dict[str, float]:
    exact: list[str] = []
    if wanted := exact_values(query, as_of):
        facts = store.facts(project, list(passages))
        exact = exact_ranking(wanted, {id_: (p.text, hard_values(facts.get(id_, ()))) for id_, p in passages.items()})
    rankings: list[tuple[Sequence[str], float]] = [
        ([id_ for id_ in found.words if id_ in passages], lexical_weight(query)),
        ([id_ for id_ in found.vectors if id_ in passages], 1.0),
        (exact, 1.0),
    ]
    if prefer_recent:
        rankings.append((newest_first({id_: p.dated for id_, p in passages.items()}), RECENCY_WEIGHT))
    return fuse(rankings)


def _distinct(order: list[str], passages: dict[str, Passage]) -> list[str]:
    """Keep the first of passages with the same words."""
    seen: set[str] = set()
    kept = []
    for id_ in order:
        words = fold(passages[id_].text)
        if words not in seen:
            seen.add(words)
            kept.append(id_)
    return kept
