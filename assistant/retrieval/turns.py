"""Who says what in pasted chats and exported transcripts: the lines that name a speaker and a time.

As WeChat, Feishu, DingTalk, QQ, Teams, Slack, WhatsApp and Zoom paste or export them, and as Tencent Meeting, Feishu
Minutes and Teams write a meeting down: a line of its own before the words ("张三 2026/3/11 10:23:45", "Jonas Berg
0:05", "[10:22 AM] Jonas Berg"), or the words behind it ("[11/03/2026, 10:23:45] Jonas: …").
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.language.dates import find_dates

_NAME = r"(?P<name>[^\W\d_][^\d:：,，。;；!！?？|/<>\[\]【】“”\"]{0,38}?(?: ?[0-9]{1,2}(?=\s))?)"
_ACCOUNT = r"(?:\s?[(（][^()（）:：]{1,30}[)）])?"
_CLOCK = (
    r"(?P<clock>(?:[上下]午|凌晨|晚上)?\s?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:[.,][0-9]{1,3})?(?:\s?[AaPp]\.?[Mm]\.?)?)"
)
_DAY = (
    r"(?P<day>[0-9]{4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?|[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2,4}"
    r"|[0-9]{1,2}[-/.月][0-9]{1,2}日?|昨天|前天|今天|yesterday|today"
    r"|(?:周|星期)[一二三四五六日天]|(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
)
_BOTH = rf"(?:{_DAY}[,，]?\s{{0,3}})?{_CLOCK}"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\s*{_NAME}{_ACCOUNT}[,，|]?\s{{0,4}}[\[(（]?{_BOTH}[\])）]?\s*[:：]?\s*",
        rf"\s*\[{_BOTH}\]\s*{_NAME}{_ACCOUNT}\s*(?P<words>[:：].*)?",
        rf"\s*{_BOTH}\s{{1,4}}(?:-\s)?(?:From\s)?{_NAME}{_ACCOUNT}(?:\sto\s[\w ]{{1,30}})?\s*(?P<words>[:：].*)",
        rf"\s*{_BOTH}\s{{1,4}}{_NAME}{_ACCOUNT}\s*",
    )
)
_MOST = 400  # characters of a line that are looked at; the words behind a name may go on
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Turn:
    """A line (from 0) with which somebody begins to speak. `alone` when the words follow on the lines below."""

    line: int
    speaker: str
    clock: str
    day: date | None
    alone: bool


def find_turns(lines: Sequence[str], start: int, reference: date | None) -> tuple[Turn, ...]:
    """Find the turns of a note from line `start` on; none in a text that is neither chat nor transcript.

    What makes it one: at least two such lines, most of them with words before the next, and either somebody who
    speaks twice or a day beside the time; so that an agenda ("09:00 Opening") is none.
    """
    found = [turn for i in range(start, len(lines)) if (turn := _turn(lines[i], i, reference)) is not None]
    if len(found) < _LEAST:
        return ()
    ends = [turn.line for turn in found[1:]] + [len(lines)]
    said = [
        not t.alone or any(line.strip() for line in lines[t.line + 1 : end]) for t, end in zip(found, ends, strict=True)
    ]
    again = Counter(turn.speaker for turn in found).most_common(1)[0][1] > 1
    filled = sum(bool(line.strip()) for line in lines[start:])
    if sum(said) * 3 < len(found) * 2 or not (again or all(turn.day for turn in found)) or len(found) * 30 < filled:
        return ()
    return tuple(found)


def speaking(turns: Sequence[Turn], line: int) -> Turn | None:
    """Give the turn that a line belongs to."""
    place = bisect_right(turns, line, key=lambda turn: turn.line)
    return turns[place - 1] if place else None


def _turn(line: str, number: int, reference: date | None) -> Turn | None:
    if not any(letter.isdigit() for letter in line[:80]) or (":" not in line[:80]):
        return None
    for form in _FORMS:
        match = form.fullmatch(line[:_MOST])
        if match is None:
            continue
        groups = match.groupdict()
        words = (groups.get("words") or "").strip(" :：")
        speaker = " ".join(groups["name"].split()).strip("-–— ")
        if not speaker or len(speaker.split()) > 5:
            return None
        return Turn(number, speaker, " ".join(groups["clock"].split()), _day(groups["day"] or "", reference), not words)
    return None


def _day(words: str, reference: date | None) -> date | None:
    for found in find_dates(words, reference) if any(letter.isdigit() for letter in words) else ():
        if not found.vague:
            try:
                return date.fromisoformat(found.value)
            except ValueError:
                continue
    return None
