"""Copies of scans: the text programs copy is the text we read; PDF/A; signatures stay with the original."""

from __future__ import annotations

import hashlib
import io
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from ingest.invisible import fences
from ingest.pdf import box_maker
from ingest.reader import read_file
from ingest.searchable import Written, write_searchable, write_text
from ingest.types import Box, Limits, Reading
from tests.ingest.conftest import Sheet, image_pdf, new_canvas

ROOT = Path(__file__).resolve().parents[2]
SECOND = (
    "- Ủy ban nhân dân xã, phường khuyến khích, thường xuyên nhắc nhở;",
    "+ Người dưới quyền tuyệt đối chấp hành quy chế, nguyên tắc;",
    "a) Những chuyện đã rồi: giữ nguyên; việc mới thì giải quyết trước 15/9/2021.",
    "Điều 3. Chánh Văn phòng, Giám đốc các sở chịu trách nhiệm thi hành.",
)


def second_page() -> Any:
    """Bullets, words with two marks, an article, as a grey image of 200 dpi."""
    buffer = io.BytesIO()
    canvas = new_canvas(buffer)
    for at, text in enumerate(SECOND * 3):
        Sheet(canvas).put(90, 80 + 24 * at, text)
    canvas.showPage()
    canvas.save()
    document = pypdfium2.PdfDocument(buffer.getvalue())
    image = document[0].render(scale=200 / 72).to_pil().convert("L")
    document.close()
    return image


@pytest.fixture(scope="module")
def scanned(letter_image: Any, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Reading]:
    """Four pages: a letter askew, bullets, the letter turned by the page's own note, bullets lying on their side."""
    pages = (letter_image.rotate(0.8, fillcolor=255, resample=3), second_page(), letter_image, second_page())
    path = tmp_path_factory.mktemp("copies") / "scan.pdf"
    with pikepdf.new() as pdf:
        for image in pages:
            with pikepdf.open(io.BytesIO(image_pdf(image))) as one:
                pdf.pages.extend(one.pages)
        with pikepdf.open(
            io.BytesIO(image_pdf(letter_image.rotate(90, expand=True), size=(842, 595)))
        ) as one:
            pdf.pages[2] = one.pages[0]
        pdf.pages[2].Rotate = 90
        with pikepdf.open(io.BytesIO(image_pdf(pages[3].rotate(90, expand=True), size=(842, 595)))) as one:
            pdf.pages[3] = one.pages[0]
        pdf.save(path)
    return path, read_file(path, limits=Limits(seconds_per_page=120))


@pytest.fixture(scope="module")
def copied(scanned: tuple[Path, Reading], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("copied") / "out.pdf"
    assert write_searchable(*scanned, out, pdfa=True) == Written()
    return out


def pdftotext(path: Path, *options: str) -> str:
    return subprocess.run(
        ["pdftotext", *options, str(path), "-"], capture_output=True, check=True, timeout=60
    ).stdout.decode()  # fmt: skip


def test_all_four_pages_were_read(scanned: tuple[Path, Reading]) -> None:
    pages = scanned[1].pages
    assert "Kính gửi: Ủy ban nhân dân các huyện" in pages[0].text
    assert SECOND[2] in pages[1].text
    assert pages[2].text.split()[:4] == ["UBND", "TỈNH", "BẮC", "HÀ"]
    assert SECOND[3] in pages[3].text
    assert any(note.startswith("turned ") for note in pages[3].notes)


@pytest.mark.parametrize("order", [(), ("-raw",)])
def test_what_pdftotext_says_is_our_text_word_by_word(
    scanned: tuple[Path, Reading], copied: Path, order: tuple[str, ...]
) -> None:
    assert pdftotext(copied, *order).split() == write_text(scanned[1]).split()


def test_what_pdfium_says_is_our_text_word_by_word(scanned: tuple[Path, Reading], copied: Path) -> None:
    document = pypdfium2.PdfDocument(copied)
    for page, read in zip(document, scanned[1].pages, strict=True):
        assert page.get_textpage().get_text_range().split() == read.text.split()
    document.close()


def test_words_lie_within_a_few_points_of_where_they_were_read(
    scanned: tuple[Path, Reading], copied: Path, tmp_path: Path
) -> None:
    from xml.etree import ElementTree

    found = tmp_path / "boxes.html"
    subprocess.run(["pdftotext", "-raw", "-bbox", str(copied), str(found)], check=True, timeout=60)
    pages = list(ElementTree.parse(found).iter("{http://www.w3.org/1999/xhtml}page"))
    assert len(pages) == 4
    # The fourth is shown upright in the copy; its boxes are those of the page as it lies.
    for number, (page, read) in enumerate(zip(pages[:3], scanned[1].pages, strict=False), 1):
        words = [
            word for word in page.iter("{http://www.w3.org/1999/xhtml}word") if (word.text or "").strip()
        ]
        assert [word.text for word in words] == [word.text for word in read.words]
        for word, ours in zip(words, read.words, strict=True):
            if len(ours.text) < 3:
                continue
            x0, y0, x1, y1 = (float(word.get(key, "nan")) for key in ("xMin", "yMin", "xMax", "yMax"))
            assert ours.box is not None
            assert x0 == pytest.approx(ours.box.x0, abs=6), (number, ours)
            assert x1 == pytest.approx(ours.box.x1, abs=6), (number, ours)
            assert (y0 + y1) / 2 == pytest.approx((ours.box.y0 + ours.box.y1) / 2, abs=6), (number, ours)


def test_a_page_on_its_side_is_shown_upright(copied: Path) -> None:
    document = pypdfium2.PdfDocument(copied)
    page = document[3]
    assert page.get_width() < page.get_height()
    text = page.get_textpage()
    first = box_maker(page)(text.get_charbox(text.get_text_range().index("Ủ")))
    # "Ủy" of the first line, drawn from (97, 80) on.
    assert first.x0 == pytest.approx(98, abs=6)
    assert first.y1 == pytest.approx(80, abs=6)
    document.close()


def test_the_images_are_the_bytes_they_were(scanned: tuple[Path, Reading], copied: Path) -> None:
    with pikepdf.open(scanned[0]) as before, pikepdf.open(copied) as after:
        for one, other in zip(before.pages, after.pages, strict=True):
            first, second = (next(iter(page.get_images().values())) for page in (one, other))
            assert first.read_raw_bytes() == second.read_raw_bytes()


def test_columns_are_fenced_and_running_text_is_not() -> None:
    left = [Box(100, 50, 220, 62), Box(105, 66, 210, 78), Box(90, 90, 230, 102)]
    right = [Box(270, 50, 530, 62), Box(330, 66, 470, 78)]
    body = [Box(85, 150 + 18 * at, 540, 162 + 18 * at) for at in range(6)]
    (fence,) = fences([*left, *right, *body])
    assert 230 < fence.x0 < fence.x1 < 270
    assert fence.y0 <= 50
    assert 102 <= fence.y1 < 150
    assert fences(body) == []
    assert fences([*left, *body]) == []


# PDF/A


def validated(*paths: Path) -> list[str]:
    """veraPDF's word on each file: PASS or FAIL."""
    script = ROOT / "tools" / "verapdf.sh"
    if subprocess.run(["sh", str(script), "path"], capture_output=True, timeout=60).returncode:
        pytest.skip("veraPDF is not installed: sh tools/verapdf.sh install")
    done = subprocess.run(
        ["sh", str(script), "check", *map(str, paths)], capture_output=True, timeout=300, text=True
    )
    return [line.split()[0] for line in done.stdout.splitlines() if line.startswith(("PASS", "FAIL"))]


def test_copies_of_scans_and_images_are_valid_pdfa(copied: Path, letter_image: Any, tmp_path: Path) -> None:
    outs = [copied]
    for name, image in (
        ("grey.jpg", letter_image), ("cmyk.jpg", letter_image.convert("RGB").convert("CMYK")),
        ("bits.tif", letter_image.convert("1")), ("clear.png", letter_image.convert("RGBA")),
    ):  # fmt: skip
        source, out = tmp_path / name, tmp_path / f"{name}.pdf"
        small = image.resize((400, 566))
        small.save(source, dpi=(48, 48))
        reading = Reading(
            name, "0" * 64, f"image/{ {'jpg': 'jpeg', 'tif': 'tiff'}.get(name[-3:], 'png') }", (_empty(),)
        )
        write_searchable(source, reading, out, pdfa=True)
        outs.append(out)
    assert validated(*outs) == ["PASS"] * len(outs)


def _empty() -> Any:
    from ingest.types import Page

    return Page(1, 595, 842, (), "ocr", 48)


def test_what_lacks_fonts_or_runs_scripts_is_not_called_pdfa(tmp_path: Path, limits: Limits) -> None:
    from reportlab.pdfgen.canvas import Canvas

    source, out = tmp_path / "in.pdf", tmp_path / "out.pdf"
    canvas = Canvas(str(source))
    canvas.drawString(90, 700, "To whom it may concern: please find enclosed the minutes of the meeting.")
    canvas.save()
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=b"app.alert(1)")
        pdf.save(source)
    written = write_searchable(source, read_file(source, limits=limits), out, pdfa=True)
    assert written.missing_fonts == ("Helvetica",)
    with pikepdf.open(out) as pdf:
        assert "/OpenAction" not in pdf.Root
        with pdf.open_metadata() as metadata:
            assert "pdfaid:part" not in metadata


# Signatures


def signed_pdf(letter_image: Any) -> bytes:
    """A scan with a real detached CMS signature over its bytes, shown in a field on the page."""
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Sở Công Thương tỉnh Bắc Hà")])
    now = datetime(2021, 3, 5, tzinfo=UTC)
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        .not_valid_before(now).not_valid_after(now + timedelta(days=365)).sign(key, SHA256())
    )  # fmt: skip
    room = 8192
    with pikepdf.open(io.BytesIO(image_pdf(letter_image))) as pdf:
        looks = pdf.make_stream(b"0.8 0 0 rg 0 0 60 20 re f")
        looks.Type, looks.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        looks.BBox = pikepdf.Array([0, 0, 60, 20])
        value = pdf.make_indirect(pikepdf.Dictionary(
            Type=pikepdf.Name.Sig, Filter=pikepdf.Name("/Adobe.PPKLite"), SubFilter=pikepdf.Name("/adbe.pkcs7.detached"),
            ByteRange=pikepdf.Array([0, 1111111111, 1111111111, 1111111111]), Contents=pikepdf.String(b"\xaa" * room),
        ))  # fmt: skip
        field = pdf.make_indirect(pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Sig, T=b"Signature1", V=value, F=132,
            Rect=pikepdf.Array([400, 780, 460, 800]), AP=pikepdf.Dictionary(N=looks), P=pdf.pages[0].obj,
        ))  # fmt: skip
        pdf.pages[0].Annots = pikepdf.Array([field])
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]), SigFlags=3)
        buffer = io.BytesIO()
        pdf.save(buffer, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    data = buffer.getvalue()
    start = data.index(b"<" + b"aa" * room)
    end = start + 2 * room + 2
    at = data.index(b"[ 0 1111111111 1111111111 1111111111 ]")
    spans = f"[ 0 {start} {end} {len(data) - end} ]".encode().ljust(38)
    data = data[:at] + spans + data[at + 38 :]
    builder = (
        pkcs7.PKCS7SignatureBuilder()
        .set_data(data[:start] + data[end:])
        .add_signer(certificate, key, SHA256())
    )
    options = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary]
    signature = builder.sign(Encoding.DER, options).hex().encode()
    return data[: start + 1] + signature.ljust(2 * room, b"0") + data[end - 1 :]


def test_a_signed_original_is_left_alone_and_the_copy_carries_no_broken_signature(
    letter_image: Any, tmp_path: Path
) -> None:
    source, out = tmp_path / "ky.pdf", tmp_path / "out.pdf"
    source.write_bytes(signed_pdf(letter_image))
    before = hashlib.sha256(source.read_bytes()).hexdigest()
    reading = Reading("ky.pdf", before, "application/pdf", (_empty(),))
    assert write_searchable(source, reading, out, pdfa=True).signatures == 1
    assert hashlib.sha256(source.read_bytes()).hexdigest() == before
    with pikepdf.open(out) as pdf:
        assert "/AcroForm" not in pdf.Root
        (mark,) = pdf.pages[0].Annots
        assert mark.Subtype == "/Stamp"
        assert "/V" not in mark
    # What people see of it stays.
    for path in (source, out):
        document = pypdfium2.PdfDocument(path)
        document.init_forms()
        red = document[0].render(scale=1).to_pil().convert("RGB").getpixel((430, 52))
        document.close()
        assert red[0] > 150 > red[1]
    assert validated(out) == ["PASS"]
