"""Small real values for the tests of storage, reviewing and sending, and plain stand-ins for two read-only ports."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import cast

from assistant.domain.draft import Draft, Evidence, Origin, Section, Sentence, WriterReason, WrittenBy, text_digest
from assistant.domain.finding import Finding, Severity
from assistant.domain.inbound import Inbound, Point, PointKind, ReceivedMail, Triage
from assistant.domain.note import Certainty, NoteKind, Passage
from assistant.domain.outbox import OutboxEntry
from assistant.domain.project import Client, Contact, Project, Recipient, RecipientRole, Sender, Visibility
from assistant.domain.review import Approval, CitedText, OutgoingMessage
from assistant.errors import ProjectNotFoundError, SettingsError
from assistant.ports import PassageStore

START = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
UNDO = timedelta(seconds=10)


class MovableClock:
    """A clock that stands until a test moves it."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **by: float) -> None:
        self.at += timedelta(**by)


class Numbered:
    """Ids in order: `o-1`, `o-2` …"""

    def __init__(self) -> None:
        self._numbers = count(1)

    def __call__(self, prefix: str) -> str:
        return f"{prefix}-{next(self._numbers)}"


class Cards:
    """Project cards that a test can change, take away or break."""

    def __init__(self, *projects: Project) -> None:
        self.by_slug = {p.slug: p for p in projects}
        self.broken = False

    def all(self) -> tuple[Project, ...]:
        return tuple(self.by_slug.values())

    def get(self, slug: str) -> Project:
        if self.broken:
            raise SettingsError("projects/harbour/project.toml: line 3 cannot be read.")
        if slug not in self.by_slug:
            raise ProjectNotFoundError(f"There is no project {slug}.")
        return self.by_slug[slug]


class NotesInMemory:
    """The two readings of a passage store that reviewing makes, over passages a test sets."""

    def __init__(self, *passages: Passage) -> None:
        self.now = list(passages)

    def by_ids(self, project: str, ids: Sequence[str]) -> dict[str, Passage]:
        return {p.id: p for p in self.now if p.project == project and p.id in ids}

    def passages(
        self, project: str, *, visibility: Visibility | None = None, as_of: date | None = None
    ) -> tuple[Passage, ...]:
        assert visibility is None
        assert as_of is None
        return tuple(p for p in self.now if p.project == project)

    @property
    def port(self) -> PassageStore:
        return cast("PassageStore", self)


def passage(
    text: str = "The pilot moves to 19 March.", *, passage_id: str = "p1", path: str = "notes/2026-03-10.md"
) -> Passage:
    return Passage(
        id=passage_id,
        project="harbour",
        path=path,
        start_line=3,
        end_line=3,
        start=20,
        end=20 + len(text),
        text=text,
        digest=text_digest(text),
        headings=("Status", "试点"),
        dated=date(2026, 3, 10),
        date_certainty=Certainty.STATED,
        kind=NoteKind.MINUTES,
    )


def project() -> Project:
    return Project(
        slug="harbour",
        name="Harbour portal",
        client=Client("portside", "Portside"),
        sender=Sender("Ann Lee", "ann@example.com"),
        contacts=(
            Contact("Gu Wei 顾伟", "gu@portside.example", default=RecipientRole.TO),
            Contact("Mo Tan", "mo@portside.example", default=RecipientRole.CC),
        ),
    )


def draft(draft_id: str = "d-1", **changes: object) -> Draft:
    plain = Draft(
        id=draft_id,
        revision=1,
        project="harbour",
        kind="status",
        language="en",
        as_of=date(2026, 3, 12),
        subject="Pilot: new date 试点",
        sections=(
            Section("greeting", (Sentence("s1", "Dear Gu Wei,", (), Origin.OFFLINE),)),
            Section(
                "problems",
                (Sentence("s2", "The pilot moves to 19 March.", (1,), Origin.OFFLINE), Sentence("s3", "Thank you.")),
                heading="Changes",
                layout="list",
            ),
        ),
        evidence=(Evidence(1, passage()), Evidence(2, passage("Not cited.", passage_id="p2"))),
        recipients=project().default_recipients(),
        writer=WrittenBy("offline", reasons=(WriterReason("noted", {"words": "no model is configured"}),)),
        created_at=START,
        gaps=("who tests",),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def warning(code: str = "date_unsupported") -> Finding:
    return Finding(
        "support", code, Severity.WARN, "s2", 10, 20, "s2", {"value": "19 March", "来源": "纪要"}, evidence=(1,)
    )


def block() -> Finding:
    return Finding("gap", "marker", Severity.BLOCK, "[…: who tests]")


def inbound(inbound_id: str = "in-1", *, message_id: str = "<a1@portside.example>", **changes: object) -> Inbound:
    body = "Where is the pilot? 为什么又推迟？"
    mail = ReceivedMail(
        body,
        "Pilot",
        "Gu Wei",
        "gu@portside.example",
        message_id,
        ("<root@portside.example>",),
        date(2026, 3, 11),
    )
    triage = Triage("en", True, 0.7, "again", (Point(1, PointKind.QUESTION, body[:19], 0, 19),), False, ((1, 3),))
    return replace(Inbound(inbound_id, "harbour", mail, triage, START), **changes)  # type: ignore[arg-type]


def approved(
    draft_id: str = "d-1", *, at: datetime = START, undo: timedelta = UNDO
) -> tuple[Draft, Approval, OutboxEntry]:
    """Give a draft approved by hand, for tests of storage alone."""
    made = draft(draft_id)
    message = OutgoingMessage("Ann Lee", "ann@example.com", made.recipients, made.subject, made.body)
    cited = tuple(CitedText(e.passage.id, e.passage.path, text_digest(e.passage.text)) for e in made.cited())
    approval = Approval(draft_id, 1, message.digest(), cited, "Ann Lee", at)
    entry = OutboxEntry(
        f"o-{draft_id}",
        draft_id,
        1,
        made.project,
        message,
        message.digest(),
        f"<o-{draft_id}@example.com>",
        "Ann Lee",
        at,
        at + undo,
    )
    return made.approved(), approval, entry


def to(email: str) -> Recipient:
    return Recipient("", email, RecipientRole.TO)
