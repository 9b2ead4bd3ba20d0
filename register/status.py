"""Status of an obligation on two axes: done or not, in time or late.

The four words are those of the government's own reports on tasks (Báo cáo
1270/BC-TCTTTg of 27/12/2017; Quyết định 42/2014/QĐ-TTg): hoàn thành đúng hạn,
hoàn thành quá hạn, trong hạn, quá hạn. "Sắp đến hạn" is no status but a view:
open, not late, and due within a number of days. "Không thời hạn" is open
without a due day; done without a due day counts as in time.

Status is judged by the due day the office works to, the *safe* day: "trước
ngày 15/5/2020" is shown as printed, and from 15/5 the obligation is late,
because the safe day is 14/5. No authority was found that says whether "trước
ngày D" includes D, so the office errs towards being early.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, Literal

from sqlalchemy import ColumnElement, and_, literal_column
from sqlalchemy.orm import InstrumentedAttribute

from register.models import Obligation

Status = Literal["done-in-time", "done-late", "in-time", "overdue", "no-term"]

STATUSES: Final[tuple[Status, ...]] = ("overdue", "in-time", "no-term", "done-in-time", "done-late")

NAMES: Final[dict[str, str]] = {
    "done-in-time": "hoàn thành đúng hạn",
    "done-late": "hoàn thành quá hạn",
    "in-time": "trong hạn",
    "overdue": "quá hạn",
    "no-term": "không thời hạn",
    "due-soon": "sắp đến hạn",
}
"""The office's own words; "due-soon" is the view, not a status."""

UNCOUNTED, OPEN, IN_TIME, LATE = range(4)
"""Codes of `Obligation.standing`: out of the tracking, open, done in time, done late."""

SOON_DAYS: Final = 7
"""Days before the due day from which an open obligation counts as "sắp đến hạn"."""

_STANDING: InstrumentedAttribute[int] = Obligation.standing
_DUE: InstrumentedAttribute[date | None] = Obligation.due_on


def status_of(*, due_on: date | None, done_on: date | None, today: date) -> Status:
    """Status on the day `today`. The due day itself is in time."""
    if done_on is not None:
        return "done-late" if due_on is not None and done_on > due_on else "done-in-time"
    if due_on is None:
        return "no-term"
    return "overdue" if today > due_on else "in-time"


def is_soon(*, due_on: date | None, done_on: date | None, today: date, days: int = SOON_DAYS) -> bool:
    """Sắp đến hạn: open, not late, and due within `days` days (0: due today)."""
    return done_on is None and due_on is not None and today <= due_on <= today + timedelta(days=days)


def status_filter(
    status: str, today: date, *, soon_days: int = SOON_DAYS, index: bool = True
) -> ColumnElement[bool]:
    """The condition for one status, for "due-soon", "later" (in time, not soon), "open" or "done", of what counts.

    Done or not, in time or late stands in `Obligation.standing`: all it takes is an index.
    Without `index` SQLite is kept from starting with that one.

    Raises KeyError for an unknown word; `register.tasks` turns it into a `BadRequest`.
    """
    standing: ColumnElement[int] = _STANDING if index else _STANDING + 0  # type: ignore[assignment]
    open_ = standing == literal_column(str(OPEN))  # said in the query itself: an index of what is open serves it
    soon = today + timedelta(days=soon_days)
    match status:
        case "overdue":
            return and_(open_, today > _DUE)
        case "in-time":
            return and_(open_, today <= _DUE)
        case "no-term":
            return and_(open_, _DUE.is_(None))
        case "done-in-time":
            return standing == IN_TIME
        case "done-late":
            return standing == LATE
        case "due-soon":
            return and_(open_, today <= _DUE, soon >= _DUE)
        case "later":
            return and_(open_, soon < _DUE)
        case "open":
            return open_
        case "done":
            return standing.in_((IN_TIME, LATE))
    raise KeyError(status)
