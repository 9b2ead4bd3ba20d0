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
from typing import Any, Final, cast

from sqlalchemy import ColumnElement, CursorResult, and_, func, or_, select, update
from sqlalchemy.orm import Session

from register.errors import LeaseLost
from register.insert import insert_ignoring
from register.models import Job

LEASE: Final = timedelta(minutes=2)
"""How long a worker may be silent before it is taken for dead."""

MAX_ATTEMPTS: Final = 5
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


@dataclass(frozen=True, slots=True)
class Swept:
    """What `sweep` did: jobs taken back from dead workers, and those given up because they killed too many."""

    back: tuple[JobView, ...]
    given_up: tuple[JobView, ...]

    @property
    def taken_back(self) -> int:
        """How many jobs were taken back."""
        return len(self.back)


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
    insert_ignoring(
        s,
        Job,
        {
            "kind": kind,
            "step_key": key,
            "payload": dict(payload),
            "state": "queued",
            "run_after": run_after or at,
            "attempts": 0,
            "max_attempts": max_attempts,
            "progress": None,
            "created_at": at,
        },
        conflict=["step_key"],
    )
    job = s.scalars(select(Job).where(Job.step_key == key).with_for_update()).one()
    if force and job.state in ("done", "failed"):
        job.state, job.attempts, job.run_after = "queued", 0, run_after or at
        job.payload, job.progress, job.last_error, job.finished_at = dict(payload), None, None, None
        s.flush()
    return job.id


def claim(
    s: Session, *, worker: str, at: datetime, kinds: Sequence[str] = (), lease: timedelta = LEASE
) -> Claimed | None:
    """Take the next job that is due (or whose lease has run out), or None.

    Two workers never get the same job: SELECT … FOR UPDATE SKIP LOCKED on
    PostgreSQL, BEGIN IMMEDIATE on SQLite (`Database.transaction` does that).
    """
    expired = and_(_expired(at), Job.attempts < Job.max_attempts)
    query = (
        select(Job)
        .where(or_(and_(Job.state == "queued", Job.run_after <= at), expired))
        .order_by(Job.run_after, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    if kinds:
        query = query.where(Job.kind.in_(kinds))
    job = s.scalars(query).first()
    if job is None:
        return None
    job.state, job.worker, job.lease_until = "running", worker, at + lease
    job.attempts += 1
    s.flush()
    return Claimed(
        job.id, job.kind, job.step_key, job.payload, worker, job.attempts, job.max_attempts, job.lease_until
    )


def heartbeat(
    s: Session,
    job: Claimed,
    *,
    at: datetime,
    lease: timedelta = LEASE,
    progress: Mapping[str, Any] | None = None,
) -> bool:
    """Lengthen the lease and note the progress. False: the job was taken away, stop working."""
    values: dict[str, Any] = {"lease_until": at + lease}
    if progress is not None:
        values["progress"] = dict(progress)
    return _change_own(s, job, values)


def finish(s: Session, job: Claimed, *, at: datetime) -> None:
    """The step is done. Raises `LeaseLost` when the job is no longer this worker's."""
    values = {"state": "done", "finished_at": at, "lease_until": None, "last_error": None, "progress": None}
    if not _change_own(s, job, values):
        raise LeaseLost(
            "lease-lost",
            f"Việc số {job.id} đã được giao cho tiến trình khác; kết quả lần này không được ghi.",
            f"Job {job.id} has been given to another worker; this result is not recorded.",
        )


def give_back(s: Session, job: Claimed, *, at: datetime, error: str, retry: bool = True) -> bool:
    """The step went wrong: back into the queue with back-off, or failed when `retry` is false or tries ran out.

    True if it will be tried again. Does nothing when the job is no longer this worker's.
    """
    again = retry and job.attempt < job.max_attempts
    values: dict[str, Any] = {"last_error": error, "lease_until": None, "worker": None, "progress": None}
    if again:
        values |= {"state": "queued", "run_after": at + back_off(job.attempt)}
    else:
        values |= {"state": "failed", "finished_at": at}
    return _change_own(s, job, values) and again


def back_off(attempt: int) -> timedelta:
    """The pause after the n-th try: 5 s, 20 s, 80 s, … at most 30 minutes."""
    return min(timedelta(seconds=5 * 4 ** min(attempt - 1, 6)), timedelta(minutes=30))


def sweep(s: Session, *, at: datetime) -> Swept:
    """Take back the jobs of dead workers (lease run out).

    A job whose tries have run out, because it killed every worker that had
    it, is failed and given in `given_up`: its file should be marked failed.
    """
    rows = s.scalars(
        select(Job)
        .where(_expired(at))
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).all()
    back, given_up = [], []
    for job in rows:
        job.last_error = f"worker {job.worker} stopped without a word"
        job.worker = job.lease_until = job.progress = None
        if job.attempts < job.max_attempts:
            job.state, job.run_after = "queued", at
            back.append(view(job))
        else:
            job.state, job.finished_at = "failed", at
            given_up.append(view(job))
    s.flush()
    return Swept(tuple(back), tuple(given_up))


def expire(s: Session, job_id: int, *, worker: str, at: datetime) -> bool:
    """End the lease of a worker known to be dead, so that the next `sweep` takes its job back at once."""
    job = s.get(Job, job_id, with_for_update=True)
    if job is None or job.state != "running" or job.worker != worker:
        return False
    job.lease_until = at - timedelta(seconds=1)
    s.flush()
    return True


def get(s: Session, job_id: int) -> JobView | None:
    """One job."""
    job = s.get(Job, job_id)
    return view(job) if job else None


def listing(s: Session, *, states: Sequence[str] = (), limit: int = 100) -> tuple[JobView, ...]:
    """Jobs, newest first."""
    query = select(Job).order_by(Job.id.desc()).limit(limit)
    if states:
        query = query.where(Job.state.in_(states))
    return tuple(map(view, s.scalars(query)))


def counts(s: Session) -> dict[str, int]:
    """How many jobs there are in each state."""
    found = dict(s.execute(select(Job.state, func.count()).group_by(Job.state)).all())
    return {state: found.get(state, 0) for state in ("queued", "running", "done", "failed")}


def idle(s: Session) -> bool:
    """Whether no job is queued or running."""
    return s.scalar(select(Job.id).where(Job.state.in_(("queued", "running"))).limit(1)) is None


def _expired(at: datetime) -> ColumnElement[bool]:
    return and_(Job.state == "running", Job.lease_until < at)


def _change_own(s: Session, job: Claimed, values: Mapping[str, Any]) -> bool:
    """Change the job if this worker still has it in this attempt, which serves as a fencing token."""
    result = s.execute(
        update(Job)
        .where(
            Job.id == job.id, Job.state == "running", Job.worker == job.worker, Job.attempts == job.attempt
        )
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    return cast("CursorResult[Any]", result).rowcount == 1


def view(job: Job) -> JobView:
    """A job as shown to people."""
    return JobView(
        job.id,
        job.kind,
        job.step_key,
        job.state,
        job.payload,
        job.attempts,
        job.worker,
        job.progress,
        job.last_error,
        job.run_after,
        job.created_at,
        job.finished_at,
    )
