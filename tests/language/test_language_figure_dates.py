"""Days in figures as English notes write them: after "start", as a range, beside a weekday; fractions are none."""

from datetime import date

import pytest

from assistant.domain.facts import FactKind
from assistant.language.facts import extract_facts

REFERENCE = date(2026, 3, 19)


def days(text: str) -> list[tuple[str, str]]:
    return [(f.text, f.value) for f in extract_facts(text, reference=REFERENCE) if f.kind is FactKind.DATE]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("regression round 2 - start 25/3, done by 31/3", [("25/3", "2026-03-25"), ("31/3", "2026-03-31")]),
        ("order scanners (Priya, done 9/3)", [("9/3", "2026-03-09")]),
        ("UAT 1/4 to 10/4", [("1/4", "2026-04-01"), ("10/4", "2026-04-10")]),
        ("results Wed 18/3", [("Wed 18/3", "2026-03-18")]),
        ("results Wed 18/3/2026", [("Wed 18/3/2026", "2026-03-18")]),
        ("must go out by Mon 23/3", [("Mon 23/3", "2026-03-23")]),
        ("build is ready 9/3", [("9/3", "2026-03-09")]),
    ],
)
def test_days_in_figures_are_read(text: str, found: list[tuple[str, str]]) -> None:
    assert days(text) == found


@pytest.mark.parametrize("text", ["1/2 day lost", "3/4 of the cases done", "grew 1/4 to 3/4 of the load", "score 7/10"])
def test_fractions_are_no_days(text: str) -> None:
    assert days(text) == []
