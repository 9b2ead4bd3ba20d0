"""Sign-in by the office's provider: to it, and back with its answer."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from api.deps import Here
from api.oidc import Begun, Provider
from api.problems import not_found, status_of
from api.render import language_of, problem_of, render, safe_next
from api.routers.account import address_of, set_session
from api.services import Services
from ingest.errors import DondocError, Forbidden
from register import provider, users

router = APIRouter(include_in_schema=False)

COOKIE = "dondoc_oidc"
BACK = "/dang-nhap/oidc/tra-ve"
MINUTES = 10


@router.get("/dang-nhap/oidc")
def to_provider(
    request: Request, services: Here, next: Annotated[str, Query(max_length=2000)] = "/"
) -> Response:
    """Send the browser to the provider."""
    server = _provider(request)
    try:
        begun = server.begin(_redirect(request, services))
    except DondocError as error:
        return _again(request, error, next)
    answer = RedirectResponse(begun.address, 303)
    kept = {"state": begun.state, "nonce": begun.nonce, "verifier": begun.verifier, "next": safe_next(next)}
    answer.set_cookie(
        COOKIE,
        json.dumps(kept),
        max_age=MINUTES * 60,
        httponly=True,
        samesite="lax",  # the provider sends the browser back from another site
        secure=services.secure_cookie,
        path="/dang-nhap/oidc",
    )
    return answer


@router.get(BACK)
async def from_provider(
    request: Request, services: Here, state: Annotated[str, Query(max_length=500)] = ""
) -> Response:
    """Take the provider's answer, and open a session for the user it names."""
    server = _provider(request)
    begun, after = _kept(request)
    redirect = _redirect(request, services)
    try:
        if begun is None:
            raise Forbidden(
                "provider-refused",
                "Lần đăng nhập này đã quá hạn.",
                "This sign-in has run out.",
                advice="Hãy đăng nhập lại từ đầu.",
                advice_en="Start the sign-in again.",
            )
        found = await run_in_threadpool(
            server.finish, begun, redirect, f"{redirect}?{request.url.query}", state
        )
        token = await run_in_threadpool(
            _enter, services, found.login, found.subject, address_of(request), request.headers.get("user-agent")
        )
    except DondocError as error:
        answer = _again(request, error, after)
        answer.delete_cookie(COOKIE, path="/dang-nhap/oidc")
        return answer
    answer = RedirectResponse(after, 303)
    answer.delete_cookie(COOKIE, path="/dang-nhap/oidc")
    set_session(answer, services, token)
    return answer


def _enter(services: Services, login: str, subject: str, address: str | None, agent: str | None) -> str:
    at = services.now()
    with services.database.transaction() as s:
        found = provider.enter(s, login, subject, at=at, address=address)
        user = found.user
        token = users.open_session(s, user.id, at=at, life=services.session_life, agent=agent) if user else ""
    # Raised outside the transaction: the failure stays in the trail.
    if found.other:
        raise Forbidden(
            "other-account",
            f"Tên “{login[:64]}” ở Đôn Đốc đã gắn với một tài khoản khác của máy chủ đăng nhập.",
            f"The name “{login[:64]}” is bound to another account of the sign-in server in Đôn Đốc.",
            advice="Nếu vẫn là người ấy (tài khoản được lập lại), hãy đề nghị quản trị bấm Gỡ tài khoản cơ quan rồi đăng nhập lại.",
            advice_en="If it is the same person (the account was made again), ask the administrator to release it, then sign in again.",
        )
    if not token:
        raise Forbidden(
            "no-account",
            f"Tài khoản “{login[:64]}” chưa được mở ở Đôn Đốc, hoặc đã bị khóa.",
            f"There is no account “{login[:64]}” in Đôn Đốc, or it is blocked.",
            advice="Hãy đề nghị quản trị thêm người dùng với đúng tên này.",
            advice_en="Ask the administrator to add a user of exactly this name.",
        )
    return token


def _provider(request: Request) -> Provider:
    found: Provider | None = request.app.state.oidc
    if found is None:
        raise not_found()
    return found


def _redirect(request: Request, services: Services) -> str:
    return (services.public_url or str(request.base_url).rstrip("/")) + BACK


def _kept(request: Request) -> tuple[Begun | None, str]:
    try:
        kept: dict[str, Any] = json.loads(request.cookies.get(COOKIE, ""))
        begun = Begun("", str(kept["state"]), str(kept["nonce"]), str(kept["verifier"]))
        return begun, safe_next(str(kept["next"]))
    except (ValueError, KeyError, TypeError):
        return None, "/"


def _again(request: Request, error: DondocError, next: str) -> Response:
    """The sign-in page with what went wrong."""
    return render(
        request,
        "sign_in.html",
        status=status_of(error),
        next=safe_next(next),
        name="",
        problem=problem_of(error, language_of(request)),
    )
