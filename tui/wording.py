"""Which interface text stands for which state or finding. Tables of keys, so that every one can be checked."""

from assistant.domain.draft import DraftStatus, Origin, WrittenBy
from assistant.domain.finding import Finding, Severity
from assistant.domain.inbound import PointKind
from assistant.domain.note import Certainty, NoteKind
from assistant.domain.outbox import OutboxState
from assistant.domain.project import Language, RecipientRole, Visibility
from assistant.domain.review import WaiverReason
from assistant.domain.voiding import VoidReason
from assistant.errors import KnowledgeError
from assistant.i18n import text

STATUS = {
    DraftStatus.OPEN: "desk.status.open",
    DraftStatus.APPROVED: "desk.status.approved",
    DraftStatus.REJECTED: "desk.status.rejected",
}
OUTBOX = {
    OutboxState.QUEUED: "desk.outbox.queued",
    OutboxState.SENDING: "desk.outbox.sending",
    OutboxState.EXPORTED: "desk.outbox.exported",
    OutboxState.SENT: "desk.outbox.sent",
    OutboxState.FAILED: "desk.outbox.failed",
    OutboxState.UNCERTAIN: "desk.outbox.uncertain",
    OutboxState.WITHDRAWN: "desk.outbox.withdrawn",
    OutboxState.VOID: "desk.outbox.void",
}
SEVERITY = {
    Severity.BLOCK: "desk.severity.block",
    Severity.WARN: "desk.severity.warn",
    Severity.INFO: "desk.severity.info",
}
SEVERITY_STYLE = {
    Severity.BLOCK: "$error bold",
    Severity.WARN: "$warning bold",
    Severity.INFO: "$muted",
}
ORIGIN = {
    Origin.OFFLINE: "desk.origin.offline",
    Origin.MODEL: "desk.origin.model",
    Origin.HUMAN: "desk.origin.human",
}
NOTE_KIND = {
    NoteKind.SENT: "desk.note.sent",
    NoteKind.RECEIVED: "desk.note.received",
    NoteKind.MINUTES: "desk.note.minutes",
    NoteKind.LOG: "desk.note.log",
    NoteKind.DECISION: "desk.note.decision",
    NoteKind.PLAN: "desk.note.plan",
    NoteKind.CHAT: "desk.note.chat",
    NoteKind.OTHER: "desk.note.other",
}
CERTAINTY = {
    Certainty.STATED: "desk.certainty.stated",
    Certainty.INFERRED: "desk.certainty.inferred",
    Certainty.UNKNOWN: "desk.certainty.unknown",
}
VISIBILITY = {
    Visibility.CLIENT: "desk.visibility.client",
    Visibility.INTERNAL: "desk.visibility.internal",
}
ROLE = {
    RecipientRole.TO: "desk.role.to",
    RecipientRole.CC: "desk.role.cc",
}
POINT = {
    PointKind.GRIEVANCE: "desk.point.grievance",
    PointKind.QUESTION: "desk.point.question",
    PointKind.REQUEST: "desk.point.request",
}
WAIVER = {
    WaiverReason.CHECKED_BY_PHONE: "desk.waiver.checked_by_phone",
    WaiverReason.OUTSIDE_THE_NOTES: "desk.waiver.outside_the_notes",
    WaiverReason.WORDING_ONLY: "desk.waiver.wording_only",
    WaiverReason.OTHER: "desk.waiver.other",
}


def finding_words(finding: Finding, language: Language) -> str:
    """Say what a finding says. One stored by another version, whose words are gone, is named by its code."""
    try:
        return text(finding.message_key, language, **finding.values)
    except KnowledgeError:
        return text("desk.finding.unnamed", language, check=finding.check, code=finding.code)


def writer_words(writer: WrittenBy, language: Language) -> str:
    """Name the writer of a draft: the built-in one, a model by its name, or a person."""
    if writer.name == "offline":
        return text("desk.writer.offline", language)
    return text("desk.writer.named", language, name=writer.model or writer.name)


def reason_words(stored: str, language: Language) -> str:
    """Say a stored reason: a person's own words as they are, a void approval in the interface's language."""
    void = VoidReason.from_text(stored)
    if void is None:
        return stored
    values = dict(void.values)
    if "parts" in values:
        names = [text(f"void.part.{part}", language) for part in values["parts"].split(", ")]
        values["parts"] = ("、" if language == "zh" else ", ").join(names)
    return text(void.message_key, language, **values)
