"""What a person asks for while reviewing: another wording, the other language, a copy."""

from typing import ClassVar

from textual.binding import BindingType

from assistant.domain.rewriting import Heard, RewritingOutcome, Wish
from assistant.i18n import text, texts
from assistant.services.propose import Cancelled
from tui.keys import key
from tui.plain import shown
from tui.reading import RECIPIENTS, SUBJECT
from tui.screens.editing import EditingScreen
from tui.screens.revise import ReviseDialog
from tui.screens.writing import WritingDialog


class AskingScreen(EditingScreen):
    """An editing screen whose writer can be asked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("v", "revise", "review.revise"),
        key("l", "translate", "review.translate", show=False),
        key("y", "copy", "review.copy", show=False),
    ]

    def action_revise(self) -> None:
        """Ask the writer for a change of this sentence or of the whole."""
        view, sentence = self.view, self.sentence
        if view is None:
            return
        services, draft = self.services, view.draft
        reason = services.without_model(draft.project)
        why = text(reason.message_key, self.language, **reason.values) if reason is not None else ""
        points = view.inbound.triage.points if view.inbound is not None else ()
        answers = {f.values.get("number") for f in view.findings if f.check == "coverage"}
        unanswered = [p for p in points if str(p.number) in answers]

        def wished(wish: Wish | None) -> None:
            if wish is not None:
                self._revise(wish)

        dialog = ReviseDialog(
            sentence.id if sentence else "",
            shown(sentence.text) if sentence else "",
            (unanswered or list(points))[:4],
            why_no_model=why,
        )
        self.app.push_screen(dialog, wished)

    def _revise(self, wish: Wish) -> None:
        view = self.view
        if view is None:
            return
        services, draft = self.services, view.draft

        def work(heard: Heard, cancelled: Cancelled) -> RewritingOutcome:
            return services.revise(draft.id, draft.revision, wish, heard=heard, cancelled=cancelled)

        def done(outcome: RewritingOutcome | None) -> None:
            if outcome is not None:
                self._show_outcome(outcome)
            else:
                self.read_view()

        dialog: WritingDialog[RewritingOutcome] = WritingDialog("desk.revise.writing", work)
        self.app.push_screen(dialog, done)

    def _show_outcome(self, outcome: RewritingOutcome) -> None:
        self.show_view(outcome.view)
        reasons = texts(outcome.writer.reasons, self.language)
        if not outcome.changed and not outcome.left_out:
            self.tell("desk.revise.nothing", loudness="warning", why=reasons)
            return
        if outcome.changed:
            self.draft_list.go_to(outcome.changed[0])
        n = len(outcome.changed) + len(outcome.left_out)
        self.tell("desk.revise.done", n=n, revision=outcome.view.draft.revision, why=reasons)

    def action_translate(self) -> None:
        """See the draft beside a translation, where a model may make one; else say why not."""
        from tui.screens.translation import TranslationScreen  # noqa: PLC0415 (loaded when somebody asks)

        view = self.view
        if view is None:
            return
        reason = self.services.without_model(view.draft.project)
        if reason is not None:
            why = text(reason.message_key, self.language, **reason.values)
            self.tell("desk.translation.none", loudness="warning", why=why)
            return
        self.app.push_screen(TranslationScreen(view.draft))

    def action_copy(self) -> None:
        """Copy what the cursor stands on: a sentence, the subject, the recipients' addresses; else the whole text."""
        view, sentence, place = self.view, self.sentence, self.draft_list.key
        if view is None:
            return
        if sentence is not None:
            self.desk.copy_out(sentence.text)
        elif place == SUBJECT:
            self.desk.copy_out(view.draft.subject)
        elif place == RECIPIENTS:
            self.desk.copy_out(", ".join(r.email for r in view.draft.recipients))
        else:
            self.desk.copy_out(view.draft.body)
