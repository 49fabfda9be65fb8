"""The review screen: settle what the checks found, then decide."""

from collections.abc import Callable
from typing import ClassVar

from textual.binding import BindingType

from assistant.domain.finding import Finding, Severity
from assistant.domain.project import Recipient
from assistant.domain.view import Confirmation, DraftView
from tui import messages, wording
from tui.keys import key
from tui.plain import shown
from tui.reading import RECIPIENTS
from tui.screens.asking import AskingScreen
from tui.screens.base import STORING
from tui.screens.cite import CiteDialog
from tui.screens.confirm import ConfirmDialog
from tui.screens.dialogs import RecipientsDialog, WaiveDialog, WaiverAnswer, WordsDialog
from tui.widgets.cursor_list import CursorList

_TYPING = frozenset({"save", "leave_editing"})
_READING = frozenset({"finding", "open_note", "back", "translate", "copy", "go"})
_DECIDING = frozenset(
    {
        *("edit", "edit_outside", "revise", "cite", "state_fact", "recipients"),
        *("waive", "unwaive", "release", "approve", "reject"),
    }
)


class ReviewScreen(AskingScreen):
    """Everything a person decides about one draft."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("w", "waive", "review.waive"),
        key("u", "unwaive", "review.unwaive"),
        key("r", "release", "review.release"),
        key("a", "approve", "review.approve"),
        key("c", "cite", "review.cite"),
        key("f", "state_fact", "review.fact", show=False),
        key("t", "recipients", "review.recipients", show=False),
        key("R", "reject", "review.reject", show=False),
        key("ctrl+z", "undo", "review.undo"),
        key("escape", "leave_editing", "edit.leave"),
        key("escape,q", "back", "review.back"),
    ]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer what the domain allows for the sentence and the finding at hand."""
        if not self.is_mounted:
            return False
        if action in _TYPING:
            return self.editing
        if action in _READING:
            return not self.editing
        if action in _DECIDING:
            return self._offers(action) if self.may_change() else False
        if action == "undo":
            return not self.editing and self.to_undo is not None
        return True

    def _offers(self, action: str) -> bool | None:
        view, finding = self.view, self.finding
        if view is None:
            return False
        if action == "approve":
            return True if view.approvable else None
        if action in ("state_fact", "cite"):
            return self.sentence is not None
        if action in ("waive", "unwaive", "release"):
            return finding is not None and _settles(action, finding, view)
        return True

    # --- the sentence

    def on_cursor_list_chosen(self, event: CursorList.Chosen) -> None:
        """Enter on the text edits it where the cursor is; on the recipients it changes them."""
        if event.control is not self.draft_list or self.editing:
            super().on_cursor_list_chosen(event)
        elif self.may_change():
            if self.draft_list.key == RECIPIENTS:
                self.action_recipients()
            else:
                self.action_edit()

    def _decide(self, work: Callable[[], DraftView], said: str) -> None:
        if not self.store(work, lambda view: messages.ViewChanged(view, said)):
            self.tell("desk.said.busy")

    def on_view_changed(self, event: messages.ViewChanged) -> None:
        """Show the draft as it is after a decision."""
        self.show_view(event.view)
        self.tell(event.said)

    def action_state_fact(self) -> None:
        """Add what one knows from elsewhere; it becomes a note and is cited at once."""
        view, sentence = self.view, self.sentence
        if view is None or sentence is None:
            return
        services, draft = self.services, view.draft

        def answered(words: str | None) -> None:
            if words:
                self._decide(
                    lambda: services.state_fact(draft.id, draft.revision, sentence.id, words), "desk.said.fact"
                )

        self.app.push_screen(WordsDialog("desk.fact.title", "desk.fact.hint", sentence=shown(sentence.text)), answered)

    def action_cite(self) -> None:
        """Choose another passage as the sentence's source."""
        view, sentence = self.view, self.sentence
        if view is None or sentence is None:
            return
        services, draft = self.services, view.draft

        def chosen(passage_id: str | None) -> None:
            if passage_id:
                self._decide(
                    lambda: services.cite(draft.id, draft.revision, sentence.id, passage_id), "desk.said.cited"
                )

        self.app.push_screen(CiteDialog(draft.project, draft.as_of, sentence.text), chosen)

    def action_recipients(self) -> None:
        """Change who the message goes to."""
        view = self.view
        if view is None:
            return
        services, draft = self.services, view.draft
        contacts = next((p.contacts for p in self.desk.projects if p.slug == draft.project), ())

        def chosen(recipients: tuple[Recipient, ...] | None) -> None:
            if recipients is not None and recipients != draft.recipients:
                self._decide(
                    lambda: services.set_recipients(draft.id, draft.revision, recipients), "desk.said.recipients"
                )

        self.app.push_screen(RecipientsDialog(contacts, draft.recipients), chosen)

    # --- findings

    def action_waive(self) -> None:
        """Settle a warning with a listed reason."""
        finding = self.finding
        if finding is None:
            return
        services, draft_id = self.services, self.draft_id

        def answered(answer: WaiverAnswer | None) -> None:
            if answer is not None:
                self._decide(
                    lambda: services.waive(draft_id, finding.id, answer.reason, answer.words), "desk.said.settled"
                )

        self.app.push_screen(WaiveDialog(wording.finding_words(finding, self.language)), answered)

    def action_unwaive(self) -> None:
        """Take a waiver back."""
        finding = self.finding
        if finding is not None:
            services, draft_id = self.services, self.draft_id
            self._decide(lambda: services.unwaive(draft_id, finding.id), "desk.said.unsettled")

    def action_release(self) -> None:
        """Allow one internal passage in this one message, with a reason."""
        finding = self.finding
        passage_id = _internal_passage(finding) if finding else ""
        if finding is None or not passage_id:
            return
        services, draft_id = self.services, self.draft_id

        def answered(reason: str | None) -> None:
            if reason:
                self._decide(lambda: services.release(draft_id, passage_id, reason), "desk.said.released")

        message = wording.finding_words(finding, self.language)
        self.app.push_screen(WordsDialog("desk.release.title", "desk.release.hint", message=shown(message)), answered)

    # --- deciding

    def action_reject(self) -> None:
        """Put the draft away for a reason."""
        view = self.view
        if view is None:
            return
        services, draft = self.services, view.draft

        def answered(reason: str | None) -> None:
            if reason:
                self._decide(lambda: services.reject(draft.id, draft.revision, reason), "desk.said.rejected")

        self.app.push_screen(WordsDialog("desk.reject.title", "desk.reject.hint"), answered)

    def action_approve(self) -> None:
        """Look once more at exactly what would leave."""
        services, draft_id = self.services, self.draft_id
        self.ask("confirming", lambda: services.confirmation(draft_id), messages.ConfirmationBuilt)

    def on_confirmation_built(self, event: messages.ConfirmationBuilt) -> None:
        """Ask for the last yes; only that approves."""
        confirmation = event.confirmation
        view, services = self.view, self.services
        if view is None or self.app.screen is not self:
            return
        if confirmation.revision != view.draft.revision:
            self.tell("desk.said.stale", loudness="warning")
            self.read_view()
            return

        def answered(seen: Confirmation | None) -> None:
            if seen is not None:
                self.store(lambda: services.approve(seen), messages.DraftApproved)

        self.app.push_screen(ConfirmDialog(confirmation, int(services.undo.total_seconds())), answered)

    def on_draft_approved(self) -> None:
        """Back to the queue, where the undo bar counts down."""
        self.desk.read_queue()
        self.dismiss(None)

    def failed(self, group: str, error: BaseException) -> bool:
        """After a refused decision the screen shows how things are now."""
        if super().failed(group, error):
            return True
        if group in (STORING, "confirming"):
            self.read_view()
        return False

    def action_back(self) -> None:
        """Back to the queue."""
        self.dismiss(None)


def _settles(action: str, finding: Finding, view: DraftView) -> bool:
    if action == "waive":
        return finding.severity is Severity.WARN and finding in view.open
    return view.waiver_of(finding) is not None if action == "unwaive" else bool(_internal_passage(finding))


def _internal_passage(finding: Finding) -> str:
    """Give the internal passage that a block hangs on; empty where nothing can be released."""
    return finding.values.get("passage", "") if finding.severity is Severity.BLOCK else ""
