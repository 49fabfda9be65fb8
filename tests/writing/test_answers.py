"""Sentences are found in an answer while it comes, whatever the pieces and whatever stands around them."""

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.writing.answers import SentenceStream, read_number

ANSWER = {
    "subject": "S",
    "sections": [
        {"step": "one", "sentences": [{"text": 'He said "go", \\ and 上线。', "evidence": [1]}]},
        {"step": "two", "sentences": [{"text": "B.\tC", "evidence": []}, {"text": "", "evidence": []}]},
    ],
    "gaps": ["text"],
    "promises": [],
}
TOLD = [("one", 'He said "go", \\ and 上线。'), ("two", "B. C")]


def told(pieces: list[str]) -> list[tuple[str, str]]:
    heard: list[tuple[str, str]] = []
    stream = SentenceStream(tell=lambda step, text: heard.append((step, text)), anew=heard.clear)
    for piece in pieces:
        stream(piece)
    return heard


@given(st.lists(st.integers(1, 400), max_size=12), st.booleans(), st.sampled_from(["", "Sure! Here: ", "```json\n"]))
def test_the_cut_into_pieces_changes_nothing(cuts: list[int], plain: bool, before: str) -> None:
    text = before + json.dumps(ANSWER, ensure_ascii=plain)
    places = [0, *sorted(c for c in cuts if c < len(text)), len(text)]
    pieces = [text[a:b] for a, b in pairwise(places) if a < b]
    assert told(["", *pieces]) == TOLD


def test_a_new_try_begins_anew() -> None:
    text = json.dumps(ANSWER)
    assert told(["", text[:120], "", text]) == TOLD
    anew: list[str] = []
    stream = SentenceStream(tell=lambda *_: None, anew=lambda: anew.append("again"))
    for piece in ("", "", text, ""):
        stream(piece)
    assert anew == ["again"], "nothing is taken back that was never told"


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    told(["", "{" + text])


@pytest.mark.parametrize(
    ("label", "number"),
    [
        (3, 3),
        ("3", 3),
        ("E3", 3),
        ("[e12]", 12),
        (True, None),
        ("E", None),
        (None, None),
        (3.0, None),
        ("E12345", None),
    ],
)
def test_a_citation_is_read_as_models_write_it(label: object, number: int | None) -> None:
    assert read_number(label) == number
