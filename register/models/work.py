"""Tables of the machinery: people, sessions, audit, jobs and the outbox."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from register.models.base import AUTO, Base, Short

OPEN = text("done_at IS NULL")
UNHEARD = text("watched_at IS NULL")


class User(Base):
    """Someone who signs in. `role` is one of `register.users.ROLES`, `language` "vi" or "en".

    `unit_id` is the unit the user belongs to; no foreign key (see `register.models.graph`).
    `provider_subject` is the identity by which the sign-in provider knows the user, None before the first such sign-in.
    Reminders go to `email` as `mail` says: each, digest or off (`register.mailing`).
    """

    __tablename__ = "users"
    __table_args__ = (AUTO,)

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password_hash: Mapped[str] = mapped_column(deferred=True)
    role: Mapped[str] = mapped_column(Short)
    language: Mapped[str] = mapped_column(Short)
    must_change_password: Mapped[bool]
    active: Mapped[bool]
    created_at: Mapped[datetime]
    unit_id: Mapped[int | None] = mapped_column(index=True)
    email: Mapped[str | None]
    mail: Mapped[str] = mapped_column(Short, default="each", server_default="each")
    provider_subject: Mapped[str | None]


class WebSession(Base):
    """A signed-in browser. Only the SHA-256 of its token is kept; `agent` is what the browser calls itself."""

    __tablename__ = "web_sessions"

    token_hash: Mapped[str] = mapped_column(Short, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    agent: Mapped[str | None]

    user: Mapped[User] = relationship()


class ApiToken(Base):
    """A token with which a program acts as a user under /api. Only its SHA-256 is kept.

    `seen_at` is when it was last used, to within some minutes; `expires_at` None: until it is revoked.
    """

    __tablename__ = "api_tokens"
    __table_args__ = (AUTO,)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    token_hash: Mapped[str] = mapped_column(Short, unique=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]


class Attempts(Base):
    """Failed sign-ins of one login name or one address within the current window."""

    __tablename__ = "attempts"

    key: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    since: Mapped[datetime]


class AuditEntry(Base):
    """Who did what; append-only (triggers in the database refuse change and deletion).

    `actor` is the login name, or "worker", "command"; `details` a JSON object.
    """

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_entity", "entity", "entity_id"), AUTO)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    user_id: Mapped[int | None]
    actor: Mapped[str]
    action: Mapped[str] = mapped_column(Short)
    entity: Mapped[str] = mapped_column(Short)
    entity_id: Mapped[int | None]
    details: Mapped[Any] = mapped_column(JSON)


class Job(Base):
    """A step of work for the workers.

    `step_key` (content hash + step + version) is unique: the same step is
    never queued twice. `state`: queued, running, done, failed. `lease_until`
    belongs to a running job: past it the worker is taken for dead.
    """

    __tablename__ = "jobs"
    __table_args__ = (Index("ix_jobs_next", "state", "run_after"), AUTO)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(Short)
    step_key: Mapped[str] = mapped_column(unique=True)
    payload: Mapped[Any] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(Short)
    run_after: Mapped[datetime]
    lease_until: Mapped[datetime | None]
    worker: Mapped[str | None]
    attempts: Mapped[int]
    max_attempts: Mapped[int]
    progress: Mapped[Any] = mapped_column(JSON)
    last_error: Mapped[str | None]
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class OutboxEntry(Base):
    """A change that the search index has yet to hear of.

    `entity` is "letter" or "obligation", `op` "upsert" or "delete",
    `entity_version` the row's version. A `poison` entry was refused for good.
    `watched_at` says when the saved searches heard of it, after it was done.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("entity", "entity_id", "entity_version"),
        Index("ix_outbox_open", "id", sqlite_where=OPEN, postgresql_where=OPEN),
        Index("ix_outbox_unheard", "id", sqlite_where=UNHEARD, postgresql_where=UNHEARD),
        AUTO,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    entity: Mapped[str] = mapped_column(Short)
    entity_id: Mapped[int]
    entity_version: Mapped[int]
    op: Mapped[str] = mapped_column(Short)
    created_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    attempts: Mapped[int]
    error: Mapped[str | None]
    poison: Mapped[bool]
    watched_at: Mapped[datetime | None]
