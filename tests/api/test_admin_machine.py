"""Machine work, index and audit trail as the administrator sees them, over real workers and a real index."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.gate import COOKIE
from dondoc.chores import chore_one
from ingest.pool import ReaderPool
from register import audit, chores, jobs, users
from register.clock import now
from search.types import Delete
from tests.api.conftest import LETTER, PASSWORD, Room, open_room


@pytest.fixture
def place(tmp_path: Path, reader: ReaderPool) -> Iterator[tuple[Room, TestClient]]:
    """An office of its own with one letter, and its administrator's browser."""
    with ExitStack() as stack:
        room = open_room(tmp_path, stack, reader)
        with room.services.database.transaction() as s:
            admin = users.add(
                s, login="quan", name="Quân", password=PASSWORD, role="admin", at=now(), must_change_password=False
            )  # fmt: skip
            token = users.open_session(s, admin.id, at=now())
        client = stack.enter_context(TestClient(create_app(room.services), follow_redirects=False))
        client.cookies.set(COOKIE, token)
        client.post("/api/v1/files", files={"file": ("cho.txt", LETTER.encode())})
        yield room, client


Place = tuple[Room, TestClient]


def test_what_waits_and_what_is_done_is_shown_with_its_file(place: Place) -> None:
    room, client = place
    assert "cho.txt" in client.get("/quan-tri/viec-may").text
    room.work()
    assert "Máy đang rảnh" in client.get("/quan-tri/viec-may").text
    assert "cho.txt" in client.get("/quan-tri/viec-may?xem=done").text


def test_a_file_that_failed_says_why_and_can_be_tried_again(place: Place) -> None:
    room, client = place
    client.post("/api/v1/files", files={"file": ("hong.pdf", b"%PDF-1.7 rac")})
    room.work()
    page = client.get("/quan-tri/viec-may?xem=failed").text
    assert "hong.pdf" in page
    file = client.get("/api/v1/files", params={"state": "failed"}).json()["items"][0]
    assert file["message"].split("“")[0].strip()[:20] in page
    assert client.post(f"/quan-tri/viec-may/tep/{file['id']}/thu-lai").status_code == 303
    assert client.get(f"/api/v1/files/{file['id']}").json()["state"] == "waiting"


def test_the_index_page_tells_of_a_difference_and_a_job_mends_it(place: Place) -> None:
    room, client = place
    room.work()
    assert client.get("/quan-tri/chi-muc").text.count("khớp") >= 2
    engine = room.services.engine
    for id_, version in list(engine.ids("tasks")):
        engine.apply([Delete("tasks", id_, version)])
    engine.refresh()
    assert "lệch" in client.get("/quan-tri/chi-muc").text.partition("<table")[2]
    assert client.post("/quan-tri/chi-muc/doi-chieu").status_code == 303
    assert client.post("/quan-tri/chi-muc/doi-chieu").status_code == 303
    assert "Đối chiếu chỉ mục: Đang chờ" in client.get("/quan-tri/chi-muc").text
    assert chore_one(room.office, "test")
    assert not chore_one(room.office, "test")
    page = client.get("/quan-tri/chi-muc").text
    assert "lệch" not in page.partition("<table")[2]
    assert "đã đối chiếu chỉ mục" in page


def test_a_rebuild_is_a_job_too(place: Place) -> None:
    room, client = place
    room.work()
    client.post("/quan-tri/chi-muc/lap-lai")
    assert chore_one(room.office, "test")
    with room.services.database.reading() as s:
        done = chores.page(s, kinds=(chores.REBUILD,)).items
        told = audit.listing(s, action="index-rebuild-done")
    assert [job.state for job in done] == ["done"]
    assert told[0].details["documents"] > 2
    assert client.get("/api/v1/search", params={"q": "chợ"}).json()["total"] == 1


def test_a_chore_that_failed_is_told_and_tried_again(place: Place) -> None:
    room, client = place
    room.work()
    with room.services.database.transaction() as s:
        id = chores.ask(s, chores.RECONCILE, at=now(), by=None)
        job = jobs.claim(s, worker="x", at=now(), kinds=chores.KINDS)
        assert job
        jobs.give_back(s, job, at=now(), error="Bộ tìm kiếm không trả lời.", retry=False)
    page = client.get("/quan-tri/viec-may?xem=failed").text
    assert "Bộ tìm kiếm không trả lời." in page
    assert client.post(f"/quan-tri/viec-may/{id}/thu-lai").status_code == 303
    assert client.post(f"/quan-tri/viec-may/{id}/thu-lai").status_code == 400
    assert chore_one(room.office, "test")


def test_the_trail_is_filtered_and_exported(place: Place) -> None:
    room, client = place
    room.work()
    letter = client.get("/api/v1/letters").json()["items"][0]["id"]
    client.post(f"/van-ban/{letter}/ra-soat")
    everything = client.get("/quan-tri/nhat-ky").text
    assert "rà soát xong" in everything
    assert "tiếp nhận tệp" in everything
    one = client.get("/quan-tri/nhat-ky", params={"doi_tuong": "letter", "so": str(letter), "ai": "qua"}).text
    assert "rà soát xong" in one
    assert "cho.txt" not in one
    assert "Không có việc nào" in client.get("/quan-tri/nhat-ky", params={"den_ngay": "01/01/2000"}).text
    assert client.get("/quan-tri/nhat-ky", params={"tu_ngay": "hôm qua"}).status_code == 400
    for first, last, empty in (("01/01/0001", "31/12/9999", False), ("31/12/9999", "", True), ("", "01/01/0001", True)):
        page = client.get("/quan-tri/nhat-ky", params={"tu_ngay": first, "den_ngay": last})
        assert (page.status_code, "Không có việc nào" in page.text) == (200, empty)
    answer = client.get("/quan-tri/nhat-ky/xuat", params={"ai": "quan"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["Lúc", "Ai", "Việc", "Đối tượng", "Số", "Chi tiết"]
    assert {row[1] for row in rows[1:]} == {"quan"}
    assert rows[1][2] == "xuất nhật ký"


def test_a_cell_of_the_export_is_no_formula(place: Place) -> None:
    _, client = place
    client.post("/dang-nhap", data={"name": "=cmd()", "password": "x"})
    rows = list(csv.reader(io.StringIO(client.get("/quan-tri/nhat-ky/xuat").content.decode("utf-8-sig"))))
    assert "'=cmd()" in {row[1] for row in rows}


SignedIn = Callable[[str], TestClient]


def test_every_action_of_the_trail_has_words(room: Room, signed_in: SignedIn) -> None:
    from api.i18n import catalogue
    from register import trail

    with room.services.database.reading() as s:
        actions, entities = trail.kinds(s)
    known = catalogue("vi")
    assert [name for name in actions if f"trail.do_{name}" not in known] == []
    assert [name for name in entities if f"trail.of_{name}" not in known] == []
