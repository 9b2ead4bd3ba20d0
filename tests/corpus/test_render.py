"""The page is the decree's: every word in its box, in the right half, on A4."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import pytest

from corpus.compare import dice
from corpus.render import A4, bundle_pdf, render_pdf
from corpus.specimen import derived, letter, letters
from ingest.errors import Unavailable
from ingest.fonts import register_first, register_fonts

MM = 72 / 25.4


def words_of(name: str) -> list[list[dict]]:
    """The words of each page with their places."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(render_pdf(letter(name)))) as pdf:
        return [page.extract_words() for page in pdf.pages]


def place(words: list[dict], *phrase: str) -> dict:
    """The first word of a phrase on the page."""
    texts = [w["text"] for w in words]
    for i in range(len(texts)):
        if tuple(texts[i : i + len(phrase)]) == phrase:
            return words[i]
    raise AssertionError(f"{phrase} not on the page: {' '.join(texts)}")


@pytest.mark.parametrize("specimen", letters(), ids=lambda s: s.name)
def test_every_word_of_the_body_is_on_the_page(specimen) -> None:
    import pypdfium2

    pdf = pypdfium2.PdfDocument(render_pdf(specimen))
    text = " ".join(page.get_textpage().get_text_range() for page in pdf)
    for page in pdf:
        assert page.get_size() == pytest.approx(A4, abs=0.5)
    body = Counter(word for p in specimen.source.body for word in p.plain.split())
    on_page = Counter(text.split())
    lost = body - on_page
    assert lost.total() <= 0.01 * body.total(), lost
    for name in (specimen.source.signer, specimen.source.position):
        if name and (name != specimen.source.signer or specimen.source.signer_printed):
            assert name in text


def test_the_same_letter_is_the_same_file() -> None:
    assert render_pdf(letters()[0]) == render_pdf(letters()[0])


def test_head_and_foot_stand_in_two_columns() -> None:
    words = words_of("bct_cum_cong_nghiep_2019")[0]
    issuer, country = place(words, "BỘ", "CÔNG", "THƯƠNG"), place(words, "CỘNG", "HÒA")
    number, date = place(words, "Số:"), place(words, "Hà", "Nội,")
    recipients, authority = place(words, "Nơi", "nhận:"), place(words, "KT.", "BỘ")
    assert issuer["x1"] < country["x0"]
    assert abs(issuer["top"] - country["top"]) < 3
    assert number["x1"] < date["x0"]
    assert abs(number["top"] - date["top"]) < 3
    assert place(words, "V/v")["top"] > number["top"]
    assert recipients["x1"] < authority["x0"]
    assert recipients["x0"] == pytest.approx(30 * MM, abs=2)
    assert place(words, "Phan", "Hữu", "Thạch")["top"] > authority["top"] + 50


def test_pages_are_numbered_at_the_top_from_the_second_on() -> None:
    first, second = words_of("hason_ct_rung_2021")
    assert second[0]["text"] == "2"
    assert second[0]["top"] < 20 * MM
    assert abs((second[0]["x0"] + second[0]["x1"]) / 2 - A4[0] / 2) < 2
    assert not [w for w in first if w["top"] < 17 * MM]


def test_what_is_written_by_hand_is_ink_and_no_text() -> None:
    words = words_of("hason_ct_rung_2021")[0]
    texts = [w["text"] for w in words]
    assert texts[texts.index("Số:") + 1] == "/CT-UBND"
    day = place(words, "ngày", "tháng")
    month = words[words.index(day) + 1]
    assert month["x0"] - day["x1"] > 15


def test_a_letter_of_the_party_has_the_partys_head() -> None:
    texts = [w["text"] for w in words_of("huyen_uy_cong_van_2015")[0]]
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in " ".join(texts)
    assert "NGHĨA" not in texts
    assert "612-CV/HU" in texts


def test_stamps_are_on_the_first_page() -> None:
    words = words_of("yte_thuong_khan_2021")[0]
    assert place(words, "THƯỢNG", "KHẨN")["x1"] < A4[0] / 2
    assert place(words, "ĐẾN")["x0"] > A4[0] / 2
    assert place(words, "908")


def test_seal_and_signature_are_red_and_blue() -> None:
    import numpy
    import pypdfium2

    page = pypdfium2.PdfDocument(render_pdf(letter("snv_nghi_le_2013")))[0]
    picture = numpy.asarray(page.render(scale=1).to_pil().convert("RGB")).astype(int)
    red = (picture[..., 0] - picture[..., 1] > 60).sum()
    blue = (picture[..., 2] - picture[..., 0] > 60).sum()
    assert red > 800
    assert blue > 60


def test_without_a_vietnamese_typeface_it_says_what_to_install(tmp_path: Path) -> None:
    for weight in ("Regular", "Bold", "Italic", "BoldItalic"):
        (tmp_path / f"Tinos-{weight}.ttf").write_bytes(b"no font")
    with pytest.raises(Unavailable) as caught:
        register_first([(tmp_path, "Tinos"), (tmp_path / "nowhere", "LiberationSerif")])
    assert "fonts-liberation2" in caught.value.advice


def test_a_broken_typeface_is_passed_over(tmp_path: Path) -> None:
    whole = register_fonts()
    assert register_first([(tmp_path, "Tinos"), whole]) == whole


def test_dice_of_page_and_text_agree() -> None:
    specimen = letter("vpcp_y_kien_2019")
    page = " ".join(w["text"] for w in words_of(specimen.name)[0])
    assert dice(page, specimen.text) > 0.95


def test_a_confined_letter_bears_its_stamp() -> None:
    import pypdfium2

    confined = derived(letter("yte_thuong_khan_2021"), secrecy="tối mật")
    text = pypdfium2.PdfDocument(render_pdf(confined))[0].get_textpage().get_text_range()
    assert "TỐI MẬT" in text
    assert "THƯỢNG KHẨN" in text


def test_a_bundle_holds_the_pages_of_all() -> None:
    import pypdfium2

    pair = (letter("hason_ct_rung_2021"), letter("snv_nghi_le_2013"))
    whole = pypdfium2.PdfDocument(bundle_pdf(pair))
    assert len(whole) == 3
    assert "1029/SNV-CCVC" in whole[2].get_textpage().get_text_range()
    assert bundle_pdf(pair) == bundle_pdf(pair)
