"""The gap check: what a writer or a person left open must not go out."""

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.checks.input import CheckInput
from assistant.domain.finding import Finding, Severity
from assistant.language.normal import fold

CHECK = "gap"
CODES = ("marker", "placeholder", "untranslated", "subject", "remnant")

# `[…: what is missing]` and its looser forms; what people leave behind when they mean to come back.
_MARKER = re.compile(r"\[\s?(?:…|\.\.\.|⋯|……)[^\]\n]{0,400}\]")
_BRACKET = re.compile(r"[\[\]]")
_UNTRANSLATED = re.compile(
    r"[\[(（【][^\[\]()（）【】\n]{0,60}(?:not (?:yet )?translated|untranslated|未(?:经)?翻译|未译|"
    r"尚未译)[^\[\]()（）【】\n]{0,60}[\])）】]"
    r"|\[(?:en|zh)\]",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"(?<![\w/.-])(?:TBD|TBC|TBA|T\.B\.D\.|TODO|FIXME|XX{1,9}|xxx{1,8})(?![\w/@-])"
    r"|\?{3,}|？{3,}"
    r"|_{3,}|(?<!\w)#{3,}(?!\w)"
    r"|\{\{?[A-Za-z_][\w .]{0,40}\}?\}"
    r"|<(?:name|date|amount|insert|client|project|link|number|time|your|TBD|todo|姓名|日期|金额|客户|"
    r"时间)[^<>\n]{0,60}>"
    r"|\[(?:name|date|amount|insert|client|project|link|number|time|your|fill|placeholder|姓名|日期|"
    r"金额|客户|时间|填写|待)[^\[\]\n]{0,60}\]"
    r"|待定(?!位|义|级|制|向)|待补充?(?!偿|货|贴)|待填|待确定(?!的)|待完善[。\s]?\Z"
    r"|[Xx×某](?:月|年)[Xx×某]?(?:日|月)|[Xx]{1,2}(?:月|日)|(?<![A-Za-z])[Xx]{2,9}(?=[\u4e00-\u9fff])|〇〇〇|○○|某某"
    r"|lorem ipsum",
    re.IGNORECASE,
)


@lru_cache(maxsize=8192)
def gap_spans(text: str) -> tuple[tuple[int, int, str], ...]:
    """Find what is still open in a text: (start, end, code), in order, without overlap."""
    spans: list[tuple[int, int, str]] = []
    for code, pattern in (("marker", _MARKER), ("untranslated", _UNTRANSLATED), ("placeholder", _PLACEHOLDER)):
        for found in pattern.finditer(text):
            taken = any(start < found.end() and found.start() < end for start, end, _ in spans)
            if not taken and not (code == "placeholder" and _is_a_word(found[0])):
                spans.append((found.start(), found.end(), code))
    return tuple(sorted(spans))


def _is_a_word(mark: str) -> bool:
    """Tell a size or an abbreviation in small letters (`xx large`) from a placeholder."""
    return mark.islower() and mark in {"xx", "tba", "tbc", "tbd"}


def check(given: CheckInput) -> list[Finding]:
    """Report every gap marker, placeholder, untranslated quotation and stray bracket; each blocks."""
    draft = given.draft
    findings = [
        Finding(CHECK, "subject", Severity.BLOCK, fold(draft.subject), values={"text": draft.subject[start:end]})
        for start, end, _ in gap_spans(draft.subject)
    ]
    for place in draft.places():
        text = place.sentence.text
        findings.extend(
            Finding(
                CHECK,
                code,
                Severity.BLOCK,
                fold(text),
                place.start + start,
                place.start + end,
                place.sentence.id,
                {"text": text[start:end]},
                place.sentence.evidence,
            )
            for start, end, code in gap_spans(text)
        )
    findings.extend(_remnants(given))
    return findings


def _remnants(given: CheckInput) -> Iterator[Finding]:
    """Report square brackets without their partner: what is left of a marker that was only half taken out."""
    places = given.draft.places()
    for at in _unpaired(given.draft.body):
        place = next((p for p in places if p.start <= at < p.end), None)
        if place is not None:
            text = place.sentence.text
            values = {"text": text[max(0, at - place.start - 12) : at - place.start + 12]}
            yield Finding(CHECK, "remnant", Severity.BLOCK, fold(text), at, at + 1, place.sentence.id, values)


def _unpaired(text: str) -> list[int]:
    waiting: list[int] = []
    alone: list[int] = []
    for found in _BRACKET.finditer(text):
        if found[0] == "[":
            waiting.append(found.start())
        elif waiting:
            waiting.pop()
        else:
            alone.append(found.start())
    return sorted((*alone, *waiting))
