"""The list of tasks: one row per responsible body, with filters, counts and paging."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Literal

from sqlalchemy import ColumnElement, case, func, literal_column, select
from sqlalchemy.orm import Session, selectinload

from register.building import obligation_view, task_view
from register.errors import unknown
from register.models import Correction, Deadline, File, Letter, Obligation, Task, Unit, User
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
from register.task_filter import (
    ANY,
    TaskFilter,
    bodies_like,
    conditions,
    counting,
    looked_up,
    matching,
    with_letters,
)
from register.text import code
from register.views import ObligationView, Slice, TaskRow, TaskView

__all__ = [
    "TaskFilter",
    "TaskSort",
    "bodies",
    "by_ids",
    "count",
    "counted",
    "counts",
    "get",
    "ids",
    "letters_of",
    "listing",
    "looked_up",
    "names",
    "obligation",
    "sums",
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
    found_conditions = conditions(where, today, soon_days, walking=total is not None)
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
    query = counting(select(Obligation.id), where).where(*conditions(where, today, soon_days, walking=True))
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
    if where.selective:
        return sums(s, where, (*STATUSES, "due-soon"), today=today, soon_days=soon_days)
    # Of most of the register: what is open is little; what is done is many, so only counted.
    still_open = replace(where, statuses=("open",))
    found = sums(s, still_open, ("overdue", "in-time", "no-term", "due-soon"), today=today, soon_days=soon_days)
    if where.agency:
        in_time, late = _done_by(s, where, today)
        return found | {"done-in-time": in_time, "done-late": late}
    late = _standing(s, where, LATE, today)
    if where == ANY:
        rest = _standing(s, where, UNCOUNTED, today) + late + found["overdue"] + found["in-time"] + found["no-term"]
        in_time = (s.scalar(select(func.count()).select_from(Obligation)) or 0) - rest
    else:
        in_time = _standing(s, where, IN_TIME, today)
    return found | {"done-in-time": in_time, "done-late": late}


def sums(s: Session, where: TaskFilter, statuses: Sequence[str], *, today: date, soon_days: int) -> dict[str, int]:
    """How many obligations of a filter have each of these statuses, in one row: nothing is sorted."""
    columns = [counted(status_filter(each, today, soon_days=soon_days, index=False)) for each in statuses]
    row = s.execute(counting(select(*columns), where).where(*conditions(where, today))).one()
    return dict(zip(statuses, row, strict=True))


def counted(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """How many rows fulfil the condition: a column."""
    return func.count(case((condition, 1)))


def _standing(s: Session, where: TaskFilter, standing: int, today: date) -> int:
    """How many have this standing; an index holds them."""
    query = counting(select(func.count()), where).where(*matching(where, today), Obligation.standing == standing)
    return s.scalar(query) or 0


def _done_by(s: Session, where: TaskFilter, today: date) -> tuple[int, int]:
    """How many were done in time and late by bodies whose name holds words: the few names, then each in the index, not every row's name."""
    rest, named = replace(where, agency=None), Obligation.body_fold.in_(bodies_like(where.agency or ""))
    columns = (counted(Obligation.standing == each) for each in (IN_TIME, LATE))
    query = counting(select(*columns), rest).where(*matching(rest, today), Obligation.standing.in_((IN_TIME, LATE)), named)
    in_time, late = s.execute(query).one()
    return in_time, late


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
    number, count = func.max(Obligation.id).label("number"), func.count().label("count")
    owing = (
        select(Obligation.body_fold, number, count)
        .where(Obligation.standing == literal_column(str(OPEN)), Obligation.body_fold != "")
        .group_by(Obligation.body_fold)
        .order_by(count.desc(), Obligation.body_fold)
        .limit(limit)
        .with_hint(Obligation, "INDEXED BY ix_obligations_owing", "sqlite")
        .subquery()
    )
    query = select(Obligation.body).join(owing, owing.c.number == Obligation.id)
    return tuple(s.scalars(query.order_by(owing.c.count.desc(), owing.c.body_fold)))


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


_ROW = (
    Obligation.id, Obligation.task_id, Obligation.letter_id, File.name, Task.label, Task.text, Obligation.role, Obligation.body, Obligation.agency_id,
    Obligation.due_on, Obligation.printed_on, Obligation.done_on, Task.report_to, Task.evidence, Letter.kind, Letter.number, Letter.symbol,
    Letter.issuer, Letter.issued_on, Letter.subject, Letter.direction, Obligation.version, Obligation.assignee_id, User.name, Obligation.unit_id,
    Unit.name,
)  # fmt: skip


def _filled(s: Session, obligation_ids: Sequence[int], today: date, soon_days: int) -> tuple[TaskRow, ...]:
    """The rows of these obligations in this order; two queries whatever their number, and only what a row shows."""
    if not obligation_ids:
        return ()
    found = s.execute(
        with_letters(select(*_ROW))
        .join(File, File.id == Letter.file_id)
        .join(User, User.id == Obligation.assignee_id, isouter=True)
        .join(Unit, Unit.id == Obligation.unit_id, isouter=True)
        .where(Obligation.id.in_(obligation_ids))
    ).all()
    deadlines: dict[int, list[tuple[str, str]]] = {}
    of_tasks = select(Deadline.task_id, Deadline.raw, Deadline.kind).where(Deadline.task_id.in_({row[1] for row in found}))
    for task_id, raw, kind in s.execute(of_tasks.order_by(Deadline.position)):
        deadlines.setdefault(task_id, []).append((raw, kind))
    rows = {row[0]: _row(row, deadlines.get(row[1], ()), today, soon_days) for row in found}
    return tuple(rows[each] for each in obligation_ids)


def _row(row: Any, deadlines: Sequence[tuple[str, str]], today: date, soon_days: int) -> TaskRow:
    (
        id, task_id, letter_id, file_name, label, text, role, body, agency_id, due_on, printed_on, done_on, report_to, evidence, kind, number,
        symbol, issuer, issued_on, subject, direction, version, assignee_id, assignee, unit_id, unit,
    ) = row  # fmt: skip
    return TaskRow(
        obligation_id=id,
        task_id=task_id,
        letter_id=letter_id,
        file_name=file_name,
        label=label,
        text=text,
        role=role,
        body=body,
        agency_id=agency_id,
        due_on=due_on,
        printed_on=printed_on,
        done_on=done_on,
        status=status_of(due_on=due_on, done_on=done_on, today=today),
        soon=is_soon(due_on=due_on, done_on=done_on, today=today, days=soon_days),
        days=(due_on - today).days if done_on is None and due_on is not None else None,
        raw_deadlines=tuple(raw for raw, _ in deadlines),
        deadline_kinds=tuple(each for _, each in deadlines),
        report_to=report_to,
        page=(evidence or {}).get("page"),
        letter_kind=kind,
        letter_number=number,
        letter_symbol=symbol,
        letter_code=code(number, symbol),
        letter_issuer=issuer,
        letter_issued_on=issued_on,
        letter_subject=subject,
        direction=direction,
        version=version,
        assignee_id=assignee_id,
        assignee_name=assignee,
        unit_id=unit_id,
        unit_name=unit,
    )
