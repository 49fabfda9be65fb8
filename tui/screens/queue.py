"""The queue: what waits for a person, and below it what was approved."""

from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Footer, Input, Static

from assistant.domain.draft import DraftStatus
from assistant.domain.outbox import OutboxState
from assistant.ports import DraftRow
from tui import messages
from tui.errors import notice_for
from tui.keys import key
from tui.plain import shown
from tui.screens.base import DeskScreen
from tui.widgets.cursor_list import content
from tui.widgets.fields import Banner, Line, UndoBar
from tui.widgets.queue_lists import OutboxList, RowList

FRAME = 3
"""Cells of a line that margins and scrollbar take."""


class QueueScreen(DeskScreen[None]):
    """Home: drafts, newest change first, and the outbox."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("d", "compose", "queue.compose"),
        key("slash", "filter", "queue.filter"),
        key("escape", "clear", "queue.clear"),
        key("u,ctrl+z", "undo", "queue.undo"),
        key("m", "mark_sent", "queue.mark_sent"),
        key("y", "try_again", "queue.try_again"),
        key("D", "deliver", "queue.deliver"),
        key("o", "outbox", "queue.outbox"),
        key("r", "retry", "queue.retry"),
        key("q", "app.quit", "queue.quit"),
    ]
    AUTO_FOCUS = "#queue-rows"

    def __init__(self) -> None:
        super().__init__()
        self._problem: BaseException | None = None
        self._haystacks: tuple[tuple[str, DraftRow], ...] = ()

    def compose(self) -> ComposeResult:
        """Banner, filter, drafts, outbox, undo, keys."""
        yield Banner()
        yield Line(id="queue-filter")
        yield Static(id="queue-columns", markup=False)
        yield RowList(id="queue-rows")
        yield Static(id="queue-empty", markup=False)
        with Vertical(id="outbox"):
            yield Static(id="outbox-title", markup=False)
            yield OutboxList(id="outbox-entries")
        yield UndoBar()
        yield Footer(show_command_palette=False)

    # --- parts

    @property
    def row_list(self) -> RowList:
        """The drafts."""
        return self.query_one(RowList)

    @property
    def outbox_list(self) -> OutboxList:
        """The outbox."""
        return self.query_one(OutboxList)

    @property
    def _filter(self) -> Line:
        return self.query_one("#queue-filter", Line)

    # --- showing

    def relabel(self) -> None:
        """Write everything anew."""
        self._filter.placeholder = self.say("desk.queue.filter")
        self._filter.border_title = self.say("desk.queue.filter_title")
        self.query_one("#outbox-title", Static).update(content(self.say("desk.outbox.title")))
        for listing in (self.row_list, self.outbox_list):
            listing.spoken = self.language
        self.state_read()

    def state_read(self) -> None:
        """Show the queue and the outbox as they are now, the cursor where it was."""
        if not self.is_mounted:
            return
        projects = {p.slug: p.name for p in self.desk.projects}
        kinds = {k.kind: k.title.get(self.language) for k in self.desk.kinds}
        self._haystacks = tuple(
            (" ".join((r.subject, projects.get(r.project, r.project), kinds.get(r.kind, r.kind), r.id)).casefold(), r)
            for r in self.desk.rows
        )
        self._set_now()
        self._show_rows()
        self.outbox_list.show(tuple(e for e in self.desk.entries if e.state is not OutboxState.WITHDRAWN))
        self.query_one("#outbox").set_class(bool(self.outbox_list.entries), "-on")
        if self.desk.services is not None:
            self.show_undo(self.desk.services.clock())
        self.refresh_bindings()

    def _set_now(self) -> None:
        if self.desk.services is not None:
            self.row_list.now = self.outbox_list.now = self.desk.services.clock()

    def _show_rows(self) -> None:
        words = self._filter.value.casefold().split()
        rows = tuple(row for haystack, row in self._haystacks if all(w in haystack for w in words))
        states = {e.draft_id: e.state for e in reversed(self.desk.entries)}
        projects = {p.slug: p.name for p in self.desk.projects}
        kinds = {k.kind: k.title.get(self.language) for k in self.desk.kinds}
        self.row_list.show(rows, projects=projects, kinds=kinds, states=states)
        self._show_frame(len(rows))

    def _show_frame(self, shown_rows: int) -> None:
        self.query_one("#queue-columns", Static).update(self.row_list.heading(self.size.width - FRAME))
        empty = self.query_one("#queue-empty", Static)
        empty.set_class(shown_rows == 0, "-on")
        self.row_list.display = shown_rows > 0
        if shown_rows and self.focused is None:
            self.row_list.focus()  # it lost the keys while it was hidden
        self.query_one("#queue-columns").visible = shown_rows > 0
        empty.update(content(self._why_empty()))
        waiting = sum(r.status is DraftStatus.OPEN for r in self.desk.rows)
        right = content(self.say("desk.queue.waiting", n=waiting)) if self.desk.queue_known else Content("")
        title = Content.assemble(("Sincerely", "bold $primary"), "  ", self.say("desk.queue.title"))
        self.query_one(Banner).show(title, right)

    def _why_empty(self) -> str:
        if self._problem is not None:
            notice = notice_for(self._problem, self.language)
            return f"{notice.heading}\n\n{notice.sentence}\n\n{self.say('desk.queue.retry_hint')}"
        if not self.desk.queue_known:
            return self.say("desk.queue.opening")
        if self._filter.value.strip() and self.desk.rows:
            return self.say("desk.queue.no_match", words=shown(self._filter.value.strip()))
        return self.say("desk.queue.empty")

    def opening_failed(self, error: BaseException) -> None:
        """Say why the workspace could not be opened."""
        self._problem = error
        self._show_frame(0)
        self.refresh_bindings()

    def tick(self, now: datetime) -> None:
        """Count down what can be taken back."""
        if any(e.state is OutboxState.QUEUED for e in self.desk.entries):
            self.outbox_list.now = now
            self.outbox_list.refresh()
            super().tick(now)

    def on_resize(self) -> None:
        """Fit the columns to another width."""
        self.call_after_refresh(lambda: self._show_frame(self.row_list.item_count()))

    def on_screen_resume(self) -> None:
        """Back at home: the list has the keys, and is up to date."""
        self.desk.read_queue()

    # --- keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer what is possible at the cursor."""
        if not self.is_mounted:
            return False
        entry = self.outbox_list.entry if self.focused is self.outbox_list else None
        offers = {
            "compose": self.desk.services is not None,
            "filter": bool(self.desk.rows),
            "clear": bool(self._filter.value) or self.focused is not self.row_list,
            "undo": self.to_undo is not None,
            "mark_sent": entry is not None and entry.may_become(OutboxState.SENT),
            "try_again": entry is not None and entry.may_become(OutboxState.QUEUED),
            "deliver": self.desk.anything_due(),
            "outbox": bool(self.outbox_list.entries) and self.focused is not self.outbox_list,
            "retry": self._problem is not None,
        }
        return offers.get(action, True)

    def on_cursor_list_moved(self) -> None:
        """What is on offer depends on the cursor in the outbox."""
        if self.focused is self.outbox_list:
            self.refresh_bindings()

    def on_descendant_focus(self) -> None:
        """What is on offer depends on which list has the keys."""
        self.refresh_bindings()

    def on_cursor_list_chosen(self) -> None:
        """Open the draft under the cursor, or the one behind an outbox entry."""
        self._open()

    def _open(self) -> None:
        from tui.screens.review import ReviewScreen  # noqa: PLC0415 (not needed before the first paint)

        entry = self.outbox_list.entry if self.focused is self.outbox_list else None
        draft_id = entry.draft_id if entry else self.row_list.key
        if draft_id and self.desk.services is not None:
            self.app.push_screen(ReviewScreen(draft_id))

    def action_compose(self) -> None:
        """Ask for a new draft, then open it."""
        from tui.screens.compose import ComposeScreen  # noqa: PLC0415 (not needed before the first paint)
        from tui.screens.review import ReviewScreen  # noqa: PLC0415 (the same)

        def written(draft_id: str | None) -> None:
            if draft_id:
                self.app.push_screen(ReviewScreen(draft_id))

        self.app.push_screen(ComposeScreen(), written)

    def action_filter(self) -> None:
        """Type to narrow the queue down."""
        self._filter.add_class("-on")
        self._filter.focus()

    def action_clear(self) -> None:
        """Show everything again and go back to the list."""
        self._filter.value = ""
        self._filter.remove_class("-on")
        self.row_list.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow down while a person types."""
        event.stop()
        self._show_rows()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the filter and go to the list."""
        event.stop()
        if not self._filter.value.strip():
            self._filter.remove_class("-on")
        self.row_list.focus()

    def action_outbox(self) -> None:
        """Go to the outbox."""
        self.outbox_list.focus()

    def action_mark_sent(self) -> None:
        """Record that an exported message was sent."""
        entry = self.outbox_list.entry
        if entry is not None:
            self.store(lambda: self.services.mark_sent(entry.id), messages.EntryMoved)

    def action_try_again(self) -> None:
        """Queue a failed message again."""
        entry = self.outbox_list.entry
        if entry is not None:
            self.store(lambda: self.services.try_again(entry.id), messages.EntryMoved)

    def on_entry_moved(self, event: messages.EntryMoved) -> None:
        """Say what was recorded."""
        if event.entry.state is OutboxState.SENT:
            self.tell("desk.said.marked_sent", subject=event.entry.message.subject)
        self.desk.read_queue()

    def action_deliver(self) -> None:
        """Deliver what is due without waiting for the next look."""
        self.desk.deliver_now()

    def action_retry(self) -> None:
        """Try to open the workspace again."""
        self._problem = None
        self._show_frame(0)
        self.desk.open_workspace()
