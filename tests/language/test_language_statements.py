"""What sentences of notes say: roles, tense, certainty, denial."""

from datetime import date

import pytest

from assistant.language.cues import ROLES
from assistant.language.statements import Statement, classify_statement

NOTE_DATE = date(2026, 3, 10)


def read(text: str) -> Statement:
    return classify_statement(text, reference=NOTE_DATE)


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("The billing module is done.", "done"),
        ("We are on track.", "state"),
        ("The import fails every night.", "problem"),
        ("Go-live moved from 12 to 19 March.", "change"),
        ("This affects the training.", "effect"),
        ("A hotfix restores the import.", "remedy"),
        ("Next we test the export.", "next"),
        ("We need from you the test data.", "need"),
        ("Please confirm the scope.", "need"),
        ("This is because the vendor was late.", "cause"),
        ("An earlier date is not feasible.", "feasibility"),
        ("At most two interfaces fit.", "limit"),
        ("Option B costs less.", "option"),
        ("We propose a smaller scope.", "proposal"),
        ("The committee approved the budget.", "decision"),
        ("We promised the report by Friday.", "commitment"),
        ("Lesson learned: check the data first.", "lesson"),
        ("There is a risk with the vendor.", "risk"),
        ("接口联调已完成。", "done"),
        ("目前按计划推进。", "state"),
        ("数据导入失败。", "problem"),
        ("上线时间推迟到3月19日。", "change"),
        ("这会影响培训。", "effect"),
        ("已安排回滚作为补救。", "remedy"),
        ("下一步测试导出。", "next"),
        ("请贵方提供测试账号。", "need"),
        ("由于接口故障，原因在供应商。", "cause"),
        ("提前上线不可行。", "feasibility"),
        ("最多支持两个接口。", "limit"),
        ("方案一费用更低。", "option"),
        ("我们建议缩小范围。", "proposal"),
        ("会议决定增加预算。", "decision"),
        ("我们承诺周五前修复。", "commitment"),
        ("教训：今后先核对数据。", "lesson"),
        ("风险在供应商。", "risk"),
    ],
)
def test_roles(text: str, roles: str) -> None:
    assert set(roles.split()) <= read(text).roles <= set(ROLES)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("No issues so far.", "problem"),
        ("目前没有问题。", "problem"),
        ("The API is not yet done.", "done"),
        ("尚未完成测试。", "done"),
        ("争取周五前完成测试。", "commitment"),
        ("请贵方周五前提供账号。", "commitment"),
        ("We will be done by Friday.", "done"),
    ],
)
def test_roles_that_the_words_only_seem_to_carry(text: str, role: str) -> None:
    assert role not in read(text).roles


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("The export is finished.", True),
        ("All tests passed.", True),
        ("Migration is 85 % done.", False),
        ("The export is not finished.", False),
        ("The export will be finished on Friday.", False),
        ("The export is pending.", False),
        ("The team met.", None),
        ("测试已全部完成。", True),
        ("验收通过。", True),
        ("完成80%。", False),
        ("八成完成。", False),
        ("预计周五完成。", False),
        ("尚未收到数据。", False),
        ("测试完成后上线。", None),
    ],
)
def test_done(text: str, *, done: bool | None) -> None:
    assert read(text).done is done


@pytest.mark.parametrize(
    ("text", "tense"),
    [
        ("We tested the export.", "past"),
        ("The export is stable.", "present"),
        ("We will test the export.", "future"),
        ("Acceptance: 20 March", "future"),
        ("Kick-off: 2 March", "past"),
        ("Export", "unknown"),
        ("昨天测试了接口。", "past"),
        ("目前正在测试。", "present"),
        ("下周测试接口。", "future"),
        ("接口", "unknown"),
    ],
)
def test_tense(text: str, tense: str) -> None:
    assert read(text).tense == tense


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("Target: 19 March", "Target"),
        ("We hope to finish.", "hope"),
        ("Maybe Friday.", "Maybe"),
        ("Friday, subject to the test.", "subject to"),
        ("Tentatively on Friday.", "Tentatively"),
        ("Done on 3 May 2026.", ""),
        ("The date stands.", ""),
        ("The parts will arrive in May.", ""),
        ("Ready by May.", ""),
        ("It may arrive on Friday.", "may"),
        ("争取周五上线", "争取"),
        ("预计周五上线", "预计"),
        ("暂定3月19日", "暂定"),
        ("如果数据到位就上线", "如果"),
        ("周五前提供", ""),
        ("周五上线", ""),
    ],
)
def test_hedges(text: str, hedge: str) -> None:
    statement = read(text)
    assert (statement.hedge, statement.hedged) == (hedge, bool(hedge))


@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("We won't deliver.", True),
        ("It is no longer needed.", True),
        ("Not only the API is done.", False),
        ("No later than Friday.", False),
        ("No problem.", True),
        ("We deliver.", False),
        ("没有影响", True),
        ("未完成", True),
        ("不再需要", True),
        ("不仅完成了测试", False),
        ("未来三个月", False),
        ("已完成", False),
    ],
)
def test_negation(text: str, *, negated: bool) -> None:
    assert read(text).negated is negated


def test_words_of_certainty_are_kept_as_written() -> None:
    assert read("This is definitely fixed, guaranteed.").confidence_words == ("definitely", "guaranteed")
    assert read("我们保证全部完成").confidence_words == ("保证", "全部")


def test_both_languages_in_one_sentence() -> None:
    statement = read("API 联调已完成, UAT is blocked")
    assert {"done", "problem", "state"} <= statement.roles
