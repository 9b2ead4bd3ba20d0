"""The audit trail: who did what, append-only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from register.models import AuditEntry, User


@dataclass(frozen=True, slots=True)
class AuditView:
    """One entry of the audit trail."""

    id: int
    at: datetime
    user_id: int | None
    actor: str
    action: str
    entity: str
    entity_id: int | None
    details: Mapping[str, Any]


def write(
    s: Session,
    action: str,
    entity: str,
    entity_id: int | None,
    *,
    at: datetime,
    by: int | None = None,
    actor: str | None = None,
    **details: Any,
) -> None:
    """Write an entry. `actor` defaults to the login name of `by`, else "program"."""
    if actor is None and by is not None:
        user = s.get(User, by)
        actor = user.login if user else None
    s.add(
        AuditEntry(
            at=at,
            user_id=by,
            actor=actor or "program",
            action=action,
            entity=entity,
            entity_id=entity_id,
            details=details,
        )
    )


def listing(
    s: Session,
    *,
    entity: str | None = None,
    entity_id: int | None = None,
    action: str | None = None,
    user_id: int | None = None,
    before_id: int | None = None,
    limit: int = 100,
) -> tuple[AuditView, ...]:
    """Entries, newest first; `before_id` continues an earlier page."""
    query = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(limit)
    for column, value in (
        (AuditEntry.entity, entity),
        (AuditEntry.entity_id, entity_id),
        (AuditEntry.action, action),
        (AuditEntry.user_id, user_id),
    ):
        if value is not None:
            query = query.where(column == value)
    if before_id is not None:
        query = query.where(AuditEntry.id < before_id)
    return tuple(
        AuditView(row.id, row.at, row.user_id, row.actor, row.action, row.entity, row.entity_id, row.details)
        for row in s.scalars(query)
    )
