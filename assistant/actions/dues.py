"""When a task is due, only as the words say it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.language.anchors import Found
from assistant.language.dates import find_dates

_LONGEST = 1_500

# What stands before a date when it is the day something is due, from the surest to the least sure.
_FIRM_LEAD = re.compile(
    r"(?:(?:\b(?:to be |be |is |are )?(?:due|done|ready|finished|completed?|delivered|needed|required|sent"
    r"|submitted)[ ,]{0,2})?"
    r"(?:\b(?:no later than|not later than|at the latest by|latest(?: by| on)?|by latest|by|before|until|till"
    r"|due date|due on|due by|due|deadline(?: is)?|eta|within|target date|required by|needed by)\b"
    r"[ \t]{0,2}[:=]?[ \t]{0,2})"
    r"|(?:于|在|最迟|最晚|截止(?:日期|时间)?(?:到|至|为|是)?|截至|不晚于|不迟于|赶在|延期?[到至]|顺延[到至]"
    r"|推迟[到至]|限|期限|时限|完成时间|到期日?"
    r"|时间要求|最迟要?在?)[ \t]{0,2}[:：]?[ \t]{0,2})"
    r"(?:the )?(?:close of business |close of business on |end of day |end of day on |cob |eod |noon |midday "
    r"|lunchtime |lunch |(?:end of )?(?:play|day) )?(?:on )?\Z",
    re.IGNORECASE,
)
_SOFT_LEAD = re.compile(r"(?:\b(?:on|for|in|this|around|about|during|over|at)[ \t](?:the )?)\Z", re.IGNORECASE)
_WRONG_LEAD = re.compile(
    r"(?:\b(?:from|since|of|after|dated|was|were|not|as of|last|until after|instead of|rather than|than|starting"
    r"|starts?|begins?|beginning|started|between|yesterday|agreed|sent|received|versus|vs|the|week (?:of|commencing"
    r"|beginning)|w/?c|re:?|about the"
    r"|'s)"
    r"|自|从|不是|而不是|原定|原|由|开始|起于|上次|昨)[ \t(]{0,3}\Z",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?:[ ,]{0,2}(?:at the latest|latest|by noon|at noon|noon|midday|eod|cob|close of business|end of day"
    r"|end of play|lunchtime|morning|afternoon|evening|night|first thing)\b)"
    r"|[ ]?(?:(?:中午|上午|下午|晚上|早上|下班|上班|傍晚|凌晨|午后"
    r"|晚)?(?:[0-9一二三四五六七八九十]{1,3}[点时:：](?:半|[0-9]{2})?(?:整|钟)?)?)"
    r"(?:之?前|以前|之内|以内|内|为止|截止|止|务必)?",
    re.IGNORECASE,
)
_FIRM_AFTER = re.compile(r"(?:at the latest|latest|之?前|以前|之内|以内|内|为止|截止|止)\Z", re.IGNORECASE)
_WEEKDAY_BEFORE = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?[ \t](?:the )?\Z", re.IGNORECASE
)
_EVENT_AFTER = re.compile(
    r"['’]?s?[ ](?:board |steering |team |client |project |review |status |planning )?(?:meeting|call|session"
    r"|demo|release|workshop|review|audit|steering|sprint|iteration)\b",
    re.IGNORECASE,
)
_HELD = re.compile(r"[（(]?.{0,6}?[）)]?(?:召开|举行|举办|开会|开始|启动会|的会)|[ ](?:meeting|call) (?:is|will)\b")
# 6/12 and 18.03. lean on the day of the meeting: the reading that comes soon after it, if only one does.
_SHORT_DATE = re.compile(r"(?<![\d./-])(?P<a>\d{1,2})(?:/(?P<b>\d{1,2})|\.(?P<c>\d{2})\.?|\.(?P<d>\d)\.)(?![\d/.%])")
_HAN = re.compile("[\u4e00-\u9fff]")
_SLASH = re.compile(r"\d{1,2}/\d{1,2}")
_NUMBER = re.compile(r"\d{1,2}\.\d{1,2}")
_SOON = 120  # days
_GOES_ON = re.compile(
    r"(?:if|and|so|or|but|as|after|before|when|because|to|with|then|please|okay|ok|i think|just|maybe)\b", re.IGNORECASE
)
_RANGE = re.compile(r"[ \t]?(?:-|–|—|to|until|至|到|~|～)[ \t]?\Z")

_EVENTS = (
    "demo|go[- ]?live|launch|release|meeting|call|workshop|kick-?off|audit|board(?: meeting)?|uat|sign-?off|deadline"
    "|holidays?|christmas|easter|new year|summer"
    "|migration|cutover|deployment|visit|stand-?up|steering(?: committee| meeting| call)?|sync|retro(?:spective)?"
    "|sprint(?: end| review| planning)?|presentation|milestone|iteration|session|trial|freeze|catch-?up"
    "|one[- ]on[- ]one|1:1|handover|review meeting|weekend"
)
_WORDS = re.compile(
    rf"\b(?:before|by|ahead of|prior to|in time for|in)[ \t](?:(?:the|our|your|next|this|that|upcoming|following"
    rf"|client|customer|project|first|second|final|public|weekly|monthly) ){{0,3}}(?:{_EVENTS})\b"
    r"|\b(?:asap|a\.s\.a\.p\.|as soon as possible|immediately|straight away|right away|urgently"
    r"|by (?:the )?(?:end of (?:the )?(?:day|week|month|play)|close of (?:business|play))|by (?:eod|cob|eow|eom)|eod"
    r"|cob|eow)\b"
    r"|(?:在|于|赶在)?(?:下次|下一次|本次|正式|客户|项目|系统|年度|月度|首次|周|例|二期|一期"
    r"|[A-Za-z0-9]{1,8} ?)?(?:上线|演示|评审会?|验收|会议|例会|周会|开会|会|发布"
    r"|培训|春节|国庆|五一|中秋|元旦|放假|合同签订|签约|投产|切换|割接|汇报|交付|试运行|下班|节)(?:之?前|以前)"
    r"|尽快|尽早|马上|立即|立刻|即刻|第一时间|会后(?=立即|马上|就)",
    re.IGNORECASE,
)


# The week that a day begins names no day.
_WEEK_OF = re.compile(
    r"(?i)(?<![a-z])(?:w/?[ck]|w/?b|week (?:of|commencing|beginning|starting)|wk)(?![a-z])|那(?:一)?周"
)
# Said of the very day, and spans that end a number of days on: 三天内 is read as 三天后.
_THIS_DAY = re.compile(
    r"\b(?:by |before )?(?:later )?(?:this (?:morning|afternoon|evening)|the end of (?:the day|today))\b"
    r"|\b(?:by|before) (?:lunch(?:time)?|noon|midday|end of (?:day|play)|close of (?:business|play)|eod|cob)\b"
    r"(?! (?:on |the )?(?:mon|tue|wed|thu|fri|sat|sun|\d|tomorrow|next))|\b(?:EOD|COB)\b"
    r"|今(?:天)?(?:上午|下午|早上|晚上|晚|早|下班)(?:之?前)?|(?<![周天日号])下班(?:之?前|以前)",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"\bwithin (?:the next )?(?P<n>[0-9]{1,3}|a|one|two|three|four|five|six|seven|ten) (?P<unit>(?:working "
    r"|business )?(?:day|week|month)s?)\b"
    r"|(?P<zh>[0-9]{1,3}|[一二两三四五六七八九十]{1,3})(?P<zhunit>个?工作日|天|日|周|个星期|个月)(?:之内|以内|内)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Due:
    """A due date: the day where it can be told, the words, and their place in the searched text."""

    day: date | None
    words: str
    start: int
    end: int
    sure: int
    rule: str = "words"


def find_due(text: str, reference: date | None, *, listed: bool) -> Due | None:
    """Find when the task in `text` is due, or None. `listed` accepts a bare date at the edge of a list item."""
    sample = text[:_LONGEST]
    best: Due | None = None
    for due in _dated(sample, reference, listed=listed):
        if best is None or due.sure >= best.sure:
            best = due
    if best is not None and best.sure >= 3:
        return best
    if reference is not None and (best is None or best.day is None):
        spoken = _this_day(sample, reference) or _within(sample, reference)
        if spoken is not None:
            return spoken
    for found in _WORDS.finditer(sample):
        words = found[0].strip()
        return Due(None, words, found.start() + (len(found[0]) - len(found[0].lstrip())), found.end(), 2)
    return best


def _this_day(sample: str, reference: date) -> Due | None:
    found = _THIS_DAY.search(sample)
    return Due(reference, found[0].strip(), found.start(), found.end(), 3, "relative:today") if found else None


def _within(sample: str, reference: date) -> Due | None:
    found = _WITHIN.search(sample)
    if found is None:
        return None
    said = f"in {found['n']} {found['unit']}" if found["n"] else f"{found['zh']}{found['zhunit']}后"
    day = next((_as_day(one) for one in find_dates(said, reference)), None)
    return Due(day, found[0], found.start(), found.end(), 3, "relative:within" if day else "words")


def read_due(words: str, reference: date | None) -> Due | None:
    """Read a cell or field that holds nothing but a due date."""
    plain = words.strip(" \t*_~")
    if not plain or plain.casefold() in {"-", "—", "–", "n/a", "tbd", "tbc", "待定", "无", "/", "?", "none"}:
        return None
    found = None if _WEEK_OF.search(plain) else _first(plain, reference)
    if found is None:
        spoken = _this_day(plain, reference) if reference is not None else None  # EOD, by lunch
        return spoken or Due(None, plain, 0, len(plain), 3)
    return Due(_to_come(_as_day(found), found.rule, reference), plain, 0, len(plain), 3, _rule(found))


def _first(text: str, reference: date | None) -> Found | None:
    return min(_days(text, reference), key=lambda one: one.start, default=None)


def _days(text: str, reference: date | None) -> list[Found]:
    kept: list[Found] = []
    chinese = reference is not None and _HAN.search(text) is not None  # among Chinese words 3/6 is 6 March
    for found in find_dates(text, reference):
        if _NUMBER.fullmatch(text, found.start, found.end) or (
            chinese and _SLASH.fullmatch(text, found.start, found.end)
        ):
            continue  # 4.2 may be a version; only what lies soon ahead is taken for a day, below
        if all(found.end <= other.start or found.start >= other.end for other in kept[-60:]):
            kept.append(found)
    if reference is not None and any(c.isdigit() for c in text):
        taken = [(one.start, one.end) for one in kept]
        kept += [one for one in _short_dates(text, reference) if all(one.end <= a or one.start >= b for a, b in taken)]
    return sorted(kept, key=lambda one: one.start)


def _short_dates(text: str, reference: date) -> Iterator[Found]:
    for match in _SHORT_DATE.finditer(text):
        first, second = int(match["a"]), int(match["b"] or match["c"] or match["d"])
        readings = {(first, second)} if match["b"] is None else {(first, second), (second, first)}
        if match["b"] is not None and _HAN.search(text) and _is_day(second, first):
            readings = {(second, first)}
        soon = {day for d, m in readings for day in _around(d, m, reference) if 0 <= (day - reference).days <= _SOON}
        if len(soon) == 1:
            yield Found(match.start(), match.end(), soon.pop().isoformat(), "partial:year-inferred")


def _is_day(day: int, month: int) -> bool:
    try:
        return bool(date(2024, month, day))
    except ValueError:
        return False


def _around(day: int, month: int, reference: date) -> Iterator[date]:
    for year in (reference.year, reference.year + 1):
        try:
            yield date(year, month, day)
        except ValueError:
            continue


def _to_come(day: date | None, rule: str, reference: date | None) -> date | None:
    """Give the day after the meeting that "by the 12th" means: without a month it cannot lie behind it."""
    if day is None or reference is None or day >= reference or rule != "partial:month-inferred":
        return day
    year, month = (day.year, day.month + 1) if day.month < 12 else (day.year + 1, 1)
    try:
        return day.replace(year=year, month=month)
    except ValueError:
        return None


def _rule(found: Found) -> str:
    return found.rule if _as_day(found) else "words"


def _as_day(found: Found) -> date | None:
    if len(found.value) != 10:
        return None
    try:
        return date.fromisoformat(found.value)
    except ValueError:
        return None


def _dated(text: str, reference: date | None, *, listed: bool) -> Iterator[Due]:
    days = _days(text, reference)
    for place, found in enumerate(days):
        start, end = found.start, found.end
        weekday = _WEEKDAY_BEFORE.search(text, max(0, start - 12), start)
        if weekday:
            start = weekday.start()
        after = _AFTER.match(text, end)
        if after and after[0].strip():
            end = after.end()
        before = text[max(0, start - 60) : start]
        ranged = place > 0 and _RANGE.fullmatch(text[days[place - 1].end : start]) is not None
        sure, lead = _weigh(text, before, start, end, listed=listed)
        if ranged and sure < 3 and listed:
            lead, sure = start - days[place - 1].start, 2
        if (
            sure
            and "last" not in found.rule
            and found.rule not in {"relative:yesterday", "partial:year", "relative:year"}
        ):
            first = start - lead
            if _HELD.match(text, end) or _asked_about(text, start, end):
                continue
            event = _EVENT_AFTER.match(text, end)
            if event:
                yield Due(None, text[start - lead : event.end()].strip(), start - lead, event.end(), sure)
                continue
            day = _to_come(_as_day(found), found.rule, reference)
            yield Due(day, text[first:end].strip().rstrip(".,，。"), first, end, sure, _rule(found))


# A day that a question is about: 问他们二十五号晚上有没有包场, "ask whether the 12th suits them".
_ASKING = re.compile(
    r"(?:问|确认|看看|了解|核实|打听)[^，,。；;]{0,12}\Z"
    r"|\b(?:ask|check|find out|see|confirm)\b[^,.;]{0,30}\b(?:if|whether)\b[^,.;]{0,30}\Z",
    re.IGNORECASE,
)
_ASKED_ABOUT = re.compile(
    r"[^，,。；;]{0,6}(?:有没有|能不能|行不行|是不是|是否|可不可以|有空|还有|方便)"
    r"|[ ](?:is|was|suits?|works?|would|can|will)\b",
    re.IGNORECASE,
)


def _asked_about(text: str, start: int, end: int) -> bool:
    """Whether a day stands in what somebody shall ask, so that it is not when they shall have asked."""
    return _ASKING.search(text, max(0, start - 60), start) is not None and _ASKED_ABOUT.match(text, end) is not None


def _weigh(text: str, before: str, start: int, end: int, *, listed: bool) -> tuple[int, int]:
    """How sure it is that a date is the due date (0 is not), and how many characters before it belong to its words."""
    firm = _FIRM_LEAD.search(before)
    if firm:
        return 4, len(before) - firm.start()
    if _FIRM_AFTER.search(text, start, end):
        return 4, 0
    return _weigh_bare(text, before, start, end, listed=listed)


def _weigh_bare(text: str, before: str, start: int, end: int, *, listed: bool) -> tuple[int, int]:
    """The same for a date without "by" or 前: its place in the words tells."""
    if _WRONG_LEAD.search(before) and not re.search(r"(?i)\bthe[ \t(]{0,3}\Z", before):
        return 0, 0
    soft = _SOFT_LEAD.search(before)
    rest = text[end:].strip(" .。;；!)）]】*~")
    if soft:
        return (3 if not rest or listed else 2), len(before) - soft.start()
    if not rest or rest[:1] in ",，(（-–—|":
        edge = before.rstrip()[-1:]
        return (3 if listed or edge in ",，(（-–—:：" else 2), 0
    if not before.strip(" -–—:：,，") and listed:
        return 3, 0
    if _GOES_ON.match(rest) and not before.rstrip().endswith(("is", "was", "the", "of")):
        return 2, 0
    chinese = re.search(r"[\u4e00-\u9fff]", text[start:end]) is not None
    return (2 if chinese or not before.strip(" -–—:：,，") else int(listed)), 0
