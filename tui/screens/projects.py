"""Projects and settings: what each card says, how many notes are read, and how the desk is set."""

import threading
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Footer, Static

from assistant.domain.project import Project
from assistant.indexing import IndexProgress
from tui import editor, messages
from tui.keys import key
from tui.plain import fit, shown
from tui.screens.base import PlaceScreen
from tui.themes import LIGHT
from tui.widgets.cursor_list import NOTHING, Block, BlockList, CursorList, content
from tui.widgets.fields import Banner

LABEL_CELLS = 25
READING = "reading"


class ProjectsScreen(PlaceScreen[None]):
    """A list of projects, the one at hand beside it, and the settings below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("i", "index", "projects.index"),
        key("o", "open_card", "projects.card"),
        key("escape,q", "back", "projects.back"),
    ]
    AUTO_FOCUS = "#projects-list"

    def __init__(self) -> None:
        super().__init__()
        self._looked: messages.ProjectLooked | None = None
        self._stop = threading.Event()

    def compose(self) -> ComposeResult:
        """The projects, and the one at hand."""
        yield Banner()
        with Horizontal(id="projects-work"):
            yield BlockList(id="projects-list")
            yield BlockList(gutter=LABEL_CELLS, id="projects-card")
        yield Static(id="projects-progress", markup=False)
        yield Footer(show_command_palette=False)

    @property
    def listing(self) -> BlockList:
        """The projects."""
        return self.query_one("#projects-list", BlockList)

    @property
    def project(self) -> Project | None:
        """The project under the cursor."""
        return next((p for p in self.desk.projects if p.slug == self.listing.key), None)

    def relabel(self) -> None:
        """Write everything anew."""
        self.query_one(Banner).show(content(self.say("desk.projects.title"), "bold $primary"), Content(""))
        blocks = [
            Block(
                Content.assemble((shown(p.name), "bold"), "\n", (shown(p.client.name), "$muted")), key=p.slug, space=1
            )
            for p in self.desk.projects
        ]
        if not blocks:
            blocks = [Block(content(self.say("desk.projects.none"), "$muted"))]
        self.listing.show(tuple(blocks), keep=self.listing.key or self.desk.remembered.project)
        self._look()

    def on_cursor_list_moved(self, event: CursorList.Moved) -> None:
        """Show the project under the cursor."""
        if event.control is self.listing:
            self.desk.remember(project=self.listing.key)
            self._look()

    def _look(self) -> None:
        project, services = self.project, self.services
        self._show()
        if project is not None:
            slug = project.slug
            self.ask(
                "looking",
                lambda: messages.ProjectLooked(slug, len(services.store.notes(slug)), services.store.count(slug)),
                lambda looked: looked,
            )

    def on_project_looked(self, event: messages.ProjectLooked) -> None:
        """Show what the index holds."""
        self._looked = event
        self._show()

    def _show(self) -> None:
        project = self.project
        blocks = self._card(project) if project is not None else []
        self.query_one("#projects-card", BlockList).show((*blocks, *self._settings()))
        self.refresh_bindings()

    def _line(self, label: str, words: str, *, style: str = "") -> Block:
        return Block(content(words or "–", style), content(fit(self.say(label), LABEL_CELLS - 1), "$muted"))

    def _card(self, project: Project) -> list[Block]:
        authority = project.authority
        shift = authority.max_date_shift_days
        may = [
            self.say("desk.projects.shift", n=shift) if shift is not None else self.say("desk.projects.any_shift"),
            self.say("desk.projects.money" if authority.may_offer_money else "desk.projects.no_money"),
            self.say("desk.projects.scope" if authority.may_add_scope else "desk.projects.no_scope"),
        ]
        looked = self._looked if self._looked is not None and self._looked.slug == project.slug else None
        index = self.say("desk.projects.index", notes=looked.notes, passages=looked.passages) if looked else "…"
        lines = [
            Block(content(project.name, "bold $primary")),
            self._line("desk.projects.client", project.client.name),
            self._line("desk.projects.sender", f"{project.sender.name} <{project.sender.email}>"),
            self._line("desk.projects.rhythm", self._rhythm(project.update_every)),
            self._line("desk.projects.today", self.services.as_of(project).isoformat()),
            self._line("desk.projects.model", self.say(_MODELS[project.model.value])),
            self._line("desk.projects.authority", ("、" if self.language == "zh" else ", ").join(may)),
            self._line("desk.projects.notes", index),
        ]
        for i, contact in enumerate(project.contacts):
            words = f"{contact.name} <{contact.email}>" + (f"  {contact.role}" if contact.role else "")
            label = content(fit(self.say("desk.projects.contacts"), LABEL_CELLS - 1), "$muted") if not i else NOTHING
            lines.append(Block(content(words), label))
        return lines

    def _rhythm(self, rhythm: str) -> str:
        name, _, detail = rhythm.partition(":")
        if name == "weekly":
            return self.say("desk.rhythm.weekly", day=self.say(_WEEKDAYS[detail]))
        if name == "monthly":
            return self.say("desk.rhythm.monthly", n=detail)
        return self.say("desk.rhythm.daily" if name == "daily" else "desk.rhythm.none")

    def _settings(self) -> list[Block]:
        theme = self.say("desk.settings.light" if self.app.theme == LIGHT.name else "desk.settings.dark")
        return [
            Block(content(self.say("desk.settings.title"), "bold $primary"), space=1),
            self._line("desk.settings.language", self.say("desk.settings.language_name")),
            self._line("desk.settings.theme", theme),
            self._line("desk.settings.reviewer", self.services.reviewer),
            self._line(
                "desk.settings.undo", self.say("desk.settings.seconds", n=int(self.services.undo.total_seconds()))
            ),
            self._line("desk.settings.transport", self.services.transport.name),
            Block(content(self.say("desk.settings.file"), "$muted"), space=1),
        ]

    # --- keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Both need a project, and one run at a time."""
        if not self.is_mounted:
            return False
        if action == "index":
            return self.project is not None and not self._reading()
        return self.project is not None if action == "open_card" else True

    def _reading(self) -> bool:
        return any(w.group == READING and w.node is self and not w.is_finished for w in self.workers)

    def action_index(self) -> None:
        """Read the project's notes anew, with progress."""
        project, services = self.project, self.services
        if project is None:
            return
        self._stop = stop = threading.Event()

        def told(progress: IndexProgress) -> None:
            self.post_message(messages.IndexMoved(progress))

        self.ask(
            READING,
            lambda: services.index(project.slug, progress=told, cancelled=stop.is_set),
            messages.IndexFinished,
        )
        self.query_one("#projects-progress", Static).update(content(self.say("desk.projects.reading")))
        self.refresh_bindings()

    def on_index_moved(self, event: messages.IndexMoved) -> None:
        """Show how far it is."""
        step = event.progress
        label = "desk.projects.embedding" if step.phase == "embedding" else "desk.projects.reading_n"
        if self._reading():
            words = self.say(label, done=step.done, total=step.total)
            self.query_one("#projects-progress", Static).update(content(words))

    def on_index_finished(self, event: messages.IndexFinished) -> None:
        """Say what changed, and which notes could not be read."""
        report = event.report
        changed = report.added + report.changed + report.removed
        words = self.say("desk.projects.read", changed=changed, unchanged=report.unchanged)
        skipped = "".join(
            "\n" + self.say("desk.projects.skipped", path=s.path, why=s.reason) for s in report.skipped[:5]
        )
        self.query_one("#projects-progress", Static).update(content(words + skipped))
        self.desk.read_updates()
        self._look()

    def failed(self, group: str, error: BaseException) -> bool:  # noqa: ARG002 (the usual notice says which)
        """Nothing is being read any more."""
        if group == READING:
            self.query_one("#projects-progress", Static).update("")
        return False

    def action_open_card(self) -> None:
        """Open the project's card in the person's own editor and read it again."""
        project = self.project
        if project is None:
            return
        path = self.services.note_file(project.slug, "project.toml")
        code = self.run_editor(lambda command: editor.run([*command, path]))
        if code is not None:
            self.desk.read_projects()

    def state_read(self) -> None:
        """A card may have changed."""
        if self.is_mounted:
            self.relabel()

    def action_back(self) -> None:
        """Stop reading, or go back."""
        if self._reading():
            self._stop.set()
        else:
            self.dismiss(None)


_MODELS = {"none": "desk.model.none", "local": "desk.model.local", "any": "desk.model.any"}
_WEEKDAYS = {
    "mon": "desk.weekday.mon",
    "tue": "desk.weekday.tue",
    "wed": "desk.weekday.wed",
    "thu": "desk.weekday.thu",
    "fri": "desk.weekday.fri",
    "sat": "desk.weekday.sat",
    "sun": "desk.weekday.sun",
}
