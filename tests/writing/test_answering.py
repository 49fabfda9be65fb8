"""Which sentence of the notes answers a Point, and how the Points that none answers are named."""

from datetime import date

import pytest

from assistant.domain.note import Passage
from assistant.domain.project import Language
from assistant.writing.answering import Answers, open_points, wants_an_answer
from assistant.writing.composing import reader_of
from assistant.writing.markers import gaps_in, without_gaps
from tests.writing.writing_builders import brief, note, task

RAMP = note("Ramp sensors replaced on 17 March, counts are right again.", date(2026, 3, 17))
KEYS = note("The keys for hall two were sent on 12 March.", date(2026, 3, 12))
OLD = note("Ramp sensors ordered on 2 March.", date(2026, 3, 2))


SCREEN = note("LED 屏供应商说要晚两天到，原定 3/18 到场，现在 3/26", date(2026, 3, 12))
CARPET = note("地毯颜色客户已确认", date(2026, 3, 12))


def answers(*passages: Passage, language: Language = "en") -> Answers:
    its_task = task(brief("complaint", language, mail="Ada,\n\nThe ramp sensors count wrong.\n\nRuth"), passages)
    reader = reader_of(its_task)
    return Answers.of([said for line in reader.usable_lines() for said in reader.said(line)], its_task.brief)


def test_the_nearest_sentence_answers_and_the_newer_of_two() -> None:
    found = list(answers(OLD, KEYS, RAMP).to("The ramp sensors show wrong counts."))
    assert "replaced on 17 March" in found[0].text
    assert all("keys" not in one.text for one in found)


def test_what_is_told_covers_a_point_and_other_matters_do_not() -> None:
    known = answers(RAMP, KEYS)
    assert known.covered("The ramp sensors show wrong counts.", ["Ramp sensors were replaced, counts are right."])
    assert not known.covered("The ramp sensors show wrong counts.", ["The keys were sent."])


@pytest.mark.parametrize("asked", ["LED 屏到底哪天能到？", "LED 屏什么时候到？", "LED 屏到了没有？"])
def test_how_a_chinese_question_asks_does_not_hide_what_it_is_about(asked: str) -> None:
    found = list(answers(SCREEN, CARPET, language="zh").to(asked))
    assert found
    assert "26" in found[0].text


@pytest.mark.parametrize(
    ("point", "wanting"),
    [
        ("Three things, and I want answers to each of them before Monday.", False),
        ("An answer by Friday please.", False),
        ("When will the ramp be right?", True),
        ("现在情况很不理想。", False),
        ("请明天上班前给我答复", False),
        ("希望明天给我答复。", False),
        ("15号到底能不能通水？", True),
    ],
)
def test_a_mood_or_a_call_for_an_answer_has_no_matter_of_its_own(point: str, wanting: bool) -> None:
    assert wants_an_answer(point) is wanting


def test_open_points_are_named_in_the_clients_words_before_one_gap() -> None:
    text = open_points(["Could we add a loyalty scheme?", "We need all of it by the 28th, the catalogue is out."], "en")
    assert text.startswith("On “Could we add a loyalty scheme?” and “We need all of it by the 28th”: ")
    assert gaps_in([text]) == ("the answer",)
    assert without_gaps(text).endswith(": .")
    chinese = open_points(["大屏要换成别的，为什么换？"], "zh", ["我们建议哪种做法"])
    assert chinese.startswith("关于“为什么换？”：")
    assert gaps_in([chinese]) == ("答复；我们建议哪种做法",)


def test_a_question_that_only_points_at_its_matter_is_named_by_the_matter() -> None:
    text = open_points(["The mayor wants 8,000 runners this year. Is that possible?"], "en")
    assert "The mayor wants 8,000 runners" in text
