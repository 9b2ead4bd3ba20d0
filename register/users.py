"""Users, passwords (argon2), web sessions and the brake on guessing."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Final, cast

from sqlalchemy import CursorResult, delete, select
from sqlalchemy.orm import Session, undefer

from ingest.errors import Forbidden
from register import audit
from register.errors import refused, unknown
from register.insert import insert_ignoring
from register.models import ApiToken, Attempts, CalendarFeed, User, WebSession
from register.text import fold, squeeze

if TYPE_CHECKING:
    from pwdlib import PasswordHash

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
LANGUAGES: Final = ("vi", "en")


@dataclass(frozen=True, slots=True)
class UserView:
    """A user, without the password's hash. `role` is a key of `ROLES`, `unit_id` as in `register.units`."""

    id: int
    login: str
    name: str
    role: str
    language: str
    must_change_password: bool
    active: bool
    created_at: datetime
    unit_id: int | None = None


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
    login = squeeze(login).lower()
    if not login or len(login) > 64:
        raise refused(
            "login-empty", "Tên đăng nhập phải có từ 1 đến 64 ký tự.", "A login name has 1 to 64 characters."
        )
    _check_password(password)
    values = {
        "login": login,
        "name": squeeze(name) or login,
        "password_hash": _hasher().hash(password),
        "role": _role(role),
        "language": _language(language),
        "must_change_password": must_change_password,
        "active": True,
        "created_at": at,
    }
    if not insert_ignoring(s, User, values, conflict=["login"]):
        raise refused("login-taken", f"Tên đăng nhập “{login}” đã có.", f"The login name “{login}” is taken.")
    user = s.scalars(select(User).where(User.login == login)).one()
    audit.write(s, "user-added", "user", user.id, at=at, by=by, login=login, role=user.role)
    return view(user)


def authenticate(
    s: Session, *, login: str, password: str, at: datetime, address: str | None = None
) -> UserView | None:
    """The user, or None for an unknown login, a wrong password or an inactive user; always takes as long.

    Failures count for the login and the address; past the limit Forbidden
    "too-many-attempts", whatever the password. The count lives in the
    transaction: commit it also after a failure.
    """
    login = squeeze(login).lower()[:64]
    keys = [f"login:{login}"] + ([f"address:{address}"] if address else [])
    if any(_failures(s, key, at) >= MAX_FAILURES for key in keys):
        raise Forbidden(
            "too-many-attempts",
            "Đã nhập sai quá nhiều lần.",
            "There were too many failed attempts.",
            advice=f"Hãy thử lại sau {int(FAILURE_WINDOW.total_seconds() // 60)} phút.",
            advice_en=f"Try again in {int(FAILURE_WINDOW.total_seconds() // 60)} minutes.",
        )
    user = s.scalars(
        select(User).where(User.login == login).options(undefer(User.password_hash))
    ).one_or_none()
    # An unknown login is checked against a hash of nothing, so that it takes as long as a known one.
    right, renewed = _hasher().verify_and_update(password, user.password_hash if user else _nobody())
    if user is None or not right or not user.active:
        for key in keys:
            _count_failure(s, key, at)
        audit.write(
            s, "sign-in-failed", "user", user.id if user else None, at=at, actor=login, address=address
        )
        return None
    if renewed:
        user.password_hash = renewed
    s.execute(delete(Attempts).where(Attempts.key == keys[0]).execution_options(synchronize_session=False))
    audit.write(s, "signed-in", "user", user.id, at=at, by=user.id, actor=login, address=address)
    return view(user)


def forget_first_password(user: User) -> None:
    """A first password that was never changed is replaced by one that nobody knows."""
    if user.must_change_password:
        user.password_hash = _hasher().hash(secrets.token_urlsafe(32))
        user.must_change_password = False


def open_session(
    s: Session, user_id: int, *, at: datetime, life: timedelta = SESSION_LIFE, agent: str | None = None
) -> str:
    """Sign in a browser; gives the token for its cookie, of which only a hash is kept."""
    token = secrets.token_urlsafe(32)
    s.execute(
        delete(WebSession).where(WebSession.expires_at < at).execution_options(synchronize_session=False)
    )
    s.add(
        WebSession(
            token_hash=_hash(token),
            user_id=user_id,
            created_at=at,
            seen_at=at,
            expires_at=at + life,
            agent=agent[:300] if agent else None,
        )
    )
    s.flush()
    return token


def session_user(s: Session, token: str, *, at: datetime) -> UserView | None:
    """The user of a token, None if it is unknown, run out or the user inactive."""
    found = s.execute(
        select(User)
        .join(WebSession, WebSession.user_id == User.id)
        .where(WebSession.token_hash == _hash(token), WebSession.expires_at > at, User.active.is_(True))
    ).scalar_one_or_none()
    return view(found) if found else None


def close_session(s: Session, token: str) -> None:
    """Sign out."""
    s.execute(delete(WebSession).where(WebSession.token_hash == _hash(token)))


def close_all_sessions(s: Session, user_id: int) -> int:
    """Sign out everywhere; gives how many sessions there were."""
    result = s.execute(delete(WebSession).where(WebSession.user_id == user_id))
    return cast("CursorResult[Any]", result).rowcount


def set_password(
    s: Session, user_id: int, password: str, *, at: datetime, by: int | None, must_change: bool = False
) -> None:
    """Set a password and sign the user out everywhere.

    With `must_change` it is a first one that somebody else gives: then API
    tokens and calendar addresses end, too, for whoever had the account may have made them.
    """
    _check_password(password)
    user = _user(s, user_id)
    user.password_hash = _hasher().hash(password)
    user.must_change_password = must_change
    close_all_sessions(s, user_id)
    ended: dict[str, Any] = {"tokens": _delete(s, ApiToken, user_id), "feeds": _delete(s, CalendarFeed, user_id)} if must_change else {}
    audit.write(s, "password-set", "user", user_id, at=at, by=by, **ended)


def _delete(s: Session, table: type[ApiToken | CalendarFeed], user_id: int) -> int:
    result = s.execute(delete(table).where(table.user_id == user_id))
    return cast("CursorResult[Any]", result).rowcount


def set_language(s: Session, user_id: int, language: str) -> None:
    """Set the language of the pages ("vi" or "en")."""
    _user(s, user_id).language = _language(language)


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
    """Change name, role or whether the user may sign in; what is None stays.

    BadRequest "last-admin" where no active administrator would be left.
    """
    user = _user(s, user_id)
    stays = (role is None or _role(role) == "admin") and active is not False
    if user.role == "admin" and user.active and not stays and _admins(s) < 2:
        raise refused(
            "last-admin",
            "Phải còn ít nhất một quản trị đang hoạt động.",
            "At least one active administrator must remain.",
            "Hãy giao vai trò quản trị cho người khác trước.",
            "Make somebody else an administrator first.",
        )
    if name is not None:
        user.name = squeeze(name) or user.login
    if role is not None:
        user.role = _role(role)
    if active is not None:
        user.active = active
        if not active:
            close_all_sessions(s, user_id)
    audit.write(s, "user-changed", "user", user_id, at=at, by=by, name=name, role=role, active=active)
    s.flush()
    return view(user)


def _admins(s: Session) -> int:
    """Active administrators; their rows are locked, so that two cannot leave at once."""
    query = select(User.id).where(User.role == "admin", User.active.is_(True)).with_for_update()
    return len(s.scalars(query).all())


def get(s: Session, user_id: int) -> UserView | None:
    """One user."""
    user = s.get(User, user_id)
    return view(user) if user else None


def listing(s: Session) -> tuple[UserView, ...]:
    """All users by login."""
    return tuple(map(view, s.scalars(select(User).order_by(User.login))))


def exists(s: Session) -> bool:
    """Whether there is any user yet."""
    return s.scalar(select(User.id).limit(1)) is not None


def _user(s: Session, user_id: int) -> User:
    user = s.get(User, user_id)
    if user is None:
        raise unknown("user", user_id)
    return user


def view(user: User) -> UserView:
    """What readers get of a user."""
    return UserView(
        user.id,
        user.login,
        user.name,
        user.role,
        user.language,
        user.must_change_password,
        user.active,
        user.created_at,
        user.unit_id,
    )


def _role(role: str) -> str:
    names = {fold(key): key for key in ROLES} | {fold(name): key for key, name in ROLES.items()}
    found = names.get(fold(role))
    if found is None:
        known = ", ".join(ROLES.values())
        raise refused(
            "role-unknown",
            f"Không có vai trò “{role}”.",
            f"There is no role “{role}”.",
            f"Các vai trò: {known}.",
            f"Roles: {', '.join(ROLES)}.",
        )
    return found


def _language(language: str) -> str:
    if language not in LANGUAGES:
        raise refused(
            "language-unknown",
            f"Không có ngôn ngữ “{language}”.",
            f"There is no language “{language}”.",
            "vi, en",
            "vi, en",
        )
    return language


def _check_password(password: str) -> None:
    if not MIN_PASSWORD <= len(password) <= 1000:
        raise refused(
            "password-short",
            f"Mật khẩu phải có ít nhất {MIN_PASSWORD} ký tự.",
            f"A password has at least {MIN_PASSWORD} characters.",
        )


@cache
def _hasher() -> PasswordHash:
    from pwdlib import PasswordHash
    from pwdlib.hashers.argon2 import Argon2Hasher

    return PasswordHash((Argon2Hasher(),))


@cache
def _nobody() -> str:
    return _hasher().hash(secrets.token_urlsafe(16))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _failures(s: Session, key: str, at: datetime) -> int:
    row = s.get(Attempts, key)
    return row.failures if row and at - row.since < FAILURE_WINDOW else 0


def _count_failure(s: Session, key: str, at: datetime) -> None:
    insert_ignoring(s, Attempts, {"key": key, "failures": 0, "since": at}, conflict=["key"])
    row = s.get(Attempts, key, with_for_update=True, populate_existing=True)
    assert row is not None
    if at - row.since >= FAILURE_WINDOW:
        row.failures, row.since = 0, at
    row.failures += 1
    s.flush()
