"""The gate: who is asking, may this request enter at all. Closed unless a path is listed as public."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from urllib.parse import quote

from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.guard import check_origin
from api.problems import answer, sign_in_needed
from api.render import failure_page, is_api
from api.services import Services
from ingest.errors import DondocError, Forbidden
from register import access, users
from register.users import UserView

COOKIE = "dondoc_session"
PUBLIC = frozenset({"/dang-nhap", "/dang-nhap/oidc", "/dang-nhap/oidc/tra-ve", "/thiet-lap", "/giao-dien", "/api/v1/health/live", "/api/v1/health/ready",
                    "/api/v1/sessions", "/favicon.ico"})  # fmt: skip
PUBLIC_FOLDERS = ("/static/", "/ics/")
"""Also calendar feeds: whoever knows the secret in the address reads what its user may."""
WITH_OLD_PASSWORD = frozenset({"/doi-mat-khau", "/dang-xuat", "/api/v1/me"})


class Gate:
    """Finds the user of a request and refuses what may not enter.

    Puts the user (or None) into `request.state.user` and the session's token
    into `request.state.token`. Runs before any body is read, so nobody
    uploads without being signed in. First start leads to the set-up page; a
    user with a first password is led to change it.
    """

    def __init__(self, app: ASGIApp, *, services: Services) -> None:
        self.app = app
        self.services = services
        self._has_users = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request in, or answer it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        state = scope.setdefault("state", {})
        state["user"], state["token"] = None, None
        try:
            check_origin(scope["method"], connection.headers)
            refused = await run_in_threadpool(self._admit, connection)
        except DondocError as error:
            refused = failure(connection, error)
        if refused is not None:
            await refused(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _admit(self, connection: HTTPConnection) -> Response | None:
        path = connection.url.path
        if path.startswith(PUBLIC_FOLDERS) or path.startswith("/api/v1/health/"):
            return None
        token = token_of(connection)
        user: UserView | None = None
        used: Callable[[Session], None] | None = None
        with self.services.database.reading() as s:
            if not self._has_users:
                self._has_users = users.exists(s)
            self.services.office.look_again(s)
            if token and self._has_users:
                user, used = self._user_of(s, token)
        if used is not None:
            with self.services.database.transaction() as s:
                used(s)
        connection.scope["state"]["user"] = user
        connection.scope["state"]["token"] = token if user else None
        if path in PUBLIC:
            return None
        if user is None:
            return self._to_sign_in(connection)
        if user.must_change_password and path not in WITH_OLD_PASSWORD:
            if is_api(path):
                raise password_change_needed()
            return RedirectResponse("/doi-mat-khau", 303)
        return None

    def _user_of(self, s: Session, token: str) -> tuple[UserView | None, Callable[[Session], None] | None]:
        """The user of a session or API token, and what notes its use where that is due."""
        at = self.services.now()
        if token.startswith(access.PREFIX):
            found = access.token_user(s, token, at=at)
            if found is None:
                return None, None
            user, token_id = found
            return user, (lambda s: access.seen(s, token_id, at=at)) if token_id else None
        known = users.session_user(s, token, at=at)
        if known is None or not access.stale_session(s, token, at=at):
            return known, None
        return known, lambda s: access.seen_session(s, token, at=at)

    def _to_sign_in(self, connection: HTTPConnection) -> Response:
        path = connection.url.path
        if is_api(path) or connection.headers.get("hx-request"):
            return answer(sign_in_needed(), headers={"WWW-Authenticate": "Bearer"})
        if not self._has_users:
            return RedirectResponse("/thiet-lap", 303)
        after = path + (f"?{connection.url.query}" if connection.url.query else "")
        if connection.scope["method"] not in ("GET", "HEAD") or after == "/":
            return RedirectResponse("/dang-nhap", 303)
        return RedirectResponse(f"/dang-nhap?next={quote(after, safe='/')}", 303)


def failure(connection: HTTPConnection, error: DondocError) -> Response:
    """An expected failure as problem+json or as a page, by who asks."""
    if is_api(connection.url.path):
        return answer(error)
    return failure_page(connection, error)


def token_of(connection: HTTPConnection) -> str | None:
    """The session's token: of a bearer header (programs, under /api/ only), else of the cookie (browsers)."""
    kind, _, value = Headers(scope=connection.scope).get("authorization", "").partition(" ")
    if kind.lower() == "bearer" and connection.url.path.startswith("/api/"):
        return value.strip() or None
    return connection.cookies.get(COOKIE)


def same_token(given: str, expected: str | None) -> bool:
    """Compare a set-up token in constant time."""
    return bool(expected) and hmac.compare_digest(given.strip().encode(), str(expected).encode())


def password_change_needed() -> Forbidden:
    """The first password has not been changed yet."""
    return Forbidden(
        "password-change-needed",
        "Cần đổi mật khẩu lần đầu trước khi dùng hệ thống.",
        "The first password must be changed before using the system.",
        advice="Hãy đăng nhập trên trang web và đặt mật khẩu mới.",
        advice_en="Sign in on the web page and set a new password.",
    )
