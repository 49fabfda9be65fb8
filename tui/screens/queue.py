"""The queue: what waits for a person, most pressing first, and below it what was approved."""

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Footer, Input, Static

from assistant.domain.outbox import OutboxEntry, OutboxState
from tui import messages
from tui.errors import notice_for
from tui.keys import key
from tui.plain import shown
from tui.queue_items import ORDERS, Group, Item, in_order, queue_items
from tui.screens.base import PlaceScreen
from tui.widgets.cursor_list import content
from tui.widgets.fields import Banner, Line, UndoBar
from tui.widgets.queue_lists import OutboxList, RowList

FRAME = 3
"""Cells of a line that margins and scrollbar take."""


class QueueScreen(PlaceScreen[None]):
    """Home: what waits, and the outbox."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("d", "compose", "queue.compose"),
        key("slash", "filter", "queue.filter"),
        key("s", "order", "queue.order"),
        key("space", "choose_row", "queue.choose", show=False),
        key("R", "reject", "queue.reject"),
        key("escape", "clear", "queue.clear"),
        key("u,ctrl+z", "undo", "queue.undo"),
        key("m", "mark_sent", "queue.mark_sent"),
        key("y", "try_again", "queue.try_again"),
        key("D", "deliver", "queue.deliver"),
        key("o", "outbox", "queue.outbox"),
        key("r", "retry", "queue.retry"),
        key("q", "app.quit", "queue.quit", show=False),
    ]
    AUTO_FOCUS = "#queue-rows"

    def __init__(self) -> None:
        super().__init__()
        self._problem: BaseException | None = None
        self._haystacks: tuple[tuple[str, Item], ...] = ()
        self._order = ORDERS[0]
        self._keep = ""

    def compose(self) -> ComposeResult:
        """Banner, filter, items, outbox, undo, keys."""
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

    def on_mount(self) -> None:
        """Begin where the person left off."""
        last = self.desk.remembered
        self._order = last.order if last.order in ORDERS else ORDERS[0]
        self._keep = last.item
        self._filter.value = last.words
        self._filter.set_class(bool(last.words), "-on")
        super().on_mount()

    # --- parts

    @property
    def row_list(self) -> RowList:
        """What waits."""
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
        update_kind = next((book.kind for book in self.desk.kinds if book.is_update), "")
        items = queue_items(
            self.desk.rows, self.desk.entries, self.desk.updates, self.desk.tasks, update_kind=update_kind
        )
        projects, kinds = self._names()
        self._haystacks = tuple(
            (
                " ".join(
                    (i.subject, projects.get(i.project, ""), kinds.get(i.kind, i.kind), i.project, i.key)
                ).casefold(),
                i,
            )
            for i in in_order(items, self._order, projects=projects, kinds=kinds)
        )
        self.row_list.chosen &= {item.key for item in items if item.rejectable}
        self._set_now()
        self._show_rows()
        self.outbox_list.show(tuple(e for e in self.desk.entries if e.state is not OutboxState.WITHDRAWN))
        self.query_one("#outbox").set_class(bool(self.outbox_list.entries), "-on")
        if self.desk.services is not None:
            self.show_undo(self.desk.services.clock())
        self.refresh_bindings()

    def _names(self) -> tuple[dict[str, str], dict[str, str]]:
        projects = {p.slug: p.name for p in self.desk.projects}
        return projects, {k.kind: k.title.get(self.language) for k in self.desk.kinds}

    def _set_now(self) -> None:
        services = self.desk.services
        if services is not None:
            self.row_list.now = self.outbox_list.now = services.clock()
            self.row_list.today = {p.slug: services.as_of(p) for p in self.desk.projects}

    def _show_rows(self) -> None:
        words = self._filter.value.casefold().split()
        items = tuple(item for haystack, item in self._haystacks if all(w in haystack for w in words))
        states = {e.draft_id: e.state for e in reversed(self.desk.entries)}
        projects, kinds = self._names()
        self.row_list.show(items, projects=projects, kinds=kinds, states=states, keep=self._keep)
        if items:
            self._keep = ""
        self._show_frame(len(items))

    def _show_frame(self, shown_rows: int) -> None:
        self.query_one("#queue-columns", Static).update(self.row_list.heading(self.size.width - FRAME))
        empty = self.query_one("#queue-empty", Static)
        empty.set_class(shown_rows == 0, "-on")
        self.row_list.display = shown_rows > 0
        if shown_rows and self.focused is None:
            self.row_list.focus()  # it lost the keys while it was hidden
        self.query_one("#queue-columns").visible = shown_rows > 0
        empty.update(content(self._why_empty()))
        title = Content.assemble(("Sincerely", "bold $primary"), "  ", self.say("desk.queue.title"))
        self.query_one(Banner).show(title, content(self._counts()))

    def _counts(self) -> str:
        if not self.desk.queue_known:
            return ""
        chosen = len(self.row_list.chosen)
        if chosen:
            return self.say("desk.queue.chosen", n=chosen)
        waiting = sum(item.rejectable for _, item in self._haystacks)
        said = [self.say("desk.queue.waiting", n=waiting)]
        owed = sum(item.group is Group.UPDATE for _, item in self._haystacks)
        if owed:
            said.insert(0, self.say("desk.queue.owed", n=owed))
        if self._order != ORDERS[0]:
            said.append(self.say("desk.queue.ordered", order=self.say(_ORDER_WORDS[self._order])))
        return " · ".join(said)

    def _why_empty(self) -> str:
        if self._problem is not None:
            notice = notice_for(self._problem, self.language)
            return f"{notice.heading}\n\n{notice.sentence}\n\n{self.say('desk.queue.retry_hint')}"
        if not self.desk.queue_known:
            return self.say("desk.queue.opening")
        if self._filter.value.strip() and self._haystacks:
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
        entry, item, chosen = self._entry(), self.row_list.item, bool(self.row_list.chosen)
        at_rows = self.focused is self.row_list
        offers: dict[str, Callable[[], bool]] = {
            "go": lambda: self.desk.services is not None,
            "compose": lambda: self.desk.services is not None,
            "filter": lambda: bool(self._haystacks),
            "order": lambda: bool(self._haystacks),
            "choose_row": lambda: at_rows and item is not None and item.rejectable,
            "reject": lambda: at_rows and (chosen or (item is not None and item.rejectable)),
            "clear": lambda: bool(self._filter.value) or chosen or not at_rows,
            "undo": lambda: self.to_undo is not None,
            "mark_sent": lambda: entry is not None and entry.may_become(OutboxState.SENT),
            "try_again": lambda: entry is not None and entry.may_become(OutboxState.QUEUED),
            "deliver": self.desk.anything_due,
            "outbox": lambda: bool(self.outbox_list.entries) and self.focused is not self.outbox_list,
            "retry": lambda: self._problem is not None,
        }
        offered = offers.get(action)
        return offered() if offered is not None else True

    def _entry(self) -> OutboxEntry | None:
        if self.focused is self.outbox_list:
            return self.outbox_list.entry
        return self.row_list.item.entry if self.focused is self.row_list and self.row_list.item else None

    def on_cursor_list_moved(self) -> None:
        """What is on offer depends on the cursor."""
        item = self.row_list.item
        if item is not None:
            self.desk.remember(item=item.key, project=item.project)
        self.refresh_offers()

    def on_descendant_focus(self) -> None:
        """What is on offer depends on which list has the keys."""
        self.refresh_bindings()

    def on_cursor_list_chosen(self) -> None:
        """Open what the cursor stands on."""
        item = self.row_list.item
        if self.desk.services is None:
            return
        if self.focused is self.outbox_list:
            if self.outbox_list.entry is not None:
                self._open(self.outbox_list.entry.draft_id)
        elif item is not None and item.begun:
            self._open(item.begun)
        elif item is not None and item.update is not None:
            self._write_new(item.project, item.kind)
        elif item is not None and item.entry is not None:
            self._open(item.entry.draft_id)
        elif item is not None and item.task is not None:
            self.desk.open_task(item.task)
        elif item is not None:
            self._open(item.key)

    def _open(self, draft_id: str) -> None:
        from tui.screens.review import ReviewScreen  # noqa: PLC0415 (not needed before the first paint)

        self.app.push_screen(ReviewScreen(draft_id))

    def action_compose(self) -> None:
        """Ask for a new draft, then open it."""
        self._write_new(self.desk.remembered.project, "")

    def _write_new(self, project: str, kind: str) -> None:
        from tui.screens.compose import ComposeScreen  # noqa: PLC0415 (not needed before the first paint)

        def written(draft_id: str | None) -> None:
            if draft_id:
                self._open(draft_id)

        self.app.push_screen(ComposeScreen(project, kind), written)

    # --- which, and in what order

    def action_filter(self) -> None:
        """Type to narrow the queue down."""
        self._filter.add_class("-on")
        self._filter.focus()

    def action_clear(self) -> None:
        """Nothing chosen, everything shown, back to the list."""
        if self.row_list.chosen and self.focused is self.row_list:
            self.row_list.chosen.clear()
            self.row_list.refresh()
            self._show_frame(self.row_list.item_count())
        else:
            self._filter.value = ""
            self._filter.remove_class("-on")
        self.row_list.focus()
        self.refresh_bindings()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow down while a person types."""
        event.stop()
        self.desk.remember(words=event.value)
        self._show_rows()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the filter and go to the list."""
        event.stop()
        if not self._filter.value.strip():
            self._filter.remove_class("-on")
        self.row_list.focus()

    def action_order(self) -> None:
        """Sort by the next thing: what waits, project, kind, age, severity, findings."""
        self._order = ORDERS[(ORDERS.index(self._order) + 1) % len(ORDERS)]
        self.desk.remember(order=self._order)
        self.state_read()

    # --- several at once

    def action_choose_row(self) -> None:
        """Choose a draft for rejecting, or no longer."""
        self.row_list.turn()
        self._show_frame(self.row_list.item_count())
        self.refresh_bindings()

    def action_reject(self) -> None:
        """Put the chosen drafts away, or the one under the cursor, for one reason."""
        from tui.screens.dialogs import WordsDialog  # noqa: PLC0415 (not needed before the first paint)

        item = self.row_list.item
        keys = self.row_list.chosen or ({item.key} if item is not None and item.rejectable else set())
        chosen = [(row.id, row.revision) for row in self.desk.rows if row.id in keys]
        services = self.services

        def answered(reason: str | None) -> None:
            if reason:
                self.store(lambda: services.reject_all(chosen, reason), lambda found: messages.DraftsRejected(*found))

        if chosen:
            self.app.push_screen(WordsDialog("desk.reject.several", "desk.reject.hint", n=str(len(chosen))), answered)

    def on_drafts_rejected(self, event: messages.DraftsRejected) -> None:
        """Say how many were put away, and why others were not."""
        self.row_list.chosen.clear()
        self.tell("desk.said.rejected_several", n=len(event.done))
        for error in event.kept[:3]:
            self.desk.show_error(error)
        self.desk.read_queue()

    # --- the outbox

    def action_outbox(self) -> None:
        """Go to the outbox."""
        self.outbox_list.focus()

    def action_mark_sent(self) -> None:
        """Record that an exported message was sent."""
        entry = self._entry()
        if entry is not None:
            self.store(lambda: self.services.mark_sent(entry.id), messages.EntryMoved)

    def action_try_again(self) -> None:
        """Queue a failed message again."""
        entry = self._entry()
        if entry is not None:
            self.store(lambda: self.services.try_again(entry.id), messages.EntryMoved)

    def on_entry_moved(self, event: messages.EntryMoved) -> None:
        """Say what was recorded."""
        self.desk.tell_moved(event.entry)

    def action_deliver(self) -> None:
        """Deliver what is due without waiting for the next look."""
        self.desk.deliver_now()

    def action_retry(self) -> None:
        """Try to open the workspace again."""
        self._problem = None
        self._show_frame(0)
        self.desk.open_workspace()


_ORDER_WORDS = {
    "waiting": "desk.order.waiting",
    "project": "desk.order.project",
    "kind": "desk.order.kind",
    "age": "desk.order.age",
    "severity": "desk.order.severity",
    "findings": "desk.order.findings",
}
