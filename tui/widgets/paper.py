"""Several lines to type in. Apart from the other fields, because the queue's first paint does not need it."""

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult

from tui.keys import key
from tui.plain import typed


class Paper(TextArea):
    """Several lines to type in, with undo; wide characters keep their places."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("ctrl+z", "undo", "editor.undo", show=False),
        key("ctrl+y", "redo", "editor.redo", show=False),
    ]

    def edit(self, edit: Edit) -> EditResult:
        """Take typed and pasted text with its controls made visible."""
        edit.text = typed(edit.text)
        return super().edit(edit)

    def on_paste(self, event: events.Paste) -> None:
        """Keep it: what is taken here goes no further."""
        event.stop()
