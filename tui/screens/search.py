"""Searching a project's notes: type words or a question, read the passages, open the note at the line."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Footer, Input, Select, Static

from assistant.domain.note import Hit, SearchResult
from assistant.domain.project import Visibility
from assistant.indexing import IndexProgress
from tui import messages
from tui.keys import key
from tui.plain import shown
from tui.screens.base import PlaceScreen
from tui.screens.note import NoteScreen
from tui.widgets.choosers import ProjectSelect
from tui.widgets.cursor_list import Block, BlockList, content
from tui.widgets.fields import Banner, Line
from tui.widgets.source_lines import cite_words, passage_facts

PAUSE = 0.25
HITS = 30


class SearchScreen(PlaceScreen[None]):
    """Internal passages are found too, and marked: this screen is for the person at the desk, not for the client."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("down", "to_list", "search.to_list", show=False),
        key("slash", "to_field", "search.to_field"),
        key("y", "copy", "search.copy"),
        key("escape", "back", "search.back"),
    ]
    AUTO_FOCUS = "#search-query"

    def __init__(self) -> None:
        super().__init__()
        self._timer: Timer | None = None
        self._hits: dict[str, Hit] = {}
        self._result: SearchResult | None = None
        self._query = ""
        self._begun: set[str] = set()  # projects whose notes this screen has begun to index

    def compose(self) -> ComposeResult:
        """Project and words, and what was found."""
        yield Banner()
        with Horizontal(id="search-head"):
            yield ProjectSelect(id="search-project")
            yield Line(id="search-query")
        yield Static(id="search-said", markup=False)
        yield BlockList(gutter=4, id="search-hits")
        yield Footer(show_command_palette=False)

    def relabel(self) -> None:
        """Write the labels and what was found."""
        self.query_one(Banner).show(content(self.say("desk.search.title"), "bold $primary"), Content(""))
        wanted = self.desk.remembered.project or next((p.slug for p in self.desk.projects), "")
        self.query_one(ProjectSelect).fill(self.desk.projects, self.say("desk.compose.choose"), wanted)
        self.query_one("#search-query", Line).placeholder = self.say("desk.search.placeholder")
        self._show()

    def on_select_changed(self, event: Select.Changed) -> None:
        """Search another project's notes."""
        event.stop()
        self.desk.remember(project=self.query_one(ProjectSelect).slug)
        self._search()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search when typing pauses."""
        event.stop()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(PAUSE, self._search)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to the passages."""
        event.stop()
        self.action_to_list()

    def _search(self) -> None:
        query, project = self.query_one("#search-query", Line).value.strip(), self.query_one(ProjectSelect).slug
        if not query or not project:
            self._result = None
            self._show()
            return
        services = self.services
        self.query_one("#search-said", Static).update(content(self.say("desk.search.searching")))
        self.ask(
            "search",
            lambda: services.search(project, query, n=HITS, internal=True),
            lambda result: messages.PassagesFound(query, result),
        )

    def on_passages_found(self, event: messages.PassagesFound) -> None:
        """Show what was found."""
        self._result, self._query = event.result, event.query
        self._show()
        project = self.query_one(ProjectSelect).slug
        if not event.result.passages and project and project not in self._begun:
            self._index(project)

    def _index(self, project: str) -> None:
        """Read the notes of a project that was never indexed; its vectors are left to the runs after this one."""
        self._begun.add(project)
        services = self.services

        def told(progress: IndexProgress) -> None:
            self.post_message(messages.IndexMoved(progress))

        self.ask("index", lambda: services.refresh(project, progress=told), messages.IndexFinished)

    def on_index_moved(self, event: messages.IndexMoved) -> None:
        """Show how far it is."""
        step = event.progress
        if self._result is not None and not self._result.passages:
            words = self.say("desk.search.reading", done=step.done, total=step.total)
            self.query_one("#search-said", Static).update(content(words))

    def on_index_finished(self, event: messages.IndexFinished) -> None:
        """Search again, now that there is something to be found."""
        if event.report.passages and event.report.project == self.query_one(ProjectSelect).slug:
            self._search()
        else:
            self._show()

    def _show(self) -> None:
        said, listing = self.query_one("#search-said", Static), self.query_one(BlockList)
        if self._result is None:
            said.update(content(self.say("desk.search.hint")))
            listing.show(())
            return
        hits = self._result.hits
        self._hits = {hit.passage.id: hit for hit in hits}
        words = self.say("desk.search.found" if hits else "desk.search.none", n=len(hits), words=shown(self._query))
        if not self._result.passages:
            words = self.say("desk.search.empty")
        elif self._result.lexical_only:
            words = f"{words}  {self.say('desk.cite.lexical')}"
        elif self._result.partial:
            counts = {"n": self._result.with_vectors, "all": self._result.passages}
            words = f"{words}  {self.say('desk.search.partial', **counts)}"
        said.update(content(words))
        listing.show(tuple(self._block(i, hit) for i, hit in enumerate(hits)))

    def _block(self, index: int, hit: Hit) -> Block:
        passage = hit.passage
        internal = passage.visibility is Visibility.INTERNAL
        facts = Content.assemble(
            (shown(cite_words(passage)), "bold"),
            ("  " + passage_facts(passage, self.language), "$error" if internal else "$muted"),
        )
        words = " ".join(passage.text.split())
        return Block(Content.assemble(facts, "\n", shown(words)), content(str(index + 1), "$accent"), passage.id, 1)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Copying needs a passage."""
        if action == "copy":
            return self.is_mounted and self.focused is self.query_one(BlockList)
        return True

    def on_descendant_focus(self) -> None:
        """What is on offer depends on what has the keys."""
        self.refresh_bindings()

    def on_cursor_list_chosen(self) -> None:
        """Open the note at the passage."""
        hit = self._hits.get(self.query_one(BlockList).key)
        if hit is not None:
            p = hit.passage
            self.app.push_screen(NoteScreen(p.project, p.path, p.start_line, p.end_line, p.place))

    def action_to_list(self) -> None:
        """Go to the passages."""
        self.query_one(BlockList).focus()

    def action_to_field(self) -> None:
        """Type other words."""
        self.query_one("#search-query", Line).focus()

    def action_copy(self) -> None:
        """Copy the passage under the cursor."""
        hit = self._hits.get(self.query_one(BlockList).key)
        if hit is not None:
            self.desk.copy_out(hit.passage.text)

    def action_back(self) -> None:
        """Back to where one came from."""
        self.dismiss(None)
