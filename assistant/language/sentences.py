"""Sentences with their exact places, from notes and mails as people really write them."""

# ruff: noqa: SIM905 - lists of words, read more easily as running text

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.language.layout import blocks

_TERMINATOR = re.compile(r"[.!?。！？；…]+|;")
_CLOSING = frozenset("\"'”’」』）)]】》*_")
_CJK_END = frozenset("。！？；")
_GAP = re.compile(r"\[…[^\]]{0,400}\]")
_QUOTE_MARK = re.compile(r"(?:[ \t]{0,3}>){1,20}")
_NEXT_WORD = re.compile(r"[\s\"'“‘(\[>]{0,200}([^\s.,;:!?)\]\"'”’]{0,40})")
_LAST_WORD = re.compile(r"[^\s(\[\"'“‘（]{1,40}\Z")

# A full stop after these never ends a sentence.
_OPEN_ABBREVIATIONS = frozenset(
    "mr mrs ms messrs dr prof st mt sr jr e.g i.e eg ie vs approx ca cf viz fig figs art sec ch vol pp ed est dept"
    " tel ext attn ref max min incl excl resp tbd hon gen rep rev mio bn".split()
)
# After these it ends one only when the next word can begin a sentence.
_CLOSING_ABBREVIATIONS = frozenset(
    "inc ltd co corp llc plc gmbh bros etc al a.m p.m u.s u.k e.u u.n jan feb mar apr jun jul aug sep sept oct nov"
    " dec mon tue tues wed thu thur thurs fri sat sun hrs hr mins wks yrs avg".split()
)
_BEFORE_A_NUMBER = frozenset("no nos nr para p art sect eq tab".split())
# "Plan B." may end a sentence although "J." in "J. Smith" does not.
_LETTERED = frozenset(
    "plan option phase team type class appendix section annex variant part grade group stage level i".split()
)
_STARTERS = frozenset(
    "the a an we it this that these those they he she you i there in on at for from by with as if when while since"
    " after before our their his her its all both no not please thanks however also but and so then next today"
    " tomorrow yesterday let what who how why is are was were do does did will would can could should".split()
)


@dataclass(frozen=True, slots=True)
class SentenceSpan:
    """A sentence and its place: ``source[start:end] == text``."""

    start: int
    end: int
    text: str


def split_sentences(text: str) -> tuple[SentenceSpan, ...]:
    """The sentences of ``text`` in order, without overlap, with white space and list marks left outside.

    A bullet, a numbered item, a heading and a table row are a sentence each, or more when they hold more. A line
    break inside a wrapped paragraph ends nothing; a blank line, a new list mark, a heading, a ``Name:`` tag or a
    change of quoting depth does. A gap marker ``[…: …]`` is never cut.
    """
    spans: list[SentenceSpan] = []
    for start, end in blocks(text):
        for first, last in _cut(text, start, end):
            trimmed = _trim(text, first, last)
            if trimmed is not None:
                spans.append(SentenceSpan(trimmed[0], trimmed[1], text[trimmed[0] : trimmed[1]]))
    return tuple(spans)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    gaps = [found.span() for found in _GAP.finditer(text, start, end)]
    begin = start
    position = start
    gap = 0
    while (found := _TERMINATOR.search(text, position, end)) is not None:
        position = found.end()
        while gap < len(gaps) and gaps[gap][1] <= found.start():
            gap += 1
        if gap < len(gaps) and gaps[gap][0] <= found.start():
            position = gaps[gap][1]
            continue
        stop = found.end()
        while stop < end and text[stop] in _CLOSING:
            stop += 1
        if _ends_here(text, found, begin, stop, end):
            yield begin, stop
            begin = position = stop
    if begin < end:
        yield begin, end


def _ends_here(text: str, found: re.Match[str], begin: int, stop: int, end: int) -> bool:
    mark = found[0]
    if stop >= end or any(letter in _CJK_END for letter in mark):
        return True
    following = text[stop]
    if mark == ";":
        return _is_cjk(following) and found.start() > begin and _is_cjk(text[found.start() - 1])
    if not following.isspace():
        # "done.下一步": no blank is written before a Chinese character.
        return _is_cjk(following) and not text[found.start() - 1 : found.start()].isdigit() and "…" not in mark
    if mark == ".":
        return _full_stop_ends(text, found.start(), begin, stop, end)
    if set(mark) <= {".", "…"}:
        return _next_word(text, stop, end)[:1].isupper() or _is_cjk(_next_word(text, stop, end)[:1])
    return True


def _full_stop_ends(text: str, dot: int, begin: int, stop: int, end: int) -> bool:
    before = _LAST_WORD.search(text, max(begin, dot - 40), dot)
    word = before[0].casefold() if before else ""
    following = _next_word(text, stop, end)
    if word in _OPEN_ABBREVIATIONS:
        return False
    if word in _BEFORE_A_NUMBER:
        return not (following[:1].isdigit() or following[:1] == "#")
    if word in _CLOSING_ABBREVIATIONS:
        return following[:1].isupper() and following.casefold() in _STARTERS
    if before is not None and len(word) == 1 and before[0].isupper() and following[:1].isupper():
        earlier = text[max(begin, dot - 40) : before.start()].split()
        return bool(earlier) and earlier[-1].casefold() in _LETTERED
    return True


def _next_word(text: str, position: int, end: int) -> str:
    found = _NEXT_WORD.match(text, position, end)
    return found[1] if found else ""


def _is_cjk(letter: str) -> bool:
    return bool(letter) and ("\u3400" <= letter <= "\u9fff" or letter in "“‘「『（《【")


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and (text[start].isspace() or text[start] in "\ufeff>"):
        if text[start] == ">":
            quote = _QUOTE_MARK.match(text, start, end)
            if quote is None or start == 0 or text[start - 1] not in "\n\r":
                break
            start = quote.end()
            continue
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if any(letter.isalnum() for letter in text[start:end]) or "[…" in text[start:end]:
        return start, end
    return None
