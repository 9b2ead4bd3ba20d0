"""What a browser makes of the pages: when the first of a page is seen, how much moves afterwards, how much script it loads."""

from __future__ import annotations

import shutil
import socket
import statistics
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from bench.commands import Failed

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from starlette.types import ASGIApp

PAINT_MS, SCRIPT_BYTES = 1000, 150_000
"""Bounds: first contentful paint of a page, script of a page (uncompressed). Nothing may move (cumulative layout shift 0)."""
_ARGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
LOOK = """async () => {
  const watch = (type, each) => new PerformanceObserver(list => list.getEntries().forEach(each)).observe({type, buffered: true})
  const paint = await new Promise(done => {
    watch("paint", entry => { if (entry.name == "first-contentful-paint") done(entry.startTime) })
    setTimeout(() => done(null), 20000)
  })
  let shift = 0
  watch("layout-shift", entry => { shift += entry.value })
  await document.fonts.ready
  await new Promise(done => setTimeout(() => requestAnimationFrame(done), 200))
  const script = performance.getEntriesByType("resource").filter(each => each.initiatorType == "script")
  return {paint, shift, script: script.reduce((sum, each) => sum + each.decodedBodySize, 0)}
}"""
"""Run in a page that has loaded: milliseconds to the first paint, the sum of all layout shifts, bytes of script."""


def measure(app: ASGIApp, cookies: Mapping[str, str], addresses: Mapping[str, str], *, rounds: int) -> list[dict[str, Any]]:
    """Each page opened so many times by a browser that has nothing kept. Raises `Failed` where there is no Chromium."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        raise Failed("chưa có playwright") from None
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        raise Failed("chưa có Chromium")
    with serving(app) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(_ARGS))
        rows = look(browser, base, cookies, addresses, rounds=rounds)
        browser.close()
    return rows


def look(
    browser: Browser, base: str, cookies: Mapping[str, str], addresses: Mapping[str, str], *, rounds: int, width: int = 1366
) -> list[dict[str, Any]]:
    """What the browser makes of these pages of the program at `base`, each by its name."""
    rows = []
    for name, address in addresses.items():
        seen = []
        for _ in range(rounds):
            context = browser.new_context(viewport={"width": width, "height": 768}, base_url=base)
            context.add_cookies([{"name": key, "value": value, "url": base} for key, value in cookies.items()])
            page = context.new_page()
            page.goto(address, wait_until="load")
            seen.append(page.evaluate(LOOK))
            context.close()
        paints = [each["paint"] for each in seen if each["paint"] is not None]
        if not paints:
            raise Failed(f"{address}: Chromium không vẽ gì")
        rows.append(
            {
                "page": name, "median_ms": statistics.median(paints), "worst_ms": max(paints),
                "shift": max(each["shift"] for each in seen), "script": max(each["script"] for each in seen),
            }
        )  # fmt: skip
    return rows


@contextmanager
def serving(app: ASGIApp) -> Iterator[str]:
    """The program on a free port of this machine; gives its address."""
    import uvicorn

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 30
    while not server.started and time.monotonic() < deadline:
        threading.Event().wait(0.05)
    if not server.started:
        raise Failed("máy chủ không chạy lên được")
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)
