"""Whose value it is: a day, an amount or a name that stands in the source, but beside something else.

`Steel arrives on 3 May` where the note says `Foundation poured 3 May` and, a line further, `Steel arrives 12 May`. All
facts of the sentence stand in its source, and still it is wrong. The line that holds the value (the carrier) and the
line that holds another value of that kind (the rival) are compared by the words that stand with each: where no word of
the sentence belongs to a carrier alone, and its words belong to the rival, the value is the rival's to give.

A carrier is read generously (its heading, the parent of its list item, what follows it without a value of its own), a
rival strictly: a false alarm costs more than a miss.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.checks.figure_relations import Relation
from assistant.checks.input import Source
from assistant.checks.lexicon import english
from assistant.checks.matching import carries, is_bare_day
from assistant.checks.statements import Statement, statements
from assistant.checks.words import stem, subject_words
from assistant.domain.facts import Fact, FactKind

COMPARED = frozenset(
    {
        FactKind.DATE,
        FactKind.MONEY,
        FactKind.PERCENT,
        FactKind.QUANTITY,
        FactKind.DURATION,
        FactKind.TIME,
        FactKind.VERSION,
        FactKind.NAME,
    }
)
_WORDS = frozenset({FactKind.NAME, FactKind.IDENTIFIER})
_LATIN = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_CLAUSE = re.compile(r"[;；,，。：|]|:(?![0-9])|\s[-–—]\s|——")
_LABELLED = re.compile(r"[ \t]*(?:(?:[-*•+]|[0-9]{1,3}[.)、])[ \t]+)?([^:：\n,，.。;；]{1,30})[:：]")
_HEADING = re.compile(r"[ \t]*#{1,6}[ \t]|[ \t]*\*\*[^*\n]{1,80}\*\*[:：]?[ \t]*\Z")
_ITEM = re.compile(r"([ \t]*)(?:[-*•+]|[0-9]{1,3}[.)、])[ \t]")
_ENTRY_MARK = re.compile(r"[ \t]*(?:\||(?:[-*•+]|[0-9]{1,3}[.)、])[ \t])")
_ENTRY = 120
_MOST_FACTS = 60  # in one source; a table of figures is compared elsewhere
_SHARE = 0.4  # of the sentence's words that must belong to the rival
_GOES_ON = re.compile(
    r"\W*(?:(?:it|they|this|that|these|those|he|she|which|both|there|then|here)\b|[其它该这此他她]|之后|随后|届时|同时)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Held:
    """A value of a source with the words that stand with it, read strictly and generously."""

    statement: Statement
    fact: Fact
    near: frozenset[str]
    around: frozenset[str]


def misplaced(text: str, facts: Sequence[Fact], proved: Sequence[Fact], cited: Sequence[Source]) -> Iterator[Relation]:
    """Give the facts of a sentence that its sources give to something else, with what they give to its own subject.

    `facts` are all facts of the sentence, `proved` those that stand in a cited source.
    """
    for fact in proved:
        if fact.kind not in COMPARED or (fact.kind is FactKind.DATE and (fact.vague or is_bare_day(fact))):
            continue  # much happens in a year, and "last year" is what others are measured against
        held = [h for source in cited for h in _held(_Same(source))]
        carriers = [h for h in held if carries(h.fact, fact, text) or carries(fact, h.fact)]
        words = _own_words(text, fact, facts)
        if not carriers or not words:
            continue
        rivals = [h for h in held if _same_sort(h.fact, fact) and h not in carriers]
        rival = _rival(text, words, facts, carriers, rivals)
        if rival is not None:
            code = f"{_SORTS.get(fact.kind, fact.kind.value)}_differs"
            source = rival.statement.source.passage.text[rival.fact.start : rival.fact.end]
            yield Relation(code, (fact.start, fact.end), fact.text, rival.statement, source)


_SORTS = {FactKind.QUANTITY: "number", FactKind.MONEY: "amount"}


def _rival(
    text: str, words: frozenset[str], facts: Sequence[Fact], carriers: Sequence[_Held], others: Sequence[_Held]
) -> _Held | None:
    best: tuple[int, _Held] | None = None
    if not all(c.around for c in carriers):
        return None  # `I said 12 May`: what was said of is in another sentence
    if carriers[0].fact.kind is FactKind.NAME:
        # Prose names people in passing; a list or a table says who has what.
        if not all(_is_entry(c.statement) for c in carriers):
            return None
        others = [o for o in others if _is_entry(o.statement)]
    around = frozenset().union(*(c.around for c in carriers))
    for other in others:
        if any(carries(other.fact, f, text) for f in facts):
            continue
        theirs = (words & other.near) - around
        if any(_of_carrier(text, words, c, other) for c in carriers):
            continue
        if theirs and len(theirs) >= _SHARE * len(words) and (best is None or len(theirs) > best[0]):
            best = (len(theirs), other)
    return best[1] if best else None


def _of_carrier(text: str, words: frozenset[str], carrier: _Held, rival: _Held) -> frozenset[str]:
    """Give the words of a sentence that stand with a carrier and not with its rival.

    Within one sentence the verb is said once (`Kiel opens on 20 May, Graz on 3 June`): there only things tell apart,
    unless each part has a verb of its own (`submitted on 11 May and approved on 13 May`).
    """
    own = (words & carrier.around) - rival.near
    if carrier.statement is not rival.statement or (rival.near - words) - _things(rival.statement.text):
        return own
    return own & _things(text)


@lru_cache(maxsize=8192)
def _things(text: str) -> frozenset[str]:
    """Give the subject words of a text that may name a thing: nouns, names and all of Chinese."""
    found: set[str] = set()
    for match in _LATIN.finditer(text):
        bases = english.lemmas(match[0].casefold()) or (match[0].casefold(),)
        noun, verb, adjective, adverb = english.parts_of_speech(bases[-1])
        if noun + verb + adjective + adverb == 0 or noun >= verb + adjective + adverb:
            found |= subject_words(match[0])
    return frozenset(found) | subject_words(_LATIN.sub(" ", text))


def _is_entry(statement: Statement) -> bool:
    """Tell whether a statement is a short line of a list or a table."""
    text = statement.source.passage.text
    start = text.rfind("\n", 0, statement.start) + 1
    return len(statement.text) <= _ENTRY and _ENTRY_MARK.match(text, start) is not None


def _same_sort(one: Fact, other: Fact) -> bool:
    if one.kind is not other.kind:
        return False
    if one.kind is FactKind.QUANTITY:
        return stem(one.unit.casefold()) == stem(other.unit.casefold())
    if one.kind is FactKind.MONEY:
        return "?" in (one.unit, other.unit) or one.unit == other.unit
    if one.kind is FactKind.DATE:
        return one.vague is other.vague and not is_bare_day(one)
    return True


def _own_words(text: str, fact: Fact, facts: Sequence[Fact]) -> frozenset[str]:
    """Give the words of a sentence that stand with one of its facts; of the only one of its kind all of them."""
    kin = sorted((f.start, f.end) for f in facts if f.kind is fact.kind)
    blank = _blanked(text, facts, fact.kind)
    return _segment(blank, kin, kin.index((fact.start, fact.end))) if (fact.start, fact.end) in kin else frozenset()


def _blanked(text: str, facts: Sequence[Fact], kind: FactKind, offset: int = 0) -> str:
    """Take the values out of a text; names and marks stay unless they are compared: they say what a value is of."""
    for fact in facts:
        if fact.kind is kind or fact.kind not in _WORDS:
            start, end = fact.start - offset, fact.end - offset
            text = text[:start] + " " * (end - start) + text[end:]
    return text


def _segment(blank: str, kin: Sequence[tuple[int, int]], at: int) -> frozenset[str]:
    """Give the words that stand with the value at a place among those of its kind: its clause, if that has no other.

    Else, where something stands before the first value, words come before their values, or else after them.
    """
    if len(kin) == 1:
        return subject_words(blank)
    start, end = kin[at]
    begin, stop = _clause(blank, start, end)
    within = [span for span in kin if begin <= span[0] < stop]
    if len(within) == 1:
        words = subject_words(blank[begin:stop])
        if words:
            return words
        begin, stop, within = 0, len(blank), list(kin)
    place = within.index((start, end))
    before = blank[(within[place - 1][1] if place else begin) : start]
    after = blank[end : (within[place + 1][0] if place + 1 < len(within) else stop)]
    leading = bool(subject_words(blank[begin : within[0][0]]))
    words = subject_words(before) if leading else subject_words(after)
    if (leading and place == len(within) - 1) or not words:
        words |= subject_words(after)
    return words or subject_words(blank)


def _clause(blank: str, start: int, end: int) -> tuple[int, int]:
    begin = max((m.end() for m in _CLAUSE.finditer(blank, 0, start)), default=0)
    found = _CLAUSE.search(blank, end)
    return begin, found.start() if found else len(blank)


def _label(text: str) -> frozenset[str]:
    """Give the words of a label before a colon at the start of a line: `Windows: 34 of 36 fitted`."""
    found = _LABELLED.match(text)
    return subject_words(found[1]) if found else frozenset()


class _Same:
    """A source recognised by what it says."""

    __slots__ = ("_key", "source")

    def __init__(self, source: Source) -> None:
        self.source = source
        self._key = (source.passage.id, source.passage.path, source.passage.start, source.passage.text, source.facts)

    def __hash__(self) -> int:
        return hash(self._key[:4])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self._key == other._key


@lru_cache(maxsize=4096)
def _held(key: _Same) -> tuple[_Held, ...]:
    source = key.source
    lines = statements(source)
    if sum(len(line.facts) for line in lines) > _MOST_FACTS:
        return ()
    found: list[_Held] = []
    for i, line in enumerate(lines):
        for fact in line.facts:
            if fact.kind not in COMPARED and fact.kind is not FactKind.NUMBER:
                continue
            kin = sorted((f.start - line.start, f.end - line.start) for f in line.facts if f.kind is fact.kind)
            blank = _blanked(line.text, line.facts, fact.kind, line.start)
            near = _segment(blank, kin, kin.index((fact.start - line.start, fact.end - line.start)))
            above = _above(lines, i)
            around = near | above | _beside(blank, kin) | _below(lines, i, fact.kind) | _titles(source)
            found.append(_Held(line, fact, (near or above) | _label(line.text), around | _label(line.text)))
    return tuple(found)


def _beside(blank: str, kin: Sequence[tuple[int, int]]) -> frozenset[str]:
    """Give the words of a statement's clauses that have no value of the kind: they may go with any of them."""
    words: frozenset[str] = frozenset()
    begin = 0
    for cut in [*(m.span() for m in _CLAUSE.finditer(blank)), (len(blank), len(blank))]:
        if not any(begin <= start < cut[0] for start, _ in kin):
            words |= subject_words(blank[begin : cut[0]])
        begin = cut[1]
    return words


def _titles(source: Source) -> frozenset[str]:
    return subject_words(" ".join(source.passage.headings))


def _above(lines: Sequence[Statement], i: int) -> frozenset[str]:
    """Give the words of the headings and the list item under which a line stands, and of the sentence before it."""
    words: frozenset[str] = frozenset()
    depth = _depth(lines[i])
    for line in reversed(lines[:i]):
        if _HEADING.match(line.text):
            return words | subject_words(line.text)
        parent = _depth(line)
        if parent < depth:
            words |= subject_words(line.text)
            depth = parent
    return words


def _depth(line: Statement) -> int:
    text = line.source.passage.text
    start = text.rfind("\n", 0, line.start) + 1
    found = _ITEM.match(text, start)
    return len(found[1].expandtabs(4)) + 1 if found else 0


def _below(lines: Sequence[Statement], i: int, kind: FactKind) -> frozenset[str]:
    """Give the words of what goes on about a line, without a value of that kind of its own.

    Under a heading, and under a line that is nothing but the value, that is all up to the next such line; else the list
    items below it and the sentences that point back.
    """
    heading = _HEADING.match(lines[i].text) is not None or not subject_words(lines[i].text)
    depth = _depth(lines[i])
    words: frozenset[str] = frozenset()
    for line in lines[i + 1 :]:
        held = any(f.kind is kind for f in line.facts)
        goes_on = heading or _depth(line) > depth or _GOES_ON.match(line.text)
        if _HEADING.match(line.text) or not goes_on:
            break
        if not held:
            words |= subject_words(line.text)
    return words
