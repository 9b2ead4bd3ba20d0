"""Tables of what people are told: reminders of due days, and addresses of calendar feeds."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from register.models.base import AUTO, Base, Short


class Reminder(Base):
    """A user was reminded of a due day of an obligation; each kind once per day it concerns.

    `kind` is "7", "3", "1" (working days before) or "late". A due day that
    moves reminds anew. `mail`: none (in the program only), queued, sent or
    failed; `seen_at` is when the user looked at it.
    """

    __tablename__ = "reminders"
    __table_args__ = (
        UniqueConstraint("obligation_id", "user_id", "kind", "due_on"),
        Index("ix_reminders_user_id", "user_id", "seen_at"),
        AUTO,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligations.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(Short)
    due_on: Mapped[date]
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    mail: Mapped[str] = mapped_column(Short)
    mailed_at: Mapped[datetime | None]


class CalendarFeed(Base):
    """A secret address at which a calendar program reads obligations; only the SHA-256 of its token is kept.

    `scope`: own (what the user or the user's unit looks after or helps with),
    unit (`unit_id`) or agency (`agency`, a part of the printed name). `form`:
    event (VEVENT) or todo (VTODO). What it shows is what its user may see at
    the time of each request.
    """

    __tablename__ = "calendar_feeds"
    __table_args__ = (AUTO,)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    scope: Mapped[str] = mapped_column(Short)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    agency: Mapped[str | None]
    form: Mapped[str] = mapped_column(Short)
    token_hash: Mapped[str] = mapped_column(Short, unique=True)
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
