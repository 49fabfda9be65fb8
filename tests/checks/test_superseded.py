from datetime import date

import pytest

from assistant.domain.note import NoteKind
from tests.checks.checks_case import Case, source

OLD = date(2026, 11, 2)
NEW = date(2026, 11, 16)


def case(sentence: str, cited: str, later: str, *, kind: NoteKind = NoteKind.MINUTES, dated: date | None = NEW) -> Case:
    return Case(
        [(sentence, (1,))],
        [source(cited, path="notes/old.md", dated=OLD)],
        uncited=[source(later, path="notes/new.md", dated=dated, kind=kind, line=5)],
        language="zh" if not sentence.isascii() else "en",
    )


@pytest.mark.parametrize(
    ("sentence", "cited", "later", "value"),
    [
        (
            "We remain on course for go-live on 30 March 2027.",
            "Go-live, all 14 terminals: 30 March 2027",
            "Agreed: go-live moves from 30 March to 22 April 2027, all terminals.",
            "22 April 2027",
        ),
        (
            "Crew training is on 14 December at Lowmouth.",
            "Crew training 14 December at Lowmouth",
            "Booked the Lowmouth room, crew training 16 December.",
            "16 December",
        ),
        (
            "Crew training is on 14 December.",
            "Crew training 14 December",
            "Crew training 16 December (not the 14 December).",
            "16 December",
        ),
        ("The quote for lockers is £6,480.", "Quote for lockers: £6,480", "Quote for lockers now £7,100.", "£7,100"),
        (
            "三个码头6月8日上线。",
            "三个码头 6月8日 上线",
            "决定：码头上线由6月8日调整为6月24日，原6月8日作废。",
            "6月24日",
        ),
        ("三个码头仍按原计划6月8日上线。", "三个码头 6月8日 上线", "决定：码头上线由6月8日调整为6月24日。", "6月24日"),
        ("操作培训定在6月2日。", "操作培训 6月2日", "操作培训改到6月22日，昌州会议室。", "6月22日"),
        ("试用参加人数为 20 人。", "试用参加人数 20 人", "试用参加人数定为 16 人。", "16 人"),
    ],
)
def test_a_later_value_supersedes(sentence: str, cited: str, later: str, value: str) -> None:
    found = case(sentence, cited, later).run("superseded")

    assert [f.code for f in found] == ["superseded"]
    assert found[0].values["source"].rstrip(".") == value
    assert found[0].values["other_where"] == "notes/new.md:5 (2026-11-16)"
    assert found[0].values["where"].startswith("notes/old.md:1")


@pytest.mark.parametrize(
    ("sentence", "cited", "later"),
    [
        # another thing altogether, another round, another ticket, another milestone
        ("Go-live is on 30 March 2027.", "Go-live 30 March 2027", "The board meets on 26 March 2027."),
        (
            "Regression round 1 ends on 18 November.",
            "Regression round 1 ends 18 November",
            "Regression round 2 ends 30 November.",
        ),
        (
            "HP-247 is due on 27 November.",
            "HP-247 collect slot due 27 November",
            "HP-250 refund rounding due 30 November.",
        ),
        ("Go-live is on 30 March 2027.", "Go-live 30 March 2027", "Go / no-go call on 28 March 2027."),
        (
            "Crew training is on 14 December.",
            "Crew training 14 December",
            "Names of two crew users per terminal by 16 December.",
        ),
        ("第一批网关5月25日到。", "第一批网关 5月25日 到", "第二批网关 6月5日 到。"),
        ("三个码头6月24日上线。", "三个码头 6月24日 上线", "6月23日下午开上线评审会。"),
        # another thing about the same change request; a part of a whole; a month and a day that share a name
        ("CR-07 的报价5月21日已发。", "5月21日 CR-07 报价已发", "CR-07 报价有效期到6月12日。"),
        (
            "HP-231: prices of 340 accounts are wrong.",
            "HP-231: prices of 340 accounts wrong",
            "HP-231: 2 of 3 accounts right.",
        ),
        ("网关协议按尼瓦斯 3 月给的版本。", "网关协议按尼瓦斯 3 月给的版本", "尼瓦斯5月18日来信：网关协议要换。"),
        # says the same
        ("Go-live is on 30 March 2027.", "Go-live 30 March 2027", "Go-live stays on 30 March 2027."),
        # tells what somebody said before
        ("Go-live is on 30 March 2027.", "Go-live 30 March 2027", "You told us go-live would be on 1 March 2027."),
    ],
)
def test_what_is_about_something_else_or_agrees_does_not(sentence: str, cited: str, later: str) -> None:
    assert case(sentence, cited, later).codes("superseded") == []


def test_an_older_note_changes_nothing() -> None:
    older = case(
        "Go-live is on 30 March 2027.", "Go-live 30 March 2027", "Go-live 1 March 2027", dated=date(2026, 10, 1)
    )

    assert older.codes("superseded") == []


@pytest.mark.parametrize(
    ("later", "kind"),
    [
        ("Maybe we can still make go-live on 15 March 2027.", NoteKind.MINUTES),
        ("Target for go-live: 15 March 2027.", NoteKind.LOG),
        ("go-live 15 March 2027 would work", NoteKind.CHAT),
    ],
)
def test_a_later_guess_is_a_conflict_of_its_own(later: str, kind: NoteKind) -> None:
    found = case("Go-live is on 30 March 2027.", "Agreed: go-live 30 March 2027.", later, kind=kind).run("superseded")

    assert [f.code for f in found] == ["later_guess"]


def test_a_chinese_hope_does_not_supersede_a_decision() -> None:
    found = case("码头上线定在6月24日。", "决定：码头上线定为6月24日。", "争取6月17日码头上线。", kind=NoteKind.CHAT)

    assert found.codes("superseded") == ["later_guess"]


@pytest.mark.parametrize("dated", [OLD, None])
def test_notes_of_one_day_or_without_a_day_that_disagree_are_a_conflict(dated: date | None) -> None:
    found = case("Go-live is on 30 March 2027.", "Go-live 30 March 2027", "Go-live 22 April 2027", dated=dated)

    assert found.codes("superseded") == ["conflict"]


def test_a_value_told_as_the_former_one_is_left_alone() -> None:
    told = case(
        "Go-live moved from 30 March to 22 April 2027.",
        "Go-live 30 March 2027",
        "Agreed: go-live moves from 30 March to 22 April 2027.",
    )

    assert told.codes("superseded") == []


def test_a_list_of_decisions_is_read_entry_by_entry() -> None:
    log = source(
        "D-01 | 9 November | Go-live 30 March 2027\nD-05 | 12 November | Go-live 22 April 2027 (was 30 March)",
        path="notes/decisions.md",
        dated=NEW,
    )
    old = Case([("Go-live is on 30 March 2027.", (1,))], [log])
    new = Case([("Go-live is on 22 April 2027.", (1,))], [log])

    assert old.codes("superseded") == ["superseded"]
    assert new.codes("superseded") == []


def test_the_day_a_list_is_due_is_not_the_day_of_the_milestone() -> None:
    given = case(
        "UAT round 2 with branches is planned from 1 April to 10 April 2027.",
        "UAT round 2 with branches, 1 April to 10 April 2027",
        "Priya to give us names of two UAT users per branch by 26 March 2027",
    )

    assert given.codes("superseded") == []
