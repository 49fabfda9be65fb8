"""Notes cut into lines: one bullet, table row, log entry or paragraph each, with what governs it."""

# ruff: noqa: E501, SIM905 - patterns and word lists stand together by meaning

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.domain.draft import Evidence
from assistant.domain.facts import FactKind
from assistant.domain.note import NoteKind, Passage
from assistant.language.facts import extract_facts
from assistant.language.layout import blocks
from assistant.writing.discretion import without_orders

_BOX = re.compile(r"\[([ xX✓✔])\]\s*")
_STRUCK = re.compile(r"~~.{1,400}?~~", re.DOTALL)
_EMPHASIS = re.compile(r"\*\*|__(?=\w)|(?<=\w)__|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])|`")
_DAY_HEAD = re.compile(
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},?\s*)?[0-9]{1,4}[/.-][0-9]{1,2}(?:[/.-][0-9]{1,4})?"
    r"(?:\s*(?:周|星期)[一二三四五六日天]|\s*(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6})?"
    r"|(?:[0-9]{4}年)?[0-9]{1,2}月[0-9]{1,2}[日号](?:\s*[(\uff08]?(?:周|星期)[一二三四五六日天][)\uff09]?)?"
    r"|(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},?\s+)?[0-9]{1,2}(?:st|nd|rd|th)?\s+[a-z]{3,9}(?:\s+[0-9]{4})?",
    re.IGNORECASE,
)
_HEAD_LINE = re.compile(
    r"(?:from|to|cc|bcc|subject|date|sent|message-id|发件人|收件人|抄送|主题|发送时间|日期|时间|地点|email sent)\s*[:\uff1a]?.{0,200}",
    re.IGNORECASE,
)
_TABLE_RULE = re.compile(r"\|?[\s:|-]*-{3,}[\s:|-]*\|?")
_DAY_COLUMN = re.compile(r"date|day|when|日期|时间", re.IGNORECASE)
_DECISION_HEAD = re.compile(r"^[A-Z]{0,4}-?[0-9]{0,4}\s*[(\uff08]([^()\uff08\uff09]{3,16})[)\uff09]")
_LEAD_WORDS = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a note, without list marks and emphasis.

    `dated` is the day the line speaks of: that of a log's day head, else the note's. `lead` is the bare word or
    heading above it (Actions, 待办), `box` the state of a checkbox (`open`, `done` or empty), `cells` the named cells
    of a table row.
    """

    evidence: Evidence
    text: str
    dated: date | None
    own_day: bool
    lead: str = ""
    box: str = ""
    cells: tuple[tuple[str, str], ...] = ()

    @property
    def passage(self) -> Passage:
        """The passage it stands in."""
        return self.evidence.passage


def lines_of(evidence: Evidence) -> tuple[Line, ...]:
    """Cut a passage into its lines, in order. Mail heads, rules, empty and struck-out lines are left out."""
    return tuple(_Cutter(evidence).lines())


@dataclass(slots=True)
class _Cutter:
    evidence: Evidence
    day: date | None = None
    lead: str = ""
    header: tuple[str, ...] = ()

    def lines(self) -> Iterator[Line]:
        passage = self.evidence.passage
        self.lead = next((h for h in reversed(passage.headings) if "|" not in h), "")
        self.day = _day_in(self.lead, passage) if _DAY_HEAD.fullmatch(self.lead.strip()) else None
        self.header = _header_above(passage)
        for raw in _raw_lines(passage):
            if raw.startswith("#"):
                self._heading(raw)
                continue
            text = raw.strip().lstrip(">").strip()
            if text.startswith("|"):
                yield from self._row(text)
            elif not self._governs(text):
                yield from self._line(text)

    def _heading(self, raw: str) -> None:
        """A heading governs what follows it, and ends a table."""
        bare = clean_marks(raw.lstrip("#"))
        self.header = ()
        if not self._governs(bare):
            self.lead = bare

    def _governs(self, text: str) -> bool:
        """Take a day head or a bare lead-in word as what governs the lines after it."""
        bare = text.strip("#*: \uff1a").strip()
        if _DAY_HEAD.fullmatch(bare):
            self.day = _day_in(bare, self.evidence.passage)
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
            yield self._made(text, box=box)

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
        return Line(self.evidence, text, own or passage.dated, self.day is not None, self.lead, box, cells)

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


def _raw_lines(passage: Passage) -> Iterator[str]:
    """Go through a passage's lines; wrapped ones are joined, except in logs and chats, where each stands alone."""
    text = without_orders(passage.text)
    if passage.kind in (NoteKind.LOG, NoteKind.CHAT):
        for line in text.split("\n"):
            yield line.lstrip().removeprefix("- ").removeprefix("* ")
        return
    end_of_rows = 0
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
        yield (mark[0] if mark else "") + text[start:end].replace("\n", "" if _joins_tight(text[start:end]) else " ")


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
