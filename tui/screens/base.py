"""The base of every screen: its words, its keys in the reader's language, its questions and what goes wrong."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual import events
from textual.app import SuspendNotSupported
from textual.binding import ActiveBinding, BindingType
from textual.message import Message
from textual.screen import ModalScreen, Screen, ScreenResultType
from textual.worker import Worker, WorkerState

from assistant.domain.outbox import OutboxEntry
from assistant.domain.project import Language
from assistant.i18n import text
from tui.asking import ask
from tui.editor import editor_command
from tui.errors import Loudness, notice_for
from tui.keys import key, localised
from tui.places import PLACES, Place
from tui.widgets.fields import UndoBar

if TYPE_CHECKING:
    from assistant.services import DeskServices
    from tui.app import Desk

Answer = TypeVar("Answer")
STORING = "storing"


class DeskScreen(Screen[ScreenResultType]):
    """A screen of the desk. `Worker.StateChanged` does not bubble to the App, so its handler stands here."""

    _offered: tuple[tuple[str, bool], ...] | None = None

    # --- words

    @property
    def desk(self) -> "Desk":
        """The running desk."""
        return cast("Desk", self.app)

    @property
    def language(self) -> Language:
        """The interface's language."""
        return self.desk.language

    def say(self, text_key: str, **values: object) -> str:
        """Give an interface text."""
        return text(text_key, self.language, **values)

    def tell(self, text_key: str, *, loudness: Loudness = "information", **values: object) -> None:
        """Show a passing notice. Values are data: never markup."""
        self.desk.show_notice(self.say(text_key, **values), loudness=loudness)

    def relabel(self) -> None:
        """Write every label of the screen anew; called once it stands and when the language changes."""

    def state_read(self) -> None:
        """React to a fresh queue and outbox in `desk.rows` and `desk.entries`."""

    def state_moved(self) -> None:
        """React to a change of the state by any process."""

    def take_late(self, event: events.Key | events.Paste) -> None:
        """Take what no widget took: it was sent before the keys went elsewhere."""

    def tick(self, now: datetime) -> None:
        """React to the passing of time, twice a second."""
        self.show_undo(now)

    # --- taking an approval back

    def show_undo(self, now: datetime) -> None:
        """Count down what can be taken back, on screens with a bar for it."""
        for bar in self.query(UndoBar):
            if bar.show(self.desk.entries, now, self.language):
                self.refresh_bindings()

    @property
    def to_undo(self) -> OutboxEntry | None:
        """The approval that can be taken back now."""
        return next((bar.entry for bar in self.query(UndoBar)), None)

    def action_undo(self) -> None:
        """Take the newest approval back."""
        entry = self.to_undo
        if entry is not None:
            self.desk.withdraw(entry)

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The keys on offer, named in the interface's language."""
        return localised(super().active_bindings, self.desk.language)

    def refresh_bindings(self) -> None:
        """Have the footer written anew."""
        self._offered = None
        super().refresh_bindings()

    def refresh_offers(self) -> None:
        """Have the footer written anew if other keys are on offer than before; it costs more than a list's line."""
        now = tuple((name, active.enabled) for name, active in super().active_bindings.items())
        if now != self._offered:
            self.refresh_bindings()
            self._offered = now

    def on_mount(self) -> None:
        """Put the words on the screen."""
        self.relabel()

    def run_editor(self, use: Callable[[list[str]], Answer]) -> Answer | None:
        """Give the terminal to the person's editor while `use` runs it; None, and a notice, where that cannot be."""
        command = editor_command()
        if not command:
            self.tell("desk.editor.none", loudness="warning")
            return None
        answer, missing = None, False
        try:
            with self.app.suspend():
                try:
                    answer = use(command)
                except OSError:
                    missing = True  # told below: an error that leaves `suspend` would keep the terminal away from us
        except SuspendNotSupported:
            self.tell("desk.editor.no_terminal", loudness="warning")
            return None
        self.app.refresh()
        if missing:
            self.tell("desk.editor.missing", loudness="warning", name=command[0])
        return answer

    # --- questions

    @property
    def services(self) -> "DeskServices":
        """The open workspace; screens that use it are shown once it is there."""
        services = self.desk.services
        if services is None:
            raise RuntimeError("The workspace is not open yet.")
        return services

    def ask(self, group: str, work: Callable[[], Answer], done: Callable[[Answer], Message]) -> None:
        """Ask services something; only the newest question of a group is answered."""
        ask(self, group, work, done)

    def store(self, work: Callable[[], Answer], done: Callable[[Answer], Message]) -> bool:
        """Store a decision, one at a time; gives False while another is under way."""
        if self.storing:
            return False
        ask(self, STORING, work, done, newest_only=False)
        return True

    @property
    def storing(self) -> bool:
        """Tell whether a decision is being stored."""
        return any(w.group == STORING and w.node is self and not w.is_finished for w in self.workers)

    def failed(self, group: str, error: BaseException) -> bool:  # noqa: ARG002 (screens that override it use both)
        """Deal with an error in the screen's own way; gives False for the usual notice."""
        return False

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Show what went wrong in a worker."""
        error = event.worker.error
        if event.state is not WorkerState.ERROR or error is None or self.failed(event.worker.group, error):
            return
        notice = notice_for(error, self.language)
        self.desk.show_notice(notice.sentence, title=notice.heading, loudness=notice.loudness)


class PlaceScreen(DeskScreen[ScreenResultType]):
    """A screen that fills the window: one can go elsewhere from it."""

    BINDINGS: ClassVar[list[BindingType]] = [key("g,f2", "go", "app.go")]

    def action_go(self) -> None:
        """Choose where to go."""
        from tui.screens.dialogs import Choice, ChoiceDialog  # noqa: PLC0415 (not needed before the first paint)

        def chosen(place: Place | None) -> None:
            if place is not None:
                self.desk.go(place)

        choices = tuple(Choice(place, place.words) for place in PLACES)
        dialog: ChoiceDialog[Place] = ChoiceDialog("desk.go.title", "desk.go.hint", choices)
        self.app.push_screen(dialog, chosen)


class DeskDialog(DeskScreen[ScreenResultType], ModalScreen[ScreenResultType]):
    """A modal question with a typed answer; escape answers with nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [key("escape", "cancel", "dialog.cancel")]

    def action_cancel(self) -> None:
        """Close without an answer."""
        self.dismiss(None)
