"""Images, Word files, text files, and what is none of them."""

from __future__ import annotations

import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest

from ingest import sniff
from ingest.errors import BadFile, LimitExceeded
from ingest.reader import read_file
from ingest.types import Limits, Reading

LETTER = """UBND TỈNH BẮC HÀ
Số: 12/UBND-KT

Ủy ban nhân dân tỉnh yêu cầu Sở Tài chính chủ trì, phối hợp với các đơn vị
thực hiện nghiêm túc các nhiệm vụ được giao trước ngày 30/6/2009.
"""


def text_of(reading: Reading) -> str:
    return "\n\f\n".join(page.text for page in reading.pages)


# Sniffing


def test_an_empty_file_is_named(tmp_path: Path, limits: Limits) -> None:
    path = tmp_path / "a.pdf"
    path.touch()
    with pytest.raises(BadFile) as caught:
        read_file(path, limits=limits, name="Giấy mời.pdf")
    assert caught.value.code == "file-empty"
    assert "Giấy mời.pdf" in str(caught.value)


def test_a_missing_file_is_told(tmp_path: Path, limits: Limits) -> None:
    with pytest.raises(BadFile) as caught:
        read_file(tmp_path / "không có.pdf", limits=limits)
    assert caught.value.code == "file-missing"


def test_a_wrong_ending_is_read_by_content_and_noted(
    letter_pdf: Path, tmp_path: Path, limits: Limits
) -> None:
    path = tmp_path / "thu.docx"
    path.write_bytes(letter_pdf.read_bytes())
    reading = read_file(path, limits=limits)
    assert reading.media_type == sniff.PDF
    assert any(".docx" in note and "PDF" in note for note in reading.pages[0].notes)
    assert not any("Đuôi" in note for note in read_file(letter_pdf, limits=limits).pages[0].notes)


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("x.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "file-type"),
        (
            "x.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "file-encrypted",
        ),
        ("x.zip", b"PK\x05\x06" + b"\0" * 18, "file-type"),
        ("x.docx", b"PK\x03\x04" + b"\1" * 300, "file-damaged"),
        ("x.gif", b"GIF89a" + bytes(range(256)) * 8, "file-type"),
        ("x.txt", bytes(range(256)) * 40, "text-no-language"),
        ("x.txt", b"\x01\x02\x03\x04" * 400, "text-no-language"),
        ("x.txt", b"12 34 56 --- 78 90 \n" * 40, "text-no-language"),
        ("x.txt", b"   \n\n \t \n", "text-no-language"),
        ("x.txt", b"\xff\xfe\x00", "text-no-language"),
        ("x.txt", bytes(zlib.compress(bytes(range(251)) * 50))[20:], "text-no-language"),
        ("x.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "file-damaged"),
        ("x.tif", b"II*\0" + b"\xff" * 60, "file-damaged"),
        ("x.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "file-damaged"),
    ],
)
def test_what_cannot_be_read_gets_a_clear_word(
    tmp_path: Path, name: str, data: bytes, code: str, limits: Limits
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(BadFile) as caught:
        read_file(path, limits=limits)
    assert caught.value.code in (code, "file-type" if code == "text-no-language" else code)
    assert name in caught.value.message
    assert name in caught.value.message_en
    assert caught.value.advice


# Images


def png_of_size(width: int, height: int) -> bytes:
    """A PNG that says it is that large and packs rows of zeros, a few kilobytes in all."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer = zlib.compressobj(9)
    row = b"\0" * (width + 1)
    data = b"".join(packer.compress(row) for _ in range(100)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def test_an_image_of_thirty_thousand_squared_is_refused_undecoded(tmp_path: Path, limits: Limits) -> None:
    path = tmp_path / "to.png"
    path.write_bytes(png_of_size(30_000, 30_000))
    with pytest.raises(LimitExceeded) as caught:
        read_file(path, limits=limits)
    assert caught.value.code == "limit-pixels"
    assert "30000 × 30000" in caught.value.message
    assert "to.png" in caught.value.message


def test_a_truncated_image_is_refused(letter_image: Any, tmp_path: Path, limits: Limits) -> None:
    path = tmp_path / "cut.jpg"
    letter_image.save(path, quality=80)
    path.write_bytes(path.read_bytes()[:20_000])
    with pytest.raises(BadFile) as caught:
        read_file(path, limits=limits)
    assert caught.value.code == "file-truncated"


def test_a_photo_is_turned_upright_by_its_note(letter_image: Any, tmp_path: Path, limits: Limits) -> None:
    from PIL import Image

    path = tmp_path / "anh.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6  # taken with the camera on its side
    letter_image.rotate(90, expand=True).save(path, quality=90, exif=exif.tobytes())
    page = read_file(path, limits=limits).pages[0]
    assert page.height > page.width
    assert page.lines[0].text == "UBND TỈNH BẮC HÀ"


def test_a_tiff_of_two_pages_gives_two_pages(letter_image: Any, tmp_path: Path, limits: Limits) -> None:
    from PIL import Image

    path = tmp_path / "fax.tif"
    blank = Image.new("1", letter_image.size, 1)
    letter_image.convert("1").save(
        path, save_all=True, append_images=[blank], dpi=(200, 200), compression="group4"
    )
    reading = read_file(path, limits=limits)
    assert reading.media_type == sniff.TIFF
    assert "68/2017/NĐ-CP" in reading.pages[0].text
    assert reading.pages[0].dpi == 200
    assert reading.pages[0].width == pytest.approx(595, abs=2)
    assert reading.pages[1].notes == ("blank",)


def test_a_heic_photo_is_opened(letter_image: Any, tmp_path: Path, limits: Limits) -> None:
    import pillow_heif

    pillow_heif.register_heif_opener()
    path = tmp_path / "dienthoai.heic"
    letter_image.convert("RGB").save(path, quality=85)
    reading = read_file(path, limits=limits)
    assert reading.media_type == sniff.HEIC
    assert "Kính gửi: Ủy ban nhân dân các huyện" in reading.pages[0].text


# Text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_text_in_any_form(tmp_path: Path, encoding: str, limits: Limits) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(LETTER.encode(encoding))
    reading = read_file(path, limits=limits)
    assert text_of(reading) == LETTER.strip()
    assert reading.pages[0].source == "text"


TCVN3 = {
    "ằ": "»", "ắ": "¾", "ẵ": "½", "ẳ": "¼", "ặ": "Æ", "ă": "¨", "â": "©", "ấ": "Ê", "ầ": "Ç", "ậ": "Ë", "à": "µ",
    "á": "¸", "ạ": "¹", "ả": "¶", "ã": "·", "đ": "®", "ê": "ª", "ế": "Õ", "ề": "Ò", "ệ": "Ö", "ể": "Ó", "ị": "Þ",
    "í": "Ý", "ì": "×", "ĩ": "Ü", "ỉ": "Ø", "ô": "«", "ố": "è", "ồ": "å", "ộ": "é", "ổ": "æ", "ỗ": "ç", "ơ": "¬",
    "ớ": "í", "ờ": "ê", "ợ": "î", "ở": "ë", "ỡ": "ì", "ọ": "ä", "ó": "ã", "ò": "ß", "ủ": "ñ", "ú": "ó", "ụ": "ô",
    "ư": "\xad", "ứ": "ø", "ừ": "õ", "ự": "ù", "ử": "ö", "ữ": "÷", "ý": "ý", "ỳ": "ú", "ỷ": "û", "ỵ": "þ", "é": "Ð",
    "è": "Ì", "Đ": "§", "Ê": "£", "Ô": "¤", "Ư": "¦", "Â": "¢", "Ơ": "¥", "Ă": "¡",
}  # fmt: skip
OLD = "thực hiện chế độ báo cáo định kỳ của các đơn vị trong tỉnh về công tác cải cách hành chính năm nay"


def test_text_in_tcvn3_is_converted(tmp_path: Path, limits: Limits) -> None:
    path = tmp_path / "cu.txt"
    path.write_bytes("".join(TCVN3.get(char, char) for char in OLD).encode("latin-1"))
    reading = read_file(path, limits=limits)
    assert text_of(reading) == OLD
    assert "encoding tcvn3" in reading.pages[0].notes


def test_text_in_windows_1258_is_converted(tmp_path: Path, limits: Limits) -> None:
    import unicodedata

    marks = {"\u0300": "", "\u0301": "", "\u0303": "", "\u0309": "", "\u0323": ""}
    coded = ""
    for char in OLD:
        parts = unicodedata.normalize("NFD", char)
        tones = "".join(part for part in parts if part in marks)
        coded += unicodedata.normalize("NFC", "".join(part for part in parts if part not in marks)) + tones
    path = tmp_path / "w.txt"
    path.write_bytes(coded.encode("cp1258"))
    assert text_of(read_file(path, limits=limits)) == OLD


def test_marks_of_bold_and_simple_tags_are_dropped(tmp_path: Path, limits: Limits) -> None:
    path = tmp_path / "g.txt"
    path.write_text(
        "Số: **12**/UBND-KT &amp; VX\n\n<b>ĐẾN</b> <i>ngày</i>: 5 < 6 và 7 > 3<br/>dòng\n  \nHết * sao",
        encoding="utf-8",
    )
    page = read_file(path, limits=limits).pages[0]
    assert [line.text for line in page.lines] == [
        "Số: 12/UBND-KT & VX", "ĐẾN ngày: 5 < 6 và 7 > 3 dòng", "Hết * sao",
    ]  # fmt: skip
    assert [line.gap for line in page.lines] == [False, True, True]
    assert all(word.box is None for word in page.words)


def test_a_form_feed_begins_a_page(tmp_path: Path, limits: Limits) -> None:
    path = tmp_path / "p.txt"
    path.write_text("Trang một của văn bản\fTrang hai của văn bản\f", encoding="utf-8")
    assert [page.text for page in read_file(path, limits=limits).pages] == [
        "Trang một của văn bản", "Trang hai của văn bản",
    ]  # fmt: skip


# Word


def numbered(document: Any, text: str, number: int, level: int) -> None:
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    paragraph = document.add_paragraph(text)
    properties = paragraph._p.get_or_add_pPr()
    outer = OxmlElement("w:numPr")
    for tag, value in (("w:ilvl", level), ("w:numId", number)):
        inner = OxmlElement(tag)
        inner.set(qn("w:val"), str(value))
        outer.append(inner)
    properties.append(outer)


def with_numbering(document: Any) -> None:
    """Own numbering: level 0 upper Roman "I.", level 1 "1.", level 2 bullets; as number 77."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    root = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate((("upperRoman", "%1."), ("decimal", "%2."), ("bullet", "\uf0b7")))
    )
    root.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>'))
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))


def test_a_word_file_in_order_with_its_automatic_numbers(tmp_path: Path, limits: Limits) -> None:
    import docx

    document = docx.Document()
    with_numbering(document)
    head = document.add_table(rows=2, cols=2)
    head.cell(0, 0).text = "SỞ TÀI CHÍNH"
    head.cell(1, 0).text = "Số: 5/STC"
    head.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    head.cell(1, 1).text = "Bắc Hà, ngày 1 tháng 2 năm 2020"
    document.add_paragraph("Kính gửi: Các sở")
    for text, level in (
        ("Mục tiêu", 0),
        ("Việc một", 1),
        ("Chi tiết", 2),
        ("Việc hai", 1),
        ("Giải pháp", 0),
        ("Việc ba", 1),
    ):
        numbered(document, text, 77, level)
    grid = document.add_table(rows=2, cols=3)
    for at, text in enumerate(("TT", "Việc", "Hạn", "1", "Báo cáo", "30/6")):
        grid.cell(at // 3, at % 3).text = text
    path = tmp_path / "cv.docx"
    document.save(str(path))
    reading = read_file(path, limits=limits)
    assert [line.text for line in reading.pages[0].lines] == [
        "SỞ TÀI CHÍNH", "Số: 5/STC", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Bắc Hà, ngày 1 tháng 2 năm 2020",
        "Kính gửi: Các sở", "I. Mục tiêu", "1. Việc một", "- Chi tiết", "2. Việc hai", "II. Giải pháp", "1. Việc ba",
        "TT\tViệc\tHạn", "1\tBáo cáo\t30/6",
    ]  # fmt: skip
    assert reading.media_type == sniff.DOCX


def test_a_word_file_in_an_old_font_becomes_unicode(tmp_path: Path, limits: Limits) -> None:
    import docx

    document = docx.Document()
    run = document.add_paragraph().add_run("§éc lËp - Tù do - H¹nh phóc")
    run.font.name = ".VnTime"
    path = tmp_path / "cu.docx"
    document.save(str(path))
    assert text_of(read_file(path, limits=limits)) == "Độc lập - Tự do - Hạnh phúc"


def test_a_word_file_that_unpacks_to_a_bomb_is_refused(tmp_path: Path, limits: Limits) -> None:
    path = tmp_path / "bom.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(310):
                part.write(b" " * 2**20)
    with pytest.raises(LimitExceeded):
        read_file(path, limits=limits)


def test_a_damaged_word_file_is_refused(tmp_path: Path, limits: Limits) -> None:
    path = tmp_path / "hong.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w:document")
    with pytest.raises(BadFile) as caught:
        read_file(path, limits=limits)
    assert caught.value.code == "file-damaged"


def test_a_text_as_long_as_a_book_is_refused_also_without_page_breaks(tmp_path: Path) -> None:
    path = tmp_path / "sach.txt"
    path.write_text("Sở Tài chính báo cáo kết quả. " * 1000, encoding="utf-8")  # some six pages
    assert read_file(path, limits=Limits(pages=6)).pages
    with pytest.raises(LimitExceeded) as caught:
        read_file(path, limits=Limits(pages=5))
    assert caught.value.code == "limit-pages"


def test_a_word_file_as_long_as_a_book_is_refused(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    for _ in range(200):
        document.add_paragraph("Sở Tài chính báo cáo kết quả. " * 5)
    path = tmp_path / "sach.docx"
    document.save(str(path))
    assert read_file(path, limits=Limits(pages=6)).pages
    with pytest.raises(LimitExceeded) as caught:
        read_file(path, limits=Limits(pages=5))
    assert caught.value.code == "limit-pages"


@pytest.mark.parametrize("packing", ["JBIG2Decode", "JPXDecode"])
def test_a_page_whose_image_cannot_be_unpacked_is_a_damaged_file(
    tmp_path: Path, limits: Limits, packing: str
) -> None:
    import pikepdf

    path = tmp_path / "hong.pdf"
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        image = pdf.make_stream(b"\x17\x2a nonsense" * 500)
        image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        image.Width, image.Height, image.BitsPerComponent = 2480, 3508, 1 if packing[0:2] == "JB" else 8
        image.ColorSpace, image.Filter = pikepdf.Name.DeviceGray, pikepdf.Name(f"/{packing}")
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=image))
        page.Contents = pdf.make_stream(b"595 0 0 842 0 0 cm /I Do")
        pdf.save(path)
    with pytest.raises(BadFile) as caught:
        read_file(path, limits=limits, name="hong.pdf")
    assert caught.value.code == "file-damaged"
    assert "trang 1" in caught.value.message
