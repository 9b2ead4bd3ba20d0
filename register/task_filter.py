"""Which obligations: the filter of lists, counts and figures, and its conditions in SQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, exists, func, literal_column, or_, select
from sqlalchemy.orm import Session

from register.errors import refused
from register.models import Deadline, Letter, Obligation, Task
from register.status import SOON_DAYS, STATUSES, UNCOUNTED, status_filter
from register.text import contains, fold


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
    the day the letter was issued. `task_ids` are the tasks themselves (`looked_up`).
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
    task_ids: tuple[int, ...] | None = None

    @property
    def selective(self) -> bool:
        """Whether it leaves little of the register, by the words of a task or one thing: other indexes than that on standings serve it."""
        things = (
            self.agency_id,
            self.letter_id,
            self.assignee_id,
            self.unit_id,
            self.body,
            self.text,
            self.task_ids,
        )
        return any(each is not None for each in things)

    @property
    def joined(self) -> bool:
        """Whether the letter must be looked at, not the obligation alone."""
        words = (self.kind, self.direction, self.issuer)
        return any(each is not None for each in (*words, self.given_from, self.given_to))


ANY = TaskFilter()
"""No condition at all."""


def with_letters(query: Any) -> Any:
    """A query over obligations with their tasks and letters."""
    return (
        query.select_from(Obligation)
        .join(Task, Task.id == Obligation.task_id)
        .join(Letter, Letter.id == Obligation.letter_id)
    )


def counting(query: Any, where: TaskFilter) -> Any:
    """A query over obligations, with their letters and tasks only where the filter looks at them."""
    return with_letters(query) if where.joined else query.select_from(Obligation)


FEW_TASKS = 300
"""So many tasks are named in a query; more are found by their words once more."""


def looked_up(s: Session, where: TaskFilter) -> TaskFilter:
    """The same filter with the tasks that hold its words where they are few: looked for once, not in each of several queries."""
    if not where.text:
        return where
    found = s.scalars(select(Task.id).where(contains(Task.text_fold, where.text)).limit(FEW_TASKS + 1)).all()
    return where if len(found) > FEW_TASKS else replace(where, text=None, task_ids=tuple(found))


def conditions(
    where: TaskFilter, today: date, soon_days: int = SOON_DAYS, *, walking: bool = False
) -> list[ColumnElement[bool]]:
    """What obligations of a filter fulfil that count, for a query made by `counting`. BadRequest as in `register.tasks.listing`.

    `walking`: the query takes the first rows in the order of an index.
    """
    # "+ 0" keeps SQLite from starting with the index on standings, which would leave nearly all rows.
    standing = Obligation.standing + 0 if where.selective or not where.statuses else Obligation.standing
    result: list[ColumnElement[bool]] = [standing > UNCOUNTED, *matching(where, today, walking=walking)]
    if where.statuses:
        result.append(or_(*(_status(each, today, soon_days) for each in where.statuses)))
    return result


def matching(where: TaskFilter, today: date, *, walking: bool = False) -> list[ColumnElement[bool]]:
    """The conditions of a filter without statuses, whether an obligation counts or not; `walking` as in `conditions`."""
    result: list[ColumnElement[bool]] = []
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
        words = contains(Task.text_fold, where.text)
        # Row by row until there are enough, or of the index alone before any obligation is looked at.
        result.append(
            exists().where(Task.id == Obligation.task_id, words).correlate(Obligation) if walking else Obligation.task_id.in_(select(Task.id).where(words))
        )
    if where.task_ids is not None:
        result.append(Obligation.task_id.in_(where.task_ids))
    if where.body is not None:
        result.append(Obligation.body_fold == fold(where.body))
    result += _days(where, today)
    return result


def _days(where: TaskFilter, today: date) -> Iterator[ColumnElement[bool]]:
    if where.recurring:
        recurring = select(Deadline.task_id).where(Deadline.kind == literal_column("'recurring'"))  # a partial index holds them
        yield Obligation.task_id.in_(recurring)
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


def bodies_like(words: str) -> Any:
    """The different bodies that hold these words: from one to the next in the index, not over all obligations."""
    least = select(func.min(Obligation.body_fold).label("name")).cte("bodies", recursive=True)
    following = select(func.min(Obligation.body_fold)).where(Obligation.body_fold > least.c.name)
    every = least.union_all(select(following.scalar_subquery()).where(least.c.name.is_not(None)))
    return select(every.c.name).where(every.c.name.contains(fold(words), autoescape=True))
