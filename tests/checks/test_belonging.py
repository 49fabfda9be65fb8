"""A value that stands in the source, but beside something else, is not the value of what the sentence speaks of."""

import pytest

from tests.checks.checks_case import one

SITE = """# Site meeting

- Foundation poured on 3 May
- Steel arrives 12 May
- Roof closed by 30 June
- Reserve 18,500 euros
- Spent so far: 212,000 euros"""
TABLE = """| Item | Owner | Due |
| Valve drawings | Ines | 16 October |
| Pipe list | Tom | 20 October |
| Control panel | Ruth | 2 November |"""
CALL = "Site Kiel opens on 20 May, site Graz on 3 June. The export takes 4 hours, the backup 9 hours."
LOG = "# Log\n\n## 7 May\nMonitor visit confirmed.\n\n## 8 May\nNew consent form sent. It replaces the old one.\n"
NESTED = "- Training 14 April\n  - laptops are brought by us\n- Handover 22 April\n  - keys for hall two"
SITE_ZH = "- 地基 5月3日浇筑完成\n- 钢结构 5月12日到场\n- 屋面 6月30日前封闭\n- 审计费用4万元，培训费用2.5万元"
CALL_ZH = "基尔中心5月20日启动，格拉茨中心6月3日启动。数据导出需要4小时，备份需要9小时。"


@pytest.mark.parametrize(
    ("sentence", "note", "instead"),
    [
        ("Steel arrives on 3 May.", SITE, "12 May"),
        ("The foundation was poured on 12 May.", SITE, "3 May"),
        ("The roof will be closed by 12 May.", SITE, "30 June"),
        ("The reserve is 212,000 euros.", SITE, "18,500 euros"),
        ("The valve drawings are due on 20 October.", TABLE, "16 October"),
        ("The control panel is due on 16 October.", TABLE, "2 November"),
        ("Graz will open on 20 May.", CALL, "3 June"),
        ("The backup takes 4 hours.", CALL, "9 hours"),
        ("The new consent form was sent on 7 May.", LOG.replace("Monitor", "On 7 May the monitor"), None),
        ("Training is on 22 April.", NESTED, "14 April"),
        ("钢结构将于5月3日到场。", SITE_ZH, "5月12日"),
        ("屋面将在5月12日前封闭。", SITE_ZH, "6月30日"),
        ("培训费用为4万元。", SITE_ZH, "2.5万元"),
        ("格拉茨中心将于5月20日启动。", CALL_ZH, "6月3日"),
        ("备份需要4小时。", CALL_ZH, "9小时"),
    ],
)
def test_the_value_of_another_line_is_not_its_own(sentence: str, note: str, instead: str | None) -> None:
    found = [f for f in one(sentence, note).run("support") if f.code.endswith("_differs")]

    assert [f.values["source"] for f in found] == ([] if instead is None else [instead])


@pytest.mark.parametrize(
    ("sentence", "note"),
    [
        ("The steel arrives on 12 May.", SITE),
        ("Concrete work on the base was over on 3 May.", SITE),
        ("A reserve of 18,500 euros remains.", SITE),
        ("Ines delivers the valve drawings by 16 October.", TABLE),
        ("Kiel opens on 20 May and Graz on 3 June.", CALL),
        ("Graz will open on 3 June.", CALL),
        ("The export takes 4 hours.", CALL),
        ("The new consent form, sent on 8 May, replaces the old one.", LOG),
        ("We bring the laptops to the training on 14 April.", NESTED),
        ("You get the keys for hall two on 22 April.", NESTED),
        ("Steel arrives on 12 May, not on 3 May.", SITE),
        ("钢结构将于5月12日到场。", SITE_ZH),
        ("培训费用为2.5万元，审计费用为4万元。", SITE_ZH),
        ("基尔中心将于5月20日启动。", CALL_ZH),
        ("数据导出需要4小时。", CALL_ZH),
    ],
)
def test_a_value_beside_its_own_subject_stands(sentence: str, note: str) -> None:
    assert [f.code for f in one(sentence, note).run("support") if f.code.endswith("_differs")] == []


def test_the_finding_names_the_line_that_gives_the_subjects_own_value() -> None:
    (found,) = one("Steel arrives on 3 May.", SITE).run("support")

    assert (found.code, found.values["said"], found.values["where"]) == (
        "date_differs",
        "3 May",
        "notes/n1.md:4 (2026-11-17)",
    )


@pytest.mark.parametrize(
    ("sentence", "note"), [("Graz opens on 20 May.", "Graz: 20 May."), ("5月20日启动。", "启动：5月20日")]
)
def test_a_day_without_its_year_agrees_with_the_same_day_read_half_a_year_earlier(sentence: str, note: str) -> None:
    assert [f.code for f in one(sentence, note).run("support") if f.code == "date_differs"] == []
