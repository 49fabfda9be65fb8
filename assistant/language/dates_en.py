"""Dates as English writes them, and the numeric forms that every language uses."""

# ruff: noqa: SIM905 - lists of words, read more easily as running text

import re
from collections.abc import Callable, Iterator
from datetime import date

from assistant.language import anchors
from assistant.language.anchors import Found
from assistant.language.numbers import parse_english_words
from assistant.language.spans import Taken

_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
_MON = rf"(?P<mon>{_MONTHS})(?![A-Za-z])\.?"
_DAYS = "mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
_WD = rf"(?P<wd>{_DAYS})(?![A-Za-z])\.?"
_WD_LEAD = rf"(?:(?:{_DAYS})\.?,? (?:the )?)?"
_WD_TAIL = rf"(?:,? ?\((?:{_DAYS})\)|, (?:{_DAYS})(?![A-Za-z]))?"
_YEAR = r"(?:,? ?(?P<y>(?:19|20)[0-9]{2})(?![0-9])|,? '(?P<yy>[0-9]{2})(?![0-9]))?"
_ORD = r"(?:st|nd|rd|th)?"
_TO = r" ?(?:-|–|—|to|until|and|&) ?"
_COUNT = (
    r"(?P<n>[0-9]{1,4}|a couple of|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty)"
)
_UNIT = r"(?P<b>(?:working|business|calendar) )?(?P<u>day|week|month|year)s?"
_PERIOD = r"(?P<p>week|month|quarter|year)"
_B = r"(?<![A-Za-z0-9_])"

_MONTH_NUMBER = {
    name: place for place, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}
_WEEKDAY_NUMBER = {name: place for place, name in enumerate("mon tue wed thu fri sat sun".split())}
_PART = {
    "early": "early", "beginning of": "early", "start of": "early", "mid": "mid", "middle of": "mid", "late": "late",
    "end of": "end", "end": "end",
}  # fmt: skip
_SHIFT = {"this": 0, "the": 0, "current": 0, "next": 1, "coming": 1, "following": 1, "last": -1, "previous": -1}
# Before an ambiguous word ("may", "3/4") one of these shows that a date is meant.
_DATE_LEAD = re.compile(
    r"(?:\b(?:on|by|until|till|before|after|from|since|due|for|to|of|in|during|early|mid|late|latest|end|ends|start|starts|started|starting|begin|begins|began|ready|date|done|sent|signed|received|delivered|finished|closed|fixed|live|went|is|was|and|"
    r"target|ETA|ETD|due date|deadline|planned|expected|arrives?|leaves?|departs?|opens?|closes?"
    r"|or|between"
    rf"|{_DAYS})\.?|[(:→|,-])[ -]?(?:the )?\Z|\A[ |>*-]*\Z",
    re.IGNORECASE,
)
_CUT_SHORT = re.compile(r" ?(?:of\b|(?:an?|day|hour|week|month|year|page)\b|%|[a-z]+s\b|[个项条份次人])")

_MARK_GIVEN = re.compile(
    r"\b(?:score|scored|rating|rated|mark)\b[^,;.]*\Z|(?:评分|得分|均分|满意度)[^，。]{0,4}\Z", re.IGNORECASE
)
_ROUND_THE_CLOCK_NOT = re.compile(
    r"(?:\b(?:on|by|until|till|before|after|since|from|due|ETA|ETD|target|deadline)):? (?:the )?\Z|[到至]\Z",
    re.IGNORECASE,
)

_Handler = Callable[[re.Match[str], date | None], tuple[str | None, str, bool]]


def _year(found: re.Match[str]) -> int | None:
    groups = found.groupdict()
    return anchors.full_year(groups.get("y") or groups.get("yy") or "")


def _on(found: re.Match[str], reference: date | None, name: str) -> tuple[str | None, str, bool]:
    number, chosen = _MONTH_NUMBER[found["mon"][:3].casefold()], int(found[name])
    year = _year(found)
    if year is not None:
        return anchors.day(year, number, chosen), "absolute", False
    return anchors.month_day(reference, number, chosen), "partial:year-inferred", False


def _day(found: re.Match[str], reference: date | None) -> tuple[str | None, str, bool]:
    if _year(found) is None and (right := _RANGE_RIGHT.match(found.string, found.end())) and right["y"]:
        # "March 19–21, 2026": the year at the end of a range holds for its beginning.
        year = int(right["y"].strip(", "))
        return anchors.day(year, _MONTH_NUMBER[found["mon"][:3].casefold()], int(found["d"])), "absolute", False
    return _on(found, reference, "d")


def _ymd(found: re.Match[str], _: date | None) -> tuple[str | None, str, bool]:
    return anchors.day(int(found["y"]), int(found["m"]), int(found["d"])), "absolute", False


def _year_month(found: re.Match[str], _: date | None) -> tuple[str | None, str, bool]:
    return anchors.month(None, int(found["m"]), int(found["y"])), "partial:month", True


def _month(found: re.Match[str], reference: date | None) -> tuple[str | None, str, bool]:
    value = anchors.month(reference, _MONTH_NUMBER[found["mon"][:3].casefold()], _year(found))
    part = found.groupdict().get("part")
    if value and part:
        chosen = _PART[" ".join(part.casefold().replace("-", " ").split())]
        return anchors.part_of(value, chosen), f"partial:{chosen}", True
    return value, "partial:month", True


def _period_value(name: str, shift: int, reference: date | None) -> str | None:
    reader = {"week": anchors.week, "month": anchors.month_offset, "quarter": anchors.quarter_offset}.get(
        name, anchors.year_offset
    )
    return reader(reference, shift)


def _period(found: re.Match[str], reference: date | None) -> tuple[str | None, str, bool]:
    name = found["p"].casefold()
    shift = _SHIFT[(found["shift"] or "the").casefold()]
    value = _period_value(name, shift, reference)
    part = found.groupdict().get("part")
    if part and value:
        chosen = _PART[" ".join(part.casefold().replace("-", " ").split())]
        if name == "week" and chosen == "end":
            return anchors.weekday_of_week(reference, shift, 4), "relative:end-week", True
        return anchors.part_of(value, chosen), f"relative:{chosen}-{name}", True
    return value, f"relative:{name}", True


def _quarter(found: re.Match[str], reference: date | None) -> tuple[str | None, str, bool]:
    groups = found.groupdict()
    year = anchors.full_year(groups.get("y") or groups.get("y2") or groups.get("yy") or "")
    number = int(groups.get("q") or groups["q2"])
    half = (groups.get("kind") or groups.get("kind2") or "Q").upper() == "H"
    value = (anchors.half_year if half else anchors.quarter)(reference, number, year)
    part = groups.get("part")
    if number > (2 if half else 4):
        return None, "", True
    if part:
        chosen = _PART[" ".join(part.casefold().replace("-", " ").split())]
        return anchors.part_of(value, chosen), f"partial:{chosen}", True
    return value, "partial:half-year" if half else "partial:quarter", True


def _worded_quarter(found: re.Match[str], reference: date | None) -> tuple[str | None, str, bool]:
    number = ("first 1st", "second 2nd", "third 3rd", "fourth 4th")
    place = next(place for place, words in enumerate(number, start=1) if found["oq"].casefold() in words.split())
    return anchors.quarter(reference, place, _year(found)), "partial:quarter", True


def _named_day(found: re.Match[str], reference: date | None) -> tuple[str | None, str, bool]:
    word = found[0].casefold()
    shift = {"today": 0, "tonight": 0, "tomorrow": 1, "yesterday": -1}.get(word)
    if shift is None:
        shift = 2 if "after" in word else -2
    name = word if shift in {-1, 0, 1} else ("day-after-tomorrow" if shift > 0 else "day-before-yesterday")
    return anchors.offset(reference, shift, "d"), f"relative:{name}", False


def _end_of(found: re.Match[str], reference: date | None) -> tuple[str | None, str, bool]:
    if found["end_of"].upper() == "EOW":
        return anchors.weekday_of_week(reference, 0, 4), "relative:end-week", True
    return anchors.part_of(anchors.month_offset(reference, 0) or "", "end"), "relative:end-month", True


def _offset(found: re.Match[str], reference: date | None) -> tuple[str | None, str, bool]:
    raw = found["n"].casefold()
    if raw.isdigit():
        count = int(raw)
    else:
        words = parse_english_words(raw)
        count = 1 if raw in {"a", "an"} else 2 if raw.startswith("a couple") else int(words or 0)
    back = "ago" in found[0].casefold()
    unit = "b" if (found["b"] or "").strip().casefold() in {"working", "business"} else found["u"][0].casefold()
    vague = raw.startswith("a couple") or unit in {"m", "y"}
    return anchors.offset(reference, -count if back else count, unit), "relative:offset", vague


def _weekday(found: re.Match[str], reference: date | None) -> tuple[str | None, str, bool]:
    groups = found.groupdict()
    number = _WEEKDAY_NUMBER[found["wd"][:3].casefold()]
    shift = (groups.get("shift") or "").casefold()
    if groups.get("p"):
        return anchors.weekday_of_week(reference, _SHIFT[shift], number), f"relative:{shift}-weekday", False
    if shift == "" and _is_over(found):
        return anchors.past_weekday(reference, number), "relative:weekday", False
    if shift in {"", "coming", "following", "the"}:
        return anchors.weekday(reference, number), "relative:weekday", False
    if shift in {"last", "previous"}:
        return anchors.last_weekday(reference, number), "relative:last-weekday", False
    return anchors.weekday_of_week(reference, _SHIFT[shift], number), f"relative:{shift}-weekday", False


def _is_over(found: re.Match[str]) -> bool:
    """Tell whether what is said of a bare weekday is told as done: `was repaired on Friday`, `since Monday`."""
    before = found.string[max(0, found.start() - 70) : found.start()]
    clause = before[max((m.end() for m in _CLAUSE_START.finditer(before)), default=0) :]
    if _SINCE.search(clause):
        return True
    return _DONE.search(clause) is not None and _TO_COME.search(clause) is None


def _bare_ordinal(found: re.Match[str], reference: date | None) -> tuple[str | None, str, bool]:
    return anchors.day_of_month(reference, int(found["d"])), "partial:month-inferred", False


def _week_number(found: re.Match[str], reference: date | None) -> tuple[str | None, str, bool]:
    groups = found.groupdict()
    year = anchors.full_year(groups.get("y") or "")
    return anchors.calendar_week(reference, int(found["w"]), year), "partial:week", True


def _only_year(found: re.Match[str], _: date | None) -> tuple[str | None, str, bool]:
    return found["y"], "partial:year", True


_CLAUSE_START = re.compile(r"[.;:,\n|(]|\b(?:and|but|so)\b")
_SINCE = re.compile(r"\bsince (?:early |late )?\Z", re.IGNORECASE)
_DONE = re.compile(
    r"\b(?:was|were|did|had|went|came|sent|got|took|gave|met|ran|said|told|found|broke|fell|began|left|lost|made|saw|"
    r"wrote|spoke|(?!need|bed|red|speed|feed|seed|shed|embed|fixed|agreed|moved|delayed|decided|planned)[a-z]{2,12}ed)"
    r"(?: [\w'’-]+){0,5}? (?:on |late |early )?\Z",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\b(?:will|shall|should|must|would|can|could|may|might|is|are|be|to|by|until|till|before|for|from|next|due|planned|"
    r"scheduled|expected|proposed|promised|booked|set|postponed|shifted|needed|wanted|"
    r"invited|called for|not|no)\b|n['’]t\b",
    re.IGNORECASE,
)
_PART_WORDS = r"(?P<part>early|beginning of|start of|mid|middle of|late|end of|end)[ -](?:the )?(?:in )?"
_RULES: tuple[tuple[re.Pattern[str], _Handler], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), handler)
    for pattern, handler in (
        ((rf"(?<![0-9]){_WD_LEAD}(?P<y>(?:19"
         rf"|20)[0-9]{{2}})(?P<s>[-/.])(?P<m>[0-9]{{1,2}})(?P=s)(?P<d>[0-9]{{1,2}})(?![0-9])"
         + _WD_TAIL), _ymd),
        (r"(?<![0-9A-Za-z])(?P<y>(?:19|20)[0-9]{2})-?W(?P<w>[0-5][0-9])(?![0-9])", _week_number),
        ((rf"{_B}(?:(?P<part>early|beginning of|start of|mid|middle of|late|end of|end)[ -])?(?:"
         r"(?P<kind>[QH])(?P<q>[1-4])(?:(?:[ /-]| of |/)?(?P<y>20[0-9]{2})|[ ]?'(?P<yy>[0-9]{2})|/[0-9]{2})?"
         r"|(?P<y2>20[0-9]{2})[ /-]?(?P<kind2>[QH])(?P<q2>[1-4]))(?![A-Za-z0-9])"), _quarter),
        (r"(?<![0-9-])(?P<y>20[0-9]{2})-(?P<m>0[1-9]|1[0-2])(?![-0-9])", _year_month),
        (rf"{_B}{_WD_LEAD}(?P<d>[0-9]{{1,2}}){_ORD}(?: of| day of)?[ -]?{_MON}{_YEAR}{_WD_TAIL}", _day),
        (rf"{_B}{_WD_LEAD}{_MON} ?(?:the )?(?P<d>[0-9]{{1,2}}){_ORD}(?![0-9:%]|\.[0-9]){_YEAR}{_WD_TAIL}", _day),
        (rf"{_B}{_PART_WORDS}{_MON}(?:,? (?P<y>20[0-9]{{2}}))?(?![0-9])", _month),
        (rf"{_B}{_MON}(?:,| of)? ?(?P<y>20[0-9]{{2}})(?![0-9])", _month),
        (rf"{_B}{_PART_WORDS}(?:(?P<shift>this|next|last|current|coming|following) )?{_PERIOD}(?![A-Za-z])", _period),
        (rf"{_B}{_WD},?(?: of)? (?P<shift>this|next|last) (?P<p>week)(?![A-Za-z])", _weekday),
        (rf"{_B}(?P<shift>this|next|last) (?P<p>week)(?:'s)?,?(?: on)? {_WD}", _weekday),
        (rf"{_B}(?P<end_of>EOW|EOM)(?![A-Za-z])", _end_of),
        (rf"{_B}(?:the )?day (?:after tomorrow|before yesterday)(?![A-Za-z])", _named_day),
        (rf"{_B}(?:today|tonight|tomorrow|yesterday)(?![A-Za-z])", _named_day),
        (rf"{_B}in {_COUNT} {_UNIT}(?:'? time)?(?![A-Za-z])", _offset),
        (rf"{_B}{_COUNT} {_UNIT} (?:ago|from (?:now|today))(?![A-Za-z])", _offset),
        (rf"{_B}(?P<shift>this|next|last|current|coming|previous) {_PERIOD}(?![A-Za-z])(?!-)", _period),
        (rf"{_B}(?:(?P<shift>this|next|last|coming|following|previous) )?{_WD}(?:'s)?(?!['-]?[A-Za-z0-9])", _weekday),
        ((rf"{_B}(?:CW|KW|calendar week"
         rf"|wk) ?(?P<w>[0-9]{{1,2}})(?:[/ ](?P<y>20[0-9]{{2}}))?(?![0-9A-Za-z])"), _week_number),
        ((rf"{_B}(?<=\bthe )(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)(?![A-Za-z])"
         r"(?! (?!(?:and|at|to|or|but|we|if|for|so|as|is|was|because|instead|with|then)\b)[A-Za-z])"), _bare_ordinal),
        (rf"{_B}{_MON}(?![0-9])", _month),
        ((rf"{_B}(?P<oq>first|second|third|fourth|1st|2nd|3rd"
         rf"|4th) quarter(?:,?(?: of)? (?P<y>20[0-9]{{2}}))?(?![A-Za-z])"),
         _worded_quarter),
        ((r"(?:(?<=\bin )|(?<=\bof )|(?<=\bFY )|(?<=\bby )|(?<=\bsince )|(?<=\buntil )|(?<=\bduring ))"
         r"(?P<y>20[0-9]{2})(?![0-9:/-]|[.,][0-9]|%| ?[a-z]+s\b)"), _only_year),
    )
)  # fmt: skip

_DIGIT_OR_END = re.compile(r"[ ,.)]{0,3}(?:[0-9]|\Z|\n)")
_THREE_PARTS = re.compile(
    r"(?<![0-9./-])(?P<a>[0-9]{1,2})(?P<s>[/.-])(?P<b>[0-9]{1,2})(?P=s)(?P<y>(?:20)?[0-9]{2})(?![0-9./-]*[0-9])"
    + _WD_TAIL,
    re.IGNORECASE,
)
_TWO_PARTS = re.compile(r"(?<![0-9./A-Za-z-])(?P<a>[0-9]{1,2})/(?P<b>[0-9]{1,2})(?![0-9/A-Za-z]|\.[0-9])")
# 13.11. or 12.9 as the continent writes a day; 4.7 is also a number and a version, so its neighbours have to say so.
_DOTTED = re.compile(
    r"(?<![0-9./,A-Za-z$€£¥-])(?P<a>[0-9]{1,2})\.(?P<b>[0-9]{1,2})(?P<dot>\.(?= [a-z]|,|\)))?"
    r"(?![0-9/%°]|\.[0-9]|[A-Za-z])"
)
_DOTTED_LEAD = re.compile(
    r"(?:\b(?:on|by|until|till|before|after|since|due|deadline|date)\.?:? (?:the )?|"
    r"(?:定于|截至|截止到?|[延改推定](?:迟|期)?到)\s?)\Z",
    re.IGNORECASE,
)
_DOTTED_END = re.compile(
    r"\s*(?:\Z|[,;:!?)\]，。；：、）（(]|\.(?:\s|\Z)|(?:and|or|at|we|the|in|with|for|as|is|was|then|to|until|because|instead|she|he|they)\b"
    r"|[-–—]|[前后之起至到的上交完开截举发定（(周])"
)
# A version is put into use and published too (4.2发布后): those words alone do not make a day of it.
_ZH_AFTER_DAY = re.compile(r"\s?(?:前|之前|起|(?:上线|交付|完成)(?!后|的|了|版)|开始|截止|举行|（周|\(周)")
_AMOUNT_MOVES = re.compile(
    r"\b(?:rose|fell|up|down|grew|cut|increased?|decreased?|reduced?|dropped|improved|version|release|score|rated|"
    r"average|section|chapter|factor|ratio|build)\b[^.;]{0,24}\Z|版本?\s?\Z|(?:升|降|增|减|均|达)[^，。]{0,6}\Z",
    re.IGNORECASE,
)
_TO_FIGURES = re.compile(r" ?(?:to|until|till|-|–|→|->) ?[0-9]{1,2}/[0-9]{1,2}(?![0-9/]| ?of\b)")
_WEEKDAY_BESIDE = re.compile(rf"(?<![A-Za-z])(?:{_DAYS})\.?,? \Z", re.IGNORECASE)
_RANGE_LEFT = re.compile(rf"(?<![0-9A-Za-z.,/])(?P<d>[0-9]{{1,2}}){_ORD}{_TO}\Z", re.IGNORECASE)
_RANGE_RIGHT = re.compile(
    rf"{_TO}(?P<d>[0-9]{{1,2}}){_ORD}(?![0-9A-Za-z:%]|[./][0-9])(?P<y>,? 20[0-9]{{2}})?", re.IGNORECASE
)
_CLOSE_OF_DAY = re.compile(rf"{_B}(?:EOD|COB|close of business|end of (?:the )?day)(?![A-Za-z])", re.IGNORECASE)
_EVERY = re.compile(r"(?:\b(?:every|each|per|a|an|once|mr|ms|dr)|[@#])[ -]\Z", re.IGNORECASE)
_ANY_DATE_SIGN = re.compile(
    rf"[0-9]|(?:{_MONTHS}|{_DAYS})(?![A-Za-z])|day|week|month|quarter|year|tonight|tomorrow|cob|eo[dwm]|close of",
    re.IGNORECASE,
)


def find_english_dates(text: str, reference: date | None, *, month_first: bool) -> Iterator[Found]:
    """The dates of ``text`` in English words and in digits, the surest forms first; they may overlap.

    ``month_first`` reads 3/4 as 4 March, as Chinese texts mean it; otherwise the day comes first unless that is
    impossible.
    """
    if _ANY_DATE_SIGN.search(text) is None:
        return
    yield from _numeric(text, reference, month_first=month_first)
    yield from _dotted(text, reference, month_first=month_first)
    taken = Taken(len(text))
    for pattern, handler in _RULES:
        for found in pattern.finditer(text):
            if not taken.is_free(found.start(), found.end()) or not _is_meant(text, found, handler):
                continue
            value, rule, vague = handler(found, reference)
            if value is not None:
                end = found.end() - (text[found.end() - 1] == ".")  # the full stop may be the sentence's
                taken.claim(found.start(), end)
                yield Found(found.start(), end, value, rule, vague)
                if handler is _day:
                    yield from _range_ends(text, found, reference)
    if taken.is_free(0, len(text)):
        for found in _CLOSE_OF_DAY.finditer(text):
            value = anchors.offset(reference, 0, "d")
            if value is not None:
                yield Found(found.start(), found.end(), value, "relative:today")


def _is_meant(text: str, found: re.Match[str], handler: _Handler) -> bool:
    """Whether words that are also something else ("may", "sun", "second") are a date here."""
    before = text[max(0, found.start() - 16) : found.start()]
    groups = found.groupdict()
    if handler is _weekday:
        word = groups["wd"]
        if _EVERY.search(before) or text[found.end() : found.end() + 1] == "s":
            return False
        if word.casefold() in {"sat", "sun"}:
            follows = _DIGIT_OR_END.match(text, found.end()) is not None
            return word[0].isupper() and (follows or (_leads(before) and before.strip() != ""))
        return len(word) > 5 or word[0].isupper()
    if handler is _month and groups.get("y") is None and groups.get("part") is None:
        word = groups["mon"]
        lead = len(word) > 3 and word.casefold() != "march"
        return word[0].isupper() and (lead or (_leads(before) and before.strip() != ""))
    if handler is _day:
        word = groups["mon"]
        return word[0].isupper() or word.casefold() not in {"may", "mar", "march", "sun"} or found[0][0].isdigit()
    return True


def _leads(before: str) -> bool:
    return _DATE_LEAD.search(before.rstrip(" ") + " " if before.strip() else before) is not None


def _numeric(text: str, reference: date | None, *, month_first: bool) -> Iterator[Found]:
    for found in _THREE_PARTS.finditer(text):
        if found["s"] != "/" and len(found["y"]) == 2:
            continue  # 2.4.11 is a version
        year = anchors.full_year(found["y"])
        value = _either_order(int(found["a"]), int(found["b"]), year, reference, month_first=month_first)
        if value is not None:
            yield Found(_from_weekday(text, found.start()), found.end(), value, "absolute")
    for found in _TWO_PARTS.finditer(text):
        before = text[max(0, found.start() - 16) : found.start()]
        if _CUT_SHORT.match(text, found.end()) or _MARK_GIVEN.search(before):
            continue
        if found[0] == "24/7" and not _ROUND_THE_CLOCK_NOT.search(before):
            continue
        if not (_leads(before) or month_first or _TO_FIGURES.match(text, found.end())):
            continue
        value = _either_order(int(found["a"]), int(found["b"]), None, reference, month_first=month_first)
        if value is not None:
            yield Found(_from_weekday(text, found.start()), found.end(), value, "partial:year-inferred")


def _dotted(text: str, reference: date | None, *, month_first: bool) -> Iterator[Found]:
    """Days like 13.11. in the text of a dated source."""
    if reference is None:
        return
    for found in _DOTTED.finditer(text):
        before = text[max(0, found.start() - 40) : found.start()]
        start = _from_weekday(text, found.start())
        led = _DOTTED_LEAD.search(before) is not None and _DOTTED_END.match(text, found.end()) is not None
        told = start != found.start() or _ZH_AFTER_DAY.match(text, found.end()) is not None or (led or found["dot"])
        if not told or _AMOUNT_MOVES.search(before) or _MARK_GIVEN.search(before):
            continue
        zh = month_first and not found["dot"]
        value = _either_order(int(found["a"]), int(found["b"]), None, reference, month_first=zh)
        if value is not None:
            yield Found(start, found.end(), value, "partial:year-inferred")


def _from_weekday(text: str, start: int) -> int:
    """Begin a date in figures with the weekday before it: the figures of "Wed 18/3" say which Wednesday."""
    weekday = _WEEKDAY_BESIDE.search(text, max(0, start - 14), start)
    return weekday.start() if weekday else start


def _either_order(
    first: int, second: int, year: int | None, reference: date | None, *, month_first: bool
) -> str | None:
    for day_number, month_number in (
        ((second, first), (first, second)) if month_first else ((first, second), (second, first))
    ):
        value = (
            anchors.month_day(reference, month_number, day_number)
            if year is None
            else anchors.day(year, month_number, day_number)
        )
        if value is not None:
            return value
    return None


def _range_ends(text: str, found: re.Match[str], reference: date | None) -> Iterator[Found]:
    """The other end of "19 to 21 March" or "March 19–21"; it shares month and year."""
    year = _year(found)
    number = _MONTH_NUMBER[found["mon"][:3].casefold()]
    left = _RANGE_LEFT.search(text, max(0, found.start() - 12), found.start())
    right = _RANGE_RIGHT.match(text, found.end()) if found.start("d") > found.start("mon") else None
    for end in (left, right):
        if end is None:
            continue
        own_year = year or anchors.full_year((end.groupdict().get("y") or "").strip(", "))
        chosen = int(end["d"])
        value = anchors.day(own_year, number, chosen) if own_year else anchors.month_day(reference, number, chosen)
        if value is not None:
            rule = "absolute" if own_year else "partial:year-inferred"
            stop = end.end() if end is right else end.end("d")
            yield Found(end.start("d"), stop, value, rule)
