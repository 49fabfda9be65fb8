"""Lists with a cursor that paint only the lines in sight."""

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from tui.keys import key
from tui.plain import shown, wrap

MARKER = "▌"
NOTHING = Content("")


class CursorList(ScrollView, can_focus=True):
    """Items one under another, with one of them under the cursor (-1: none)."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("up,k", "move(-1)", "list.up", show=False),
        key("down,j", "move(1)", "list.down", show=False),
        key("pageup", "page(-1)", "list.page_up", show=False),
        key("pagedown", "page(1)", "list.page_down", show=False),
        key("home", "edge(-1)", "list.first", show=False),
        key("end", "edge(1)", "list.last", show=False),
        key("enter", "choose", "list.choose", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"list--cursor", "list--cursor-away"}

    cursor: reactive[int] = reactive(-1, repaint=False)

    class Moved(Message):
        """The cursor went to another item."""

        def __init__(self, source: "CursorList", index: int) -> None:
            super().__init__()
            self.source = source
            self.index = index

        @property
        def control(self) -> "CursorList":
            """The list that it happened in."""
            return self.source

    class Chosen(Moved):
        """The item under the cursor was chosen with enter or a second click."""

    # --- what a kind of list says about its items

    def item_count(self) -> int:
        """Give the number of items."""
        raise NotImplementedError

    def selectable(self, index: int) -> bool:  # noqa: ARG002 (kinds of lists that have headings use it)
        """Tell whether the cursor may stand on an item."""
        return True

    def place(self, index: int) -> tuple[int, int]:
        """Give an item's first line and its number of lines."""
        raise NotImplementedError

    def item_at(self, line: int) -> int:
        """Give the item that covers a line, -1 for none."""
        raise NotImplementedError

    def paint(self, line: int, width: int) -> Strip:
        """Paint one line of the list."""
        raise NotImplementedError

    # --- cursor

    def line_style_classes(self, index: int) -> tuple[str, ...]:
        """Give the component classes an item is painted with."""
        if index != self.cursor or index < 0:
            return ()
        return ("list--cursor",) if self.has_focus else ("list--cursor-away",)

    def watch_cursor(self, old: int, new: int) -> None:
        """Repaint the two items, bring into sight, tell."""
        for index in (old, new):
            if 0 <= index < self.item_count():
                self.refresh_lines(*self.place(index))
        if new != old and 0 <= new < self.item_count():
            self.show_cursor()
            self.post_message(self.Moved(self, new))

    def show_cursor(self) -> None:
        """Scroll the item under the cursor into sight."""
        if 0 <= self.cursor < self.item_count():
            top, height = self.place(self.cursor)
            self.scroll_to_region(Region(0, top, max(self.size.width, 1), height), animate=False, force=True)

    def on_focus(self) -> None:
        """Show that keys go here."""
        self.refresh()

    def on_blur(self) -> None:
        """Show that keys go elsewhere."""
        self.refresh()

    def action_move(self, step: int) -> None:
        """Go to the next or the previous item; where none is near, scroll, so that long texts between are read."""
        target = self._next(self.cursor, step)
        if target is None or self._lines_out_of_sight(target) > 2:
            self.scroll_relative(y=step, animate=False)
        else:
            self.cursor = target

    def _lines_out_of_sight(self, index: int) -> int:
        top = self.place(index)[0]
        first = self.scroll_offset.y
        return max(first - top, top - (first + self.size.height - 1), 0)

    def action_page(self, step: int) -> None:
        """Go a page on."""
        lines = max(self.size.height - 2, 1)
        if self.cursor < 0:
            self.scroll_relative(y=step * lines, animate=False)
            return
        top = self.place(self.cursor)[0]
        target = self.cursor
        while (further := self._next(target, step)) is not None and abs(self.place(further)[0] - top) <= lines:
            target = further
        if target == self.cursor:
            self.action_move(step)
        else:
            self.cursor = target

    def action_edge(self, side: int) -> None:
        """Go to the first or the last item."""
        start = -1 if side < 0 else self.item_count()
        target = self._next(start, -side)
        if target is None:
            self.scroll_to(y=0 if side < 0 else self.virtual_size.height, animate=False)
        else:
            self.cursor = target

    def action_choose(self) -> None:
        """Choose the item under the cursor."""
        if 0 <= self.cursor < self.item_count():
            self.post_message(self.Chosen(self, self.cursor))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is; a double click chooses."""
        index = self.item_at(int(event.y) + self.scroll_offset.y)
        if index < 0 or not self.selectable(index):
            return
        self.cursor = index
        if event.chain >= 2:
            self.action_choose()

    def _next(self, start: int, step: int) -> int | None:
        index = start + step
        while 0 <= index < self.item_count():
            if self.selectable(index):
                return index
            index += step
        return None

    # --- painting

    @property
    def line_width(self) -> int:
        """Cells a line may use."""
        return max(self.scrollable_content_region.width, 1)

    def render_line(self, y: int) -> Strip:
        """Paint one line in sight."""
        line = y + self.scroll_offset.y
        if line >= self.virtual_size.height:
            return Strip.blank(self.size.width, self.visual_style.rich_style)
        return self.paint(line, self.line_width).adjust_cell_length(self.size.width, self.visual_style.rich_style)

    def paint_content(self, content: Content, width: int, classes: tuple[str, ...]) -> Strip:
        """Paint one line of content."""
        style = self.get_visual_style(*classes) if classes else self.visual_style
        strips = Visual.to_strips(self, content, max(width, 1), 1, style, pad=True, apply_selection=False)
        return strips[0] if strips else Strip.blank(width, style.rich_style)


@dataclass(frozen=True, slots=True)
class Block:
    """Some lines that belong together: a gutter of fixed width and a text that wraps beside it.

    `under` stands in the gutter beside every line after the first. A block without a key is passed over by the
    cursor. `space` is the number of empty lines before it.
    """

    body: Content
    gutter: Content = NOTHING
    key: str = ""
    space: int = 0
    under: Content = NOTHING


def content(words: str, style: str = "") -> Content:
    """Make content of data: controls visible, never markup."""
    return Content.styled(shown(words), style) if style else Content(shown(words))


class BlockList(CursorList):
    """Blocks of wrapped lines, for texts a person reads: drafts, findings, sources."""

    def __init__(self, *, gutter: int = 0, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._gutter = gutter
        self._blocks: tuple[Block, ...] = ()
        self._lines: list[tuple[int, int, int]] = []
        self._places: list[tuple[int, int]] = []
        self._width = 0

    # --- blocks

    @property
    def key(self) -> str:
        """The key of the block under the cursor."""
        return self._blocks[self.cursor].key if 0 <= self.cursor < len(self._blocks) else ""

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What is shown."""
        return self._blocks

    def show(self, blocks: tuple[Block, ...], *, keep: str | None = None) -> None:
        """Show other blocks; the cursor goes to the block with the key `keep`, else stays near where it was."""
        wanted = self.key if keep is None else keep
        old = self.cursor
        self._blocks = blocks
        self._lay_out()
        index = next((i for i, b in enumerate(blocks) if b.key and b.key == wanted), None)
        if index is None and blocks:
            near = min(max(old, 0), len(blocks) - 1)
            usable = [i for i, b in enumerate(blocks) if b.key]
            index = min(usable, key=lambda i: abs(i - near), default=None)
        self.cursor = -1 if index is None else index
        self.refresh()
        self.call_after_refresh(self.show_cursor)

    def go_to(self, wanted: str) -> bool:
        """Put the cursor on the block with that key."""
        index = next((i for i, b in enumerate(self._blocks) if b.key == wanted), None)
        if index is not None:
            self.cursor = index
        return index is not None

    def item_count(self) -> int:
        """Give the number of blocks."""
        return len(self._blocks)

    def selectable(self, index: int) -> bool:
        """Only blocks with a key."""
        return bool(self._blocks[index].key)

    def place(self, index: int) -> tuple[int, int]:
        """Give a block's first line and its number of lines."""
        return self._places[index]

    def item_at(self, line: int) -> int:
        """Give the block that covers a line."""
        return self._lines[line][0] if 0 <= line < len(self._lines) else -1

    # --- lines

    def on_resize(self) -> None:
        """Wrap anew for another width."""
        if self.line_width != self._width:
            self._lay_out()
            self.call_after_refresh(self.show_cursor)

    def _lay_out(self) -> None:
        self._width = self.line_width
        room = max(self._width - self._gutter - 3, 4)
        self._lines, self._places = [], []
        for index, block in enumerate(self._blocks):
            self._lines += [(-1, 0, 0)] * block.space
            spans = wrap(block.body.plain, room)
            self._places.append((len(self._lines), len(spans)))
            self._lines += [(index, start, end) for start, end in spans]
        self.virtual_size = Size(self._width, len(self._lines))

    def paint(self, line: int, width: int) -> Strip:
        """Paint one line of a block."""
        index, start, end = self._lines[line]
        if index < 0:
            return Strip.blank(width, self.visual_style.rich_style)
        block = self._blocks[index]
        first = line == self._places[index][0]
        marker = Content.styled(MARKER, "$primary") if index == self.cursor and self._shows_cursor else Content(" ")
        gutter = block.gutter if first else block.under
        padding = " " * max(self._gutter - gutter.cell_length, 0)
        whole = Content.assemble(marker, " ", gutter, padding, block.body[start:end])
        return self.paint_content(whole, width, self.line_style_classes(index) if self._shows_cursor else ())

    @property
    def _shows_cursor(self) -> bool:
        return True


class SideList(BlockList):
    """A block list beside the text: its cursor shows only while keys go there."""

    @property
    def _shows_cursor(self) -> bool:
        return self.has_focus
