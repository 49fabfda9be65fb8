"""A new draft: which project, which kind of message, the client's mail it answers, what it should say."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Footer, Select, Static, TextArea

from assistant.domain.inbound import Inbound, ReceivedMail
from assistant.domain.project import Project
from assistant.domain.rewriting import Heard
from assistant.domain.view import DraftRequest, DraftView
from assistant.services.propose import Cancelled
from tui import messages
from tui.keys import key
from tui.pasted import as_pasted, read_pasted
from tui.plain import shown
from tui.screens.base import DeskScreen
from tui.screens.dialogs import Choice, ChoiceDialog
from tui.screens.writing import WritingDialog
from tui.widgets.cursor_list import content
from tui.widgets.fields import Banner, Line
from tui.widgets.paper import Paper

HEAD = 4000
"""Characters of a pasted mail in which its head is looked for while one types."""
MAILS = 9
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


class ComposeScreen(DeskScreen[str]):
    """Answers with the id of the draft that was written."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("ctrl+s", "write", "compose.write", priority=True),
        key("ctrl+o", "choose_mail", "compose.choose_mail", priority=True),
        key("escape", "leave", "compose.leave"),
    ]
    AUTO_FOCUS = "#compose-project"

    def __init__(self, project: str = "", kind: str = "", mail: str = "") -> None:
        super().__init__()
        self._first = {"#compose-project": project, "#compose-kind": kind}
        self._first_mail = mail

    def compose(self) -> ComposeResult:
        """Five fields."""
        yield Banner()
        with Vertical(id="compose"):
            with Horizontal(classes="pair"):
                with Vertical():
                    yield Static(id="title-project", classes="field-title", markup=False)
                    yield Select[str]([], id="compose-project", allow_blank=True)
                with Vertical():
                    yield Static(id="title-kind", classes="field-title", markup=False)
                    yield Select[str]([], id="compose-kind", allow_blank=True)
            yield Static(id="title-instruction", classes="field-title", markup=False)
            yield Line(id="compose-instruction")
            yield Static(id="title-sender", classes="field-title", markup=False)
            yield Select[str]([], id="compose-sender", allow_blank=True)
            yield Static(id="title-mail", classes="field-title", markup=False)
            yield Paper(self._first_mail, id="compose-mail", soft_wrap=True)
            yield Static(id="compose-read", markup=False)
        yield Footer(show_command_palette=False)

    def take_late(self, event: events.Key | events.Paste) -> None:
        """A paste that no field took is the client's mail."""
        if isinstance(event, events.Paste):
            self.query_one(Paper).focus().post_message(events.Paste(event.text))

    def relabel(self) -> None:
        """Write labels and lists, keeping what was chosen."""
        self.query_one(Banner).show(content(self.say("desk.compose.title"), "bold $primary"), content(""))
        for field, title in _TITLES.items():
            self.query_one(f"#title-{field}", Static).update(content(self.say(title)))
        self.query_one("#compose-instruction", Line).placeholder = self.say("desk.compose.instruction_hint")
        self._fill("#compose-project", [(p.name, p.slug) for p in self.desk.projects])
        self._fill("#compose-kind", [(k.title.get(self.language), k.kind) for k in self.desk.kinds])
        self._fill_senders()

    def _fill(self, selector: str, options: list[tuple[str, str]], prompt: str = "desk.compose.choose") -> None:
        select = self.query_one(selector, Select)
        select.prompt = self.say(prompt)
        chosen = select.value
        select.set_options([(shown(words), value) for words, value in options])
        values = [value for _, value in options]
        if chosen in values:
            select.value = chosen
        elif self._first.get(selector) in values:
            select.value = self._first[selector]
        elif len(values) == 1 and prompt == "desk.compose.choose":
            select.value = values[0]

    def _fill_senders(self) -> None:
        project = self._project()
        contacts = project.contacts if project else ()
        self._fill("#compose-sender", [(f"{c.name} <{c.email}>", c.email) for c in contacts], "desk.compose.stranger")

    def _project(self) -> Project | None:
        chosen = self.query_one("#compose-project", Select).value
        return next((p for p in self.desk.projects if p.slug == chosen), None)

    def on_select_changed(self, event: Select.Changed) -> None:
        """Another project has other contacts; a kind may need no mail."""
        if event.select.id == "compose-project":
            project = self._project()
            self.desk.remember(project=project.slug if project else "")
            self._fill_senders()
            self._read_mail()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Look for the head of a mail program's copy in what was pasted."""
        event.stop()
        self._read_mail()

    def _read_mail(self) -> None:
        """Say what the pasted mail's head tells, and choose its sender."""
        pasted = read_pasted(self.query_one(Paper).text[:HEAD])
        project = self._project()
        line = self.query_one("#compose-read", Static)
        if not pasted.had_head:
            line.update("")
            return
        mail = pasted.mail
        day = mail.received.isoformat() if mail.received else self.say("desk.source.undated")
        contact = project.contact_by_email(mail.sender_email) if project else None
        if contact is not None:
            self.query_one("#compose-sender", Select).value = contact.email
        known = "desk.compose.read" if contact or project is None else "desk.compose.read_stranger"
        who = mail.sender_name or mail.sender_email or self.say("desk.mail.unknown_sender")
        subject = mail.subject or self.say("desk.mail.no_subject")
        line.update(content(self.say(known, who=shown(who), subject=shown(subject), day=day)))

    # --- a mail that came in before

    def action_choose_mail(self) -> None:
        """Offer the project's mails that were taken in before."""
        project, services = self._project(), self.services
        if project is None:
            self.tell("desk.mailbox.choose", loudness="warning")
            return
        slug = project.slug
        self.ask("mails", lambda: services.drafts.inbound_since(slug, BEGINNING), messages.MailsRead)

    def on_mails_read(self, event: messages.MailsRead) -> None:
        """Let one be chosen; it goes into the field with its head, so that it is known again."""
        mails = event.mails[::-1][:MAILS]
        if not mails:
            self.tell("desk.compose.no_mails")
            return

        def chosen(mail: ReceivedMail | None) -> None:
            if mail is not None:
                self.query_one(Paper).text = as_pasted(mail)
                self.query_one(Paper).focus()

        choices = tuple(Choice(i.mail, "", label=_mail_line(i)) for i in mails)
        dialog: ChoiceDialog[ReceivedMail] = ChoiceDialog("desk.compose.mails", "desk.go.hint", choices)
        self.app.push_screen(dialog, chosen)

    # --- writing

    def action_write(self) -> None:
        """Have the draft written, its sentences shown as they come."""
        project = self._project()
        kind = next((k for k in self.desk.kinds if k.kind == self.query_one("#compose-kind", Select).value), None)
        if project is None or kind is None:
            self.tell("desk.compose.choose_first", loudness="warning")
            return
        mail = self._mail(project)
        if kind.needs_inbound and mail is None:
            self.tell("desk.compose.mail_needed", loudness="warning")
            self.query_one(Paper).focus()
            return
        services = self.services
        instruction = self.query_one("#compose-instruction", Line).value.strip()

        def write(heard: Heard, cancelled: Cancelled) -> DraftView:
            inbound = services.take_in(project.slug, mail) if mail is not None else None
            request = DraftRequest(
                project.slug, kind.kind, inbound_id=inbound.id if inbound else None, instruction=instruction
            )
            return services.draft(request, heard=heard, cancelled=cancelled)

        def written(view: DraftView | None) -> None:
            if view is not None:
                self.desk.read_queue()
                self.dismiss(view.draft.id)

        dialog: WritingDialog[DraftView] = WritingDialog("desk.compose.writing", write)
        self.app.push_screen(dialog, written)

    def _mail(self, project: Project) -> ReceivedMail | None:
        mail = read_pasted(self.query_one(Paper).text).mail
        if not mail.body:
            return None
        email = self.query_one("#compose-sender", Select).value
        contact = project.contact_by_email(email) if isinstance(email, str) else None
        return replace(mail, sender_name=contact.name, sender_email=contact.email) if contact else mail

    def action_leave(self) -> None:
        """Close without a draft."""
        self.dismiss(None)


def _mail_line(inbound: Inbound) -> str:
    mail = inbound.mail
    day = (mail.received or inbound.created_at.date()).isoformat()
    return shown(f"{day}  {mail.sender_name or mail.sender_email}  {mail.subject or mail.body[:40]}").replace("\n", " ")


_TITLES = {
    "project": "desk.compose.project",
    "kind": "desk.compose.kind",
    "sender": "desk.compose.sender",
    "mail": "desk.compose.mail",
    "instruction": "desk.compose.instruction",
}
