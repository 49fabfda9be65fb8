"""Requests in talk, and the words by which the next speaker takes one on or turns it down."""

import re
from dataclasses import dataclass

from assistant.actions.people import People
from assistant.actions.tasks import claims_of

_YES = re.compile(
    r"^\W{0,3}(?:ok(?:ay)?|yes|yep|yeah|sure|will do|on it|got it|can do|no problem|np|done deal|of course|happy to"
    r"|absolutely|i'?ll do (?:it|that)|i'?m on it|i can(?: do (?:it|that))?|leave it with me|mine|好的?|收到|行|可以"
    r"|没问题|我来"
    r"|嗯|OK|明白|好嘞|马上|交给我|可)(?:\b|(?=[\u4e00-\u9fff，。!！,\s])|$)",
    re.IGNORECASE,
)
_JUST_YES = 12
_TURNS_TO_ANSWER = 1
# An answer that takes the very thing on: "I'll do that Friday", 我来弄.
_SAME_THING = re.compile(
    r"(?i)\bI(?:['’]ll| will| can|['’]m going to)? (?:do|have|handle|take|sort|see to|look into|take care of"
    r"|get) (?:it|that|this)\b"
    r"|我(?:来|去)?[^，。]{0,8}?(?:来|去)?(?:弄|做|搞|办|处理|跟|看|写|查|问|约)(?:一下)?(?:吧|好了|就行)?[。，！]?$"
)
_NO = re.compile(
    r"^\W{0,3}(?:(?:well|sorry|hmm|uh)[, ]+)?(?:i )?(?:no\b|nope|not me|can'?t|cannot|sorry|i won'?t|不行|没空"
    r"|我不|做不了|没时间|不是我|来不及)",
    re.IGNORECASE,
)


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
    if _NO.match(words):
        return Answer(yes=False, rest=words, only=False)
    found = _YES.match(words)
    if not found:
        return None
    rest = words[found.end() :]
    only = len(rest) < _JUST_YES or bool(_SAME_THING.search(rest)) or not claims_of(rest, people, listed=False)
    return Answer(yes=True, rest=rest, only=only)


def may_still_be_answered(asked: Asked) -> bool:
    """Tell whether another turn may still take the request on."""
    return asked.turns < _TURNS_TO_ANSWER
