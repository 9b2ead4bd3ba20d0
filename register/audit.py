"""The audit trail: who did what, append-only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session


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
    raise NotImplementedError


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
    raise NotImplementedError
