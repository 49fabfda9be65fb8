"""Help: every key on offer, by its name and what it is for."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import ActiveBinding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Footer, Static

from tui.keys import key
from tui.plain import fit
from tui.screens.base import DeskDialog
from tui.widgets.cursor_list import NOTHING, Block, BlockList, content

KEY_CELLS = 14
NAME_CELLS = 22


class HelpDialog(DeskDialog[None]):
    """The keys of a screen, generated from its bindings: the screen's own first, then those of every screen."""

    BINDINGS: ClassVar[list[BindingType]] = [key("escape,q,question_mark", "cancel", "help.close")]

    def __init__(self, bindings: dict[str, ActiveBinding]) -> None:
        super().__init__()
        self._bindings_shown = bindings

    def compose(self) -> ComposeResult:
        """A title and the list."""
        with Vertical(id="help", classes="dialog"):
            yield Static(id="help-title", classes="dialog-title", markup=False)
            yield BlockList(gutter=KEY_CELLS + NAME_CELLS)
        yield Footer(show_command_palette=False)

    def relabel(self) -> None:
        """Write the list."""
        self.query_one("#help-title", Static).update(content(self.say("desk.help.title")))
        self.query_one(BlockList).show(self._blocks())

    def _blocks(self) -> tuple[Block, ...]:
        keys: dict[str, list[str]] = {}
        known: dict[str, ActiveBinding] = {}
        for active in self._bindings_shown.values():
            name = active.binding.id
            if name:
                keys.setdefault(name, []).append(self.app.get_key_display(active.binding))
                known.setdefault(name, active)
        blocks: list[Block] = []
        for title in ("desk.help.here", "desk.help.moving", "desk.help.everywhere"):
            names = [n for n in known if _group(n) == title]
            if names:
                blocks.append(Block(NOTHING, content(self.say(title), "$primary bold"), space=1 if blocks else 0))
            blocks += [self._line(known[name], keys[name]) for name in names]
        return tuple(blocks)

    def _line(self, active: ActiveBinding, keys: list[str]) -> Block:
        pressed = fit(" ".join(keys), KEY_CELLS)
        name = fit(self.say("desk.key." + str(active.binding.id)), NAME_CELLS)
        tip = self.say("desk.tip." + str(active.binding.id))
        return Block(content(tip, "$muted"), Content.assemble((pressed, "$accent"), (name, "bold")))


def _group(name: str) -> str:
    if name.startswith("app."):
        return "desk.help.everywhere"
    return "desk.help.moving" if name.startswith(("list.", "editor.")) else "desk.help.here"
