"""Where users are signed in and the tokens of their programs: seen, named, revoked."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, cast

from sqlalchemy import CursorResult, delete, func, select
from sqlalchemy.orm import Session

from register import audit, users
from register.errors import refused, unknown
from register.models import ApiToken, User, WebSession
from register.text import squeeze
from register.users import UserView

PREFIX: Final = "dd_"
"""What every API token begins with, so that a leaked one is recognised."""
MOST_TOKENS: Final = 20
SEEN_EVERY: Final = timedelta(minutes=5)
"""How exactly the time of the last use is kept: a row is not written with every request."""
HANDLE: Final = 16


@dataclass(frozen=True, slots=True)
class SessionView:
    """A session. `handle` names it in addresses (the start of the token's hash, of no use for signing in)."""

    handle: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    agent: str | None


@dataclass(frozen=True, slots=True)
class TokenView:
    """A token without its secret; `expires_at` None: until it is revoked."""

    id: int
    name: str
    created_at: datetime
    seen_at: datetime | None
    expires_at: datetime | None


def issue(
    s: Session, user_id: int, *, name: str, at: datetime, life: timedelta | None = None
) -> tuple[str, TokenView]:
    """A new token: its secret, which is told once and never again, and what is kept of it.

    BadRequest for an empty name or more than `MOST_TOKENS` of one user.
    """
    name = squeeze(name)[:120]
    if not name:
        raise refused("token-name", "Hãy đặt tên cho mã API.", "Give the API token a name.")
    count = s.scalar(select(func.count()).select_from(ApiToken).where(ApiToken.user_id == user_id)) or 0
    if count >= MOST_TOKENS:
        raise refused(
            "too-many-tokens",
            f"Mỗi người có nhiều nhất {MOST_TOKENS} mã API.",
            f"A user has at most {MOST_TOKENS} API tokens.",
            "Hãy thu hồi mã không dùng nữa.",
            "Revoke those no longer used.",
        )
    secret = PREFIX + secrets.token_urlsafe(32)
    row = ApiToken(
        user_id=user_id,
        name=name,
        token_hash=_hash(secret),
        created_at=at,
        expires_at=at + life if life else None,
    )
    s.add(row)
    s.flush()
    audit.write(s, "token-issued", "user", user_id, at=at, by=user_id, token=row.id, name=name)
    return secret, _token(row)


def token_user(s: Session, secret: str, *, at: datetime) -> tuple[UserView, int | None] | None:
    """The user of a token, None if it is unknown, run out or the user inactive.

    With the id of the token where its last use is to be noted (`seen`).
    """
    found = s.execute(
        select(User, ApiToken)
        .join(ApiToken, ApiToken.user_id == User.id)
        .where(ApiToken.token_hash == _hash(secret), User.active.is_(True))
    ).one_or_none()
    if found is None or (found[1].expires_at is not None and found[1].expires_at <= at):
        return None
    user, token = found
    stale = token.seen_at is None or at - token.seen_at > SEEN_EVERY
    return users.view(user), token.id if stale else None


def seen(s: Session, token_id: int, *, at: datetime) -> None:
    """Note that a token was used."""
    row = s.get(ApiToken, token_id)
    if row is not None:
        row.seen_at = at


def seen_session(s: Session, token: str, *, at: datetime) -> None:
    """Note that a session was used."""
    row = s.get(WebSession, _hash(token))
    if row is not None:
        row.seen_at = at


def stale_session(s: Session, token: str, *, at: datetime) -> bool:
    """Whether the last use of a session should be noted anew."""
    row = s.get(WebSession, _hash(token))
    return row is not None and at - row.seen_at > SEEN_EVERY


def tokens(s: Session, user_id: int) -> tuple[TokenView, ...]:
    """The tokens of a user, newest first."""
    query = select(ApiToken).where(ApiToken.user_id == user_id).order_by(ApiToken.id.desc())
    return tuple(map(_token, s.scalars(query)))


def revoke(s: Session, user_id: int, token_id: int, *, at: datetime, by: int | None) -> None:
    """Take a token back. BadRequest "token-unknown" where the user has no such token."""
    row = s.get(ApiToken, token_id)
    if row is None or row.user_id != user_id:
        raise unknown("token", token_id)
    name = row.name
    s.delete(row)
    audit.write(s, "token-revoked", "user", user_id, at=at, by=by, token=token_id, name=name)


def sessions(s: Session, user_id: int, *, at: datetime) -> tuple[SessionView, ...]:
    """Where a user is signed in, last used first."""
    query = (
        select(WebSession)
        .where(WebSession.user_id == user_id, WebSession.expires_at > at)
        .order_by(WebSession.seen_at.desc())
    )
    return tuple(
        SessionView(row.token_hash[:HANDLE], row.created_at, row.seen_at, row.expires_at, row.agent)
        for row in s.scalars(query)
    )


def handle_of(token: str | None) -> str | None:
    """The handle of the session of a token."""
    return _hash(token)[:HANDLE] if token else None


def end(s: Session, user_id: int, handle: str, *, at: datetime, by: int | None) -> None:
    """Sign a user out of one browser. BadRequest "session-unknown" where there is no such session of the user."""
    result = s.execute(
        delete(WebSession).where(
            WebSession.user_id == user_id, WebSession.token_hash.startswith(handle, autoescape=True)
        )
    )
    if len(handle) != HANDLE or not cast("CursorResult[Any]", result).rowcount:
        raise unknown("session", 0)
    audit.write(s, "session-ended", "user", user_id, at=at, by=by, session=handle)


def last_seen(s: Session) -> dict[int, datetime]:
    """When each user was last at work, as far as sessions not yet run out tell."""
    rows = s.execute(select(WebSession.user_id, func.max(WebSession.seen_at)).group_by(WebSession.user_id))
    return {row[0]: row[1] for row in rows}


_SIGNS: Final = "abcdefghjkmnpqrstuvwxyz23456789"


def one_time_password() -> str:
    """A first password to read out or write down: 16 signs that do not look alike, in groups of four (79 bits)."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(4))


def _token(row: ApiToken) -> TokenView:
    return TokenView(row.id, row.name, row.created_at, row.seen_at, row.expires_at)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
