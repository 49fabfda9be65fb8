"""A client's Points said back in the client's own terms, before anything else is said."""

# ruff: noqa: E501 - patterns and word lists stand together by meaning

import re
from dataclasses import dataclass, replace

from assistant.checks.hidden_orders import find_orders
from assistant.checks.mail_text import new_text
from assistant.checks.words import subject_words
from assistant.domain.facts import FactKind
from assistant.domain.inbound import Inbound, Point, PointKind
from assistant.domain.project import Language
from assistant.language.facts import extract_facts
from assistant.language.sentences import split_sentences

_LEADS: dict[Language, dict[PointKind, str]] = {
    "en": {
        PointKind.GRIEVANCE: "You write: “{}”",
        PointKind.QUESTION: "You ask: “{}”",
        PointKind.REQUEST: "You ask: “{}”",
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
        PointKind.REQUEST: "You also ask: “{}”",
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
_LEANING = re.compile(r"^(?:that|this|it|they|which|these|those)\b|^(?:这|那|此|结果)", re.IGNORECASE)
_ITEM = re.compile(
    r"^[ \t]*(?:[0-9]{1,2}[.)、\uff0e]|[-*•]|[(\uff08][0-9a-z一二三四五六七八九]{1,2}[)\uff09])[ \t]*(?P<text>\S.*)$",
    re.MULTILINE,
)
_MOOD = re.compile(
    r"^(?:i am|i'm|we are|we're) (?:really |very )?(?:not happy|unhappy|disappointed|annoyed|frustrated|upset)[^,;]{0,40}[.!]?$"
    r"|^我(?:对.{0,12})?(?:很|非常|十分)?(?:不满意?|失望|生气)[^\uff0c]{0,6}[。\uff01!]?$",
    re.IGNORECASE,
)


_BARE = re.compile(
    r"\bshould(?: not|n['’]t) (?:have|be|learn|hear|need)\b|\b(?:not acceptable|unacceptable|not good enough|fed up)\b"
    r"|不应该|不应当|不该|不能接受|无法接受|说不过去|太(?:失望|离谱)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"(?P<lead>[^“「]{1,40}[“「])(?P<words>.+)(?P<end>[”」])", re.DOTALL)
_VALUE = re.compile(
    r"[0-9]|[一二三四五六七八九十两][月日天周个]|没|不|未|无|\b(?:no|not|never|nothing|nobody)\b|n['’]t\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b",
    re.IGNORECASE,
)
_SHORTEST = {"en": 60, "zh": 20}
_OPENING = 8  # characters by which the beginning of a Point is known again
_SHORT_QUESTION = {"en": 6, "zh": 12}
_POINTS_AT = re.compile(r"\b(?:this|that|it|these|those)\b|这个?|那个?|此", re.IGNORECASE)
_SENTENCE_ENDS = re.compile(r"[.!?。！？\n]")
_BETWEEN = 60  # characters of the client's own words that may stand between two things heard as one
_MOST = 6
_QUESTION = re.compile(
    r"(?:could|can|will|would|do|does|did|is|are|when|what|how|why|who)\b[^.!?]{3,}\?", re.IGNORECASE
)
_REQUESTING = re.compile(
    r"\b(?:please|could|can|would|need|want|expect|must|send|call|ring|give|let|make sure|use)\b|请|希望|要求|麻烦|需要|能否|能不能|尽快|必须|应该|给我|再|务必|烦",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"\?|\b(?:when|what|how|why|which|who|whether|if|could|can|please|want to know|let (?:me|us) know)\b", re.IGNORECASE
)
_LEAST_HEARD = {"en": 24, "zh": 8}


@dataclass(frozen=True, slots=True)
class _Heard:
    kind: PointKind
    text: str
    start: int
    end: int
    in_list: bool = False


def restated(inbound: Inbound, language: Language, *, only_points: bool = False) -> tuple[str, ...]:
    """Give a sentence for each thing the client brings up, in quotation marks and in the client's order.

    The items of a list are heard whole, whether or not triage saw a Point in each. Orders to an assistant are left
    out, and so are links: ours to the client come from notes alone. A bare mood is heard through what it is about,
    when that was said as well. `only_points` leaves out what is no Point of the triage given.
    """
    told = _told(inbound, only_points=only_points)
    sentences: list[str] = []
    for place, one in enumerate(told):
        kind = _told_as(one)
        leads = _LEADS if place == 0 or _told_as(told[place - 1]) is not kind else _AGAIN
        sentences.append(leads[language][kind].format(_ended(_short(_without_links(one.text)))))
    return tuple(sentences)


def _told_as(one: _Heard) -> PointKind:
    """What was asked for before is told, not asked: "I asked for a schedule"."""
    if _QUESTION.match(one.text):
        return PointKind.QUESTION
    if one.kind is PointKind.REQUEST and not _REQUESTING.search(one.text):
        return PointKind.GRIEVANCE
    asks = one.kind is PointKind.QUESTION and one.text.isascii()
    return PointKind.GRIEVANCE if asks and not _ASKING.search(one.text) else one.kind


def _ended(words: str) -> str:
    """End a quotation as a sentence ends."""
    if not words or words[-1] in ".!?…。！？":
        return words
    return words + ("." if words.isascii() else "。")


def matters(inbound: Inbound, *, only_points: bool = False) -> tuple[str, ...]:
    """Give the client's words for each thing it brings up, as `restated` says them back."""
    return tuple(_short(_without_links(one.text)) for one in _told(inbound, only_points=only_points))


def _told(inbound: Inbound, *, only_points: bool) -> list[_Heard]:
    body = new_text(inbound.mail.body, inbound.mail.sender_name)
    heard = [one for one in _heard(inbound) if not find_orders(one.text) and _without_links(one.text)]
    if only_points:
        heard = [h for h in heard if any(p.start < h.end and h.start < p.end for p in inbound.triage.points)]
    return _joined(_without_moods(heard, body) or heard, body)


def _heard(inbound: Inbound) -> list[_Heard]:
    body = new_text(inbound.mail.body, inbound.mail.sender_name)
    items = [
        _Heard(PointKind.REQUEST, m["text"].strip(), m.start("text"), m.end("text"), in_list=True)
        for m in _ITEM.finditer(body)
        if any(c.isalnum() for c in m["text"])
    ]
    points = inbound.triage.points
    items = [replace(item, kind=_kind_of(item, points)) for item in items]
    heard = list(items)
    for point in points:
        inside = any(item.start < point.end and point.start < item.end for item in items)
        opens_list = bool(items) and point.text.rstrip().endswith((":", "\uff1a"))
        if not inside and not opens_list:
            whole = _to_its_end(body, _from_its_beginning(body, point, points), points)
            heard.append(_Heard(point.kind, _with_what_it_leans_on(body, whole, points), whole.start, whole.end))
    return sorted(heard, key=lambda one: one.start)


def _without_links(text: str) -> str:
    """Give the longest stretch of the client's words beside their links; empty where too little is left to be heard."""
    links = [fact for fact in extract_facts(text) if fact.kind is FactKind.LINK]
    if not links:
        return text
    places = [0, *(edge for link in links for edge in (link.start, link.end)), len(text)]
    parts = [
        text[start:end].strip(" \t\n,;:(（，；：\"'") for start, end in zip(places[::2], places[1::2], strict=True)
    ]
    longest = max(parts, key=len)
    return longest if len(longest) >= _LEAST_HEARD["en" if text.isascii() else "zh"] else ""


def _kind_of(item: _Heard, points: tuple[Point, ...]) -> PointKind:
    """Hear an item of a list as what triage saw in it: a grievance where there is one, else its last point's kind."""
    kinds = [point.kind for point in points if item.start < point.end and point.start < item.end]
    return PointKind.GRIEVANCE if PointKind.GRIEVANCE in kinds else kinds[-1] if kinds else item.kind


def _without_moods(heard: list[_Heard], body: str) -> list[_Heard]:
    """Leave out bare moods; what the client goes on with, before the next thing it brings up, is heard with that."""
    told: list[_Heard] = []
    mood: _Heard | None = None
    for one in heard:
        if _MOOD.match(one.text.strip()):
            mood = one
            continue
        if mood is not None:
            between = replace(mood, text="", kind=one.kind, start=mood.end, end=mood.end)
            told.append(_together(between, one, body) or one)
        else:
            told.append(one)
        mood = None
    return told


def _joined(heard: list[_Heard], body: str) -> list[_Heard]:
    """Hear as one what belongs together: a reproach or a short question with what it is about, one sentence's parts.

    When there are more than six things, neighbours of one kind and paragraph are heard together as well. Nothing is
    left out, and what is joined keeps the client's words, those in between included.
    """
    joined: list[_Heard] = []
    for one in heard:
        together = _together(joined[-1], one, body) if joined and _belongs_to(joined[-1], one, body) else None
        if together:
            joined[-1] = together
        else:
            joined.append(one)
    place = 1
    while len(joined) > _MOST and place < len(joined):
        first, second = joined[place - 1], joined[place]
        together = _together(first, second, body) if first.kind is second.kind else None
        if together:
            joined[place - 1 : place + 1] = [together]
        else:
            place += 1
    return joined


def _belongs_to(before: _Heard, one: _Heard, body: str) -> bool:
    if before.in_list or one.in_list:
        return False
    if _SENTENCE_ENDS.search(body[before.start : one.start]) is None:
        return True
    language: Language = "en" if one.text.isascii() else "zh"
    length = len(one.text.split()) if language == "en" else len(one.text)
    bare = _BARE.search(one.text) is not None and one.kind is PointKind.GRIEVANCE
    if _LEANING.match(one.text) and one.start - before.end <= _NEAR:
        return True
    question = one.kind is PointKind.QUESTION and length <= _SHORT_QUESTION[language]
    return bare or (question and (_POINTS_AT.search(one.text) is not None or len(subject_words(one.text)) < 2))


def _together(before: _Heard, one: _Heard, body: str) -> _Heard | None:
    """Give both as one, when they stand near each other in a paragraph and stay short enough to be quoted whole."""
    if before.in_list or one.in_list or one.start - before.end > _BETWEEN or "\n\n" in body[before.end : one.start]:
        return None
    text = before.text + body[before.end : one.end]
    limit = _LONGEST["en" if text.isascii() else "zh"] * 1.2
    return replace(before, text=text, end=one.end) if len(text) <= limit and not find_orders(text) else None


def _from_its_beginning(body: str, point: Point, points: tuple[Point, ...]) -> Point:
    """Take a point that begins in the middle of a sentence from where the sentence, or the point before, leaves off."""
    before = max((other.end for other in points if other.end <= point.start), default=0)
    first = max(before, body.rfind("\n", 0, point.start) + 1)
    spans = [span for span in split_sentences(body[first : point.end]) if first + span.end > point.start]
    start = first + spans[0].start if spans else point.start
    text = body[start : point.end].lstrip(" \t,，;；、")
    start = point.end - len(text)
    longest = _LONGEST["en" if text.isascii() else "zh"]
    return replace(point, text=text, start=start) if start < point.start and len(text) <= longest else point


def _to_its_end(body: str, point: Point, points: tuple[Point, ...]) -> Point:
    """Take a point that only names its matter ("Secondly the shutdown plan.") with what the paragraph says of it."""
    language: Language = "en" if point.text.isascii() else "zh"
    length = len(point.text.split()) if language == "en" else len(point.text)
    if length > _SHORT_QUESTION[language] or _ASKING.search(point.text) or "\uff1f" in point.text:
        return point
    following = min((other.start for other in points if other.start >= point.end), default=len(body))
    stop = body.find("\n\n", point.end)
    end = point.start
    for span in split_sentences(body[point.start : min(following, stop if stop >= 0 else len(body))]):
        if span.end > _LONGEST[language]:
            break
        end = point.start + span.end
    return replace(point, text=body[point.start : end], end=end) if end > point.end else point


def _with_what_it_leans_on(body: str, point: Point, points: tuple[Point, ...]) -> str:
    """Begin with the sentence before, where a point says "that" or "this" and no point of its own names it."""
    text, start = body[point.start : point.end], point.start
    follows_a_point = any(0 <= start - other.end <= _NEAR for other in points)
    asks_of_it = point.kind is PointKind.QUESTION and _POINTS_AT.search(_CUT.split(text)[0])
    if not (_LEANING.match(text) or asks_of_it) or follows_a_point:
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
    return (kept if len(kept) <= limit * 1.4 else kept[:limit]).rstrip(",;\uff0c\uff1b. ") + "…"


def shorter(sentence: str, inbound: Inbound, *, boldly: bool = False) -> str:
    """Take the last clause off a quotation of the client; empty where that would lose a Point or too much.

    Unless `boldly`, a clause with a value or a negation stays as well.
    """
    found = _QUOTED.match(sentence)
    if not found:
        return ""
    clauses = [clause for clause in _CUT.split(found["words"].removesuffix("…").strip()) if clause]
    chinese = sentence.endswith("」")
    kept = ("" if chinese else " ").join(clauses[:-1]).rstrip(",;\uff0c\uff1b ")
    loses = (
        len(clauses) < 2
        or _opens_a_point(clauses[-1], inbound)
        or (not boldly and _VALUE.search(clauses[-1]))
        or len(kept) < _SHORTEST["zh" if chinese else "en"]
    )
    return "" if loses else f"{found['lead']}{kept}…{found['end']}"


def _opens_a_point(clause: str, inbound: Inbound) -> bool:
    words = "".join(clause.split())
    bare = words.rstrip(",.;，。；…")
    points = ["".join(point.text.split()) for point in inbound.triage.points]
    return any(point[:_OPENING] in words or point.startswith(bare) for point in points)
