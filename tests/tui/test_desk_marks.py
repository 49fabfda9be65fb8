"""Marks stay with their words while a person types."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.finding import Severity
from tests.tui.desk_tools import DeskMaker, open_draft, running, see, until
from tui.screens.review import ReviewScreen
from tui.widgets.marked_paper import Mark, MarkedPaper, shifted

TEXT = "The plan costs EUR 48,250 more. […: who signs]"


def mark(words: str, text: str = TEXT) -> Mark:
    start = text.index(words)
    return Mark(start, start + len(words), Severity.WARN, words)


def test_marks_before_an_edit_stay_those_behind_move_and_a_touched_one_goes() -> None:
    marks = (mark("EUR 48,250"), mark("[…: who signs]"))
    longer = TEXT.replace("more", "much more")
    assert [longer[m.start : m.end] for m in shifted(marks, TEXT, longer)] == ["EUR 48,250", "[…: who signs]"]
    touched = TEXT.replace("48,250", "48,2500")
    assert [touched[m.start : m.end] for m in shifted(marks, TEXT, touched)] == ["[…: who signs]"]
    assert shifted(marks, TEXT, "") == ()


@given(st.text(max_size=60), st.text(max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_a_mark_that_is_kept_still_covers_its_words(old: str, new: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(old)), min(other, len(old))))
    for kept in shifted((Mark(start, end, Severity.WARN, "f"),), old, new):
        assert new[kept.start : kept.end] == old[start:end]


async def test_the_words_of_a_finding_are_underlined_and_said_at_the_cursor(desk: DeskMaker) -> None:
    app = desk()
    async with running(app) as pilot:
        await open_draft(pilot, "d-open")
        await pilot.press("n", "n", "e")
        await until(pilot, lambda: isinstance(app.focused, MarkedPaper), "the editor")
        paper = app.focused
        assert isinstance(paper, MarkedPaper)
        row = next(i for i, line in enumerate(paper.document.lines) if "who signs" in line)
        spans = paper.get_line(row).spans
        words = [paper.document.lines[row][s.start : s.end] for s in spans]
        assert words == ["[…: who signs the plan]"]
        assert all(getattr(s.style, "underline", False) for s in spans)
        await see(pilot, "[block] Something is still missing here")
        screen = app.screen
        assert isinstance(screen, ReviewScreen)
        paper.move_cursor((0, 0))
        paper.insert("Good day. ")
        words = [paper.document.lines[row][s.start : s.end] for s in paper.get_line(row).spans]
        assert words == ["[…: who signs the plan]"]
