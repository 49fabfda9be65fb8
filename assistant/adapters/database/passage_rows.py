"""Passages and their facts as rows of `index.db`, and back."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from assistant.domain.facts import Fact, FactKind
from assistant.domain.note import Certainty, NoteKind, Passage
from assistant.domain.project import Visibility
from assistant.retrieval.words import language_of

COLUMNS = tuple(field.name for field in fields(Passage))
"""The columns of a passage, named as its fields, in the order in which `to_passage` takes them."""

_CERTAINTY = {one.value: one for one in Certainty}  # a search reads two hundred rows, and Enum's own look-up is slow
_KIND = {one.value: one for one in NoteKind}
_VISIBILITY = {one.value: one for one in Visibility}


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


def to_passage(row: Sequence[Any]) -> Passage:
    """Read a passage back from the COLUMNS of its row."""
    headings, dated, date_certainty, kind, kind_certainty, visibility, visibility_certainty, quoted, place = row[9:]
    rest: tuple[Any, ...] = (
        tuple(json.loads(headings)) if headings != "[]" else (),
        date.fromisoformat(dated) if dated else None,
        _CERTAINTY[date_certainty],
        _KIND[kind],
        _CERTAINTY[kind_certainty],
        _VISIBILITY[visibility],
        _CERTAINTY[visibility_certainty],
        bool(quoted),
        place,
    )
    return Passage(*row[:9], *rest)


def to_facts(stored: str) -> tuple[Fact, ...]:
    """Read a passage's facts back from the column."""
    return tuple(Fact(FactKind(kind), *rest) for kind, *rest in json.loads(stored))


def embedded_text(words: str, headings: Sequence[str]) -> str:
    """Give what is embedded for a passage: its words, after those of its headings that it does not hold itself."""
    trail = [heading for heading in headings if heading not in words]
    return "\n".join([" / ".join(trail), words]) if trail else words
