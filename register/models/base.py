"""Column types and the declarative base that all tables share."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, MetaData, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

Json = Any
"""A JSON value: what `json.loads` gives."""

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
"""Names of constraints, so that a migration can name what it changes on both databases."""


class Clean(TypeDecorator[str]):
    """Text without NUL bytes: SQLite takes them, PostgreSQL refuses the whole row."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Strip NUL bytes on the way in."""
        return value.replace("\x00", "") if value else value


class Short(TypeDecorator[str]):
    """A short word of the program's own (a state, a kind), at most 64 characters."""

    impl = String(64)
    cache_ok = True


class Instant(TypeDecorator[datetime]):
    """A moment in UTC. Goes in with a time zone, comes out in UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC; SQLite keeps no zone, so it gets the bare UTC time."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Always in UTC, always with its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def to_json_text(value: Json) -> str:
    """Compact JSON in plain Vietnamese letters, without NUL characters (PostgreSQL refuses them)."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("\\u0000", "") if "\\u0000" in text else text


AUTO = {"sqlite_autoincrement": True}
"""An id is never used again, also after its row is deleted: the search index and links outlive rows."""


class Base(DeclarativeBase):
    """Base of all tables."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: Instant, str: Clean}  # noqa: RUF012 - the form SQLAlchemy asks for
