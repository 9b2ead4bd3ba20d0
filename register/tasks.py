"""The list of tasks: one row per responsible body, with filters, counts and paging."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy.orm import Session

from register.status import SOON_DAYS
from register.views import ObligationView, Slice, TaskRow, TaskView

TaskSort = Literal["due", "issued", "body", "letter"]


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """Which obligations. All given conditions must hold.

    `agency` is a part of the printed body, with or without diacritics;
    `agency_id` the canonical id; `statuses` as in `register.status.STATUSES`,
    or "due-soon", "open", "done" (joined by "or"); `due_before` and
    `due_after` inclusive, on the safe due day; `role` "lead" or
    "cooperating"; `kind` the letter's kind; `text` a part of the task's text.
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
    raise NotImplementedError


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
    raise NotImplementedError


def by_ids(
    s: Session, obligation_ids: Sequence[int], *, today: date, soon_days: int = SOON_DAYS
) -> tuple[TaskRow, ...]:
    """Rows of these obligations in the order asked; those that are gone or not tracked are left out."""
    raise NotImplementedError


def ids(s: Session) -> Iterator[tuple[int, int]]:
    """Ids and versions of all tracked obligations, for reconciling an index."""
    raise NotImplementedError


def agencies(s: Session, *, today: date, limit: int = 200) -> tuple[tuple[str, dict[str, int]], ...]:
    """Bodies with their counts by status, the one with the most obligations first."""
    raise NotImplementedError


def get(s: Session, task_id: int) -> TaskView:
    """One task. BadRequest "task-unknown" if there is none."""
    raise NotImplementedError


def obligation(s: Session, obligation_id: int) -> ObligationView:
    """One obligation. BadRequest "obligation-unknown" if there is none."""
    raise NotImplementedError
