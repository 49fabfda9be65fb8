"""The language of a message, and its tone."""

import pytest

from assistant.domain.finding import Severity
from tests.checks.checks_case import inbound
from tests.checks.written_case import Written

ENGLISH = ["We have sent the new plan to all the branches this morning.", "The second round starts on Wednesday."]
CHINESE = ["新的排期已经发给三个码头的负责人了。", "上线日期不变，培训安排在昌州仓会议室进行。"]


@pytest.mark.parametrize(
    ("sentences", "language", "code"), [(ENGLISH, "zh", "message_zh"), (CHINESE, "en", "message_en")]
)
def test_a_message_in_another_language_warns_once(sentences: list[str], language: str, code: str) -> None:
    found = Written(sentences, language="zh" if language == "zh" else "en").run("language")

    assert [(f.code, f.severity, f.start) for f in found] == [(code, Severity.WARN, None)]


def test_a_part_in_another_language_warns_at_its_place() -> None:
    given = Written([*ENGLISH, CHINESE[0], *ENGLISH], language="en")
    found = given.run("language")
    body = given.input().draft.body

    assert [(f.code, body[f.start : f.end]) for f in found] == [("part_en", CHINESE[0])]
    assert Written([*CHINESE, ENGLISH[0]], language="zh").codes("language") == ["part_zh"]


@pytest.mark.parametrize(
    "said",
    [
        "UAT round 2 的 PDA 标签打印 CR-07 按 Nivalis gateway firmware 5.0 协议联调，12 台网关已装完。",
        "您提到：“Replacement units are free of charge if any fail below minus 25 degrees.”",
        "Kind regards",
        "Firmware 5.0, gateway 22871.",
    ],
)
def test_terms_quotations_and_short_lines_are_no_other_language(said: str) -> None:
    assert Written([*CHINESE, said], language="zh").codes("language") == []


@pytest.mark.parametrize(
    ("said", "code", "severity"),
    [
        ("You failed to send the list.", "blame", Severity.WARN),
        ("The delay arose because you did not send the list.", "blame", Severity.WARN),
        ("You should have told us about the stock count.", "blame", Severity.WARN),
        ("由于贵方没有及时提供名单，上线推迟了。", "blame", Severity.WARN),
        ("这是贵方的责任。", "blame", Severity.WARN),
        ("This is not our fault.", "defensive", Severity.WARN),
        ("It was beyond our control.", "defensive", Severity.WARN),
        ("这不是我们的问题。", "defensive", Severity.WARN),
        ("We apologise for any inconvenience.", "empty_apology", Severity.INFO),
        ("I am sorry you feel that way.", "empty_apology", Severity.INFO),
        ("给您带来不便，敬请谅解。", "empty_apology", Severity.INFO),
        ("如有不便，深表歉意。", "empty_apology", Severity.INFO),
        ("Your feedback is important to us.", "template", Severity.INFO),
        ("Please do not hesitate to contact us.", "template", Severity.INFO),
        ("感谢您的理解与支持。", "template", Severity.INFO),
        ("我们将一如既往地为您服务。", "template", Severity.INFO),
    ],
)
def test_tone_that_does_harm_is_named(said: str, code: str, severity: Severity) -> None:
    assert [(f.code, f.severity) for f in Written([said]).run("tone")] == [(code, severity)]


@pytest.mark.parametrize(
    "said",
    [
        "You should have heard this from me first.",
        "You should have received the plan on Friday.",
        "If you should have any questions, call me.",
        "You should not have to learn this from a branch.",
        "I am sorry that you heard of the new date from a branch manager.",
        "This is our mistake.",
        "我为没有及时告诉您新日期道歉。",
        "您应该最先从我这里知道这件事。",
        "因为您没有收到周报，我重新发一次。",
        "您没有及时收到通知，是我的疏忽。",
        "这是我们的责任。",
        "名单还没有收到，烦请叶主管6月4日前给我。",
    ],
)
def test_owning_up_and_asking_are_no_fault_of_tone(said: str) -> None:
    assert Written([said]).codes("tone") == []


def test_a_third_apology_is_one_too_many() -> None:
    said = ["Sorry for the late list.", "I apologise for the wrong price.", "I am sorry about the missing update."]

    assert Written(said[:2]).codes("tone") == []
    assert Written(said).codes("tone") == ["over_apology"]
    assert Written(["非常抱歉周报没有发。", "名单的事深表歉意。"]).codes("tone") == ["over_apology"]


def test_the_clients_own_reproach_is_not_ours() -> None:
    mail = inbound("You failed to send the training timetable by 13 November.")

    said = "You write: “You failed to send the training timetable by 13 November.”"
    assert Written([said], kind="complaint", inbound=mail).codes("tone") == []
