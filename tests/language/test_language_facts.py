"""Facts in both languages: each case is a text and every fact of one kind that stands in it."""

from datetime import date

import pytest

from assistant.domain.facts import Fact, FactKind
from assistant.language.facts import extract_facts

REFERENCE = date(2026, 3, 10)  # a Tuesday


def facts(text: str, kind: FactKind) -> list[Fact]:
    return [fact for fact in extract_facts(text, reference=REFERENCE) if fact.kind is kind]


def values(text: str, kind: FactKind) -> list[str]:
    return [fact.value for fact in facts(text, kind)]


DATES = [
    ("Go-live is on 19 March 2026.", "2026-03-19"),
    ("Go-live is on Thursday, 19 March 2026.", "2026-03-19"),
    ("We start March 19th, 2027.", "2027-03-19"),
    ("Due 19 Mar", "2026-03-19"),
    ("Due Mar. 19.", "2026-03-19"),
    ("the 3rd of December", "2025-12-03"),
    ("delivered 2026-03-19T14:30", "2026-03-19"),
    ("from 2026/3/9 on", "2026-03-09"),
    ("by 19/03/2026", "2026-03-19"),
    ("by 3/19/2026", "2026-03-19"),
    ("on 04/03/2026", "2026-03-04"),
    ("am 19.03.2026", "2026-03-19"),
    ("by 19/3 at the latest", "2026-03-19"),
    ("19-20 March", "2026-03-19 2026-03-20"),
    ("March 19–21, 2027", "2027-03-19 2027-03-21"),
    ("tomorrow we test", "2026-03-11"),
    ("the day after tomorrow", "2026-03-12"),
    ("yesterday's build", "2026-03-09"),
    ("by Friday", "2026-03-13"),
    ("on Tuesday", "2026-03-10"),
    ("next Wed", "2026-03-18"),
    ("this Friday", "2026-03-13"),
    ("last Friday", "2026-03-06"),
    ("Wednesday of next week", "2026-03-18"),
    ("in two weeks", "2026-03-24"),
    ("in 5 working days", "2026-03-17"),
    ("three days ago", "2026-03-07"),
    ("at the end of March", "2026-03-31"),
    ("in early March", "2026-03-01/2026-03-10"),
    ("mid-April", "2026-04-11/2026-04-20"),
    ("by the end of the month", "2026-03-31"),
    ("next week", "2026-W12"),
    ("in CW12", "2026-W12"),
    ("in Q2", "2026-Q2"),
    ("the second quarter of 2027", "2027-Q2"),
    ("by end of Q1 2026", "2026-03-31"),
    ("in March 2026", "2026-03"),
    ("planned for 2027-06", "2027-06"),
    ("due on the 19th", "2026-03-19"),
    ("in 2027", "2027"),
    ("done by EOW", "2026-03-13"),
    ("by COB Friday", "2026-03-13"),
    ("every Friday we call", ""),
    ("12/14 interfaces are live", ""),
    ("we may 3 times retry", ""),
    ("by the 3rd sprint", ""),
    ("They march on.", ""),
    ("2026年3月19日上线", "2026-03-19"),
    ("3月19日（周四）上线", "2026-03-19"),
    ("三月十九号", "2026-03-19"),
    ("二〇二六年三月十九日", "2026-03-19"),
    ("3月19日至21日", "2026-03-19 2026-03-21"),
    ("3/19上线", "2026-03-19"),
    ("明年1月5日", "2027-01-05"),
    ("12月28日", "2025-12-28"),
    ("明天上午", "2026-03-11"),
    ("后天", "2026-03-12"),
    ("昨天", "2026-03-09"),
    ("下周三前", "2026-03-18"),
    ("本周五", "2026-03-13"),
    ("上周五", "2026-03-06"),
    ("星期五", "2026-03-13"),
    ("下下周一", "2026-03-23"),
    ("月底前", "2026-03-31"),
    ("下月初", "2026-04-01/2026-04-10"),
    ("三月上旬", "2026-03-01/2026-03-10"),
    ("4月底", "2026-04-30"),
    ("年底", "2026-12-31"),
    ("两周后", "2026-03-24"),
    ("3天前", "2026-03-07"),
    ("下周左右", "2026-W12"),
    ("一季度", "2026-Q1"),
    ("2026年第二季度", "2026-Q2"),
    ("上半年", "2026-H1"),
    ("19号", "2026-03-19"),
    ("２０２６年３月１９日", "2026-03-19"),
    ("1996年", "1996"),
    ("Done on Friday.", "2026-03-13"),
    ("每周五发周报", ""),
    ("一周三次", ""),
    ("完成3/5个", ""),
]

TIMES = [
    ("at 14:30", "14:30"),
    ("at 2 pm", "14:00"),
    ("at 2:30 p.m. sharp", "14:30"),
    ("2-3 pm", "14:00 15:00"),
    ("14:00-15:30", "14:00 15:30"),
    ("14:30 CET", "14:30+01:00"),
    ("14:30 Europe/Berlin", "14:30 Europe/Berlin"),
    ("2 pm UTC+8", "14:00+08:00"),
    ("2026-03-19T14:30:00+08:00", "14:30+08:00"),
    ("2026-03-19T14:30:00-05:00", "14:30-05:00"),
    ("北京时间14:30", "14:30+08:00"),
    ("下午两点半", "14:30"),
    ("上午10点", "10:00"),
    ("晚上8点", "20:00"),
    ("中午12点", "12:00"),
    ("14点30分", "14:30"),
    ("周三3点", "03:00"),
    ("以下两点说明", ""),
    ("at 25:00", ""),
]

AMOUNTS = [
    ("€12,000", "money", "EUR 12000"),
    ("12k EUR", "money", "EUR 12000"),
    ("EUR 12 000", "money", "EUR 12000"),
    ("€12.000,50", "money", "EUR 12000.5"),
    ("€12.000", "money", "EUR 12000"),
    ("$1.2m", "money", "USD 1200000"),
    ("£3 million", "money", "GBP 3000000"),
    ("12,000 euros", "money", "EUR 12000"),
    ("€10–12k", "money", "EUR 10000 EUR 12000"),
    ("a budget of 12,000", "money", "? 12000"),
    ("我们一块讨论", "money", ""),
    ("the 2022 earnings in a 3D view", "quantity", ""),
    ("3D", "duration", ""),
    ("1996年至2016年", "duration", ""),
    ("¥3.5万", "money", "CNY 35000"),
    ("人民币3万元", "money", "CNY 30000"),
    ("三万五千元", "money", "CNY 35000"),
    ("3-5万元", "money", "CNY 30000 CNY 50000"),
    ("2万欧元", "money", "EUR 20000"),
    ("费用约3万", "money", "? 30000"),
    ("３．５万元", "money", "CNY 35000"),
    ("85 %", "percent", "85"),
    ("85 per cent", "percent", "85"),
    ("-5%", "percent", "-5"),
    ("百分之八十五", "percent", "85"),
    ("八成", "percent", "80"),
    ("八成五", "percent", "85"),
    ("10-15%", "percent", "10 15"),
    ("成本三成本", "percent", ""),
    ("two weeks late", "duration", "P2W"),
    ("a two-week delay", "duration", "P2W"),
    ("14 days", "duration", "P2W"),
    ("5 working days", "duration", "P5BD"),
    ("90 minutes", "duration", "PT90M"),
    ("1.5 hours", "duration", "PT90M"),
    ("two and a half weeks", "duration", "P2.5W"),
    ("half a day", "duration", "P0.5D"),
    ("within a week", "duration", "P1W"),
    ("2-3 days", "duration", "P2D P3D"),
    ("两周", "duration", "P2W"),
    ("两到三周", "duration", "P2W P3W"),
    ("半年", "duration", "P6M"),
    ("一个半月", "duration", "P1.5M"),
    ("3个工作日", "duration", "P3BD"),
    ("3日内", "duration", "P3D"),
    ("12个月", "duration", "P1Y"),
    ("4小时", "duration", "PT4H"),
    ("250 users", "quantity", "250 user"),
    ("250个用户", "quantity", "250 user"),
    ("14 open defects", "quantity", "14 defect"),
    ("14个缺陷", "quantity", "14 defect"),
    ("two people", "quantity", "2 person"),
    ("两名员工", "quantity", "2 employee"),
    ("5人天", "quantity", "5 person-day"),
    ("12 person-days", "quantity", "12 person-day"),
    ("5 GB", "quantity", "5 gb"),
    ("1.2万条数据", "quantity", "12000 record"),
    ("three of five", "number", "3 5"),
    ("three of the vendors", "number", "3"),
    ("三千五百", "number", "3500"),
    ("1.234,56", "number", "1234.56"),
    ("1,234.56", "number", "1234.56"),
    ("12 000", "number", "12000"),
    ("1.2万", "number", "12000"),
    ("两万三", "number", "23000"),
    ("三分之二", "number", "2/3"),
    ("two thirds", "number", "2/3"),
    ("twenty-five", "number", "25"),
    ("phase 2", "number", "2"),
    ("第二阶段", "number", "2"),
    ("一起讨论，十分重要，第三方，万一", "number", ""),
    ("a 5G and B2B one-off", "number", ""),
]

CODES = [
    ("v2.4.1 and 2.4.1", "version", "2.4.1 2.4.1"),
    ("version 2.4", "version", "2.4"),
    ("版本2.4上线", "version", "2.4"),
    ("V3", "version", "3"),
    ("2.4.1-rc1", "version", "2.4.1-rc1"),
    ("see HP-231.", "identifier", "HP-231"),
    ("见HP-231，PRJ_12", "identifier", "HP-231 PRJ_12"),
    ("CR-7 and #482", "identifier", "CR-7 #482"),
    ("PO-2026-0034", "identifier", "PO-2026-0034"),
    ("call +49 30 1234567", "identifier", "+49301234567"),
    ("in UTF-8", "identifier", ""),
    ("HP\u200b-231", "identifier", "HP-231"),
    ("see https://Example.com/A?b=1.", "link", "https://example.com/a?b=1"),
    ("见https://a.cn/路径。", "link", "https://a.cn/"),
    ("(www.example.org)", "link", "www.example.org"),
    ("mail Anna.Weber@Example.com!", "email", "anna.weber@example.com"),
]

NAMES = [
    ("We told Anna Weber on Monday.", "Anna Weber"),
    ("The call with Helios went well.", "Helios"),
    ("Jan van Dijk joined.", "Jan van Dijk"),
    ("Dear Ms Keller,", "Keller"),
    ("Anna confirmed the date.", "Anna"),
    ("We met J. Smith.", "J. Smith"),
    ("Today we test the API in March.", ""),
    ("The Steering Committee approved Phase Two.", ""),
    ("Status Update for the UAT Team", ""),
    ("# Kickoff With Northwind", ""),
    ("Everything is fine. Deployment follows.", ""),
    ("顾主任表示同意", "顾主任"),
    ("请王总和李工确认", "王总 李工"),
    ("陈晓明：好的", "陈晓明"),
    ("负责人：王磊", "王磊"),
    ("小王和老李", "小王 老李"),
    ("谢谢各位老师，公司总经理到场", ""),
    ("由张伟负责接口", "张伟"),
    ("欧阳经理", "欧阳经理"),
    ("提高工作效率，施工时间，高工时，江总部", ""),
    ("项目经理和甲方经理到场，安全经理缺席", ""),
    ("方案：按原计划；小程序上线；小于三天", ""),
]


@pytest.mark.parametrize(("text", "expected"), DATES)
def test_dates(text: str, expected: str) -> None:
    assert " ".join(values(text, FactKind.DATE)) == expected


@pytest.mark.parametrize(("text", "expected"), TIMES)
def test_times(text: str, expected: str) -> None:
    assert values(text, FactKind.TIME) == _split_times(expected)


def _split_times(expected: str) -> list[str]:
    return [expected] if "/" in expected else expected.split()


@pytest.mark.parametrize(("text", "kind", "expected"), AMOUNTS)
def test_amounts(text: str, kind: str, expected: str) -> None:
    assert " ".join(values(text, FactKind(kind))) == expected


@pytest.mark.parametrize(("text", "kind", "expected"), CODES)
def test_codes(text: str, kind: str, expected: str) -> None:
    assert " ".join(values(text, FactKind(kind))) == expected


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_names(text: str, expected: str) -> None:
    assert " ".join(values(text, FactKind.NAME)) == expected


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("by the end of March", "三月底前"),
        ("next Wednesday", "下周三"),
        ("in early April", "4月上旬"),
        ("€12,000", "1.2万欧元"),
        ("85 %", "八成五"),
        ("two weeks", "两周"),
        ("250 users", "250个用户"),
        ("2:30 pm", "下午两点半"),
        ("two thirds", "三分之二"),
    ],
)
def test_one_value_in_both_languages(english: str, chinese: str) -> None:
    (first,) = extract_facts(english, reference=REFERENCE)
    (second,) = extract_facts(chinese, reference=REFERENCE)
    assert (first.kind, first.value) == (second.kind, second.value)


@pytest.mark.parametrize(
    ("text", "vague"),
    [
        ("on 19 March", False),
        ("3月19日", False),
        ("by Friday", False),
        ("end of March", True),
        ("月底", True),
        ("early March", True),
        ("下周左右", True),
        ("in Q1", True),
        ("下周三左右", True),
    ],
)
def test_vague_times(text: str, *, vague: bool) -> None:
    (fact,) = facts(text, FactKind.DATE)
    assert fact.vague is vague


@pytest.mark.parametrize(
    ("text", "value", "rule"),
    [
        ("tomorrow", "?+1d", "relative:tomorrow"),
        ("下周三", "?w+1.3", "relative:next-weekday"),
        ("Friday", "?w.5", "relative:weekday"),
        ("3月19日", "--03-19", "partial:year-inferred"),
        ("in Q1", "--Q1", "partial:quarter"),
        ("19 March 2026", "2026-03-19", "absolute"),
    ],
)
def test_without_a_reference_a_date_keeps_what_is_known(text: str, value: str, rule: str) -> None:
    (fact,) = extract_facts(text)
    assert (fact.value, fact.rule) == (value, rule)


def test_the_full_stop_of_a_sentence_is_no_part_of_a_date() -> None:
    (fact,) = facts("Done on Friday.", FactKind.DATE)
    assert fact.text == "Friday"


def test_known_names_come_first_and_exactly() -> None:
    found = extract_facts("helios 2 and Helios 2 moved to May Lin in May.", names=["Helios 2", "May Lin"])
    assert [fact.text for fact in found if fact.kind is FactKind.NAME] == ["Helios 2", "May Lin"]


def test_spans_point_into_the_text_as_given() -> None:
    text = "Bu\u00addget: €12\u200b,000 （ＨＰ－２３１）"
    found = {fact.kind: fact for fact in extract_facts(text)}
    money = found[FactKind.MONEY]
    assert money.value == "EUR 12000"
    assert text[money.start : money.end] == money.text == "€12\u200b,000"
    assert found[FactKind.IDENTIFIER].value == "HP-231"


@pytest.mark.parametrize(
    "text",
    [
        "The order history goes live on Tuesday 10\nMarch 2026.",
        "> The order history goes live on Tuesday 10\n> March 2026.",
        "The order history goes live on Tuesday 10\n> March 2026.",
        "The order history goes live on Tuesday 10\r\n  March 2026.",
    ],
)
def test_a_date_broken_over_two_lines(text: str) -> None:
    (fact,) = facts(text, FactKind.DATE)
    assert fact.value == "2026-03-10"
    assert text[fact.start : fact.end] == fact.text


def test_lines_that_belong_apart_are_not_read_as_one() -> None:
    assert values("- Sprint 3\n- March review", FactKind.DATE) == ["2026-03"]


def test_people_in_minutes_and_chats() -> None:
    assert values("参会：顾敏、彭志强、叶青", FactKind.NAME) == ["顾敏", "彭志强", "叶青"]
    assert values("罗斌 11:03：收到", FactKind.NAME) == ["罗斌"]
    assert values("罗斌 11:03：收到", FactKind.TIME) == ["11:03"]
    assert values("Present: Martin Skelly (RTBS), Priya Nandra", FactKind.NAME) == ["Martin Skelly", "Priya Nandra"]
    assert values("Tel 01632 960 417", FactKind.IDENTIFIER) == ["01632960417"]


def test_amount_and_unit_of_a_fact() -> None:
    money, quantity, percent = extract_facts("EUR 12,000 for 250 users at 5 %")
    assert (money.amount, money.unit) == ("12000", "EUR")
    assert (quantity.amount, quantity.unit) == ("250", "user")
    assert (percent.amount, percent.unit) == ("5", "")
