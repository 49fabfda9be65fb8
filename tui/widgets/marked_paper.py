"""Lines to type in whose words can be marked while one types: an underline first, a colour second."""

from bisect import bisect_right
from dataclasses import dataclass, replace

from rich.style import Style
from rich.text import Text
from textual.widgets.text_area import Edit, EditResult

from assistant.domain.finding import Severity
from tui.widgets.paper import Paper


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters of a text that a finding is about."""

    start: int
    end: int
    severity: Severity
    finding: str


def shifted(marks: tuple[Mark, ...], old: str, new: str) -> tuple[Mark, ...]:
    """Carry marks over to an edited text: before the edit they stay, behind it they move, what it touched goes."""
    if old == new:
        return marks
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    moved = len(new) - len(old)
    kept = []
    for mark in marks:
        if mark.end < head:
            kept.append(mark)
        elif mark.start > len(old) - tail:
            kept.append(replace(mark, start=mark.start + moved, end=mark.end + moved))
    return tuple(kept)


def _common(one: str, other: str) -> int:
    """Give the length of the common beginning, by halves: slices are compared in C, also in a megabyte."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


class MarkedPaper(Paper):
    """A paper with marks."""

    def on_mount(self) -> None:
        """Begin without marks."""
        self._marks: tuple[Mark, ...] = ()
        self._starts: list[int] = [0]

    def show_marks(self, checked: str, marks: tuple[Mark, ...]) -> None:
        """Mark what a check found in `checked`, carried over to the text as it is by now."""
        self._marks = shifted(marks, checked, self.text)
        self._measure()

    def mark_at_cursor(self) -> Mark | None:
        """Give the mark that the cursor stands in."""
        row, column = self.cursor_location
        at = self._starts[min(row, len(self._starts) - 1)] + column
        return next((m for m in self._marks if m.start <= at <= m.end), None)

    def edit(self, edit: Edit) -> EditResult:
        """Take an edit, the marks going along."""
        marks = getattr(self, "_marks", ())
        before = self.text if marks else ""
        result = super().edit(edit)
        if marks:
            self._marks = shifted(marks, before, self.text)
            self._measure()
        return result

    def _measure(self) -> None:
        self._starts = [0]
        for line in self.document.lines:
            self._starts.append(self._starts[-1] + len(line) + 1)
        self._line_cache.clear()
        self.refresh()

    def get_line(self, line_index: int) -> Text:
        """Give a line with its marks."""
        line = super().get_line(line_index)
        marks = getattr(self, "_marks", ())
        if not marks or line_index >= len(self._starts):
            return line
        first = self._starts[line_index]
        last = first + len(line.plain)
        for mark in marks[: bisect_right(marks, last, key=lambda m: m.start)]:
            if mark.end > first and mark.start < last:
                line.stylize(
                    self._look(mark.severity), max(mark.start - first, 0), min(mark.end - first, len(line.plain))
                )
        return line

    def _look(self, severity: Severity) -> Style:
        colours = self.app.theme_variables
        if severity is Severity.BLOCK:
            return Style(underline=True, bold=True, color=colours.get("error"))
        if severity is Severity.WARN:
            return Style(underline=True, color=colours.get("warning"))
        return Style(underline=True)
