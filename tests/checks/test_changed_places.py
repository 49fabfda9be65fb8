"""Sentences with the words of their source that say another thing: places, sides, doers, things, conditions."""

from datetime import date

import pytest

from assistant.bootstrap import open_library
from assistant.check_batch import check_row
from assistant.domain.facts import FactKind
from assistant.language.facts import extract_facts

DRILL = (
    "Drill at Norrby: Kestrel approved Fieldgate's route. 320 guests by ferry, 90 guests by bus. Max 14 people a boat."
)
DRILL_ZH = "演练：红隼批准了麦田的路线。渡轮320人，大巴90人。每船最多14人。"
COST = "Diver hire is paid by Norrby Harbour. The client names a contact by 4 May. Bill 220 EUR per day, up 6 %."
COST_ZH = "潜水员费用由港务局承担。客户5月4日前指定联系人。每天220元，同比增长6%。"
HOPE = "If the tide allows, the survey starts on 9 June. The report is due on 20 June."
HOPE_ZH = "如果潮位允许，勘测6月9日开始。报告6月20日提交。"


def codes(text: str, note: str) -> list[str]:
    row = {"text": text, "evidence": [note], "as_of": "2026-04-30"}
    found = check_row(row, library=open_library()).findings
    return [f"{f.check}.{f.code}" for f in found if f.severity.value != "info"]


@pytest.mark.parametrize(
    ("text", "note", "code"),
    [
        ("Fieldgate approved Kestrel's route.", DRILL, "support.order_exchanged"),
        ("90 guests come by ferry and 320 by bus.", DRILL, "support.order_exchanged"),
        ("麦田批准了红隼的路线。", DRILL_ZH, "support.order_exchanged"),
        ("At least 14 people fit into a boat.", DRILL, "support.state"),
        ("每船最少14人。", DRILL_ZH, "support.state"),
        ("You pay for the diver hire.", COST, "support.party_differs"),
        ("潜水员费用由贵方承担。", COST_ZH, "support.party_differs"),
        ("We name a contact by 4 May.", COST, "support.party_differs"),
        ("我方将在5月4日前指定联系人。", COST_ZH, "support.party_differs"),
        ("The bill is 220 EUR per diver.", COST, "support.unit_differs"),
        ("The bill is 6 % less.", COST, "support.state"),
        ("费用同比下降6%。", COST_ZH, "support.state"),
        ("The survey starts on 9 June.", HOPE, "overcertain.condition_dropped"),
        ("勘测将于6月9日开始。", HOPE_ZH, "overcertain.condition_dropped"),
    ],
)
def test_what_changed_its_place_is_found(text: str, note: str, code: str) -> None:
    assert code in codes(text, note)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("Fieldgate's route was approved by Kestrel.", DRILL),
        ("90 guests come by bus, 320 by ferry.", DRILL),
        ("麦田的路线已由红隼批准。", DRILL_ZH),
        ("A boat takes at most 14 people.", DRILL),
        ("每船最多14人。", DRILL_ZH),
        ("Norrby Harbour pays for the diver hire.", COST),
        ("潜水员费用由港务局承担。", COST_ZH),
        ("You name a contact by 4 May.", COST),
        ("贵方将在5月4日前指定联系人。", COST_ZH),
        ("The bill is 220 EUR a day.", COST),
        ("If the tide allows, the survey starts on 9 June.", HOPE),
        ("如果潮位允许，勘测6月9日开始。", HOPE_ZH),
        ("The report is due on 20 June.", HOPE),
    ],
)
def test_what_keeps_its_place_is_let_through(text: str, note: str) -> None:
    assert codes(text, note) == []


def test_another_name_in_the_same_place_is_found() -> None:
    note = "Handover 3 May: the keys stay with the caretaker, Tomasz checks the alarm on the pontoon."
    assert "support.thing_replaced" in codes("The keys stay with the architect.", note)
    assert codes("The keys stay with the caretaker.", note) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Handover on 12.9, then the audit.", "2026-09-12"),
        ("valid until 13.11. and not longer", "2026-11-13"),
        ("Fri 13.11. handover", "2026-11-13"),
        ("交付推迟到11.13。", "2026-11-13"),
    ],
)
def test_days_with_dots_are_read_in_a_dated_source(text: str, value: str) -> None:
    found = extract_facts(text, reference=date(2026, 9, 1))
    assert [f.value for f in found if f.kind is FactKind.DATE] == [value]


@pytest.mark.parametrize("text", ["latency from 2.1 to 1.2", "version 12.9 of 3.4.", "grew by 2.5", "price 12.50"])
def test_other_numbers_with_dots_are_no_days(text: str) -> None:
    found = extract_facts(text, reference=date(2026, 9, 1))
    assert not [f for f in found if f.kind is FactKind.DATE]
