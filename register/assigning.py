"""Giao việc: which unit or person of the office looks after an obligation, and who co-operates.

The decree's form for handling incoming letters (phiếu giải quyết văn bản
đến) names a unit or a person and a term for each; the agency that owes stays as printed,
the unit and the person are the office's own choice.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from register import events, units
from register.errors import refused, unknown
from register.models import Cooperation, Obligation, Unit, User
from register.text import squeeze
from register.users import UserView, view

Standing = Literal["", "cooperating", "lead"]
"""What an obligation is to a user: theirs (or their unit's), one they help with (or their unit), or neither."""

MOST_COOPERATING: Final = 50


@dataclass(frozen=True, slots=True)
class Party:
    """A unit or a user of the office; `kind` is "unit" or "user"."""

    kind: Literal["unit", "user"]
    id: int
    name: str = ""


def assign(
    s: Session,
    obligation_id: int,
    *,
    user_id: int | None,
    unit_id: int | None = None,
    cooperating: Sequence[Party] | None = None,
    at: datetime,
    by: int | None,
    text: str = "",
) -> int:
    """Give an open obligation to a user, a unit or both (both None: to nobody); gives the event's id.

    Without `unit_id` a user's own unit looks after it. `cooperating` are the
    parties that help from now on, None leaves them. BadRequest for somebody
    who is unknown or may not sign in any more, for a closed unit, and where
    it is given that way already.
    """
    row = events.locked_open(s, obligation_id)
    if unit_id is not None:
        units.usable(s, unit_id)
    if user_id is not None:
        user = _person(s, user_id)
        if unit_id is None:
            unit_id = user.unit_id
    present = of_obligation(s, obligation_id)
    named = None if cooperating is None else _named(s, cooperating, user_id=user_id, unit_id=unit_id)
    if named is not None and {(each.kind, each.id) for each in named} == {
        (each.kind, each.id) for each in present
    }:
        named = None
    if (row.assignee_id, row.unit_id) == (user_id, unit_id) and named is None:
        raise refused(
            "assigned-already",
            "Nhiệm vụ này đang giao đúng như vậy.",
            "The obligation is assigned that way already.",
        )
    row.assignee_id, row.unit_id = user_id, unit_id
    if named is not None:
        s.execute(delete(Cooperation).where(Cooperation.obligation_id == obligation_id))
        s.add_all(Cooperation(obligation_id=obligation_id, **{f"{each.kind}_id": each.id}) for each in named)
    return events.enter(
        s,
        row,
        "assigned",
        at=at,
        by=by,
        text=squeeze(text) or None,
        assignee_id=user_id,
        unit_id=unit_id,
        cooperating=None
        if named is None
        else [{"kind": each.kind, "id": each.id, "name": each.name} for each in named],
    ).id


def people(s: Session) -> tuple[UserView, ...]:
    """Who can be given work: everybody who may sign in, by name."""
    return tuple(map(view, s.scalars(select(User).where(User.active.is_(True)).order_by(User.name, User.id))))


def of_obligation(s: Session, obligation_id: int) -> tuple[Party, ...]:
    """Who co-operates in an obligation: units, then persons, by name."""
    rows = s.execute(
        select(Unit.id, Unit.name, User.id, User.name)
        .select_from(Cooperation)
        .join(Unit, Unit.id == Cooperation.unit_id, isouter=True)
        .join(User, User.id == Cooperation.user_id, isouter=True)
        .where(Cooperation.obligation_id == obligation_id)
    )
    found = [
        Party("unit", unit, name) if unit is not None else Party("user", user, person)
        for unit, name, user, person in rows
    ]
    return tuple(sorted(found, key=lambda each: (each.kind, each.name, each.id)))


def standings(s: Session, user: UserView, obligation_ids: Collection[int]) -> dict[int, Standing]:
    """What each of these obligations is to the user; unknown ids are left out. Two queries."""
    if not obligation_ids:
        return {}
    rows = s.execute(
        select(Obligation.id, Obligation.assignee_id, Obligation.unit_id).where(
            Obligation.id.in_(obligation_ids)
        )
    )
    found: dict[int, Standing] = {id: leads(user, assignee, unit) for id, assignee, unit in rows}
    helped: list[Any] = [Cooperation.user_id == user.id]
    if user.unit_id is not None:
        helped.append(Cooperation.unit_id == user.unit_id)
    for id in s.scalars(
        select(Cooperation.obligation_id).where(Cooperation.obligation_id.in_(obligation_ids), or_(*helped))
    ):
        found[id] = found[id] or "cooperating"
    return found


def leads(user: UserView, assignee_id: int | None, unit_id: int | None) -> Literal["", "lead"]:
    """Whether what was given to this person and unit is the user's own."""
    own = assignee_id == user.id or (unit_id is not None and unit_id == user.unit_id)
    return "lead" if own else ""


def _person(s: Session, user_id: int) -> User:
    user = s.get(User, user_id)
    if user is None:
        raise unknown("user", user_id)
    if not user.active:
        raise refused(
            "assignee-inactive",
            f"Tài khoản của {user.name} đã khóa, không giao việc được.",
            f"The account of {user.name} is closed and can be given no work.",
            "Hãy chọn người khác.",
            "Choose somebody else.",
        )
    return user


def _named(s: Session, parties: Sequence[Party], *, user_id: int | None, unit_id: int | None) -> list[Party]:
    """Each party once with its name; whoever leads does not co-operate beside."""
    wanted = dict.fromkeys((each.kind, each.id) for each in parties)
    wanted.pop(("user", user_id or 0), None)
    wanted.pop(("unit", unit_id or 0), None)
    if len(wanted) > MOST_COOPERATING:
        raise refused(
            "cooperating-too-many",
            f"Nhiều nhất {MOST_COOPERATING} đơn vị, người phối hợp.",
            f"At most {MOST_COOPERATING} can co-operate.",
        )
    return [
        Party(kind, id, units.usable(s, id).name if kind == "unit" else _person(s, id).name)
        for kind, id in wanted
    ]
