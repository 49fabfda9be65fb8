"""What a person decides about an action item, the same on every screen that shows one."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType

from assistant.domain.actions import ActionItem, ItemState, StoredItem
from tui import messages
from tui.keys import key
from tui.pasted import read_day
from tui.screens.base import PlaceScreen
from tui.screens.dialogs import Choice, ChoiceDialog
from tui.screens.line_dialog import LineDialog

if TYPE_CHECKING:
    from assistant.services.meetings import MeetingDesk

_OPEN = (ItemState.PROPOSED, ItemState.ACCEPTED)
_CLOSED = (ItemState.REJECTED, ItemState.DONE, ItemState.DROPPED)
FORMS = {
    "md": "desk.form.md",
    "csv": "desk.form.csv",
    "ics": "desk.form.ics",
    "jira": "desk.form.jira",
    "feishu": "desk.form.feishu",
    "json": "desk.form.json",
}
"""Forms on offer, and the endings of their files where they differ."""
ENDINGS = {"jira": "csv", "feishu": "csv"}

Change = Callable[["MeetingDesk", StoredItem], StoredItem]


class ItemScreen(PlaceScreen[None]):
    """A screen with action items under a cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("a", "accept_item", "item.accept"),
        key("x", "reject_item", "item.reject"),
        key("e", "retask", "item.words"),
        key("w", "assign", "item.assign", show=False),
        key("t", "schedule", "item.date", show=False),
        key("d", "finish_item", "item.done"),
        key("u", "reopen_item", "item.reopen", show=False),
        key("f", "follow_up", "item.follow_up"),
        key("E", "export", "item.export", show=False),
    ]

    # --- what a screen says about its items

    @property
    def project_slug(self) -> str:
        """The project whose items they are."""
        raise NotImplementedError

    def at_hand(self) -> StoredItem | None:
        """Give the stored item under the cursor; None for one that is not kept yet, or for none."""
        raise NotImplementedError

    def unkept(self) -> bool:
        """Tell whether the cursor is on an item that was read and not kept yet."""
        return False

    def read_item(self) -> ActionItem | None:
        """Give the item under the cursor as it was read, when it is not kept yet."""
        return None

    def keep(self) -> StoredItem:
        """Keep the item under the cursor as a proposal, called in a worker."""
        raise NotImplementedError

    def accepted(self) -> tuple[StoredItem, ...]:
        """Give the items that a follow-up or an export is made of."""
        raise NotImplementedError

    # --- keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer what the item's state allows."""
        if not self.is_mounted:
            return False
        item = self.at_hand()
        new = self.unkept()
        state = item.state if item is not None else None
        offers = {
            "accept_item": new or state is ItemState.PROPOSED,
            "reject_item": new or state is ItemState.PROPOSED,
            "retask": new or state in _OPEN,
            "assign": new or state in _OPEN,
            "schedule": new or state in _OPEN,
            "finish_item": state is ItemState.ACCEPTED,
            "reopen_item": state in _CLOSED,
            "follow_up": any(i.state is ItemState.ACCEPTED and not i.internal for i in self.accepted()),
            "export": bool(self.accepted()),
        }
        return offers.get(action, True)

    def _change(self, change: Change, said: str) -> None:
        item, services = self.at_hand(), self.services
        if item is None and not self.unkept():
            return

        def work() -> StoredItem:
            return change(services.meetings, item if item is not None else self.keep())

        if not self.store(work, lambda changed: messages.ItemChanged(changed, said)):
            self.tell("desk.said.busy")

    def action_accept_item(self) -> None:
        """Take the task on."""
        self._change(lambda desk, item: desk.accept(item.id, item.version), "desk.said.item_accepted")

    def action_reject_item(self) -> None:
        """Put the proposal away, with a reason if there is one."""

        def answered(reason: str | None) -> None:
            if reason is not None:
                self._change(lambda desk, item: desk.reject(item.id, item.version, reason), "desk.said.item_rejected")

        self.app.push_screen(LineDialog("desk.item_reject.title", "desk.item_reject.hint"), answered)

    def action_retask(self) -> None:
        """Give the task other words."""
        item = self.at_hand()
        now = item.current() if item is not None else self.read_item()

        def answered(words: str | None) -> None:
            if words:
                self._change(lambda desk, item: desk.retask(item.id, item.version, words), "desk.said.item_changed")

        self.app.push_screen(
            LineDialog("desk.item_words.title", "desk.item_words.hint", now.task if now is not None else ""), answered
        )

    def action_assign(self) -> None:
        """Give it to somebody."""
        item = self.at_hand()

        def answered(owner: str | None) -> None:
            if owner is not None:
                self._change(
                    lambda desk, item: desk.assign(item.id, item.version, owner or None), "desk.said.item_changed"
                )

        now = item.current() if item is not None else self.read_item()
        value = now.owner or "" if now is not None else ""
        self.app.push_screen(LineDialog("desk.item_owner.title", "desk.item_owner.hint", value), answered)

    def action_schedule(self) -> None:
        """Set the day it is due."""
        item = self.at_hand()

        def answered(words: str | None) -> None:
            if words is None:
                return
            day = read_day(words)
            if words and day is None:
                self.tell("desk.item_date.unclear", loudness="warning", words=words)
                return
            self._change(lambda desk, item: desk.schedule(item.id, item.version, day, ""), "desk.said.item_changed")

        now = item.current() if item is not None else self.read_item()
        value = now.due.isoformat() if now is not None and now.due else ""
        self.app.push_screen(LineDialog("desk.item_date.title", "desk.item_date.hint", value), answered)

    def action_finish_item(self) -> None:
        """Say that it is done."""
        self._change(lambda desk, item: desk.finish(item.id, item.version), "desk.said.item_done")

    def action_reopen_item(self) -> None:
        """Take a decision back."""
        self._change(lambda desk, item: desk.reopen(item.id, item.version), "desk.said.item_reopened")

    def on_item_changed(self, event: messages.ItemChanged) -> None:
        """Say what was stored and show it."""
        self.tell(event.said)
        self.desk.read_queue()
        self.items_moved()

    def items_moved(self) -> None:
        """React to a decision that was stored."""
        raise NotImplementedError

    # --- what is made of them

    def action_follow_up(self) -> None:
        """Have the mail drafted that follows from what was accepted."""
        chosen = [i.id for i in self.accepted() if i.state is ItemState.ACCEPTED and not i.internal]
        services, slug = self.services, self.project_slug
        if chosen:
            self.tell("desk.follow_up.writing")
            self.ask("follow-up", lambda: services.meetings.draft_follow_up(slug, chosen), messages.DraftWritten)

    def on_draft_written(self, event: messages.DraftWritten) -> None:
        """Open the mail."""
        from tui.screens.review import ReviewScreen  # noqa: PLC0415 (it imports this screen's places)

        self.desk.read_queue()
        self.app.push_screen(ReviewScreen(event.view.draft.id))

    def action_export(self) -> None:
        """Write the items to a file."""
        items, services = self.accepted(), self.services

        def chosen(form: str | None) -> None:
            if form is not None:
                self.ask(
                    "export",
                    lambda: services.meetings.export(items, form),
                    lambda words: messages.ItemsExported(words, ENDINGS.get(form, form)),
                )

        dialog: ChoiceDialog[str] = ChoiceDialog(
            "desk.export.title", "desk.export.hint", tuple(Choice(form, label) for form, label in FORMS.items())
        )
        self.app.push_screen(dialog, chosen)

    def on_items_exported(self, event: messages.ItemsExported) -> None:
        """Say where the file is."""
        self.desk.export(f"{self.project_slug}-actions", event.ending, event.words)
