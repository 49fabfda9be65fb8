"""Weighty states without a value, and labels, ranges, ordinals and measures that a source has otherwise."""

import pytest

from assistant.bootstrap import open_library
from assistant.check_batch import check_row
from assistant.domain.finding import Severity

LIBRARY = open_library()
TRAINING = "Mail to the client: the training days are 19 and 20 May in Room 4."
TRAINING_ZH = "已发客户邮件：培训定在5月19日和20日，4号会议室。"
BOARD = "The steering group chose option A: keep the team."
BOOK = "Chapters 1-6 delivered, 7-9 due Friday."
DRAFTS = "Ines presented two drafts, the client prefers the second."
CABLE = "The vendor blames cable length over 30 m."


def codes(evidence: str, text: str) -> set[str]:
    row = {"id": "x", "evidence": [evidence], "text": text, "as_of": "2026-12-31"}
    found = check_row(row, library=LIBRARY).findings
    return {f"{f.check}.{f.code}" for f in found if f.severity in (Severity.WARN, Severity.BLOCK)}


@pytest.mark.parametrize(
    ("evidence", "text", "code"),
    [
        (TRAINING, "The training on 19 and 20 May has been cancelled.", "support.state_missing"),
        (TRAINING, "The training days have been approved.", "support.state_missing"),
        (TRAINING_ZH, "5月19日和20日的培训已取消。", "support.state_missing"),
        (TRAINING_ZH, "培训安排已获批准。", "support.state_missing"),
        (BOARD, "The steering group chose option C.", "support.identifier_differs"),
        ("指导委员会选择方案A：团队不变。", "指导委员会选择方案C。", "support.identifier_differs"),
        (BOOK, "Chapters 1 to 7 are delivered.", "support.number_differs"),
        (DRAFTS, "The client prefers the third of the drafts.", "support.number_differs"),
        (CABLE, "The vendor names cable length over 30 km.", "support.unit_differs"),
        ("厂商认为线长超过30米。", "厂商认为线长超过30公里。", "support.unit_differs"),
        ("利兹仓上线定在4月2日。", "赫尔仓上线定在4月2日。", "support.name_differs"),
        ("失败的都在支付模块。", "失败的用例都在报表模块。", "support.name_differs"),
    ],
)
def test_what_no_source_carries_is_reported(evidence: str, text: str, code: str) -> None:
    assert code in codes(evidence, text)


@pytest.mark.parametrize(
    ("evidence", "text"),
    [
        ("Board: go-ahead for the training days.", "The training days have been approved."),
        ("培训延期事宜客户已同意。", "培训延期已获批准。"),
        # Another language carries a state too.
        ("客户同意了新的日期。", "The new date has been approved."),
        (TRAINING, "The training has not been cancelled."),
        (BOARD, "The steering group chose option A."),
        (BOOK, "Chapters 1 to 6 are delivered."),
        (CABLE, "The vendor names cable length over 30 metres."),
        ("利兹仓和赫尔仓4月2日上线。", "赫尔仓4月2日上线。"),
        ("失败的都在支付模块。", "失败的用例都在该模块。"),
    ],
)
def test_what_a_source_carries_is_let_through(evidence: str, text: str) -> None:
    assert codes(evidence, text) == set()
