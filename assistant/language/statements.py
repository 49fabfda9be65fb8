"""What a sentence of a note says about the project: its roles, its tense, how sure it is, whether it is denied."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from assistant.domain.facts import FactKind
from assistant.language import cues
from assistant.language.detect import has_cjk
from assistant.language.facts import extract_facts
from assistant.language.normal import fold_lookalikes
from assistant.language.numbers import half_width

Tense = Literal["past", "present", "future", "unknown"]

_LONGEST = 4_000  # no statement is longer; what follows is not read
_LATIN = re.compile(r"[A-Za-z]{2}")
_PARTLY = re.compile(
    r"(?<![0-9.])(?:[0-9]|[1-9][0-9])(?:\.[0-9]{1,2})? ?(?:%|per ?cent)|[一二三四五六七八九]成|过半|一半|大部分"
    r"|partly|partially|half[- ]way"
)
_BEFORE_DONE = re.compile(
    r"(?:\b(?:not|never|be|being|until|before|once|when|if|after|unless|partly|partially|nearly|almost|get|gets"
    r"|getting|to|yet)|n['’]t)"
    r"(?: (?:yet|fully|all|been|still|completely|entirely|is|are|has been|have been|it is|this is"
    r"|the [a-z]{2,20} is)){0,2} \Z",
    re.IGNORECASE,
)
_BEFORE_DONE_ZH = re.compile(
    r"(?:未|没|没有|尚未|还没|还没有|不能|无法|不|将|会|预计|计划|争取|力争|希望|拟|需|需要|要|能|可|待|如果|若|前"
    r"|内|请|尽快|保证|承诺|确保)[^，。；,;]{0,10}\Z"
)
_SURELY_DONE_ZH = re.compile(r"已经?[^，。；,;]{0,10}\Z")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of a note and what it says.

    ``roles`` is drawn from ``cues.ROLES``. ``hedge`` is the first word that makes it less than certain, and is
    empty when there is none. ``done`` is True for something finished, False for something said to be unfinished,
    None when neither is said. ``confidence_words`` are the words that claim certainty, as written.
    """

    start: int
    end: int
    text: str
    roles: frozenset[str]
    tense: Tense
    hedged: bool
    hedge: str
    negated: bool
    done: bool | None
    confidence_words: tuple[str, ...]


def classify_statement(text: str, *, language: str | None = None, reference: date | None = None) -> Statement:
    """What the one sentence ``text`` says, by the cue words of both languages.

    Cues are read in the language of each word, so a Chinese sentence with English words in it needs no care;
    ``language`` settles how its dates are meant, and ``reference``, the date of the note, whether a date lies
    ahead.
    """
    plain_text = half_width(fold_lookalikes(text[:_LONGEST])).replace("’", "'")
    reader = _Reader(plain_text)
    roles = {role for role in cues.ROLES if reader.any("role", role)}
    done = _done(reader)
    if done is not True:
        roles.discard("done")
    if "problem" in roles and reader.any("no_problem") and not reader.beyond("no_problem", "problem"):
        roles.discard("problem")
        roles.add("state")
    if done is False:
        roles.add("state")
    hedge = reader.first("hedge")
    if (hedge or "need" in roles) and not reader.any("promise"):
        roles.discard("commitment")
    if hedge and "decision" in roles and "confirm" in hedge.casefold():
        roles.discard("decision")
    return Statement(
        start=0,
        end=len(text),
        text=text,
        roles=frozenset(roles),
        tense=_tense(reader, plain_text, language, reference),
        hedged=bool(hedge),
        hedge=hedge,
        negated=bool(reader.first("negation")),
        done=done,
        confidence_words=tuple(dict.fromkeys(reader.all("certain"))),
    )


class _Reader:
    """One text read against the cue tables of the scripts that it holds."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.languages = [
            name for name, is_used in (("zh", has_cjk(text)), ("en", bool(_LATIN.search(text)))) if is_used
        ]

    def spans(self, table: str, key: str = "") -> list[tuple[int, int]]:
        return sorted(
            found.span()
            for language in self.languages
            if (pattern := _pattern(language, table, key)) is not None
            for found in pattern.finditer(self.text)
        )

    def any(self, table: str, key: str = "") -> bool:
        return any(
            (pattern := _pattern(language, table, key)) is not None and pattern.search(self.text) is not None
            for language in self.languages
        )

    def first(self, table: str) -> str:
        found = self.spans(table)
        return self.text[found[0][0] : found[0][1]].strip() if found else ""

    def all(self, table: str) -> list[str]:
        return [self.text[start:end] for start, end in self.spans(table)]

    def beyond(self, table: str, role: str) -> bool:
        """Whether a cue of ``role`` stands outside every match of ``table``."""
        covered = self.spans(table)
        return any(
            not any(first <= start and end <= last for first, last in covered)
            for start, end in self.spans("role", role)
        )


_TABLES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "hedge": (cues.HEDGES_EN, cues.HEDGES_ZH),
    "negation": (cues.NEGATIONS_EN, cues.NEGATIONS_ZH),
    "certain": (cues.CERTAIN_EN, cues.CERTAIN_ZH),
    "promise": (cues.PROMISES_EN, cues.PROMISES_ZH),
    "past": (cues.PAST_EN, cues.PAST_ZH),
    "present": (cues.PRESENT_EN, cues.PRESENT_ZH),
    "future": (cues.FUTURE_EN, cues.FUTURE_ZH),
    "unfinished": (cues.UNFINISHED_EN, cues.UNFINISHED_ZH),
    "no_problem": (cues.NO_PROBLEM_EN, cues.NO_PROBLEM_ZH),
}


@cache
def _pattern(language: str, table: str, key: str) -> re.Pattern[str] | None:
    """The cues of one table as one pattern, compiled when first asked for."""
    words: Iterable[str]
    if table == "role":
        words = (cues.CHINESE if language == "zh" else cues.ENGLISH)[key]
    else:
        words = _TABLES[table][1 if language == "zh" else 0]
    joined = "|".join(f"(?:{word})" for word in words)
    if not joined:
        return None
    if language == "zh":
        return re.compile(joined)
    return re.compile(rf"(?<![A-Za-z'-])(?:{joined})(?![A-Za-z]|-[a-z])", re.IGNORECASE)


def _done(reader: _Reader) -> bool | None:
    """Whether something is said to be finished: True only for a completion that nothing before it takes back."""
    finished = reader.spans("role", "done")
    for start, end in finished:
        before = reader.text[max(0, start - 40) : start]
        following = reader.text[end : end + 12]
        if reader.text[start:end].isascii():
            taken_back = _BEFORE_DONE.search(before) is not None
        else:
            sure = reader.text[start] == "已" or _SURELY_DONE_ZH.search(before) is not None
            taken_back = not sure and _BEFORE_DONE_ZH.search(before[-14:]) is not None
        if not taken_back and not _PARTLY.search(before[-12:] + " " + following) and "%" not in reader.text[start:end]:
            return True
    if finished or reader.any("unfinished"):
        return False
    return None


def _tense(reader: _Reader, text: str, language: str | None, reference: date | None) -> Tense:
    if reader.any("future"):
        return "future"
    if reader.any("past"):
        return "past"
    if reference is not None:
        here = reference.isoformat()
        days = [
            fact.value
            for fact in extract_facts(text, reference=reference, language=language)
            if fact.kind is FactKind.DATE and len(fact.value) == len(here) and fact.value[:1].isdigit()
        ]
        if any(value > here for value in days):
            return "future"
        if days and all(value < here for value in days) and not reader.any("present"):
            return "past"
    return "present" if reader.any("present") else "unknown"
