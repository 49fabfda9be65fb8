"""What reading the evidence rests on: the lines that may be told, their people and days, clause by clause."""

# ruff: noqa: E501 - patterns and word lists stand together by meaning

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Protocol

from assistant.domain.brief import WritingTask
from assistant.domain.draft import Evidence
from assistant.domain.note import Passage
from assistant.domain.project import Language
from assistant.language.detect import detect_language, has_cjk
from assistant.language.statements import classify_statement
from assistant.writing import phrasing_en, phrasing_zh
from assistant.writing.addressing import Address, address_of
from assistant.writing.dating import days_in, spoken, surfaces, with_spoken_dates
from assistant.writing.discretion import (
    is_frame,
)
from assistant.writing.lines import Line, lines_of
from assistant.writing.people import People, Side
from assistant.writing.roles import signs_of
from assistant.writing.said import Clause

_TICKET_LINE = re.compile(r"^(?P<id>[A-Z]{2,6}-[0-9]{1,6})[:：]?\s+(?P<rest>\S.*)$", re.DOTALL)
REGRESSION = re.compile(r"\bregression\b", re.IGNORECASE)


class Phrasing(Protocol):
    """What a language's phrasing module offers."""

    risk_openings: tuple[str, str]

    def tidy(self, text: str, known_ids: frozenset[str]) -> str: ...  # noqa: D102 - described in the modules
    def without_signature(self, text: str, names: frozenset[str]) -> str: ...  # noqa: D102
    def labelled(self, text: str) -> tuple[str, str] | None: ...  # noqa: D102
    def framed(self, role: str, rest: str, clause: Clause) -> str: ...  # noqa: D102
    def sentence(self, clause: Clause, as_of: date) -> str: ...  # noqa: D102
    def action(self, task: str, *, who: str, due: str) -> str: ...  # noqa: D102
    def open_point(self, what: str, due: str) -> str: ...  # noqa: D102
    def spanned(self, task: str, first: str, last: str) -> str: ...  # noqa: D102
    def cut_due(self, task: str) -> tuple[str, str, tuple[str, str] | None]: ...  # noqa: D102
    def finish(self, text: str) -> str: ...  # noqa: D102


PHRASINGS: dict[Language, Phrasing] = {"en": phrasing_en, "zh": phrasing_zh}


@dataclass(frozen=True)
class LineReader:
    """What every reading of a task's evidence knows: its people, its language, its usable lines, and how a clause is read."""

    task: WritingTask
    people: People
    known_ids: frozenset[str]
    letters_of_client: frozenset[str] = frozenset()
    transcripts: frozenset[str] = frozenset()

    @cached_property
    def address(self) -> Address:
        """How the people of the notes are said to the addressee."""
        return address_of(self.task.brief, self.people)

    @cached_property
    def tickets(self) -> dict[str, str]:
        """What each numbered point is about, in the words of the first line that says so."""
        known: dict[str, str] = {}
        for line in self.usable_lines():
            found = _TICKET_LINE.match(line.text)
            if found and found["id"] not in known and not phrasing_en.starts_with_state(found["rest"]):
                known[found["id"]] = _matter(found["rest"])
        return known

    @property
    def language(self) -> Language:
        """The message's language."""
        return self.task.brief.language

    @property
    def phrasing(self) -> Phrasing:
        """The message's language's patterns."""
        return PHRASINGS[self.language]

    def usable_lines(self) -> tuple[Line, ...]:
        """Give the lines that may be told: no orders to an assistant, no talk among colleagues, no asides."""
        found: dict[int, tuple[Line, ...]] = {}
        before: Evidence | None = None
        day: date | None = None
        for evidence in sorted(self.task.evidence, key=lambda e: (e.passage.path, e.passage.start)):
            goes_on = before is not None and _follows(before.passage, evidence.passage)
            found[evidence.n] = lines_of(evidence, self.task.brief.as_of, day if goes_on else None)
            own = [line.dated for line in found[evidence.n] if line.own_day and not line.numbered]
            day = own[-1] if own else day if goes_on else None
            before = evidence
        return tuple(line for e in self.task.evidence for line in found[e.n] if not is_frame(line.text))

    def is_own_language(self, text: str) -> bool:
        """Whether a line is in the message's language."""
        if self.language == "zh":
            return has_cjk(text)
        return detect_language(text) != "zh" and not has_cjk(text)

    def day(self, line: Line) -> str:
        """Write the day of a line for the reader."""
        return spoken(line.dated, self.language, self.task.brief.as_of) if line.dated else ""

    def _clause(self, raw: str, line: Line) -> Clause:
        signed = self._with_matter(self.phrasing.without_signature(raw, self._own_names()))
        text = self.address.said(self.phrasing.tidy(self._dated(signed, line), self.known_ids))
        state = classify_statement(REGRESSION.sub("test", raw), reference=line.dated)
        roles = frozenset(state.roles | signs_of(raw))
        return Clause(raw, text, line, roles, state.hedged, days_in(raw, line.dated))

    def _with_matter(self, text: str) -> str:
        """Put what a numbered point is about in the place of its number: "PX-7 fixed" becomes "checkout: fixed"."""
        found = _TICKET_LINE.match(text)
        if not found or found["id"].casefold() in self.known_ids or not phrasing_en.starts_with_state(found["rest"]):
            return text
        matter = self.tickets.get(found["id"], "")
        return f"{matter}: {found['rest']}" if matter else text

    def _own_names(self) -> frozenset[str]:
        if self.language == "en":
            return self.people.initials_of_ours()
        return frozenset(
            f
            for f, side in self.people.forms.items()
            if not f.isascii() and side in (Side.OURS, Side.SENDER) and "我" not in f
        )

    def _names_initials(self, text: str) -> bool:
        words = set(re.findall(r"\b[A-Z]{2,3}\b", text))
        return bool(words & self.people.initials_of_ours())

    def _dated(self, text: str, line: Line) -> str:
        known = surfaces(line.text, line.dated)
        return with_spoken_dates(text, self.language, line.dated, self.task.brief.as_of, known)


def _follows(first: Passage, second: Passage) -> bool:
    """Whether a passage goes on where the other ended, so that the day above it holds on."""
    return (
        first.path == second.path and 0 <= second.start_line - first.end_line <= 2 and first.headings == second.headings
    )


def _matter(text: str) -> str:
    """Give the few words that name a numbered point's matter."""
    head = re.split(r"[:：,，.;]| (?:is|are|wrong|fires|fails|not|missing|broken|done|fixed)\b", text)[0].strip()
    return head if 1 <= len(head.split()) <= 6 and 3 <= len(head) <= 50 else ""
