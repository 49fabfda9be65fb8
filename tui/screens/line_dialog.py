"""A question answered in one line, which may stay empty."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widgets import Footer, Input, Static

from tui.keys import key
from tui.screens.base import DeskDialog
from tui.widgets.cursor_list import content
from tui.widgets.fields import Line


class LineDialog(DeskDialog[str]):
    """Asks for one line; an empty one is an answer, escape is none."""

    BINDINGS: ClassVar[list[BindingType]] = [key("ctrl+s", "accept", "dialog.accept", priority=True)]

    def __init__(self, title: str, hint: str, value: str = "", **values: str) -> None:
        super().__init__()
        self._title, self._hint, self._value, self._values = title, hint, value, values

    def compose(self) -> ComposeResult:
        """Title, hint and a line."""
        with Vertical(classes="dialog"):
            yield Static(id="line-title", classes="dialog-title", markup=False)
            yield Static(id="line-hint", classes="dialog-text", markup=False)
            yield Line(self._value, id="line")
        yield Footer(show_command_palette=False)

    def relabel(self) -> None:
        """Write title and hint."""
        self.query_one("#line-title", Static).update(content(self.say(self._title, **self._values)))
        self.query_one("#line-hint", Static).update(content(self.say(self._hint, **self._values)))
        self.query_one(Line).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter answers."""
        event.stop()
        self.action_accept()

    def action_accept(self) -> None:
        """Answer with the line as it is."""
        self.dismiss(self.query_one(Line).value.strip())
