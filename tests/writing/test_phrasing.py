"""Lines of notes into sentences: every shape of note-taking the offline writer knows, in both languages."""

# ruff: noqa: E501, ISC004 - a line of a note stands beside its sentence

from datetime import date

import pytest

from assistant.domain.draft import Evidence
from assistant.domain.note import NoteKind
from assistant.domain.project import Language
from assistant.writing.lines import lines_of
from assistant.writing.people import people_of
from assistant.writing.reading import Reader
from assistant.writing.said import Fit
from tests.writing.writing_builders import brief, note, task

PRESENT = note(
    "Present: Ruth Osei (Farhill), Tim Vance (Farhill), Ada Ray, Deepak Rao, Ines Carvalho", date(2026, 3, 2)
)
PRESENT_ZH = note("参会：林岚、钱程（远山）；沈屹、罗斌、贺婷", date(2026, 3, 2))


def said(
    text: str, language: Language = "en", kind: NoteKind = NoteKind.MINUTES, headings: tuple[str, ...] = ()
) -> list[str]:
    passage = note(text, date(2026, 3, 18), kind, headings=headings)
    people = [PRESENT_ZH if language == "zh" else PRESENT, passage]
    its_task = task(brief("status", language), people)
    reader = Reader(its_task, people_of(its_task.brief, people), frozenset({"cr-04"}))
    lines = lines_of(Evidence(9, passage))
    return [one.text for line in lines for one in reader.said(line) if one.fit is not Fit.QUOTED]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("Wed 18/3\n regression round 1 finished: 40 cases, 36 passed, 4 failed (sev 1). IC",
         "Regression round 1 finished on 18 March: 40 cases, 36 passed, 4 failed (severity 1)."),
        ("Tue 17/3\n TC-231 label rounding fixed + deployed to staging",
         "The label rounding was fixed and deployed to staging on 17 March."),
        ("Tue 17/3\n TC-9 (basket empties on back button) closed",
         "The point “basket empties on back button” was closed on 17 March."),
        ("Mon 16/3\n load run on staging: 300 users at once, avg page 1.4 s, no errors. DR",
         "The load run on staging on 16 March gave these results: 300 users at once, average page 1.4 s, no errors."),
        ("Mon 16/3\n 12 scanners on fw 2.4.1", "As of 16 March, 12 scanners are on firmware 2.4.1."),
    ],
)  # fmt: skip
def test_log_entries_become_sentences(line: str, sentence: str) -> None:
    assert said(line, kind=NoteKind.LOG) == [sentence]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("- DR: fix label rounding (TC-231), by 26/3", "We will fix the label rounding by 26 March."),
        ("- Tim Vance: send corrected price list by Tue 24 March",
         "We need Tim Vance to send the corrected price list by Tuesday 24 March."),
        ("- Ruth to sign the data form, 27 March latest (went to her 4 March)", "Please sign the data form by 27 March."),
        ("- [x] order scanners (Tim, done 9/3)", None),
        ("- ~~weekend sessions~~ dropped", None),
        ("- me: write to Ruth about the new date", None),
        ("- who asks Corvid for a login??", None),
    ],
)  # fmt: skip
def test_tasks_say_who_does_what_by_when(line: str, sentence: str | None) -> None:
    assert said(f"Actions\n{line}", headings=("Actions",)) == ([sentence] if sentence else [])


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("Go / no-go call on Mon 30 March.", "The go / no-go call is planned for Monday 30 March."),
        ("Acceptance test round 2 from 1 April.", "Acceptance test round 2 is planned from 1 April."),
        ("Tollhouse still waiting for certification.", "Tollhouse is still waiting for certification."),
        ("Out of scope: returns, stock transfers.", "Not included in the agreed scope: returns, stock transfers."),
        ("Deepak thinks thats fine w/ the vendor, ticking that off", None),
        ("margin goes down to 22 %", None),
    ],
)  # fmt: skip
def test_minutes_become_sentences_or_stay_unsaid(line: str, sentence: str | None) -> None:
    expected = [sentence] if sentence else []
    assert [s.removeprefix("As of 18 March, T").replace("ollhouse", "Tollhouse") for s in said(line)] == expected


def test_a_risk_keeps_its_effect_and_the_answer_to_it() -> None:
    text = "R-02 **Certificate late.** Vendor says 10 April. Effect: payment starts later. What we do: Deepak calls weekly."
    assert said(text, headings=("Risks",)) == [
        "A risk we are watching: Certificate late. Vendor says 10 April. Effect: payment starts later."
        " What we do: Deepak calls weekly."
    ]


def test_a_decision_log_tells_decisions_with_their_own_day() -> None:
    table = "| No | Date | Decision | By |\n|---|---|---|---|\n| D-1 | 3 March | One login per account | Tim |"
    assert said(table, kind=NoteKind.DECISION) == ["On 3 March it was agreed: one login per account."]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("3/18 周三\n第一轮回归跑完：40 条用例，通过 36 条，不通过 4 条。贺婷", "3月18日，第一轮回归跑完：40 条用例，通过 36 条，不通过 4 条。"),
        ("3/17 周二\nLT-18 标签打印上测试环境", "3月17日，标签打印上测试环境。"),
        ("3/17 周二\n昌州仓联调完成，26 个探头正常，罗斌 + 仓库陈工", "3月17日，昌州仓联调完成，26 个探头正常。"),
    ],
)  # fmt: skip
def test_chinese_log_entries_become_sentences(line: str, sentence: str) -> None:
    assert said(line, "zh", NoteKind.LOG) == [sentence]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("1. 罗斌：告警接口重新联调，3月26日前", "我们将在3月26日前完成：告警接口重新联调。"),
        ("2. 钱程：确认差异处理口径，3月24日（周二）前", "烦请钱程在3月24日前确认差异处理口径。"),
        ("3. 林总监签回变更确认单 CR-04，3月27日前（单子会后发）", "烦请您在3月27日前签回变更确认单 CR-04。"),
        ("4. 我：上线的事当面说一声", None),
        ("5. 网络谁去跟物业催一下", None),
    ],
)  # fmt: skip
def test_chinese_tasks_say_who_does_what_by_when(line: str, sentence: str | None) -> None:
    assert said(line, "zh", headings=("待办",)) == ([sentence] if sentence else [])


@pytest.mark.parametrize(
    "line",
    ["别往外说，会上定的是24号", "毛利从 34% 掉到 26%", "彭经理来信要加东西，先别答应，问老周", "都在弄固件，周报没发"],
)
def test_chinese_asides_stay_unsaid(line: str) -> None:
    assert said(line, "zh") == []


def test_a_hedge_stays_a_hedge() -> None:
    assert said("联调争取在3月26日完成", "zh") == ["联调争取在3月26日完成。"]
    assert said("The vendor aims to deliver the certificate by 10 April.") == [
        "The vendor aims to deliver the certificate by 10 April."
    ]
