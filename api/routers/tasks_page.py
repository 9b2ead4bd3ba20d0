"""Nhiệm vụ: one row per body that owes something."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from api.deps import CurrentUser, Here, Id
from api.paging import Paging, address, day_of
from api.render import render, safe_next
from api.rights import require
from register import events, tasks
from register.graph import changes, replies
from register.tasks import TaskFilter

router = APIRouter(include_in_schema=False)

PER_PAGE = 50
TABS = ("open", "overdue", "due-soon", "in-time", "no-term", "done-in-time", "done-late", "all")
"""The status tabs, what presses first; "open" is what one sees without choosing."""

Text = Annotated[str, Query(max_length=300)]
Next = Annotated[str, Form(max_length=2000)]


@router.get("/nhiem-vu")
def tasks_page(
    request: Request,
    services: Here,
    user: CurrentUser,
    trang_thai: Text = "open",
    co_quan: Text = "",
    vai_tro: Text = "",
    han_truoc: Text = "",
    viec: Text = "",
    trang: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
) -> Response:
    """The list of tasks with its filters, all of them in the address."""
    today = services.today()
    where = TaskFilter(
        agency=co_quan.strip() or None,
        statuses=() if trang_thai in ("", "all") else (trang_thai,),
        due_before=day_of(han_truoc),
        role=vai_tro or None,
        text=viec.strip() or None,
    )
    with services.database.reading() as s:
        found = tasks.listing(
            s, where, today=today, soon_days=services.soon_days, offset=(trang - 1) * PER_PAGE, limit=PER_PAGE
        )
        counts = tasks.counts(s, where, today=today, soon_days=services.soon_days)
        warned = changes.warnings(s, list({row.letter_id for row in found.items}), today=today)
        offered = replies.count(s)
        agencies = [name for name, _ in tasks.agencies(s, today=today, limit=200)]
    counts = counts | {
        "open": counts["overdue"] + counts["in-time"] + counts["no-term"],
        "all": sum(count for name, count in counts.items() if name != "due-soon"),
    }
    return render(
        request,
        "tasks.html",
        section="tasks",
        found=found,
        counts=counts,
        tabs=[(tab, address(request, trang_thai=None if tab == "open" else tab, trang=None)) for tab in TABS],
        tab=trang_thai or "all",
        agencies=agencies,
        warned=warned,
        offered=offered,
        paging=Paging.of(request, found.offset, len(found.items), found.total, trang),
        filtered=where != TaskFilter(statuses=where.statuses),
        chosen={"co_quan": co_quan, "vai_tro": vai_tro, "han_truoc": han_truoc, "viec": viec},
    )


@router.post("/nhiem-vu/{obligation_id}/hoan-thanh")
def complete(
    services: Here,
    user: CurrentUser,
    obligation_id: Id,
    ngay: Annotated[str, Form(max_length=20)] = "",
    next: Next = "/nhiem-vu",
) -> Response:
    """Note that the body has done it, today or on the day given."""
    with services.database.transaction() as s:
        tasks.obligation(s, obligation_id)
        require(user, "complete")
        today = services.today()
        events.mark_done(
            s, obligation_id, on=day_of(ngay) or today, at=services.now(), by=user.id, today=today
        )
    services.wake()
    return RedirectResponse(safe_next(next), 303)


@router.post("/nhiem-vu/{obligation_id}/mo-lai")
def reopen(services: Here, user: CurrentUser, obligation_id: Id, next: Next = "/nhiem-vu") -> Response:
    """Take the completion back."""
    with services.database.transaction() as s:
        tasks.obligation(s, obligation_id)
        require(user, "complete")
        events.reopen(s, obligation_id, at=services.now(), by=user.id)
    services.wake()
    return RedirectResponse(safe_next(next), 303)
