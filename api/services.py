"""What the web application works with: plain values and the other rooms' objects, no settings."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final, Protocol

from sqlalchemy.orm import Session

from api.oidc import OidcSettings
from register import office_settings
from register.clock import now as utc_now
from register.database import Database
from register.office_settings import Heading, OfficeSettings
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


class OfficeNow:
    """What the office set on its own pages, as of the last look into the register; another process may have changed it.

    The gate looks again with a request once `FRESH` seconds are over.
    """

    FRESH: Final = 1.0

    def __init__(self) -> None:
        self.settings = OfficeSettings()
        self._looked: float | None = None

    def look(self, s: Session) -> None:
        """Read the settings anew."""
        self.settings = office_settings.load(s)
        self._looked = time.monotonic()

    def look_again(self, s: Session) -> None:
        """Read them anew where the last look was some time ago."""
        if self._looked is None or time.monotonic() - self._looked > self.FRESH:
            self.look(s)


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
    sign-in provider (None: passwords only); `office` is what the office set on its own pages.
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
    default_soon_days: int = SOON_DAYS
    public_url: str | None = None
    mail: bool = False
    oidc: OidcSettings | None = None
    office: OfficeNow = field(default_factory=OfficeNow)

    @property
    def soon_days(self) -> int:
        """Days before the due day from which a task counts as due soon: the office's own, else the machine's setting."""
        own = self.office.settings.soon_days
        return self.default_soon_days if own is None else own

    @property
    def head(self) -> Heading:
        """The head of what is printed."""
        return self.office.settings.head(self.home_agency)
