"""From an upload to its letter: states, duplicates, broken files, names that try something."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from api.uploads import LONGEST_NAME, safe_name
from tests.api.conftest import LETTER, Room


def send(client: TestClient, name: str, content: bytes) -> dict[str, object]:
    answer = client.post("/api/v1/files", files={"file": (name, content)})
    assert answer.status_code == 202, answer.text
    body: dict[str, object] = answer.json()
    return body


def test_an_upload_waits_is_read_and_gives_letters(clerk: TestClient, room: Room) -> None:
    sent = send(clerk, "cong-van.txt", LETTER.replace("321/", "322/").encode())
    assert sent["state"] == "waiting"
    assert clerk.get(f"/api/v1/files/{sent['file_id']}").json()["state"] == "waiting"
    assert "Chờ đọc" in clerk.get("/tiep-nhan/danh-sach").text
    assert 'hx-trigger="every' in clerk.get("/tiep-nhan/danh-sach").text
    room.work()
    done = clerk.get(f"/api/v1/files/{sent['file_id']}").json()
    assert done["state"] == "done"
    letter = clerk.get(f"/api/v1/letters/{done['letter_ids'][0]}").json()
    assert (letter["number"], letter["symbol"]) == ("322", "UBND-KT")
    assert "hx-trigger" not in clerk.get("/tiep-nhan/danh-sach").text


def test_the_same_content_again_is_known_and_said_so(clerk: TestClient) -> None:
    again = send(clerk, "lai-nua.txt", LETTER.encode())
    assert again["state"] == "duplicate"
    assert again["duplicate_of"] is not None
    page = clerk.get("/tiep-nhan").text
    assert "Trùng nội dung với tệp đã nhận lúc" in page


@pytest.mark.parametrize(
    ("name", "content"),
    [("rong.pdf", b""), ("hong.pdf", b"%PDF-1.7 nothing"), ("la.bin", bytes(range(256)) * 20)],
)
def test_a_broken_file_fails_with_a_reason_and_is_kept(
    clerk: TestClient, room: Room, name: str, content: bytes
) -> None:
    sent = send(clerk, name, content)
    room.work()
    file = clerk.get(f"/api/v1/files/{sent['file_id']}").json()
    assert file["state"] == "failed"
    assert name in file["message"]
    assert file["advice"]
    kept = clerk.get(f"/api/v1/files/{sent['file_id']}/original")
    assert kept.content == content
    assert "Không đọc được" in clerk.get("/tiep-nhan").text


def test_a_confined_letter_is_refused_and_its_original_is_gone(clerk: TestClient, room: Room) -> None:
    secret = LETTER.replace("321/", "9/").replace("CỘNG HÒA", "TUYỆT MẬT\n\nCỘNG HÒA", 1)
    sent = send(clerk, "mat.txt", secret.encode())
    room.work()
    file = clerk.get(f"/api/v1/files/{sent['file_id']}").json()
    assert file["state"] == "refused"
    assert clerk.get(f"/api/v1/files/{sent['file_id']}/original").status_code == 404
    assert not room.services.store.has(str(sent["sha256"]))


def test_an_original_is_a_download_that_no_browser_runs(clerk: TestClient) -> None:
    evil = b"<html><script>alert(1)</script></html>"
    sent = send(clerk, "trang.html", evil)
    answer = clerk.get(f"/tep/{sent['file_id']}/ban-goc")
    assert answer.content == evil
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


HOSTILE = [
    ("../../etc/passwd", "passwd"),
    ("C:\\Users\\x\\công văn.pdf", "công văn.pdf"),
    ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie: x=1.pdf"),
    ("hóa đơn\u202efdp.exe", "hóa đơnfdp.exe"),
    ("", "khong-ten"),
    ("...", "khong-ten"),
    ("<img src=x onerror=alert(1)>.pdf", "<img src=x onerror=alert(1)>.pdf"),
]


@pytest.mark.parametrize(("name", "kept"), HOSTILE)
def test_names_lose_paths_and_control_characters(name: str, kept: str) -> None:
    assert safe_name(name) == kept


def test_a_long_name_keeps_its_ending() -> None:
    name = safe_name("văn bản " * 60 + ".pdf")
    assert len(name) <= LONGEST_NAME
    assert name.endswith(".pdf")


@given(st.text(max_size=400))
def test_no_name_gets_out(name: str) -> None:
    kept = safe_name(name)
    assert kept
    assert kept == safe_name(kept)
    assert not set("/\\\r\n\x00") & set(kept)
    assert len(kept) <= LONGEST_NAME


def test_a_hostile_name_is_shown_as_text_and_sent_as_a_header_value(clerk: TestClient) -> None:
    sent = send(clerk, "<b onclick=x>tệp</b>.txt", "chữ gì đó".encode())
    page = clerk.get("/tiep-nhan").text
    assert "<b onclick" not in page
    header = clerk.get(f"/tep/{sent['file_id']}/ban-goc").headers["content-disposition"]
    assert "\n" not in header
    assert unquote(header.split("''")[1]) == "b>.txt"


def test_without_a_file_the_answer_is_a_problem(clerk: TestClient) -> None:
    answer = clerk.post("/api/v1/files")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "invalid"
