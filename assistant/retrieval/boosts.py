"""What a search adds to the ranker's scores: for exact values that a passage holds and, where asked, for recency.

The ranker's scores are standard scores over a few hundred candidates, most of which are chance; the best usually
stands two to four above the mean. What is added here is on that scale.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from assistant.domain.facts import Fact, FactKind
from assistant.language.facts import extract_facts
from assistant.language.normal import fold
from assistant.retrieval.words import search_words

EXACT = 6.0
"""Added to a passage that holds all of the question's exact values; a part of it for a part of them. It is more than
likeness or words can give, as a passage about another day or ticket is no answer (`bench/retrieval.py`)."""

NAMED = 3.0
"""The same for names, which stand in many passages, and of which a question may use another form."""

RECENT = 1.0
"""Added to the newest candidate, down to nothing for the oldest and for those without a date."""

Values = frozenset[tuple[FactKind, str]]

_DAY = re.compile(r"(-|[0-9]{4})-([0-9]{2})-([0-9]{2})")
_DIGITS = " 一二三四五六七八九"
_MONTHS = "january february march april may june july august september october november december".split()  # noqa: SIM905 - read more easily
_HARD = frozenset({FactKind.IDENTIFIER, FactKind.DATE, FactKind.VERSION, FactKind.MONEY, FactKind.NAME, FactKind.EMAIL})


@lru_cache(maxsize=512)
def exact_values(text: str, reference: date | None) -> Values:
    """Give the identifiers, days, versions, amounts, addresses and names of a text, in their normal forms.

    The latest are kept: the steps of a playbook ask the same questions for every draft.
    """
    return hard_values(extract_facts(text, reference=reference))


def hard_values(facts: Iterable[Fact]) -> Values:
    """Keep of facts the values that only an exact match can find."""
    return frozenset((fact.kind, fact.value) for fact in facts if fact.kind in _HARD)


def exactness(wanted: Values, text: str, held: Values) -> float:
    """Give what is added to a passage for the wanted values it holds, 0 to EXACT.

    A name is found in the words; a day without a year, in the question or in the passage, is that day of any year.
    """
    if not wanted:
        return 0.0
    folded = fold(text)
    found = sum(
        NAMED * (fold(value) in folded) if kind is FactKind.NAME else EXACT * _holds(held, kind, value)
        for kind, value in wanted
    )
    return found / len(wanted)


def day_words(wanted: Values) -> list[str]:
    """Give the search words under which the wanted days stand in notes, in figures and in words of both languages."""
    forms: list[str] = []
    for kind, value in wanted:
        if kind is FactKind.DATE and (found := _DAY.fullmatch(value)):
            month, day = int(found[2]), int(found[3])
            forms.append(
                f"{value.lstrip('-')} {month}/{day} {month} {day} {_MONTHS[month - 1]} {_MONTHS[month - 1][:3]}"
            )
            forms.append(f"{_hanzi(month)}月{_hanzi(day)}日")
    return list(dict.fromkeys(search_words(" ".join(forms))))


def recency(dates: Mapping[str, date | None]) -> dict[str, float]:
    """Give what is added to each id for its date, 0 to RECENT, by its place among the different dates."""
    days = sorted({day for day in dates.values() if day is not None})
    if len(days) < 2:
        return dict.fromkeys(dates, 0.0)
    step = {day: RECENT * place / (len(days) - 1) for place, day in enumerate(days)}
    return {id_: step[day] if day is not None else 0.0 for id_, day in dates.items()}


def _holds(facts: Values, kind: FactKind, value: str) -> bool:
    if (kind, value) in facts or kind is not FactKind.DATE or not (found := _DAY.fullmatch(value)):
        return (kind, value) in facts
    if value.startswith("--"):
        return any(one is kind and day.endswith(value[1:]) for one, day in facts)
    return (kind, f"--{found[2]}-{found[3]}") in facts


def _hanzi(number: int) -> str:
    """Write a number from 1 to 31 as a Chinese date does."""
    tens, ones = divmod(number, 10)
    return (("" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十") + _DIGITS[ones]).strip()
