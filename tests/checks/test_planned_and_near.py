"""A deed only planned said as done, a name changed by a character, and figures beside words that turn them round."""

import pytest

from assistant.bootstrap import open_library
from assistant.check_batch import check_row

PUMP = "Pump house 4 May: pressure 42 kW (design 45 kW). Installer Moss to re-tile the basin by 9 June. Valve cleaned."
PUMP_ZH = "5月4日泵房：实测42千瓦（设计45千瓦）。安装方青禾6月9日前重新铺贴水池。阀门已清洗。"
POLL = (
    "Poll closed: 71 % would book again. Repeat rate 93.4 % (week 35: 96.1 %). "
    "312 of 318 tests green, cost 14.20 (target 12)."
)
POLL_ZH = "问卷结束：71%愿意再订。重订率93.4%（第35周96.1%）。318项测试通过312项，成本14.20元（目标12元）。"
TALK_ZH = "5月6日会谈：讲师顾雯，地点兰花厅，设在C栋，偏好B方案。"
TALK = "Talk of 6 May: the lecture is in English and Polish, tickets are free."


def codes(text: str, note: str) -> list[str]:
    row = {"text": text, "evidence": [note], "as_of": "2026-05-30"}
    found = check_row(row, library=open_library()).findings
    return [f"{f.check}.{f.code}" for f in found if f.severity.value != "info"]


@pytest.mark.parametrize(
    ("text", "note", "code"),
    [
        ("Moss has re-tiled the basin.", PUMP, "support.state"),
        ("青禾已经重新铺贴水池。", PUMP_ZH, "support.state"),
        ("The pump delivers 42 MW.", PUMP, "support.unit_differs"),
        ("泵房实测42兆瓦。", PUMP_ZH, "support.unit_differs"),
        ("71 % would not book again.", POLL, "support.negation"),
        ("71%不愿意再订。", POLL_ZH, "support.negation"),
        ("The repeat rate rose from 93.4 % to 96.1 %.", POLL, "support.state"),
        ("重订率由93.4%上升到96.1%。", POLL_ZH, "support.state"),
        ("318 of 318 tests are green.", POLL, "support.number_differs"),
        ("The cost is 14.20, below the target of 12.", POLL, "support.state"),
        ("讲师是顾文。", TALK_ZH, "support.name_differs"),
        ("地点是梅花厅。", TALK_ZH, "support.name_differs"),
        ("讲座设在D栋。", TALK_ZH, "support.identifier_differs"),
        ("贵方偏好A方案。", TALK_ZH, "support.identifier_differs"),
        ("The lecture is in English and Italian.", TALK, "support.thing_replaced"),
    ],
)
def test_what_was_turned_is_found(text: str, note: str, code: str) -> None:
    assert code in codes(text, note)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("Moss will re-tile the basin by 9 June.", PUMP),
        ("The valve has been cleaned.", PUMP),
        ("青禾将在6月9日前重新铺贴水池。", PUMP_ZH),
        ("阀门已清洗。", PUMP_ZH),
        ("The pump delivers 42 kW.", PUMP),
        ("71 % would book again.", POLL),
        ("71%愿意再订。", POLL_ZH),
        ("The repeat rate fell from 96.1 % to 93.4 %.", POLL),
        ("重订率由96.1%下降到93.4%。", POLL_ZH),
        ("312 of 318 tests are green.", POLL),
        ("The cost is 14.20, above the target of 12.", POLL),
        ("讲师是顾雯，地点是兰花厅。", TALK_ZH),
        ("贵方偏好B方案。", TALK_ZH),
        ("会谈中一家公司和一起来的顾问都到了。", "5月6日会谈：一座小厅，一件礼物，顾雯到场。"),
        ("复测50单正常。", "5月6日复测50单没问题。"),
        ("The door stays without a lock.", "6 May: door still w/o a lock, hinges free of charge."),
        ("Scripts: 20 of 52 done by the translator.", "Scripts: 20 of 52 done, rest not confirmed by translator."),
        ("The lecture is in Polish and English.", TALK),
    ],
)
def test_what_stands_so_is_let_through(text: str, note: str) -> None:
    assert codes(text, note) == []
