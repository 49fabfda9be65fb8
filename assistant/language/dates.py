"""Dates: read against a reference date, and written for a reader."""

import re
from collections.abc import Iterator
from datetime import date

from assistant.language.anchors import Found
from assistant.language.dates_en import find_english_dates
from assistant.language.dates_zh import find_chinese_dates
from assistant.language.detect import detect_language, has_cjk
from assistant.language.numbers import half_width

_MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_ISO_PREFIX = re.compile(
    r"(?<![0-9])(?P<y>(?:19|20)[0-9]{2})(?:(?P<s>[-_./ ]?)(?P<m>[0-9]{2})(?P=s)(?P<d>[0-9]{2})(?![0-9])"
    r"|[-_./](?P<m2>[0-9]{1,2})[-_./](?P<d2>[0-9]{1,2})(?![0-9])"
    r"|年(?P<m3>[0-9]{1,2})月(?P<d3>[0-9]{1,2})[日号])"
)


def find_dates(text: str, reference: date | None = None, language: str | None = None) -> Iterator[Found]:
    """The dates of ``text``, the surest forms first; a later one may overlap an earlier one and is then to drop."""
    plain_text = half_width(text)
    chosen = language or detect_language(plain_text)
    if has_cjk(plain_text):
        yield from find_chinese_dates(plain_text, reference)
    yield from find_english_dates(plain_text, reference, month_first=chosen == "zh")


def resolve_date(text: str, reference: date | None, language: str | None = None) -> tuple[str, str] | None:
    """The first date in ``text`` as (normal form, rule), or None when it holds no date.

    The normal forms and the rules are those of ``domain.facts.Fact``.
    """
    found = list(find_dates(text[:2_000], reference, language))
    if not found:
        return None
    first = min(found, key=lambda one: (one.start, -one.end))
    return first.value, first.rule


def format_date(iso: str, language: str, *, same_year_as: date | None = None) -> str:
    """A DATE value for a reader: ``19 March 2026`` or ``2026年3月19日``; other forms come back unchanged.

    The year is left out when it is that of ``same_year_as``. Months (``2026-03``) and days without a year
    (``--03-19``) are written too.
    """
    found = re.fullmatch(r"(?:(?P<y>[0-9]{4})|-)-(?P<m>[0-9]{2})(?:-(?P<d>[0-9]{2}))?", iso)
    if found is None or not 1 <= int(found["m"]) <= 12:
        return iso
    year = found["y"]
    if year and same_year_as is not None and int(year) == same_year_as.year:
        year = None
    month = int(found["m"])
    if language == "zh":
        return (f"{year}年" if year else "") + f"{month}月" + (f"{int(found['d'])}日" if found["d"] else "")
    parts = [str(int(found["d"])) if found["d"] else "", _MONTH_NAMES[month - 1], year or ""]
    return " ".join(part for part in parts if part)


def parse_iso_prefix(name: str) -> date | None:
    """The date in a file name (``2026-03-10-minutes.md``, ``20260310 kickoff.txt``, ``2026年3月10日``), or None."""
    for found in _ISO_PREFIX.finditer(half_width(name[:500])):
        groups = found.groupdict()
        month = groups["m"] or groups["m2"] or groups["m3"]
        day = groups["d"] or groups["d2"] or groups["d3"]
        try:
            return date(int(groups["y"]), int(month), int(day))
        except ValueError:
            continue
    return None
