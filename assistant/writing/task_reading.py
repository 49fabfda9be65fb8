"""Reading tasks in the evidence: who does what by when, and whether the client is told."""

# ruff: noqa: E501 - patterns and word lists stand together by meaning

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.domain.note import NoteKind
from assistant.domain.project import Language
from assistant.writing import nouns_en
from assistant.writing.dating import days_in
from assistant.writing.line_reading import LineReader
from assistant.writing.lines import Line
from assistant.writing.people import Side
from assistant.writing.said import Fit, Said

_OWNER = re.compile(
    r"^(?P<who>[A-Z][\w.’'-]*(?: [A-Z][\w’'-]+)?(?:\s*(?:/|&|\+|,| and )\s*[A-Z][\w’'-]*(?: [A-Z][\w’'-]+)?){0,2}|me|I|[\u4e00-\u9fff]{1,4})"
    r"(?:\s*[:\uff1a]\s*|\s+[-–]\s+|\s+(?:to|will)\s+)(?P<task>.+)$",
    re.DOTALL,
)
_OWNER_INSIDE = re.compile(
    r"^(?P<task>.+?)\s+[-–]\s+(?P<who>[A-Z][\w’'-]*(?:\s*(?:\+|/|&|,)\s*[A-Z][\w’'-]*){0,3})\s+[-–]\s+(?P<when>.+)$",
    re.DOTALL,
)
_OWNER_LAST_ZH = re.compile(
    r"^(?P<task>.+?)\s+(?P<who>[\u4e00-\u9fff]{1,3}(?:[、+][\u4e00-\u9fff]{1,3}){0,2})$", re.DOTALL
)
_BRACKETS = re.compile(r"\s*[(\uff08][^()\uff08\uff09]{1,80}[)\uff09]")
_DONE_AT_END = re.compile(
    r"[-–:,;\uff0c\uff1a]\s*(?:done|ok|finished|completed|已完成|完成|已办)\s*[.\u3002]?$", re.IGNORECASE
)
_PAIR = re.compile(r"[A-Z]{2}")
_TICKET = re.compile(r"^[A-Z]{1,6}-?[0-9]{1,6}\b")
_NAMES_APART = re.compile(r"\s*(?:/|&|\+|,| and |、)\s*")
_WE: dict[Language, tuple[str, str]] = {"en": ("We", "I"), "zh": ("我们", "我")}


@dataclass(frozen=True)
class TaskReader(LineReader):
    """Reads lines that are somebody's task: who does what by when."""

    def _action(self, line: Line) -> Iterator[Said]:
        if line.box == "done" or _DONE_AT_END.search(line.text) or line.text.rstrip().endswith(("?", "\uff1f")):
            return
        task, who, when = self._owner(line.text)
        sides = {self._side(part, task) for part in _NAMES_APART.split(who)} if who else set()
        promised = _is_promised_there(who, sides, line)
        if not promised and not _is_for_the_client_to_read(sides, line):
            return
        text = self.phrasing.tidy(
            _BRACKETS.sub("", self._dated(task.rstrip(". 。") + (f" {when}" if when else ""), line)), self.known_ids
        )
        text = self.address.said(text)
        if self.people.names_addressee(text):
            return
        text, due, span = self.phrasing.cut_due(text)
        due_day = next(iter(days_in(due or (span[1] if span else ""), line.dated)[-1:]), None)
        subject = self._subject(who, sides)
        if span:
            made = self.phrasing.spanned(text, *span)
        elif line.box and _TICKET.match(line.text):
            made = self.phrasing.open_point(text, due)
        else:
            made = self.phrasing.action(text, who=subject, due=due)
        theirs = Side.ADDRESSEE in sides or Side.CLIENT in sides
        if made and text.strip() and not re.search(r"[0-9]/[0-9]", made):
            roles = frozenset({"need"} if theirs and not span else {"next", "promised"} if promised else {"next"})
            yield Said(made, line, line.text, roles, Fit.PATTERN, due_day, for_client=theirs)

    def _owner(self, text: str) -> tuple[str, str, str]:
        """Part a task line into (task, owner, when)."""
        inside = _OWNER_INSIDE.match(text)
        if inside and self._known(inside["who"]):
            return inside["task"], inside["who"], inside["when"]
        first = _OWNER.match(text)
        if first and self._known(first["who"]):
            return first["task"], first["who"], ""
        if self.language == "zh":
            for form in sorted(self.people.forms, key=len, reverse=True):
                if len(form) > 1 and text.startswith(form):
                    return text[len(form) :], form, ""
            last = _OWNER_LAST_ZH.match(text)
            if last and self._known(last["who"]):
                return last["task"], last["who"], ""
        return text, "", ""

    def _known(self, who: str) -> bool:
        parts = _NAMES_APART.split(who)
        return any(self.people.side(part) is not Side.UNKNOWN or _PAIR.fullmatch(part) for part in parts)

    def _side(self, who: str, task: str) -> Side:
        """Tell whose person the owner of a task is; initials that no list of the client's people knows are ours."""
        side = self.people.side(who)
        ours = side is Side.UNKNOWN and _PAIR.fullmatch(who) and task.split(" ", 1)[0] in nouns_en.BASE_VERBS
        return Side.OURS if ours else side

    def _subject(self, who: str, sides: set[Side]) -> str:
        if Side.ADDRESSEE in sides:
            return ""
        if sides == {Side.CLIENT}:
            return self._of_client(who)
        return _WE[self.language][1 if sides == {Side.SENDER} else 0]

    def _of_client(self, who: str) -> str:
        """Name one of the client's people as the card does; the client itself is the addressee's side."""
        client = self.task.brief.project.client
        if self.language == "zh":
            return "贵方" if who in (client.name, *client.aliases) else who
        return self.address.said(who)


def _is_for_the_client_to_read(sides: set[Side], line: Line) -> bool:
    """A task is told when its owner is known; the sender's own reminders are not, nor what nobody owns."""
    if not sides:
        return line.box == "open"
    return sides != {Side.SENDER} and (sides != {Side.UNKNOWN} or line.box == "open")


def _is_promised_there(who: str, sides: set[Side], line: Line) -> bool:
    """Whether the sender took a task on by name, for a day, in a meeting's minutes: then others heard it."""
    named = who.casefold() not in ("me", "i", "我")
    return (
        sides == {Side.SENDER}
        and named
        and line.passage.kind is NoteKind.MINUTES
        and bool(days_in(line.text, line.dated))
    )
