"""What the guidance says about writing to clients: all of it, or what fits a situation in one's own words."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Footer, Input

from assistant.domain.guidance import GuidancePoint
from tui import messages
from tui.keys import key
from tui.plain import shown
from tui.screens.base import PlaceScreen
from tui.widgets.cursor_list import Block, BlockList, content
from tui.widgets.fields import Banner, Line

PAUSE = 0.3
POINTS = 8


class GuidanceScreen(PlaceScreen[None]):
    """Reads the guidance in the interface's language."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("down", "to_list", "guidance.to_list", show=False),
        key("slash", "to_field", "guidance.to_field"),
        key("escape", "back", "guidance.back"),
    ]
    AUTO_FOCUS = "#guidance-query"

    def __init__(self) -> None:
        super().__init__()
        self._timer: Timer | None = None

    def compose(self) -> ComposeResult:
        """A field and the points."""
        yield Banner()
        yield Line(id="guidance-query")
        yield BlockList(id="guidance-points")
        yield Footer(show_command_palette=False)

    def relabel(self) -> None:
        """Write the labels and read the guidance in this language."""
        self.query_one(Banner).show(content(self.say("desk.guidance.title"), "bold $primary"), Content(""))
        self.query_one(Line).placeholder = self.say("desk.guidance.placeholder")
        self._search()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search when typing pauses."""
        event.stop()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(PAUSE, self._search)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to the points."""
        event.stop()
        self.action_to_list()

    def _search(self) -> None:
        query, language, services = self.query_one(Line).value.strip(), self.language, self.services

        def find() -> tuple[GuidancePoint, ...]:
            if not query:
                return services.library.points(language)
            return tuple(hit.point for hit in services.guidance(query, language, n=POINTS))

        self.ask("guidance", find, lambda points: messages.GuidanceFound(query, points))

    def on_guidance_found(self, event: messages.GuidanceFound) -> None:
        """Show the points."""
        blocks = [self._block(point) for point in event.points]
        if not blocks:
            blocks = [Block(content(self.say("desk.guidance.none", words=shown(event.query)), "$muted"))]
        self.query_one(BlockList).show(tuple(blocks))

    @staticmethod
    def _block(point: GuidancePoint) -> Block:
        head = (shown(point.title), "bold")
        return Block(Content.assemble(head, "\n", (shown(point.text), "")), key=point.id, space=1)

    def action_to_list(self) -> None:
        """Go to the points."""
        self.query_one(BlockList).focus()

    def action_to_field(self) -> None:
        """Type other words."""
        self.query_one(Line).focus()

    def action_back(self) -> None:
        """Back to where one came from."""
        self.dismiss(None)
