"""What is stored comes back the same, field by field."""

import json
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.adapters.database import codec
from assistant.domain.draft import (
    Draft,
    DraftStatus,
    Evidence,
    Lead,
    Rewriting,
    Sentence,
    WriterReason,
    WrittenBy,
)
from assistant.domain.finding import Finding
from assistant.domain.inbound import Inbound
from assistant.domain.note import Passage
from assistant.domain.review import Approval, Attachment, CitedText, OutgoingMessage, Release, Waiver, WaiverReason
from tests.storage import desk_builders as build

STATUS_FIELDS = {"status", "status_reason"}

PAIRS: list[tuple[object, Any, Any]] = [
    (build.passage(), codec.passage_to_json, codec.passage_from_json),
    (build.warning(), codec.finding_to_json, codec.finding_from_json),
    (build.inbound(), codec.inbound_to_json, codec.inbound_from_json),
    (
        Waiver("d-1", "f1", WaiverReason.OTHER, "Ann", build.START, "电话确认"),
        codec.waiver_to_json,
        codec.waiver_from_json,
    ),
    (Release("d-1", "p1", "Ann", build.START, "agreed"), codec.release_to_json, codec.release_from_json),
    (
        OutgoingMessage("A", "a@x.de", (build.to("b@x.de"),), "S", "B", (Attachment("n", "a/b", "d", b"\x00\xff"),)),
        codec.message_to_json,
        codec.message_from_json,
    ),
    (
        Approval("d-1", 2, "digest", (CitedText("p", "q", "r"),), "Ann", build.START),
        codec.approval_to_json,
        codec.approval_from_json,
    ),
    (
        build.draft(),
        codec.draft_to_json,
        lambda j: codec.draft_from_json(j, DraftStatus.OPEN, ""),
    ),
]


def through_text(value: object) -> Any:
    return json.loads(codec.dumps(value))


@pytest.mark.parametrize(("value", "write", "read"), PAIRS, ids=lambda v: type(v).__name__)
def test_a_value_comes_back_the_same(value: object, write: Any, read: Any) -> None:
    assert read(through_text(write(value))) == value


@pytest.mark.parametrize(("value", "write", "read"), PAIRS, ids=lambda v: type(v).__name__)
def test_every_field_of_the_class_is_stored(value: object, write: Any, read: Any) -> None:
    assert_covers(value, write(value))


def assert_covers(value: Any, stored: Any) -> None:
    """A field that is added to a noun and forgotten here would be lost without a word."""
    if not is_dataclass(value):
        return
    names = {f.name for f in fields(value)} - (STATUS_FIELDS if isinstance(value, Draft) else set())
    assert set(stored) == names, type(value).__name__
    for name in names:
        inner = getattr(value, name)
        if isinstance(inner, tuple):
            for item, item_stored in zip(inner, stored[name], strict=True):
                assert_covers(item, item_stored)
        else:
            assert_covers(inner, stored[name])


texts = st.text(st.characters(), max_size=40)
times = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=8))]))


@given(texts, texts, times, st.none() | texts, st.dates(), st.booleans())
def test_any_draft_comes_back_the_same(
    words: str, other: str, at: datetime, inbound_id: str | None, day: date, quoted: bool
) -> None:
    source: Passage = replace(build.passage(words), path=other, dated=day if quoted else None, quoted=quoted)
    made = build.draft(
        subject=words,
        created_at=at,
        inbound_id=inbound_id,
        as_of=day,
        sections=(replace(build.draft().sections[0], sentences=(Sentence(other, words, (1, 7)),)),),
        evidence=(Evidence(7, source),),
        writer=WrittenBy(other, words),
        gaps=(words, other),
        left_out=(other,),
        leads=(Lead(3, other, words),),
        rewriting=Rewriting(WrittenBy(words, other, "", (WriterReason(other, {words: other}),)), other, words),
    )
    assert codec.draft_from_json(through_text(codec.draft_to_json(made)), DraftStatus.OPEN, "") == made


@given(texts, st.dictionaries(texts, texts, max_size=3), st.none() | st.integers(0, 10_000))
def test_any_finding_keeps_its_id(words: str, values: dict[str, str], start: int | None) -> None:
    made: Finding = replace(build.warning(), anchor=words, values=values, start=start)
    back = codec.finding_from_json(through_text(codec.finding_to_json(made)))
    assert back == made
    assert back.id == made.id


@given(texts, texts, st.lists(texts, max_size=3))
def test_any_mail_comes_back_the_same(body: str, subject: str, references: list[str]) -> None:
    mail = replace(build.inbound().mail, body=body, subject=subject, references=tuple(references), received=None)
    made: Inbound = replace(build.inbound(), mail=mail)
    assert codec.inbound_from_json(through_text(codec.inbound_to_json(made))) == made


@given(st.binary(max_size=200))
def test_any_attachment_comes_back_the_same(content: bytes) -> None:
    made = OutgoingMessage("A", "a@x.de", (), "S", "B", (Attachment("n", "a/b", "d", content),))
    assert codec.message_from_json(through_text(codec.message_to_json(made))) == made


@given(times, times)
def test_stored_times_sort_as_times_do(one: datetime, other: datetime) -> None:
    assert (codec.time_text(one) < codec.time_text(other)) == (one < other)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        codec.time_text(datetime(2026, 3, 12))  # noqa: DTZ001 - the naive time is what is tested
