"""How far the search index is behind, for the notice on every page: asked of the register at most every few seconds."""

from __future__ import annotations

import threading
import time
from datetime import timedelta

from api.services import Services
from ingest.errors import DondocError
from register import outbox

FRESH = 3.0
"""Seconds for which an answer is used again."""

LATE = timedelta(seconds=20)
"""An index so far behind is told of; below it is on its way."""


class IndexLag:
    """Remembers the last answer; shared by all requests of the application."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._lock = threading.Lock()
        self._known: outbox.Lag | None = None
        self._asked = float("-inf")

    def now(self) -> outbox.Lag | None:
        """The lag; None where the register does not answer."""
        with self._lock:
            if time.monotonic() - self._asked < FRESH:
                return self._known
            try:
                with self._services.database.reading() as s:
                    self._known = outbox.lag(s, at=self._services.now())
            except DondocError:
                self._known = None
            self._asked = time.monotonic()
            return self._known

    def late(self) -> outbox.Lag | None:
        """The lag where it is worth telling: changes have waited for longer than `LATE`."""
        lag = self.now()
        return lag if lag is not None and lag.oldest is not None and lag.oldest > LATE else None

    def forget(self) -> None:
        """Ask again next time."""
        with self._lock:
            self._asked = float("-inf")
