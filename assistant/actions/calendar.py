"""Items as iCalendar to-dos (RFC 5545), which calendars and task lists import."""

import hashlib
import re
from collections.abc import Sequence
from datetime import UTC, datetime

from assistant.actions.rows import ExportRow
from assistant.domain.actions import ItemState

_STATUS = {ItemState.DONE: "COMPLETED", ItemState.DROPPED: "CANCELLED", ItemState.REJECTED: "CANCELLED"}
_UNSPOKEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LINE_BYTES = 73  # of 75, so that the space of a folded line fits too
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


def calendar(rows: Sequence[ExportRow]) -> str:
    """Write a calendar of to-dos, one an item, each with an id that stays the same when it is exported again.

    An owner is the to-do's contact: an attendee would need an address, and none is invented. A day is a due date of a
    whole day; words that name no day go into the description. Without `made_at` the time stamp is fixed, so that the
    same notes give the same file.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Sincerely//Action items//EN", "CALSCALE:GREGORIAN"]
    for row in rows:
        lines += _todo(row)
    lines.append("END:VCALENDAR")
    return "\r\n".join(_folded(line) for line in lines) + "\r\n"


def _todo(row: ExportRow) -> list[str]:
    item = row.item
    key = (
        row.id or hashlib.sha256(f"{item.start}\n{item.task}\n{item.quote}".encode("utf-8", "replace")).hexdigest()[:24]
    )
    stamp = (row.made_at or _EPOCH).astimezone(UTC)
    words = [item.quote]
    if item.due_text and item.due is None:
        words.insert(0, item.due_text)
    if row.path:
        words.append(f"{row.path}:{item.start_line}")
    lines = [
        "BEGIN:VTODO",
        f"UID:{key}@sincerely",
        f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
        f"SUMMARY:{_text(item.task)}",
        f"DESCRIPTION:{_text(chr(10).join(words))}",
        f"STATUS:{_STATUS.get(row.state, 'NEEDS-ACTION')}",
    ]
    if item.owner:
        lines.append(f"CONTACT:{_text(item.owner)}")
    if item.due:
        lines.append(f"DUE;VALUE=DATE:{item.due:%Y%m%d}")
    return [*lines, "END:VTODO"]


def _text(words: str) -> str:
    plain = _UNSPOKEN.sub(" ", words.replace("\r\n", "\n").replace("\r", "\n")).encode("utf-8", "replace").decode()
    for mark in ("\u2028", "\u2029", "\x85"):
        plain = plain.replace(mark, "\n")
    plain = plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\n", "\\n")


def _folded(line: str) -> str:
    """Break a line after at most 75 bytes, never inside a character."""
    parts: list[str] = []
    part, size = "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > _LINE_BYTES:
            parts.append(part)
            part, size = "", 0
        part += letter
        size += width
    return "\r\n ".join([*parts, part])
