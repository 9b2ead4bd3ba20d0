"""INSERT … ON CONFLICT DO NOTHING, the same on both databases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import TextClause

from register.models import Base


def insert_ignoring(
    s: Session,
    model: type[Base],
    values: Mapping[str, Any],
    *,
    conflict: Sequence[str],
    where: TextClause | None = None,
) -> bool:
    """Insert a row unless one with the same unique columns is there; True if it was inserted.

    Unlike a look before the insert this holds when two do it at once. `where`
    is the condition of a partial unique index.
    """
    key = next(iter(model.__table__.primary_key))
    if s.get_bind().dialect.name == "sqlite":
        lite = sqlite.insert(model).values(**values)
        query = lite.on_conflict_do_nothing(index_elements=list(conflict), index_where=where).returning(key)
        return s.execute(query).first() is not None
    great = postgresql.insert(model).values(**values)
    return (
        s.execute(
            great.on_conflict_do_nothing(index_elements=list(conflict), index_where=where).returning(key)
        ).first()
        is not None
    )
