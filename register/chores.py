"""Work of the machine that people ask for (reconcile and rebuild the index, count deadlines anew), and jobs as people see them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from register import audit, jobs
from register.errors import refused, unknown
from register.jobs import JobView
from register.models import Job
from register.views import Slice

RECONCILE: Final = "index-reconcile"
REBUILD: Final = "index-rebuild"
RECOUNT: Final = "deadlines-recount"
KINDS: Final = (RECONCILE, REBUILD, RECOUNT)
"""Kinds of jobs that concern no file; `dondoc.chores` carries them out."""
OPEN: Final = ("queued", "running")


def ask(s: Session, kind: str, *, at: datetime, by: int | None) -> int:
    """Queue a chore; gives the job's id. One that waits already is not queued again, nor an index chore that runs."""
    if kind not in KINDS:
        raise ValueError(kind)
    # A recount that runs may have read the calendar before the change that asks for another one.
    states = ("queued",) if kind == RECOUNT else OPEN
    waiting = s.scalar(select(Job.id).where(Job.kind == kind, Job.state.in_(states)).limit(1))
    if waiting is not None:
        return waiting
    number = (s.scalar(select(func.max(Job.id))) or 0) + 1
    job_id = jobs.enqueue(s, kind, key=jobs.step_key(kind, "chore", str(number)), payload={}, at=at)
    audit.write(s, f"{kind}-asked", entity_of(kind), job_id, at=at, by=by)
    return job_id


def entity_of(kind: str) -> str:
    """What the audit trail says a chore is about."""
    return "calendar" if kind == RECOUNT else "index"


def page(
    s: Session,
    *,
    states: Sequence[str] = (),
    kinds: Sequence[str] = (),
    offset: int = 0,
    limit: int = 50,
) -> Slice[JobView]:
    """Jobs, newest first; those that wait in the order in which they will be taken."""
    query = select(Job)
    if states:
        query = query.where(Job.state.in_(states))
    if kinds:
        query = query.where(Job.kind.in_(kinds))
    total = s.scalar(select(func.count()).select_from(query.subquery())) or 0
    order = (Job.run_after, Job.id) if tuple(states) == ("queued",) else (Job.id.desc(),)
    rows = s.scalars(query.order_by(*order).offset(offset).limit(limit))
    return Slice(tuple(map(jobs.view, rows)), total, offset, limit)


def again(s: Session, job_id: int, *, at: datetime, by: int | None) -> None:
    """Try a failed job of the machine again. BadRequest "job-unknown", or "job-not-failed" where it did not fail."""
    job = s.get(Job, job_id, with_for_update=True)
    if job is None:
        raise unknown("job", job_id)
    if job.state != "failed":
        raise refused("job-not-failed", "Việc này không hỏng.", "This job has not failed.")
    jobs.enqueue(s, job.kind, key=job.step_key, payload=job.payload, at=at, force=True)
    audit.write(s, "job-again", "job", job_id, at=at, by=by, kind=job.kind)


def failed(s: Session, *, but: str, limit: int = 50) -> tuple[JobView, ...]:
    """Failed jobs, newest first, of all kinds `but` one."""
    query = select(Job).where(Job.kind != but, Job.state == "failed").order_by(Job.id.desc()).limit(limit)
    return tuple(map(jobs.view, s.scalars(query)))
