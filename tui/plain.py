"""Text from notes, mails and drafts, made safe and fitting for a terminal.

Whatever a client or a note contains is shown, never executed: escape sequences appear as pictures, and nothing from
data is ever read as markup.
"""

import unicodedata
from datetime import datetime

from rich.cells import cell_len, set_cell_size

from assistant.domain.project import Language
from assistant.i18n import text

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
# Controls that reorder or hide what a person reads; some terminals obey them.
_DIRECTION = (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)
_SHOWN: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in range(0x20)},
    0x7F: "\N{SYMBOL FOR DELETE}",
    **dict.fromkeys(range(0x80, 0xA0), _REPLACEMENT),
    **dict.fromkeys(range(0xD800, 0xE000), _REPLACEMENT),
    **dict.fromkeys(_DIRECTION, _REPLACEMENT),
    0x2028: "\N{SYMBOL FOR NEWLINE}",
    0x2029: "\N{SYMBOL FOR NEWLINE}",
    ord("\t"): " ",
    ord("\n"): "\n",
}

# A Chinese line does not begin with these, nor end with those.
_NOT_FIRST = frozenset("，。、；：！？）》」』】〉”’…—·,.;:!?)]}%")
_NOT_LAST = frozenset("（《「『【〈“‘([{")


def shown(words: str) -> str:
    """Make controls and escapes visible, one character for one, so that spans keep their places."""
    return words.translate(_SHOWN)


def typed(words: str) -> str:
    """Clean what is typed or pasted: line ends become line feeds, controls become visible."""
    return shown(words.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    "))


def fit(words: str, cells: int) -> str:
    """Cut or pad one line to exactly that many terminal cells, wide characters counted as two."""
    if cells <= 0:
        return ""
    line = shown(words).replace("\n", " ")
    if cell_len(line) <= cells:
        return set_cell_size(line, cells)
    return set_cell_size(set_cell_size(line, cells - 1).rstrip() + "…", cells)


def wrap(words: str, cells: int) -> list[tuple[int, int]]:
    """Break a text into lines of at most that many cells and give each line's characters, start and end.

    Latin text breaks at spaces, Chinese text between characters, with no closing punctuation first on a line and no
    opening one last. Spaces at a break belong to no line. A word longer than a line is cut.
    """
    cells = max(cells, 2)
    lines: list[tuple[int, int]] = []
    start = 0
    for piece in words.split("\n"):
        lines += [(start + a, start + b) for a, b in _wrap_line(piece, cells)]
        start += len(piece) + 1
    return lines


def _wrap_line(line: str, cells: int) -> list[tuple[int, int]]:
    lines: list[tuple[int, int]] = []
    start = 0
    while True:
        end = _reach(line, start, cells)
        if end >= len(line):
            lines.append((start, len(line)))
            return lines
        cut = next((i for i in range(end, start, -1) if _may_break(line, i)), end)
        last = cut
        while last > start and line[last - 1] == " ":
            last -= 1
        lines.append((start, last if last > start else cut))
        start = cut
        while start < len(line) and line[start] == " ":
            start += 1


def _reach(line: str, start: int, cells: int) -> int:
    used = 0
    for i in range(start, len(line)):
        used += cell_len(line[i])
        if used > cells and i > start:
            return i
    return len(line)


def _may_break(line: str, i: int) -> bool:
    before, after = line[i - 1], line[i]
    if after == " " or before == " ":
        return True
    if after in _NOT_FIRST or before in _NOT_LAST:
        return False
    if (before.isdigit() and _wide(after)) or (before in "年月" and after.isdigit()):
        return False  # a date stays in one piece
    return _wide(before) or _wide(after)


def _wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"


def age(then: datetime, now: datetime, language: Language) -> str:
    """Say how long ago something was: just now, minutes, hours, else the day."""
    minutes = int((now - then).total_seconds() // 60)
    if minutes < 1:
        return text("desk.age.now", language)
    if minutes < 60:
        return text("desk.age.minutes", language, n=minutes)
    if minutes < 24 * 60:
        return text("desk.age.hours", language, n=minutes // 60)
    return then.date().isoformat()
