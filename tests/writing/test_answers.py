"""Sentences are found in an answer while it comes, whatever the pieces and whatever stands around them."""

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.writing.answers import Labels, SentenceStream, read_number, text_of

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


@pytest.mark.parametrize(
    ("text", "told", "cited"),
    [
        ("Go-live is 22 April [E4].", "Go-live is 22 April.", (1, 4)),
        ("Go-live is 22 April. [4]", "Go-live is 22 April.", (1, 4)),
        ("The test (E4, E7) is finished.", "The test is finished.", (1, 4, 7)),
        ("上线改为4月22日（依据E4、E7）。", "上线改为4月22日。", (1, 4, 7)),
        ("上线改为4月22日【E9】。", "上线改为4月22日。", (1,)),
        ("The report: […: date of E4].", "The report: […: date of E4].", (1,)),
        ("Room E4 (2nd floor) is booked for [4] people.", "Room E4 (2nd floor) is booked for [4] people.", (1,)),
    ],
)
def test_citations_in_the_text_are_read_and_do_not_stand_in_the_message(
    text: str, told: str, cited: tuple[int, ...]
) -> None:
    item = {"text": text, "evidence": [1]}
    assert text_of(item) == told
    assert Labels({1, 4, 7}).of(item) == cited
