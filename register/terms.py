"""From a deadline as printed to the days the office works to. Pure: nothing here reads a clock or the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from nlp import calendar
from nlp.deadlines.relative import parse_relative

UNKNOWN_ANCHOR = "chưa rõ mốc tính thời hạn"
NO_ARRIVAL = "chưa biết ngày đến nên chưa tính được thời hạn"
NO_ISSUE = "chưa biết ngày ban hành nên chưa tính được thời hạn"
BAD_RULE = "chưa hiểu quy tắc của thời hạn"
NO_INTERVAL = "định kỳ nhưng không rõ chu kỳ"
INFERRED_DAY = "ngày trong kỳ được suy ra theo Nghị định 09/2019/NĐ-CP"


@dataclass(frozen=True, slots=True)
class Anchors:
    """What deadlines are counted from: days of issue and arrival, and the window of recurring ones.

    Recurring deadlines are tracked from the day the letter was registered
    (or arrived, where that was later): what fell due before is not known to be owed.
    """

    issued_on: date | None
    received_on: date | None
    start: date
    until: date
    office: calendar.OfficeDays = calendar.COUNTRY


@dataclass(frozen=True, slots=True)
class Term:
    """A deadline as values, as read or as a person entered it."""

    kind: str
    printed_on: date | None
    rule: str | None
    raw: str
    strict: bool
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Worked:
    """A deadline worked out: its safe day (fixed and relative) and what is odd about it."""

    safe_on: date | None
    warnings: tuple[str, ...]


def office_days(holidays: Mapping[date, bool] | None) -> calendar.OfficeDays:
    """The office's own days from day → whether it is worked."""
    if not holidays:
        return calendar.COUNTRY
    return calendar.OfficeDays(
        off=frozenset(day for day, working in holidays.items() if not working),
        working=frozenset(day for day, working in holidays.items() if working),
    )


def work_out(term: Term, anchors: Anchors) -> Worked:
    """The safe day of a deadline and its warnings.

    "trước ngày 15/5/2020" gives 14/5/2020; "trước ngày 25/5/2020" gives
    24/5/2020 with the warning that it is a Sunday: a calendar day is never
    moved by itself. A relative one ends by Bộ luật Dân sự 2015, Điều 147–148.
    """
    if term.kind == "fixed" and term.printed_on is not None:
        safe = calendar.safe_date(term.printed_on, strict=term.strict, office=anchors.office)
        return Worked(safe.day, _joined(term.warnings, safe.warnings))
    if term.kind == "relative":
        return _relative(term, anchors)
    if term.kind == "recurring":
        return Worked(None, _joined(term.warnings, _rule_warnings(term.rule)))
    return Worked(None, term.warnings)


def days(term: Term, worked: Worked, anchors: Anchors) -> tuple[tuple[date, date], ...]:
    """Printed and safe day of every occurrence: one for a dated deadline, those in the window for a recurring one."""
    if term.kind == "recurring":
        return tuple(
            (day, calendar.safe_date(day, strict=term.strict, office=anchors.office).day)
            for day in _recurring(term.rule, anchors)
        )
    if worked.safe_on is None:
        return ()
    return ((term.printed_on or worked.safe_on, worked.safe_on),)


def _relative(term: Term, anchors: Anchors) -> Worked:
    period = parse_relative(term.rule or "")
    if period is None:
        return Worked(None, _joined(term.warnings, (BAD_RULE,)))
    begin: date | None = None
    warning = UNKNOWN_ANCHOR
    if period.anchor == "receipt":
        begin, warning = anchors.received_on, NO_ARRIVAL
    elif period.anchor == "issue":
        begin, warning = anchors.issued_on, NO_ISSUE
    elif period.anchor:
        try:
            begin = date.fromisoformat(period.anchor)
        except ValueError:
            begin = None
    if begin is None:
        return Worked(None, _joined(term.warnings, (warning,)))
    try:
        return Worked(calendar.period_end(begin, period, anchors.office), term.warnings)
    except (ValueError, OverflowError):
        return Worked(None, _joined(term.warnings, (BAD_RULE,)))


def _rule_warnings(rule: str | None) -> tuple[str, ...]:
    if not rule:
        return (NO_INTERVAL,)
    try:
        calendar.occurrences(rule, date(2020, 1, 1), date(2020, 1, 2))
    except (ValueError, KeyError, TypeError):
        return (BAD_RULE,)
    return (INFERRED_DAY,) if calendar.with_default_day(rule)[1] else ()


def _recurring(rule: str | None, anchors: Anchors) -> tuple[date, ...]:
    if not rule:
        return ()
    try:
        return calendar.occurrences(rule, anchors.start, anchors.until)
    except (ValueError, KeyError, TypeError):
        return ()  # told by a warning of the deadline


def _joined(*groups: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(warning for group in groups for warning in group))
