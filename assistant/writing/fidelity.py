"""The offline writer's own gate: a sentence goes in only when its cited passages carry every fact of it."""

from collections.abc import Iterable
from datetime import date

from assistant.checks.matching import carried
from assistant.domain.draft import Evidence
from assistant.domain.facts import Fact, FactKind
from assistant.writing.dating import facts_of

_LEFT_TO_THE_CHECKS = frozenset({FactKind.NAME})


def is_faithful(text: str, cited: Iterable[Evidence], days: Iterable[date], as_of: date) -> bool:
    """Whether every number, date and amount of a sentence stands in the cited passages, or is one of their days."""
    known: list[Fact] = []
    for evidence in cited:
        passage = evidence.passage
        known += facts_of(passage.text, passage.dated)
        known += [fact for heading in passage.headings for fact in facts_of(heading, passage.dated)]
    known += [Fact(FactKind.DATE, 0, 0, "", day.isoformat()) for day in days]
    return all(carried(known, fact, text) for fact in facts_of(text, as_of) if fact.kind not in _LEFT_TO_THE_CHECKS)
