"""The blocks of a plain or Markdown text: the runs of lines within which a sentence may go on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_QUOTE = re.compile(r"(?:[ \t]{0,3}>){1,20}[ \t]?")
_BULLET = re.compile(
    r"[ \t]{0,40}(?:"
    r"[-*+•·–—▪◦‣●○■□➢✓✔✗✅❌⚠]\ufe0f?(?=[ \t])|[•●■➢]"
    r"|[0-9]{1,3}(?:\.[0-9]{1,2}){0,3}[.)](?=[ \t])|[0-9]{1,2}[、）]|\([0-9a-z]{1,2}\)(?=[ \t])"
    r"|（[0-9一二三四五六七八九十]{1,3}）"
    r"|[a-z]\)(?=[ \t])|[一二三四五六七八九十]{1,3}、|[①-⑳]"
    r")[ \t]{0,10}(?:\[[ xX]\][ \t])?"
)
_HEADING = re.compile(r"[ \t]{0,3}#{1,6}(?=[ \t])[ \t]+")
_UNDERLINE = re.compile(r"[ \t]{0,3}(?:={3,}|-{3,}|\*{3,}|_{3,}|~{3,}|`{3,}\w{0,20})[ \t]*")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t:|-]*-{2,}[ \t:|-]*")
_TAG = re.compile(
    r"(?:[A-Z][\w.'’/-]{0,30}(?: [\w.'’&/()-]{1,30}){0,4}|[\u4e00-\u9fff]{1,10}[0-9]{0,3}) ?(?::(?=\s|$)|：)"
)
_OPEN_END = re.compile(
    r"(?:[,，、:：(（\[/–-]|\b(?:the|a|an|and|or|of|to|in|on|for|with|by|from|at|as|is|are|was|were|be|not|that"
    r"|which|who|our|their|this|than|if|but|we|will|has|have))\Z"
)
# "Anna 09:14: yes" and "[09:14] yes", as chats are exported.
_CHAT_LINE = re.compile(
    r"[^\s:：]{1,20}(?: [^\s:：]{1,20})? ?\(?[0-9]{1,2}[:：][0-9]{2}(?:[:：][0-9]{2})?\)?[:：]"
    r"|\[[0-9]{1,2}[:：][0-9]{2}\] \S"
)
_MAX_TABLE_LINE = 5_000
_LEAST_WRAP = 30  # nobody wraps a paragraph to fewer characters than this


@dataclass(frozen=True, slots=True)
class _Line:
    start: int  # of the content, past quoting and marks
    end: int
    depth: int  # of mail quoting
    kind: str  # "blank", "rule", "alone", "begins" or "plain"


def blocks(text: str) -> Iterator[tuple[int, int]]:
    """The blocks of ``text`` as (start, end), in order; marks of lists, headings and quoting stand outside."""
    run: list[_Line] = []
    for line in _lines(text):
        if run and (line.kind != "plain" or line.depth != run[-1].depth):
            yield from _close(text, run)
            run = []
        if line.kind == "alone":
            yield line.start, line.end
        elif line.kind in {"begins", "plain"}:
            run.append(line)
    yield from _close(text, run)


def _lines(text: str) -> Iterator[_Line]:
    position = 0
    for raw in text.splitlines(keepends=True):
        content = raw.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")
        yield _line(text, position, position + len(content))
        position += len(raw)


def _line(text: str, start: int, end: int) -> _Line:
    quote = _QUOTE.match(text, start, end)
    depth = quote[0].count(">") if quote else 0
    start = quote.end() if quote else start
    body = text[start:end]
    if not body.strip():
        return _Line(start, end, depth, "blank")
    if len(body) < _MAX_TABLE_LINE and (_UNDERLINE.fullmatch(body) or _is_table_rule(body)):
        return _Line(start, end, depth, "rule")
    heading = _HEADING.match(text, start, end)
    if heading:
        return _Line(heading.end(), end, depth, "alone")
    if body.lstrip().startswith("|"):
        first = start + len(body) - len(body.lstrip(" \t|"))
        last = start + len(body.rstrip(" \t|"))
        return _Line(min(first, last), last, depth, "alone")
    bullet = _BULLET.match(text, start, end)
    if bullet and bullet.end() < end:
        return _Line(bullet.end(), end, depth, "begins")
    tag = _TAG.match(text, start, end) or _CHAT_LINE.match(text, start, end)
    return _Line(start, end, depth, "begins" if tag else "plain")


def _is_table_rule(body: str) -> bool:
    return "|" in body and "--" in body and not body.strip(" \t:|-") and _TABLE_RULE.match(body) is not None


def _close(text: str, run: list[_Line]) -> Iterator[tuple[int, int]]:
    """The run as one block where its lines are wrapped, as several where the writer broke them on purpose."""
    if not run:
        return
    width = max(line.end - line.start for line in run)
    begin = run[0].start
    for line, following in pairwise(run):
        if not _is_wrapped(text, line, following, width):
            yield begin, line.end
            begin = following.start
    yield begin, run[-1].end


def _is_wrapped(text: str, line: _Line, following: _Line, width: int) -> bool:
    """Whether the break after ``line`` came from wrapping: the next word would not have fitted in the width."""
    ending = text[max(line.start, line.end - 30) : line.end].rstrip()
    if _OPEN_END.search(ending):
        return True
    first = text[following.start : following.start + 60].lstrip()
    if not first or first[0].islower():
        return True
    length = line.end - line.start
    if first[0] > "\u2e7f":
        return width >= 20 and length >= width - 3
    word = first.split(maxsplit=1)[0]
    return width >= _LEAST_WRAP and length + 1 + len(word) > width
