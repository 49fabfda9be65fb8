"""Drafts: sections of sentences with their evidence, in revisions that are never edited in place."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from assistant.domain.note import Passage
from assistant.domain.project import Language, Recipient
from assistant.errors import StateError

GREETING = "greeting"
CLOSING = "closing"


class Origin(StrEnum):
    """Who wrote a sentence."""

    OFFLINE = "offline"
    MODEL = "model"
    HUMAN = "human"


class DraftStatus(StrEnum):
    """Where a draft stands with the person at the desk."""

    OPEN = "open"
    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A numbered passage given to a writer; shown as E1, E2 …"""

    n: int
    passage: Passage


@dataclass(frozen=True, slots=True)
class Lead:
    """The line of the notes, with its place and day, that comes nearest to a Point of the client's message.

    It may hold the answer that the draft lacks; nothing rests on it.
    """

    point: int
    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """The unit that is cited, checked and waived. `evidence` holds numbers of the draft's evidence."""

    id: str
    text: str
    evidence: tuple[int, ...] = ()
    origin: Origin = Origin.HUMAN


@dataclass(frozen=True, slots=True)
class Section:
    """The sentences that serve one playbook step. `layout` is `paragraph`, `list` (a line each) or `lines`."""

    step: str
    sentences: tuple[Sentence, ...]
    heading: str = ""
    layout: str = "paragraph"


@dataclass(frozen=True, slots=True)
class WriterReason:
    """Something to know about how a text came about: a code of `writer.po` and its named values.

    Codes that begin with `failed_` say why a model wrote nothing that could be used. `noted` holds the words of a
    draft that was stored before there were codes.
    """

    code: str
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def message_key(self) -> str:
        """Give the key of its message in the catalogues."""
        return f"writer.{self.code}"


@dataclass(frozen=True, slots=True)
class WrittenBy:
    """Which writer made a text, with what, why that one, and what of it could not be used or obeyed."""

    name: str
    model: str = ""
    prompt: str = ""
    reasons: tuple[WriterReason, ...] = ()


@dataclass(frozen=True, slots=True)
class Rewriting:
    """How a revision came about that a writer made at a person's wish; a person's own edit has none.

    `wish` is the name of a preset (`shorter`, `softer`, `firmer`, `own_words`), or empty where only `words` were given.
    """

    by: WrittenBy
    wish: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class SentencePlace:
    """Where a sentence stands in the body: characters `start` to `end`."""

    section: str
    sentence: Sentence
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Draft:
    """One revision of a message that has not been sent.

    `body` is derived from the sections, so that spans of findings always fit the text that goes out.
    """

    id: str
    revision: int
    project: str
    kind: str
    language: Language
    as_of: date
    subject: str
    sections: tuple[Section, ...]
    evidence: tuple[Evidence, ...]
    recipients: tuple[Recipient, ...]
    writer: WrittenBy
    created_at: datetime
    inbound_id: str | None = None
    instruction: str = ""
    gaps: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    leads: tuple[Lead, ...] = ()
    rewriting: Rewriting | None = None
    status: DraftStatus = DraftStatus.OPEN
    status_reason: str = ""

    @property
    def body(self) -> str:
        """Render the text exactly as it goes out."""
        return render(self.sections, self.language)[0]

    def places(self) -> tuple[SentencePlace, ...]:
        """Give every sentence with its characters in `body`, in reading order."""
        return render(self.sections, self.language)[1]

    def sentences(self) -> Iterator[Sentence]:
        """Go through the sentences in reading order."""
        for section in self.sections:
            yield from section.sentences

    def evidence_numbered(self, n: int) -> Evidence | None:
        """Find a piece of evidence by its number."""
        return next((e for e in self.evidence if e.n == n), None)

    def cited(self) -> tuple[Evidence, ...]:
        """Give the evidence that at least one sentence cites, by number."""
        used = {n for sentence in self.sentences() for n in sentence.evidence}
        return tuple(e for e in self.evidence if e.n in used)

    def revised(
        self,
        *,
        at: datetime,
        subject: str | None = None,
        sections: tuple[Section, ...] | None = None,
        evidence: tuple[Evidence, ...] | None = None,
        recipients: tuple[Recipient, ...] | None = None,
        gaps: tuple[str, ...] | None = None,
        left_out: tuple[str, ...] | None = None,
        rewriting: Rewriting | None = None,
    ) -> "Draft":
        """Return the next revision with what is given replaced. Raises StateError unless the draft is open.

        `rewriting` is the new revision's own: without it, a person made the revision.
        """
        if self.status is not DraftStatus.OPEN:
            raise StateError(f"Draft {self.id} is {self.status}; only an open draft can be changed.")
        return replace(
            self,
            revision=self.revision + 1,
            created_at=at,
            subject=self.subject if subject is None else subject,
            sections=self.sections if sections is None else sections,
            evidence=self.evidence if evidence is None else evidence,
            recipients=self.recipients if recipients is None else recipients,
            gaps=self.gaps if gaps is None else gaps,
            left_out=self.left_out if left_out is None else left_out,
            rewriting=rewriting,
        )

    def approved(self) -> "Draft":
        """Return the same revision as approved. Raises StateError unless the draft is open."""
        return self._moved(DraftStatus.OPEN, DraftStatus.APPROVED, "")

    def rejected(self, reason: str) -> "Draft":
        """Return the same revision as rejected for that reason. Raises StateError unless the draft is open."""
        return self._moved(DraftStatus.OPEN, DraftStatus.REJECTED, reason)

    def reopened(self, reason: str) -> "Draft":
        """Return an approved draft as open again (undo, or a void approval). Raises StateError otherwise."""
        return self._moved(DraftStatus.APPROVED, DraftStatus.OPEN, reason)

    def _moved(self, expected: DraftStatus, to: DraftStatus, reason: str) -> "Draft":
        if self.status is not expected:
            raise StateError(f"Draft {self.id} is {self.status}, not {expected}.")
        return replace(self, status=to, status_reason=reason)


def render(sections: tuple[Section, ...], language: Language) -> tuple[str, tuple[SentencePlace, ...]]:
    """Lay sections out as plain text and give each sentence's characters in it.

    Sections are parted by a blank line, list items stand on lines that begin with `- `, sentences of a paragraph are
    parted by a space in English and by nothing in Chinese.
    """
    parts: list[str] = []
    places: list[SentencePlace] = []
    length = 0

    def put(text: str) -> None:
        nonlocal length
        parts.append(text)
        length += len(text)

    for section in (s for s in sections if s.sentences):
        if length:
            put("\n\n")
        if section.heading:
            put(section.heading + "\n")
        joint = {"list": "\n", "lines": "\n"}.get(section.layout, "" if language == "zh" else " ")
        for i, sentence in enumerate(section.sentences):
            if i:
                put(joint)
            if section.layout == "list":
                put("- ")
            start = length
            put(sentence.text)
            places.append(SentencePlace(section.step, sentence, start, length))
    return "".join(parts), tuple(places)


def text_digest(text: str) -> str:
    """Give the SHA-256 of a text in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
