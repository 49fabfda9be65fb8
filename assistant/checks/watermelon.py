"""The watermelon check: a rosy message while the notes tell of trouble that it leaves out."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from assistant.checks.claims import Role
from assistant.checks.client_words import repeats_client
from assistant.checks.hidden_orders import find_orders
from assistant.checks.input import CheckInput
from assistant.checks.reading import Reading, ReadSentence, Sources, read
from assistant.checks.statements import Statement, statements
from assistant.domain.facts import FactKind
from assistant.domain.finding import Finding, Severity
from assistant.domain.note import NoteKind

CHECK = "watermelon"
CODES = ("slip", "blocked", "rework", "risk", "internal")

_WINDOW = timedelta(days=14)
_MOST = 3
_ROSY = re.compile(
    r"\b(?:on (?:track|course|schedule|time|plan)|as planned|according to plan|ahead of (?:schedule|plan)|"
    r"going (?:very )?(?:well|smoothly)|(?:all|everything) is (?:well|fine|green|in order)|all green|"
    r"no (?:problems|issues|risks|blockers|delays)|good progress|great progress|in good shape|running smoothly|"
    r"status:? green)\b"
    r"|按(?:原)?计划|如期|进展顺利|一切(?:正常|顺利)|推进顺利|顺利(?:推进|进行|开展)|没有(?:问题|风险|延误)|"
    r"无(?:重大)?(?:问题|风险)|进展良好|状态良好|可控",
    re.IGNORECASE,
)
_NOT_ROSY = re.compile(
    r"(?:\b(?:not|no longer|never|if|was|were|back)\b|n['’]t\b)[^,.;]{0,20}\Z|(?:不|未|没有?|不再|无法|难以|"
    r"如果|若|能否|是否|原本?)[\u4e00-\u9fff]{0,4}\Z",
    re.IGNORECASE,
)
_SIGNALS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "slip",
        re.compile(
            r"\b(?:slip(?:s|ped|ping)?|postponed|behind (?:schedule|plan)|overdue|is late|are late|days? late|"
            r"weeks? late|delayed|"
            r"moves? (?:from|to|back)|moved (?:from|to|back)|pushed (?:back|out)|missed (?:the|our) (?:date|"
            r"deadline)|still not (?:with|sent|ready|done|there))\b"
            r"|推迟|延期|延后|顺延|滞后|落后于?计划|逾期|来不及|已经晚|晚了|拖(?:到|过|了)|"
            r"由[^，。]{1,14}(?:调整|改)(?:为|到|成)|(?:改为|改到|改成)[0-9一二三四五六七八九十]{1,3}月",
            re.IGNORECASE,
        ),
    ),
    (
        "blocked",
        re.compile(
            r"\b(?:blocked|blocker|stuck|still waiting|waits? for|waiting for|on hold|at a standstill|"
            r"nothing in writing|"
            r"cannot (?:start|continue|proceed)|can't (?:start|continue|proceed))\b"
            r"|阻塞|卡住|卡在|停滞|暂停|(?:还|仍)在等|等待[^，。]{0,10}(?:答复|确认|回复)|迟迟|无法(?:开始|继续|"
            r"进行)",
            re.IGNORECASE,
        ),
    ),
    (
        "rework",
        re.compile(
            r"\b(?:re-?work|re-?mapp(?:ed|ing)|re-?run|re-?done|re-?doing|start over|from scratch|needs? (?:re-|"
            r"redoing)|"
            r"(?:severity|sev) ?1|critical (?:bugs?|defects?)|[1-9][0-9]{0,3} failed|come out wrong)\b"
            r"|返工|重做|重来|重新(?:联调|测试|开发|做)|推倒|严重(?:缺陷|问题|[ ]?[0-9])|不通过 ?[0-9]|未通过 ?[0-9]",
            re.IGNORECASE,
        ),
    ),
    (
        "risk",
        re.compile(
            r"\b(?:risks?|high impact|too weak|understaffed|short of (?:people|staff)|at risk|may not be ready)\b"
            r"|风险|人手(?:紧|不足)|可能(?:拖|晚|赶不上|来不及|凑不齐)|到不了",
            re.IGNORECASE,
        ),
    ),
)
_CALM = re.compile(
    r"\b(?:no|(?<!still )not|without|closed|resolved|fixed|done|ok|rejected|dropped|off)\b|~~|\[x\]|无|没有|"
    r"已(?:关闭|解决|"
    r"修复|完成|恢复)|不做|按时",
    re.IGNORECASE,
)
_REGISTER = re.compile(r"(?<![a-z])risks?(?![a-z])|风险", re.IGNORECASE)
_STRONG = frozenset({"slip", "blocked"})
_TROUBLE_KINDS = frozenset(
    {NoteKind.MINUTES, NoteKind.LOG, NoteKind.DECISION, NoteKind.OTHER, NoteKind.PLAN, NoteKind.SENT}
)


@dataclass(frozen=True, slots=True)
class Signal:
    """A statement of a note that tells of trouble, and of which sort."""

    sort: str
    statement: Statement


def check(given: CheckInput) -> list[Finding]:
    """Report up to three troubles of the last two weeks that a rosy message leaves out.

    Only a message with rosy words is looked at. Client-visible slips and blocks warn, rework and risks inform.
    Internal trouble is one info that names its day and nothing else.
    """
    reading = read(given)
    rosy = next((found for s in reading.sentences if (found := _rosy(reading, s)) is not None), None)
    if rosy is None:
        return []
    findings = list(_open_signals(reading, *rosy))
    findings.extend(_internal_signals(reading, *rosy))
    return findings[:_MOST]


def _rosy(reading: Reading, sentence: ReadSentence) -> tuple[ReadSentence, tuple[int, int]] | None:
    if sentence.role not in {Role.CLAIM, Role.FRAME, Role.PROMISE}:
        return None
    found = _ROSY.search(sentence.text)
    if found is None or _NOT_ROSY.search(sentence.text[: found.start()]) or repeats_client(reading, sentence):
        return None
    return sentence, found.span()


def _open_signals(reading: Reading, rosy: ReadSentence, span: tuple[int, int]) -> Iterator[Finding]:
    left: dict[str, Signal] = {}
    for signal in _signals(Sources(reading.given.sources), reading.given.draft.as_of):
        if signal.sort not in left and not _told(reading, signal.statement):
            left[signal.sort] = signal
    for sort, _ in _SIGNALS:
        if sort in left:
            statement = left[sort].statement
            values = {
                "said": rosy.text[slice(*span)],
                "source": _shortened(statement.text),
                "where": statement.where,
            }
            severity = Severity.WARN if sort in _STRONG else Severity.INFO
            yield rosy.finding(CHECK, sort, severity, values, span=span)


def _internal_signals(reading: Reading, rosy: ReadSentence, span: tuple[int, int]) -> Iterator[Finding]:
    held_back = tuple(s for s in reading.given.internal if s.passage.id not in reading.given.released)
    found = _signals(Sources(held_back), reading.given.draft.as_of)
    if found:
        day = max((s.statement.dated for s in found if s.statement.dated), default=None)
        values = {"said": rosy.text[slice(*span)], "date": day.isoformat() if day else "-"}
        yield rosy.finding(CHECK, "internal", Severity.INFO, values, span=span)


@lru_cache(maxsize=8)
def _signals(sources: Sources, as_of: date) -> tuple[Signal, ...]:
    """Give the troubles of the window, the weightiest first."""
    found: list[Signal] = []
    for source in sources.all:
        passage = source.passage
        if passage.quoted or passage.kind not in _TROUBLE_KINDS or find_orders(passage.text):
            continue
        # What a register of risks says of delays and failures has not happened.
        register = _REGISTER.search(f"{passage.path} {' '.join(passage.headings)}") is not None
        for statement in statements(source):
            day = statement.dated
            if day is None or not as_of - _WINDOW <= day <= as_of or not statement.words:
                continue
            sort = "" if _is_title(statement) else signal_sort(statement.text)
            if sort:
                found.append(Signal("risk" if register else sort, statement))
    return tuple(sorted(found, key=_weight, reverse=True))


def _weight(signal: Signal) -> tuple[bool, date, str, int]:
    """Decisions and minutes weigh more than a day's log, then what is newer."""
    statement = signal.statement
    firm = statement.passage.kind in {NoteKind.DECISION, NoteKind.MINUTES, NoteKind.SENT}
    return firm, statement.dated or date.min, statement.passage.path, -statement.start


def _is_title(statement: Statement) -> bool:
    """Tell whether a statement is a heading, of a section or of a table: it names what follows and tells nothing."""
    if "|" in statement.text and not statement.facts:
        return True
    text = statement.passage.text
    line = text[text.rfind("\n", 0, statement.start) + 1 : statement.start]
    return line.lstrip().startswith("#")


@lru_cache(maxsize=20_000)
def signal_sort(text: str) -> str:
    """Tell of which trouble a sentence of a note speaks; empty for none, or for one that is over."""
    if len(text) > 2_000 or _CALM.search(text):
        return ""
    return next((sort for sort, pattern in _SIGNALS if pattern.search(text)), "")


def _told(reading: Reading, statement: Statement) -> bool:
    """Tell whether a sentence of the draft speaks of the same thing."""
    own = {f.value.casefold() for f in statement.facts if f.kind is FactKind.IDENTIFIER}
    for sentence in reading.sentences:
        if sentence.role in {Role.GREETING, Role.CLOSING}:
            continue
        shared = len(sentence.words & statement.words)
        if own & {f.value.casefold() for f in sentence.facts if f.kind is FactKind.IDENTIFIER}:
            return True
        if shared >= 2 and shared >= 0.34 * min(len(statement.words), len(sentence.words)) and not _is_rosy(sentence):
            return True
        if statement.passage.id in _cited_ids(reading, sentence) and shared >= 2:
            return True
    return False


def _is_rosy(sentence: ReadSentence) -> bool:
    return _ROSY.search(sentence.text) is not None


def _cited_ids(reading: Reading, sentence: ReadSentence) -> Sequence[str]:
    return [s.passage.id for s in reading.cited(sentence)]


def _shortened(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 120 else words[:119] + "…"
