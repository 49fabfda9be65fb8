"""Sentences between the two who write to each other need no source; those about the work do, however polite."""

import pytest

from assistant.bootstrap import open_library
from assistant.check_batch import check_row


def codes(text: str) -> list[str]:
    row = {"text": text, "evidence": [], "as_of": "2026-04-30"}
    return [f.code for f in check_row(row, library=open_library()).findings if f.check == "support"]


@pytest.mark.parametrize(
    "text",
    [
        "I would like us to look at this together.",
        "We have read your message carefully.",
        "That is a fair question.",
        "A short call might be the quickest way.",
        "希望我们能一起看看这个问题。",
        "您的来信我们已仔细阅读。",
        "打个电话可能最快。",
    ],
)
def test_courtesy_needs_no_source(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "It was good that the export is finished.",
        "We hope the export of 14 May was complete.",
        "The pump runs again.",
        "很高兴接口已完成。",
        "水泵恢复运行。",
    ],
)
def test_what_is_said_of_the_work_does(text: str) -> None:
    assert "no_source" in codes(text)
