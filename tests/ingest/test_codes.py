"""Numbers, codes and Roman numbers: what the picture puts right and what is left as it was read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from ingest.fragments import box_of
from ingest.reading import codes, romans
from ingest.reading.pictures import picture
from ingest.reading.second import written
from ingest.reading.seen import Seen
from ingest.types import Box, Word


def seen_as(other: str, apart: float, sure: float = 0.0) -> codes.Bits:
    """A second reader that is `sure` of `other` and finds every other text `apart` bits less likely."""
    return lambda texts: [sure if written(text) == written(other) else sure + apart for text in texts]


@pytest.mark.parametrize(
    ("read", "other", "text"),
    [
        ("D2", "02", "02"),
        ("Ö7", "07", "07"),
        ("17/2022/UBTVQHI5", "17/2022/UBTVQH15", "17/2022/UBTVQH15"),
        ("02/BB-HDĐSK", "02/BB-HĐSK", "02/BB-HĐSK"),
        ("ƯBND", "UBND", "UBND"),
        ("'LHC", "TTHC", "TTHC"),
        ("/TT-UBND", "/TTr-UBND", "/TTr-UBND"),
        ("xã(thị", "xã/thị", "xã/thị"),
        ("(%4)", "(%)", "(%)"),
        ("§.", "8.", "8."),
        ("2", "(2)", "(2)"),
        ("9À", "2.", "2."),
        ("VT;,", "VT,", "VT,"),
        ("VP,", "VP.", "VP."),
        ("“2i", '"ai', "“ai"),
        ("04tháng", "04 tháng", "04 tháng"),
    ],
)
def test_what_the_second_reader_plainly_sees_is_put_right(read: str, other: str, text: str) -> None:
    word = codes.settled(Word(read, None, 0.5), other, seen_as(text, 20))
    assert word.text == text
    assert word.confidence < 0.85


@pytest.mark.parametrize(
    ("read", "other"),
    [
        ("08/QĐ-TTg", "08QĐ-TTg"),  # a slash is lost on the second reader
        ("3.2.", "3.2"),  # and a full stop at the end
        ("2020,", "2020)"),  # and what a comma is
        ("b/c);", "b)"),
        ("UBND...", "UBND.."),
        ("02/CK-TNCN;", "02/CK-TNCN"),
        ("THCS", "thcs"),
        ("UBND", "UBN"),
        ("44", "AA"),
        ("1", "11"),  # no figure is added
        ("16/01/2012", "1601/2012"),
        ("45/2012/NĐ-CP", ""),
    ],
)
def test_what_the_second_reader_is_known_to_lose_is_kept(read: str, other: str) -> None:
    assert codes.joined(read, other) == read


@pytest.mark.parametrize(("apart", "sure", "right"), [(20, 0.1, True), (14, 0.1, False), (20, 0.4, False)])
def test_one_number_against_another_wants_more_and_stays_doubtful(apart: float, sure: float, right: bool) -> None:
    word = codes.settled(Word("(6).", None, 0.8), "(5).", seen_as("(5).", apart, sure))
    assert (word.text, word.confidence) == (("(5).", 0.5) if right else ("(6).", 0.8))


@pytest.mark.parametrize(("apart", "sure"), [(9, 0.1), (30, 0.9)])
def test_a_second_reader_that_is_not_sure_changes_nothing(apart: float, sure: float) -> None:
    word = Word("D2", None, 0.7)
    assert codes.settled(word, "02", seen_as("02", apart, sure)) == word


@pytest.mark.parametrize(
    ("text", "confidence", "may"),
    [
        ("45/2012/NĐ-CP", 0.95, False), ("45/2012/NĐ-CP", 0.8, True), ("1Š", 0.97, True), ("§", 0.95, True),
        ("HI.", 0.6, False), ("-", 0.3, False), ("Đ/c", 0.95, False), ("K'Bang", 0.95, False),
    ],
)  # fmt: skip
def test_what_is_looked_at_again(text: str, confidence: float, may: bool) -> None:
    assert codes.doubtful(Word(text, None, confidence)) is may


def printed(text: str, size: int = 40, *, bold: bool = False) -> tuple[Any, list[Word]]:
    """A line in print and its words with their boxes, as high as their ink."""
    from PIL import Image, ImageDraw, ImageFont

    from ingest.fonts import font_file

    image = Image.new("L", (1400, 160), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(font_file("Bold" if bold else "Regular")), size)
    words, x = [], 60.0
    for part in text.split():
        draw.text((x, 60), part, font=font, fill=20)
        words.append(Word(part, Box(*map(float, draw.textbbox((x, 60), part, font=font))), 0.8))
        x += draw.textlength(part + " ", font=font)
    return np.asarray(image), words


def exchanged(words: Sequence[Word], at: int, text: str) -> Seen:
    return Seen.of([[*words[:at], Word(text, words[at].box, 0.8), *words[at + 1 :]]])


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("size", [30, 40, 58])
@pytest.mark.parametrize(
    ("line", "at", "read"),
    [
        ("III. NỘI DUNG", 0, "II."),
        ("III. NỘI DUNG", 0, "HI."),
        ("III- Phương hướng", 0, "TII-"),
        ("II. KẾT QUẢ", 0, "H."),
        ("II. MỤC ĐÍCH", 0, "IL"),
        ("I. VỀ TUYỂN", 0, "IL"),
        ("I. VỀ TUYỂN", 0, "I,"),
        ("trong quý III năm 2020", 2, "HI"),
        ("đô thị loại II trở lên", 3, "JI"),
    ],
)
def test_strokes_of_roman_numbers_are_counted(line: str, at: int, read: str, size: int, bold: bool) -> None:
    image, words = printed(line, size, bold=bold)
    found = romans.with_romans(image, exchanged(words, at, read))
    assert " ".join(word.text for word in found.words) == line


@pytest.mark.parametrize(
    ("line", "at"),
    [
        ("TL. GIÁM ĐỐC", 0), ("TT. Nông Cống", 0), ("TH. Nguyễn Văn A", 0), ("VT, KTTH.", 0), ("11 Giờ sáng", 0), ("N. Trãi", 0),
        ("H. Krông Nô", 0), ("U. Minh", 0), ("ngày 11 tháng 11", 1), ("Sở Y tế", 1), ("IV. BỐ CỤC", 0), ("VI. MỘT SỐ", 0), ("1. Mục đích", 0),
    ],
)  # fmt: skip
@pytest.mark.parametrize("bold", [False, True])
def test_letters_and_figures_are_no_roman_numbers(line: str, at: int, bold: bool) -> None:
    image, words = printed(line, bold=bold)
    assert romans.with_romans(image, Seen.of([words])) == Seen.of([words])


@pytest.mark.parametrize(("read", "line"), [("LV.", "IV. GIẢI PHÁP"), ("TV.", "IV. GIẢI PHÁP")])
def test_a_number_with_v_is_what_the_second_reader_sees(read: str, line: str) -> None:
    image, words = printed(line)
    found = romans.with_romans(image, exchanged(words, 0, read))
    assert " ".join(word.text for word in found.words) == line


def test_the_picture_of_a_word_ends_before_a_dash_within_its_box() -> None:
    image, words = printed("chính – Kế")
    broad = Word("chính", Box(box_of(words[0]).x0, box_of(words[0]).y0, box_of(words[1]).x1, box_of(words[0]).y1))
    line = [broad, *words[1:]]
    assert picture(image, line, 0).shape[1] < box_of(words[1]).x0 - box_of(words[0]).x0 + 20
    assert picture(image, line, 1).shape[1] >= box_of(words[1]).x1 - box_of(words[1]).x0
