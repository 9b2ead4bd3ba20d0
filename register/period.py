"""The periodic report on assigned tasks: what was given, done and left in a period, by body, and what is late and why.

The groups are those of the government's own reports (Quyết định 42/2014/QĐ-TTg;
Báo cáo 1270/BC-TCTTTg of 27/12/2017): done in time, done late, not done in
time, not done late; beside them what was taken out of the tracking. Counted are
obligations, as in the list of tasks, by the due days that hold now (after
extensions); days of a recurring one that were done are told apart. What was done or
taken out before the period is not of this report.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, Date, and_, case, exists, false, func, not_, or_, select
from sqlalchemy.orm import Session

from register.duties import AUTO_CANCELLED
from register.models import Event, Letter, Obligation, Occurrence, Task
from register.status import UNCOUNTED
from register.task_filter import TaskFilter, counting, matching
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


_Overdue = tuple[date, str, int, str, date | None]
"""Due day, folded body, id, body, the day it was done (by the last day)."""


def report(s: Session, where: TaskFilter, *, first: date, last: date, today: date, late: int = MOST_LATE) -> PeriodReport:
    """The report of a period over the obligations of a filter (its statuses and what is tracked now do not matter).

    `late` is how many late obligations are listed.
    """
    as_of = min(last, today)
    lines = _lines(s, where, first, as_of)
    total = added(lines)
    listed = _overdue(s, where, first, as_of, late)
    return PeriodReport(
        first, last, as_of, total, lines, _late(s, listed, as_of), total.done_late + total.open_late - len(listed),
        *_recurring(s, where, first, as_of),
    )  # fmt: skip


def added(lines: Sequence[Line]) -> Line:
    """The sum of all lines."""
    numbers = [each.name for each in fields(Line) if each.name != "body"]
    return Line("", **{name: sum(getattr(line, name) for line in lines) for name in numbers})


_given_on = func.coalesce(Letter.issued_on, Letter.arrived_on, type_=Date())


def _outcomes(as_of: date, stopped: ColumnElement[bool]) -> dict[str, ColumnElement[bool]]:
    """What became of an obligation by a day, by the names of `Line`: one of the five holds."""
    done = and_(not_(stopped), Obligation.done_on.is_not(None), Obligation.done_on <= as_of)
    waits = and_(not_(stopped), or_(Obligation.done_on.is_(None), Obligation.done_on > as_of))
    no_term = Obligation.due_on.is_(None)
    return {
        "done_in_time": and_(done, or_(no_term, Obligation.done_on <= Obligation.due_on)),
        "done_late": and_(done, Obligation.done_on > Obligation.due_on),
        "open_in_time": and_(waits, or_(no_term, Obligation.due_on >= as_of)),
        "open_late": and_(waits, Obligation.due_on < as_of),
        "stopped": stopped,
    }


def _parts(first: date, as_of: date) -> tuple[tuple[ColumnElement[bool], dict[str, ColumnElement[bool]]], ...]:
    """What is tracked, which an index holds with all that is counted, and what was taken out since the period began; each with its outcomes."""
    taken_out = and_(
        Obligation.standing == UNCOUNTED,
        Obligation.cancelled_on >= first,
        # What a new reading took away was none.
        or_(Obligation.cancel_reason.is_(None), Obligation.cancel_reason != AUTO_CANCELLED),
        exists().where(Task.id == Obligation.task_id, Task.state == "active", Task.optional.is_(False)).correlate(Obligation),
        Letter.state != "withdrawn",
    )
    return (Obligation.standing + 0 > UNCOUNTED, _outcomes(as_of, false())), (taken_out, _outcomes(as_of, Obligation.cancelled_on <= as_of))


def _over(where: TaskFilter, first: date, as_of: date, *columns: Any) -> Any:
    """A query over obligations of the filter given by the day that were still open when the period began."""
    return (
        select(*columns)
        .join(Letter, Letter.id == Obligation.letter_id)
        .where(*matching(where, as_of), or_(Obligation.done_on.is_(None), Obligation.done_on >= first), _given_on <= as_of)
    )


def _lines(s: Session, where: TaskFilter, first: date, as_of: date) -> tuple[Line, ...]:
    """The numbers of each body, counted by the database: most to do first."""
    found: dict[str, Line] = {}
    fold = Obligation.body_fold.concat("")  # so that SQLite groups what it found, and does not walk all obligations by body
    for part, outcomes in _parts(first, as_of):
        conditions = {"carried": _given_on < first, "given": _given_on >= first, **outcomes}
        columns = [func.count(case((condition, 1))).label(name) for name, condition in conditions.items()]
        sums = _over(where, first, as_of, fold.label("fold"), func.max(Obligation.id).label("number"), *columns).where(part).group_by(fold).subquery()
        query = select(Obligation.body, sums.c.fold, *(sums.c[name] for name in conditions)).join(sums, sums.c.number == Obligation.id)
        for body, key, *counts in s.execute(query):
            line = Line(body, **dict(zip(conditions, counts, strict=True)))
            found[key] = replace(added((found[key], line)), body=found[key].body) if key in found else line
    return tuple(sorted(found.values(), key=lambda line: (-line.total, line.body)))


def _overdue(s: Session, where: TaskFilter, first: date, as_of: date, limit: int) -> list[_Overdue]:
    """What was done late or is late, the longest first."""
    found: list[_Overdue] = []
    order = (Obligation.due_on, Obligation.body_fold, Obligation.id)
    for part, outcomes in _parts(first, as_of):
        done_on = case((outcomes["done_late"], Obligation.done_on))
        query = _over(where, first, as_of, *order, Obligation.body, done_on).where(part, or_(outcomes["done_late"], outcomes["open_late"]))
        found += [tuple(row) for row in s.execute(query.order_by(*order).limit(limit))]
    return sorted(found, key=lambda each: each[:3])[:limit]


def _late(s: Session, rows: Sequence[_Overdue], as_of: date) -> tuple[LateItem, ...]:
    found: dict[int, tuple[Any, ...]] = {}
    reasons: dict[int, str] = {}
    for start in range(0, len(rows), _BATCH):
        ids = [row[2] for row in rows[start : start + _BATCH]]
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
    for due_on, _, id_, body, done_on in rows:
        text, number, symbol, issued_on = found[id_]
        days = ((done_on or as_of) - due_on).days
        items.append(LateItem(id_, body, text, code(number, symbol), issued_on, due_on, done_on, days, reasons.get(id_)))
    return tuple(items)


def _recurring(s: Session, where: TaskFilter, first: date, as_of: date) -> tuple[int, int]:
    """Days of recurring obligations done within the period: in time, late."""
    recurs = replace(where, recurring=True)
    late = func.coalesce(Occurrence.done_on > Occurrence.due_on, False).label("late")
    query = (
        counting(select(late, func.count()), where)
        .join(Occurrence, Occurrence.obligation_id == Obligation.id)
        .where(*matching(recurs, as_of), Obligation.tracked, Occurrence.done_on.between(first, as_of))
    )
    found = {bool(word): count for word, count in s.execute(query.group_by(late))}
    return found.get(False, 0), found.get(True, 0)
