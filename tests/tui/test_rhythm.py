"""When an update is owed, by the rhythm of a project's card."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.rhythm import due_days, update_due

FRIDAY = date(2026, 3, 20)


@pytest.mark.parametrize(
    ("rhythm", "today", "days"),
    [
        ("weekly:fri", FRIDAY, (FRIDAY, date(2026, 3, 13))),
        ("weekly:fri", date(2026, 3, 23), (FRIDAY, date(2026, 3, 13))),
        ("daily", FRIDAY, (FRIDAY, date(2026, 3, 19))),
        ("monthly:31", date(2026, 3, 1), (date(2026, 2, 28), date(2026, 1, 31))),
        ("monthly:15", date(2026, 1, 15), (date(2026, 1, 15), date(2025, 12, 15))),
    ],
)
def test_due_days(rhythm: str, today: date, days: tuple[date, date]) -> None:
    assert due_days(rhythm, today) == days


def test_an_update_given_since_the_due_day_before_counts_and_an_older_one_does_not() -> None:
    def owed(last: date | None) -> bool:
        return update_due("p", "weekly:fri", today=FRIDAY, last=last) is not None

    assert owed(None)
    assert owed(date(2026, 3, 13))
    assert not owed(date(2026, 3, 18))
    assert not owed(FRIDAY)
    assert update_due("p", "", today=FRIDAY, last=None) is None


@given(
    st.sampled_from(["daily", "weekly:mon", "weekly:sun", "monthly:1", "monthly:31"]),
    st.dates(date(2000, 1, 1), date(2090, 1, 1)),
)
def test_the_newest_due_day_is_never_ahead_and_never_two_rounds_back(rhythm: str, today: date) -> None:
    days = due_days(rhythm, today)
    assert days is not None
    assert days[1] < days[0] <= today
    assert today - days[0] < timedelta(days=31)
