"""What the support check knows of words, and the trained part that stands on it."""

import io
import json
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.bootstrap import open_library
from assistant.check_batch import CheckedRow, check_row
from assistant.checks.doubtful import runs
from assistant.checks.lexicon import chinese
from assistant.checks.lexicon.english import Relation, lemmas, relation
from assistant.checks.lexicon.files import unpacked
from assistant.checks.lexicon.opposites import opposites
from assistant.checks.lexicon.tokens import tokens
from assistant.checks.lexicon.vectors import vector
from assistant.checks.word_model import MODEL, Known, doubt, examine
from assistant.domain.finding import Severity

NOTE = (
    "Minutes of 11 March. The steering group raised the training budget and agreed to move the pilot to the Harbury "
    "warehouse. The label printers will be replaced after the pilot. Attendance at the workshop is voluntary."
)
NOTE_ZH = (
    "3月11日会议纪要。指导小组同意增加培训预算，并决定把试点移到滨江仓库。试点结束之后更换标签打印机。自愿参加研讨会。"
)


def checked(text: str, *evidence: str) -> CheckedRow:
    return check_row({"text": text, "evidence": list(evidence), "as_of": "2026-04-01"}, library=open_library())


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("raised", "elevated", Relation.SYNONYM),
        ("raised", "lowered", Relation.OPPOSITE),
        ("increasing", "decrease", Relation.OPPOSITE),
        ("agreeing", "disagreeing", Relation.OPPOSITE),
        ("meetings", "meeting", Relation.SAME),
        ("stay", "remain", Relation.SYNONYM),
        ("road", "street", Relation.NARROWER),
        ("delay", "delayed", Relation.SAME),
        ("monday", "tuesday", Relation.SISTER),
        ("printer", "qqzz", Relation.NONE),
    ],
)
def test_how_two_words_relate(one: str, other: str, kind: Relation) -> None:
    assert relation(one, other) is kind


def test_base_forms_and_unknown_words() -> None:
    assert "go" in lemmas("went")
    assert lemmas("qqzz") == ()


@pytest.mark.parametrize(("one", "other"), [("voluntary", "mandatory"), ("before", "after"), ("增加", "减少")])
def test_own_opposites_hold_both_ways(one: str, other: str) -> None:
    assert other in opposites(one)
    assert one in opposites(other)


def test_likeness_parts_synonyms_from_opposites_in_both_languages() -> None:
    assert float(vector("begin") @ vector("start")) > float(vector("begin") @ vector("end")) + 0.2
    assert float(vector("增加") @ vector("提高")) > float(vector("增加") @ vector("减少")) + 0.2


def test_chinese_is_cut_into_words_and_rebuilds() -> None:
    words = chinese.cut("指导小组同意增加培训预算")
    assert "".join(words) == "指导小组同意增加培训预算"
    assert {"培训", "预算", "增加"} <= set(words)


@given(st.text(max_size=200))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_tokens_keep_their_places(text: str) -> None:
    found = tokens(text)
    assert all(0 <= a.start < a.end <= len(text) for a in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def risk(text: str, word: str, note: str) -> float:
    seen = examine(text, (note,), Known())
    return float(next(r for t, r in zip(seen.tokens, seen.risks, strict=True) if t.word == word))


def test_an_opposite_is_more_doubtful_than_a_synonym() -> None:
    good = "The steering group elevated the training budget."
    bad = "The steering group lowered the training budget."
    assert risk(bad, "lowered", NOTE) > 1.5 * risk(good, "elevated", NOTE)
    assert doubt([examine(bad, (NOTE,), Known())]) > doubt([examine(good, (NOTE,), Known())])


def test_what_stands_in_the_source_is_not_doubted() -> None:
    for text, note in (
        ("The label printers will be replaced after the pilot.", NOTE),
        ("试点结束之后更换标签打印机。", NOTE_ZH),
    ):
        assert doubt([examine(text, (note,), Known())]) < 0.4


def test_a_doubt_names_the_words_and_the_nearest_source_sentence() -> None:
    row = checked("指导小组同意增加培训预算，还聘请了法律顾问起草协议。", NOTE_ZH)
    named = [row.draft.body[f.start : f.end] for f in row.findings if f.code == "words"]
    assert any("法律" in words or "顾问" in words or "协议" in words for words in named)
    found = next(f for f in row.findings if f.code == "words")
    assert found.severity is Severity.INFO
    assert "evidence/0" in found.values["where"]
    assert found.values["source"] in NOTE_ZH
    assert not row.supported


def test_a_doubtful_sentence_of_a_row_always_says_why() -> None:
    row = checked("The client cancelled the contract because of the flooding in Dunmere.", NOTE)
    assert not row.supported
    assert row.sentences[0].verdict == "unsupported"
    assert [f for f in row.findings if f.check == "support"]


def test_a_sentence_with_an_objection_is_never_supported() -> None:
    row = checked("The steering group met on 12 March.", NOTE)
    assert "support" in {f.check for f in row.findings if f.severity is Severity.WARN}
    assert not row.supported
    assert row.sentences[0].score < 0.5
    assert not [f for f in row.findings if f.code == "words"]


def test_true_sentences_score_higher_than_changed_ones_in_both_languages() -> None:
    for good, bad, note in (
        ("The pilot is to move to the Harbury warehouse.", "The pilot is to move to the Farrow hospital.", NOTE),
        ("指导小组决定将试点移至滨江仓库。", "指导小组决定将试点移至西城医院。", NOTE_ZH),
    ):
        assert checked(good, note).score > checked(bad, note).score


def test_another_language_than_the_source_is_not_doubted_word_by_word() -> None:
    row = checked("培训预算有所增加。", NOTE)
    assert not [f for f in row.findings if f.code == "words"]


def test_greetings_and_questions_are_not_doubted() -> None:
    row = checked("Dear Mr Vos,\n\nCould you send us the names of the drivers?", NOTE)
    assert row.supported
    assert {s.verdict for s in row.sentences} == {"no_claim"}


def test_the_same_row_gives_the_same_answer() -> None:
    once, again = (checked("The group cut the budget in Harbury.", NOTE) for _ in range(2))
    assert (once.score, once.findings, once.sentences) == (again.score, again.findings, again.sentences)


def test_runs_join_neighbours_and_stop_at_three() -> None:
    assert runs([0.1, 0.8, 0.7, 0.1], 0.3) == [(1, 2)]
    assert len(runs([0.9, 0.0, 0.9, 0.0, 0.9, 0.0, 0.9], 0.3)) == 3
    assert runs([], 0.3) == []


@given(st.lists(st.text(max_size=300), max_size=3), st.text(max_size=300))
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=40)
def test_any_text_gets_an_answer(evidence: list[str], text: str) -> None:
    row = check_row({"text": text, "evidence": evidence}, library=open_library())
    assert 0 <= row.score <= 1
    json.dumps([f.values for f in row.findings])


@pytest.mark.parametrize("unit", ["word 12 ", "预算12万元", "a", "not not "])
def test_a_line_of_a_hundred_thousand_characters_is_answered(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    row = check_row({"text": text, "evidence": [text]}, library=open_library())
    assert 0 <= row.score <= 1


def test_the_model_file_holds_numbers_only_and_is_small() -> None:
    raw = unpacked(MODEL)
    assert len(raw) < 5_000_000
    with np.load(io.BytesIO(raw), allow_pickle=False) as file:
        kinds: dict[str, Any] = {name: file[name].dtype.kind for name in file.files}
    assert set(kinds.values()) <= {"i", "f"}
