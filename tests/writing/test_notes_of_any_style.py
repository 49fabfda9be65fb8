"""Notes in the styles that people write them in: what becomes of dates, people, tables, causes and orders."""

from datetime import date

import pytest

from assistant.domain.draft import Evidence
from assistant.domain.note import NoteKind, Passage
from assistant.writing.instruction import read_instruction
from assistant.writing.lines import lines_of
from tests.writing.writing_builders import note


def days_of(text: str, kind: NoteKind = NoteKind.LOG, as_of: date = date(2026, 12, 4)) -> list[tuple[str, str]]:
    passage: Passage = note(text, None, kind)
    return [(str(line.dated), line.text) for line in lines_of(Evidence(1, passage), as_of)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "12.1 地毯到货\n12.1 图纸到\n12.2 隔断退回",
            [("2026-12-01", "地毯到货"), ("2026-12-01", "图纸到"), ("2026-12-02", "隔断退回")],
        ),
        ("28/7 bridge shut\n3/8 route drawn", [("2026-07-28", "bridge shut"), ("2026-08-03", "route drawn")]),
        (
            "2 Jun: plan approved\n19 Jun: 143 enrolled",
            [("2026-06-02", "plan approved"), ("2026-06-19", "143 enrolled")],
        ),
        (
            "04.11. build in QA\n05.11. rehearsal done\n16.11. go",
            [("2026-11-04", "build in QA"), ("2026-11-05", "rehearsal done"), ("2026-11-16", "go")],
        ),
        ("8月10日 收费跑通\n8月11日 补丁到位", [("2026-08-10", "收费跑通"), ("2026-08-11", "补丁到位")]),
    ],
)
def test_days_at_the_heads_of_log_lines_are_read_in_any_style(text: str, expected: list[tuple[str, str]]) -> None:
    assert days_of(text) == expected


def test_a_year_is_that_which_lies_nearest_before_the_day_of_reading() -> None:
    assert days_of("28/12 shut down\n3/1 started again", as_of=date(2026, 1, 10)) == [
        ("2025-12-28", "shut down"),
        ("2026-01-03", "started again"),
    ]


def test_numbered_points_of_minutes_are_no_days() -> None:
    lines = days_of("1.1 Fire doors hung\n1.2 Lift tested", NoteKind.MINUTES)
    assert [day for day, _ in lines] == ["None", "None"]


@pytest.mark.parametrize(
    ("words", "most", "first", "copies", "points", "silent"),
    [
        ("under 100 words", 100, "", (), (), ()),
        ("start with the risks. cc Li Wei", None, "risks", ("Li Wei",), (), ()),
        ("answer points 1 and 3; do not mention the budget", None, "", (), (1, 3), ("budget",)),
        ("不超过200字，先说风险", 200, "风险", (), (), ()),
        ("抄送李伟；回答第3点；不要提预算", None, "", ("李伟",), (3,), ("预算",)),
    ],
)
def test_an_instruction_is_read_part_by_part(
    words: str, most: int | None, first: str, copies: tuple[str, ...], points: tuple[int, ...], silent: tuple[str, ...]
) -> None:
    read = read_instruction(words)
    assert (read.most, read.first, read.copies, read.points, read.silent_about) == (most, first, copies, points, silent)
    assert read.unused == ()


def test_what_cannot_be_obeyed_is_said() -> None:
    assert read_instruction("under 80 words; mention how much we love them").unused == (
        "mention how much we love them",
    )
