"""What is due on each day of a span: for the calendar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from register import tasks
from register.models import Obligation, Occurrence
from register.task_filter import TaskFilter, conditions, counting
from register.views import TaskRow


@dataclass(frozen=True, slots=True)
class Turn:
    """A further due day of an obligation (the next one of a recurring task), and when it was done."""

    row: TaskRow
    done_on: date | None


@dataclass(frozen=True, slots=True)
class DueDay:
    """One day: how many obligations stand there in the lists and the first of them, open ones first; how many further due days, and the first."""

    count: int = 0
    rows: tuple[TaskRow, ...] = ()
    turn_count: int = 0
    turns: tuple[Turn, ...] = ()


def by_due_day(
    s: Session, where: TaskFilter, *, first: date, last: date, today: date, each: int
) -> Mapping[date, DueDay]:
    """The days from `first` to `last` on which something is due, whatever its status, with `each` obligations and further days at most.

    An obligation stands in lists, and is counted, on its present due day; its
    other days (earlier ones that were done, later ones that were made out) are `turns`.
    """
    within = replace(where, due_after=first, due_before=last)
    place = func.row_number().over(
        partition_by=Obligation.due_on, order_by=(Obligation.standing, Obligation.letter_id, Obligation.id)
    )
    total = func.count().over(partition_by=Obligation.due_on)
    ranked = (
        counting(select(Obligation.id, Obligation.due_on.label("day"), place.label("place"), total.label("total")), within)
        .where(*conditions(within, today))
        .subquery()
    )
    due = s.execute(select(ranked).where(ranked.c.place <= each).order_by(ranked.c.day, ranked.c.place)).all()
    turn_place = func.row_number().over(
        partition_by=Occurrence.due_on, order_by=(Occurrence.done_on.is_not(None), Obligation.letter_id, Obligation.id)
    )
    turn_total = func.count().over(partition_by=Occurrence.due_on)
    columns = (
        Obligation.id, Occurrence.due_on.label("day"), Occurrence.done_on, turn_place.label("place"), turn_total.label("total"),
    )  # fmt: skip
    further = (
        counting(select(*columns), where)
        .join(Occurrence, Occurrence.obligation_id == Obligation.id)
        .where(*conditions(where, today), Occurrence.due_on >= first, Occurrence.due_on <= last)
        .where(or_(Obligation.due_on.is_(None), Obligation.due_on != Occurrence.due_on))
        .subquery()
    )
    turns = s.execute(select(further).where(further.c.place <= each).order_by(further.c.day, further.c.place)).all()
    ids = dict.fromkeys([row.id for row in due] + [row.id for row in turns])
    rows = {row.obligation_id: row for row in tasks.by_ids(s, list(ids), today=today)}
    found: dict[date, DueDay] = {}
    for row in due:
        day = found.get(row.day, DueDay())
        if row.id in rows:
            found[row.day] = replace(day, count=row.total, rows=(*day.rows, rows[row.id]))
    for row in turns:
        day = found.get(row.day, DueDay())
        if row.id in rows:
            found[row.day] = replace(day, turn_count=row.total, turns=(*day.turns, Turn(rows[row.id], row.done_on)))
    return found
