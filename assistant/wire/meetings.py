"""Meetings and action items."""

from collections.abc import Iterable

from assistant.actions.exports import item_json
from assistant.domain.actions import ActionItem, Carried, MeetingSummary, Quoted, Statement, StoredItem
from assistant.wire.covering import Json


def actions_json(items: Iterable[ActionItem]) -> list[Json]:
    """Give action items in the order of the note."""
    return [item_json(item) for item in items]


def meeting_json(summary: MeetingSummary, *, internal: bool = True) -> Json:
    """Give everything read out of a meeting; without `internal` nothing of an internal part of the note."""
    seen = summary if internal else summary.for_client()
    return {
        "project": seen.project,
        "path": seen.meeting.path,
        "title": seen.meeting.title,
        "date": seen.meeting.dated.isoformat() if seen.meeting.dated else None,
        "digest": seen.meeting.digest,
        "read_by": seen.read_by,
        "notices": list(seen.notices),
        "carried": [_carried_json(one) for one in seen.carried],
        "topics": [
            {
                "title": topic.title,
                "start": topic.start,
                "end": topic.end,
                "line": topic.start_line,
                "points": [_quoted_json(point) for point in topic.points],
            }
            for topic in seen.topics
        ],
        "decisions": [_statement_json(one) for one in seen.decisions],
        "items": [{**item_json(item), "due_rule": item.due_rule, "line": item.start_line} for item in seen.items],
        "questions": [_statement_json(one) for one in seen.questions],
        "risks": [_statement_json(one) for one in seen.risks],
    }


def _statement_json(one: Statement) -> Json:
    return {"text": one.text, "quote": one.quote, "start": one.start, "end": one.end, "line": one.start_line}


def _quoted_json(one: Quoted) -> Json:
    return {"quote": one.quote, "start": one.start, "end": one.end, "line": one.start_line}


def _carried_json(one: Carried) -> Json:
    quoted = _quoted_json(one.quoted) if one.quoted else None
    return {"item": stored_item_json(one.item), "outcome": one.outcome.value, "quoted": quoted}


def stored_item_json(item: StoredItem) -> Json:
    """Give a kept action item as it stands now, with the quote it came from."""
    return {
        "id": item.id,
        "project": item.project,
        "state": item.state.value,
        "version": item.version,
        "path": item.meeting.path,
        "meeting_date": item.meeting.dated.isoformat() if item.meeting.dated else None,
        "line": item.found.start_line,
        **item_json(item.current()),
        "changed_by": item.changed_by,
        "changed_at": item.changed_at.isoformat(),
        "reason": item.reason,
        "mentions": [
            {
                "path": one.meeting.path,
                "meeting_date": one.meeting.dated.isoformat() if one.meeting.dated else None,
                "outcome": one.outcome.value,
                **_quoted_json(one.quoted),
            }
            for one in item.mentions
        ],
    }
