"""Values that changed owners, things told apart by letters, switches, and plans in a noun."""

import pytest

from assistant.bootstrap import open_library
from assistant.check_batch import check_row

CLINIC = (
    "Clinic plan: go-live 5 May for cardiology, orthopaedics follows 19 May. Sound alerts are switched off by default."
)
CLINIC_ZH = "诊所计划：心内科5月5日上线，骨科5月19日跟进。声音提醒默认关闭。"
STAND = (
    "Stand: 54 sqm instead of 48, same price. Glazing of rows A to D finished, rows E and F wait for putty. "
    "Fix planned for sprint 6."
)
STAND_ZH = "展台：54平方米，原为48平方米，价格不变。包装由绍兴搬到嘉兴。修复排在第6迭代。房东承担60%。"
WALL = "Repair starts after the spring tide, not before 3 Nov. Store date not decided."
WALL_ZH = "维修等大潮后开始，不早于11月3日。上架时间未定。"
APP = "The app 2.3.1 was submitted to the store on 11 May and approved on 13 May. I said 19 May. Growth beat last year."


def codes(text: str, note: str) -> list[str]:
    row = {"text": text, "evidence": [note], "as_of": "2026-05-30"}
    found = check_row(row, library=open_library()).findings
    return [f"{f.check}.{f.code}" for f in found if f.severity.value != "info"]


@pytest.mark.parametrize(
    ("text", "note", "code"),
    [
        ("Orthopaedics goes live on 5 May and cardiology on 19 May.", CLINIC, "support.order_exchanged"),
        ("骨科5月5日上线，心内科5月19日跟进。", CLINIC_ZH, "support.order_exchanged"),
        ("Sound alerts are switched on by default.", CLINIC, "support.state"),
        ("声音提醒默认开启。", CLINIC_ZH, "support.state"),
        ("The stand is now 54 square metres, and the price has gone up.", STAND, "support.state"),
        ("The glazing of rows E and F is finished.", STAND, "support.state"),
        ("The stand has been fixed in sprint 6.", "The stand leaks. Stand: fix planned for sprint 6.", "support.state"),
        ("展台由54平方米改为48平方米。", STAND_ZH, "support.state"),
        ("包装由嘉兴搬到绍兴。", STAND_ZH, "support.order_exchanged"),
        ("60%由贵方承担。", STAND_ZH, "support.party_differs"),
        ("Repair starts before the spring tide.", WALL, "support.state"),
        ("维修在大潮前开始。", WALL_ZH, "support.state"),
        ("The store date has been decided.", WALL, "support.state"),
        ("上架时间已定。", WALL_ZH, "support.state"),
    ],
)
def test_what_changed_owners_is_found(text: str, note: str, code: str) -> None:
    assert code in codes(text, note)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("Cardiology goes live on 5 May and orthopaedics on 19 May.", CLINIC),
        ("骨科5月19日跟进，心内科5月5日上线。", CLINIC_ZH),
        ("Sound alerts are switched off by default.", CLINIC),
        ("The stand is 54 square metres instead of 48, at the same price.", STAND),
        ("The glazing of rows A to D is finished; rows E and F are waiting for putty.", STAND),
        ("展台由48平方米改为54平方米，价格不变。", STAND_ZH),
        ("包装由绍兴搬到嘉兴。", STAND_ZH),
        ("The app 2.3.1 was approved by the store on 13 May.", APP),
        ("Growth was better than last year.", APP),
        ("Repair starts after the spring tide, at the earliest on 3 November.", WALL),
        ("维修在大潮后开始，最早11月3日。", WALL_ZH),
        ("上架时间未定。", WALL_ZH),
    ],
)
def test_what_kept_its_owner_is_let_through(text: str, note: str) -> None:
    assert codes(text, note) == []
