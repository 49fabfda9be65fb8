"""A client's mail, pasted: what kind of mail it is, what it asks, and the reply that is suggested."""

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Footer, Select, Static, TextArea

from assistant.domain.inbound import Triage
from assistant.domain.rewriting import Heard
from assistant.domain.view import DraftView
from assistant.services.propose import Cancelled
from tui import messages, wording
from tui.keys import key
from tui.pasted import Pasted, read_pasted
from tui.plain import shown
from tui.queue_items import URGENT
from tui.screens.base import PlaceScreen
from tui.screens.writing import WritingDialog
from tui.widgets.choosers import ProjectSelect
from tui.widgets.cursor_list import Block, BlockList, content
from tui.widgets.fields import Banner
from tui.widgets.paper import Paper

PAUSE = 0.4


class MailScreen(PlaceScreen[None]):
    """Reads a mail while it is pasted or typed; stores it only when a reply is asked for."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("ctrl+s", "reply", "mail.reply", priority=True),
        key("escape", "back", "mail.back"),
    ]
    AUTO_FOCUS = "#mail-text"

    def __init__(self) -> None:
        super().__init__()
        self._timer: Timer | None = None
        self._pasted: Pasted | None = None
        self._triage: Triage | None = None
        self._sender = ""

    def compose(self) -> ComposeResult:
        """The mail on one side, what it says on the other."""
        yield Banner()
        with Horizontal(id="mail"):
            with Vertical(id="mail-left"):
                yield Static(id="mail-project-title", classes="field-title", markup=False)
                yield ProjectSelect(id="mail-project")
                yield Static(id="mail-title", classes="field-title", markup=False)
                yield Paper(id="mail-text", soft_wrap=True)
            yield BlockList(gutter=4, id="mail-reading")
        yield Footer(show_command_palette=False)

    def take_late(self, event: events.Key | events.Paste) -> None:
        """A paste is the mail, wherever the keys are and however early it comes."""
        if isinstance(event, events.Paste):
            self.query_one(Paper).focus().post_message(events.Paste(event.text))

    def relabel(self) -> None:
        """Write the labels and what was read."""
        self.query_one(Banner).show(content(self.say("desk.mailbox.title"), "bold $primary"), Content(""))
        self.query_one("#mail-project-title", Static).update(content(self.say("desk.compose.project")))
        self.query_one("#mail-title", Static).update(content(self.say("desk.mailbox.text")))
        wanted = self.desk.remembered.project
        self.query_one(ProjectSelect).fill(self.desk.projects, self.say("desk.compose.choose"), wanted)
        self._show()

    def on_select_changed(self, event: Select.Changed) -> None:
        """Whose client it is decides who is known."""
        event.stop()
        self.desk.remember(project=self.query_one(ProjectSelect).slug)
        self._show()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Read it when typing pauses."""
        event.stop()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(PAUSE, self._read)

    def _read(self) -> None:
        words = self.query_one(Paper).text
        services = self.services

        def read() -> tuple[Pasted, Triage | None]:
            pasted = read_pasted(words)
            return pasted, services.triage(pasted.mail) if pasted.mail.body else None

        self.ask("triage", read, lambda found: messages.MailTriaged(*found))

    def on_mail_triaged(self, event: messages.MailTriaged) -> None:
        """Show what was read."""
        self._pasted, self._triage = event.pasted, event.triage
        self._follow_sender(event.pasted.mail.sender_email)
        self._show()
        self.refresh_bindings()

    def _follow_sender(self, sender: str) -> None:
        """Choose the project whose contact wrote it, once for each sender; afterwards the person's choice stands."""
        chooser = self.query_one(ProjectSelect)
        knowing = [p.slug for p in self.desk.projects if sender and p.contact_by_email(sender) is not None]
        if sender != self._sender and len(knowing) == 1:
            chooser.value = knowing[0]
        self._sender = sender

    def _show(self) -> None:
        listing = self.query_one("#mail-reading", BlockList)
        if self._pasted is None or self._triage is None:
            listing.show((Block(content(self.say("desk.mailbox.hint"), "$muted")),))
            return
        listing.show((*self._head(self._pasted), *self._reading(self._triage)))

    def _head(self, pasted: Pasted) -> list[Block]:
        mail = pasted.mail
        if not pasted.had_head:
            return [Block(content(self.say("desk.mailbox.no_head"), "$muted"))]
        project = next((p for p in self.desk.projects if p.slug == self.query_one(ProjectSelect).slug), None)
        known = project is not None and project.contact_by_email(mail.sender_email) is not None
        day = mail.received.isoformat() if mail.received else self.say("desk.source.undated")
        blocks = [
            Block(content(mail.subject or self.say("desk.mail.no_subject"), "bold")),
            Block(content(f"{mail.sender_name} <{mail.sender_email}> · {day}", "$muted")),
        ]
        if project is not None and not known:
            blocks.append(Block(content(self.say("desk.mailbox.stranger", project=project.name), "$warning")))
        return blocks

    def _reading(self, triage: Triage) -> list[Block]:
        kind = "desk.mailbox.complaint" if triage.complaint else "desk.mailbox.no_complaint"
        level = "urgent" if triage.severity >= URGENT else "some" if triage.severity >= URGENT / 2 else "calm"
        words = self.say(kind, severity=self.say(_LEVELS[level]))
        blocks = [Block(content(words, "$error bold" if level == "urgent" else "bold"), space=1)]
        if triage.injection:
            blocks.append(Block(content(self.say("desk.mail.injection"), "$warning bold")))
        blocks.append(Block(content(self.say("desk.mailbox.points", n=len(triage.points)), "$muted"), space=1))
        for point in triage.points:
            kind = self.say(wording.POINT[point.kind])
            line = Content.assemble((kind + "  ", "$muted"), shown(" ".join(point.text.split())))
            blocks.append(Block(line, content(f"{point.number}.", "$accent bold"), str(point.number)))
        blocks.append(Block(content(self.say("desk.mailbox.next"), "$success"), space=1))
        return blocks

    # --- the reply

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """A reply needs a mail."""
        return (None if self._triage is None else True) if action == "reply" else True

    def action_reply(self) -> None:
        """Take the mail in and have the reply written that suits it."""
        pasted, slug = self._pasted, self.query_one(ProjectSelect).slug
        if pasted is None or not pasted.mail.body:
            return
        if not slug:
            self.tell("desk.mailbox.choose", loudness="warning")
            self.query_one(ProjectSelect).focus()
            return
        services = self.services

        def write(heard: Heard, cancelled: Cancelled) -> DraftView:
            inbound = services.take_in(slug, pasted.mail)
            return services.suggest_reply(inbound.id, heard=heard, cancelled=cancelled)

        def written(view: DraftView | None) -> None:
            from tui.screens.review import ReviewScreen  # noqa: PLC0415 (it imports this screen's places)

            if view is not None:
                self.desk.read_queue()
                self.app.switch_screen(ReviewScreen(view.draft.id))

        dialog: WritingDialog[DraftView] = WritingDialog("desk.mailbox.writing", write)
        self.app.push_screen(dialog, written)

    def action_back(self) -> None:
        """Back to where one came from; what was pasted is stored nowhere."""
        self.dismiss(None)


_LEVELS = {"urgent": "desk.level.urgent", "some": "desk.level.some", "calm": "desk.level.calm"}
