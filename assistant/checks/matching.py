"""Whether one fact carries another: by normal form, with rounding and with dates that are less exact."""

import calendar
import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from assistant.domain.facts import Fact, FactKind

COUNTS = frozenset({FactKind.NUMBER, FactKind.QUANTITY})
_AMOUNTS = COUNTS | {FactKind.MONEY}
_ABOUT = re.compile(
    r"(?:\b(?:about|around|roughly|approximately|approx\.?|circa|ca\.?|some|close to|"
    r"in the region of)|~|≈|(?:大约|大概|约|差不多|将近)[\u4e00-\u9fff]{0,4})\s{0,2}\Z",
    re.IGNORECASE,
)
_OVER = re.compile(
    r"(?:\b(?:over|more than|above|at least|upwards of)|(?:超过|多于|至少|逾|不少于)[\u4e00-\u9fff]{0,3})\s{0,2}\Z",
    re.IGNORECASE,
)
_UNDER = re.compile(
    r"(?:\b(?:under|less than|below|nearly|almost|fewer than|just short of|up to|at most)|不到|少于|"
    r"接近|近|最多|不超过)\s{0,2}\Z",
    re.IGNORECASE,
)
_ABOUT_AFTER = re.compile(r"\s{0,2}(?:or so|左右|上下)", re.IGNORECASE)
_OVER_AFTER = re.compile(r"\s{0,2}(?:多(?:个|名|条|家|人|台)?|余|以上|\+)")
_YEAR_INFERRED = "partial:year-inferred"
_BARE_DAY = re.compile(r"(?:the )?[0-9]{1,2}(?:st|nd|rd|th)|[0-9]{1,2}\s?[号日]", re.IGNORECASE)
_DAY = re.compile(r"-([0-9]{2})\Z")
_TENTH, _FOUR_FIFTHS, _FIVE_QUARTERS = Decimal("0.1"), Decimal("0.8"), Decimal("1.25")
_MOST_FACTS = 400  # beyond these only equal values are looked for: it is a table of figures
_DAYS = re.compile(r"P([0-9]{1,6})(D|BD|W|M|Y)")


def carries(source: Fact, draft: Fact, draft_text: str = "") -> bool:
    """Tell whether a source's fact proves the draft's; `draft_text` is the sentence it stands in, for "about"."""
    if source.kind in _AMOUNTS and draft.kind in _AMOUNTS:
        return _currencies_agree(source, draft) and _amount_agrees(source, draft, draft_text)
    if source.kind is not draft.kind:
        return False
    if draft.kind is FactKind.PERCENT:
        return _amount_agrees(source, draft, draft_text)
    agree = _AGREE.get(draft.kind)
    if agree is None:
        return source.value.casefold() == draft.value.casefold()
    return source.value == draft.value or agree(source, draft)


def is_bare_day(fact: Fact) -> bool:
    """Tell whether a date names a day without its month (`the 22nd`, 24号): the month is anyone's guess."""
    return _BARE_DAY.fullmatch(fact.text.strip()) is not None


def _day_of(fact: Fact) -> str:
    found = _DAY.search(fact.value)
    return found[1] if found else ""


def carried(facts: Sequence[Fact], draft: Fact, draft_text: str = "") -> bool:
    """Tell whether any of a source's facts proves the draft's."""
    if any(fact.value == draft.value and fact.kind is draft.kind for fact in facts):
        return True
    return any(carries(fact, draft, draft_text) for fact in facts[:_MOST_FACTS])


@lru_cache(maxsize=16384)
def carries_date(source: str, draft: str) -> bool:
    """Tell whether a date proves another one: equal, or the draft is the less exact and holds the source's."""
    if source == draft:
        return True
    if source.startswith("?") or draft.startswith("?"):
        return False
    for year in _years(source, draft):
        outer, inner = span_of(draft, year), span_of(source, year)
        if outer and inner and outer[0] <= inner[0] and inner[1] <= outer[1]:
            return True
    return False


def _years(*values: str) -> list[int]:
    """Give the years in which to read values whose year is not known."""
    known = sorted({int(m) for value in values for m in re.findall(r"(?:\A|/)([0-9]{4})(?![0-9])", value)})
    return known or [2024]


@lru_cache(maxsize=16384)
def span_of(value: str, year: int = 2024) -> tuple[date, date] | None:
    """Give the first and the last day of a date's normal form; `year` stands in for an unknown one."""
    if value.startswith("?"):
        return None
    if "/" in value:
        first, _, last = value.partition("/")
        begin, end = span_of(first, year), span_of(last, year)
        return (begin[0], end[1]) if begin and end else None
    full = f"{year:04d}{value[1:]}" if value.startswith("--") else value
    try:
        return _span(full)
    except (ValueError, OverflowError):
        return None


def _span(full: str) -> tuple[date, date] | None:
    found = re.fullmatch(r"([0-9]{4})(?:-(?:W([0-9]{1,2})|Q([1-4])|H([12])|([0-9]{2})(?:-([0-9]{2}))?))?", full)
    if not found:
        return None
    year = int(found[1])
    if found[2]:
        monday = date.fromisocalendar(year, int(found[2]), 1)
        return monday, monday + timedelta(days=6)
    if found[3] or found[4]:
        months = 3 if found[3] else 6
        first = (int(found[3] or found[4]) - 1) * months + 1
        return date(year, first, 1), _last_of(year, first + months - 1)
    if found[6]:
        day = date(year, int(found[5]), int(found[6]))
        return day, day
    if found[5]:
        return date(year, int(found[5]), 1), _last_of(year, int(found[5]))
    return date(year, 1, 1), date(year, 12, 31)


def _last_of(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _currencies_agree(source: Fact, draft: Fact) -> bool:
    """Only a currency parts two amounts; nouns are compared by the support check, which sees the sentence."""
    if source.kind is draft.kind is FactKind.MONEY:
        return "?" in (source.unit, draft.unit) or source.unit == draft.unit
    return True


def _amount_agrees(source: Fact, draft: Fact, draft_text: str) -> bool:
    if source.amount == draft.amount:
        return bool(draft.amount)
    said, known = as_decimal(draft.amount), as_decimal(source.amount)
    if said is None or known is None:
        return False
    if known != known.to_integral_value() and _rounds_to(known, said):
        return True
    return _near_enough(draft, draft_text, said, known)


def _near_enough(draft: Fact, text: str, said: Decimal, known: Decimal) -> bool:
    """Read "about", "over" and "nearly" around a number."""
    low, high = sorted((abs(known) * _FOUR_FIFTHS, abs(known) * _FIVE_QUARTERS))
    if not low <= abs(said) <= high:
        return False
    before, after = text[max(0, draft.start - 24) : draft.start], text[draft.end : draft.end + 12]
    if _ABOUT.search(before) or _ABOUT_AFTER.match(after):
        return abs(said - known) <= abs(known) * _TENTH
    if _OVER.search(before) or _OVER_AFTER.match(after) or _OVER_AFTER.match(draft.text[-2:]):
        return said <= known
    return _UNDER.search(before) is not None and known <= said


@lru_cache(maxsize=8192)
def as_decimal(amount: str) -> Decimal | None:
    """Give a fact's amount as a number; None for a fraction or nothing."""
    try:
        return Decimal(amount) if amount and len(amount) < 60 else None
    except InvalidOperation:
        return None


def _rounds_to(known: Decimal, said: Decimal) -> bool:
    exponent = said.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -6:
        return False
    return abs(known - said) <= Decimal(5).scaleb(min(exponent, 0) - 1)


def _same_length(one: str, other: str) -> bool:
    """Five working days are a week; everything else must be the same normal form."""
    return _working_days(one) is not None and _working_days(one) == _working_days(other)


def _working_days(value: str) -> int | None:
    found = _DAYS.fullmatch(value)
    if not found or found[2] not in {"BD", "W"}:
        return None
    return int(found[1]) * (5 if found[2] == "W" else 1)


def _names_agree(source: str, draft: str) -> bool:
    one, other = source.casefold(), draft.casefold()
    return one == other or other in one.split() or (not other.isascii() and (other in one or one in other))


def _dates_agree(source: Fact, draft: Fact) -> bool:
    if is_bare_day(source) or is_bare_day(draft):
        return _day_of(source) == _day_of(draft) != ""
    if source.rule == draft.rule == _YEAR_INFERRED and source.value[-6:] == draft.value[-6:]:
        return True  # the same words, read from two days on either side of them: neither names the year
    return carries_date(source.value, draft.value)


_AGREE: dict[FactKind, Callable[[Fact, Fact], bool]] = {
    FactKind.DATE: _dates_agree,
    FactKind.DURATION: lambda source, draft: _same_length(source.value, draft.value),
    FactKind.TIME: lambda source, draft: source.value[:5] == draft.value[:5],
    FactKind.NAME: lambda source, draft: _names_agree(source.value, draft.value),
}
