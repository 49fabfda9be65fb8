"""A client's mail as a person pastes it: the head lines that mail programs copy along, and the body."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime

from assistant.domain.inbound import ReceivedMail

_NAMES = {
    "from": "from",
    "发件人": "from",
    "寄件人": "from",
    "寄件者": "from",
    "subject": "subject",
    "主题": "subject",
    "主旨": "subject",
    "标题": "subject",
    "date": "date",
    "sent": "date",
    "日期": "date",
    "时间": "date",
    "发送时间": "date",
    "发件时间": "date",
    "message-id": "id",
    "to": "other",
    "cc": "other",
    "bcc": "other",
    "reply-to": "other",
    "importance": "other",
    "attachments": "other",
    "收件人": "other",
    "抄送": "other",
    "密送": "other",
    "附件": "other",
    "重要性": "other",
}
_HEAD = re.compile(r"\s*(?:\*\*?)?([A-Za-z-]{2,12}|[\u4e00-\u9fff]{2,4})\s*(?:\*\*?)?\s*[:：]\s*(?:\*\*)?\s*(.*)")
_ADDRESS = re.compile(r"[^\s<>\[\]()（）＜＞,;，；:\"']+@[^\s<>\[\]()（）＜＞,;，；:\"']+")
_ISO = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY_FIRST = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]{3})[a-z]*\.?,?\s+(\d{4})\b")
_MONTH_FIRST = re.compile(r"\b([A-Za-z]{3})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
_ID = re.compile(r"<[\x21-\x3b\x3d\x3f-\x7e]+@[\x21-\x3b\x3d\x3f-\x7e]+>")


@dataclass(frozen=True, slots=True)
class Pasted:
    """What was pasted. `had_head` tells whether head lines were found and taken off the body."""

    mail: ReceivedMail
    had_head: bool


def read_pasted(words: str) -> Pasted:
    """Take the head lines off a pasted mail, English or Chinese; a text without at least two is all body."""
    lines = words.strip("\n").split("\n")
    fields: dict[str, str] = {}
    found = 0
    last = ""
    at = 0
    for at, line in enumerate([*lines, ""]):  # noqa: B007 (the place where the head ends is used below)
        match = _HEAD.fullmatch(line.rstrip())
        name = _NAMES.get(match.group(1).casefold(), "") if match else ""
        if match and name:
            fields.setdefault(name, match.group(2).strip())
            found, last = found + 1, name
        elif line[:1] in " \t" and line.strip() and found:
            fields[last] = f"{fields[last]} {line.strip()}"  # a folded line
        else:
            break
    if found < 2 or not fields.keys() & {"from", "subject"}:
        return Pasted(ReceivedMail(words.strip()), had_head=False)
    name, address = _person(fields.get("from", ""))
    known = _ID.search(fields.get("id", ""))
    mail = ReceivedMail(
        "\n".join(lines[at:]).strip(),
        subject=fields.get("subject", ""),
        sender_name=name,
        sender_email=address,
        message_id=known.group() if known else "",
        received=read_day(fields.get("date", "")),
    )
    return Pasted(mail, had_head=True)


def as_pasted(mail: ReceivedMail) -> str:
    """Write a mail as it would be pasted, so that `read_pasted` gives it again."""
    head = [f"From: {mail.sender_name} <{mail.sender_email}>", f"Subject: {mail.subject}"]
    if mail.received is not None:
        head.append(f"Date: {mail.received.isoformat()}")
    if mail.message_id:
        head.append(f"Message-ID: {mail.message_id}")
    return "\n".join(head) + f"\n\n{mail.body}"


def _person(words: str) -> tuple[str, str]:
    found = _ADDRESS.search(words)
    if found is None:
        return words.strip(" \"'"), ""
    name = words[: found.start()].strip(" \t\"'<[(（＜").removesuffix("mailto:").strip(" \"'<[(")
    return name, found.group().removeprefix("mailto:").rstrip(".>")


def read_day(words: str) -> date | None:
    """Read the day of a mail's head, as mail programs write it in either language; None where it is not clear."""
    forms: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[int, int, int]]], ...] = (
        (_ISO, lambda m: (int(m[1]), int(m[2]), int(m[3]))),
        (_DAY_FIRST, lambda m: (int(m[3]), _month(m[2]), int(m[1]))),
        (_MONTH_FIRST, lambda m: (int(m[3]), _month(m[1]), int(m[2]))),
    )
    for form, parts in forms:
        match = form.search(words)
        if match is not None:
            try:
                return date(*parts(match))
            except ValueError:
                continue
    try:
        return parsedate_to_datetime(words).date()
    except (ValueError, TypeError, IndexError):
        return None


def _month(word: str) -> int:
    return _MONTHS.index(word.casefold()) + 1 if word.casefold() in _MONTHS else 0
