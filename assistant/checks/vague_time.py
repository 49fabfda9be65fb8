"""The vague-time check: words like soon and 尽快 where the reader is owed a date."""

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.checks.claims import Role
from assistant.checks.client_words import repeats_client
from assistant.checks.input import CheckInput
from assistant.checks.reading import ReadSentence, read
from assistant.checks.support import is_fixed
from assistant.domain.facts import FactKind
from assistant.domain.finding import Finding, Severity

CHECK = "vague_time"
CODES = ("promise", "statement")

_VAGUE = re.compile(
    r"\b(?:(?<!too )(?<!as )(?<!how )soon(?! (?:after|as)\b)|asap|a\.s\.a\.p\.?|as soon as (?:possible|we can|i can)|"
    r"as quickly as (?:possible|we can)|shortly(?! (?:after|before)\b)|"
    r"in due (?:course|time)|in good time|before (?:too )?long|in the near future|in a (?:timely|"
    r"little) (?:manner|while)|"
    r"in (?:the )?(?:coming|next few|next couple of) (?:days|weeks|months)|(?:in|within) a (?:few|"
    r"couple of) (?:days|weeks|months)|"
    r"(?:at|by|towards?|around|before) the end of (?:the|this|next) (?:week|month|quarter|year)|"
    r"(?:by|at|around) end of (?:week|month|quarter|year)|"
    r"(?:some ?time|early|mid|late|around)[ -](?:next|this|in the) (?:week|month|quarter|year)|next week or so|"
    r"one of these days)\b"
    r"|尽快|尽早|尽速|第一时间|早日|不日|近[期日](?=内?[^，。；了已]{0,8}(?:安排|启动|完成|上线|交付|提供|开始|给|发|答复|解决|确定))|日内|不久(?!前)|过几天|这几天(?!已)|过些?时[日候]|"
    r"(?:稍后|随后|后续|回头)(?=[^，。；]{0,6}(?:给|发|提供|安排|答复|回复|通知|同步|告知))"
    r"|(?:本|这个?|下个?)(?:周|月|季度|星期)(?:左右|前后|底|末|初|中旬|上旬|下旬)|"
    r"(?<![0-9一二三四五六七八九十])(?:月底|月末|季度末|(?<!去年)(?<!去)年底)(?:前|之前)?|若干天|"
    r"(?:下周|下个?月|几天|两三天|一两天|两三周|一两周)(?:左右|前后|内|之内)?(?=[^，。；0-9]{0,6}(?:给|发|提供|"
    r"完成|安排|答复|上线|交付))",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:will|shall|going to|plan(?:s|ned)? to|to be|expect(?:s|ed)?|should|follows?|due|starts?|begins?|aim|"
    r"(?:is|are) (?:being|coming))\b|'ll\b|将|会|计划|预计|争取|安排|准备|给|完成|上线|交付|解决|修复|开始|到货|确认",
    re.IGNORECASE,
)
_SILENT = frozenset({Role.GREETING, Role.CLOSING, Role.THANKS, Role.GAP, Role.QUESTION, Role.EMPATHY, Role.FRAME})
_WISH = re.compile(r"\b(?:i|we) hope\b|\blook(?:ing)? forward\b|盼|期待|但愿", re.IGNORECASE)
_PAST = re.compile(r"\b(?:was|were|had been|did)\b|已经?|了[。！]?\Z", re.IGNORECASE)


@lru_cache(maxsize=8192)
def vague_words(text: str) -> tuple[int, int] | None:
    """Give the characters of the first words that put off a date, or None."""
    found = _VAGUE.search(text)
    return found.span() if found else None


def check(given: CheckInput) -> list[Finding]:
    """Report vague times: warn in a promise, info in what is said or asked about the time ahead.

    A sentence that also names a day owes none. The playbook's own sentences and the client's words are left alone.
    """
    reading = read(given)
    findings: list[Finding] = []
    for sentence in reading.sentences:
        if sentence.role in _SILENT or not vague_words(sentence.text):
            continue
        if is_fixed(given, sentence.text) or repeats_client(reading, sentence):
            continue
        findings.extend(_of_sentence(sentence))
    return findings


def _of_sentence(sentence: ReadSentence) -> Iterator[Finding]:
    span = vague_words(sentence.text)
    if span is None or names_a_day(sentence):
        return
    promised = sentence.role is Role.PROMISE
    if _WISH.search(sentence.text):
        return
    asked = sentence.role is Role.REQUEST
    if not promised and not asked and (not _AHEAD.search(sentence.text) or _PAST.search(sentence.text)):
        return
    code, severity = ("promise", Severity.WARN) if promised else ("statement", Severity.INFO)
    yield sentence.finding(CHECK, code, severity, {"said": sentence.text[slice(*span)]}, span=span)


def names_a_day(sentence: ReadSentence) -> bool:
    """Tell whether a sentence names a day, an hour or a time of fixed length."""
    return any(
        (f.kind is FactKind.DATE and not f.vague) or f.kind in {FactKind.TIME, FactKind.DURATION}
        for f in sentence.checked
    )
