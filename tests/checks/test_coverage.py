from dataclasses import replace

import pytest

from assistant.checks.run import CHECKS
from assistant.domain.draft import Lead
from assistant.domain.guidance import Bilingual, BilingualList, Playbook, PlaybookStep, Window
from assistant.i18n import text
from tests.checks.checks_case import Case, inbound, source


def step(name: str, cues: BilingualList, *, required: bool = True, fixed: BilingualList | None = None) -> PlaybookStep:
    both = Bilingual(name, name)
    return PlaybookStep(
        name, both, both, (), required, (), Window.ANY, 3, "paragraph", both, both, cues, both, fixed or BilingualList()
    )


REPLY = Playbook(
    "complaint",
    Bilingual("Reply", "回复"),
    Bilingual("Reply", "回复"),
    Bilingual("Re", "回复"),
    needs_inbound=True,
    steps=(
        step("listen", BilingualList(("you wrote", "you describe"), ("您提到", "来信中"))),
        step("solve", BilingualList(("we have fixed", "fixed"), ("已修复",))),
        step("explain", BilingualList(("the cause", "because"), ("原因",))),
        step("learn", BilingualList(("from now on",), ("今后",)), required=False),
    ),
)
UPDATE = Playbook("status", REPLY.title, REPLY.subject, REPLY.reply_subject, needs_inbound=False, steps=REPLY.steps)


def test_a_required_step_that_nothing_serves_is_missing() -> None:
    case = Case([("You wrote about prices.", ()), ("It is fixed.", ())], steps=["listen", "solve"], playbook=REPLY)
    found = case.run("coverage")

    assert [(f.code, f.values["step"]) for f in found] == [("step_missing", "explain")]


@pytest.mark.parametrize("sentence", ["The cause was a changed layout.", "原因是版式变了。"])
def test_a_cue_in_any_sentence_serves_a_step(sentence: str) -> None:
    sentences = [("You wrote about prices.", ()), ("It is fixed.", ()), (sentence, ())]

    assert Case(sentences, steps=["listen", "solve", ""], playbook=REPLY).codes("coverage") == []


def test_explaining_before_listening_is_out_of_order() -> None:
    sentences = [("The cause was a layout.", ()), ("You wrote about prices.", ()), ("It is fixed.", ())]
    reply = Case(sentences, steps=["explain", "listen", "solve"], playbook=REPLY).run("coverage")
    update = Case(sentences, steps=["explain", "listen", "solve"], playbook=UPDATE).run("coverage")

    assert [(f.code, f.severity, f.values["step"]) for f in reply] == [("step_order", "warn", "explain")]
    assert [(f.code, f.severity) for f in update] == [("step_order", "info")]
    assert Case(sentences, steps=["listen", "solve", "explain"], playbook=REPLY).codes("coverage") == []


MAIL = """Brackley Homes still sees the wrong prices.

When will the training timetable be ready?

Please call me before the board meets on 26 November."""
MAIL_ZH = "库存迁移的核对报告今天还没有看到。\n\n标签打印什么时候能改好？\n\n请在11月24日前给我一份书面的时间安排。"


@pytest.mark.parametrize(
    ("mail", "answers", "left"),
    [
        (
            MAIL,
            [
                "The prices of Brackley Homes are right again.",
                "The training timetable is ready.",
                "I call you before your board meets.",
            ],
            [],
        ),
        (MAIL, ["The prices of Brackley Homes are right again."], ["2", "3"]),
        (MAIL, ["I call you on 26 November."], ["1", "2"]),
        (MAIL, ["Everything is fine."], ["1", "2", "3"]),
        (MAIL_ZH, ["库存迁移的核对报告附上。", "标签打印已经改好。", "书面的时间安排11月23日给您。"], []),
        (MAIL_ZH, ["库存迁移的核对报告附上。"], ["2", "3"]),
    ],
)
def test_points_without_an_answer_are_named(mail: str, answers: list[str], left: list[str]) -> None:
    case = Case([(a, ()) for a in answers], inbound=inbound(mail), language="zh" if mail is MAIL_ZH else "en")
    found = case.run("coverage")

    assert [f.values["number"] for f in found] == left
    assert {f.code for f in found} <= {"point_unanswered"}


def test_the_cited_note_may_bridge_other_words() -> None:
    note = source("Brackley Homes prices: wrong tier, mapping corrected.")
    case = Case([("The Brackley account is in order since Tuesday.", (1,))], [note], inbound=inbound(MAIL))

    assert [f.values["number"] for f in case.run("coverage")] == ["2", "3"]


def test_points_in_another_language_are_only_remarked_on() -> None:
    case = Case([("核对报告附上。", ())], inbound=inbound(MAIL), language="zh")

    assert {(f.code, f.severity) for f in case.run("coverage")} == {("point_unsure", "info")}


def test_a_point_without_an_answer_names_the_note_that_comes_nearest() -> None:
    lead = Lead(2, "notes/call.vtt:3 (2026-11-18)", "Ines: the timetable is ready on 21 November.")
    case = Case([("You ask: “When will the training timetable be ready?”", ())], inbound=inbound(MAIL))
    given = case.input()
    found = CHECKS["coverage"](replace(given, draft=replace(given.draft, leads=(lead,))))
    by_number = {f.values["number"]: f for f in found}

    assert (by_number["2"].code, by_number["2"].values["where"]) == ("point_heard_lead", lead.where)
    assert by_number["1"].code == "point_unanswered"
    for language in ("en", "zh"):
        assert lead.text in text(by_number["2"].message_key, language, **by_number["2"].values)


def test_a_gap_answers_nothing() -> None:
    case = Case([("[…: when the training timetable is ready]", ())], inbound=inbound(MAIL))

    assert "2" in [f.values["number"] for f in case.run("coverage")]


@pytest.mark.parametrize(
    ("mail", "said", "code"),
    [
        (MAIL, "You write: “Brackley Homes still sees the wrong prices.”", "point_heard"),
        (MAIL, "Brackley Homes still sees the wrong prices.", "point_heard"),
        (MAIL, "The prices of Brackley Homes are right since Monday.", None),
        (MAIL_ZH, "您提到：「库存迁移的核对报告今天还没有看到。」", "point_heard"),
        (MAIL_ZH, "库存迁移的核对报告今天已经发出。", None),
    ],
)
def test_saying_a_point_back_is_no_answer(mail: str, said: str, code: str | None) -> None:
    case = Case([(said, ())], inbound=inbound(mail), language="zh" if mail is MAIL_ZH else "en")
    found = {f.values["number"]: (f.code, f.severity) for f in case.run("coverage")}

    assert found.get("1") == (None if code is None else (code, "info"))
