"""Citations for people and programs: the box, the page of a document, pairs and replies, and who may decide."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.gate import COOKIE
from ingest.pool import ReaderPool
from register import users
from register.clock import now
from register.graph import decisions, replies
from register.users import ROLES
from tests.api.conftest import PASSWORD, Room, open_room
from tests.register.letters import named, record, task
from tests.register.webs import letter, queries, refuse, take

HOME = "Sở Công Thương tỉnh Bình Lâm"
DECREE = "Căn cứ Nghị định số 45/2012/NĐ-CP ngày 21/5/2012 của Chính phủ về khuyến công"
ASKED = letter(
    f"{DECREE}, Bộ đề nghị báo cáo.",
    task("1", "Báo cáo kết quả khuyến công", lead=["Sở Công Thương các tỉnh"]),
    number="2990", symbol="BCT-CTĐP", issued_on=date(2020, 4, 28), issuer="Bộ Công Thương",
)  # fmt: skip
ANSWER = replace(
    letter(
        "Thực hiện Công văn số 2990/BCT-CTĐP ngày 28/4/2020 của Bộ Công Thương, Sở Công Thương báo cáo như sau:",
        number="812", symbol="SCT-KH", issued_on=date(2020, 5, 12), issuer="Sở Công Thương",
        parent_body="UBND tỉnh Bình Lâm", subject="kết quả khuyến công",
    ),
    addressees=(named("Bộ Công Thương"),),
)  # fmt: skip
MISREAD = letter("Nội dung.", number="7540", symbol="BCT-CNĐT", issued_on=date(2016, 8, 15))
CITING = letter("Căn cứ Công văn số 7540/BCT-CNĐP ngày 15/8/2016 của Bộ Công Thương;", number="55")
CHANGING = letter(
    "Điều 9. Nghị định này có hiệu lực thi hành kể từ ngày 01/01/2021 và thay thế Nghị định số 45/2012/NĐ-CP.",
    number="99", symbol="2020/NĐ-CP", issued_on=date(2020, 12, 1), kind="nghị định", issuer="Chính phủ",
)  # fmt: skip


@pytest.fixture
def web_room(tmp_path: Path, reader: ReaderPool) -> Iterator[Room]:
    """An office with letters that cite, amend and answer each other."""
    with ExitStack() as stack:
        room = open_room(tmp_path, stack, reader, home_agency=HOME)
        for made in (ASKED, ANSWER, MISREAD, CITING, CHANGING):
            take(room.services.database, room.services.store, made, f"{made.header.number}.pdf", home=HOME)
        yield room


@pytest.fixture
def browse(web_room: Room) -> Iterator[Callable[[str], TestClient]]:
    with ExitStack() as stack:

        def make(role: str) -> TestClient:
            client = stack.enter_context(TestClient(create_app(web_room.services), follow_redirects=False))
            with web_room.services.database.transaction() as s:
                user = users.add(
                    s, login=role, name=role, password=PASSWORD, role=role, at=now(), must_change_password=False
                )  # fmt: skip
                client.cookies.set(COOKIE, users.open_session(s, user.id, at=now()))
            return client

        yield make


def document_id(client: TestClient, question: str) -> int:
    return int(client.get("/api/v1/references", params={"cites": question}).json()["documents"][0]["id"])


def pair_id(room: Room) -> int:
    with room.services.database.reading() as s:
        return decisions.pairs(s)[0].id


def reply_id(room: Room) -> int:
    with room.services.database.reading() as s:
        return replies.listing(s)[0].id


@pytest.mark.parametrize("typed", ["nghị định 45", "45/2012", "NĐ 45 khuyến công", "nd 45 khuyen cong"])
def test_suggestions_for_people_and_for_programs(browse: Callable[[str], TestClient], typed: str) -> None:
    client = browse("legal")
    [found] = client.get("/api/v1/documents", params={"q": typed}).json()
    assert (found["code"], found["citing"], found["letter_id"]) == ("45/2012/NĐ-CP", 2, None)
    piece = client.get("/trich-dan/goi-y", params={"q": typed}, headers={"HX-Request": "true"})
    assert f'href="/trich-dan/{found["id"]}"' in piece.text
    assert "<html" not in piece.text


def test_hostile_questions_are_answered_and_shown_as_they_are(browse: Callable[[str], TestClient]) -> None:
    client = browse("legal")
    for typed in ("<script>alert(1)</script>", "%", "_" * 200, "'; DROP TABLE letters;--", "45" * 140, "\u0000", "((((", "/"):
        piece = client.get("/trich-dan/goi-y", params={"q": typed})
        assert piece.status_code == 200
        assert "<script>" not in piece.text
        assert client.get("/trich-dan", params={"q": typed}).status_code in (200, 400)
        assert client.get("/api/v1/documents", params={"q": typed}).status_code == 200
    assert client.get("/api/v1/documents", params={"q": "x" * 301}).status_code == 422


def test_the_page_of_a_document_shows_who_cites_it_and_what_rests_on_it(
    browse: Callable[[str], TestClient],
) -> None:
    client = browse("leader")
    number = document_id(client, "45/2012/NĐ-CP")
    page = client.get(f"/trich-dan/{number}")
    assert page.status_code == 200
    for words in ("2990/BCT-CTĐP", "thay thế", "99/2020/NĐ-CP", "từ 01/01/2021", "Báo cáo kết quả khuyến công", "chỉ biết qua viện dẫn"):
        assert words in page.text, words
    assert "#r-" in page.text
    svg = ET.fromstring(page.text[page.text.index('<svg class="wide"') : page.text.index("</svg>", page.text.index('<svg class="wide"')) + 6])
    assert svg.find("title") is not None
    assert "2990/BCT-CTĐP" in (svg.findtext("desc") or "")
    assert not list(svg.iter("script"))
    whole = client.get(f"/api/v1/documents/{number}").json()
    assert {each["number"] for each in whole["incoming"]} == {"2990", "99"}
    assert [each["day"] for each in whole["changed_by"]] == ["2021-01-01"]
    [rest] = client.get(f"/api/v1/documents/{number}/obligations").json()
    assert (rest["task"]["text"], [step["name"] for step in rest["chain"]]) == (
        "Báo cáo kết quả khuyến công", ["2990/BCT-CTĐP"],
    )  # fmt: skip
    own = document_id(client, "2990/BCT-CTĐP")
    assert "812/SCT-KH" in client.get(f"/trich-dan/{own}").text


def test_a_letter_that_answers_another_is_named_on_its_page(
    browse: Callable[[str], TestClient], web_room: Room
) -> None:
    client = browse("legal")
    answering = letter("Phúc đáp Công văn số 2990/BCT-CTĐP ngày 28/4/2020, Sở có ý kiến như sau.", number="77")
    take(web_room.services.database, web_room.services.store, answering, "77.pdf", home=HOME)
    number = document_id(client, "2990/BCT-CTĐP")
    assert [each["number"] for each in client.get(f"/api/v1/documents/{number}").json()["answers"]] == ["77"]
    assert "Được trả lời bởi" in client.get(f"/trich-dan/{number}").text


def test_a_letter_and_its_tasks_are_warned_of_the_changed_basis(
    browse: Callable[[str], TestClient], web_room: Room
) -> None:
    client = browse("officer")
    [row] = client.get("/api/v1/letters", params={"number": "2990"}).json()["items"]
    page = client.get(f"/van-ban/{row['id']}").text
    assert "Căn cứ đã thay đổi" in page
    [warning] = client.get(f"/api/v1/letters/{row['id']}/warnings").json()
    assert (warning["change"]["effect"], warning["change"]["day"]) == ("thay thế", "2021-01-01")
    assert "căn cứ đã được thay thế" in client.get("/nhiem-vu").text
    early = replace(web_room.services, today=lambda: date(2020, 12, 31))
    with TestClient(create_app(early)) as before:
        before.cookies.set(COOKIE, client.cookies[COOKIE])
        assert before.get(f"/api/v1/letters/{row['id']}/warnings").json() == []
        assert "căn cứ đã được" not in before.get("/nhiem-vu").text


DECIDE = {"clerk": 204, "officer": 204, "legal": 204, "leader": 403, "admin": 204}
ACCEPT = {"clerk": 204, "officer": 204, "legal": 403, "leader": 204, "admin": 204}


@pytest.mark.parametrize("role", ROLES)
def test_who_may_say_that_two_are_one(
    browse: Callable[[str], TestClient], web_room: Room, role: str
) -> None:
    client, pair = browse(role), pair_id(web_room)
    assert client.put("/api/v1/document-pairs/9999", json={"same": True}).status_code == 404
    assert client.post("/trich-dan/cap/9999", data={"same": "1"}).status_code == 404
    shown = client.get("/trich-dan").text
    assert "7540/BCT-CNĐT" in shown
    assert (f'action="/trich-dan/cap/{pair}"' in shown) is (DECIDE[role] == 204)
    assert client.put(f"/api/v1/document-pairs/{pair}", json={"same": True}).status_code == DECIDE[role]
    found = client.get("/api/v1/references", params={"cites": "7540/BCT-CNĐP"}).json()
    assert bool(found["probable"]) is (DECIDE[role] != 204)
    assert client.post(f"/trich-dan/cap/{pair}", data={"same": "0"}).status_code == (303 if DECIDE[role] == 204 else 403)


@pytest.mark.parametrize("role", ROLES)
def test_who_may_take_a_reply_as_evidence(
    browse: Callable[[str], TestClient], web_room: Room, role: str
) -> None:
    client, reply = browse(role), reply_id(web_room)
    [offer] = client.get("/api/v1/replies").json()
    assert (offer["code"], offer["asked_code"], offer["state"]) == ("812/SCT-KH", "2990/BCT-CTĐP", "offered")
    assert "/nhiem-vu/tra-loi" in client.get("/nhiem-vu").text
    for path in ("/api/v1/replies/9999/acceptance", "/api/v1/replies/9999/refusal", "/nhiem-vu/tra-loi/9999/nhan", "/nhiem-vu/tra-loi/9999/khong"):
        assert client.post(path).status_code == 404, path
    assert (f"/nhiem-vu/tra-loi/{reply}/nhan" in client.get("/nhiem-vu/tra-loi").text) is (ACCEPT[role] == 204)
    assert client.post(f"/api/v1/replies/{reply}/acceptance").status_code == ACCEPT[role]
    done = client.get("/api/v1/tasks", params={"status": "done"}).json()["total"]
    assert done == (1 if ACCEPT[role] == 204 else 0)
    if ACCEPT[role] == 204:
        again = client.post(f"/nhiem-vu/tra-loi/{reply}/khong")
        assert again.status_code == 400


def test_nobody_who_is_not_signed_in_sees_or_decides(
    browse: Callable[[str], TestClient], web_room: Room
) -> None:
    browse("clerk")
    with TestClient(create_app(web_room.services), follow_redirects=False) as client:
        for path in ("/trich-dan", "/trich-dan/goi-y?q=45", "/trich-dan/1", "/nhiem-vu/tra-loi"):
            assert client.get(path).status_code == 303, path
        for path in (
            "/api/v1/documents?q=45", "/api/v1/documents/1", "/api/v1/documents/1/obligations", "/api/v1/documents/most-cited",
            "/api/v1/document-pairs", "/api/v1/replies", "/api/v1/letters/1/bases", "/api/v1/letters/1/warnings",
        ):  # fmt: skip
            assert client.get(path).status_code == 401, path
        assert client.put("/api/v1/document-pairs/1", json={"same": True}).status_code == 401
        assert client.post("/api/v1/replies/1/acceptance").status_code == 401


def test_a_refused_confined_letter_is_nowhere(browse: Callable[[str], TestClient], web_room: Room) -> None:
    client, database = browse("admin"), web_room.services.database
    from tests.register.letters import receive

    file = receive(database, web_room.services.store, b"confined", "mat.pdf")
    secret = letter("Căn cứ Quyết định số 4711/QĐ-BCA ngày 1/2/2020 về phương án bí mật;", number="4712", symbol="BCA-KH", subject="phương án bí mật")
    [number] = record(database, file, secret, home=HOME).letter_ids
    stub, own = document_id(client, "4711/QĐ-BCA"), document_id(client, "4712/BCA-KH")
    refuse(database, web_room.services.store, file)
    for path in (f"/trich-dan/{stub}", f"/trich-dan/{own}", f"/api/v1/documents/{stub}", f"/api/v1/documents/{own}/obligations",
                 f"/api/v1/letters/{number}/bases", f"/api/v1/letters/{number}/warnings"):  # fmt: skip
        assert client.get(path).status_code == 404, path
    for typed in ("4711", "4712/BCA", "bí mật", "quyết định bí mật"):
        assert client.get("/api/v1/documents", params={"q": typed}).json() == []
        assert "bí mật" not in client.get("/trich-dan/goi-y", params={"q": "phương án"}).text


def test_pages_take_as_many_queries_for_many_letters_as_for_few(
    browse: Callable[[str], TestClient], web_room: Room
) -> None:
    client, services = browse("legal"), web_room.services
    paths = (f"/trich-dan/{document_id(client, '45/2012/NĐ-CP')}", "/trich-dan?q=45/2012", "/trich-dan", "/nhiem-vu", "/trich-dan/goi-y?q=45")
    counts = []
    for first in (100, 200):
        for number in range(first, first + 4):
            take(
                services.database, services.store,
                letter(f"{DECREE};", task("1", "Việc phải làm"), number=str(number), symbol="BCT-KH"),
                f"{number}.pdf", home=HOME,
            )  # fmt: skip
        seen = {}
        for path in paths:
            with queries(services.database) as statements:
                assert client.get(path).status_code == 200
            seen[path] = len([each for each in statements if "outbox" not in each and "office_settings" not in each and "BEGIN" not in each])
        counts.append(seen)
    assert counts[0] == counts[1]
    assert max(counts[0].values()) < 45
