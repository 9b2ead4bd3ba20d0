"""The audit trail looked through: who did what with which thing, in which period."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from register.audit import AuditView
from register.models import AuditEntry
from register.views import Slice


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """What to look for; what is None or empty does not narrow. `actor` is a login name or a part of it.

    The period is half-open: from `since` up to, not including, `until`.
    """

    actor: str | None = None
    action: str | None = None
    entity: str | None = None
    entity_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None


def find(s: Session, where: TrailFilter, *, offset: int = 0, limit: int = 100) -> Slice[AuditView]:
    """Entries, newest first."""
    query = _narrowed(where)
    total = s.scalar(select(func.count()).select_from(query.subquery())) or 0
    rows = s.scalars(query.order_by(AuditEntry.id.desc()).offset(offset).limit(limit))
    return Slice(tuple(map(_view, rows)), total, offset, limit)


def every(s: Session, where: TrailFilter, *, most: int) -> Iterator[AuditView]:
    """Entries, newest first, at most `most`, a batch in memory at a time."""
    query = _narrowed(where).order_by(AuditEntry.id.desc()).limit(most)
    for row in s.scalars(query.execution_options(yield_per=500)):
        yield _view(row)


def kinds(s: Session) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The actions and the entities that occur in the trail, by name."""
    actions = s.scalars(select(AuditEntry.action).distinct().order_by(AuditEntry.action))
    entities = s.scalars(select(AuditEntry.entity).distinct().order_by(AuditEntry.entity))
    return tuple(actions), tuple(entities)


def _narrowed(where: TrailFilter) -> Select[Any]:
    query = select(AuditEntry)
    if where.actor:
        query = query.where(AuditEntry.actor.icontains(where.actor, autoescape=True))
    for column, value in (
        (AuditEntry.action, where.action),
        (AuditEntry.entity, where.entity),
        (AuditEntry.entity_id, where.entity_id),
    ):
        if value is not None and value != "":
            query = query.where(column == value)
    if where.since is not None:
        query = query.where(AuditEntry.at >= where.since)
    if where.until is not None:
        query = query.where(AuditEntry.at < where.until)
    return query


def _view(row: AuditEntry) -> AuditView:
    return AuditView(
        row.id, row.at, row.user_id, row.actor, row.action, row.entity, row.entity_id, row.details
    )
