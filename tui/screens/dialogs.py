"""Small questions with typed answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Footer, Input, OptionList, Static
from textual.widgets.option_list import Option

from assistant.domain.project import Contact, Recipient, RecipientRole
from assistant.domain.review import WaiverReason
from tui import wording
from tui.keys import key
from tui.plain import fit, shown
from tui.screens.base import DeskDialog
from tui.widgets.cursor_list import content
from tui.widgets.fields import Line
from tui.widgets.paper import Paper

Value = TypeVar("Value")


class WordsDialog(DeskDialog[str]):
    """Asks for a few words; the answer is never empty."""

    BINDINGS: ClassVar[list[BindingType]] = [key("ctrl+s", "accept", "dialog.accept", priority=True)]

    def __init__(self, title: str, hint: str, **values: str) -> None:
        super().__init__()
        self._title, self._hint, self._values = title, hint, values

    def compose(self) -> ComposeResult:
        """Title, hint and a field."""
        with Vertical(classes="dialog"):
            yield Static(id="words-title", classes="dialog-title", markup=False)
            yield Static(id="words-hint", classes="dialog-text", markup=False)
            yield Paper(id="words", soft_wrap=True)
        yield Footer(show_command_palette=False)

    def relabel(self) -> None:
        """Write title and hint."""
        self.query_one("#words-title", Static).update(content(self.say(self._title, **self._values)))
        self.query_one("#words-hint", Static).update(content(self.say(self._hint, **self._values)))
        self.query_one(Paper).focus()

    def action_accept(self) -> None:
        """Answer with the words; without any, stay."""
        words = self.query_one(Paper).text.strip()
        if words:
            self.dismiss(words)
        else:
            self.tell("desk.dialog.words_needed", loudness="warning")


@dataclass(frozen=True, slots=True)
class WaiverAnswer:
    """By which reason a warning is settled."""

    reason: WaiverReason
    words: str = ""


class WaiveDialog(DeskDialog[WaiverAnswer]):
    """Asks for one of the listed reasons; `other` needs words."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("1", "pick(0)", "waive.first", show=False),
        key("2", "pick(1)", "waive.second", show=False),
        key("3", "pick(2)", "waive.third", show=False),
        key("4", "pick(3)", "waive.fourth", show=False),
    ]

    def __init__(self, message: str) -> None:
        super().__init__()
        self._message = message

    def compose(self) -> ComposeResult:
        """The finding, the reasons, and a field for `other`."""
        with Vertical(classes="dialog"):
            yield Static(id="waive-title", classes="dialog-title", markup=False)
            yield Static(content(self._message), classes="dialog-text", markup=False)
            yield OptionList(id="waive-reasons", markup=False)
            yield Line(id="waive-words", classes="hidden")
        yield Footer(show_command_palette=False)

    def relabel(self) -> None:
        """Write title and reasons."""
        self.query_one("#waive-title", Static).update(content(self.say("desk.waive.title")))
        self.query_one(Line).placeholder = self.say("desk.waive.words")
        reasons = self.query_one(OptionList)
        reasons.clear_options()
        for i, reason in enumerate(WaiverReason, 1):
            reasons.add_option(Option(f"{i}  {self.say(wording.WAIVER[reason])}", id=reason.value))
        reasons.highlighted = 0
        reasons.focus()

    def action_pick(self, index: int) -> None:
        """Choose a reason by its number."""
        self._choose(tuple(WaiverReason)[index])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Choose a reason with enter or the mouse."""
        self._choose(WaiverReason(str(event.option.id)))

    def _choose(self, reason: WaiverReason) -> None:
        if reason is not WaiverReason.OTHER:
            self.dismiss(WaiverAnswer(reason))
            return
        line = self.query_one(Line)
        line.remove_class("hidden")
        line.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Settle with one's own words."""
        if event.value.strip():
            self.dismiss(WaiverAnswer(WaiverReason.OTHER, event.value.strip()))
        else:
            self.tell("desk.dialog.words_needed", loudness="warning")


@dataclass(frozen=True, slots=True)
class Choice(Generic[Value]):
    """One answer on offer: its value, and the key of its text, or the words of one that is data."""

    value: Value
    key: str = ""
    label: str = ""


class ChoiceDialog(DeskDialog[Value], Generic[Value]):
    """Asks for one of a few answers, by its number or with the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key(str(i), f"pick({i - 1})", "choice.pick", show=False) for i in range(1, 10)
    ]

    def __init__(self, title: str, hint: str, choices: Sequence[Choice[Value]], **values: object) -> None:
        super().__init__()
        self._title, self._hint, self._values = title, hint, values
        self._choices = tuple(choices)

    def compose(self) -> ComposeResult:
        """Title, hint and answers."""
        with Vertical(classes="dialog"):
            yield Static(id="choice-title", classes="dialog-title", markup=False)
            yield Static(id="choice-hint", classes="dialog-text", markup=False)
            yield OptionList(markup=False)
        yield Footer(show_command_palette=False)

    def relabel(self) -> None:
        """Write everything."""
        self.query_one("#choice-title", Static).update(content(self.say(self._title)))
        self.query_one("#choice-hint", Static).update(content(self.say(self._hint, **self._values)))
        answers = self.query_one(OptionList)
        answers.clear_options()
        numbered = [f"{i}  {c.label or self.say(c.key)}" for i, c in enumerate(self._choices, 1)]
        answers.add_options([Option(words) for words in numbered])
        answers.highlighted = 0
        answers.focus()

    def action_pick(self, index: int) -> None:
        """Answer by number."""
        if index < len(self._choices):
            self.dismiss(self._choices[index].value)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Answer."""
        self.dismiss(self._choices[event.option_index].value)


class RecipientsDialog(DeskDialog[tuple[Recipient, ...]]):
    """Asks who the message goes to: the project's contacts, each to, copy or not at all."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("space,enter", "turn", "recipients.turn", priority=True),
        key("ctrl+s", "accept", "dialog.accept", priority=True),
    ]

    def __init__(self, contacts: Sequence[Contact], recipients: Sequence[Recipient]) -> None:
        super().__init__()
        self._contacts = tuple(contacts)
        roles = {r.email.casefold(): r.role for r in recipients}
        self._roles: list[RecipientRole | None] = [roles.get(c.email.casefold()) for c in self._contacts]

    def compose(self) -> ComposeResult:
        """Title, hint and the contacts."""
        with Vertical(classes="dialog"):
            yield Static(id="recipients-title", classes="dialog-title", markup=False)
            yield Static(id="recipients-hint", classes="dialog-text", markup=False)
            yield OptionList(markup=False)
        yield Footer(show_command_palette=False)

    def relabel(self) -> None:
        """Write everything."""
        self.query_one("#recipients-title", Static).update(content(self.say("desk.recipients.title")))
        hint = "desk.recipients.hint" if self._contacts else "desk.recipients.none"
        self.query_one("#recipients-hint", Static).update(content(self.say(hint)))
        self._fill(0)
        self.query_one(OptionList).focus()

    def _fill(self, at: int) -> None:
        people = self.query_one(OptionList)
        people.clear_options()
        people.add_options([Option(self._line(i)) for i in range(len(self._contacts))])
        people.highlighted = at if self._contacts else None

    def _line(self, index: int) -> Content:
        contact, role = self._contacts[index], self._roles[index]
        word = self.say(wording.ROLE[role] if role else "desk.role.none")
        details = f"  <{contact.email}>" + (f"  {contact.role}" if contact.role else "")
        style = "bold $primary" if role else "$muted"
        return Content.assemble((fit(word, 9), style), shown(contact.name), (shown(details), "$muted"))

    def action_turn(self) -> None:
        """To, copy, not at all, in turn."""
        index = self.query_one(OptionList).highlighted
        if index is None:
            return
        turns = (None, RecipientRole.TO, RecipientRole.CC)
        self._roles[index] = turns[(turns.index(self._roles[index]) + 1) % len(turns)]
        self._fill(index)

    def action_accept(self) -> None:
        """Answer with those chosen, `to` before `cc`."""
        chosen = [c.as_recipient(r) for c, r in zip(self._contacts, self._roles, strict=True) if r is not None]
        self.dismiss(tuple(sorted(chosen, key=lambda r: r.role is not RecipientRole.TO)))
