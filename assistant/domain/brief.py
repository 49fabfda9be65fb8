"""What one message must do, and what a writer is given and gives back."""

from dataclasses import dataclass
from datetime import date

from assistant.domain.draft import Evidence, Lead, Section, WrittenBy
from assistant.domain.guidance import GuidancePoint, Playbook
from assistant.domain.inbound import Inbound
from assistant.domain.project import Language, Project, Recipient


@dataclass(frozen=True, slots=True)
class Brief:
    """What one message must do. `as_of` bounds everything: later notes are not seen.

    `released` are ids of internal passages that a person allowed in this message by name; nothing else internal is
    ever seen.
    """

    project: Project
    playbook: Playbook
    language: Language
    as_of: date
    recipients: tuple[Recipient, ...]
    inbound: Inbound | None = None
    instruction: str = ""
    last_update: date | None = None
    last_meeting: date | None = None
    released: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class StepEvidence:
    """The evidence numbers gathered for one playbook step, best first, with the guidance behind it."""

    step: str
    evidence: tuple[int, ...]
    guidance: tuple[GuidancePoint, ...] = ()


@dataclass(frozen=True, slots=True)
class WritingTask:
    """Everything a writer may use. Evidence holds client-visible and released passages only.

    `draft_id` is the id that the draft will have: what a model costs is counted for it. `leads` are for the person who
    reads the draft, not for the writer.
    """

    brief: Brief
    evidence: tuple[Evidence, ...]
    by_step: tuple[StepEvidence, ...]
    draft_id: str = ""
    leads: tuple[Lead, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """What a writer gives back: sections in playbook order, the gaps it marked, what it left out, and who it was."""

    subject: str
    sections: tuple[Section, ...]
    gaps: tuple[str, ...]
    writer: WrittenBy
    left_out: tuple[str, ...] = ()
    unused_instruction: tuple[str, ...] = ()
