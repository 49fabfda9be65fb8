import pytest

from tests.checks.checks_case import Case


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("We deliver on […: the date].", "marker"),
        ("We deliver on [...: the date].", "marker"),
        ("We deliver on [...].", "marker"),
        ("交付日期为 […: 日期]。", "marker"),
        ("交付日期为[……]。", "marker"),
        ("The price is TBD.", "placeholder"),
        ("The price is TBC.", "placeholder"),
        ("TODO: ask Piet.", "placeholder"),
        ("We deliver on XX March.", "placeholder"),
        ("We deliver on ??? of March.", "placeholder"),
        ("Dear {name},", "placeholder"),
        ("Dear [Name],", "placeholder"),
        ("Please see <link>.", "placeholder"),
        ("The total is ____.", "placeholder"),
        ("上线日期待定。", "placeholder"),
        ("内容待补充。", "placeholder"),
        ("定于X月X日上线。", "placeholder"),
        ("XX经理，您好：", "placeholder"),
        ("供应商答复：“gateways ship on 25 May”（未翻译）", "untranslated"),
        ("The log says “网关已到货” (not translated).", "untranslated"),
        ("The date for branch training; notes of 11 March say 14 April].", "remnant"),
        ("[…: the date for branch training", "remnant"),
        ("培训日期；5月20日的记录为20人]。", "remnant"),
    ],
)
def test_what_is_left_open_blocks(sentence: str, code: str) -> None:
    found = Case([(sentence, ())]).run("gap")

    assert [f.code for f in found] == [code]
    assert found[0].severity == "block"


@pytest.mark.parametrize(
    "sentence",
    [
        "The waiting list [see the minutes] is long…",
        "We look at it again… and again.",
        "The XXL boxes are here.",
        "Really?",
        "Are you sure??",
        "The to-do list is short.",
        "Section 3.2 [1] applies.",
        "需要待定位系统上线后再看。",
        "我们已对待处理的问题排期。",
        "明白了……稍后回复。",
        "20×30 的标签纸已到。",
        "The set {1, 2} is complete.",
        "a < b and c > d",
    ],
)
def test_ordinary_text_does_not(sentence: str) -> None:
    assert Case([(sentence, ())]).codes("gap") == []


def test_the_subject_line_is_checked() -> None:
    assert Case([("All is well.", ())], subject="Status of TBD").codes("gap") == ["subject"]
    assert Case([("All is well.", ())], subject="Status of 20 November").codes("gap") == []
