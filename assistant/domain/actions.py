"""What a meeting leaves behind: action items, decisions, open questions, risks, each with its exact quote.

Items are proposals until a person accepts them. A stored item keeps what was found for good beside what it says now,
so that a reader can always see which words of the note it came from.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from assistant.errors import InvalidInputError, StateError


@dataclass(frozen=True, slots=True)
class ActionItem:
    """One task somebody took on.

    `owner` and `due` only where stated; several owners are joined by `; `, an unresolved "me / 我" is kept as said.
    `quote` equals the note's characters `start` to `end`; `confidence` runs from 0 to 1. `due_rule` names the rule that
    gave the day from `due_text` (`weekday:next`, `end_of_month` …, as in `language/dates`), and `words` where the words
    name no day.
    """

    task: str
    owner: str | None
    due: date | None
    due_text: str
    quote: str
    start: int
    end: int
    start_line: int
    confidence: float
    internal: bool = False
    due_rule: str = ""


class StatementKind(StrEnum):
    """What sort of thing was said in a meeting besides tasks."""

    DECISION = "decision"
    QUESTION = "question"
    RISK = "risk"


@dataclass(frozen=True, slots=True)
class Statement:
    """A decision, an open question or a risk. `quote` equals the note's characters `start` to `end`."""

    kind: StatementKind
    text: str
    quote: str
    start: int
    end: int
    start_line: int
    internal: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """A part of the meeting: its heading, or the words it keeps coming back to, and the lines that say most about it.

    `start` and `end` are the whole part's characters; each point is quoted with a place of its own.
    """

    title: str
    start: int
    end: int
    start_line: int
    points: tuple["Quoted", ...]
    internal: bool = False


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of a note with their exact place."""

    quote: str
    start: int
    end: int
    start_line: int


class Outcome(StrEnum):
    """What a later meeting says of an item of an earlier one."""

    DONE = "done"
    DROPPED = "dropped"
    CHANGED = "changed"
    REPEATED = "repeated"
    SILENT = "silent"  # not a word about it


class ItemState(StrEnum):
    """Where an item stands. Only a person moves it out of `proposed`."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class MeetingRef:
    """Which meeting an item comes from. `path` is empty for pasted text; `digest` is the SHA-256 of the text."""

    path: str
    title: str
    dated: date | None
    digest: str


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a later meeting about a stored item, and what they say of it."""

    meeting: MeetingRef
    outcome: Outcome
    quoted: Quoted


_OPEN = (ItemState.PROPOSED, ItemState.ACCEPTED)


@dataclass(frozen=True, slots=True)
class StoredItem:
    """An action item in the workspace: what was found, what it says now, and who decided what.

    `version` counts changes, so that two people cannot overwrite each other. `found` never changes.
    """

    id: str
    project: str
    meeting: MeetingRef
    found: ActionItem
    task: str
    owner: str | None
    due: date | None
    due_text: str
    state: ItemState
    proposed_at: datetime
    changed_at: datetime
    changed_by: str = ""
    reason: str = ""
    version: int = 1
    mentions: tuple[Mention, ...] = ()

    @property
    def internal(self) -> bool:
        """Whether it stands in an internal part of the note, and so never reaches the client."""
        return self.found.internal

    def current(self) -> ActionItem:
        """Give the item as it stands now, with its quote."""
        rule = self.found.due_rule if self.due == self.found.due else ""
        return replace(
            self.found, task=self.task, owner=self.owner, due=self.due, due_text=self.due_text, due_rule=rule
        )

    def accept(self, *, by: str, at: datetime) -> "StoredItem":
        """Take the proposal on. Raises StateError unless it is one."""
        return self._moved(ItemState.ACCEPTED, (ItemState.PROPOSED,), by=by, at=at)

    def reject(self, *, by: str, at: datetime, reason: str = "") -> "StoredItem":
        """Put the proposal away. Raises StateError unless it is one."""
        return self._moved(ItemState.REJECTED, (ItemState.PROPOSED,), by=by, at=at, reason=reason)

    def finish(self, *, by: str, at: datetime) -> "StoredItem":
        """Say that an accepted item is done. Raises StateError unless it is accepted."""
        return self._moved(ItemState.DONE, (ItemState.ACCEPTED,), by=by, at=at)

    def drop(self, *, by: str, at: datetime, reason: str = "") -> "StoredItem":
        """Say that an accepted item is no longer wanted. Raises StateError unless it is accepted."""
        return self._moved(ItemState.DROPPED, (ItemState.ACCEPTED,), by=by, at=at, reason=reason)

    def reopen(self, *, by: str, at: datetime) -> "StoredItem":
        """Take a decision back: a rejected item is a proposal again, a done or dropped one is accepted again."""
        back = ItemState.PROPOSED if self.state is ItemState.REJECTED else ItemState.ACCEPTED
        return self._moved(back, (ItemState.REJECTED, ItemState.DONE, ItemState.DROPPED), by=by, at=at)

    def retask(self, task: str, *, by: str, at: datetime) -> "StoredItem":
        """Give the task other words. Raises InvalidInputError for none, StateError for a closed item."""
        words = " ".join(task.split())
        if not words:
            raise InvalidInputError("A task needs words; reject the item if there is nothing to do.")
        return self._changed(by=by, at=at, task=words)

    def assign(self, owner: str | None, *, by: str, at: datetime) -> "StoredItem":
        """Give it to somebody, or to nobody. Raises StateError for a closed item."""
        return self._changed(by=by, at=at, owner=" ".join((owner or "").split()) or None)

    def schedule(self, due: date | None, *, by: str, at: datetime, words: str = "") -> "StoredItem":
        """Set the day it is due, or none. `words` says it as a person would. Raises StateError for a closed item."""
        return self._changed(by=by, at=at, due=due, due_text=words)

    @property
    def said_settled(self) -> bool:
        """Whether the last meeting that spoke of it called it done or dropped, whatever a person decided since."""
        return bool(self.mentions) and self.mentions[-1].outcome in {Outcome.DONE, Outcome.DROPPED}

    def mentioned(self, mention: Mention, *, at: datetime) -> "StoredItem":
        """Remember what a later meeting says of it; the same words of the same meeting count once."""
        if mention in self.mentions:
            return self
        return replace(self, mentions=(*self.mentions, mention), changed_at=at, version=self.version + 1)

    def _moved(
        self, to: ItemState, allowed: tuple[ItemState, ...], *, by: str, at: datetime, reason: str = ""
    ) -> "StoredItem":
        if self.state not in allowed:
            raise StateError(f"Action item {self.id} is {self.state.value}, so it cannot become {to.value}.")
        return replace(self, state=to, reason=reason, changed_by=by, changed_at=at, version=self.version + 1)

    def _changed(self, *, by: str, at: datetime, **values: object) -> "StoredItem":
        if self.state not in _OPEN:
            raise StateError(f"Action item {self.id} is {self.state.value}: reopen it before changing it.")
        return replace(self, changed_by=by, changed_at=at, version=self.version + 1, **values)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Carried:
    """An open item of an earlier meeting, and what this one says of it; `quoted` is None when it says nothing."""

    item: StoredItem
    outcome: Outcome
    quoted: Quoted | None


@dataclass(frozen=True, slots=True)
class MeetingSummary:
    """Everything read out of one meeting; stores nothing by itself.

    `text` is the text form that all places count in. `carried` are the open items of earlier meetings of the project,
    and `repeats` gives, by place in `items`, the stored item that the same task is already kept as. `notices` are codes
    of `actions.po` about the input: `empty`, `no_speakers`, `no_date`, `orders_left_out`,
    `no_model`, `model_failed`.
    """

    project: str
    meeting: MeetingRef
    text: str
    items: tuple[ActionItem, ...]
    decisions: tuple[Statement, ...]
    questions: tuple[Statement, ...]
    risks: tuple[Statement, ...]
    topics: tuple[Topic, ...]
    carried: tuple[Carried, ...] = ()
    repeats: tuple[tuple[int, str], ...] = ()
    notices: tuple[str, ...] = ()
    read_by: str = "rules"

    def with_internal(self, places: Sequence[tuple[int, int]]) -> "MeetingSummary":
        """Mark what touches one of these places of the text as internal, besides what is marked already."""

        def inside(one: ActionItem | Statement | Quoted) -> bool:
            return any(start < one.end and one.start < end for start, end in places)

        def marked(topic: Topic) -> Topic:
            points = tuple(p for p in topic.points if topic.internal or not inside(p))
            return replace(topic, points=points or topic.points, internal=topic.internal or not points)

        return replace(
            self,
            items=tuple(replace(i, internal=i.internal or inside(i)) for i in self.items),
            decisions=tuple(replace(s, internal=s.internal or inside(s)) for s in self.decisions),
            questions=tuple(replace(s, internal=s.internal or inside(s)) for s in self.questions),
            risks=tuple(replace(s, internal=s.internal or inside(s)) for s in self.risks),
            topics=tuple(marked(t) for t in self.topics),
        )

    def for_client(self) -> "MeetingSummary":
        """Give the version a client may see: nothing of an internal part, and not the text itself."""
        return replace(
            self,
            text="",
            items=tuple(i for i in self.items if not i.internal),
            decisions=tuple(s for s in self.decisions if not s.internal),
            questions=tuple(s for s in self.questions if not s.internal),
            risks=tuple(s for s in self.risks if not s.internal),
            topics=tuple(t for t in self.topics if not t.internal),
            carried=tuple(c for c in self.carried if not c.item.internal),
            repeats=(),
        )


@dataclass(frozen=True, slots=True)
class MeetingNote:
    """A note that a meeting can be read from, for a list to choose from. `likely` for minutes and chats."""

    path: str
    dated: date | None
    likely: bool
