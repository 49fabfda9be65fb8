"""What services hand to the edges: things read together, and requests."""

from dataclasses import dataclass
from datetime import date

from assistant.domain.draft import Draft
from assistant.domain.finding import Finding, Severity
from assistant.domain.inbound import Inbound
from assistant.domain.project import Language
from assistant.domain.review import OutgoingMessage, Release, Waiver, may_approve, open_findings
from assistant.domain.spending import ModelCall


@dataclass(frozen=True, slots=True)
class DraftRequest:
    """A wish for a draft. `to` holds addresses or names of contacts on the project's card."""

    project: str
    kind: str
    inbound_id: str | None = None
    to: tuple[str, ...] = ()
    language: Language | None = None
    as_of: date | None = None
    instruction: str = ""


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft's newest revision with everything a reviewer needs beside it; `calls` are what models cost for it."""

    draft: Draft
    findings: tuple[Finding, ...]
    waivers: tuple[Waiver, ...] = ()
    releases: tuple[Release, ...] = ()
    inbound: Inbound | None = None
    calls: tuple[ModelCall, ...] = ()

    @property
    def open(self) -> tuple[Finding, ...]:
        """Give what is left to settle before the draft may be approved."""
        return open_findings(self.findings, self.waivers)

    @property
    def approvable(self) -> bool:
        """Tell whether approval is on offer now."""
        return may_approve(self.draft, self.findings, self.waivers)

    @property
    def blocked(self) -> bool:
        """Tell whether a finding forbids sending."""
        return any(f.severity is Severity.BLOCK for f in self.findings)

    def waiver_of(self, finding: Finding) -> Waiver | None:
        """Find the waiver that settles a finding."""
        return next((w for w in self.waivers if w.finding_id == finding.id), None)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Exactly what an approval would send, with its digest and the warnings that were waived."""

    draft_id: str
    revision: int
    message: OutgoingMessage
    digest: str
    waived: tuple[tuple[Finding, Waiver], ...] = ()


@dataclass(frozen=True, slots=True)
class NoteExcerpt:
    """Lines of a note around a passage. `first_line` numbers the first of `lines`; the passage is `start` to `end`."""

    path: str
    first_line: int
    lines: tuple[str, ...]
    start_line: int
    end_line: int
    changed: bool = False


@dataclass(frozen=True, slots=True)
class EditorFile:
    """A note's place on disk for an external editor, with the line to open it at."""

    path: str
    line: int
