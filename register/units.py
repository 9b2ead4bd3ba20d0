"""Units of the office (đơn vị): their names, heads, members and followers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from register import audit
from register.errors import refused, unknown
from register.insert import insert_ignoring
from register.models import Unit, UnitFollower, User
from register.text import fold, squeeze
from register.users import UserView, view

LONGEST_NAME: Final = 200
LONGEST_SHORT: Final = 20


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit; `short` is its abbreviation, `members` counts those who may sign in."""

    id: int
    name: str
    short: str | None
    head_id: int | None
    head_name: str | None
    active: bool
    members: int


def add(
    s: Session, *, name: str, short: str = "", head_id: int | None = None, at: datetime, by: int | None
) -> UnitView:
    """Add a unit. BadRequest for a name that is empty, too long or taken, and for a head who may not sign in."""
    name, short = _name(name), _short(short)
    _check_head(s, head_id)
    values = {
        "name": name,
        "name_fold": fold(name),
        "short": short or None,
        "head_id": head_id,
        "active": True,
        "created_at": at,
    }
    if not insert_ignoring(s, Unit, values, conflict=["name_fold"]):
        raise _taken(name)
    row = s.scalars(select(Unit).where(Unit.name_fold == fold(name))).one()
    audit.write(s, "unit-added", "unit", row.id, at=at, by=by, name=name, short=short, head=head_id)
    s.flush()
    return get(s, row.id)


def change(
    s: Session,
    unit_id: int,
    *,
    at: datetime,
    by: int | None,
    name: str | None = None,
    short: str | None = None,
    active: bool | None = None,
) -> UnitView:
    """Change name, abbreviation or whether work may be given to the unit; what is None stays."""
    row = _unit(s, unit_id)
    if name is not None and (new := _name(name)) != row.name:
        other = s.scalar(select(Unit.id).where(Unit.name_fold == fold(new), Unit.id != unit_id))
        if other is not None:
            raise _taken(new)
        row.name, row.name_fold = new, fold(new)
    if short is not None:
        row.short = _short(short) or None
    if active is not None:
        row.active = active
    audit.write(s, "unit-changed", "unit", unit_id, at=at, by=by, name=name, short=short, active=active)
    s.flush()
    return get(s, unit_id)


def set_head(s: Session, unit_id: int, user_id: int | None, *, at: datetime, by: int | None) -> None:
    """Name the head of a unit, None for nobody."""
    row = _unit(s, unit_id)
    _check_head(s, user_id)
    row.head_id = user_id
    audit.write(s, "unit-head", "unit", unit_id, at=at, by=by, user=user_id)
    s.flush()


def join(s: Session, user_id: int, unit_id: int | None, *, at: datetime, by: int | None) -> UserView:
    """Put a user into a unit, or (None) into none; a user belongs to one at most."""
    user = s.get(User, user_id)
    if user is None:
        raise unknown("user", user_id)
    if unit_id is not None:
        usable(s, unit_id)
    if user.unit_id != unit_id:
        audit.write(s, "unit-joined", "user", user_id, at=at, by=by, old=user.unit_id, new=unit_id)
        user.unit_id = unit_id
        s.flush()
    return view(user)


def follow(s: Session, unit_id: int, user_id: int, follows: bool, *, at: datetime, by: int | None) -> None:
    """Remind a user of the unit's work from now on, or no longer; doing it twice is harmless."""
    _unit(s, unit_id)
    if s.get(User, user_id) is None:
        raise unknown("user", user_id)
    key = {"unit_id": unit_id, "user_id": user_id}
    if follows:
        changed = insert_ignoring(s, UnitFollower, key, conflict=["unit_id", "user_id"])
    else:
        row = s.get(UnitFollower, (unit_id, user_id))
        changed = row is not None
        if row is not None:
            s.delete(row)
            s.flush()
    if changed:
        action = "unit-followed" if follows else "unit-unfollowed"
        audit.write(s, action, "unit", unit_id, at=at, by=by, user=user_id)


def get(s: Session, unit_id: int) -> UnitView:
    """One unit. BadRequest "unit-unknown" if there is none."""
    found = s.execute(_views().where(Unit.id == unit_id)).one_or_none()
    if found is None:
        raise unknown("unit", unit_id)
    return _view(*found)


def listing(s: Session, *, active_only: bool = False) -> tuple[UnitView, ...]:
    """All units by name; `active_only` leaves out those that are closed."""
    query = _views().order_by(Unit.active.desc(), Unit.name_fold)
    if active_only:
        query = query.where(Unit.active.is_(True))
    return tuple(_view(*each) for each in s.execute(query))


def members(s: Session, unit_id: int) -> tuple[UserView, ...]:
    """Who belongs to the unit and may sign in, by name."""
    query = select(User).where(User.unit_id == unit_id, User.active.is_(True)).order_by(User.name, User.id)
    return tuple(map(view, s.scalars(query)))


def followers(s: Session, unit_id: int) -> tuple[UserView, ...]:
    """Who follows the unit and may sign in, by name; its head follows without being listed."""
    query = (
        select(User)
        .join(UnitFollower, UnitFollower.user_id == User.id)
        .where(UnitFollower.unit_id == unit_id, User.active.is_(True))
        .order_by(User.name, User.id)
    )
    return tuple(map(view, s.scalars(query)))


def followed(s: Session, user_id: int) -> frozenset[int]:
    """The units that a user follows, by id; those one heads are followed without being listed."""
    return frozenset(s.scalars(select(UnitFollower.unit_id).where(UnitFollower.user_id == user_id)))


def usable(s: Session, unit_id: int) -> Unit:
    """The row of a unit that can be given members and work; BadRequest for an unknown or closed one."""
    row = _unit(s, unit_id)
    if not row.active:
        raise refused(
            "unit-inactive",
            f"Đơn vị “{row.name}” đã ngừng hoạt động.",
            f"The unit “{row.name}” is closed.",
            "Hãy chọn đơn vị khác.",
            "Choose another unit.",
        )
    return row


def _unit(s: Session, unit_id: int) -> Unit:
    row = s.get(Unit, unit_id)
    if row is None:
        raise unknown("unit", unit_id)
    return row


def _check_head(s: Session, user_id: int | None) -> None:
    if user_id is None:
        return
    user = s.get(User, user_id)
    if user is None:
        raise unknown("user", user_id)
    if not user.active:
        raise refused(
            "head-inactive",
            f"Tài khoản của {user.name} đã khóa.",
            f"The account of {user.name} is closed.",
            "Hãy chọn người khác.",
            "Choose somebody else.",
        )


def _name(name: str) -> str:
    name = squeeze(name)
    if not name or len(name) > LONGEST_NAME:
        raise refused(
            "unit-name",
            f"Tên đơn vị phải có từ 1 đến {LONGEST_NAME} ký tự.",
            f"The name of a unit has 1 to {LONGEST_NAME} characters.",
        )
    return name


def _short(short: str) -> str:
    short = squeeze(short)
    if len(short) > LONGEST_SHORT:
        raise refused(
            "unit-short",
            f"Tên viết tắt dài nhất {LONGEST_SHORT} ký tự.",
            f"An abbreviation has at most {LONGEST_SHORT} characters.",
        )
    return short


def _taken(name: str) -> Exception:
    return refused("unit-taken", f"Đã có đơn vị tên “{name}”.", f"There is a unit named “{name}” already.")


def _views() -> Select[Any]:
    count = (
        select(func.count())
        .where(User.unit_id == Unit.id, User.active.is_(True))
        .correlate(Unit)
        .scalar_subquery()
    )
    head = select(User.name).where(User.id == Unit.head_id).correlate(Unit).scalar_subquery()
    return select(Unit, head, count)


def _view(row: Unit, head_name: str | None, count: int) -> UnitView:
    return UnitView(row.id, row.name, row.short, row.head_id, head_name, row.active, count)
