"""Analysis of Vietnamese for the index."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.numbers import DocumentNumber
from search.analysis import Analysis, Streams, agency_tokens, asked_tokens, forms, number_tokens, tidy, tokens
from search.fts import COLUMNS
from search.query import known_number
from search.types import Number

from .conftest import letter


def exact(text: str) -> list[str]:
    return [token.exact for token in tokens(tidy(text))]


def folded(text: str) -> list[str]:
    return [token.folded for token in tokens(tidy(text))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà thuận", "hòa thuận"),
        ("Uỷ ban", "ủy ban"),
        ("thuý", "thúy"),
        ("khoẻ", "khỏe"),
        ("quí", "quý"),
        ("qui định", "quy định"),
        ("kĩ thuật", "kỹ thuật"),
        ("công ti", "công ty"),
        ("tỉ lệ", "tỷ lệ"),
        ("05/02", "5/2"),
        ("007", "7"),
        ("ĐÔN ĐỐC", "đôn đốc"),
        ("NÐ", "nđ"),
        ("45⁄2012", "45/2012"),
        ("a\u00a0b", "a b"),
        ("soft\u00adhyphen", "softhyphen"),
        (unicodedata.normalize("NFD", "Đắk Nông ế ộ"), "đắk nông ế ộ"),
    ],
)
def test_spellings_of_one_word_have_one_form(one: str, other: str) -> None:
    assert exact(one) == exact(other)
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tổ", "tố"),
        ("hoàn", "hòan"),  # no such syllable: only open ones have two spellings of the tone
        ("tai", "tay"),
        ("mùi", "mùy"),
        ("hai", "hay"),
        ("50", "5"),
        ("đa", "da"),
        ("0", "00a"),
    ],
)
def test_different_words_keep_different_exact_forms(one: str, other: str) -> None:
    assert exact(one) != exact(other)


def test_folding_drops_every_mark_and_keeps_the_letters() -> None:
    letters = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
    assert folded(letters + letters.upper())[0].strip("aeiouyd") == ""
    assert folded("Nguyễn Đình Thướng Đặng") == ["nguyen", "dinh", "thuong", "dang"]


def test_tokens_know_their_place() -> None:
    text = tidy("V/v “khuyến công” 2,8% (Điều 5)")
    assert [text[token.start : token.end] for token in tokens(text)] == [
        "V",
        "v",
        "khuyến",
        "công",
        "2",
        "8",
        "Điều",
        "5",
    ]


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_streams_hold_only_characters_that_no_tokenizer_cuts(text: str) -> None:
    streams = Analysis(segment=lambda words: [words]).streams(
        letter("a", tidy(text), tidy(text), agencies=(text,))
    )
    assert len(COLUMNS) == len(Streams.__slots__)
    vietnamese = r"[0-9a-zđàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
    for column in COLUMNS:
        for token in getattr(streams, column).split(" "):
            assert re.fullmatch(vietnamese + r"_ðäëïöüñçåæøßíîû]*", token) or re.fullmatch(r"\w*", token), (
                token
            )
            assert len(token) <= 255


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_tidying_twice_is_tidying_once(text: str) -> None:
    once = tidy(text)
    assert tidy(once) == once
    once.encode("utf-8")
    assert "\x00" not in once


@given(st.text(alphabet="oeuyaáàảãạýỳỷỹỵóòỏõọúùủũụqkhtlmi", min_size=1, max_size=6))
def test_forms_are_stable(word: str) -> None:
    exact_form, folded_form = forms(word)
    assert forms(exact_form) == (exact_form, folded_form)
    assert forms(folded_form)[1] == folded_form


CODES = st.builds(
    DocumentNumber,
    number=st.integers(1, 99999).map(str),
    symbol=st.sampled_from(
        ["NĐ-CP", "QĐ-TTg", "BCT-CNĐP", "CT-UBND", "SNV-CCHC&PC", "TTLT-VPCP-BNV", "NQ/TW"]
    ),
    year=st.none() | st.integers(1990, 2030),
)


@given(CODES, st.booleans(), st.booleans())
@settings(deadline=None)
def test_every_shorthand_of_a_number_has_its_token(
    code: DocumentNumber, with_zero: bool, lower: bool
) -> None:
    own = number_tokens(Number(code.number, None, code.year, code.symbol))
    asked = [str(code), f"{code.number}/{code.symbol}", f"số {code.number}"]
    if code.year:
        asked.append(f"{code.number}/{code.year}")
    for text in asked:
        spelled = f"0{text}" if with_zero and text[0].isdigit() else text
        number = known_number(spelled.lower() if lower else spelled)
        assert number is not None, spelled
        assert set(asked_tokens(number)) & set(own), spelled
    other = known_number(f"{int(code.number) + 1}/{code.symbol}")
    assert other is not None
    assert not set(asked_tokens(other)) & set(own)


def test_a_type_finds_documents_of_that_type_or_of_unknown_type() -> None:
    asked = set(asked_tokens(Number("45", "nghị định", 2012)))
    assert asked & set(number_tokens(Number("45", "nghị định", 2012, "NĐ-CP")))
    assert asked & set(number_tokens(Number("45", None, 2012, "NĐ-CP")))
    assert not asked & set(number_tokens(Number("45", "thông tư", 2012, "TT-BTC")))
    assert not asked & set(number_tokens(Number("45", "nghị định", 2013, "NĐ-CP")))


def test_names_of_agencies_fold() -> None:
    assert agency_tokens("Sở TN&MT tỉnh Đắk Lắk") == ["so", "tn", "mt", "tinh", "dak", "lak"]


def test_the_real_segmenter_joins_syllables_into_words() -> None:
    found = Analysis().words("Sở Công Thương báo cáo kết quả hoạt động khuyến công")
    assert "báo_cáo" in found
    assert "kết_quả" in found
    assert all("_" in word for word in found)
