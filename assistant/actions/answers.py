"""Requests in talk, and the words by which the next speaker takes one on or turns it down."""

import re
from dataclasses import dataclass

from assistant.actions.people import People
from assistant.actions.tasks import claims_of

_YES = re.compile(
    r"^\W{0,3}(?:(?:ha(?:ha)?|hm+|oh|well|alright|嗯|哦|哈哈?)[,.! ，。]{1,3})*(?:ok(?:ay)?|yes|yep|yeah|sure|will do"
    r"|on it|got it|can do|no problem|np|done deal|of course|happy to"
    r"|absolutely"
    r"|i['’]?ll (?:do|take|handle|pick up) (?:it|that|this|those)|i'?m on it|i can(?: (?:do"
    r"|take|handle) (?:it|that|this))?"
    r"|leave it with me|mine|好的?|收到|行|可以"
    r"|没问题|我来"
    r"|嗯|OK|明白|好嘞|马上|交给我|可)(?:\b|(?=[\u4e00-\u9fff，。!！,\s])|$)",
    re.IGNORECASE,
)
_JUST_YES = 12
_SHORT = 40
_TURNS_TO_ANSWER = 1
# An answer that takes the very thing on: "I'll do that Friday", 我来弄.
_SAME_THING = re.compile(
    r"(?i)\bI(?:['’]ll| will| can|['’]m going to)? (?:do|have|handle|take|sort|see to|look into|take care of"
    r"|send|write|e?mail|bring|pass|share|forward|chase|check|book|order|get) (?:it|that|this|those|them)\b"
    r"|我(?:来|去)?[^，。]{0,8}?(?:来|去)?(?:弄|做|搞|办|处理|跟|看|写|查|问|约|打|发|送|开|录|改|交|催|拿"
    r"|补)(?:一下)?(?:吧|好了|就行)?[。，！]?$"
)
# What was asked for is there already: "It went out this morning", 已经发了.
_THERE = re.compile(
    r"^\W{0,3}(?:(?:yes|yeah|oh|no|actually|well)[, ]+)*(?:i(?:['’]ve)? (?:already|just) |(?:it|that|they)(?:['’]s| is|"
    r" was| has| have)? (?:already |just )?(?:went out|gone out|sent|done|out already)\b|already (?:did|done|sent"
    r"|have)\b)"
    r"|^\W{0,3}(?:我)?(?:已经|早就|刚刚?|昨天就)[^，。]{0,8}了",
    re.IGNORECASE,
)
_NO = re.compile(
    r"^\W{0,3}(?:(?:well|sorry|hmm|uh)[, ]+)?(?:i )?(?:no\b|nope|not me|can'?t|cannot|sorry|i won'?t|不行|没空"
    r"|我不|做不了|没时间|不是我|来不及)",
    re.IGNORECASE,
)
# What makes a task of an offer: "I could mock something up." "Please do."
_WANTED = re.compile(
    r"^\W{0,3}(?:(?:yes|yeah|ok(?:ay)?|oh|sure|perfect|great|right)[,.! ]{1,3})?(?:please\b|go ahead|do (?:that|it)\b"
    r"|that(?:['’]d| would) be (?:good|great|lovely|helpful|perfect|super)|would be (?:good|great|helpful)|good idea"
    r"|let['’]s do that|if you could|thank you|thanks)"
    r"|^(?:嗯|哦)?[，]?(?:那(?:就)?(?:麻烦|辛苦|拜托)你|那你(?:去|就|来)|好啊|可以啊|行啊"
    r"|(?:好|行|可以)[，,](?:那)?你|就这么(?:办|做)|辛苦了|那太好了)",
    re.IGNORECASE,
)
_OFFER = re.compile(
    r"(?:^|[,.;] |\b(?:and|so|but|well) )(?:(?:well|um|so|maybe|perhaps),? )?I (?:could|can|might|would"
    r"|am happy to|['’]d be happy to) (?:also )?(?P<task>[a-z]\w+ [^.?!\n]{3,120})"
    r"|(?:^|[，。])(?:要不|不然|要么|或者)?我(?:这边)?(?:可以|能)(?:先|去|来|帮忙|再)?(?P<zh>[^，。？！\n]{3,40})",
)


def offer_in(words: str) -> tuple[int, int] | None:
    """Give where somebody only offers to do a thing, as characters of the words; None without an offer."""
    found = _OFFER.search(words)
    name = "task" if found and found["task"] else "zh"
    return found.span(name) if found else None


def wants_it(words: str) -> bool:
    """Tell whether a turn takes up the offer that was made just before it."""
    return _WANTED.match(words) is not None and _NO.match(words) is None


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that nobody answered yet: where its item begins, who asked, and how many turns went by."""

    start: int
    by: str
    question: bool
    turns: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """A turn that answers a request: yes or no, the rest of its words, and whether it says nothing else."""

    yes: bool
    rest: str
    only: bool


def answer_of(words: str, people: People) -> Answer | None:
    """Read a turn as an answer; None when it is neither yes nor no."""
    if _NO.match(words) or _THERE.match(words):
        return Answer(yes=False, rest=words, only=False)
    found = _YES.match(words)
    if not found:
        taken = len(words) < _SHORT and _SAME_THING.search(words) is not None and "?" not in words and "？" not in words
        return Answer(yes=True, rest=words, only=True) if taken else None
    rest = words[found.end() :]
    only = len(rest) < _JUST_YES or bool(_SAME_THING.search(rest)) or not claims_of(rest, people, listed=False)
    return Answer(yes=True, rest=rest, only=only)


def may_still_be_answered(asked: Asked) -> bool:
    """Tell whether another turn may still take the request on."""
    return asked.turns < _TURNS_TO_ANSWER
