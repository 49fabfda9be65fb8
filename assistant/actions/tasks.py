"""Tasks as words: the claims of a sentence in either language, and a clean imperative out of them."""

import re

from assistant.actions import chinese, english, official
from assistant.actions.dues import Due
from assistant.actions.people import People

EDGE = " \t\n,，;；:：、-–—|.。~*_!！?？→>"
_BARE_END = re.compile(r"^[ ]?(?:完成|做完|搞定|办完)(?=[，,。；;（(]|$)")
_SPACE = re.compile(r"[ \t\u3000\n]{2,}|\n")


_PRONOUN = re.compile(
    r"(?:do|have|handle|take|sort|see to|look into|take care of|get|take on|deal with|try to get to|follow up on"
    r"|make|send|write)"
    r" (?:it|that|this|those|these)(?: (?:one|done|on|out|up|over|then|too|today|tonight|now|this \w+|tomorrow"
    r"|first|for you|myself|straight away"
    r"|right away|on \w+|by \w+|next \w+))*"
    r"|(?:再|先|马上|尽快|回头)?(?:来|去)?(?:弄|做|搞|办|处理|跟|跟进|看|写|查|问|约|解决|负责|[打催发拿找问][他她它]们?)(?:一下"
    r"|看看)?(?:吧|好了|就行|了)?",
    re.IGNORECASE,
)


def is_pronoun(task: str) -> bool:
    """Whether a task only points at another one: "do that", 弄一下."""
    return _PRONOUN.fullmatch(task.strip(EDGE)) is not None


def before_owner(words: str, owner: str) -> str:
    """Give the task of 联调这块由李工负责: what stands before the owner."""
    return re.sub(
        r"(?:这块|这件事|这个事|的事情?|这项|工作)?[，, ]?(?:由|归|交给|让|请)[ ]?" + re.escape(owner) + r".*$",
        "",
        words,
        flags=re.DOTALL,
    )


def claims_of(sentence: str, people: People, *, listed: bool) -> list[english.Claim]:
    """Give the claims of both languages, since one sentence may mix them; of two that overlap the earlier holds.

    What official prose gives to a unit goes before what the words of talk would make of it.
    """
    official_ones = official.claims(sentence, people)
    others = [*english.claims(sentence, people, listed=listed), *chinese.claims(sentence, people, listed=listed)]
    free = [c for c in others if all(c.clause >= o.task + 4 or max(c.task, c.end) <= o.clause for o in official_ones)]
    # 施工方倒排工期，务必于周五前完成: what must be done belongs to who was ordered before it.
    free = [c for c in free if c.owner or all(o.clause > c.clause for o in official_ones)]
    kept: list[english.Claim] = []
    for claim in sorted([*official_ones, *free], key=lambda c: (c.clause, c.task)):
        if not kept or claim.clause >= max(kept[-1].task, kept[-1].end):
            kept.append(claim)
    return kept


def clean(words: str, due: Due | None, kind: str) -> str:
    """Write a task as a clean imperative: without its due date, politeness and loose punctuation."""
    plain = words.replace("~~", "").replace("**", "")
    if due is not None and due.words and due.words in plain:
        before, _, after = plain.rpartition(due.words)
        after = _BARE_END.sub("", after) if before.rstrip().endswith(("，", ",", "、")) else after
        plain = (
            before.rstrip(" \t,，;；:：-–—(（")
            + (" " if before.strip() and after.strip(EDGE) else "")
            + after.lstrip(" \t,，;；:：)）")
            if (before.rstrip().endswith(("(", "（")) or not after.strip())
            else before.rstrip(" ,，") + _between(before, after) + after.lstrip(" ,，")
        )
    plain = _SPACE.sub(" ", plain).strip(EDGE)
    plain = re.sub(r"(?<=[\u4e00-\u9fff，]) (?=[\u4e00-\u9fff])", "", plain)
    if due is not None:
        plain = re.sub(r"[，,]\s?(?:改到|改为|延到|推迟到|提前到|now|moved to)$", "", plain).strip(EDGE)
    plain = re.sub(r"[（(][\s?？]*[）)]", "", plain).strip(EDGE)
    plain = re.sub(
        r"(?i),\s(?:right|ok|okay|yeah|please|thanks|if you like|if that's ok(?:ay)?|you know|I think)$", "", plain
    )
    plain = chinese.imperative(plain) if plain[:1] > "\u2e7f" else english.imperative(plain, kind)
    return _closed_brackets(plain.strip(EDGE))


def _between(before: str, after: str) -> str:
    """What joins the words around a day that was taken out: a comma stays where two Chinese clauses meet."""
    meet = before.rstrip().endswith("，") and after[:1] > "\u2e7f" and after[:1] not in "，（"
    clauses = meet and ("，" in before.rstrip()[:-1] or chinese.is_doing(before))
    return "，" if clauses else " "


def _closed_brackets(words: str) -> str:
    """Drop a bracket that lost its partner when a date or a name was taken out."""
    for left, right in (("(", ")"), ("（", "）"), ("[", "]")):
        if words.count(left) > words.count(right):
            head, _, tail = words.rpartition(left)
            words = (head + tail).strip(EDGE) if tail.strip() else head.strip(EDGE)
        elif words.count(right) > words.count(left):
            words = words[::-1].replace(right, "", 1)[::-1].strip(EDGE)
    return words
