"""Leases of jobs: renewed while a worker lives, given back at once when it died.

A lease runs out by itself; where the holder was a process of this machine
that is gone, there is no reason to wait for that.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from ingest.errors import DondocError
from register import jobs

if TYPE_CHECKING:
    from dondoc.worker import Office


def free_dead_leases(s: Session, *, at: datetime) -> int:
    """Expire the leases whose holder was a process of this machine that no longer lives."""
    freed = 0
    for job in jobs.listing(s, states=("running",), limit=1000):
        if job.worker is not None and _is_dead(job.worker):
            freed += jobs.expire(s, job.id, worker=job.worker, at=at)
    return freed


def _is_dead(worker: str) -> bool:
    host, _, rest = worker.partition(":")
    pid = rest.partition(":")[0]
    if host != socket.gethostname() or not pid.isdigit():
        return False
    if int(pid) == os.getpid():
        return False
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


class Heartbeat:
    """Renews the lease while a job is worked at, and keeps how far it came for those who watch."""

    def __init__(self, office: Office, job: jobs.Claimed) -> None:
        self._office = office
        self._job = job
        self._stop = threading.Event()
        self._page: dict[str, int] | None = None
        self._told = 0.0
        self._thread = threading.Thread(target=self._beat, name="heartbeat", daemon=True)

    def __enter__(self) -> Heartbeat:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def progress(self, page: int, total: int) -> None:
        """How far the work came: page, or document, of how many. Call it as often as you like."""
        self._page = {"page": page, "pages": total}
        if time.monotonic() - self._told > 0.5:
            self._told = time.monotonic()
            self._renew()

    def _renew(self) -> None:
        with self._office.database.transaction() as s:
            jobs.heartbeat(
                s, self._job, at=self._office.clock(), lease=self._office.lease, progress=self._page
            )

    def _beat(self) -> None:
        while not self._stop.wait(max(1.0, self._office.lease.total_seconds() / 4)):
            try:
                self._renew()
            except DondocError:
                continue  # the database is away for a moment; the next beat tries again
