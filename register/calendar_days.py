"""Days off and make-up working days that the office sets itself, over those of the law."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session


def overrides(s: Session) -> dict[date, bool]:
    """Day → whether it is worked, for `record(holidays=…)`."""
    raise NotImplementedError


def put(s: Session, day: date, *, working: bool, name: str, at: datetime, by: int | None) -> None:
    """Set a day: `working` False for a day off, True for a make-up working day (ngày làm bù)."""
    raise NotImplementedError


def remove(s: Session, day: date, *, at: datetime, by: int | None) -> None:
    """Back to what the law says of the day."""
    raise NotImplementedError


def listing(s: Session) -> tuple[tuple[date, bool, str], ...]:
    """All days set, with their names, in order."""
    raise NotImplementedError
