"""What every request passes: security headers, the origin check, the size limit."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ingest.errors import BadFile, DondocError, Forbidden

UPLOADS = re.compile(r"/api/v1/files|/tiep-nhan|/nhiem-vu/\d+/(tien-do|hoan-thanh)|/api/v1/tasks/\d+/files")
"""Where files come in."""

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
"""Content-Security-Policy: only our own files; no inline script or style, no frames."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class SecurityHeaders:
    """Sets the security headers on every answer, and keeps personal pages out of shared caches."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the headers set."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self.app(scope, receive, with_headers)


def same_origin(headers: Headers) -> bool:
    """Whether an unsafe request comes from our own pages or from a program.

    Browsers send Sec-Fetch-Site (all since 2023) or at least Origin with every
    unsafe request; a request with neither comes from a program, which holds no
    cookie that a foreign page could ride on. The host is compared, not the
    scheme: behind a proxy that ends HTTPS the two differ.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = headers.get("origin")
    if origin is None:
        return True
    return urlsplit(origin).netloc == headers.get("host", "")


def check_origin(method: str, headers: Headers) -> None:
    """Raise `Forbidden` for an unsafe request that another site started (CSRF)."""
    if method not in SAFE_METHODS and not same_origin(headers):
        raise Forbidden(
            "cross-site",
            "Yêu cầu đến từ một trang khác nên bị từ chối.",
            "The request came from another site and was refused.",
            advice="Hãy mở lại trang của Đôn Đốc và làm lại thao tác.",
            advice_en="Open the page of Đôn Đốc again and repeat what you did.",
        )


class BodyLimit:
    """Counts the bytes of a request's body while they come in, and stops beyond the limit.

    The body is never held in memory: files go to disk as they arrive.
    `upload_bytes` holds for uploads; every other request may bring `small` bytes.
    """

    def __init__(self, app: ASGIApp, *, upload_bytes: int, small: int = 2 * 1024**2) -> None:
        self.app = app
        self.upload_bytes = upload_bytes + 64 * 1024  # the multipart frame round the file
        self.small = small

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its body counted."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        upload = UPLOADS.fullmatch(scope["path"]) is not None
        limit = self.upload_bytes if upload else self.small
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            if message["type"] == "http.request":
                seen += len(message.get("body", b""))
                if seen > limit:
                    raise too_large(limit)
            return message

        await self.app(scope, counted, send)


def too_large(limit: int) -> DondocError:
    """The failure of a body beyond the limit."""
    megabytes = max(1, limit // 1024**2)
    return BadFile(
        "upload-too-large",
        f"Tệp lớn hơn mức cho phép ({megabytes} MB).",
        f"The file is larger than allowed ({megabytes} MB).",
        advice="Hãy tách tệp thành nhiều phần, hoặc quét lại ở 200–300 dpi.",
        advice_en="Split the file, or scan it again at 200 to 300 dpi.",
    )
