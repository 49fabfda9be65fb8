"""Trouble in the notes that a rosy message leaves out."""

from datetime import date

import pytest

from assistant.checks.watermelon import signal_sort
from assistant.domain.finding import Severity
from assistant.domain.project import Visibility
from tests.checks.checks_case import source
from tests.checks.written_case import Written, log

ROSY, ROSY_ZH = "The project is on track.", "项目按计划推进。"
SECRET = source(
    "Supplier blocked since Tuesday, margin gone.",
    path="notes/in/margin.md",
    visibility=Visibility.INTERNAL,
    dated=date(2026, 11, 18),
)


@pytest.mark.parametrize(
    ("rosy", "note", "code", "severity"),
    [
        (ROSY, "Label printing delayed by two weeks.", "slip", Severity.WARN),
        (ROSY, "Card payment still waiting for certification.", "blocked", Severity.WARN),
        (ROSY, "Prices need re-mapping from scratch.", "rework", Severity.INFO),
        (ROSY, "Branch Wi-Fi too weak for the scanners.", "risk", Severity.INFO),
        (ROSY_ZH, "标签打印推迟两周。", "slip", Severity.WARN),
        (ROSY_ZH, "支付认证卡住，迟迟没回音", "blocked", Severity.WARN),
        (ROSY_ZH, "温度告警要重做。", "rework", Severity.INFO),
        (ROSY_ZH, "仓库人手紧，试用可能凑不齐。", "risk", Severity.INFO),
    ],
)
def test_what_a_rosy_message_leaves_out_is_named(rosy: str, note: str, code: str, severity: Severity) -> None:
    found = Written([rosy], [], [log(note)]).run("watermelon")

    assert [(f.code, f.severity) for f in found] == [(code, severity)]
    assert found[0].values["where"] == "notes/log.md:1 (2026-11-17)"


@pytest.mark.parametrize(
    ("sentences", "note"),
    [
        (["Regression round 1 is done."], "Label printing delayed by two weeks."),  # not rosy
        (["The project is no longer on track."], "Label printing delayed by two weeks."),
        (["我们无法按计划上线。"], "标签打印推迟两周。"),
        ([ROSY, "Label printing comes two weeks later."], "Label printing delayed by two weeks."),  # told
        ([ROSY_ZH, "标签打印要晚两周。"], "标签打印推迟两周。"),
        ([ROSY], "Label printing is no longer blocked."),  # over
        ([ROSY_ZH], "标签打印的延期已解决。"),
        ([ROSY], "# Risks and delays"),  # a heading tells nothing
    ],
)
def test_what_is_told_over_or_said_without_rosy_words_is_silent(sentences: list[str], note: str) -> None:
    assert Written(sentences, [], [log(note)]).codes("watermelon") == []


def test_old_trouble_is_silent() -> None:
    assert (
        Written([ROSY], [], [log("Label printing delayed by two weeks.", date(2026, 10, 1))]).codes("watermelon") == []
    )


def test_internal_trouble_is_never_quoted_and_its_place_not_named() -> None:
    found = Written([ROSY], internal=[SECRET]).run("watermelon")

    assert [(f.code, f.severity) for f in found] == [("internal", Severity.INFO)]
    assert dict(found[0].values) == {"said": "on track", "date": "2026-11-18"}
    assert found[0].evidence == ()


def test_at_most_three_and_one_of_a_sort() -> None:
    texts = [
        "Label printing delayed by two weeks.",
        "Order history delayed by a week.",
        "Card payment still waiting for certification.",
        "Prices need re-mapping from scratch.",
        "Branch Wi-Fi too weak for the scanners.",
    ]

    notes = [source(t, path=f"notes/log{n}.md") for n, t in enumerate(texts)]
    assert Written([ROSY], [], notes, internal=[SECRET]).codes("watermelon") == ["slip", "blocked", "rework"]


def test_a_register_of_risks_tells_of_what_may_be() -> None:
    register = source("R-2 | Gateways delayed | 5 December", path="notes/risks.md")

    assert Written([ROSY], [], [register]).codes("watermelon") == ["risk"]
    assert signal_sort("Gateways delayed") == "slip"
