"""Stamps on real Tesseract readings: red and black, arrival and secrecy."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from ingest import ocr
from ingest.searchable import vietnamese_font
from ingest.secrecy import marked_confined
from ingest.types import Page, Reading
from tests.ingest.conftest import expected_lines

RED, BLACK = (205, 30, 45), (20, 20, 20)


def stamp(
    image: Any, box: tuple[int, int, int, int], lines: list[str], ink: tuple[int, int, int], size: int
) -> Any:
    """The picture with a framed stamp pressed on it: white stays white, ink covers."""
    page = image.convert("RGB")
    layer = Image.new("RGB", page.size, "white")
    draw = ImageDraw.Draw(layer)
    font = ImageFont.truetype(str(vietnamese_font()), size)
    draw.rectangle(box, outline=ink, width=4)
    step = (box[3] - box[1]) / (len(lines) + 0.5)
    for at, text in enumerate(lines):
        draw.text(
            ((box[0] + box[2]) / 2, box[1] + step * (at + 0.75)), text, fill=ink, font=font, anchor="mm"
        )
    return Image.fromarray(np.minimum(np.asarray(page), np.asarray(layer)))


def read(image: Any) -> Page:
    page, _ = ocr.read_image(np.asarray(image), number=1, width=595, height=842, dpi=200, seconds=60)
    return page


def as_reading(page: Page) -> Reading:
    return Reading("x.pdf", "0" * 64, "application/pdf", (page,))


@pytest.mark.parametrize("word", ["MẬT", "TỐI MẬT"])
def test_a_red_secrecy_stamp_confines_the_letter(letter_image: Any, word: str) -> None:
    width = 160 if word == "MẬT" else 290
    page = read(stamp(letter_image, (300, 420, 300 + width, 490), [word], RED, 46))
    assert marked_confined(as_reading(page)) == word
    assert word not in page.text


def test_an_urgency_stamp_does_not_confine(letter_image: Any) -> None:
    page = read(stamp(letter_image, (300, 420, 560, 490), ["HỎA TỐC"], RED, 46))
    assert marked_confined(as_reading(page)) is None
    (mark,) = [mark for mark in page.marks if mark.kind == "stamp"]
    assert mark.text == "HỎA TỐC"


ARRIVAL = ["SỞ CÔNG THƯƠNG", "CÔNG VĂN ĐẾN", "Số: 631", "Ngày: 28/4/2021"]


@pytest.mark.parametrize("ink", [RED, BLACK])
def test_an_arrival_stamp_is_a_mark_and_the_text_is_whole(
    letter_image: Any, ink: tuple[int, int, int]
) -> None:
    page = read(stamp(letter_image, (110, 400, 490, 560), ARRIVAL, ink, 26))
    (mark,) = [mark for mark in page.marks if mark.kind == "stamp"]
    assert {"SỞ", "THƯƠNG", "ĐẾN", "Số:", "631", "Ngày:", "28/4/2021"} <= set(mark.text.split())
    assert mark.box is not None
    assert mark.box.x0 == pytest.approx(40, abs=16)
    assert mark.box.y1 == pytest.approx(201, abs=16)
    lines = [line.text.replace("—", "-") for line in page.lines]
    assert lines == [line for line in expected_lines() if line in lines]
    assert set(expected_lines()) - set(lines) <= {"Kính gửi: Ủy ban nhân dân các huyện"}
    assert "631" not in page.text


def test_a_page_upside_down_is_read(letter_image: Any) -> None:
    page = read(letter_image.rotate(180))
    assert "turned 180" in page.notes
    assert page.lines[0].text == "UBND TỈNH BẮC HÀ"
    box = page.lines[0].box
    assert box is not None
    # Where it stands on the page as it is: at the foot, to the right.
    assert box.y0 > 770
    assert box.x0 > 350


def test_a_page_that_cannot_be_read_in_time_says_so(letter_image: Any) -> None:
    page, _ = ocr.read_image(
        np.asarray(letter_image), number=1, width=595, height=842, dpi=200, seconds=0.001
    )
    assert page.notes[0] == "unreadable"
    assert page.lines == ()
