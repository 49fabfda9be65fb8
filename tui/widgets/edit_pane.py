"""Editing in place: a subject line and the body as it goes out."""

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static, TextArea

from tui.widgets.fields import Line
from tui.widgets.marked_paper import Mark, MarkedPaper


class EditPane(Vertical):
    """Subject and body of a draft while they are being typed."""

    class Typed(Message):
        """The text changed."""

    def compose(self) -> ComposeResult:
        """Two fields with their titles in the frame, and what is marked at the cursor."""
        yield Line(id="edit-subject")
        yield MarkedPaper(id="edit-body", soft_wrap=True)
        yield Static(id="edit-mark", markup=False)

    class Stepped(Message):
        """The cursor went elsewhere in the body."""

    @property
    def paper(self) -> MarkedPaper:
        """The body's field."""
        return self.query_one(MarkedPaper)

    @property
    def subject(self) -> str:
        """The subject as typed."""
        return self.query_one(Line).value

    @property
    def body(self) -> str:
        """The body as typed."""
        return self.paper.text

    def title(self, subject: str, body: str) -> None:
        """Name the two fields."""
        self.query_one(Line).border_title = subject
        self.paper.border_title = body

    def begin(self, subject: str, body: str, *, at: int = 0) -> None:
        """Put a text in, the cursor at a character of the body."""
        self.query_one(Line).value = subject
        paper = self.paper
        paper.load_text(body)
        self.go_to(at)
        self.screen.set_focus(paper)

    def mark(self, checked: str, marks: tuple[Mark, ...]) -> None:
        """Mark what a check found in a body."""
        self.paper.show_marks(checked, marks)

    def say_mark(self, words: Content) -> None:
        """Say below the body what is marked at the cursor."""
        self.query_one("#edit-mark", Static).update(words)

    def focus_subject(self) -> None:
        """Type in the subject."""
        self.screen.set_focus(self.query_one(Line))

    def go_to(self, at: int) -> None:
        """Put the cursor at a character of the body."""
        paper = self.paper
        before = paper.text[:at]
        row = before.count("\n")
        paper.move_cursor((row, len(before) - (before.rfind("\n") + 1)), center=True)

    def on_input_changed(self, event: Input.Changed) -> None:
        """The subject changed."""
        event.stop()
        self.post_message(self.Typed())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """From the subject into the body."""
        event.stop()
        self.paper.focus()

    def on_text_area_selection_changed(self, event: TextArea.SelectionChanged) -> None:
        """The cursor moved."""
        event.stop()
        self.post_message(self.Stepped())

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """The body changed."""
        event.stop()
        self.post_message(self.Typed())
