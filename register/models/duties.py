"""Tables of what must be done: tasks, deadlines, obligations, occurrences and their history."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ColumnElement, ForeignKey, Index, SmallInteger, UniqueConstraint, text
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from register.models.base import AUTO, Base, Short
from register.models.documents import Letter

RECURRING = text("kind = 'recurring'")
OWING = text("standing = 1")


class Task(Base):
    """A unit in which a letter directs somebody to do something (nhiệm vụ), after corrections.

    `key` is the folded text the program read, by which a later processing
    finds the same task again; corrections do not change it. `origin` is
    "program" or "person". `state`: active; dropped (a person said it is no
    task); withdrawn (a later processing no longer finds it, but people had
    decided on it). `optional` sentences only announce: shown, never tracked.
    `responsible` and `coordinating` are lists of {"text", "evidence"}; the
    obligations follow from them. `particulars` holds such lists under
    "report_to", "channel", "conditions", "exceptions" and "products" as the
    program read them; `report_to` is what stands, after corrections.
    """

    __tablename__ = "tasks"
    __table_args__ = (AUTO,)

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    label: Mapped[str | None]
    text: Mapped[str]
    text_fold: Mapped[str] = mapped_column(deferred=True, index=True)
    key: Mapped[str] = mapped_column(deferred=True)
    evidence: Mapped[Any] = mapped_column(JSON)
    optional: Mapped[bool]
    inherited: Mapped[bool]
    responsible: Mapped[Any] = mapped_column(JSON)
    coordinating: Mapped[Any] = mapped_column(JSON)
    report_to: Mapped[str | None]
    particulars: Mapped[Any] = mapped_column(JSON, default=dict, server_default="{}")
    origin: Mapped[str] = mapped_column(Short)
    state: Mapped[str] = mapped_column(Short)

    letter: Mapped[Letter] = relationship()
    deadlines: Mapped[list[Deadline]] = relationship(
        back_populates="task",
        order_by="Deadline.position",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    obligations: Mapped[list[Obligation]] = relationship(
        back_populates="task",
        order_by="Obligation.position",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )


class Deadline(Base):
    """A deadline of a task (thời hạn), as printed and as the office works to it.

    `kind`: fixed, recurring, relative, immediate. `printed_on` is the day as
    printed, `safe_on` the last safe day ("trước ngày D" gives D-1; for a
    relative one the day its period ends, None while its anchor is unknown).
    `rule` is the RRULE, or the duration with its anchor; `strict` says that
    the printed day itself is too late. `warnings` say what is odd, in Vietnamese.
    """

    __tablename__ = "deadlines"
    __table_args__ = (Index("ix_deadlines_recurring", "task_id", sqlite_where=RECURRING, postgresql_where=RECURRING), AUTO)

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(Short)
    printed_on: Mapped[date | None]
    safe_on: Mapped[date | None]
    rule: Mapped[str | None]
    raw: Mapped[str]
    strict: Mapped[bool]
    warnings: Mapped[Any] = mapped_column(JSON)
    read_warnings: Mapped[Any] = mapped_column(JSON)
    evidence: Mapped[Any] = mapped_column(JSON)

    task: Mapped[Task] = relationship(back_populates="deadlines")


class Obligation(Base):
    """One task owed by one responsible body; `body` is empty where nobody could tell who that is.

    `role` is "lead" (chủ trì) or "cooperating" (phối hợp); `body` as printed,
    `agency_id` its id in the registry of agencies where resolved. `due_on` is
    the day status is judged by: the safe day, after extensions, of the next
    open occurrence (of the last one when all are done), None without a term.
    `printed_on` is the printed day behind it. `done_on` is the day the whole
    is done; `cancelled_on` takes it out of the tracking, with its reason.
    `assignee_id` is the user who looks after it (người được giao), `unit_id`
    the unit that does; who co-operates with them is in `Cooperation`.
    `standing` is how it stands (`register.status`: 0 does not count, 1 open, 2 done
    in time, 3 done late). Triggers of the database keep it (migration 0010);
    it is for queries only, a loaded row's value may be old.
    `version` grows with every change, for the outbox.
    """

    __tablename__ = "obligations"
    __table_args__ = (
        Index("ix_obligations_open", "done_on", "due_on", "role", "body_fold", "letter_id", "standing"),
        Index("ix_obligations_standing", "standing", "due_on", "letter_id", "id", "body_fold", "role"),
        Index("ix_obligations_due", "due_on", "letter_id", "id", "standing"),
        Index("ix_obligations_body", "body_fold", "standing", "due_on", "role"),
        Index("ix_obligations_owing", "body_fold", "due_on", "letter_id", "role", sqlite_where=OWING, postgresql_where=OWING),
        Index("ix_obligations_owed", "letter_id", "due_on", "body_fold", "role", sqlite_where=OWING, postgresql_where=OWING),
        Index("ix_obligations_task", "task_id", "standing", "due_on", "letter_id"),
        AUTO,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id", ondelete="CASCADE"))
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    role: Mapped[str] = mapped_column(Short)
    body: Mapped[str]
    body_fold: Mapped[str]
    agency_id: Mapped[str | None] = mapped_column(Short, index=True)
    evidence: Mapped[Any] = mapped_column(JSON)
    due_on: Mapped[date | None]
    printed_on: Mapped[date | None]
    done_on: Mapped[date | None]
    cancelled_on: Mapped[date | None]
    cancel_reason: Mapped[str | None]
    assignee_id: Mapped[int | None] = mapped_column(index=True)
    unit_id: Mapped[int | None] = mapped_column(index=True)
    standing: Mapped[int] = mapped_column(SmallInteger, server_default="1", deferred=True)
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    task: Mapped[Task] = relationship(back_populates="obligations")
    letter: Mapped[Letter] = relationship()
    occurrences: Mapped[list[Occurrence]] = relationship(
        back_populates="obligation",
        order_by="Occurrence.due_on",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )

    @hybrid_property
    def tracked(self) -> bool:
        """Whether it counts; in a query a condition that leaves the choice of the index to the others."""
        return self.standing > 0

    @tracked.inplace.expression
    @classmethod
    def _tracked(cls) -> ColumnElement[bool]:
        return (cls.standing + 0) > 0


class Occurrence(Base):
    """One day by which an obligation falls due (kỳ hạn).

    A fixed deadline has one; a recurring one has those within the horizon.
    `printed_on` is the printed day, `first_due_on` the safe day, `due_on` the
    same after extensions (gia hạn).
    """

    __tablename__ = "occurrences"
    __table_args__ = (
        UniqueConstraint("obligation_id", "deadline_id", "printed_on"),
        Index("ix_occurrences_day", "obligation_id", "due_on"),
        AUTO,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligations.id", ondelete="CASCADE"))
    deadline_id: Mapped[int] = mapped_column(ForeignKey("deadlines.id", ondelete="CASCADE"), index=True)
    printed_on: Mapped[date]
    first_due_on: Mapped[date]
    due_on: Mapped[date] = mapped_column(index=True)
    done_on: Mapped[date | None]

    obligation: Mapped[Obligation] = relationship(back_populates="occurrences")
    deadline: Mapped[Deadline] = relationship()


class Event(Base):
    """Something that happened to an obligation; written once, never changed.

    `kind`: note, done, reopened, extension-requested, extension-granted,
    extension-refused, cancelled, restored, assigned. `old_due` and `new_due` belong to
    extensions, `on_day` to done. `answers` is the request that a decision answers,
    `letter_id` the letter by which it was done, `assignee_id` and `unit_id` whom it was
    assigned to (None: to nobody any more), `cooperating` who was to help from then on (a list of
    {"kind", "id", "name"}, None where that was left as it was). Like `Obligation.assignee_id` these are no foreign
    keys (see `register.models.graph`).
    """

    __tablename__ = "events"
    __table_args__ = (Index("ix_events_kind", "kind", "obligation_id"), AUTO)

    id: Mapped[int] = mapped_column(primary_key=True)
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligations.id", ondelete="CASCADE"), index=True)
    occurrence_id: Mapped[int | None] = mapped_column(ForeignKey("occurrences.id", ondelete="SET NULL"))
    kind: Mapped[str] = mapped_column(Short)
    on_day: Mapped[date | None]
    old_due: Mapped[date | None]
    new_due: Mapped[date | None]
    answers: Mapped[int | None] = mapped_column(ForeignKey("events.id"), index=True)
    text: Mapped[str | None]
    letter_id: Mapped[int | None] = mapped_column(index=True)
    assignee_id: Mapped[int | None]
    unit_id: Mapped[int | None]
    cooperating: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]


class Attachment(Base):
    """A file given as evidence with an event; its bytes lie in the `OriginalStore` under their SHA-256.

    `state`: waiting (not checked yet, given to nobody), kept, unread (it
    could not be read) or refused (it carries a secrecy mark; its bytes are discarded).
    """

    __tablename__ = "attachments"
    __table_args__ = (AUTO,)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    sha256: Mapped[str] = mapped_column(Short, index=True)
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    state: Mapped[str] = mapped_column(Short)
    at: Mapped[datetime]


class Cooperation(Base):
    """A unit or a user of the office that co-operates (phối hợp) in an obligation; exactly one of the two is set."""

    __tablename__ = "cooperations"
    __table_args__ = (AUTO,)

    id: Mapped[int] = mapped_column(primary_key=True)
    obligation_id: Mapped[int] = mapped_column(ForeignKey("obligations.id", ondelete="CASCADE"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)


class Correction(Base):
    """A person's decision about an extracted value; survives re-processing.

    `field` is a field of the letter, or with `task_id` one of the task
    (`register.corrections` names them). `old` and `new` are JSON values. The
    newest correction of a field wins.
    """

    __tablename__ = "corrections"
    __table_args__ = (AUTO,)

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id", ondelete="CASCADE"), index=True)
    task_id: Mapped[int | None] = mapped_column(ForeignKey("tasks.id", ondelete="CASCADE"), index=True)
    field: Mapped[str] = mapped_column(Short)
    old: Mapped[Any] = mapped_column(JSON)
    new: Mapped[Any] = mapped_column(JSON)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]


class Respelling(Base):
    """What a correction says about letters: the reading `wrong` should be `right` (`register.respelling`).

    `kind` says of what values, `key` is what they are looked up by. `field` is the corrected one;
    the rows of a field follow its newest correction.
    """

    __tablename__ = "respellings"
    __table_args__ = (Index("ix_respellings_key", "kind", "key"), AUTO)

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id", ondelete="CASCADE"), index=True)
    task_id: Mapped[int | None] = mapped_column(ForeignKey("tasks.id", ondelete="CASCADE"), index=True)
    field: Mapped[str] = mapped_column(Short)
    kind: Mapped[str] = mapped_column(Short)
    key: Mapped[str]
    wrong: Mapped[str]
    right: Mapped[str]
    at: Mapped[datetime]


class RespellingRefusal(Base):
    """A person said that a reading of this letter is right, though it was corrected elsewhere."""

    __tablename__ = "respelling_refusals"
    __table_args__ = (AUTO,)

    id: Mapped[int] = mapped_column(primary_key=True)
    letter_id: Mapped[int] = mapped_column(ForeignKey("letters.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(Short)
    wrong: Mapped[str]
    right: Mapped[str]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]


class CalendarDay(Base):
    """A day that the office sets itself: a day off or a make-up working day (ngày làm bù)."""

    __tablename__ = "calendar_days"

    day: Mapped[date] = mapped_column(primary_key=True)
    working: Mapped[bool]
    name: Mapped[str]
