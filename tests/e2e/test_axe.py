"""axe-core finds nothing on any page, wide and narrow, light and dark; no page is wider than the screen.

The pages are the addresses of the permission matrix, so a new page is looked at by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page

from api.gate import COOKIE
from tests.api.conftest import reader, specimen_pdf  # noqa: F401 - fixtures of the matrix
from tests.api.test_permissions import ENDPOINTS, Ground, ground  # noqa: F401
from tests.e2e.conftest import serving
from tests.e2e.test_office import overflow
from tools.permissions import Endpoint

AXE = "(async () => axe.run(document, {resultTypes: ['violations']}))()"
FILES = ("xuat", "/tai/", "/tep/", ".png", "ban-goc", ".json", ".ics", "lich.")
"""What gives a file and no page."""
PARTS = {"/tiep-nhan/danh-sach", "/nhiem-vu/bang-chung", "/van-ban/co-quan", "/trich-dan/goi-y", "/van-ban/{letter_id}/tuong-tu"}
"""Pieces that a page asks for; they are looked at in their page."""
SIZES = ((1366, 768), (390, 844))


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
def views(ground: Ground, chromium: Browser) -> Iterator[list[Page]]:  # noqa: F811
    """A browser per theme, signed in as the administrator, who sees every page."""
    with ExitStack() as stack:
        address = stack.enter_context(serving(ground.room.services))
        script = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
        opened = []
        for scheme in ("light", "dark"):
            context = chromium.new_context(color_scheme=scheme, base_url=address)  # type: ignore[arg-type]
            stack.callback(context.close)
            context.add_cookies([{"name": COOKIE, "value": ground.tokens["admin"], "url": address}])
            page = context.new_page()
            page.axe = script  # type: ignore[attr-defined]
            opened.append(page)
        yield opened


@pytest.fixture(scope="module")
def shots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")


def violations(page: Page) -> list[str]:
    page.evaluate(page.axe)  # type: ignore[attr-defined]
    found: list[dict[str, Any]] = page.evaluate(AXE)["violations"]
    return [
        f"{one['id']}: {node['target']} {node['html'][:200]} {node.get('failureSummary', '')[:300]}"
        for one in found
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("each", pages(), ids=lambda each: each.path)
def test_axe_finds_nothing(ground: Ground, views: list[Page], each: Endpoint, shots: Path) -> None:  # noqa: F811
    path = ground.path(each)
    if query := each.sends.get("query"):
        path += "?" + urlencode(query)
    name = each.path.strip("/").replace("/", "_") or "home"
    for page, scheme in zip(views, ("light", "dark"), strict=True):
        page.goto(path)
        for width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            page.screenshot(path=shots / f"{name}-{scheme}-{width}.png", full_page=width > 1000)
            assert violations(page) == [], f"{path} {scheme} {width}"
            assert overflow(page) <= 0, f"{path} {scheme} {width}"


def test_axe_finds_nothing_on_the_pages_before_signing_in(ground: Ground, views: list[Page]) -> None:  # noqa: F811
    for page in views:
        kept = page.context.cookies()
        page.context.clear_cookies()
        page.goto("/dang-nhap")
        assert violations(page) == []
        page.context.add_cookies(kept)  # type: ignore[arg-type]
        page.goto("/khong-co-trang-nay")
        assert violations(page) == []
