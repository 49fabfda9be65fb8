"""A person's decisions about a draft: waivers, releases, rejection and approval."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assistant.domain.draft import Draft, DraftStatus, text_digest
from assistant.domain.finding import Finding, Severity
from assistant.domain.project import Recipient
from assistant.errors import StateError


class WaiverReason(StrEnum):
    """The listed reasons by which a warning may be settled without an edit."""

    CHECKED_BY_PHONE = "checked_by_phone"
    OUTSIDE_THE_NOTES = "outside_the_notes"
    WORDING_ONLY = "wording_only"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Waiver:
    """A warning settled by a person. It holds for the finding's id, whatever else is edited."""

    draft_id: str
    finding_id: str
    reason: WaiverReason
    by: str
    at: datetime
    words: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """One internal passage that a person allowed to be told in one message, with the reason."""

    draft_id: str
    passage_id: str
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes out with the message; `digest` is the SHA-256 of its bytes."""

    name: str
    media_type: str
    digest: str
    content: bytes


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """Exactly what leaves: the confirmation shows it, the approval names its digest, the transport writes it."""

    sender_name: str
    sender_email: str
    recipients: tuple[Recipient, ...]
    subject: str
    body: str
    attachments: tuple[Attachment, ...] = ()
    in_reply_to: str = ""
    references: tuple[str, ...] = ()

    def digest(self) -> str:
        """Give the SHA-256 over sender, recipients, subject, body and attachments; any byte changes it."""
        content = json.dumps(
            {
                "from": [self.sender_name, self.sender_email],
                "to": [[r.name, r.email, r.role.value] for r in self.recipients],
                "subject": self.subject,
                "body": self.body,
                "attachments": [
                    [a.name, a.media_type, hashlib.sha256(a.content).hexdigest()] for a in self.attachments
                ],
                "reply": [self.in_reply_to, list(self.references)],
            },
            ensure_ascii=False,
            sort_keys=True,
        )
        return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class CitedText:
    """The text of one cited passage at the time of approval, by digest."""

    passage_id: str
    path: str
    digest: str


@dataclass(frozen=True, slots=True)
class Approval:
    """A person's yes to exactly this message, resting on exactly these cited texts."""

    draft_id: str
    revision: int
    message_digest: str
    cited: tuple[CitedText, ...]
    by: str
    at: datetime


def open_findings(findings: tuple[Finding, ...], waivers: tuple[Waiver, ...]) -> tuple[Finding, ...]:
    """Give the findings a person still has to settle: blocks, and warnings without a waiver."""
    waived = {w.finding_id for w in waivers}
    return tuple(
        f for f in findings if f.severity is Severity.BLOCK or (f.severity is Severity.WARN and f.id not in waived)
    )


def may_approve(draft: Draft, findings: tuple[Finding, ...], waivers: tuple[Waiver, ...]) -> bool:
    """Tell whether the approve key is on offer: open, with recipients, and nothing left to settle."""
    return draft.status is DraftStatus.OPEN and bool(draft.recipients) and not open_findings(findings, waivers)


def approve(
    draft: Draft,
    message: OutgoingMessage,
    findings: tuple[Finding, ...],
    waivers: tuple[Waiver, ...],
    *,
    by: str,
    at: datetime,
) -> Approval:
    """Make the approval of a draft. Raises StateError while anything is left to settle."""
    left = open_findings(findings, waivers)
    if left:
        raise StateError(f"Draft {draft.id} has {len(left)} open findings; settle them before approving.")
    if not may_approve(draft, findings, waivers):
        raise StateError(f"Draft {draft.id} cannot be approved: it is {draft.status} or has no recipients.")
    cited = tuple(CitedText(e.passage.id, e.passage.path, text_digest(e.passage.text)) for e in draft.cited())
    return Approval(draft.id, draft.revision, message.digest(), cited, by, at)


def waive(finding: Finding, draft_id: str, reason: WaiverReason, *, by: str, at: datetime, words: str = "") -> Waiver:
    """Settle a warning with a listed reason. Raises StateError for a block, or for `other` without words."""
    if finding.severity is not Severity.WARN:
        raise StateError(f"Finding {finding.id} is {finding.severity}; only a warning can be waived.")
    if reason is WaiverReason.OTHER and not words.strip():
        raise StateError(f"Finding {finding.id}: the reason 'other' needs a few words.")
    return Waiver(draft_id, finding.id, reason, by, at, words.strip())
