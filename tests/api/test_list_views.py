"""Saved views and chosen columns of the lists of tasks and of letters."""

from __future__ import annotations

import re

import pytest

from api.routers.list_views_page import query_of
from register import list_views
from tests.api.test_dashboard import Board, board  # noqa: F401


def test_a_view_is_kept_by_name_opened_replaced_and_forgotten(board: Board) -> None:  # noqa: F811
    leader = board.leader
    address = "/nhiem-vu?trang_thai=overdue&co_quan=“Sở+Y+tế”&an=letter&trang=3"
    answer = leader.post("/nhiem-vu/cach-xem", data={"ten": " Quá hạn  y tế ", "dia_chi": address})
    assert answer.status_code == 303
    target = answer.headers["location"]
    assert "trang=3" not in target
    page = leader.get(target).text
    assert ">Quá hạn y tế</a>" in page
    assert "no-letter" in page
    leader.post("/nhiem-vu/cach-xem", data={"ten": "Quá hạn y tế", "dia_chi": "/nhiem-vu?trang_thai=all"})
    page = leader.get("/nhiem-vu").text
    assert page.count(">Quá hạn y tế</a>") == 1
    assert 'href="/nhiem-vu?trang_thai=all">Quá hạn y tế' in page
    [number] = re.findall(r"/nhiem-vu/cach-xem/(\d+)/xoa", page)
    assert leader.post(f"/nhiem-vu/cach-xem/{number}/xoa").status_code == 303
    assert "Quá hạn y tế" not in leader.get("/nhiem-vu").text
    assert leader.post(f"/nhiem-vu/cach-xem/{number}/xoa").status_code == 404


@pytest.mark.parametrize("name", ["", "  ", "x" * 81])
def test_a_name_that_is_none_is_refused(board: Board, name: str) -> None:  # noqa: F811
    assert board.leader.post("/nhiem-vu/cach-xem", data={"ten": name, "dia_chi": "/nhiem-vu"}).status_code in (400, 422)


def test_there_is_an_end_to_views(board: Board) -> None:  # noqa: F811
    for number in range(list_views.MOST):
        assert board.leader.post("/nhiem-vu/cach-xem", data={"ten": f"v{number}"}).status_code == 303
    assert board.leader.post("/nhiem-vu/cach-xem", data={"ten": "một nữa"}).status_code == 400


def test_only_filters_status_form_and_columns_make_a_view() -> None:
    assert query_of("/nhiem-vu?viec=chợ&xem=bang&la=1&trang=2", "tasks") == "viec=ch%E1%BB%A3&xem=bang"
    assert query_of("https://x.example/y?next=//z", "tasks") == ""
    assert query_of("/nhiem-vu?" + "la=1&" * 300 + "xem=bang", "tasks") == "xem=bang"


def test_a_column_is_hidden_and_shown_by_a_link(board: Board) -> None:  # noqa: F811
    page = board.leader.get("/nhiem-vu?an=letter,x").text
    assert "no-letter" in page
    assert "no-x" not in page
    assert re.search(r'href="/nhiem-vu\?an=letter%2Cstatus"', page)
    assert 'href="/nhiem-vu"><span aria-hidden="true">☐' in page


def test_letters_have_views_and_columns_of_their_own(board: Board) -> None:  # noqa: F811
    clerk = board.leader
    address = "/van-ban?tinh_trang=unreviewed&loai=công+văn&an=issuer&trang=2&viec=x"
    target = clerk.post("/van-ban/cach-xem", data={"ten": "Chưa xem", "dia_chi": address}).headers["location"]
    assert target == "/van-ban?tinh_trang=unreviewed&loai=c%C3%B4ng+v%C4%83n&an=issuer"
    page = clerk.get(target).text
    assert ">Chưa xem</a>" in page
    assert "Cơ quan ban hành</th>" not in page
    assert 'name="an" value="issuer"' in page  # another filter keeps the columns
    assert "Cơ quan ban hành</th>" in clerk.get("/van-ban").text
    assert "Chưa xem" not in clerk.get("/nhiem-vu").text
    [number] = re.findall(r"/van-ban/cach-xem/(\d+)/xoa", page)
    assert clerk.post(f"/nhiem-vu/cach-xem/{number}/xoa").status_code == 404
    assert clerk.post(f"/van-ban/cach-xem/{number}/xoa").status_code == 303
    assert "Chưa xem" not in clerk.get("/van-ban").text


@pytest.mark.parametrize("column", ["incoming", "date", "issuer", "tasks", "state"])
def test_a_column_of_the_letters_goes_with_its_cells(board: Board, column: str) -> None:  # noqa: F811
    whole, less = (board.leader.get(f"/van-ban?an={each}").text for each in ("", column))
    heads, fewer = (text[text.index("<table") : text.index("</thead>")].count("<th") for text in (whole, less))
    cells, left = (text[text.index("<tbody>") : text.index("</tbody>")].count("<td") for text in (whole, less))
    letters = whole[whole.index("<tbody>") :].count("<tr>")
    assert heads - fewer in (0, 1) if column == "incoming" else heads - fewer == 1
    assert cells - left == letters * (heads - fewer)
