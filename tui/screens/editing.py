"""Editing a draft in place or in the person's own editor: checked while typing, never lost, never overwriting."""

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.worker import WorkerCancelled

from assistant.domain.draft import Draft, DraftStatus
from assistant.domain.finding import Severity
from assistant.domain.view import DraftView
from assistant.errors import StaleRevisionError
from tui import editor, messages, wording
from tui.keys import key
from tui.plain import shown
from tui.reading import SUBJECT, Reading
from tui.recovery import Unsaved
from tui.screens.base import STORING
from tui.screens.dialogs import Choice, ChoiceDialog
from tui.screens.reading import ReadingScreen
from tui.widgets.cursor_list import CursorList
from tui.widgets.draft_lines import mark as severity_mark
from tui.widgets.edit_pane import EditPane
from tui.widgets.marked_paper import Mark
from tui.widgets.side_pane import FINDINGS, SENTENCE
from tui.widgets.source_lines import FINDING

PAUSE = 0.3
KEEP_SECONDS = 1.0


def marks_of(view: DraftView) -> tuple[Mark, ...]:
    """Give the open findings of a view as marks of its body, in reading order."""
    found = [
        Mark(f.start, f.end, f.severity, f.id)
        for f in view.findings
        if f.start is not None and f.end is not None and f.end > f.start
        if f in view.open or f.severity is Severity.INFO
    ]
    return tuple(sorted(found, key=lambda m: m.start))


class EditingScreen(ReadingScreen):
    """A reading screen whose text can be changed. Each stored text is a new revision."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("ctrl+s", "save", "edit.save", priority=True),
        key("e", "edit", "review.edit"),
        key("E", "edit_outside", "review.edit_outside", show=False),
    ]

    def __init__(self, draft_id: str) -> None:
        super().__init__(draft_id)
        self._base: Draft | None = None
        self._preview: DraftView | None = None
        self._checked: tuple[str, str] | None = None
        self._check_timer: Timer | None = None
        self._keep_timer: Timer | None = None
        self._kept: Unsaved | None = None
        self._newer = 0
        self._tab = SENTENCE

    @property
    def editing(self) -> bool:
        """Tell whether the text is being edited in place."""
        return self._base is not None

    @property
    def editor_pane(self) -> EditPane:
        """Subject and body being typed."""
        return self.query_one(EditPane)

    @property
    def _text(self) -> tuple[str, str]:
        return self.editor_pane.subject, self.editor_pane.body

    def may_change(self) -> bool:
        """Tell whether the draft can be changed now."""
        return self.view is not None and self.view.draft.status is DraftStatus.OPEN and not self.editing

    # --- beginning

    def action_edit(self) -> None:
        """Edit in place; an unsaved text from before is offered first."""
        view = self.view
        if view is None:
            return
        unsaved = self.desk.recovery.find(self.draft_id)
        if unsaved is None or (unsaved.subject, unsaved.body) == (view.draft.subject, view.draft.body):
            self._begin(view.draft.subject, view.draft.body)
            return
        self.offer_unsaved(unsaved)

    def offer_unsaved(self, unsaved: Unsaved) -> None:
        """Ask what becomes of a text that was typed and not stored."""

        def chosen(answer: str | None) -> None:
            view = self.view
            if answer == "take" and view is not None:
                self._begin(unsaved.subject, unsaved.body)
            elif answer == "drop" and view is not None:
                self._drop_kept()

        choices = (Choice("take", "desk.unsaved.take"), Choice("drop", "desk.unsaved.drop"))
        now = self.view.draft.revision if self.view else unsaved.revision
        dialog: ChoiceDialog[str] = ChoiceDialog(
            "desk.unsaved.title", "desk.unsaved.text", choices, revision=unsaved.revision, now=now
        )
        self.app.push_screen(dialog, chosen)

    def _begin(self, subject: str, body: str) -> None:
        view, reading = self.view, self.reading
        if view is None or reading is None:
            return
        place = reading.place(self.draft_list.key)
        to_subject = self.draft_list.key == SUBJECT
        self._base, self._preview, self._newer = view.draft, None, 0
        self._checked = (view.draft.subject, view.draft.body)
        self.add_class("-editing")
        self.app.stylesheet.update(self)  # at once: what is not displayed yet takes no focus, and letters may follow
        self.editor_pane.title(self.say("desk.edit.subject"), self.say("desk.edit.body"))
        self.editor_pane.begin(subject, body, at=place.start if place else 0)
        if (subject, body) == (view.draft.subject, view.draft.body):
            self.editor_pane.mark(body, marks_of(view))
        else:
            self._check_timer = self.set_timer(PAUSE, self._check)
        if to_subject:
            self.editor_pane.focus_subject()
        self._tab = self.side.tab
        self.side.open_tab(FINDINGS)
        self.show_frame()
        self.refresh_bindings()

    def relabel(self) -> None:
        """Write everything anew."""
        super().relabel()
        if self.editing:
            self.editor_pane.title(self.say("desk.edit.subject"), self.say("desk.edit.body"))
            self._show_preview()

    # --- while typing

    def take_late(self, event: events.Key | events.Paste) -> None:
        """Take letters and a paste that were on their way to the draft when editing began: they belong to the text."""
        field = self._field_in_use
        if field is None:
            return
        if isinstance(event, events.Paste):
            field.post_message(events.Paste(event.text))
        elif event.is_printable or event.key == "enter":
            field.post_message(events.Key(event.key, event.character))

    @property
    def _field_in_use(self) -> Widget | None:
        field = self.focused
        return field if self.editing and field is not None and self.editor_pane in field.ancestors else None

    def on_edit_pane_typed(self) -> None:
        """Check when typing pauses, and keep the words on disk."""
        if not self.editing:
            return
        if self._check_timer is not None:
            self._check_timer.stop()
        self._check_timer = self.set_timer(PAUSE, self._check)
        if self._keep_timer is None:
            self._keep_timer = self.set_timer(KEEP_SECONDS, self._keep)

    def _keep(self) -> None:
        self._keep_timer = None
        base = self._base
        if base is None:
            return
        subject, body = self._text
        unsaved = Unsaved(self.draft_id, base.revision, subject, body)
        if unsaved == self._kept or (subject, body) == (base.subject, base.body):
            return
        self._kept = unsaved
        self.run_worker(
            lambda: self.desk.recovery.keep(unsaved), group="keeping", exit_on_error=False, exclusive=True, thread=True
        )

    def _check(self) -> None:
        if not self.editing or self._text == self._checked:
            return
        if any(w.group == "preview" and w.node is self and not w.is_finished for w in self.workers):
            return  # its answer starts the next check, so that checks never pile up behind a quick typist
        subject, body = self._text
        services, draft_id = self.services, self.draft_id
        self.ask(
            "preview",
            lambda: services.preview(draft_id, subject=subject, body=body),
            lambda view: messages.PreviewChecked(view, subject, body),
        )

    def on_preview_checked(self, event: messages.PreviewChecked) -> None:
        """Show what the checks say about the text as typed; look again if it changed meanwhile."""
        if not self.editing:
            return
        self._checked = (event.subject, event.body)
        self._preview = event.view
        self._show_preview()
        if self._text != self._checked:
            self._check_timer = self.set_timer(PAUSE, self._check)

    def _show_preview(self) -> None:
        view = self._preview
        if view is not None:
            self.side.show_findings(Reading(view), self.current, self.language)
            if self._checked is not None:
                self.editor_pane.mark(self._checked[1], marks_of(view))
            self.on_edit_pane_stepped()
        self.show_frame()

    def on_edit_pane_stepped(self) -> None:
        """Say what is marked at the cursor."""
        view = self._preview if self._preview is not None else self.view
        mark = self.editor_pane.paper.mark_at_cursor() if self.editing else None
        finding = next((f for f in view.findings if mark and f.id == mark.finding), None) if view else None
        if finding is None:
            self.editor_pane.say_mark(Content(""))
            return
        words = wording.finding_words(finding, self.language)
        label = severity_mark(finding.severity, self.language)
        self.editor_pane.say_mark(Content.assemble(label, " ", shown(words)))

    def show_frame(self) -> None:
        """While typing, tabs and verdict speak about the text as typed."""
        super().show_frame()
        if self.editing and self._preview is not None:
            self.side.title(self.language, len(self._preview.open))

    def verdict(self, view: DraftView) -> tuple[str, str]:
        """While typing: what is left in the text as typed, and whether somebody else changed the draft."""
        if not self.editing:
            return super().verdict(view)
        if self._newer:
            return self.say("desk.edit.newer", revision=self._newer), "-warn"
        words, look = super().verdict(self._preview) if self._preview is not None else super().verdict(view)
        return self.say("desk.edit.typing", verdict=words), look

    def on_view_read(self, event: messages.ViewRead) -> None:
        """While typing, another revision is told and nothing on the screen is touched."""
        base = self._base
        if base is None:
            super().on_view_read(event)
        elif event.view.draft.revision > base.revision and not self.storing:
            self._newer = event.view.draft.revision
            self.show_frame()

    def on_cursor_list_chosen(self, event: CursorList.Chosen) -> None:
        """While typing, a finding leads to its place in the text."""
        if not self.editing:
            super().on_cursor_list_chosen(event)
        elif event.control is self.side.listing(FINDINGS) and self._preview is not None and self._text == self._checked:
            finding = Reading(self._preview).finding(self.side.listing(FINDINGS).key.removeprefix(FINDING))
            if finding is not None and finding.start is not None:
                self.editor_pane.go_to(finding.start)
                self.editor_pane.query_one("#edit-body").focus()

    # --- ending

    def action_save(self) -> None:
        """Store the text as the next revision."""
        base = self._base
        if base is None:
            return
        subject, body = self._text
        if (subject, body) == (base.subject, base.body):
            self._end()
            self._drop_kept()
            return
        self._store_text(base.revision, subject, body)

    def _store_text(self, revision: int, subject: str, body: str) -> None:
        services, draft_id = self.services, self.draft_id
        self._kept = Unsaved(draft_id, revision, subject, body)
        self.store(
            lambda: services.edit(draft_id, revision, subject=subject, body=body),
            messages.EditStored,
        )

    def on_edit_stored(self, event: messages.EditStored) -> None:
        """The text is safe: show it as a draft again."""
        self._end()
        self._drop_kept()
        self.show_view(event.view)
        self.tell("desk.said.saved", revision=event.view.draft.revision)

    def _end(self) -> None:
        for timer in (self._check_timer, self._keep_timer):
            if timer is not None:
                timer.stop()
        self._check_timer = self._keep_timer = None
        self._base = self._preview = self._checked = None
        self.remove_class("-editing")
        self.side.open_tab(self._tab)
        self.draft_list.focus()
        if self.reading is not None:
            self.side.show_findings(self.reading, self.current, self.language)
        self.show_frame()
        self.refresh_bindings()

    def _drop_kept(self) -> None:
        self._kept = None
        self.run_worker(
            lambda: self.desk.recovery.drop(self.draft_id), group="keeping", exit_on_error=False, thread=True
        )

    def action_leave_editing(self) -> None:
        """Leave; a changed text is stored, kept for later or thrown away, as the person says."""
        base = self._base
        if base is None:
            return
        if self._text == (base.subject, base.body):
            self._end()
            self._drop_kept()
            return

        def chosen(answer: str | None) -> None:
            if answer == "save":
                self.action_save()
            elif answer == "keep":
                self._keep()
                self._end()
                self.tell("desk.said.kept")
            elif answer == "drop":
                self._end()
                self._drop_kept()

        choices = (
            Choice("save", "desk.leave.save"),
            Choice("keep", "desk.leave.keep"),
            Choice("drop", "desk.leave.drop"),
        )
        dialog: ChoiceDialog[str] = ChoiceDialog("desk.leave.title", "desk.leave.text", choices)
        self.app.push_screen(dialog, chosen)

    def failed(self, group: str, error: BaseException) -> bool:
        """Somebody was faster: nothing was overwritten, and the person decides."""
        if isinstance(error, WorkerCancelled):
            return True
        if group == STORING and isinstance(error, StaleRevisionError):
            self._somebody_was_faster()
            return True
        return super().failed(group, error)

    def _somebody_was_faster(self) -> None:
        if self._kept is None:
            self.tell("desk.said.stale", loudness="warning")
            self.read_view()
            return
        kept = self._kept

        def chosen(answer: str | None) -> None:
            if answer == "load":
                self.desk.recovery.keep(kept)
                self._end()
                self.read_view()
                self.tell("desk.said.kept")

        choices = (Choice("load", "desk.stale.load"), Choice("stay", "desk.stale.stay"))
        dialog: ChoiceDialog[str] = ChoiceDialog("desk.stale.title", "desk.stale.text", choices)
        self.app.push_screen(dialog, chosen)

    # --- the person's own editor

    def action_edit_outside(self) -> None:
        """Edit in $VISUAL or $EDITOR; what comes back is stored as the next revision."""
        view = self.view
        if view is None:
            return
        draft, language = view.draft, self.language
        edited = self.run_editor(lambda command: editor.edit_outside(draft.subject, draft.body, language, command))
        if edited is None:
            return
        if edited.problem:
            self.tell(edited.problem, loudness="warning")
        else:
            self._store_text(draft.revision, edited.subject, edited.body)
