"""Sign-in, sign-out, first set-up, password, theme and language."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from api.deps import CurrentUser, Here
from api.gate import COOKIE, same_token
from api.i18n import LANGUAGES
from api.problems import not_found, status_of
from api.render import THEMES, language_of, problem_of, render, safe_next
from api.services import Services
from ingest.errors import BadRequest, DondocError, Forbidden
from register import audit, users

router = APIRouter(include_in_schema=False)

Text = Annotated[str, Form(max_length=2000)]
YEAR = 365 * 24 * 3600


def address_of(request: Request) -> str | None:
    """The client's address, for the brake on guessing."""
    return request.client.host if request.client else None


def sign_in(
    services: Services, login: str, password: str, address: str | None, agent: str | None = None
) -> tuple[str, users.UserView]:
    """A new session's token and its user; raises `Forbidden` for a wrong name or password."""
    now = services.now()
    token = ""
    with services.database.transaction() as s:
        user = users.authenticate(s, login=login.strip(), password=password, at=now, address=address)
        if user is not None:
            token = users.open_session(s, user.id, at=now, life=services.session_life, agent=agent)
    # Raised outside the transaction: the failure's count must be kept.
    if user is None:
        raise Forbidden(
            "sign-in-failed",
            "Tên đăng nhập hoặc mật khẩu không đúng.",
            "The user name or the password is wrong.",
            advice="Hãy kiểm tra phím Caps Lock và bộ gõ tiếng Việt.",
            advice_en="Check the Caps Lock key and the Vietnamese input method.",
        )
    return token, user


def set_session(response: Response, services: Services, token: str) -> None:
    """Put the session's token into the browser's cookie."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(services.session_life.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=services.secure_cookie,
        path="/",
    )


@router.get("/dang-nhap")
def sign_in_form(request: Request, services: Here, next: str = "/") -> Response:
    """The sign-in page; the set-up page where there is nobody yet."""
    with services.database.reading() as s:
        if not users.exists(s):
            return RedirectResponse("/thiet-lap", 303)
    if request.state.user:
        return RedirectResponse(safe_next(next), 303)
    return render(request, "sign_in.html", next=safe_next(next), name="", problem=None)


@router.post("/dang-nhap")
def sign_in_go(
    request: Request, services: Here, name: Text = "", password: Text = "", next: Text = "/"
) -> Response:
    """Sign in."""
    try:
        token, _ = sign_in(services, name, password, address_of(request), request.headers.get("user-agent"))
    except DondocError as error:
        problem = problem_of(error, language_of(request))
        return render(
            request, "sign_in.html", status=status_of(error), next=safe_next(next), name=name, problem=problem
        )
    response = RedirectResponse(safe_next(next), 303)
    set_session(response, services, token)
    return response


@router.post("/dang-xuat")
def sign_out(request: Request, services: Here) -> Response:
    """Sign out."""
    if request.state.token:
        with services.database.transaction() as s:
            users.close_session(s, request.state.token)
    response = RedirectResponse("/dang-nhap", 303)
    response.delete_cookie(COOKIE, path="/")
    return response


@router.get("/thiet-lap")
def set_up_form(request: Request, services: Here, token: str = "") -> Response:
    """The one-time page that makes the first administrator."""
    _needs_set_up(services)
    return render(request, "set_up.html", token=token[:200], name="", full_name="", problem=None)


@router.post("/thiet-lap")
def set_up_go(
    request: Request,
    services: Here,
    token: Text = "",
    name: Text = "",
    full_name: Text = "",
    password: Text = "",
) -> Response:
    """Make the first administrator and sign in."""
    _needs_set_up(services)
    now = services.now()
    try:
        if not same_token(token, services.setup_token):
            raise Forbidden(
                "set-up-token",
                "Mã thiết lập không đúng.",
                "The set-up code is wrong.",
                advice="Hãy chép lại mã được in trên cửa sổ lệnh.",
                advice_en="Copy the code that the terminal shows.",
            )
        with services.database.transaction() as s:
            if users.exists(s):
                raise not_found()
            user = users.add(
                s,
                login=name.strip(),
                name=full_name.strip() or name.strip(),
                password=password,
                role="admin",
                at=now,
                must_change_password=False,
            )
            audit.write(s, "set-up", "user", user.id, at=now, by=user.id)
            agent = request.headers.get("user-agent")
            opened = users.open_session(s, user.id, at=now, life=services.session_life, agent=agent)
    except DondocError as error:
        if error.code == "not-found":
            raise
        return render(
            request,
            "set_up.html",
            status=status_of(error),
            token=token,
            name=name,
            full_name=full_name,
            problem=problem_of(error, language_of(request)),
        )
    response = RedirectResponse("/tiep-nhan", 303)
    set_session(response, services, opened)
    return response


def _needs_set_up(services: Services) -> None:
    with services.database.reading() as s:
        if users.exists(s):
            raise not_found()
    if services.setup_token is None:
        raise Forbidden(
            "set-up-closed",
            "Hệ thống chưa có người dùng.",
            "There is no user yet.",
            advice="Hãy tạo người dùng bằng lệnh: dondoc user add",
            advice_en="Make one with the command: dondoc user add",
        )


@router.get("/doi-mat-khau")
def password_form(request: Request, user: CurrentUser) -> Response:
    """The page to change one's password."""
    return render(request, "password.html", forced=user.must_change_password, problem=None)


@router.post("/doi-mat-khau")
def password_go(
    request: Request, services: Here, user: CurrentUser, old: Text = "", new: Text = "", again: Text = ""
) -> Response:
    """Change one's password; every other browser is signed out."""
    now = services.now()
    try:
        if new != again:
            raise BadRequest(
                "passwords-differ",
                "Hai lần nhập mật khẩu mới không giống nhau.",
                "The two new passwords differ.",
            )
        if new == old:
            raise BadRequest(
                "password-same",
                "Mật khẩu mới phải khác mật khẩu hiện nay.",
                "The new password must differ from the present one.",
            )
        sign_in(services, user.login, old, address_of(request))
        with services.database.transaction() as s:
            users.set_password(s, user.id, new, at=now, by=user.id)
            agent = request.headers.get("user-agent")
            token = users.open_session(s, user.id, at=now, life=services.session_life, agent=agent)
    except DondocError as error:
        return render(
            request,
            "password.html",
            status=status_of(error),
            forced=user.must_change_password,
            problem=problem_of(error, language_of(request)),
        )
    response = RedirectResponse("/", 303)
    set_session(response, services, token)
    return response


@router.post("/giao-dien")
def appearance(
    request: Request,
    services: Here,
    theme: Annotated[str, Form(max_length=10)] = "",
    language: Annotated[str, Form(max_length=5)] = "",
    next: Text = "/",
) -> Response:
    """Keep the theme and the language: in a cookie, the language also with the user."""
    response = RedirectResponse(safe_next(next), 303)
    secure = services.secure_cookie
    if theme in THEMES:
        response.set_cookie("dondoc_theme", theme, max_age=YEAR, samesite="lax", secure=secure, httponly=True)
    elif theme == "auto":
        response.delete_cookie("dondoc_theme")
    if language in LANGUAGES:
        response.set_cookie(
            "dondoc_language", language, max_age=YEAR, samesite="lax", secure=secure, httponly=True
        )
        if request.state.user:
            with services.database.transaction() as s:
                users.set_language(s, request.state.user.id, language)
    return response
