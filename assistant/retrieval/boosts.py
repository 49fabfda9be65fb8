"""What a search adds to the ranker's scores: for exact values that a passage holds and, where asked, for recency.

The ranker's scores are standard scores over a few hundred candidates, most of which are chance; the best usually
stands two to four above the mean. What is added here is on that scale.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from assistant.domain.facts import Fact, FactKind
from assistant.language.facts import extract_facts
from assistant.language.normal import fold

EXACT = 3.0
"""Added to a passage that holds all of the question's exact values; a part of it for a part of them."""

RECENT = 1.0
"""Added to the newest candidate, down to nothing for the oldest and for those without a date."""

Values = frozenset[tuple[FactKind, str]]

_HARD = frozenset({FactKind.IDENTIFIER, FactKind.DATE, FactKind.VERSION, FactKind.MONEY, FactKind.NAME, FactKind.EMAIL})


def exact_values(text: str, reference: date | None) -> Values:
    """Give the identifiers, days, versions, amounts, addresses and names of a text, in their normal forms."""
    return hard_values(extract_facts(text, reference=reference))


def hard_values(facts: Iterable[Fact]) -> Values:
    """Keep of facts the values that only an exact match can find."""
    return frozenset((fact.kind, fact.value) for fact in facts if fact.kind in _HARD)


def exactness(wanted: Values, text: str, held: Values) -> float:
    """Give what is added to a passage for the wanted values it holds, 0 to EXACT.

    A name is found in the words, a day without a year in any year.
    """
    if not wanted:
        return 0.0
    folded = fold(text)
    found = sum(fold(value) in folded if kind is FactKind.NAME else _holds(held, kind, value) for kind, value in wanted)
    return EXACT * found / len(wanted)


def recency(dates: Mapping[str, date | None]) -> dict[str, float]:
    """Give what is added to each id for its date, 0 to RECENT, by its place among the different dates."""
    days = sorted({day for day in dates.values() if day is not None})
    if len(days) < 2:
        return dict.fromkeys(dates, 0.0)
    step = {day: RECENT * place / (len(days) - 1) for place, day in enumerate(days)}
    return {id_: step[day] if day is not None else 0.0 for id_, day in dates.items()}


def _holds(facts: Values, kind: FactKind, value: str) -> bool:
    if kind is FactKind.DATE and value.startswith("--"):
        return any(one is kind and day.endswith(value[1:]) for one, day in facts)
    return (kind, value) in facts
