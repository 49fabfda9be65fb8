"""Items as CSV: our own columns, and those that Jira and Feishu (飞书) import. No cell is a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from assistant.actions.rows import ExportRow
from assistant.domain.actions import ItemState
from assistant.language.normal import without_terminal

# A cell that begins with one of these is a formula to a spreadsheet; the apostrophe makes it text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_JIRA_COLUMNS = ("Issue Type", "Summary", "Assignee", "Due Date", "Description", "Labels", "Status")
_JIRA_STATE = {ItemState.DONE: "Done", ItemState.DROPPED: "Done", ItemState.REJECTED: "Done"}
_FEISHU_COLUMNS = ("任务标题", "负责人", "截止时间", "任务描述", "任务状态", "来源")
_FEISHU_STATE = {ItemState.DONE: "已完成", ItemState.DROPPED: "已取消", ItemState.REJECTED: "已取消"}
_LONGEST_SUMMARY = 255  # Jira refuses a longer summary


def sheet(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a CSV with Windows line ends, as spreadsheets expect, without an empty last line."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return out.getvalue().removesuffix("\r\n")


def jira(rows: Sequence[ExportRow]) -> str:
    """Write the columns that Jira's CSV import maps by name.

    Days are ISO (`yyyy-MM-dd`, to be given as the import's date format). Several owners go into the description, as an
    issue has one assignee.
    """
    return sheet(_JIRA_COLUMNS, (_jira_row(row) for row in rows))


def _jira_row(row: ExportRow) -> tuple[str, ...]:
    item = row.item
    task = " ".join(item.task.split())
    summary = task if len(task) <= _LONGEST_SUMMARY else task[: _LONGEST_SUMMARY - 1] + "…"
    owners = (item.owner or "").split("; ")
    notes = [task] if summary != task else []
    notes += [f"Owners: {item.owner}"] if len(owners) > 1 else []
    notes += [f"Due: {item.due_text}"] if item.due_text and item.due is None else []
    notes += [f'"{item.quote}"', _place(row)]
    due = item.due.isoformat() if item.due else ""
    return ("Task", summary, owners[0], due, "\n".join(notes), "meeting", _JIRA_STATE.get(row.state, "To Do"))


def feishu(rows: Sequence[ExportRow]) -> str:
    """Write the columns of 飞书's task import; days as 2026/03/13, several owners joined by 、."""
    return sheet(_FEISHU_COLUMNS, (_feishu_row(row) for row in rows))


def _feishu_row(row: ExportRow) -> tuple[str, ...]:
    item = row.item
    due = item.due.strftime("%Y/%m/%d") if item.due else ""
    words = f"截止（原话）：{item.due_text}\n" if item.due_text and item.due is None else ""
    owner = (item.owner or "").replace("; ", "、")
    state = _FEISHU_STATE.get(row.state, "未完成")
    return (" ".join(item.task.split()), owner, due, f"{words}原文：{item.quote}", state, _place(row))


def _place(row: ExportRow) -> str:
    return f"{row.path}:{row.item.start_line}" if row.path else f"line {row.item.start_line}"


def _safe(cell: str) -> str:
    shown = without_terminal(cell)  # a sheet is printed on terminals too
    return "'" + shown if shown.lstrip(" ").startswith(_FORMULA) else shown
