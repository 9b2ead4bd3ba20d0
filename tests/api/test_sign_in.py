"""Who gets in, and how."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from register import users
from register.clock import now
from tests.api.conftest import PASSWORD, Room, enter

PAGES = ("/", "/tiep-nhan", "/tiep-nhan/danh-sach", "/van-ban", "/van-ban/1", "/van-ban/1/trang/1.png", "/tep/1/ban-goc",
         "/nhiem-vu", "/tim-kiem?q=cho", "/trich-dan?q=1/2003", "/doi-mat-khau", "/api/v1/docs")  # fmt: skip
REST = ("/api/v1/me", "/api/v1/files", "/api/v1/files/1", "/api/v1/files/1/original", "/api/v1/letters",
        "/api/v1/letters/1", "/api/v1/letters/1/text", "/api/v1/letters/1/pages/1.png", "/api/v1/tasks",
        "/api/v1/search?q=cho", "/api/v1/references?cites=1/2003", "/api/v1/openapi.json")  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_is_led_to_the_sign_in_page(client: TestClient, page: str) -> None:
    answer = client.get(page)
    if page == "/api/v1/docs":
        assert answer.status_code == 303
        return
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/dang-nhap")


@pytest.mark.parametrize("path", REST)
def test_a_strange_program_gets_401_as_a_problem(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == "sign-in-needed"
    assert answer.headers["www-authenticate"] == "Bearer"


def test_sign_in_goes_on_to_the_page_that_was_asked_for(client: TestClient) -> None:
    to_sign_in = client.get("/van-ban?so=321").headers["location"]
    assert "next=/van-ban%3Fso%3D321" in to_sign_in
    answer = client.post(
        "/dang-nhap", data={"name": "clerk", "password": PASSWORD, "next": "/van-ban?so=321"}
    )
    assert answer.headers["location"] == "/van-ban?so=321"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/\tx"]
)
def test_sign_in_never_leads_to_another_site(client: TestClient, elsewhere: str) -> None:
    answer = client.post("/dang-nhap", data={"name": "clerk", "password": PASSWORD, "next": elsewhere})
    assert answer.headers["location"] == "/"


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(client: TestClient) -> None:
    answer = client.post("/dang-nhap", data={"name": "clerk", "password": PASSWORD})
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie


def test_a_wrong_password_is_told_without_saying_which_part_was_wrong(client: TestClient) -> None:
    wrong = client.post("/dang-nhap", data={"name": "clerk", "password": "sai"})
    unknown = client.post("/dang-nhap", data={"name": "khong-co", "password": "sai"})
    assert wrong.status_code == unknown.status_code == 401
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in wrong.text
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in unknown.text
    assert "set-cookie" not in wrong.headers


def test_guessing_is_braked_even_with_the_right_password_at_last(empty_room: Room) -> None:
    with empty_room.services.database.transaction() as s:
        users.add(
            s, login="an", name="An", password=PASSWORD, role="clerk", at=now(), must_change_password=False
        )
    with TestClient(create_app(empty_room.services), follow_redirects=False) as client:
        for _ in range(users.MAX_FAILURES):
            assert client.post("/dang-nhap", data={"name": "an", "password": "đoán"}).status_code == 401
        assert client.post("/dang-nhap", data={"name": "an", "password": PASSWORD}).status_code == 429


def test_sign_out_ends_the_session_on_the_server(client: TestClient) -> None:
    enter(client, "clerk")
    token = client.cookies["dondoc_session"]
    assert client.get("/api/v1/me").status_code == 200
    client.post("/dang-xuat")
    client.cookies.set("dondoc_session", token)
    assert client.get("/api/v1/me").status_code == 401


def test_a_first_password_must_be_changed_before_anything_else(empty_room: Room) -> None:
    with empty_room.services.database.transaction() as s:
        users.add(s, login="moi", name="Mới", password="tam thoi 12345", role="clerk", at=now())
    with TestClient(create_app(empty_room.services), follow_redirects=False) as client:
        enter(client, "moi", "tam thoi 12345")
        assert client.get("/van-ban").headers["location"] == "/doi-mat-khau"
        assert client.get("/api/v1/letters").json()["code"] == "password-change-needed"
        assert client.get("/doi-mat-khau").status_code == 200
        form = {"old": "tam thoi 12345", "new": "cau de nho cua toi", "again": "khac"}
        assert "không giống nhau" in client.post("/doi-mat-khau", data=form).text
        old = client.cookies["dondoc_session"]
        done = client.post("/doi-mat-khau", data=form | {"again": "cau de nho cua toi"})
        assert done.status_code == 303
        assert client.get("/van-ban").status_code == 200
        client.cookies.clear()
        client.cookies.set("dondoc_session", old)
        assert client.get("/api/v1/me").status_code == 401, "the old session must end with the old password"


def test_first_start_makes_one_administrator_with_the_code_of_the_terminal(empty_room: Room) -> None:
    form = {"name": "chi-huy", "full_name": "Chị Huy", "password": "mot cau rat de nho"}
    with TestClient(create_app(empty_room.services), follow_redirects=False) as client:
        assert client.get("/").headers["location"] == "/thiet-lap"
        assert client.get("/dang-nhap").headers["location"] == "/thiet-lap"
        assert client.post("/thiet-lap", data=form | {"token": "sai"}).status_code == 403
        assert client.post("/thiet-lap", data=form).status_code == 403
        made = client.post("/thiet-lap", data=form | {"token": "ma-thiet-lap-thu"})
        assert made.status_code == 303
        assert client.get("/api/v1/me").json()["role"] == "admin"
        again = client.post("/thiet-lap", data=form | {"token": "ma-thiet-lap-thu", "name": "hai"})
        assert again.status_code == 404
        assert client.get("/thiet-lap").status_code == 404


def test_a_program_signs_in_for_a_bearer_token(client: TestClient) -> None:
    opened = client.post("/api/v1/sessions", json={"login": "officer", "password": PASSWORD})
    assert opened.status_code == 201
    bearer = {"Authorization": f"Bearer {opened.json()['token']}"}
    client.cookies.clear()
    assert client.get("/api/v1/me", headers=bearer).json()["login"] == "officer"
    assert client.delete("/api/v1/sessions", headers=bearer).status_code == 204
    assert client.get("/api/v1/me", headers=bearer).status_code == 401


def test_a_wrong_password_of_a_program_is_a_problem(client: TestClient) -> None:
    answer = client.post("/api/v1/sessions", json={"login": "officer", "password": "sai"})
    assert (answer.status_code, answer.json()["code"]) == (401, "sign-in-failed")
