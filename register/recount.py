"""Due days worked out anew after the office's calendar has changed; decided extensions stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from register import duties, touch
from register.models import Deadline, Letter, Obligation, Task


def open_tasks(s: Session) -> tuple[int, ...]:
    """Ids of the tracked tasks with a deadline and something still to do."""
    open_ = select(Obligation.task_id).where(Obligation.done_on.is_(None), Obligation.cancelled_on.is_(None))
    query = (
        select(Task.id)
        .where(Task.state == "active", Task.optional.is_(False))
        .where(Task.id.in_(open_), Task.id.in_(select(Deadline.task_id)))
        .order_by(Task.id)
    )
    return tuple(s.scalars(query))


def recount(
    s: Session, task_ids: Sequence[int], *, at: datetime, holidays: Mapping[date, bool]
) -> tuple[int, ...]:
    """Work the deadlines of these tasks out anew; gives the ids of the obligations whose due day changed."""
    tasks = s.scalars(
        select(Task)
        .where(Task.id.in_(task_ids))
        .options(
            selectinload(Task.deadlines),
            selectinload(Task.obligations).selectinload(Obligation.occurrences),
            selectinload(Task.letter).selectinload(Letter.file),
        )
    )
    changed: list[int] = []
    for task in tasks:
        before = {each.id: each.due_on for each in task.obligations}
        warned = [list(each.warnings or ()) for each in task.deadlines]
        duties.materialise(s, task, duties.context(task.letter, at=at, holidays=holidays))
        for each in task.obligations:
            if before[each.id] != each.due_on:
                touch.obligation(s, each, at=at)
                changed.append(each.id)
        if warned != [list(each.warnings or ()) for each in task.deadlines]:
            touch.letter(s, task.letter, at=at)
    return tuple(changed)
