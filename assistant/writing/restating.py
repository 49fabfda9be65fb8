"""A client's Points said back in the client's own terms, before anything else is said."""

# ruff: noqa: E501 - patterns and word lists stand together by meaning

import re
from dataclasses import dataclass

from assistant.checks.hidden_orders import find_orders
from assistant.checks.mail_text import new_text
from assistant.domain.inbound import Inbound, Point, PointKind
from assistant.domain.project import Language
from assistant.language.sentences import split_sentences

_LEADS: dict[Language, dict[PointKind, str]] = {
    "en": {
        PointKind.GRIEVANCE: "You write: “{}”",
        PointKind.QUESTION: "You ask: “{}”",
        PointKind.REQUEST: "You ask for this: “{}”",
    },
    "zh": {
        PointKind.GRIEVANCE: "您提到：「{}」",
        PointKind.QUESTION: "您问：「{}」",
        PointKind.REQUEST: "您要求：「{}」",
    },
}
_AGAIN: dict[Language, dict[PointKind, str]] = {
    "en": {
        PointKind.GRIEVANCE: "You also write: “{}”",
        PointKind.QUESTION: "You also ask: “{}”",
        PointKind.REQUEST: "You also ask for this: “{}”",
    },
    "zh": {
        PointKind.GRIEVANCE: "您还提到：「{}」",
        PointKind.QUESTION: "您还问：「{}」",
        PointKind.REQUEST: "您还要求：「{}」",
    },
}
_LONGEST = {"en": 200, "zh": 70}
_CUT = re.compile(r"(?<=[,;.])\s|(?<=[\uff0c\uff1b\u3002])")
_NEAR = 3
_JOINING = re.compile(r"^(?:and|but|so|also|then)\s+|^(?:另外|还有|然后)[\uff0c,]?", re.IGNORECASE)
_LEANING = re.compile(r"^(?:that|this|it|which|these|those)\b|^(?:这|那|此|结果)", re.IGNORECASE)
_ITEM = re.compile(
    r"^[ \t]*(?:[0-9]{1,2}[.)、\uff0e]|[-*•]|[(\uff08][0-9a-z一二三四五六七八九]{1,2}[)\uff09])[ \t]*(?P<text>\S.*)$",
    re.MULTILINE,
)
_MOOD = re.compile(
    r"^(?:i am|i'm|we are|we're) (?:really |very )?(?:not happy|unhappy|disappointed|annoyed|frustrated|upset)[^,;]{0,40}[.!]?$"
    r"|^我(?:对.{0,12})?(?:很|非常|十分)?(?:不满意?|失望|生气)[^\uff0c]{0,6}[。\uff01!]?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Heard:
    kind: PointKind
    text: str
    start: int
    end: int


def restated(inbound: Inbound, language: Language) -> tuple[str, ...]:
    """Give a sentence for each thing the client brings up, in quotation marks and in the client's order.

    The items of a list are heard whole, whether or not triage saw a Point in each. Orders to an assistant are left
    out; a bare mood is heard through what it is about, when that was said as well.
    """
    heard = [one for one in _heard(inbound) if not find_orders(one.text)]
    told = [one for one in heard if not _MOOD.match(one.text.strip())] or heard
    sentences: list[str] = []
    for place, one in enumerate(told):
        leads = _LEADS if place == 0 or told[place - 1].kind is not one.kind else _AGAIN
        sentences.append(leads[language][one.kind].format(_short(one.text)))
    return tuple(sentences)


def _heard(inbound: Inbound) -> list[_Heard]:
    body = new_text(inbound.mail.body, inbound.mail.sender_name)
    items = [
        _Heard(PointKind.REQUEST, m["text"].strip(), m.start("text"), m.end("text"))
        for m in _ITEM.finditer(body)
        if any(c.isalnum() for c in m["text"])
    ]
    heard = list(items)
    points = inbound.triage.points
    for point in points:
        inside = any(item.start < point.end and point.start < item.end for item in items)
        opens_list = bool(items) and point.text.rstrip().endswith((":", "\uff1a"))
        if not inside and not opens_list:
            heard.append(_Heard(point.kind, _with_what_it_leans_on(body, point, points), point.start, point.end))
    return sorted(heard, key=lambda one: one.start)


def _with_what_it_leans_on(body: str, point: Point, points: tuple[Point, ...]) -> str:
    """Begin with the sentence before, where a point says "that" or "this" and no point of its own names it."""
    text, start = point.text, point.start
    follows_a_point = any(0 <= start - other.end <= _NEAR for other in points)
    if not _LEANING.match(text) or follows_a_point:
        return text
    paragraph = body.rfind("\n\n", 0, start) + 1
    before = [span.text for span in split_sentences(body[paragraph:start])]
    joined = f"{before[-1]} {text}" if before and text.isascii() else f"{before[-1]}{text}" if before else text
    return joined if len(joined) <= _LONGEST["en" if text.isascii() else "zh"] else text


def _short(text: str) -> str:
    words = _JOINING.sub("", " ".join(text.split())).strip('“”"「」')
    words = words.replace("“", "‘").replace("”", "’").replace("「", "『").replace("」", "』")
    chinese = any("\u4e00" <= c <= "\u9fff" for c in words)
    limit = _LONGEST["zh" if chinese else "en"]
    if len(words) <= limit:
        return words
    kept = ""
    for part in _CUT.split(words):
        if kept and len(kept) + len(part) > limit:
            break
        kept = kept + part if chinese else f"{kept} {part}".strip()
    return (kept if len(kept) <= limit * 1.4 else kept[:limit]).rstrip(",;\uff0c\uff1b ") + " …"
