"""Saved views of the lists of tasks and of letters: each user's own, by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from register.errors import refused, unknown
from register.insert import insert_ignoring
from register.models import ListView
from register.text import squeeze

Shown = Literal["tasks", "letters"]
"""The list that is seen."""
MOST: Final = 30
"""Views of one list."""
LONGEST_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view; `query` is the address behind the "?"."""

    id: int
    name: str
    query: str


def listing(s: Session, user_id: int, shown: Shown) -> tuple[SavedView, ...]:
    """The user's views of a list by name."""
    rows = s.scalars(select(ListView).where(ListView.user_id == user_id, ListView.shown == shown).order_by(ListView.name))
    return tuple(SavedView(row.id, row.name, row.query) for row in rows)


def save(s: Session, user_id: int, shown: Shown, *, name: str, query: str, at: datetime) -> None:
    """Keep a view; one of the same name is replaced. BadRequest for a name that is empty or too long, or too many views."""
    name = squeeze(name)
    if not name or len(name) > LONGEST_NAME:
        raise refused(
            "view-name",
            f"Tên phải có từ 1 đến {LONGEST_NAME} ký tự.",
            f"A name has 1 to {LONGEST_NAME} characters.",
        )
    own = (ListView.user_id == user_id, ListView.shown == shown)
    row = s.scalars(select(ListView).where(*own, ListView.name == name)).one_or_none()
    if row is not None:
        row.query = query
        return
    if (s.scalar(select(func.count()).where(*own)) or 0) >= MOST:
        raise refused(
            "views-too-many",
            f"Đã lưu {MOST} cách xem, là số nhiều nhất.",
            f"There are {MOST} saved views, the most there can be.",
            "Hãy xóa bớt cách xem không dùng.",
            "Delete one that is not needed.",
        )
    values = {"user_id": user_id, "shown": shown, "name": name, "query": query, "created_at": at}
    insert_ignoring(s, ListView, values, conflict=["user_id", "shown", "name"])


def remove(s: Session, user_id: int, shown: Shown, view_id: int) -> None:
    """Forget a view; another user's, or one of another list, is unknown."""
    own = (ListView.user_id == user_id, ListView.shown == shown, ListView.id == view_id)
    row = s.scalars(select(ListView).where(*own)).one_or_none()
    if row is None:
        raise unknown("view", view_id)
    s.delete(row)
