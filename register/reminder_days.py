"""When one is reminded of a due day, counted in working days. Pure: nothing here reads a clock or the database.

Reminders come 7, 3 and 1 working days before the due day (or as the office
set it) and when it has passed, on working days only. What was missed (a program that did not run, a
task given late) is caught up by the nearest kind, never twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from nlp.calendar import COUNTRY, OfficeDays, is_working_day

Kind = str
"""So many working days before ("7", "3", "1"), or "late"."""

BEFORE: Final = (1, 3, 7)
"""Working days before the due day, nearest first, where the office set no others."""

LATE_WITHIN: Final = 5
"""Working days after the due day within which lateness is told; what is late for longer is in the lists."""


def days_left(today: date, due_on: date, office: OfficeDays = COUNTRY) -> int:
    """Working days after today, up to and with the due day; 0 on the due day and after it."""
    return _between(today, due_on, office)


def days_late(today: date, due_on: date, office: OfficeDays = COUNTRY) -> int:
    """Working days after the due day, up to and with today."""
    return _between(due_on, today, office)


def kind_of(
    today: date, due_on: date, office: OfficeDays = COUNTRY, before: Sequence[int] = BEFORE
) -> Kind | None:
    """The reminder of a due day that is due today; None on days off, too early, and too late to tell."""
    if not is_working_day(today, office):
        return None
    first, last = window(today, office, before)
    if not first <= due_on <= last:
        return None
    if due_on < today:
        return "late"
    left = days_left(today, due_on, office)
    return next((str(days) for days in before if left <= days), None)


def window(
    today: date, office: OfficeDays = COUNTRY, before: Sequence[int] = BEFORE
) -> tuple[date, date]:
    """The first and last due day of which one is reminded on a working day."""
    first = last = today
    for _ in range(LATE_WITHIN):
        first = _step(first, -1, office)
    for _ in range(before[-1] + 1):
        last = _step(last, 1, office)
    return first, last - timedelta(days=1)


def alarm_day(due_on: date, days: int, office: OfficeDays = COUNTRY) -> date:
    """The working day that lies so many working days before the due day."""
    day = due_on
    for _ in range(days):
        day = _step(day, -1, office)
    return day


def _step(day: date, direction: int, office: OfficeDays) -> date:
    """The next (1) or previous (-1) working day."""
    day += timedelta(days=direction)
    while not is_working_day(day, office):
        day += timedelta(days=direction)
    return day


def _between(after: date, until: date, office: OfficeDays) -> int:
    """Working days d with after < d <= until."""
    span = (until - after).days
    return sum(is_working_day(after + timedelta(days=number), office) for number in range(1, span + 1))
