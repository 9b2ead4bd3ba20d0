"""Dates as they stand beside a citation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

NUMERIC = r"\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:\d{4}|\d{2})(?!\d)"
WORDED = r"\d{1,2}\s{1,3}thang\s{1,3}\d{1,2}(?:\s*,?\s*nam\s{1,3}\d{4}|\s?/\s?\d{4}(?!\d)|(?!\d))"
SHORT = r"\d{1,2}\s?/\s?\d{1,2}(?![\d/])"
ANY_DATE = rf"(?:{NUMERIC}|{WORDED}|{SHORT})"
"""Pattern over folded text for a date: 21/5/2012, 21 thang 5 nam 2012, 21/5."""

_NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Day:
    """A printed date: `value` where it is a day of the calendar, else what can be told of it."""

    value: date | None
    year: int | None
    day_month: tuple[int, int] | None = None


def read_date(text: str) -> Day:
    """The day that folded `text` (a match of `ANY_DATE`) names.

    A two-digit year is taken as 2000-2049 or 1950-1999. An impossible day
    ("42/02/2018", a misprint) still gives its year.
    """
    numbers = [int(number) for number in _NUMBERS.findall(text)]
    day, month = numbers[0], numbers[1]
    if len(numbers) < 3:
        return Day(None, None, (day, month) if 1 <= month <= 12 and 1 <= day <= 31 else None)
    year = numbers[2]
    if year < 100:
        year += 2000 if year < 50 else 1900
    try:
        return Day(date(year, month, day), year)
    except ValueError:
        return Day(None, year if 1900 <= year <= 2100 else None)


def with_year(day_month: tuple[int, int], issued_on: date) -> date | None:
    """The last such day that is not after `issued_on`: a letter cites what is older."""
    day, month = day_month
    for year in range(issued_on.year, issued_on.year - 9, -1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue  # 29 February
        if found <= issued_on:
            return found
    return None
