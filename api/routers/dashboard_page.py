"""Bảng điều hành: the figures of the register on one page; each number opens the list it counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from api.chart import Chart, Column, charts
from api.deps import CurrentUser, Here
from api.formats import number
from api.i18n import Words
from api.render import language_of, render
from api.task_filters import Chosen, chosen_of, tasks_link
from register import figures, history
from register.figures import AHEAD_DAYS, Figures, Month

router = APIRouter(include_in_schema=False)

UPCOMING = 8
"""Recurring reports named on the page."""

Text = Annotated[str, Query(max_length=300)]


def chosen_here(co_quan: Text = "", vai_tro: Text = "") -> Chosen:
    """The filters of the dashboard: a body and a role."""
    return chosen_of(co_quan=co_quan, vai_tro=vai_tro)


@router.get("/dieu-hanh")
def dashboard(
    request: Request, services: Here, user: CurrentUser, chosen: Annotated[Chosen, Depends(chosen_here)]
) -> Response:
    """All figures of today."""
    today, soon = services.today(), services.soon_days
    where = chosen.where((), today)
    with services.database.reading() as s:
        found = figures.figures(s, where, today=today, soon_days=soon)
        ahead = figures.ahead(s, where, today=today, limit=UPCOMING)
        waiting = history.count_requests(s)
        names = request.app.state.owing(s)
    t = Words(language_of(request))
    return render(
        request,
        "dashboard.html",
        section="dashboard",
        figures=found,
        ahead=ahead,
        ahead_days=AHEAD_DAYS,
        ahead_last=today + timedelta(days=AHEAD_DAYS),
        waiting=waiting,
        names=names,
        chosen=chosen,
        link=link_of(chosen),
        charts=month_charts(found, t),
        percent=lambda value: percent(value, t),
        soon_days=soon,
    )


def link_of(chosen: Chosen) -> Callable[..., str]:
    """Makes addresses of lists within what the page was asked for."""

    def link(**values: object) -> str:
        return tasks_link(**({"co_quan": chosen.co_quan, "vai_tro": chosen.vai_tro} | values))

    return link


def percent(value: float | None, t: Words) -> str:
    """A share as people write it: 87,5%; nothing where there is none."""
    return (
        ""
        if value is None
        else f"{number(round(value, 1), t.language).removesuffix(',0').removesuffix('.0')}%"
    )


def month_charts(found: Figures, t: Words) -> tuple[Chart, ...]:
    """What fell due month by month, with the share done in time above each column."""

    def column(month: Month) -> Column:
        parts = (
            ("in-time", "done-in-time", month.done_in_time),
            ("late", "done-late", month.done_late),
            ("overdue", "overdue", month.overdue),
        )
        name = f"{month.first:%m/%Y}"
        shown = tuple(
            (kind, count, f"{name}: {t(f'status.{word}')} {number(count, t.language)}")
            for kind, word, count in parts
        )
        share = "" if month.rate is None else f"{month.rate:.0f}%"
        label = f"{month.first:%m/%y}".removeprefix("0") if month.first.month == 1 else str(month.first.month)
        return Column(label, share, shown)

    return charts([column(month) for month in found.months])
