"""Sentences as people write them, each case with the sentences expected."""

import pytest

from assistant.language.sentences import split_sentences

CASES = [
    ("One. Two! Three?", ["One.", "Two!", "Three?"]),
    ("Mr. Weber agreed, e.g. on No. 5 vs. No. 6. Done.", ["Mr. Weber agreed, e.g. on No. 5 vs. No. 6.", "Done."]),
    ("It costs approx. 3.5 days in v2.4.1. We go.", ["It costs approx. 3.5 days in v2.4.1.", "We go."]),
    ("Due 19 Mar. 2026 at 2 p.m. We confirm.", ["Due 19 Mar. 2026 at 2 p.m.", "We confirm."]),
    ("Acme Inc. The rest follows.", ["Acme Inc.", "The rest follows."]),
    ("Acme Inc. Berlin signed.", ["Acme Inc. Berlin signed."]),
    ("We take plan B. J. Smith agrees.", ["We take plan B.", "J. Smith agrees."]),
    ("No. We cannot.", ["No.", "We cannot."]),
    ("Wait... and see. Then… Go.", ["Wait... and see.", "Then…", "Go."]),
    ('He said "Fine." Then he left.', ['He said "Fine."', "Then he left."]),
    ("See https://a.cn/x.y?z=1. Good.", ["See https://a.cn/x.y?z=1.", "Good."]),
    (
        "The rollout of the billing module\nmoved to Thursday. Next",
        ["The rollout of the billing module\nmoved to Thursday.", "Next"],
    ),
    ("first part\n\nsecond part", ["first part", "second part"]),
    ("# Head\ntext", ["Head", "text"]),
    (
        "- a first item\n* second\n1. third\n- [ ] fourth\n• fifth",
        ["a first item", "second", "third", "fourth", "fifth"],
    ),
    ("2.4.1 is out", ["2.4.1 is out"]),
    ("| a | b |\n|---|---|\n| API | done |", ["a | b", "API | done"]),
    ("Anna: yes\nBen: no", ["Anna: yes", "Ben: no"]),
    (
        "Anna Weber 09:14: yes\n罗斌 11:03：收到\n[12:01] ok",
        ["Anna Weber 09:14: yes", "罗斌 11:03：收到", "[12:01] ok"],
    ),
    ("From: a@b.de\nTo: c@d.de", ["From: a@b.de", "To: c@d.de"]),
    ("> quoted text\n> goes on\nanswer", ["quoted text\n> goes on", "answer"]),
    (">> old\n> newer", ["old", "newer"]),
    ("Go-live [… : date. Not known] is open. Yes.", ["Go-live [… : date. Not known] is open.", "Yes."]),
    ("上线：[…: 日期。未知]。好", ["上线：[…: 日期。未知]。", "好"]),
    ("接口完成。明天测试！可以吗？好；走", ["接口完成。", "明天测试！", "可以吗？", "好；", "走"]),
    ("他说：“好。”然后走了。", ["他说：“好。”", "然后走了。"]),
    ("版本2.4.1已发布.下一步测试", ["版本2.4.1已发布.", "下一步测试"]),
    ("会议纪要\n张伟负责接口\n李娜负责测试", ["会议纪要", "张伟负责接口", "李娜负责测试"]),
    ("一、背景\n（二）进度\n1、测试\n① 上线", ["背景", "进度", "测试", "上线"]),
    ("等待……还没有消息。", ["等待……还没有消息。"]),
    ("", []),
    ("---\n***\n \n", []),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [span.text for span in split_sentences(text)] == expected


def test_spans_are_exact() -> None:
    text = "  - One. Two\r\n> 三。四"
    for span in split_sentences(text):
        assert text[span.start : span.end] == span.text
