"""The mark of a state secret, and the word in running text, which is none."""

from __future__ import annotations

import pytest

from ingest.secrecy import marked_confined
from ingest.types import Box, Line, Mark, Page, Reading, Word


def reading(lines: list[str], marks: tuple[Mark, ...] = (), pages: int = 1) -> Reading:
    made = tuple(
        Line(tuple(Word(word, Box(60 + 30 * at, 40 + 18 * row, 85 + 30 * at, 52 + 18 * row))
                   for at, word in enumerate(text.split())))
        for row, text in enumerate(lines)
    )  # fmt: skip
    first = Page(1, 595, 842, made, "ocr", 300, marks)
    return Reading("x.pdf", "0" * 64, "application/pdf", (first,) * pages)


HEAD = ["UBND TỈNH BẮC HÀ", "Số: 12/UBND-NC"]


@pytest.mark.parametrize(
    ("line", "degree"),
    [
        ("MẬT", "MẬT"),
        ("TỐI MẬT", "TỐI MẬT"),
        ("TUYỆT MẬT", "TUYỆT MẬT"),
        ("[MẬT]", "MẬT"),
        ("M Ậ T", "MẬT"),
        ("TỒI MẬT", "TỐI MẬT"),
        ("Độ mật: Mật", "MẬT"),
        ("Độ mật: TỐI MẬT", "TỐI MẬT"),
        ("Mức độ mật: tuyệt mật", "TUYỆT MẬT"),
    ],
)
def test_a_marked_letter(line: str, degree: str) -> None:
    assert marked_confined(reading([*HEAD, line, "Kính gửi: Các sở"])) == degree


@pytest.mark.parametrize(
    "line",
    [
        "Mật",
        "mật",
        "BÍ MẬT",
        "MẬT ONG",
        "bảo mật",
        "V/v bảo vệ bí mật nhà nước",
        "BẢO MẬT THÔNG TIN",
        "Luật Bảo vệ bí mật nhà nước năm 2018",
        "danh mục bí mật nhà nước độ Tối mật, Mật",
        "văn bản có độ mật: theo quy định",
        "MẶT",
        "MẮT",
        "MÁT",
        "MẬT ĐỘ XÂY DỰNG",
        "Độ mật: không",
        "nuôi ong lấy mật",
        "KHẨN",
        "HỎA TỐC",
    ],
)
def test_an_ordinary_letter(line: str) -> None:
    assert marked_confined(reading([*HEAD, line, "Kính gửi: Các sở"])) is None


def test_a_red_stamp_with_the_word_alone() -> None:
    box = Box(60, 120, 140, 145)
    assert marked_confined(reading(HEAD, (Mark("stamp", box, "MẬT"),))) == "MẬT"
    assert marked_confined(reading(HEAD, (Mark("seal", box, "TỐI MẬT"),))) == "TỐI MẬT"
    assert marked_confined(reading(HEAD, (Mark("stamp", box, "CÔNG VĂN ĐẾN\nSố: 5"),))) is None
    assert marked_confined(reading(HEAD, (Mark("signature-text", box, "MẬT"),))) is None
    assert marked_confined(reading(HEAD, (Mark("stamp", Box(60, 700, 140, 725), "MẬT"),))) is None


def test_a_line_far_down_the_page_is_no_mark() -> None:
    assert marked_confined(reading([*HEAD, *["dòng văn bản thường"] * 30, "MẬT"])) is None


def test_a_text_file_counts_its_first_lines() -> None:
    lines = tuple(Line((Word(word, None),)) for word in ("UBND", "MẬT", "Kính"))
    page = Page(1, 595, 842, lines, "text")
    assert marked_confined(Reading("x.txt", "0" * 64, "text/plain", (page,))) == "MẬT"


def test_no_pages_no_mark() -> None:
    assert marked_confined(Reading("x", "0" * 64, "text/plain", ())) is None
