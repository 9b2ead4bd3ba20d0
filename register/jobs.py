"""Jobs: rows with a lease. Whoever claims one must heartbeat; a dead worker's job is taken back.

Every function but `sweep` concerns one job, each call in a short transaction
of its own: claim, then work, then record the result and `finish` in one
transaction. Because recording is idempotent and `finish` demands that the
lease is still held, a job that runs twice has its effect once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

LEASE = timedelta(minutes=2)
"""How long a worker may be silent before it is taken for dead."""

MAX_ATTEMPTS = 5
"""How often a step is tried before it counts as failed."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A job in the hands of a worker. `attempt` counts from 1."""

    id: int
    kind: str
    step_key: str
    payload: Mapping[str, Any]
    worker: str
    attempt: int
    max_attempts: int
    lease_until: datetime


@dataclass(frozen=True, slots=True)
class JobView:
    """A job as shown to people."""

    id: int
    kind: str
    step_key: str
    state: str
    payload: Mapping[str, Any]
    attempts: int
    worker: str | None
    progress: Mapping[str, Any] | None
    last_error: str | None
    run_after: datetime
    created_at: datetime
    finished_at: datetime | None


def step_key(content: str, step: str, version: str) -> str:
    """The key of a step: content hash + step + version."""
    return f"{content}:{step}:{version}"


def enqueue(
    s: Session,
    kind: str,
    *,
    key: str,
    payload: Mapping[str, Any],
    at: datetime,
    run_after: datetime | None = None,
    max_attempts: int = MAX_ATTEMPTS,
    force: bool = False,
) -> int:
    """Queue a step; gives the job's id. A step that is already there is not queued twice.

    With `force` a step that is done or failed starts afresh.
    """
    raise NotImplementedError


def claim(
    s: Session, *, worker: str, at: datetime, kinds: Sequence[str] = (), lease: timedelta = LEASE
) -> Claimed | None:
    """Take the next job that is due (or whose lease has run out), or None.

    Two workers never get the same job: SELECT … FOR UPDATE SKIP LOCKED on
    PostgreSQL, BEGIN IMMEDIATE on SQLite (`Database.transaction` does that).
    """
    raise NotImplementedError


def heartbeat(
    s: Session,
    job: Claimed,
    *,
    at: datetime,
    lease: timedelta = LEASE,
    progress: Mapping[str, Any] | None = None,
) -> bool:
    """Lengthen the lease and note the progress. False: the job was taken away, stop working."""
    raise NotImplementedError


def finish(s: Session, job: Claimed, *, at: datetime) -> None:
    """The step is done. Raises `LeaseLost` when the job is no longer this worker's."""
    raise NotImplementedError


def give_back(s: Session, job: Claimed, *, at: datetime, error: str, retry: bool = True) -> bool:
    """The step went wrong: back into the queue with back-off, or failed when `retry` is false or tries ran out.

    True if it will be tried again. Does nothing when the job is no longer this worker's.
    """
    raise NotImplementedError


def sweep(s: Session, *, at: datetime) -> int:
    """Take back the jobs of dead workers (lease run out); gives how many."""
    raise NotImplementedError


def get(s: Session, job_id: int) -> JobView | None:
    """One job."""
    raise NotImplementedError


def listing(s: Session, *, states: Sequence[str] = (), limit: int = 100) -> tuple[JobView, ...]:
    """Jobs, newest first."""
    raise NotImplementedError


def counts(s: Session) -> dict[str, int]:
    """How many jobs there are in each state."""
    raise NotImplementedError


def idle(s: Session) -> bool:
    """Whether no job is queued or running."""
    raise NotImplementedError
