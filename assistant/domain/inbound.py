"""A client's message and its Points."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class PointKind(StrEnum):
    """What a client wants with one point of a message."""

    GRIEVANCE = "grievance"
    QUESTION = "question"
    REQUEST = "request"


@dataclass(frozen=True, slots=True)
class Point:
    """One grievance, question or request: the smallest span of the body that could be answered by itself.

    `number` counts from 1 in the order of the body; `start` and `end` are characters of `Inbound.body`. `due` are the
    words that say by when, `asked` the name of the person it is asked of; both are empty when the client names none.
    """

    number: int
    kind: PointKind
    text: str
    start: int
    end: int
    due: str = ""
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Triage:
    """What a first reading of a client's message says. `severity` runs from 0 (calm) to 1 (most serious)."""

    language: str
    complaint: bool
    severity: float
    reason: str
    points: tuple[Point, ...]
    injection: bool
    injection_spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ReceivedMail:
    """A client's message as it came: decoded head fields and the plain body."""

    body: str
    subject: str = ""
    sender_name: str = ""
    sender_email: str = ""
    message_id: str = ""
    references: tuple[str, ...] = ()
    received: date | None = None


@dataclass(frozen=True, slots=True)
class Inbound:
    """A received message that belongs to a project, with its triage."""

    id: str
    project: str
    mail: ReceivedMail
    triage: Triage
    created_at: datetime
