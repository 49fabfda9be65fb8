"""Wire shapes: what the routes take, and a description of what they give (built in assistant/wire.py)."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

Day = date  # a field called `date` would hide the type

_MAX_TEXT = 1_500_000
_SENTENCE = "We deliver the report on 22 April."
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
    "body": _SENTENCE,
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
            "sentences": [{"id": "s-1", "text": _SENTENCE, "evidence": [1], "origin": "offline"}],
        }
    ],
    "evidence": [_EVIDENCE],
    "gaps": [],
    "findings": [_FINDING],
    "status": "open",
}


class Asked(BaseModel):
    """A request body: fields it does not know are refused."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=False)


class Given(BaseModel):
    """Part of an answer; it has exactly these fields."""

    model_config = ConfigDict(extra="forbid")


# --- requests


class InboundRequest(Asked):
    """A client's mail."""

    body: Annotated[str, Field(min_length=1, max_length=_MAX_TEXT, description="The mail's plain text.")]
    subject: Annotated[str, Field(max_length=1000)] = ""
    from_name: Annotated[str, Field(max_length=300)] = ""
    from_email: Annotated[str, Field(max_length=320, description="Matched with the project's contacts.")] = ""
    message_id: Annotated[
        str, Field(max_length=1000, description="The mail's Message-ID: posting it twice makes one draft.")
    ] = ""
    received: Annotated[date | None, Field(description="The day it came.")] = None

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "from_name": "Helen Aldous",
                    "from_email": "h.aldous@ravensmoor.example",
                    "subject": "Where is the timetable?",
                    "body": "The training timetable was promised for the 13th and we still have nothing.",
                    "message_id": "<a1@ravensmoor.example>",
                    "received": "2026-03-18",
                }
            ]
        },
    )


class DraftWish(Asked):
    """What a draft should be."""

    kind: Annotated[
        str, Field(pattern=r"^[a-z][a-z0-9_-]{0,39}$", description="A playbook: status, expectation, complaint …")
    ]
    inbound_id: Annotated[str | None, Field(max_length=80, description="The client's message to answer.")] = None
    to: Annotated[
        list[Annotated[str, Field(max_length=320)]],
        Field(max_length=20, description="Contacts of the project, by name or address; the default ones if empty."),
    ] = []
    language: Annotated[Literal["en", "zh"] | None, Field(description="Instead of the recipient's language.")] = None
    as_of: Annotated[date | None, Field(description="Later notes are not seen.")] = None
    instruction: Annotated[str, Field(max_length=4000, description="What to mind besides.")] = ""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"kind": "status"}]})


class CheckRequest(Asked):
    """A text to check."""

    text: Annotated[str, Field(min_length=1, max_length=200_000)]
    kind: Annotated[str, Field(pattern=r"^(?:[a-z][a-z0-9_-]{0,39})?$", description="Also check its steps.")] = ""
    language: Annotated[Literal["en", "zh"] | None, Field(description="The language it should be in.")] = None
    as_of: Annotated[date | None, Field(description="Later notes are not seen.")] = None
    to: Annotated[list[Annotated[str, Field(max_length=320)]], Field(max_length=20)] = []

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"text": _SENTENCE}]})


class ActionsRequest(Asked):
    """A note to read action items from."""

    text: Annotated[str, Field(max_length=_MAX_TEXT)]
    date: Annotated[Day | None, Field(description="The day of the meeting, for words such as 'Friday'.")] = None

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"text": "AI: Tom to send the contract by Friday", "date": "2026-03-11"}]},
    )


class MeetingRequest(Asked):
    """A meeting to read: a note of the project by its path, or the text itself."""

    path: Annotated[str, Field(max_length=1000, description="Relative to the project, e.g. notes/minutes.md.")] = ""
    text: Annotated[str, Field(max_length=_MAX_TEXT)] = ""
    date: Annotated[Day | None, Field(description="The day of the meeting, for words such as 'Friday'.")] = None
    keep: Annotated[bool, Field(description="File the items as proposals.")] = False

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"path": "notes/2026-03-11 minutes.md", "keep": True}]}
    )


class AcceptRequest(Asked):
    """Which version of an item is accepted: the one that was shown."""

    version: Annotated[int, Field(ge=1)]

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"version": 1}]})


# --- answers


class Health(Given):
    """That the service answers."""

    status: Literal["ok"]


class FieldProblem(Given):
    """One field of a request that cannot be used."""

    field: str
    detail: str


class Problem(BaseModel):
    """A problem document (RFC 9457)."""

    type: Annotated[str, Field(description="A name for the sort of problem that stays the same.")]
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] | None = None

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "urn:sincerely:problem:project-not-found",
                    "title": "Project not found",
                    "status": 404,
                    "detail": "There is no such project for this key.",
                }
            ]
        }
    )


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


class ActionItem(Given):
    """A proposed task; `quote` is the text's characters `start` to `end`."""

    task: str
    owner: Annotated[str | None, Field(description="As said; several are joined by '; '; null when nobody is named.")]
    due: Annotated[date | None, Field(description="Null when no day can be told from the words.")]
    due_text: str
    quote: str
    start: int
    end: int
    confidence: float


class ActionList(Given):
    """The action items of a note, in its order."""

    items: list[ActionItem]


class QuotedWords(Given):
    """Words of a note; `quote` is the text's characters `start` to `end`, on that line."""

    quote: str
    start: int
    end: int
    line: int


class SaidThing(QuotedWords):
    """A decision, an open question or a risk."""

    text: str


class MeetingTopic(Given):
    """A part of a meeting, with the sentences that say most about it."""

    title: str
    start: int
    end: int
    line: int
    points: list[QuotedWords]


class MeetingItem(ActionItem):
    """A task of a meeting, with the rule that gave its day and its line."""

    due_rule: str
    line: int


class ItemMention(QuotedWords):
    """What a later meeting says of an item."""

    path: str
    meeting_date: Day | None
    outcome: Literal["done", "dropped", "changed", "repeated", "silent"]


class KeptItem(ActionItem):
    """An action item that the workspace keeps; a proposal until somebody accepts it."""

    id: str
    project: str
    state: Literal["proposed", "accepted", "rejected", "done", "dropped"]
    version: int
    path: str
    meeting_date: Day | None
    line: int
    changed_by: str
    changed_at: str
    reason: str
    mentions: list[ItemMention]


class KeptItems(Given):
    """Kept action items, those due first at the top."""

    items: list[KeptItem]


class CarriedItem(Given):
    """An open item of an earlier meeting, and what this one says of it."""

    item: KeptItem
    outcome: Literal["done", "dropped", "changed", "repeated", "silent"]
    quoted: QuotedWords | None


class ReadMeeting(Given):
    """Everything read out of a meeting, and the items that were filed."""

    project: str
    path: str
    title: str
    date: Day | None
    digest: str
    read_by: str
    notices: list[str]
    carried: list[CarriedItem]
    topics: list[MeetingTopic]
    decisions: list[SaidThing]
    items: list[MeetingItem]
    questions: list[SaidThing]
    risks: list[SaidThing]
    kept: list[KeptItem]


class Hit(Given):
    """A passage that was found; `by_words` and `by_vectors` are its ranks in the two searches."""

    path: str
    start_line: int
    end_line: int
    place: str
    date: Day | None
    kind: str
    text: str
    visibility: Literal["client", "internal"]
    headings: list[str]
    score: float
    by_words: int | None
    by_vectors: int | None


class Searched(Given):
    """Hits, best first. `lexical_only`: vectors could not be had, and `notice` says why."""

    hits: list[Hit]
    lexical_only: bool
    notice: str
