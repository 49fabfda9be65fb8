"""What a person wrote anew in a mail: quoted history, heads, signatures, disclaimers and markup do not count."""

import re
import string

_QUOTED = re.compile(r"\s{0,3}(?:>|\|\s)")
_WROTE = re.compile(
    r"\s{0,3}(?:(?:On|Am|Le)\b.{5,200}\b(?:wrote|schrieb|écrit)\s?:|.{0,120}(?:写道|来信(?:说|写道))\s?[:：])\s{0,3}\Z",
    re.IGNORECASE,
)
_WROTE_BEGINS = re.compile(r"\s{0,3}On\b.{5,200}\Z", re.IGNORECASE)
_WROTE_ENDS = re.compile(r".{0,120}\bwrote\s?:\s{0,3}\Z", re.IGNORECASE)
_HISTORY = re.compile(
    r"\s{0,3}(?:[-_*—]{2,40}\s?(?:original message|forwarded message|forwarded by .{0,80}|原始邮件|"
    r"转发(?:的)?邮件|回复邮件)\s?[-_*—]{0,40}"
    r"|begin forwarded message:?|_{20,80}|(?:original message|原始邮件)\s?:?)\s{0,3}\Z",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"\s{0,3}[*]?(?:from|sent|date|to|cc|subject|发件人|发送时间|日期|收件人|抄送|主题|时间)[*]?\s{0,3}[:：]",
    re.IGNORECASE,
)
_SIGN_OFF = re.compile(
    r"\s{0,3}(?:(?:with )?(?:kind|best|warm|many)?\s?(?:regards|wishes|thanks|greetings)|"
    r"(?:many )?thanks(?: again| in advance| and .{0,20})?|thank you"
    r"|cheers|yours(?: \w{1,12}){0,2}|sincerely(?: yours)?|best|respectfully"
    r"|顺祝商祺|顺颂商祺|此致|敬礼|祝好|祝商祺|谢谢|多谢|致礼|即颂.{0,6}|祝.{1,8})\s?[,，.。!！]?\s{0,3}\Z",
    re.IGNORECASE,
)
_SENT_FROM = re.compile(r"\s{0,3}(?:sent from my|get outlook for|发自我的|发送自|来自我的)", re.IGNORECASE)
_LONGEST_SIGNATURE = 12
_DISCLAIMER = re.compile(
    r"\s{0,3}(?:this (?:e-?mail|message|communication)(?: and (?:any|all) (?:attachments?"
    r"|files?).{0,40})? (?:is|are|may be|may contain|contains?)\b"
    r"|(?:confidentiality|legal) (?:notice|note)|disclaimer\b|if you (?:are not the intended recipient"
    r"|have received this (?:e-?mail|message) in error)"
    r"|(?:please )?consider the environment before printing|本(?:邮件|电邮|信息)(?:及其"
    r"|及|和)?(?:任何)?(?:附件)?.{0,12}(?:保密|机密|仅供|仅限)|(?:保密|免责)(?:声明"
    r"|提示))",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"<!--|</?(?P<name>[a-zA-Z][a-zA-Z0-9:]{0,20})(?:\s[^<>]{0,1000})?/?>",
)
# What stands between these and their ends is not for reading, or is quoted history.
_UNREAD = {"!--": "-->", **{name: f"</{name}" for name in ("style", "script", "head", "title", "blockquote")}}
_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
_MARKUP = re.compile(
    r"</?(?:p|div|br|html|body|span|table|td|li|ul|b|strong|font|blockquote|h[1-6])\b[^<>]{0,400}>|<!--", re.IGNORECASE
)
_BREAKS = re.compile(r"</?(?:p|div|br|tr|li|h[1-6]|table|ul|ol|blockquote)\b", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:nbsp|#160|ensp|emsp|zwnj);")


def new_text(body: str, sender_name: str = "") -> str:
    """Give the body with everything that is not newly written blanked out, of the same length.

    Line breaks stay; a tag that ends a line or paragraph of HTML becomes a break.
    """
    if _MARKUP.search(body):
        body = _ENTITY.sub(lambda m: " " * len(m[0]), _without_markup(body))
    lines = body.splitlines(keepends=True)
    keep = _kept(lines, sender_name.strip().casefold())
    return "".join(line if kept else _blank(line) for line, kept in zip(lines, keep, strict=True))


def _without_markup(body: str) -> str:
    """Blank out tags, comments, style and quoted blocks of HTML, place by place and in linear time."""
    lowered = body.translate(_LOWER)  # ASCII alone: other letters may change in number
    out: list[str] = []
    position = 0
    unclosed: set[str] = set()
    while (tag := _TAG.search(body, position)) is not None:
        out.append(body[position : tag.start()])
        end = tag.end()
        name = "!--" if tag["name"] is None else tag["name"].lower()
        if name in _UNREAD and not tag[0].startswith("</") and name not in unclosed:
            close = lowered.find(_UNREAD[name], end)
            if close < 0:
                unclosed.add(name)
            else:
                end = close + len(_UNREAD[name])
                end += len(">") * (name != "!--" and body[end : end + 1] == ">")
        blank = _blank(body[tag.start() : end])
        out.append(blank[:-1] + "\n" if _BREAKS.match(tag[0]) else blank)
        position = end
    out.append(body[position:])
    return "".join(out)


def _blank(line: str) -> str:
    return "".join(letter if letter in "\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029" else " " for letter in line)


def _kept(lines: list[str], sender: str) -> list[bool]:
    keep = [True] * len(lines)
    head = _head_ends(lines)
    end = max(head, _history_starts(lines, head))
    keep[end:] = [False] * (len(lines) - end)
    keep[:head] = [False] * head
    for number in range(head, end):
        line = lines[number]
        following = lines[number + 1] if number + 1 < end else ""
        if _QUOTED.match(line) or _WROTE.match(line):
            keep[number] = False
        elif _WROTE_BEGINS.match(line) and _WROTE_ENDS.match(following):
            keep[number] = keep[number + 1] = False
    start = _signature_starts(lines, keep, end, sender)
    keep[start:end] = [False] * (end - start)
    return keep


def _head_ends(lines: list[str]) -> int:
    """Give the line after the mail's own head, when the text begins with one; 0 when it does not."""
    number = 0
    while number < min(len(lines), 12) and _HEAD.match(lines[number]):
        number += 1
    named = {lines[n].split(":")[0].split("：")[0].strip(" *").casefold() for n in range(number)}
    return number if number >= 2 or named & {"subject", "主题"} else 0


def _history_starts(lines: list[str], head: int) -> int:
    """Give the first line of a forwarded or quoted message that is not marked line by line."""
    for number, line in enumerate(lines):
        if number < head:
            continue
        if _HISTORY.match(line):
            rest = lines[number + 1 :]
            if number == 0 or any(_HEAD.match(later) for later in rest[:6]) or not line.strip(" _\t\r\n"):
                return number
        if number and _HEAD.match(line) and sum(bool(_HEAD.match(later)) for later in lines[number : number + 5]) >= 3:
            return number
    return len(lines)


def _signature_starts(lines: list[str], keep: list[bool], end: int, sender: str) -> int:
    """Give the line from which only a signature follows, or `end`."""
    written = [n for n in range(end) if keep[n] and lines[n].strip()]
    if not written:
        return end
    for n in written:
        if lines[n].rstrip("\r\n") in {"--", "-- ", "—"} or (n > written[0] and _DISCLAIMER.match(lines[n])):
            return n
    for n in written[1:]:
        below = [m for m in written if m > n]
        closes = _SIGN_OFF.match(lines[n]) or _SENT_FROM.match(lines[n]) or _is_name(lines[n], sender)
        if closes and len(below) <= _LONGEST_SIGNATURE and all(len(lines[m].strip()) <= 100 for m in below):
            return n
    return end


def _is_name(line: str, sender: str) -> bool:
    words = line.strip(" ,.\t\r\n").casefold()
    return bool(sender) and bool(words) and (words == sender or words in sender.split())
