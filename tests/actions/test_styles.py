"""Notes and exports as people and programs write them: what stands where, whose it is, and by when."""

from datetime import date

import pytest

from assistant.action_items import extract_action_items, read_meeting

DAY = date(2026, 3, 11)  # a Wednesday
Expected = list[tuple[str, str | None, str | None]]


def items(text: str, dated: date = DAY) -> Expected:
    found = extract_action_items(text, dated=dated)
    for one in found:
        assert text[one.start : one.end] == one.quote
    return [(i.task, i.owner, i.due.isoformat() if i.due else None) for i in found]


STANDUP = """Agnes
Yesterday: closed the refund bug
Today: finish the export screen; pair with Bo on Friday
Blockers: none

Bo
Yesterday: off sick
Today: -
Blockers: waiting for the key from the bank

Follow-ups after standup
-> Bo / write release notes / Fri
-> CC has moved to Thursday, Agnes updates the invite
"""
WRAPPED = """WEBVTT

00:00:01.000 --> 00:00:04.000
<v Ivan Petrov>I'll finish the labels by
Friday, I need one more roll.</v>

00:00:05.000 --> 00:00:09.000
<v Maxine Oduya>And please send the floor
plan round.</v>

00:00:10.000 --> 00:00:12.000
<v Ivan Petrov>It went out this morning.</v>

00:00:13.000 --> 00:00:15.000
<v Maxine Oduya>Good.</v>
"""
FEISHU = """说话人 贺兰 00:00
先看学员反馈，作业太多。

说话人 邱实 00:18
是的。

说话人 贺兰 00:44
邱实你来改题目，这周五能给吗？

说话人 邱实 00:53
周五有点紧，下周一吧。

说话人 贺兰 01:17
报名表你今天下班前再催一下。

说话人 邱实 01:27
嗯，我下午就催。
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            STANDUP,
            [
                ("Finish the export screen", "Agnes", "2026-03-11"),
                ("Pair with Bo", "Agnes", "2026-03-13"),
                ("Write release notes", "Bo", "2026-03-13"),
                ("Update the invite", "Agnes", None),
            ],
        ),
        (WRAPPED, [("Finish the labels", "Ivan Petrov", "2026-03-13")]),
        (FEISHU, [("改题目，能给吗", "邱实", "2026-03-16"), ("催一下", "邱实", "2026-03-11")]),
    ],
    ids=["stand-up", "wrapped subtitles", "飞书"],
)
def test_a_whole_note(text: str, expected: Expected) -> None:
    assert items(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- logo too small -> Tom Reed fixes it, Friday", ("Fixes it", "Tom Reed", "2026-03-13")),
        ("- 横幅太暗 → 小唐调亮，明天出一版", ("调亮，出一版", "小唐", "2026-03-12")),
        ("- print the badges (Tom Reed, Friday)", ("Print the badges", "Tom Reed", "2026-03-13")),
        ("- 营业执照还差一份，林姐补，周五前给我", ("补，给我", "林姐", "2026-03-13")),
        ("停车位只有60个，不够的话另想办法，@老何 先摸一下底，看多少人开车。", ("看多少人开车", "老何", None)),
    ],
)
def test_a_point_that_says_whose_it_is(text: str, expected: tuple[str, str | None, str | None]) -> None:
    ((_, owner, due),) = items(text)
    assert (owner, due) == expected[1:]


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("会议要求：由周敏与财务确认新的口径。", "周敏"),
        ("待办：产品经理跟钱主任对账单样式，月底前定稿", "产品经理"),
        ("- 邀请函名单各部门3月16日前报给阿玲", "各部门"),
        ("下一步工作：\n（2）冯主任向区里申请追加经费；", "冯主任"),
        ("From: Fang Qing\nSubject: party\n\nHi all,\n\nI will find a caterer by Friday.\n", "Fang Qing"),
        (
            "Chair: Ann Lowe\n\nThe Treasurer presented the figures. Income is low. He will send a forecast.",
            "Treasurer",
        ),
        ("The supplier is to replace it free of charge by 7 August.", "supplier"),
    ],
)
def test_who_owns_it(text: str, owner: str) -> None:
    assert [one[1] for one in items(text)] == [owner]


def test_a_thing_at_the_head_of_a_point_owns_nothing() -> None:
    assert items("会议纪要\n\n- 培训 3月22日（周日）改到昌州仓会议室\n- 测试 环境下周一开放\n") == []


@pytest.mark.parametrize("head", ["Subject: call", "主题：请确认交货日期", "Subject: Please send the list by Friday"])
def test_a_header_of_a_mail_is_no_task(head: str) -> None:
    assert items(f"From: Tom Becker\n{head}\n\nHi Lena,\n\nThe weather is fine here.\n") == []


def test_nobody_before_he_leaves_no_task() -> None:
    assert items("It rained all week. He will send a forecast.") == []


@pytest.mark.parametrize(
    ("due", "day"),
    [("EOD", "2026-03-11"), ("by lunch", "2026-03-11"), ("by COB Friday", "2026-03-13"), ("w/c 16 March", None)],
)
def test_a_due_cell(due: str, day: str | None) -> None:
    text = f"| Action | Owner | Due |\n|---|---|---|\n| Translate the texts | Tom Reed | {due} |\n"
    assert items(text) == [("Translate the texts", "Tom Reed", day)]


@pytest.mark.parametrize(
    ("talk", "due"),
    [
        ("Ana: Ben, please send the list by Friday.\nBen: Friday is tight, Monday then.\n", "2026-03-16"),
        ("Ana: Ben, please send the list.\nBen: Sure.\n", None),
        ("Ben: I'll send the list. Does the 16th work?\nAna: The 16th works.\n", "2026-03-16"),
        ("Ben: I'll send the list. Does the 16th work?\nAna: I don't know yet.\n", None),
    ],
)
def test_a_day_holds_once_it_is_agreed(talk: str, due: str | None) -> None:
    found = items(talk + "Ana: Anything else?\nBen: No.\nAna: Bye.\nBen: Bye.\n")
    assert [(owner, day) for _, owner, day in found] == [("Ben", due)]


def test_open_points_that_only_ask_are_questions() -> None:
    text = "## 遗留问题\n- 回单要不要带水印，等法务意见\n- 由陈可整理样张，周五前\n"
    summary = read_meeting(text, dated=DAY)
    assert [i.owner for i in summary.items] == ["陈可"]
    assert [q.text for q in summary.questions] == ["回单要不要带水印，等法务意见"]


def titles(text: str) -> list[str]:
    return [topic.title for topic in read_meeting(text, dated=DAY).topics]


def test_parts_that_are_numbered_are_topics() -> None:
    mail = "各位好，\n\n1、场地：酒店已经选好，停车位不多，大家尽量坐地铁过去，别开车。\n"
    mail += "2、节目：目前报了九个，还缺一个开场，市场部在考虑。\n"
    assert titles(mail) == ["场地", "节目"]
    minutes = (
        "议题1：门禁改造\n讨论：旧卡保留三个月，大家都认可。\n\n议题2：停车系统\n讨论：演示了无感支付，一切正常。\n"
    )
    assert titles(minutes) == ["门禁改造", "停车系统"]
    parts = "二、本周讨论\n（一）对账功能\n财务反馈账期字段取错，已经修复待验证。\n"
    parts += "（二）上线安排\n培训没排完，上线顺延一周再看。\n"
    assert titles(parts) == ["对账功能", "上线安排"]


def test_talk_is_cut_where_somebody_counts_on_and_greetings_are_no_topic() -> None:
    talk = (
        "Ana: Morning all.\nBen: Morning.\nAna: First thing, the proposal. Is it written?\nBen: It is with Cleo.\n"
        "Ana: Good.\nBen: Agreed. Okay, second thing, the kickoff. It has moved.\nAna: To when?\nBen: The 7th.\n"
    )
    starts = [talk[t.start : t.start + 12] for t in read_meeting(talk, dated=DAY).topics]
    assert starts == ["First thing,", "Agreed. Okay"]


def test_long_talk_is_cut_where_its_words_change() -> None:
    words = [
        "the garden fence and the apple trees need paint before winter comes to the hedge",
        "our invoice for the harbour crane was never paid by the shipping office in town",
    ]
    turns = [f"{'Ana' if n % 2 else 'Ben'}: {words[n // 80]} {'again' if n % 3 else ''}" for n in range(160)]
    summary = read_meeting("\n".join(turns) + "\n", dated=DAY)
    assert any(abs(topic.start_line - 81) <= 2 for topic in summary.topics[1:])
    assert len(summary.topics) <= 3


@pytest.mark.parametrize("last", [1, 2])
def test_a_talk_that_turns_to_something_else_at_its_end_is_read(last: int) -> None:
    talk = ["Ana: The fence is done, it looks good.", "Ben: Yes, very good.", "Ana: The paint is dry."]
    talk += ["Ben: Okay. Then the shelving labels.", "Ana: Later."][:last]
    assert len(read_meeting("\n".join(talk) + "\n", dated=DAY).topics) <= 1
