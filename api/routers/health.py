"""Health: is the program there, can it work."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse

from api.deps import Here
from ingest.errors import DondocError
from register import jobs, mailing, outbox

router = APIRouter(prefix="/api/v1/health", tags=["health"])


@router.get("/live", summary="Chương trình đang chạy · The program runs")
def live() -> dict[str, str]:
    """Answers as long as the process answers requests."""
    return {"status": "ok"}


@router.get(
    "/ready", summary="Sẵn sàng làm việc · Ready to work", responses={503: {"description": "Not ready"}}
)
def ready(request: Request, services: Here) -> JSONResponse:
    """The database must answer; the search engine and its lag are reported.

    Without search letters are still taken in and read, so a missing engine
    makes the answer "degraded", not 503. `mail` tells of reminder mails: "off" where no mail server is set.
    """
    checks: dict[str, Any] = {}
    try:
        services.database.check()
        with services.database.reading() as s:
            lag = outbox.lag(s, at=services.now())
            checks["jobs"] = jobs.counts(s)
            mail = mailing.state(s, at=services.now())
        checks["mail"] = {
            "status": "off" if not services.mail else "failing" if mail.retrying or mail.failed else "ok",
            "waiting": mail.waiting,
            "retrying": mail.retrying,
            "failed": mail.failed,
        }
        checks["database"] = {"status": "ok"}
        checks["index_lag"] = {
            "waiting": lag.waiting,
            "oldest_seconds": lag.oldest.total_seconds() if lag.oldest else 0,
            "given_up": lag.poison,
        }
    except DondocError as error:
        checks["database"] = {"status": "failed", "code": error.code}
    status = services.engine.status()
    checks["search"] = {
        "status": "ok" if status.available else "failed",
        "engine": status.engine,
        "outdated": status.outdated,
    }
    if checks["database"]["status"] != "ok":
        return JSONResponse({"status": "failed", "checks": checks}, 503)
    return JSONResponse({"status": "ok" if status.available else "degraded", "checks": checks})
