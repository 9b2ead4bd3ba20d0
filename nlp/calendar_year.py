"""The days of a year on which offices do otherwise than Monday to Friday, with their names; for people to look over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from nlp.calendar import doubt, is_working_day

Kind = Literal["off", "made-up", "doubtful"]
LANGUAGES = {"vi": "vi", "en": "en_US"}


@dataclass(frozen=True, slots=True)
class CountryDay:
    """A day off, a Saturday or Sunday worked for another day (làm bù), or a day whose standing is not settled.

    `name` is that of the holiday, or why the day is doubtful; "" where neither is known.
    """

    day: date
    kind: Kind
    name: str


@lru_cache(maxsize=64)
def country_days(year: int, language: str = "vi") -> tuple[CountryDay, ...]:
    """The country's own days of a year, in order; weekends that are simply free are left out."""
    names = _names(year, language)
    found: list[CountryDay] = []
    day = date(year, 1, 1)
    while day.year == year:
        worked, reason = is_working_day(day), doubt(day)
        if reason:
            found.append(CountryDay(day, "doubtful", reason))
        elif worked and day.weekday() >= 5:
            found.append(CountryDay(day, "made-up", ""))
        elif not worked and (day.weekday() < 5 or day in names):
            found.append(CountryDay(day, "off", names.get(day, "")))
        if day == date.max:
            break
        day += timedelta(days=1)
    return tuple(found)


def _names(year: int, language: str) -> Mapping[date, str]:
    import holidays  # here: loading it takes longer than a help text may

    found: Mapping[date, str] = holidays.country_holidays(
        "VN", years=year, language=LANGUAGES.get(language, "vi")
    )
    return found
