"""Search: the right passage first, the wrong project never."""

import logging
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.adapters.database.passage_store import SqlitePassageStore
from assistant.domain.project import Project, Visibility
from assistant.errors import IndexMismatchError
from assistant.ports import StoredPassage
from assistant.retrieval.collections import collection_name
from assistant.retrieval.words import bm25, query_words, search_words
from assistant.searching import BOTH, Ranker, search_notes

from .conftest import WordHashEmbedder, Workspace

Make = Callable[..., Project]


class BrokenQuery(WordHashEmbedder):
    """Gives a vector for queries that the index cannot take."""

    def query(self, text: str) -> list[float]:
        return [0.0] * 3


def _search(workspace: Workspace, query: str, project: str = "harbour", **options: object) -> list[str]:
    values: dict[str, object] = {"store": workspace.store, "vectors": workspace.vectors, "embedder": workspace.embedder}
    return [hit.passage.text for hit in search_notes(project, query, **(values | options)).hits]  # type: ignore[arg-type]


@pytest.fixture
def filled(workspace: Workspace, project: Make) -> Workspace:
    workspace.write("harbour", "2026-03-01 plan.md", "Go-live of the portal is planned for 30 March 2026.")
    workspace.write("harbour", "2026-03-11 minutes.md", "Agreed: go-live moves to 22 April 2026.")
    workspace.write("harbour", "2026-03-12 defects.md", "TC-231 rounding is fixed, TC-244 is open.")
    workspace.write("harbour", "2026-03-13 纪要.md", "会议决定：上线时间改到四月二十二日，培训另行通知。")
    workspace.write(
        "harbour", "2026-03-14 margin.md", "visibility: internal\n\nThe margin of the go-live fell to 22 %."
    )
    workspace.write("harbour", "copy.md", "Agreed: go-live moves to 22 April 2026.")
    workspace.index(project())
    return workspace


def test_words_vectors_and_exact_values_find_their_passage(filled: Workspace) -> None:
    assert _search(filled, "rounding defect TC-231")[0].startswith("TC-231")
    assert _search(filled, "22 April")[0].startswith("Agreed")
    assert _search(filled, "上线时间")[0].startswith("会议决定")
    hit = search_notes("harbour", "TC-231", store=filled.store, vectors=filled.vectors, embedder=filled.embedder).hits[
        0
    ]
    assert (hit.by_words, hit.by_vectors) == (1, 1)


def test_the_same_words_are_shown_once(filled: Workspace) -> None:
    assert sum(text.startswith("Agreed") for text in _search(filled, "go-live moves")) == 1


def test_later_notes_are_not_seen_as_of_a_day(filled: Workspace) -> None:
    found = _search(filled, "go-live", as_of=date(2026, 3, 10), visibilities=(Visibility.CLIENT,))
    assert any(text.startswith("Go-live of the portal") for text in found)
    assert not any("TC-231" in text for text in found)
    assert any(text.startswith("Agreed") for text in found), "the undated copy is seen"


def test_recency_is_preferred_where_asked(workspace: Workspace, project: Make) -> None:
    for day in ("01", "20"):
        workspace.write("harbour", f"2026-03-{day}.md", f"The export runs every night. Checked on day {day}.")
    workspace.index(project())
    assert "day 20" in _search(workspace, "export runs every night", prefer_recent=True)[0]


def test_without_vectors_the_result_says_so(filled: Workspace, caplog: pytest.LogCaptureFixture) -> None:
    result = search_notes("harbour", "margin", store=filled.store, vectors=filled.vectors, embedder=None)
    assert result.lexical_only
    assert result.notice
    assert len(result.hits) == 1
    broken = BrokenQuery()
    with caplog.at_level(logging.CRITICAL):
        result = search_notes("harbour", "margin", store=filled.store, vectors=filled.vectors, embedder=broken)
    assert result.lexical_only
    assert "sincerely index" in result.notice
    assert len(result.hits) == 1


def test_vectors_that_were_lost_come_back_by_themselves(filled: Workspace, tmp_path: Path) -> None:
    filled.vectors.close()
    (tmp_path / ".sincerely" / "chroma" / "chroma.sqlite3").write_bytes(b"junk" * 999)
    asked = len(filled.embedder.asked)
    result = search_notes("harbour", "go-live", store=filled.store, vectors=filled.vectors, embedder=filled.embedder)
    assert not result.lexical_only
    assert any(hit.by_vectors for hit in result.hits)
    assert len(filled.embedder.asked) == asked


def test_another_embedder_is_refused_with_the_command_that_helps(filled: Workspace) -> None:
    with pytest.raises(IndexMismatchError, match="sincerely index"):
        _search(filled, "go-live", embedder=WordHashEmbedder(name="other"))


def test_a_project_without_notes_says_so(filled: Workspace) -> None:
    result = search_notes("empty", "go-live", store=filled.store, vectors=filled.vectors, embedder=filled.embedder)
    assert result.hits == ()
    assert "sincerely index" in result.notice


def test_strange_queries_find_nothing_and_break_nothing(filled: Workspace) -> None:
    for query in ("", '"', "space : x OR body:y", "NEAR(a b)", "*", "🦊", "a" * 5000, "'; DROP TABLE words; --"):
        _search(filled, query)
    assert _search(filled, "margin")


# --- isolation ------------------------------------------------------------------------------------------------

SECRETS = ("HALYARD", "9917", "zinfandel", "暗号甲")


@pytest.fixture
def two_clients(workspace: Workspace, project: Make) -> Workspace:
    shared = "The go-live date of the export moved, the client agreed. 上线时间改了。"
    for slug in ("harbour", "mountain"):
        for n in range(4):
            workspace.write(slug, f"2026-03-0{n + 1} {slug}.md", f"# Note\n\n{shared} Entry {n} of {slug}.\n")
    words = " ".join(SECRETS)
    workspace.write("mountain", "secret.md", f"HALYARD costs 9917, called zinfandel. 暗号甲。 {words}")
    workspace.write("harbour", "inside.md", f"visibility: internal\n\nOur own margin. {shared}")
    for slug in ("harbour", "mountain"):
        workspace.index(project(slug))
    return workspace


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.one_of(
        st.text(max_size=60),
        st.lists(
            st.sampled_from([*SECRETS, "mountain", "go-live", "上线", "space", "OR", '"', "export"]), max_size=6
        ).map(" ".join),
    ),
    visibilities=st.sampled_from([BOTH, (Visibility.CLIENT,), (Visibility.INTERNAL,)]),
    n=st.integers(1, 50),
)
def test_no_query_reaches_another_project_or_the_other_visibility(
    two_clients: Workspace, query: str, visibilities: tuple[Visibility, ...], n: int
) -> None:
    result = search_notes(
        "harbour",
        query,
        store=two_clients.store,
        vectors=two_clients.vectors,
        embedder=two_clients.embedder,
        n=n,
        visibilities=visibilities,
    )
    for hit in result.hits:
        assert hit.passage.project == "harbour"
        assert hit.passage.visibility in visibilities
        assert not any(secret in hit.passage.text for secret in SECRETS)


def test_vectors_planted_in_the_wrong_collection_are_dropped_and_logged(
    two_clients: Workspace, caplog: pytest.LogCaptureFixture
) -> None:
    store, embedder = two_clients.store, two_clients.embedder
    foreign = store.passages("mountain")
    internal = store.passages("harbour", visibility=Visibility.INTERNAL)
    planted = {p.id: embedder.passages([p.text])[0] for p in (*foreign, *internal)}
    two_clients.vectors.upsert(collection_name("harbour", Visibility.CLIENT, embedder.name), planted)
    for visibilities in (BOTH, (Visibility.CLIENT,)):
        found = search_notes(
            "harbour",
            "HALYARD zinfandel margin",
            store=store,
            vectors=two_clients.vectors,
            embedder=embedder,
            n=50,
            visibilities=visibilities,
        ).hits
        assert {hit.passage.project for hit in found} == {"harbour"}
        if Visibility.INTERNAL not in visibilities:
            assert {hit.passage.visibility for hit in found} == {Visibility.CLIENT}
    logged = caplog.text
    assert internal[0].id in logged
    assert not any(secret in logged for secret in SECRETS)


def test_a_stored_text_that_was_altered_is_dropped(
    two_clients: Workspace, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    import sqlite3

    with sqlite3.connect(tmp_path / ".sincerely" / "index.db") as database:
        database.execute("UPDATE passages SET text = text || ' and more' WHERE path = 'notes/inside.md'")
    database.close()
    assert not any("Our own margin" in text for text in _search(two_clients, "Our own margin"))
    assert "does not match" in caplog.text


def test_a_search_says_how_many_passages_vectors_count_for(workspace: Workspace, project: Make) -> None:
    def said() -> tuple[int, int, bool, str]:
        result = search_notes(
            "harbour", "export", store=workspace.store, vectors=workspace.vectors, embedder=workspace.embedder
        )
        return result.with_vectors, result.passages, result.partial, result.notice

    for slug in ("harbour", "mountain"):
        (workspace.folder / "projects" / slug / "notes").mkdir(parents=True)
    workspace.index(project())
    assert said() == (0, 0, False, "Project harbour has no indexed notes yet; add notes and run `sincerely index`.")
    for n in range(3):
        workspace.write("harbour", f"{n}.md", f"The export of branch {n} ran.")
    workspace.index(project())
    assert said() == (3, 3, False, "")
    workspace.write("harbour", "new.md", "The export of branch 9 is new.")
    workspace.index(project(), words_only=True)  # as the desk does while somebody waits
    have, every, partial, notice = said()
    assert (have, every, partial) == (3, 4, True)
    assert "3 of 4 passages" in notice
    assert "`sincerely index`" in notice
    workspace.index(project())
    assert said() == (4, 4, False, "")
    workspace.index(project("mountain"))
    assert workspace.store.coverage("mountain", workspace.embedder.name) == (0, 0)
    assert workspace.store.coverage("harbour", "another") == (0, 4)


# --- the batch form -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("embedder", [None, WordHashEmbedder()])
def test_given_passages_are_ranked_by_the_same_ranker(embedder: WordHashEmbedder | None) -> None:
    texts = ["The weather is fine.", "Go-live moves to 22 April.", "", "上线时间改到四月。", "TC-231 is closed."]
    ranker = Ranker(embedder)
    ranking, scores = ranker.rank("When is go-live?", texts)
    assert ranking[0] == 1
    assert sorted(ranking) == [0, 1, 2, 3, 4]
    assert scores == sorted(scores, reverse=True)
    assert ranker.rank("上线时间", texts)[0][0] == 3
    assert ranker.rank("TC-231", texts)[0][0] == 4
    assert ranker.rank("anything", []) == ([], [])


def test_a_passage_repeated_between_rows_is_embedded_once() -> None:
    embedder = WordHashEmbedder()
    ranker = Ranker(embedder)
    first = ranker.rank("go-live", ["the go-live date", "the weather"])
    assert ranker.rank("go-live", ["the go-live date", "the weather"]) == first
    ranker.rank("weather", ["the weather", "another text", "another text"])
    assert embedder.asked == ["the go-live date", "the weather", "another text"]


def test_the_word_scores_are_those_of_the_index(filled: Workspace) -> None:
    passages = filled.store.passages("harbour")
    words = query_words("go-live moves TC-231 rounding")
    stored = [id_ for id_, _ in filled.store.search_words("harbour", BOTH, words, 50)]
    scores = bm25(words, [search_words(p.text) for p in passages])
    alone = {p.id: score for p, score in zip(passages, scores, strict=True) if score > 0}
    assert set(stored) == set(alone)


def test_the_store_itself_gives_no_other_projects_passages(two_clients: Workspace) -> None:
    foreign = [p.id for p in two_clients.store.passages("mountain")]
    assert two_clients.store.by_ids("harbour", foreign) == {}
    assert two_clients.store.facts("harbour", foreign) == {}
    assert two_clients.store.vectors("harbour", two_clients.embedder.name, foreign) == {}
    assert two_clients.store.read_back("harbour", two_clients.embedder.name, foreign) == {}
    assert two_clients.store.search_words("harbour", BOTH, ["halyard"], 9) == []
    assert len(two_clients.store.search_words("mountain", BOTH, ["halyard"], 9)) == 1


class LeakyStore(SqlitePassageStore):
    """A store whose predicates fail: it gives every project's passages to everyone."""

    def read_back(self, project: str, embedder: str, ids: Sequence[str]) -> dict[str, StoredPassage]:
        return super().read_back("harbour", embedder, ids) | super().read_back("mountain", embedder, ids)

    def search_words(
        self,
        project: str,
        visibilities: Sequence[Visibility],
        tokens: Sequence[str],
        n: int,
        *,
        as_of: date | None = None,
    ) -> list[tuple[str, float]]:
        return super().search_words("harbour", BOTH, tokens, n) + super().search_words("mountain", BOTH, tokens, n)


def test_a_store_that_leaks_is_caught_by_the_search(
    two_clients: Workspace, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    leaky = LeakyStore(tmp_path / ".sincerely")
    found = search_notes(
        "harbour",
        "HALYARD go-live margin",
        store=leaky,
        vectors=two_clients.vectors,
        embedder=two_clients.embedder,
        n=50,
        visibilities=(Visibility.CLIENT,),
    ).hits
    leaky.close()
    assert found
    assert {(hit.passage.project, hit.passage.visibility) for hit in found} == {("harbour", Visibility.CLIENT)}
    assert "does not match" in caplog.text
