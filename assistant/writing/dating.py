"""Dates inside a line, written anew for the reader: resolved, in words, in the message's language."""

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from assistant.domain.facts import Fact, FactKind
from assistant.language.dates import format_date
from assistant.language.facts import extract_facts

_WEEKDAYS = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
}


@lru_cache(maxsize=8192)
def facts_of(text: str, reference: date | None) -> tuple[Fact, ...]:
    """Give the facts of a text, remembered: the same line is read by several parts of a writer."""
    return extract_facts(text, reference=reference)


def day_of(fact: Fact) -> date | None:
    """Give the one day that a date fact names, if it does."""
    # "The 22nd" may be of another month than the note's; nobody is told a month that nobody wrote.
    if fact.kind is not FactKind.DATE or fact.vague or fact.rule == "partial:month-inferred":
        return None
    try:
        return date.fromisoformat(fact.value)
    except ValueError:
        return None


def days_in(text: str, reference: date | None) -> tuple[date, ...]:
    """Give the days that a text names, in order."""
    found = (day_of(fact) for fact in facts_of(text, reference))
    return tuple(day for day in found if day is not None)


def spoken(day: date, language: str, as_of: date, *, weekday: bool = False) -> str:
    """Write a day for the reader, its year only when it is not the present one."""
    words = format_date(day.isoformat(), language, same_year_as=as_of)
    if not weekday:
        return words
    name = _WEEKDAYS[language][day.weekday()]
    return f"{words}\uff08{name}\uff09" if language == "zh" else f"{name} {words}"


def surfaces(text: str, reference: date | None) -> dict[str, date]:
    """Give the wordings in figures by which a text names days: `27/3`, `6/5`."""
    named = ((fact, day_of(fact)) for fact in facts_of(text, reference))
    return {fact.text: day for fact, day in named if day is not None and "/" in fact.text}


def with_spoken_dates(
    text: str, language: str, reference: date | None, as_of: date, known: Mapping[str, date] | None = None
) -> str:
    """Write every day that a text names in the reader's way; ranges and vague times keep their words.

    A weekday beside a date in figures goes with it, since the date says as much. `known` are wordings in figures
    that the whole line makes out to be days.
    """
    for figures, its_day in (known or {}).items():
        pattern = rf"(?<![0-9/]){re.escape(figures)}(?![0-9/])"
        text = re.sub(pattern, spoken(its_day, language, as_of), text)
    facts = [fact for fact in facts_of(text, reference) if fact.kind is FactKind.DATE]
    parts: list[str] = []
    at = 0
    for place, fact in enumerate(facts):
        day = day_of(fact)
        following = facts[place + 1] if place + 1 < len(facts) else None
        before = facts[place - 1] if place else None
        if day is None or _bare_number(fact):
            continue
        if _weekday_only(fact) and (_beside(fact, following, text) or _beside(before, fact, text)):
            # "Wed 18/3", "6/3 (Fri)": the weekday belongs to the date beside it.
            parts.append(text[at : fact.start])
            at = fact.end + (1 if text[fact.end : fact.end + 1] == " " else 0)
            continue
        starts_with_letter = fact.text[:1].isalpha() and fact.text[:1].isascii()
        named = starts_with_letter and fact.text[:3].casefold() not in _MONTHS
        parts += [text[at : fact.start], spoken(day, language, as_of, weekday=named and language == "en")]
        at = fact.end
    return ("".join(parts) + text[at:]).replace("()", "").replace("\uff08\uff09", "")


_MONTHS = frozenset({"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"})


def _weekday_only(fact: Fact) -> bool:
    return fact.rule == "relative:weekday"


def _bare_number(fact: Fact) -> bool:
    """The first half of a range such as `21 - 24 April` stays as it is."""
    return fact.text.isdigit() or (fact.text.endswith("日") and fact.text[:-1].isdigit())


def _beside(one: Fact | None, other: Fact | None, text: str) -> bool:
    if one is None or other is None:
        return False
    gap = text[one.end : other.start]
    both_weekdays = _weekday_only(one) and _weekday_only(other)
    return len(gap) <= 2 and not gap.strip(" (\uff08,)") and not both_weekdays
