"""Date arithmetic for words that lean on a reference date, and the symbols used when there is none."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text: its place, its normal form (see domain.facts.Fact), how it was read, whether it is vague."""

    start: int
    end: int
    value: str
    rule: str
    vague: bool = False


def full_year(digits: str) -> int | None:
    """The year meant by two or four digits (26 is 2026); None for any other length."""
    if len(digits) == 2:
        return 2000 + int(digits)
    return int(digits) if len(digits) == 4 else None


def day(year: int, month: int, day_of_month: int) -> str | None:
    """The ISO form of a day, or None when the calendar has no such day."""
    try:
        return date(year, month, day_of_month).isoformat()
    except ValueError:
        return None


def month_day(reference: date | None, month: int, day_of_month: int) -> str | None:
    """A day without a year, in the year that brings it nearest to ``reference``; ``--03-19`` without one."""
    if day(2024, month, day_of_month) is None:  # a leap year admits every day there is
        return None
    if reference is None:
        return f"--{month:02d}-{day_of_month:02d}"
    found = [day(year, month, day_of_month) for year in _years_around(reference)]
    days = [date.fromisoformat(iso) for iso in found if iso is not None]
    return min(days, key=lambda one: abs(one - reference)).isoformat() if days else None


def day_of_month(reference: date | None, number: int) -> str | None:
    """A day given by its number alone ("the 19th", 19号): the one nearest to ``reference``."""
    if reference is None:
        return f"---{number:02d}" if 1 <= number <= 31 else None
    candidates = []
    for months in (-1, 0, 1):
        year, month = _shift(reference.year, reference.month, months)
        iso = day(year, month, number) if 1 <= year <= 9999 else None
        if iso is not None:
            candidates.append(date.fromisoformat(iso))
    return min(candidates, key=lambda one: abs(one - reference)).isoformat() if candidates else None


def month(reference: date | None, number: int, year: int | None = None) -> str | None:
    """A month (``2026-03``), in the year nearest to ``reference`` when none is given; ``--03`` without both."""
    if not 1 <= number <= 12:
        return None
    if year is not None:
        return f"{year:04d}-{number:02d}" if 1 <= year <= 9999 else None
    if reference is None:
        return f"--{number:02d}"
    here = reference.year * 12 + reference.month
    near = min(_years_around(reference), key=lambda one: abs(one * 12 + number - here))
    return f"{near:04d}-{number:02d}"


def part_of_month(month_value: str, part: str) -> str:
    """A ``part`` (``early``, ``mid``, ``late``, ``end``) of a month as an interval of its thirds or its last day."""
    prefix, _, number = month_value.rpartition("-")
    if month_value.startswith("?") or not number.isdigit():
        return f"{month_value}.{part}"
    # The year of an unknown month is taken as a common one: its February ends on the 28th.
    year = int(prefix) if prefix.isdigit() else 2025
    last = calendar.monthrange(max(year, 1), int(number))[1]
    if part == "end":
        return f"{month_value}-{last:02d}"
    first, final = {"early": (1, 10), "mid": (11, 20), "late": (21, last)}[part]
    return f"{month_value}-{first:02d}/{month_value}-{final:02d}"


def part_of(value: str, part: str) -> str:
    """A ``part`` of a month, quarter, half-year or year; the end of each is its last day."""
    if _is_month(value) or value.startswith("?m"):
        return part_of_month(value, part)
    last_month = {"Q1": "03", "Q2": "06", "Q3": "09", "Q4": "12", "H1": "06", "H2": "12"}.get(value[-2:])
    if part == "end" and last_month:
        return part_of_month(value[:-2] + last_month, "end")
    if part == "end" and len(value) == 4 and value.isdigit():
        return f"{value}-12-31"
    return f"{value}.{part}" if value.startswith("?") else f"{value}/{part}"


def _is_month(value: str) -> bool:
    return (len(value) == 7 and value[4] == "-" and value[5:].isdigit()) or (
        len(value) == 4 and value.startswith("--") and value[2:].isdigit()
    )


def offset(reference: date | None, amount: int, unit: str) -> str | None:
    """The day ``amount`` units (``d``, ``w``, ``m``, ``y``, ``b`` for working days) from ``reference``."""
    if reference is None:
        return f"?{amount:+d}{unit}" if amount else "?+0d"
    try:
        if unit in {"m", "y"}:
            year, number = _shift(reference.year, reference.month, amount * (12 if unit == "y" else 1))
            last = calendar.monthrange(year, number)[1]
            return date(year, number, min(reference.day, last)).isoformat()
        if unit == "b":
            return _working_days(reference, amount).isoformat()
        return (reference + timedelta(days=amount * (7 if unit == "w" else 1))).isoformat()
    except (ValueError, OverflowError, calendar.IllegalMonthError):
        return None


def _working_days(reference: date, amount: int) -> date:
    if abs(amount) > 2_000:
        raise OverflowError("too many working days")
    step = timedelta(days=1 if amount >= 0 else -1)
    current = reference
    for _ in range(abs(amount)):
        current += step
        while current.weekday() >= 5:
            current += step
    return current


def weekday(reference: date | None, number: int) -> str | None:
    """A bare weekday (Monday is 0): the next one on or after ``reference``."""
    if reference is None:
        return f"?w.{number + 1}"
    return offset(reference, (number - reference.weekday()) % 7, "d")


def past_weekday(reference: date | None, number: int) -> str | None:
    """A bare weekday of what is told as done: the last one on or before ``reference``."""
    if reference is None:
        return f"?w.{number + 1}"
    return offset(reference, -((reference.weekday() - number) % 7), "d")


def last_weekday(reference: date | None, number: int) -> str | None:
    """The most recent such weekday before ``reference`` (the English "last Friday")."""
    if reference is None:
        return f"?w-1.{number + 1}"
    return offset(reference, -((reference.weekday() - number - 1) % 7 + 1), "d")


def weekday_of_week(reference: date | None, weeks: int, number: int) -> str | None:
    """A weekday of the calendar week that lies ``weeks`` from that of ``reference`` (下周三)."""
    if reference is None:
        return f"?w{weeks:+d}.{number + 1}"
    return offset(reference, weeks * 7 + number - reference.weekday(), "d")


def week(reference: date | None, weeks: int) -> str | None:
    """The calendar week ``weeks`` from that of ``reference``, as ``2026-W12``."""
    if reference is None:
        return f"?w{weeks:+d}"
    iso = offset(reference, weeks * 7, "d")
    if iso is None:
        return None
    found = date.fromisoformat(iso).isocalendar()
    return f"{found.year:04d}-W{found.week:02d}"


def calendar_week(reference: date | None, number: int, year: int | None = None) -> str | None:
    """A numbered calendar week, in the year nearest to ``reference`` when none is given."""
    if not 1 <= number <= 53:
        return None
    if year is None and reference is None:
        return f"--W{number:02d}"
    if year is None and reference is not None:
        here = reference.isocalendar()
        year = min(
            (here.year - 1, here.year, here.year + 1), key=lambda one: abs((one - here.year) * 52 + number - here.week)
        )
    return f"{year:04d}-W{number:02d}"


def month_offset(reference: date | None, months: int) -> str | None:
    """The month ``months`` from that of ``reference``."""
    if reference is None:
        return f"?m{months:+d}"
    year, number = _shift(reference.year, reference.month, months)
    return f"{year:04d}-{number:02d}" if 1 <= year <= 9999 else None


def year_offset(reference: date | None, years: int) -> str | None:
    """The year ``years`` from that of ``reference``."""
    if reference is None:
        return f"?y{years:+d}"
    return f"{reference.year + years:04d}" if 1 <= reference.year + years <= 9999 else None


def quarter(reference: date | None, number: int, year: int | None = None) -> str:
    """A quarter, in the year nearest to ``reference`` when none is given; ``--Q1`` without both."""
    if year is None and reference is not None:
        here = reference.year * 4 + (reference.month - 1) // 3
        year = min(_years_around(reference), key=lambda one: abs(one * 4 + number - 1 - here))
    return f"--Q{number}" if year is None else f"{year:04d}-Q{number}"


def quarter_offset(reference: date | None, quarters: int) -> str | None:
    """The quarter ``quarters`` from that of ``reference``."""
    if reference is None:
        return f"?q{quarters:+d}"
    year, place = divmod(reference.year * 4 + (reference.month - 1) // 3 + quarters, 4)
    return f"{year:04d}-Q{place + 1}" if 1 <= year <= 9999 else None


def half_year(reference: date | None, number: int, year: int | None = None) -> str:
    """A half of a year, of the year of ``reference`` when none is given."""
    if year is None and reference is not None:
        year = reference.year
    return f"--H{number}" if year is None else f"{year:04d}-H{number}"


def _shift(year: int, number: int, months: int) -> tuple[int, int]:
    years, place = divmod(year * 12 + number - 1 + months, 12)
    return years, place + 1


def _years_around(reference: date) -> tuple[int, ...]:
    return tuple(year for year in (reference.year, reference.year - 1, reference.year + 1) if 1 <= year <= 9999)
