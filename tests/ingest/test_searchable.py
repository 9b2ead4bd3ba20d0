"""The searchable copy: page untouched, text found where it stands, every letter as it is."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pdfplumber
import pikepdf
import pypdfium2
import pytest

from ingest.pool import ReaderPool
from ingest.reader import read_file
from ingest.render import page_image
from ingest.searchable import write_searchable, write_text
from ingest.types import Box, Limits, Line, Page, Reading, Word
from tests.ingest.conftest import expected_lines, image_pdf

EVERY = "ẮẰẲẴẶẤẦẨẪẬĐẾỀỂỄỆỐỒỔỖỘỚỜỞỠỢỨỪỬỮỰỲÝỶỸỴ ắằẳẵặấầẩẫậđếềểễệốồổỗộớờởỡợứừửữựỳýỷỹỵ áàảãạ éèẻẽẹ íìỉĩị óòỏõọ úùủũụ 45/2012/NĐ-CP “”–…"


def pixels(path: Path, page: int = 0) -> Any:
    document = pypdfium2.PdfDocument(path)
    array = document[page].render(scale=1.5).to_numpy().copy()
    document.close()
    return array


def made_reading(width: float, height: float, box: Box, text: str = EVERY) -> Reading:
    parts = text.split()
    step = (box.x1 - box.x0) / len(parts)
    words = tuple(
        Word(part, Box(box.x0 + at * step, box.y0, box.x0 + (at + 0.9) * step, box.y1))
        for at, part in enumerate(parts)
    )
    page = Page(1, width, height, (Line(words),), "ocr", 200)
    return Reading("a.pdf", "0" * 64, "application/pdf", (page,))


@pytest.fixture(scope="module")
def plain_scan(letter_image: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("plain") / "a.pdf"
    path.write_bytes(image_pdf(letter_image))
    return path


def pdftotext(path: Path, *options: str) -> str:
    return subprocess.run(
        ["pdftotext", *options, str(path), "-"], capture_output=True, check=True, timeout=60
    ).stdout.decode()  # fmt: skip


def test_every_vietnamese_letter_comes_out_again(plain_scan: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    write_searchable(plain_scan, made_reading(595, 842, Box(50, 100, 550, 112)), out)
    assert pdftotext(out).split() == EVERY.split()
    document = pypdfium2.PdfDocument(out)
    assert document[0].get_textpage().get_text_bounded().split() == EVERY.split()
    document.close()


def test_the_page_looks_the_same(plain_scan: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    write_searchable(plain_scan, made_reading(595, 842, Box(50, 100, 550, 112)), out)
    assert np.array_equal(pixels(plain_scan), pixels(out))
    with pikepdf.open(plain_scan) as before, pikepdf.open(out) as after:
        first, second = (next(iter(pdf.pages[0].get_images().values())) for pdf in (before, after))
        assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_words_lie_where_they_were_read_also_on_turned_pages(
    plain_scan: Path, tmp_path: Path, turn: int
) -> None:
    source, out = tmp_path / "in.pdf", tmp_path / "out.pdf"
    with pikepdf.open(plain_scan) as pdf:
        pdf.pages[0].Rotate = turn
        pdf.save(source)
    width, height = (842, 595) if turn in (90, 270) else (595, 842)
    box = Box(120, 200, 320, 214)
    write_searchable(source, made_reading(width, height, box, "Ủy ban nhân dân"), out)
    document = pypdfium2.PdfDocument(out)
    from ingest.pdf import box_maker

    page = document[0]
    text = page.get_textpage()
    to_box = box_maker(page)
    found = [
        to_box(text.get_charbox(at)) for at in range(text.count_chars()) if text.get_text_range(at, 1).strip()
    ]
    assert "".join(text.get_text_range(0, text.count_chars()).split()) == "Ủybannhândân"
    whole = found[0]
    for part in found[1:]:
        whole = whole.union(part)
    assert whole.x0 == pytest.approx(box.x0, abs=3)
    assert whole.x1 == pytest.approx(box.x1, abs=12)
    assert box.y0 - 3 < whole.y0 < whole.y1 < box.y1 + 3
    document.close()


def test_a_scan_becomes_searchable_in_reading_order(scan_pdf: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    with ReaderPool(1, Limits()) as pool:
        reading = pool.read(scan_pdf)
        pool.write_searchable(scan_pdf, reading, out, pdfa=True)
    text = " ".join(pdftotext(out, "-raw").split())
    for line in expected_lines():
        assert line in text.replace("—", "-")
    with pdfplumber.open(out) as pdf:
        words = [word for word in pdf.pages[0].extract_words() if word["text"] == "68/2017/NĐ-CP"]
    box = next(word.box for word in reading.pages[0].words if word.text == "68/2017/NĐ-CP")
    assert box is not None
    assert words[0]["x0"] == pytest.approx(box.x0, abs=2)
    assert words[0]["bottom"] == pytest.approx(box.y1, abs=4)
    with pikepdf.open(out) as pdf:
        assert pdf.Root.OutputIntents[0].DestOutputProfile
        with pdf.open_metadata() as metadata:
            assert metadata["pdfaid:part"] == "2"


def test_the_invisible_layer_of_another_program_is_replaced(letter_image: Any, tmp_path: Path) -> None:
    def hidden(canvas: Any) -> None:
        text = canvas.beginText(80, 700)
        text.setFont("Specimen", 12)
        text.setTextRenderMode(3)
        text.textLine("sai lạc")
        canvas.drawText(text)

    source, out = tmp_path / "in.pdf", tmp_path / "out.pdf"
    source.write_bytes(image_pdf(letter_image, overlay=hidden))
    write_searchable(source, made_reading(595, 842, Box(50, 100, 250, 112), "Đúng rồi"), out)
    assert pdftotext(out).split() == ["Đúng", "rồi"]


def test_a_born_digital_page_is_left_alone(letter_pdf: Path, tmp_path: Path, limits: Limits) -> None:
    out = tmp_path / "out.pdf"
    write_searchable(letter_pdf, read_file(letter_pdf, limits=limits), out)
    assert pdftotext(out) == pdftotext(letter_pdf)


def test_an_image_becomes_a_pdf_of_its_size(letter_image: Any, tmp_path: Path) -> None:
    source, out = tmp_path / "a.jpg", tmp_path / "out.pdf"
    letter_image.save(source, dpi=(200, 200), quality=85)
    page = Page(
        1,
        595.4,
        842.4,
        (Line((Word("Đắk", Box(100, 100, 130, 112)), Word("Lắk", Box(133, 100, 160, 112)))),),
        "ocr",
        200,
    )
    write_searchable(source, Reading("a.jpg", "0" * 64, "image/jpeg", (page,)), out)
    assert pdftotext(out).split() == ["Đắk", "Lắk"]
    with pikepdf.open(out) as pdf:
        assert float(pdf.pages[0].mediabox[2]) == pytest.approx(595.4)
        image = next(iter(pdf.pages[0].get_images().values()))
        # The JPEG's own bytes, not a copy of a copy.
        assert "/DCTDecode" in str(image.get("/Filter"))


def test_a_text_file_becomes_a_pdf_with_its_words(tmp_path: Path, limits: Limits) -> None:
    source, out = tmp_path / "a.txt", tmp_path / "out.pdf"
    source.write_text("Kính gửi: Ủy ban <b>nhân</b> dân & Sở\n1 < 2 và đúng\fTrang hai", encoding="utf-8")
    write_searchable(source, read_file(source, limits=limits), out)
    assert pdftotext(out).split() == [
        "Kính",
        "gửi:",
        "Ủy",
        "ban",
        "nhân",
        "dân",
        "&",
        "Sở",
        "1",
        "<",
        "2",
        "và",
        "đúng",
        "Trang",
        "hai",
    ]


def test_text_has_a_form_feed_between_pages() -> None:
    pages = tuple(
        Page(number, 595, 842, (Line((Word("Trang", None), Word(str(number), None))),), "text")
        for number in (1, 2)
    )
    assert write_text(Reading("a", "0" * 64, "text/plain", pages)) == "Trang 1\n\fTrang 2\n"


def test_a_page_image_is_bounded(letter_pdf: Path, tmp_path: Path) -> None:
    from PIL import Image

    small = Image.open(io.BytesIO(page_image(letter_pdf, "application/pdf", 1, 72)))
    assert small.size == (595, 842)
    path = tmp_path / "poster.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(14_000, 14_000))
        pdf.save(path)
    large = Image.open(io.BytesIO(page_image(path, "application/pdf", 1, 300)))
    assert large.width * large.height <= 12_100_000
