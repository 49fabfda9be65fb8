"""What a note may say and a message to the client does not: asides, moods, orders to an assistant, guesses in chats."""

# ruff: noqa: E501 - patterns and word lists stand together by meaning

import re
from itertools import takewhile

from assistant.checks.hidden_orders import find_orders
from assistant.domain.note import NoteKind, Passage
from assistant.language.sentences import split_sentences

_PRIVATE = re.compile(
    r"\b(?:not happy|unhappy|haggle|off the record|between (?:us|ourselves)|before answering|eaten by|must go out|shouted|weird"
    r"|margin|day rates?|referral fee|time ?sheets?|agency quote|fyi|ticking|kicks? off about|blam(?:e|ed|ing)|did ?n['’o]t read|forgot|food poisoning|sick leave|our fault|her fault|his fault"
    r"|(?:do not|don'?t|dont|never) (?:tell|say|mention|promise|answer)|(?:not|nothing) (?:to be )?offered|not still with client|still not with client"
    r"|ask [A-Z]{2,3}\b|see mail|no update mail|complaint|complained|chase[sd]|budget code|internal(?:ly)?|idiot|stupid|lol|not agreed with anybody|between you and me|thinks?)\b|:\(|!!",
    re.IGNORECASE,
)
_PRIVATE_ZH = re.compile(
    r"没电|睡着|别(?:往外|答应|说|提|让)|先别|不要(?:往外|外传|提)|不外发|对外只说|内部|毛利|底价|人天单价|违约金|返点|离职|工时|闹起来|投诉|不满意|不高兴|弄忘"
    r"|忙忘|没发|都在弄|砍价|来不及了|邮件还没回|惊喜|嫌|催了[^。]{0,6}没回|人手紧|尾款|罚则|必须发|答应[^。]{0,8}(?:给的|的)[^。]{0,6}晚了|\uff01\uff01|!!"
)
# Asides about being late or pressed; they say nothing against telling the fact that stands before them.
_PRESSED = re.compile(
    r"\bmust go out\b|\bnot (?:un)?happy\b|\bfyi\b|!!|！！|必须发|答应[^。]{0,8}(?:给的|的)[^。]{0,6}晚了|来不及了|弄忘|忙忘",
    re.IGNORECASE,
)
_LEFT_OVER = re.compile(
    r"\bthe (?:last|other|remaining) (?:one|two|three|few)(?! [a-z]+s\b)|^想(?:让|要|把|请)|^(?:其余|剩下的?|另外)[一两二三几]?[个张条台]?(?:，|。|$)",
    re.IGNORECASE,
)
_ATTENDANCE = re.compile(
    r"^(?:likelihood|probability|可能性|present|attendees?|attending|participants?|apologies|last (?:touched|updated)|reviewed|updated|project log|时间|地点|参会|出席|与会|请假|缺席|主持|记录人|最后更新)"
    r"[^a-z]{0,3}",
    re.IGNORECASE,
)
_UPDATED = re.compile(r"最近?一?次?更新|最后更新|\blast (?:updated|touched)\b|\bnewest on top\b", re.IGNORECASE)
_TITLE = re.compile(
    r"^[^.!?\u3002,;]{0,40}\b(?:notes?|log|diary|minutes|agenda|progress meeting|team meeting|call|phone|tel)\b[^.!?\u3002;:]{0,30}$"
    r"|^(?:meeting|call|progress meeting|steerco|workshop)\b[^.]{0,60}[0-9]{4}\b[^.]{0,40}[.]?(?:\s+present:.*)?$"
    r"|^[^\u3002\uff0c,]{0,24}(?:会议?|例会|碰头会|周会|晨会|纪要|日志|周进度|周报|日报|记录|电话)$|^[^\u3002]{0,16}(?:和|与).{1,8}(?:电话|通话)$",
    re.IGNORECASE,
)
_LETTER = re.compile(
    r"^(?:dear|hi|hello|hey|best|regards|kind regards|best regards|cheers|thanks|thank you|yours|sincerely|sorry for)\b"
    r"|^[^\s,\uff0c]{1,12}[,\uff0c]?\s*(?:您好|你好)|^(?:顺祝|此致|敬礼|祝好|谢谢)|^各位",
    re.IGNORECASE,
)
_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_FILLER = re.compile(
    r"\{|\b(?:um|uh|mm|hmm|yeah|you know|i mean|kind of|sort of|basically|gonna|wanna|whatever|like)\b\b|\.\.\.",
    re.IGNORECASE,
)
_FILLER_ZH = re.compile(
    r"就是|然后|对吧|是吧|这个|那个|嗯|呃|其实|那时候|说我们|可能就|什么的|怎么说|的话|我觉得|来讲|对，|吧"
)
_PERSON = re.compile(
    r"\b(?:I|I'm|I'll|I've|me|my|you|your|she|he|her|him)\b|我(?!们|方|司)|你|您|咱|[她他](?!们)|他们那边"
)
_SPOKEN = frozenset({NoteKind.CHAT})


def is_private(text: str) -> bool:
    """Whether a line is an aside that nobody would send to a client."""
    return _PRIVATE.search(text) is not None or _PRIVATE_ZH.search(text) is not None


def public_head(text: str) -> str:
    """Give the sentences of a line that stand before an aside about being pressed; nothing where it asks for silence."""
    if not is_private(text):
        return text
    if is_private(_PRESSED.sub(" ", text)):
        return ""
    spans = split_sentences(text)
    kept = list(takewhile(lambda span: not is_private(span.text), spans))
    return text[: kept[-1].end].strip() if kept else ""


def is_frame(text: str) -> bool:
    """Whether a line is no statement: an attendance list, a head line, a greeting."""
    return any(sign.search(text) for sign in (_ATTENDANCE, _UPDATED, _LETTER)) or _TITLE.match(text.strip()) is not None


def without_orders(text: str) -> str:
    """Give a note's text without the sentences that give orders to an assistant; the facts beside them stay.

    Where an order only shows across sentences, its paragraph goes, since nobody can tell which words belong to it.
    """
    if not find_orders(text):
        return text
    return "\n\n".join(kept for part in _PARAGRAPH.split(text) if (kept := _without_order_lines(part)).strip())


def _without_order_lines(paragraph: str) -> str:
    if not find_orders(paragraph):
        return paragraph
    lines = []
    for line in paragraph.split("\n"):
        spans = [line[span.start : span.end] for span in split_sentences(line)] if find_orders(line) else []
        lines.append(" ".join(text for text in spans if not find_orders(text)) if spans else line)
    kept = "\n".join(line for line in lines if line.strip())
    return "" if find_orders(kept) else kept


def leans_on_more(text: str) -> bool:
    """Whether a sentence speaks of what is left of something that it does not name."""
    return _LEFT_OVER.search(text) is not None


def is_disfluent(text: str) -> bool:
    """Whether a sentence is thinking aloud: fillers, broken-off words, transcribers' marks."""
    return _FILLER.search(text) is not None or len(_FILLER_ZH.findall(text)) > 1


def speaks_of_self(text: str) -> bool:
    """Whether a sentence is said by and to persons: I, you, 我, 你."""
    return _PERSON.search(text) is not None


def is_chatter(passage: Passage) -> bool:
    """Whether a passage is talk among colleagues, which proves nothing to a client."""
    return passage.kind in _SPOKEN
