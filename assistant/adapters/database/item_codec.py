"""Stored action items as JSON texts and back, field by field; a test holds them to the fields of their classes."""

from datetime import UTC, date, datetime
from typing import Any

from assistant.adapters.database.codec import time_text
from assistant.domain.actions import ActionItem, ItemState, MeetingRef, Mention, Outcome, Quoted, StoredItem

Json = dict[str, Any]


def item_to_json(i: StoredItem) -> Json:
    """Write a stored item."""
    return {
        "id": i.id,
        "project": i.project,
        "meeting": _meeting_to_json(i.meeting),
        "found": _found_to_json(i.found),
        "task": i.task,
        "owner": i.owner,
        "due": _day_text(i.due),
        "due_text": i.due_text,
        "state": i.state.value,
        "proposed_at": time_text(i.proposed_at),
        "changed_at": time_text(i.changed_at),
        "changed_by": i.changed_by,
        "reason": i.reason,
        "version": i.version,
        "mentions": [
            {"meeting": _meeting_to_json(m.meeting), "outcome": m.outcome.value, "quoted": _quoted_to_json(m.quoted)}
            for m in i.mentions
        ],
    }


def item_from_json(j: Json) -> StoredItem:
    """Read a stored item. Raises KeyError, TypeError or ValueError for anything that `item_to_json` did not write."""
    return StoredItem(
        id=j["id"],
        project=j["project"],
        meeting=_meeting_from_json(j["meeting"]),
        found=_found_from_json(j["found"]),
        task=j["task"],
        owner=j["owner"],
        due=_day(j["due"]),
        due_text=j["due_text"],
        state=ItemState(j["state"]),
        proposed_at=_time(j["proposed_at"]),
        changed_at=_time(j["changed_at"]),
        changed_by=j["changed_by"],
        reason=j["reason"],
        version=j["version"],
        mentions=tuple(
            Mention(_meeting_from_json(m["meeting"]), Outcome(m["outcome"]), Quoted(**m["quoted"]))
            for m in j["mentions"]
        ),
    )


def _meeting_to_json(m: MeetingRef) -> Json:
    return {"path": m.path, "title": m.title, "dated": _day_text(m.dated), "digest": m.digest}


def _meeting_from_json(j: Json) -> MeetingRef:
    return MeetingRef(j["path"], j["title"], _day(j["dated"]), j["digest"])


def _found_to_json(i: ActionItem) -> Json:
    return {
        "task": i.task,
        "owner": i.owner,
        "due": _day_text(i.due),
        "due_text": i.due_text,
        "quote": i.quote,
        "start": i.start,
        "end": i.end,
        "start_line": i.start_line,
        "confidence": i.confidence,
        "internal": i.internal,
        "due_rule": i.due_rule,
    }


def _found_from_json(j: Json) -> ActionItem:
    return ActionItem(**{**j, "due": _day(j["due"])})


def _quoted_to_json(q: Quoted) -> Json:
    return {"quote": q.quote, "start": q.start, "end": q.end, "start_line": q.start_line}


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _day_text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
