"""Words surer than the notes, and words in place of a date."""

import pytest

from assistant.domain.finding import Severity
from tests.checks.checks_case import inbound
from tests.checks.written_case import Written, log


@pytest.mark.parametrize(
    ("said", "note", "words"),
    [
        ("The data is definitely safe.", "Data backup ran on 17 November.", "definitely"),
        ("The other branches are not affected.", "Harlow Bank printer broken.", "are not affected"),
        ("The root cause is the export.", "Export layout is new since 3 November.", "The root cause is"),
        ("We guarantee that go-live holds.", "Go-live 22 April.", "guarantee"),
        ("其他码头不受影响。", "大港码头打印机坏了。", "不受影响"),
        ("问题已彻底解决。", "问题：补丁已上测试环境。", "彻底"),
        ("迁移数据绝对准确。", "迁移数据核对一遍。", "绝对"),
        ("延期与我方无关。", "延期：网关换协议。", "与我方无关"),
        ("我们保证不再发生。", "上线 4月22日。", "保证"),
    ],
)
def test_certainty_that_no_source_carries_warns(said: str, note: str, words: str) -> None:
    found = Written([said], [log(note)]).run("overcertain")

    assert [(f.code, f.severity) for f in found] == [("certainty", Severity.WARN)]
    assert found[0].values["said"] == words


@pytest.mark.parametrize(
    ("said", "note", "part"),
    [
        ("All 74 scripts were run.", "61 of 74 scripts have been run so far.", "61 of 74"),
        ("Every account on the list is right now.", "2 of the 3 accounts on the list now right", "2 of the 3"),
        ("268 条用例全部通过。", "第一轮回归：268 条用例，通过 241 条。", "268 条用例，通过 241"),
    ],
)
def test_all_where_the_source_counts_a_part_warns(said: str, note: str, part: str) -> None:
    found = Written([said], [log(note)]).run("overcertain")

    assert [(f.code, f.values["source"]) for f in found] == [("part_only", part)]


@pytest.mark.parametrize(
    ("said", "note"),
    [
        ("The data is not completely imported.", "Import at 80 %"),
        ("The login page is completely fixed.", "Login page: all fixes deployed, everything passed."),
        ("The other branches are not affected.", "No effect on the other branches."),
        ("The root cause is the export.", "Wrong prices because the export layout changed."),
        ("All 74 scripts were run.", "74 of 74 scripts have been run."),
        ("All 14 branches go live on 22 April.", "Go-live 22 April, all 14 branches"),
        ("We fully understand how annoying this is.", "x y z"),
        ("其他码头不受影响。", "对其他码头没有影响。"),
        ("第一轮回归 268 条用例，通过 241 条。", "第一轮回归：268 条用例，通过 241 条。"),
        ("如果全部完成，我们就上线。", "x"),
        ("不能保证端午前完成。", "x"),
    ],
)
def test_certainty_that_the_source_carries_or_nobody_claims_is_silent(said: str, note: str) -> None:
    assert Written([said], [log(note)]).codes("overcertain") == []


def test_a_claim_without_labels_is_left_to_the_support_check() -> None:
    assert Written(["The data is definitely safe."]).codes("overcertain") == []


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("I will send the plan soon.", "soon"),
        ("We will deliver it by the end of the month.", "by the end of the month"),
        ("I will get back to you shortly.", "shortly"),
        ("我们会尽快答复您。", "尽快"),
        ("我下周左右给您发计划。", "下周左右"),
        ("我们将在近期安排培训。", "近期"),
    ],
)
def test_a_promise_for_no_day_warns(said: str, words: str) -> None:
    found = Written([said]).run("vague_time")

    assert [(f.code, f.severity, f.values["said"]) for f in found] == [("promise", Severity.WARN, words)]


@pytest.mark.parametrize(
    "said",
    [
        "The new version is coming soon.",
        "Please sign the form as soon as possible.",
        "预计月底完成。",
        "请尽快签回确认单。",
    ],
)
def test_elsewhere_a_vague_time_informs(said: str) -> None:
    assert [(f.code, f.severity) for f in Written([said]).run("vague_time")] == [("statement", Severity.INFO)]


@pytest.mark.parametrize(
    "said",
    [
        "I will send the plan by Friday 27 November.",
        "We will tell you as soon as possible, on 25 November at the latest.",
        "The fix was deployed soon after the call.",
        "As soon as the list is here we start.",
        "That is too soon.",
        "Shortly before the call the server stopped.",
        "I hope we will meet soon.",
        "预计11月底完成。",
        "近期已完成培训。",
        "下周三开始第二轮。",
        "第一时间我们联系了物业。",
    ],
)
def test_a_named_day_the_past_and_a_wish_are_silent(said: str) -> None:
    assert Written([said]).codes("vague_time") == []


def test_the_clients_vague_words_are_not_ours() -> None:
    mail = inbound("Please send me the written plan as soon as possible.")
    said = "You ask for this: “Please send me the written plan as soon as possible.”"

    assert Written([said], kind="complaint", inbound=mail).codes("vague_time") == []
