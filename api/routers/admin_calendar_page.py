"""Quản trị · Lịch làm việc: days off and make-up working days by year, the country's and the office's own."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Path, Query, Request
from starlette.responses import RedirectResponse, Response

from api.deps import CurrentUser, Here
from api.paging import day_of
from api.problems import not_found, status_of
from api.render import language_of, problem_of, render
from api.rights import require
from api.services import Services
from ingest.errors import BadRequest, DondocError
from nlp.calendar_year import country_days
from register import calendar_days, chores

router = APIRouter(include_in_schema=False, prefix="/quan-tri/lich")

FIRST, LAST = 1990, 2100
Text = Annotated[str, Form(max_length=200)]
Day = Annotated[str, Path(max_length=10, pattern=r"^\d{4}-\d{2}-\d{2}$")]


@router.get("")
def calendar_page(
    request: Request,
    services: Here,
    user: CurrentUser,
    nam: Annotated[int | None, Query(ge=FIRST, le=LAST)] = None,
) -> Response:
    """The days of a year."""
    require(user, "administer")
    return _page(request, services, nam or services.today().year)


@router.post("")
def set_day(
    request: Request,
    services: Here,
    user: CurrentUser,
    ngay: Text = "",
    loai: Text = "",
    ten: Text = "",
    nam: Annotated[int | None, Form(ge=FIRST, le=LAST)] = None,
) -> Response:
    """Set a day off or a make-up working day; open deadlines are counted anew by a job."""
    require(user, "administer")
    try:
        day = day_of(ngay)
        if day is None or not FIRST <= day.year <= LAST:
            raise BadRequest("date-missing", "Chưa ghi ngày.", "The day is missing.")
        if loai not in ("nghi", "lam"):
            raise BadRequest("invalid", "Giá trị không đúng dạng.", "A value has the wrong form.")
        with services.database.transaction() as s:
            calendar_days.put(
                s, day, working=loai == "lam", name=" ".join(ten.split()), at=services.now(), by=user.id
            )
            chores.ask(s, chores.RECOUNT, at=services.now(), by=user.id)
    except DondocError as error:
        return _page(request, services, nam or services.today().year, error=error)
    services.wake()
    return RedirectResponse(f"/quan-tri/lich?nam={day.year}", 303)


@router.post("/{ngay}/bo")
def remove_day(services: Here, user: CurrentUser, ngay: Day) -> Response:
    """Back to what the law says of the day."""
    try:
        day = date.fromisoformat(ngay)
    except ValueError:
        raise not_found() from None
    with services.database.transaction() as s:
        if day not in calendar_days.overrides(s):
            raise not_found()
        require(user, "administer")
        calendar_days.remove(s, day, at=services.now(), by=user.id)
        chores.ask(s, chores.RECOUNT, at=services.now(), by=user.id)
    services.wake()
    return RedirectResponse(f"/quan-tri/lich?nam={day.year}", 303)


def _page(request: Request, services: Services, year: int, *, error: DondocError | None = None) -> Response:
    with services.database.reading() as s:
        own = {day: (working, name) for day, working, name in calendar_days.listing(s)}
        counting = chores.page(s, states=chores.OPEN, kinds=(chores.RECOUNT,), limit=1).total
    country = {each.day: each for each in country_days(year, language_of(request))}
    days = sorted({*country, *(day for day in own if day.year == year)})
    return render(
        request,
        "admin_calendar.html",
        status=status_of(error) if error else 200,
        section="admin",
        part="calendar",
        year=year,
        back=year - 1 if year > FIRST else None,
        next=year + 1 if year < LAST else None,
        rows=[(day, country.get(day), own.get(day), _weekday(day)) for day in days],
        counting=counting,
        problem=problem_of(error, language_of(request)) if error else None,
    )


def _weekday(day: date) -> str:
    return ("MO", "TU", "WE", "TH", "FR", "SA", "SU")[day.weekday()]
