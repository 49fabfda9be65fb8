"""Replies to a client: due promises are owned, points joined and kept, matters answered, the length kept."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.domain.brief import Written
from assistant.domain.draft import render
from assistant.domain.inbound import Point, PointKind
from assistant.domain.note import NoteKind, Passage
from assistant.domain.project import Language
from assistant.writing.discretion import public_head
from assistant.writing.markers import without_gaps
from assistant.writing.offline import LIMIT, OfflineWriter
from assistant.writing.restating import restated, shorter
from tests.writing.writing_builders import brief, note, task

PROMISED = note(
    "Dear Ms Osei,\n\nI will send you the parking layout by Friday 13 March.\n\nAda Ray",
    date(2026, 3, 6),
    NoteKind.SENT,
)
PROMISED_ZH = note("林总监，您好：\n\n停车位布局图，我会在5月22日前发给您。\n\n沈屹", date(2026, 5, 15), NoteKind.SENT)
MAIL = (
    "Ada,\n\nthe parking layout was promised for 13 March and nobody sent it to the drivers. I should not have to ask"
    " for this.\n\nThe ramp sensors show wrong counts. When will that be right?\n\nPlease send me a plan by Monday, and"
    " call me before Thursday.\n\nRuth Osei"
)
MAIL_ZH = (
    "沈经理：\n\n我很不满意。停车位布局图说好5月22日前给我，到现在没有看到。\n\n坡道传感器计数不准，夜班没法用。"
    "这个什么时候能改好？\n\n林岚"
)


def reply(*passages: Passage, language: Language = "en", mail: str = MAIL, as_of: date = date(2026, 3, 20)) -> Written:
    return OfflineWriter().write(task(brief("complaint", language, as_of=as_of, mail=mail), passages))


def body_of(written: Written, language: Language = "en") -> str:
    return render(written.sections, language)[0]


def test_a_promise_that_is_due_is_owned_and_its_day_left_to_a_person() -> None:
    plan = note("Thu 19/3\n parking layout: draft is here, goes out by Mon 23/3", date(2026, 3, 19), NoteKind.LOG)
    written = reply(PROMISED, plan)
    owned = next(s for part in written.sections for s in part.sentences if s.text.startswith("On 6 March we wrote"))
    assert "“I will send you the parking layout by Friday 13 March.”" in owned.text
    assert "[…: whether it was sent, or when it will be; notes of 19 March name Monday 23 March]" in owned.text
    assert len(owned.evidence) == 2


def test_a_promise_is_owned_in_chinese_and_in_a_status_update() -> None:
    text = (
        "5月15日我们写给您的是：「停车位布局图，我会在5月22日前发给您」。目前的情况：[…: 是否已经发出，或者何时发出]。"
    )
    answer = reply(PROMISED_ZH, language="zh", mail=MAIL_ZH, as_of=date(2026, 5, 29))
    update = OfflineWriter().write(task(brief("status", "zh", as_of=date(2026, 5, 29)), [PROMISED_ZH]))
    assert text in body_of(answer, "zh")
    assert text in body_of(update, "zh")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The parking layout was sent to Ms Osei today.", NoteKind.LOG),
        ("Dear Ms Osei,\n\nThe parking layout for your drivers is attached.", NoteKind.SENT),
    ],
)
def test_a_promise_that_was_kept_is_not_brought_up(text: str, kind: NoteKind) -> None:
    assert "we wrote to you" not in body_of(reply(PROMISED, note(text, date(2026, 3, 12), kind)))


def test_a_promise_that_is_not_due_yet_is_not_owned() -> None:
    assert "we wrote to you" not in body_of(reply(PROMISED, as_of=date(2026, 3, 10)))


def test_a_reproach_and_a_short_question_are_heard_with_what_they_are_about() -> None:
    inbound = brief("complaint", mail=MAIL).inbound
    assert inbound is not None
    heard = restated(inbound, "en")
    assert len(heard) == 3
    assert "was promised for 13 March and nobody sent it to the drivers." in heard[0]
    assert "“The ramp sensors show wrong counts. When will that be right?”" in heard[1]
    assert "“Please send me a plan by Monday, and call me before Thursday.”" in heard[2]


def test_what_a_client_goes_on_with_after_a_mood_is_heard() -> None:
    inbound = brief("complaint", "zh", mail=MAIL_ZH).inbound
    assert inbound is not None
    layout, sensors = restated(inbound, "zh")
    assert "「停车位布局图说好5月22日前给我，到现在没有看到。」" in layout
    assert "「坡道传感器计数不准，夜班没法用。这个什么时候能改好？」" in sensors


def test_a_long_quotation_loses_clauses_but_no_value_no_denial_and_no_point() -> None:
    inbound = brief("complaint", mail=MAIL).inbound
    assert inbound is not None
    long = "You write: “The ramp sensors show wrong counts on all three levels of the garage{}”"
    assert shorter(long.format(", and the guards are asking me why."), inbound) == long.format("…")
    for tail in (", since 9 March.", ", and nobody told me.", ", call me before Thursday."):
        assert shorter(long.format(tail), inbound) == ""
    assert shorter("Our notes say nothing.", inbound) == ""


def test_who_does_what_by_when_about_the_clients_matter_is_told() -> None:
    minutes = note(
        "Present: Ruth Osei (Farhill), Tim Vance (Farhill), Ada Ray\n\nRamp sensors show wrong counts on level two.\n"
        "\nActions\n- Tim Vance: send the list of ramp sensors with wrong counts by Tue 24 March\n"
        "- Ada: new plan for the ramp sensors, by Fri 27 March\n"
        "- me: ask the supplier about the price, by Fri 27 March",
        date(2026, 3, 18),
    )
    body = body_of(reply(minutes))
    assert "We need Tim Vance to send the list of ramp sensors with wrong counts by Tuesday 24 March." in body
    assert "New plan for the ramp sensors is due by Friday 27 March." in body
    assert "supplier" not in body


def test_a_changed_day_without_a_known_reason_is_told_to_who_asks_about_it() -> None:
    plan = note("Go-live of the portal on 30 March 2026.", date(2026, 2, 2), NoteKind.PLAN)
    moved = note("Agreed: go-live now Wednesday 22 April 2026 (was 30 March).", date(2026, 3, 11))
    mail = "Ada,\n\ngo-live on 30 March was moved again and nobody told me about it.\n\nRuth Osei"
    assert "is now planned for Wednesday 22 April instead of 30 March." in body_of(reply(plan, moved, mail=mail))


def test_a_fact_before_an_aside_about_being_late_is_kept_and_a_secret_is_not() -> None:
    assert (
        public_head("核对报告初稿出来了，差异 552 条。 答应客户 22 号给的，已经晚了！！")
        == "核对报告初稿出来了，差异 552 条。"
    )
    assert public_head("Layout is done. MUST go out by Mon 23/3!!") == "Layout is done."
    assert public_head("Layout is done. Don't tell the client!!") == ""
    assert public_head("Must go out!! Layout is done.") == ""


def test_a_replys_length_counts_the_whole_message_and_gaps_stay() -> None:
    logs = [
        note(f"{d}/3\n ramp sensors of hall {d} fixed and tested, wrong counts gone on all {d + 20} lanes of the hall",
             date(2026, 3, d), NoteKind.LOG)
        for d in range(9, 19)
    ]  # fmt: skip
    written = reply(PROMISED, *logs)
    body = body_of(written)
    assert written.left_out
    assert len(without_gaps(body).replace("\n- ", "\n").split()) <= LIMIT["en"]
    assert all(f"[…: {gap}]" in body for gap in written.gaps)
    assert "call me before Thursday" in body


def test_what_asks_for_nothing_is_told_as_written() -> None:
    point = Point(1, PointKind.REQUEST, "The press preview is on 5 November.", 6, 41)
    mail = brief("complaint", mail="Ada,\n\nThe press preview is on 5 November.\n\nRuth").inbound
    assert mail is not None
    body = mail.mail.body
    start = body.index("The press")
    given = replace(mail, triage=replace(mail.triage, points=(replace(point, start=start, end=start + 35),)))
    assert restated(given, "en") == ("You write: “The press preview is on 5 November.”",)
