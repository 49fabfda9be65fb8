"""The queue and the outbox: one line each, painted only when in sight, so that 10,000 are as quick as ten."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Size
from textual.strip import Strip

from assistant.domain.draft import DraftStatus
from assistant.domain.outbox import OutboxEntry, OutboxState
from assistant.domain.project import Language
from assistant.i18n import text
from tui import wording
from tui.keys import key
from tui.plain import age, fit
from tui.queue_items import Group, Item
from tui.widgets.cursor_list import MARKER, CursorList

NARROW = 104
BESIDE = 72
"""Below this width the outbox stands beside a message that says the rest."""
CHOSEN = "●"


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
        self.today: Mapping[str, date] = {}
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

    def mark(self, index: int, *, current: bool) -> Content:  # noqa: ARG002 (lists with chosen items use it)
        """Give the one cell before a line."""
        return Content.styled(MARKER, "$primary") if current and self.has_focus else Content(" ")

    def paint(self, line: int, width: int) -> Strip:
        """Paint one item."""
        marker = self.mark(line, current=line == self.cursor)
        whole = Content.assemble(marker, self.cells(line, width - 1))
        return self.paint_content(whole, width, self.line_style_classes(line))


class RowList(LineList):
    """The items of the queue; some drafts may be chosen together."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.items: tuple[Item, ...] = ()
        self.chosen: set[str] = set()
        self._projects: Mapping[str, str] = {}
        self._kinds: Mapping[str, str] = {}
        self._states: Mapping[str, OutboxState] = {}

    def show(
        self,
        items: tuple[Item, ...],
        *,
        projects: Mapping[str, str],
        kinds: Mapping[str, str],
        states: Mapping[str, OutboxState],
        keep: str = "",
    ) -> None:
        """Show other items. The mappings name projects and kinds, and give the outbox state by draft."""
        wanted = keep or self.key
        near = self.cursor
        self.items, self._projects, self._kinds, self._states = items, projects, kinds, states
        self.settle(wanted, near)

    @property
    def item(self) -> Item | None:
        """The item under the cursor."""
        return self.items[self.cursor] if 0 <= self.cursor < len(self.items) else None

    def item_count(self) -> int:
        """Give the number of items shown."""
        return len(self.items)

    def key_at(self, index: int) -> str:
        """The item's key: a draft's id, or what else it stands for."""
        return self.items[index].key

    def turn(self) -> None:
        """Choose the item under the cursor, or no longer; then go to the next."""
        item = self.item
        if item is None or not item.rejectable:
            return
        self.chosen ^= {item.key}
        self.refresh()
        self.action_move(1)

    def mark(self, index: int, *, current: bool) -> Content:
        """Give the mark before a line: chosen, under the cursor, or nothing."""
        if self.items[index].key in self.chosen:
            return Content.styled(CHOSEN, "$accent bold")
        return super().mark(index, current=current)

    def cells(self, index: int, width: int) -> Content:
        """Give an item's line."""
        item = self.items[index]
        done = item.group is Group.DONE
        quiet = "$muted" if done else ""
        words = (
            self._state(item),
            (self._projects.get(item.project, item.project), quiet),
            (self._kinds.get(item.kind, item.kind), "$muted"),
            (self._subject(item), quiet or "bold"),
            self._findings(item),
            (self._when(item), "$muted"),
        )
        parts: list[tuple[str, str] | str] = []
        for (word, style), cells in zip(words, widths(width), strict=True):
            if cells:
                parts += [(fit(word, cells), style), "  "]
        return Content.assemble(*parts)

    def _say(self, key: str, **values: object) -> str:
        return text(key, self.spoken, **values)

    def _state(self, item: Item) -> tuple[str, str]:
        if item.update is not None:
            late = item.update.due < (self.today.get(item.project) or item.update.due)
            return self._say("desk.item.overdue" if late else "desk.item.due"), "$warning bold"
        if item.entry is not None:
            return self._say(wording.OUTBOX[item.entry.state]), "$error bold"
        if item.task is not None:
            return self._say("desk.item.task"), "$accent"
        if item.urgent:
            return self._say("desk.item.urgent"), "$error bold"
        row = item.row
        if row is None:
            return "", ""
        state = self._states.get(row.id) if row.status is DraftStatus.APPROVED else None
        out = state is not None and state is not OutboxState.QUEUED
        said = self._say(wording.OUTBOX[state] if state and out else wording.STATUS[row.status])
        style = "$success" if row.status is DraftStatus.APPROVED else "$muted" if item.group is Group.DONE else ""
        return said, style

    def _subject(self, item: Item) -> str:
        if item.update is None:
            return item.subject
        if item.begun:
            return self._say("desk.item.begun")
        if item.update.last is None:
            return self._say("desk.item.never_updated")
        return self._say("desk.item.last_update", day=item.update.last.isoformat())

    def _when(self, item: Item) -> str:
        if item.update is not None:
            return item.update.due.isoformat()
        if item.task is not None and item.task.due is not None:
            return item.task.due.isoformat()
        return age(item.at, self.now, self.spoken) if self.now and item.at else ""

    def _findings(self, item: Item) -> tuple[str, str]:
        row = item.row
        if item.task is not None:
            return item.task.owner, "$muted"
        if row is None or row.status is not DraftStatus.OPEN:
            return "", ""
        if row.blocks and row.warnings:
            return self._say("desk.queue.both", blocks=row.blocks, warnings=row.warnings), "$error"
        if row.blocks:
            return self._say("desk.queue.blocks", blocks=row.blocks), "$error"
        if row.warnings:
            return self._say("desk.queue.warnings", warnings=row.warnings), "$warning"
        return self._say("desk.queue.ready"), "$success"

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
        if width < BESIDE:
            said = (fit(self.state_words(entry), 14), state_style(entry.state))
            return Content.assemble(said, " ", fit(entry.message.subject, max(width - 15, 8)))
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
