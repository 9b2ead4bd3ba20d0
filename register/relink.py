"""Obligations whose body got another identity, after the office added a name to the registry or took one back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from register import touch
from register.agencies import agency_resolver
from register.models import Letter, Obligation, Task
from register.text import fold


def relink(s: Session, name: str, *, at: datetime) -> int:
    """Find out anew whose duty the obligations of a printed name are; gives how many changed."""
    rows = s.scalars(
        select(Obligation)
        .where(Obligation.body_fold == fold(name))
        .options(
            selectinload(Obligation.task).selectinload(Task.letter).selectinload(Letter.file),
        )
    )
    changed = 0
    for row in rows:
        found = agency_resolver(row.task.letter)(row.body)
        if found != row.agency_id:
            row.agency_id = found
            touch.obligation(s, row, at=at)
            changed += 1
    return changed
