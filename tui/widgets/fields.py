"""A line to type in, which shows control characters instead of obeying them, and the lines above and below a screen."""

from datetime import datetime

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from assistant.domain.outbox import OutboxEntry, OutboxState
from assistant.domain.project import Language
from assistant.i18n import text
from tui.plain import shown
from tui.widgets.cursor_list import content
from tui.widgets.queue_lists import seconds_left


class Line(Input):
    """One line to type in."""

    def validate_value(self, value: str) -> str:
        """Take typed and pasted text with its controls made visible."""
        return shown(value).replace("\n", " ")


class Banner(Horizontal):
    """The line on top: where one is, and how things stand."""

    def compose(self) -> ComposeResult:
        """Two halves of one line."""
        yield Static(id="banner-left", markup=False)
        yield Static(id="banner-right", markup=False)

    def show(self, left: Content, right: Content) -> None:
        """Write both halves."""
        self.query_one("#banner-left", Static).update(left)
        self.query_one("#banner-right", Static).update(right)


class UndoBar(Static):
    """Counts the seconds in which the newest approval can be taken back; hidden otherwise."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self.entry: OutboxEntry | None = None

    def show(self, entries: tuple[OutboxEntry, ...], now: datetime, language: Language) -> bool:
        """Show what can be taken back now; gives whether that changed."""
        waiting = [e for e in entries if e.state is OutboxState.QUEUED and seconds_left(e, now)]
        before = self.entry.id if self.entry else ""
        self.entry = max(waiting, key=lambda e: e.created_at, default=None)
        self.set_class(self.entry is not None, "-on")
        if self.entry is not None:
            people = ", ".join(r.name or r.email for r in self.entry.message.recipients)
            words = text("desk.undo.bar", language, people=people, seconds=seconds_left(self.entry, now))
            self.update(content(words))
        return before != (self.entry.id if self.entry else "")
