"""Dates and counts that the notes give more than once: the current value, the old one with its reason, and conflicts."""

# ruff: noqa: E501 - patterns and word lists stand together by meaning

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from assistant.checks.statements import is_hedged, is_old
from assistant.checks.subjects import Subject, comparable, same_subject, subject_of
from assistant.domain.facts import Fact, FactKind
from assistant.domain.note import NoteKind
from assistant.language.sentences import split_sentences
from assistant.writing.dating import day_of, facts_of
from assistant.writing.lines import Line

_DECIDED = re.compile(
    r"\b(?:agreed|decided|decision|confirmed|settled|approved|now)\b|决定|商定|确定|确认|定在|定为|定于|改为|改到|作废|调整为",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"(?:\bbecause(?: of)?|\bdue to|\bowing to|\bthe reason(?: is|:)|\breason:|\u539f\u56e0(?:\u662f|[:\uff1a])|\u56e0\u4e3a|\u7531\u4e8e)\s*(?P<why>[^;.\u3002\uff1b]{6,200})",
    re.IGNORECASE,
)
_TASK_LEAD = re.compile(r"action|to-?do|待办|行动|任务", re.IGNORECASE)
_BEFORE_DEADLINE = re.compile(
    r"(?:\b(?:by|until|till|before|after|since|every day after|latest)|[-–—~至到])\s*(?:\w{3,9}day\s|mon |tue |wed |thu |fri )?$",
    re.IGNORECASE,
)
_AFTER_DEADLINE = re.compile(r"\s*(?:[(\uff08][^()\uff08\uff09]{1,6}[)\uff09])?\s*(?:之?前|以前|起)")
_MARKS = re.compile(r"[-,;:()|–—•!?\uff0c\uff01\uff1f\uff1b\uff1a\uff08\uff09\u3002]")
_CLAUSES = re.compile(r"[,;|\uff0c\uff1b\u3002]")
_MOST = 0.55
_PART_OF = re.compile(r"\b[0-9]+ (?:of|out of) (?:the )?[0-9]+|\bper \w+|每|其中")
_PART = re.compile(
    r"^[^.;\u3002\uff1b]{0,12}\b(?:missing|left|open|more|so far)\b|^[^\u3002\uff1b]{0,6}(?:缺|未|到课|剩|已)"
)
_FIRM_KINDS = frozenset({NoteKind.DECISION, NoteKind.MINUTES})
_TOLD = frozenset({NoteKind.SENT})
_NEVER = frozenset({NoteKind.CHAT, NoteKind.RECEIVED})


@dataclass(frozen=True, slots=True)
class Value:
    """One place where a note gives a value."""

    line: Line
    sentence: str
    fact: Fact
    subject: Subject
    old: bool
    firm: bool
    changes: bool

    @property
    def key(self) -> str:
        """What is compared: the fact's normal form."""
        return self.fact.value


@dataclass(slots=True)
class History:
    """What the notes say about one subject, oldest first."""

    kind: FactKind
    values: list[Value] = field(default_factory=list)
    current: list[Value] = field(default_factory=list)
    former: list[Value] = field(default_factory=list)

    def settle(self) -> None:
        """Work out the current values: a firm later word replaces, a plain differing one stands beside it."""
        ordered = sorted(self.values, key=lambda v: (v.line.dated or date.min, v.firm, v.line.evidence.n))
        for value in (v for v in ordered if not v.old):
            known = {v.key for v in self.current}
            agreeing = [v for v in self.current if v.key == value.key]
            if agreeing and value.firm and len(known) > 1:
                self.former += [v for v in self.current if v.key != value.key]
                self.current = [*agreeing, value]
            elif not self.current or agreeing:
                self.current.append(value)
            elif (
                value.changes or (value.firm and not _standing_firm(self.current, value)) or _only_planned(self.current)
            ):
                self.former += self.current
                self.current = [value]
            else:
                self.current.append(value)
        self.former += [v for v in ordered if v.old]

    @property
    def conflict(self) -> bool:
        """Whether current notes disagree."""
        return len({v.key for v in self.current}) > 1

    @property
    def changed(self) -> bool:
        """Whether an older value was told or agreed before the current one."""
        return not self.conflict and any(v.key != self.current[0].key for v in self.former)

    def newest(self) -> Value:
        """Give the firmest, newest statement of the current value."""
        return max(self.current, key=lambda v: (v.changes, v.firm, v.line.dated or date.min))

    def previous(self) -> Value | None:
        """Give the newest former value that is not the current one."""
        others = [v for v in self.former if v.key != self.current[0].key]
        return max(others, key=lambda v: (v.line.dated or date.min, not v.old), default=None)

    def reason(self) -> tuple[str, Line] | None:
        """Find why the value changed, where a line that states the change says so."""
        for value in sorted(self.current, key=lambda v: (not v.changes, -(v.line.dated or date.min).toordinal())):
            found = _REASON.search(value.line.text)
            if found and value.changes:
                return found["why"].strip(" ,\uff0c"), value.line
        return None


def _standing_firm(current: list[Value], value: Value) -> bool:
    """A firm word of the same day stands beside a firm one; a later one replaces it."""
    return any(v.firm and v.line.dated == value.line.dated for v in current)


def _only_planned(current: list[Value]) -> bool:
    return all(v.line.passage.kind is NoteKind.PLAN for v in current)


def contradicts(history: History, text: str, line: Line) -> bool:
    """Whether a text rests on a value that the history has as former or disputed, or tells the change itself."""
    current = {v.key for v in history.current}
    told = [
        v for v in history.values if v.line.evidence.n == line.evidence.n and (v.sentence in text or text in v.sentence)
    ]
    if any(v.changes or v.old or history.conflict or v.key not in current for v in told):
        return True
    for piece in (piece for span in split_sentences(text) for piece in _pieces(span.text, history.kind)):
        facts = facts_of(piece, line.dated)
        for fact in facts:
            if fact.kind is not history.kind or (fact.value in current and not history.conflict):
                continue
            quantity = fact.kind is FactKind.QUANTITY
            subject = _counted_for(piece, fact, facts) if quantity else subject_of(piece, fact, facts)
            value = Value(line, piece, fact, subject, old=False, firm=False, changes=False)
            known = {v.key for v in history.values}
            if fact.value in known and subject.milestones and _belongs(value, history):
                return True
    return False


def restates(history: History, text: str, line: Line) -> bool:
    """Whether a text is little more than the history's value or its reason, and so was said with it."""
    same = [v for v in history.values if v.line.evidence.n == line.evidence.n]
    if any((text in v.sentence or v.sentence in text) and len(v.sentence) > _MOST * len(text) for v in same):
        return True
    why = history.reason()
    return why is not None and why[1].evidence.n == line.evidence.n and (text in why[0] or why[0] in text)


def _pieces(text: str, kind: FactKind) -> list[str]:
    """Counts are read clause by clause, days with the whole sentence around them."""
    return [piece for piece in _CLAUSES.split(text) if piece] if kind is FactKind.QUANTITY else [text]


def _is_deadline(text: str, fact: Fact) -> bool:
    """Whether a day bounds something instead of being its date; the second day of a range counts as well."""
    return (
        _BEFORE_DEADLINE.search(text[: fact.start]) is not None or _AFTER_DEADLINE.match(text[fact.end :]) is not None
    )


def histories(lines: Iterable[Line]) -> list[History]:
    """Group the values of the notes by subject; only groups whose value changed or is disputed, or was stated twice."""
    groups: list[History] = []
    for value in (value for line in lines for value in _values(line)):
        home = next((g for g in groups if _belongs(value, g)), None)
        if home is None:
            home = History(value.fact.kind)
            groups.append(home)
        home.values.append(value)
    for group in groups:
        group.settle()
    return [g for g in groups if g.current and (g.changed or g.conflict)]


def _counted_for(text: str, fact: Fact, facts: tuple[Fact, ...]) -> Subject:
    """What a count is counted for stands anywhere in its sentence, not in its clause alone; a part is no count."""
    whole = subject_of(_MARKS.sub(" ", text), fact, facts)
    partly = _PART_OF.search(text[: fact.end + 12]) is not None
    return replace(whole, milestones=frozenset()) if partly else whole


def topics_of(text: str) -> frozenset[str]:
    """Give the milestones that a text names anywhere: go-live, training, review …"""
    nowhere = Fact(FactKind.NUMBER, 0, 0, "", "")
    return subject_of(_MARKS.sub(" ", text), nowhere, ()).milestones


def _belongs(value: Value, group: History) -> bool:
    if value.fact.kind is FactKind.QUANTITY:
        return any(
            comparable(value.fact, other.fact)
            and value.subject.milestones == other.subject.milestones
            and value.subject.labels == other.subject.labels
            for other in group.values
        )
    return any(
        comparable(value.fact, other.fact) and same_subject(value.subject, other.subject, names_old_value=False)
        for other in group.values
    )


def _passes_by(fact: Fact) -> bool:
    """Whether a day is that of speaking, "today" or 昨天: nothing is planned for it by those words."""
    return fact.rule.startswith("relative") and fact.rule != "relative:weekday"


def _has_a_part(text: str, fact: Fact, facts: tuple[Fact, ...]) -> bool:
    others = [f for f in facts if f is not fact and f.kind in (FactKind.QUANTITY, FactKind.NUMBER)]
    parts = (comparable(f, fact) or (f.kind is FactKind.NUMBER and f.start > fact.start) for f in others)
    return any(parts) or _PART.search(text[fact.end :]) is not None


def _values(line: Line) -> list[Value]:
    passage = line.passage
    if passage.kind in _NEVER or passage.quoted or line.box or _TASK_LEAD.search(line.lead):
        return []
    found: list[Value] = []
    for span in split_sentences(line.text):
        if is_hedged(span.text):
            continue
        facts = facts_of(span.text, line.dated)
        kept = [
            f
            for f in facts
            if (day_of(f) is not None and not _passes_by(f) and not _is_deadline(span.text, f))
            or f.kind is FactKind.QUANTITY
        ]
        changes = any(is_old(span.text, f) for f in kept)
        if not changes:
            # Two counts of one thing in a sentence are a whole and a part; neither replaces a count elsewhere.
            kept = [f for f in kept if f.kind is not FactKind.QUANTITY or not _has_a_part(span.text, f, facts)]
        for fact in kept:
            subject = subject_of(span.text, fact, facts)
            if fact.kind is FactKind.QUANTITY:
                subject = _counted_for(span.text, fact, facts)
            if not subject.milestones:
                continue
            old = is_old(span.text, fact)
            firm = changes or _DECIDED.search(span.text) is not None or passage.kind in _FIRM_KINDS
            found.append(Value(line, span.text, fact, subject, old, firm and not old, changes and not old))
    return found
