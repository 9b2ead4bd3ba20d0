"""Working days, the safe day of a deadline, periods of law, occurrences."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.calendar import (
    NOT_WORKING,
    OfficeDays,
    add_working_days,
    doubt,
    is_working_day,
    next_working_day,
    occurrences,
    period_end,
    previous_working_day,
    safe_date,
    safe_day,
    with_default_day,
)
from nlp.deadlines import find_deadlines, parse_relative
from nlp.deadlines.relative import Relative

DAYS = st.dates(date(2015, 1, 1), date(2032, 12, 31))


@pytest.mark.parametrize(
    "day",
    [date(2020, 5, 24), date(2020, 4, 30), date(2020, 4, 2), date(2025, 1, 29), date(2026, 2, 17), date(2026, 9, 1),
     date(2026, 8, 31), date(2021, 9, 2)],
)  # fmt: skip
def test_days_off(day: date) -> None:
    assert not is_working_day(day)


@pytest.mark.parametrize("day", [date(2020, 5, 22), date(2026, 8, 22), date(2026, 1, 10), date(2025, 4, 26)])
def test_days_worked(day: date) -> None:
    assert is_working_day(day)


def test_the_office_has_the_last_word() -> None:
    friday, sunday = date(2020, 5, 22), date(2020, 5, 24)
    office = OfficeDays(off=frozenset({friday}), working=frozenset({sunday}))
    assert not is_working_day(friday, office)
    assert is_working_day(sunday, office)
    assert previous_working_day(friday, office) == date(2020, 5, 21)


def test_safe_day_of_before_is_the_day_before() -> None:
    (deadline,) = find_deadlines("gửi trước ngày 25/5/2020", issued_on=date(2020, 4, 28))
    safe = safe_day(deadline)
    assert safe
    assert (safe.day, safe.working_day) == (date(2020, 5, 24), date(2020, 5, 22))
    assert any(NOT_WORKING in warning for warning in safe.warnings)
    (deadline,) = find_deadlines("gửi trước ngày 15/5/2020", issued_on=date(2020, 4, 28))
    safe = safe_day(deadline)
    assert safe
    assert safe.day == safe.working_day == date(2020, 5, 14)


def test_a_printed_day_is_never_rolled_forward() -> None:
    safe = safe_date(date(2020, 5, 24), strict=False)
    assert safe.day == date(2020, 5, 24)
    assert safe.working_day == date(2020, 5, 22)


def test_doubtful_days_warn() -> None:
    assert doubt(date(2026, 11, 24))
    assert is_working_day(date(2026, 11, 24))
    assert safe_date(date(2026, 11, 24), strict=False).warnings


@pytest.mark.parametrize(
    ("rule", "start", "end"),
    [
        ("P5D after receipt", date(2020, 5, 11), date(2020, 5, 18)),  # the 16th is a Saturday
        ("P5D working after receipt", date(2020, 5, 11), date(2020, 5, 18)),
        ("P3D working after receipt", date(2020, 4, 29), date(2020, 5, 6)),  # over 30/4, 1/5 and a weekend
        ("P1M after issue", date(2020, 1, 31), date(2020, 3, 2)),  # 29/2 is a Saturday
        ("P1Y after issue", date(2019, 5, 15), date(2020, 5, 15)),
        ("PT24H after receipt", date(2020, 5, 12), date(2020, 5, 13)),
        ("PT15M after phát hiện", date(2020, 5, 12), date(2020, 5, 13)),
        ("P2W after issue", date(2020, 5, 4), date(2020, 5, 18)),
    ],
)
def test_periods_end_by_law(rule: str, start: date, end: date) -> None:
    period = parse_relative(rule)
    assert period
    assert period_end(start, period) == end


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=25", ["2020-01-25", "2020-02-25", "2020-03-25"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31", ["2020-01-31", "2020-02-29", "2020-03-31"]),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=20", ["2020-03-20"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=10", ["2020-02-10"]),
        ("FREQ=MONTHLY", ["2020-01-14", "2020-02-14", "2020-03-14"]),
        ("FREQ=MONTHLY;INTERVAL=3", ["2020-03-14"]),
    ],
)
def test_occurrences(rule: str, days: list[str]) -> None:
    found = occurrences(rule, date(2020, 1, 1), date(2020, 3, 31))
    assert [day.isoformat() for day in found] == days


def test_what_recurs_every_few_minutes_falls_on_every_day() -> None:
    assert occurrences("FREQ=MINUTELY;INTERVAL=20", date(2020, 1, 1), date(2020, 1, 3)) == (date(2020, 1, 1), date(2020, 1, 2), date(2020, 1, 3))
    assert len(occurrences("FREQ=MINUTELY;INTERVAL=1", date(2020, 1, 1), date(2020, 12, 31))) == 366


def test_inferred_days_are_marked() -> None:
    assert with_default_day("FREQ=MONTHLY") == ("FREQ=MONTHLY;BYMONTHDAY=14", True)
    assert with_default_day("FREQ=MONTHLY;BYMONTHDAY=25") == ("FREQ=MONTHLY;BYMONTHDAY=25", False)


def test_no_rule_is_an_error() -> None:
    with pytest.raises(ValueError, match="RRULE"):
        occurrences("hàng tháng", date(2020, 1, 1), date(2020, 2, 1))


@settings(max_examples=60)
@given(DAYS, st.integers(0, 40))
def test_working_days_are_counted(day: date, count: int) -> None:
    end = add_working_days(day, count)
    between = (day + timedelta(days=i) for i in range(1, (end - day).days + 1))
    assert sum(map(is_working_day, between)) == count
    assert count == 0 or is_working_day(end)


@settings(max_examples=60)
@given(DAYS)
def test_neighbouring_working_days(day: date) -> None:
    assert previous_working_day(day) <= day <= next_working_day(day)
    assert is_working_day(day) == (previous_working_day(day) == day == next_working_day(day))


@settings(max_examples=60)
@given(DAYS, st.integers(1, 90), st.sampled_from("DWM"), st.booleans())
def test_periods_never_end_on_a_day_off(day: date, count: int, unit: str, working: bool) -> None:
    end = period_end(day, Relative(count, unit, working and unit == "D", "receipt"))
    assert end > day
    assert is_working_day(end)


def test_calendar_data_hold_together() -> None:
    data = tomllib.loads(files("nlp").joinpath("data/calendar/vn.toml").read_text(encoding="utf-8"))
    for year, listed in data.items():
        days = [*listed["off"], *listed["working"], *(entry["day"] for entry in listed.get("doubtful", []))]
        assert all(day.year == int(year) for day in days)
        assert len(set(days)) == len(days)
        assert all(day.weekday() >= 5 for day in listed["working"]), "làm bù falls on a weekend"
