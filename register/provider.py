"""Users who come by the office's sign-in provider: found by login name once, known by the provider's own identity from then on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from register import audit, users
from register.errors import unknown
from register.models import User
from register.text import squeeze
from register.users import UserView


@dataclass(frozen=True, slots=True)
class Outcome:
    """The user who may enter, or None; `other` says that the name is there but bound to another identity of the provider."""

    user: UserView | None
    other: bool = False


def enter(s: Session, login: str, subject: str, *, at: datetime, address: str | None = None) -> Outcome:
    """Whom the provider named: `login` is the name, `subject` the identity it never gives to anybody else (OIDC `sub`).

    The first sign-in binds the two; a name that the provider gives to another
    person later does not open the first one's account. Whoever comes this way
    needs no password of ours: a first one that was never changed is replaced
    by one that nobody knows. Commit it also after a refusal: it is in the trail.
    """
    login = squeeze(login).lower()
    user = s.scalars(
        select(User).where(User.login == login, User.active.is_(True)).with_for_update()
    ).one_or_none()
    bound = s.scalar(select(User.id).where(User.provider_subject == subject))
    other = user is not None and (
        bound not in (None, user.id) or user.provider_subject not in (None, subject)
    )
    if user is None or other:
        audit.write(
            s, "sign-in-failed", "user", user.id if user else None, at=at, actor=login[:64], address=address,
            provider=True, taken=other,
        )  # fmt: skip
        return Outcome(None, other)
    if user.provider_subject is None:
        user.provider_subject = subject
        audit.write(s, "provider-bound", "user", user.id, at=at, by=user.id)
    users.forget_first_password(user)
    audit.write(s, "signed-in", "user", user.id, at=at, by=user.id, address=address, provider=True)
    s.flush()
    return Outcome(users.view(user))


def is_bound(s: Session, user_id: int) -> bool:
    """Whether the user is bound to an identity of the provider."""
    return s.scalar(select(User.provider_subject).where(User.id == user_id)) is not None


def release(s: Session, user_id: int, *, at: datetime, by: int | None) -> None:
    """Let the next sign-in by the provider bind the user anew (the provider was changed, or the account made again there)."""
    user = s.get(User, user_id)
    if user is None:
        raise unknown("user", user_id)
    if user.provider_subject is not None:
        user.provider_subject = None
        users.close_all_sessions(s, user_id)
        audit.write(s, "provider-released", "user", user_id, at=at, by=by)
        s.flush()
