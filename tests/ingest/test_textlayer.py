"""The words of a born-digital page: pdfium alone and pdfplumber give the same; each page goes the way it needs."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from corpus.render import render_pdf
from corpus.specimen import letters
from ingest import textlayer
from ingest.pdf import box_maker, opened_pdf
from ingest.textlayer import TextLayer, text_layer
from tests.ingest.conftest import draw_letter, new_canvas
from tests.ingest.tablepages import table_pdf


def layers(path: Path) -> list[TextLayer | None]:
    with opened_pdf(path, path.name) as document:
        return [
            text_layer(path, page, number, box_maker(page)) for number, page in enumerate(document, start=1)
        ]


def words(path: Path) -> list[str]:
    (layer,) = layers(path)
    assert layer is not None
    return [word.text for word in layer.words]


def page(draw: Callable[[Any], None], path: Path) -> Path:
    buffer = io.BytesIO()
    canvas = new_canvas(buffer)
    canvas.setFont("Specimen", 13)
    draw(canvas)
    canvas.save()
    path.write_bytes(buffer.getvalue())
    return path


@pytest.fixture
def without_pdfplumber(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("this page does not need pdfplumber")

    monkeypatch.setattr(textlayer, "_by_pdfplumber", refuse)


def test_both_ways_give_the_same_words_at_the_same_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "letter.pdf"
    compared = 0
    for specimen in [each for each in letters() if each.source.layout == "decree"][:8]:
        path.write_bytes(render_pdf(specimen))
        quick = layers(path)
        with monkeypatch.context() as patched:
            patched.setattr(textlayer, "needs_pdfplumber", lambda _: "words")
            careful = layers(path)
        for one, other in zip(quick, careful, strict=True):
            assert one is not None
            assert other is not None
            assert (one.sideways, one.garbled, one.tables) == (other.sideways, other.garbled, other.tables)
            mine, theirs = (sorted((word.text, word.box.x0, word.box.y1, word.box) for word in layer.words if word.box) for layer in (one, other))  # fmt: skip
            assert [text for text, *_ in mine] == [text for text, *_ in theirs]
            for (_, _, _, a), (_, _, _, b) in zip(mine, theirs, strict=True):
                assert (a.x0, a.y0, a.x1, a.y1) == pytest.approx((b.x0, b.y0, b.x1, b.y1), abs=1)
            compared += len(mine)
    assert compared > 1500


@pytest.mark.usefixtures("without_pdfplumber")
def test_a_page_of_text_in_unicode_fonts_needs_pdfium_alone(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        canvas.line(300, 700, 400, 700)  # the stroke below a heading
        canvas.saveState()
        canvas.setFillColorRGB(1, 1, 1)
        canvas.rect(100, 100, 200, 15, stroke=0, fill=1)  # white shading, as word processors lay it
        canvas.circle(400, 200, 40, stroke=1, fill=0)  # a seal
        canvas.restoreState()
        draw_letter(canvas)

    assert "Kính" in words(page(draw, tmp_path / "a.pdf"))


def test_a_page_with_a_ruled_table_keeps_its_table(tmp_path: Path) -> None:
    path = tmp_path / "table.pdf"
    path.write_bytes(table_pdf())
    (layer,) = layers(path)
    assert layer is not None
    assert len(layer.tables) == 1


@pytest.mark.usefixtures("without_pdfplumber")
def test_a_word_broken_at_the_end_of_a_line_stays_on_its_lines(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        canvas.drawString(100, 700, "theo kế hoạch, các đơn vị thuộc Ủy ban nhân-")
        canvas.drawString(100, 680, "dân tỉnh gửi báo cáo")

    (layer,) = layers(page(draw, tmp_path / "a.pdf"))
    assert layer is not None
    assert [word.text for word in layer.words][-6:] == ["nhân-", "dân", "tỉnh", "gửi", "báo", "cáo"]
    assert all(word.box and word.box.y1 - word.box.y0 < 20 for word in layer.words)


@pytest.mark.usefixtures("without_pdfplumber")
def test_letters_printed_twice_to_look_bold_are_read_once(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        canvas.drawString(100, 700, "CHỈ THỊ")
        canvas.drawString(100.3, 700, "CHỈ THỊ")

    assert words(page(draw, tmp_path / "a.pdf")) == ["CHỈ", "THỊ"]


@pytest.mark.usefixtures("without_pdfplumber")
def test_letters_far_apart_without_a_space_are_two_words(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        canvas.drawString(100, 700, "UBND")
        canvas.drawString(300, 700, "CỘNG")

    assert words(page(draw, tmp_path / "a.pdf")) == ["UBND", "CỘNG"]


def test_text_that_stands_sideways_is_told_of_and_left_out(tmp_path: Path) -> None:
    def draw(canvas: Any) -> None:
        canvas.saveState()
        canvas.rotate(90)
        canvas.drawString(300, -40, "Ký bởi")
        canvas.restoreState()
        draw_letter(canvas)

    (layer,) = layers(page(draw, tmp_path / "a.pdf"))
    assert layer is not None
    assert layer.sideways
    assert "bởi" not in [word.text for word in layer.words]


def test_boxes_are_counted_from_the_corner_of_what_is_shown(tmp_path: Path) -> None:
    whole = page(draw_letter, tmp_path / "whole.pdf")
    cropped = tmp_path / "cropped.pdf"
    with pikepdf.open(whole) as pdf:
        pdf.pages[0].cropbox = [50, 20, 595, 802]
        pdf.save(cropped)

    def first(path: Path) -> tuple[float, float]:
        (layer,) = layers(path)
        assert layer is not None
        box = next(word.box for word in layer.words if word.text == "Kính")
        assert box is not None
        return box.x0, box.y0

    assert first(cropped) == pytest.approx((first(whole)[0] - 50, first(whole)[1] - 40), abs=0.1)


def test_a_page_in_an_old_font_goes_by_the_fonts_of_its_letters(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.pdf"
    with pikepdf.open(page(draw_letter, path), allow_overwriting_input=True) as pdf:
        for font in pdf.pages[0].resources.Font.values():
            font.BaseFont = pikepdf.Name("/AAAAAA+.VnTime")
        pdf.save(path)
    asked: list[int] = []
    careful = textlayer._by_pdfplumber
    monkeypatch.setattr(
        textlayer,
        "_by_pdfplumber",
        lambda path, number, words: asked.append(number) or careful(path, number, words),
    )
    layers(path)
    assert asked == [1]
