"""The outline of a note: its lines, its front matter, a copied mail head, and its headings of every sort."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.language.dates import find_dates

DATE_LEVEL = 7
"""The level of a line that is nothing but a date: below every Markdown heading."""

_MAX_META_LINES = 60
_META_NAMES = {
    "日期": "date", "类型": "kind", "种类": "kind", "type": "kind", "可见性": "visibility", "可见范围": "visibility",
}  # fmt: skip
_META_LINE = re.compile(r"\s*([\w\u4e00-\u9fff -]{1,30}?)\s*[:：]\s*(.*?)\s*")
VISIBILITY_LINE = re.compile(
    r"\W{0,6}(?:visibility|可见性|可见范围)\s*[:：]\s*[\"'“]?(\w{1,20})[\"'”]?\W{0,6}", re.IGNORECASE
)
_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*")
_SETEXT = re.compile(r" {0,3}(=+|-{3,})[ \t]*")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_BARE_INTERNAL = re.compile(
    r"\s*[【\[(（*_]{0,3}\s*(?:internal(?: only| notes?| use only)?|for internal use(?: only)?"
    r"|内部|内部(?:资料|信息|备注|讨论)|(?:仅限?)?内部(?:使用|可见)|对内)\s*[】\])）*_]{0,3}\s*[:：]?\s*",
    re.IGNORECASE,
)
_INTERNAL_HEADING = re.compile(r"(?:for\s+)?internal(?![a-z])|内部|仅限?内部|对内", re.IGNORECASE)
_HEADING_MARKS = re.compile(
    r"^(?:[\s*_~`【\[(（<>\"'“‘🔒⚠️-]|[0-9]+(?:\.[0-9]+)*[.)、]?\s|[一二三四五六七八九十]+[、.])*"
)
_MAIL_LINE = re.compile(
    r"\s*\**(From|To|Cc|Bcc|Subject|Sent|Date|发件人|收件人|抄送|密送|主题|标题|发送时间|发送日期|日期|时间)\**\s*[:：]\**\s*(.*?)\s*",
    re.IGNORECASE,
)
_MAIL_NAMES = {
    "发件人": "from", "收件人": "to", "抄送": "cc", "密送": "bcc", "主题": "subject", "标题": "subject",
    "发送时间": "sent", "发送日期": "sent", "日期": "date", "时间": "date",
}  # fmt: skip
_DAY_WORDS = (
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b|(?:周|星期|礼拜)[一二三四五六日天]"
    r"|[0-9]{1,2}[:：][0-9]{2}(?:[:：][0-9]{2})?|上午|下午|晚上?|[ap]m\b|[\W_]"
)
_DATE_REST = re.compile(_DAY_WORDS, re.IGNORECASE)
_DATE_ALONE = re.compile(
    r"(?:[0-9年月日号]|(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}|st\b|nd\b|rd\b|th\b|"
    + _DAY_WORDS
    + "){3,60}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its line feed: characters `start` to `end`; `number` counts from 1."""

    start: int
    end: int
    number: int


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading and the line on which it begins (an index). `dated` where it is a date or begins with one."""

    line: int
    level: int
    title: str
    internal: bool
    dated: date | None = None
    dated_exactly: bool = False


@dataclass(frozen=True, slots=True)
class Outline:
    """What stands where in a note. Line indexes count from 0; `body` is the first line after what is set apart."""

    text: str
    lines: tuple[Line, ...]
    meta: dict[str, str]
    stated_visibility: str
    mail_head: dict[str, str]
    body: int

    def line_at(self, character: int) -> int:
        """Give the index of the line that holds a character."""
        return max(0, bisect_right(self.lines, character, key=lambda line: line.start) - 1)

    def words(self, index: int) -> str:
        """Give a line's text."""
        line = self.lines[index]
        return self.text[line.start : line.end]


def outline(text: str, mail_body: int | None = None) -> Outline:
    """Find what stands at the head of a note. `mail_body` is the character at which a mail's body begins."""
    lines = []
    start = 0
    for number, words in enumerate(text.split("\n"), 1):
        lines.append(Line(start, start + len(words), number))
        start += len(words) + 1
    found = Outline(text, tuple(lines), {}, "", {}, 0)
    if mail_body is not None:
        return Outline(text, found.lines, {}, "", {}, found.line_at(mail_body) if mail_body < len(text) else len(lines))
    meta, body = _front_matter(found)
    visibility, body = _visibility_line(found, body)
    head, body = _mail_head(found, body)
    return Outline(text, found.lines, meta, meta.get("visibility", visibility), head, body)


def _front_matter(found: Outline) -> tuple[dict[str, str], int]:
    if found.words(0).rstrip() != "---":
        return {}, 0
    meta: dict[str, str] = {}
    for i in range(1, min(len(found.lines), _MAX_META_LINES)):
        words = found.words(i)
        if words.strip() in {"---", "..."}:
            return (meta, i + 1) if meta else ({}, 0)
        entry = _META_LINE.fullmatch(words[:500])
        if entry:
            value = entry[2].split(" #", 1)[0].strip().strip("\"'")
            meta.setdefault(_META_NAMES.get(entry[1].casefold(), entry[1].casefold()), value)
        elif words.strip() and not words.lstrip().startswith(("#", "-")) and not words.startswith(" "):
            return {}, 0
    return {}, 0


_META_NAMES = {
    "日期": "date",
    "类型": "kind",
    "种类": "kind",
    "type": "kind",
    "可见性": "visibility",
    "可见范围": "visibility",
}


def _visibility_line(found: Outline, body: int) -> tuple[str, int]:
    for i in range(body, min(len(found.lines), body + 5)):
        words = found.words(i)
        if words.strip():
            stated = VISIBILITY_LINE.fullmatch(words[:200])
            return (stated[1], i + 1) if stated else ("", body)
    return "", body


def _mail_head(found: Outline, body: int) -> tuple[dict[str, str], int]:
    """A copied mail head (From, To, Subject …) near the top of a text, and the line after it."""
    for i in range(body, min(len(found.lines), body + 8)):
        head: dict[str, str] = {}
        end = i
        while end < len(found.lines) and (entry := _MAIL_LINE.fullmatch(found.words(end)[:500])):
            head.setdefault(_MAIL_NAMES.get(entry[1], entry[1].casefold()), entry[2])
            end += 1
        if "from" in head and len(head) > 1:
            return head, end
        if end > i:
            break
    return {}, body


def headings(found: Outline, reference: date | None) -> Iterator[Heading]:
    """Go through the headings below the head: Markdown's, lines that are only a date, and a bare `Internal` line.

    A heading within a closed code fence is one only when it opens an internal section: that errs on the safe side.
    """
    fenced = _fenced(found)
    for i in range(found.body, len(found.lines)):
        words = found.words(i)
        if not words.strip() or len(words) > 300:
            continue
        level, title = _marked(found, i, words)
        if level == 0:
            continue
        internal = _is_internal(title) if level < DATE_LEVEL else False
        if i in fenced and not internal:
            continue
        dated, exactly = _leading_date(title, reference, alone=level == DATE_LEVEL)
        if level == DATE_LEVEL and dated is None:
            continue
        yield Heading(i, level, title, internal, dated, exactly)


def _marked(found: Outline, i: int, words: str) -> tuple[int, str]:
    """The level and title of a heading that begins on the line; 0 where none does, 7 for a possible date line."""
    atx = _ATX.fullmatch(words)
    if atx:
        return len(atx[1]), (atx[2] or "").strip(" *_")
    following = found.words(i + 1) if i + 1 < len(found.lines) else ""
    before = found.words(i - 1) if i > found.body else ""
    under = _SETEXT.fullmatch(following)
    is_title = len(words) <= 80 and not words.rstrip().endswith((".", "。", "!", "！", "?", "？", ";", "；", ":", "："))
    if under and is_title and not before.strip() and not words.lstrip().startswith(("|", "-", "*", ">")):
        return (1 if "=" in under[1] else 2), words.strip(" *_")
    if _BARE_INTERNAL.fullmatch(words):
        return 6, words.strip()
    if len(words) <= 60 and any(letter.isdigit() for letter in words) and not words.lstrip().startswith(("|", ">")):
        return DATE_LEVEL, words.strip()
    return 0, ""


def _is_internal(title: str) -> bool:
    return _INTERNAL_HEADING.match(_HEADING_MARKS.sub("", title)) is not None


def _leading_date(title: str, reference: date | None, *, alone: bool) -> tuple[date | None, bool]:
    """The day with which a heading begins (or, `alone`, that it is), and whether its year was written."""
    if not any(letter.isdigit() for letter in title[:24]) or (alone and not _DATE_ALONE.fullmatch(title)):
        return None, False
    for one in sorted(find_dates(title, reference), key=lambda found: (found.rule != "absolute", found.start)):
        if one.vague or one.rule.startswith("relative") or _DATE_REST.sub("", title[: one.start]):
            continue
        try:
            day = date.fromisoformat(one.value)
        except ValueError:
            continue
        if not alone or not _DATE_REST.sub("", title[one.end :]):
            return day, one.rule == "absolute"
    return None, False


def _fenced(found: Outline) -> set[int]:
    """The lines inside closed code fences."""
    inside: set[int] = set()
    opened: tuple[int, str] | None = None
    for i in range(found.body, len(found.lines)):
        mark = _FENCE.match(found.words(i))
        if mark is None:
            continue
        if opened is None:
            opened = (i, mark[1][:3])
        elif mark[1].startswith(opened[1]):
            inside.update(range(opened[0], i + 1))
            opened = None
    return inside
