"""`dondoc serve` and `dondoc worker`."""

from __future__ import annotations

import secrets
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from typing import TYPE_CHECKING

from dondoc.commands.ingest import office_of
from dondoc.running import limits
from dondoc.settings import Settings
from dondoc.worker import Office, Workers
from ingest.errors import BadRequest
from nlp.dispatch import VERSION

if TYPE_CHECKING:
    from api.oidc import OidcSettings


def run(
    *, host: str | None = None, port: int | None = None, notice: str | None = None, first: Callable[[Office], None] | None = None
) -> int:
    """Serve the web app and work off jobs until stopped; `first` runs before, `notice` is printed."""
    import uvicorn

    from api.app import create_app
    from api.services import Services
    from ingest.pool import ReaderPool
    from register import users

    settings = Settings()
    host, port = host or settings.host, port or settings.port
    _check_free(host, port)
    with ExitStack() as stack:
        office = stack.enter_context(office_of(settings, settings.workers))
        images = stack.enter_context(ReaderPool(workers=1, limits=limits(settings)))
        workers = stack.enter_context(Workers(office, settings.workers))
        with office.database.reading() as s:
            token = None if users.exists(s) else secrets.token_urlsafe(18)
        app = create_app(
            Services(
                database=office.database,
                store=office.store,
                engine=office.engine,
                images=images,
                processing=VERSION,
                wake=workers.wake,
                home_agency=settings.home_agency,
                setup_token=token,
                secure_cookie=settings.secure_cookie,
                session_life=timedelta(hours=settings.session_hours),
                upload_bytes=settings.max_upload_mb * 1024**2,
                default_soon_days=settings.due_soon_days,
                public_url=settings.link,
                mail=office.mailer is not None,
                oidc=oidc_of(settings),
            )
        )
        address = f"http://{host}:{port}"
        print(f"Đôn Đốc đang chạy tại {address}", file=sys.stderr)
        if token:
            print(f"Lần đầu: tạo người quản trị tại {address}/thiet-lap?token={token}", file=sys.stderr)
        if notice:
            print(notice, file=sys.stderr)
        if first:
            first(office)
            workers.wake()
        # uvicorn raises the signal again when it has stopped; without this the process would end before its workers.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        # A search of 10,000 letters, each of up to nine characters in an address, must not be cut off as malformed.
        uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False, h11_max_incomplete_event_size=256 * 1024)
    return 0


def oidc_of(settings: Settings) -> OidcSettings | None:
    """The office's sign-in provider, None where none is set."""
    from api.oidc import OidcSettings

    if not settings.oidc_discovery:
        return None
    secret = settings.oidc_client_secret
    return OidcSettings(
        discovery=settings.oidc_discovery,
        client_id=settings.oidc_client_id or "",
        client_secret=secret.get_secret_value() if secret else None,
        claim=settings.oidc_claim,
        name=settings.oidc_name or "",
    )


def _check_free(host: str, port: int) -> None:
    import socket

    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise BadRequest(
                "port-taken", f"Không mở được {host}:{port}: {error.strerror}.", f"Cannot open {host}:{port}: {error.strerror}.",
                advice="Chọn cổng khác bằng --port hoặc DONDOC_PORT.", advice_en="Choose another port with --port or DONDOC_PORT.",
            ) from error  # fmt: skip


def run_worker() -> int:
    """Work off jobs until stopped by a signal."""
    settings = Settings()
    if settings.workers < 1:
        raise BadRequest("no-workers", "DONDOC_WORKERS là 0: không có tiến trình đọc nào.", "DONDOC_WORKERS is 0: there is nothing to run.")
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with office_of(settings, settings.workers) as office:
        _work(office, settings.workers, stop)
    return 0


def _work(office: Office, count: int, stop: threading.Event) -> None:
    with Workers(office, count):
        print(f"Đang chờ việc với {count} tiến trình đọc.", file=sys.stderr)
        stop.wait()
