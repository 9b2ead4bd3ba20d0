"""Pages load little script, and nothing moves once it has been drawn."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from api.app import create_app
from api.gate import COOKIE
from api.render import STATIC
from bench.chromium import SCRIPT_BYTES, look, serving
from ingest.pool import ReaderPool
from tests.api.test_dashboard import open_board

PAGES = ("/nhiem-vu", "/nhiem-vu?xem=bang", "/nhiem-vu/lich", "/dieu-hanh", "/van-ban", "/tim-kiem?q=chợ", "/tiep-nhan")


def test_all_scripts_together_are_small() -> None:
    assert sum(each.stat().st_size for each in STATIC.rglob("*.js")) <= SCRIPT_BYTES


@pytest.mark.parametrize("width", [1366, 390])
def test_nothing_moves_once_it_was_drawn(tmp_path: Path, chromium: Browser, width: int) -> None:
    with ReaderPool(1) as pool, open_board(tmp_path, pool) as made, serving(create_app(made.room.services)) as base:
        session = made.leader.cookies[COOKIE]
        rows = look(chromium, base, {COOKIE: session}, {each: each for each in PAGES}, rounds=1, width=width)
    # A block that comes or goes above the rest shifts it by tenths; a word that changes its width as the typeface comes, on a busy machine, by hundredths.
    assert {row["page"]: row["shift"] for row in rows if row["shift"] >= 0.05} == {}
    assert all(0 < row["script"] <= SCRIPT_BYTES for row in rows)
