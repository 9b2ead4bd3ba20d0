"""Give back at once what workers of this machine held when they died.

A lease runs out by itself; where the holder was a process of this machine
that is gone, there is no reason to wait for that.
"""

from __future__ import annotations

import os
import socket
from datetime import datetime

from sqlalchemy.orm import Session

from register import jobs


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
