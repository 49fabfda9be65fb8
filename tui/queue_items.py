"""The queue as a list of items: what waits for a person, by urgency or by the order they choose."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum

from assistant.domain.draft import DraftStatus
from assistant.domain.outbox import OutboxEntry, OutboxState
from assistant.domain.rhythm import UpdateDue
from assistant.ports import DraftRow

URGENT = 0.6
"""From this severity of the client's mail on, its answer is called urgent."""


class Group(IntEnum):
    """What sort of thing waits, most pressing first."""

    UPDATE = 0
    FAILED = 1
    DRAFT = 2
    TASK = 3
    DONE = 4


@dataclass(frozen=True, slots=True)
class Task:
    """A proposal for an action item, as the queue shows it."""

    id: str
    project: str
    words: str
    owner: str
    due: date | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the queue. Exactly one of the last four says what it stands for."""

    key: str
    group: Group
    project: str
    kind: str
    subject: str
    at: datetime | None
    row: DraftRow | None = None
    entry: OutboxEntry | None = None
    update: UpdateDue | None = None
    begun: str = ""
    """The id of an open draft of the update that is owed."""
    task: Task | None = None

    @property
    def urgent(self) -> bool:
        """Tell whether it answers a mail that is serious."""
        return self.row is not None and (self.row.severity or 0.0) >= URGENT and self.rejectable

    @property
    def rejectable(self) -> bool:
        """Tell whether it is a draft that is still open."""
        return self.row is not None and self.row.status is DraftStatus.OPEN


def queue_items(
    rows: Iterable[DraftRow],
    entries: Iterable[OutboxEntry],
    updates: Iterable[UpdateDue],
    tasks: Iterable[Task],
    *,
    update_kind: str,
) -> tuple[Item, ...]:
    """Make the items of a queue, most pressing first; within a group newest first, as the rows come."""
    rows = tuple(rows)
    begun = {r.project: r.id for r in reversed(rows) if r.kind == update_kind and r.status is DraftStatus.OPEN}
    items = [
        Item(f"u:{u.project}", Group.UPDATE, u.project, update_kind, "", None, update=u, begun=begun.get(u.project, ""))
        for u in updates
    ]
    for entry in entries:
        if entry.state in (OutboxState.FAILED, OutboxState.UNCERTAIN):
            subject, at = entry.message.subject, entry.changed_at or entry.created_at
            items.append(Item(f"o:{entry.id}", Group.FAILED, entry.project, "", subject, at, entry=entry))
    drafts = [Item(r.id, _group(r), r.project, r.kind, r.subject, r.changed_at, row=r) for r in rows]
    items += [item for item in drafts if item.group is Group.DRAFT]
    items += [Item(f"t:{t.id}", Group.TASK, t.project, "", t.words, t.at, task=t) for t in tasks]
    items += [item for item in drafts if item.group is Group.DONE]
    return tuple(items)


def _group(row: DraftRow) -> Group:
    return Group.DRAFT if row.status is DraftStatus.OPEN else Group.DONE


ORDERS = ("waiting", "project", "kind", "age", "severity", "findings")


def in_order(
    items: Sequence[Item], order: str, *, projects: Mapping[str, str], kinds: Mapping[str, str]
) -> tuple[Item, ...]:
    """Sort items: `waiting` keeps what is most pressing on top, the others sort within what waits and what is done."""
    by: dict[str, Callable[[Item], tuple[object, ...]]] = {
        "project": lambda i: (projects.get(i.project, i.project).casefold(),),
        "kind": lambda i: (kinds.get(i.kind, i.kind).casefold() or "\uffff",),
        "age": lambda i: (i.at.timestamp() if i.at else 0.0,),
        "severity": lambda i: (-(i.row.severity or 0.0) if i.row else 0.0,),
        "findings": lambda i: (-i.row.blocks, -i.row.warnings) if i.row else (0, 0),
    }
    chosen = by.get(order)
    if chosen is None:
        return tuple(items)
    return tuple(sorted(items, key=lambda i: (i.group is Group.DONE, *chosen(i))))
