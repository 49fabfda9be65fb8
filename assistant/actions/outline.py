"""The layout of a note as far as action items need it: what stands under which heading, who speaks, what is ticked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from assistant.actions import headings
from assistant.actions.people import People
from assistant.actions.turn_marks import BRACKETED, CUE, SPEAKER_ALONE, STAMP, TAG, TIME_CODE, VOICE
from assistant.language.dates import find_dates


class Under(StrEnum):
    """What sort of heading a line stands under."""

    ACTIONS = "actions"
    DUTIES = "duties"  # what one side will do, among remarks
    CLOSED = "closed"  # done, rejected, parked
    OTHER = "other"


class Box(StrEnum):
    """A check box before a line."""

    NONE = "none"
    OPEN = "open"
    TICKED = "ticked"


@dataclass(frozen=True, slots=True)
class Line:
    """One line, or a wrapped item, without its marks: ``source[start:end] == text``."""

    start: int
    end: int
    text: str
    number: int
    under: Under = Under.OTHER
    listed: bool = False
    indent: int = 0
    box: Box = Box.NONE
    speaker: str = ""
    speaker_at: int = -1
    internal: bool = False
    quoted: bool = False
    reference: date | None = None
    group: str = ""
    cells: tuple[tuple[str, int], ...] = ()
    struck: bool = False
    heading: str = ""
    heading_at: int = -1
    goes_on: bool = False  # a further line of the same subtitle


_HEADING = re.compile(r"[ \t]{0,3}(#{1,6})[ \t]+(?P<words>[^\n]{1,200})")
_BULLET = re.compile(
    r"(?P<indent>[ \t\u3000]{0,40})(?:"
    r"(?:(?:[-=]{1,2}>|[-*+•·–—▪◦‣●○■□☐☑☒✓✔✗✅❌➢▶►→⇒»])[\ufe0e\ufe0f]?)(?=[ \t]|\[|(?<=[•●■□☐☑☒✅❌])\S)"
    r"|(?P<number>(?:[0-9]{1,3}(?:\.[0-9]{1,2}){0,2}[.)、）](?![0-9])|\([0-9a-z]{1,2}\)"
    r"|（[0-9一二三四五六七八九十]{1,3}）|[①-⑳]"
    r"|[a-z]\)(?=[ \t])))"
    r")[ \t]{0,10}"
)
_BOX = re.compile(r"[ \t]{0,10}\[(?P<mark>[ xX✓✔√-]?)\](?!\()[ \t]{0,4}")
_TICK_BULLET = re.compile(r"[ \t]{0,40}[☑✅✓✔✗❌☒]")
_QUOTE = re.compile(r"[ \t]{0,3}(?:>[ \t]?){1,10}")
_RULE = re.compile(r"[ \t]{0,10}[-=*_~`]{3,}[ \t]*|[ \t|:+-]{3,}")
_BARE_HEADING = re.compile(r"(?:\*\*|__|【|\[)?(?P<words>[^\n:：*_\]】|]{1,40}?)[ ]?(?:[:：]|\*\*|__|】|\]){0,3}[ \t]*")
_ORDINAL = re.compile(
    r"\A(?:[0-9]{1,2}(?:\.[0-9]{1,2}){0,2}[.)、]?|[一二三四五六七八九十]{1,3}[、.]"
    r"|（[一二三四五六七八九十]{1,3}）)[ \t]{0,3}"
)

_INTERNAL = re.compile(r"(?:internal|内部)(?![a-z])", re.IGNORECASE)
_INTERNAL_LINE = re.compile(r"visibility\s{0,3}[:：]\s{0,3}internal\s*", re.IGNORECASE)
_NOTE_DATE = re.compile(r"(?:date|when|time|meeting date|日期|时间|会议时间|会议日期)\s{0,3}[:：]", re.IGNORECASE)
_NO_TITLE = re.compile(r"[.。!！?？;；,，|→@]\Z|[:：]\s*\S|[→@|]|\A[-*•>]|\A\d{1,2}:\d|\d{1,2}:\d{2}|-->|[,，。；;]")
_LONGEST_LINE = 4_000
_LONGEST_TOPIC = 60
_LONGEST_HEAD = 50
_TOPIC = re.compile(
    r"(?:议题|议程|主题|(?:Topic|Agenda item"
    r"|Item)[ ])[ ]?[0-9一二三四五六七八九十]{1,2}[ ]?[：:、.][ ]?(?P<name>[^。；;？?!！]{2,50})"
)
_PART_NUMBER = re.compile(r"[一二三四五六七八九十]{1,3}[、.]|（[一二三四五六七八九十]{1,3}）")
_PART = re.compile(rf"(?:{_PART_NUMBER.pattern})[ \t]?[^，,。；;、：:\n]{{1,13}}[\u4e00-\u9fff]")
_BARE = 9  # the level of a heading without marks: any other heading ends it


def outline(text: str, *, dated: date | None, people: People) -> list[Line]:
    """Give the lines of a text with what their layout says; headings, rules and time codes are left out.

    Words such as "Friday" lean on `dated`, else on the date in the head of the note, else on the last line that was
    nothing but a date (a log's day). Takes linear time.
    """
    state = _State(reference=dated if dated is not None else _head_date(text), people=people)
    lines: list[Line] = []
    for number, (start, end) in enumerate(_raw_lines(text), 1):
        made = state.read(text, start, end, number)
        if made is None:
            continue
        if lines and (_continues(lines[-1], made) or (made.goes_on and len(lines[-1].text) < _LONGEST_LINE)):
            last = lines[-1]
            lines[-1] = replace(last, end=made.end, text=text[last.start : made.end])
        else:
            lines.append(made)
    return lines


def _raw_lines(text: str) -> Iterator[tuple[int, int]]:
    position = 0
    for raw in text.splitlines(keepends=True):
        content = raw.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")
        # A line without end (a transcript in one piece) is cut where a sentence ends, so that nothing is quadratic.
        yield position, position + len(content)
        position += len(raw)


def _head_date(text: str) -> date | None:
    head = text[:600].splitlines()[:8]
    for line in sorted(head, key=lambda one: _NOTE_DATE.match(one.strip(" -*#")) is None):
        for found in find_dates(line):
            if found.rule == "absolute" and len(found.value) == 10:
                return date.fromisoformat(found.value)
    return None


class _State:
    """What is carried from line to line."""

    def __init__(self, *, reference: date | None, people: People) -> None:
        self.reference = reference
        self.people = people
        self.under = Under.OTHER
        self.level = 0
        self.internal_level: int | None = None
        self.all_internal = False
        self.group = ""
        self.group_indent = -1
        self.speaker = ""
        self.blank = True
        self.seen_text = False
        self.fence_open = False
        self.heading = ""
        self.heading_at = 0
        self.names_part = False
        self.subtitle = 0  # lines read since the last time code, counted from 1

    def read(self, text: str, start: int, end: int, number: int) -> Line | None:
        """Read one line; None when it is a heading, a rule, a time code or blank."""
        body = text[start:end]
        stripped = body.strip()
        if not stripped:
            self._blank_line()
            return None
        if self.subtitle and not CUE.match(body):
            return self._of_subtitle(text, start, end, number)
        after_blank, self.blank = self.blank, False
        first, self.seen_text = not self.seen_text, True
        if self._front_matter(stripped, first=first):
            return None
        if len(body) < 200 and (_RULE.fullmatch(body) or CUE.match(body)):
            self.subtitle = 1 if TIME_CODE.match(body) else 0
            return None
        self.names_part = _names_part(text, stripped, end)
        if self._heading(body, stripped, after_blank=after_blank):
            if self.heading_at < 0:
                self.heading_at = start
            return None
        if (after_blank or number == 1) and self._heads_lines(text, stripped, end):
            # It may yet be a line like others: it names the part below, and is read as a line too.
            self.heading, self.heading_at = _ORDINAL.sub("", stripped, count=1).strip(" *_#:：【】[]"), start
        return self._line(text, start, end, number)

    def _front_matter(self, stripped: str, *, first: bool) -> bool:
        """Whether a line is a rule or says at the head of the note that all of it is internal."""
        if _INTERNAL_LINE.fullmatch(stripped) and (first or self.fence_open):
            self.all_internal = True
            return True
        if stripped == "---":
            self.fence_open = first
        return stripped == "---"

    def _of_subtitle(self, text: str, start: int, end: int, number: int) -> Line | None:
        """Read a line that stands under a time code; what is broken over several lines there is one line of talk."""
        first, self.subtitle = self.subtitle == 1, self.subtitle + 1
        stop = text.find("</v>", start, end)
        line = self._line(text, start, end if stop < 0 else stop, number)
        wrapped = not first and line is not None and line.speaker_at < 0 and not line.listed
        return replace(line, goes_on=True) if wrapped and line is not None else line

    def _blank_line(self) -> None:
        self.blank = True
        self.subtitle = 0
        self.speaker = ""

    def _heading(self, body: str, stripped: str, *, after_blank: bool) -> bool:
        if len(stripped) > 120:
            if after_blank and self.level == _BARE and not _BULLET.match(body):
                self.under = Under.OTHER
            return False
        marked = _HEADING.match(body)
        words = (marked["words"] if marked else stripped).strip()
        if self._is_day(words):
            return True
        topic = _TOPIC.fullmatch(words)
        if topic and len(words) < _LONGEST_TOPIC:
            self._enter(_BARE, topic["name"])
            return True
        if words.strip(" *_:：【】[]") in self.people.reporting:
            self._enter(_BARE, words.strip(" *_:：【】[]"))
            return True
        return self._marked(marked, words) if marked else self._bare(body, words, after_blank=after_blank)

    def _heads_lines(self, text: str, stripped: str, end: int) -> bool:
        """Whether a short line without marks stands over lines as a heading does: "Appointments page", 2. Budget."""
        name = stripped.strip("【】[]:： ")
        somebody = self.people.owner(name) and self.people.is_mentioned(name) and not self.people.is_role(name)
        if len(stripped) > _LONGEST_HEAD or _NO_TITLE.search(stripped) or somebody:
            return False
        below = text[end + 1 : end + 400].split("\n", 1)[0].strip() if text[end : end + 1] == "\n" else ""
        if not below or (SPEAKER_ALONE.fullmatch(stripped) is not None):
            return False
        return _BULLET.match(below) is not None or below[-1] in ".。?？!！；;" or len(below) > len(stripped) + 30

    def _marked(self, marked: re.Match[str], words: str) -> bool:
        self._enter(len(marked[1]), words)
        return True

    def _bare(self, body: str, words: str, *, after_blank: bool) -> bool:
        """Read a heading without marks: a known one, a numbered Chinese one, or a person's name in bold."""
        bare = _BARE_HEADING.fullmatch(words)
        if bare is None or (_BULLET.match(body) and not words[:1].isdigit() and not self.names_part):
            if after_blank and self.under is Under.CLOSED and self.level == _BARE and not _BULLET.match(body):
                self.under = Under.OTHER  # running text after the list of what is parked or done
            return False
        name = _ORDINAL.sub("", bare["words"], count=1).strip(" *_#")
        numbered = name != bare["words"].strip(" *_#")
        known = (
            headings.ACTIONS.fullmatch(name)
            or headings.DUTIES.fullmatch(name)
            or headings.CLOSED.fullmatch(name)
            or headings.ANY_HEADING.fullmatch(name)
        )
        part = numbered and words[:1] in "一二三四五六七八九十（" and after_blank
        if known or _is_internal(name) or part or self.names_part:
            self._enter(_BARE, name)
            return True
        heads_a_person = words.endswith((":", "：")) and self.people.owner(words.rstrip(":： ")) is not None
        in_marks = words[:2] in {"**", "__"} or words[:1] in "【["
        if in_marks and not self.people.is_role(name) and self.people.owner(name) and self.people.is_mentioned(name):
            self._enter(_BARE, name)
            return True
        if after_blank and self.level == _BARE and not _BULLET.match(body) and not heads_a_person:
            # After an action list without heading marks, a blank line and running text end the list.
            self.under = Under.OTHER
        return False

    def _is_day(self, words: str) -> bool:
        """Whether the line is nothing but a date, as a log's entries begin."""
        if len(words) > 40 or not any(c.isdigit() for c in words):
            return False
        found = next(iter(find_dates(words, self.reference)), None)
        if found is None or found.rule.startswith("relative") or not _is_iso_day(found.value):
            return False
        rest = words[: found.start] + words[found.end :]
        rest = re.sub(r"(?i)\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}|[周星期一二三四五六日天]", "", rest)
        if any(c.isalnum() for c in rest):
            return False
        self.reference = date.fromisoformat(found.value)
        return True

    def _enter(self, level: int, words: str) -> None:
        name = re.sub(r"[（(][^）)]{0,80}[）)]", "", _ORDINAL.sub("", words, count=1)).strip(" *_#:：")
        if self.internal_level is not None and level <= self.internal_level:
            self.internal_level = None
        if _is_internal(name) and self.internal_level is None:
            self.internal_level = level
        self.group, self.group_indent = "", -1
        self.heading, self.heading_at = name, -1
        owner = self.people.owner(name)
        if owner and (self.under is Under.ACTIONS or not self.people.is_role(name)):
            self.group = owner
            if self.under is Under.ACTIONS and level > self.level:
                return
        if headings.ACTIONS.fullmatch(name) or (
            len(name) < 60 and re.search(r"(?i)\b(?:actions?|action items)\b|待办|行动项", name)
        ):
            self.under, self.level = Under.ACTIONS, level
        elif headings.DUTIES.fullmatch(name):
            self.under, self.level = Under.DUTIES, level
        elif headings.CLOSED.fullmatch(name):
            self.under, self.level = Under.CLOSED, level
        elif level <= self.level or self.level in {0, _BARE}:
            self.under, self.level = Under.OTHER, level

    def _line(self, text: str, start: int, end: int, number: int) -> Line | None:
        stop = end
        quote = _QUOTE.match(text, start, end)
        begin = quote.end() if quote else start
        row = _cells(text, begin, stop)
        if row:
            return self._made(text, begin, stop, number, cells=row)
        ticked = _TICK_BULLET.match(text, begin, stop)
        bullet = _BULLET.match(text, begin, stop)
        indent = len(bullet["indent"].expandtabs(4)) if bullet else 0
        begin = bullet.end() if bullet and bullet.end() < stop else begin
        box = Box.TICKED if ticked else Box.NONE
        checked = _BOX.match(text, begin, stop)
        if checked and checked.end() < stop:
            begin = checked.end()
            box = Box.OPEN if checked["mark"].strip() == "" else Box.TICKED
        elif bullet and text[bullet.start() : bullet.end()].strip()[:1] in {"□", "☐"}:
            box = Box.OPEN
        listed = (bullet is not None and bullet.end() < stop) or box is not Box.NONE
        made = self._made(text, begin, stop, number, listed=listed, indent=indent, box=box)
        return self._spoken(text, replace(made, quoted=quote is not None))

    def _made(self, text: str, begin: int, stop: int, number: int, **more: object) -> Line:
        while stop > begin and text[stop - 1].isspace():
            stop -= 1
        while begin < stop and text[begin].isspace():
            begin += 1
        line = Line(
            begin,
            stop,
            text[begin:stop],
            number,
            under=self.under,
            internal=self.all_internal or self.internal_level is not None,
            reference=self.reference,
            group=self.group,
            struck=text.startswith("~~", begin),
            heading=self.heading,
            heading_at=self.heading_at,
        )
        return replace(line, **more)  # type: ignore[arg-type] # the names are those of Line's fields

    def _spoken(self, text: str, line: Line) -> Line | None:
        """Take a time and a ``Name:`` tag off the front and remember who speaks; a bare speaker line is no line."""
        begin = line.start
        voice = VOICE.match(text, begin, line.end)
        if voice:
            self.speaker = voice["name"].strip()
            stop = text.find("</v>", voice.end(), line.end)
            return self._made(
                text, voice.end(), line.end if stop < 0 else stop, line.number, speaker=self.speaker, speaker_at=begin
            )
        stamp = STAMP.match(text, begin, line.end)
        if stamp and stamp.end() < line.end:
            begin = stamp.end()
        bracketed = BRACKETED.fullmatch(text, begin, line.end)
        if bracketed:
            self.speaker = bracketed["name"].strip()
            return None
        alone = SPEAKER_ALONE.fullmatch(text, begin, line.end)
        if alone and self.people.owner(alone["name"]) and not line.listed:
            self.speaker = alone["name"].strip()
            return None
        tag = TAG.match(text, begin, min(line.end, begin + 140))
        timed = stamp is not None or (tag is not None and tag["time"] is not None)
        if tag and (self.people.is_tag(tag["name"]) or (timed and len(tag["name"]) < 40)):
            if tag.end() >= line.end:
                return self._tag_alone(line, tag["name"].strip())
            if not line.listed:
                self.speaker = tag["name"].strip(" *")
            return replace(
                line,
                start=tag.end(),
                text=text[tag.end() : line.end],
                speaker=tag["name"].strip(" *"),
                speaker_at=begin,
            )
        if line.indent <= self.group_indent:
            self.group, self.group_indent = "", -1
        return replace(
            line,
            start=begin,
            text=text[begin : line.end],
            speaker="" if line.listed else self.speaker,
            group=self.group,
        )

    def _tag_alone(self, line: Line, name: str) -> Line | None:
        """A name with nothing behind it heads the lines below: a speaker, or the owner of a nested list."""
        if line.listed or line.under is Under.ACTIONS:
            owner = self.people.owner(name)
            self.group, self.group_indent = owner or "", line.indent if owner else -1
            return None
        self.speaker = name
        return None


def _names_part(text: str, stripped: str, end: int) -> bool:
    """Whether a line is a Chinese number with a few words that name what stands below: （二）上线安排."""
    if _PART.fullmatch(stripped) is None or text[end : end + 1] != "\n":
        return False
    below = text[end + 1 : end + 400].split("\n", 1)[0].strip()
    return len(below) > len(stripped) and _PART_NUMBER.match(below) is None


def _is_internal(name: str) -> bool:
    return _INTERNAL.match(name) is not None and len(name) < 80


def _is_iso_day(value: str) -> bool:
    return len(value) == 10 and value[4] == "-" and value[7] == "-" and value[:4].isdigit()


def _cells(text: str, begin: int, stop: int) -> tuple[tuple[str, int], ...]:
    """The cells of a table row as (text, place), for rows of pipes or tabs."""
    body = text[begin:stop]
    mark = "|" if body.count("|") >= 2 else "\t" if body.strip().count("\t") >= 2 else ""
    if not mark or len(body) > _LONGEST_LINE:
        return ()
    cells: list[tuple[str, int]] = []
    position = begin
    for part in body.split(mark):
        left = len(part) - len(part.lstrip())
        cells.append((part.strip(), position + left))
        position += len(part) + len(mark)
    if mark == "|" and cells and not cells[0][0]:
        cells = cells[1:]
    if mark == "|" and cells and not cells[-1][0]:
        cells = cells[:-1]
    return tuple(cells) if len(cells) >= 2 else ()


_OWNED_BY_DASH = re.compile(r"(?:all|everyone|both|team|[A-Za-z]{1,12})\s{1,4}[-–—]\s")


_LABELLED = re.compile(r"\b(?:ACTIONS?|Action|AP)\b ?[:：–-]")


def _continues(last: Line, made: Line) -> bool:
    """Whether a line is the wrapped rest of the one before it."""
    if (
        made.listed
        or made.cells
        or last.cells
        or made.speaker_at >= 0
        or made.number != last.number + last.text.count("\n") + 1
    ):
        return False
    if _OWNED_BY_DASH.match(made.text) or (made.text[:1].isupper() and _LABELLED.search(last.text)):
        return False
    if made.quoted != last.quoted or len(last.text) > _LONGEST_LINE or (made.group != last.group and not last.listed):
        return False
    ending = last.text.rstrip()[-1:]
    if made.text[:1].islower() or ending in ",，、(（":
        return True
    if last.listed:
        return made.text[:1] > "\u2e7f" and ending not in "。；;.!?！？" and len(last.text) >= 24
    return made.text[:1] < "\u2e80" and len(last.text) >= 60 and ending not in "。；;.!?！？:："
