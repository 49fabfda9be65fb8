"""Days in figures as English notes write them: after "start", as a range, beside a weekday; fractions are none."""

from datetime import date

import pytest

from assistant.domain.facts import FactKind
from assistant.language.facts import extract_facts

REFERENCE = date(2026, 3, 19)


def days(text: str) -> list[tuple[str, str]]:
    return [(f.text, f.value) for f in extract_facts(text, reference=REFERENCE) if f.kind is FactKind.DATE]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("regression round 2 - start 25/3, done by 31/3", [("25/3", "2026-03-25"), ("31/3", "2026-03-31")]),
        ("order scanners (Priya, done 9/3)", [("9/3", "2026-03-09")]),
        ("UAT 1/4 to 10/4", [("1/4", "2026-04-01"), ("10/4", "2026-04-10")]),
        ("results Wed 18/3", [("Wed 18/3", "2026-03-18")]),
        ("results Wed 18/3/2026", [("Wed 18/3/2026", "2026-03-18")]),
        ("must go out by Mon 23/3", [("Mon 23/3", "2026-03-23")]),
        ("build is ready 9/3", [("9/3", "2026-03-09")]),
    ],
)
def test_days_in_figures_are_read(text: str, found: list[tuple[str, str]]) -> None:
    assert days(text) == found


@pytest.mark.parametrize("text", ["1/2 day lost", "3/4 of the cases done", "grew 1/4 to 3/4 of the load", "score 7/10"])
def test_fractions_are_no_days(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("target 27/7", [("27/7", "2026-07-27")]),
        ("ETA 20/7", [("20/7", "2026-07-20")]),
        ("请在9.14前回复", [("9.14", "2026-09-14")]),
        ("定于4.2发布", [("4.2", "2026-04-02")]),
        ("3号上线", [("3号", "2026-04-03")]),
    ],
)
def test_days_after_a_word_for_what_is_to_come_are_read(text: str, found: list[tuple[str, str]]) -> None:
    assert days(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "4.2发布后客户反馈",
        "三号总装线停机",
        "3号仓清点完成",
        "5号机停机",
        "7号口",
        "2号线恢复",
        "8号生产线",
        "三号会议室",
        "score target 4/5",
        "help is there 24/7",
        "评分4.5起",
    ],
)
def test_versions_marks_and_numbered_things_are_no_days(text: str) -> None:
    assert days(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The pump was repaired on Friday.", "2026-03-13"),
        ("Pump repaired Friday.", "2026-03-13"),
        ("The pump has been down since Friday.", "2026-03-13"),
        ("The pump was repaired on Thursday.", "2026-03-19"),
        ("The pump is repaired on Friday.", "2026-03-20"),
        ("The call was moved to Friday.", "2026-03-20"),
        ("Piet was asked to ring on Friday.", "2026-03-20"),
        ("水泵周五已修复。", "2026-03-13"),
        ("水泵周五到货了。", "2026-03-13"),
        ("水泵周五前修复。", "2026-03-20"),
        ("周五已约好开会。", "2026-03-20"),
        ("周五要完成了。", "2026-03-20"),
    ],
)
def test_a_weekday_of_what_is_done_is_the_last_one(text: str, found: str) -> None:
    assert [value for _, value in days(text)] == [found]
