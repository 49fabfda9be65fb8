"""Outlook's `.msg`: head fields and body from the properties of the compound file; attachments are left out.

olefile opens the container; the few properties that a mail needs are named here with their numbers from Microsoft's
published list ([MS-OXPROPS]). Macros and linked objects in the container are never looked at.
"""

import io
import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import olefile  # type: ignore[import-untyped]  # it ships no types

from assistant.errors import UnreadableNoteError
from assistant.retrieval.mail import Mail, compose, in_charset, open_mail, strip_html
from assistant.retrieval.readers import check_size

_SUBJECT, _BODY, _HTML, _TRANSPORT_HEAD = 0x0037, 0x1000, 0x1013, 0x007D
_SENDER_NAME, _SENDER_SMTP, _SENDER_ADDRESS = 0x0C1A, 0x5D01, 0x0C1F
_DISPLAY_NAME, _SMTP, _ADDRESS, _ROLE = 0x3001, 0x39FE, 0x3003, 0x0C15
_MESSAGE_ID, _REFERENCES, _IN_REPLY_TO = 0x1035, 0x1039, 0x1042
_SUBMITTED, _DELIVERED, _CODE_PAGE = 0x0039, 0x0E06, 0x3FDE
_UNICODE, _EIGHT_BIT, _BINARY, _LONG, _TIME = 0x001F, 0x001E, 0x0102, 0x0003, 0x0040
_MAX_RECIPIENTS = 500
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_CHARSETS = {936: "gb18030", 54936: "gb18030", 950: "big5", 65001: "utf-8", 28591: "iso-8859-1", 20127: "ascii"}


def open_msg(data: bytes) -> Mail:
    """Read a mail that Outlook saved. Raises UnreadableNoteError when it is none, damaged or too large."""
    check_size(len(data))
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            return _mail(container)
    except UnreadableNoteError:
        raise
    except Exception as error:
        raise UnreadableNoteError(
            "The .msg file is damaged or no mail: save the mail again from Outlook, or as text."
        ) from error


def _mail(container: olefile.OleFileIO) -> Mail:
    whole = _Properties(container, "", head_bytes=32)
    plain = whole.text(_BODY)
    html = whole.binary(_HTML) or b""
    parts = [plain] if plain.strip() else [strip_html(in_charset(html, whole.charset) or whole.text(_HTML))]
    recipients = list(_recipients(container))
    sender = (whole.text(_SENDER_NAME), whole.smtp(_SENDER_SMTP, _SENDER_ADDRESS))
    sent = whole.time(_SUBMITTED) or whole.time(_DELIVERED)
    head = {
        "From": _shown(*sender),
        "To": ", ".join(_shown(*who) for role, who in recipients if role != 2),
        "Cc": ", ".join(_shown(*who) for role, who in recipients if role == 2),
        "Date": format_datetime(sent) if sent else "",
        "Subject": " ".join(whole.text(_SUBJECT).split()),
    }
    known = _transported(whole.text(_TRANSPORT_HEAD))
    if known is not None:
        # The head as it travelled names the sender's own day and address; Outlook keeps a UTC time.
        sender = known.sender if known.sender[1] else sender
        for name in ("From", "Date"):
            head[name] = _head_field(known, name) or head[name]
    if not any(head.values()):
        raise UnreadableNoteError("The .msg file is no mail: save it as text.")
    if not any(part.strip() for part in parts):
        raise UnreadableNoteError("The .msg file holds no plain or HTML text: save the mail as text or .eml.")
    return compose(
        head,
        parts,
        sender=sender,
        recipients=tuple(who for _, who in recipients),
        message_id=whole.text(_MESSAGE_ID) or (known.message_id if known else ""),
        references=f"{whole.text(_REFERENCES)} {whole.text(_IN_REPLY_TO)}",
    )


def _shown(name: str, address: str) -> str:
    """Give a person as a head field shows them, with letters of any script as they are."""
    return f"{name} <{address}>" if name and address else name or address


def _head_field(mail: Mail, name: str) -> str:
    lines = mail.text[: mail.body_start].split("\n")
    return next((line.removeprefix(f"{name}: ") for line in lines if line.startswith(f"{name}: ")), "")


def _transported(head: str) -> Mail | None:
    try:
        return open_mail(head.strip().encode("utf-8", "replace") + b"\n\n") if head.strip() else None
    except UnreadableNoteError:
        return None


def _recipients(container: olefile.OleFileIO) -> Iterator[tuple[int, tuple[str, str]]]:
    """The recipients in order, each with the role: 1 to, 2 cc, 3 bcc."""
    storages = sorted({path[0] for path in container.listdir() if path[0].startswith("__recip_version1.0_")})
    for storage in storages[:_MAX_RECIPIENTS]:
        one = _Properties(container, f"{storage}/", head_bytes=8)
        who = (one.text(_DISPLAY_NAME), one.smtp(_SMTP, _ADDRESS))
        role = one.number(_ROLE) or 1
        if any(who) and role != 3:
            yield role, who


class _Properties:
    """The properties of a message or a recipient: fixed ones in one stream, texts in streams of their own."""

    def __init__(self, container: olefile.OleFileIO, storage: str, *, head_bytes: int) -> None:
        self._container = container
        self._storage = storage
        self._fixed: dict[tuple[int, int], bytes] = {}
        fixed = self._stream("__properties_version1.0")[head_bytes:]
        for kind, number, _, value in struct.iter_unpack("<HHI8s", fixed[: len(fixed) // 16 * 16]):
            self._fixed[number, kind] = value

    @property
    def charset(self) -> str | None:
        page = self.number(_CODE_PAGE)
        return _CHARSETS.get(page, f"cp{page}") if page else None

    def text(self, number: int) -> str:
        wide = self._stream(f"__substg1.0_{number:04X}{_UNICODE:04X}")
        if wide:
            words = wide.decode("utf-16-le", "replace")
        else:
            words = in_charset(self._stream(f"__substg1.0_{number:04X}{_EIGHT_BIT:04X}"), self.charset)
        return words.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").strip("\n")

    def smtp(self, *numbers: int) -> str:
        """The first of the properties that holds an address with an @; Exchange keeps names of its own in them."""
        return next((found.casefold() for n in numbers if "@" in (found := self.text(n).strip())), "")

    def binary(self, number: int) -> bytes:
        return self._stream(f"__substg1.0_{number:04X}{_BINARY:04X}")

    def number(self, number: int) -> int:
        value = self._fixed.get((number, _LONG))
        return int.from_bytes(value[:4], "little") if value else 0

    def time(self, number: int) -> datetime | None:
        value = self._fixed.get((number, _TIME))
        if not value or not any(value):
            return None
        try:
            return _EPOCH + timedelta(microseconds=int.from_bytes(value, "little") // 10)
        except OverflowError:
            return None

    def _stream(self, name: str) -> bytes:
        path = f"{self._storage}{name}"
        if not self._container.exists(path):
            return b""
        with self._container.openstream(path) as stream:
            found: bytes = stream.read()
        return found
