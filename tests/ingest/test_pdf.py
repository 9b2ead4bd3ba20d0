"""PDF: decided page by page, read in the order a person reads, refused with a clear word."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from ingest.errors import BadFile, LimitExceeded
from ingest.reader import read_file
from ingest.searchable import vietnamese_font
from ingest.types import Limits, Reading
from tests.ingest.conftest import Sheet, draw_letter, expected_lines, image_pdf, new_canvas


def lines(reading: Reading, page: int = 0) -> list[str]:
    return [line.text for line in reading.pages[page].lines]


def test_born_digital_letter_is_read_in_reading_order(letter_pdf: Path, limits: Limits) -> None:
    reading = read_file(letter_pdf, limits=limits)
    page = reading.pages[0]
    assert lines(reading) == expected_lines()
    assert (page.source, page.dpi, page.number) == ("text-layer", None, 1)
    assert page.notes == ("page-number 1",)
    assert reading.media_type == "application/pdf"
    assert len(reading.sha256) == 64
    assert {"sniff", "text-layer", "total"} <= dict(reading.seconds).keys()


def test_boxes_are_points_from_the_top_left(letter_pdf: Path, limits: Limits) -> None:
    line = next(
        line for line in read_file(letter_pdf, limits=limits).pages[0].lines if line.text.startswith("1. ")
    )
    box = line.box
    assert box is not None
    assert box.x0 == pytest.approx(113, abs=1)
    assert 250 < box.y0 < box.y1 < 285


def test_paragraphs_begin_where_the_first_line_is_indented(letter_pdf: Path, limits: Limits) -> None:
    gaps = {line.text[:12] for line in read_file(letter_pdf, limits=limits).pages[0].lines if line.gap}
    assert {"Thực hiện Ng", "1. Rà soát c", "2. Tổ chức t", "Kính gửi: Ủy"} <= gaps
    assert not gaps & {"Công Thương ", "theo quy hoạ", "phòng cháy, "}


def test_scan_with_signature_text_is_read_by_eye(scan_pdf: Path, limits: Limits) -> None:
    reading = read_file(scan_pdf, limits=limits)
    page = reading.pages[0]
    assert page.source == "ocr"
    assert page.dpi == 200
    got, want = lines(reading), expected_lines()
    assert [line.replace("—", "-") for line in got] == want
    assert "Ký bởi" not in page.text
    assert all(0 <= word.confidence <= 1 for word in page.words)
    # Straightened for reading, but boxes lie on the page as it is.
    box = page.lines[
        want.index("1. Rà soát các cơ sở sản xuất trong cụm, lập danh sách các hộ phải di dời")
    ].box
    assert box is not None
    assert box.x0 == pytest.approx(113, abs=8)


def test_invisible_text_of_an_earlier_ocr_is_not_believed(
    letter_image: Any, tmp_path: Path, limits: Limits
) -> None:
    def hidden(canvas: Any) -> None:
        text = canvas.beginText(80, 700)
        text.setFont("Specimen", 12)
        text.setTextRenderMode(3)
        for _ in range(12):
            text.textLine("sai lạc sai lạc sai lạc sai lạc sai lạc sai lạc")
        canvas.drawText(text)

    path = tmp_path / "ocred.pdf"
    path.write_bytes(image_pdf(letter_image, overlay=hidden))
    page = read_file(path, limits=limits).pages[0]
    assert page.source == "ocr"
    assert "sai lạc" not in page.text
    assert "Nghị định số 68/2017/NĐ-CP" in page.text
    assert "hidden-text-layer" in page.notes


def signature_widget(pdf: pikepdf.Pdf, rectangle: list[float], texts: list[str]) -> Any:
    """A signature field whose appearance prints `texts`."""
    content = b"BT /F0 8 Tf 2 30 Td 10 TL " + b" ".join(
        b"(" + text.encode("latin-1") + b") Tj T*" for text in texts
    ) + b" ET"  # fmt: skip
    form = pdf.make_stream(content)
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.BBox = pikepdf.Array([0, 0, rectangle[2] - rectangle[0], rectangle[3] - rectangle[1]])
    form.Resources = pikepdf.Dictionary(
        Font=pikepdf.Dictionary(
            F0=pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
            )
        )
    )
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Sig, F=4,
            Rect=pikepdf.Array(rectangle), AP=pikepdf.Dictionary(N=form), T="sig",
        )
    )  # fmt: skip


@pytest.mark.parametrize("form", [True, False], ids=["with its form", "cut out of its file"])
def test_signature_box_is_a_mark_and_the_number_it_fills_in_is_a_word(tmp_path: Path, limits: Limits, form: bool) -> None:
    buffer = io.BytesIO()
    canvas = new_canvas(buffer)
    sheet = Sheet(canvas)
    sheet.put(60, 60, "UBND TỈNH BẮC HÀ", 12)
    sheet.put(60, 92, "Số:          /UBND-KT", 12)
    sheet.put(330, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12)
    sheet.put(85, 200, "Ủy ban nhân dân tỉnh giao Sở Tài chính chủ trì thực hiện.")
    canvas.showPage()
    canvas.save()
    path = tmp_path / "signed.pdf"
    with pikepdf.open(buffer) as pdf:
        number = signature_widget(pdf, [82, 722, 122, 762], ["507"])
        box = signature_widget(
            pdf, [400, 790, 590, 840], ["Email: vp@bacha.example.vn", "05.03.2021 16:20:11"]
        )
        pdf.pages[0].Annots = pikepdf.Array([number, box])
        if form:  # a page taken out of a signed file keeps its widgets and loses the form
            pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([number, box]), SigFlags=3)
        pdf.save(path)
    page = read_file(path, limits=limits).pages[0]
    assert "Số: 507 /UBND-KT" in [line.text for line in page.lines]
    assert [mark.kind for mark in page.marks] == ["signature-text"]
    assert "vp@bacha.example.vn" in page.marks[0].text
    assert "vp@bacha" not in page.text


def name_picture(pdf: pikepdf.Pdf, rectangle: list[float], name: str) -> Any:
    """A signature field whose appearance is a picture: a scrawl and a typed name under it."""
    from PIL import Image, ImageDraw, ImageFont

    wide, high = int((rectangle[2] - rectangle[0]) * 4), int((rectangle[3] - rectangle[1]) * 4)
    picture = Image.new("L", (wide, high), 255)
    draw = ImageDraw.Draw(picture)
    draw.arc((60, 20, wide - 60, high - 120), 10, 250, fill=90, width=5)
    font = ImageFont.truetype(str(vietnamese_font()), 54)
    draw.text((wide / 2, high - 60), name, fill=0, font=font, anchor="mm")
    widget = signature_widget(pdf, rectangle, [])
    form = widget.AP.N
    image = pdf.make_stream(picture.tobytes())
    image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    image.Width, image.Height, image.BitsPerComponent = wide, high, 8
    image.ColorSpace = pikepdf.Name.DeviceGray
    form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=image))
    form.write(f"q {wide / 4} 0 0 {high / 4} 0 0 cm /I Do Q".encode())
    return widget


@pytest.mark.parametrize("typed", [False, True])
def test_a_name_only_in_the_signature_picture_is_read(tmp_path: Path, typed: bool, limits: Limits) -> None:
    buffer = io.BytesIO()
    canvas = new_canvas(buffer)
    sheet = Sheet(canvas)
    sheet.put(85, 400, "Sở Tài chính đề nghị các đơn vị thực hiện.")
    sheet.put(85, 450, "Nơi nhận:", 11)
    sheet.put(85, 464, "- Như trên;", 11)
    sheet.put(430, 450, "GIÁM ĐỐC", centred=True)
    if typed:
        sheet.put(430, 560, "Trần Văn Mẫu", centred=True)
    canvas.showPage()
    canvas.save()
    path = tmp_path / "signed.pdf"
    with pikepdf.open(buffer) as pdf:
        widget = name_picture(pdf, [350, 290, 510, 385], "Lê Thị Hoa")
        pdf.pages[0].Annots = pikepdf.Array([widget])
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([widget]), SigFlags=3)
        pdf.save(path)
    page = read_file(path, limits=limits).pages[0]
    # A picture is believed only where no name is typed beside it.
    assert page.lines[-1].text == ("Trần Văn Mẫu" if typed else "Lê Thị Hoa")
    assert ("Lê Thị Hoa" in page.text) is not typed
    assert [mark.kind for mark in page.marks] == ["signature"]


def test_signature_text_in_the_page_itself_is_set_apart(tmp_path: Path, limits: Limits) -> None:
    path = tmp_path / "flat.pdf"
    canvas = new_canvas(str(path))
    sheet = Sheet(canvas)
    for at, text in enumerate(("Người ký: Sở Tài chính", "Email: stc@bacha.example.vn", "Cơ quan: Tỉnh Bắc Hà",
                               "Thời gian ký:", "18.06.2019 11:03:02 +07:00")):  # fmt: skip
        sheet.put(400, 20 + 9 * at, text, 7)
    sheet.put(85, 200, "Cơ quan: các sở, ban, ngành của tỉnh thực hiện theo quy định.")
    canvas.showPage()
    canvas.save()
    page = read_file(path, limits=limits).pages[0]
    assert [line.text for line in page.lines] == [
        "Cơ quan: các sở, ban, ngành của tỉnh thực hiện theo quy định."
    ]
    assert page.marks[0].kind == "signature-text"
    assert page.marks[0].text.endswith("18.06.2019 11:03:02 +07:00")


def test_pages_are_decided_one_by_one(letter_image: Any, tmp_path: Path, limits: Limits) -> None:
    path = tmp_path / "mixed.pdf"
    digital = io.BytesIO()
    canvas = new_canvas(digital)
    draw_letter(canvas)
    canvas.showPage()  # an empty page
    canvas.save()
    with pikepdf.open(digital) as pdf, pikepdf.open(io.BytesIO(image_pdf(letter_image))) as scan:
        pdf.pages.append(scan.pages[0])
        pdf.save(path)
    seen: list[tuple[int, int]] = []
    reading = read_file(path, limits=limits, progress=lambda done, total: seen.append((done, total)))
    assert [page.source for page in reading.pages] == ["text-layer", "ocr", "ocr"]
    assert [page.number for page in reading.pages] == [1, 2, 3]
    assert "blank" in reading.pages[1].notes
    assert reading.pages[1].lines == ()
    assert reading.pages[2].lines[0].text == "UBND TỈNH BẮC HÀ"
    assert seen == [(0, 3), (1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_has_boxes_as_it_is_shown(
    letter_pdf: Path, tmp_path: Path, turn: int, limits: Limits
) -> None:
    path = tmp_path / "turned.pdf"
    with pikepdf.open(letter_pdf) as pdf:
        pdf.pages[0].Rotate = turn
        pdf.save(path)
    page = read_file(path, limits=limits).pages[0]
    wide = turn in (90, 270)
    assert (page.width > page.height) is wide
    for word in page.words:
        assert word.box is not None
        assert -1 <= word.box.x0 <= word.box.x1 <= page.width + 1
        assert -1 <= word.box.y0 <= word.box.y1 <= page.height + 1


def test_encrypted_pdf_is_refused_by_name(letter_pdf: Path, tmp_path: Path, limits: Limits) -> None:
    path = tmp_path / "khoa.pdf"
    with pikepdf.open(letter_pdf) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(user="bi mat", owner="chu"))
    with pytest.raises(BadFile) as caught:
        read_file(path, limits=limits, name="Công văn 12.pdf")
    assert caught.value.code == "file-encrypted"
    assert "Công văn 12.pdf" in caught.value.message
    assert "Công văn 12.pdf" in caught.value.message_en
    assert caught.value.advice
    assert caught.value.advice_en


def test_pdf_that_only_forbids_copying_is_read(letter_pdf: Path, tmp_path: Path, limits: Limits) -> None:
    path = tmp_path / "owner.pdf"
    with pikepdf.open(letter_pdf) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(user="", owner="chu"))
    assert read_file(path, limits=limits).pages[0].lines[0].text == "UBND TỈNH BẮC HÀ"


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_truncated_pdf_is_refused_and_never_half_read(
    scan_pdf: Path, tmp_path: Path, share: float, limits: Limits
) -> None:
    data = scan_pdf.read_bytes()
    path = tmp_path / "cut.pdf"
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(BadFile) as caught:
        read_file(path, limits=limits)
    assert caught.value.code in ("file-truncated", "file-damaged")
    assert "cut.pdf" in str(caught.value)


def test_damaged_pdf_is_refused(tmp_path: Path, limits: Limits) -> None:
    path = tmp_path / "bad.pdf"
    path.write_bytes(b"%PDF-1.7\n" + b"no object here " * 400 + b"\nstartxref\n99\n%%EOF\n")
    with pytest.raises(BadFile) as caught:
        read_file(path, limits=limits)
    assert caught.value.code == "file-damaged"


def test_two_thousand_pages_are_refused_at_once(tmp_path: Path, limits: Limits) -> None:
    path = tmp_path / "many.pdf"
    with pikepdf.new() as pdf:
        for _ in range(2000):
            pdf.add_blank_page()
        pdf.save(path)
    with pytest.raises(LimitExceeded) as caught:
        read_file(path, limits=limits)
    assert caught.value.code == "limit-pages"
    assert "2000" in caught.value.message


def test_huge_image_in_a_pdf_is_refused_before_it_is_unpacked(tmp_path: Path, limits: Limits) -> None:
    path = tmp_path / "bomb.pdf"
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        image = pdf.make_stream(b"\0")
        image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        image.Width = image.Height = 30_000
        image.ColorSpace, image.BitsPerComponent = pikepdf.Name.DeviceRGB, 8
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=image))
        page.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /I Do Q")
        pdf.save(path)
    with pytest.raises(LimitExceeded) as caught:
        read_file(path, limits=limits)
    assert caught.value.code == "limit-pixels"
    assert "30000 × 30000" in caught.value.message


def test_text_layer_in_an_old_font_becomes_unicode() -> None:
    from ingest.legacy import repaired

    words = [
        {"text": "§éc", "fontname": "ABCDEF+.VnTime"},
        {"text": "lËp", "fontname": "ABCDEF+.VnTime"},
        {"text": "tØnh", "fontname": ".VnTimeH"},
        {"text": "Độc", "fontname": "TimesNewRoman"},
        {"text": "BTC\u00adHCSN", "fontname": "TimesNewRoman"},
    ]
    assert repaired(words) == ["Độc", "lập", "TỈNH", "Độc", "BTC-HCSN"]


def test_text_layer_without_unicode_is_read_by_eye_instead() -> None:
    from ingest.legacy import garbled

    assert garbled(["(cid:12)(cid:33)", "(cid:7)"])
    assert garbled(["\ue012\ue013\ue014"])
    assert garbled([])
    assert not garbled(["Căn", "cứ", "Nghị", "định", "số", "68/2017/NĐ-CP"])


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("qn_507_2025", ["507", "/UBND-KGVX", "24", "10/02/2025"]),
        ("daknong_stc_1322_2019", ["1322/STC-GCS&TCDN", "KT."]),
        ("qn_575_2025", ["1060/BTC-QLGCS", "Kính"]),
    ],
)
def test_real_letters_read(shared_scans: Path, name: str, words: list[str], limits: Limits) -> None:
    page = read_file(shared_scans / f"{name}.pdf", limits=limits).pages[0]
    got = {word.text.strip("().,;/") for word in page.words} | {word.text for word in page.words}
    assert {word.strip("/") for word in words} <= {word.strip("/") for word in got}
    assert "Thời gian ký" not in page.text
    assert page.lines[0].text.isupper()
