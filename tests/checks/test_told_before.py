"""What differs from what the client was told, and what does not."""

from datetime import date

import pytest

from assistant.checks.input import Source
from assistant.domain.finding import Severity
from tests.checks.written_case import Written, log, minutes, sent

COURSE = "We are on course for go-live on 12 March 2027."


@pytest.mark.parametrize(
    ("said", "note", "told", "code"),
    [
        ("Go-live is on 19 March 2027.", "Go-live 19 March 2027 fixed.", COURSE, "date"),
        ("The quote for lockers is £7,100.", "Lockers quote £7,100", "Our quote for the lockers: £6,480.", "amount"),
        ("The scope includes the driver app.", "driver app wanted", "The driver app is out of scope.", "scope"),
        (
            "Ines Carvalho is responsible for the data migration.",
            "Ines Carvalho does data migration",
            "Deepak Rao is responsible for the data migration.",
            "owner",
        ),
        ("三个码头3月19日上线。", "三个码头3月19日上线", "三个码头仍按原计划3月12日上线。", "date"),
        ("变更单报价 41,000 元。", "变更单报价 41,000 元", "变更单报价 38,600 元（不含税）。", "amount"),
        ("UAT 参加人数为 16 人。", "UAT 参加人数 16 人", "UAT 参加人数 20 人。", "number"),
        ("本期范围包括电子围栏。", "电子围栏要做", "本期不含电子围栏。", "scope"),
        ("数据迁移由贺婷负责。", "数据迁移 贺婷", "数据迁移由罗斌负责。", "owner"),
    ],
)
def test_a_silent_change_warns(said: str, note: str, told: str, code: str) -> None:
    found = Written([said], [log(note)], [sent(told)]).run("told_before")

    assert [(f.code, f.severity) for f in found] == [(code, Severity.WARN)]
    assert found[0].values["where"] == "notes/sent.eml:1 (2026-11-06)"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Go-live moves from 12 March to 19 March 2027.", [sent(COURSE)]),
        ("Previously 12 March, go-live is now 19 March 2027, because the export changed.", [sent(COURSE)]),
        ("The quote for lockers is £7,100 instead of £6,480.", [sent("Our quote for the lockers: £6,480.")]),
        ("三个码头上线由3月12日调整为3月19日。", [sent("三个码头仍按原计划3月12日上线。")]),
        ("三个码头上线改到3月19日，原定3月12日。", [sent("三个码头仍按原计划3月12日上线。")]),
        # Work done grows, days go by, and of meetings there is always a next one.
        ("70 of 74 scripts have been run so far.", [sent("61 of 74 scripts have been run so far.")]),
        ("The training was held on 18 November.", [sent("Training is planned for 12 November.")]),
        ("The next steering call is on 24 November.", [sent("The steering call is on 10 November.")]),
        ("Regression round 2 starts on 25 November.", [sent("Regression round 1 starts on 10 November.")]),
        # The client was in the meeting that moved it.
        ("Go-live is on 19 March 2027.", [sent(COURSE), *minutes("Agreed: go-live moves from 12 to 19 March 2027.")]),
    ],
)
def test_a_change_that_is_said_or_no_change_at_all_is_silent(said: str, told: list[Source]) -> None:
    assert Written([said], [log(said)], told).codes("told_before") == []


def test_the_old_value_may_stand_in_another_sentence() -> None:
    sentences = ["Go-live is on 19 March 2027.", "My last mail named 12 March for go-live."]

    assert Written(sentences, [log("Go-live 19 March 2027")], [sent(COURSE)]).codes("told_before") == []


def test_minutes_count_only_where_the_client_was_there() -> None:
    said, note, old = "Go-live is on 19 March 2027.", log("Go-live 19 March 2027"), "Go-live on 12 March 2027."
    inside = minutes(old, "Present: Ruth Amadi, Ines Carvalho")

    assert Written([said], [note], minutes(old)).codes("told_before") == ["date"]
    assert Written([said], [note], inside).codes("told_before") == []


def test_the_newest_telling_is_named() -> None:
    told = [sent(COURSE), *minutes("Go-live on 15 March 2027.", dated=date(2026, 11, 12))]

    found = Written(["Go-live is on 19 March 2027."], [log("Go-live 19 March 2027")], told).run("told_before")

    assert found[0].values["source"] == "15 March 2027"
