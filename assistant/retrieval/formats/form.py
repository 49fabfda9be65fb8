"""The text form of a document: what its words are, line by line, and where in the file each line came from."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.errors import UnreadableNoteError
from assistant.retrieval.outline import VISIBILITY_LINE

MAX_CHARACTERS = 10_000_000
MAX_ROWS = 50_000
"""Rows of a table; a larger one is data and no note."""

_ODD = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Mark:
    """From line `line` of the text form on (counted from 0): a place in the file, `prefix` and `value`, "page " "3"."""

    line: int
    prefix: str
    value: str


@dataclass(frozen=True, slots=True)
class TextForm:
    """A document as text. The marks stand in the order of their lines; a text file has none."""

    text: str
    encoding: str
    marks: tuple[Mark, ...] = ()


def place_of(marks: tuple[Mark, ...], first: int, last: int) -> str:
    """Give the place of the lines `first` to `last` (from 0): `page 3`, `sheet Plan, row 12-15`; "" without marks."""
    before = bisect_right(marks, first, key=lambda mark: mark.line)
    within = bisect_right(marks, last, key=lambda mark: mark.line)
    if not within:
        return ""
    start, stop = marks[max(0, before - 1)], marks[within - 1]
    if start.prefix != stop.prefix:
        return f"{start.prefix}{start.value} to {stop.prefix}{stop.value}"
    return f"{start.prefix}{start.value}" + (f"-{stop.value}" if stop.value != start.value else "")


def table_row(cells: Iterable[str]) -> str:
    """Give a table's row as one line, empty cells kept so that columns keep their place; "" for an empty row.

    A row with a single filled cell is a title or a remark, and comes as plain words.
    """
    words = [" ".join(cell.split()).replace("|", "\\|") for cell in cells]
    while words and not words[-1]:
        words.pop()
    filled = [cell for cell in words if cell]
    if len(filled) < 2:
        return filled[0] if filled else ""
    return f"| {' | '.join(words)} |"


class FormWriter:
    """Collects the lines of a text form with their places. Raises UnreadableNoteError beyond ten million characters."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._marks: list[Mark] = []
        self._size = 0

    def add(self, words: str, prefix: str = "", value: str = "") -> None:
        """Add one or more lines that stand at that place of the file."""
        mended = _ODD.sub(" ", words.replace("\r\n", "\n").replace("\r", "\n"))
        if prefix + value and (not self._marks or (self._marks[-1].prefix, self._marks[-1].value) != (prefix, value)):
            self._marks.append(Mark(len(self._lines), _ODD.sub(" ", prefix), _ODD.sub(" ", value)))
        self._size += len(mended)
        if self._size > MAX_CHARACTERS:
            raise UnreadableNoteError(
                f"The document holds more than {MAX_CHARACTERS:,} characters: split it into smaller files."
            )
        self._lines.extend(line.rstrip() for line in mended.split("\n"))

    def gap(self) -> None:
        """End a paragraph: leave one line empty."""
        if self._lines and self._lines[-1]:
            self._lines.append("")

    def last_line(self) -> str:
        """Give the last line that holds words, "" at the beginning."""
        return next((line for line in reversed(self._lines[-3:]) if line), "")

    def form(self, encoding: str, *, empty: str) -> TextForm:
        """Give the text form. Raises UnreadableNoteError with the sentence `empty` when there are no words."""
        while self._lines and not self._lines[-1]:
            self._lines.pop()
        if not any(letter.isalnum() for line in self._lines for letter in line):
            raise UnreadableNoteError(empty)
        self._put_visibility_first()
        return TextForm("\n".join(self._lines) + "\n", encoding, tuple(self._marks))

    def _put_visibility_first(self) -> None:
        """Let `visibility: internal` in a sheet's first cell or below a first slide's title lead, as notes have it."""
        filled = [i for i, line in enumerate(self._lines[:6]) if line][:2]
        if len(filled) == 2 and self._lines[0].startswith("# "):
            stated = self._lines[filled[1]]
            if VISIBILITY_LINE.fullmatch(stated[:200]):
                self._lines[0], self._lines[filled[1]] = stated, self._lines[0]
