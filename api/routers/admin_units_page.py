"""Quản trị · Đơn vị: units of the office, their heads, members and followers."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from api.deps import MAX_ID, CurrentUser, Here, Id
from api.problems import status_of
from api.render import language_of, problem_of, render
from api.rights import require
from api.routers.duty_page import number_of
from api.services import Services
from ingest.errors import DondocError
from register import assigning, units

router = APIRouter(include_in_schema=False, prefix="/quan-tri/don-vi")

Text = Annotated[str, Form(max_length=300)]
Person = Annotated[int, Form(ge=1, le=MAX_ID)]


@router.get("")
def units_page(request: Request, services: Here, user: CurrentUser) -> Response:
    """All units."""
    require(user, "units")
    return _list(request, services)


@router.post("")
def add_unit(request: Request, services: Here, user: CurrentUser, ten: Text = "", tat: Text = "") -> Response:
    """Add a unit."""
    require(user, "units")
    try:
        with services.database.transaction() as s:
            made = units.add(s, name=ten, short=tat, at=services.now(), by=user.id)
    except DondocError as error:
        return _list(request, services, error=error, typed=(ten, tat))
    return RedirectResponse(f"/quan-tri/don-vi/{made.id}", 303)


@router.get("/{unit_id}")
def unit_page(request: Request, services: Here, user: CurrentUser, unit_id: Id) -> Response:
    """One unit with its people."""
    _found(services, unit_id)
    require(user, "units")
    return _one(request, services, unit_id)


@router.post("/{unit_id}")
def change_unit(
    request: Request,
    services: Here,
    user: CurrentUser,
    unit_id: Id,
    ten: Text = "",
    tat: Text = "",
    truong: Text = "",
    dong: Text = "",
) -> Response:
    """Change name, abbreviation, head, or close it."""
    _found(services, unit_id)
    require(user, "units")
    at = services.now()
    try:
        with services.database.transaction() as s:
            before = units.get(s, unit_id)
            if (head := number_of(truong)) != before.head_id:
                units.set_head(s, unit_id, head, at=at, by=user.id)
            units.change(s, unit_id, at=at, by=user.id, name=ten, short=tat, active=dong != "1")
    except DondocError as error:
        return _one(request, services, unit_id, error=error)
    return RedirectResponse(f"/quan-tri/don-vi/{unit_id}", 303)


@router.post("/{unit_id}/thanh-vien")
def set_member(services: Here, user: CurrentUser, unit_id: Id, nguoi: Person, vao: Text = "1") -> Response:
    """Put somebody into the unit, or (`vao` 0) out of it."""
    _found(services, unit_id)
    require(user, "units")
    with services.database.transaction() as s:
        units.join(s, nguoi, unit_id if vao == "1" else None, at=services.now(), by=user.id)
    return RedirectResponse(f"/quan-tri/don-vi/{unit_id}", 303)


@router.post("/{unit_id}/theo-doi")
def set_follower(services: Here, user: CurrentUser, unit_id: Id, nguoi: Person, vao: Text = "1") -> Response:
    """Remind somebody of the unit's work, or (`vao` 0) no longer."""
    _found(services, unit_id)
    require(user, "units")
    with services.database.transaction() as s:
        units.follow(s, unit_id, nguoi, vao == "1", at=services.now(), by=user.id)
    return RedirectResponse(f"/quan-tri/don-vi/{unit_id}", 303)


def _found(services: Services, unit_id: int) -> None:
    """404 before 403."""
    with services.database.reading() as s:
        units.get(s, unit_id)


def _list(
    request: Request,
    services: Services,
    *,
    error: DondocError | None = None,
    typed: tuple[str, str] = ("", ""),
) -> Response:
    with services.database.reading() as s:
        every = units.listing(s)
    return render(
        request,
        "admin_units.html",
        status=status_of(error) if error else 200,
        section="admin",
        part="units",
        units=every,
        typed=typed,
        problem=problem_of(error, language_of(request)) if error else None,
    )


def _one(request: Request, services: Services, unit_id: int, *, error: DondocError | None = None) -> Response:
    with services.database.reading() as s:
        unit = units.get(s, unit_id)
        members, followers = units.members(s, unit_id), units.followers(s, unit_id)
        people = assigning.people(s)
    inside, told = {each.id for each in members}, {each.id for each in followers}
    return render(
        request,
        "admin_unit.html",
        status=status_of(error) if error else 200,
        section="admin",
        part="units",
        unit=unit,
        people=people,
        lists=(
            ("thanh-vien", "members", members, [each for each in people if each.id not in inside]),
            ("theo-doi", "followers", followers, [each for each in people if each.id not in told]),
        ),
        problem=problem_of(error, language_of(request)) if error else None,
    )
