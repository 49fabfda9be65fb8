"""What search adds around the ranker: languages' means, neighbours, exact values, recency, common words."""

from collections.abc import Callable
from datetime import date

import numpy as np
import pytest

from assistant.adapters.database import word_search
from assistant.domain.facts import FactKind
from assistant.domain.project import Project, Visibility
from assistant.retrieval.boosts import EXACT, NAMED, RECENT, day_words, exact_values, exactness, recency
from assistant.retrieval.words import query_words
from assistant.searching import BOTH, Ranker, search_notes

from .conftest import WordHashEmbedder, Workspace

Make = Callable[..., Project]


def _texts(workspace: Workspace, query: str, **options: object) -> list[str]:
    values: dict[str, object] = {"store": workspace.store, "vectors": workspace.vectors, "embedder": workspace.embedder}
    return [hit.passage.text for hit in search_notes("harbour", query, **(values | options)).hits]  # type: ignore[arg-type]


def test_means_are_of_each_language_and_of_the_visibilities_asked_for(workspace: Workspace, project: Make) -> None:
    workspace.write("harbour", "one.md", "The export runs every night.")
    workspace.write("harbour", "two.md", "The import is late.")
    workspace.write("harbour", "三.md", "上线时间改到四月。")
    workspace.write("harbour", "inside.md", "visibility: internal\n\nThe margin fell.")
    workspace.index(project())
    store, name = workspace.store, workspace.embedder.name
    for visibilities in (BOTH, (Visibility.CLIENT,), (Visibility.INTERNAL,)):
        found = store.language_means("harbour", visibilities)
        some = [p for p in store.passages("harbour") if p.visibility in visibilities]
        for language, own in (
            ("en", [p.id for p in some if p.text.isascii()]),
            ("zh", [p.id for p in some if not p.text.isascii()]),
        ):
            if not own:
                assert language not in found
                continue
            rows = np.array([list(v) for v in store.vectors("harbour", name, own).values()])
            rows /= np.linalg.norm(rows, axis=1, keepdims=True)
            mean = found[language]  # type: ignore[index]  # the two languages
            assert mean.passages == len(own)
            assert list(mean.mean) == pytest.approx(rows.mean(axis=0).tolist(), abs=1e-6)
    assert store.language_means("other", BOTH) == {}


def test_means_follow_what_changes_and_go_with_the_embedder(workspace: Workspace, project: Make) -> None:
    workspace.write("harbour", "one.md", "The export runs every night.")
    path = workspace.write("harbour", "two.md", "上线时间改到四月。")
    workspace.index(project())
    assert set(workspace.store.language_means("harbour", BOTH)) == {"en", "zh"}
    path.unlink()
    workspace.index(project())
    assert set(workspace.store.language_means("harbour", BOTH)) == {"en"}
    workspace.store.set_embedder("another", 3)
    assert workspace.store.language_means("harbour", BOTH) == {}


def test_neighbours_are_those_of_the_same_note(workspace: Workspace, project: Make) -> None:
    workspace.write("harbour", "a.md", "# One\n\nFirst words.\n\n# Two\n\nSecond words.\n\n# Three\n\nThird words.\n")
    workspace.write("harbour", "b.md", "# Four\n\nOther words.\n")
    workspace.index(project())
    ids = {p.text.split()[2]: p.id for p in workspace.store.passages("harbour")}
    assert set(ids) == {"First", "Second", "Third", "Other"}
    read = workspace.store.read_back("harbour", workspace.embedder.name, list(ids.values()))
    rows = {word: read[id_].row for word, id_ in ids.items()}
    assert [rows["Second"] - rows["First"], rows["Third"] - rows["Second"]] == [1, 1]
    assert len(set(rows.values())) == 4
    assert workspace.store.read_back("mountain", workspace.embedder.name, list(ids.values())) == {}


def test_a_passage_is_read_back_with_the_vector_of_that_embedder_or_none(workspace: Workspace, project: Make) -> None:
    workspace.write("harbour", "a.md", "# One\n\nFirst words.\n\n# Two\n\nSecond words.\n")
    workspace.index(project())
    store, name = workspace.store, workspace.embedder.name
    ids = [p.id for p in store.passages("harbour")]
    read, vectors = store.read_back("harbour", name, [*ids, ids[0], "unknown"]), store.vectors("harbour", name, ids)
    assert {id_: one.passage for id_, one in read.items()} == store.by_ids("harbour", ids)
    for id_ in ids:
        vector = read[id_].vector
        assert vector is not None
        assert list(vector) == list(vectors[id_])
    assert [one.vector for one in store.read_back("harbour", "another", ids).values()] == [None, None]


@pytest.mark.parametrize("after", ["a.md", "b.md"])
def test_a_passage_after_one_that_answers_goes_before_one_that_follows_nothing(
    workspace: Workspace, project: Make, after: str
) -> None:
    for path in ("a.md", "b.md"):
        first = "The go-live date moves to April." if path == after else "The parking lot is full."
        workspace.write("harbour", path, f"# Log\n\n{first}\n\n# Next\n\nIt was agreed on the phone, {path[0]}.\n")
    workspace.index(project())
    found = [text for text in _texts(workspace, "When is the go-live date?") if "on the phone" in text]
    assert len(found) == 2
    assert found[0].endswith(f"{after[0]}.")


def test_a_single_note_in_the_other_language_is_still_found(workspace: Workspace, project: Make) -> None:
    for n in range(12):
        workspace.write("harbour", f"{n}.md", f"The weekly call number {n} was short.")
    workspace.write("harbour", "z.md", "会议决定：上线时间改到四月二十二日。")
    workspace.index(project())
    assert _texts(workspace, "上线时间")[0].startswith("会议决定")


@pytest.mark.parametrize("query", ["What was agreed on 22 April 2026?", "四月二十二日定了什么？"])
def test_a_day_is_found_however_it_is_written(workspace: Workspace, project: Make, query: str) -> None:
    for n in range(10, 20):
        workspace.write("harbour", f"{n}.md", f"What was agreed: the export of branch {n} on 2026-05-{n}.")
    workspace.write("harbour", "a.md", "Branch 77: 2026-04-22.")
    workspace.index(project())
    assert _texts(workspace, query, as_of=date(2026, 6, 1))[0].startswith("Branch 77")


def test_the_notes_of_a_day_are_found_by_that_day_even_where_they_do_not_say_it(
    workspace: Workspace, project: Make
) -> None:
    for n in range(10, 20):
        workspace.write("harbour", f"2026-05-{n}.md", f"What was agreed: the export of branch {n}, agreed by all.")
    workspace.write("harbour", "2026-04-22.md", "Branch 77 was agreed too.")
    workspace.index(project())
    assert _texts(workspace, "What was agreed on 22 April 2026?", as_of=date(2026, 6, 1))[0].startswith("Branch 77")


def test_a_list_that_comes_again_is_ranked_as_a_new_ranker_does() -> None:
    lists = [["the go-live date", "the weather"], ["the weather", "a train"], ["the weather", "the go-live date"]]
    ranker = Ranker(WordHashEmbedder())
    for passages in lists * 2:
        for query in ("go-live", "weather"):
            assert ranker.rank(query, passages) == Ranker(WordHashEmbedder()).rank(query, passages)


def test_exactness_is_the_share_of_the_wanted_values() -> None:
    wanted = exact_values("TC-231 and TC-244", None)
    assert wanted == {(FactKind.IDENTIFIER, "TC-231"), (FactKind.IDENTIFIER, "TC-244")}
    both, one, none = ("TC-231, TC-244", "TC-231 is open", "nothing")
    assert exactness(wanted, both, exact_values(both, None)) == EXACT
    assert exactness(wanted, one, exact_values(one, None)) == EXACT / 2
    assert exactness(wanted, none, exact_values(none, None)) == 0.0
    assert exactness(frozenset(), both, exact_values(both, None)) == 0.0


def test_a_day_without_a_year_is_held_by_any_year() -> None:
    held = exact_values("on 22 April 2026", None)
    assert exactness(frozenset({(FactKind.DATE, "--04-22")}), "", held) == EXACT
    assert exactness(frozenset({(FactKind.DATE, "--04-23")}), "", held) == 0.0
    yearless = exact_values("on 22 April", None)
    assert exactness(held, "", yearless) == EXACT
    assert exactness(exact_values("on 22 April 2025", None), "", held) == 0.0


def test_names_weigh_less_than_other_exact_values() -> None:
    wanted = frozenset({(FactKind.NAME, "Ana Li"), (FactKind.IDENTIFIER, "TC-231")})
    assert exactness(wanted, "Ana Li", frozenset()) == NAMED / 2
    assert exactness(wanted, "", frozenset({(FactKind.IDENTIFIER, "TC-231")})) == EXACT / 2 > NAMED / 2


@pytest.mark.parametrize("written", ["2026-04-22", "04/22", "22 April 2026", "Apr 22", "4月22日", "四月二十二日"])
def test_a_day_is_looked_for_in_every_way_it_is_written(written: str) -> None:
    words = day_words(frozenset({(FactKind.DATE, "2026-04-22")}))
    assert set(query_words(written)) & set(words)
    assert day_words(frozenset({(FactKind.IDENTIFIER, "TC-231"), (FactKind.DATE, "?w.4")})) == []


def test_recency_rises_from_the_oldest_to_the_newest() -> None:
    days = {"a": date(2026, 3, 1), "b": date(2026, 3, 9), "c": date(2026, 4, 1), "d": None, "e": date(2026, 3, 9)}
    assert recency(days) == {"a": 0.0, "b": RECENT / 2, "c": RECENT, "d": 0.0, "e": RECENT / 2}
    assert recency({"a": date(2026, 3, 1), "b": None}) == {"a": 0.0, "b": 0.0}


def test_words_that_stand_everywhere_step_back_behind_rare_ones(
    workspace: Workspace, project: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(30):
        workspace.write("harbour", f"{n}.md", f"The export of branch {n} ran.")
    workspace.write("harbour", "rare.md", "Zinfandel went out.")
    workspace.index(project(), words_only=True)
    store = workspace.store

    def found(query: str) -> int:
        return len(store.search_words("harbour", BOTH, query_words(query), 99))

    assert found("zinfandel export") == 31
    monkeypatch.setattr(word_search, "SCORED", 10)
    assert found("zinfandel export") == 1
    assert found("export") == 30, "a question of common words alone is still answered"
    assert found("export unheardof") == 30


def test_vectors_of_another_length_from_the_embedder_leave_the_search_to_words(
    workspace: Workspace, project: Make, caplog: pytest.LogCaptureFixture
) -> None:
    class Short(WordHashEmbedder):
        def query(self, text: str) -> list[float]:
            return [1.0]

    workspace.write("harbour", "a.md", "The export runs.")
    workspace.index(project())
    result = search_notes("harbour", "export", store=workspace.store, vectors=workspace.vectors, embedder=Short())
    assert result.lexical_only
    assert [hit.by_vectors for hit in result.hits] == [None]
    assert "instead of 64" in caplog.text
