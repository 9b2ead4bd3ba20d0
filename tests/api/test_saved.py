"""Saved searches, notices and the bell; letters like a letter; letters that may be the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.gate import COOKIE
from ingest.pool import ReaderPool
from register import users
from register.clock import now
from search.watch import watch_once
from tests.api.conftest import LETTER, PASSWORD, TODAY, Room, open_room


class Desk:
    """An office of its own with two users."""

    def __init__(self, room: Room, stack: ExitStack) -> None:
        self.room = room
        with room.services.database.transaction() as s:
            tokens = {
                login: users.open_session(
                    s,
                    users.add(
                        s, login=login, name=login, password=PASSWORD, role=role, at=now(), must_change_password=False
                    ).id,
                    at=now(),
                )
                for login, role in (("an", "clerk"), ("binh", "legal"))
            }
        self.clients = {}
        for login, token in tokens.items():
            client = stack.enter_context(TestClient(create_app(room.services), follow_redirects=False))
            client.cookies.set(COOKIE, token)
            self.clients[login] = client

    def look(self) -> None:
        services = self.room.services
        self.room.work()
        while watch_once(services.database, services.engine, at=now(), today=TODAY):
            pass

    def take_in(self, name: str, text: str) -> int:
        client = self.clients["an"]
        assert client.post("/api/v1/files", files={"file": (name, text.encode())}).status_code == 202
        self.look()
        return int(client.get("/api/v1/letters", params={"limit": 1}).json()["items"][0]["id"])


@pytest.fixture
def desk(tmp_path: Path, reader: ReaderPool) -> Iterator[Desk]:
    with ExitStack() as stack:
        yield Desk(open_room(tmp_path, stack, reader), stack)


def other(number: str, subject: str = "tổ chức hội chợ xuân") -> str:
    return LETTER.replace("321/UBND-KT", f"{number}/UBND-KT").replace("rà soát chợ dân sinh trên địa bàn", subject)


def test_a_search_is_saved_and_the_bell_tells_of_what_is_new(desk: Desk) -> None:
    an, binh = desk.clients["an"], desk.clients["binh"]
    page = an.get("/tim-kiem", params={"q": "chợ", "loai_van_ban": "công văn"}).text
    assert 'action="/tim-da-luu"' in page
    sent = {"name": "Chợ", "q": "chợ", "loai": "letters", "loai_van_ban": "công văn", "notify": "1"}
    assert an.post("/tim-da-luu", data=sent).status_code == 303
    desk.look()
    assert 'class="count"' not in an.get("/tim-da-luu").text.split("</header>")[0]
    letter = desk.take_in("a.txt", LETTER)
    for path in ("/tim-da-luu", "/nhiem-vu", "/van-ban"):
        assert "1 kết quả mới của câu tìm đã lưu" in an.get(path).text, path
        assert "kết quả mới của câu tìm" not in binh.get(path).text
    page = an.get("/tim-da-luu").text
    assert f'href="/van-ban/{letter}"' in page
    assert "321/UBND-KT" in page
    assert 'href="/tim-kiem?q=ch%E1%BB%A3&amp;loai_van_ban=c%C3%B4ng+v%C4%83n"' in page
    assert an.post("/tim-da-luu/da-xem").status_code == 303
    page = an.get("/tim-da-luu").text
    assert "kết quả mới của câu tìm" not in page
    assert "321/UBND-KT" in page, "seen notices stay"
    assert "321/UBND-KT" not in binh.get("/tim-da-luu").text


def test_saved_searches_for_programs(desk: Desk) -> None:
    an, binh = desk.clients["an"], desk.clients["binh"]
    made = an.post("/api/v1/saved-searches", json={"name": "Việc của Sở", "kind": "tasks", "agency": "Sở Xây dựng"})
    assert made.status_code == 201, made.text
    number = made.json()["id"]
    desk.look()
    letter = desk.take_in("a.txt", LETTER)
    told = an.get("/api/v1/notices").json()["items"]
    assert len(told) == an.get("/api/v1/tasks", params={"agency": "Sở Xây dựng"}).json()["total"]
    notice = told[0]
    assert (notice["letter_id"], notice["kind"], notice["seen"]) == (letter, "tasks", False)
    assert an.get("/api/v1/notices", params={"search_id": number}).json()["unseen"] == len(told)
    assert an.get("/api/v1/saved-searches").json()[0]["fresh"] == len(told)
    assert binh.get("/api/v1/notices").json()["total"] == 0
    assert binh.get("/api/v1/saved-searches").json() == []
    for answer in (
        binh.delete(f"/api/v1/saved-searches/{number}"),
        binh.patch(f"/api/v1/saved-searches/{number}", json={"name": "của tôi"}),
        binh.get("/api/v1/notices", params={"search_id": number}),
        binh.post("/api/v1/notices/seen", params={"search_id": number}),
    ):
        assert answer.status_code == 404
        assert answer.json()["code"] == "saved-search-unknown"
    assert an.patch(f"/api/v1/saved-searches/{number}", json={"name": "Tên khác"}).json()["name"] == "Tên khác"
    assert an.post("/api/v1/notices/seen").json() == {"seen": len(told)}
    assert an.delete(f"/api/v1/saved-searches/{number}").status_code == 204
    assert an.get("/api/v1/notices").json()["total"] == 0


@pytest.mark.parametrize("body", [{"name": "x"}, {"name": "x", "q": "!!!"}, {"name": " ", "q": ""}])
def test_a_search_that_asks_for_nothing_is_not_saved(desk: Desk, body: dict[str, str]) -> None:
    answer = desk.clients["an"].post("/api/v1/saved-searches", json=body)
    assert answer.status_code == 400
    assert answer.json()["code"] == "nothing-asked"


def test_a_saved_search_is_renamed_silenced_and_deleted_on_its_page(desk: Desk) -> None:
    an = desk.clients["an"]
    an.post("/tim-da-luu", data={"name": "Một", "q": "chợ", "notify": "1"})
    number = an.get("/api/v1/saved-searches").json()[0]["id"]
    an.post(f"/tim-da-luu/{number}/ten", data={"name": "Hai"})
    an.post(f"/tim-da-luu/{number}/bao", data={"notify": "0"})
    (view,) = an.get("/api/v1/saved-searches").json()
    assert (view["name"], view["notify"]) == ("Hai", False)
    an.post("/tim-da-luu", data={"name": "Ba", "q": "chợ"})
    taken = an.post(f"/tim-da-luu/{number}/ten", data={"name": "Ba"})
    assert taken.status_code == 400
    assert "Đã có câu tìm tên “Ba”" in taken.text
    assert an.post(f"/tim-da-luu/{number}/xoa").status_code == 303
    assert [each["name"] for each in an.get("/api/v1/saved-searches").json()] == ["Ba"]
    assert desk.clients["binh"].post(f"/tim-da-luu/{number}/xoa").status_code == 404


def test_similar_letters_are_shown_beside_a_letter(desk: Desk) -> None:
    an = desk.clients["an"]
    one = desk.take_in("a.txt", LETTER)
    desk.take_in("b.txt", other("400").replace("rà soát", "di dời").replace("kiểm tra an toàn", "cấp phép") + "Hết.")
    for number in range(4):
        desk.take_in(
            f"xa{number}.txt",
            "SỞ Y TẾ\nSố: 7" + str(number) + "/SYT-NV\n\nKính gửi: Bệnh viện tỉnh\n\nTổ chức tiêm chủng mở rộng "
            f"đợt {number} cho trẻ em, bảo quản vắc xin và báo cáo hằng tuần.\n\nGIÁM ĐỐC\nNguyễn Văn Thử\n",
        )
    page = an.get(f"/van-ban/{one}").text
    assert f'hx-get="/van-ban/{one}/tuong-tu"' in page
    part = an.get(f"/van-ban/{one}/tuong-tu", headers={"HX-Request": "true"}).text
    assert "<html" not in part
    assert "Văn bản tương tự 321/UBND-KT" in an.get(f"/van-ban/{one}/tuong-tu").text
    found = an.get(f"/api/v1/letters/{one}/similar").json()
    told = [each["row"]["id"] for each in an.get(f"/api/v1/letters/{one}/twins").json()]
    assert one not in [int(hit["letter_id"]) for hit in found]
    assert not set(told) & {int(hit["letter_id"]) for hit in found}
    assert not any("SYT" in hit["title"]["text"] for hit in found)
    assert an.get("/api/v1/letters/99999/similar").status_code == 404
    assert an.get("/van-ban/99999/tuong-tu").status_code == 404


def test_a_second_scan_of_a_letter_is_told_of_at_upload_and_on_both_letters(desk: Desk) -> None:
    an = desk.clients["an"]
    one = desk.take_in("a.txt", LETTER)
    assert "Có thể trùng" not in an.get("/tiep-nhan").text
    two = desk.take_in("b.txt", LETTER.replace("chủ trì", "chủ trí") + "\n")
    page = an.get("/tiep-nhan").text
    assert "Có thể trùng với 321/UBND-KT: cùng số, ký hiệu, cơ quan và ngày" in page
    for letter, twin in ((one, two), (two, one)):
        page = an.get(f"/van-ban/{letter}").text
        assert "Có thể trùng với 321/UBND-KT" in page
        assert f'href="/van-ban/{twin}"' in page
        (told,) = an.get(f"/api/v1/letters/{letter}/twins").json()
        assert (told["row"]["id"], told["reason"]) == (twin, "same-day")
        assert told["likeness"] > 0.9
    three = desk.take_in("c.txt", other("999", "rà soát chợ dân sinh toàn tỉnh"))
    assert an.get(f"/api/v1/letters/{three}/twins").json()[0]["reason"] == "text"
    assert "gần như cùng nội dung" in an.get(f"/van-ban/{three}").text


def test_an_engine_that_is_away_costs_only_the_similar_letters(desk: Desk) -> None:
    from search.elastic import ElasticEngine

    one = desk.take_in("a.txt", LETTER)
    services = replace(desk.room.services, engine=ElasticEngine("http://127.0.0.1:9", timeout=2))
    with TestClient(create_app(services)) as client:
        client.cookies.update(desk.clients["an"].cookies)
        assert client.get(f"/van-ban/{one}").status_code == 200
        part = client.get(f"/van-ban/{one}/tuong-tu")
        assert part.status_code == 200
        assert "không trả lời" in part.text
        assert client.post("/tim-da-luu", data={"name": "x", "q": "chợ"}, follow_redirects=False).status_code == 303


def test_strangers_see_nothing(client: TestClient, signed_in: Callable[[str], TestClient]) -> None:
    for path in ("/tim-da-luu", "/van-ban/1/tuong-tu"):
        assert client.get(path).status_code == 303
    for path in ("/api/v1/notices", "/api/v1/saved-searches", "/api/v1/letters/1/similar", "/api/v1/letters/1/twins"):
        assert client.get(path).status_code == 401
