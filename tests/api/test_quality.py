"""A poor scan is told of at upload and on the letter's page, with what to do."""

from __future__ import annotations

from fastapi.testclient import TestClient

from api.i18n import Words
from api.quality_view import fault_lines
from corpus.scan import Damage, scan
from ingest.faults import Complaint
from tests.api.conftest import Room


def test_a_coarse_scan_is_told_of_in_the_list_and_on_the_letter(clerk: TestClient, room: Room, specimen_pdf: bytes) -> None:
    content = scan(specimen_pdf, Damage(dpi=100))
    file_id = clerk.post("/api/v1/files", files={"file": ("quet-tho.pdf", content)}).json()["file_id"]
    room.work()
    row = clerk.get("/tiep-nhan/danh-sach").text.split(f'id="file-{file_id}"')[1].split("</tr>")[0]
    assert "ảnh chỉ 100 dpi, dưới mức 200 dpi" in row
    letter = row.split('href="/van-ban/')[1].split('"')[0]
    assert "Hãy quét lại ở 200–300 dpi" in clerk.get(f"/van-ban/{letter}").text


def test_pages_with_the_same_fault_stand_in_one_line_the_worst_fault_first() -> None:
    found = [Complaint("skewed", 1, -4.2), Complaint("low-resolution", 2, 100), Complaint("low-resolution", 4, 150), Complaint("skewed", 4, 3.4)]
    first, second = fault_lines(Words("vi"), found)
    assert first.startswith("Trang 2, 4: ảnh chỉ 100 dpi")
    assert second.startswith("Trang 1, 4: ảnh nghiêng -4°")
    assert fault_lines(Words("en"), found[:1]) == ["Page 1: askew by -4°. Lay the paper straight."]


def test_pages_read_by_one_reader_only_are_told_of_with_what_to_do() -> None:
    found = [Complaint("low-resolution", 1, 100), Complaint("one-reader", 1), Complaint("one-reader", 2)]
    first, _ = fault_lines(Words("vi"), found)
    assert first.startswith("Trang 1, 2: chỉ một trình đọc")
    assert "báo người quản trị" in first
