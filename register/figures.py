"""The figures of the dashboard: counts over the same rows, by the same conditions, as the list of tasks.

Every figure is the length of a list that `register.tasks.listing` gives: the
dashboard links to it. "Within the year" means due in the twelve months up to
the present one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from register import tasks
from register.models import Letter, Obligation
from register.status import IN_TIME, OPEN, status_filter
from register.status import LATE as DONE_LATE
from register.task_filter import TaskFilter, conditions, counting
from register.text import code
from register.views import TaskRow

LATE: Final[tuple[tuple[int, int | None], ...]] = ((1, 7), (8, 30), (31, 90), (91, None))
"""Days late from, to (None: and more)."""
MONTHS: Final = 12
AHEAD_DAYS: Final = 30
"""How far ahead recurring reports are shown."""


@dataclass(frozen=True, slots=True)
class Late:
    """How many open obligations are late by `first` to `last` days."""

    first: int
    last: int | None
    count: int


@dataclass(frozen=True, slots=True)
class Month:
    """What fell due in a month (`first` to `last` day), and what became of it; `waiting` is still in time."""

    first: date
    last: date
    done_in_time: int
    done_late: int
    overdue: int
    waiting: int

    @property
    def judged(self) -> int:
        """What has been decided: done, or late and open."""
        return self.done_in_time + self.done_late + self.overdue

    @property
    def rate(self) -> float | None:
        """Share done in time of what is judged, in percent; None where nothing is."""
        return 100 * self.done_in_time / self.judged if self.judged else None


@dataclass(frozen=True, slots=True)
class BodyLoad:
    """A body's open obligations, how many are late or due this week, and what it has done within the year."""

    body: str
    open: int
    overdue: int
    week: int
    done_in_time: int
    done_late: int
    overdue_year: int

    @property
    def rate(self) -> float | None:
        """Share done in time of what fell due within the year, in percent; None where nothing did."""
        judged = self.done_in_time + self.done_late + self.overdue_year
        return 100 * self.done_in_time / judged if judged else None


@dataclass(frozen=True, slots=True)
class LetterLoad:
    """A letter's open obligations; `next_due` is the first due day among them."""

    letter_id: int
    code: str | None
    issuer: str | None
    subject: str | None
    open: int
    overdue: int
    next_due: date | None


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of a day: what is open; of that what is overdue, due soon (within `soon_days`), without a term, due this week.

    `week_first` is its Monday; `bodies_more` and `letters_more` say how many bodies and letters
    with open obligations are not shown; `recurring` counts what recurs and is due within
    `AHEAD_DAYS` days; `year_first` is the first day of the twelve months.
    """

    open: int
    overdue: int
    soon: int
    no_term: int
    week_first: date
    week: int
    late: tuple[Late, ...]
    months: tuple[Month, ...]
    bodies: tuple[BodyLoad, ...]
    bodies_more: int
    letters: tuple[LetterLoad, ...]
    letters_more: int
    recurring: int

    @property
    def year_first(self) -> date:
        """The first day of the first month."""
        return self.months[0].first

    @property
    def year_last(self) -> date:
        """The last day of the present month."""
        return self.months[-1].last


def figures(
    s: Session,
    where: TaskFilter,
    *,
    today: date,
    soon_days: int,
    bodies: int = 15,
    letters: int = 10,
) -> Figures:
    """The figures over the obligations of a filter, in a fixed number of queries."""
    monday = today - timedelta(days=today.weekday())
    sunday = monday + timedelta(days=6)
    still_open = replace(where, statuses=("open",))
    spans = (
        *(status_filter(word, today, soon_days=soon_days) for word in ("open", "overdue", "due-soon", "no-term")),
        Obligation.due_on.between(monday, sunday),
        *(_late(today, *bounds) for bounds in LATE),
    )
    row = s.execute(_over(still_open, today, *map(tasks.counted, spans))).one()
    every, overdue, near, no_term, week, *late = row
    months = _months(s, where, today)
    year = (months[0].first, months[-1].last)
    named, all_bodies = _bodies(s, where, today, (monday, sunday), bodies, year)
    sources, all_letters = _letters(s, still_open, today, letters)
    ahead = replace(
        still_open, recurring=True, due_after=today, due_before=today + timedelta(days=AHEAD_DAYS)
    )
    return Figures(
        open=every,
        overdue=overdue,
        soon=near,
        no_term=no_term,
        week_first=monday,
        week=week,
        late=tuple(Late(*bounds, count) for bounds, count in zip(LATE, late, strict=True)),
        months=months,
        bodies=named,
        bodies_more=all_bodies - len(named),
        letters=sources,
        letters_more=all_letters - len(sources),
        recurring=s.scalar(_over(ahead, today, func.count())) or 0,
    )


def month_bounds(day: date, back: int = 0) -> tuple[date, date]:
    """First and last day of the month `back` months before that of `day`."""
    year, month = divmod(day.year * 12 + day.month - 1 - back, 12)
    first = date(year, month + 1, 1)
    year, month = divmod(year * 12 + month + 1, 12)
    return first, date(year, month + 1, 1) - timedelta(days=1)


def _over(where: TaskFilter, today: date, *columns: Any) -> Any:
    return counting(select(*columns), where).where(*conditions(where, today))


def _grouped(where: TaskFilter, today: date, key: Any, index: str, *columns: Any) -> tuple[Any, Any]:
    """Over what is open: a query by group, and one for how many groups there are; SQLite takes them from the index in order, without sorting."""
    by_group, groups = _over(where, today, key, *columns).group_by(key), _over(where, today, func.count(key.distinct()))
    if where.selective or where.joined:
        return by_group, groups
    hint = f"INDEXED BY {index}"
    return by_group.with_hint(Obligation, hint, "sqlite"), groups.with_hint(Obligation, hint, "sqlite")


def _late(today: date, first: int, last: int | None) -> ColumnElement[bool]:
    """Late by `first` to `last` days."""
    until = Obligation.due_on <= today - timedelta(days=first)
    return until if last is None else and_(until, Obligation.due_on >= today - timedelta(days=last))


_JUDGED = Obligation.standing.in_((OPEN, IN_TIME, DONE_LATE))
"""All that counts, said so that an index on standings finds the days of each."""


def _months(s: Session, where: TaskFilter, today: date) -> tuple[Month, ...]:
    bounds = [month_bounds(today, back) for back in range(MONTHS - 1, -1, -1)]
    # By day, then put together here: no database's own words for a month are needed.
    days = (Obligation.due_on, Obligation.standing)
    within = replace(where, statuses=(), due_after=bounds[0][0], due_before=bounds[-1][1])
    counts: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    for day, standing, count in s.execute(_over(within, today, *days, func.count()).where(_JUDGED).group_by(*days)):
        outcome = {IN_TIME: "in-time", DONE_LATE: "late"}.get(standing, "overdue" if day < today else "waiting")
        counts[day.year, day.month][outcome] += count
    return tuple(
        Month(*each, *(counts[each[0].year, each[0].month][outcome] for outcome in ("in-time", "late", "overdue", "waiting")))
        for each in bounds
    )


def _bodies(
    s: Session, where: TaskFilter, today: date, week: tuple[date, date], limit: int, year: tuple[date, date]
) -> tuple[tuple[BodyLoad, ...], int]:
    """The bodies with most open obligations, and how many bodies have any."""
    still_open = replace(where, statuses=("open",))
    late, soon = tasks.counted(Obligation.due_on < today), tasks.counted(Obligation.due_on.between(*week))
    count = func.count()
    by_body, groups = _grouped(
        still_open, today, Obligation.body_fold, "ix_obligations_owing", func.max(Obligation.id), count, late, soon
    )
    found = s.execute(by_body.order_by(count.desc(), Obligation.body_fold).limit(limit)).all()
    words = ("done-in-time", "done-late", "overdue")
    columns = (Obligation.body_fold, *(tasks.counted(status_filter(word, today)) for word in words))
    within = replace(where, statuses=(), due_after=year[0], due_before=year[1])
    judged = (
        _over(within, today, *columns)
        .where(
            Obligation.body_fold.in_([key for key, *_ in found]),
            _JUDGED,
        )
        .group_by(Obligation.body_fold)
    )
    outcomes = {key: tuple(counts) for key, *counts in s.execute(judged)} if found else {}
    names = tasks.names(s, [row[1] for row in found])
    loads = (
        BodyLoad(names[number], *counts, *outcomes.get(key, (0, 0, 0))) for key, number, *counts in found
    )
    return tuple(loads), s.scalar(groups) or 0


def _letters(
    s: Session, still_open: TaskFilter, today: date, limit: int
) -> tuple[tuple[LetterLoad, ...], int]:
    """The letters with most overdue obligations, and how many letters have open ones."""
    count, overdue = func.count(), tasks.counted(Obligation.due_on < today)
    by_letter, groups = _grouped(
        still_open, today, Obligation.letter_id, "ix_obligations_owed", count, overdue, func.min(Obligation.due_on)
    )
    order = (overdue.desc(), count.desc(), Obligation.letter_id.desc())
    found = s.execute(by_letter.order_by(*order).limit(limit)).all()
    heads = {
        each: (code(number, symbol), issuer, subject)
        for each, number, symbol, issuer, subject in s.execute(
            select(Letter.id, Letter.number, Letter.symbol, Letter.issuer, Letter.subject).where(
                Letter.id.in_([row[0] for row in found])
            )
        )
    }
    return tuple(LetterLoad(each, *heads[each], *counts) for each, *counts in found), s.scalar(groups) or 0


def ahead(s: Session, where: TaskFilter, *, today: date, limit: int) -> tuple[TaskRow, ...]:
    """The recurring obligations that fall due next within `AHEAD_DAYS` days, the first `limit` of them."""
    last = today + timedelta(days=AHEAD_DAYS)
    due = replace(where, recurring=True, due_after=today, due_before=last)
    return tasks.top(s, due, "open", today=today, limit=limit)
