"""Promises made to the client in writing whose day has come: owned in the client's message, never passed over."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.checks.input import Source
from assistant.checks.told import Promise, promises
from assistant.checks.words import subject_words
from assistant.domain.draft import Evidence
from assistant.domain.note import NoteKind
from assistant.domain.project import Language
from assistant.language.sentences import split_sentences
from assistant.language.statements import classify_statement
from assistant.writing.dating import days_in, facts_of, spoken
from assistant.writing.lines import Line
from assistant.writing.markers import gap_marker

_SENT_OFF = re.compile(r"\b(?:sent|went out|delivered|handed over)\b|已发|发出了?|已给|已提交|已交", re.IGNORECASE)
_NOT_YET = re.compile(r"\b(?:not|still|never|must)\b|n['’]t\b|未|没|还|仍|必须|初稿|草稿", re.IGNORECASE)
_SAME = 0.5
_OUTSIDE = frozenset({NoteKind.SENT, NoteKind.RECEIVED, NoteKind.CHAT})


@dataclass(frozen=True, slots=True)
class Owed:
    """A promise that is due and of which no note says that it was kept, said for the client with what is missing."""

    text: str
    labels: tuple[int, ...]
    words: frozenset[str]
    due: date | None = None

    def tells(self, raw: str, due: date | None) -> bool:
        """Whether a sentence of the notes is the same promise, by its words and its day."""
        words = subject_words(raw)
        shared = len(words & self.words)
        return due == self.due and shared >= 2 and shared >= _SAME * min(len(words), len(self.words))


def owed(evidence: Sequence[Evidence], lines: Sequence[Line], language: Language, as_of: date) -> list[Owed]:
    """Give the promises of sent messages due by the as-of date, newest first, with the day that newer notes name.

    Whether it was sent, and the day it will be, are for a person to say: both stand in a gap.
    """
    found: list[Owed] = []
    for item in sorted(evidence, key=lambda e: e.passage.dated or date.min, reverse=True):
        passage = item.passage
        for promise in promises(Source(passage, facts_of(passage.text, passage.dated))):
            if promise.due <= as_of and not any(_keeps(text, line, promise) for text, line in _sentences(lines)):
                later = _newest_day(promise, lines, as_of)
                labels = {item.n, *((later[1].evidence.n,) if later else ())}
                text, words = _said(promise, later, language, as_of), promise.words | {promise.head}
                found.append(Owed(text, tuple(sorted(labels)), words, promise.due))
    return found


def _said(promise: Promise, later: tuple[date, Line] | None, language: Language, as_of: date) -> str:
    made = spoken(promise.made, language, as_of)
    words = " ".join(promise.statement.text.split()).rstrip(" .。")
    named = ""
    if later and later[1].dated:
        noted = spoken(later[1].dated, language, as_of)
        day = spoken(later[0], language, as_of, weekday=language == "en")
        named = f"；{noted}的记录写到{day}" if language == "zh" else f"; notes of {noted} name {day}"
    if language == "zh":
        return f"{made}我们写给您的是：「{words}」。目前的情况：{gap_marker('是否已经发出，或者何时发出' + named)}。"
    gap = gap_marker(f"whether it was sent, or when it will be{named}")
    return f"On {made} we wrote to you: “{words}.” How it stands: {gap}."


def _sentences(lines: Sequence[Line]) -> Iterator[tuple[str, Line]]:
    for line in lines:
        for span in split_sentences(line.text):
            yield span.text, line


def _keeps(text: str, line: Line, promise: Promise) -> bool:
    """Whether a sentence says, on or after the day of the promise, that the thing was sent or done."""
    passage = line.passage
    if line.dated is None or line.dated < promise.made or passage.quoted or passage.kind is NoteKind.RECEIVED:
        return False
    words = subject_words(text)
    if promise.head not in words or len(words & promise.words) < min(2, len(promise.words)) or _NOT_YET.search(text):
        return False
    if passage.kind is NoteKind.SENT:
        return line.dated > promise.made
    return _SENT_OFF.search(text) is not None or classify_statement(text).done is True


def _newest_day(promise: Promise, lines: Sequence[Line], as_of: date) -> tuple[date, Line] | None:
    """Find the day still ahead that the newest note on the promised thing names last."""
    about = [
        line
        for line in lines
        if line.passage.kind not in _OUTSIDE
        and line.dated
        and line.dated > promise.made
        and promise.head in subject_words(line.text)
        and any(day >= as_of for day in days_in(line.text, line.dated))
    ]
    newest = max(about, key=lambda line: line.dated or date.min, default=None)
    return (max(days_in(newest.text, newest.dated)), newest) if newest else None
