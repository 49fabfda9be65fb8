"""Reading a draft: the text on one side, what it rests on beside it."""

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widgets import Footer, Static, TabbedContent

from assistant.domain.draft import Draft, DraftStatus, Sentence
from assistant.domain.finding import Finding
from assistant.domain.guidance import GuidancePoint, PlaybookStep
from assistant.domain.rewriting import RevisionEdits
from assistant.domain.view import DraftView, NoteExcerpt
from assistant.errors import AssistantError, DraftNotFoundError
from tui import editor, messages, wording
from tui.keys import key
from tui.plain import shown
from tui.reading import Reading
from tui.screens.base import PlaceScreen
from tui.widgets.cursor_list import BlockList, CursorList, content
from tui.widgets.draft_lines import draft_blocks
from tui.widgets.edit_pane import EditPane
from tui.widgets.fields import Banner, UndoBar
from tui.widgets.queue_lists import NARROW
from tui.widgets.side_pane import FINDINGS, HISTORY, SENTENCE, TABS, SidePane
from tui.widgets.source_lines import FINDING


class ReadingScreen(PlaceScreen[None]):
    """Shows a draft and walks through it; changes nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("n", "finding(1)", "review.next"),
        key("p", "finding(-1)", "review.previous", show=False),
        key("o", "open_note", "review.open_note", show=False),
        *[key(str(i), f"tab({i - 1})", f"review.tab{i}", show=False) for i in range(1, len(TABS) + 1)],
    ]
    AUTO_FOCUS = "#draft"

    def __init__(self, draft_id: str) -> None:
        super().__init__()
        self.draft_id = draft_id
        self.reading: Reading | None = None
        self.current = ""
        self.excerpts: Mapping[int, NoteExcerpt] = {}
        self.revisions: tuple[Draft, ...] = ()
        self.edits: tuple[RevisionEdits, ...] = ()
        self.guidance: Mapping[str, GuidancePoint] = {}

    def compose(self) -> ComposeResult:
        """Banner, text, side pane, undo, keys."""
        yield Banner()
        with Container(id="work"):
            with Vertical(id="left"):
                yield BlockList(gutter=8, id="draft")
                yield EditPane(id="editor")
                yield Static(id="verdict", markup=False)
            yield SidePane(id="side")
        yield UndoBar()
        yield Footer(show_command_palette=False)

    # --- parts

    @property
    def draft_list(self) -> BlockList:
        """The text."""
        return self.query_one("#draft", BlockList)

    @property
    def side(self) -> SidePane:
        """What stands beside it."""
        return self.query_one(SidePane)

    @property
    def editing(self) -> bool:
        """Tell whether the text is being edited in place."""
        return False

    @property
    def view(self) -> DraftView | None:
        """The draft as it was last read."""
        return self.reading.view if self.reading else None

    @property
    def finding(self) -> Finding | None:
        """The finding that keys act on."""
        return self.reading.finding(self.current) if self.reading else None

    @property
    def sentence(self) -> Sentence | None:
        """The sentence under the cursor."""
        return self.reading.sentence(self.draft_list.key) if self.reading else None

    def steps(self) -> dict[str, str]:
        """Name the playbook's steps in the interface's language."""
        kind = self.view.draft.kind if self.view else ""
        playbook = next((k for k in self.desk.kinds if k.kind == kind), None)
        return {s.id: s.title.get(self.language) for s in playbook.steps} if playbook else {}

    # --- reading from the workspace

    def on_mount(self) -> None:
        """Read the draft."""
        super().on_mount()
        self.read_view()
        self._read_guidance()

    def _read_guidance(self) -> None:
        services, language = self.services, self.language
        self.ask(
            "guidance",
            lambda: messages.GuidanceRead(language, {p.id: p for p in services.library.points(language)}),
            lambda found: found,
        )

    def on_guidance_read(self, event: messages.GuidanceRead) -> None:
        """Keep what stands behind the steps."""
        if event.language == self.language:
            self.guidance = event.points
            self._show_place()

    def read_view(self) -> None:
        """Read the newest revision in a worker."""
        services, draft_id = self.services, self.draft_id
        self.ask("view", lambda: services.view(draft_id), messages.ViewRead)

    def state_moved(self) -> None:
        """Another process, or this one, changed something."""
        self.read_view()

    def on_view_read(self, event: messages.ViewRead) -> None:
        """Show what was read; say so when somebody else changed the draft."""
        known = self.view
        if event.view == known:
            return
        if known is not None and event.view.draft.revision > known.draft.revision and not self.storing:
            self.tell("desk.said.changed_elsewhere", revision=event.view.draft.revision)
        self.show_view(event.view)

    def failed(self, group: str, error: BaseException) -> bool:
        """A draft that is gone closes the screen."""
        if group == "view" and isinstance(error, DraftNotFoundError):
            self.desk.show_error(error)
            self.dismiss(None)
            return True
        return False

    def show_view(self, view: DraftView) -> None:
        """Show a draft and what belongs to it, the cursor where it was."""
        revision = self.view.draft.revision if self.view else 0
        self.reading = Reading(view)
        if self.finding is None:
            self.current = ""
        if view.draft.revision != revision:
            self.excerpts = {}
            self.revisions = ()
        self._show_draft()
        self._read_excerpts(view)
        if self.side.tab == HISTORY:
            self.read_history()

    def _read_excerpts(self, view: DraftView) -> None:
        services = self.services
        draft = view.draft

        def excerpts() -> dict[int, NoteExcerpt]:
            found = {}
            for evidence in draft.evidence:
                try:
                    found[evidence.n] = services.excerpt(draft, evidence.n)
                except AssistantError:
                    continue  # the note is gone; the passage's own text is shown instead
            return found

        self.ask("excerpts", excerpts, lambda found: messages.ExcerptsRead(draft.id, draft.revision, found))

    def on_excerpts_read(self, event: messages.ExcerptsRead) -> None:
        """Show the lines around the sources."""
        if self.view is not None and event.revision == self.view.draft.revision:
            self.excerpts = event.excerpts
            self._show_place()

    def read_history(self) -> None:
        """Read every revision and what each changed."""
        services, draft_id = self.services, self.draft_id
        self.ask(
            "history",
            lambda: messages.HistoryRead(services.drafts.history(draft_id), services.revision_edits(draft_id)),
            lambda found: found,
        )

    def on_history_read(self, event: messages.HistoryRead) -> None:
        """Show the revisions."""
        self.revisions, self.edits = event.revisions, event.edits
        self.side.show_history(self.revisions, self.edits, self.language)

    # --- showing

    def relabel(self) -> None:
        """Write everything anew."""
        self.side.title(self.language, 0)
        if self.guidance:
            self._read_guidance()
        if self.reading is None:
            self.query_one(Banner).show(content("Sincerely", "bold $primary"), Content(""))
            return
        self._show_draft()
        if self.revisions:
            self.side.show_history(self.revisions, self.edits, self.language)

    def _show_draft(self) -> None:
        if self.reading is None:
            return
        blocks = draft_blocks(self.reading, self.language)
        fresh = not self.draft_list.blocks
        first = next((p.sentence.id for p in self.reading.places), "")
        self.draft_list.show(blocks, keep=first if fresh else None)
        self.side.show_mail(self.reading, self.language)
        self._show_place()
        self.show_frame()

    def _show_place(self) -> None:
        if self.reading is None:
            return
        place = self.draft_list.key
        finding = self.finding
        if finding is None or self.reading.place_of(finding) != place:
            first = self.reading.first_at(place)
            self.current = first.id if first else ""
        self.side.show_sentence(self.reading, place, self.current, self.excerpts, self.steps(), self.language)
        self.side.show_findings(self.reading, self.current, self.language)
        found = self.reading.place(place)
        self.side.show_why(self._step(found.section if found else ""), self.guidance, self.language)
        self.refresh_offers()

    def _step(self, section: str) -> PlaybookStep | None:
        kind = self.view.draft.kind if self.view else ""
        playbook = next((k for k in self.desk.kinds if k.kind == kind), None)
        return playbook.step(section) if playbook else None

    def show_frame(self) -> None:
        """Write banner, tabs and the line that says what is left to do."""
        view = self.view
        if view is None:
            return
        draft = view.draft
        project = next((p.name for p in self.desk.projects if p.slug == draft.project), draft.project)
        kind = next((k.title.get(self.language) for k in self.desk.kinds if k.kind == draft.kind), draft.kind)
        left = Content.assemble(("Sincerely", "bold $primary"), "  ", shown(project), ("  ›  ", "$muted"), kind)
        status = self.say(wording.STATUS[draft.status])
        writer = wording.writer_words(draft.writer, self.language)
        label = "desk.review.banner_short" if self.size.width < NARROW else "desk.review.banner"
        right = self.say(label, status=status, revision=draft.revision, writer=writer)
        self.query_one(Banner).show(left, content(right))
        self.side.title(self.language, len(view.open))
        words, look = self.verdict(view)
        if not self.editing and draft.status is DraftStatus.OPEN:
            hint = "desk.verdict.next" if view.open else "desk.verdict.approve" if view.approvable else ""
            words = self.say(hint, verdict=words) if hint else words
        line = self.query_one("#verdict", Static)
        line.set_classes(look)
        line.update(content(words))

    def verdict(self, view: DraftView) -> tuple[str, str]:
        """Say what is left to do before the message can go, and how that looks."""
        draft = view.draft
        if draft.status is not DraftStatus.OPEN:
            reason = wording.reason_words(draft.status_reason, self.language)
            said = self.say(wording.STATUS[draft.status])
            return (f"{said}: {reason}" if reason else said), ""
        back = wording.reason_words(draft.status_reason, self.language)
        note = self.say("desk.verdict.reopened", reason=back) + "  " if back else ""
        if view.approvable:
            return note + self.say("desk.verdict.ready"), "-ready"
        if not view.open:
            return note + self.say("desk.verdict.no_recipients"), "-block"
        blocks = sum(f in view.open for f in view.findings if f.severity == "block")
        warnings = len(view.open) - blocks
        label = "desk.verdict.both" if blocks and warnings else "desk.verdict.block" if blocks else "desk.verdict.warn"
        return note + self.say(label, blocks=blocks, warnings=warnings), "-block" if blocks else "-warn"

    # --- walking

    def on_cursor_list_moved(self, event: CursorList.Moved) -> None:
        """Show what belongs to the place under the cursor."""
        if event.control is self.draft_list:
            self._show_place()
        elif event.control is self.side.listing(FINDINGS) and event.control.has_focus:
            self._go_to_finding(self.side.listing(FINDINGS).key)

    def _go_to_finding(self, label: str) -> None:
        if self.reading is None:
            return
        finding = self.reading.finding(label.removeprefix(FINDING))
        if finding is not None and finding.id != self.current:
            self.current = finding.id
            if not self.draft_list.go_to(self.reading.place_of(finding)):
                self._show_place()
            self.refresh_bindings()

    def on_cursor_list_chosen(self, event: CursorList.Chosen) -> None:
        """From a finding to its sentence; from a source to its note."""
        if event.control is self.side.listing(FINDINGS):
            self.draft_list.focus()
        elif isinstance(event.control, BlockList) and self.side.evidence_chosen() is not None:
            self.action_open_note()

    def action_finding(self, step: int) -> None:
        """Go to the next finding, or the previous one."""
        if self.reading is None:
            return
        finding = self.reading.next_finding(self.current, self.draft_list.key, step)
        if finding is None:
            self.tell("desk.said.no_findings")
            return
        self.current = finding.id
        if self.side.tab not in (SENTENCE, FINDINGS):
            self.side.open_tab(SENTENCE)
        self.draft_list.go_to(self.reading.place_of(finding))
        self._show_place()

    def action_tab(self, index: int) -> None:
        """Show another tab of the side pane."""
        self.side.open_tab(TABS[index])

    def on_tabbed_content_tab_activated(self, event: TabbedContent.TabActivated) -> None:
        """History is read when somebody looks."""
        if event.pane.id == HISTORY and self.reading is not None and not self.revisions:
            self.read_history()

    def action_open_note(self) -> None:
        """Open the note behind a source at its line; afterwards bring index and findings up to date."""
        view = self.view
        n = self.side.evidence_chosen()
        if n is None and self.sentence is not None:
            n = next(iter(self.sentence.evidence), None)
        if n is None and self.finding is not None:
            n = next(iter(self.finding.evidence), None)
        if view is None or n is None:
            self.tell("desk.said.no_source", loudness="warning")
            return
        services, draft = self.services, view.draft
        try:
            place = services.editor_file(draft, n)
        except AssistantError as error:
            self.desk.show_error(error)
            return
        code = self.run_editor(lambda command: editor.run(editor.at_line(command, place.path, place.line)))
        if code is None:
            return
        if code != 0:
            self.tell("desk.editor.exit", loudness="warning")

        def again() -> DraftView:
            services.refresh(draft.project)
            return services.recheck(draft.id)

        self.store(again, lambda found: messages.ViewChanged(found, "desk.said.indexed"))
