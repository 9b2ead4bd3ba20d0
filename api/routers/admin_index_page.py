"""Quản trị · Chỉ mục: whether the search index agrees with the register, and its repair as jobs."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from api.deps import CurrentUser, Here
from api.render import render
from api.rights import require
from register import chores, letters, outbox, tasks, trail
from register.trail import TrailFilter

router = APIRouter(include_in_schema=False, prefix="/quan-tri/chi-muc")

SHOWN = 50
CHORES = {"doi-chieu": chores.RECONCILE, "lap-lai": chores.REBUILD}


@router.get("")
def index_page(request: Request, services: Here, user: CurrentUser) -> Response:
    """Engine, counts beside the register's, what waits, what was set aside, what was repaired."""
    require(user, "administer")
    state = services.engine.status()
    with services.database.reading() as s:
        lag = outbox.lag(s, at=services.now())
        aside = outbox.poisoned(s, limit=SHOWN)
        counted = {"letters": letters.count(s), "tasks": tasks.count(s)}
        waiting = chores.page(s, states=chores.OPEN, kinds=chores.KINDS, limit=10).items
        history = trail.find(s, TrailFilter(entity="index"), limit=10).items
    return render(
        request,
        "admin_index.html",
        section="admin",
        part="index",
        state=state,
        lag_now=lag,
        aside=aside,
        counted=counted,
        waiting=waiting,
        history=history,
        chores=CHORES,
    )


@router.post("/doi-chieu")
def reconcile(services: Here, user: CurrentUser) -> Response:
    """Compare the index with the register and mend what differs, as a job."""
    return _ask(services, user, chores.RECONCILE)


@router.post("/lap-lai")
def rebuild(services: Here, user: CurrentUser) -> Response:
    """Build the index anew from the register, as a job; searches go on meanwhile."""
    return _ask(services, user, chores.REBUILD)


def _ask(services: Here, user: CurrentUser, kind: str) -> Response:
    require(user, "administer")
    with services.database.transaction() as s:
        chores.ask(s, kind, at=services.now(), by=user.id)
    services.wake()
    return RedirectResponse("/quan-tri/chi-muc", 303)
