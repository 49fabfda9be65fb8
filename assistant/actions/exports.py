"""Action items written out for people and for other programs."""

import json
import unicodedata
from collections.abc import Callable, Sequence

from assistant.actions.calendar import calendar
from assistant.actions.rows import ExportRow
from assistant.actions.sheets import feishu, jira, sheet
from assistant.domain.actions import ActionItem
from assistant.domain.project import Language
from assistant.errors import InvalidInputError

_COLUMNS = ("task", "owner", "due", "due_text", "quote", "line", "confidence")


def render_items(items: Sequence[ActionItem], form: str) -> str:
    """Write items that were read but not kept. Raises InvalidInputError for a form that there is not."""
    return render_rows([ExportRow(item) for item in items], form)


def render_rows(rows: Sequence[ExportRow], form: str) -> str:
    """Write items as one of `FORMS`. Raises InvalidInputError for another form."""
    if form == "ics":
        return calendar(rows)
    renderer = _FORMS.get(form)
    if renderer is not None:
        return renderer([row.item for row in rows])
    trackers = {"jira": jira, "feishu": feishu}
    if form in trackers:
        return trackers[form](rows)
    raise InvalidInputError(f"There is no format {form}; choose one of {', '.join(FORMS)}.")


def _due(item: ActionItem) -> str:
    """The day, with the words it came from; the words alone when no day could be told."""
    if item.due is None:
        return item.due_text
    return f"{item.due.isoformat()} ({item.due_text})" if item.due_text else item.due.isoformat()


def _one_line(words: str) -> str:
    """Words without line breaks and control characters, which could move a terminal's cursor."""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())


def _table(items: Sequence[ActionItem]) -> str:
    if not items:
        return ""
    rows = [(str(i.start_line), _one_line(i.owner or "—"), _one_line(_due(i)) or "—", _one_line(i.task)) for i in items]
    widths = [max(_width(row[n]) for row in rows) for n in range(3)]
    return "\n".join(
        "  ".join([*(row[n] + " " * (widths[n] - _width(row[n])) for n in range(3)), row[3]]).rstrip() for row in rows
    )


def _width(words: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in words)


def item_json(item: ActionItem) -> dict[str, object]:
    """Give an item as it stands in JSON: `due` is an ISO date or null, an unknown owner is null."""
    return {
        "task": item.task,
        "owner": item.owner,
        "due": item.due.isoformat() if item.due else None,
        "due_text": item.due_text,
        "quote": item.quote,
        "start": item.start,
        "end": item.end,
        "confidence": item.confidence,
    }


def _json(items: Sequence[ActionItem]) -> str:
    return json.dumps({"items": [item_json(i) for i in items]}, ensure_ascii=False, indent=2)


def _csv(items: Sequence[ActionItem]) -> str:
    rows = [
        (
            i.task,
            i.owner or "",
            i.due.isoformat() if i.due else "",
            i.due_text,
            i.quote,
            str(i.start_line),
            f"{i.confidence:.2f}",
        )
        for i in items
    ]
    return sheet(_COLUMNS, rows)


def _markdown(items: Sequence[ActionItem]) -> str:
    return items_table(items, "en")


def items_table(items: Sequence[ActionItem], language: Language) -> str:
    """Write items as a Markdown table with its head in that language."""
    head = [
        "| 任务 | 负责人 | 截止 | 行 |" if language == "zh" else "| task | owner | due | line |",
        "|---|---|---|---|",
    ]
    rows = [f"| {cell(i.task)} | {cell(i.owner or '')} | {cell(_due(i))} | {i.start_line} |" for i in items]
    return "\n".join([*head, *rows])


def cell(words: str) -> str:
    """Words for a Markdown cell: no pipe, tag, link or backtick takes effect."""
    plain = _one_line(words)
    for mark in "\\`*_[]<>|":
        plain = plain.replace(mark, "\\" + mark)
    return plain


_FORMS: dict[str, Callable[[Sequence[ActionItem]], str]] = {
    "table": _table,
    "json": _json,
    "csv": _csv,
    "md": _markdown,
}
FORMS = (*_FORMS, "ics", "jira", "feishu")
