"""Headers, requests of other sites, bodies that are too large."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import api
from api.app import create_app
from api.gate import COOKIE
from tests.api.conftest import Room

TEMPLATES = sorted((Path(api.__file__).parent / "templates").glob("*.html"))
STATIC = Path(api.__file__).parent / "static"


@pytest.mark.parametrize(
    "path", ["/dang-nhap", "/van-ban", "/api/v1/me", "/static/base.css", "/khong-co", "/api/v1/health/live"]
)
def test_every_answer_carries_the_security_headers(clerk: TestClient, path: str) -> None:
    headers = clerk.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_personal_pages_are_not_kept_and_static_files_are(clerk: TestClient) -> None:
    assert clerk.get("/van-ban").headers["cache-control"] == "no-store"
    assert "immutable" in clerk.get("/static/base.css?v=1").headers["cache-control"]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_templates_hold_nothing_that_the_policy_forbids(template: Path) -> None:
    text = template.read_text("utf-8")
    assert not re.search(r"\sstyle\s*=", text), "inline style"
    assert not re.search(r"\son\w+\s*=\s*[\"']", text), "inline handler"
    assert not re.search(r"<script(?![^>]*\bsrc=)", text), "inline script"
    assert not re.search(r"(?:src|href)\s*=\s*[\"']https?:", text), "something from elsewhere"
    assert "|safe" not in text.replace("'|safe %}", ""), "unescaped output"


def test_scripts_stay_within_150_kb() -> None:
    assert sum(path.stat().st_size for path in STATIC.rglob("*.js")) <= 150_000


def test_vendored_files_have_their_licences() -> None:
    assert (STATIC / "vendor" / "htmx.LICENSE").is_file()
    assert len(list((STATIC / "fonts").glob("*.OFL.txt"))) == 2


FOREIGN = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
]


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize(
    "path", ["/dang-xuat", "/van-ban/1/sua", "/nhiem-vu/1/hoan-thanh", "/giao-dien", "/dang-nhap"]
)
def test_another_site_cannot_act_for_a_signed_in_user(
    clerk: TestClient, path: str, headers: dict[str, str]
) -> None:
    assert (
        clerk.post(path, headers=headers, data={"field": "subject", "value": "x", "version": 1}).status_code
        == 403
    )
    assert clerk.get("/api/v1/me").status_code == 200


@pytest.mark.parametrize("headers", FOREIGN)
def test_another_site_cannot_use_the_rest_interface(clerk: TestClient, headers: dict[str, str]) -> None:
    answer = clerk.post("/api/v1/files", headers=headers, files={"file": ("a.txt", b"x")})
    assert (answer.status_code, answer.json()["code"]) == (403, "cross-site")
    assert clerk.delete("/api/v1/sessions", headers=headers).status_code == 403
    assert clerk.get("/api/v1/me").status_code == 200


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://testserver"}, {}])
def test_our_own_pages_may(clerk: TestClient, headers: dict[str, str]) -> None:
    assert (
        clerk.post("/giao-dien", headers=headers, data={"theme": "dark", "next": "/van-ban"}).status_code
        == 303
    )


def test_a_file_over_the_limit_is_refused_with_advice_and_not_kept(clerk: TestClient) -> None:
    before = clerk.get("/api/v1/files").json()["total"]
    answer = clerk.post("/api/v1/files", files={"file": ("to.pdf", b"x" * (4 * 1024**2))})
    assert answer.status_code == 413
    assert answer.json()["code"] == "upload-too-large"
    assert answer.json()["advice"]
    assert clerk.get("/api/v1/files").json()["total"] == before


def test_a_body_sent_in_pieces_without_a_length_is_counted_too(clerk: TestClient) -> None:
    def endless() -> Iterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
        for _ in range(80):
            yield b"x" * 65536
        yield b"\r\n--b--\r\n"

    answer = clerk.post(
        "/api/v1/files", content=endless(), headers={"Content-Type": "multipart/form-data; boundary=b"}
    )
    assert answer.status_code == 413


def test_other_requests_may_bring_little(clerk: TestClient) -> None:
    answer = clerk.post(
        "/van-ban/1/sua", data={"field": "subject", "version": 1, "value": "x" * (3 * 1024**2)}
    )
    assert answer.status_code == 413


def test_strangers_upload_nothing(client: TestClient) -> None:
    assert client.post("/api/v1/files", files={"file": ("a.txt", b"x")}).status_code == 401
    assert client.post("/tiep-nhan", files={"file": ("a.txt", b"x")}).status_code == 303


@pytest.mark.parametrize("path", ["/tim-kiem?q=cho", "/api/v1/search?q=cho"])
def test_an_answer_to_a_defect_carries_the_security_headers_too(
    room: Room, tokens: dict[str, str], path: str
) -> None:
    broken = replace(room.services, engine=None)  # type: ignore[arg-type]
    with TestClient(create_app(broken), raise_server_exceptions=False) as client:
        client.cookies.set(COOKIE, tokens["clerk"])
        answer = client.get(path)
    assert answer.status_code == 500
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"


HUGE = 10**30


@pytest.mark.parametrize("id_", [0, -1, 2**31, 2**53, HUGE])
@pytest.mark.parametrize(
    "path",
    ["/van-ban/{}", "/van-ban/{}/trang/1.png", "/tep/{}/ban-goc", "/api/v1/letters/{}", "/api/v1/files/{}",
     "/api/v1/files/{}/original", "/api/v1/letters/{}/text"],
)  # fmt: skip
def test_an_id_that_no_row_can_have_is_refused_in_words(clerk: TestClient, path: str, id_: int) -> None:
    assert clerk.get(path.format(id_)).status_code == (422 if path.startswith("/api") else 404)


@pytest.mark.parametrize(
    "path", ["/nhiem-vu/{}/hoan-thanh", "/nhiem-vu/{}/mo-lai", "/van-ban/{}/sua", "/van-ban/1/nhiem-vu/{}/sua",
             "/tiep-nhan/{}/doc-lai", "/van-ban/{}/ra-soat", "/api/v1/tasks/{}/completion"]
)  # fmt: skip
def test_an_action_on_an_id_that_no_row_can_have_is_refused(clerk: TestClient, path: str) -> None:
    answer = clerk.post(path.format(HUGE), data={"field": "subject", "value": "x", "version": 1})
    assert answer.status_code == (422 if path.startswith("/api") else 404)
