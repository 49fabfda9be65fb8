"""Hits of a search, guidance, and a client's mail."""

from collections.abc import Sequence

from assistant.domain.guidance import GuidanceHit
from assistant.domain.inbound import Inbound, Triage
from assistant.domain.note import Hit, Passage, SearchResult
from assistant.wire.covering import Json


def search_json(result: SearchResult) -> Json:
    """Give the hits of a search, best first."""
    return {
        "hits": [_hit_json(hit) for hit in result.hits],
        "lexical_only": result.lexical_only,
        "notice": result.notice,
        "passages": result.passages,
        "with_vectors": result.with_vectors,
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


def _hit_json(hit: Hit) -> Json:
    passage = hit.passage
    return {
        **place_json(passage),
        "visibility": passage.visibility.value,
        "headings": list(passage.headings),
        "score": round(hit.score, 6),
        "by_words": hit.by_words,
        "by_vectors": hit.by_vectors,
    }


def place_json(passage: Passage) -> Json:
    """Where a passage stands in its note."""
    return {
        "path": passage.path,
        "start_line": passage.start_line,
        "end_line": passage.end_line,
        "place": passage.place,
        "date": passage.dated.isoformat() if passage.dated else None,
        "kind": passage.kind.value,
        "text": passage.text,
    }
