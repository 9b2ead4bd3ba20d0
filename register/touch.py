"""Telling the search index: a changed row gets a new version and an outbox entry, once per transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from register import outbox
from register.models import Letter, Obligation, Task


def tracked(task: Task) -> bool:
    """Whether a task's obligations count: announcing sentences and dropped tasks never do."""
    return task.state == "active" and not task.optional


def letter(s: Session, row: Letter, *, at: datetime, obligations: bool = False) -> None:
    """A letter has changed; with `obligations` also what the index shows of it beside each of them."""
    if _first_time(s, "letter", row.id):
        row.version += 1
        row.changed_at = at
        outbox.put(
            s, "letter", row.id, row.version, "delete" if row.state == "withdrawn" else "upsert", at=at
        )
    if obligations:
        for each in s.scalars(
            select(Obligation).where(Obligation.letter_id == row.id).options(selectinload(Obligation.task))
        ):
            obligation(s, each, at=at)


def obligation(s: Session, row: Obligation, *, at: datetime) -> None:
    """An obligation has changed."""
    if _first_time(s, "obligation", row.id):
        row.version += 1
        row.changed_at = at
        gone = row.cancelled_on is not None or not tracked(row.task) or row.task.letter.state == "withdrawn"
        outbox.put(s, "obligation", row.id, row.version, "delete" if gone else "upsert", at=at)


def obligation_gone(s: Session, row: Obligation, *, at: datetime) -> None:
    """An obligation is deleted; the version grows once more, so that a late upsert cannot bring it back."""
    outbox.put(s, "obligation", row.id, row.version + 1, "delete", at=at)


def letter_gone(s: Session, row: Letter, *, at: datetime) -> None:
    """A letter is deleted."""
    outbox.put(s, "letter", row.id, row.version + 1, "delete", at=at)


def _first_time(s: Session, entity: str, number: int) -> bool:
    seen = s.info.setdefault("touched", set())
    if (entity, number) in seen:
        return False
    seen.add((entity, number))
    return True
