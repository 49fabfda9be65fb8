"""Meetings: choose or paste notes on one side; on the other, every task of the project that was kept."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Footer, Select, Static

from assistant.domain.actions import ItemState, MeetingNote, StoredItem
from tui import messages
from tui.keys import key
from tui.plain import shown
from tui.screens.dialogs import WordsDialog
from tui.screens.item_keys import ItemScreen
from tui.widgets.choosers import ProjectSelect
from tui.widgets.cursor_list import Block, BlockList, content
from tui.widgets.fields import Banner
from tui.widgets.item_lines import GUTTER, KEPT, item_block

NOTE, PASTE = "n:", "paste"
_ORDER = (ItemState.PROPOSED, ItemState.ACCEPTED, ItemState.DONE, ItemState.DROPPED, ItemState.REJECTED)


class MeetingsScreen(ItemScreen):
    """Choose a meeting, or decide about tasks of earlier ones."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("v", "paste", "meetings.paste"),
        key("escape,q", "back", "meetings.back"),
    ]

    AUTO_FOCUS = ""

    def __init__(self, project: str = "", item: str = "") -> None:
        super().__init__()
        self._first, self._wanted = project, item
        self._fresh = True
        self._notes: tuple[MeetingNote, ...] = ()
        self._items: tuple[StoredItem, ...] = ()

    def compose(self) -> ComposeResult:
        """Project; its notes and its tasks."""
        yield Banner()
        with Horizontal(id="meetings-head"):
            yield ProjectSelect(id="meetings-project")
            yield Static(id="meetings-hint", markup=False)
        with Horizontal(id="meetings"):
            yield BlockList(id="meetings-notes")
            yield BlockList(gutter=GUTTER, id="meetings-items")
        yield Footer(show_command_palette=False)

    @property
    def notes(self) -> BlockList:
        """The notes to choose from."""
        return self.query_one("#meetings-notes", BlockList)

    @property
    def tasks(self) -> BlockList:
        """The project's tasks."""
        return self.query_one("#meetings-items", BlockList)

    @property
    def project_slug(self) -> str:
        """The chosen project."""
        return self.query_one(ProjectSelect).slug

    def relabel(self) -> None:
        """Write the labels and read the project."""
        self.query_one(Banner).show(content(self.say("desk.meetings.title"), "bold $primary"), Content(""))
        self.query_one("#meetings-hint", Static).update(content(self.say("desk.meetings.hint")))
        wanted = self._first or self.desk.remembered.project or next((p.slug for p in self.desk.projects), "")
        self.query_one(ProjectSelect).fill(self.desk.projects, self.say("desk.compose.choose"), wanted)
        (self.tasks if self._wanted else self.notes).focus()
        self._show()
        self._read()

    def on_select_changed(self, event: Select.Changed) -> None:
        """Another project has other meetings."""
        event.stop()
        self.desk.remember(project=self.project_slug)
        self._fresh = True
        self._read()

    def on_screen_resume(self) -> None:
        """Back from a meeting: its tasks may be others now."""
        if self.is_mounted and self.project_slug:
            self._read()

    def state_moved(self) -> None:
        """Some process changed something."""
        self._read()

    def _read(self) -> None:
        slug, services = self.project_slug, self.services
        if slug:
            self.ask(
                "meetings",
                lambda: messages.MeetingsRead(slug, services.meetings.notes(slug), services.meetings.items(slug)),
                lambda found: found,
            )

    def on_meetings_read(self, event: messages.MeetingsRead) -> None:
        """Show notes and tasks."""
        if event.slug == self.project_slug:
            self._notes = event.notes
            self._items = tuple(sorted(event.items, key=lambda i: _ORDER.index(i.state)))
            self._show()

    def _show(self) -> None:
        blocks = [Block(content(self.say("desk.meetings.paste"), "bold"), key=PASTE)]
        likely = [n for n in self._notes if n.likely]
        for label, notes in (
            ("desk.meetings.likely", likely),
            ("desk.meetings.others", [n for n in self._notes if not n.likely]),
        ):
            if notes:
                blocks.append(Block(content(self.say(label), "$primary bold"), space=1))
            blocks += [self._note(note) for note in notes]
        first = f"{NOTE}{likely[0].path}" if likely and self._fresh else None
        self.notes.show(tuple(blocks), keep=first)
        self._fresh = self._fresh and not self._notes
        kept = [
            item_block(i.found, i, KEPT + i.id, self.language, space=1 if n else 0) for n, i in enumerate(self._items)
        ]
        if not kept:
            kept = [Block(content(self.say("desk.meetings.no_items"), "$muted"))]
        self.tasks.show(tuple(kept), keep=KEPT + self._wanted if self._wanted else None)
        if self._items:
            self._wanted = ""
        self.refresh_bindings()

    def _note(self, note: MeetingNote) -> Block:
        day = note.dated.isoformat() if note.dated else self.say("desk.source.undated")
        words = Content.assemble((f"{day}  ", "$muted"), shown(note.path.removeprefix("notes/")))
        return Block(words, key=NOTE + note.path)

    # --- items

    def at_hand(self) -> StoredItem | None:
        """The task under the cursor, when the keys go to the tasks."""
        if not self.tasks.has_focus:
            return None
        return next((i for i in self._items if KEPT + i.id == self.tasks.key), None)

    def accepted(self) -> tuple[StoredItem, ...]:
        """Everything that was taken on and is not done."""
        return tuple(i for i in self._items if i.state is ItemState.ACCEPTED)

    def items_moved(self) -> None:
        """Show the tasks as they are now."""
        self._read()

    def on_cursor_list_moved(self) -> None:
        """What is on offer depends on the task."""
        self.refresh_offers()

    def on_descendant_focus(self) -> None:
        """What is on offer depends on which list has the keys."""
        self.refresh_bindings()

    # --- choosing

    def on_cursor_list_chosen(self) -> None:
        """Read the meeting, or see where a task comes from."""
        if self.notes.has_focus:
            chosen = self.notes.key
            if chosen == PASTE:
                self.action_paste()
            elif chosen:
                self._open(path=chosen.removeprefix(NOTE))
            return
        item = self.at_hand()
        if item is not None and item.meeting.path:
            self._open(path=item.meeting.path)

    def _open(self, *, path: str = "", text: str = "") -> None:
        from tui.screens.meeting import MeetingScreen  # noqa: PLC0415 (loaded when somebody reads one)

        self.app.push_screen(MeetingScreen(self.project_slug, path=path, text=text))

    def action_paste(self) -> None:
        """Paste notes that are in no file."""

        def answered(words: str | None) -> None:
            if words:
                self._open(text=words)

        self.app.push_screen(WordsDialog("desk.meetings.paste_title", "desk.meetings.paste_hint"), answered)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Pasting needs a project."""
        if action == "paste":
            return self.is_mounted and bool(self.project_slug)
        return super().check_action(action, parameters)

    def action_back(self) -> None:
        """Back to where one came from."""
        self.dismiss(None)
