"""Quản trị · Việc của máy: what runs, what waits, what failed and why, and trying again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from api.deps import CurrentUser, Here, Id
from api.paging import Paging, address
from api.render import language_of, render
from api.rights import require
from register import chores, intake, jobs
from register.intake import STEP
from register.jobs import JobView
from register.views import FileView, Slice

router = APIRouter(include_in_schema=False, prefix="/quan-tri/viec-may")

PAGE: Final = 50
TABS: Final = ("now", "failed", "done")


@dataclass(frozen=True, slots=True)
class Line:
    """A job, or a file that could not be read. `why` and `advice` are in the user's language."""

    kind: str
    name: str
    href: str | None
    state: str
    at: datetime
    attempts: int
    why: str
    advice: str
    progress: Any
    again: str | None


@router.get("")
def jobs_page(
    request: Request,
    services: Here,
    user: CurrentUser,
    xem: Annotated[str, Query(max_length=20)] = "now",
    trang: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
) -> Response:
    """The jobs: running and waiting ones, failed ones with the reason, or those done."""
    require(user, "administer")
    tab = xem if xem in TABS else "now"
    offset, english = (trang - 1) * PAGE, language_of(request) == "en"
    with services.database.reading() as s:
        counts, files = jobs.counts(s), intake.counts(s)
        broken = chores.failed(s, but=STEP, limit=PAGE)
        lines: tuple[Line, ...]
        if tab == "failed":
            found = intake.listing(s, states=("failed",), offset=offset, limit=PAGE)
            first = tuple(_of_job(job, None) for job in broken) if trang == 1 else ()
            lines = (*first, *(_of_file(file, english) for file in found.items))
            shown: Slice[Any] = found
        else:
            running = chores.page(s, states=("running",), limit=PAGE) if tab == "now" else None
            shown = chores.page(
                s, states=("done",) if tab == "done" else ("queued",), offset=offset, limit=PAGE
            )
            rows = (*(running.items if running and trang == 1 else ()), *shown.items)
            lines = _of_jobs(s, rows)
    return render(
        request,
        "admin_jobs.html",
        section="admin",
        part="jobs",
        tab=tab,
        tabs=[
            ("now", address(request, xem=None, trang=None), counts["running"] + counts["queued"]),
            ("failed", address(request, xem="failed", trang=None), files["failed"] + len(broken)),
            ("done", address(request, xem="done", trang=None), counts["done"]),
        ],
        counts=counts,
        lines=lines,
        working=tab == "now" and bool(lines),
        paging=Paging.of(request, shown.offset, len(shown.items), shown.total, trang),
    )


@router.post("/{job_id}/thu-lai")
def job_again(services: Here, user: CurrentUser, job_id: Id) -> Response:
    """Try a failed job again."""
    with services.database.transaction() as s:
        if jobs.get(s, job_id) is not None:
            require(user, "administer")
        chores.again(s, job_id, at=services.now(), by=user.id)
    services.wake()
    return RedirectResponse("/quan-tri/viec-may", 303)


@router.post("/tep/{file_id}/thu-lai")
def file_again(services: Here, user: CurrentUser, file_id: Id) -> Response:
    """Read a file again that could not be read."""
    with services.database.transaction() as s:
        intake.get(s, file_id)
        require(user, "administer")
        intake.requeue(s, file_id, version=services.processing, at=services.now(), by=user.id, force=True)
    services.wake()
    return RedirectResponse("/quan-tri/viec-may", 303)


def _of_jobs(s: Session, rows: tuple[JobView, ...]) -> tuple[Line, ...]:
    ids = [job.payload["file_id"] for job in rows if job.kind == STEP and "file_id" in job.payload]
    files = intake.by_ids(s, ids)
    return tuple(_of_job(job, files.get(job.payload.get("file_id", 0))) for job in rows)


def _of_job(job: JobView, file: FileView | None) -> Line:
    return Line(
        kind=job.kind,
        name=file.name if file else "",
        href=f"/van-ban/{file.letter_ids[0]}" if file and file.letter_ids else None,
        state=job.state,
        at=job.finished_at or (job.run_after if job.state == "queued" else job.created_at),
        attempts=job.attempts,
        why=job.last_error or "",
        advice="",
        progress=job.progress,
        again=f"/quan-tri/viec-may/{job.id}/thu-lai" if job.state == "failed" else None,
    )


def _of_file(file: FileView, english: bool) -> Line:
    return Line(
        kind=STEP,
        name=file.name,
        href=None,
        state="failed",
        at=file.received_at,
        attempts=0,
        why=(file.message_en if english else file.message) or "",
        advice=(file.advice_en if english else file.advice) or "",
        progress=None,
        again=f"/quan-tri/viec-may/tep/{file.id}/thu-lai",
    )
