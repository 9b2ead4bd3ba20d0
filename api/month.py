"""The calendar: a month of obligations by due day, in weeks from Monday to Sunday, with days off named."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ingest.errors import BadRequest
from nlp import calendar
from nlp.calendar_year import country_days
from register.due_days import DueDay
from register.figures import month_bounds
from register.terms import office_days

_FIRST, _LAST = 1990, 2100
NOTHING = DueDay()


@dataclass(frozen=True, slots=True)
class Day:
    """A day: what is due, whether offices work, and the name of a day off."""

    day: date
    inside: bool
    working: bool
    name: str
    due: DueDay


@dataclass(frozen=True, slots=True)
class Month:
    """A month as whole weeks; `back` and `next` are the neighbours as "2026-05"."""

    first: date
    last: date
    back: str
    next: str
    weeks: tuple[tuple[Day, ...], ...]


def month_of(text: str, today: date) -> tuple[date, date]:
    """First and last day of "2026-05" or "05/2026"; of today's month for an empty text. BadRequest for anything else."""
    if not text:
        return month_bounds(today)
    text = re.sub(r"^(\d{1,2})/(\d{4})$", lambda found: f"{found[2]}-{int(found[1]):02d}", text.strip(), flags=re.ASCII)
    found = re.fullmatch(r"(\d{4})-(\d{2})", text, re.ASCII)
    if found is None or not (_FIRST <= int(found[1]) <= _LAST and 1 <= int(found[2]) <= 12):
        raise BadRequest(
            "month-unclear",
            f"Không hiểu tháng “{text[:20]}”.",
            f"“{text[:20]}” is no month.",
            advice="Hãy viết dạng 05/2026.",
            advice_en="Write 05/2026.",
        )
    return month_bounds(date(int(found[1]), int(found[2]), 1))


def span(first: date, last: date) -> tuple[date, date]:
    """The Monday and Sunday of the whole weeks round a month."""
    return first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())


def month(
    first: date,
    last: date,
    due: Mapping[date, DueDay],
    own: Sequence[tuple[date, bool, str]],
    language: str,
) -> Month:
    """The month with what is due on each day and the office's `own` days (day, worked, name)."""
    office = office_days({day: working for day, working, _ in own})
    begin, end = span(first, last)
    names = {each.day: each.name for year in {begin.year, end.year} for each in country_days(year, language)}
    names |= {day: name for day, _, name in own}
    days = []
    for offset in range((end - begin).days + 1):
        day = begin + timedelta(days=offset)
        working = calendar.is_working_day(day, office)
        special = day in names and (not working or day.weekday() > 4)
        days.append(Day(day, first <= day <= last, working, names[day] if special else "", due.get(day, NOTHING)))
    before, after = first - timedelta(days=1), last + timedelta(days=1)
    weeks = tuple(tuple(days[at : at + 7]) for at in range(0, len(days), 7))
    return Month(first, last, f"{before:%Y-%m}", f"{after:%Y-%m}", weeks)
