"""Rows of tables whose head names a task column and an owner or due column."""

import re

from assistant.actions import listed
from assistant.actions.dues import find_due, read_due
from assistant.actions.found import Found
from assistant.actions.outline import Line, Under
from assistant.actions.people import People
from assistant.actions.states import STATUS_CLOSED, is_closed
from assistant.actions.tasks import clean

_NOBODY = re.compile(r"(?i)tb[dc]|n/a|none|待定|无|未定")


class TableRows:
    """Reads the rows of the tables of one note; knows the columns of the table it is in."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._columns: listed.Columns | None = None

    def leave(self) -> None:
        """Take note that a table ended."""
        self._columns = None

    def read(self, line: Line) -> Found | None:
        """Give the task of a row; None for a head, a closed task and tables of other things."""
        head = listed.columns(line.cells)
        if head is not None:
            self._columns = head
            return None
        at = self._columns
        if at is None or at.task >= len(line.cells) or (at.plan and line.under is not Under.ACTIONS):
            return None

        def cell(place: int) -> str:
            return line.cells[place][0] if 0 <= place < len(line.cells) else ""

        task = cell(at.task).strip(" *_")
        if not task or _is_closed(cell(at.status), cell(at.remark)) or is_closed(task) or "~~" in task:
            return None
        who = cell(at.owner)
        named = any(c.isalpha() for c in who) and not _NOBODY.fullmatch(who.strip())
        owner = self._people.owner(who) or (who.strip(" @*") if named else None)
        due = read_due(cell(at.due), line.reference) if at.due >= 0 else find_due(task, line.reference, listed=True)
        inside = None if at.due >= 0 else due
        return Found(clean(task, inside, "listed"), owner, due, line.start, line.end, 0.95)


def _is_closed(status: str, remark: str) -> bool:
    """Whether the status, or a remark where the table has no status, says so before it says anything else."""
    first = re.split(r"[,.;，。；]", remark, maxsplit=1)[0]
    return bool(STATUS_CLOSED.fullmatch(status) or (not status and first and STATUS_CLOSED.fullmatch(first)))
