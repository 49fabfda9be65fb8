from datetime import date

import pytest

from tests.checks.checks_case import AS_OF, Case, inbound, one, source

GO_LIVE = "Agreed: go-live moves to Thursday 19 March 2027, all 14 terminals."
NOTE_ZH = "决定：三个码头的上线时间定为2027年3月19日，预算 38,600 元，参加 16 人，不含财务对账。"


@pytest.mark.parametrize(
    ("sentence", "note"),
    [
        ("Go-live is on 19 March 2027 in all 14 terminals.", GO_LIVE),
        ("Go-live is planned for March 2027.", GO_LIVE),
        ("The price list covers about 340 accounts.", "Piet sent the price list for 338 accounts."),
        ("More than 400 cases have been run.", "Regression: 412 cases run, 26 failed."),
        ("The quote is £6,480 plus VAT.", "Price: GBP 6480 plus VAT, fixed."),
        ("It takes two weeks.", "Effort: 10 working days."),
        ("The pass rate is 94 %.", "Pass rate 93.7 % after round 1."),
        ("Ticket HP-231 is fixed.", "HP-231 tier price rounding fixed and deployed."),
        ("Mr Vos will see 12,000 records.", "12k records are ready for Piet."),
        ("As of today, 61 of 74 scripts have been run.", "UAT: 61 of 74 scripts run."),
        ("One of the terminals has weak Wi-Fi.", "Wi-Fi at Lowmouth too weak."),
        ("As agreed on 17 November, training stays in one room.", "Training stays in one room, agreed with Piet."),
        ("上线时间为3月19日，共 16 人参加。", NOTE_ZH),
        ("预算为 3.86 万元。", NOTE_ZH),
        ("Go-live is on 19 March 2027; the budget is CNY 38,600.", NOTE_ZH),
        ("上线定在2027年3月19日，覆盖 14 个码头。", GO_LIVE),
        ("回归大约跑了 410 条用例。", "回归测试跑了 412 条用例。"),
        ("联调尚未完成。", "联调还没做完，等网关。"),
        ("Card payment is not certified yet.", "Tollgate: certification of card payment still pending."),
        ("The timetable is not ready.", "timetable not ready, waits for cover"),
    ],
)
def test_what_the_source_carries_is_not_flagged(sentence: str, note: str) -> None:
    assert one(sentence, note).codes("support") == []


@pytest.mark.parametrize(
    ("sentence", "note", "code", "said", "instead"),
    [
        ("Go-live is on 12 March 2027.", GO_LIVE, "date_differs", "12 March 2027", "Thursday 19 March 2027"),
        ("Go-live covers all 41 terminals.", GO_LIVE, "number_differs", "41 terminals", "14 terminals"),
        ("The quote is £6,840 plus VAT.", "Quote: £6,480 plus VAT, fixed.", "amount_differs", "£6,840", "£6,480"),
        ("The pass rate is 97 %.", "Pass rate 93.7 % after round 1.", "percent_differs", "97 %", "93.7 %"),
        ("The rework takes 3 weeks.", "The rework takes 2 weeks.", "duration_differs", "3 weeks", "2 weeks"),
        ("The scanners run firmware v2.4.2.", "Scanners on firmware v2.4.1.", "version_differs", "v2.4.2", "v2.4.1"),
        ("上线时间定为2027年3月12日。", NOTE_ZH, "date_differs", "2027年3月12日", "2027年3月19日"),
        ("预算为 36,800 元。", NOTE_ZH, "amount_differs", "36,800 元", "38,600 元"),
        ("参加人数为 20 人。", NOTE_ZH, "number_differs", "20 人", "16 人"),
        (
            "上线时间定为2027年3月12日。",
            "Agreed: 上线 moves to 19 March 2027.",
            "date_differs",
            "2027年3月12日",
            "19 March 2027",
        ),
    ],
)
def test_what_the_source_has_instead_is_said(sentence: str, note: str, code: str, said: str, instead: str) -> None:
    found = one(sentence, note).run("support")

    assert [f.code for f in found] == [code]
    assert found[0].values["said"].rstrip(".。") == said
    assert found[0].values["source"].rstrip(".。") == instead
    assert found[0].values["where"] == "notes/n1.md:1 (2026-11-17)"
    assert found[0].severity == "warn"


@pytest.mark.parametrize(
    ("sentence", "note", "code"),
    [
        ("Go-live is on 19 March 2027.", "Go-live is planned for March 2027.", "date_differs"),
        ("Training costs £900.", "Training is in one room.", "amount_missing"),
        ("The desk is desk@tollgate.example.", "Ask the partner desk.", "email_missing"),
        ("Ticket HP-232 is fixed.", "Rounding of prices fixed.", "identifier_missing"),
        ("Dana Whitlow looks after it.", "Deepak Rao looks after it.", "name_differs"),
        ("About 500 accounts are affected.", "340 accounts are affected.", "number_differs"),
        ("More than 400 cases have been run.", "390 cases have been run.", "number_differs"),
        ("此事由王主任负责。", "此事由李主任负责。", "name_differs"),
    ],
)
def test_what_no_source_carries_is_flagged(sentence: str, note: str, code: str) -> None:
    assert one(sentence, note).codes("support") == [code]


@pytest.mark.parametrize(
    ("sentence", "note", "code"),
    [
        ("The rounding of tier prices is not fixed.", "Rounding of tier prices fixed and deployed.", "state"),
        ("The rounding of tier prices is fixed.", "Rounding of tier prices is still open.", "state"),
        ("The order history is on schedule.", "Order history is behind schedule.", "state"),
        (
            "Returns are part of the scope; stock transfers too.",
            "Returns and stock transfers are out of scope.",
            "state",
        ),
        ("The change request was approved by the board.", "The board rejected the change request.", "state"),
        ("The average response time has risen on staging.", "Average response time on staging has fallen.", "state"),
        ("昌州码头温度告警联调已完成。", "昌州码头温度告警联调尚未完成。", "state"),
        ("财务对账包含在范围内。", "财务对账不含在范围内。", "state"),
        ("变更单 CR-07 已签回。", "变更单 CR-07 还没签。", "state"),
        ("The scanners do not store customer addresses.", "The scanners store customer addresses.", "negation"),
        ("扫描枪不保存客户地址。", "扫描枪保存客户地址。", "negation"),
    ],
)
def test_the_opposite_of_the_source_is_flagged(sentence: str, note: str, code: str) -> None:
    assert one(sentence, note).codes("support") == [code]


@pytest.mark.parametrize(
    ("sentence", "note"),
    [
        ("The rounding of tier prices has been resolved.", "Rounding of tier prices fixed and deployed."),
        ("Four of the cases failed, the others passed.", "4 cases failed, the others passed."),
        ("Order history is delayed.", "Order history slipped by a day."),
        ("We did not only fix prices, we re-ran the cases.", "Prices fixed, cases re-run."),
        ("We watch whether the second lot arrives on 5 June.", "Risk: second lot does not arrive on 5 June."),
        ("盘点模块已部署。", "盘点模块上线到测试环境，已部署。"),
    ],
)
def test_the_same_state_in_other_words_is_not(sentence: str, note: str) -> None:
    assert one(sentence, note).codes("support") == []


def test_swapped_counts_are_flagged() -> None:
    found = one("Prices are wrong for 340 terminals.", "Prices are wrong for 340 accounts in 14 terminals.").run(
        "support"
    )

    assert [f.code for f in found] == ["unit_differs"]


def test_a_wrong_weekday_is_flagged_and_a_right_one_is_not() -> None:
    wrong = one("Go-live is on Thursday 19 March 2027.", "Go-live 19 March 2027.").run("support")

    assert [f.code for f in wrong] == ["weekday_wrong"]
    assert one("Go-live is on Friday 19 March 2027.", "Go-live 19 March 2027.").codes("support") == []
    assert one("上线时间是2027年3月19日（周四）。", "上线时间 2027年3月19日").codes("support") == ["weekday_wrong"]
    assert one("上线时间是2027年3月19日（周五）。", "上线时间 2027年3月19日").codes("support") == []


def test_relative_dates_are_read_from_the_day_of_the_note() -> None:
    note = source("The list arrives in two weeks, review tomorrow.", dated=date(2026, 11, 2))
    right = Case([("The review was on 3 November.", (1,))], [note])
    wrong = Case([("The review was on 20 November.", (1,))], [note], as_of=date(2026, 11, 21))

    assert right.codes("support") == []
    assert wrong.codes("support") == ["date_differs"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Dear Mr Vos,",
        "Thank you for your message.",
        "I am sorry that you had to hear this from a terminal.",
        "I understand how annoying this is for you.",
        "Would Tuesday 24 November suit you?",
        "We propose to meet on 1 December.",
        "Please let me know what you think.",
        "Here is where we stand:",
        "Kind regards",
        "I will write to you again.",
        "[…: the date of the next delivery]",
        "林主任，您好：",
        "感谢您的来信。",
        "给您添了麻烦，非常抱歉。",
        "我们理解您的着急。",
        "您看 11 月 24 日方便吗？",
        "建议 12 月 1 日开会讨论。",
        "请您确认。",
        "现将近况说明如下：",
        "顺祝商祺",
    ],
)
def test_what_is_no_claim_needs_no_source(sentence: str) -> None:
    assert Case([(sentence, ())], language="zh" if not sentence.isascii() else "en").codes("support") == []


@pytest.mark.parametrize(
    "sentence", ["The order history is on staging.", "Prices were wrong for a week.", "盘点模块已部署到测试环境。"]
)
def test_a_claim_without_a_source_is_flagged(sentence: str) -> None:
    assert Case([(sentence, ())]).codes("support") == ["no_source"]


def test_saying_back_what_the_client_wrote_needs_no_source_but_may_not_change_it() -> None:
    mail = inbound("We were promised the timetable by 13 November and have nothing.")
    right = Case([("You wrote that you were promised the timetable by 13 November.", ())], inbound=mail)
    wrong = Case([("You wrote that you were promised the timetable by 30 November.", ())], inbound=mail)

    assert right.codes("support") == []
    assert wrong.codes("support") == ["no_source"]


def test_a_quotation_of_the_clients_message_claims_nothing() -> None:
    mail = inbound("昨天现场试了标签打印，十张有三张错位。你们的周报写的还是6月8日上线。")
    note = source("决定：上线由6月8日调整为6月24日。")
    plan = source("上线 6月8日", path="notes/plan.md", dated=date(2026, 11, 2))
    quoted = Case([("您提到：「你们的周报写的还是6月8日上线」", ())], inbound=mail, uncited=[plan, note], language="zh")
    invented = Case([("您提到：「十张有五张错位」", ())], inbound=mail, language="zh")

    assert quoted.codes("support") == quoted.codes("superseded") == []
    assert invented.codes("support") == ["no_source"]


def test_a_value_that_another_note_carries_is_pointed_to() -> None:
    cited = source("Training stays in one room.", path="notes/a.md")
    other = source("Training in one room costs £900.", path="notes/b.md", line=7)
    found = Case([("Training in one room costs £900.", (1,))], [cited], uncited=[other]).run("support")

    assert [(f.code, f.values["where"]) for f in found] == [("amount_elsewhere", "notes/b.md:7 (2026-11-17)")]


def test_a_label_without_evidence_is_flagged() -> None:
    assert "label_unknown" in Case([("The list has arrived.", (4,))], [source("The list has arrived.")]).codes(
        "support"
    )


def test_a_name_or_number_of_the_same_note_may_come_from_its_other_passages() -> None:
    head = source("Present: Dana Whitlow", path="notes/x.md")
    body = source("She fixes the export by Friday.", path="notes/x.md", line=9)

    assert Case([("Dana Whitlow fixes the export.", (1,))], [body], uncited=[head]).codes("support") == []


def test_the_subject_line_is_checked_too() -> None:
    case = Case(
        [("The list has arrived.", (1,))], [source("The list has arrived.")], subject="Go-live on 19 March 2027"
    )

    assert case.codes("support") == ["date_missing"]
    assert case.run("support")[0].start is None


def test_the_finding_stands_on_the_words_it_is_about() -> None:
    case = one("Go-live covers all 41 terminals.", GO_LIVE)
    body = case.input().draft.body
    (found,) = case.run("support")

    assert found.start is not None
    assert found.end is not None
    assert body[found.start : found.end] == "41 terminals"
    assert date(2026, 11, 20) == AS_OF


@pytest.mark.parametrize(
    "sentence",
    [
        "German for manual A is still planned for 20 April.",
        "- The clinic pays for the second van, not us.",
        "德语版手册A仍计划于4月20日完成。",
    ],
)
def test_a_sentence_that_stands_word_for_word_in_its_source_is_not_objected_to(sentence: str) -> None:
    assert one(sentence.lstrip("- "), sentence).codes("support") == []
