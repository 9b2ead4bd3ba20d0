"""What the web application works with: plain values and the other rooms' objects, no settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Protocol

from api.oidc import OidcSettings
from register.clock import now as utc_now
from register.database import Database
from register.originals import OriginalStore
from register.status import SOON_DAYS
from search.engine import Engine


class PageImages(Protocol):
    """Gives pages as PNG; `ingest.pool.ReaderPool` does.

    Give the web application a small pool of its own, so that a page is shown
    while the other pool's readers are busy with long files.
    """

    def page_image(
        self, path: str | Path, media_type: str, page: int, dpi: int = 110, name: str | None = None
    ) -> bytes:
        """One page (from 1) as PNG."""


def _nothing() -> None:
    """Nobody is to be woken."""


@dataclass(frozen=True, slots=True)
class Services:
    """Everything `api.app.create_app` needs.

    `processing` is the version of the processing under which uploads are
    queued; `wake` tells the worker that there is work; `now` and `today` are
    the clock; `setup_token` guards the one-time page that makes the first
    administrator (None: there is no such page); `upload_bytes` is the size
    limit of one file; `public_url` is the address of the pages as people type
    it, without a slash at its end; `mail` says that a mail server is set; `oidc` is the office's
    sign-in provider (None: passwords only).
    """

    database: Database
    store: OriginalStore
    engine: Engine
    images: PageImages
    processing: str
    wake: Callable[[], None] = _nothing
    now: Callable[[], datetime] = utc_now
    today: Callable[[], date] = date.today
    home_agency: str | None = None
    setup_token: str | None = None
    secure_cookie: bool = False
    session_life: timedelta = timedelta(hours=12)
    upload_bytes: int = 200 * 1024**2
    soon_days: int = SOON_DAYS
    public_url: str | None = None
    mail: bool = False
    oidc: OidcSettings | None = None
