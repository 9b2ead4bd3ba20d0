"""The list of tasks: one row per responsible body, with filters, counts and paging."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Literal

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from register.building import obligation_view, task_view
from register.errors import unknown
from register.models import Correction, File, Letter, Obligation, Task, Unit, User
from register.status import (
    IN_TIME,
    LATE,
    OPEN,
    SOON_DAYS,
    STATUSES,
    UNCOUNTED,
    is_soon,
    status_filter,
    status_of,
)
from register.task_filter import ANY, TaskFilter, bodies_like, conditions, counting, with_letters
from register.text import code
from register.views import ObligationView, Slice, TaskRow, TaskView

__all__ = [
    "TaskFilter",
    "TaskSort",
    "bodies",
    "by_day",
    "by_ids",
    "count",
    "counts",
    "get",
    "ids",
    "letters_of",
    "listing",
    "names",
    "obligation",
    "top",
]

TaskSort = Literal["due", "issued", "body", "letter", "done"]


def listing(
    s: Session,
    where: TaskFilter = ANY,
    *,
    today: date,
    sort: TaskSort = "due",
    descending: bool = False,
    offset: int = 0,
    limit: int = 50,
    soon_days: int = SOON_DAYS,
    total: int | None = None,
) -> Slice[TaskRow]:
    """A page of obligations in a fixed number of queries; those without a due day come last.

    `total` is how many there are, where the caller has counted them. Optional sentences, dropped and withdrawn tasks and cancelled obligations
    never appear. BadRequest "status-unknown" for a status that is none.
    """
    found_conditions = conditions(where, today, soon_days)
    if total is None:
        total = s.scalar(counting(select(func.count()), where).where(*found_conditions)) or 0
    keys: dict[str, tuple[Any, ...]] = {
        "due": (Obligation.due_on, Obligation.letter_id, Obligation.id),
        "issued": (Letter.issued_on, Letter.id, Task.position, Obligation.position, Obligation.id),
        "body": (Obligation.body_fold, Obligation.due_on, Obligation.id),
        "letter": (Letter.id, Task.position, Obligation.position, Obligation.id),
        "done": (Obligation.done_on, Obligation.id),
    }
    order = [(key.desc() if descending else key.asc()).nulls_last() for key in keys[sort]]
    # The page is found on the obligations alone and then filled: a sort carries ids, not whole letters.
    some = (
        counting(select(Obligation.id), where)
        if sort in ("due", "done")
        else with_letters(select(Obligation.id))
    )
    page = some.where(*found_conditions).order_by(*order).offset(offset).limit(limit)
    rows = _filled(s, list(s.scalars(page)), today, soon_days)
    return Slice(rows, total, offset, limit)


def top(
    s: Session,
    where: TaskFilter,
    status: str,
    *,
    today: date,
    limit: int,
    newest: bool = False,
    soon_days: int = SOON_DAYS,
) -> tuple[TaskRow, ...]:
    """The first obligations of a status, without counting them: by due day, or (`newest`) last done first."""
    where = replace(where, statuses=() if newest else (status,))
    query = counting(select(Obligation.id), where).where(*conditions(where, today, soon_days))
    order: tuple[Any, ...] = (Obligation.due_on.asc().nulls_last(), Obligation.letter_id, Obligation.id)
    if newest:
        # From the end of the index on days of completion; nearly all that is done counts.
        query = query.where(Obligation.done_on.is_not(None), status_filter(status, today, index=False))
        order = (Obligation.done_on.desc(), Obligation.id.desc())
    return _filled(s, list(s.scalars(query.order_by(*order).limit(limit))), today, soon_days)


def counts(
    s: Session,
    where: TaskFilter = ANY,
    *,
    today: date,
    soon_days: int = SOON_DAYS,
) -> dict[str, int]:
    """Obligations by status, with "due-soon" beside; every status is there, also with 0.

    `where.statuses` is left out of account.
    """
    where = replace(where, statuses=())
    result = dict.fromkeys((*STATUSES, "due-soon"), 0)
    found = _standings(s, where, today) if where.selective else _all_standings(s, where, today)
    for standing, day, count in found:
        if standing == OPEN:
            result[status_of(due_on=day, done_on=None, today=today)] += count
            if is_soon(due_on=day, done_on=None, today=today, days=soon_days):
                result["due-soon"] += count
        else:
            result["done-late" if standing == LATE else "done-in-time"] += count
    return result


Counted = tuple[int, date | None, int]
"""A standing, a due day, how many."""


def _standings(s: Session, where: TaskFilter, today: date) -> Iterator[Counted]:
    """What a narrow filter leaves, in one query."""
    rest = replace(where, agency=None)
    query = counting(select(Obligation.standing, Obligation.due_on, func.count()), rest)
    query = query.where(*conditions(rest, today))
    if where.agency:
        # The few different names that hold the words, then each in the index: not every row's name.
        query = query.where(
            (Obligation.standing + 0) > UNCOUNTED, Obligation.body_fold.in_(bodies_like(where.agency))
        )
    yield from s.execute(query.group_by(Obligation.standing, Obligation.due_on))


def _all_standings(s: Session, where: TaskFilter, today: date) -> Iterator[Counted]:
    """The same over most of the register: what is open is little and goes by day; of what is done only how much."""
    for day, count in by_day(s, where, today=today):
        yield OPEN, day, count
    for standing in (IN_TIME, LATE):
        done = counting(select(func.count()), where).where(
            *conditions(where, today), Obligation.standing == standing
        )
        yield standing, None, s.scalar(done) or 0


def by_day(s: Session, where: TaskFilter, *, today: date) -> Iterator[tuple[date | None, int]]:
    """How many open obligations are due on each day; None for those without a term."""
    still_open = replace(where, statuses=("open",))
    query = counting(select(Obligation.due_on, func.count()), where).where(*conditions(still_open, today))
    yield from s.execute(query.group_by(Obligation.due_on))


def by_ids(
    s: Session, obligation_ids: Sequence[int], *, today: date, soon_days: int = SOON_DAYS
) -> tuple[TaskRow, ...]:
    """Rows of these obligations in the order asked; those that are gone or not tracked are left out."""
    if not obligation_ids:
        return ()
    tracked = select(Obligation.id).where(Obligation.standing > UNCOUNTED, Obligation.id.in_(obligation_ids))
    kept = set(s.scalars(tracked))
    return _filled(s, [each for each in obligation_ids if each in kept], today, soon_days)


def letters_of(s: Session, obligation_ids: Collection[int]) -> frozenset[int]:
    """The letters of these obligations; unknown ids are left out."""
    if not obligation_ids:
        return frozenset()
    return frozenset(s.scalars(select(Obligation.letter_id).where(Obligation.id.in_(obligation_ids))))


def ids(s: Session) -> Iterator[tuple[int, int]]:
    """Ids and versions of all tracked obligations, for reconciling an index."""
    query = (
        select(Obligation.id, Obligation.version)
        .where(Obligation.standing > UNCOUNTED)
        .order_by(Obligation.id)
    )
    yield from s.execute(query)


def count(s: Session) -> int:
    """How many obligations are tracked."""
    return s.scalar(select(func.count(Obligation.id)).where(Obligation.standing > UNCOUNTED)) or 0


def bodies(s: Session, limit: int = 200) -> tuple[str, ...]:
    """Bodies that owe something now, the one that owes most first: names to choose from."""
    query = (
        select(Obligation.body_fold, func.max(Obligation.id))
        .where(Obligation.standing == OPEN, Obligation.body_fold != "")
        .group_by(Obligation.body_fold)
        .order_by(func.count().desc(), Obligation.body_fold)
        .limit(limit)
    )
    found = [number for _, number in s.execute(query)]
    named = names(s, found)
    return tuple(named[each] for each in found)


def names(s: Session, obligation_ids: Collection[int]) -> dict[int, str]:
    """The printed body of each of these obligations."""
    return dict(
        s.execute(select(Obligation.id, Obligation.body).where(Obligation.id.in_(obligation_ids))).all()
    )


def get(s: Session, task_id: int) -> TaskView:
    """One task. BadRequest "task-unknown" if there is none."""
    task = s.scalars(
        select(Task)
        .where(Task.id == task_id)
        .options(
            selectinload(Task.deadlines),
            selectinload(Task.obligations).selectinload(Obligation.occurrences),
        )
    ).one_or_none()
    if task is None:
        raise unknown("task", task_id)
    corrected = s.scalars(
        select(Correction.field).where(Correction.task_id == task_id).order_by(Correction.id)
    )
    return task_view(task, corrected)


def obligation(s: Session, obligation_id: int) -> ObligationView:
    """One obligation. BadRequest "obligation-unknown" if there is none."""
    row = s.scalars(
        select(Obligation).where(Obligation.id == obligation_id).options(selectinload(Obligation.occurrences))
    ).one_or_none()
    if row is None:
        raise unknown("obligation", obligation_id)
    return obligation_view(row)


def _rows() -> Select[Obligation, str, str | None, str | None]:
    query: Select[Obligation, str, str | None, str | None] = (
        with_letters(select(Obligation, File.name, User.name, Unit.name))
        .join(File, File.id == Letter.file_id)
        .join(User, User.id == Obligation.assignee_id, isouter=True)
        .join(Unit, Unit.id == Obligation.unit_id, isouter=True)
    )
    return query.options(
        contains_eager(Obligation.task).selectinload(Task.deadlines), contains_eager(Obligation.letter)
    )


def _filled(s: Session, obligation_ids: Sequence[int], today: date, soon_days: int) -> tuple[TaskRow, ...]:
    """The rows of these obligations in this order; two queries whatever their number."""
    if not obligation_ids:
        return ()
    found = s.execute(_rows().where(Obligation.id.in_(obligation_ids)))
    rows = {each[0].id: _row(*each, today, soon_days) for each in found}
    return tuple(rows[each] for each in obligation_ids)


def _row(
    row: Obligation, file_name: str, assignee: str | None, unit: str | None, today: date, soon_days: int
) -> TaskRow:
    task, letter = row.task, row.letter
    open_term = row.done_on is None and row.due_on is not None
    return TaskRow(
        obligation_id=row.id,
        task_id=task.id,
        letter_id=letter.id,
        file_name=file_name,
        label=task.label,
        text=task.text,
        role=row.role,
        body=row.body,
        agency_id=row.agency_id,
        due_on=row.due_on,
        printed_on=row.printed_on,
        done_on=row.done_on,
        status=status_of(due_on=row.due_on, done_on=row.done_on, today=today),
        soon=is_soon(due_on=row.due_on, done_on=row.done_on, today=today, days=soon_days),
        days=(row.due_on - today).days if open_term and row.due_on else None,
        raw_deadlines=tuple(each.raw for each in task.deadlines),
        deadline_kinds=tuple(each.kind for each in task.deadlines),
        report_to=task.report_to,
        page=(task.evidence or {}).get("page"),
        letter_kind=letter.kind,
        letter_number=letter.number,
        letter_symbol=letter.symbol,
        letter_code=code(letter.number, letter.symbol),
        letter_issuer=letter.issuer,
        letter_issued_on=letter.issued_on,
        letter_subject=letter.subject,
        direction=letter.direction,
        version=row.version,
        assignee_id=row.assignee_id,
        assignee_name=assignee,
        unit_id=row.unit_id,
        unit_name=unit,
    )
