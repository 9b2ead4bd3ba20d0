"""Saved views of the list of tasks: each user's own, by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from register.errors import refused, unknown
from register.insert import insert_ignoring
from register.models import TaskView
from register.text import squeeze

MOST: Final = 30
LONGEST_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class SavedTaskView:
    """A view; `query` is the address behind the "?"."""

    id: int
    name: str
    query: str


def listing(s: Session, user_id: int) -> tuple[SavedTaskView, ...]:
    """The user's views by name."""
    rows = s.scalars(select(TaskView).where(TaskView.user_id == user_id).order_by(TaskView.name))
    return tuple(SavedTaskView(row.id, row.name, row.query) for row in rows)


def save(s: Session, user_id: int, *, name: str, query: str, at: datetime) -> None:
    """Keep a view; one of the same name is replaced. BadRequest for a name that is empty or too long, or too many views."""
    name = squeeze(name)
    if not name or len(name) > LONGEST_NAME:
        raise refused(
            "view-name",
            f"Tên phải có từ 1 đến {LONGEST_NAME} ký tự.",
            f"A name has 1 to {LONGEST_NAME} characters.",
        )
    row = s.scalars(select(TaskView).where(TaskView.user_id == user_id, TaskView.name == name)).one_or_none()
    if row is not None:
        row.query = query
        return
    if (s.scalar(select(func.count()).where(TaskView.user_id == user_id)) or 0) >= MOST:
        raise refused(
            "views-too-many",
            f"Đã lưu {MOST} cách xem, là số nhiều nhất.",
            f"There are {MOST} saved views, the most there can be.",
            "Hãy xóa bớt cách xem không dùng.",
            "Delete one that is not needed.",
        )
    values = {"user_id": user_id, "name": name, "query": query, "created_at": at}
    insert_ignoring(s, TaskView, values, conflict=["user_id", "name"])


def remove(s: Session, user_id: int, view_id: int) -> None:
    """Forget a view; another user's is unknown."""
    row = s.scalars(select(TaskView).where(TaskView.user_id == user_id, TaskView.id == view_id)).one_or_none()
    if row is None:
        raise unknown("view", view_id)
    s.delete(row)
