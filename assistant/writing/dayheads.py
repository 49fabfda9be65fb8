"""The days that stand at the head of a log's lines: `9/6 …`, `12.1 …`, `2 Jun: …`, `8月10日 …`, whatever the year.

A log seldom names its year, and its figures may be day or month first. What a head means is read from all the heads
of a passage together; the year is the one that lies nearest before the day on which the note, or the message, is read.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.domain.note import NoteKind, Passage
from assistant.language.detect import has_cjk

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAY = r"(?:\s*[(\uff08]?(?:(?:周|星期)[一二三四五六日天]|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6})[)\uff09]?)?"
_HEAD = re.compile(
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s+)?(?:"
    r"(?P<y1>[0-9]{4})[-/.](?P<m1>[0-9]{1,2})[-/.](?P<d1>[0-9]{1,2})"
    r"|(?P<a>[0-9]{1,2})(?P<mark>[/.])(?P<b>[0-9]{1,2})(?:(?P=mark)(?P<y2>[0-9]{4}|[0-9]{2})?)?(?![0-9])"
    r"|(?:(?P<y3>[0-9]{4})年)?(?P<m3>[0-9]{1,2})月(?P<d3>[0-9]{1,2})[日号]"
    r"|(?P<d4>[0-9]{1,2})(?:st|nd|rd|th)?\.?\s+(?P<m4>(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]{0,6})\.?(?:\s+(?P<y4>[0-9]{4}))?"
    r"|(?P<m5>(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]{0,6})\.?\s+(?P<d5>[0-9]{1,2})(?:st|nd|rd|th)?(?:,?\s+(?P<y5>[0-9]{4}))?"
    r")" + _WEEKDAY + r"(?P<end>\s*[:\uff1a.,\uff0c、–-]?(?:\s+|(?=[\u4e00-\u9fff])|$)|[:\uff1a])",
    re.IGNORECASE,
)
_LISTED = re.compile(r"^[ \t]*[-*•·>]*[ \t]*")
_GOES_ON = re.compile(r"^(?:to|until|till|and|or|[-–~至到和或]|前|之前|起|以前|上午|下午)(?![a-z])", re.IGNORECASE)
_LOGS = frozenset({NoteKind.LOG, NoteKind.OTHER, NoteKind.CHAT})


@dataclass(frozen=True, slots=True)
class DayHeads:
    """How the days at the heads of a passage's lines are read. `inline` says that text follows on the same line."""

    reference: date | None
    day_first: bool
    inline: bool

    def of(self, line: str) -> tuple[date | None, str]:
        """Part a line into its day and what follows; (None, the line) when it begins with none.

        A bare day, with nothing after it, is always a head; text after it makes it one only in a log.
        """
        bare = _LISTED.sub("", line)
        found = _HEAD.match(bare)
        if not found:
            return None, line
        rest = bare[found.end() :].strip()
        if rest and (not self.inline or _GOES_ON.match(rest)):
            return None, line
        day = self._day(found)
        return (day, rest) if day else (None, line)

    def _day(self, found: re.Match[str]) -> date | None:
        month, number, year = _parts(found, day_first=self.day_first)
        if not 1 <= month <= 12:
            return None
        years = [year] if year else self._years(month, number)
        for one in years:
            try:
                return date(one, month, number)
            except ValueError:
                continue
        return None

    def _years(self, month: int, number: int) -> list[int]:
        """Give the year in which a day lies nearest before the reference, with a month's grace after it."""
        if self.reference is None:
            return []
        near = self.reference.year
        ahead = (month - self.reference.month) * 31 + number - self.reference.day
        return [near - 1] if ahead > 31 else [near]


def day_heads(passage: Passage, as_of: date | None) -> DayHeads:
    """Learn from all lines of a passage how its day heads are meant."""
    lines = [_LISTED.sub("", line) for line in passage.text.split("\n") if line.strip()]
    heads = [(found, line[found.end() :].strip()) for line in lines if (found := _HEAD.match(line))]
    with_text = [found for found, rest in heads if rest and not _GOES_ON.match(rest)]
    dotted = [found for found in with_text if found["mark"] == "."]
    if dotted and not _is_run(dotted):
        with_text = [found for found in with_text if found["mark"] != "."]
    is_log = passage.kind in _LOGS and not any(line.startswith("|") for line in lines)
    inline = is_log and (len(with_text) >= 2 or (passage.kind is NoteKind.LOG and bool(with_text)))
    return DayHeads(passage.dated or as_of, _is_day_first([found for found, _ in heads], passage), inline)


def _is_run(heads: Sequence[re.Match[str]]) -> bool:
    """Whether figures such as 12.1, 12.2, 12.2 run on like days, and are no numbering of points."""
    pairs = [(int(found["a"]), int(found["b"])) for found in heads]
    either = sorted(pairs) == pairs or sorted(pairs, key=lambda p: (p[1], p[0])) == pairs
    return either and (len(set(pairs)) < len(pairs) or any(max(pair) > 12 for pair in pairs) or len(pairs) >= 3)


def _is_day_first(heads: Sequence[re.Match[str]], passage: Passage) -> bool:
    pairs = [(int(found["a"]), int(found["b"]), found["mark"]) for found in heads if found["a"]]
    if any(first > 12 for first, _, _ in pairs):
        return True
    if any(second > 12 for _, second, _ in pairs):
        return False
    if len({first for first, _, _ in pairs}) != len({second for _, second, _ in pairs}):
        # Over a few weeks the days vary, the months hardly.
        return len({first for first, _, _ in pairs}) > len({second for _, second, _ in pairs})
    return not has_cjk(passage.text)


def _parts(found: re.Match[str], *, day_first: bool) -> tuple[int, int, int]:
    """Give month, day and year, 0 where no year stands."""
    if found["a"]:
        first, second = int(found["a"]), int(found["b"])
        year = int(found["y2"]) if found["y2"] else 0
        year += 2000 if 0 < year < 100 else 0
        return (second, first, year) if day_first else (first, second, year)
    for n in "1345":
        if found[f"d{n}"]:
            month = found[f"m{n}"]
            number = int(month) if month.isdigit() else _MONTHS.index(month[:3].casefold()) + 1
            return number, int(found[f"d{n}"]), int(found[f"y{n}"] or 0)
    return 0, 0, 0
