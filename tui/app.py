"""The desk: the application under the screens. It opens the workspace, watches it, and delivers what is due."""

import threading
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.command import CommandPalette
from textual.reactive import reactive
from textual.screen import Screen
from textual.worker import Worker, WorkerState, get_current_worker

from assistant.domain.guidance import Playbook
from assistant.domain.outbox import OutboxEntry, OutboxState
from assistant.domain.project import Language, Project
from assistant.errors import AssistantError
from assistant.i18n import text
from assistant.ports import DraftRow
from tui import messages
from tui.asking import ask
from tui.errors import Loudness, notice_for
from tui.keys import key
from tui.plain import shown
from tui.recovery import Recovery
from tui.screens.base import DeskScreen
from tui.screens.queue import QueueScreen
from tui.themes import DARK, LIGHT
from tui.widgets.queue_lists import seconds_left

if TYPE_CHECKING:
    from assistant.services import DeskServices

POLL_SECONDS = 0.5
TICK_SECONDS = 0.5


class Desk(App[None]):
    """The review desk.

    `open_services` is called in a worker after the first paint. With `deliver`, approved messages are handed to the
    transport once their undo time is over. `recovery` is a folder for unsaved edits; without one they are kept in
    memory only.
    """

    TITLE = "Sincerely"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = True
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (104, "-wide")]  # noqa: RUF012 (Textual declares no class variable)
    VERTICAL_BREAKPOINTS = [(0, "-low"), (32, "-high")]  # noqa: RUF012 (the same)
    BINDINGS: ClassVar[list[BindingType]] = [
        key("question_mark,f1", "help", "app.help"),
        key("ctrl+p", "command_palette", "app.palette", show=False, priority=True),
        key("ctrl+l", "switch_language", "app.language", show=False, priority=True),
        key("ctrl+t", "switch_theme", "app.theme", show=False, priority=True),
        key("ctrl+q", "quit", "app.quit", show=False, priority=True),
    ]

    language: reactive[Language] = reactive("en", init=False)

    def __init__(
        self,
        open_services: "Callable[[], DeskServices]",
        *,
        language: Language,
        deliver: bool = True,
        recovery: Path | None = None,
    ) -> None:
        super().__init__()
        self._open_services = open_services
        self._deliver = deliver
        self._leaving = threading.Event()
        self.set_reactive(Desk.language, language)
        self.recovery = Recovery(recovery)
        self.services: DeskServices | None = None
        self.projects: tuple[Project, ...] = ()
        self.kinds: tuple[Playbook, ...] = ()
        self.rows: tuple[DraftRow, ...] = ()
        self.entries: tuple[OutboxEntry, ...] = ()
        self.queue_known = False
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name

    # --- opening

    def get_default_screen(self) -> Screen[None]:
        """The queue is home."""
        return QueueScreen()

    def on_ready(self) -> None:
        """Open the workspace now that something is on the screen."""
        self.open_workspace()
        self.set_interval(TICK_SECONDS, self._tick)

    def open_workspace(self) -> None:
        """Open the workspace in a worker; again after a failure."""

        def opened() -> "tuple[DeskServices, tuple[Project, ...], tuple[Playbook, ...]]":
            services = self._open_services()
            return services, services.projects.all(), services.kinds()

        ask(self, "opening", opened, lambda found: messages.ServicesOpened(*found))

    def on_services_opened(self, event: messages.ServicesOpened) -> None:
        """Read the queue and begin to watch."""
        self.services, self.projects, self.kinds = event.services, event.projects, event.kinds
        self.read_queue()
        self.run_worker(partial(self._watch, event.services), group="watching", exit_on_error=False, thread=True)

    def _watch(self, services: "DeskServices") -> None:
        worker = get_current_worker()
        mark = services.change_mark()
        troubled = False
        while not worker.is_cancelled and not self._leaving.wait(POLL_SECONDS):
            try:
                now = services.change_mark()
            except AssistantError as error:
                if not troubled:
                    self.call_from_thread(self.show_error, error)
                troubled = True
                continue
            troubled = False
            if now != mark:
                mark = now
                self.post_message(messages.MarkMoved(now))

    def on_mark_moved(self) -> None:
        """Some process changed something: show it."""
        self.read_queue()
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen):
                screen.state_moved()

    def read_queue(self) -> None:
        """Read queue and outbox in a worker."""
        services = self.services
        if services is not None:
            ask(self, "queue", lambda: (services.rows(), services.entries()), lambda r: messages.QueueRead(*r))

    def on_queue_read(self, event: messages.QueueRead) -> None:
        """Give every screen the fresh queue."""
        self.rows, self.entries, self.queue_known = event.rows, event.entries, True
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen):
                screen.state_read()

    # --- delivering

    def _tick(self) -> None:
        if self.services is None:
            return
        now = self.services.clock()
        if isinstance(self.screen, DeskScreen):
            self.screen.tick(now)
        if self._deliver and self.anything_due():
            self.deliver_now()

    def anything_due(self) -> bool:
        """Tell whether an approved message may leave now."""
        if self.services is None:
            return False
        now = self.services.clock()
        return any(e.state is OutboxState.QUEUED and not seconds_left(e, now) for e in self.entries)

    def deliver_now(self) -> None:
        """Hand over what is approved and due, one delivery at a time."""
        services = self.services
        if services is None or any(w.group == "delivering" and not w.is_finished for w in self.workers):
            return
        ask(self, "delivering", services.deliver, messages.DeliveryFinished, newest_only=False)

    def on_delivery_finished(self, event: messages.DeliveryFinished) -> None:
        """Say what became of each message."""
        for entry in event.entries:
            people = ", ".join(r.name or r.email for r in entry.message.recipients)
            said = _DELIVERED.get(entry.state)
            if said is not None:
                loudness: Loudness = "information" if entry.state in _WENT_WELL else "error"
                self.show_notice(text(said, self.language, people=people, subject=entry.message.subject), loudness)
        self.read_queue()

    def withdraw(self, entry: OutboxEntry) -> None:
        """Take an approval back in a worker."""
        services = self.services
        if services is not None:
            ask(self, "withdrawing", lambda: services.withdraw(entry.id), messages.ApprovalWithdrawn, newest_only=False)

    def on_approval_withdrawn(self, event: messages.ApprovalWithdrawn) -> None:
        """Say that nothing went out."""
        self.show_notice(text("desk.said.withdrawn", self.language, subject=event.view.draft.subject))
        self.read_queue()

    # --- notices

    def show_notice(self, words: str, loudness: Loudness = "information", *, title: str = "") -> None:
        """Show a passing notice; data in it is never markup and never obeyed."""
        self.notify(shown(words), title=title, severity=loudness, markup=False)

    def show_error(self, error: BaseException) -> None:
        """Show an error from the table in tui/errors.py."""
        notice = notice_for(error, self.language)
        self.show_notice(notice.sentence, notice.loudness, title=notice.heading)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Show what went wrong in one of the desk's own workers."""
        if event.state is not WorkerState.ERROR or event.worker.error is None:
            return
        if event.worker.group == "opening" and isinstance(self.screen_stack[0], QueueScreen):
            self.screen_stack[0].opening_failed(event.worker.error)
        else:
            self.show_error(event.worker.error)

    # --- keys of every screen

    def action_help(self) -> None:
        """Show the keys of the screen at hand."""
        from tui.screens.help import HelpDialog  # noqa: PLC0415 (not needed before the first paint)

        if isinstance(self.screen, DeskScreen) and not isinstance(self.screen, HelpDialog):
            self.push_screen(HelpDialog(self.screen.active_bindings))

    def action_command_palette(self) -> None:
        """Find a command by its name."""
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(placeholder=text("desk.palette.placeholder", self.language)))

    def action_switch_language(self) -> None:
        """Change the interface's language."""
        self.language = "zh" if self.language == "en" else "en"

    def watch_language(self) -> None:
        """Write every screen anew in the other language."""
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen):
                screen.relabel()
                screen.refresh_bindings()

    def action_switch_theme(self) -> None:
        """Change between dark and light."""
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Offer every key on offer by its name."""
        seen: set[str] = set()
        for active in screen.active_bindings.values():
            binding = active.binding
            if not binding.id or binding.id.startswith(_NOT_IN_PALETTE) or not active.enabled:
                continue
            if binding.description in seen:
                continue
            seen.add(binding.description)
            run = partial(self.run_action, binding.action, active.node)
            yield SystemCommand(binding.description, active.tooltip, run)

    async def action_quit(self) -> None:
        """Leave; say what still waits in the outbox."""
        waiting = sum(e.state is OutboxState.QUEUED for e in self.entries)
        self.exit(message=text("desk.said.waiting", self.language, n=waiting) if waiting else None)

    def on_unmount(self) -> None:
        """Let the watching thread end."""
        self._leaving.set()


_NOT_IN_PALETTE = ("list.", "app.palette")
_DELIVERED = {
    OutboxState.EXPORTED: "desk.said.exported",
    OutboxState.SENT: "desk.said.sent",
    OutboxState.FAILED: "desk.said.failed",
    OutboxState.UNCERTAIN: "desk.said.uncertain",
    OutboxState.VOID: "desk.said.void",
}
_WENT_WELL = frozenset({OutboxState.EXPORTED, OutboxState.SENT})
