"""The language of the search box."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.query import HELP, MAX_CLAUSES, NumberClause, Words, due_range, parse
from search.statuses import STATUSES, status_named
from search.types import Number


def words(text: str) -> list[tuple[str, ...]]:
    return [clause.exact for clause in parse(text).required if isinstance(clause, Words)]


def numbers(text: str) -> list[Number]:
    return [clause.number for clause in parse(text).required if isinstance(clause, NumberClause)]


def test_words_phrases_and_exclusions() -> None:
    parsed = parse('khuyến công "cơ sở dữ liệu" -bãi -"hết hạn" “hai lần”')
    assert words('khuyến công "cơ sở dữ liệu" -bãi -"hết hạn" “hai lần”') == [
        ("cơ", "sở", "dữ", "liệu"),
        ("hai", "lần"),
        ("khuyến",),
        ("công",),
    ]
    assert [clause.folded for clause in parsed.excluded if isinstance(clause, Words)] == [
        ("bai",),
        ("het", "han"),
    ]
    assert parsed.diacritics
    assert not parse("khuyen cong").diacritics


def test_a_hyphen_inside_a_word_excludes_nothing() -> None:
    assert parse("phòng-chống").excluded == ()
    assert words("phòng-chống") == [("phòng", "chống")]
    assert words("a - b") == [("a",), ("b",)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("45/2012", Number("45", None, 2012, None)),
        ("nđ 45/2012/nd-cp", Number("45", "nghị định", 2012, "nd-cp")),
        ("Nghị định số 45/2012", Number("45", "nghị định", 2012, None)),
        ("1288/QĐ-TTg năm 2014", Number("1288", None, 2014, "qd-ttg")),
        ("số 1617", Number("1617", None, None, None)),
        ("thủy lợi theo nghị định 45/2012", Number("45", "nghị định", 2012, None)),
    ],
)
def test_numbers_are_understood_without_a_prefix(text: str, number: Number) -> None:
    assert numbers(text) == [number]


@pytest.mark.parametrize(
    "text",
    ["20/5/2020", "ngày 20/5/2020", "tháng 5/2020", "quý 2/2020", "năm 2020", "1617", "2,8%", "24/7", "a/b"],
)
def test_dates_and_plain_numbers_are_no_document_numbers(text: str) -> None:
    assert numbers(text) == []
    assert words(text)


def test_fields() -> None:
    parsed = parse(
        "thủy lợi số:1617/BCT cơ quan:Sở Công Thương, Sở Y tế; đê điều trạng thái:quá hạn hạn:<=5/2020"
    )
    assert parsed.numbers == (Number("1617", None, None, "bct"),)
    assert parsed.agencies == ("Sở Công Thương, Sở Y tế",)
    assert parsed.statuses == ("overdue",)
    assert (parsed.due_from, parsed.due_to) == (None, date(2020, 5, 31))
    assert [clause.exact[0] for clause in parsed.required if isinstance(clause, Words)] == [
        "thủy",
        "lợi",
        "đê",
        "điều",
    ]
    assert parsed.notes == ()


@pytest.mark.parametrize("name", ["trích dẫn", "TRÍCH DẪN", "trich dan", "Trich  dan"[:5] + " dan"])
def test_field_names_need_no_diacritics(name: str) -> None:
    assert parse(f"{name}: Nghị định 45/2012 về").cited == (Number("45", "nghị định", 2012, None),)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Luật Đất đai số 45/2013/QH13", []),
        ("vướng mắc luật đất đai 45/2013/QH13", ["vướng", "mắc"]),
        ("Luật Ban hành văn bản quy phạm pháp luật số 80/2015/QH13", []),
        ("Luật Nhà ở số 45/2013/QH13", ["luật", "nhà", "ở"]),
    ],
)
def test_a_law_s_name_beside_its_number_is_no_further_word(text: str, left: list[str]) -> None:
    parsed = parse(text)
    assert len([each for each in parsed.required if isinstance(each, NumberClause)]) == 1
    assert [clause.exact[0] for clause in parsed.required if isinstance(clause, Words)] == left


@pytest.mark.parametrize("text", ["trích dẫn:Luật Đất đai năm 2013", "trích dẫn: luat dat dai 2013", "trích dẫn:Luật Đất đai số 45/2013/QH13"])
def test_laws_are_cited_by_name(text: str) -> None:
    (law,) = parse(text).cited
    assert (law.number, law.year, (law.symbol or "").lower()) == ("45", 2013, "qh13")


@pytest.mark.parametrize("text", ["trích dẫn:Luật Đất đai năm 1913", "trích dẫn:Luật Không có năm 2013"])
def test_a_law_that_is_not_known_is_sought_as_words(text: str) -> None:
    assert parse(text).cited == ()
    assert parse(text).notes


@pytest.mark.parametrize("text", ["số:abc", "hạn:mai", "trạng thái:tím", "trích dẫn:luật"])
def test_a_field_not_understood_is_noted_and_sought_as_words(text: str) -> None:
    parsed = parse(text)
    assert len(parsed.notes) == 1
    assert parsed.required


def test_a_word_with_a_colon_is_no_field() -> None:
    parsed = parse("Kính gửi: ban quản lý: hạn chế")
    assert parsed.notes == ()
    assert ("gửi",) in [clause.exact for clause in parsed.required if isinstance(clause, Words)]
    assert parsed.agencies == ()


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("20/5/2020", (date(2020, 5, 20), date(2020, 5, 20))),
        ("2020-05-20", (date(2020, 5, 20), date(2020, 5, 20))),
        ("5/2020", (date(2020, 5, 1), date(2020, 5, 31))),
        ("2/2020", (date(2020, 2, 1), date(2020, 2, 29))),
        ("2020", (date(2020, 1, 1), date(2020, 12, 31))),
        ("<20/5/2020", (None, date(2020, 5, 19))),
        ("<5/2020", (None, date(2020, 4, 30))),
        ("<= 5/2020", (None, date(2020, 5, 31))),
        (">5/2020", (date(2020, 6, 1), None)),
        (">=20/5/2020", (date(2020, 5, 20), None)),
        ("1/5/2020..6/2020", (date(2020, 5, 1), date(2020, 6, 30))),
    ],
)
def test_due_days(text: str, days: tuple[date | None, date | None]) -> None:
    assert due_range(text) == days


@pytest.mark.parametrize(
    "text", ["", "31/2/2020", "13/2020", "0/2020", "20/5", "mai", "..", "<", "1..x", "99999", "0000"]
)
def test_what_is_no_due_day(text: str) -> None:
    assert due_range(text) is None


def test_statuses_have_names_for_people() -> None:
    for name, vietnamese in STATUSES.items():
        assert status_named(vietnamese.upper()) == name
        assert status_named(name) == name
        assert vietnamese in HELP
    assert status_named("qua han") == "overdue"
    assert status_named("tím") is None


@given(st.text(max_size=300))
@settings(max_examples=500, deadline=None)
def test_any_text_is_a_query(text: str) -> None:
    parsed = parse(text)
    assert len(parsed.required) <= MAX_CLAUSES
    assert parse(text) == parsed


@given(
    st.lists(
        st.sampled_from(
            [
                '"',
                "-",
                "số:",
                "cơ quan:",
                "hạn:",
                "trạng thái:",
                "trích dẫn:",
                ";",
                "..",
                "<",
                "45/2012",
                "nghị định",
                "5/2020",
                "quá hạn",
                " ",
                "a",
                "ế",
                "/",
                "(",
                "*",
                "\x00",
                "1617/BCT-CNĐP",
            ]
        ),
        max_size=25,
    ).map("".join)
)
@settings(max_examples=500, deadline=None)
def test_any_heap_of_syntax_is_a_query(text: str) -> None:
    parse(text)
