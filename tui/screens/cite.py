"""Citing: search the project's notes and choose a passage as the source of a sentence."""

from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Footer, Input, Static

from assistant.domain.note import Hit
from tui import messages
from tui.keys import key
from tui.plain import shown
from tui.screens.base import DeskDialog
from tui.widgets.cursor_list import Block, BlockList, content
from tui.widgets.fields import Line
from tui.widgets.source_lines import cite_words, passage_facts

PAUSE = 0.25
HITS = 12


class CiteDialog(DeskDialog[str]):
    """Answers with a passage's id. Only passages that may be told are searched."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("down", "to_list", "cite.to_list", show=False),
        key("slash", "to_field", "cite.to_field"),
    ]

    def __init__(self, project: str, as_of: date, sentence: str) -> None:
        super().__init__()
        self._project, self._as_of, self._sentence = project, as_of, sentence
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """The sentence, the field, the passages."""
        with Vertical(id="cite", classes="dialog"):
            yield Static(id="cite-title", classes="dialog-title", markup=False)
            yield Static(content(self._sentence), classes="dialog-text", markup=False)
            yield Line(id="cite-query")
            yield BlockList(gutter=4, id="cite-hits")
        yield Footer(show_command_palette=False)

    def relabel(self) -> None:
        """Write the labels and search for the sentence itself first."""
        self.query_one("#cite-title", Static).update(content(self.say("desk.cite.title")))
        line = self.query_one(Line)
        line.placeholder = self.say("desk.cite.placeholder")
        line.focus()
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
        query = self.query_one(Line).value.strip() or self._sentence
        services, project, as_of = self.services, self._project, self._as_of
        self.ask(
            "search",
            lambda: services.search(project, query, n=HITS, as_of=as_of),
            lambda result: messages.PassagesFound(query, result),
        )

    def on_passages_found(self, event: messages.PassagesFound) -> None:
        """Show what was found."""
        hits = event.result.hits
        blocks = [block for i, hit in enumerate(hits) for block in self._hit(i, hit)]
        if not hits:
            blocks = [Block(content(self.say("desk.cite.none"), "$muted"))]
        if event.result.lexical_only:
            blocks.insert(0, Block(content(self.say("desk.cite.lexical"), "$warning")))
        self.query_one(BlockList).show(tuple(blocks))

    def _hit(self, index: int, hit: Hit) -> list[Block]:
        passage = hit.passage
        words = " ".join(passage.text.split())
        facts = Content.assemble(
            (shown(cite_words(passage)), "bold"), (f"  {passage_facts(passage, self.language)}", "")
        )
        number = Content.styled(f"{index + 1}", "$accent")
        return [
            Block(Content.assemble(facts.stylize("$muted"), "\n", shown(words)), number, passage.id, 1),
        ]

    def action_to_list(self) -> None:
        """Go to the passages."""
        self.query_one(BlockList).focus()

    def action_to_field(self) -> None:
        """Type other words."""
        self.query_one(Line).focus()

    def on_cursor_list_chosen(self) -> None:
        """Cite the passage under the cursor."""
        chosen = self.query_one(BlockList).key
        if chosen:
            self.dismiss(chosen)
