"""axe-core finds nothing on any page, wide and narrow, light and dark; no page is wider than the screen.

The pages are the addresses of the permission matrix, so a new page is looked at by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from importlib.resources import files
from typing import Any, Literal
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from api.gate import COOKIE
from tests.api.conftest import reader, specimen_pdf  # noqa: F401 - fixtures of the matrix
from tests.api.test_permissions import ENDPOINTS, Ground, ground  # noqa: F401
from tests.e2e.conftest import serving
from tests.e2e.test_office import overflow
from tools.permissions import Endpoint

SCRIPT = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
AXE = "(async () => axe.run(document, {resultTypes: ['violations']}))()"
FILES = ("xuat", "/tai/", "/tep/", ".png", "ban-goc", ".json", ".ics", "lich.")
"""What gives a file and no page."""
PARTS = {"/tiep-nhan/danh-sach", "/nhiem-vu/bang-chung", "/van-ban/co-quan", "/trich-dan/goi-y", "/van-ban/{letter_id}/tuong-tu"}
"""Pieces that a page asks for; they are looked at in their page."""
SIZES: tuple[ViewportSize, ...] = ({"width": 1366, "height": 768}, {"width": 390, "height": 844})
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
"""The themes differ in colours alone, so a page is opened once and looked at in both."""


def pages() -> list[Endpoint]:
    return [
        each
        for each in ENDPOINTS
        if each.method == "GET"
        and each.expected["admin"] == 200
        and (each.page_for_people or each.path == "/api/v1/docs")
        and "{path}" not in each.path
        and each.path not in PARTS
        and not any(part in f"{each.path}/" for part in FILES)
    ]


@pytest.fixture(scope="module")
def view(ground: Ground, chromium: Browser) -> Iterator[Page]:  # noqa: F811
    """A browser signed in as the administrator, who sees every page."""
    with ExitStack() as stack:
        address = stack.enter_context(serving(ground.room.services))
        context = chromium.new_context(base_url=address)
        stack.callback(context.close)
        context.add_cookies([{"name": COOKIE, "value": ground.tokens["admin"], "url": address}])
        yield context.new_page()


def visit(page: Page, path: str) -> None:
    """Open a page and lay axe beside it."""
    page.goto(path)
    page.evaluate(SCRIPT)


def violations(page: Page) -> list[str]:
    found: list[dict[str, Any]] = page.evaluate(AXE)["violations"]
    return [
        f"{one['id']}: {node['target']} {node['html'][:200]} {node.get('failureSummary', '')[:300]}"
        for one in found
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("each", pages(), ids=lambda each: each.path)
def test_axe_finds_nothing(ground: Ground, view: Page, each: Endpoint) -> None:  # noqa: F811
    path = ground.path(each)
    if query := each.sends.get("query"):
        path += "?" + urlencode(query)
    view.set_viewport_size(SIZES[0])
    visit(view, path)
    for size in SIZES:
        view.set_viewport_size(size)
        for scheme in SCHEMES:
            view.emulate_media(color_scheme=scheme)
            assert violations(view) == [], f"{path} {scheme} {size}"
        assert overflow(view) <= 0, f"{path} {size}"


def test_axe_finds_nothing_on_the_pages_before_signing_in(view: Page) -> None:
    kept = view.context.cookies()
    for path in ("/dang-nhap", "/khong-co-trang-nay"):
        if path == "/dang-nhap":
            view.context.clear_cookies()
        visit(view, path)
        for scheme in SCHEMES:
            view.emulate_media(color_scheme=scheme)
            assert violations(view) == [], f"{path} {scheme}"
        view.context.add_cookies(kept)  # type: ignore[arg-type]
