"""The periodic report on assigned tasks: what was given, done and left in a period, by body, and what is late and why.

The groups are those of the government's own reports (Quyết định 42/2014/QĐ-TTg;
Báo cáo 1270/BC-TCTTTg of 27/12/2017): done in time, done late, not done in
time, not done late; beside them what was taken out of the tracking. Counted are
obligations, as in the list of tasks, by the due days that hold now (after
extensions); days of a recurring one that were done are told apart. What was done or
taken out before the period is not of this report.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from register.duties import AUTO_CANCELLED
from register.models import Event, Letter, Obligation, Occurrence, Task
from register.status import status_of
from register.task_filter import TaskFilter, matching
from register.text import code

REASONS: Final = ("note", "extension-requested", "done")
"""Entries of the history whose words say why something is late, the newest first."""
MOST_LATE: Final = 2_000
"""Late obligations that a report lists; how many more there are is told."""
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Line:
    """A body's numbers. `carried` was given before the period and still open at its beginning, `given` within it.

    What became of both by the last day: done in time or late, open in time
    or late, or taken out of the tracking (`stopped`).
    """

    body: str
    carried: int = 0
    given: int = 0
    done_in_time: int = 0
    done_late: int = 0
    open_in_time: int = 0
    open_late: int = 0
    stopped: int = 0

    @property
    def total(self) -> int:
        """All that had to be done in the period."""
        return self.carried + self.given

    @property
    def rate(self) -> float | None:
        """Share done in time of what should be done by the last day, in percent; None where nothing should."""
        judged = self.done_in_time + self.done_late + self.open_late
        return 100 * self.done_in_time / judged if judged else None


@dataclass(frozen=True, slots=True)
class LateItem:
    """An obligation that was done late or is late; `days` late, `reason` in the words of its history."""

    obligation_id: int
    body: str
    text: str
    letter_code: str | None
    letter_issued_on: date | None
    due_on: date
    done_on: date | None
    days: int
    reason: str | None


@dataclass(frozen=True, slots=True)
class PeriodReport:
    """A report. `as_of` is the day it tells of: the last one, or today where that is still to come.

    `recurring_*` count days of recurring obligations that were done within
    the period; `late_more` the late obligations beyond those listed.
    """

    first: date
    last: date
    as_of: date
    total: Line
    lines: tuple[Line, ...]
    late: tuple[LateItem, ...]
    late_more: int
    recurring_in_time: int
    recurring_late: int


@dataclass(frozen=True, slots=True)
class _Row:
    id: int
    fold: str
    body: str
    due_on: date | None
    done_on: date | None
    stopped: bool
    given_on: date


def report(s: Session, where: TaskFilter, *, first: date, last: date, today: date) -> PeriodReport:
    """The report of a period over the obligations of a filter (its statuses and what is tracked now do not matter)."""
    as_of = min(last, today)
    sums: dict[str, Line] = {}
    names: dict[str, str] = {}
    late: list[_Row] = []
    for row in _rows(s, where, first, as_of):
        outcome = _outcome(row, as_of)
        names[row.fold] = max(names.get(row.fold, ""), row.body)
        line = sums.get(row.fold, Line(""))
        share = "carried" if row.given_on < first else "given"
        sums[row.fold] = replace(
            line, **{share: getattr(line, share) + 1, outcome: getattr(line, outcome) + 1}
        )
        if outcome in ("done_late", "open_late"):
            late.append(row)
    lines = sorted(
        (replace(line, body=names[key]) for key, line in sums.items()), key=lambda line: (-line.total, line.body)
    )
    late.sort(key=lambda row: (row.due_on or as_of, row.fold, row.id))
    done = _recurring(s, where, first, as_of)
    return PeriodReport(
        first, last, as_of, added(lines), tuple(lines), _late(s, late[:MOST_LATE], as_of), max(0, len(late) - MOST_LATE),
        *done,
    )  # fmt: skip


def added(lines: Sequence[Line]) -> Line:
    """The sum of all lines."""
    numbers = [each.name for each in fields(Line) if each.name != "body"]
    return Line("", **{name: sum(getattr(line, name) for line in lines) for name in numbers})


def _outcome(row: _Row, as_of: date) -> str:
    if row.stopped:
        return "stopped"
    done_on = row.done_on if row.done_on and row.done_on <= as_of else None
    status = status_of(due_on=row.due_on, done_on=done_on, today=as_of)
    return {"done-in-time": "done_in_time", "done-late": "done_late", "overdue": "open_late"}.get(
        status, "open_in_time"
    )


def _rows(s: Session, where: TaskFilter, first: date, as_of: date) -> Iterator[_Row]:
    given_on = func.coalesce(Letter.issued_on, Letter.arrived_on)
    columns = (
        Obligation.id, Obligation.body_fold, Obligation.body, Obligation.due_on, Obligation.done_on,
        Obligation.cancelled_on, given_on,
    )  # fmt: skip
    query = _over(select(*columns), where, first, as_of).where(given_on <= as_of)
    for number, fold, body, due_on, done_on, cancelled_on, given in s.execute(query):
        stopped = cancelled_on is not None and cancelled_on <= as_of
        yield _Row(number, fold, body, due_on, done_on, stopped, _day(given))


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _over(query: Any, where: TaskFilter, first: date, as_of: date) -> Any:
    """Obligations of the filter that were still open when the period began; what a new reading took away was none."""
    return (
        query.select_from(Obligation)
        .join(Task, Task.id == Obligation.task_id)
        .join(Letter, Letter.id == Obligation.letter_id)
        .where(
            *matching(where, as_of),
            Task.state == "active",
            Task.optional.is_(False),
            Letter.state != "withdrawn",
            or_(Obligation.done_on.is_(None), Obligation.done_on >= first),
            or_(Obligation.cancelled_on.is_(None), Obligation.cancelled_on >= first),
            or_(Obligation.cancel_reason.is_(None), Obligation.cancel_reason != AUTO_CANCELLED),
        )
    )


def _late(s: Session, rows: Sequence[_Row], as_of: date) -> tuple[LateItem, ...]:
    found: dict[int, tuple[Any, ...]] = {}
    reasons: dict[int, str] = {}
    for start in range(0, len(rows), _BATCH):
        ids = [row.id for row in rows[start : start + _BATCH]]
        texts = (
            select(Obligation.id, Task.text, Letter.number, Letter.symbol, Letter.issued_on)
            .join(Task, Task.id == Obligation.task_id)
            .join(Letter, Letter.id == Obligation.letter_id)
            .where(Obligation.id.in_(ids))
        )
        found |= {number: tuple(rest) for number, *rest in s.execute(texts)}
        words = select(Event.obligation_id, Event.text).where(
            Event.obligation_id.in_(ids), Event.kind.in_(REASONS), Event.text.is_not(None), Event.text != ""
        )
        reasons |= {number: text or "" for number, text in s.execute(words.order_by(Event.id))}
    items = []
    for row in rows:
        text, number, symbol, issued_on = found[row.id]
        assert row.due_on is not None
        done_on = row.done_on if row.done_on and row.done_on <= as_of else None
        days = ((done_on or as_of) - row.due_on).days
        items.append(
            LateItem(
                row.id, row.body, text, code(number, symbol), issued_on, row.due_on, done_on, days, reasons.get(row.id)
            )
        )
    return tuple(items)


def _recurring(s: Session, where: TaskFilter, first: date, as_of: date) -> tuple[int, int]:
    """Days of recurring obligations done within the period: in time, late."""
    recurs = replace(where, recurring=True)
    late = func.coalesce(Occurrence.done_on > Occurrence.due_on, False).label("late")
    query = (
        select(late, func.count())
        .join_from(Occurrence, Obligation, Obligation.id == Occurrence.obligation_id)
        .join(Task, Task.id == Obligation.task_id)
        .join(Letter, Letter.id == Obligation.letter_id)
        .where(*matching(recurs, as_of), Obligation.tracked, Occurrence.done_on.between(first, as_of))
    )
    found = {bool(word): count for word, count in s.execute(query.group_by(late))}
    return found.get(False, 0), found.get(True, 0)
