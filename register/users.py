"""Users, passwords (argon2), web sessions and the brake on guessing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

ROLES: Final[dict[str, str]] = {
    "clerk": "văn thư",
    "officer": "chuyên viên",
    "legal": "pháp chế",
    "leader": "lãnh đạo",
    "admin": "quản trị",
}
"""Roles and the office's own words for them."""

SESSION_LIFE: Final = timedelta(hours=12)
MAX_FAILURES: Final = 10
FAILURE_WINDOW: Final = timedelta(minutes=15)
MIN_PASSWORD: Final = 10


@dataclass(frozen=True, slots=True)
class UserView:
    """A user, without the password's hash. `role` is a key of `ROLES`."""

    id: int
    login: str
    name: str
    role: str
    language: str
    must_change_password: bool
    active: bool
    created_at: datetime


def add(
    s: Session,
    *,
    login: str,
    name: str,
    password: str,
    role: str,
    at: datetime,
    by: int | None = None,
    language: str = "vi",
    must_change_password: bool = True,
) -> UserView:
    """Add a user. `role` in English or Vietnamese. BadRequest for a taken login, an unknown role, a short password."""
    raise NotImplementedError


def authenticate(
    s: Session, *, login: str, password: str, at: datetime, address: str | None = None
) -> UserView | None:
    """The user, or None for an unknown login, a wrong password or an inactive user; always takes as long.

    Failures count for the login and the address; past the limit Forbidden
    "too-many-attempts", whatever the password. The count lives in the
    transaction: commit it also after a failure.
    """
    raise NotImplementedError


def open_session(s: Session, user_id: int, *, at: datetime, life: timedelta = SESSION_LIFE) -> str:
    """Sign in a browser; gives the token for its cookie, of which only a hash is kept."""
    raise NotImplementedError


def session_user(s: Session, token: str, *, at: datetime) -> UserView | None:
    """The user of a token, None if it is unknown, run out or the user inactive."""
    raise NotImplementedError


def close_session(s: Session, token: str) -> None:
    """Sign out."""
    raise NotImplementedError


def close_all_sessions(s: Session, user_id: int) -> int:
    """Sign out everywhere; gives how many sessions there were."""
    raise NotImplementedError


def set_password(
    s: Session, user_id: int, password: str, *, at: datetime, by: int | None, must_change: bool = False
) -> None:
    """Set a password and sign the user out everywhere."""
    raise NotImplementedError


def set_language(s: Session, user_id: int, language: str) -> None:
    """Set the language of the pages ("vi" or "en")."""
    raise NotImplementedError


def change(
    s: Session,
    user_id: int,
    *,
    at: datetime,
    by: int | None,
    name: str | None = None,
    role: str | None = None,
    active: bool | None = None,
) -> UserView:
    """Change name, role or whether the user may sign in; what is None stays."""
    raise NotImplementedError


def get(s: Session, user_id: int) -> UserView | None:
    """One user."""
    raise NotImplementedError


def listing(s: Session) -> tuple[UserView, ...]:
    """All users by login."""
    raise NotImplementedError


def exists(s: Session) -> bool:
    """Whether there is any user yet."""
    raise NotImplementedError
