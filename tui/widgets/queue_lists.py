"""The queue and the outbox: one line each, painted only when in sight, so that 10,000 are as quick as ten."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Size
from textual.strip import Strip

from assistant.domain.draft import DraftStatus
from assistant.domain.outbox import OutboxEntry, OutboxState
from assistant.domain.project import Language
from assistant.i18n import text
from assistant.ports import DraftRow
from tui import wording
from tui.keys import key
from tui.plain import age, fit
from tui.widgets.cursor_list import MARKER, CursorList

NARROW = 104


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading's key and its width in cells, 0 for what is left."""

    heading: str
    width: int
    narrow: int


COLUMNS = (
    Column("desk.column.status", 10, 10),
    Column("desk.column.project", 18, 13),
    Column("desk.column.kind", 20, 0),
    Column("desk.column.subject", 0, 0),
    Column("desk.column.findings", 16, 15),
    Column("desk.column.age", 10, 10),
)


def widths(total: int) -> list[int]:
    """Give the columns' widths for a line of that many cells; kind is left out where it is narrow."""
    fixed = [c.narrow if total < NARROW else c.width for c in COLUMNS]
    subject = next(i for i, c in enumerate(COLUMNS) if c.heading == "desk.column.subject")
    shown_columns = sum(1 for i, width in enumerate(fixed) if width or i == subject)
    fixed[subject] = max(total - sum(fixed) - 2 * shown_columns - 1, 8)
    return fixed


class LineList(CursorList):
    """Items of one line each, with a key that the cursor stays on when the items change."""

    BINDINGS: ClassVar[list[BindingType]] = [key("enter", "choose", "queue.open")]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.now: datetime | None = None
        self.spoken: Language = "en"

    def key_at(self, index: int) -> str:
        """Give an item's key."""
        raise NotImplementedError

    def cells(self, index: int, width: int) -> Content:
        """Give an item's line."""
        raise NotImplementedError

    @property
    def key(self) -> str:
        """The key of the item under the cursor."""
        return self.key_at(self.cursor) if 0 <= self.cursor < self.item_count() else ""

    def place(self, index: int) -> tuple[int, int]:
        """One line each."""
        return index, 1

    def item_at(self, line: int) -> int:
        """One line each."""
        return line if 0 <= line < self.item_count() else -1

    def settle(self, wanted: str, near: int) -> None:
        """After a change, put the cursor on the item with that key, else near where it was."""
        count = self.item_count()
        self.virtual_size = Size(self.line_width, count)
        found = next((i for i in range(count) if self.key_at(i) == wanted), None) if wanted else None
        self.cursor = found if found is not None else min(max(near, 0), count - 1)
        self.refresh()
        self.call_after_refresh(self.show_cursor)

    def paint(self, line: int, width: int) -> Strip:
        """Paint one item."""
        current = line == self.cursor
        marker = Content.styled(MARKER, "$primary") if current and self.has_focus else Content(" ")
        whole = Content.assemble(marker, self.cells(line, width - 1))
        return self.paint_content(whole, width, self.line_style_classes(line))


class RowList(LineList):
    """The drafts of the queue."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.rows: tuple[DraftRow, ...] = ()
        self._projects: Mapping[str, str] = {}
        self._kinds: Mapping[str, str] = {}
        self._states: Mapping[str, OutboxState] = {}

    def show(
        self,
        rows: tuple[DraftRow, ...],
        *,
        projects: Mapping[str, str],
        kinds: Mapping[str, str],
        states: Mapping[str, OutboxState],
        keep: str = "",
    ) -> None:
        """Show other rows. The mappings name projects and kinds, and give the outbox state by draft."""
        wanted = keep or self.key
        near = self.cursor
        self.rows, self._projects, self._kinds, self._states = rows, projects, kinds, states
        self.settle(wanted, near)

    def item_count(self) -> int:
        """Give the number of drafts shown."""
        return len(self.rows)

    def key_at(self, index: int) -> str:
        """The draft's id."""
        return self.rows[index].id

    def cells(self, index: int, width: int) -> Content:
        """Give a draft's line."""
        row = self.rows[index]
        columns = widths(width)
        state = self._states.get(row.id) if row.status is DraftStatus.APPROVED else None
        out = state is not None and state is not OutboxState.QUEUED
        status = text(wording.OUTBOX[state] if state and out else wording.STATUS[row.status], self.spoken)
        done = row.status is not DraftStatus.OPEN
        quiet = "$muted" if done else ""
        words = (
            (status, "$success" if row.status is DraftStatus.APPROVED else quiet),
            (self._projects.get(row.project, row.project), quiet),
            (self._kinds.get(row.kind, row.kind), "$muted"),
            (row.subject, quiet or "bold"),
            self._findings(row),
            (age(row.changed_at, self.now, self.spoken) if self.now else "", "$muted"),
        )
        parts: list[tuple[str, str] | str] = []
        for (word, style), cells in zip(words, columns, strict=True):
            if cells:
                parts += [(fit(word, cells), style), "  "]
        return Content.assemble(*parts)

    def _findings(self, row: DraftRow) -> tuple[str, str]:
        if row.status is not DraftStatus.OPEN:
            return "", ""
        if row.blocks and row.warnings:
            words = text("desk.queue.both", self.spoken, blocks=row.blocks, warnings=row.warnings)
            return words, "$error"
        if row.blocks:
            return text("desk.queue.blocks", self.spoken, blocks=row.blocks), "$error"
        if row.warnings:
            return text("desk.queue.warnings", self.spoken, warnings=row.warnings), "$warning"
        return text("desk.queue.ready", self.spoken), "$success"

    def heading(self, width: int) -> Content:
        """Give the line of column headings."""
        parts = [
            fit(text(column.heading, self.spoken), cells) + "  "
            for column, cells in zip(COLUMNS, widths(width - 1), strict=True)
            if cells
        ]
        return Content.styled(" " + "".join(parts), "$muted")


class OutboxList(LineList):
    """What was approved, and how far it came."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.entries: tuple[OutboxEntry, ...] = ()

    def line_style_classes(self, index: int) -> tuple[str, ...]:
        """The cursor shows only while keys go here."""
        return super().line_style_classes(index) if self.has_focus else ()

    def show(self, entries: tuple[OutboxEntry, ...]) -> None:
        """Show other entries."""
        wanted, near = self.key, self.cursor
        self.entries = entries
        self.settle(wanted, near)

    @property
    def entry(self) -> OutboxEntry | None:
        """The entry under the cursor."""
        return self.entries[self.cursor] if 0 <= self.cursor < len(self.entries) else None

    def item_count(self) -> int:
        """Give the number of entries."""
        return len(self.entries)

    def key_at(self, index: int) -> str:
        """The entry's id."""
        return self.entries[index].id

    def cells(self, index: int, width: int) -> Content:
        """Give an entry's line: state, to whom, subject, and where it went or why it did not."""
        entry = self.entries[index]
        people = ", ".join(r.name or r.email for r in entry.message.recipients)
        room = max(width - 16 - 26 - 6, 16)
        subject = max(room * 3 // 5, 8)
        return Content.assemble(
            (fit(self.state_words(entry), 16), state_style(entry.state)),
            "  ",
            fit(people, 24),
            "  ",
            fit(entry.message.subject, subject),
            "  ",
            (fit(wording.reason_words(entry.detail, self.spoken), max(room - subject, 8)), "$muted"),
        )

    def state_words(self, entry: OutboxEntry) -> str:
        """Name an entry's state; a queued one counts its seconds down."""
        if entry.state is OutboxState.QUEUED and self.now is not None:
            left = seconds_left(entry, self.now)
            if left:
                return text("desk.outbox.waiting", self.spoken, seconds=left)
        return text(wording.OUTBOX[entry.state], self.spoken)


def seconds_left(entry: OutboxEntry, now: datetime) -> int:
    """Give the whole seconds in which an approval can still be taken back."""
    return max(-int((now - entry.not_before).total_seconds() // 1), 0)


def state_style(state: OutboxState) -> str:
    """Give the colour that goes with a state's word."""
    if state in (OutboxState.FAILED, OutboxState.UNCERTAIN, OutboxState.VOID):
        return "$error"
    if state in (OutboxState.SENT, OutboxState.EXPORTED):
        return "$success"
    return "$muted" if state is OutboxState.WITHDRAWN else "$warning"
