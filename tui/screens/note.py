"""A note as the index reads it: its lines with their numbers, the cursor on the line that was asked for."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Footer, Static

from tui import editor, messages
from tui.keys import key
from tui.plain import shown
from tui.screens.base import PlaceScreen
from tui.widgets.cursor_list import Block, BlockList, content
from tui.widgets.fields import Banner

GUTTER = 8
PLAIN = (".md", ".txt", ".eml", ".csv", ".markdown", ".text", ".log", ".vtt", ".srt", ".html")


class NoteScreen(PlaceScreen[None]):
    """Reads one note. Files that an editor can show as text can be opened in the person's own."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("o", "open_editor", "note.editor"),
        key("y", "copy", "note.copy"),
        key("escape,q", "back", "note.back"),
    ]

    def __init__(self, project: str, path: str, start: int, end: int, place: str = "") -> None:
        super().__init__()
        self._project, self._path, self._start, self._end = project, path, start, end
        self._place = place

    def compose(self) -> ComposeResult:
        """Where it is, and the lines."""
        yield Banner()
        yield Static(id="note-hint", markup=False)
        yield BlockList(gutter=GUTTER, id="note-lines")
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Read it."""
        super().on_mount()
        services, project, path = self.services, self._project, self._path
        self.ask("note", lambda: services.note_lines(project, path), messages.NoteRead)

    def relabel(self) -> None:
        """Say which note it is."""
        name = next((p.name for p in self.desk.projects if p.slug == self._project), self._project)
        left = Content.assemble(
            ("Sincerely", "bold $primary"), "  ", shown(name), ("  ›  ", "$muted"), shown(self._path)
        )
        right = self.say("desk.note_screen.lines", start=self._start, end=self._end)
        self.query_one(Banner).show(left, content(f"{shown(self._place)} · {right}" if self._place else right))
        self.query_one("#note-hint", Static).update(content(self.say("desk.note_screen.hint")))

    def on_note_read(self, event: messages.NoteRead) -> None:
        """Show the lines, the wanted ones marked and in sight."""
        blocks = []
        for number, line in enumerate(event.lines, 1):
            inside = self._start <= number <= self._end
            rail = ("┃" if inside else " ", "$accent")
            gutter = Content.assemble((f"{number:>5} ", "$faint"), rail)
            under = Content.assemble("      ", rail)
            blocks.append(
                Block(content(line.expandtabs(4), "bold" if inside else ""), gutter, str(number), under=under)
            )
        listing = self.query_one(BlockList)
        listing.show(tuple(blocks), keep=str(min(self._start, len(blocks))))
        listing.focus()

    def failed(self, group: str, error: BaseException) -> bool:
        """A note that is gone closes the screen."""
        if group == "note":
            self.desk.show_error(error)
            self.dismiss(None)
            return True
        return False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Only files of text open in an editor."""
        return self._path.casefold().endswith(PLAIN) if action == "open_editor" else True

    def action_open_editor(self) -> None:
        """Open it at the line in the person's own editor; afterwards the index is brought up to date."""
        services, project = self.services, self._project
        path, line = services.note_file(project, self._path), self._start
        code = self.run_editor(lambda command: editor.run(editor.at_line(command, path, line)))
        if code is None:
            return
        if code != 0:
            self.tell("desk.editor.exit", loudness="warning")

        def again() -> tuple[str, ...]:
            services.refresh(project)
            return services.note_lines(project, self._path)

        self.ask("note", again, messages.NoteRead)

    def action_copy(self) -> None:
        """Copy the marked lines."""
        chosen = self.query_one(BlockList).blocks[self._start - 1 : self._end]
        self.desk.copy_out("\n".join(block.body.plain for block in chosen))

    def action_back(self) -> None:
        """Back to where one came from."""
        self.dismiss(None)
