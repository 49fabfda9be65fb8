"""Meetings: read one, keep its action items as proposals, export them, draft the follow-up mail.

`MeetingServices` proposes; `MeetingDesk` adds what a person at the desk decides. Both stand on the services that they
belong to: `services.meetings` gives them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from assistant import action_items
from assistant.actions.carrying import compare
from assistant.actions.exports import render_rows
from assistant.actions.follow_up import FollowUpWriter
from assistant.actions.rows import ExportRow
from assistant.domain.actions import (
    ActionItem,
    ItemState,
    MeetingNote,
    MeetingSummary,
    Mention,
    StoredItem,
)
from assistant.domain.note import NoteKind
from assistant.domain.project import Language, Project, Visibility
from assistant.domain.view import DraftRequest, DraftView
from assistant.errors import ConflictError, ForbiddenError, InvalidInputError, ModelError
from assistant.ports import ActionItems
from assistant.retrieval.notes import read_note

if TYPE_CHECKING:  # the services give these, and so know them
    from assistant.services.propose import ProposeServices

FOLLOW_UP = "followup"
"""The playbook of the mail that follows a meeting."""

_LIKELY = (NoteKind.MINUTES, NoteKind.CHAT)


@dataclass(frozen=True, slots=True)
class MeetingServices:
    """Everything about meetings short of a decision, but for `accept`, which names who accepted."""

    base: "ProposeServices"
    store: ActionItems

    def notes(self, slug: str) -> tuple[MeetingNote, ...]:
        """Give the project's notes to choose a meeting from: minutes and chats first, newest first.

        Knows what is indexed. Raises ProjectNotFoundError.
        """
        project = self.base.projects.get(slug)
        found: dict[str, MeetingNote] = {}
        for passage in self.base.store.passages(project.slug):
            likely = passage.kind in _LIKELY
            seen = found.get(passage.path)
            day = max((d for d in (passage.dated, seen.dated if seen else None) if d), default=None)
            found[passage.path] = MeetingNote(passage.path, day, likely or (seen is not None and seen.likely))
        return tuple(sorted(found.values(), key=lambda n: (not n.likely, -(n.dated or date.min).toordinal(), n.path)))

    def read(
        self,
        slug: str,
        *,
        path: str = "",
        text: str = "",
        dated: date | None = None,
        with_model: bool = False,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> MeetingSummary:
        """Read a meeting out of a note (`path`, relative to the project) or out of pasted `text`; stores nothing.

        `dated` is the meeting's day, else the note's own. `with_model` lets the project's model propose items besides
        the rules; what it says is verified, and where it fails or may not see this client's text the rules read alone
        and `notices` say so. Raises ProjectNotFoundError, InvalidInputError when neither
        or both are given, UnreadableNoteError.
        """
        if bool(path) == bool(text.strip()):
            raise InvalidInputError("Give a note's path, or the text of the meeting.")
        project = self.base.projects.get(slug)
        note = read_note(project, path, self.base.folder.read(project.slug, path)) if path else None
        words = note.text if note else text
        day = dated or (note.dated if note else None)
        proposed, read_by, notices = self._proposed(project, words, day, cancelled) if with_model else ((), "rules", ())
        summary = action_items.read_meeting(
            words, project=project.slug, path=path, dated=day, names=project.people(), proposed=proposed
        )
        summary = replace(summary, read_by=read_by, notices=(*summary.notices, *notices))
        if note is not None:
            hidden = [(p.start, p.end) for p in note.passages if p.visibility is Visibility.INTERNAL]
            summary = summary.with_internal(hidden)
        carried, repeats = compare(summary, self.store.items(project.slug))
        return replace(summary, carried=carried, repeats=repeats)

    def propose(self, summary: MeetingSummary, chosen: Sequence[int] | None = None) -> tuple[StoredItem, ...]:
        """Keep a meeting's items as proposals and give them; `chosen` are places in `summary.items`, else all.

        An item that is kept already (the same task of an earlier meeting) is not kept twice: what this meeting says of
        it becomes one of its mentions. Proposing the same meeting again adds nothing.
        """
        now = self.base.clock()
        repeated = dict(summary.repeats)
        places = range(len(summary.items)) if chosen is None else chosen
        wanted = [(n, summary.items[n]) for n in places if n not in repeated]
        new = [
            StoredItem(
                id=self.base.new_id("a"),
                project=summary.project,
                meeting=summary.meeting,
                found=found,
                task=found.task,
                owner=found.owner,
                due=found.due,
                due_text=found.due_text,
                state=ItemState.PROPOSED,
                proposed_at=now,
                changed_at=now,
            )
            for _, found in wanted
        ]
        self.store.add(new)
        for carried in summary.carried:
            if carried.quoted is not None:
                self._mention(carried.item, Mention(summary.meeting, carried.outcome, carried.quoted), now)
        kept = {(i.meeting.digest, i.found.start, i.found.task): i for i in self.store.items(summary.project)}
        keys = ((summary.meeting.digest, found.start, found.task) for _, found in wanted)
        return tuple(kept[key] for key in keys if key in kept)

    def items(self, slug: str, states: Sequence[ItemState] | None = None) -> tuple[StoredItem, ...]:
        """Give a project's kept items, by due day, those without one last. Raises ProjectNotFoundError."""
        found = self.store.items(self.base.projects.get(slug).slug)
        chosen = [i for i in found if states is None or i.state in states]
        return tuple(sorted(chosen, key=lambda i: (i.due or date.max, i.proposed_at, i.found.start)))

    def item(self, item_id: str) -> StoredItem:
        """Give one kept item. Raises NotFoundError."""
        return self.store.item(item_id)

    def accept(self, item_id: str, version: int, *, by: str) -> StoredItem:
        """Take a proposal on in somebody's name. Raises NotFoundError, StateError, ConflictError."""
        return self._decided(self._at(item_id, version).accept(by=by, at=self.base.clock()))

    def export(self, items: Sequence[StoredItem], form: str, *, for_client: bool = False) -> str:
        """Write items as `table`, `md`, `csv`, `json`, `ics`, `jira` or `feishu`; `for_client` leaves internal out.

        Raises InvalidInputError for another form.
        """
        rows = [
            ExportRow(i.current(), i.id, i.state, i.meeting.path, i.proposed_at)
            for i in items
            if not (for_client and i.internal)
        ]
        return render_rows(rows, form)

    def draft_follow_up(
        self,
        slug: str,
        item_ids: Sequence[str],
        *,
        to: Sequence[str] = (),
        language: Language | None = None,
    ) -> DraftView:
        """Draft the mail that follows a meeting from accepted items, through the drafting path and all its checks.

        Internal items are left out, and those that a later meeting called done or dropped. Raises
        InvalidInputError when no accepted item that the client may see is left,
        NotFoundError, ProjectNotFoundError, and GuidanceNotFoundError without the playbook.
        """
        project = self.base.projects.get(slug)
        items = [i for i in map(self.store.item, item_ids) if i.project == project.slug and not i.internal]
        items = [i for i in items if i.state is ItemState.ACCEPTED and not i.said_settled]
        if not items:
            raise InvalidInputError("None of these items is accepted and may be told to the client: accept some first.")
        own = self.base.writers(project)
        writers = replace(
            own,
            writer=FollowUpWriter(own.writer, items, project, to),
            fallback=FollowUpWriter(own.fallback, items, project, to) if own.fallback else None,
        )
        request = DraftRequest(project.slug, FOLLOW_UP, to=tuple(to), language=language)
        notes = {i.meeting.path for i in items} | {m.meeting.path for i in items for m in i.mentions}
        return self.base.draft(request, writers=writers, only_notes=notes - {""})

    # --- inner steps

    def _proposed(
        self, project: Project, words: str, day: date | None, cancelled: Callable[[], bool]
    ) -> tuple[Sequence[ActionItem], str, tuple[str, ...]]:
        """Ask the project's model; gives its items, who read, and a notice where it could not be asked."""
        reader = self.base.writers(project).meetings
        if reader is None:
            return (), "rules", ("no_model",)
        try:
            return reader.propose(project, words, dated=day, cancelled=cancelled), reader.name, ()
        except (ModelError, ForbiddenError):
            if cancelled():
                raise
            return (), "rules", ("model_failed",)

    def _at(self, item_id: str, version: int) -> StoredItem:
        item = self.store.item(item_id)
        if item.version != version:
            raise ConflictError(f"Action item {item_id} was changed by somebody else: look at it again.")
        return item

    def _decided(self, item: StoredItem) -> StoredItem:
        self.store.change(item)
        return item

    def _mention(self, item: StoredItem, mention: Mention, at: datetime) -> None:
        newest = self.store.item(item.id)
        changed = newest.mentioned(mention, at=at)
        if changed is not newest:
            self.store.change(changed)


@dataclass(frozen=True, slots=True)
class MeetingDesk(MeetingServices):
    """What a person at the desk decides about items; each step names the version it was shown.

    Every method gives the item's next state. All raise NotFoundError, ConflictError when somebody else was faster, and
    StateError when the item's state does not allow the step.
    """

    person: str

    def accept(self, item_id: str, version: int, *, by: str = "") -> StoredItem:
        """Take a proposal on."""
        return MeetingServices.accept(self, item_id, version, by=by or self.person)

    def reject(self, item_id: str, version: int, reason: str = "") -> StoredItem:
        """Put a proposal away."""
        return self._decided(self._at(item_id, version).reject(by=self.person, at=self.base.clock(), reason=reason))

    def retask(self, item_id: str, version: int, task: str) -> StoredItem:
        """Give the task other words. Raises InvalidInputError for none."""
        return self._decided(self._at(item_id, version).retask(task, by=self.person, at=self.base.clock()))

    def assign(self, item_id: str, version: int, owner: str | None) -> StoredItem:
        """Give it to somebody, or to nobody."""
        return self._decided(self._at(item_id, version).assign(owner, by=self.person, at=self.base.clock()))

    def schedule(self, item_id: str, version: int, due: date | None, words: str = "") -> StoredItem:
        """Set the day it is due, or none."""
        return self._decided(
            self._at(item_id, version).schedule(due, by=self.person, at=self.base.clock(), words=words)
        )

    def finish(self, item_id: str, version: int) -> StoredItem:
        """Say that an accepted item is done."""
        return self._decided(self._at(item_id, version).finish(by=self.person, at=self.base.clock()))

    def drop(self, item_id: str, version: int, reason: str = "") -> StoredItem:
        """Say that an accepted item is no longer wanted."""
        return self._decided(self._at(item_id, version).drop(by=self.person, at=self.base.clock(), reason=reason))

    def reopen(self, item_id: str, version: int) -> StoredItem:
        """Take a decision back."""
        return self._decided(self._at(item_id, version).reopen(by=self.person, at=self.base.clock()))
