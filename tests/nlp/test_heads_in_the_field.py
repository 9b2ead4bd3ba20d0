"""Heads as offices and programs leave them: gazette lines, stamps run into the text, figures apart from their symbol."""

from __future__ import annotations

from datetime import date

import pytest

from nlp.dispatch import understand
from nlp.reading import page_of_string
from nlp.types import Dispatch

TOP = "UBND TỈNH BÌNH LÂM\nSỞ NỘI VỤ\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n"
NUMBER = "Số: 845/SNV-TCBC\n\n"
DAY = "Bình Lâm, ngày 09 tháng 5 năm 2022\nV/v rà soát biên chế\n\n"
TO = "Kính gửi: Sở Y tế.\n\n"
BODY = (
    "Thực hiện Kế hoạch số 31/KH-UBND ngày 04/4/2022 của UBND tỉnh, Sở Nội vụ đề nghị các cơ quan rà soát biên chế, "
    "gửi về Sở trước ngày 30/5/2022./.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT, TCBC (3).\n\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\nTrần Thị Lan Anh\n"
)


def read(text: str) -> Dispatch:
    (found,) = understand((page_of_string(text),))
    return found


def value(text: str, name: str) -> str | None:
    field = getattr(read(text).header, name)
    return field.value if field else None


@pytest.mark.parametrize(
    "above",
    ["CÔNG BÁO/Số 411 + 412/Ngày 18-5-2022\n\n", "2   CÔNG BÁO/Số 411/Ngày 18-5-2022\n\n", "CỔNG THÔNG TIN ĐIỆN TỬ CHÍNH PHỦ\nĐẾN Giờ: C Ngày: 18/5/2022\n\n"],
)  # fmt: skip
def test_lines_of_the_gazette_and_of_another_office_above_the_head(above: str) -> None:
    text = above + TOP + NUMBER + DAY + TO + BODY
    head = [value(text, name) for name in ("number", "symbol", "issuer", "parent_body", "issued_on")]
    assert head == ["845", "SNV-TCBC", "Sở Nội vụ", "UBND tỉnh Bình Lâm", "2022-05-09"]


@pytest.mark.parametrize(
    "head",
    [
        TOP.replace("Độc lập", "845\nĐộc lập") + "Số: /SNV-TCBC\n\n" + DAY,
        TOP + "845\n\nSố: /SNV-TCBC\n\n" + DAY,
        TOP + "Số: /SNV-TCBC\n\n" + "845\n\n" + DAY,
    ],
)
def test_a_number_that_stands_apart_from_its_symbol(head: str) -> None:
    text = head + TO + BODY
    assert (value(text, "number"), value(text, "symbol")) == ("845", "SNV-TCBC")


@pytest.mark.parametrize(
    "head",
    [
        TOP + "Số:      /SNV-TCBC\n\n" + DAY,
        TOP + "12\n845\nSố: /SNV-TCBC\n\n" + DAY,  # two that may be it
        TOP + "09\nSố: /SNV-TCBC\n\n" + DAY.replace("ngày 09", "ngày    "),  # the day's figures as well
        TOP + "2022\nSố: /SNV-TCBC\n\n" + DAY,  # a year
        "845\n\nMột dòng.\nHai dòng.\nBa dòng.\n" + TOP + "Số: /SNV-TCBC\n\n" + DAY,  # too far
    ],
)
def test_figures_that_may_be_anything_are_no_number(head: str) -> None:
    assert value(head + TO + BODY, "number") is None


BOX = "Người ký: Sở Nội vụ\nEmail: snv@binhlam.example\nThời gian ký: {} 14:21:05 +07:00\n"


@pytest.mark.parametrize(
    ("signed", "day", "issued"),
    [
        ("09.05.2022", "      ", "2022-05-09"),
        ("09.05.2022", "…", "2022-05-09"),
        ("09.06.2022", "      ", None),  # of another month
        ("09.05.2022", " 07 ", "2022-05-07"),  # a day that is printed
        ("09.05.2022", "&?", None),  # a hand's: unknown
    ],
)
def test_the_time_of_the_signature_dates_a_letter_whose_day_was_left_blank(signed: str, day: str, issued: str | None) -> None:
    if day == "&?":
        day = " a7 "
    text = BOX.format(signed) + TOP + NUMBER + DAY.replace(" 09 ", f" {day} ") + TO + BODY
    assert value(text, "issued_on") == issued


@pytest.mark.parametrize(
    ("address", "addressees"),
    [
        ("Kính gửi:\n- Sở Y tế; SỞ Y TẾ\nĐẾN Số: 1377\nNgày: 11/5/2022\n- Sở Tài chính.\n\n", ["Sở Y tế", "Sở Tài chính"]),
        ("Kính gửi: Sở Y tế.\n\nSỞ Y TẾ TỈNH BÌNH LÂM\nCÔNG VĂN ĐẾN\nSố: 1377\nNgày: 11/5/2022\n", ["Sở Y tế"]),
    ],
)
def test_a_stamp_that_ran_into_the_address_or_the_body(address: str, addressees: list[str]) -> None:
    found = read(TOP + NUMBER + DAY + address + BODY)
    assert [each.text for each in found.addressees] == addressees
    assert found.incoming is not None
    assert (found.incoming.number, found.incoming.date) == ("1377", date(2022, 5, 11))


@pytest.mark.parametrize(
    "body",
    [
        "Văn bản ĐẾN phải vào sổ.\nSố: 12 hồ sơ\nNgày: 11/5/2022 họp.\n",
        "Sổ công văn ĐẾN VÀ CÔNG VĂN ĐI NĂM 2022\nSố: 1377\n",
    ],
)
def test_words_of_the_body_are_no_stamp(body: str) -> None:
    assert read(TOP + NUMBER + DAY + TO + body + BODY).incoming is None


@pytest.mark.parametrize(
    ("line", "parent", "issuer"),
    [
        ("UBND TỈNH BÌNH LÂM SỞ NỘI VỤ", "UBND tỉnh Bình Lâm", "Sở Nội vụ"),
        ("UBND HUYỆN TÂN KHÊ PHÒNG NỘI VỤ", "UBND huyện Tân Khê", "Phòng Nội vụ"),
        ("UBND THÀNH PHỐ HẢI PHÒNG SỞ NỘI VỤ", "UBND thành phố Hải Phòng", "Sở Nội vụ"),
        ("ỦY BAN NHÂN DÂN THÀNH PHỐ HẢI PHÒNG", None, "Ủy ban nhân dân thành phố Hải Phòng"),
    ],
)
def test_parent_and_office_on_one_line(line: str, parent: str | None, issuer: str) -> None:
    number = NUMBER if "NỘI VỤ" in line else "Số: 845/UBND-NC\n\n"
    text = f"{line} CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc\n" + number + DAY + TO + BODY
    assert (value(text, "parent_body"), value(text, "issuer")) == (parent, issuer)


@pytest.mark.parametrize(
    ("left", "parent", "issuer"),
    [
        (("PHÒNG GD&ĐT HUYỆN TÂN KHÊ", "TRƯỜNG TIỂU HỌC LÊ LỢI"), "Phòng GD&ĐT huyện Tân Khê", "Trường Tiểu học Lê Lợi"),
        (("UBND TỈNH BÌNH LÂM", "SỞ NỘI VỤ"), "UBND tỉnh Bình Lâm", "Sở Nội vụ"),
    ],
)
def test_a_head_of_one_line_has_its_second_line_between_title_and_motto(left: tuple[str, str], parent: str | None, issuer: str) -> None:
    text = f"{left[0]} CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM {left[1]} Độc lập - Tự do - Hạnh phúc\n" + NUMBER + DAY + TO + BODY
    assert (value(text, "parent_body"), value(text, "issuer")) == (parent, issuer)


def test_a_page_number_that_parts_a_sentence_is_left_out_where_those_before_it_were_lost() -> None:
    text = TOP + NUMBER + DAY + TO + BODY.replace("rà soát biên chế, ", "rà soát\n3\nbiên chế của các phòng, ")
    assert "rà soát\nbiên chế" in read(text).text


def test_a_number_that_belongs_to_the_sentence_stays() -> None:
    text = TOP + NUMBER + DAY + TO + BODY.replace("rà soát biên chế, ", "cử\n3\nNgười rà soát biên chế, ")
    assert "cử\n3\nNgười" in read(text).text
