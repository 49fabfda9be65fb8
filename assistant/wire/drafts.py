"""Drafts, checks, rows of the queue and the outbox."""

from collections.abc import Collection

from assistant.check_batch import CheckedRow
from assistant.domain.draft import Draft, Evidence
from assistant.domain.finding import SEVERITY_ORDER, Finding
from assistant.domain.outbox import OutboxEntry
from assistant.domain.project import Language, Project, Recipient
from assistant.domain.spending import ModelCall
from assistant.domain.view import DraftView
from assistant.i18n import text, texts
from assistant.ports import DraftRow
from assistant.wire.covering import Cover, Json, covered, is_internal, is_others, visible_evidence
from assistant.wire.notes import place_json


def draft_json(view: DraftView, language: Language, *, internal: bool = True, outside: bool = False) -> Json:
    """Give a draft with evidence and findings, messages in `language`.

    Words of the draft that a withheld finding is about are covered, character by character, so that spans still fit.
    """
    draft = view.draft
    cover = Cover.of(view, internal=internal, outside=outside)
    seen = visible_evidence(draft, internal=internal)
    places = {id(place.sentence): place for place in draft.places()}
    sections = [
        {
            "step": section.step,
            "sentences": [
                {
                    "id": sentence.id,
                    "text": cover.body[places[id(sentence)].start : places[id(sentence)].end],
                    "evidence": [n for n in sentence.evidence if n in seen],
                    "origin": sentence.origin.value,
                }
                for sentence in section.sentences
            ],
        }
        for section in draft.sections
    ]
    return {
        "id": draft.id,
        "project": draft.project,
        "kind": draft.kind,
        "language": draft.language,
        "as_of": draft.as_of.isoformat(),
        "subject": cover.subject,
        "body": cover.body,
        "writer": {
            "name": draft.writer.name,
            "model": draft.writer.model,
            "prompt": draft.writer.prompt,
            "why": texts(draft.writer.reasons, language),
            "reasons": [{"code": r.code, "values": dict(r.values)} for r in draft.writer.reasons],
        },
        "usage": [_call_json(call) for call in view.calls],
        "recipients": [_recipient_json(r) for r in draft.recipients],
        "sections": sections,
        "evidence": [_evidence_json(e) for e in draft.evidence if e.n in seen],
        "gaps": [covered(gap, cover.words) for gap in draft.gaps],
        "findings": findings_json(view, language, internal=internal, outside=outside, hidden=cover.words),
        "status": draft.status.value,
    }


def check_json(view: DraftView, language: Language, *, internal: bool = True, outside: bool = False) -> Json:
    """Give what the checks say about a text that a person wrote. Its own words are never covered."""
    draft = view.draft
    seen = visible_evidence(draft, internal=internal)
    return {
        "project": draft.project,
        "kind": draft.kind,
        "language": draft.language,
        "as_of": draft.as_of.isoformat(),
        "recipients": [_recipient_json(r) for r in draft.recipients],
        "body": draft.body,
        "sentences": [
            {
                "id": place.sentence.id,
                "text": place.sentence.text,
                "start": place.start,
                "end": place.end,
                "evidence": [n for n in place.sentence.evidence if n in seen],
            }
            for place in draft.places()
        ],
        "evidence": [_evidence_json(e) for e in draft.evidence if e.n in seen],
        "findings": findings_json(view, language, internal=internal, outside=outside),
        "blocked": view.blocked,
    }


def checked_row_json(row: CheckedRow, language: Language) -> Json:
    """Give the answer to one line of `check --jsonl`; evidence is given by index from 0."""
    return {
        "supported": row.supported,
        "score": row.score,
        "sentences": [
            {"text": s.text, "start": s.start, "end": s.end, "verdict": s.verdict, "score": s.score}
            for s in row.sentences
        ],
        "findings": [
            {
                "check": f.check,
                "code": f.code,
                "severity": f.severity.value,
                "start": f.start,
                "end": f.end,
                "message": text(f.message_key, language, **f.values),
                "evidence": [n - 1 for n in f.evidence],
            }
            for f in row.findings
        ],
    }


def findings_json(
    view: DraftView,
    language: Language,
    *,
    internal: bool = True,
    outside: bool = False,
    hidden: Collection[str] = (),
) -> list[Json]:
    """Give a view's findings, most serious first; what may not be told is told of without its words.

    `hidden` are words to cover in the values of the other findings.
    """
    seen = visible_evidence(view.draft, internal=internal)
    shown: list[Json] = []
    others: list[Finding] = []
    withheld: set[tuple[int | None, int | None]] = set()
    for finding in view.findings:
        if outside and is_others(finding):
            others.append(finding)
        elif not internal and is_internal(finding, view.draft):
            place = _sentence_around(view.draft, finding)
            if place not in withheld:
                withheld.add(place)
                shown.append(_withheld_json(finding, "internal", language, place))
        else:
            shown.append(_finding_json(finding, language, seen, hidden))
    if others:
        worst = min(others, key=lambda f: SEVERITY_ORDER[f.severity])
        shown.insert(0, _withheld_json(worst, "other_client", language, (None, None)))
    return shown


def row_json(row: DraftRow) -> Json:
    """Give one line of the queue."""
    return {
        "id": row.id,
        "revision": row.revision,
        "project": row.project,
        "kind": row.kind,
        "language": row.language,
        "subject": row.subject,
        "status": row.status.value,
        "created_at": row.created_at.isoformat(),
        "changed_at": row.changed_at.isoformat(),
        "blocks": row.blocks,
        "warnings": row.warnings,
        "inbound_id": row.inbound_id,
        "severity": row.severity,
    }


def entry_json(entry: OutboxEntry) -> Json:
    """Give one outbox entry."""
    return {
        "id": entry.id,
        "draft_id": entry.draft_id,
        "revision": entry.revision,
        "project": entry.project,
        "state": entry.state.value,
        "detail": entry.detail,
        "recipients": [_recipient_json(r) for r in entry.message.recipients],
        "subject": entry.message.subject,
        "message_id": entry.message_id,
        "approved_by": entry.approved_by,
        "created_at": entry.created_at.isoformat(),
        "not_before": entry.not_before.isoformat(),
        "changed_at": entry.changed_at.isoformat() if entry.changed_at else None,
    }


def project_json(project: Project) -> Json:
    """Give a project's head."""
    return {
        "slug": project.slug,
        "name": project.name,
        "client": project.client.name,
        "language": project.language,
        "as_of": project.as_of.isoformat() if project.as_of else None,
    }


def _sentence_around(draft: Draft, finding: Finding) -> tuple[int | None, int | None]:
    """The sentence a finding stands in: its exact words would tell what the internal note says."""
    if finding.start is None:
        return None, None
    for place in draft.places():
        if place.start <= finding.start < place.end:
            return place.start, place.end
    return None, None


def _finding_json(finding: Finding, language: Language, seen: frozenset[int], hidden: Collection[str]) -> Json:
    values = {name: covered(value, hidden) for name, value in finding.values.items()}
    return {
        "id": finding.id,
        "check": finding.check,
        "code": finding.code,
        "severity": finding.severity.value,
        "start": finding.start,
        "end": finding.end,
        "values": values,
        "message": text(finding.message_key, language, **values),
        "evidence": [n for n in finding.evidence if n in seen],
    }


def _withheld_json(finding: Finding, code: str, language: Language, place: tuple[int | None, int | None]) -> Json:
    shell = Finding("audience", code, finding.severity, anchor=f"{place[0]}-{place[1]}")
    return {
        "id": shell.id,
        "check": shell.check,
        "code": code,
        "severity": finding.severity.value,
        "start": place[0],
        "end": place[1],
        "values": {},
        "message": text(f"wire.{code}", language),
        "evidence": [],
    }


def _call_json(call: ModelCall) -> Json:
    return {
        "purpose": call.purpose,
        "model": call.model,
        "prompt": call.prompt,
        "input_tokens": call.input_tokens,
        "output_tokens": call.output_tokens,
        "cost": None if call.micros is None else call.micros / 1_000_000,
        "currency": call.currency,
    }


def _recipient_json(recipient: Recipient) -> Json:
    return {"name": recipient.name, "email": recipient.email, "role": recipient.role.value}


def _evidence_json(evidence: Evidence) -> Json:
    return {"n": evidence.n, **place_json(evidence.passage)}
