"""People, their sessions and tokens, as the administrator and they themselves see them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from ingest.errors import BadRequest
from register import access, audit, feeds, units, users
from register.clock import now
from tests.api.conftest import Room, enter

SignedIn = Callable[[str], TestClient]


def given(page: str) -> str:
    found = re.search(r'<code class="secret">([^<]+)</code>', page)
    assert found, page
    return found[1]


def browser(room: Room) -> TestClient:
    return TestClient(create_app(room.services), follow_redirects=False)


def added(admin: TestClient, login: str, role: str = "officer") -> tuple[int, str]:
    page = admin.post("/quan-tri/nguoi-dung", data={"login": login, "name": f"Người {login}", "role": role})
    assert page.status_code == 200
    people = {each["name"]: each["id"] for each in admin.get("/api/v1/people").json()}
    return people[f"Người {login}"], given(page.text)


def test_a_new_user_enters_with_the_one_time_password_and_must_change_it(
    room: Room, signed_in: SignedIn
) -> None:
    admin = signed_in("admin")
    _, password = added(admin, "mot")
    assert password not in admin.get("/quan-tri/nguoi-dung").text
    client = browser(room)
    enter(client, "mot", password)
    assert client.get("/van-ban").headers["location"] == "/doi-mat-khau"
    new = "mot cau cua rieng toi"
    changed = client.post("/doi-mat-khau", data={"old": password, "new": new, "again": new})
    assert changed.status_code == 303
    assert client.get("/van-ban").status_code == 200


def test_a_taken_login_and_an_unknown_role_are_said_in_words(signed_in: SignedIn) -> None:
    admin = signed_in("admin")
    taken = admin.post("/quan-tri/nguoi-dung", data={"login": "clerk", "name": "A", "role": "clerk"})
    assert taken.status_code == 400
    assert "đã có" in taken.text
    wrong = admin.post("/quan-tri/nguoi-dung", data={"login": "khac", "name": "A", "role": "vua"})
    assert wrong.status_code == 400


def test_a_reset_password_ends_sessions_and_is_changed_at_once(room: Room, signed_in: SignedIn) -> None:
    admin = signed_in("admin")
    id, first = added(admin, "hai")
    client = browser(room)
    enter(client, "hai", first)
    page = admin.post(f"/quan-tri/nguoi-dung/{id}/mat-khau")
    assert client.get("/doi-mat-khau").headers["location"].startswith("/dang-nhap")
    enter(client, "hai", given(page.text))
    assert client.get("/nhiem-vu").headers["location"] == "/doi-mat-khau"


def test_a_reset_password_ends_programs_and_calendars_too(room: Room, signed_in: SignedIn) -> None:
    admin = signed_in("admin")
    id, _ = added(admin, "tam")
    with room.services.database.transaction() as s:
        users.set_password(s, id, "mat khau rieng cua tam", at=now(), by=id)
        secret, _ = access.issue(s, id, name="máy", at=now())
        _, feed = feeds.create(s, id, name="", scope="own", form="event", at=now())
        users.set_password(s, id, "mat khau khac cua tam", at=now(), by=id)
    program = {"Authorization": f"Bearer {secret}"}
    assert browser(room).get("/api/v1/me", headers=program).status_code == 200, "one's own new password leaves them"
    assert browser(room).get(f"/ics/{feed}.ics").status_code == 200
    assert "mã API và địa chỉ lịch" in admin.get(f"/quan-tri/nguoi-dung/{id}").text
    admin.post(f"/quan-tri/nguoi-dung/{id}/mat-khau")
    assert browser(room).get("/api/v1/me", headers=program).status_code == 401
    assert browser(room).get(f"/ics/{feed}.ics").status_code == 404


def test_a_blocked_user_is_out_at_once_with_browser_and_program(room: Room, signed_in: SignedIn) -> None:
    admin = signed_in("admin")
    id, _ = added(admin, "ba")
    with room.services.database.transaction() as s:
        token = users.open_session(s, id, at=now())
        users.set_password(s, id, "mat khau rieng cua ba", at=now(), by=id)
        token = users.open_session(s, id, at=now())
        secret, _ = access.issue(s, id, name="máy", at=now())
    for each in (token, secret):
        assert browser(room).get("/api/v1/me", headers={"Authorization": f"Bearer {each}"}).status_code == 200
    admin.post(f"/quan-tri/nguoi-dung/{id}", data={"name": "Ba", "role": "officer", "active": "0"})
    for each in (token, secret):
        assert browser(room).get("/api/v1/me", headers={"Authorization": f"Bearer {each}"}).status_code == 401


def test_a_user_is_put_into_a_unit(room: Room, signed_in: SignedIn) -> None:
    admin = signed_in("admin")
    with room.services.database.transaction() as s:
        unit = units.add(s, name="Phòng Quản lý thương mại", short="QLTM", at=now(), by=None)
    id, _ = added(admin, "nam")
    form = {"name": "Năm", "role": "officer", "active": "1", "unit": str(unit.id)}
    assert admin.post(f"/quan-tri/nguoi-dung/{id}", data=form).status_code == 303
    assert "QLTM" in admin.get("/quan-tri/nguoi-dung").text
    admin.post(f"/quan-tri/nguoi-dung/{id}", data=form | {"unit": ""})
    with room.services.database.reading() as s:
        assert users.get(s, id).unit_id is None  # type: ignore[union-attr]


def test_the_last_administrator_stays(signed_in: SignedIn, room: Room) -> None:
    admin = signed_in("admin")
    with room.services.database.reading() as s:
        id = next(each.id for each in users.listing(s) if each.login == "admin")
    for form in ({"role": "clerk", "active": "1"}, {"role": "admin", "active": "0"}):
        answer = admin.post(f"/quan-tri/nguoi-dung/{id}", data={"name": "Admin", **form})
        assert answer.status_code == 400
        assert "ít nhất một quản trị" in answer.text
    assert admin.get("/quan-tri/nguoi-dung").status_code == 200


def test_a_token_is_shown_once_works_and_ends_when_revoked(signed_in: SignedIn, room: Room) -> None:
    officer = signed_in("officer")
    secret = given(officer.post("/tai-khoan/ma-api", data={"ten": "Máy quét", "han": "30"}).text)
    bearer = {"Authorization": f"Bearer {secret}"}
    assert browser(room).get("/api/v1/letters", headers=bearer).status_code == 200
    page = officer.get("/tai-khoan").text
    assert "Máy quét" in page
    assert secret not in page
    assert "chưa dùng" not in page
    at = re.search(r'action="(/tai-khoan/ma-api/\d+/thu-hoi)"', page)
    assert at
    assert officer.post(at[1]).status_code == 303
    assert browser(room).get("/api/v1/letters", headers=bearer).status_code == 401
    with room.services.database.reading() as s:
        assert {each.action for each in audit.listing(s, entity="user")} >= {"token-issued", "token-revoked"}


def test_a_token_ends_with_its_day(room: Room) -> None:
    with room.services.database.transaction() as s:
        user = users.listing(s)[0]
        secret, _ = access.issue(s, user.id, name="ngắn", at=now(), life=timedelta(days=30))
        assert access.token_user(s, secret, at=now())
        assert access.token_user(s, secret, at=now() + timedelta(days=31)) is None


def test_a_user_ends_another_browser(room: Room, signed_in: SignedIn) -> None:
    with room.services.database.transaction() as s:
        users.add(
            s,
            login="bon",
            name="Bốn",
            password="mat khau cua bon",
            role="legal",
            at=now(),
            must_change_password=False,
        )
    first, second = browser(room), browser(room)
    enter(first, "bon", "mat khau cua bon")
    enter(second, "bon", "mat khau cua bon")
    page = first.get("/tai-khoan").text
    assert page.count("phiên này") == 1
    for at in re.findall(r'action="(/tai-khoan/phien/[0-9a-f]+/ket-thuc)"', page):
        assert first.post(at).status_code == 303
    assert first.get("/tai-khoan").status_code == 200
    assert second.get("/tai-khoan").status_code == 303
    assert first.post("/tai-khoan/phien/0123456789abcdef/ket-thuc").status_code == 404
    assert first.post("/tai-khoan/phien/0/ket-thuc").status_code == 404


def test_nobody_holds_more_tokens_than_can_be_looked_over(room: Room) -> None:
    def too_many() -> None:
        with room.services.database.transaction() as s:
            user = users.listing(s)[0]
            for count in range(access.MOST_TOKENS + 1):
                access.issue(s, user.id, name=str(count), at=now())

    with pytest.raises(BadRequest, match="nhiều nhất"):
        too_many()
