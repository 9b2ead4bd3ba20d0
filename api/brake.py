"""A brake on how often something is asked for, kept in this process."""

from __future__ import annotations

import threading
from collections import OrderedDict
from datetime import datetime, timedelta

KEYS = 10_000
"""Askers remembered at most; beyond that the oldest are forgotten."""


class Brake:
    """Lets each key through `limit` times in a window that begins with its first request."""

    def __init__(self, limit: int, window: timedelta) -> None:
        self._limit = limit
        self._window = window
        self._seen: OrderedDict[str, tuple[datetime, int]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, key: str, at: datetime) -> int:
        """Seconds until the key is let through again; 0: now, and that is counted."""
        with self._lock:
            since, count = self._seen.get(key, (at, 0))
            if at - since >= self._window:
                since, count = at, 0
                self._seen.pop(key, None)
            if count >= self._limit:
                return max(1, int((since + self._window - at).total_seconds()))
            self._seen[key] = (since, count + 1)
            while len(self._seen) > KEYS:
                self._seen.popitem(last=False)
            return 0
