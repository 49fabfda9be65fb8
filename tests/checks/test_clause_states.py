"""A clause that turns round what one clause of the source says, and figures that stand wrongly to each other."""

import pytest

from assistant.bootstrap import open_library
from assistant.check_batch import check_row
from assistant.domain.finding import Severity

LIBRARY = open_library()
KITCHEN = "Worktops delivered 7 Oct, sink missing. Plumber booked for 14 Oct."
SHIFT = "Decision: go-live of the Leeds depot moves from 2 April to 16 April."
RISKS = "Risk R-4 (supplier strike) closed 2 Dec. Risk R-6 (floor plan) open, next look 15 Dec."
PORTAL = "Status: supplier portal on track. Two of five modules delivered (orders, invoices)."
SPRINT = "Sprint 9 closed 30 Apr: 34 points, up from 28 in sprint 8."
KITCHEN_ZH = "厨房安装：台面10月7日已到，水槽缺货。水管工约在10月14日。"
SHIFT_ZH = "决定：利兹仓上线由4月2日调整到4月16日。"
RISKS_ZH = "风险R-4（供应商罢工）12月2日关闭；R-6（平面图批复晚）未关闭，12月15日再看。"
PORTAL_ZH = "供应商门户按计划推进，5个模块已交付2个（订单、发票）。"
SPRINT_ZH = "第9迭代4月30日结束，完成34点，上一迭代28点。"


def alarms(evidence: str, text: str) -> list[str]:
    row = {"id": "x", "evidence": [evidence], "text": text, "as_of": "2026-12-31"}
    found = check_row(row, library=LIBRARY).findings
    return [f"{f.check}.{f.code}" for f in found if f.severity in (Severity.WARN, Severity.BLOCK)]


@pytest.mark.parametrize(
    ("evidence", "text", "code"),
    [
        (KITCHEN, "The worktops have not been delivered.", "support.state"),
        (SHIFT, "The go-live of the Leeds depot is brought forward from 16 April to 2 April.", "support.state"),
        (RISKS, "Risk R-4, the supplier strike, is still open.", "support.state"),
        (PORTAL, "The supplier portal is behind schedule.", "support.state"),
        (PORTAL, "Three of its five modules are delivered.", "support.number_differs"),
        (SPRINT, "Sprint 9 closed with 34 points, down from 28.", "support.state"),
        ("40 tablets arrived, 2 damaged.", "40 tablets arrived, none of them damaged.", "support.negation"),
        (KITCHEN_ZH, "台面尚未到货。", "support.state"),
        (SHIFT_ZH, "利兹仓上线由4月16日提前到4月2日。", "support.state"),
        (RISKS_ZH, "风险R-4（供应商罢工）仍未关闭。", "support.negation"),
        (PORTAL_ZH, "供应商门户进度滞后。", "support.state"),
        (SPRINT_ZH, "第9迭代完成34点，低于上一迭代的28点。", "support.state"),
    ],
)
def test_what_a_clause_turns_round_is_reported(evidence: str, text: str, code: str) -> None:
    assert code in alarms(evidence, text)


@pytest.mark.parametrize(
    ("evidence", "text"),
    [
        (KITCHEN, "The worktops have been delivered, and the sink is missing."),
        (SHIFT, "The go-live of the Leeds depot moves from 2 April to 16 April."),
        (RISKS, "Risk R-4 is closed, while R-6 is still open."),
        (PORTAL, "Two of the five modules of the supplier portal are delivered."),
        (SPRINT, "Sprint 9 closed with 34 points, up from 28 in sprint 8."),
        # A plan for the day says nothing against what is so far not done.
        ("The report will be delivered on 14 October.", "The report has not been delivered yet."),
        # Of two tickets each has its own state.
        ("BK-31 fixed. BK-34 not fixed.", "BK-34 is not fixed."),
        (KITCHEN_ZH, "台面已于10月7日到货。"),
        (RISKS_ZH, "风险R-4已关闭，R-6仍未关闭。"),
        (PORTAL_ZH, "供应商门户按计划推进，五个模块已交付两个。"),
        (SPRINT_ZH, "第9迭代完成34点，高于上一迭代的28点。"),
    ],
)
def test_what_the_source_says_is_let_through(evidence: str, text: str) -> None:
    assert alarms(evidence, text) == []
