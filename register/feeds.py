"""Calendar feeds: secret addresses of users, and the obligations that each shows.

Of a token only the SHA-256 is kept. A feed shows what its user may see when it
is asked for; of a user who may not sign in any more there is no feed.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session, selectinload

from register import audit, office_settings, units
from register.errors import refused, unknown
from register.models import CalendarFeed, Cooperation, Obligation, Occurrence, Unit, User
from register.text import code, contains, squeeze
from register.users import UserView, view

SCOPES: Final = ("own", "unit", "agency")
FORMS: Final = ("event", "todo")
MOST: Final = 20
"""Feeds of one user."""
MOST_ENTRIES: Final = 1000
"""Obligations of one feed: those due first."""
LONGEST_NAME: Final = 120
TOUCH: Final = timedelta(hours=1)
"""How exactly it is kept when a feed was last asked for."""


@dataclass(frozen=True, slots=True)
class FeedView:
    """A feed, without its token; see `register.models.CalendarFeed`."""

    id: int
    user_id: int
    name: str
    scope: str
    unit_id: int | None
    unit_name: str | None
    agency: str | None
    form: str
    created_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Day:
    """One due day of a deadline: as first worked out, as it stands after extensions, and when it was done."""

    first_due_on: date
    due_on: date
    done_on: date | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One deadline of an open obligation with its days in order; `rule` is the RRULE of a recurring one."""

    obligation_id: int
    ordinal: int
    version: int
    changed_at: datetime
    text: str
    body: str
    letter_code: str | None
    letter_issuer: str | None
    whom: str | None
    rule: str | None
    strict: bool
    days: tuple[Day, ...]


def create(
    s: Session,
    user_id: int,
    *,
    name: str,
    scope: str,
    form: str,
    at: datetime,
    unit_id: int | None = None,
    agency: str = "",
) -> tuple[FeedView, str]:
    """Make a feed; gives it with its token, which is shown this once."""
    name, agency = squeeze(name)[:LONGEST_NAME], squeeze(agency)[:LONGEST_NAME]
    if scope not in SCOPES or form not in FORMS:
        raise refused("feed-form", "Không có loại lịch này.", "There is no such feed.")
    if scope == "unit":
        if unit_id is None:
            raise refused("feed-unit", "Chưa chọn đơn vị.", "No unit was chosen.")
        units.get(s, unit_id)
    if scope == "agency" and not agency:
        raise refused("feed-agency", "Chưa ghi tên cơ quan.", "The agency's name is missing.")
    if len(listing(s, user_id)) >= MOST:
        raise refused(
            "feed-too-many",
            f"Đã có {MOST} địa chỉ lịch, là số nhiều nhất.",
            f"There are {MOST} calendar addresses, the most there can be.",
            "Hãy thu hồi bớt.",
            "Revoke one first.",
        )
    office_settings.name_installation(s, at=at)
    token = _token()
    row = CalendarFeed(
        user_id=user_id,
        name=name,
        scope=scope,
        unit_id=unit_id if scope == "unit" else None,
        agency=agency if scope == "agency" else None,
        form=form,
        token_hash=_hash(token),
        created_at=at,
    )
    s.add(row)
    s.flush()
    audit.write(
        s,
        "feed-added",
        "user",
        user_id,
        at=at,
        by=user_id,
        feed=row.id,
        scope=scope,
        unit=unit_id,
        agency=agency,
    )
    return get(s, user_id, row.id), token


def renew(s: Session, user_id: int, feed_id: int, *, at: datetime) -> str:
    """Give a feed a new address; the old one is worth nothing from now on."""
    row = _own(s, user_id, feed_id)
    token = _token()
    row.token_hash, row.created_at, row.used_at = _hash(token), at, None
    audit.write(s, "feed-renewed", "user", user_id, at=at, by=user_id, feed=feed_id)
    s.flush()
    return token


def revoke(s: Session, user_id: int, feed_id: int, *, at: datetime) -> None:
    """Take an address back."""
    s.delete(_own(s, user_id, feed_id))
    audit.write(s, "feed-revoked", "user", user_id, at=at, by=user_id, feed=feed_id)
    s.flush()


def get(s: Session, user_id: int, feed_id: int) -> FeedView:
    """One feed of the user; another user's is unknown."""
    row = _own(s, user_id, feed_id)
    return _view(row, s.scalar(select(Unit.name).where(Unit.id == row.unit_id)))


def listing(s: Session, user_id: int) -> tuple[FeedView, ...]:
    """The user's feeds, oldest first."""
    rows = s.execute(
        select(CalendarFeed, Unit.name)
        .join(Unit, Unit.id == CalendarFeed.unit_id, isouter=True)
        .where(CalendarFeed.user_id == user_id)
        .order_by(CalendarFeed.id)
    )
    return tuple(_view(*each) for each in rows)


def find(s: Session, token: str) -> tuple[FeedView, UserView] | None:
    """The feed of a token with its user; None where there is none, or the user may not sign in."""
    found = s.execute(
        select(CalendarFeed, Unit.name, User)
        .join(User, User.id == CalendarFeed.user_id)
        .join(Unit, Unit.id == CalendarFeed.unit_id, isouter=True)
        .where(CalendarFeed.token_hash == _hash(token), User.active.is_(True))
    ).one_or_none()
    return (_view(found[0], found[1]), view(found[2])) if found else None


def touch(s: Session, feed_id: int, *, at: datetime) -> None:
    """The feed was asked for."""
    row = s.get(CalendarFeed, feed_id)
    if row is not None:
        row.used_at = at


def entries(s: Session, feed: FeedView, user: UserView) -> tuple[Entry, ...]:
    """What the feed shows its user: deadlines of open obligations, those due first."""
    rows = s.execute(
        select(Obligation, User.name, Unit.name)
        .join(User, User.id == Obligation.assignee_id, isouter=True)
        .join(Unit, Unit.id == Obligation.unit_id, isouter=True)
        .where(
            Obligation.done_on.is_(None),
            Obligation.tracked,
            Obligation.due_on.is_not(None),
            _shown(feed, user),
        )
        .options(
            selectinload(Obligation.occurrences).selectinload(Occurrence.deadline),
            selectinload(Obligation.task),
            selectinload(Obligation.letter),
        )
        .order_by(Obligation.due_on, Obligation.id)
        .limit(MOST_ENTRIES)
    )
    return tuple(entry for row, person, unit in rows for entry in _entries(row, person, unit))


def _shown(feed: FeedView, user: UserView) -> ColumnElement[bool]:
    if feed.scope == "agency":
        return contains(Obligation.body_fold, feed.agency or "")
    if feed.scope == "unit":
        return or_(Obligation.unit_id == feed.unit_id, _helps(Cooperation.unit_id == feed.unit_id))
    mine = [Obligation.assignee_id == user.id, _helps(Cooperation.user_id == user.id)]
    if user.unit_id is not None:
        mine += [Obligation.unit_id == user.unit_id, _helps(Cooperation.unit_id == user.unit_id)]
    return or_(*mine)


def _helps(condition: Any) -> ColumnElement[bool]:
    return exists().where(Cooperation.obligation_id == Obligation.id, condition)


def _entries(row: Obligation, person: str | None, unit: str | None) -> list[Entry]:
    groups: dict[int, list[Occurrence]] = {}
    for each in row.occurrences:
        groups.setdefault(each.deadline_id, []).append(each)
    found = []
    ordered = sorted(groups.values(), key=lambda group: (group[0].deadline.position, group[0].deadline_id))
    for ordinal, group in enumerate(ordered, 1):
        if all(each.done_on for each in group):
            continue
        deadline = group[0].deadline
        found.append(
            Entry(
                row.id,
                ordinal,
                row.version,
                row.changed_at,
                row.task.text,
                row.body,
                code(row.letter.number, row.letter.symbol),
                row.letter.issuer,
                " · ".join(each for each in (person, unit) if each) or None,
                deadline.rule if deadline.kind == "recurring" else None,
                deadline.strict,
                tuple(
                    Day(each.first_due_on, each.due_on, each.done_on)
                    for each in sorted(group, key=lambda each: each.first_due_on)
                ),
            )
        )
    return found


def _own(s: Session, user_id: int, feed_id: int) -> CalendarFeed:
    row = s.get(CalendarFeed, feed_id)
    if row is None or row.user_id != user_id:
        raise unknown("feed", feed_id)
    return row


def _token() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _view(row: CalendarFeed, unit: str | None) -> FeedView:
    return FeedView(
        row.id,
        row.user_id,
        row.name,
        row.scope,
        row.unit_id,
        unit,
        row.agency,
        row.form,
        row.created_at,
        row.used_at,
    )
