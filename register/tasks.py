"""The list of tasks: one row per responsible body, with filters, counts and paging."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from register.building import obligation_view, task_view
from register.errors import refused, unknown
from register.models import Correction, File, Letter, Obligation, Task, Unit, User
from register.status import SOON_DAYS, STATUSES, is_soon, status_column, status_filter, status_of
from register.text import code, contains
from register.views import ObligationView, Slice, TaskRow, TaskView

TaskSort = Literal["due", "issued", "body", "letter", "done"]


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """Which obligations. All given conditions must hold.

    `agency` is a part of the printed body, with or without diacritics;
    `agency_id` the canonical id; `statuses` as in `register.status.STATUSES`,
    or "due-soon", "later", "open", "done" (joined by "or"); `due_before` and
    `due_after` inclusive, on the safe due day; `role` "lead" or
    "cooperating"; `kind` the letter's kind; `text` a part of the task's text;
    `assignee_id` the user who looks after it, `unit_id` the unit that does,
    `unassigned` that neither a person nor a unit does.
    """

    agency: str | None = None
    agency_id: str | None = None
    statuses: tuple[str, ...] = ()
    due_before: date | None = None
    due_after: date | None = None
    letter_id: int | None = None
    role: str | None = None
    kind: str | None = None
    direction: str | None = None
    issuer: str | None = None
    text: str | None = None
    assignee_id: int | None = None
    unit_id: int | None = None
    unassigned: bool = False


def listing(
    s: Session,
    where: TaskFilter = TaskFilter(),
    *,
    today: date,
    sort: TaskSort = "due",
    descending: bool = False,
    offset: int = 0,
    limit: int = 50,
    soon_days: int = SOON_DAYS,
) -> Slice[TaskRow]:
    """A page of obligations in a fixed number of queries; those without a due day come last.

    Optional sentences, dropped and withdrawn tasks and cancelled obligations
    never appear. BadRequest "status-unknown" for a status that is none.
    """
    conditions = _conditions(where, today, soon_days)
    total = s.scalar(_from(select(func.count())).where(*conditions)) or 0
    keys: dict[str, tuple[Any, ...]] = {
        "due": (Obligation.due_on, Letter.id, Task.position, Obligation.position, Obligation.id),
        "issued": (Letter.issued_on, Letter.id, Task.position, Obligation.position, Obligation.id),
        "body": (Obligation.body_fold, Obligation.due_on, Obligation.id),
        "letter": (Letter.id, Task.position, Obligation.position, Obligation.id),
        "done": (Obligation.done_on, Obligation.id),
    }
    order = [(key.desc() if descending else key.asc()).nulls_last() for key in keys[sort]]
    query = _rows().where(*conditions).order_by(*order).offset(offset).limit(limit)
    found = s.execute(query)
    return Slice(tuple(_row(*each, today, soon_days) for each in found), total, offset, limit)


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
    conditions = _conditions(replace(where, statuses=(status,)), today, soon_days)
    order = (
        (Obligation.done_on.desc(), Obligation.id.desc())
        if newest
        else (Obligation.due_on.asc().nulls_last(), Letter.id, Task.position, Obligation.id)
    )
    query = _rows().where(*conditions).order_by(*order).limit(limit)
    return tuple(_row(*each, today, soon_days) for each in s.execute(query))


def counts(
    s: Session,
    where: TaskFilter = TaskFilter(),
    *,
    today: date,
    soon_days: int = SOON_DAYS,
) -> dict[str, int]:
    """Obligations by status, with "due-soon" beside; every status is there, also with 0.

    `where.statuses` is left out of account.
    """
    conditions = _conditions(replace(where, statuses=()), today, soon_days)
    status = status_column(today).label("status")
    inner = _from(select(status)).where(*conditions).subquery()
    found: dict[str, int] = dict(
        s.execute(select(inner.c.status, func.count()).group_by(inner.c.status)).all()
    )
    result: dict[str, int] = {each: found.get(each, 0) for each in STATUSES}
    soon = _from(select(func.count())).where(
        *conditions, status_filter("due-soon", today, soon_days=soon_days)
    )
    result["due-soon"] = s.scalar(soon) or 0
    return result


def by_ids(
    s: Session, obligation_ids: Sequence[int], *, today: date, soon_days: int = SOON_DAYS
) -> tuple[TaskRow, ...]:
    """Rows of these obligations in the order asked; those that are gone or not tracked are left out."""
    if not obligation_ids:
        return ()
    query = _rows().where(*_tracked(), Obligation.id.in_(obligation_ids))
    rows = {each[0].id: _row(*each, today, soon_days) for each in s.execute(query)}
    return tuple(rows[each] for each in obligation_ids if each in rows)


def letters_of(s: Session, obligation_ids: Collection[int]) -> frozenset[int]:
    """The letters of these obligations; unknown ids are left out."""
    if not obligation_ids:
        return frozenset()
    return frozenset(s.scalars(select(Obligation.letter_id).where(Obligation.id.in_(obligation_ids))))


def ids(s: Session) -> Iterator[tuple[int, int]]:
    """Ids and versions of all tracked obligations, for reconciling an index."""
    query = _from(select(Obligation.id, Obligation.version)).where(*_tracked()).order_by(Obligation.id)
    yield from s.execute(query)


def count(s: Session) -> int:
    """How many obligations are tracked."""
    return s.scalar(_from(select(func.count(Obligation.id))).where(*_tracked())) or 0


def agencies(s: Session, *, today: date, limit: int = 200) -> tuple[tuple[str, dict[str, int]], ...]:
    """Bodies with their counts by status, the one with the most obligations first."""
    status = status_column(today).label("status")
    inner = (
        _from(select(Obligation.body, Obligation.body_fold, status))
        .where(*_tracked(), Obligation.body != "")
        .subquery()
    )
    query = select(inner.c.body_fold, func.min(inner.c.body), inner.c.status, func.count()).group_by(
        inner.c.body_fold, inner.c.status
    )
    names: dict[str, str] = {}
    table: dict[str, dict[str, int]] = {}
    for key, name, word, count in s.execute(query):
        names[key] = max(names.get(key, name), name)
        table.setdefault(key, dict.fromkeys(STATUSES, 0))[word] = count
    ranked = sorted(table, key=lambda key: (-sum(table[key].values()), key))
    return tuple((names[key], table[key]) for key in ranked[:limit])


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


def _from(query: Any) -> Any:
    return (
        query.select_from(Obligation)
        .join(Task, Task.id == Obligation.task_id)
        .join(Letter, Letter.id == Obligation.letter_id)
    )


def _rows() -> Select[Obligation, str, str | None, str | None]:
    query: Select[Obligation, str, str | None, str | None] = (
        _from(select(Obligation, File.name, User.name, Unit.name))
        .join(File, File.id == Letter.file_id)
        .join(User, User.id == Obligation.assignee_id, isouter=True)
        .join(Unit, Unit.id == Obligation.unit_id, isouter=True)
    )
    return query.options(
        contains_eager(Obligation.task).selectinload(Task.deadlines), contains_eager(Obligation.letter)
    )


def _tracked() -> list[ColumnElement[bool]]:
    return [
        Task.state == "active",
        Task.optional.is_(False),
        Letter.state != "withdrawn",
        Obligation.cancelled_on.is_(None),
    ]


def _conditions(where: TaskFilter, today: date, soon_days: int) -> list[ColumnElement[bool]]:
    result = _tracked()
    exact: tuple[tuple[Any, Any], ...] = (
        (Obligation.agency_id, where.agency_id),
        (Obligation.letter_id, where.letter_id),
        (Obligation.role, where.role),
        (Letter.kind, where.kind),
        (Letter.direction, where.direction),
        (Obligation.assignee_id, where.assignee_id),
        (Obligation.unit_id, where.unit_id),
    )
    result.extend(column == value for column, value in exact if value is not None)
    if where.unassigned:
        result += [Obligation.assignee_id.is_(None), Obligation.unit_id.is_(None)]
    if where.agency:
        result.append(contains(Obligation.body_fold, where.agency))
    if where.issuer:
        result.append(contains(Letter.issuer_fold, where.issuer))
    if where.text:
        result.append(contains(Task.text_fold, where.text))
    if where.due_before:
        result.append(Obligation.due_on <= where.due_before)
    if where.due_after:
        result.append(Obligation.due_on >= where.due_after)
    if where.statuses:
        result.append(or_(*(_status(each, today, soon_days) for each in where.statuses)))
    return result


def _status(word: str, today: date, soon_days: int) -> ColumnElement[bool]:
    try:
        return status_filter(word, today, soon_days=soon_days)
    except KeyError:
        known = ", ".join((*STATUSES, "due-soon", "later", "open", "done"))
        raise refused(
            "status-unknown",
            f"Không có trạng thái “{word}”.",
            f"There is no status “{word}”.",
            f"Các trạng thái: {known}.",
            f"Statuses: {known}.",
        ) from None


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
