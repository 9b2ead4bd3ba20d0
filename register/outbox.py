"""The outbox: what the search index has yet to hear of, written in the transaction of the change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy.orm import Session

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
    raise NotImplementedError


def pending(s: Session, *, limit: int = 500) -> tuple[Change, ...]:
    """Entries not yet done, oldest first, poisoned ones left out."""
    raise NotImplementedError


def done(s: Session, ids: Sequence[int], *, at: datetime) -> None:
    """These were written to the index."""
    raise NotImplementedError


def failed(s: Session, ids: Sequence[int], error: str, *, at: datetime, poison: bool = False) -> None:
    """These could not be written; after `MAX_ATTEMPTS`, or with `poison`, they are given up and reported."""
    raise NotImplementedError


def poisoned(s: Session, *, limit: int = 100) -> tuple[tuple[Change, str], ...]:
    """Entries given up, with the error."""
    raise NotImplementedError


def revive(s: Session) -> int:
    """Try the poisoned ones again; gives how many."""
    raise NotImplementedError


def lag(s: Session, *, at: datetime) -> Lag:
    """How far the index is behind."""
    raise NotImplementedError


def prune(s: Session, *, before: datetime) -> int:
    """Forget entries done before a moment; gives how many."""
    raise NotImplementedError
