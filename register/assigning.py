"""Giao việc: which person of the office looks after an obligation.

The decree's form for handling incoming letters (phiếu giải quyết văn bản
đến) names a unit or a person and a term for each; the agency that owes stays as printed,
the person is the office's own choice.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from register import events
from register.errors import refused, unknown
from register.models import User
from register.text import squeeze
from register.users import UserView, view


def assign(
    s: Session, obligation_id: int, *, user_id: int | None, at: datetime, by: int | None, text: str = ""
) -> int:
    """Give an open obligation to a user (None: to nobody); gives the event's id.

    BadRequest for somebody who is unknown or may not sign in any more, and
    where it is theirs (nobody's) already.
    """
    row = events.locked_open(s, obligation_id)
    if user_id is not None:
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
    if row.assignee_id == user_id:
        raise refused(
            "assigned-already",
            "Nhiệm vụ này đang giao đúng như vậy.",
            "The obligation is assigned that way already.",
        )
    row.assignee_id = user_id
    return events.enter(s, row, "assigned", at=at, by=by, text=squeeze(text) or None, assignee_id=user_id).id


def people(s: Session) -> tuple[UserView, ...]:
    """Who can be given work: everybody who may sign in, by name."""
    return tuple(map(view, s.scalars(select(User).where(User.active.is_(True)).order_by(User.name, User.id))))
