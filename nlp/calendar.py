"""Working days of Viet Nam, periods of law, occurrences of recurring deadlines.

Days off follow Bộ luật Lao động 2019, Điều 111–112, from the `holidays` package,
corrected by data/calendar/vn.toml and by the office's own days. Periods are
counted by Bộ luật Dân sự 2015, Điều 147–148. Nothing here reads a clock.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Any

from nlp.deadlines.relative import Relative
from nlp.types import Deadline

NOT_WORKING = "không phải ngày làm việc"
DAY_BEFORE = "văn bản ghi “trước ngày”: tính đến hết ngày liền trước"
_MOST = 4000


@dataclass(frozen=True, slots=True)
class OfficeDays:
    """An office's own days, over the country's: `off` are free, `working` are worked."""

    off: frozenset[date] = frozenset()
    working: frozenset[date] = frozenset()


COUNTRY = OfficeDays()
"""No days of one's own: the country's calendar as it is."""


@dataclass(frozen=True, slots=True)
class SafeDay:
    """Until when a deadline is met in any reading of it.

    `day` is the last calendar day, `working_day` the last working day not after it.
    `warnings` say what the reader should know.
    """

    day: date
    working_day: date
    warnings: tuple[str, ...] = ()


@cache
def _data(name: str) -> dict[str, Any]:
    return tomllib.loads(files("nlp").joinpath(f"data/calendar/{name}").read_text(encoding="utf-8"))


@cache
def _days_off(year: int) -> frozenset[date]:
    import holidays  # here: loading it takes longer than a help text may

    general = holidays.country_holidays("VN", years=year)
    listed = _data("vn.toml").get(str(year), {})
    doubtful = {entry["day"] for entry in listed.get("doubtful", [])}
    return frozenset((set(general) | set(listed.get("off", []))) - doubtful - set(listed.get("working", [])))


@cache
def _made_up(year: int) -> frozenset[date]:
    """Saturdays and Sundays worked for another day off (làm bù)."""
    import holidays

    general = holidays.country_holidays("VN", years=year)
    moved: set[date] = getattr(general, "weekend_workdays", set())
    return frozenset(moved) | frozenset(_data("vn.toml").get(str(year), {}).get("working", []))


def doubt(day: date) -> str | None:
    """Why it is not settled whether a day is worked, or None."""
    for entry in _data("vn.toml").get(str(day.year), {}).get("doubtful", []):
        if entry["day"] == day:
            return str(entry["reason"])
    return None


def is_working_day(day: date, office: OfficeDays = COUNTRY) -> bool:
    """True on a day when offices work: the office's own days first, then the country's, then Monday to Friday."""
    if day in office.off or day in office.working:
        return day in office.working
    if day in _made_up(day.year):
        return True
    return day.weekday() < 5 and day not in _days_off(day.year)


def previous_working_day(day: date, office: OfficeDays = COUNTRY) -> date:
    """The last working day not after `day`."""
    while not is_working_day(day, office):
        day -= timedelta(days=1)
    return day


def next_working_day(day: date, office: OfficeDays = COUNTRY) -> date:
    """The first working day not before `day`."""
    while not is_working_day(day, office):
        day += timedelta(days=1)
    return day


def add_working_days(day: date, count: int, office: OfficeDays = COUNTRY) -> date:
    """The `count`-th working day after `day`, which itself is not counted (Điều 147); back where negative."""
    step = timedelta(days=1 if count >= 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= is_working_day(day, office)
    return day


def _add_months(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, day.day)


def period_end(start: date, period: Relative, office: OfficeDays = COUNTRY) -> date:
    """The day on which a period that begins at `start` ends, at its close.

    The first day is not counted; a period of months ends on the day of the same
    number, else the last of the month; an end on a day off moves to the next
    working day (Bộ luật Dân sự 2015, Điều 147–148). Hours and minutes are rounded up to days.
    """
    if period.working:
        return add_working_days(start, period.count, office)
    if period.unit in "MY":
        end = _add_months(start, period.count * (12 if period.unit == "Y" else 1))
    else:
        days = {"MIN": -(-period.count // 1440), "H": -(-period.count // 24), "D": period.count, "W": 7 * period.count}[period.unit]
        end = start + timedelta(days=days)
    return next_working_day(end, office)


def safe_day(deadline: Deadline, office: OfficeDays = COUNTRY) -> SafeDay | None:
    """The safe day of a fixed deadline: the day before for "trước ngày", the printed day otherwise.

    A fixed calendar day is never rolled forward; where the safe day is no working
    day a warning names the last one before it. None for deadlines without a day.
    """
    if deadline.date is None:
        return None
    return safe_date(deadline.date, strict=deadline.strict, office=office)


def safe_date(day: date, *, strict: bool, office: OfficeDays = COUNTRY) -> SafeDay:
    """As `safe_day`, for a printed day."""
    safe = day - timedelta(days=1) if strict else day
    warnings = [DAY_BEFORE] if strict else []
    working = previous_working_day(safe, office)
    if working != safe:
        warnings.append(f"{_printed(safe)} {NOT_WORKING}; ngày làm việc cuối cùng là {_printed(working)}")
    unsettled = doubt(safe)
    if unsettled:
        warnings.append(unsettled)
    return SafeDay(safe, working, tuple(warnings))


def _printed(day: date) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def with_default_day(rule: str) -> tuple[str, bool]:
    """A recurrence rule with a day, and whether that day was inferred from data/calendar/reports.toml."""
    extra = _data("reports.toml").get(rule)
    return (f"{rule};{extra}", True) if extra else (rule, False)


def occurrences(rule: str, start: date, until: date) -> tuple[date, ...]:
    """The days of a recurrence rule from `start` to `until`, both included, at most 4,000.

    A rule without a day gets that of `with_default_day`. Intervals of three and six
    months follow the calendar (quarters end in March, June, September, December), and
    a 31st falls on the last day of a shorter month.
    Raises ValueError where `rule` is no recurrence rule.
    """
    from dateutil.rrule import rrulestr

    parts = _aligned(with_default_day(rule)[0])
    begin = datetime.combine(start, time())
    parts["UNTIL"] = f"{until:%Y%m%d}T000000"
    text = ";".join(f"{key}={value}" for key, value in parts.items())
    found = rrulestr(text, dtstart=begin)
    # An hourly rule names each day once: the register keeps days, not hours.
    return tuple(dict.fromkeys(moment.date() for moment in islice(found, _MOST)))


def full_rule(rule: str) -> str:
    """The rule as `occurrences` understands it: with its day, quarters by the calendar. ValueError for what is no rule."""
    return ";".join(f"{key}={value}" for key, value in _aligned(with_default_day(rule)[0]).items())


def _aligned(rule: str) -> dict[str, str]:
    parts = dict(part.split("=", 1) for part in rule.split(";") if "=" in part)
    if "FREQ" not in parts:
        raise ValueError(f"không phải quy tắc lặp RRULE / not a recurrence rule: {rule}")
    interval = int(parts.get("INTERVAL", "1"))
    if parts["FREQ"] == "MINUTELY" and interval <= 1440:
        parts = {**parts, "FREQ": "DAILY", "INTERVAL": "1"}  # the register keeps days
    if parts["FREQ"] == "MONTHLY" and interval in {2, 3, 4, 6}:
        parts.setdefault("BYMONTH", ",".join(str(month) for month in range(interval, 13, interval)))
        del parts["INTERVAL"]
    if parts.get("BYMONTHDAY", "").isdecimal() and int(parts["BYMONTHDAY"]) > 28:
        parts["BYMONTHDAY"] = ",".join(str(day) for day in range(28, int(parts["BYMONTHDAY"]) + 1))
        parts["BYSETPOS"] = "-1"
        if parts["FREQ"] == "YEARLY" and "," in parts.get("BYMONTH", ""):
            parts["FREQ"] = "MONTHLY"
    return parts
