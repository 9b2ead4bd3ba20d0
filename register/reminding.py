"""Nhắc việc: who is reminded of which due day, once; and what a user has been reminded of.

Told are the person who looks after an obligation, the head and the followers
of its unit (its members where it has neither and no person was named), and
once it is late the leaders. Obligations that nobody in the office was given
remind nobody: they are in the lists, under "chưa giao".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, exists, func, insert, or_, select, update
from sqlalchemy.orm import Session

from nlp.calendar import OfficeDays
from register import reminder_days
from register.models import Letter, Obligation, Occurrence, Reminder, Task, Unit, UnitFollower, User
from register.text import code
from register.views import Slice

NEWS: Final = timedelta(days=60)
"""So long after its due day a reminder that nobody looked at counts as news; then only lists tell of it."""


@dataclass(frozen=True, slots=True)
class ReminderView:
    """A reminder with what it is about; `current` says that the due day still stands and is open."""

    id: int
    kind: str
    due_on: date
    obligation_id: int
    text: str
    body: str
    letter_code: str | None
    letter_issuer: str | None
    whom: str | None
    created_at: datetime
    seen: bool
    mail: str
    current: bool


@dataclass(frozen=True, slots=True)
class _Office:
    """Who may sign in and what they are in the units."""

    active: frozenset[int]
    leaders: frozenset[int]
    watchers: Mapping[int, set[int]] = field(default_factory=dict)
    members: Mapping[int, set[int]] = field(default_factory=dict)

    def told(self, assignee_id: int | None, unit_id: int | None, *, late: bool) -> frozenset[int]:
        """Whom an obligation of this person and unit concerns."""
        found: set[int] = set() if assignee_id is None else {assignee_id}
        if unit_id is not None:
            found |= self.watchers.get(unit_id, set())
            if not found & self.active:
                found |= self.members.get(unit_id, set())
        if late:
            found |= self.leaders
        return frozenset(found & self.active)


def remind(
    s: Session, *, today: date, at: datetime, days: OfficeDays, mail: bool, before: Sequence[int] = reminder_days.BEFORE
) -> tuple[Reminder, ...]:
    """Write the reminders that are due on a day and not there yet; gives the new rows.

    `before` are the working days before the due day, nearest first. With `mail` those of users with an address who want mail are "queued".
    Doing it again is harmless. Lateness is told of what was in time when it
    was registered, not of what an archive brought in late.
    """
    first, last = reminder_days.window(today, days, before)
    if reminder_days.kind_of(today, today, days) is None:
        return ()
    office = _office(s)
    wanted: dict[tuple[int, int, str, date], None] = {}
    for id, assignee_id, unit_id, due_on, created_at in s.execute(_due(first, last)):
        kind = reminder_days.kind_of(today, due_on, days, before)
        if kind is None or (kind == "late" and created_at.astimezone().date() > due_on):
            continue
        for user_id in sorted(office.told(assignee_id, unit_id, late=kind == "late")):
            wanted[id, user_id, kind, due_on] = None
    mailed = _with_mail(s) if mail else frozenset()
    there = _there(s, first, last)
    rows = [
        {
            "obligation_id": id,
            "user_id": user_id,
            "kind": kind,
            "due_on": due_on,
            "created_at": at,
            "mail": "queued" if user_id in mailed else "none",
        }
        for id, user_id, kind, due_on in wanted
        if (id, user_id, kind, due_on) not in there
    ]
    s.execute(
        update(Reminder)
        .where(Reminder.seen_at.is_(None), Reminder.due_on < today - NEWS)
        .values(seen_at=at)
        .execution_options(synchronize_session=False)
    )
    if not rows:
        return ()
    return tuple(s.scalars(insert(Reminder).returning(Reminder, sort_by_parameter_order=True), rows))


def unseen(s: Session, user_id: int, *, most: int | None = None) -> int:
    """How many reminders of what is still open the user has not looked at; counted up to `most` where that is given."""
    where = (Reminder.user_id == user_id, Reminder.seen_at.is_(None), _current())
    found = (
        select(Reminder.id)
        .join(Obligation, Obligation.id == Reminder.obligation_id)
        .where(*where)
        .limit(most)
    )
    return s.scalar(select(func.count()).select_from(found.subquery())) or 0


def listing(s: Session, user_id: int, *, offset: int = 0, limit: int = 50) -> Slice[ReminderView]:
    """The user's reminders, newest first, the most pressing of a day before others; what left the tracking is gone."""
    where = [Reminder.user_id == user_id, Obligation.tracked]
    total = s.scalar(_joined(select(func.count())).where(*where)) or 0
    order = (Reminder.created_at.desc(), Reminder.due_on, Reminder.id)
    rows = s.execute(_views().where(*where).order_by(*order).offset(offset).limit(limit))
    return Slice(tuple(_view(*each) for each in rows), total, offset, limit)


def by_ids(s: Session, user_id: int, ids: list[int]) -> tuple[ReminderView, ...]:
    """These reminders of the user by due day; those of what is done or moved meanwhile are left out."""
    where = (Reminder.user_id == user_id, Reminder.id.in_(ids), Obligation.tracked, _current())
    rows = s.execute(_views().where(*where).order_by(Reminder.due_on, Reminder.id))
    return tuple(_view(*each) for each in rows)


def mark_seen(s: Session, user_id: int, *, at: datetime) -> int:
    """The user has looked at all reminders; gives how many were new."""
    query = update(Reminder).where(Reminder.user_id == user_id, Reminder.seen_at.is_(None)).values(seen_at=at)
    result: Any = s.execute(query.execution_options(synchronize_session=False))
    return int(result.rowcount)


def _due(first: date, last: date) -> Select[int, int | None, int | None, date, datetime]:
    return (
        select(
            Obligation.id,
            Obligation.assignee_id,
            Obligation.unit_id,
            Occurrence.due_on,
            Obligation.created_at,
        )
        .join(Occurrence, Occurrence.obligation_id == Obligation.id)
        .where(
            Occurrence.due_on.between(first, last),
            Occurrence.done_on.is_(None),
            Obligation.done_on.is_(None),
            or_(Obligation.assignee_id.is_not(None), Obligation.unit_id.is_not(None)),
            Obligation.tracked,
        )
        .order_by(Obligation.id, Occurrence.due_on)
    )


def _current() -> ColumnElement[bool]:
    open_ = exists().where(
        Occurrence.obligation_id == Reminder.obligation_id,
        Occurrence.due_on == Reminder.due_on,
        Occurrence.done_on.is_(None),
    )
    return and_(Obligation.done_on.is_(None), Obligation.tracked, open_)


def _there(s: Session, first: date, last: date) -> set[tuple[int, int, str, date]]:
    rows = s.execute(
        select(Reminder.obligation_id, Reminder.user_id, Reminder.kind, Reminder.due_on).where(
            Reminder.due_on.between(first, last)
        )
    )
    return {(id, user, kind, due) for id, user, kind, due in rows}


def _office(s: Session) -> _Office:
    people = s.execute(select(User.id, User.role, User.unit_id).where(User.active.is_(True))).all()
    watchers: dict[int, set[int]] = {}
    members: dict[int, set[int]] = {}
    for unit, head in s.execute(select(Unit.id, Unit.head_id)):
        if head is not None:
            watchers.setdefault(unit, set()).add(head)
    for unit, user in s.execute(select(UnitFollower.unit_id, UnitFollower.user_id)):
        watchers.setdefault(unit, set()).add(user)
    for id, _, own in people:
        if own is not None:
            members.setdefault(own, set()).add(id)
    active = frozenset(id for id, *_ in people)
    return _Office(active, frozenset(id for id, role, _ in people if role == "leader"), watchers, members)


def _with_mail(s: Session) -> frozenset[int]:
    return frozenset(s.scalars(select(User.id).where(User.email.is_not(None), User.mail != "off")))


def _joined(query: Any) -> Any:
    return (
        query.select_from(Reminder)
        .join(Obligation, Obligation.id == Reminder.obligation_id)
        .join(Task, Task.id == Obligation.task_id)
        .join(Letter, Letter.id == Obligation.letter_id)
        .join(User, User.id == Obligation.assignee_id, isouter=True)
        .join(Unit, Unit.id == Obligation.unit_id, isouter=True)
    )


def _views() -> Any:
    return _joined(
        select(
            Reminder, Task.text, Obligation.body, Letter.number, Letter.symbol, Letter.issuer, User.name, Unit.name, _current()
        )
    )  # fmt: skip


def _view(
    row: Reminder,
    text: str,
    body: str,
    number: str | None,
    symbol: str | None,
    issuer: str | None,
    person: str | None,
    unit: str | None,
    current: bool,
) -> ReminderView:
    return ReminderView(
        row.id,
        row.kind,
        row.due_on,
        row.obligation_id,
        text,
        body,
        code(number, symbol),
        issuer,
        " · ".join(each for each in (person, unit) if each) or None,
        row.created_at,
        row.seen_at is not None,
        row.mail,
        bool(current),
    )


def pairs(rows: tuple[Reminder, ...]) -> Iterator[tuple[int, list[int]]]:
    """User and the ids of the reminders to be mailed to them."""
    found: dict[int, list[int]] = {}
    for row in rows:
        if row.mail == "queued":
            found.setdefault(row.user_id, []).append(row.id)
    yield from found.items()
