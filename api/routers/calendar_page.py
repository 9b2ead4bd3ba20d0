"""Lịch: the tasks of a month by due day, with the filters of the list."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from api.deps import CurrentUser, Here
from api.month import month, month_of, span
from api.render import language_of, render
from api.task_filters import FIELDS, Chosen, chosen_of, tasks_link
from register import calendar_days, due_days, tasks

router = APIRouter(include_in_schema=False)
PER_DAY = 3
"""Tasks named on a day; all of them are one click away."""


@router.get("/nhiem-vu/lich")
def calendar_page(
    request: Request,
    services: Here,
    user: CurrentUser,
    chosen: Annotated[Chosen, Depends(chosen_of)],
    thang: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """A month; this one where none is asked for."""
    today = services.today()
    first, last = month_of(thang, today)
    begin, end = span(first, last)
    where = chosen.where((), today)
    with services.database.reading() as s:
        where = tasks.looked_up(s, where)
        due = due_days.by_due_day(s, where, first=begin, last=end, today=today, each=PER_DAY)
        own = calendar_days.listing(s)
        names = request.app.state.owing(s)
    kept = {name: value for name in FIELDS if (value := getattr(chosen, name))}

    def link(of: str) -> str:
        return "/nhiem-vu/lich?" + urlencode(kept | {"thang": of})

    def day_link(day: str) -> str:
        return tasks_link(**(kept | {"trang_thai": "all", "han_tu": day, "han_truoc": day}))

    return render(
        request,
        "calendar.html",
        section="tasks",
        month=month(first, last, due, own, language_of(request)),
        total=sum(each.count for day, each in due.items() if first <= day <= last),
        chosen=chosen,
        kept=kept,
        names=names,
        per_day=PER_DAY,
        link=link,
        day_link=day_link,
        views=[("", tasks_link(**kept)), ("bang", tasks_link(**kept, xem="bang")), ("lich", link(f"{first:%Y-%m}"))],
    )
