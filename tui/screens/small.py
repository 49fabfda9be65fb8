"""What stands on a window that is too small to read in."""

from textual.app import ComposeResult
from textual.widgets import Static

from tui.screens.base import DeskDialog
from tui.widgets.cursor_list import content

LEAST_WIDTH = 60
LEAST_HEIGHT = 16


class SmallScreen(DeskDialog[None]):
    """One sentence; the desk takes it away when the window is large enough again."""

    def compose(self) -> ComposeResult:
        """The sentence."""
        yield Static(id="small", markup=False)

    def relabel(self) -> None:
        """Say how large it is and how large it should be."""
        size = self.app.size
        words = self.say(
            "desk.small", width=size.width, height=size.height, least_width=LEAST_WIDTH, least_height=LEAST_HEIGHT
        )
        self.query_one("#small", Static).update(content(words))

    def on_resize(self) -> None:
        """Count anew."""
        self.relabel()

    def action_cancel(self) -> None:
        """Only a larger window closes it."""
