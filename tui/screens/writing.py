"""Waiting for a writer: what it writes appears sentence by sentence, and escape stops it."""

import threading
import time
from collections.abc import Callable
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Footer, Static

from assistant.domain.rewriting import Heard, WritingEvent, WritingStage
from tui.keys import key
from tui.screens.base import DeskDialog
from tui.widgets.cursor_list import Block, BlockList, content

Result = TypeVar("Result")
WRITING = "writing"


class Told(Message):
    """A writer told something."""

    def __init__(self, event: WritingEvent) -> None:
        super().__init__()
        self.event = event


class Written(Message):
    """The work is done; its result lies with the dialog."""


class WritingDialog(DeskDialog[Result], Generic[Result]):
    """Runs one use case that writes and answers with what it gave; with nothing when it was stopped or failed.

    What arrives after a stop is dropped; services store nothing for a cancelled call that had not finished.
    """

    BINDINGS: ClassVar[list[BindingType]] = [key("escape", "cancel", "writing.stop")]

    def __init__(self, title: str, work: Callable[[Heard, Callable[[], bool]], Result]) -> None:
        super().__init__()
        self._title, self._work = title, work
        self._stop = threading.Event()
        self._result: Result | None = None
        self._sentences: list[str] = []
        self._stage = ""
        self._started = time.monotonic()
        self._clock: Timer | None = None

    def compose(self) -> ComposeResult:
        """A title, the sentences, and how long it has taken."""
        with Vertical(id="writing", classes="dialog"):
            yield Static(id="writing-title", classes="dialog-title", markup=False)
            yield BlockList(id="writing-sentences")
            yield Static(id="writing-stage", classes="dialog-text", markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        """Begin."""
        super().on_mount()
        self._clock = self.set_interval(0.25, self._show_stage)

        def heard(event: WritingEvent) -> None:
            self.post_message(Told(event))

        def work() -> None:
            self._result = self._work(heard, self._stop.is_set)

        self.ask(WRITING, work, lambda _: Written())

    def relabel(self) -> None:
        """Write the title."""
        self.query_one("#writing-title", Static).update(content(self.say(self._title)))
        self._show_stage()

    def _show_stage(self) -> None:
        seconds = int(time.monotonic() - self._started)
        stage = self._stage or self.say("desk.writing.begin")
        words = self.say("desk.writing.stage", stage=stage, seconds=seconds)
        self.query_one("#writing-stage", Static).update(content(words))

    def on_told(self, message: Told) -> None:
        """Show a sentence, or what the writer is about."""
        event = message.event
        if event.stage is WritingStage.SENTENCE:
            self._sentences.append(event.text)
        elif event.stage is WritingStage.DISCARDED:
            self._sentences.clear()
            self._stage = self.say("desk.writing.discarded")
        elif event.stage is WritingStage.WRITING:
            self._stage = self.say("desk.writing.model" if event.writer == "model" else "desk.writing.offline")
        elif event.stage is WritingStage.CHECKING:
            self._stage = self.say("desk.writing.checking")
        else:
            self._stage = self.say("desk.writing.repairing", n=event.count)
        listing = self.query_one(BlockList)
        listing.show(tuple(Block(content(words)) for words in self._sentences))
        listing.action_edge(1)
        self._show_stage()

    def on_written(self) -> None:
        """Answer."""
        self.dismiss(self._result)

    def failed(self, group: str, error: BaseException) -> bool:
        """Say why, and answer with nothing; a stop needs no words but that nothing was kept."""
        if group != WRITING:
            return False
        if self._stop.is_set():
            self.tell("desk.compose.stopped")
        else:
            self.desk.show_error(error)
        self.dismiss(None)
        return True

    def action_cancel(self) -> None:
        """Stop the writer."""
        self._stop.set()
        self.workers.cancel_group(self, WRITING)
        self.tell("desk.compose.stopped")
        self.dismiss(None)
