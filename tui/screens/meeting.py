"""One meeting: what it left behind on one side, the exact words on the other."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Footer, Static

from assistant.actions.minutes import notice_texts
from assistant.domain.actions import ActionItem, MeetingSummary, StoredItem
from tui import messages
from tui.keys import key
from tui.plain import shown
from tui.screens.item_keys import ItemScreen
from tui.widgets.cursor_list import BlockList, CursorList, content
from tui.widgets.fields import Banner
from tui.widgets.item_lines import BEFORE, FOUND, GUTTER, SAID, meeting_blocks, quote_blocks


class MeetingScreen(ItemScreen):
    """Nothing of a meeting is kept before a person says so; a decision about an item keeps it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("p", "keep_all", "meeting.keep_all"),
        key("escape,q", "back", "meeting.back"),
    ]
    AUTO_FOCUS = "#meeting-found"

    def __init__(self, project: str, *, path: str = "", text: str = "") -> None:
        super().__init__()
        self._project, self._path, self._text = project, path, text
        self._summary: MeetingSummary | None = None
        self._kept: dict[int, StoredItem] = {}

    def compose(self) -> ComposeResult:
        """What was found, and the words."""
        yield Banner()
        yield Static(id="meeting-said", markup=False)
        with Horizontal(id="meeting"):
            yield BlockList(gutter=GUTTER, id="meeting-found")
            yield BlockList(gutter=8, id="meeting-words")
        yield Footer(show_command_palette=False)

    @property
    def project_slug(self) -> str:
        """The project it belongs to."""
        return self._project

    @property
    def found(self) -> BlockList:
        """What the meeting left behind."""
        return self.query_one("#meeting-found", BlockList)

    def on_mount(self) -> None:
        """Read it."""
        super().on_mount()
        self._read()

    def _read(self) -> None:
        services, slug, path, text = self.services, self._project, self._path, self._text

        def read() -> messages.MeetingRead:
            summary = services.meetings.read(slug, path=path, text=text)
            return messages.MeetingRead(summary, services.meetings.items(slug))

        self.ask("meeting", read, lambda found: found)

    def on_meeting_read(self, event: messages.MeetingRead) -> None:
        """Show it; items that are kept already stand as they are kept."""
        self._summary = event.summary
        known = {(i.meeting.digest, i.found.start, i.found.task): i for i in event.items}
        by_id = {i.id: i for i in event.items}
        digest = event.summary.meeting.digest
        self._kept = {n: by_id[item_id] for n, item_id in event.summary.repeats if item_id in by_id}
        for n, item in enumerate(event.summary.items):
            own = known.get((digest, item.start, item.task))
            if own is not None:
                self._kept[n] = own
        self.relabel()

    def failed(self, group: str, error: BaseException) -> bool:
        """A note that cannot be read closes the screen."""
        if group == "meeting" and self._summary is None:
            self.desk.show_error(error)
            self.dismiss(None)
            return True
        if group == "storing":
            self._read()
        return False

    def relabel(self) -> None:
        """Write everything."""
        title = self._path.removeprefix("notes/") or self.say("desk.meeting.pasted")
        left = Content.assemble((self.say("desk.meetings.title"), "bold $primary"), ("  ›  ", "$muted"), shown(title))
        summary = self._summary
        if summary is None:
            self.query_one(Banner).show(left, Content(""))
            self.query_one("#meeting-said", Static).update(content(self.say("desk.meeting.reading")))
            return
        day = summary.meeting.dated.isoformat() if summary.meeting.dated else self.say("desk.source.undated")
        self.query_one(Banner).show(left, content(day))
        hint = "desk.meeting.hint" if summary.items else "desk.meeting.hint_none"
        told = [*notice_texts(summary, self.language), self.say(hint)]
        self.query_one("#meeting-said", Static).update(content("\n".join(told)))
        self.found.show(meeting_blocks(summary, self._kept, self.language))
        self._show_words()
        self.refresh_bindings()

    def on_cursor_list_moved(self, event: CursorList.Moved) -> None:
        """Show the words that it comes from."""
        if event.control is self.found:
            self._show_words()
            self.refresh_bindings()

    def _show_words(self) -> None:
        summary, place = self._summary, self._place()
        if summary is None:
            return
        start, end = place if place is not None else (0, 0)
        listing = self.query_one("#meeting-words", BlockList)
        first = summary.text.count("\n", 0, start) + 1
        listing.show(quote_blocks(summary.text, start, end), keep=str(first))

    def _place(self) -> tuple[int, int] | None:
        summary, label = self._summary, self.found.key
        if summary is None:
            return None
        if label.startswith(FOUND):
            item = summary.items[int(label.removeprefix(FOUND))]
            return item.start, item.end
        if label.startswith(SAID):
            start, _, end = label.removeprefix(SAID).partition(":")
            return int(start), int(end)
        if label.startswith(BEFORE):
            quoted = summary.carried[int(label.removeprefix(BEFORE))].quoted
            return (quoted.start, quoted.end) if quoted is not None else None
        return None

    # --- items

    def _index(self) -> int | None:
        label = self.found.key
        return int(label.removeprefix(FOUND)) if label.startswith(FOUND) else None

    def at_hand(self) -> StoredItem | None:
        """The stored item under the cursor, also one of an earlier meeting."""
        index, label = self._index(), self.found.key
        if index is not None:
            return self._kept.get(index)
        if self._summary is not None and label.startswith(BEFORE):
            return self._summary.carried[int(label.removeprefix(BEFORE))].item
        return None

    def unkept(self) -> bool:
        """Tell whether the item under the cursor is not kept yet."""
        index = self._index()
        return index is not None and index not in self._kept

    def keep(self) -> StoredItem:
        """Keep the item under the cursor as a proposal."""
        summary, index = self._summary, self._index()
        if summary is None or index is None:
            raise RuntimeError("There is no item under the cursor.")
        return self.services.meetings.propose(summary, [index])[0]

    def read_item(self) -> ActionItem | None:
        """Give the item under the cursor as it was read."""
        index = self._index()
        return self._summary.items[index] if self._summary is not None and index is not None else None

    def accepted(self) -> tuple[StoredItem, ...]:
        """The meeting's own items that are kept."""
        return tuple(self._kept.values())

    def items_moved(self) -> None:
        """Read the meeting again with what is stored now."""
        self._read()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keeping all is on offer while something is not kept."""
        if action == "keep_all":
            return self._summary is not None and any(n not in self._kept for n in range(len(self._summary.items)))
        return super().check_action(action, parameters)

    def action_keep_all(self) -> None:
        """Keep every item as a proposal, to decide about later."""
        summary, services = self._summary, self.services
        if summary is not None:
            self.store(lambda: services.meetings.propose(summary), lambda kept: messages.ItemsKept(len(kept)))

    def on_items_kept(self, event: messages.ItemsKept) -> None:
        """Say how many."""
        self.tell("desk.said.items_kept", n=event.count)
        self.desk.read_queue()
        self._read()

    def action_back(self) -> None:
        """Back to the meetings."""
        self.dismiss(None)
