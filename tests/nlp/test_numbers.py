"""Document numbers parse, print and match in every spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.numbers import DocumentNumber, NumberQuery, fold, parse_query, plain, symbol_key, type_of_symbol

PRINTED = [
    # printed, number, year, symbol
    ("61/2013/NĐ-CP", "61", 2013, "NĐ-CP"),
    ("2077/QĐ-TTg", "2077", None, "QĐ-TTg"),
    ("415/BKHĐT-TH", "415", None, "BKHĐT-TH"),
    ("08-NQ/TU", "08", None, "NQ/TU"),
    ("14-NQ/ĐUB", "14", None, "NQ/ĐUB"),
    ("157-CP", "157", None, "CP"),
    ("88-CV/TW", "88", None, "CV/TW"),
    ("81/TTg-KTN", "81", None, "TTg-KTN"),
    ("30a/NQ-CP", "30a", None, "NQ-CP"),
    ("1422/SNV-CCHC&PC", "1422", None, "SNV-CCHC&PC"),
    ("07/2014/TTLT-BNV-BTC", "07", 2014, "TTLT-BNV-BTC"),
    ("46/2024/QH15", "46", 2024, "QH15"),
    ("1023/2020/UBTVQH14", "1023", 2020, "UBTVQH14"),
    ("21/VBHN-VPQH", "21", None, "VBHN-VPQH"),
    ("05/QyĐ-UBND", "05", None, "QyĐ-UBND"),
    ("36/TCTTTg", "36", None, "TCTTTg"),
    ("212/V28-P5", "212", None, "V28-P5"),
]


@pytest.mark.parametrize(("printed", "number", "year", "symbol"), PRINTED)
def test_parts_and_canonical_form(printed: str, number: str, year: int | None, symbol: str) -> None:
    found = DocumentNumber.parse(printed)
    assert found is not None
    assert (found.number, found.year, found.symbol) == (number, year, symbol)
    assert str(found) == printed


@pytest.mark.parametrize(
    ("damaged", "meant"),
    [
        ("61 / 2013 / NĐ - CP", "61/2013/NĐ-CP"),
        ("61/2013/NĐ–CP", "61/2013/NĐ-CP"),
        ("61⁄2013/NÐ-CP", "61/2013/NĐ-CP"),
        ("08 - NQ/TU", "08-NQ/TU"),
        ("415/BKHĐT-\nTH", "415/BKHĐT-TH"),
    ],
)
def test_damaged_spelling_prints_clean(damaged: str, meant: str) -> None:
    assert str(DocumentNumber.parse(damaged)) == meant


@pytest.mark.parametrize(
    "text", ["", "12", "12/5/2020", "2020", "QĐ-UBND", "12/", "/QĐ-UBND", "ngày 5", "12/2020"]
)
def test_what_is_no_number(text: str) -> None:
    assert DocumentNumber.parse(text) is None


groups = st.from_regex(r"[A-ZĐ]{1,5}([0-9]{1,2})?", fullmatch=True)
numbers = st.builds(
    DocumentNumber,
    number=st.from_regex(r"[0-9]{1,5}[a-z]?", fullmatch=True),
    symbol=st.lists(groups, min_size=1, max_size=3).map("-".join),
    year=st.none() | st.integers(1945, 2099),
)
party = st.builds(
    DocumentNumber,
    number=st.from_regex(r"[0-9]{1,4}", fullmatch=True),
    symbol=st.tuples(st.sampled_from(["NQ", "QĐ", "CTr", "KL"]), groups).map("/".join),
    year=st.none(),
    separator=st.just("-"),
)


@given(numbers | party)
def test_what_is_printed_parses_to_itself(number: DocumentNumber) -> None:
    assert DocumentNumber.parse(str(number)) == number


@given(numbers | party)
def test_a_number_matches_its_own_spelling_in_any_case(number: DocumentNumber) -> None:
    assert number.matches(str(number))
    assert number.matches(fold(str(number)))


@given(st.text(max_size=60))
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert len(plain(text)) == len(text)


@given(st.text(max_size=40))
def test_no_text_makes_the_parsers_raise(text: str) -> None:
    DocumentNumber.parse(text)
    parse_query(text)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("07/2006/QĐ-UB", "7/2006/QĐ-UBND"),
        ("61/2013/NĐ-CP", "61/2013/nd - cp"),
        ("08-NQ/TU", "8/NQ-TU"),
    ],
)
def test_spellings_of_one_number_share_a_key(left: str, right: str) -> None:
    one, other = DocumentNumber.parse(left), DocumentNumber.parse(right.upper())
    assert one is not None
    assert other is not None
    assert one.key() == other.key()


def test_years_and_organs_keep_numbers_apart() -> None:
    keys = {
        DocumentNumber.parse(t).key() for t in ("5/QĐ-UBND", "5/QĐ-HĐND", "5/2020/QĐ-UBND", "5/2021/QĐ-UBND")
    }  # type: ignore[union-attr]
    assert len(keys) == 4


QUERIES = [
    ("61/2013", NumberQuery(None, "61", 2013, None)),
    ("nđ 61/2013/nd-cp", NumberQuery("nghị định", "61", 2013, "nd-cp")),
    ("Nghị định 61/2013", NumberQuery("nghị định", "61", 2013, None)),
    ("NĐ 157/2006", NumberQuery("nghị định", "157", 2006, None)),
    ("Nghị định số 61/2013/NĐ-CP", NumberQuery("nghị định", "61", 2013, "nd-cp")),
    ("2077/QĐ-TTg năm 2016", NumberQuery(None, "2077", 2016, "qd-ttg")),
    ("08-NQ/TU", NumberQuery(None, "08", None, "nq/tu")),
    ("Kế hoạch 512", NumberQuery("kế hoạch", "512", None, None)),
    ("số 1488", NumberQuery(None, "1488", None, None)),
    ("cong van 33/ubnd", NumberQuery("công văn", "33", None, "ubnd")),
    ("văn bản 33/UBND-KT", NumberQuery(None, "33", None, "ubnd-kt")),
]


@pytest.mark.parametrize(("typed", "meant"), QUERIES)
def test_shorthand_of_users(typed: str, meant: NumberQuery) -> None:
    assert parse_query(typed) == meant


@pytest.mark.parametrize(
    "typed", ["", "khuyến công", "512", "25/5/2020", "họp tháng 5", "quyết định", "năm 2020", "báo cáo quý"]
)
def test_what_is_no_query_for_a_number(typed: str) -> None:
    assert parse_query(typed) is None


@pytest.mark.parametrize(
    ("printed", "typed", "hit"),
    [
        ("61/2013/NĐ-CP", "61/2013", True),
        ("61/2013/NĐ-CP", "nđ 61/2013/nd-cp", True),
        ("61/2013/NĐ-CP", "Nghị định 61", True),
        ("61/2013/NĐ-CP", "Thông tư 61/2013", False),
        ("61/2013/NĐ-CP", "161/2013", False),
        ("61/2013/NĐ-CP", "61/2012", False),
        ("2077/QĐ-TTg", "2077/qđ", True),
        ("2077/QĐ-TTg", "2077/qđ-bct", False),
        ("07/2006/QĐ-UB", "7/2006/QĐ-UBND", True),
        ("08-NQ/TU", "8-nq/tu", True),
    ],
)
def test_matching_a_users_words(printed: str, typed: str, hit: bool) -> None:
    number = DocumentNumber.parse(printed)
    assert number is not None
    assert number.matches(typed) is hit


def test_year_of_the_date_answers_for_codes_without_one() -> None:
    number = DocumentNumber.parse("2077/QĐ-TTg")
    assert number is not None
    assert number.matches("2077/2016", year=2016)
    assert not number.matches("2077/2016", year=2017)


@pytest.mark.parametrize(
    ("symbol", "kind"),
    [
        ("NĐ-CP", "nghị định"), ("QĐ-TTg", "quyết định"), ("CTr-UBND", "chương trình"), ("CT-TTg", "chỉ thị"),
        ("TTLT-BNV-BTC", "thông tư liên tịch"), ("ND-CP", "nghị định"), ("BCT-CNĐP", None), ("QH15", None), ("UBND-KT", None),
    ],
)  # fmt: skip
def test_type_by_symbol(symbol: str, kind: str | None) -> None:
    assert type_of_symbol(symbol) == kind


def test_ub_is_ubnd() -> None:
    assert symbol_key("QĐ-UB") == symbol_key("qd - ubnd")
