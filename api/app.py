"""The web application: middleware, error answers, routes."""

from __future__ import annotations

import logging
import secrets
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from api.gate import Gate, failure
from api.guard import HEADERS, BodyLimit, SecurityHeaders
from api.i18n import Words
from api.lag import IndexLag
from api.oidc import Provider
from api.owing import Owing
from api.page_cache import PageCache
from api.problems import MEDIA_TYPE, answer, not_found
from api.render import STATIC, is_api, language_of, render
from api.routers import (
    account,
    admin_agencies_page,
    admin_audit_page,
    admin_books_page,
    admin_calendar_page,
    admin_index_page,
    admin_jobs_page,
    admin_people_page,
    admin_settings_page,
    admin_units_page,
    alike_page,
    arrange_page,
    calendar_page,
    citations_page,
    citations_rest,
    dashboard_page,
    documents_page,
    duties_rest,
    duty_page,
    export_page,
    feeds_page,
    health,
    intake_page,
    letter_page,
    list_views_page,
    offers_page,
    oidc_page,
    registers_page,
    reminders_page,
    report_page,
    rest,
    review_page,
    saved_page,
    search_page,
    sessions_page,
    tasks_page,
    units_rest,
)
from api.services import Services
from ingest.errors import BadRequest, DondocError
from register.users import UserView

_LOG = logging.getLogger("dondoc.api")

DESCRIPTION = """Văn bản, nhiệm vụ, tìm kiếm. Lỗi trả về dạng `application/problem+json` (RFC 9457).

Letters, tasks, search. Sign in with `POST /api/v1/sessions` and send the token as
`Authorization: Bearer …`; browsers use the cookie of the web pages. Failures are
`application/problem+json` with `code`, `title`, `detail`, `advice`.
"""


class KeptFiles(StaticFiles):
    """Static files; a browser keeps those with a fingerprint for good, others for a day."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file with its Cache-Control."""
        response = await super().get_response(path, scope)
        lasting = scope.get("query_string", b"").startswith(b"v=")
        age = "max-age=31536000, immutable" if lasting else "max-age=86400"
        response.headers["Cache-Control"] = f"public, {age}"
        return response


def create_app(services: Services) -> FastAPI:
    """The application over these services. It owns none of them: whoever made them closes them."""
    app = FastAPI(
        title="Đôn Đốc",
        version="1",
        description=DESCRIPTION,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(BodyLimit, upload_bytes=services.upload_bytes),
            Middleware(Gate, services=services),
        ],
    )
    app.state.services = services
    app.state.page_cache = PageCache()
    app.state.oidc = Provider(services.oidc) if services.oidc else None
    app.state.lag = IndexLag(services)
    app.state.owing = Owing()
    app.state.feed_brakes = feeds_page.brakes()
    app.mount("/static", KeptFiles(directory=STATIC), name="static")
    for module in (
        rest,
        duties_rest,
        units_rest,
        citations_rest,
        health,
        account,
        intake_page,
        arrange_page,
        registers_page,
        documents_page,
        offers_page,
        review_page,
        letter_page,
    list_views_page,
        alike_page,
        citations_page,
        dashboard_page,
        report_page,
        calendar_page,
            tasks_page,
        duty_page,
        search_page,
        export_page,
        saved_page,
        sessions_page,
        oidc_page,
        admin_people_page,
        admin_settings_page,
        admin_units_page,
        admin_jobs_page,
        admin_index_page,
        admin_audit_page,
        reminders_page,
        feeds_page,
        admin_calendar_page,
        admin_books_page,
        admin_agencies_page,
    ):
        # The routes themselves: an included router would be worked out anew for each application.
        app.router.routes.extend(module.router.routes)

    @app.get("/", include_in_schema=False)
    def home(request: Request) -> Response:
        user: UserView | None = request.state.user
        leads = user is not None and user.role == "leader"
        return RedirectResponse("/dieu-hanh" if leads else "/nhiem-vu", 303)

    @app.get("/favicon.ico", include_in_schema=False)
    def favicon() -> Response:
        return RedirectResponse("/static/icon.svg", 308)

    app.add_exception_handler(DondocError, _expected)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Exception, _unexpected)
    return app


async def _expected(request: Request, error: Exception) -> Response:
    assert isinstance(error, DondocError)
    return failure(request, error)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    # A body that was too large fails inside the form parser, which wraps the cause.
    if isinstance(error.__cause__, DondocError):
        return failure(request, error.__cause__)
    if error.status_code == 404:
        return failure(request, not_found())
    if error.status_code == 405:
        refused = failure(
            request,
            BadRequest(
                "method-not-allowed",
                "Địa chỉ này không nhận thao tác đó.",
                "This address does not take that method.",
            ),
        )
        refused.headers.update(error.headers or {})
        return refused
    return failure(
        request, BadRequest("bad-request", "Yêu cầu không đúng dạng.", "The request is malformed.")
    )


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    if not is_api(request.url.path) and any(each["loc"][0] == "path" for each in error.errors()):
        return failure(request, not_found())  # an address that no page can have, typed or guessed
    fields = ", ".join(
        sorted(
            {
                ".".join(str(part) for part in each["loc"][1:]) or str(each["loc"][0])
                for each in error.errors()
            }
        )
    )
    vietnamese, english = Words("vi"), Words("en")
    problem = BadRequest(
        "invalid",
        vietnamese("problem.invalid"),
        english("problem.invalid"),
        advice=vietnamese("problem.invalid_advice", fields=fields),
        advice_en=english("problem.invalid_advice", fields=fields),
    )
    if not is_api(request.url.path):
        return failure(request, problem)
    refused = answer(problem)
    body: dict[str, Any] = {
        "type": "urn:dondoc:invalid",
        "code": "invalid",
        "status": 422,
        "title": problem.message,
        "detail": problem.message_en,
        "advice": problem.advice,
        "retry": False,
        "errors": [{"at": [str(p) for p in each["loc"]], "problem": each["msg"]} for each in error.errors()],
    }
    return JSONResponse(
        body,
        422,
        media_type=MEDIA_TYPE,
        headers={"Cache-Control": refused.headers.get("Cache-Control", "no-store")},
    )


async def _unexpected(request: Request, error: Exception) -> Response:
    """A defect of the program: logged whole under a code, told in words without inner detail."""
    # This answer is made outside all middleware, so it sets the security headers itself.
    headers = {**HEADERS, "Cache-Control": "no-store"}
    code = secrets.token_hex(4)
    _LOG.error("defect %s at %s %s", code, request.method, request.url.path, exc_info=error)
    t = Words(language_of(request))
    text, advice = t("problem.internal"), t("problem.internal_advice", code=code)
    if is_api(request.url.path):
        body = {
            "type": "urn:dondoc:internal",
            "code": "internal",
            "status": 500,
            "title": text,
            "detail": "",
            "advice": advice,
            "retry": True,
        }
        return JSONResponse(body, 500, media_type=MEDIA_TYPE, headers=headers)
    page = render(
        request,
        "problem.html",
        status=500,
        problem={"text": text, "advice": advice, "status": 500, "retry": True},
    )
    page.headers.update(headers)
    return page
