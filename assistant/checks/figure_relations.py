"""How figures of one sentence stand to each other: three of five, from the 2nd to the 16th, down from 28."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from assistant.checks.input import Source
from assistant.checks.matching import COUNTS, as_decimal
from assistant.checks.statements import Statement, statements
from assistant.domain.facts import Fact, FactKind

_OF = re.compile(r"\s+(?:out )?of (?:the |its |our |their |all |these )?\s*", re.IGNORECASE)
_AMONG_ZH = re.compile("[\u4e00-\u9fff]{0,8}?(?:之中|当中|中|里)[^，。；,;]{0,12}")
_FROM = re.compile(r"(?:\bfrom|由|从|自|原定|原计划)[\s的在于]{0,3}\Z", re.IGNORECASE)
_TO = re.compile(r"\s*(?:\bto\b|[\u4e00-\u9fff]{0,6}?(?:到|至|为|成))\s*", re.IGNORECASE)
_RISE = re.compile(
    r"\b(?:up|ris(?:e|es|ing|en)|rose|grew|increased?|climbed|higher than|more than|improved|above)\b|"
    r"上升|增加|增长|提高|提升|上涨|升|高于|多于",
    re.IGNORECASE,
)
_FALL = re.compile(
    r"\b(?:down|fell|fall(?:s|ing|en)?|drop(?:s|ped)?|decreased?|declined|lower than|fewer than|reduced|below)\b|"
    r"下降|减少|降低|下跌|降|低于|少于",
    re.IGNORECASE,
)
_DOWN_FROM = re.compile(
    r"[^.;。；]{0,30}?\b(?P<word>up|down|higher|lower|more|fewer|less)\b (?:from|than)\s*", re.IGNORECASE
)
_THAN_ZH = re.compile("[^。；]{0,12}?(?P<word>高于|低于|多于|少于)[\u4e00-\u9fff]{0,8}?")
_UPWARD = frozenset({"up", "higher", "more", "高于", "多于"})


@dataclass(frozen=True, slots=True)
class Relation:
    """What is wrong with the figures between two characters, and the statement that tells it."""

    code: str
    span: tuple[int, int]
    said: str
    statement: Statement
    source: str


def wrong_relations(text: str, facts: Sequence[Fact], cited: Sequence[Source]) -> Iterator[Relation]:
    """Give shares, changes and directions that the cited sources give otherwise; each figure alone may be right."""
    theirs = [s for source in cited for s in statements(source)]
    yield from _shares(text, facts, theirs)
    yield from _reversed(text, facts, theirs)
    yield from _directions(text, facts, theirs)


def _shares(text: str, facts: Sequence[Fact], theirs: Sequence[Statement]) -> Iterator[Relation]:
    for part, whole in _share_pairs(text, facts):
        holding = [s for s in theirs if _has(s, whole)]
        if not holding or any(_has(s, part) for s in holding):
            continue
        other = next(
            (
                (s, f)
                for s in holding
                for f in s.facts
                if _is_count(f) and _less(f, whole) and not _ordinal(f, s.text, s.start)
            ),
            None,
        )
        if other is not None:
            span = (min(part.start, whole.start), max(part.end, whole.end))
            yield Relation("number_differs", span, text[span[0] : span[1]], other[0], other[1].text)


def _share_pairs(text: str, facts: Sequence[Fact]) -> Iterator[tuple[Fact, Fact]]:
    """Give (part, whole) for `three of its five modules` and 五个模块中三个."""
    counts = sorted((f for f in facts if _is_count(f) and not _ordinal(f, text)), key=lambda f: f.start)
    for one, two in pairwise(counts):
        between = text[one.end : two.start]
        if _OF.fullmatch(between):
            yield one, two
        elif _AMONG_ZH.fullmatch(between) or ("中" in one.text and not between):
            yield two, one


def _reversed(text: str, facts: Sequence[Fact], theirs: Sequence[Statement]) -> Iterator[Relation]:
    """`From 16 April to 2 April` where the source says from 2 April to 16 April."""
    known = [(s, pair) for s in theirs for pair in _from_to(s.text, s.facts, s.start)]
    for one, two in _from_to(text, facts, 0):
        if any((a.value, b.value) == (one.value, two.value) for _, (a, b) in known):
            continue
        other = next((s for s, (a, b) in known if (b.value, a.value) == (one.value, two.value)), None)
        if other is not None:
            yield Relation("state", (one.start, two.end), text[one.start : two.end], other, other.text.strip())


def _from_to(text: str, facts: Sequence[Fact], offset: int) -> Iterator[tuple[Fact, Fact]]:
    ordered = sorted(facts, key=lambda f: f.start)
    for one, two in pairwise(ordered):
        if one.kind is not two.kind:
            continue
        before = text[max(0, one.start - offset - 8) : max(0, one.start - offset)]
        if _FROM.search(before) and _TO.fullmatch(text[one.end - offset : two.start - offset]):
            yield one, two


def _directions(text: str, facts: Sequence[Fact], theirs: Sequence[Statement]) -> Iterator[Relation]:
    """A rise to less or a fall to more, where a source holds both figures."""
    for one, two in _from_to(text, facts, 0):
        upward = _direction(text[max(0, one.start - 40) : two.end])
        yield from _against_arithmetic(text, one, two, theirs, upward=upward)
    ordered = sorted((f for f in facts if _is_count(f)), key=lambda f: f.start)
    for new, old in pairwise(ordered):
        between = text[new.end : old.start]
        found = _DOWN_FROM.fullmatch(between) or _THAN_ZH.fullmatch(between)
        if found:
            yield from _against_arithmetic(text, old, new, theirs, upward=found["word"].casefold() in _UPWARD)


def _direction(text: str) -> bool | None:
    rise, fall = _RISE.search(text), _FALL.search(text)
    return None if bool(rise) == bool(fall) else bool(rise)


def _against_arithmetic(
    text: str, old: Fact, new: Fact, theirs: Sequence[Statement], *, upward: bool | None
) -> Iterator[Relation]:
    before, after = _value(old), _value(new)
    if upward is None or before is None or after is None or before == after or (after > before) is upward:
        return
    other = next((s for s in theirs if _has(s, old) and _has(s, new)), None)
    if other is not None:
        span = (min(old.start, new.start), max(old.end, new.end))
        yield Relation("state", span, text[span[0] : span[1]], other, other.text.strip())


def _is_count(fact: Fact) -> bool:
    return fact.kind in COUNTS and bool(fact.amount)


def _ordinal(fact: Fact, text: str, offset: int = 0) -> bool:
    return fact.text.startswith("第") or text[max(0, fact.start - offset - 1) : fact.start - offset] == "第"


def _value(fact: Fact) -> Decimal | None:
    return as_decimal(fact.amount) if fact.amount else None


def _less(one: Fact, other: Fact) -> bool:
    first, second = _value(one), _value(other)
    return first is not None and second is not None and first < second


def _has(statement: Statement, fact: Fact) -> bool:
    if fact.kind is FactKind.DATE:
        return any(f.value == fact.value for f in statement.facts)
    if _is_count(fact):
        same = (f for f in statement.facts if _is_count(f) and f.amount == fact.amount)
        return any(not _ordinal(f, statement.text, statement.start) for f in same)
    return any(f.kind is fact.kind and f.amount and f.amount == fact.amount for f in statement.facts)
