"""A whole office on a free loopback port, with a real browser before it."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect, sync_playwright

from api.app import create_app
from api.services import Services
from corpus.render import render_pdf
from corpus.specimen import letters as specimens
from dondoc.worker import Office, Workers
from ingest.pool import ReaderPool
from ingest.types import Limits
from nlp.dispatch import VERSION
from register.clock import now as utc_now
from register.originals import OriginalStore
from search.embedded import EmbeddedEngine
from tests.registers import new_register

ARGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
TOKEN = "ma-thiet-lap-cho-thu-nghiem"
TODAY = date(2020, 12, 1)
PATIENT = Limits(seconds_per_page=240)
"""A busy machine reads a page slowly; it is not to read it badly."""
expect.set_options(timeout=20_000)


class Clock:
    """The office's clock; a test moves it on, and it runs from there."""

    def __init__(self, moment: datetime) -> None:
        self.move(moment)

    def move(self, moment: datetime) -> None:
        """It is this moment now (local time where it names no zone)."""
        self._ahead = moment.astimezone() - utc_now()

    def now(self) -> datetime:
        return utc_now() + self._ahead

    def today(self) -> date:
        return self.now().astimezone().date()


@dataclass(frozen=True)
class Site:
    """The running office."""

    address: str
    services: Services


@pytest.fixture(scope="session", autouse=True)
def _quick_hashes(quick_hashes: None) -> None:
    """Users of this room have passwords that are quick to check."""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The office of a first day, which the tests of that day share."""
    with running(tmp_path_factory.mktemp("site")) as site:
        yield site


@contextmanager
def running(folder: Path, *, home: str | None = None, clock: Clock | None = None) -> Iterator[Site]:
    """An office of its own, on its first day.

    `home` is the agency that keeps it: what it issued is outgoing. Without a
    `clock` the machine's runs, and the pages say that today is `TODAY`.
    """
    now, today = (clock.now, clock.today) if clock else (utc_now, lambda: TODAY)
    with ExitStack() as stack:
        database = new_register(folder / "dondoc.sqlite")
        stack.callback(database.close)
        engine = EmbeddedEngine(folder / "index.sqlite")
        stack.callback(engine.close)
        pool = stack.enter_context(ReaderPool(1, PATIENT))
        images = stack.enter_context(ReaderPool(1))
        office = Office(
            database=database, store=OriginalStore(folder / "originals"), engine=engine, pool=pool,
            home_agency=home, clock=now,
        )  # fmt: skip
        workers = stack.enter_context(Workers(office, 1))
        services = Services(
            database=database, store=office.store, engine=engine, images=images, processing=VERSION,
            wake=workers.wake, now=now, today=today, setup_token=TOKEN, home_agency=home or "Sở Tài chính tỉnh Bình Lâm",
        )  # fmt: skip
        with serving(services) as address:
            yield Site(address, services)


@contextmanager
def serving(services: Services) -> Iterator[str]:
    """The web application on a free port; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(
        uvicorn.Config(create_app(services), host="127.0.0.1", port=port, log_level="warning")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 30
    while not server.started and time.monotonic() < deadline:
        threading.Event().wait(0.05)
    assert server.started
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGS))
        yield browser
        browser.close()


@dataclass
class Watched:
    """A page whose complaints are collected."""

    page: Page
    complaints: list[str] = field(default_factory=list)


@pytest.fixture
def visit(site: Site, chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page of a size and theme; at the end nothing may have complained."""
    watched: list[Watched] = []
    with ExitStack() as stack:

        def open_page(
            width: int = 1366, height: int = 768, scheme: str = "light", state: str | None = None
        ) -> Page:
            context = chromium.new_context(
                viewport={"width": width, "height": height},
                color_scheme=scheme,  # type: ignore[arg-type]
                base_url=site.address,
                storage_state=state,
            )
            stack.callback(context.close)
            page = context.new_page()
            each = Watched(page)
            page.on(
                "console",
                lambda m: each.complaints.append(f"{page.url}: {m.text}") if m.type == "error" else None,
            )
            page.on("pageerror", lambda e: each.complaints.append(f"{page.url}: {e}"))
            watched.append(each)
            return page

        yield open_page
        assert [complaint for each in watched for complaint in each.complaints] == []


@pytest.fixture(scope="session")
def letter_pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("files") / "giai-ngan.pdf"
    path.write_bytes(
        render_pdf(next(each for each in specimens() if each.name.startswith("binhlam_giai_ngan")))
    )
    return path
