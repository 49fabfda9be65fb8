"""A client's mail as triage reads it."""

from datetime import date
from typing import Literal

from api.schemas.base import Given
from api.schemas.drafts import Draft


class Point(Given):
    """One grievance, question or request; `start` and `end` are characters of the mail's body.

    `due` are the words that say by when, `asked` the person it is asked of, where the mail says so.
    """

    text: str
    kind: Literal["grievance", "question", "request"]
    start: int
    end: int
    due: str | None
    asked: str | None


class Triage(Given):
    """A first reading of a client's mail. `injection`: it speaks to an assistant."""

    language: str
    complaint: bool
    severity: float
    points: list[Point]
    injection: bool


class TakenIn(Given):
    """A client's mail as stored, without its text."""

    id: str
    project: str
    from_name: str
    from_email: str
    subject: str
    message_id: str
    received: date | None
    created_at: str
    triage: Triage


class Inbound(Given):
    """The stored mail and the suggested reply."""

    inbound: TakenIn
    draft: Draft
