"""The desk: the application under the screens. It opens the workspace, watches it, and delivers what is due."""

import contextlib
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.command import CommandPalette
from textual.reactive import reactive
from textual.screen import Screen
from textual.worker import Worker, WorkerState, get_current_worker

from assistant.domain.guidance import Playbook
from assistant.domain.outbox import OutboxEntry, OutboxState
from assistant.domain.project import Language, Project
from assistant.domain.rhythm import UpdateDue
from assistant.errors import AssistantError
from assistant.i18n import text
from assistant.ports import DraftRow
from tui import collecting, messages, pasting
from tui.asking import ask
from tui.errors import Loudness, notice_for
from tui.keys import is_known, key
from tui.places import QUEUE, Place
from tui.plain import shown
from tui.queue_items import Task
from tui.recovery import Recovery
from tui.remembered import Memory, Remembered
from tui.screens.base import DeskScreen
from tui.screens.queue import QueueScreen
from tui.screens.small import LEAST_HEIGHT, LEAST_WIDTH, SmallScreen
from tui.themes import DARK, LIGHT
from tui.widgets.queue_lists import seconds_left

if TYPE_CHECKING:
    from textual.await_complete import AwaitComplete
    from textual.driver import Driver

    from assistant.services import DeskServices

POLL_SECONDS = 0.5
TICK_SECONDS = 0.5


class Desk(App[None]):
    """The review desk.

    `open_services` is called in a worker after the first paint. With `deliver`, approved messages are handed to the
    transport once their undo time is over. `private` is a folder of the workspace's state: unsaved edits, what the desk
    remembers and pictures of the screen are kept there; without one they are kept in memory only. `exports` is where
    files for other programs go. `keys` gives keys of the person's own choice by the ids of bindings.
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
        key("f12", "picture", "app.picture", show=False, priority=True),
        key("ctrl+q", "quit", "app.quit", show=False, priority=True),
    ]

    language: reactive[Language] = reactive("en", init=False)

    def __init__(
        self,
        open_services: "Callable[[], DeskServices]",
        *,
        language: Language,
        deliver: bool = True,
        private: Path | None = None,
        exports: Path | None = None,
        keys: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__()
        self._memory = Memory(private / "remembered.json" if private else None)
        self._private, self._exports = private, exports
        self._usual: Language = language
        self._last = self._memory.load()
        if self._last.instead_of == language and self._last.language in ("en", "zh"):
            language = "zh" if self._last.language == "zh" else "en"
        self._keys = dict(keys or {})
        self._open_services = open_services
        self._deliver = deliver
        self._leaving = threading.Event()
        self._collector = collecting.Collector()
        self.set_reactive(Desk.language, language)
        self.recovery = Recovery(private / "unsaved" if private else None)
        self.services: DeskServices | None = None
        self.projects: tuple[Project, ...] = ()
        self.kinds: tuple[Playbook, ...] = ()
        self.rows: tuple[DraftRow, ...] = ()
        self.updates: tuple[UpdateDue, ...] = ()
        self.tasks: tuple[Task, ...] = ()
        self._noted: Mapping[str, date] | None = None
        self.entries: tuple[OutboxEntry, ...] = ()
        self.queue_known = False
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = LIGHT.name if self._last.theme == LIGHT.name else DARK.name
        self.set_keymap({name: pressed for name, pressed in self._keys.items() if is_known(name)})

    # --- what is remembered

    @property
    def remembered(self) -> Remembered:
        """What was chosen last."""
        return self._last

    def remember(self, **choices: str) -> None:
        """Keep a choice for the next time; written to disk on leaving."""
        self._last = replace(self._last, **choices)

    # --- opening

    def get_driver_class(self) -> "type[Driver]":
        """Give the terminal's driver, with pastes guarded."""
        driver = super().get_driver_class()
        pasting.guard(driver.__module__)
        return driver

    def get_default_screen(self) -> Screen[None]:
        """The queue is home."""
        return QueueScreen()

    def on_ready(self) -> None:
        """Open the workspace now that something is on the screen."""
        self.open_workspace()
        self.set_interval(TICK_SECONDS, self._tick)
        for name in self._keys:
            if not is_known(name):
                self.show_notice(text("desk.said.unknown_key", self.language, name=name), "warning")

    def on_resize(self, event: events.Resize) -> None:
        """Say so where the window is too small to read in, and go on where one was as soon as it is larger."""
        small = event.size.width < LEAST_WIDTH or event.size.height < LEAST_HEIGHT
        shown_now = isinstance(self.screen, SmallScreen)
        if small and not shown_now:
            self.push_screen(SmallScreen())
        elif shown_now and not small:
            self.pop_screen()

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

    def read_projects(self) -> None:
        """Read the project cards again, e.g. after one was edited."""
        services = self.services
        if services is not None:
            ask(self, "projects", services.projects.all, messages.ProjectsRead)

    def on_projects_read(self, event: messages.ProjectsRead) -> None:
        """Show what the cards say now."""
        self.projects = event.projects
        self.read_updates()

    def read_updates(self) -> None:
        """See anew, e.g. after notes were read, which day each client was told something last."""
        self._noted = None
        self.read_queue()

    def read_queue(self) -> None:
        """Read queue, outbox and what is owed in a worker."""
        services, noted = self.services, self._noted
        if services is None:
            return

        def read() -> messages.QueueRead:
            days: Mapping[str, date] = noted or {}
            if noted is None:
                with contextlib.suppress(AssistantError):  # an index in trouble does not keep the queue away
                    days = services.last_updates()
            rows = services.rows()
            owed = services.updates_due(rows, days)
            return messages.QueueRead(rows, services.entries(), owed, services.proposals(), days)

        ask(self, "queue", read, lambda found: found)

    def on_queue_read(self, event: messages.QueueRead) -> None:
        """Give every screen the fresh queue; once the first stands, the parts that are slow to start are started."""
        first = not self.queue_known
        self.rows, self.entries, self.updates, self.queue_known = event.rows, event.entries, event.updates, True
        self._noted = event.noted
        self.tasks = tuple(Task(i.id, i.project, i.task, i.owner or "", i.due, i.proposed_at) for i in event.proposals)
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen):
                screen.state_read()
        if first:
            self.call_after_refresh(self._warm)

    def _warm(self) -> None:
        services = self.services
        if services is None:
            return
        collecting.settle()

        def warm() -> None:
            services.warm()
            collecting.settle()

        self.run_worker(warm, group="warming", exit_on_error=False, thread=True)

    # --- delivering

    async def on_event(self, event: events.Event) -> None:
        """Note when keys come, so that what takes long is done when they rest."""
        if isinstance(event, events.InputEvent):
            self._collector.pressed()
        await super().on_event(event)

    def on_key(self, event: events.Key) -> None:
        """Give the screen a key that came back: keys of one moment are all sent to where the first one was."""
        if isinstance(self.screen, DeskScreen):
            self.screen.take_late(event)

    def on_paste(self, event: events.Paste) -> None:
        """The same for a paste."""
        if isinstance(self.screen, DeskScreen):
            self.screen.take_late(event)

    def pop_screen(self) -> "AwaitComplete":
        """Leave a screen."""
        self._collector.closed()
        return super().pop_screen()

    def _tick(self) -> None:
        if self.services is None:
            return
        self._collector.rest()
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

    def tell_moved(self, entry: OutboxEntry) -> None:
        """Say what was recorded about an outbox entry."""
        if entry.state is OutboxState.SENT:
            self.show_notice(text("desk.said.marked_sent", self.language, subject=entry.message.subject))
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
        self.remember(language=self.language, instead_of=self._usual)

    def watch_language(self) -> None:
        """Write every screen anew in the other language."""
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen):
                screen.relabel()
                screen.refresh_bindings()

    def action_switch_theme(self) -> None:
        """Change between dark and light."""
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name
        self.remember(theme=self.theme)

    def action_picture(self) -> None:
        """Save the screen as an SVG picture in the workspace's private folder."""
        if self._private is None:
            return
        folder = self._private / "pictures"
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            path = self.save_screenshot(path=str(folder))
        except OSError:
            self.show_notice(text("desk.said.no_picture", self.language), "warning")
            return
        self.show_notice(text("desk.said.picture", self.language, path=path))

    def copy_out(self, words: str) -> None:
        """Put words on the person's clipboard through the terminal (OSC 52)."""
        self.copy_to_clipboard(words)
        self.show_notice(text("desk.said.copied", self.language, n=len(words)))

    # --- going places

    def go(self, place: Place) -> None:
        """Go to a place of the desk; home closes everything above it."""
        if place.name == QUEUE:
            self.app.call_later(self._go_home)
            return
        if self.services is None:
            return
        self.push_screen(place.open())

    def open_task(self, task: Task) -> None:
        """Go to where a proposal for an action item is decided."""
        from tui.screens.meetings import MeetingsScreen  # noqa: PLC0415 (not needed before the first paint)

        self.push_screen(MeetingsScreen(task.project, task.id))

    def export(self, name: str, ending: str, words: str) -> None:
        """Write a file for other programs into the workspace's folder `exports`, and put it on the clipboard."""
        self.copy_to_clipboard(words)
        if self._exports is None:
            self.show_notice(text("desk.said.copied", self.language, n=len(words)))
            return
        path = self._exports / f"{name}.{ending}"
        try:
            self._exports.mkdir(parents=True, exist_ok=True)
            path.write_bytes(words.encode())
        except OSError:
            self.show_notice(text("desk.said.no_export", self.language), "warning")
            return
        self.show_notice(text("desk.said.exported_items", self.language, path=str(path)))

    async def _go_home(self) -> None:
        while len(self.screen_stack) > 1:
            await self.pop_screen()

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
        """Let the watching thread end, and keep what is remembered."""
        self._leaving.set()
        self._memory.keep(self._last)


_NOT_IN_PALETTE = ("list.", "app.palette")
_DELIVERED = {
    OutboxState.EXPORTED: "desk.said.exported",
    OutboxState.SENT: "desk.said.sent",
    OutboxState.FAILED: "desk.said.failed",
    OutboxState.UNCERTAIN: "desk.said.uncertain",
    OutboxState.VOID: "desk.said.void",
}
_WENT_WELL = frozenset({OutboxState.EXPORTED, OutboxState.SENT})
