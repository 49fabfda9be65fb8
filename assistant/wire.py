"""The JSON objects that the commands print and the API returns, documented in docs/json.md.

Pure functions from the nouns to dictionaries ready for JSON. Who may see what is decided here, once: with
`internal=False` nothing of an internal passage is in the object; with `outside=True` (another program reads it) a
finding about another client says only that the text matches material that is not this client's.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from assistant.actions.exports import item_json
from assistant.check_batch import CheckedRow
from assistant.domain.actions import ActionItem, Carried, MeetingSummary, Quoted, Statement, StoredItem
from assistant.domain.draft import Draft, Evidence
from assistant.domain.finding import SEVERITY_ORDER, Finding
from assistant.domain.guidance import GuidanceHit
from assistant.domain.inbound import Inbound, Triage
from assistant.domain.note import Hit, Passage, SearchResult
from assistant.domain.outbox import OutboxEntry
from assistant.domain.project import Language, Project, Recipient, Visibility
from assistant.domain.spending import ModelCall
from assistant.domain.view import DraftView
from assistant.i18n import text, texts
from assistant.ports import DraftRow

Json = dict[str, object]

# What the audience check says about other clients' material; a test fails when the check learns another code.
OTHER_CLIENT_CODES = frozenset({"other_client_text", "other_client_value", "other_client_name", "foreign_name"})
INTERNAL_CODES = frozenset({"internal_text", "internal_value", "internal_name", "internal_likeness"})
_COVER = "█"


def draft_json(view: DraftView, language: Language, *, internal: bool = True, outside: bool = False) -> Json:
    """Give a draft with evidence and findings, messages in `language`.

    Words of the draft that a withheld finding is about are covered, character by character, so that spans still fit.
    """
    draft = view.draft
    cover = _Cover.of(view, internal=internal, outside=outside)
    seen = _seen(draft, internal=internal)
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
        "gaps": [_covered(gap, cover.words) for gap in draft.gaps],
        "findings": findings_json(view, language, internal=internal, outside=outside, hidden=cover.words),
        "status": draft.status.value,
    }


def check_json(view: DraftView, language: Language, *, internal: bool = True, outside: bool = False) -> Json:
    """Give what the checks say about a text that a person wrote. Its own words are never covered."""
    draft = view.draft
    seen = _seen(draft, internal=internal)
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
    seen = _seen(view.draft, internal=internal)
    shown: list[Json] = []
    others: list[Finding] = []
    withheld: set[tuple[int | None, int | None]] = set()
    for finding in view.findings:
        if outside and _is_others(finding):
            others.append(finding)
        elif not internal and _is_internal(finding, view.draft):
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


def search_json(result: SearchResult) -> Json:
    """Give the hits of a search, best first."""
    return {
        "hits": [_hit_json(hit) for hit in result.hits],
        "lexical_only": result.lexical_only,
        "notice": result.notice,
    }


def guidance_json(hits: Sequence[GuidanceHit]) -> Json:
    """Give the guidance points found for a situation, best first."""
    return {
        "points": [
            {
                "id": hit.point.id,
                "topic": hit.point.topic,
                "language": hit.point.language,
                "title": hit.point.title,
                "text": hit.point.text,
                "score": round(hit.score, 6),
            }
            for hit in hits
        ]
    }


def triage_json(triage: Triage) -> Json:
    """Give a first reading of a client's message."""
    return {
        "language": triage.language,
        "complaint": triage.complaint,
        "severity": round(triage.severity, 3),
        "points": [
            {
                "text": point.text,
                "kind": point.kind.value,
                "start": point.start,
                "end": point.end,
                "due": point.due or None,
                "asked": point.asked or None,
            }
            for point in triage.points
        ],
        "injection": triage.injection,
    }


def inbound_json(inbound: Inbound) -> Json:
    """Give a client's message that was taken in, without its text: the caller has it."""
    mail = inbound.mail
    return {
        "id": inbound.id,
        "project": inbound.project,
        "from_name": mail.sender_name,
        "from_email": mail.sender_email,
        "subject": mail.subject,
        "message_id": mail.message_id,
        "received": mail.received.isoformat() if mail.received else None,
        "created_at": inbound.created_at.isoformat(),
        "triage": triage_json(inbound.triage),
    }


def actions_json(items: Iterable[ActionItem]) -> list[Json]:
    """Give action items in the order of the note."""
    return [item_json(item) for item in items]


def meeting_json(summary: MeetingSummary, *, internal: bool = True) -> Json:
    """Give everything read out of a meeting; without `internal` nothing of an internal part of the note."""
    seen = summary if internal else summary.for_client()
    return {
        "project": seen.project,
        "path": seen.meeting.path,
        "title": seen.meeting.title,
        "date": seen.meeting.dated.isoformat() if seen.meeting.dated else None,
        "digest": seen.meeting.digest,
        "read_by": seen.read_by,
        "notices": list(seen.notices),
        "carried": [_carried_json(one) for one in seen.carried],
        "topics": [
            {
                "title": topic.title,
                "start": topic.start,
                "end": topic.end,
                "line": topic.start_line,
                "points": [_quoted_json(point) for point in topic.points],
            }
            for topic in seen.topics
        ],
        "decisions": [_statement_json(one) for one in seen.decisions],
        "items": [{**item_json(item), "due_rule": item.due_rule, "line": item.start_line} for item in seen.items],
        "questions": [_statement_json(one) for one in seen.questions],
        "risks": [_statement_json(one) for one in seen.risks],
    }


def _statement_json(one: Statement) -> Json:
    return {"text": one.text, "quote": one.quote, "start": one.start, "end": one.end, "line": one.start_line}


def _quoted_json(one: Quoted) -> Json:
    return {"quote": one.quote, "start": one.start, "end": one.end, "line": one.start_line}


def _carried_json(one: Carried) -> Json:
    quoted = _quoted_json(one.quoted) if one.quoted else None
    return {"item": stored_item_json(one.item), "outcome": one.outcome.value, "quoted": quoted}


def stored_item_json(item: StoredItem) -> Json:
    """Give a kept action item as it stands now, with the quote it came from."""
    return {
        "id": item.id,
        "project": item.project,
        "state": item.state.value,
        "version": item.version,
        "path": item.meeting.path,
        "meeting_date": item.meeting.dated.isoformat() if item.meeting.dated else None,
        "line": item.found.start_line,
        **item_json(item.current()),
        "changed_by": item.changed_by,
        "changed_at": item.changed_at.isoformat(),
        "reason": item.reason,
        "mentions": [
            {
                "path": one.meeting.path,
                "meeting_date": one.meeting.dated.isoformat() if one.meeting.dated else None,
                "outcome": one.outcome.value,
                **_quoted_json(one.quoted),
            }
            for one in item.mentions
        ],
    }


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


def covered_subject(subject: str, findings: Iterable[Finding], *, internal: bool, outside: bool) -> str:
    """Give a subject with the words covered that withheld findings name."""
    hidden = (f for f in findings if (outside and _is_others(f)) or (not internal and f.code in INTERNAL_CODES))
    return _covered(subject, frozenset(f.values.get("text", "") for f in hidden))


# --- parts


@dataclass(frozen=True, slots=True)
class _Cover:
    """A draft's subject and body as the reader may see them, and the words that stay hidden wherever they stand."""

    subject: str
    body: str
    words: frozenset[str]

    @classmethod
    def of(cls, view: DraftView, *, internal: bool, outside: bool) -> "_Cover":
        draft = view.draft
        body = draft.body
        words: set[str] = set()
        for finding in view.findings:
            if not ((outside and _is_others(finding)) or (not internal and _is_internal(finding, draft))):
                continue
            words.add(finding.values.get("text", ""))
            if finding.start is not None and finding.end is not None:
                start, end = max(0, finding.start), min(len(body), finding.end)
                words.add(draft.body[start:end])
                body = body[:start] + _COVER * (end - start) + body[end:]
        # A check reports a value once; the same words elsewhere in the message tell as much.
        return cls(_covered(draft.subject, words), _covered(body, words), frozenset(words))


def _covered(words: str, hidden: Collection[str]) -> str:
    for one in sorted(hidden, key=len, reverse=True):
        if len(one.strip()) > 1:
            words = words.replace(one, _COVER * len(one))
    return words


def _is_others(finding: Finding) -> bool:
    return finding.check == "audience" and finding.code in OTHER_CLIENT_CODES


def _is_internal(finding: Finding, draft: Draft) -> bool:
    """Whether a finding quotes or names an internal passage."""
    if finding.check == "audience" and finding.code in INTERNAL_CODES:
        return True
    if finding.check == "watermelon" and finding.code == "internal":
        return True
    inside = {e.n for e in draft.evidence if e.passage.visibility is Visibility.INTERNAL}
    return bool(inside & set(finding.evidence))


def _seen(draft: Draft, *, internal: bool) -> frozenset[int]:
    return frozenset(e.n for e in draft.evidence if internal or e.passage.visibility is Visibility.CLIENT)


def _sentence_around(draft: Draft, finding: Finding) -> tuple[int | None, int | None]:
    """The sentence a finding stands in: its exact words would tell what the internal note says."""
    if finding.start is None:
        return None, None
    for place in draft.places():
        if place.start <= finding.start < place.end:
            return place.start, place.end
    return None, None


def _finding_json(finding: Finding, language: Language, seen: frozenset[int], hidden: Collection[str]) -> Json:
    values = {name: _covered(value, hidden) for name, value in finding.values.items()}
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
    return {"n": evidence.n, **_place_json(evidence.passage)}


def _hit_json(hit: Hit) -> Json:
    passage = hit.passage
    return {
        **_place_json(passage),
        "visibility": passage.visibility.value,
        "headings": list(passage.headings),
        "score": round(hit.score, 6),
        "by_words": hit.by_words,
        "by_vectors": hit.by_vectors,
    }


def _place_json(passage: Passage) -> Json:
    return {
        "path": passage.path,
        "start_line": passage.start_line,
        "end_line": passage.end_line,
        "place": passage.place,
        "date": passage.dated.isoformat() if passage.dated else None,
        "kind": passage.kind.value,
        "text": passage.text,
    }
