"""Projects, drafts and what the checks say of them."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, JsonValue

from api.schemas.base import Day, Given

EXAMPLE_SENTENCE = "We deliver the report on 22 April."
_FINDING: dict[str, JsonValue] = {
    "id": "5d0b7c1f2a93",
    "check": "support",
    "code": "date_differs",
    "severity": "warn",
    "start": 25,
    "end": 33,
    "values": {"found": "22 April", "source": "28 April"},
    "message": "The source says 28 April.",
    "evidence": [1],
}
_EVIDENCE: dict[str, JsonValue] = {
    "n": 1,
    "path": "notes/2026-03-24 steering minutes.md",
    "start_line": 10,
    "end_line": 10,
    "place": "",
    "date": "2026-03-24",
    "kind": "minutes",
    "text": "Report now due Tuesday 28 April.",
}
_RECIPIENT: dict[str, JsonValue] = {"name": "Helen Aldous", "email": "h.aldous@ravensmoor.example", "role": "to"}
_DRAFT: dict[str, JsonValue] = {
    "id": "d-7f3a9c1e04",
    "project": "trade-portal",
    "kind": "status",
    "language": "en",
    "as_of": "2026-03-20",
    "subject": "Trade portal: where we stand",
    "body": EXAMPLE_SENTENCE,
    "writer": {
        "name": "offline",
        "model": "",
        "prompt": "",
        "why": "No language model is configured.",
        "reasons": [{"code": "no_model", "values": {}}],
    },
    "usage": [],
    "recipients": [_RECIPIENT],
    "sections": [
        {
            "step": "where_we_stand",
            "sentences": [{"id": "s-1", "text": EXAMPLE_SENTENCE, "evidence": [1], "origin": "offline"}],
        }
    ],
    "evidence": [_EVIDENCE],
    "gaps": [],
    "findings": [_FINDING],
    "status": "open",
}


class Project(Given):
    """A project's head."""

    slug: str
    name: str
    client: str
    language: Literal["en", "zh"]
    as_of: Annotated[date | None, Field(description="The card's own as-of date, null where today counts.")]


class ProjectList(Given):
    """The projects a key covers."""

    projects: list[Project]


class Recipient(Given):
    """An address the message would go to."""

    name: str
    email: str
    role: Literal["to", "cc"]


class Sentence(Given):
    """A sentence with the numbers of its evidence."""

    id: str
    text: str
    evidence: list[int]
    origin: Literal["offline", "model", "human"]


class Section(Given):
    """The sentences that serve one playbook step."""

    step: str
    sentences: list[Sentence]


class Evidence(Given):
    """A numbered passage with its place. Internal ones are left out without the scope `internal`."""

    n: int
    path: str
    start_line: int
    end_line: int
    place: str
    date: Day | None
    kind: str
    text: str


class Finding(Given):
    """What a check says. `start` and `end` are characters of the body, null for the whole message."""

    id: str
    check: str
    code: str
    severity: Literal["block", "warn", "info"]
    start: int | None
    end: int | None
    values: dict[str, str]
    message: str
    evidence: list[int]

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [_FINDING]})


class WriterReason(Given):
    """A code of how the text came about, with its named values."""

    code: str
    values: dict[str, str]


class WrittenBy(Given):
    """Which writer wrote, with what, and why that one; `why` is `reasons` in words."""

    name: str
    model: str
    prompt: str
    why: str
    reasons: list[WriterReason]


class ModelUse(Given):
    """What one question to a language model cost; `cost` is null where no price is set."""

    purpose: Literal["write", "repair", "revise", "translate"]
    model: str
    prompt: str
    input_tokens: int
    output_tokens: int
    cost: float | None
    currency: str


class Draft(Given):
    """A draft with its evidence and findings. Words that may not be shown are covered with █."""

    id: str
    project: str
    kind: str
    language: Literal["en", "zh"]
    as_of: date
    subject: str
    body: str
    writer: WrittenBy
    usage: list[ModelUse]
    recipients: list[Recipient]
    sections: list[Section]
    evidence: list[Evidence]
    gaps: list[str]
    findings: list[Finding]
    status: Literal["open", "approved", "rejected"]

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [_DRAFT]})


class SentenceEdit(Given):
    """One changed sentence; `before` is null for a new one, `after` for one that went."""

    step: str
    before: str | None
    after: str | None
    classes: list[Literal["fact", "promise", "tone", "length", "language", "structure"]]


class Revision(Given):
    """One revision and what it changed; the first has no edits. `by` is a writer's name or `person`."""

    revision: int
    at: datetime
    by: Literal["person", "offline", "model"]
    model: str
    why: str
    wish: str
    words: str
    subject: list[str] | None
    recipients_changed: bool
    sources_changed: list[str]
    edits: list[SentenceEdit]


class DraftHistory(Given):
    """How a draft came to be what it is, newest revision first. Words that may not be shown are covered with █."""

    id: str
    project: str
    revisions: list[Revision]


class DraftRow(Given):
    """One line of the queue. `severity` is that of the client's mail it answers, 0 to 1."""

    id: str
    revision: int
    project: str
    kind: str
    language: str
    subject: str
    status: Literal["open", "approved", "rejected"]
    created_at: str
    changed_at: str
    blocks: int
    warnings: int
    inbound_id: str | None
    severity: float | None


class DraftList(Given):
    """The queue, newest change first; `total` counts all of it."""

    drafts: list[DraftRow]
    total: int


class CheckedSentence(Given):
    """A sentence of the checked text with the evidence found for it."""

    id: str
    text: str
    start: int
    end: int
    evidence: list[int]


class Checked(Given):
    """What the checks say. Spans are characters of `body`; `blocked` tells whether a finding forbids sending."""

    project: str
    kind: str
    language: Literal["en", "zh"]
    as_of: date
    recipients: list[Recipient]
    body: str
    sentences: list[CheckedSentence]
    evidence: list[Evidence]
    findings: list[Finding]
    blocked: bool
