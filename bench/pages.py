"""How long the server takes for the pages of an office with 100,000 letters and 300,000 obligations, on SQLite, and a browser after it."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import func, select

from api.app import create_app
from api.gate import COOKIE
from api.services import Services
from bench import chromium
from bench.commands import Failed
from bench.latency import percentile
from bench.letters import TODAY
from bench.office import fill
from register import users
from register.clock import now
from register.database import Database
from register.migrations.run import upgrade
from register.models import Obligation, User
from register.originals import OriginalStore
from search.embedded import EmbeddedEngine

BOUND_MS = 200
"""The 95th percentile of every page should stay below."""
_BODIES = ("sở tài chính", "sở y tế", "ủy ban nhân dân huyện", "công an", "sở nội vụ")
_WORDS = ("kiểm tra", "rà soát", "báo cáo kết quả", "đất đai", "hồ sơ")


def addresses(turn: int, duties: int, *, searching: bool = True) -> dict[str, str]:
    """What people open, by its name; each turn with other words, days and things. `searching`: the search page, too."""
    body, words = _BODIES[turn % 5], _WORDS[turn % 5]
    month = f"{TODAY.year - turn % 3}-{1 + turn * 5 % 12:02d}"
    search = {"Tìm kiếm": f"/tim-kiem?q={words}"} if searching else {}
    return search | {
        "Nhiệm vụ: chưa hoàn thành": "/nhiem-vu",
        "Nhiệm vụ: quá hạn, trang 5": "/nhiem-vu?trang_thai=overdue&trang=5",
        "Nhiệm vụ: tất cả, trang 2.000": f"/nhiem-vu?trang_thai=all&trang={2000 + turn}",
        "Nhiệm vụ: một phần tên cơ quan": f"/nhiem-vu?co_quan={body}",
        "Nhiệm vụ: chữ trong việc": f"/nhiem-vu?viec={words}",
        "Nhiệm vụ: bảng": "/nhiem-vu?xem=bang",
        "Nhiệm vụ: lịch": f"/nhiem-vu/lich?thang={month}",
        "Một nhiệm vụ": f"/nhiem-vu/{1 + turn * 7919 % duties}",
        "Nhắc việc": "/nhac-viec",
        "Bảng điều hành": "/dieu-hanh",
        "Bảng điều hành: một cơ quan": f"/dieu-hanh?co_quan={body}",
        "Văn bản": "/van-ban",
        "Văn bản: trang 1.000": f"/van-ban?trang={1000 + turn}",
        "Văn bản: một phần tên nơi ban hành": f"/van-ban?co_quan={body}",
        "Một văn bản": f"/van-ban/{1 + turn * 7919 % (duties // 4)}",
        "Sổ văn bản đến": f"/van-ban/so?tu=01/{1 + turn % 6:02d}/{TODAY.year}",
        "Báo cáo của tháng": "/bao-cao",
        "Báo cáo của năm": f"/bao-cao?tu=01/01/{TODAY.year - turn % 3}&den=31/12/{TODAY.year - turn % 3}",
    }


def measure(
    folder: Path, *, letters: int, rounds: int, tell: Callable[[str], None], index: Path | None = None
) -> dict[str, Any]:
    """Milliseconds of each page at p50 and p95, whole requests through the whole program, in an order drawn by lot.

    `index` is a search index of the same letters (`bench.scale` makes one); without it the search page is left out.
    Beside them what Chromium tells of the pages (`bench.chromium`), where there is one.
    """
    with ExitStack() as stack:
        database, duties = stack.enter_context(filled(folder / "pages.sqlite", letters, tell))
        engine = stack.enter_context(closing(EmbeddedEngine(index or folder / "empty-index.sqlite")))
        app, token = office(database, folder, engine)
        indexed = engine.status().documents.get("letters", 0)
        asked = [addresses(turn, duties, searching=indexed > 0) for turn in range(rounds)]
        with TestClient(app, follow_redirects=False) as client:
            client.cookies.set(COOKIE, token)
            for address in addresses(rounds, duties, searching=indexed > 0).values():
                client.get(address)  # modules and templates loaded: as in a server that has run for a while
            times = _timed(client, asked)
        found: dict[str, Any] = {
            "letters": letters, "obligations": duties, "rounds": rounds, "indexed": indexed,
            "pages": [_row(*each) for each in times.items()],
        }  # fmt: skip
        tell("Chromium")
        app, token = office(database, folder, engine)
        try:
            found["browser"] = chromium.measure(app, {COOKIE: token}, asked[0], rounds=min(rounds, 5))
        except Failed as error:
            tell(f"Chromium: {error}")
    return found


def _timed(client: TestClient, asked: Sequence[dict[str, str]]) -> dict[str, list[tuple[float, float]]]:
    """Milliseconds of each page by its name, by the clock and of the processor."""
    turns = [(name, address) for each in asked for name, address in each.items()]
    random.Random(1).shuffle(turns)
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in asked[0]}
    for name, address in turns:
        started, worked = time.perf_counter(), time.process_time()
        answer = client.get(address)
        times[name].append(((time.perf_counter() - started) * 1000, (time.process_time() - worked) * 1000))
        if answer.status_code != 200:
            raise RuntimeError(f"{address}: {answer.status_code}")
    return times


def _row(name: str, values: Sequence[tuple[float, float]]) -> dict[str, Any]:
    clock, cpu = zip(*values, strict=True)
    return {"page": name, "p50_ms": percentile(clock, 50), "p95_ms": percentile(clock, 95), "cpu_p95_ms": percentile(cpu, 95)}


@contextmanager
def filled(path: Path, letters: int, tell: Callable[[str], None]) -> Iterator[tuple[Database, int]]:
    """The register of that many letters and its obligations; one that is there already is taken as it is."""
    database = Database(f"sqlite:///{path}")
    try:
        # The graph of citations is left empty: `Database.upgrade` would fill it.
        upgrade(database.engine)
        with database.reading() as s:
            present = s.scalar(select(func.count(Obligation.id))) or 0
        yield database, present or fill(database, letters, tell)
    finally:
        database.close()


def office(database: Database, folder: Path, engine: EmbeddedEngine) -> tuple[FastAPI, str]:
    """The program over this register and index, and the session of a leader who is signed in."""

    class NoImages:
        def page_image(self, *_: Any, **__: Any) -> bytes:
            raise NotImplementedError("the bench has no originals")

    with database.transaction() as s:
        if s.scalars(select(User).where(User.login == "leader")).one_or_none() is None:
            s.add(User(login="leader", name="Lãnh đạo", password_hash="", role="leader", language="vi", must_change_password=False, active=True, created_at=now()))
            s.flush()
        token = users.open_session(s, s.scalars(select(User.id).where(User.login == "leader")).one(), at=now())
    services = Services(
        database=database, store=OriginalStore(folder / "originals"), engine=engine, images=NoImages(), processing="bench", today=lambda: TODAY,
    )  # fmt: skip
    return create_app(services), token
