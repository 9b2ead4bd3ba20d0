"""Who may do what, by role. Everybody who is signed in may read."""

from __future__ import annotations

from typing import Final, Literal

from api.problems import not_allowed
from register.assigning import Standing
from register.users import UserView

Right = Literal[
    "upload",
    "correct",
    "complete",
    "reprocess",
    "arrange",
    "follow",
    "assign",
    "decide",
    "cancel",
    "units",
    "administer",
]

RIGHTS: Final[dict[Right, frozenset[str]]] = {
    "upload": frozenset({"clerk", "officer", "admin"}),
    "correct": frozenset({"clerk", "officer", "legal", "admin"}),
    "complete": frozenset({"clerk", "officer", "leader", "admin"}),
    "reprocess": frozenset({"clerk", "officer", "admin"}),
    "arrange": frozenset({"clerk", "admin"}),
    "follow": frozenset({"clerk", "officer", "leader", "admin"}),
    "assign": frozenset({"clerk", "leader", "admin"}),
    "decide": frozenset({"leader", "admin"}),
    "cancel": frozenset({"clerk", "leader", "admin"}),
    "units": frozenset({"admin"}),
    "administer": frozenset({"admin"}),
}
"""Roles (keys of `register.users.ROLES`) that have each right.

"arrange" is to put the pages of received files right. Of an obligation: "follow" is to write notes and ask for extensions, "assign"
to give it to a unit or a person, "decide" to grant or refuse an extension, "cancel" to take it out of the tracking and back. "units" is to
change the units of the office, "administer" everything under /quan-tri.
"""

OF_ASSIGNEE: Final[frozenset[Right]] = frozenset({"follow", "complete"})
"""What whoever an obligation was given to, the person or the unit, may do with it, whatever the role."""


OF_COOPERATING: Final[frozenset[Right]] = frozenset({"follow"})
"""What whoever co-operates in an obligation may do with it, whatever the role."""

_OF: Final[dict[Standing, frozenset[Right]]] = {
    "": frozenset(),
    "cooperating": OF_COOPERATING,
    "lead": OF_ASSIGNEE,
}


def may(user: UserView, right: Right, *, own: Standing = "") -> bool:
    """Whether the user has the right; `own` says what the obligation is to the user or the user's unit."""
    return user.role in RIGHTS[right] or right in _OF[own]


def require(user: UserView, right: Right, *, own: Standing = "") -> None:
    """Raise `Forbidden` unless the user has the right; `own` as in `may`.

    Call it after the object was found: what does not exist answers 404 to
    everybody (404 before 403).
    """
    if not may(user, right, own=own):
        raise not_allowed()
