"""When a client is owed an update, by the rhythm on the project's card."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class UpdateDue:
    """An update a project owes its client: due since that day, and the last one it gave, if it gave any."""

    project: str
    due: date
    last: date | None = None


def due_days(rhythm: str, today: date) -> tuple[date, date] | None:
    """Give the newest due day up to today and the one before it; None for a card without a rhythm.

    `rhythm` is `daily`, `weekly:fri` or `monthly:15`; a month that is too short is due on its last day.
    """
    name, _, detail = rhythm.partition(":")
    if name == "daily":
        return today, today - timedelta(days=1)
    if name == "weekly":
        due = today - timedelta(days=(today.weekday() - _DAYS.index(detail)) % 7)
        return due, due - timedelta(days=7)
    if name == "monthly":
        due = _monthly(today, int(detail))
        if due > today:
            due = _monthly(due.replace(day=1) - timedelta(days=1), int(detail))
        return due, _monthly(due.replace(day=1) - timedelta(days=1), int(detail))
    return None


def update_due(project: str, rhythm: str, *, today: date, last: date | None) -> UpdateDue | None:
    """Tell whether an update is owed: a due day has come, and since the one before it none was given.

    An update given early, after the due day before, counts for the next one.
    """
    days = due_days(rhythm, today)
    if days is None:
        return None
    due, before = days
    return None if last is not None and last > before else UpdateDue(project, due, last)


def _monthly(inside: date, day: int) -> date:
    return inside.replace(day=min(max(day, 1), calendar.monthrange(inside.year, inside.month)[1]))
