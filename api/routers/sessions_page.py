"""Phiên và mã API: where one is signed in, and the tokens of one's programs."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Final

from fastapi import APIRouter, Form, Path, Request
from starlette.responses import RedirectResponse, Response

from api.deps import CurrentUser, Here, Id
from api.problems import status_of
from api.render import language_of, problem_of, render
from api.services import Services
from ingest.errors import BadRequest, DondocError
from register import access
from register.users import UserView

router = APIRouter(include_in_schema=False)

LIVES: Final[dict[str, timedelta | None]] = {
    "90": timedelta(days=90),
    "365": timedelta(days=365),
    "30": timedelta(days=30),
    "0": None,
}
"""How long a token may live: days as sent by the form; "0" until it is revoked. The first is chosen."""

Handle = Annotated[str, Path(max_length=64, pattern="^[0-9a-f]{1,64}$")]


@router.get("/tai-khoan")
def account_page(request: Request, services: Here, user: CurrentUser) -> Response:
    """The user's own sessions and tokens."""
    return _page(request, services, user)


@router.post("/tai-khoan/ma-api")
def new_token(
    request: Request,
    services: Here,
    user: CurrentUser,
    ten: Annotated[str, Form(max_length=300)] = "",
    han: Annotated[str, Form(max_length=5)] = "90",
) -> Response:
    """Make a token and show it, this once."""
    try:
        if han not in LIVES:
            raise BadRequest("invalid", "Giá trị không đúng dạng.", "A value has the wrong form.")
        with services.database.transaction() as s:
            secret, _ = access.issue(s, user.id, name=ten, at=services.now(), life=LIVES[han])
    except DondocError as error:
        return _page(request, services, user, error=error)
    return _page(request, services, user, secret=secret)


@router.post("/tai-khoan/ma-api/{token_id}/thu-hoi")
def revoke_token(services: Here, user: CurrentUser, token_id: Id) -> Response:
    """Take one's own token back."""
    with services.database.transaction() as s:
        access.revoke(s, user.id, token_id, at=services.now(), by=user.id)
    return RedirectResponse("/tai-khoan", 303)


@router.post("/tai-khoan/phien/{handle}/ket-thuc")
def end_session(services: Here, user: CurrentUser, handle: Handle) -> Response:
    """Sign out of another browser."""
    with services.database.transaction() as s:
        access.end(s, user.id, handle, at=services.now(), by=user.id)
    return RedirectResponse("/tai-khoan", 303)


def _page(
    request: Request,
    services: Services,
    user: UserView,
    *,
    secret: str | None = None,
    error: DondocError | None = None,
) -> Response:
    with services.database.reading() as s:
        sessions = access.sessions(s, user.id, at=services.now())
        tokens = access.tokens(s, user.id)
    return render(
        request,
        "account.html",
        status=status_of(error) if error else 200,
        sessions=sessions,
        tokens=tokens,
        own=access.handle_of(request.state.token),
        secret=secret,
        lives=list(LIVES),
        problem=problem_of(error, language_of(request)) if error else None,
    )
