"""The list of tasks: one row per responsible body, with filters, counts and paging."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, case, exists, func, or_, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from register.building import obligation_view, task_view
from register.errors import refused, unknown
from register.models import Correction, Deadline, File, Letter, Obligation, Task, Unit, User
from register.status import SOON_DAYS, STATUSES, is_soon, status_column, status_filter, status_of
from register.text import code, contains, fold
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
    `body` is the whole printed body ("": nobody is named); `late_from` and
    `late_to` days late, inclusive, of what is open; `recurring` asks for
    those with a recurring deadline; `given_from` and `given_to` inclusive, on
    the day the letter was issued.
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
    body: str | None = None
    late_from: int | None = None
    late_to: int | None = None
    recurring: bool = False
    given_from: date | None = None
    given_to: date | None = None

    @property
    def joined(self) -> bool:
        """Whether the letter or the task must be looked at, not the obligation alone."""
        words = (self.kind, self.direction, self.issuer, self.text)
        return any(each is not None for each in (*words, self.given_from, self.given_to))


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
    some = counting(select(Obligation.id), where) if sort in ("due", "done") else _from(select(Obligation.id))
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
    where = replace(where, statuses=(status,))
    order = (
        (Obligation.done_on.desc(), Obligation.id.desc())
        if newest
        else (Obligation.due_on.asc().nulls_last(), Obligation.letter_id, Obligation.id)
    )
    query = counting(select(Obligation.id), where).where(*conditions(where, today, soon_days))
    return _filled(s, list(s.scalars(query.order_by(*order).limit(limit))), today, soon_days)


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
    where = replace(where, statuses=())
    every = conditions(where, today, soon_days)
    words = (*STATUSES, "due-soon")
    columns = [
        func.sum(case((status_filter(word, today, soon_days=soon_days), 1), else_=0)) for word in words
    ]
    found = s.execute(counting(select(*columns), where).where(*every)).one()
    return {word: count or 0 for word, count in zip(words, found, strict=True)}


def by_ids(
    s: Session, obligation_ids: Sequence[int], *, today: date, soon_days: int = SOON_DAYS
) -> tuple[TaskRow, ...]:
    """Rows of these obligations in the order asked; those that are gone or not tracked are left out."""
    if not obligation_ids:
        return ()
    tracked = select(Obligation.id).where(Obligation.tracked, Obligation.id.in_(obligation_ids))
    kept = set(s.scalars(tracked))
    return _filled(s, [each for each in obligation_ids if each in kept], today, soon_days)


def letters_of(s: Session, obligation_ids: Collection[int]) -> frozenset[int]:
    """The letters of these obligations; unknown ids are left out."""
    if not obligation_ids:
        return frozenset()
    return frozenset(s.scalars(select(Obligation.letter_id).where(Obligation.id.in_(obligation_ids))))


def ids(s: Session) -> Iterator[tuple[int, int]]:
    """Ids and versions of all tracked obligations, for reconciling an index."""
    query = select(Obligation.id, Obligation.version).where(Obligation.tracked).order_by(Obligation.id)
    yield from s.execute(query)


def count(s: Session) -> int:
    """How many obligations are tracked."""
    return s.scalar(select(func.count(Obligation.id)).where(Obligation.tracked)) or 0


def agencies(s: Session, *, today: date, limit: int = 200) -> tuple[tuple[str, dict[str, int]], ...]:
    """Bodies with their counts by status, the one with the most obligations first."""
    status = status_column(today).label("status")
    inner = (
        select(Obligation.body, Obligation.body_fold, status)
        .where(Obligation.tracked, Obligation.body != "")
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


def bodies(s: Session, limit: int = 200) -> tuple[str, ...]:
    """Bodies that owe something now, the one that owes most first: names to choose from."""
    query = (
        select(func.max(Obligation.body))
        .where(Obligation.tracked, Obligation.done_on.is_(None), Obligation.body_fold != "")
        .group_by(Obligation.body_fold)
        .order_by(func.count().desc(), Obligation.body_fold)
    )
    return tuple(s.scalars(query.limit(limit)))


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


def _filled(s: Session, obligation_ids: Sequence[int], today: date, soon_days: int) -> tuple[TaskRow, ...]:
    """The rows of these obligations in this order; two queries whatever their number."""
    if not obligation_ids:
        return ()
    found = s.execute(_rows().where(Obligation.id.in_(obligation_ids)))
    rows = {each[0].id: _row(*each, today, soon_days) for each in found}
    return tuple(rows[each] for each in obligation_ids)


def counting(query: Any, where: TaskFilter) -> Any:
    """A query over obligations, with their letters and tasks only where the filter looks at them."""
    return _from(query) if where.joined else query.select_from(Obligation)


def conditions(where: TaskFilter, today: date, soon_days: int = SOON_DAYS) -> list[ColumnElement[bool]]:
    """What obligations of a filter fulfil, for a query made by `counting`. BadRequest as in `listing`."""
    result: list[ColumnElement[bool]] = [Obligation.tracked.is_(True)]
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
    if where.body is not None:
        result.append(Obligation.body_fold == fold(where.body))
    result += _days(where, today)
    if where.statuses:
        result.append(or_(*(_status(each, today, soon_days) for each in where.statuses)))
    return result


def _days(where: TaskFilter, today: date) -> Iterator[ColumnElement[bool]]:
    if where.recurring:
        recurs = exists().where(Deadline.task_id == Obligation.task_id, Deadline.kind == "recurring")
        yield recurs
    if where.late_from is not None or where.late_to is not None:
        yield Obligation.done_on.is_(None)
    if where.late_from is not None:
        yield Obligation.due_on <= today - timedelta(days=where.late_from)
    if where.late_to is not None:
        yield Obligation.due_on >= today - timedelta(days=where.late_to)
    if where.given_from:
        yield Letter.issued_on >= where.given_from
    if where.given_to:
        yield Letter.issued_on <= where.given_to
    if where.due_before:
        yield Obligation.due_on <= where.due_before
    if where.due_after:
        yield Obligation.due_on >= where.due_after


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
