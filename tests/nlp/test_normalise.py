"""Spelling brought to one form without losing the place of a letter."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.normalise import clean, fold, is_syllable, nfc, plain_tone, squeeze

VIETNAMESE = st.text(
    alphabet="aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ "
    "AĐÊÔƠƯ-–/.,;:0123456789"
)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Ủy ban nhân dân", "uy ban nhan dan"),
        ("ĐẮK NÔNG", "dak nong"),
        ("Ðà Nẵng – Huế", "da nang - hue"),
        ("nđ 45/2012/NĐ-CP", "nd 45/2012/nd-cp"),
    ],
)
def test_folding_drops_marks_case_and_the_bar_of_d(written: str, folded: str) -> None:
    assert fold(written) == folded
    assert fold(unicodedata.normalize("NFD", written)) == folded


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hoá", "hóa"),
        ("Uỷ ban", "Ủy ban"),
        ("UỶ BAN", "ỦY BAN"),
        ("hoả tốc", "hỏa tốc"),
        ("thuỷ lợi", "thủy lợi"),
        ("Thừa Thiên Huế; khoẻ", "Thừa Thiên Huế; khỏe"),
        ("toà nhà", "tòa nhà"),
    ],
)
def test_old_tone_placing_becomes_new(old: str, new: str) -> None:
    assert plain_tone(old) == new


@pytest.mark.parametrize(
    "same", ["quý II", "quỹ đất", "hoàn thành", "hóa", "ủy", "Hoàng", "tuyến", "xoáy", "QUÝ"]
)
def test_what_is_already_right_stays(same: str) -> None:
    assert plain_tone(same) == same


def test_look_alikes_become_plain() -> None:
    assert clean("27\u20444/2012 N\u00d0\u2011CP\u00ad x\u00a0y\ufeff") == "27/4/2012 NĐ-CP x y"
    assert clean("Độc lập – Tự do — Hạnh phúc") == "Độc lập – Tự do — Hạnh phúc"


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(nfc(text))
    assert fold(fold(text)) == fold(text)


@given(VIETNAMESE)
def test_tone_placing_keeps_length_and_is_stable(text: str) -> None:
    once = plain_tone(text)
    assert len(once) == len(nfc(text))
    assert plain_tone(once) == once
    assert fold(once) == fold(text)


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    "word", ["Nguyễn", "nghiêng", "phường", "quyết", "giữa", "y", "Ái", "khuyến", "Huỳnh", "ưu"]
)
def test_vietnamese_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word", ["UBND", "X6uyễn", "Âguyên", "Zuyến", "PCTT", "b-", "Jira", "", "TKCN", "wifi"]
)
def test_noise_and_abbreviations_are_no_syllables(word: str) -> None:
    assert not is_syllable(word)


def test_squeeze() -> None:
    assert squeeze("  a \n b\t c ") == "a b c"
