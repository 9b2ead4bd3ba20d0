"""One small office for all tests of this room: real SQLite register, embedded index, real readers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.gate import COOKIE
from api.services import Services
from corpus.render import render_pdf
from corpus.specimen import letters as specimens
from dondoc.worker import Office, process_one
from ingest.pool import ReaderPool
from nlp.dispatch import VERSION
from register import users
from register.clock import now
from register.originals import OriginalStore
from search.embedded import EmbeddedEngine
from search.relay import relay_once
from tests.registers import new_register

PASSWORD = "mat khau cua van phong"
TODAY = date(2021, 3, 15)

LETTER = """ỦY BAN NHÂN DÂN
TỈNH BÌNH LÂM
Số: 321/UBND-KT
V/v rà soát chợ dân sinh trên địa bàn

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Bình Lâm, ngày 02 tháng 3 năm 2021

Kính gửi:
- Sở Công Thương;
- Sở Xây dựng.

Thực hiện Nghị định số 114/2003/NĐ-CP ngày 03 tháng 10 năm 2003 của Chính phủ về phát triển chợ, Ủy ban nhân dân tỉnh yêu cầu:

1. Sở Công Thương chủ trì, phối hợp với Sở Xây dựng rà soát các chợ dân sinh, báo cáo Ủy ban nhân dân tỉnh trước ngày 20/3/2021.

2. Sở Xây dựng kiểm tra an toàn công trình chợ (trừ chợ đã đóng cửa); trường hợp có nguy cơ cháy, lập phương án di dời, gửi kết quả về Sở Công Thương (qua Phòng Thương mại) chậm nhất ngày 10/3/2021.

Nơi nhận:
- Như trên;
- Lưu: VT, KT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Nguyễn Văn Thử
"""


@dataclass(frozen=True)
class Room:
    """The office under test and what tests need of it."""

    services: Services
    office: Office

    def work(self) -> None:
        """Read everything that waits and bring the index up to date."""
        while process_one(self.office, "test"):
            pass
        while relay_once(self.services.database, self.services.engine, at=now()):
            pass


def open_room(folder: Path, stack: ExitStack, pool: ReaderPool, **changes: object) -> Room:
    database = new_register(folder / "dondoc.sqlite")
    stack.callback(database.close)
    engine = EmbeddedEngine(folder / "index.sqlite")
    stack.callback(engine.close)
    store = OriginalStore(folder / "originals")
    services = Services(
        database=database,
        store=store,
        engine=engine,
        images=pool,
        processing=VERSION,
        today=lambda: TODAY,
        home_agency="Sở Công Thương tỉnh Bình Lâm",
        upload_bytes=3 * 1024**2,
    )
    office = Office(database=database, store=store, engine=engine, pool=pool)
    return Room(replace(services, **changes), office)  # type: ignore[arg-type]


@pytest.fixture(scope="session", autouse=True)
def _quick_hashes(quick_hashes: None) -> None:
    """Users of this room have passwords that are quick to check."""


@pytest.fixture(scope="session")
def reader() -> Iterator[ReaderPool]:
    with ReaderPool(1) as pool:
        yield pool


@pytest.fixture(scope="session")
def specimen_pdf() -> bytes:
    """A letter of the corpus as a PDF with a text layer."""
    return render_pdf(next(each for each in specimens() if each.name.startswith("binhlam")))


@pytest.fixture(scope="session")
def room(tmp_path_factory: pytest.TempPathFactory, reader: ReaderPool, specimen_pdf: bytes) -> Iterator[Room]:
    with ExitStack() as stack:
        room = open_room(tmp_path_factory.mktemp("office"), stack, reader)
        with room.services.database.transaction() as s:
            for role in users.ROLES:
                users.add(
                    s,
                    login=role,
                    name=role.title(),
                    password=PASSWORD,
                    role=role,
                    at=now(),
                    must_change_password=False,
                )
        with TestClient(create_app(room.services)) as client:
            enter(client, "clerk")
            for name, content in (("cho-dan-sinh.txt", LETTER.encode()), ("giai-ngan.pdf", specimen_pdf)):
                assert client.post("/api/v1/files", files={"file": (name, content)}).status_code == 202
        room.work()
        yield room


@pytest.fixture
def empty_room(tmp_path: Path, reader: ReaderPool) -> Iterator[Room]:
    """An office on its first day: no users, a set-up token."""
    with ExitStack() as stack:
        yield open_room(tmp_path, stack, reader, setup_token="ma-thiet-lap-thu")


def enter(client: TestClient, login: str, password: str = PASSWORD) -> None:
    """Sign in as a browser does."""
    answer = client.post("/dang-nhap", data={"name": login, "password": password}, follow_redirects=False)
    assert answer.status_code == 303, answer.text


@pytest.fixture
def client(room: Room) -> Iterator[TestClient]:
    """A browser that is not signed in."""
    with TestClient(create_app(room.services), follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="session")
def tokens(room: Room) -> dict[str, str]:
    """A session per role, opened once: argon2 is slow on purpose."""
    with room.services.database.transaction() as s:
        return {user.login: users.open_session(s, user.id, at=now()) for user in users.listing(s)}


@pytest.fixture
def signed_in(room: Room, tokens: dict[str, str]) -> Iterator[Callable[[str], TestClient]]:
    """A browser signed in with a role."""
    with ExitStack() as stack:

        def make(role: str) -> TestClient:
            client = stack.enter_context(TestClient(create_app(room.services), follow_redirects=False))
            client.cookies.set(COOKIE, tokens[role])
            return client

        yield make


@pytest.fixture
def clerk(signed_in: Callable[[str], TestClient]) -> TestClient:
    return signed_in("clerk")


@pytest.fixture
def letter_id(clerk: TestClient) -> int:
    """The letter about markets."""
    found = clerk.get("/api/v1/letters", params={"number": "321/UBND-KT"}).json()
    return int(found["items"][0]["id"])
