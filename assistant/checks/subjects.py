"""Which statements speak of the same thing as a fact, and so may agree or disagree with it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.checks.matching import carried, carries, is_bare_day
from assistant.checks.statements import Statement
from assistant.checks.words import ordered_words, stem
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
    }
)
_BREAK = re.compile(r"[,;:|()\[\]，；：（）【】。!?！？\n•]|\s[-–—]\s|——|(?<=\w)\. ")
# Words that tell how a value came about, not what it is the value of.
_HOW = re.compile(
    r"\b(?:agreed?|agrees|moves?|moved|moving|plans?|planned|planning|schedul\w{1,4}|decid\w{1,4}|"
    r"decision|remain\w{0,3}|course|track|confirm\w{0,3}"
    r"|dates?|expect\w{0,3}|target\w{0,3}|shift\w{0,3}|chang\w{1,3}|postpon\w{1,3}|updat\w{1,3}|"
    r"previous\w{0,2}|original\w{0,2}|set|settled|stays?|stayed"
    r"|fixed for|takes? place|happen\w{0,3}|due|latest|earliest|exact\w{0,2}|still|currently|today|"
    r"tomorrow|weeks?|days?|months?|booked|hold|held|thing|whole"
    r"|mean\w{0,2}|result|tell|told|inform\w{0,2}|write|wrote|report\w{0,3}|promis\w{1,3}|aim\w{0,3}|"
    r"hope\w{0,3}|maybe|approx\w{0,8}|total|around|about)\b"
    r"|改为|改到|改成|调整为|调整到|调整|推迟到|推迟至|推迟|延期到|延期至|延期|延后|顺延至|顺延到|"
    r"顺延|提前到|提前至|提前|变更为|变更|定在|定于|定为|定到|安排在|安排|计划|预计"
    r"|仍按|按|原定|原计划|原|作废|决定|确认为|确认|目前|现在|现定|最终|将于|将在|于|争取|希望|力争|"
    r"时间|日期|开始|左右|之前|以前|不再|要求|已经|我们|贵方|本周|下周|上周|进行|完成",
    re.IGNORECASE,
)
_MILESTONES = re.compile(
    r"(?P<golive>\bgo(?:ing|es)?[- ]?live\b|\blaunch\w{0,3}\b|上线)|(?P<training>\btrain(?:ing|"
    r"ings)\b|培训)|(?P<uat>\bUAT\b|\bacceptance test\w{0,3}\b|\buser test\w{0,3}\b|用户试用|用户测试)"
    r"|(?P<acceptance>\bsign-?off\b|验收)|(?P<review>\breview\w{0,3}\b|\bgo / ?no-go\b|\bno-go\b|"
    r"评审)|(?P<delivery>\bdeliver(?:y|ies|ed|s)?\b|\bshipp\w{2,4}\b|交付|到货|发货)"
    r"|(?P<regression>\bregression\b|回归)|(?P<migration>\bmigrat\w{2,4}\b|迁移)|"
    r"(?P<kickoff>\bkick-?off\b|启动会)|(?P<pilot>\bpilot\b|试点|试运行)"
    r"|(?P<certification>\bcertif\w{2,7}\b|认证)|(?P<release>\brelease\b|发布|发版)|"
    r"(?P<freeze>\bfreeze\b|\bfrozen\b|冻结)|(?P<integration>联调)"
    r"|(?P<payment>\binvoice[sd]?\b|付款|尾款)|(?P<quote>\bquot(?:e|es|ation)\b|报价)|"
    r"(?P<validity>\bvalid\b|有效期)|(?P<sent>\bsent\b|已发|发出|寄出)|"
    r"(?P<confirmation>\bwritten confirmation\b|\bconfirm\w{0,3} in writing\b|书面确认|确认函)|"
    r"(?P<signature>\bsign(?:ed|s|ing)?\b|签回|签字|签署)|"
    r"(?P<handover>\bgives? (?:us|me|you|him|her|them)\b|\bnames? of\b|给到|交给)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\b(round|phase|sprint|batch|lot|wave|stage|release|milestone|option|version|step|lot|iteration|"
    r"module|site)\s{1,2}([0-9]{1,3}|[a-d]|one|two|three|four|first|second)\b"
    r"|\b(first|second|third|1st|2nd|3rd)\s{1,2}(round|phase|batch|lot|wave|stage|shipment|delivery)\b"
    r"|第([一二三四五六七八九十0-9]{1,3})(轮|批|期|次|阶段|版)|([一二三四])(期)",
    re.IGNORECASE,
)
_AROUND = 240
_MOST_ANSWERS = 20_000
_ORDINALS = {
    "one": "1",
    "first": "1",
    "1st": "1",
    "一": "1",
    "two": "2",
    "second": "2",
    "2nd": "2",
    "二": "2",
    "三": "3",
    "three": "3",
    "third": "3",
    "3rd": "3",
    "四": "4",
    "four": "4",
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a fact is the value of: the words around it, the milestones named, and what numbers its kind apart."""

    words: frozenset[str]
    milestones: frozenset[str]
    labels: frozenset[tuple[str, str]]
    identifiers: frozenset[str]


def subject_of(text: str, fact: Fact, facts: Iterable[Fact], offset: int = 0) -> Subject:
    """Read what a fact of a sentence is about; facts' places count from `offset` before the sentence."""
    # Only the surroundings matter: a line of a hundred thousand characters must not cost more than a short one.
    begin = max(0, fact.start - offset - _AROUND)
    window = text[begin : fact.end - offset + _AROUND]
    shift = offset + begin
    spans = tuple(
        (f.start - shift, f.end - shift, f.kind.value, f.value)
        for f in facts
        if f.start >= shift and f.end <= shift + len(window)
    )
    return _subject(window, fact.start - shift, fact.end - shift, spans)


@lru_cache(maxsize=32_768)
def _subject(text: str, start: int, end: int, spans: tuple[tuple[int, int, str, str], ...]) -> Subject:
    blanked = _without_facts(text, spans)
    begin, stop = 0, len(text)
    for cut in _BREAK.finditer(blanked):
        if cut.end() <= start:
            begin = cut.end()
        elif cut.start() >= end:
            stop = cut.start()
            break
    clause = blanked[begin:stop]
    words = _words(clause)
    alone = sum(kind == spans[_index(spans, start)][2] for _, _, kind, _ in spans) == 1
    if not words and alone:
        clause, begin, stop = blanked, 0, len(text)
        words = _words(blanked)
    return Subject(
        words,
        frozenset(m.lastgroup or "" for m in _MILESTONES.finditer(clause)),
        labels_in(text),
        frozenset(value.casefold() for _, _, kind, value in spans if kind == FactKind.IDENTIFIER.value),
    )


def _index(spans: tuple[tuple[int, int, str, str], ...], start: int) -> int:
    return next((i for i, span in enumerate(spans) if span[0] == start), 0)


_KEPT_KINDS = {FactKind.NAME.value, FactKind.IDENTIFIER.value}


def _without_facts(text: str, spans: tuple[tuple[int, int, str, str], ...]) -> str:
    for start, end, kind, _ in spans:
        first, last = max(0, start), min(len(text), end)
        if kind in _KEPT_KINDS or first >= last:
            continue
        text = text[:first] + " " * (last - first) + text[last:]
    return text


def _words(clause: str) -> frozenset[str]:
    return frozenset(ordered_words(_HOW.sub(" ", clause)))


def matter_words(text: str) -> frozenset[str]:
    """Give the words that tell what a text is about, without those that tell how a value came about or still stands."""
    return _words(text)


@lru_cache(maxsize=32_768)
def labels_in(text: str) -> frozenset[tuple[str, str]]:
    """Give what numbers things of a kind apart: (`round`, `2`), (`批`, `1`)."""
    found: set[tuple[str, str]] = set()
    for match in _LABEL.finditer(text):
        groups = [g.casefold() for g in match.groups() if g]
        head, number = groups if groups[0].isalpha() and groups[0] not in _ORDINALS else reversed(groups)
        found.add((head, _ORDINALS.get(number, number)))
    return frozenset(found)


def same_subject(one: Subject, other: Subject, *, names_old_value: bool = False) -> bool:
    """Tell whether two facts are values of the same thing; strict, because a false alarm costs more than a miss."""
    if _apart(one, other):
        return False
    shared = len(one.words & other.words)
    smaller = min(len(one.words), len(other.words))
    if not shared or not smaller:
        return False
    if names_old_value:
        return True
    cover = shared / smaller
    if one.identifiers & other.identifiers:
        return cover >= 0.5
    if one.milestones and one.milestones == other.milestones:
        return cover >= 0.5
    least, part = (3, 0.75) if one.milestones or other.milestones else (2, 0.7)
    return shared >= least and cover >= part


def _apart(one: Subject, other: Subject) -> bool:
    if one.identifiers and other.identifiers and not one.identifiers & other.identifiers:
        return True
    if one.milestones and other.milestones and not one.milestones & other.milestones:
        return True
    if len(one.milestones ^ other.milestones) > 1:
        return True
    heads = {head for head, _ in one.labels} & {head for head, _ in other.labels}
    return any(
        {n for h, n in one.labels if h == head}.isdisjoint({n for h, n in other.labels if h == head}) for head in heads
    )


def comparable(one: Fact, other: Fact) -> bool:
    """Tell whether two facts can contradict each other: one kind, and the same noun or currency."""
    if one.kind is not other.kind or one.kind not in COMPARED:
        return False
    if one.kind is FactKind.QUANTITY:
        return stem(one.unit.casefold()) == stem(other.unit.casefold())
    if one.kind is FactKind.MONEY:
        return "?" in (one.unit, other.unit) or one.unit == other.unit
    if one.kind is FactKind.DATE and (is_bare_day(one) or is_bare_day(other)):
        return False
    return not (one.value.startswith("?") or other.value.startswith("?"))


@dataclass(frozen=True, slots=True)
class Rival:
    """What a statement says about the same thing: its fact, whether it agrees, and whether it calls the value old."""

    statement: Statement
    fact: Fact
    agrees: bool
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One comparable value of a statement, with what it is the value of."""

    statement: Statement
    fact: Fact
    subject: Subject


class Ledger:
    """All statements of some sources, findable by the words they share with a sentence."""

    def __init__(self, found: Iterable[Statement]) -> None:
        self._statements: dict[str, list[Statement]] = defaultdict(list)
        self._entries: dict[tuple[FactKind, str], list[Entry]] = defaultdict(list)
        # While a person types, all sentences but one are asked about again.
        self._answers: dict[tuple[str, Fact], list[Rival]] = {}
        self._holders: dict[tuple[str, Fact], Statement | None] = {}
        for statement in found:
            for word in statement.words if statement.facts else ():
                self._statements[word].append(statement)
            for entry in _entries(statement):
                for word in entry.subject.words:
                    self._entries[entry.fact.kind, word].append(entry)

    def holder(self, text: str, words: frozenset[str], fact: Fact) -> Statement | None:
        """Find the statement that carries a fact of a sentence and shares most of its words, at least two."""
        key = (text, fact)
        if key not in self._holders:
            if len(self._holders) > _MOST_ANSWERS:
                self._holders.clear()
            near = sorted(self._sharing(words, 2), key=lambda found: -found[0])
            self._holders[key] = next((s for _, s in near if carried(s.facts, fact, text)), None)
        return self._holders[key]

    def _sharing(self, words: frozenset[str], least: int) -> Iterator[tuple[int, Statement]]:
        """Go through the statements with facts that share at least so many words, with how many they share."""
        counts: dict[int, int] = defaultdict(int)
        found: dict[int, Statement] = {}
        for word in sorted(words):
            for statement in self._statements.get(word, ()):
                counts[id(statement)] += 1
                found[id(statement)] = statement
        for key, count in counts.items():
            if count >= least:
                yield count, found[key]

    def rivals(self, text: str, fact: Fact, facts: Iterable[Fact]) -> list[Rival]:
        """Find what the statements say about the same thing as a fact of a sentence, one value a statement."""
        if fact.kind not in COMPARED:
            return []
        key = (text, fact)
        if key not in self._answers:
            if len(self._answers) > _MOST_ANSWERS:
                self._answers.clear()
            self._answers[key] = self._rivals(text, fact, facts)
        return self._answers[key]

    def _rivals(self, text: str, fact: Fact, facts: Iterable[Fact]) -> list[Rival]:
        subject = subject_of(text, fact, facts)
        near: dict[int, list[Entry]] = defaultdict(list)
        seen: set[int] = set()
        for word in sorted(subject.words):
            for entry in self._entries.get((fact.kind, word), ()):
                if id(entry) not in seen:
                    seen.add(id(entry))
                    near[id(entry.statement)].append(entry)
        found = (_rival(entries, fact, subject, text) for entries in near.values())
        return [rival for rival in found if rival is not None]


class _ByIdentity:
    """A statement recognised as itself; statements are made once a source."""

    __slots__ = ("statement",)

    def __init__(self, statement: Statement) -> None:
        self.statement = statement

    def __hash__(self) -> int:
        return id(self.statement)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ByIdentity) and other.statement is self.statement


def _entries(statement: Statement) -> tuple[Entry, ...]:
    return _entries_of(_ByIdentity(statement))


@lru_cache(maxsize=40_000)
def _entries_of(key: _ByIdentity) -> tuple[Entry, ...]:
    statement = key.statement
    return tuple(
        Entry(statement, f, subject_of(statement.text, f, statement.facts, statement.start))
        for f in statement.current()
        if f.kind in COMPARED
    )


def _rival(entries: list[Entry], fact: Fact, subject: Subject, text: str) -> Rival | None:
    if all(_apart(subject, e.subject) for e in entries):
        return None
    statement = entries[0].statement
    comparables = [f for f in statement.current() if comparable(f, fact) and _as_exact(f, fact, subject)]
    if not comparables:
        return None
    old = [f for f in statement.facts if f.kind is fact.kind and f not in comparables]
    names_old = any(carries(f, fact, text) or carries(fact, f) for f in old)
    about = next(
        (
            e.fact
            for e in entries
            if e.fact in comparables and same_subject(subject, e.subject, names_old_value=names_old)
        ),
        None,
    )
    if about is None:
        return None
    # A sentence that holds the value too, anywhere, does not contradict it.
    if any(carries(f, fact, text) or carries(fact, f) for f in comparables):
        return Rival(statement, about, agrees=True)
    return Rival(statement, about, agrees=False, replaces=names_old)


def _as_exact(one: Fact, other: Fact, subject: Subject) -> bool:
    """A month and a day contradict each other only where a milestone is named: much happens in a month."""
    return one.kind is not FactKind.DATE or one.vague is other.vague or bool(subject.milestones)
