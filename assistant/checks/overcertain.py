"""The overcertain check: words that are surer, or count more, than the notes do."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.checks.claims import Role
from assistant.checks.client_words import repeats_client
from assistant.checks.input import CheckInput
from assistant.checks.matching import as_decimal
from assistant.checks.reading import Reading, ReadSentence, read, remembered
from assistant.checks.statements import Statement, statements
from assistant.checks.support import is_fixed
from assistant.checks.words import subject_words
from assistant.domain.facts import FactKind
from assistant.domain.finding import Finding, Severity

CHECK = "overcertain"
CODES = ("certainty", "part_only", "condition_dropped")

_READ = frozenset({Role.CLAIM, Role.PROMISE, Role.APOLOGY})


def _any(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{part})" for part in parts), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Surety:
    """Words of one kind of certainty, and the words by which a source carries it."""

    said: re.Pattern[str]
    carried: re.Pattern[str]


_SURETIES = (
    _Surety(
        _any(
            r"\b(?:guarantee[ds]?|without fail|rest assured|in any case|come what may|"
            r"whatever happens|no matter what|"
            r"(?:never|(?:will|shall) not|won['’]t) (?:\w{2,8} )?"
            r"(?:happen|occur|arise|be repeated)s?(?: to you)? again)\b",
            r"无论如何|不管怎样|务必会|确保万|(?<!质量)(?<!网络)保证(?!金|书)|绝无|万无一失|绝不会",
            r"不会再(?:次)?(?:发生|出现)|不再(?:发生|出现)(?!.{0,4}[，,])|杜绝(?:此类|类似|这类)",
        ),
        _any(
            r"\bguarantee[ds]?\b|\bwithout fail\b|\bcommit(?:s|ted)? to\b|\bagain\b",
            r"保证|承诺|绝不|万无一失|再次?(?:发生|出现)",
        ),
    ),
    _Surety(
        _any(
            r"\b(?:definite(?:ly)?|absolutely|without (?:a |any )?doubt|no doubt|undoubtedly|beyond doubt|"
            r"certainly|for certain|for sure)\b",
            r"绝对|毫无疑问|无疑|肯定(?=会|能|可以|是|没)|百分之百|"
            r"(?:一定|必定)(?:会|能|可以)(?!尽|努力|认真|全力|继续|跟进|及时|配合)|必将",
        ),
        _any(
            r"\b(?:definite|definitely|absolutely|certain(?:ly)?|sure|firm(?:ly)?|confirm(?:s|ed)|agreed|decided|"
            r"in writing|doubt)\b",
            r"绝对|肯定|确认|确定|决定|书面|无疑|百分之百|一定|必定|必将|保证|承诺",
        ),
    ),
    _Surety(
        _any(
            r"\b(?:(?:is|are|was|were|remains?) (?:not|un)[ -]?affected|unaffected|not affect|(?:has|have|had|"
            r"with) no (?:effect|impact)|"
            r"no (?:effect|impact) on|none of (?:the|your|our)|nothing (?:to do with|was lost|is lost)|"
            r"unrelated to)\b",
            r"不受(?:任何)?影响|(?:不会?|没有|无)影响|与[^，。；]{1,16}无关|没有任何",
        ),
        _any(
            r"\b(?:affect\w{0,3}|effect|impact|unaffected|none|nothing|untouched|unrelated|not touch|no (?:data|"
            r"record|order)\w{0,2})\b",
            r"影响|无关|没有任何|不动|不涉及",
        ),
    ),
    _Surety(
        _any(
            r"\b(?:the|its|our) (?:root |only |sole |real |true )?cause (?:is|was|has been)\b|"
            r"\broot cause\b(?! (?:analysis|is (?:not|still)|unknown))",
            r"根本原因|根因(?!分析)|唯一(?:的)?原因|真正(?:的)?原因",
        ),
        _any(
            r"\b(?:cause[ds]?|because|due to|owing to|result of|triggered by|traced)\b",
            r"原因|因为|由于|导致|造成|引起|根因",
        ),
    ),
    _Surety(
        _any(
            r"\b(?:completely|entirely|totally|100 ?%|fully) (?!aware|understand|agree|committed|recogni|"
            r"appreciate|support)\w",
            r"完全(?!理解|同意|明白|认同|支持)|彻底|全部(?=\w{0,8}(?:完成|解决|修复|通过|正常|到|上线|联调|迁移|"
            r"就绪|关闭))|全面(?=完成|解决|修复|通过)|百分百",
        ),
        _any(
            r"\b(?:complete(?:ly|d)?|entire(?:ly)?|total(?:ly)?|100 ?%|full(?:y)?|all|every|each|whole|both|"
            r"no (?:errors?|failures?|open))\b",
            r"完全|彻底|全部|全面|所有|均|都|全数|百分百|100 ?%|无一",
        ),
    ),
)
_DENIED = re.compile(
    r"(?:\b(?:not|never|cannot|hardly|no)\b|n['’]t\b)[^,.;]{0,16}\Z|(?:不|未|没有?|无法|不能|并非|尚未|是否|"
    r"不敢)[\u4e00-\u9fff]{0,3}\Z",
    re.IGNORECASE,
)
_OPEN = re.compile(r"\b(?:if|whether|once|until|unless|as soon as|when)\b|如果|是否|若|一旦|直到|待", re.IGNORECASE)

_CONDITION = re.compile(
    r"\b(?:if|provided|unless|subject to|assuming|depends? on|depending on|as long as|once|hop(?:e|es|ing)|hopefully|"
    r"maybe|might|could|tentative(?:ly)?|possibly|perhaps|probably|at the earliest|not (?:yet )?confirmed|unconfirmed|"
    r"aim(?:s|ing)?|target(?:s|ed)?|estimate[sd]?|guess\w{0,3})\b|"
    r"如果|若|只要|取决于|视[^，。；]{0,10}而定|前提|争取|希望|可能|也许|大概|估计|最快|暂定|未确认|待确认|力争|不排除|说不定",
    re.IGNORECASE,
)
_SOFT = re.compile(
    _CONDITION.pattern
    + r"|\b(?:plan(?:s|ned)?|expect(?:s|ed)?|scheduled|intend(?:s|ed)?|should|would|may(?! [0-9])|propos\w{1,3}|when|"
    r"until|await\w{0,3}|pending|goal)\b|计划|预计|拟|打算|目标|待|等|应该|建议|提议|方可|才能",
    re.IGNORECASE,
)
_FIRM = re.compile(
    r"\b(?:will|shall|is|are|goes|go|has been|have been|gets?|receives?|starts?|finish(?:es)?|"
    r"deliver(?:s|ed)?|we['’]ll|"
    r"you['’]ll|it['’]ll|takes place|send|ships?|confirmed|fixed)\b|将|会|定于|定在|确定|已定|一定|"
    r"上线|交付|完成|发布|开始|到货|进行",
    re.IGNORECASE,
)
_LIMIT = re.compile(r"[;；。\n]")
_WHOLE = re.compile(
    r"\b(?:all|every|each(?: and every)? one of)\b|所有|全部|(?<![\u4e00-\u9fff])全数|每(?:个|一个|条|台)|[均都]已",
    re.IGNORECASE,
)
_PART = re.compile(
    r"(?<![0-9.,])([0-9][0-9,]{0,9})\s?(?:[a-z]{2,12} )?(?:of|out of)\s(?:the |our |all )?([0-9][0-9,]{0,9})(?![0-9])"
    r"|(?<![0-9./])([0-9]{1,6})\s?/\s?([0-9]{1,6})(?![0-9./])",
    re.IGNORECASE,
)
_PART_ZH = re.compile(
    r"(?<![0-9.,])([0-9][0-9,]{0,9})\s?[条个台项家名份]?[\u4e00-\u9fff]{0,6}?(?:中|里|，|：|:|,)[^0-9。；\n]{0,8}?"
    r"(?:完成|通过|执行|修复|到货|装完|跑完|迁移|确认)(?:了|的)?(?:为|有)?\s?([0-9][0-9,]{0,9})"
)


def check(given: CheckInput) -> list[Finding]:
    """Report certainty and firm days that no cited source carries, and "all" where one counts a part; all warn.

    A claim that cites nothing is the support check's matter; a promise that cites nothing is read against every
    client-visible note that speaks of the same thing.
    """
    reading = read(given)
    return [f for sentence in reading.sentences for f in remembered(reading, CHECK, sentence, _in_sentence)]


def _in_sentence(reading: Reading, sentence: ReadSentence) -> Iterator[Finding]:
    if sentence.role not in _READ or is_fixed(reading.given, sentence.text) or repeats_client(reading, sentence):
        return
    dropped = next(_condition_dropped(reading, sentence), None)
    if dropped is not None:
        yield dropped
        return
    said = _sure_words(sentence.text)
    if said or _WHOLE.search(sentence.text):
        part = next(_part_only(reading, sentence), None)
        yield from [part] if part else _certainty(reading, sentence, said)


def _condition_dropped(reading: Reading, sentence: ReadSentence) -> Iterator[Finding]:
    """Find a day to come that is said firmly where every cited source hangs it on a condition or only hopes for it."""
    if _SOFT.search(sentence.text) or not _FIRM.search(sentence.text):
        return
    held = [s for source in reading.cited(sentence) for s in statements(source)]
    for fact in sentence.checked:
        if fact.kind is not FactKind.DATE or fact.vague:
            continue
        carrying = [s for s in held if any(f.kind is FactKind.DATE and _same_day(f.value, fact.value) for f in s.facts)]
        carrying = [s for s in carrying if len(sentence.words & s.words) >= 1]
        if carrying and all(_CONDITION.search(_near(s, fact.value)) for s in carrying):
            soft = _CONDITION.search(_near(carrying[0], fact.value))
            values = {"said": fact.text, "source": soft[0] if soft else "", "where": carrying[0].where}
            yield sentence.finding(CHECK, "condition_dropped", Severity.WARN, values, span=(fact.start, fact.end))
            return


def _near(statement: Statement, day: str) -> str:
    """Give the clause of a statement in which a day stands; a condition reaches over commas, not over a semicolon."""
    fact = next(f for f in statement.facts if f.kind is FactKind.DATE and _same_day(f.value, day))
    at = fact.start - statement.start
    begin = max((m.end() for m in _LIMIT.finditer(statement.text) if m.end() <= at), default=0)
    end = next((m.start() for m in _LIMIT.finditer(statement.text) if m.start() >= at), len(statement.text))
    return statement.text[begin:end]


def _same_day(one: str, other: str) -> bool:
    return one == other or (len(one) > 5 and one[-6:] == other[-6:] and "-" in (one[0], other[0]))


@lru_cache(maxsize=8192)
def _sure_words(text: str) -> tuple[tuple[int, int, int], ...]:
    """Give the kind and the characters of the first word of each certainty that a text claims."""
    if _OPEN.search(text):
        return ()
    found: list[tuple[int, int, int]] = []
    for kind, surety in enumerate(_SURETIES):
        for match in surety.said.finditer(text):
            if not _DENIED.search(text[max(0, match.start() - 30) : match.start()]):
                found.append((kind, match.start(), match.end()))
                break
    return tuple(found)


def _certainty(reading: Reading, sentence: ReadSentence, said: Sequence[tuple[int, int, int]]) -> Iterator[Finding]:
    texts = [s.passage.text for s in reading.cited(sentence)]
    if not texts and sentence.role is not Role.PROMISE:
        return
    if not texts:
        near = (s for s in reading.given.sources if len(sentence.words & _words(s.passage.text)) >= 2)
        texts = [s.passage.text for s in near]
    for kind, start, end in said:
        if not any(_SURETIES[kind].carried.search(text) for text in texts):
            yield sentence.finding(
                CHECK, "certainty", Severity.WARN, {"said": sentence.text[start:end].strip()}, span=(start, end)
            )
            return


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    return subject_words(text)


def _part_only(reading: Reading, sentence: ReadSentence) -> Iterator[Finding]:
    """Find "all 74 scripts" where a cited source says 61 of 74, about the same thing."""
    whole = _WHOLE.search(sentence.text)
    if whole is None or _DENIED.search(sentence.text[max(0, whole.start() - 30) : whole.start()]):
        return
    if _parts(sentence.text):
        return
    counts = {f.amount for f in sentence.checked if f.kind in {FactKind.NUMBER, FactKind.QUANTITY}}
    for source in reading.cited(sentence):
        for statement in statements(source):
            for words, of in _parts(statement.text):
                if _same_things(sentence, statement, of, counts):
                    values = {"said": whole[0], "source": words, "where": statement.where}
                    yield sentence.finding(CHECK, "part_only", Severity.WARN, values, span=whole.span())
                    return


def _same_things(sentence: ReadSentence, statement: Statement, of: str, counts: set[str]) -> bool:
    shared = len(sentence.words & statement.words)
    if of in counts:
        return shared >= 1
    return not counts and shared >= 2 and shared >= 0.5 * len(sentence.words)


@lru_cache(maxsize=8192)
def _parts(text: str) -> tuple[tuple[str, str], ...]:
    """Give "61 of 74" as written, with its whole, where the part is smaller."""
    found: list[tuple[str, str]] = []
    for pattern in (_PART, _PART_ZH):
        for match in pattern.finditer(text):
            numbers = [g.replace(",", "") for g in match.groups() if g]
            one, other = as_decimal(numbers[0]), as_decimal(numbers[1])
            if one is None or other is None or one == other:
                continue
            if (one < other) is (pattern is _PART):
                found.append((match[0], numbers[0] if one > other else numbers[1]))
    return tuple(found)
