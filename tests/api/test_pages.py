"""The pages: what they show, how they filter, what they say when something is wrong."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from tests.api.conftest import Room


def test_the_list_of_letters_shows_the_registers_columns(clerk: TestClient) -> None:
    page = clerk.get("/van-ban?so=321/UBND-KT").text
    for words in ("321/UBND-KT", "02/03/2021", "Rà soát chợ dân sinh", "Chưa rà soát"):
        assert words in page


@pytest.mark.parametrize(
    "query",
    [
        "trich_yeu=cho+dan+sinh",
        "so=321",
        "tu_ngay=01/03/2021&den_ngay=2021-03-02",
        "nhiem_vu=co&trich_yeu=chợ",
    ],
)
def test_filters_of_letters_find(clerk: TestClient, query: str) -> None:
    assert "321/UBND-KT" in clerk.get(f"/van-ban?{query}").text


@pytest.mark.parametrize(
    "query", ["trich_yeu=không+có+chữ+này", "tu_ngay=03/03/2099", "loai=tờ+trình", "chieu=đi"]
)
def test_filters_of_letters_leave_out_and_say_what_to_do(clerk: TestClient, query: str) -> None:
    page = clerk.get(f"/van-ban?{query}").text
    assert "321/UBND-KT" not in page
    assert "Không có văn bản nào khớp" in page


def test_a_date_that_is_none_is_told(clerk: TestClient) -> None:
    answer = clerk.get("/van-ban?tu_ngay=31/02/2021")
    assert answer.status_code == 400
    assert "Không hiểu ngày “31/02/2021”" in answer.text


def test_a_letter_shows_values_tasks_references_and_its_text(clerk: TestClient, letter_id: int) -> None:
    page = clerk.get(f"/van-ban/{letter_id}").text
    for words in (
        "Sở Công Thương",
        "Sở Xây dựng",
        "114/2003/NĐ-CP",
        "trước ngày 20/3/2021",
        "19/03/2021",
        "Nguyễn Văn Thử",
        "Kính gửi",
    ):
        assert words in page, words
    assert "Quá hạn 5 ngày" in page, "due 10/3, today is 15/3"


def test_every_marked_value_has_its_place(clerk: TestClient) -> None:
    """A value that can light up and the place that lights up carry the same id."""
    found = clerk.get("/api/v1/letters", params={"limit": 200}).json()["items"]
    with_pages = next(item["id"] for item in found if item["file_name"] == "giai-ngan.pdf")
    page = clerk.get(f"/van-ban/{with_pages}").text
    spots = set(re.findall(r'data-spot="([^"]+)"', page))
    marks = set(re.findall(r'data-mark="([^"]+)"', page))
    assert len(spots) > 10
    assert {spot for spot in spots if spot[0] in "vtdrn"} <= marks
    assert "<rect" in page


def test_a_task_shows_its_conditions_exceptions_products_and_channel_with_their_places(
    clerk: TestClient, letter_id: int
) -> None:
    page = clerk.get(f"/van-ban/{letter_id}").text
    task = clerk.get(f"/api/v1/letters/{letter_id}").json()["tasks"][1]
    for name, words in (
        ("conditions", "trường hợp có nguy cơ cháy"),
        ("exceptions", "trừ chợ đã đóng cửa"),
        ("products", "phương án di dời"),
        ("channel", "Phòng Thương mại"),
    ):
        assert [each["text"] for each in task[name]] == [words]
        mark = f"n-{task['id']}-{name}-0"
        assert re.search(rf'data-mark="{mark}">{words}<', page), "on the task's card"
        assert re.search(rf'data-spot="[^"]*\b{mark}\b[^"]*">{words}<', page), "on the letter's page"
    assert re.search(rf'data-spot="[^"]*n-{task["id"]}-report_to-0[^"]*">Sở Công Thương<', page)


def test_page_images_are_png_and_kept_by_the_browser(clerk: TestClient) -> None:
    found = clerk.get("/api/v1/letters", params={"limit": 200}).json()["items"]
    with_pages = next(item["id"] for item in found if item["file_name"] == "giai-ngan.pdf")
    image = clerk.get(f"/van-ban/{with_pages}/trang/1.png")
    assert image.status_code == 200
    assert image.content.startswith(b"\x89PNG")
    again = clerk.get(f"/van-ban/{with_pages}/trang/1.png", headers={"If-None-Match": image.headers["etag"]})
    assert again.status_code == 304
    assert clerk.get(f"/api/v1/letters/{with_pages}/pages/1.png").content == image.content


def test_words_of_the_search_are_lit_on_the_page(clerk: TestClient) -> None:
    found = clerk.get("/api/v1/letters", params={"limit": 200}).json()["items"]
    with_pages = next(item["id"] for item in found if item["file_name"] == "giai-ngan.pdf")
    assert 'data-spot="hit"' in clerk.get(f"/van-ban/{with_pages}?tim=giai+ngan").text
    assert 'data-spot="hit"' not in clerk.get(f"/van-ban/{with_pages}").text


def test_a_corrected_value_is_shown_and_marked_and_two_at_once_are_noticed(
    clerk: TestClient, letter_id: int
) -> None:
    version = clerk.get(f"/api/v1/letters/{letter_id}").json()["version"]
    form = {"field": "subject", "value": "rà soát chợ dân sinh năm 2021", "version": version}
    assert clerk.post(f"/van-ban/{letter_id}/sua", data=form).status_code == 303
    page = clerk.get(f"/van-ban/{letter_id}").text
    assert "rà soát chợ dân sinh năm 2021" in page
    assert "đã sửa" in page
    stale = clerk.post(f"/van-ban/{letter_id}/sua", data=form | {"value": "khác"})
    assert stale.status_code == 409


def test_a_tasks_bodies_and_deadline_are_corrected_in_place(clerk: TestClient, letter_id: int) -> None:
    letter = clerk.get(f"/api/v1/letters/{letter_id}").json()
    task = next(each for each in letter["tasks"] if each["label"] == "1")
    path = f"/van-ban/{letter_id}/nhiem-vu/{task['id']}/sua"
    form = {"field": "responsible", "value": "Sở Công Thương\nSở Y tế\n", "version": letter["version"]}
    assert clerk.post(path, data=form).status_code == 303
    letter = clerk.get(f"/api/v1/letters/{letter_id}").json()
    form = {"field": "deadline", "value": "31/3/2021", "version": letter["version"]}
    assert clerk.post(path, data=form).status_code == 303
    letter = clerk.get(f"/api/v1/letters/{letter_id}").json()
    task = next(each for each in letter["tasks"] if each["id"] == task["id"])
    owed = {
        each["body"]: each
        for each in task["obligations"]
        if each["role"] == "lead" and not each["cancelled_on"]
    }
    assert set(owed) == {"Sở Công Thương", "Sở Y tế"}
    assert owed["Sở Y tế"]["due_on"] == "2021-03-31"


@pytest.mark.parametrize(
    ("field", "value"), [("issued_on", "hôm qua"), ("text_fold", "x"), ("id", "1"), ("direction", "ngang")]
)
def test_a_wrong_correction_is_refused_in_words(
    clerk: TestClient, letter_id: int, field: str, value: str
) -> None:
    version = clerk.get(f"/api/v1/letters/{letter_id}").json()["version"]
    answer = clerk.post(
        f"/van-ban/{letter_id}/sua", data={"field": field, "value": value, "version": version}
    )
    assert answer.status_code == 400
    assert "<h1>" in answer.text


def test_status_tabs_count_what_their_lists_hold(clerk: TestClient) -> None:
    page = clerk.get("/nhiem-vu?trang_thai=all").text
    tabs = re.findall(r'<a href="(/nhiem-vu[^"]*)"[^>]*>[^<]*<span class="count[^"]*">([\d.]+)</span>', page)
    assert len(tabs) == 8
    for href, count in tabs:
        shown = clerk.get(href.replace("&amp;", "&")).text
        number = re.search(r"trong ([\d.]+)</span>", shown)
        assert (number[1] if number else "0") == count, href


def test_tasks_filter_by_body_role_and_day_in_the_address(clerk: TestClient) -> None:
    mine = clerk.get("/nhiem-vu?trang_thai=all&co_quan=so+xay+dung&vai_tro=lead&han_truoc=12/3/2021").text
    assert "kiểm tra an toàn công trình chợ" in mine.lower()
    assert "Kiểm tra an toàn" not in clerk.get("/nhiem-vu?trang_thai=all&co_quan=khong+co+so+nay").text


def test_a_task_is_done_and_reopened(clerk: TestClient) -> None:
    row = clerk.get("/api/v1/tasks", params={"agency": "Sở Xây dựng", "status": "overdue"}).json()["items"][0]
    path = f"/nhiem-vu/{row['obligation_id']}"
    assert (
        clerk.post(f"{path}/hoan-thanh", data={"next": "/nhiem-vu?co_quan=x"}).headers["location"]
        == "/nhiem-vu?co_quan=x"
    )
    done = clerk.get("/api/v1/tasks", params={"agency": "Sở Xây dựng", "status": "done-late"}).json()["items"]
    assert row["obligation_id"] in [each["obligation_id"] for each in done]
    assert clerk.post(f"{path}/mo-lai").status_code == 303
    assert clerk.post(f"{path}/hoan-thanh", data={"next": "//evil.example"}).headers["location"] == "/"
    assert clerk.post(f"{path}/mo-lai").status_code == 303


@pytest.mark.parametrize("q", ["cho dan sinh", "chợ dân sinh", "321/UBND-KT", "321/ubnd-kt"])
def test_search_finds_with_and_without_diacritics_and_by_number(
    clerk: TestClient, room: Room, q: str
) -> None:
    room.work()
    page = clerk.get("/tim-kiem", params={"q": q}).text
    assert "321/UBND-KT" in re.sub("</?mark>", "", page)
    assert "<mark>" in page


@pytest.mark.parametrize(
    "q", ["<script>alert(1)</script>", '"', "(", "a" * 999, "-", "số:", "\x00", "%", "' OR 1=1 --"]
)
def test_any_text_is_a_valid_question_and_is_escaped(clerk: TestClient, q: str) -> None:
    answer = clerk.get("/tim-kiem", params={"q": q})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_citations_tell_letter_and_place(clerk: TestClient) -> None:
    page = clerk.get("/trich-dan", params={"q": "Nghị định 114/2003"}).text
    assert "321/UBND-KT" in page
    assert "114/2003/NĐ-CP" in page
    assert (
        clerk.get("/trich-dan", params={"q": "Nghị định 9999/1999"}).text.count(
            "Chưa có văn bản nào viện dẫn"
        )
        == 1
    )
    assert clerk.get("/trich-dan", params={"q": "xin chào"}).status_code == 400


def test_language_and_theme_are_kept(clerk: TestClient) -> None:
    assert '<html lang="vi"' in clerk.get("/van-ban").text
    clerk.post("/giao-dien", data={"language": "en", "theme": "dark", "next": "/van-ban"})
    page = clerk.get("/van-ban").text
    assert '<html lang="en" data-theme="dark">' in page
    assert "Letters" in page
    clerk.post("/giao-dien", data={"language": "vi", "theme": "auto"})
    assert "data-theme" not in clerk.get("/van-ban").text.split(">")[1]


def test_an_unknown_page_says_so_in_words(clerk: TestClient) -> None:
    answer = clerk.get("/khong-co-trang-nay")
    assert answer.status_code == 404
    assert "Không có trang hoặc dữ liệu này" in answer.text
    assert answer.headers["content-type"].startswith("text/html")


def test_lists_are_paged_by_link(clerk: TestClient, room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.routers.tasks_page.PER_PAGE", 2)
    seen: list[str] = []
    path = "/nhiem-vu?trang_thai=all"
    while path:
        page = clerk.get(path).text
        seen += re.findall(r'action="/nhiem-vu/(\d+)/', page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        path = following[1].replace("&amp;", "&") if following else ""
    total = clerk.get("/api/v1/tasks").json()["total"]
    assert total > 2
    assert len(seen) == len(set(seen)) == total
