"""The embedded transport: approved messages as standard `.eml` files in the workspace's `outbox/` folder."""

import os
import re
import unicodedata
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from pathlib import Path

from assistant.domain.outbox import OutboxEntry, OutboxState
from assistant.domain.project import Recipient, RecipientRole
from assistant.domain.review import OutgoingMessage
from assistant.errors import DeliveryError
from assistant.ports import Clock

_MESSAGE_ID = re.compile(r"<[\x21-\x3b\x3d\x3f-\x7e]+>")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")
_SLUG_LENGTH = 40


class OutboxFolder:
    """Writes each message once to `folder` (port `Transport`). The same entry again gives the same file, byte for byte.

    `shown_as` is the folder as a person knows it, e.g. `outbox`; an entry's `detail` names the file below it.
    """

    def __init__(self, folder: Path, *, shown_as: str, clock: Clock) -> None:
        self._folder = folder
        self._shown_as = shown_as
        self._clock = clock

    @property
    def name(self) -> str:
        """What it is called on screens."""
        return "outbox folder"

    def deliver(self, entry: OutboxEntry) -> OutboxEntry:
        """Write the file and give the entry as EXPORTED: nobody has sent it yet. Raises DeliveryError."""
        name = file_name(entry)
        content = eml_bytes(entry)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            _write_whole(self._folder / name, content)
        except OSError as error:
            raise DeliveryError(
                f"Outbox entry {entry.id} could not be written to {self._shown_as}/ ({type(error).__name__}, "
                f"{os.strerror(error.errno) if error.errno else 'no reason given'}): "
                "check the folder's permissions and the free space, then try again."
            ) from error
        return entry.moved(OutboxState.EXPORTED, at=self._clock(), detail=f"{self._shown_as}/{name}")

    def recover(self, entry: OutboxEntry) -> OutboxEntry:
        """Finish an export that was cut off; writing the same file once more changes nothing. Raises DeliveryError."""
        return self.deliver(entry)


def file_name(entry: OutboxEntry) -> str:
    """Give the file's name: date of approval, entry id, the subject's ASCII letters."""
    plain = unicodedata.normalize("NFKD", entry.message.subject).encode("ascii", "ignore").decode("ascii")
    slug = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:_SLUG_LENGTH].strip("-")
    safe_id = re.sub(r"[^A-Za-z0-9-]", "_", entry.id)
    return "-".join(part for part in (entry.created_at.date().isoformat(), safe_id, slug) if part) + ".eml"


def eml_bytes(entry: OutboxEntry) -> bytes:
    """Give the message as RFC 5322 bytes, the same for the same entry. Raises DeliveryError for what no mail can hold.

    Head values with a line break or another control character, and addresses that are none, are refused.
    """
    message = entry.message
    mail = EmailMessage(policy=_POLICY)
    try:
        mail["From"] = _address(message.sender_name, message.sender_email)
        for role, header in ((RecipientRole.TO, "To"), (RecipientRole.CC, "Cc")):
            addresses = [_recipient(r) for r in message.recipients if r.role is role]
            if addresses:
                mail[header] = addresses
        mail["Subject"] = _one_line(message.subject)
        mail["Date"] = entry.created_at
        mail["Message-ID"] = _message_id(entry.message_id)
        if message.in_reply_to:
            mail["In-Reply-To"] = _message_id(message.in_reply_to)
        if message.references:
            mail["References"] = " ".join(_message_id(r) for r in message.references)
        mail.set_content(_lines(message.body))
        _attach(mail, message)
        if mail.is_multipart():
            mail.set_boundary(f"=_{re.sub(r'[^A-Za-z0-9]', '_', entry.id)}_{message.digest()[:32]}")
        return mail.as_bytes()
    except (ValueError, MessageError) as error:
        # The library's sentence may quote the head: only its kind is told.
        raise DeliveryError(
            f"Outbox entry {entry.id} cannot be written as mail ({type(error).__name__}): "
            "check its addresses and its subject for characters that a mail head cannot carry."
        ) from error


class _WholeMessageIds(EmailPolicy):
    """SMTP's policy, but for Message-IDs: the library breaks a long one into encoded words, and the thread with it."""

    def fold_binary(self, name: str, value: str) -> bytes:
        """Write a header; Message-IDs stand one a line."""
        if name.lower() not in ("in-reply-to", "references"):
            return super().fold_binary(name, value)
        return f"{name}: {f'{self.linesep} '.join(value.split())}{self.linesep}".encode("ascii")


_POLICY = _WholeMessageIds(linesep="\r\n")


def _attach(mail: EmailMessage, message: OutgoingMessage) -> None:
    for attachment in message.attachments:
        maintype, _, subtype = attachment.media_type.partition("/")
        mail.add_attachment(
            attachment.content,
            maintype=maintype or "application",
            subtype=subtype or "octet-stream",
            filename=_one_line(attachment.name),
        )


def _recipient(recipient: Recipient) -> Address:
    return _address(recipient.name, recipient.email)


def _address(name: str, email: str) -> Address:
    if not _ADDRESS.fullmatch(email):
        raise ValueError("not a mail address")
    return Address(display_name=_one_line(name), addr_spec=email)


def _message_id(text: str) -> str:
    if not _MESSAGE_ID.fullmatch(text):
        raise ValueError("not a Message-ID")
    return text


def _one_line(text: str) -> str:
    if any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in text):
        raise ValueError("a control character in a head value")
    return text


def _lines(body: str) -> str:
    return body.replace("\r\n", "\n").replace("\r", "\n")


def _write_whole(path: Path, content: bytes) -> None:
    if path.is_file() and path.read_bytes() == content:
        return
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    if os.name == "posix":  # the new name must survive a power cut too; other systems cannot open a folder
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
