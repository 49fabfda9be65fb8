"""Our nouns as JSON texts and back, field by field.

Spelled out on purpose: a field that is renamed in the code must not silently change what is stored. A test holds each
pair of functions to the fields of its class. Times are ISO 8601; bytes are base64.
"""

import base64
import json
from datetime import UTC, date, datetime
from typing import Any

from assistant.domain.draft import (
    Draft,
    DraftStatus,
    Evidence,
    Lead,
    Origin,
    Rewriting,
    Section,
    Sentence,
    WriterReason,
    WrittenBy,
)
from assistant.domain.finding import Finding, Severity
from assistant.domain.inbound import Inbound, Point, PointKind, ReceivedMail, Triage
from assistant.domain.note import Certainty, NoteKind, Passage
from assistant.domain.project import Recipient, RecipientRole, Visibility
from assistant.domain.review import (
    Approval,
    Attachment,
    CitedText,
    OutgoingMessage,
    Release,
    Waiver,
    WaiverReason,
)

UNREADABLE = (KeyError, TypeError, ValueError, AttributeError)
"""What reading a text that was not written by this module can raise."""

Json = dict[str, Any]


def dumps(value: object) -> str:
    """Write JSON compactly; Chinese stays readable, a broken surrogate is escaped so that it can be stored."""
    plain = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        plain.encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":"))
    return plain


def time_text(moment: datetime) -> str:
    """Write an aware time so that texts sort as times do; raises ValueError for a naive one."""
    if moment.utcoffset() is None:
        raise ValueError("a stored time must say its time zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _day_text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


# --- drafts -----------------------------------------------------------------------------------------------


def passage_to_json(p: Passage) -> Json:
    """Give a passage as JSON."""
    return {
        "id": p.id,
        "project": p.project,
        "path": p.path,
        "start_line": p.start_line,
        "end_line": p.end_line,
        "start": p.start,
        "end": p.end,
        "text": p.text,
        "digest": p.digest,
        "headings": list(p.headings),
        "dated": _day_text(p.dated),
        "date_certainty": p.date_certainty.value,
        "kind": p.kind.value,
        "kind_certainty": p.kind_certainty.value,
        "visibility": p.visibility.value,
        "visibility_certainty": p.visibility_certainty.value,
        "quoted": p.quoted,
        "place": p.place,
    }


def passage_from_json(j: Json) -> Passage:
    """Read a passage."""
    return Passage(
        id=j["id"],
        project=j["project"],
        path=j["path"],
        start_line=j["start_line"],
        end_line=j["end_line"],
        start=j["start"],
        end=j["end"],
        text=j["text"],
        digest=j["digest"],
        headings=tuple(j["headings"]),
        dated=_day(j["dated"]),
        date_certainty=Certainty(j["date_certainty"]),
        kind=NoteKind(j["kind"]),
        kind_certainty=Certainty(j["kind_certainty"]),
        visibility=Visibility(j["visibility"]),
        visibility_certainty=Certainty(j["visibility_certainty"]),
        quoted=j["quoted"],
        place=j["place"],
    )


def _recipient_to_json(r: Recipient) -> Json:
    return {"name": r.name, "email": r.email, "role": r.role.value}


def _recipient_from_json(j: Json) -> Recipient:
    return Recipient(name=j["name"], email=j["email"], role=RecipientRole(j["role"]))


def _sentence_to_json(s: Sentence) -> Json:
    return {"id": s.id, "text": s.text, "evidence": list(s.evidence), "origin": s.origin.value}


def _sentence_from_json(j: Json) -> Sentence:
    return Sentence(id=j["id"], text=j["text"], evidence=tuple(j["evidence"]), origin=Origin(j["origin"]))


def _section_to_json(s: Section) -> Json:
    return {
        "step": s.step,
        "sentences": [_sentence_to_json(x) for x in s.sentences],
        "heading": s.heading,
        "layout": s.layout,
    }


def _section_from_json(j: Json) -> Section:
    return Section(
        step=j["step"],
        sentences=tuple(_sentence_from_json(x) for x in j["sentences"]),
        heading=j["heading"],
        layout=j["layout"],
    )


def _writer_to_json(w: WrittenBy) -> Json:
    reasons = [{"code": r.code, "values": dict(r.values)} for r in w.reasons]
    return {"name": w.name, "model": w.model, "prompt": w.prompt, "reasons": reasons}


def _writer_from_json(j: Json) -> WrittenBy:
    if "reasons" in j:
        reasons = tuple(WriterReason(r["code"], r["values"]) for r in j["reasons"])
    else:  # stored before there were codes
        reasons = (WriterReason("noted", {"words": j["why"]}),) if j["why"] else ()
    return WrittenBy(name=j["name"], model=j["model"], prompt=j["prompt"], reasons=reasons)


def _rewriting_to_json(r: Rewriting | None) -> Json | None:
    return None if r is None else {"by": _writer_to_json(r.by), "wish": r.wish, "words": r.words}


def _rewriting_from_json(j: Json | None) -> Rewriting | None:
    return None if j is None else Rewriting(by=_writer_from_json(j["by"]), wish=j["wish"], words=j["words"])


def draft_to_json(d: Draft) -> Json:
    """Give one revision as JSON, without its status, which belongs to the draft and not to the revision."""
    return {
        "id": d.id,
        "revision": d.revision,
        "project": d.project,
        "kind": d.kind,
        "language": d.language,
        "as_of": d.as_of.isoformat(),
        "subject": d.subject,
        "sections": [_section_to_json(s) for s in d.sections],
        "evidence": [{"n": e.n, "passage": passage_to_json(e.passage)} for e in d.evidence],
        "recipients": [_recipient_to_json(r) for r in d.recipients],
        "writer": _writer_to_json(d.writer),
        "created_at": time_text(d.created_at),
        "inbound_id": d.inbound_id,
        "instruction": d.instruction,
        "gaps": list(d.gaps),
        "left_out": list(d.left_out),
        "leads": [{"point": lead.point, "where": lead.where, "text": lead.text} for lead in d.leads],
        "rewriting": _rewriting_to_json(d.rewriting),
    }


def draft_from_json(j: Json, status: DraftStatus, status_reason: str) -> Draft:
    """Read one revision; its status is given."""
    return Draft(
        id=j["id"],
        revision=j["revision"],
        project=j["project"],
        kind=j["kind"],
        language=j["language"],
        as_of=date.fromisoformat(j["as_of"]),
        subject=j["subject"],
        sections=tuple(_section_from_json(s) for s in j["sections"]),
        evidence=tuple(Evidence(e["n"], passage_from_json(e["passage"])) for e in j["evidence"]),
        recipients=tuple(_recipient_from_json(r) for r in j["recipients"]),
        writer=_writer_from_json(j["writer"]),
        created_at=datetime.fromisoformat(j["created_at"]),
        inbound_id=j["inbound_id"],
        instruction=j["instruction"],
        gaps=tuple(j["gaps"]),
        left_out=tuple(j["left_out"]),
        leads=tuple(Lead(lead["point"], lead["where"], lead["text"]) for lead in j.get("leads", ())),
        rewriting=_rewriting_from_json(j.get("rewriting")),
        status=status,
        status_reason=status_reason,
    )


def finding_to_json(f: Finding) -> Json:
    """Give a finding as JSON."""
    return {
        "check": f.check,
        "code": f.code,
        "severity": f.severity.value,
        "anchor": f.anchor,
        "start": f.start,
        "end": f.end,
        "sentence_id": f.sentence_id,
        "values": dict(f.values),
        "evidence": list(f.evidence),
    }


def finding_from_json(j: Json) -> Finding:
    """Read a finding."""
    return Finding(
        check=j["check"],
        code=j["code"],
        severity=Severity(j["severity"]),
        anchor=j["anchor"],
        start=j["start"],
        end=j["end"],
        sentence_id=j["sentence_id"],
        values=j["values"],
        evidence=tuple(j["evidence"]),
    )


# --- client mail ------------------------------------------------------------------------------------------


def _mail_to_json(m: ReceivedMail) -> Json:
    return {
        "body": m.body,
        "subject": m.subject,
        "sender_name": m.sender_name,
        "sender_email": m.sender_email,
        "message_id": m.message_id,
        "references": list(m.references),
        "received": _day_text(m.received),
    }


def _mail_from_json(j: Json) -> ReceivedMail:
    return ReceivedMail(
        body=j["body"],
        subject=j["subject"],
        sender_name=j["sender_name"],
        sender_email=j["sender_email"],
        message_id=j["message_id"],
        references=tuple(j["references"]),
        received=_day(j["received"]),
    )


def _point_to_json(p: Point) -> Json:
    return {
        "number": p.number,
        "kind": p.kind.value,
        "text": p.text,
        "start": p.start,
        "end": p.end,
        "due": p.due,
        "asked": p.asked,
    }


def _point_from_json(j: Json) -> Point:
    return Point(
        number=j["number"],
        kind=PointKind(j["kind"]),
        text=j["text"],
        start=j["start"],
        end=j["end"],
        due=j["due"],
        asked=j.get("asked", ""),
    )


def _triage_to_json(t: Triage) -> Json:
    return {
        "language": t.language,
        "complaint": t.complaint,
        "severity": t.severity,
        "reason": t.reason,
        "points": [_point_to_json(p) for p in t.points],
        "injection": t.injection,
        "injection_spans": [list(span) for span in t.injection_spans],
    }


def _triage_from_json(j: Json) -> Triage:
    return Triage(
        language=j["language"],
        complaint=j["complaint"],
        severity=j["severity"],
        reason=j["reason"],
        points=tuple(_point_from_json(p) for p in j["points"]),
        injection=j["injection"],
        injection_spans=tuple((start, end) for start, end in j["injection_spans"]),
    )


def inbound_to_json(i: Inbound) -> Json:
    """Give a client's message as JSON."""
    return {
        "id": i.id,
        "project": i.project,
        "mail": _mail_to_json(i.mail),
        "triage": _triage_to_json(i.triage),
        "created_at": time_text(i.created_at),
    }


def inbound_from_json(j: Json) -> Inbound:
    """Read a client's message."""
    return Inbound(
        id=j["id"],
        project=j["project"],
        mail=_mail_from_json(j["mail"]),
        triage=_triage_from_json(j["triage"]),
        created_at=datetime.fromisoformat(j["created_at"]),
    )


# --- decisions --------------------------------------------------------------------------------------------


def waiver_to_json(w: Waiver) -> Json:
    """Give a waiver as JSON."""
    return {
        "draft_id": w.draft_id,
        "finding_id": w.finding_id,
        "reason": w.reason.value,
        "by": w.by,
        "at": time_text(w.at),
        "words": w.words,
    }


def waiver_from_json(j: Json) -> Waiver:
    """Read a waiver."""
    return Waiver(
        draft_id=j["draft_id"],
        finding_id=j["finding_id"],
        reason=WaiverReason(j["reason"]),
        by=j["by"],
        at=datetime.fromisoformat(j["at"]),
        words=j["words"],
    )


def release_to_json(r: Release) -> Json:
    """Give a release as JSON."""
    return {
        "draft_id": r.draft_id,
        "passage_id": r.passage_id,
        "by": r.by,
        "at": time_text(r.at),
        "reason": r.reason,
    }


def release_from_json(j: Json) -> Release:
    """Read a release."""
    return Release(
        draft_id=j["draft_id"],
        passage_id=j["passage_id"],
        by=j["by"],
        at=datetime.fromisoformat(j["at"]),
        reason=j["reason"],
    )


def _attachment_to_json(a: Attachment) -> Json:
    return {
        "name": a.name,
        "media_type": a.media_type,
        "digest": a.digest,
        "content": base64.b64encode(a.content).decode("ascii"),
    }


def _attachment_from_json(j: Json) -> Attachment:
    return Attachment(
        name=j["name"],
        media_type=j["media_type"],
        digest=j["digest"],
        content=base64.b64decode(j["content"], validate=True),
    )


def message_to_json(m: OutgoingMessage) -> Json:
    """Give an outgoing message as JSON, attachments included."""
    return {
        "sender_name": m.sender_name,
        "sender_email": m.sender_email,
        "recipients": [_recipient_to_json(r) for r in m.recipients],
        "subject": m.subject,
        "body": m.body,
        "attachments": [_attachment_to_json(a) for a in m.attachments],
        "in_reply_to": m.in_reply_to,
        "references": list(m.references),
    }


def message_from_json(j: Json) -> OutgoingMessage:
    """Read an outgoing message."""
    return OutgoingMessage(
        sender_name=j["sender_name"],
        sender_email=j["sender_email"],
        recipients=tuple(_recipient_from_json(r) for r in j["recipients"]),
        subject=j["subject"],
        body=j["body"],
        attachments=tuple(_attachment_from_json(a) for a in j["attachments"]),
        in_reply_to=j["in_reply_to"],
        references=tuple(j["references"]),
    )


def approval_to_json(a: Approval) -> Json:
    """Give an approval as JSON."""
    return {
        "draft_id": a.draft_id,
        "revision": a.revision,
        "message_digest": a.message_digest,
        "cited": [{"passage_id": c.passage_id, "path": c.path, "digest": c.digest} for c in a.cited],
        "by": a.by,
        "at": time_text(a.at),
    }


def approval_from_json(j: Json) -> Approval:
    """Read an approval."""
    return Approval(
        draft_id=j["draft_id"],
        revision=j["revision"],
        message_digest=j["message_digest"],
        cited=tuple(CitedText(c["passage_id"], c["path"], c["digest"]) for c in j["cited"]),
        by=j["by"],
        at=datetime.fromisoformat(j["at"]),
    )
