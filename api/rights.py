"""Who may do what, by role. Everybody who is signed in may read."""

from __future__ import annotations

from typing import Final, Literal

from api.problems import not_allowed
from register.users import UserView

Right = Literal["upload", "correct", "complete", "reprocess"]

RIGHTS: Final[dict[Right, frozenset[str]]] = {
    "upload": frozenset({"clerk", "officer", "admin"}),
    "correct": frozenset({"clerk", "officer", "legal", "admin"}),
    "complete": frozenset({"clerk", "officer", "leader", "admin"}),
    "reprocess": frozenset({"clerk", "officer", "admin"}),
}
"""Roles (keys of `register.users.ROLES`) that have each right."""


def may(user: UserView, right: Right) -> bool:
    """Whether the user has the right."""
    return user.role in RIGHTS[right]


def require(user: UserView, right: Right) -> None:
    """Raise `Forbidden` unless the user has the right.

    Call it after the object was found: what does not exist answers 404 to
    everybody (404 before 403).
    """
    if not may(user, right):
        raise not_allowed()
