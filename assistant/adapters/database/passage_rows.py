"""Passages and their facts as rows of `index.db`, and back."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import RowMapping

from assistant.domain.facts import Fact, FactKind
from assistant.domain.note import Certainty, NoteKind, Passage
from assistant.domain.project import Visibility
from assistant.retrieval.words import language_of


def to_row(row: int, passage: Passage, facts: Sequence[Fact]) -> dict[str, Any]:
    """Give the row of the passages table for a passage."""
    embedded = embedded_text(passage.text, passage.headings)
    return {
        "row": row,
        "id": passage.id,
        "project": passage.project,
        "path": passage.path,
        "start_line": passage.start_line,
        "end_line": passage.end_line,
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "digest": passage.digest,
        "vector_key": hashlib.sha256(embedded.encode("utf-8", "surrogatepass")).hexdigest(),
        "headings": json.dumps(passage.headings, ensure_ascii=False),
        "dated": passage.dated.isoformat() if passage.dated else None,
        "date_certainty": passage.date_certainty.value,
        "kind": passage.kind.value,
        "kind_certainty": passage.kind_certainty.value,
        "visibility": passage.visibility.value,
        "visibility_certainty": passage.visibility_certainty.value,
        "quoted": int(passage.quoted),
        "place": passage.place,
        "language": language_of(passage.text),
        "facts": json.dumps(
            [[f.kind.value, f.start, f.end, f.text, f.value, f.vague, f.rule] for f in facts], ensure_ascii=False
        ),
    }


def to_passage(row: RowMapping) -> Passage:
    """Read a passage back from its row."""
    return Passage(
        id=row["id"],
        project=row["project"],
        path=row["path"],
        start_line=row["start_line"],
        end_line=row["end_line"],
        start=row["start"],
        end=row["end"],
        text=row["text"],
        digest=row["digest"],
        headings=tuple(json.loads(row["headings"])),
        dated=date.fromisoformat(row["dated"]) if row["dated"] else None,
        date_certainty=Certainty(row["date_certainty"]),
        kind=NoteKind(row["kind"]),
        kind_certainty=Certainty(row["kind_certainty"]),
        visibility=Visibility(row["visibility"]),
        visibility_certainty=Certainty(row["visibility_certainty"]),
        quoted=bool(row["quoted"]),
        place=row["place"],
    )


def to_facts(stored: str) -> tuple[Fact, ...]:
    """Read a passage's facts back from the column."""
    return tuple(Fact(FactKind(kind), *rest) for kind, *rest in json.loads(stored))


def embedded_text(words: str, headings: Sequence[str]) -> str:
    """Give what is embedded for a passage: its words, after those of its headings that it does not hold itself."""
    trail = [heading for heading in headings if heading not in words]
    return "\n".join([" / ".join(trail), words]) if trail else words
