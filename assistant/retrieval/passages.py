"""Cutting a note into passages along its own structure, with exact places.

A passage is a run of whole units: paragraphs, list items, table rows, speaker turns. Units under the same heading are
joined until the passage has about 60 words (150 Chinese characters) and end before 130 (320); a longer unit is cut
between sentences. A change of visibility, of quoting or of date always cuts. Everything below a note's head that is
not white space belongs to exactly one passage, so the passages rebuild the note.
"""

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from assistant.domain.note import Certainty, NoteKind, Passage
from assistant.domain.project import Visibility
from assistant.language.detect import CJK
from assistant.language.layout import blocks
from assistant.language.sentences import split_sentences
from assistant.retrieval.formats.form import Mark, place_of
from assistant.retrieval.inside import kept_inside
from assistant.retrieval.mail import quoted_lines, signature_lines
from assistant.retrieval.outline import Heading, Outline
from assistant.retrieval.turns import Turn, speaking

LEAST = 60
MOST = 130
_SMALL = 20
_LONG_WORD, _LETTERS = 30, 6
_LONGEST = 6_000  # characters; only a text without any sentence end gets here
_WORDS = re.compile(rf"[{CJK}]|(?:(?![{CJK}])\w)+")
_HANZI = re.compile(rf"[{CJK}]")
_TABLE_RULE = re.compile(r"[ \t>]*\|?[ \t:|-]*-{2,}[ \t:|-]*")
_ITEM = re.compile(r"([ \t]*)(?:[-*+•·–—▪]|[0-9]{1,3}[.)、]|\([0-9a-z]{1,2}\)|[a-z]\))[ \t]+")
_TRAIL_LENGTH = 80
_EXCHANGED = frozenset({NoteKind.RECEIVED, NoteKind.SENT})


@dataclass(frozen=True, slots=True)
class Sheet:
    """A note, or one mail of a mailbox, that is ready to be cut: its outline and what its passages take over from it.

    The text begins at character `start` and line `line` (from 0) of the note; `marks` count lines within the text.
    """

    project: str
    path: str
    outline: Outline
    headings: tuple[Heading, ...]
    dated: tuple[date | None, Certainty]
    kind: tuple[NoteKind, Certainty]
    visibility: tuple[Visibility, Certainty]
    subject: str = ""
    is_mail: bool = False
    marks: tuple[Mark, ...] = ()
    turns: tuple[Turn, ...] = ()
    start: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True)
class _Section:
    """What holds from a heading on. Two units of one section may be joined."""

    number: int
    trail: tuple[str, ...]
    visibility: tuple[Visibility, Certainty]
    dated: tuple[date | None, Certainty]


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is never cut: a paragraph, item, row or turn, or a sentence of one that is too long.

    `begins` is false for all but the first sentence of a paragraph, `glued` true for the rule below a table's header.
    """

    start: int
    end: int
    section: _Section
    quoted: bool
    weight: float
    heading: bool = False
    begins: bool = True
    glued: bool = False
    context: tuple[str, ...] = ()

    @property
    def group(self) -> tuple[int, bool]:
        return self.section.number, self.quoted


def weight(text: str) -> float:
    """Measure a text in English words; two and a half Chinese characters count as one.

    Scripts without spaces, as Thai, make a sentence one long word, which counts by its letters.
    """
    found = _WORDS.findall(text)
    hanzi = len(_HANZI.findall(text))
    long = sum(len(word) / _LETTERS - 1 for word in found if len(word) > _LONG_WORD)
    return len(found) - hanzi + hanzi / 2.5 + long


def cut_passages(*sheets: Sheet) -> tuple[Passage, ...]:
    """Cut a note, which may consist of several mails, into passages, in the order of the note."""
    seen: dict[str, int] = {}
    return tuple(_passage(sheet, run, seen) for sheet in sheets for run in _packed(list(_attached(_units(sheet)))))


# --- sections -----------------------------------------------------------------------------------------------


def _sections(sheet: Sheet) -> tuple[list[int], list[_Section]]:
    """The line on which each section begins, and the sections; the first begins with the body."""
    base = (sheet.subject,) if sheet.subject else ()
    starts = [sheet.outline.body]
    found = [_Section(0, base, sheet.visibility, sheet.dated)]
    above: list[Heading] = []
    for heading in sheet.headings:
        above = [one for one in above if one.level < heading.level]
        above.append(heading)
        internal = any(one.internal for one in above)
        dates = [one for one in above if one.dated is not None]
        exactly = Certainty.STATED if dates and dates[-1].dated_exactly else Certainty.INFERRED
        starts.append(heading.line)
        found.append(
            _Section(
                len(found),
                base + tuple(one.title for one in above if one.title),
                (Visibility.INTERNAL, Certainty.STATED) if internal else sheet.visibility,
                (dates[-1].dated, exactly) if dates else sheet.dated,
            )
        )
    return starts, found


# --- units --------------------------------------------------------------------------------------------------


def _units(sheet: Sheet) -> Iterator[_Unit]:
    found = sheet.outline
    starts, sections = _sections(sheet)
    turns = {turn.line: turn for turn in sheet.turns}
    headed = {heading.line for heading in sheet.headings if heading.title} | {
        turn.line for turn in sheet.turns if turn.alone
    }
    stops = sorted({*starts, *turns})
    count = len(found.lines)
    quoted = _quoted(sheet)
    block_starts = _block_lines(found)
    sentences = [span.start for span in split_sentences(found.text)]
    items: list[tuple[int, str]] = []
    below: int | None = None  # the depth of an item that is kept inside: what stands under it is too
    header = ""
    i = found.body
    while i < count:
        words = found.words(i)
        if not words.strip():
            header = ""
            if _ends_list(found, i):
                items = []
            i += 1
            continue
        section = sections[bisect_right(starts, i) - 1]
        last = i + 1
        named = i in turns and turns[i].alone  # who speaks stands on a line of its own, before what is said
        while last < count and not named and _goes_on(found, last, block_starts, stops, quoted[last] == quoted[i]):
            last += 1
        is_row = words.lstrip(" \t>").startswith("|")
        context: tuple[str, ...] = ()
        if is_row:
            context = (header,) if header else ()
            header = header or _label(words.strip(" \t>|").replace("|", " | "))
        else:
            header = ""
            context, items = _parents(words, items)
        if below is not None and not (items and items[-1][0] > below):
            below = None
        # What the client wrote, or was sent, is known to the client, whatever it is called.
        if below is None and sheet.kind[0] not in _EXCHANGED and kept_inside(_words(found, i, last)):
            below = items[-1][0] if items else None
            section = _inside(section)
        elif below is not None:
            section = _inside(section)
        turn = speaking(sheet.turns, i)
        if turn is not None and turn.line != i:
            context = (turn.speaker, *context)
        is_rule = is_row and _TABLE_RULE.fullmatch(words[:2000]) is not None
        unit = _Unit(
            found.lines[i].start,
            found.lines[last - 1].end,
            section,
            quoted[i],
            0.0,
            heading=i in headed,
            glued=is_rule,
            context=() if is_rule else context,
        )
        yield from _measured(found.text, unit, sentences)
        i = last


def _words(found: Outline, first: int, stop: int) -> str:
    return found.text[found.lines[first].start : found.lines[stop - 1].end]


def _inside(section: _Section) -> _Section:
    """The section's own internal part: its units join each other, never those that the client may be told."""
    if section.visibility[0] is Visibility.INTERNAL:
        return section
    return replace(section, number=-1 - section.number, visibility=(Visibility.INTERNAL, Certainty.STATED))


def _block_lines(found: Outline) -> set[int]:
    """The lines on which a new block begins, within which no sentence goes on from the line before."""
    return {found.line_at(start) for start, _ in blocks(found.text)}


def _goes_on(found: Outline, i: int, block_starts: set[int], starts: list[int], same_quoting: bool) -> bool:  # noqa: FBT001
    if not same_quoting or i in block_starts or not found.words(i).strip():
        return False
    place = bisect_left(starts, i)
    return not (place < len(starts) and starts[place] == i) and not found.words(i).lstrip().startswith("|")


def _quoted(sheet: Sheet) -> list[bool]:
    found = sheet.outline
    if not sheet.is_mail:  # what was pasted behind `>` is somebody else's, wherever it stands
        return [found.words(i).lstrip().startswith(">") for i in range(len(found.lines))]
    body = [found.words(i) for i in range(found.body, len(found.lines))]
    quoted = quoted_lines(body)
    signed = signature_lines(body, quoted)
    return [False] * found.body + [one or other for one, other in zip(quoted, signed, strict=True)]


def _ends_list(found: Outline, i: int) -> bool:
    following = next((found.words(k) for k in range(i + 1, min(i + 3, len(found.lines))) if found.words(k).strip()), "")
    return not (_ITEM.match(following) or following.startswith((" ", "\t")))


def _parents(words: str, items: list[tuple[int, str]]) -> tuple[tuple[str, ...], list[tuple[int, str]]]:
    """The list items that a line stands under, and the open items after it."""
    item = _ITEM.match(words)
    if item is None:
        return (), items if words.startswith((" ", "\t")) else []
    depth = len(item[1].expandtabs(4))
    above = [one for one in items if one[0] < depth]
    return tuple(label for _, label in above), [*above, (depth, _label(words[item.end() :]))]


def _label(words: str) -> str:
    line = " ".join(words.strip().strip("*_").split())
    return line if len(line) <= _TRAIL_LENGTH else f"{line[: _TRAIL_LENGTH - 1]}…"


def _measured(text: str, unit: _Unit, sentences: list[int]) -> Iterator[_Unit]:
    """The unit with its weight, or its pieces, cut between sentences, when it is too long."""
    whole = weight(text[unit.start : unit.end])
    if whole <= MOST:
        yield replace(unit, weight=whole)
        return
    inner = sentences[bisect_right(sentences, unit.start) : bisect_left(sentences, unit.end)]
    begin = unit.start
    for stop in [*inner, unit.end]:
        for first, last in _bounded(text, begin, stop):
            yield replace(unit, start=first, end=last, weight=weight(text[first:last]), begins=first == unit.start)
        begin = stop


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span without white space at its end, in pieces where it is so long that it cannot be a sentence."""
    while end - start > _LONGEST:
        place = max(text.rfind(mark, start, start + _LONGEST) for mark in (" ", "，", ",", "、"))
        stop = place + 1 if place > start else start + _LONGEST
        yield start, start + len(text[start:stop].rstrip())
        start = stop
    trimmed = start + len(text[start:end].rstrip())
    if trimmed > start:
        yield start, trimmed


def _attached(units: Iterable[_Unit]) -> Iterator[_Unit]:
    """Join headings to what follows them, as far as visibility, quoting and depth allow."""
    waiting: _Unit | None = None
    for unit in units:
        if waiting is not None and not _may_take(waiting, unit):
            yield waiting
            waiting = None
        current = unit
        if waiting is not None:
            current = replace(unit, start=waiting.start, weight=waiting.weight + unit.weight)
            waiting = None
        if unit.heading:
            waiting = current
        else:
            yield current
    if waiting is not None:
        yield waiting


def _may_take(heading: _Unit, unit: _Unit) -> bool:
    above, below = heading.section, unit.section
    return (
        below.trail[: len(above.trail)] == above.trail
        and below.visibility[0] == above.visibility[0]
        and heading.quoted == unit.quoted
        and (below.dated == above.dated or below.number == above.number or unit.heading)
    )


# --- passages -----------------------------------------------------------------------------------------------


def _packed(units: list[_Unit]) -> list[list[_Unit]]:
    runs: list[list[_Unit]] = []
    size = 0.0
    for unit in units:
        fits = bool(runs) and runs[-1][-1].group == unit.group
        if fits and _joins(size, unit):
            runs[-1].append(unit)
            size += unit.weight
        else:
            runs.append([unit])
            size = unit.weight
    return _without_crumbs(runs)


def _joins(size: float, unit: _Unit) -> bool:
    if unit.glued:
        return True
    most = MOST if size < LEAST or not unit.begins else LEAST + _SMALL
    return size + unit.weight <= most


def _without_crumbs(runs: list[list[_Unit]]) -> list[list[_Unit]]:
    """Give a last small piece of a section to the passage before it."""
    kept: list[list[_Unit]] = []
    for run in runs:
        size = sum(unit.weight for unit in run)
        if kept and size < _SMALL and kept[-1][-1].group == run[0].group:
            before = sum(unit.weight for unit in kept[-1])
            if before + size <= MOST * 1.25:
                kept[-1].extend(run)
                continue
        kept.append(run)
    return kept


def _passage(sheet: Sheet, run: list[_Unit], seen: dict[str, int]) -> Passage:
    start, end = run[0].start, run[-1].end
    found = sheet.outline
    text = found.text[start:end]
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    # The same words may stand in a note twice; the place counts repeats, so that an edit above moves no id.
    repeat = seen.get(digest, 0)
    seen[digest] = repeat + 1
    name = "\x1f".join((sheet.project, sheet.path, digest, str(repeat)))
    section = run[0].section
    first, last = found.line_at(start), found.line_at(end - 1)
    return Passage(
        id=hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:24],
        project=sheet.project,
        path=sheet.path,
        start_line=sheet.line + first + 1,
        end_line=sheet.line + last + 1,
        start=sheet.start + start,
        end=sheet.start + end,
        text=text,
        digest=digest,
        headings=section.trail + run[0].context,
        dated=section.dated[0],
        date_certainty=section.dated[1],
        kind=sheet.kind[0],
        kind_certainty=sheet.kind[1],
        visibility=section.visibility[0],
        visibility_certainty=section.visibility[1],
        quoted=run[0].quoted,
        place=place_of(sheet.marks, first, last),
    )
