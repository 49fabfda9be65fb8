"""A list whose items stand in two columns side by side, each wrapped, so that what belongs together is level."""

from dataclasses import dataclass

from textual.content import Content
from textual.geometry import Size
from textual.strip import Strip

from tui.plain import wrap
from tui.widgets.cursor_list import MARKER, CursorList

GAP = 3


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts that belong together."""

    key: str
    left: Content
    right: Content


class PairList(CursorList):
    """Pairs one under another."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._pairs: tuple[Pair, ...] = ()
        self._places: list[tuple[int, int]] = []
        self._lines: list[tuple[int, tuple[int, int] | None, tuple[int, int] | None]] = []

    @property
    def key(self) -> str:
        """The key of the pair under the cursor."""
        return self._pairs[self.cursor].key if 0 <= self.cursor < len(self._pairs) else ""

    def show(self, pairs: tuple[Pair, ...]) -> None:
        """Show other pairs."""
        self._pairs = pairs
        self._lay_out()
        self.cursor = min(max(self.cursor, 0), len(pairs) - 1)
        self.refresh()

    def item_count(self) -> int:
        """Give the number of pairs."""
        return len(self._pairs)

    def place(self, index: int) -> tuple[int, int]:
        """Give a pair's first line and its number of lines."""
        return self._places[index]

    def item_at(self, line: int) -> int:
        """Give the pair that covers a line."""
        return self._lines[line][0] if 0 <= line < len(self._lines) else -1

    def on_resize(self) -> None:
        """Wrap anew."""
        self._lay_out()

    @property
    def _column(self) -> int:
        return max((self.line_width - 3 - GAP) // 2, 8)

    def _lay_out(self) -> None:
        self._lines, self._places = [], []
        for index, pair in enumerate(self._pairs):
            left, right = wrap(pair.left.plain, self._column), wrap(pair.right.plain, self._column)
            height = max(len(left), len(right))
            self._places.append((len(self._lines), height))
            for i in range(height):
                one = left[i] if i < len(left) else None
                other = right[i] if i < len(right) else None
                self._lines.append((index, one, other))
            self._lines.append((-1, None, None))
        self.virtual_size = Size(self.line_width, len(self._lines))

    def paint(self, line: int, width: int) -> Strip:
        """Paint one line of a pair."""
        index, left, right = self._lines[line]
        if index < 0:
            return Strip.blank(width, self.visual_style.rich_style)
        pair = self._pairs[index]
        marker = Content.styled(MARKER, "$primary") if index == self.cursor else Content(" ")
        one = pair.left[left[0] : left[1]] if left else Content("")
        other = pair.right[right[0] : right[1]] if right else Content("")
        padding = " " * max(self._column - one.cell_length, 0)
        bar = Content.styled(" │ ", "$faint")
        whole = Content.assemble(marker, " ", one, padding, bar, other)
        return self.paint_content(whole, width, self.line_style_classes(index))
