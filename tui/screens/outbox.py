"""The outbox: everything that was approved, how far it came, and the message as it left or will leave."""

from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Footer, Static

from assistant.domain.outbox import OutboxEntry, OutboxState
from assistant.domain.project import RecipientRole
from tui import messages, wording
from tui.keys import key
from tui.plain import fit, shown
from tui.screens.base import PlaceScreen
from tui.widgets.cursor_list import Block, BlockList, CursorList, content
from tui.widgets.fields import Banner, UndoBar
from tui.widgets.queue_lists import OutboxList, state_style

LABEL_CELLS = 14


class OutboxScreen(PlaceScreen[None]):
    """A list of messages and, beside it, the one under the cursor whole."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("m", "mark_sent", "outbox.mark_sent"),
        key("y", "try_again", "outbox.try_again"),
        key("D", "deliver", "outbox.deliver"),
        key("u,ctrl+z", "undo", "outbox.undo"),
        key("c", "copy", "outbox.copy"),
        key("escape,q", "back", "outbox.back"),
    ]
    AUTO_FOCUS = "#outbox-all"

    def compose(self) -> ComposeResult:
        """The messages and the one at hand."""
        yield Banner()
        with Horizontal(id="outbox-work"):
            yield OutboxList(id="outbox-all")
            yield BlockList(id="outbox-message")
        yield Static(id="outbox-none", markup=False)
        yield UndoBar()
        yield Footer(show_command_palette=False)

    @property
    def listing(self) -> OutboxList:
        """The messages."""
        return self.query_one(OutboxList)

    @property
    def entry(self) -> OutboxEntry | None:
        """The message under the cursor."""
        return self.listing.entry

    def relabel(self) -> None:
        """Write everything anew."""
        title = Content.assemble(("Sincerely", "bold $primary"), "  ", self.say("desk.outbox.title"))
        self.query_one(Banner).show(title, content(self.say("desk.outbox.count", n=len(self.desk.entries))))
        self.listing.spoken = self.language
        self.query_one("#outbox-none", Static).update(content(self.say("desk.outbox.none")))
        self.state_read()

    def state_read(self) -> None:
        """Show the outbox as it is now."""
        if not self.is_mounted:
            return
        now = self.services.clock()
        self.listing.now = now
        self.listing.show(self.desk.entries)
        self.query_one("#outbox-work").display = bool(self.desk.entries)
        self.query_one("#outbox-none").display = not self.desk.entries
        self.show_undo(now)
        self._show_message()

    def tick(self, now: datetime) -> None:
        """Count down what can be taken back."""
        if any(e.state is OutboxState.QUEUED for e in self.desk.entries):
            self.listing.now = now
            self.listing.refresh()
            super().tick(now)

    def on_cursor_list_moved(self, event: CursorList.Moved) -> None:
        """Show the message under the cursor."""
        if event.control is self.listing:
            self._show_message()

    def _show_message(self) -> None:
        entry = self.entry
        self.query_one("#outbox-message", BlockList).show(self._blocks(entry) if entry else ())
        self.refresh_bindings()

    def _blocks(self, entry: OutboxEntry) -> tuple[Block, ...]:
        message = entry.message
        when = (entry.changed_at or entry.created_at).astimezone().strftime("%Y-%m-%d %H:%M")
        said = wording.reason_words(entry.detail, self.language)
        blocks = [
            Block(Content.assemble((self.say(wording.OUTBOX[entry.state]), state_style(entry.state)), f"  {when}")),
            *([Block(content(said, "$muted"))] if said else []),
            Block(content(self.say(_MEANS[entry.state]), "$muted")),
            Block(self._head("desk.confirm.from", f"{message.sender_name} <{message.sender_email}>"), space=1),
        ]
        for role, label in ((RecipientRole.TO, "desk.confirm.to"), (RecipientRole.CC, "desk.confirm.cc")):
            people = ", ".join(f"{r.name} <{r.email}>" for r in message.recipients if r.role is role)
            if people:
                blocks.append(Block(self._head(label, people)))
        blocks.append(Block(self._head("desk.confirm.subject", message.subject)))
        blocks.append(Block(self._head("desk.outbox.approved_by", entry.approved_by)))
        blocks += [Block(content(line), space=0 if i else 1) for i, line in enumerate(message.body.split("\n"))]
        return tuple(blocks)

    def _head(self, label: str, words: str) -> Content:
        return Content.assemble((fit(self.say(label), LABEL_CELLS), "$muted"), shown(words))

    # --- keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer what the message's state allows."""
        if not self.is_mounted:
            return False
        entry = self.entry
        offers = {
            "mark_sent": entry is not None and entry.may_become(OutboxState.SENT),
            "try_again": entry is not None and entry.may_become(OutboxState.QUEUED),
            "deliver": self.desk.anything_due(),
            "undo": self.to_undo is not None,
            "copy": entry is not None,
        }
        return offers.get(action, True)

    def on_cursor_list_chosen(self) -> None:
        """Open the draft behind the message."""
        from tui.screens.review import ReviewScreen  # noqa: PLC0415 (it imports this screen's places)

        if self.entry is not None:
            self.app.push_screen(ReviewScreen(self.entry.draft_id))

    def action_mark_sent(self) -> None:
        """Record that an exported message was sent."""
        entry = self.entry
        if entry is not None:
            self.store(lambda: self.services.mark_sent(entry.id), messages.EntryMoved)

    def action_try_again(self) -> None:
        """Queue a failed message again."""
        entry = self.entry
        if entry is not None:
            self.store(lambda: self.services.try_again(entry.id), messages.EntryMoved)

    def on_entry_moved(self, event: messages.EntryMoved) -> None:
        """Say what was recorded."""
        self.desk.tell_moved(event.entry)

    def action_deliver(self) -> None:
        """Deliver what is due without waiting for the next look."""
        self.desk.deliver_now()

    def action_copy(self) -> None:
        """Copy the message's text."""
        if self.entry is not None:
            self.desk.copy_out(self.entry.message.body)

    def action_back(self) -> None:
        """Back to where one came from."""
        self.dismiss(None)


_MEANS = {
    OutboxState.QUEUED: "desk.outbox.means.queued",
    OutboxState.SENDING: "desk.outbox.means.sending",
    OutboxState.EXPORTED: "desk.outbox.means.exported",
    OutboxState.SENT: "desk.outbox.means.sent",
    OutboxState.FAILED: "desk.outbox.means.failed",
    OutboxState.UNCERTAIN: "desk.outbox.means.uncertain",
    OutboxState.WITHDRAWN: "desk.outbox.means.withdrawn",
    OutboxState.VOID: "desk.outbox.means.void",
}
