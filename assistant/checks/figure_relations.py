"""How figures of one sentence stand to each other: three of five, from the 2nd to the 16th, down from 28."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
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
_TARGET = re.compile(
    r"[^.;。；]{0,30}?\b(?P<word>above|below|over|under)\b (?:the |our |your )?"
    r"(?:target|limit|budget|plan|cap|goal|design)(?: (?:of|value))?\s*",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    r"(?P<now>[0-9][0-9.,]*)\s?[%％]?\s?[（(](?:week|KW|CW|Q[1-4]|previous|previously|last|before|第|上)[^()（）]{0,12}?"
    r"(?<![0-9.,])(?P<then>[0-9][0-9.,]*)\s?[%％]?\s?[)）]",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    r"(?P<now>[0-9][0-9.,]*)(?![0-9])[^.;。；0-9]{0,16}?(?:instead of|rather than|\(was|, was|, before:?|previously|"
    r"原为|原来是?|原是|而不是|而非)\s?(?:the )?(?P<then>[0-9][0-9.,]*[0-9]|[0-9])",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"\b(?P<side>before|after) (?:the |our |your )?(?P<event>[a-z]{3,}(?: [a-z]{4,})?)|"
    r"(?P<zh>[\u4e00-\u9fff]{2})(?P<zhside>(?:之|以)?[前后])(?![面期续台者端提进往置缀])",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\s?(?:-|–|—|~|～|to|through|至|到)\s?", re.IGNORECASE)
_ORDINAL_EN = re.compile(
    r"\bthe (second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b(?! (?:half|party|time))", re.IGNORECASE
)
_ORDINAL_ZH = re.compile("第([一二三四五六七八九十]{1,3}|[0-9]{1,3})(?!方)")
_LABEL = re.compile(
    r"\b(?P<noun>option|plan|variant|phase|scenario|room|lot|level|building|floor|track)\s(?P<mark>[A-Z]|[0-9]{1,3})\b|"
    r"(?P<zh>方案|选项|阶段|标段|会议室|楼层)(?P<zhmark>[A-Z](?![A-Za-z])|[0-9]{1,3}|[一二三四五甲乙丙丁])|"
    r"(?<![A-Za-z])(?P<leadmark>[A-Z])(?P<lead>方案|选项|标段|栋|座|区|馆|厅|线|包|组|期)",
)
# 利兹仓, 支付模块, 三病区: what kind of thing it is, and which one.
_NAMED_ZH = re.compile(
    "(?:\\A|(?<=[，。；：、（(\\s在从到由向往和与及对为是把将给于都]))(?P<which>(?:(?![在从到由向往和与及对为是把将给于都的了已])"
    "[\u4e00-\u9fff]){1,4}?)(?P<kind>仓库?|门店|分店|模块|系统|病区|楼层?|车间|产线|校区|院区|分公司|办事处|办公室|项目部|站点|"
    "机房|平台|标段|接口|报表)(?![\u4e00-\u9fff]{0,2}?[个名])"
)
_NO_NAME = re.compile("[新旧该本各此两几多全每另同这那我贵主其他它所有部分相关整个一些上下前后现原某]")
_MEASURED = re.compile(
    r"(?<![0-9.,])(?P<n>[0-9][0-9,]*(?:\.[0-9]+)?)\s?(?P<unit>km|cm|mm|m|kg|g|t|tons?|tonnes?|metres?|meters?|"
    r"kilomet(?:re|er)s?|miles?|lbs?|kWh|MWh|kW|MW|GW|kV|[kMGT]B|litres?|liters?|公里|千米|厘米|毫米|米|公斤|千克|克|吨|平方米|平米|"
    r"亩|千瓦时|兆瓦时|千瓦|兆瓦|磅|立方米|升)(?![A-Za-z0-9²³时])",
)
_UNIT = {
    "metre": "m", "meter": "m", "metres": "m", "meters": "m", "米": "m", "公里": "km", "千米": "km", "kilometre": "km",
    "kilometres": "km", "kilometer": "km", "kilometers": "km", "厘米": "cm", "毫米": "mm", "公斤": "kg", "千克": "kg",
    "克": "g", "吨": "t", "ton": "t", "tons": "t", "tonne": "t", "tonnes": "t", "平米": "平方米",
    "mile": "mi", "miles": "mi", "lbs": "lb", "磅": "lb", "千瓦": "kw", "兆瓦": "mw", "千瓦时": "kwh", "兆瓦时": "mwh",
    "litre": "l", "litres": "l", "liter": "l", "liters": "l", "升": "l",
}  # fmt: skip
_MOST_FACTS = 40
_UPWARD = frozenset({"up", "higher", "more", "above", "over", "高于", "多于"})


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
    yield from _ranges(text, facts, theirs)
    for pattern in (_ORDINAL_EN, _ORDINAL_ZH):
        yield from _ordinals(text, pattern, theirs)
    yield from _labels(text, theirs)
    yield from _measures(text, theirs)
    yield from _named(text, theirs)
    yield from _before_after(text, theirs)


def _before_after(text: str, theirs: Sequence[Statement]) -> Iterator[Relation]:
    """`Before the spring tide` where the sources speak of what comes after it, and nowhere of what comes before."""
    known = [(s, *sided, found[0]) for s in theirs for found in _EVENT.finditer(s.text) for sided in (_sided(found),)]
    for said in _EVENT.finditer(text):
        mine = _sided(said)
        same = [(s, side, words) for s, event, side, words in known if event == mine[0]]
        if same and all(side != mine[1] for _, side, _ in same):
            yield Relation("state", said.span(), said[0], same[0][0], same[0][2])


def _sided(found: re.Match[str]) -> tuple[str, bool]:
    """Give the event and whether what is told comes before it."""
    event = (found["event"] or found["zh"]).casefold()
    return event, ((found["side"] or "").casefold() == "before" or "前" in (found["zhside"] or ""))


def _named(text: str, theirs: Sequence[Statement]) -> Iterator[Relation]:
    """赫尔仓 where the sources speak of 利兹仓 and nowhere of 赫尔."""
    known = [(s, found) for s in theirs for found in _NAMED_ZH.finditer(s.text)]
    for said in _NAMED_ZH.finditer(text):
        if _NO_NAME.search(said["which"]) or any(said["which"] in s.text for s in theirs):
            continue
        other = next(((s, f) for s, f in known if f["kind"] == said["kind"] and not _NO_NAME.search(f["which"])), None)
        if other is not None:
            yield Relation("name_differs", said.span(), said[0], other[0], other[1][0])


def _ranges(text: str, facts: Sequence[Fact], theirs: Sequence[Statement]) -> Iterator[Relation]:
    """`Chapters 1 to 7` where the source has chapters 1-6 and 7-9."""
    known = [(s, pair) for s in theirs for pair in _range_pairs(s.text, s.facts, s.start)]
    for one, two in _range_pairs(text, facts, 0):
        if any((a.amount, b.amount) == (one.amount, two.amount) for _, (a, b) in known):
            continue
        other = next(((s, a, b) for s, (a, b) in known if (a.amount == one.amount) != (b.amount == two.amount)), None)
        if other is not None:
            statement, first, last = other
            held = statement.text[first.start - statement.start : last.end - statement.start]
            yield Relation("number_differs", (one.start, two.end), text[one.start : two.end], statement, held)


def _range_pairs(text: str, facts: Sequence[Fact], offset: int) -> Iterator[tuple[Fact, Fact]]:
    ordered = sorted((f for f in facts if _is_count(f)), key=lambda f: f.start)
    for one, two in pairwise(ordered):
        if _RANGE.fullmatch(text[one.end - offset : two.start - offset]):
            yield one, two


def _ordinals(text: str, pattern: re.Pattern[str], theirs: Sequence[Statement]) -> Iterator[Relation]:
    """`The third` where the sources speak of a second one and of no third."""
    known = [(s, found) for s in theirs for found in pattern.finditer(s.text)]
    for said in pattern.finditer(text):
        if any(found[1].casefold() == said[1].casefold() for _, found in known) or not known:
            continue
        statement, found = known[0]
        yield Relation("number_differs", said.span(), said[0], statement, found[0])


def _labels(text: str, theirs: Sequence[Statement]) -> Iterator[Relation]:
    """`Option C` where the sources speak of options A and B."""
    known = [(s, *_label(found), found[0]) for s in theirs for found in _LABEL.finditer(s.text)]
    for said in _LABEL.finditer(text):
        noun, mark = _label(said)
        same_noun = [(s, words) for s, their_noun, _, words in known if their_noun == noun]
        if same_noun and not any(their_noun == noun and their_mark == mark for _, their_noun, their_mark, _ in known):
            statement, words = same_noun[0]
            yield Relation("identifier_differs", said.span(), said[0], statement, words)


def _label(found: re.Match[str]) -> tuple[str, str]:
    noun, mark = found["noun"] or found["zh"] or found["lead"], found["mark"] or found["zhmark"] or found["leadmark"]
    return noun.casefold(), mark.casefold()


def _measures(text: str, theirs: Sequence[Statement]) -> Iterator[Relation]:
    """`30 km` where the sources have 30 m and never 30 km."""
    known = [(s, *_measure(found), found[0]) for s in theirs for found in _MEASURED.finditer(s.text)]
    for said in _MEASURED.finditer(text):
        number, unit = _measure(said)
        same_number = [(s, words) for s, their_number, _, words in known if their_number == number]
        if same_number and not any((n, u) == (number, unit) for _, n, u, _ in known):
            statement, words = same_number[0]
            yield Relation("unit_differs", said.span(), said[0], statement, words)


def _measure(found: re.Match[str]) -> tuple[str, str]:
    unit = found["unit"]
    return found["n"].replace(",", ""), _UNIT.get(unit.casefold(), unit.casefold())


def _shares(text: str, facts: Sequence[Fact], theirs: Sequence[Statement]) -> Iterator[Relation]:
    for part, whole in _share_pairs(text, facts):
        holding = [s for s in theirs if _has(s, whole)]
        same = part.amount == whole.amount
        if not holding or any(_has(s, part) and not (same and _counted_in_part(s, whole)) for s in holding):
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


def _counted_in_part(statement: Statement, whole: Fact) -> bool:
    """Tell whether a statement counts less than the whole: 312 of 318."""
    pairs = _share_pairs(statement.text, _from_statement(statement))
    return any(of.amount == whole.amount and _less(part, of) for part, of in pairs)


def _from_statement(statement: Statement) -> list[Fact]:
    """Give a statement's facts with their places in its own text."""
    return [
        replace(f, start=f.start - statement.start, end=f.end - statement.start) for f in statement.facts[:_MOST_FACTS]
    ]


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
        other = other or next((s for s in theirs if (one.amount, two.amount) in _earlier(s.text)), None)
        if other is not None:
            yield Relation("state", (one.start, two.end), text[one.start : two.end], other, other.text.strip())


def _earlier(text: str) -> list[tuple[str, str]]:
    """Give (now, then) of `93.4 % (week 35: 96.1 %)` and `54 sqm instead of 48`."""
    return [(f["now"], f["then"]) for pattern in (_EARLIER, _INSTEAD) for f in pattern.finditer(text)]


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
    ordered = sorted((f for f in facts if f.amount), key=lambda f: f.start)
    for new, old in pairwise(ordered):
        between = text[new.end : old.start]
        if _is_count(new) is not _is_count(old):
            continue
        found = _DOWN_FROM.fullmatch(between) or _THAN_ZH.fullmatch(between) or _TARGET.fullmatch(between)
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
    other = other or next((s for s in theirs if _amounts(s) >= {old.amount, new.amount}), None)
    if other is not None:
        span = (min(old.start, new.start), max(old.end, new.end))
        yield Relation("state", span, text[span[0] : span[1]], other, other.text.strip())


def _amounts(statement: Statement) -> set[str]:
    """Give the numbers of a statement, whatever they count: `14.20 EUR (target 12)`."""
    return {f.amount for f in statement.facts if f.amount}


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
