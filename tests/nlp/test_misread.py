"""Letters read for digits in dates: mended where a day of the calendar comes of it, and nowhere else."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.deadlines import find_deadlines
from nlp.header import read_header
from nlp.misread import repair_dates
from nlp.reading import Text
from nlp.references import find_references
from nlp.sections import cut


@pytest.mark.parametrize(
    ("printed", "mended"),
    [
        ("trước ngày 18/9/2O14", "trước ngày 18/9/2014"),
        ("ngày l2/6/2013", "ngày 12/6/2013"),
        ("ngày 07/0l/2016.", "ngày 07/01/2016."),
        ("(ngày 2B/3/201S)", "(ngày 28/3/2015)"),
        ("I0/|2/2018", "10/12/2018"),
        ("ngày 3O tháng 4 năm 2O17", "ngày 30 tháng 4 năm 2017"),
        ("ngày l tháng 7 năm 2019", "ngày 1 tháng 7 năm 2019"),
        ("từ 0l/3/2O20 đến 3l/3/2020", "từ 01/3/2020 đến 31/3/2020"),
    ],
)
def test_mended(printed: str, mended: str) -> None:
    assert repair_dates(printed).text == mended


@pytest.mark.parametrize(
    "text",
    [
        "ngày 18/9/2014",
        "ngày 3l/6/2014",
        "ngày 1S/1B/2014",
        "số lO/BO/SOlO",
        "mẫu B1/S2/2015/TT",
        "25/QĐ-UBND, 10/2015/TT-BYT",
        "bản l.5.20",
        "ngày 12/6/2O1",
        "Il/Il/IlIl",
    ],
)
def test_left_alone(text: str) -> None:
    found = repair_dates(text)
    assert (found.text, found.spans) == (text, ())


@given(st.text(alphabet="lIOSB|0123456789/.- ngàythămb", max_size=60))
def test_length_and_rest_of_the_text_stay(text: str) -> None:
    found = repair_dates(text)
    assert len(found.text) == len(text)
    for index, char in enumerate(text):
        if found.text[index] != char:
            assert any(start <= index < end for start, end in found.spans)


def test_deadline_says_that_its_day_was_mended_and_shows_what_is_printed() -> None:
    (found,) = find_deadlines("gửi báo cáo trước ngày l8/9/2O20", issued_on=date(2020, 5, 15))
    assert found.date == date(2020, 9, 18)
    assert found.raw == "trước ngày l8/9/2O20"
    assert found.evidence.rule.endswith(".repaired")
    (clean,) = find_deadlines("gửi báo cáo trước ngày 18/9/2020", issued_on=date(2020, 5, 15))
    assert found.evidence.confidence < clean.evidence.confidence


def test_date_beside_a_citation() -> None:
    (found,) = find_references("Quyết định số 77/QĐ-UBND ngày l4/02/2O13 của UBND huyện")
    assert found.date == date(2013, 2, 14)
    assert found.evidence.rule.endswith(".repaired")


HEAD = """ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH BẮC GIANG Độc lập - Tự do - Hạnh phúc
Số: 512/UBND-NC Bắc Giang, ngày {day} tháng {month} năm {year}

Kính gửi: Sở Tư pháp.

Yêu cầu Sở Tư pháp báo cáo.

Nơi nhận:
- Như trên.
"""


@pytest.mark.parametrize(
    ("day", "month", "year", "expected"),
    [("1l", "6", "2020", "2020-06-11"), ("12", "l0", "2O20", "2020-10-12"), ("lO", "6", "2020", None)],
)
def test_date_of_the_letter(day: str, month: str, year: str, expected: str | None) -> None:
    text = Text.of_string(HEAD.format(day=day, month=month, year=year))
    found = read_header(text, cut(text)).issued_on
    assert (found.value if found else None) == expected
    if found:
        assert found.evidence.rule == "header.date.repaired"
