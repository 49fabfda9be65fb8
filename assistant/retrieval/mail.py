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
from assistant.retrieval.formats.form import Mark
from assistant.retrieval.readers import check_size, decode

HEAD_FIELDS = ("From", "To", "Cc", "Date", "Subject")
_MAX_PARTS = 200
_MAX_NESTING = 5
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,300}>")


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail as text. `text` holds the head fields, a blank line and the body; the body begins at `body_start`.

    `marks` tell which line begins which part of the body.
    """

    text: str
    body_start: int
    subject: str
    sender: tuple[str, str]
    recipients: tuple[tuple[str, str], ...]
    sent: date | None
    message_id: str
    references: tuple[str, ...]
    marks: tuple[Mark, ...] = ()

    @property
    def body(self) -> str:
        """The plain body, quoted history included."""
        return self.text[self.body_start :]


def read_mail(data: bytes, path: str = "mail.eml") -> ReceivedMail:
    """Read a client's message from an `.eml` or `.msg` file. Raises UnreadableNoteError."""
    mail = open_mails(path, data)[0]
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
        head = [(name, _field(message, name)) for name in HEAD_FIELDS]
        parts = _parts(message, 0)
    except (RecursionError, IndexError, ValueError, LookupError) as error:
        raise UnreadableNoteError("The mail is damaged and cannot be read: save its text as a .txt file.") from error
    if not any(value for _, value in head):
        raise UnreadableNoteError("The file has no mail head (From, To, Date, Subject): save it as a .txt file.")
    return compose(
        dict(head),
        parts,
        sender=next(iter(_addresses(message, "From")), ("", "")),
        recipients=tuple(_addresses(message, "To") + _addresses(message, "Cc")),
        message_id=_field(message, "Message-ID"),
        references=f"{_field(message, 'References')} {_field(message, 'In-Reply-To')}",
    )


def compose(
    head: dict[str, str],
    parts: list[str],
    *,
    sender: tuple[str, str],
    recipients: tuple[tuple[str, str], ...],
    message_id: str,
    references: str,
) -> Mail:
    """Make a mail's text and places from its head fields (`HEAD_FIELDS`) and the texts of its parts."""
    lines = "".join(f"{name}: {value}\n" for name, value in head.items() if value) + "\n"
    known = next(iter(_MESSAGE_ID.findall(message_id)), "")
    filled = [(n, part) for n, part in enumerate(parts, 1) if part.strip()]
    joined = "\n\n".join(part for _, part in filled)
    body = joined.strip("\n")
    at = lines.count("\n") - (len(joined) - len(joined.lstrip("\n")))
    marks = []
    for n, part in filled:
        marks.append(Mark(max(0, at), f"{known} part ".lstrip(), str(n)))
        at += part.count("\n") + 2
    return Mail(
        text=lines + body,
        body_start=len(lines),
        subject=head.get("Subject", ""),
        sender=sender,
        recipients=recipients,
        sent=_date(head.get("Date", "")),
        message_id=known,
        references=tuple(_MESSAGE_ID.findall(references)),
        marks=tuple(marks),
    )


def open_mails(path: str, data: bytes) -> tuple[Mail, ...]:
    """Read the mails of an `.eml`, `.mbox` or `.msg` file, in the file's order. Raises UnreadableNoteError.

    A mail of a mailbox that cannot be read stands in its place as an empty one whose text says so.
    """
    suffix = path.rpartition(".")[2].casefold()
    if suffix == "msg":
        from assistant.retrieval.formats.msg import open_msg  # noqa: PLC0415 - olefile, for the few who need it

        return (open_msg(data),)
    if suffix == "mbox":
        check_size(len(data))
        return tuple(_open_or_name(n, one) for n, one in enumerate(split_mailbox(data), 1))
    return (open_mail(data),)


def _open_or_name(n: int, data: bytes) -> Mail:
    try:
        return open_mail(data)
    except UnreadableNoteError:
        text = f"[message {n} of the mailbox cannot be read]\n\n"
        return Mail(text, len(text), "", ("", ""), (), None, "", ())


_FROM_LINE = re.compile(rb"(?:\A|\r?\n\r?\n)From [^\r\n]*[0-9]{1,2}:[0-9]{2}[^\r\n]*\r?\n")


def split_mailbox(data: bytes) -> list[bytes]:
    """Cut a mailbox at its `From ` lines, which follow an empty line, and take the escape off `>From `.

    The standard library's mailbox module wants a file of its own on disk. Raises UnreadableNoteError without any mail.
    """
    starts = list(_FROM_LINE.finditer(data))
    if not starts or starts[0].start() > 0:
        raise UnreadableNoteError("The mailbox does not begin with a From line: export it again as .mbox or .eml.")
    ends = [one.start() for one in starts[1:]] + [len(data)]
    cut = [data[one.end() : end] for one, end in zip(starts, ends, strict=True)]
    return [re.sub(rb"(?m)^>(>*From )", rb"\1", mail) for mail in cut]


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
            parts.append(in_charset(piece, charset))
        elif _is_raw(piece):
            parts.append(in_charset(piece.encode("ascii", "surrogateescape"), charset))
        else:
            parts.append(piece)
    return " ".join("".join(parts).replace("\x00", "").split())


def _is_raw(piece: str) -> bool:
    return any("\udc80" <= letter <= "\udcff" for letter in piece) and all(
        letter < "\x80" or "\udc80" <= letter <= "\udcff" for letter in piece
    )


def in_charset(data: bytes, charset: str | None) -> str:
    """Decode bytes whose charset is stated, perhaps wrongly, or not at all."""
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
    text = in_charset(payload, message.get_content_charset()).replace("\r\n", "\n").replace("\r", "\n")
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


# --- signatures ---------------------------------------------------------------------------------------------

_CLOSING = re.compile(
    r"\s*(?:(?:(?:with )?(?:best|kind|warm|many)(?: (?:regards|wishes|thanks))?|regards|(?:many )?thanks(?: again)?"
    r"|thank you|cheers|(?:yours )?sincerely|yours(?: faithfully| truly)?|all the best)"
    r"|此致|敬礼|祝好|祝商祺|顺祝商祺|顺颂商祺|即颂商祺|谢谢|多谢|祝工作顺利|此致敬礼)\s*[,，.。!！~]*\s*",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"[\w.+-]{1,64}@[\w.-]{1,190}|(?:https?://|www\.)\S|(?:tel|phone|mobile|mob|cell|fax|office|direct|[tmpf])\.?\s*[:：+]"
    r"|电话|手机|传真|邮箱|地址|微信|\+?[0-9][0-9 ()./-]{7,20}[0-9]",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"\b(?:manager|director|lead|head of|officer|engineer|consultant|analyst|coordinator|partner|architect|owner|ceo"
    r"|cto|cfo|pmo|president|assistant|ltd|gmbh|inc|llc|plc)\b|经理|总监|主任|主管|工程师|顾问|助理|负责人|总裁"
    r"|(?:公司|集团|部门?|中心)\s*$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?]\s*$|[。！？；，]|\b(?:will|is|are|was|has|have|moves?|please)\b", re.IGNORECASE)
_SIGNATURE_LINES = 12


def signature_lines(lines: list[str], quoted: list[bool]) -> list[bool]:
    """Tell for each line of a mail's new text whether it belongs to a signature block, which states nothing.

    A block begins after `-- ` alone on a line, or after a closing (Best regards, 此致) when the short lines below it
    hold a title, a company, a telephone number or an address; it ends before the first sentence or quoted line.
    """
    found = [False] * len(lines)
    for i, line in enumerate(lines):
        if quoted[i] or found[i]:
            continue
        if line.rstrip() == "--" and len(line) <= 4:
            last = next((k for k in range(i, len(lines)) if quoted[k]), len(lines))
            found[i:last] = [True] * (last - i)
        elif _CLOSING.fullmatch(line[:80]) and len(line) <= 80:
            block = _signature_block(lines, quoted, i + 1)
            if sum(bool(lines[k].strip()) for k in block) > 1 and any(_tells_who(lines[k]) for k in block):
                found[block.start : block.stop] = [True] * len(block)
    return found


def _signature_block(lines: list[str], quoted: list[bool], start: int) -> range:
    end = start
    for k in range(start, min(len(lines), start + _SIGNATURE_LINES)):
        words = lines[k].strip()
        if quoted[k] or len(words) > 100 or (_SENTENCE.search(words) and not _CONTACT.search(words)):
            break
        if words and not _tells_who(words) and k > start and not _near_top(lines, start, k):
            break
        end = k + 1
    return range(start, end)


def _near_top(lines: list[str], start: int, k: int) -> bool:
    """Whether a line without any sign stands among the first three of the block, where names and firms stand."""
    return sum(bool(line.strip()) for line in lines[start:k]) < 3


def _tells_who(words: str) -> bool:
    return _CONTACT.search(words) is not None or _TITLE.search(words) is not None
