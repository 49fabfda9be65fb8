"""Promises: backed, dated, within what the sender may decide, and reported when they fall due."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.checks.run import CHECKS
from assistant.checks.told import promises
from assistant.domain.draft import Origin, WrittenBy
from assistant.domain.finding import Severity
from assistant.domain.note import NoteKind
from assistant.domain.project import Authority
from tests.checks.checks_case import inbound, source
from tests.checks.written_case import Written, log, minutes, sent


@pytest.mark.parametrize(
    ("said", "note", "code"),
    [
        ("I will send you the migration report.", "Migration report: Ruth sends it to Piet", "no_date"),
        ("We will deliver the offline mode by 4 December.", "Price import fixed.", "unbacked"),
        ("We will do this free of charge.", "x", "money"),
        ("We can offer you a 10 % discount on the lockers.", "x", "money"),
        ("We will add the driver app.", "driver app asked for by Martin", "scope"),
        ("核对报告我会发给您。", "核对报告 沈屹发给顾主任", "no_date"),
        ("我们会在12月4日前交付离线模式。", "价格导入已修复。", "unbacked"),
        ("我们会免费为您延长两个月运维。", "x", "money"),
        ("这部分我们给您打八折。", "x", "money"),
        ("我们会增加电子围栏功能。", "x", "scope"),
    ],
)
def test_a_promise_that_should_not_go_out_warns_once(said: str, note: str, code: str) -> None:
    found = Written([said], [log(note)]).run("commitments")

    assert [(f.code, f.severity) for f in found] == [(code, Severity.WARN)]


@pytest.mark.parametrize("writer", ["offline", "model", "person"])
@pytest.mark.parametrize("origin", list(Origin))
@pytest.mark.parametrize(
    ("said", "note"),
    [
        ("I will tell you the outcome by 27 November.", "The outcome is open."),
        ("You will hear from me by Friday 27 November.", "Price import fixed."),
        ("我会在11月27日前告知您结果。", "价格导入已修复。"),
        ("11月27日前给您书面报告。", "价格导入已修复。"),
    ],
)
def test_a_new_promise_with_a_day_is_named_and_only_what_a_person_typed_into_a_draft_is_taken_as_meant(
    said: str, note: str, origin: Origin, writer: str
) -> None:
    given = Written([said], [log(note)]).input()
    (section,) = given.draft.sections
    typed = replace(section, sentences=tuple(replace(s, origin=origin) for s in section.sentences))
    draft = replace(given.draft, sections=(typed,), writer=WrittenBy(writer))
    found = CHECKS["commitments"](replace(given, draft=draft))
    meant = origin is Origin.HUMAN and writer != "person"

    assert [(f.code, f.severity) for f in found] == [("new_promise", Severity.INFO if meant else Severity.WARN)]


@pytest.mark.parametrize(
    "said",
    [
        "I will send you a report by 27 November, and the rest is free of charge.",
        "我们会在12月4日前交付离线模式，费用全部由我方承担。",
    ],
)
def test_a_promise_beside_an_offer_of_money_is_named_too(said: str) -> None:
    note = "价格导入已修复。" if said.startswith("我") else "Price import fixed."
    codes = Written([said], [log(note)]).codes("commitments")

    assert "money" in codes
    assert len(codes) == 2


@pytest.mark.parametrize(
    ("said", "note"),
    [
        ("I will send you the migration report by Friday 27 November.", "Ruth reports to Piet on 27 November"),
        ("We will deliver the offline mode by 4 December.", "Offline mode: deliver by 4 December, agreed"),
        ("I will call you every Friday.", "x"),
        ("We will start it after go-live.", "We start it after go-live."),
        ("We will keep you informed.", "x"),
        ("This is not free of charge.", "x"),
        ("The discount codes are live on staging.", "discount codes live"),
        ("We will add two testers to the team by 1 December.", "add two testers to the team by 1 December"),
        ("UAT will be held from 1 December.", "UAT 1 December"),
        ("We will look forward to seeing you.", "x"),
        ("核对报告我会在11月27日前发给您。", "核对报告 沈屹11月27日发顾主任"),
        ("我们不会增加费用。", "x"),
        ("上线后我们每周五向您通报进展。", "x"),
        ("第二轮回归将于11月25日开始。", "第二轮回归 11/25 开始"),
        ("如有变化，我们会当天告知您。", "x"),
    ],
)
def test_a_promise_that_one_may_make_is_silent(said: str, note: str) -> None:
    assert Written([said], [log(note)]).codes("commitments") == []


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("We will go live on 12 April 2027.", "Go-live is on 12 March 2027."),
        ("三个码头将于4月12日上线。", "三个码头3月12日上线。"),
    ],
)
def test_a_shift_beyond_the_limit_warns_with_both_figures(said: str, told: str) -> None:
    found = Written([said], [log(f"maybe: {said}")], [sent(told)]).run("commitments")

    assert [(f.code, f.values["days"], f.values["limit"]) for f in found] == [("date_shift", "31", "5")]


def test_a_shift_within_the_limit_or_agreed_with_the_client_is_silent() -> None:
    told = sent("Go-live is on 12 March 2027.")
    agreed = minutes("Agreed: go-live moves from 12 March to 12 April 2027.")

    assert Written(["Go-live is on 15 March 2027."], [log("go-live 15 March")], [told]).codes("commitments") == []
    assert Written(["Go-live is on 12 April 2027."], [log("x")], [told, *agreed]).codes("commitments") == []


def test_notes_of_another_language_back_by_their_day() -> None:
    said = "我们会在11月30日前完成复测。"

    assert Written([said], [], [log("Retest of the printing done by 30 November.")]).codes("commitments") == []
    assert Written([said], [], [log("Wi-Fi is weak."), log("标签纸到货。")]).codes("commitments") == ["unbacked"]
    assert Written([said]).codes("commitments") == ["unbacked"]


def test_the_end_of_a_span_is_no_shift_of_its_beginning() -> None:
    told = sent("UAT round 2 starts on 1 April 2027.")
    said = "UAT round 2 is planned from 1 April 2027 to 10 April 2027."

    assert Written([said], [log(said)], [told]).codes("commitments") == []
    moved = "We move UAT round 2 from 1 April 2027 to 10 April 2027."
    assert Written([moved], [log("x")], [told]).codes("commitments") == ["date_shift"]


def test_a_shift_that_a_decision_carries_is_no_longer_the_senders() -> None:
    decided = source("Decided: go-live 12 April 2027.", path="notes/decisions.md", kind=NoteKind.DECISION)
    told = sent("Go-live is on 12 March 2027.")

    assert Written(["Go-live is on 12 April 2027."], [decided], [told]).codes("commitments") == []


def test_the_card_decides_what_may_be_offered() -> None:
    free = Authority(5, may_offer_money=True, may_add_scope=True)
    said = ["We will do the price import free of charge by 4 December.", "We will add the driver app by 4 December."]
    notes = [log("price import by 4 December, driver app by 4 December")]

    assert Written(said, notes).codes("commitments") == ["money", "scope"]
    assert Written(said, notes, authority=free).codes("commitments") == []


# --- promises made before ------------------------------------------------------------------------------------

TIMETABLE = "I will send you the branch training timetable by Friday 13 November."
REPORT = "历史库存迁移的核对报告，我会在11月13日前发给您。"


@pytest.mark.parametrize(
    ("text", "head", "due"),
    [(TIMETABLE, "timetabl", date(2026, 11, 13)), (REPORT, "报告", date(2026, 11, 13))],
)
def test_dated_promises_are_read_from_sent_messages_alone(text: str, head: str, due: date) -> None:
    found = promises(sent(f"All is well.\n\n{text}"))

    assert [(p.head, p.due, p.made) for p in found] == [(head, due, date(2026, 11, 6))]
    assert promises(log(text)) == ()
    assert promises(source(text, kind=NoteKind.SENT, quoted=True)) == ()


@pytest.mark.parametrize(
    ("told", "said"),
    [(TIMETABLE, "Regression round 1 is done."), (REPORT, "第一轮回归已完成。")],
)
@pytest.mark.parametrize("kind", ["status", "complaint"])
def test_a_due_promise_left_out_warns(told: str, said: str, kind: str) -> None:
    found = [f for f in Written([said], [log(said)], [sent(told)], kind=kind).run("coverage") if "due" in f.code]

    assert [(f.code, f.severity, f.values["date"]) for f in found] == [("due_unreported", Severity.WARN, "2026-11-13")]
    assert found[0].values["where"] == "notes/sent.eml:1 (2026-11-06)"


@pytest.mark.parametrize(
    ("told", "said", "later"),
    [
        (TIMETABLE, "The training timetable is late, you get it on 24 November.", ""),
        (TIMETABLE, "Regression round 1 is done.", "Branch training timetable sent to Piet."),
        (TIMETABLE.replace("13 November", "27 November"), "Regression round 1 is done.", ""),
        (TIMETABLE, "On 6 November we promised you the timetable […: whether it was sent]", ""),
        (REPORT, "核对报告还没有完成，11月24日发给您。", ""),
        (REPORT, "第一轮回归已完成。", "迁移核对报告已发给客户。"),
    ],
)
def test_a_promise_reported_kept_or_not_yet_due_is_silent(told: str, said: str, later: str) -> None:
    notes = [sent(told), *([log(later)] if later else [])]

    assert Written([said], [log(said)], notes).codes("coverage") == []


def test_a_note_that_it_is_still_open_does_not_keep_a_promise() -> None:
    notes = [sent(TIMETABLE), log("branch training timetable still not sent to Piet!")]

    assert Written(["Regression is done."], [log("Regression done.")], notes).codes("coverage") == ["due_unreported"]


def test_the_clients_own_words_given_back_report_nothing() -> None:
    mail = inbound("You promised me the training timetable by 13 November.")
    said = "You write: “You promised me the training timetable by 13 November.”"

    found = Written([said], [], [sent(TIMETABLE)], kind="complaint", inbound=mail).codes("coverage")

    assert "due_unreported" in found


def test_a_gap_about_it_speaks_of_it_even_beside_quoted_words() -> None:
    mail = inbound(f"核对报告还没有看到。\n\n> {REPORT}")
    said = f"11月6日我们写给您的是：「{REPORT}」[…: 是否已经发出]"

    assert "due_unreported" not in Written([said], [], [sent(REPORT)], kind="complaint", inbound=mail).codes("coverage")


def test_other_kinds_of_message_owe_no_report() -> None:
    given = Written(["Regression is done."], [log("Regression done.")], [sent(TIMETABLE)], kind="expectation")

    assert given.codes("coverage") == []
