"""The last look: exactly what leaves, to whom, and what was settled on whose word."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Footer, Static

from assistant.domain.finding import Finding
from assistant.domain.project import RecipientRole
from assistant.domain.review import Waiver
from assistant.domain.view import Confirmation
from tui import wording
from tui.keys import key
from tui.plain import fit, shown
from tui.screens.base import DeskDialog
from tui.widgets.cursor_list import Block, BlockList, content

LABEL_CELLS = 14


class ConfirmDialog(DeskDialog[Confirmation]):
    """Shows sender, recipients, subject, text, attachments and waivers; `y` answers with exactly that."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("y", "approve", "confirm.approve"),
        key("escape,n,q", "cancel", "confirm.back"),
    ]

    def __init__(self, confirmation: Confirmation, undo_seconds: int) -> None:
        super().__init__()
        self._confirmation = confirmation
        self._undo_seconds = undo_seconds

    def compose(self) -> ComposeResult:
        """Title, the message as it leaves, and the keys."""
        with Vertical(id="confirm", classes="dialog"):
            yield Static(id="confirm-title", classes="dialog-title", markup=False)
            yield BlockList(id="confirm-message")
            yield Static(id="confirm-hint", classes="dialog-text", markup=False)
        yield Footer(show_command_palette=False)

    def relabel(self) -> None:
        """Write everything."""
        self.query_one("#confirm-title", Static).update(content(self.say("desk.confirm.title")))
        hint = self.say("desk.confirm.hint", seconds=self._undo_seconds)
        self.query_one("#confirm-hint", Static).update(content(hint))
        listing = self.query_one(BlockList)
        listing.show(self._blocks())
        listing.focus()

    def _blocks(self) -> tuple[Block, ...]:
        message = self._confirmation.message
        blocks = [self._head("desk.confirm.from", f"{message.sender_name} <{message.sender_email}>")]
        for role, label in ((RecipientRole.TO, "desk.confirm.to"), (RecipientRole.CC, "desk.confirm.cc")):
            people = [f"{r.name} <{r.email}>" for r in message.recipients if r.role is role]
            blocks += [self._head(label if i == 0 else "", person) for i, person in enumerate(people)]
        blocks.append(self._head("desk.confirm.subject", message.subject, style="bold"))
        names = [f"{a.name} ({len(a.content):,} B)" for a in message.attachments]
        blocks.append(self._head("desk.confirm.attachments", ", ".join(names) or self.say("desk.confirm.none")))
        blocks.append(self._head("desk.confirm.settled", self._count_words()))
        blocks += [self._waived(finding, waiver) for finding, waiver in self._confirmation.waived]
        blocks += [Block(content(line), space=0 if i else 1) for i, line in enumerate(message.body.split("\n"))]
        return tuple(blocks)

    def _count_words(self) -> str:
        count = len(self._confirmation.waived)
        return self.say("desk.confirm.waived", n=count) if count else self.say("desk.confirm.none")

    def _head(self, label: str, words: str, *, style: str = "") -> Block:
        name = fit(self.say(label) if label else "", LABEL_CELLS)
        return Block(Content.assemble((name, "$muted"), (shown(words), style)))

    def _waived(self, finding: Finding, waiver: Waiver) -> Block:
        reason = self.say(wording.WAIVER[waiver.reason])
        said = f"{reason}: {waiver.words}" if waiver.words else reason
        message = wording.finding_words(finding, self.language)
        return Block(Content.assemble(" " * LABEL_CELLS, shown(message), (shown(f" ({said})"), "$warning")))

    def action_approve(self) -> None:
        """Approve exactly what is shown."""
        self.dismiss(self._confirmation)
