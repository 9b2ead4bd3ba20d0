"""Quản trị · Người dùng: who may sign in, with which role; first passwords, sessions and tokens."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Path, Request
from starlette.responses import RedirectResponse, Response

from api.deps import CurrentUser, Here, Id
from api.problems import status_of
from api.render import language_of, problem_of, render
from api.rights import require
from api.routers.duty_page import number_of
from api.services import Services
from ingest.errors import BadRequest, DondocError
from register import access, provider, units, users
from register.errors import unknown
from register.users import ROLES, UserView

router = APIRouter(include_in_schema=False, prefix="/quan-tri")

Text = Annotated[str, Form(max_length=300)]
Handle = Annotated[str, Path(max_length=64, pattern="^[0-9a-f]{1,64}$")]


@router.get("")
def admin_home(user: CurrentUser) -> Response:
    """The first page of the administration."""
    require(user, "administer")
    return RedirectResponse("/quan-tri/nguoi-dung", 303)


@router.get("/nguoi-dung")
def people_page(request: Request, services: Here, user: CurrentUser) -> Response:
    """Everybody, with role, state and last use."""
    require(user, "administer")
    return _list(request, services)


@router.post("/nguoi-dung")
def add_person(
    request: Request,
    services: Here,
    user: CurrentUser,
    login: Text = "",
    name: Text = "",
    role: Text = "",
    unit: Text = "",
) -> Response:
    """Add somebody with a one-time password, which the answer shows this once."""
    require(user, "administer")
    password = access.one_time_password()
    try:
        with services.database.transaction() as s:
            added = users.add(
                s, login=login, name=name, password=password, role=role, at=services.now(), by=user.id
            )
            if unit_id := number_of(unit):
                units.join(s, added.id, unit_id, at=services.now(), by=user.id)
    except DondocError as error:
        return _list(request, services, error=error, typed=(login, name, role, unit))
    return _list(request, services, given=(added, password))


@router.get("/nguoi-dung/{user_id}")
def person_page(request: Request, services: Here, user: CurrentUser, user_id: Id) -> Response:
    """One user."""
    person = _person(services, user_id)
    require(user, "administer")
    return _one(request, services, person)


@router.post("/nguoi-dung/{user_id}")
def change_person(
    request: Request,
    services: Here,
    user: CurrentUser,
    user_id: Id,
    name: Text = "",
    role: Text = "",
    active: Text = "",
    unit: Text = "",
) -> Response:
    """Change name, role, unit, and whether the user may sign in; signing out everywhere when not."""
    person = _person(services, user_id)
    require(user, "administer")
    try:
        if active not in ("0", "1"):
            raise BadRequest("invalid", "Giá trị không đúng dạng.", "A value has the wrong form.")
        with services.database.transaction() as s:
            users.change(
                s,
                user_id,
                at=services.now(),
                by=user.id,
                name=name,
                role=role or None,
                active=active == "1",
            )
            if (unit_id := number_of(unit)) != person.unit_id:
                units.join(s, user_id, unit_id, at=services.now(), by=user.id)
    except DondocError as error:
        return _one(request, services, person, error=error)
    return RedirectResponse(f"/quan-tri/nguoi-dung/{user_id}", 303)


@router.post("/nguoi-dung/{user_id}/mat-khau")
def new_password(request: Request, services: Here, user: CurrentUser, user_id: Id) -> Response:
    """A one-time password in place of a forgotten one; ends sessions, API tokens and calendar addresses."""
    person = _person(services, user_id)
    require(user, "administer")
    password = access.one_time_password()
    with services.database.transaction() as s:
        users.set_password(s, user_id, password, at=services.now(), by=user.id, must_change=True)
    return _one(request, services, person, password=password)


@router.post("/nguoi-dung/{user_id}/go-tai-khoan")
def release(services: Here, user: CurrentUser, user_id: Id) -> Response:
    """Let the user's next sign-in by the office's provider bind the account anew."""
    _person(services, user_id)
    require(user, "administer")
    with services.database.transaction() as s:
        provider.release(s, user_id, at=services.now(), by=user.id)
    return RedirectResponse(f"/quan-tri/nguoi-dung/{user_id}", 303)


@router.post("/nguoi-dung/{user_id}/phien/{handle}/ket-thuc")
def end_session(services: Here, user: CurrentUser, user_id: Id, handle: Handle) -> Response:
    """Sign a user out of one browser."""
    _person(services, user_id)
    require(user, "administer")
    with services.database.transaction() as s:
        access.end(s, user_id, handle, at=services.now(), by=user.id)
    return RedirectResponse(f"/quan-tri/nguoi-dung/{user_id}", 303)


@router.post("/nguoi-dung/{user_id}/ma-api/{token_id}/thu-hoi")
def revoke_token(services: Here, user: CurrentUser, user_id: Id, token_id: Id) -> Response:
    """Take a user's token back."""
    with services.database.transaction() as s:
        if users.get(s, user_id) is None or token_id not in {each.id for each in access.tokens(s, user_id)}:
            raise unknown("token", token_id)
        require(user, "administer")
        access.revoke(s, user_id, token_id, at=services.now(), by=user.id)
    return RedirectResponse(f"/quan-tri/nguoi-dung/{user_id}", 303)


def _person(services: Services, user_id: int) -> UserView:
    with services.database.reading() as s:
        found = users.get(s, user_id)
    if found is None:
        raise unknown("user", user_id)
    return found


def _list(
    request: Request,
    services: Services,
    *,
    given: tuple[UserView, str] | None = None,
    error: DondocError | None = None,
    typed: tuple[str, str, str, str] = ("", "", "officer", ""),
) -> Response:
    with services.database.reading() as s:
        people = users.listing(s)
        seen = access.last_seen(s)
        offices = units.listing(s)
    return render(
        request,
        "admin_people.html",
        status=status_of(error) if error else 200,
        section="admin",
        part="people",
        people=sorted(people, key=lambda each: (not each.active, each.login)),
        seen=seen,
        units=offices,
        unit_names={each.id: each.short or each.name for each in offices},
        roles=ROLES,
        given=given,
        typed=typed,
        problem=problem_of(error, language_of(request)) if error else None,
    )


def _one(
    request: Request,
    services: Services,
    person: UserView,
    *,
    password: str | None = None,
    error: DondocError | None = None,
) -> Response:
    with services.database.reading() as s:
        sessions = access.sessions(s, person.id, at=services.now())
        tokens = access.tokens(s, person.id)
        bound = provider.is_bound(s, person.id)
        offices = units.listing(s)
    return render(
        request,
        "admin_person.html",
        status=status_of(error) if error else 200,
        section="admin",
        part="people",
        person=person,
        sessions=sessions,
        tokens=tokens,
        bound=bound,
        units=offices,
        own=access.handle_of(request.state.token),
        roles=ROLES,
        password=password,
        problem=problem_of(error, language_of(request)) if error else None,
    )
