"""Nhiệm vụ: one row or card per body that owes something, with filters and bulk actions."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from api.deps import CurrentUser, Here
from api.duty_actions import Action, change_many
from api.paging import Paging, address, day_of
from api.render import render, safe_next
from api.rights import Right
from api.routers.duty_page import number_of, party_of
from api.task_filters import NOBODY, Chosen, chosen_of, weeks
from ingest.errors import BadRequest
from register import assigning, events, history, list_views, tasks, units
from register.graph import changes, replies

router = APIRouter(include_in_schema=False)

PER_PAGE = 50
PER_COLUMN = 20
TABS = ("open", "overdue", "due-soon", "in-time", "no-term", "done-in-time", "done-late", "all")
"""The status tabs, what presses first; "open" is what one sees without choosing."""
COLUMNS = ("overdue", "due-soon", "later", "no-term", "done")
"""The columns of the board; every tracked obligation stands in exactly one."""
SAID = "dondoc_said"
"""A cookie that tells the next page what a bulk action did: "complete.4.1" (done, refused)."""

CHOOSABLE = ("body", "due", "status", "letter")
"""Columns of the list that may be hidden; what is to be done always stands."""

Text = Annotated[str, Query(max_length=300)]
Filters = Annotated[Chosen, Depends(chosen_of)]


@router.get("/nhiem-vu")
def tasks_page(
    request: Request,
    services: Here,
    user: CurrentUser,
    chosen: Filters,
    trang_thai: Text = "open",
    xem: Text = "",
    an: Text = "",
    trang: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
) -> Response:
    """The tasks as a list or (`xem=bang`) as a board, all filters in the address."""
    today, soon = services.today(), services.soon_days
    board = xem == "bang"
    where = chosen.where(() if board or trang_thai in ("", "all") else (trang_thai,), today)
    with services.database.reading() as s:
        where = tasks.looked_up(s, where)
        counts = _sums(tasks.counts(s, where, today=today, soon_days=soon))
        if board:
            columns = [
                (
                    name,
                    tasks.top(
                        s, where, name, today=today, soon_days=soon, limit=PER_COLUMN, newest=name == "done"
                    ),
                )
                for name in COLUMNS
            ]
            rows, paging = [row for _, items in columns for row in items], None
        else:
            found = tasks.listing(
                s, where, today=today, soon_days=soon, offset=(trang - 1) * PER_PAGE, limit=PER_PAGE,
                total=counts.get(trang_thai or "all"),
            )  # fmt: skip
            columns, rows = [], list(found.items)
            paging = Paging.of(request, found.offset, len(found.items), found.total, trang)
        warned = changes.warnings(s, list({row.letter_id for row in rows}), today=today)
        offered = replies.count(s)
        waiting = history.count_requests(s)
        agencies = request.app.state.owing(s)
        saved = list_views.listing(s, user.id, "tasks")
        people, office = assigning.people(s), units.listing(s, active_only=True)
    answer = render(
        request,
        "tasks.html",
        section="tasks",
        rows=rows,
        columns=columns,
        board=board,
        counts=counts,
        tabs=[(tab, address(request, trang_thai=None if tab == "open" else tab, trang=None)) for tab in TABS],
        column_links={name: address(request, xem=None, trang_thai=name, trang=None) for name in COLUMNS},
        views=[
            *((name, address(request, xem=name or None, trang=None)) for name in ("", "bang")),
            ("lich", address(request, xem=None, trang=None, trang_thai=None).replace("/nhiem-vu", "/nhiem-vu/lich", 1)),
        ],
        tab=trang_thai or "all",
        agencies=agencies,
        people=people,
        units=office,
        leads=assigning.leads,
        nobody=NOBODY,
        weeks=weeks(chosen.tuan, today),
        warned=warned,
        offered=offered,
        waiting=waiting,
        paging=paging,
        filtered=chosen.any,
        narrowed=_narrowed(request, chosen),
        saved=saved,
        hidden=(hidden := [name for name in CHOOSABLE if name in an.split(",")]),
        toggles=[
            (name, name not in hidden, address(request, an=",".join(sorted({*hidden} ^ {name})) or None)) for name in CHOOSABLE
        ],
        chosen=chosen,
        soon_days=soon,
        said=_said(request),
    )
    if SAID in request.cookies:
        answer.delete_cookie(SAID)
    return answer


@router.post("/nhiem-vu/hang-loat")
def bulk(
    services: Here,
    user: CurrentUser,
    lam: Annotated[str, Form(max_length=20)],
    chon: Annotated[list[str], Form(max_length=1000)] = [],  # noqa: B006 - read only
    ngay: Annotated[str, Form(max_length=20)] = "",
    nguoi: Annotated[str, Form(max_length=20)] = "",
    next: Annotated[str, Form(max_length=2000)] = "/nhiem-vu",
) -> Response:
    """Mark the chosen obligations as done, or give them to a person or a unit."""
    at, today = services.now(), services.today()
    day, whom = day_of(ngay) or today, party_of(nguoi)
    person = whom.id if whom and whom.kind == "user" else None
    unit = whom.id if whom and whom.kind == "unit" else None

    def complete(s: Session, id: int) -> object:
        return events.mark_done(s, id, on=day, at=at, by=user.id, today=today)

    def assign(s: Session, id: int) -> object:
        return assigning.assign(s, id, user_id=person, unit_id=unit, at=at, by=user.id)

    known: dict[str, tuple[Right, Action]] = {
        "hoan-thanh": ("complete", complete),
        "giao": ("assign", assign),
    }
    if lam not in known:
        raise BadRequest("invalid", "Giá trị không đúng dạng.", "A value has the wrong form.")
    right, action = known[lam]
    ids = [number for each in chon if (number := number_of(each)) is not None]
    found = change_many(services, user, ids, right, action)
    answer = RedirectResponse(safe_next(next), 303)
    answer.set_cookie(
        SAID,
        f"{right}.{len(found.done)}.{len(found.refused)}",
        max_age=60,
        httponly=True,
        samesite="lax",
        secure=services.secure_cookie,
    )
    return answer


def _sums(counts: dict[str, int]) -> dict[str, int]:
    return counts | {
        "open": counts["overdue"] + counts["in-time"] + counts["no-term"],
        "later": counts["in-time"] - counts["due-soon"],
        "done": counts["done-in-time"] + counts["done-late"],
        "all": sum(count for name, count in counts.items() if name != "due-soon"),
    }


def _narrowed(request: Request, chosen: Chosen) -> list[tuple[str, tuple[int, int | None] | None, str]]:
    """Filters that have no field of their own: key of the words, days late, the address without it."""
    found = (("tre", chosen.late), ("van_ban", None), ("dinh_ky", None))
    return [
        (name, days, address(request, **{name: None, "trang": None}))
        for name, days in found
        if getattr(chosen, name)
    ]


def _said(request: Request) -> tuple[str, int, int] | None:
    """What the bulk action before this page did."""
    what, _, numbers = request.cookies.get(SAID, "").partition(".")
    done, _, refused = numbers.partition(".")
    if what not in ("complete", "assign") or not all(
        each.isascii() and each.isdigit() and len(each) < 5 for each in (done, refused)
    ):
        return None
    return what, int(done), int(refused)
