"""Stand-up notes: under each person's name a line of what was done, what comes next and what is in the way."""

import re
from collections.abc import Iterator

_NEXT = (
    r"(?:plan(?:s|ned)? for )?today|plans?|next(?: up)?|doing|will do|今天|今日(?:计划|工作|安排)?|明天|明日(?:计划"
    r"|工作|安排)?"
    r"|接下来|下一步"
)
_OTHER = (
    r"yesterday|done|did|finished|blockers?|blocked(?: by)?|impediments?|昨天|昨日(?:工作|完成)?|已完成|阻塞|卡点|困难"
)
_HEAD = re.compile(
    r"^[ \t#*_【\[]{0,8}(?P<name>[^\s:：*_】\]|,，。.][^\n:：*_】\]|,，。.]{0,28}?)[ \t:：*_】\]]{0,4}\n"
    rf"[ \t]{{0,8}}(?:[-*+•·][ \t]{{0,4}})?(?:\*\*)?(?:{_NEXT}|{_OTHER})(?:\*\*)?[ \t]{{0,3}}[:：]",
    re.IGNORECASE | re.MULTILINE,
)
_PLANNED = re.compile(
    rf"(?:\*\*)?(?P<label>{_NEXT})(?:\*\*)?[ \t]{{0,3}}[:：](?:\*\*)?[ \t]{{0,3}}(?=\S)", re.IGNORECASE
)
_PART = re.compile(r"[^;；]+")
_NOTHING = re.compile(
    r"(?i)\W*(?:none|nothing|n/?a|off|(?:on )?(?:leave|holiday|vacation|sick)|same|无|没有|休假"
    r"|请假|暂无)?\W*"
)


def heads(text: str) -> tuple[str, ...]:
    """Give the names that stand alone over "Yesterday: …", "Today: …" or 今天：…; takes linear time."""
    return tuple(dict.fromkeys(found["name"].strip() for found in _HEAD.finditer(text)))


def is_nothing(words: str) -> bool:
    """Whether what follows such a label says that there is nothing."""
    return _NOTHING.fullmatch(words) is not None


def planned(words: str) -> Iterator[tuple[int, int, str]]:
    """Give the tasks of a line such as "Today: fix the export; call Ana": where each begins and ends, and the label."""
    found = _PLANNED.match(words)
    if found is None:
        return
    for part in _PART.finditer(words, found.end()):
        plain = part[0].strip()
        if plain and not is_nothing(plain):
            begin = part.start() + part[0].index(plain)
            yield begin, begin + len(plain), found["label"]
