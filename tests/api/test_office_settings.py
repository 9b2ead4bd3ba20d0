"""Quản trị · Ngưỡng và mẫu: the page, what holds at once, what is printed, what a mail says."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from docx import Document
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from api.app import create_app
from ingest.pool import ReaderPool
from register import users
from register.clock import now
from tests.api.conftest import LETTER, PASSWORD, Room, enter, open_room

HERE = "/quan-tri/thiet-lap"


@dataclass(frozen=True)
class Desk:
    room: Room
    client: TestClient

    def read(self, text: str) -> list[str]:
        """Take a letter in; gives the fields to look at."""
        self.client.post("/api/v1/files", files={"file": ("thu.txt", text.encode())})
        self.room.work()
        newest = self.client.get("/api/v1/letters").json()["items"][0]["id"]
        return [each["field"] for each in self.client.get(f"/api/v1/letters/{newest}").json()["review"]]


@pytest.fixture
def desk(tmp_path: Path, reader: ReaderPool) -> Iterator[Desk]:
    with ExitStack() as stack:
        room = open_room(tmp_path, stack, reader)
        with room.services.database.transaction() as s:
            users.add(s, login="admin", name="Quản trị", password=PASSWORD, role="admin", at=now(), must_change_password=False)
        client = stack.enter_context(TestClient(create_app(room.services)))
        enter(client, "admin")
        yield Desk(room, client)


def test_the_thresholds_hold_and_go_back(desk: Desk) -> None:
    usual = desk.read(LETTER)
    assert desk.client.post(f"{HERE}/nguong", data={"doubt": "99"}).status_code == 200
    strict = desk.read(LETTER.replace("321/UBND", "323/UBND"))
    assert len(strict) > len(usual)
    assert desk.client.post(f"{HERE}/nguong", data={"doubt": "50", "soon_days": "0", "remind_days": "4"}).status_code == 200
    assert len(desk.read(LETTER.replace("321/UBND", "322/UBND"))) < len(strict)
    assert desk.client.get("/api/v1/tasks", params={"status": "due-soon"}).json()["total"] == 0
    assert "Nhắc trước hạn 4 ngày làm việc" in desk.client.get("/nhac-viec").text
    page = desk.client.post(f"{HERE}/nguong", data={"doubt": "30"})
    assert page.status_code == 400
    assert "phải là số nguyên từ 50 đến 99" in page.text
    assert 'name="doubt" value="30"' in page.text
    desk.client.post(f"{HERE}/nguong", data={})
    assert desk.client.get("/api/v1/tasks", params={"status": "due-soon"}).json()["total"] > 0


def test_reports_and_registers_bear_the_offices_head(desk: Desk) -> None:
    desk.read(LETTER)
    data = {"above": "UBND tỉnh Bình Lâm", "organ": "Sở Công Thương", "place": "Bình Lâm", "signer": "Giám đốc"}
    desk.client.post(f"{HERE}/in", data=data)
    report = Document(io.BytesIO(desk.client.get("/bao-cao/tai", params={"dang": "docx"}).content))
    cells = [cell.text for table in report.tables for row in table.rows for cell in row.cells]
    assert any("UBND TỈNH BÌNH LÂM\nSỞ CÔNG THƯƠNG" in text for text in cells)
    assert any("Bình Lâm, ngày …" in text for text in cells)
    assert any("GIÁM ĐỐC" in text for text in cells)
    query = {"tu": "01/01/2026", "den": "31/12/2026", "dang": "xlsx"}
    book = load_workbook(io.BytesIO(desk.client.get("/van-ban/so/tai", params=query).content))
    assert [book.active.cell(row, 1).value for row in (1, 2)] == ["UBND tỉnh Bình Lâm", "Sở Công Thương"]
    assert desk.client.get("/van-ban/so/tai", params=query | {"dang": "pdf"}).content.startswith(b"%PDF-")


def test_a_text_is_tried_before_it_is_kept(desk: Desk) -> None:
    typed = {"subject": "Việc: {text}", "subject_many": "", "subject_many_late": "", "body": "Anh/chị {name}\n\n{tasks}"}
    tried = desk.client.post(f"{HERE}/thu/vi", data=typed | {"xem": "1"}).text
    assert "Việc: Báo cáo kết quả rà soát chợ dân sinh" in tried
    assert "Anh/chị Nguyễn Văn A" in tried
    assert "Anh/chị" not in desk.client.get(HERE).text
    desk.client.post(f"{HERE}/thu/vi", data=typed)
    assert "Anh/chị {name}" in desk.client.get(HERE).text
    wrong = desk.client.post(f"{HERE}/thu/vi", data={"body": "{tasks} {ten}"})
    assert wrong.status_code == 400
    assert "Không có chỗ điền {ten} trong mẫu này" in wrong.text


def test_saving_what_stands_there_keeps_nothing(desk: Desk) -> None:
    from api import mail_forms
    from api.i18n import Words
    from register.office_settings import PLACEHOLDERS, load

    t = Words("en")
    desk.client.post(f"{HERE}/thu/en", data={name: mail_forms.default(t, name) for name in PLACEHOLDERS})
    with desk.room.services.database.reading() as s:
        assert load(s).texts == {}
