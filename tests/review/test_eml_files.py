"""The `.eml` files: standard mail that says exactly what was approved, written once."""

import subprocess
import sys
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.adapters.outbox_folder import OutboxFolder, eml_bytes, file_name
from assistant.domain.outbox import OutboxEntry, OutboxState
from assistant.domain.project import Recipient, RecipientRole
from assistant.domain.review import Attachment, OutgoingMessage
from assistant.errors import DeliveryError
from tests.storage import desk_builders as build

ROOT = Path(__file__).parents[2]
LONG_ID = f"<{'k' * 90}@mail.portside.example>"


def entry(**changes: object) -> OutboxEntry:
    made = build.approved()[2]
    message = replace(made.message, **changes)  # type: ignore[arg-type]
    return replace(made, message=message, state=OutboxState.SENDING)


def read(content: bytes) -> EmailMessage:
    return message_from_bytes(content, policy=default)


def plain_body(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return cast("str", part.get_content()).replace("\r\n", "\n")


def test_the_file_is_standard_mail_in_both_languages(tmp_path: Path) -> None:
    given_entry = entry(
        sender_name="李安",
        body="顾主任：\n\n试点定于 3 月 19 日。\n.\nFrom here on it is ours.\n",
        in_reply_to=LONG_ID,
        references=("<root@portside.example>", LONG_ID),
        attachments=(Attachment("计划.csv", "text/csv", "d", "日期,事项\r\n".encode()),),
    )
    exported = OutboxFolder(tmp_path / "outbox", shown_as="outbox", clock=build.MovableClock()).deliver(given_entry)
    assert exported.state is OutboxState.EXPORTED
    assert exported.detail == "outbox/2026-03-12-o-d-1-pilot-new-date.eml"
    content = (tmp_path / exported.detail).read_bytes()
    assert LONG_ID.encode() in content
    mail = read(content)
    assert [d for part in mail.walk() for d in part.defects] == []
    assert str(mail["From"]) == "李安 <ann@example.com>"
    assert [(a.display_name, a.addr_spec) for a in mail["To"].addresses] == [("Gu Wei 顾伟", "gu@portside.example")]
    assert [a.addr_spec for a in mail["Cc"].addresses] == ["mo@portside.example"]
    assert mail["Subject"] == "Pilot: new date 试点"
    assert mail["Date"].datetime == given_entry.created_at
    assert mail["Message-ID"] == given_entry.message_id
    assert mail["In-Reply-To"] == LONG_ID
    assert mail["References"].split() == ["<root@portside.example>", LONG_ID]
    assert plain_body(mail) == given_entry.message.body
    (attachment,) = mail.iter_attachments()
    assert attachment.get_filename() == "计划.csv"
    assert attachment.get_payload(decode=True) == "日期,事项\r\n".encode()


def test_the_same_entry_again_is_the_same_file(tmp_path: Path) -> None:
    transport = OutboxFolder(tmp_path, shown_as="outbox", clock=build.MovableClock())
    with_file = entry(attachments=(Attachment("a.bin", "application/pdf", "d", b"\x00\xff"),))
    first = transport.deliver(with_file)
    content = next(tmp_path.iterdir()).read_bytes()
    assert transport.recover(with_file) == first
    assert [p.read_bytes() for p in tmp_path.iterdir()] == [content]


def test_a_chinese_subject_needs_no_letters_in_the_name() -> None:
    assert file_name(entry(subject="试点改期")) == "2026-03-12-o-d-1.eml"
    assert file_name(entry(subject="../../etc/passwd")) == "2026-03-12-o-d-1-etc-passwd.eml"
    assert "/" not in file_name(replace(entry(), id="../x"))
    assert len(file_name(entry(subject="word " * 100))) < 80


ATTACK = "x\r\nBcc: evil@evil.example\r\n\r\nbody"


@pytest.mark.parametrize(
    "changed",
    [
        entry(subject=ATTACK),
        entry(subject="x\u2028Bcc: evil@evil.example"),
        entry(subject="x\x00y"),
        entry(sender_name="x\x7fy"),
        entry(sender_name=ATTACK),
        entry(sender_email="a@b.de\r\nBcc: evil@evil.example"),
        entry(recipients=(Recipient(ATTACK, "a@b.de"),)),
        entry(recipients=(Recipient("A", "a@b.de, evil@evil.example"),)),
        entry(recipients=(Recipient("A", "a@b.de>, <evil@evil.example"),)),
        entry(in_reply_to="<a@b>\r\nBcc: evil@evil.example"),
        entry(references=("<a@b>", "<c@d>\nBcc: evil@evil.example")),
        entry(attachments=(Attachment(ATTACK, "text/plain", "d", b""),)),
        entry(attachments=(Attachment("a", f"text/{ATTACK}", "d", b""),)),
        replace(entry(), message_id="<a@b>\nBcc: evil@evil.example"),
    ],
)
def test_a_head_value_with_a_line_break_is_refused_in_one_sentence(tmp_path: Path, changed: OutboxEntry) -> None:
    with pytest.raises(DeliveryError) as caught:
        OutboxFolder(tmp_path, shown_as="outbox", clock=build.MovableClock()).deliver(changed)
    assert "evil" not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


HEADERS = {
    *("from", "to", "cc", "subject", "date", "message-id", "in-reply-to", "references"),
    *("mime-version", "content-type", "content-transfer-encoding"),
}
texts = st.text(st.characters(), max_size=120)


@given(texts, texts, texts, texts)
def test_any_text_is_written_faithfully_or_refused(subject: str, name: str, body: str, contact: str) -> None:
    made = entry(
        subject=subject, sender_name=name, body=body, recipients=(Recipient(contact, "a@b.de", RecipientRole.TO),)
    )
    try:
        content = eml_bytes(made)
    except DeliveryError:
        return
    mail = read(content)
    assert {k.lower() for k in mail.keys()} <= HEADERS  # noqa: SIM118 - a mail is no dictionary
    assert [a.addr_spec for a in mail["To"].addresses] == ["a@b.de"]
    assert [a.addr_spec for a in mail["From"].addresses] == ["ann@example.com"]
    assert mail["Subject"].split() == subject.split()
    expected = body.replace("\r\n", "\n").replace("\r", "\n")
    assert plain_body(mail).rstrip("\n") == expected.rstrip("\n")


def test_ordinary_texts_are_never_refused() -> None:
    assert eml_bytes(entry(subject="Re: 试点 — “new” date, part 2/3", sender_name='Ann "A." Lee, PMP'))
    assert eml_bytes(entry(body=""))
    assert eml_bytes(OutgoingLike().entry)


class OutgoingLike:
    entry = replace(entry(), message=OutgoingMessage("", "a@b.de", (Recipient("", "c@d.de"),), "S" * 300, "字" * 5000))


_FULL = """
import resource, sys
from pathlib import Path
from assistant.errors import DeliveryError
from tests.review.test_eml_files import OutboxFolder, build, entry
import email.generator

resource.setrlimit(resource.RLIMIT_FSIZE, (512, 512))
try:
    OutboxFolder(Path(sys.argv[1]), shown_as="outbox", clock=build.MovableClock()).deliver(entry(body="word " * 900))
except DeliveryError as error:
    print(error)
"""


def test_a_disk_that_takes_no_more_leaves_no_part_of_a_file(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _FULL, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "check the folder's permissions and the free space" in done.stdout
    assert done.stdout.count("\n") == 1
    assert list(tmp_path.iterdir()) == []
