"""Notes cut into lines: one bullet, table row, log entry or paragraph each, with what governs it."""

# ruff: noqa: E501, SIM905 - patterns and word lists stand together by meaning

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from assistant.checks.matching import carried
from assistant.domain.draft import Evidence
from assistant.domain.facts import Fact, FactKind
from assistant.domain.note import NoteKind, Passage
from assistant.language.facts import extract_facts
from assistant.language.layout import blocks
from assistant.language.normal import without_terminal
from assistant.writing.dayheads import DayHeads, day_heads
from assistant.writing.discretion import without_orders

_BOX = re.compile(r"\[([ xX✓✔])\]\s*")
_STRUCK = re.compile(r"~~.{1,400}?~~", re.DOTALL)
_EMPHASIS = re.compile(r"\*\*|__(?=\w)|(?<=\w)__|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])|`")
_HEAD_LINE = re.compile(
    r"(?:from|to|cc|bcc|subject|date|sent|message-id|发件人|收件人|抄送|主题|发送时间|日期|时间|地点|email sent)\s*[:\uff1a]?.{0,200}",
    re.IGNORECASE,
)
_TABLE_RULE = re.compile(r"\|?[\s:|-]*-{3,}[\s:|-]*\|?")
_DAY_COLUMN = re.compile(r"date|day|when|日期|时间", re.IGNORECASE)
_DECISION_HEAD = re.compile(r"^[A-Z]{0,4}-?[0-9]{0,4}\s*[(\uff08]([^()\uff08\uff09]{3,16})[)\uff09]")
_LEAD_WORDS = 4
_LONGEST_HEADING = 12
_ZH_HEADING = re.compile(
    r"(?:存在|主要|当前|目前|现存)(?:的)?(?:风险|问题|困难)(?:[及和与].{2,6})?|(?:议定|决定|讨论|其他|其它|遗留|待定|未决)(?:的)?(?:事项|问题)"
    r"|(?:工作|项目|总体)?(?:进展|进度)(?:情况)?|下(?:一步|周)(?:的)?(?:工作|计划|安排|打算)*|会议(?:决议|内容|议题|结论)|(?:本周|上周|近期)(?:工作|完成|进展)(?:情况)?"
)
_ENTRY_HEAD = re.compile(
    r"^[A-Z]{1,4}-?[0-9]{0,5}\s*[(\uff08](?P<day>[^()\uff08\uff09]{3,16})[)\uff09]\s*[:\uff1a]?\s*"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a note, without list marks and emphasis.

    `dated` is the day the line speaks of: that of a log's day head, else the note's. `lead` is the bare word or
    heading above it (Actions, 待办), `box` the state of a checkbox (`open`, `done` or empty), `cells` the named cells
    of a table row, `numbered` an entry with a day in its number's brackets. `sure_day` says that the evidence itself names the day, year aside, so that it may be told.
    """

    evidence: Evidence
    text: str
    dated: date | None
    own_day: bool
    lead: str = ""
    box: str = ""
    cells: tuple[tuple[str, str], ...] = ()
    sure_day: bool = True
    numbered: bool = False

    @property
    def told_day(self) -> date | None:
        """The day that a sentence about this line may name: its own, where the evidence proves it."""
        return self.dated if self.own_day and self.sure_day else None

    @property
    def day_is_told(self) -> bool:
        """Whether a sentence may name the day of this line at all: the note's, or one the evidence proves."""
        return not self.own_day or self.sure_day

    @property
    def passage(self) -> Passage:
        """The passage it stands in."""
        return self.evidence.passage


def lines_of(evidence: Evidence, as_of: date | None = None, day: date | None = None) -> tuple[Line, ...]:
    """Cut a passage into its lines, in order. Mail heads, rules, empty and struck-out lines are left out.

    `as_of` tells the year of the days in a note that has no date; `day` is the day head above the passage, if its
    note was cut below one.
    """
    return tuple(_Cutter(evidence, day_heads(evidence.passage, as_of), day, sure=day is None).lines())


@dataclass(slots=True)
class _Cutter:
    evidence: Evidence
    heads: DayHeads
    day: date | None = None
    sure: bool = True
    lead: str = ""
    header: tuple[str, ...] = ()

    def lines(self) -> Iterator[Line]:
        passage = self.evidence.passage
        self.lead = next((h for h in reversed(passage.headings) if "|" not in h), "")
        for heading in passage.headings:
            self._is_day(heading.strip())
        self.header = _header_above(passage)
        for raw in _raw_lines(passage, self.heads):
            if raw.startswith("#"):
                self._heading(raw)
                continue
            text = raw.strip().lstrip(">").strip()
            if text.startswith("|"):
                yield from self._row(text)
                continue
            text = self._entry(text)
            if text and not self._governs(text):
                yield from self._line(text)

    def _entry(self, text: str) -> str:
        """Take the day at the head of a log's entry off it; the lines that follow are of that day too."""
        day, rest = self.heads.of(text)
        if day is None:
            return text
        self._take(day)
        return rest

    def _take(self, day: date) -> None:
        self.day, self.lead = day, ""
        proved = Fact(FactKind.DATE, 0, 0, "", day.isoformat())
        passage = self.evidence.passage
        sources = (passage.text, *passage.headings)
        self.sure = any(carried(extract_facts(text, reference=passage.dated), proved) for text in sources)

    def _is_day(self, bare: str) -> bool:
        """Take a line that is nothing but a day as the day of what follows."""
        day, rest = self.heads.of(bare)
        if day is None or rest:
            return False
        self._take(day)
        return True

    def _heading(self, raw: str) -> None:
        """A heading governs what follows it, and ends a table."""
        bare = clean_marks(raw.lstrip("#"))
        self.header = ()
        if not self._governs(bare):
            self.lead = bare

    def _governs(self, text: str) -> bool:
        """Take a day head or a bare lead-in word as what governs the lines after it."""
        bare = text.strip("#*: \uff1a").strip()
        if self._is_day(bare):
            return True
        if len(bare) <= _LONGEST_HEADING and _ZH_HEADING.fullmatch(bare):
            self.lead = bare
            return True
        short = len(bare) <= 8 if not bare.isascii() else len(bare.split()) <= _LEAD_WORDS
        if bare and short and (text.endswith((":", "\uff1a")) or bare.isupper() or bare.casefold() in _LEADS):
            self.lead = bare
            return True
        return _HEAD_LINE.fullmatch(text) is not None and ("@" in text or "sent" in text.casefold()[:12])

    def _line(self, text: str) -> Iterator[Line]:
        box = ""
        found = _BOX.match(text)
        if found:
            box = "open" if found[1] == " " else "done"
            text = text[found.end() :]
        struck = _STRUCK.match(text) is not None
        text = clean_marks(text)
        if not struck and any(letter.isalnum() for letter in text):
            yield self._numbered(text, box)

    def _numbered(self, text: str, box: str) -> Line:
        """Read the head of a numbered entry, "D3 (9 September): …": its day holds for the entry alone."""
        head = _ENTRY_HEAD.match(text)
        day = _day_in(head["day"], self.evidence.passage) if head else None
        if head is None or day is None or not text[head.end() :]:
            return self._made(text, box=box)
        return replace(self._made(text[head.end() :], box=box), dated=day, own_day=True, sure_day=True, numbered=True)

    def _row(self, text: str) -> Iterator[Line]:
        if _TABLE_RULE.fullmatch(text):
            return
        cells = tuple(clean_marks(cell) for cell in text.strip("|").split("|"))
        if not self.header:
            self.header = cells
            return
        named = tuple((head, cell) for head, cell in zip(self.header, cells, strict=False) if cell)
        if named:
            yield self._made("; ".join(cell for _, cell in named), cells=named)

    def _made(self, text: str, *, box: str = "", cells: tuple[tuple[str, str], ...] = ()) -> Line:
        passage = self.evidence.passage
        own = self.day
        if own is None and passage.kind is NoteKind.DECISION:
            own = self._decided_on(text, cells)
        has_own = self.day is not None
        return Line(self.evidence, text, own or passage.dated, has_own, self.lead, box, cells, self.sure)

    def _decided_on(self, text: str, cells: tuple[tuple[str, str], ...]) -> date | None:
        """Find the day of one entry of a decision log: a cell of its own, or brackets at the head of the line."""
        day = next((cell for head, cell in cells if _DAY_COLUMN.match(head)), "")
        if not day:
            found = _DECISION_HEAD.match(text)
            day = found[1] if found else ""
        return _day_in(day, self.evidence.passage) if day else None


_LEADS = frozenset(
    "actions action items todo to do to-do next steps next open open points decisions risks issues done 待办 待办事项"
    " 行动项 下一步 风险 问题 决定 决策 已完成 进展".split()
) | {"action items", "to do", "next steps", "open points"}


def clean_marks(text: str) -> str:
    """Take emphasis and struck-out words away and fold white space."""
    return " ".join(_EMPHASIS.sub("", _STRUCK.sub(" ", text)).split())


def _raw_lines(passage: Passage, heads: DayHeads) -> Iterator[str]:
    """Go through a passage's lines; wrapped ones are joined, except in logs and chats, where each stands alone."""
    text = without_orders(without_terminal(passage.text))
    if heads.inline or passage.kind in (NoteKind.LOG, NoteKind.CHAT):
        for line in text.split("\n"):
            yield line.lstrip().removeprefix("- ").removeprefix("* ")
        return
    end_of_rows = 0
    wraps = _is_wrapped(text)
    for start, end in blocks(text):
        if start < end_of_rows:
            continue
        first = text.rfind("\n", 0, start) + 1
        if text[first:start].lstrip().startswith("|") or text[start:end].lstrip().startswith("|"):
            stop = text.find("\n", start)
            end_of_rows = len(text) if stop < 0 else stop
            yield text[first:end_of_rows]
            continue
        if text[first:start].lstrip().startswith("#"):
            yield "#" + text[start:end]
            continue
        mark = _BOX.search(text[first:start])
        own_lines = (
            [text[start:end]] if wraps or mark or _LISTED.match(text[first:start]) else text[start:end].split("\n")
        )
        for line in own_lines:
            yield (mark[0] if mark else "") + line.replace("\n", "" if _joins_tight(line) else " ")


_LISTED = re.compile(r"\s*(?:[-*•+]|[0-9]{1,3}[.)、])\s")
_NEAR_THE_EDGE = 0.8


def _is_wrapped(text: str) -> bool:
    """Whether lines end where the page ends, and not where a thought does: several are about as long as the longest."""
    lengths = [
        len(line.rstrip()) for line in text.split("\n") if line.strip() and not line.lstrip().startswith(("|", "#"))
    ]
    longest = max(lengths, default=0)
    least = 24 if _joins_tight(text) else 60
    return longest >= least and sum(length >= _NEAR_THE_EDGE * longest for length in lengths) >= 2


def _header_above(passage: Passage) -> tuple[str, ...]:
    """Give the header of a table that began in the passage before: it stands among the headings."""
    last = passage.headings[-1] if passage.headings else ""
    return tuple(cell.strip() for cell in last.split("|")) if "|" in last else ()


def _joins_tight(text: str) -> bool:
    """Whether a wrapped text is Chinese, whose lines join without a space."""
    return sum("\u4e00" <= letter <= "\u9fff" for letter in text) * 2 > len(text)


def _day_in(text: str, passage: Passage) -> date | None:
    """Read a day head's date; the day in figures counts more than the weekday beside it."""
    found = [f for f in extract_facts(text, reference=passage.dated) if f.kind is FactKind.DATE]
    surest = min(found, key=lambda fact: fact.rule.startswith("relative"), default=None)
    try:
        return date.fromisoformat(surest.value) if surest else None
    except ValueError:
        return None
