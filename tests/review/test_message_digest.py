"""The digest that an approval names changes with any byte of what goes out."""

import hashlib
from dataclasses import fields, replace
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.domain.project import Recipient, RecipientRole
from assistant.domain.review import Attachment, OutgoingMessage

texts = st.text(st.characters(), max_size=30)
recipients = st.builds(Recipient, texts, texts, st.sampled_from(RecipientRole))
attachments = st.builds(
    lambda name, media_type, content: Attachment(name, media_type, hashlib.sha256(content).hexdigest(), content),
    texts,
    texts,
    st.binary(max_size=30),
)
messages = st.builds(
    OutgoingMessage,
    texts,
    texts,
    st.lists(recipients, max_size=3).map(tuple),
    texts,
    texts,
    st.lists(attachments, max_size=2).map(tuple),
    texts,
    st.lists(texts, max_size=3).map(tuple),
)


@given(messages, messages)
def test_two_messages_share_a_digest_only_when_they_are_the_same(one: OutgoingMessage, other: OutgoingMessage) -> None:
    assert (one.digest() == other.digest()) == (one == other)


@given(messages, messages, st.sampled_from([f.name for f in fields(OutgoingMessage)]))
def test_changing_any_one_part_changes_the_digest(one: OutgoingMessage, other: OutgoingMessage, part: str) -> None:
    changed: Any = replace(one, **{part: getattr(other, part)})
    assume(changed != one)
    assert changed.digest() != one.digest()


@given(messages, texts, st.data())
def test_changing_any_character_of_the_body_changes_the_digest(
    message: OutgoingMessage, body: str, data: st.DataObject
) -> None:
    assume(body)
    at = data.draw(st.integers(0, len(body) - 1))
    other = data.draw(st.characters().filter(lambda c: c != body[at]))
    one, two = replace(message, body=body), replace(message, body=body[:at] + other + body[at + 1 :])
    assert one.digest() != two.digest()


@given(messages, st.binary(max_size=30), st.binary(max_size=30))
def test_an_attachment_counts_by_its_bytes_and_not_by_what_it_says_of_itself(
    message: OutgoingMessage, content: bytes, other: bytes
) -> None:
    assume(content != other)
    claimed = hashlib.sha256(content).hexdigest()
    one = replace(message, attachments=(Attachment("a", "b/c", claimed, content),))
    two = replace(message, attachments=(Attachment("a", "b/c", claimed, other),))
    assert one.digest() != two.digest()
