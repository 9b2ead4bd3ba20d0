"""Days off and make-up working days that the office sets itself, over those of the law."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from register import audit
from register.models import CalendarDay


def overrides(s: Session) -> dict[date, bool]:
    """Day → whether it is worked, for `record(holidays=…)`."""
    return {row.day: row.working for row in s.scalars(select(CalendarDay))}


def put(s: Session, day: date, *, working: bool, name: str, at: datetime, by: int | None) -> None:
    """Set a day: `working` False for a day off, True for a make-up working day (ngày làm bù)."""
    s.merge(CalendarDay(day=day, working=working, name=name))
    audit.write(
        s, "calendar-set", "calendar", None, at=at, by=by, day=day.isoformat(), working=working, name=name
    )


def remove(s: Session, day: date, *, at: datetime, by: int | None) -> None:
    """Back to what the law says of the day."""
    row = s.get(CalendarDay, day)
    if row:
        s.delete(row)
        audit.write(s, "calendar-removed", "calendar", None, at=at, by=by, day=day.isoformat())


def listing(s: Session) -> tuple[tuple[date, bool, str], ...]:
    """All days set, with their names, in order."""
    rows = s.scalars(select(CalendarDay).order_by(CalendarDay.day))
    return tuple((row.day, row.working, row.name) for row in rows)
