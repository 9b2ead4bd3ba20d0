"""The outbox: what the search index has yet to hear of, written in the transaction of the change."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, cast

from sqlalchemy import CursorResult, case, delete, func, select, update
from sqlalchemy.orm import Session

from register.models import OutboxEntry

Entity = Literal["letter", "obligation"]
Op = Literal["upsert", "delete"]

MAX_ATTEMPTS = 8


@dataclass(frozen=True, slots=True)
class Change:
    """An entry: the row `entity_id` of `entity` has changed and now has the version `entity_version`.

    Read the row as it is now (`letters.get_many`, `tasks.by_ids`); when it is
    gone or no longer tracked, delete it from the index with this version. A
    letter's references travel with the letter.
    """

    id: int
    entity: str
    entity_id: int
    entity_version: int
    op: str
    created_at: datetime
    attempts: int


@dataclass(frozen=True, slots=True)
class Lag:
    """How far the index is behind: entries waiting, age of the oldest, entries given up."""

    waiting: int
    oldest: timedelta | None
    poison: int


def put(s: Session, entity: Entity, entity_id: int, entity_version: int, op: Op, *, at: datetime) -> None:
    """Write an entry."""
    s.add(
        OutboxEntry(
            entity=entity,
            entity_id=entity_id,
            entity_version=entity_version,
            op=op,
            created_at=at,
            attempts=0,
            poison=False,
        )
    )


_WAITING = (OutboxEntry.done_at.is_(None), OutboxEntry.poison.is_(False))


def pending(s: Session, *, limit: int = 500) -> tuple[Change, ...]:
    """Entries not yet done, oldest first, poisoned ones left out."""
    query = select(OutboxEntry).where(*_WAITING).order_by(OutboxEntry.id).limit(limit)
    return tuple(map(_change, s.scalars(query)))


_UNHEARD = (OutboxEntry.watched_at.is_(None), OutboxEntry.done_at.is_not(None))


def unheard(s: Session, *, limit: int = 100) -> tuple[Change, ...]:
    """Entries that are in the index and that the saved searches have not heard of, oldest first."""
    query = select(OutboxEntry).where(*_UNHEARD).order_by(OutboxEntry.id).limit(limit)
    return tuple(map(_change, s.scalars(query)))


def heard(s: Session, ids: Sequence[int], *, at: datetime) -> None:
    """The saved searches have heard of these."""
    s.execute(
        update(OutboxEntry)
        .where(OutboxEntry.id.in_(ids))
        .values(watched_at=at)
        .execution_options(synchronize_session=False)
    )


def done(s: Session, ids: Sequence[int], *, at: datetime) -> None:
    """These were written to the index."""
    s.execute(
        update(OutboxEntry)
        .where(OutboxEntry.id.in_(ids))
        .values(done_at=at, error=None)
        .execution_options(synchronize_session=False)
    )


def failed(s: Session, ids: Sequence[int], error: str, *, at: datetime, poison: bool = False) -> None:
    """These could not be written; after `MAX_ATTEMPTS`, or with `poison`, they are given up and reported."""
    tried = OutboxEntry.attempts + 1
    s.execute(
        update(OutboxEntry)
        .where(OutboxEntry.id.in_(ids), OutboxEntry.done_at.is_(None))
        .values(
            attempts=tried,
            error=error,
            poison=True if poison else case((tried >= MAX_ATTEMPTS, True), else_=False),
        )
        .execution_options(synchronize_session=False)
    )


def poisoned(s: Session, *, limit: int = 100) -> tuple[tuple[Change, str], ...]:
    """Entries given up, with the error."""
    query = select(OutboxEntry).where(OutboxEntry.poison.is_(True)).order_by(OutboxEntry.id).limit(limit)
    return tuple((_change(row), row.error or "") for row in s.scalars(query))


def settle(s: Session, *, keep: Collection[tuple[str, int]], at: datetime) -> int:
    """The index agrees with the register again: entries given up are done, but for those of `keep`.

    `keep` are (entity, id) of what the index still refuses. Gives how many were settled.
    """
    rows = s.execute(
        select(OutboxEntry.id, OutboxEntry.entity, OutboxEntry.entity_id).where(OutboxEntry.poison.is_(True))
    ).all()
    ids = [id_ for id_, entity, entity_id in rows if (entity, entity_id) not in keep]
    for start in range(0, len(ids), 500):
        s.execute(
            update(OutboxEntry)
            .where(OutboxEntry.id.in_(ids[start : start + 500]))
            .values(poison=False, done_at=at, error=None)
            .execution_options(synchronize_session=False)
        )
    return len(ids)


def revive(s: Session) -> int:
    """Try the poisoned ones again; gives how many."""
    result = s.execute(
        update(OutboxEntry)
        .where(OutboxEntry.poison.is_(True))
        .values(poison=False, attempts=0)
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", result).rowcount


def lag(s: Session, *, at: datetime) -> Lag:
    """How far the index is behind."""
    waiting, oldest = s.execute(select(func.count(), func.min(OutboxEntry.created_at)).where(*_WAITING)).one()
    poison = s.scalar(select(func.count()).where(OutboxEntry.poison.is_(True))) or 0
    return Lag(waiting, at - oldest if oldest else None, poison)


def newest(s: Session) -> int | None:
    """The last entry: while it is the same, hardly anything has changed in the register."""
    return s.scalar(select(func.max(OutboxEntry.id)))


def prune(s: Session, *, before: datetime) -> int:
    """Forget entries done before a moment, of which the saved searches have heard; gives how many."""
    result = s.execute(
        delete(OutboxEntry)
        .where(OutboxEntry.done_at < before, OutboxEntry.watched_at.is_not(None))
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", result).rowcount


def _change(row: OutboxEntry) -> Change:
    return Change(row.id, row.entity, row.entity_id, row.entity_version, row.op, row.created_at, row.attempts)
