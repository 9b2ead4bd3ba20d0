"""The office's calendar and its own names of agencies: what they change in the register."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.gate import COOKIE
from dondoc.chores import chore_one
from ingest.pool import ReaderPool
from nlp.calendar_year import country_days
from register import users
from register.clock import now
from tests.api.conftest import PASSWORD, Room, open_room

RELATIVE = """ỦY BAN NHÂN DÂN
TỈNH LẠNG SƠN
Số: 77/UBND-KT
V/v rà soát chợ dân sinh

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Lạng Sơn, ngày 01 tháng 3 năm 2021

Kính gửi:
- Sở Công Thương;
- Ban Điều hành chợ Kỳ Lừa.

Ủy ban nhân dân tỉnh yêu cầu:

1. Sở Công Thương rà soát các chợ dân sinh, báo cáo Ủy ban nhân dân tỉnh trong thời hạn 05 ngày làm việc kể từ ngày ký văn bản này.

2. Ban Điều hành chợ Kỳ Lừa báo cáo Ủy ban nhân dân tỉnh trước ngày 20/3/2021.

Nơi nhận:
- Như trên;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Nguyễn Văn Thử
"""

Place = tuple[Room, TestClient]


@pytest.fixture
def place(tmp_path: Path, reader: ReaderPool) -> Iterator[Place]:
    with ExitStack() as stack:
        room = open_room(tmp_path, stack, reader)
        with room.services.database.transaction() as s:
            admin = users.add(
                s, login="quan", name="Quân", password=PASSWORD, role="admin", at=now(), must_change_password=False
            )  # fmt: skip
            token = users.open_session(s, admin.id, at=now())
        client = stack.enter_context(TestClient(create_app(room.services), follow_redirects=False))
        client.cookies.set(COOKIE, token)
        client.post("/api/v1/files", files={"file": ("cho.txt", RELATIVE.encode())})
        room.work()
        yield room, client


def row(client: TestClient, body: str) -> dict[str, str]:
    rows = client.get("/api/v1/tasks", params={"status": "open"}).json()["items"]
    found: dict[str, str] = next(each for each in rows if each["body"] == body)
    return found


def agency(client: TestClient, body: str) -> str | None:
    letter = client.get("/api/v1/letters").json()["items"][0]["id"]
    tasks = client.get(f"/api/v1/letters/{letter}").json()["tasks"]
    owed = [each for task in tasks for each in task["obligations"] if each["body"] == body]
    found: str | None = owed[0]["agency_id"]
    return found


def chores(room: Room) -> None:
    while chore_one(room.office, "test"):
        pass
    room.work()


def test_a_day_off_of_the_office_moves_open_deadlines_and_its_removal_moves_them_back(place: Place) -> None:
    room, client = place
    assert row(client, "Sở Công Thương")["due_on"] == "2021-03-08"
    assert (
        client.post(
            "/quan-tri/lich", data={"ngay": "03/03/2021", "loai": "nghi", "ten": "Lễ hội"}
        ).status_code
        == 303
    )
    assert "Đang tính lại hạn" in client.get("/quan-tri/lich?nam=2021").text
    chores(room)
    assert row(client, "Sở Công Thương")["due_on"] == "2021-03-09"
    page = client.get("/quan-tri/lich?nam=2021").text
    assert "Lễ hội" in page
    assert "Đang tính lại hạn" not in page
    client.post("/quan-tri/lich/2021-03-03/bo")
    chores(room)
    assert row(client, "Sở Công Thương")["due_on"] == "2021-03-08"


def test_a_make_up_saturday_is_worked(place: Place) -> None:
    room, client = place
    client.post("/quan-tri/lich", data={"ngay": "06/03/2021", "loai": "lam", "ten": "làm bù"})
    chores(room)
    assert row(client, "Sở Công Thương")["due_on"] == "2021-03-06"


def test_an_extension_and_what_is_done_stay_as_decided(place: Place) -> None:
    room, client = place
    id = row(client, "Sở Công Thương")["obligation_id"]
    client.post(f"/api/v1/tasks/{id}/extensions", json={"new_due": "2021-03-30", "reason": "chờ"})
    asked = client.get("/api/v1/extensions").json()[0]["id"]
    assert client.post(f"/api/v1/extensions/{asked}/decision", json={"granted": True}).status_code == 201
    client.post("/quan-tri/lich", data={"ngay": "03/03/2021", "loai": "nghi", "ten": ""})
    chores(room)
    assert row(client, "Sở Công Thương")["due_on"] == "2021-03-30"


def test_a_corrected_deadline_is_counted_by_the_offices_calendar(place: Place) -> None:
    room, client = place
    client.post("/quan-tri/lich", data={"ngay": "03/03/2021", "loai": "nghi", "ten": ""})
    chores(room)
    letter = client.get("/api/v1/letters").json()["items"][0]["id"]
    whole = client.get(f"/api/v1/letters/{letter}").json()
    task = next(each for each in whole["tasks"] if "rà soát" in each["text"])
    form = {"field": "label", "value": "a", "version": whole["version"]}
    assert client.post(f"/van-ban/{letter}/nhiem-vu/{task['id']}/sua", data=form).status_code == 303
    assert row(client, "Sở Công Thương")["due_on"] == "2021-03-09"


@pytest.mark.parametrize(
    "form",
    [{"ngay": "", "loai": "nghi"}, {"ngay": "hôm nay", "loai": "nghi"}, {"ngay": "01/03/2021", "loai": "x"}],
)
def test_a_day_that_is_none_is_refused_in_words(place: Place, form: dict[str, str]) -> None:
    answer = place[1].post("/quan-tri/lich", data=form)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text


def test_the_country_days_of_a_year_have_names() -> None:
    days = {each.day: each for each in country_days(2026)}
    assert days[date(2026, 9, 2)].name == "Quốc khánh"
    assert days[date(2026, 8, 22)].kind == "made-up"
    assert days[date(2026, 11, 24)].kind == "doubtful"
    assert date(2026, 11, 25) not in days


def test_an_own_name_of_a_known_body_and_a_body_of_ones_own(place: Place) -> None:
    room, client = place
    printed = "Ban Điều hành chợ Kỳ Lừa"
    assert agency(client, printed) is None
    assert client.post("/quan-tri/co-quan", data={"ten": printed, "la": ""}).status_code == 303
    own = agency(client, printed) or ""
    assert own.startswith("own-")
    assert (
        client.post(
            "/quan-tri/co-quan", data={"ten": printed, "la": "Sở Công Thương tỉnh Lạng Sơn"}
        ).status_code
        == 400
    )
    client.post(f"/quan-tri/co-quan/{own.removeprefix('own-')}/bo")
    assert agency(client, printed) is None
    client.post("/quan-tri/co-quan", data={"ten": printed, "la": "Sở Công Thương tỉnh Lạng Sơn"})
    named = agency(client, printed)
    assert named == agency(client, "Sở Công Thương")
    file = client.get("/api/v1/files").json()["items"][0]["id"]
    client.post(f"/api/v1/files/{file}/readings")
    room.work()
    assert agency(client, printed) == named


def test_an_own_name_must_mean_something_the_registry_knows(place: Place) -> None:
    answer = place[1].post("/quan-tri/co-quan", data={"ten": "Hội Kín", "la": "Hội Rất Kín"})
    assert answer.status_code == 400
    assert "Danh bạ không có" in answer.text


def test_the_registry_is_searched_with_names_times_and_successors(place: Place) -> None:
    page = place[1].get("/quan-tri/co-quan", params={"q": "bo cong nghiep"}).text
    assert "Bộ Công nghiệp" in page
    assert "Bộ Công Thương</a>" in page
    assert "31/07/2007" in page
    assert "Không có cơ quan nào" in place[1].get("/quan-tri/co-quan", params={"q": "zzz"}).text


def test_whom_a_name_means_on_a_day_and_who_it_is_now(place: Place) -> None:
    asked = {"ten": "Sở Công Thương tỉnh Long An", "ngay": "01/01/2020"}
    page = place[1].get("/quan-tri/co-quan", params=asked).text
    assert "Sở Công Thương · Long An" in page.replace("Tỉnh ", "")
    assert "Nay do" in page
    assert "Danh bạ chưa có" in place[1].get("/quan-tri/co-quan", params={"ten": "Hội Rất Kín"}).text
