"""The bodies that owe something, to choose from in filters: asked of the register again only after something has changed in it."""

from __future__ import annotations

import threading

from sqlalchemy.orm import Session

from register import outbox, tasks


class Owing:
    """Remembers the last answer with the change it was given after; shared by all requests of the application."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: tuple[int | None, tuple[str, ...]] | None = None

    def __call__(self, s: Session) -> tuple[str, ...]:
        """Names as printed, of the body that owes most first."""
        newest = outbox.newest(s)
        with self._lock:
            known = self._known
        if known is None or known[0] != newest:
            known = newest, tasks.bodies(s)
            with self._lock:
                self._known = known
        return known[1]
