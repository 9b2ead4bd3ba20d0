"""Moments in time of the embedded index: read transactions kept open between the pages of one question.

SQLite in WAL mode lets a reader go on seeing the index as it was when its
transaction began. While one is open the write-ahead log cannot be cut back, so
moments are few and short.
"""

from __future__ import annotations

import secrets
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

LIFE = 120.0
"""Seconds that a moment is kept after it was last used."""

LONGEST = 900.0
"""Seconds after which it goes even when it is used."""

MOST = 16
"""So many moments are kept; the one unused for longest makes room."""


@dataclass(slots=True)
class _Moment:
    connection: sqlite3.Connection
    opened: float
    used: float
    lock: threading.Lock = field(default_factory=threading.Lock)


class Moments:
    """Open moments by their names. `connect` gives a new connection for each."""

    def __init__(
        self, connect: Callable[[], sqlite3.Connection], *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._connect, self._clock = connect, clock
        self._open: dict[str, _Moment] = {}
        self._lock = threading.Lock()

    def begin(self) -> str:
        """Keep the index as it is now; gives the moment's name."""
        connection = self._connect()
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM meta").fetchone()  # the picture is taken at the first read
        name, now = secrets.token_urlsafe(9), self._clock()
        with self._lock:
            self._open[name] = _Moment(connection, now, now)
        self._tidy()
        return name

    @contextmanager
    def use(self, name: str) -> Iterator[sqlite3.Connection | None]:
        """The connection of a moment; None where it is gone."""
        self._tidy()
        with self._lock:
            moment = self._open.get(name)
            if moment is not None:
                moment.used = self._clock()
        if moment is None:
            yield None
            return
        with moment.lock:
            with self._lock:
                held = name in self._open
            yield moment.connection if held else None

    def end(self, name: str) -> None:
        """Let go of a moment, if it is there."""
        with self._lock:
            moment = self._open.pop(name, None)
        if moment is not None:
            _close(moment)

    def close(self) -> None:
        """Let go of all."""
        with self._lock:
            moments, self._open = list(self._open.values()), {}
        for moment in moments:
            _close(moment)

    def _tidy(self) -> None:
        now = self._clock()
        with self._lock:
            old = [
                name
                for name, moment in self._open.items()
                if now - moment.used > LIFE or now - moment.opened > LONGEST
            ]
            kept = sorted((name for name in self._open if name not in old), key=lambda n: self._open[n].used)
            gone = [self._open.pop(name) for name in (*old, *kept[: max(0, len(kept) - MOST)])]
        for moment in gone:
            _close(moment)


def _close(moment: _Moment) -> None:
    with moment.lock:
        moment.connection.close()
