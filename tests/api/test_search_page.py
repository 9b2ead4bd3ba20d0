"""The search page and its files: help, long and hostile texts, hits on the image, the lag, exports."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook

from api import exports
from api.app import create_app
from api.gate import COOKIE
from api.i18n import Words
from register import audit, outbox
from register.clock import now
from search.types import Document as Indexed
from search.types import Hit, Marked, PageText, Upsert
from tests.api.conftest import Room


@pytest.mark.parametrize(
    "text",
    ["chợ " * 2500, "x" * 10_000, "!!!???...", "/.*.*.*x/", "*" * 500, "(" * 300, '"' * 99, "số:" * 50],
)
def test_no_text_is_an_error(clerk: TestClient, text: str) -> None:
    page = clerk.get("/tim-kiem", params={"q": text})
    assert page.status_code == 200, page.text[:300]
    answer = clerk.get("/api/v1/search", params={"q": text})
    assert answer.status_code == 200
    assert clerk.get("/api/v1/search/export", params={"q": text}).status_code == 200


def test_a_long_text_is_cut_and_that_is_said(clerk: TestClient) -> None:
    assert "chỉ dùng 1000 ký tự đầu" in clerk.get("/tim-kiem", params={"q": "chợ " * 2500}).text


def test_the_way_to_type_is_told_in_both_languages(clerk: TestClient) -> None:
    page = clerk.get("/tim-kiem").text
    for field in ("số:", "cơ quan:", "hạn:", "trạng thái:", "trích dẫn:"):
        assert field in page
    assert "văn bản có viện dẫn văn bản ấy" in page
    clerk.cookies.set("dondoc_language", "en")
    assert "letters that cite this document" in clerk.get("/tim-kiem").text


def test_a_hit_leads_to_its_page_with_the_words_lit_on_the_image(clerk: TestClient) -> None:
    page = clerk.get("/tim-kiem", params={"q": '"giải ngân"'}).text
    link = re.search(r'<div class="title"><a href="(/van-ban/\d+\?[^"]*)"', page)
    assert link is not None
    address = link[1].replace("&amp;", "&")
    assert "trang=1" in address
    letter = clerk.get(address).text
    lit = re.findall(r'class="spot hit".*?</g>', letter, re.DOTALL)
    assert lit
    only = clerk.get(re.sub(r"tim=[^&#]*", "tim=ng%C3%A2n", address)).text
    both = lit[0].count("<rect")
    assert both % 2 == 0, "two words of each phrase"
    assert len(re.findall("<rect", re.findall(r'class="spot hit".*?</g>', only, re.DOTALL)[0])) >= both // 2


def test_what_is_excluded_or_names_a_field_is_not_lit(clerk: TestClient, letter_id: int) -> None:
    lit = clerk.get(f"/van-ban/{letter_id}", params={"tim": "chợ -kiểm cơ quan:Sở Xây dựng"}).text
    marked = {
        re.sub("<[^>]+>", "", each).strip().lower()
        for each in re.findall(r'<mark class="hit">(.*?)</mark>', lit, re.DOTALL)
    }
    assert marked == {"chợ"}


def test_a_letter_that_left_the_register_is_found_no_more_although_the_index_is_behind(
    room: Room, clerk: TestClient
) -> None:
    """Such as one that turned out to be confined."""
    ghost = Indexed(
        "letters", "987654", 1, "987654", "Văn bản không còn trong sổ", (PageText(1, "điều bí ẩn duy nhất"),)
    )
    room.services.engine.apply([Upsert(ghost)])
    room.services.engine.refresh()
    for path in ("/tim-kiem?q=bí+ẩn", "/api/v1/search?q=bí+ẩn", "/api/v1/search/export?q=bí+ẩn"):
        text = clerk.get(path).text
        assert "duy nhất" not in text, path
        assert "không còn trong sổ" not in text
    assert clerk.get("/api/v1/search?q=bí+ẩn").json()["total"] == 0


def test_every_page_says_how_far_the_index_is_behind(
    room: Room, tokens: dict[str, str], letter_id: int
) -> None:
    room.work()
    later = lambda: now() + timedelta(minutes=5)  # noqa: E731
    with room.services.database.transaction() as s:
        outbox.put(s, "letter", 999_001, 1, "delete", at=now())
        outbox.put(s, "letter", 999_002, 1, "delete", at=now())
    try:
        with TestClient(create_app(replace(room.services, now=later))) as client:
            client.cookies.set(COOKIE, tokens["clerk"])
            for path in ("/tim-kiem", "/van-ban", f"/van-ban/{letter_id}", "/nhiem-vu", "/tiep-nhan"):
                assert "Chỉ mục tìm kiếm đang chậm: 2 thay đổi" in client.get(path).text, path
        room.work()
        with TestClient(create_app(replace(room.services, now=later))) as client:
            client.cookies.set(COOKIE, tokens["clerk"])
            assert "Chỉ mục tìm kiếm đang chậm" not in client.get("/tim-kiem").text
    finally:
        room.work()


def test_results_are_exported_as_csv(clerk: TestClient, room: Room) -> None:
    answer = clerk.get("/tim-kiem/xuat", params={"q": "chợ", "dang": "csv"})
    assert answer.headers["content-type"].startswith("text/csv")
    assert "attachment" in answer.headers["content-disposition"]
    assert answer.content.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert head[:3] == ["Số, ký hiệu", "Ngày văn bản", "Loại văn bản"]
    (row,) = [row for row in rows if row[0] == "321/UBND-KT"]
    assert row[1] == "02/03/2021"
    assert row[-1].startswith("http://testserver/van-ban/")
    with room.services.database.reading() as s:
        assert any(entry.action == "search-exported" for entry in audit.listing(s))


def test_results_are_exported_as_xlsx(clerk: TestClient) -> None:
    answer = clerk.get("/api/v1/search/export", params={"q": "", "kind": "tasks", "format": "xlsx"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    head, *rows = sheet.iter_rows(values_only=True)
    assert head[:4] == ("Nhiệm vụ", "Cơ quan thực hiện", "Hạn", "Tình trạng")
    assert any(row[3] == "Quá hạn" for row in rows)


def test_filters_of_the_page_hold_for_its_export(clerk: TestClient) -> None:
    page = clerk.get("/tim-kiem", params={"loai": "tasks", "co_quan": "Sở Xây dựng"}).text
    link = re.search(r'href="(/tim-kiem/xuat\?[^"]*dang=csv[^"]*)"', page)
    assert link is not None
    _, *rows = csv.reader(io.StringIO(clerk.get(link[1].replace("&amp;", "&")).content.decode("utf-8-sig")))
    assert rows
    assert all("Sở Xây dựng" in row[1] for row in rows)


@pytest.mark.parametrize(
    "text", ["=1+1", "+84 28", "-2", "@SUM(A1)", "\t=1", " =cmd|' /C calc'!A0", "|x", "%0A=1"]
)
def test_no_cell_is_a_formula(text: str) -> None:
    hit = Hit(
        "letters",
        "1",
        "1",
        Marked(text),
        Marked(text),
        1,
        0.0,
        fields={"subject": text, "code": text, "file": text},
    )
    cells = exports.row(hit, Words("vi"), lambda _: "http://x/1", lambda _: None)
    for form in ("csv", "xlsx"):
        with exports.written(form, "letters", [cells], Words("vi")) as held:  # type: ignore[arg-type]
            data = held.read()
        if form == "csv":
            values = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))[1]
        else:
            (row,) = load_workbook(io.BytesIO(data)).active.iter_rows(min_row=2)  # type: ignore[union-attr]
            assert "f" not in {cell.data_type for cell in row}
            values = [str(cell.value or "") for cell in row]
        assert not any(re.match(r"\s*[=+\-@|%]", value) for value in values), form


@pytest.mark.parametrize("text", ["Sở Y tế", "321/UBND-KT", "“trích dẫn”", "a=b", "1-2"])
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    assert exports.harmless(text) == text


def test_characters_that_no_sheet_takes_are_left_out() -> None:
    assert exports.harmless("a\x00b\x0bc\ud800") == "abc"
    hit = Hit("letters", "1", "1", Marked("x"), Marked("a\x00\x07b"), None, 0.0, issued_on=date(2021, 3, 2))
    cells = exports.row(hit, Words("en"), lambda _: "", lambda _: None)
    with exports.written("xlsx", "letters", [cells], Words("en")) as held:
        assert load_workbook(held).active is not None


def test_an_engine_that_is_away_is_told_and_exports_nothing(room: Room, tokens: dict[str, str]) -> None:
    from search.elastic import ElasticEngine

    services = replace(room.services, engine=ElasticEngine("http://127.0.0.1:9", timeout=2))
    with TestClient(create_app(services)) as client:
        client.cookies.set(COOKIE, tokens["clerk"])
        assert client.get("/tim-kiem/xuat?q=x").status_code == 503
        assert client.get("/api/v1/search/export?q=x").status_code == 503
        assert "tạm ngưng" in client.get("/tim-kiem?q=x").text


def test_strangers_export_nothing(client: TestClient) -> None:
    assert client.get("/api/v1/search/export?q=x").status_code == 401
    assert client.get("/tim-kiem/xuat?q=x").status_code == 303
