"""The page of an obligation, what may be done with it and by whom, bulk actions and the board."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.gate import COOKIE
from api.task_filters import week_of, weeks
from ingest.errors import BadRequest
from ingest.pool import ReaderPool
from register import audit, users
from register.clock import now
from register.models import User
from register.users import ROLES
from tests.api.conftest import TODAY, Room, open_room
from tests.register.letters import dispatch, fixed, monthly, task
from tests.register.webs import queries, take

HOME = "Cục Công Thương địa phương"
ASKED = dispatch(
    task("1", "Rà soát các chợ dân sinh", fixed(date(2021, 3, 20), "trước ngày 20/3/2021"), lead=["Sở Công Thương"], cooperating=["Sở Xây dựng"], report_to="UBND tỉnh"),
    task("2", "Kiểm tra an toàn", fixed(date(2021, 3, 10), "chậm nhất ngày 10/3/2021", strict=False), lead=["Sở Xây dựng"]),
    task("3", "Báo cáo hằng tháng", monthly(), lead=["Sở Tài chính"]),
    issued_on=date(2021, 3, 1),
)  # fmt: skip
REPLY = dispatch(number="812", symbol="SCT-KH", issued_on=date(2021, 3, 12), subject="kết quả rà soát chợ")


@dataclass(frozen=True)
class Desk:
    """An office with one letter of three tasks; a browser per role; obligations by what they are about."""

    room: Room
    browse: Callable[[str], TestClient]
    people: dict[str, int]
    market: int
    safety: int
    monthly: int


@pytest.fixture
def desk(tmp_path: Path, reader: ReaderPool) -> Iterator[Desk]:
    with ExitStack() as stack:
        room = open_room(tmp_path, stack, reader)
        database = room.services.database
        for made in (ASKED, REPLY):
            take(database, room.services.store, made, f"{made.header.number}.pdf", home=HOME)
        people: dict[str, int] = {}
        tokens: dict[str, str] = {}
        with database.transaction() as s:
            for role in ROLES:
                user = User(
                    login=role, name=f"Bạn {role}", password_hash="", role=role, language="vi", must_change_password=False,
                    active=True, created_at=now(),
                )  # fmt: skip
                s.add(user)
                s.flush()
                people[role] = user.id
                tokens[role] = users.open_session(s, people[role], at=now())

        def browse(role: str) -> TestClient:
            client = stack.enter_context(TestClient(create_app(room.services), follow_redirects=False))
            client.cookies.set(COOKIE, tokens[role])
            return client

        rows = browse("legal").get("/api/v1/tasks", params={"sort": "letter", "role": "lead"}).json()["items"]
        yield Desk(room, browse, people, *(row["obligation_id"] for row in rows))


def page(client: TestClient, obligation: int) -> str:
    answer = client.get(f"/nhiem-vu/{obligation}")
    assert answer.status_code == 200
    return answer.text


def text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_page_shows_the_six_with_the_source_and_its_place(desk: Desk) -> None:
    html = page(desk.browse("legal"), desk.market)
    shown = text(html)
    for words in (
        "Rõ người Sở Công Thương Người được giao: Chưa giao ai", "Rõ việc 1. Rà soát các chợ dân sinh", "Rõ trách nhiệm Chủ trì Phối hợp: Sở Xây dựng",
        "Rõ thẩm quyền Bộ Công Thương Người ký: KT. BỘ TRƯỞNG · THỨ TRƯỞNG · Nguyễn Văn Mẫu", "2990/BCT-CTĐP (01/03/2021)",
        "Rõ thời gian còn 4 ngày · 19/03/2021", "trước ngày 20/3/2021", "Rõ kết quả Báo cáo về: UBND tỉnh",
    ):  # fmt: skip
        assert words in shown, words
    assert re.search(r'href="/van-ban/\d+\?trang=1#t-\d+"', html)
    assert re.search(r'<image href="/van-ban/\d+/trang/1.png"', html), "the place on the page image"
    assert "Ghi tiến độ" not in shown, "legal staff only read"


def test_an_obligation_is_assigned_noted_extended_and_completed(desk: Desk) -> None:
    leader, officer = desk.browse("leader"), desk.browse("officer")
    at = f"/nhiem-vu/{desk.market}"
    form = {"nguoi": str(desk.people["officer"]), "noi_dung": "làm trước 18/3"}
    assert leader.post(f"{at}/giao", data=form).headers["location"] == at
    assert officer.post(f"{at}/tien-do", data={"noi_dung": "đã đi 3 chợ"}).status_code == 303
    assert officer.post(f"{at}/gia-han", data={"ngay": "30/03/2021", "noi_dung": "mưa bão"}).status_code == 303
    assert "1 đề nghị gia hạn chờ quyết định" in leader.get("/nhiem-vu").text
    assert "đề nghị gia hạn chờ" not in officer.get("/nhiem-vu").text
    assert "mưa bão" in leader.get("/nhiem-vu/gia-han").text
    [request] = officer.get("/api/v1/extensions").json()
    decision = {"dong_y": "1", "ngay": "26/03/2021", "noi_dung": "không lùi nữa", "next": "/nhiem-vu/gia-han"}
    answer = leader.post(f"/nhiem-vu/gia-han/{request['id']}", data=decision)
    assert answer.headers["location"] == "/nhiem-vu/gia-han"
    shown = text(page(officer, desk.market))
    assert "26/03/2021" in shown
    assert "hạn ban đầu 19/03/2021" in shown
    form = {"van_ban": "812/SCT-KH", "noi_dung": "đã báo cáo", "next": at}
    assert officer.post(f"{at}/hoan-thanh", data=form).status_code == 303
    shown = text(page(leader, desk.market))
    history = shown[shown.index("Diễn biến") :]
    marks = [
        "Hoàn thành ngày 12/03/2021 đã báo cáo 812/SCT-KH Bạn officer", "Đồng ý gia hạn từ 19/03/2021 đến 26/03/2021 không lùi nữa Bạn leader",
        "Xin gia hạn từ 19/03/2021 đến 30/03/2021", "Tiến độ đã đi 3 chợ Bạn officer", "Giao cho Bạn officer làm trước 18/3 Bạn leader",
    ]  # fmt: skip
    assert [history.index(mark) for mark in marks] == sorted(history.index(mark) for mark in marks), "newest first"
    with desk.room.services.database.reading() as s:
        entries = audit.listing(s, entity="obligation", entity_id=desk.market)
    assert [(each.action, each.actor) for each in reversed(entries)] == [
        ("obligation-assigned", "leader"), ("obligation-note", "officer"), ("obligation-extension-requested", "officer"),
        ("obligation-extension-granted", "leader"), ("obligation-done", "officer"),
    ]  # fmt: skip
    assert officer.post(f"{at}/mo-lai", data={"noi_dung": "báo cáo bị trả", "next": at}).status_code == 303
    assert "Mở lại báo cáo bị trả Bạn officer" in text(page(leader, desk.market))


def test_a_unit_gets_work_and_its_members_may_do_it(desk: Desk) -> None:
    admin, clerk, legal = (desk.browse(role) for role in ("admin", "clerk", "legal"))
    trade = admin.post("/api/v1/units", json={"name": "Phòng Thương mại"}).json()["id"]
    law = admin.post("/api/v1/units", json={"name": "Phòng Pháp chế"}).json()["id"]
    admin.put(f"/api/v1/units/{law}/members", json={"user_id": desk.people["legal"]})
    at = f"/nhiem-vu/{desk.market}"
    assert legal.post(f"{at}/tien-do", data={"noi_dung": "x"}).status_code == 403
    form = {"don_vi": str(trade), "phoi_hop": [f"unit-{law}", f"user-{desk.people['officer']}"]}
    assert clerk.post(f"{at}/giao", data=form).status_code == 303
    shown = text(page(clerk, desk.market))
    assert "Người được giao: Phòng Thương mại Phối hợp trong cơ quan: Phòng Pháp chế; Bạn officer" in shown
    assert legal.post(f"{at}/tien-do", data={"noi_dung": "đã góp ý"}).status_code == 303, "the unit helps"
    assert legal.post(f"{at}/hoan-thanh").status_code == 403, "who helps does not complete"
    assert clerk.post(f"{at}/giao", data={"don_vi": str(law)}).status_code == 303
    assert "Giao cho Phòng Pháp chế Phối hợp trong cơ quan: không ai" in text(page(clerk, desk.market))
    assert legal.post(f"{at}/hoan-thanh").status_code == 303, "now it is the unit's own"
    bulk = {"lam": "giao", "chon": [str(desk.safety), str(desk.monthly)], "nguoi": f"unit-{trade}"}
    assert clerk.post("/nhiem-vu/hang-loat", data=bulk).status_code == 303
    assert "Rà soát các chợ" not in (listed := text(clerk.get(f"/nhiem-vu?don_vi={trade}").text))
    assert "→ Phòng Thương mại" in listed
    found = clerk.get("/api/v1/tasks", params={"unit": trade}).json()
    assert {row["obligation_id"] for row in found["items"]} == {desk.safety, desk.monthly}
    answer = clerk.put(f"/api/v1/tasks/{desk.safety}/assignee", json={"unit_id": law, "cooperating": [{"kind": "unit", "id": trade}]})
    assert (answer.json()["unit_name"], answer.json()["cooperating"][0]["name"]) == ("Phòng Pháp chế", "Phòng Thương mại")
    for wrong in ("unit-x", "team-3", "unit-"):
        assert clerk.post(f"{at}/giao", data={"phoi_hop": wrong}).status_code == 400
    assert clerk.get("/nhiem-vu?don_vi=x").status_code == 400


def test_a_cancelled_obligation_leaves_the_list_and_comes_back(desk: Desk) -> None:
    clerk, at = desk.browse("clerk"), f"/nhiem-vu/{desk.safety}"
    assert clerk.post(f"{at}/thoi", data={"noi_dung": " "}).status_code == 400
    assert clerk.post(f"{at}/thoi", data={"noi_dung": "văn bản bị thu hồi"}).status_code == 303
    assert "Kiểm tra an toàn" not in clerk.get("/nhiem-vu?trang_thai=all").text
    shown = text(page(clerk, desk.safety))
    assert "Đã bỏ theo dõi 15/03/2021 · văn bản bị thu hồi" in shown
    assert "Ghi hoàn thành" not in shown
    assert clerk.post(f"{at}/theo-doi").status_code == 303
    assert "Kiểm tra an toàn" in clerk.get("/nhiem-vu?trang_thai=all").text


@pytest.mark.parametrize(("typed", "status"), [("", 400), ("12/13/2021", 400), ("19/03/2021", 400), ("20/03/2021", 303)])
def test_an_extension_needs_a_later_day(desk: Desk, typed: str, status: int) -> None:
    form = {"ngay": typed, "noi_dung": "lý do"}
    assert desk.browse("officer").post(f"/nhiem-vu/{desk.market}/gia-han", data=form).status_code == status


def test_of_a_recurring_obligation_one_day_is_chosen_or_the_whole(desk: Desk) -> None:
    clerk, at = desk.browse("clerk"), f"/nhiem-vu/{desk.monthly}"
    days = re.findall(r'<option value="(\d+)">(\d\d/\d\d/\d{4})</option>', page(clerk, desk.monthly))
    assert [day for _, day in days[:2]] == ["24/03/2021", "24/04/2021"]
    clerk.post(f"{at}/hoan-thanh", data={"ky": days[1][0], "next": at})
    assert "24/04/2021" not in re.findall(r'<option value="\d+">([\d/]+)</option>', page(clerk, desk.monthly))
    assert clerk.get("/api/v1/tasks", params={"text": "hằng tháng"}).json()["items"][0]["due_on"] == "2021-03-24"
    clerk.post(f"{at}/hoan-thanh", data={"ca": "1", "next": at})
    assert clerk.get("/api/v1/tasks", params={"text": "hằng tháng"}).json()["items"][0]["done_on"] == "2021-03-15"


RIGHTS = {
    "tien-do": ({"noi_dung": "x"}, {"clerk", "officer", "leader", "admin"}),
    "gia-han": ({"ngay": "30/03/2021", "noi_dung": "x"}, {"clerk", "officer", "leader", "admin"}),
    "hoan-thanh": ({}, {"clerk", "officer", "leader", "admin"}),
    "giao": ({"nguoi": "1"}, {"clerk", "leader", "admin"}),
    "thoi": ({"noi_dung": "x"}, {"clerk", "leader", "admin"}),
    "theo-doi": ({}, {"clerk", "leader", "admin"}),
}


@pytest.mark.parametrize("act", RIGHTS)
def test_who_may_do_what_is_checked_on_the_server(desk: Desk, act: str) -> None:
    form, allowed = RIGHTS[act]
    for role in ROLES:
        client = desk.browse(role)
        status = client.post(f"/nhiem-vu/{desk.market}/{act}", data=form).status_code
        assert (status == 403) == (role not in allowed), role
        assert client.post(f"/nhiem-vu/999999/{act}", data=form).status_code == 404, "404 before 403"
    with TestClient(create_app(desk.room.services), follow_redirects=False) as nobody:
        assert "dang-nhap" in nobody.post(f"/nhiem-vu/{desk.market}/{act}", data=form).headers["location"]


def test_only_leaders_decide_on_extensions(desk: Desk) -> None:
    clerk = desk.browse("clerk")
    asked = clerk.post(f"/api/v1/tasks/{desk.market}/extensions", json={"new_due": "2021-03-30", "reason": "chờ số liệu"})
    assert asked.status_code == 201
    [request] = asked.json()["requests"]
    for role in ("clerk", "officer", "legal"):
        client = desk.browse(role)
        assert client.post(f"/nhiem-vu/gia-han/{request['id']}", data={"dong_y": "1"}).status_code == 403
        assert client.post(f"/api/v1/extensions/{request['id']}/decision", json={"granted": True}).status_code == 403
        assert client.post("/api/v1/extensions/999/decision", json={"granted": True}).status_code == 404
        assert "Chờ lãnh đạo quyết định" in page(client, desk.market)
    refused = desk.browse("leader").post(f"/api/v1/extensions/{request['id']}/decision", json={"granted": False, "text": "phải xong"})
    assert refused.status_code == 201
    assert (refused.json()["due_on"], refused.json()["requests"]) == ("2021-03-19", [])
    assert clerk.get("/api/v1/extensions").json() == []


def test_whoever_it_is_given_to_may_follow_and_complete_it_whatever_the_role(desk: Desk) -> None:
    legal, at = desk.browse("legal"), f"/nhiem-vu/{desk.market}"
    desk.browse("clerk").put(f"/api/v1/tasks/{desk.market}/assignee", json={"user_id": desk.people["legal"]})
    assert "Ghi tiến độ" in page(legal, desk.market)
    assert legal.post(f"{at}/tien-do", data={"noi_dung": "đang thẩm định"}).status_code == 303
    assert legal.post(f"{at}/thoi", data={"noi_dung": "x"}).status_code == 403
    assert legal.post(f"/nhiem-vu/{desk.safety}/hoan-thanh").status_code == 403
    both = {"chon": [str(desk.market), str(desk.safety)], "lam": "hoan-thanh"}
    assert legal.post("/nhiem-vu/hang-loat", data=both).status_code == 403
    assert legal.post(f"{at}/hoan-thanh").status_code == 303


def test_bulk_actions_change_each_and_say_what_was_left(desk: Desk) -> None:
    clerk = desk.browse("clerk")
    clerk.post(f"/nhiem-vu/{desk.safety}/hoan-thanh")
    form = {"chon": [str(desk.market), str(desk.safety)], "lam": "hoan-thanh", "ngay": "14/03/2021", "next": "/nhiem-vu?trang_thai=all"}
    answer = clerk.post("/nhiem-vu/hang-loat", data=form)
    assert answer.headers["location"] == "/nhiem-vu?trang_thai=all"
    shown = text(clerk.get("/nhiem-vu?trang_thai=all").text)
    assert "Đã ghi hoàn thành 1 nhiệm vụ. 1 nhiệm vụ giữ nguyên" in shown
    assert "Đã ghi hoàn thành" not in clerk.get("/nhiem-vu").text, "said once"
    assert clerk.get(f"/api/v1/tasks/{desk.market}").json()["done_on"] == "2021-03-14"
    person = str(desk.people["officer"])
    clerk.post("/nhiem-vu/hang-loat", data={"chon": [str(desk.monthly)], "lam": "giao", "nguoi": person})
    assert "→ Bạn officer" in text(clerk.get(f"/nhiem-vu?nguoi={person}").text)


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"lam": "hoan-thanh"}, 400),
        ({"lam": "xoa", "chon": "1"}, 400),
        ({"lam": "hoan-thanh", "chon": "abc"}, 400),
        ({"lam": "giao", "nguoi": "999", "chon": "1"}, 303),
        ({"lam": "hoan-thanh", "chon": ["1", "999999"]}, 404),
    ],
)
def test_bulk_actions_that_cannot_be(desk: Desk, form: dict[str, object], status: int) -> None:
    clerk = desk.browse("clerk")
    assert clerk.post("/nhiem-vu/hang-loat", data=form).status_code == status
    assert {each["done_on"] for each in clerk.get("/api/v1/tasks").json()["items"]} == {None}, "nothing was done"


def test_programs_do_the_same(desk: Desk) -> None:
    clerk, leader = desk.browse("clerk"), desk.browse("leader")
    at = f"/api/v1/tasks/{desk.market}"
    assert {each["role"] for each in clerk.get("/api/v1/people").json()} == set(ROLES)
    assert clerk.put(f"{at}/assignee", json={"user_id": desk.people["officer"], "text": "gấp"}).json()["assignee_name"] == "Bạn officer"
    assert [row["obligation_id"] for row in clerk.get("/api/v1/tasks", params={"assignee": desk.people["officer"]}).json()["items"]] == [desk.market]
    assert desk.market not in [row["obligation_id"] for row in clerk.get("/api/v1/tasks", params={"assignee": 0}).json()["items"]]
    assert clerk.post(f"{at}/notes", json={"text": "đã gọi"}).json()["events"][-1]["text"] == "đã gọi"
    letter = clerk.get("/api/v1/letters", params={"number": "812/SCT-KH"}).json()["items"][0]["id"]
    done = clerk.post(f"{at}/completion", json={"letter_id": letter})
    assert (done.status_code, done.json()["done_on"]) == (201, "2021-03-12")
    assert clerk.get(at).json()["events"][-1]["letter_id"] == letter
    assert clerk.delete(f"{at}/completion").json()["done_on"] is None
    gone = clerk.post(f"{at}/cancellation", json={"reason": "thu hồi"}).json()
    assert (gone["tracked"], gone["cancel_reason"]) == (False, "thu hồi")
    assert clerk.post(f"{at}/completion").status_code == 400
    assert clerk.delete(f"{at}/cancellation").json()["tracked"] is True
    many = leader.post("/api/v1/tasks/bulk", json={"ids": [desk.market, desk.safety], "action": "complete", "on": "2021-02-01"}).json()
    assert [each["code"] for each in many["refused"]] == ["done-before-letter"] * 2
    assert leader.post("/api/v1/tasks/bulk", json={"ids": [desk.market], "action": "complete"}).json()["done"] == [desk.market]
    assert clerk.get("/api/v1/tasks/999999").status_code == 404


def test_the_board_puts_each_task_into_one_column_and_keeps_the_filters(desk: Desk) -> None:
    client = desk.browse("legal")
    html = client.get("/nhiem-vu?xem=bang").text
    parts = re.split(r'<section class="column (\S+)"', html)
    columns = {name: text(body) for name, body in zip(parts[1::2], parts[2::2], strict=True)}
    assert list(columns) == ["overdue", "due-soon", "later", "no-term", "done"]
    assert "Kiểm tra an toàn" in columns["overdue"]
    assert "Rà soát các chợ" in columns["due-soon"]
    assert "Báo cáo hằng tháng" in columns["later"]
    assert "Không có việc nào" in columns["done"]
    narrowed = client.get("/nhiem-vu?xem=bang&co_quan=sở+xây+dựng&vai_tro=lead").text
    assert "Rà soát các chợ" not in narrowed
    assert "/nhiem-vu?co_quan=s%E1%BB%9F+x%C3%A2y+d%E1%BB%B1ng&amp;vai_tro=lead&amp;trang_thai=overdue" in narrowed


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("tuan=2021-W11", ["Rà soát"]),
        ("tuan=2021-W10", ["Kiểm tra"]),
        ("tuan=2021-W12", ["hằng tháng"]),
        ("tuan=2021-W40", []),
        ("nguoi=chua-giao", ["Kiểm tra", "Rà soát", "hằng tháng"]),
        ("nguoi=1", []),
        ("co_quan=so+tai+chinh", ["hằng tháng"]),
    ],
)
def test_filters_of_tasks(desk: Desk, query: str, found: list[str]) -> None:
    shown = desk.browse("legal").get(f"/nhiem-vu?vai_tro=lead&{query}").text
    table = shown.partition("<tbody>")[2]
    assert [words for words in ("Kiểm tra", "Rà soát", "hằng tháng") if words in table] == found


@pytest.mark.parametrize("query", ["tuan=2021-W60", "tuan=tuần+sau", "nguoi=ai+đó", "nguoi=0"])
def test_filters_that_mean_nothing_are_told(desk: Desk, query: str) -> None:
    assert desk.browse("legal").get(f"/nhiem-vu?{query}").status_code == 400


def test_weeks_begin_on_monday_and_the_chosen_one_is_among_them() -> None:
    week = week_of("2020-W53", TODAY)
    assert week is not None
    assert (week.first, week.last, week.away) == (date(2020, 12, 28), date(2021, 1, 3), -11)
    found = weeks("2020-W53", TODAY)
    assert [each.away for each in found] == [-11, -1, 0, 1, 2, 3, 4, 5]
    assert (found[2].value, found[3].value) == ("nay", "2021-W12"), "a saved view of this week goes on with the days"
    with pytest.raises(BadRequest, match="W54"):
        week_of("2021-W54", TODAY)


def test_evidence_is_suggested_while_typing(desk: Desk) -> None:
    client = desk.browse("clerk")
    assert "812/SCT-KH · 12/03/2021 (#" in client.get("/nhiem-vu/bang-chung?van_ban=812").text
    assert "812/SCT-KH" in client.get("/nhiem-vu/bang-chung?van_ban=ket+qua+ra+soat").text
    assert "<option" not in client.get("/nhiem-vu/bang-chung?van_ban=").text


def test_pages_in_english_and_of_what_does_not_exist(desk: Desk) -> None:
    client = desk.browse("clerk")
    client.post(f"/nhiem-vu/{desk.market}/tien-do", data={"noi_dung": "x"})
    client.cookies.set("dondoc_language", "en")
    shown = text(page(client, desk.market))
    for words in ("Who Sở Công Thương Assigned to: Nobody yet", "Authority", "Ask for an extension", "Note x"):
        assert words in shown, words
    assert client.get("/nhiem-vu/999999").status_code == 404
    assert client.get("/nhiem-vu/abc").status_code == 404


def test_pages_take_as_many_queries_for_many_rows_as_for_few(desk: Desk) -> None:
    client, services = desk.browse("leader"), desk.room.services
    paths = ("/nhiem-vu", "/nhiem-vu?xem=bang", f"/nhiem-vu/{desk.market}", "/nhiem-vu/gia-han")
    counts = []
    for first in (100, 200):
        for number in range(first, first + 4):
            take(
                services.database, services.store,
                dispatch(task("1", "Việc phải làm", fixed(date(2021, 4, 1), "ngày 1/4/2021")), number=str(number), issued_on=date(2021, 3, 1)),
                f"{number}.pdf", home=HOME,
            )  # fmt: skip
        for row in client.get("/api/v1/tasks", params={"text": "phải làm", "limit": 200}).json()["items"]:
            client.post(f"/nhiem-vu/{row['obligation_id']}/gia-han", data={"ngay": f"{first % 27 + 1}/05/2021", "noi_dung": "x"})
        client.post(f"/nhiem-vu/{desk.market}/tien-do", data={"noi_dung": "x"})
        client.post("/nhiem-vu/hang-loat", data={"chon": [str(desk.safety)], "lam": "giao", "nguoi": str(desk.people["officer"])})
        seen = {}
        for path in paths:
            with queries(services.database) as statements:
                assert client.get(path).status_code == 200
            seen[path] = len([each for each in statements if "outbox" not in each and "office_settings" not in each and "BEGIN" not in each])
        counts.append(seen)
    assert counts[0] == counts[1]
    assert max(counts[0].values()) < 45
