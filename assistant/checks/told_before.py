"""The told-before check: what differs from what this client was already told, without saying so."""

import re
from collections.abc import Iterator
from datetime import date

from assistant.checks.claims import Role
from assistant.checks.client_words import repeats_client
from assistant.checks.input import CheckInput
from assistant.checks.matching import carries, span_of
from assistant.checks.reading import Reading, ReadSentence, read
from assistant.checks.statements import Statement, is_old, statements
from assistant.checks.subjects import Ledger, Rival
from assistant.checks.told import told_ledger, told_sources
from assistant.checks.words import subject_words
from assistant.domain.facts import Fact, FactKind
from assistant.domain.finding import Finding, Severity

CHECK = "told_before"
CODES = ("date", "amount", "number", "scope", "owner")

_CODE_OF = {
    FactKind.DATE: "date",
    FactKind.MONEY: "amount",
    FactKind.DURATION: "number",
    FactKind.QUANTITY: "number",
}
_SILENT = frozenset({Role.GREETING, Role.CLOSING, Role.THANKS, Role.GAP, Role.QUESTION, Role.PROPOSAL, Role.FRAME})
# Counts of work grow from one message to the next: that contradicts nothing.
_PROGRESS = re.compile(
    r"\b(?:so far|already|done|run|ran|passed|failed|finished|completed?|fixed|closed|open|left|remaining|tested|"
    r"waiting|now right|as of|migrated|imported|installed|arrived)\b|已|完成|通过|失败|跑完|剩|还有|截至|到货|"
    r"修复|差异",
    re.IGNORECASE,
)
# Of these there is always a next one.
_RECURS = re.compile(
    r"\b(?:next|another|following|further|call|meeting|steering|update|report|invoice|sprint|release|demo|workshop|"
    r"review)\b|下一?(?:次|个|轮|批)|例会|周会|会议|周报|月报|评审|汇报|沟通",
    re.IGNORECASE,
)
_CHANGE_SAID = re.compile(
    r"\b(?:previously|instead of|rather than|originally|moved|moves|changed|no longer|earlier (?:date|plan|mail)|"
    r"(?:i|we) (?:told|wrote|said|promised|gave you)|replaces|was planned)\b|"
    r"调整|改为|改到|改成|推迟|延期|顺延|提前|原定|原计划|此前|之前(?:告知|说|定|答应)|不再|变更",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    r"\b(?:in(?:side)? (?:the )?scope|(?:is|are) (?:included|covered|part of)|includes?|covers?)\b"
    r"|范围(?:内|包括)|(?<!不)包含|(?<!不)包括|含在",
    re.IGNORECASE,
)
_OUTSIDE = re.compile(
    r"\b(?:out(?:side)? of (?:the )?scope|outside (?:the )?scope|not (?:included|covered|part of|in scope)|"
    r"excludes?|excluded)\b|不含|不包含|不包括|范围外|不在[^，。；]{0,6}范围",
    re.IGNORECASE,
)
_IN_CHARGE = re.compile(
    r"\b(?:(?:is|are|will be) (?:responsible|in charge)|your contact|leads?|will lead|owns?|owner|looks? after|"
    r"takes? care of)\b|负责|牵头|对接人|联系人",
    re.IGNORECASE,
)


def check(given: CheckInput) -> list[Finding]:
    """Report dates still to come, amounts, numbers, scope and owners that differ from what the client was told.

    All warn. A draft that names the former value, or that goes back to a value told earlier, is not reported here:
    the first says what changed, the second is a matter of superseded notes.
    """
    reading = read(given)
    told = told_ledger(given)
    findings: list[Finding] = []
    for sentence in reading.sentences:
        if sentence.role in _SILENT or repeats_client(reading, sentence):
            continue
        for fact in sentence.checked:
            if fact.kind in _CODE_OF and not is_old(sentence.text, fact):
                findings.extend(_of_fact(reading, told, sentence, fact))
        if not _CHANGE_SAID.search(sentence.text):
            findings.extend(_of_scope(given, sentence))
            findings.extend(_of_owner(given, sentence))
    return findings


def _of_fact(reading: Reading, told: Ledger, sentence: ReadSentence, fact: Fact) -> Iterator[Finding]:
    if not _can_differ(reading, sentence, fact):
        return
    rivals = told.rivals(sentence.text, fact, sentence.facts)
    against = [r for r in rivals if not r.agrees and not r.statement.hedged and not r.statement.reported]
    if not against or any(r.agrees for r in rivals):
        return
    last = max(against, key=lambda r: (r.statement.dated or date.min, r.statement.passage.path, -r.statement.start))
    if fact.kind is FactKind.DATE and _RECURS.search(sentence.text) and _is_over(last.fact, reading.given.draft.as_of):
        return
    counted = fact.kind is FactKind.QUANTITY and _PROGRESS.search(last.statement.text) is not None
    if counted or _says_so(reading, last):
        return
    span = (fact.start, fact.end)
    yield _report(sentence, _CODE_OF[fact.kind], fact.text, last.fact.text.rstrip(" .,;，。；"), last.statement, span)


def _can_differ(reading: Reading, sentence: ReadSentence, fact: Fact) -> bool:
    """A day that is over is history, and a count of work done grows: neither breaks what was told."""
    if fact.kind is FactKind.DATE:
        as_of = reading.given.draft.as_of
        span = span_of(fact.value, as_of.year)
        return span is not None and span[1] > as_of
    return fact.kind is FactKind.MONEY or _PROGRESS.search(sentence.text) is None


def _is_over(fact: Fact, as_of: date) -> bool:
    span = span_of(fact.value, as_of.year)
    return span is None or span[1] < as_of


def _says_so(reading: Reading, last: Rival) -> bool:
    """Tell whether the draft names the told value anywhere about the same thing."""
    words = last.statement.words
    return any(bool(words & s.words) and any(carries(last.fact, f, s.text) for f in s.facts) for s in reading.sentences)


def _of_scope(given: CheckInput, sentence: ReadSentence) -> Iterator[Finding]:
    """An item that was told to be out of scope and now counts as in, or the other way round."""
    side = _scope_side(sentence.text)
    if side is None:
        return
    for statement in _told_statements(given):
        other = _scope_side(statement.text)
        if other is None or other is side:
            continue
        item = _item_words(sentence.text)
        if item and len(item & _item_words(statement.text)) >= max(2, 0.5 * len(item)):
            said = " ".join(sentence.text.split())
            yield _report(sentence, "scope", said, _shortened(statement.text), statement, (0, len(sentence.text)))
            return


def _scope_side(text: str) -> bool | None:
    if _OUTSIDE.search(text):
        return False
    return True if _INSIDE.search(text) else None


def _item_words(text: str) -> frozenset[str]:
    return subject_words(_INSIDE.sub(" ", _OUTSIDE.sub(" ", text)))


def _of_owner(given: CheckInput, sentence: ReadSentence) -> Iterator[Finding]:
    """A task that the client was told somebody else takes care of."""
    names = [f for f in sentence.checked if f.kind is FactKind.NAME]
    if not names or not _IN_CHARGE.search(sentence.text):
        return
    for statement in _told_statements(given):
        others = [f for f in statement.facts if f.kind is FactKind.NAME]
        if not others or not _IN_CHARGE.search(statement.text):
            continue
        if any(carries(o, n) or carries(n, o) for o in others for n in names):
            continue
        task = _task_words(sentence.text, names)
        shared = len(task & _task_words(statement.text, others, statement.start))
        if shared >= 2 and shared >= 0.6 * len(task):
            span = (names[0].start, names[0].end)
            yield _report(sentence, "owner", names[0].text, others[0].text, statement, span)
            return


def _task_words(text: str, names: list[Fact], offset: int = 0) -> frozenset[str]:
    bare = text
    for name in names:
        start, end = name.start - offset, name.end - offset
        bare = bare[:start] + " " * (end - start) + bare[end:]
    return subject_words(_IN_CHARGE.sub(" ", bare))


def _told_statements(given: CheckInput) -> Iterator[Statement]:
    """Go through what the client was told, the newest first."""
    newest = sorted(told_sources(given), key=lambda s: s.passage.dated or date.min, reverse=True)
    for source in newest:
        yield from (s for s in statements(source) if not s.reported)


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 120 else words[:119] + "…"


def _report(
    sentence: ReadSentence, code: str, said: str, told: str, statement: Statement, span: tuple[int, int]
) -> Finding:
    values = {"said": _shortened(said), "source": told, "where": statement.where}
    return sentence.finding(CHECK, code, Severity.WARN, values, span=span)
