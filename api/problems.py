"""Failures as answers: problem+json for programs, a page in words for people (RFC 9457)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import JSONResponse

from ingest.errors import BadFile, BadRequest, Confined, DondocError, Forbidden, LimitExceeded, Unavailable

MEDIA_TYPE = "application/problem+json"

STATUS_BY_CODE: Mapping[str, int] = {
    "upload-too-large": 413,
    "not-found": 404,
    "sign-in-needed": 401,
    "sign-in-failed": 401,
    "too-many-attempts": 429,
    "changed-meanwhile": 409,
    "file-unknown": 404,
    "letter-unknown": 404,
    "respelling-unknown": 404,
    "task-unknown": 404,
    "obligation-unknown": 404,
    "user-unknown": 404,
    "unit-unknown": 404,
    "view-unknown": 404,
    "feed-unknown": 404,
    "event-unknown": 404,
    "attachment-unknown": 404,
    "attachment-waiting": 409,
    "saved-search-unknown": 404,
    "document-unknown": 404,
    "pair-unknown": 404,
    "reply-unknown": 404,
    "token-unknown": 404,
    "book-unknown": 404,
    "agency-name-unknown": 404,
    "session-unknown": 404,
    "job-unknown": 404,
    "extension-unknown": 404,
    "occurrence-unknown": 404,
    "method-not-allowed": 405,
    "conflict": 409,
}
STATUS_BY_TYPE: tuple[tuple[type[DondocError], int], ...] = (
    (Forbidden, 403),
    (Confined, 422),
    (LimitExceeded, 422),
    (BadFile, 422),
    (Unavailable, 503),
    (BadRequest, 400),
)


def status_of(error: DondocError) -> int:
    """The HTTP status of an expected failure."""
    if error.code in STATUS_BY_CODE:
        return STATUS_BY_CODE[error.code]
    if error.code.endswith("not-found"):
        return 404
    return next((status for kind, status in STATUS_BY_TYPE if isinstance(error, kind)), 400)


def not_found() -> BadRequest:
    """What does not exist, or what this user may not know of: the two look alike."""
    return BadRequest(
        "not-found",
        "Không có trang hoặc dữ liệu này.",
        "There is no such page or record.",
        advice="Hãy kiểm tra địa chỉ, hoặc tìm lại từ danh sách văn bản.",
        advice_en="Check the address, or look for it in the list of letters.",
    )


def sign_in_needed() -> Forbidden:
    """Nobody is signed in."""
    return Forbidden(
        "sign-in-needed",
        "Cần đăng nhập.",
        "You need to sign in.",
        advice="Hãy đăng nhập rồi thử lại.",
        advice_en="Sign in and try again.",
    )


def not_allowed() -> Forbidden:
    """The user's role does not cover this."""
    return Forbidden(
        "not-allowed",
        "Vai trò của bạn không được làm việc này.",
        "Your role does not allow this.",
        advice="Nếu cần, hãy đề nghị quản trị giao thêm quyền.",
        advice_en="If you need it, ask the administrator for the right.",
    )


def body_of(error: DondocError, language: str = "vi") -> dict[str, Any]:
    """The problem document: code, title, detail, advice, retry, status."""
    english = language == "en"
    return {
        "type": f"urn:dondoc:{error.code}",
        "code": error.code,
        "status": status_of(error),
        "title": error.message_en if english else error.message,
        "detail": error.message if english else error.message_en,
        "advice": error.advice_en if english else error.advice,
        "retry": error.retry,
    }


def answer(
    error: DondocError, language: str = "vi", headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """The problem as an HTTP answer."""
    body = body_of(error, language)
    return JSONResponse(body, body["status"], dict(headers or {}), media_type=MEDIA_TYPE)
