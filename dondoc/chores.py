"""Work of the machine that the administrator asks for on a page: reconcile the index, build it anew, count deadlines anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from dondoc.leases import Heartbeat
from ingest.errors import DondocError
from register import audit, calendar_days, chores, jobs, recount
from register.errors import LeaseLost

if TYPE_CHECKING:
    from dondoc.worker import Office

BATCH = 200
"""Tasks counted anew in one transaction."""


def chore_one(office: Office, worker: str) -> bool:
    """Claim one chore and carry it to its end; False where none was waiting."""
    with office.database.transaction() as s:
        job = jobs.claim(s, worker=worker, at=office.clock(), kinds=chores.KINDS, lease=office.lease)
    if job is None:
        return False
    try:
        with Heartbeat(office, job) as beat:
            told = _WORK[job.kind](office, beat)
        with office.database.transaction() as s:
            audit.write(s, f"{job.kind}-done", chores.entity_of(job.kind), job.id, at=office.clock(), **told)
            jobs.finish(s, job, at=office.clock())
    except LeaseLost:
        return True  # another worker has it now
    except DondocError as error:
        _give_back(office, job, f"{error.message} {error.advice}".strip(), retry=error.retry)
    except Exception as defect:  # a defect of ours must not stop the worker; it is told and logged
        import structlog

        structlog.get_logger("dondoc.worker").error("defect", job=job.kind, exc_info=defect)
        _give_back(office, job, "Lỗi của chương trình; chi tiết ở nhật ký máy chủ.", retry=False)
    return True


def _give_back(office: Office, job: jobs.Claimed, error: str, *, retry: bool) -> None:
    with office.database.transaction() as s:
        jobs.give_back(s, job, at=office.clock(), error=error, retry=retry)


def _reconcile(office: Office, _: Heartbeat) -> dict[str, Any]:
    from search.relay import reconcile

    found = reconcile(office.database, office.engine)
    return {
        "missing": found.missing,
        "stale": found.stale,
        "surplus": found.surplus,
        "ahead": found.ahead,
        "rejected": len(found.rejected),
    }


def _rebuild(office: Office, beat: Heartbeat) -> dict[str, Any]:
    from register import letters, tasks
    from search.relay import rebuild
    from search.types import Document, Rejected

    with office.database.reading() as s:
        total = sum(1 for _ in letters.ids(s)) + sum(1 for _ in tasks.ids(s))
    done = 0
    refused: list[Rejected] = []

    def told(document: Document) -> None:
        nonlocal done
        if document.kind != "references":
            done += 1
            beat.progress(done, total)

    state = rebuild(office.database, office.engine, told=told, refused=refused.append)
    return {"documents": sum(state.documents.values()), "rejected": len(refused)}


def _recount(office: Office, beat: Heartbeat) -> dict[str, Any]:
    with office.database.reading() as s:
        ids = recount.open_tasks(s)
    changed = 0
    for start in range(0, len(ids), BATCH):
        with office.database.transaction() as s:
            days = calendar_days.overrides(s)
            changed += len(recount.recount(s, ids[start : start + BATCH], at=office.clock(), holidays=days))
        beat.progress(min(start + BATCH, len(ids)), len(ids))
    return {"tasks": len(ids), "changed": changed}


_WORK: Mapping[str, Callable[[Office, Heartbeat], dict[str, Any]]] = {
    chores.RECONCILE: _reconcile,
    chores.REBUILD: _rebuild,
    chores.RECOUNT: _recount,
}
