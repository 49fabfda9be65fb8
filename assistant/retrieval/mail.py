"""E-mail: decoded head fields, the plain body, and which of its lines are quoted from earlier messages.

Only the standard library's tolerant parser is used, in its oldest mode: the newer one decodes while parsing and raises
on heads that real mail programs write.
"""

import email
import email.errors
import re
from dataclasses import dataclass
from datetime import date
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from html.parser import HTMLParser

from assistant.domain.inbound import ReceivedMail
from assistant.errors import UnreadableNoteError
from assistant.retrieval.readers import check_size, decode

_MAX_PARTS = 200
_MAX_NESTING = 5
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,300}>")


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as text. `text` holds the head fields, a blank line and the body; the body begins at `body_start`."""

    text: str
    body_start: int
    subject: str
    sender: tuple[str, str]
    recipients: tuple[tuple[str, str], ...]
    sent: date | None
    message_id: str
    references: tuple[str, ...]

    @property
    def body(self) -> str:
        """The plain body, quoted history included."""
        return self.text[self.body_start :]


def read_mail(data: bytes) -> ReceivedMail:
    """Read a client's message from an `.eml` file. Raises UnreadableNoteError when it is no mail or too large."""
    mail = open_mail(data)
    return ReceivedMail(
        body=mail.body.strip(),
        subject=mail.subject,
        sender_name=mail.sender[0],
        sender_email=mail.sender[1],
        message_id=mail.message_id,
        references=mail.references,
        received=mail.sent,
    )


def open_mail(data: bytes) -> Mail:
    """Decode a mail; attachments are left out. Raises UnreadableNoteError when it is no mail or too large."""
    check_size(len(data))
    try:
        message = email.message_from_bytes(data)
        head = [(name, _field(message, name)) for name in ("From", "To", "Cc", "Date", "Subject")]
        body = "\n\n".join(part for part in _parts(message, 0) if part.strip())
    except (RecursionError, IndexError, ValueError, LookupError) as error:
        raise UnreadableNoteError("The mail is damaged and cannot be read: save its text as a .txt file.") from error
    if not any(value for _, value in head):
        raise UnreadableNoteError("The file has no mail head (From, To, Date, Subject): save it as a .txt file.")
    lines = "".join(f"{name}: {value}\n" for name, value in head if value) + "\n"
    values = dict(head)
    return Mail(
        text=lines + body.strip("\n"),
        body_start=len(lines),
        subject=values["Subject"],
        sender=next(iter(_addresses(message, "From")), ("", "")),
        recipients=tuple(_addresses(message, "To") + _addresses(message, "Cc")),
        sent=_date(values["Date"]),
        message_id=next(iter(_MESSAGE_ID.findall(_field(message, "Message-ID"))), ""),
        references=tuple(_MESSAGE_ID.findall(f"{_field(message, 'References')} {_field(message, 'In-Reply-To')}")),
    )


def _field(message: Message, name: str) -> str:
    return next((_words(value) for value in _raw(message, name)), "")


def _raw(message: Message, name: str) -> list[str]:
    # `get` turns bare 8-bit bytes into question marks; the raw items still hold them.
    return [str(value) for key, value in message.raw_items() if key.casefold() == name.casefold()]


def _words(raw: str) -> str:
    """Decode a head field that may hold encoded words or bare 8-bit bytes, on one line."""
    parts = []
    try:
        pieces = decode_header(raw)
    except (ValueError, email.errors.HeaderParseError):
        pieces = [(raw, None)]
    for piece, charset in pieces:
        if isinstance(piece, bytes):
            parts.append(_in_charset(piece, charset))
        elif _is_raw(piece):
            parts.append(_in_charset(piece.encode("ascii", "surrogateescape"), charset))
        else:
            parts.append(piece)
    return " ".join("".join(parts).replace("\x00", "").split())


def _is_raw(piece: str) -> bool:
    return any("\udc80" <= letter <= "\udcff" for letter in piece) and all(
        letter < "\x80" or "\udc80" <= letter <= "\udcff" for letter in piece
    )


def _in_charset(data: bytes, charset: str | None) -> str:
    name = (charset or "").casefold()
    # Mail programs that say gb2312 or gbk send characters that only GB18030 has.
    name = "gb18030" if name in {"gb2312", "gbk", "gb_2312-80", "x-gbk"} else name
    if name and name not in {"unknown-8bit", "us-ascii", "ascii"}:
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            pass
    try:
        return decode(data)[0]
    except UnreadableNoteError:
        return data.decode("utf-8", "replace")


def _addresses(message: Message, name: str) -> list[tuple[str, str]]:
    # The structure is read before the words are decoded: an encoded name may hold a comma or a bracket.
    found = getaddresses(_raw(message, name))
    return [(_words(shown), _words(address).casefold()) for shown, address in found if shown or address]


def _date(value: str) -> date | None:
    try:
        return parsedate_to_datetime(value).date()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _parts(message: Message, depth: int) -> list[str]:
    """The texts of a message in order: of alternatives the plain one, of forwarded messages head and body, quoted."""
    if depth > _MAX_NESTING:
        return []
    if message.get_content_type() == "message/rfc822":
        inner = message.get_payload()
        first = inner[0] if isinstance(inner, list) and inner else None
        return [_forwarded(first, depth)] if isinstance(first, Message) else []
    if message.is_multipart():
        children = [child for child in message.get_payload() if isinstance(child, Message)][:_MAX_PARTS]
        texts = [(child.get_content_type(), _parts(child, depth + 1)) for child in children]
        if message.get_content_type() == "multipart/alternative":
            return _best_alternative(texts)
        return [part for _, found in texts for part in found]
    return _leaf(message)


def _best_alternative(texts: list[tuple[str, list[str]]]) -> list[str]:
    filled = [(kind, found) for kind, found in texts if any(part.strip() for part in found)]
    return next((found for kind, found in filled if kind == "text/plain"), filled[-1][1] if filled else [])


def _leaf(message: Message) -> list[str]:
    if message.get_content_maintype() != "text" or message.get_content_disposition() == "attachment":
        return []
    payload = message.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return []
    text = _in_charset(payload, message.get_content_charset()).replace("\r\n", "\n").replace("\r", "\n")
    return [strip_html(text) if message.get_content_subtype() == "html" else text.replace("\x00", "")]


def _forwarded(inner: Message, depth: int) -> str:
    head = "\n".join(f"{name}: {value}" for name in ("From", "Date", "Subject") if (value := _field(inner, name)))
    text = head + "\n\n" + "\n\n".join(_parts(inner, depth + 1))
    return "\n".join(f"> {line}" for line in text.strip("\n").split("\n"))


# --- HTML ---------------------------------------------------------------------------------------------------

_BLOCKS = frozenset(
    ("address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "footer", "form", "header", "hr", "li", "main")
) | {"h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "section", "table", "tr", "ul"}
_SILENT = frozenset({"script", "style", "head", "title", "template"})


class _Stripper(HTMLParser):
    """Collects the words a reader would see, a line for each block; quoted blocks get `> `."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self._silent = 0
        self._quotes = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 (given by the base)
        if tag in _SILENT:
            self._silent += 1
        if tag in _BLOCKS:
            self._break()
        if tag == "blockquote":
            self._quotes += 1
        elif tag == "li":
            self.lines[-1] += "- "
        elif tag in {"td", "th"}:
            self.lines[-1] += "| "

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        if tag in _BLOCKS:
            self._break(paragraph=tag in {"p", "table", "blockquote", "ul", "ol"})
        if tag == "blockquote":
            self._quotes = max(0, self._quotes - 1)

    def handle_data(self, data: str) -> None:
        if not self._silent and data:
            spaced = re.sub(r"\s+", " ", data)
            mark = "> " * self._quotes if not self.lines[-1] and spaced.strip() else ""
            self.lines[-1] += mark + (spaced.lstrip() if mark or not self.lines[-1] else spaced)

    def _break(self, *, paragraph: bool = False) -> None:
        if self.lines[-1].strip():
            self.lines.append("")
        if paragraph and len(self.lines) > 1 and self.lines[-2].strip():
            self.lines.append("")


def strip_html(html: str) -> str:
    """Give the visible words of an HTML text, a line for each block, quotations marked with `> `."""
    stripper = _Stripper()
    try:
        stripper.feed(html)
        stripper.close()
    except (AssertionError, ValueError, RecursionError):
        return re.sub(r"<[^<>]{0,2000}>", " ", html)
    return "\n".join(line.rstrip() for line in stripper.lines).strip("\n")


# --- quoted history -----------------------------------------------------------------------------------------

_SEPARATOR = re.compile(
    r"\s*(?:-{2,}|_{5,})?\s*(?:Original Message|Forwarded message|Begin forwarded message|Original Appointment"
    r"|原始邮件|原邮件|转发的?邮件|转发邮件信息|邮件原件)\s*:?\s*-*\s*",
    re.IGNORECASE,
)
_WROTE = re.compile(r"\s*(?:On\b.{4,200}\bwrote|在?.{4,120}(?:写道|寫道)|于.{4,120}写道)\s*[:：]\s*", re.IGNORECASE)
_HEAD_LINE = re.compile(r"\s*\**(?:From|发件人|寄件者)\**\s*[:：]", re.IGNORECASE)
_NEXT_HEAD_LINE = re.compile(
    r"\s*\**(?:Sent|Date|To|发送时间|发送日期|日期|时间|收件人|寄件日期)\**\s*[:：]", re.IGNORECASE
)


def quoted_lines(lines: list[str]) -> list[bool]:
    """Tell for each line of a mail's body whether it is quoted from an earlier message.

    Lines behind `>`; everything after a separator such as `Original Message` or 原始邮件, or after a copied mail head.
    """
    quoted = [line.lstrip().startswith(">") for line in lines]
    for i, line in enumerate(lines):
        if quoted[i]:
            continue
        if _SEPARATOR.fullmatch(line) or _is_copied_head(lines, i):
            return quoted[:i] + [True] * (len(lines) - i)
        ends = _wrote_ends(lines, i)
        if ends is None:
            continue
        following = next((text for text in lines[ends + 1 :] if text.strip()), "")
        if not following.lstrip().startswith(">"):
            return quoted[:i] + [True] * (len(lines) - i)
        quoted[i : ends + 1] = [True] * (ends + 1 - i)
    return quoted


def _is_copied_head(lines: list[str], i: int) -> bool:
    if not _HEAD_LINE.match(lines[i]):
        return False
    return any(_NEXT_HEAD_LINE.match(line) for line in lines[i + 1 : i + 4])


def _wrote_ends(lines: list[str], i: int) -> int | None:
    """The line on which `On … wrote:` ends, which mail programs wrap; None when it does not begin on line i."""
    if not re.match(r"\s*(?:On\b|在|于|\d)", lines[i], re.IGNORECASE) and "写道" not in lines[i]:
        return None
    for more in (0, 1, 2):
        if i + more < len(lines) and _WROTE.fullmatch(" ".join(lines[i : i + more + 1])[:400]):
            return i + more
    return None
