"""Letters, scans and hostile files built on the spot; nothing here is a real document."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ingest.searchable import vietnamese_font
from ingest.types import Limits

LEFT_HEAD = (
    "UBND TỈNH BẮC HÀ",
    "SỞ CÔNG THƯƠNG",
    "Số: 123/SCT-QLCN",
    "V/v rà soát cụm công",
    "nghiệp làng nghề",
)
RIGHT_HEAD = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Bắc Hà, ngày 05 tháng 3 năm 2021",
)
BODY = (
    (True, "Thực hiện Nghị định số 68/2017/NĐ-CP ngày 25/5/2017 của Chính phủ, Sở"),
    (False, "Công Thương đề nghị Ủy ban nhân dân các huyện triển khai các việc sau:"),
    (True, "1. Rà soát các cơ sở sản xuất trong cụm, lập danh sách các hộ phải di dời"),
    (False, "theo quy hoạch và gửi về Sở trước ngày 20/3/2021."),
    (True, "2. Tổ chức tuyên truyền, vận động các hộ gia đình chấp hành quy định về"),
    (False, "phòng cháy, chữa cháy và bảo vệ môi trường."),
)
LEFT_FOOT = ("Nơi nhận:", "- Như trên;", "- UBND tỉnh (để b/c);", "- Lưu: VT, QLCN.")
RIGHT_FOOT = ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Văn Mẫu")


@dataclass(frozen=True)
class Sheet:
    """A canvas with a Vietnamese font, in points from the top left."""

    canvas: Any
    height: float = 842.0

    def put(self, x: float, y: float, text: str, size: float = 13, *, centred: bool = False) -> None:
        self.canvas.setFont("Specimen", size)
        draw = self.canvas.drawCentredString if centred else self.canvas.drawString
        draw(x, self.height - y, text)


def new_canvas(target: Any, size: tuple[float, float] = (595.0, 842.0)) -> Any:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    if "Specimen" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Specimen", str(vietnamese_font())))
    return Canvas(target, pagesize=size)


def draw_letter(canvas: Any) -> None:
    """A letter as the decree lays it out, with a page number at the foot."""
    sheet = Sheet(canvas)
    for at, text in enumerate(LEFT_HEAD):
        sheet.put(155, 60 + 16 * at, text, 12, centred=True)
    for at, text in enumerate(RIGHT_HEAD):
        sheet.put(410, 60 + 16 * at, text, 12, centred=True)
    sheet.put(310, 175, "Kính gửi: Ủy ban nhân dân các huyện", centred=True)
    y = 215.0
    for first, text in BODY:
        y += 8 if first else 0
        sheet.put(113 if first else 85, y, text)
        y += 19
    for at, text in enumerate(LEFT_FOOT):
        sheet.put(85, y + 30 + 14 * at, text, 11)
    for text, below in zip(RIGHT_FOOT, (30, 46, 130), strict=True):
        sheet.put(430, y + below, text, 13, centred=True)
    sheet.put(298, 815, "1", 12)
    canvas.showPage()


def expected_lines() -> list[str]:
    """The letter's lines in reading order: head left, head right, body, Nơi nhận, signature."""
    body = [text for _, text in BODY]
    return [*LEFT_HEAD, *RIGHT_HEAD, "Kính gửi: Ủy ban nhân dân các huyện", *body, *LEFT_FOOT, *RIGHT_FOOT]


@pytest.fixture
def limits() -> Limits:
    return Limits()


@pytest.fixture(scope="session")
def letter_pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A born-digital letter of one page."""
    path = tmp_path_factory.mktemp("letter") / "letter.pdf"
    canvas = new_canvas(str(path))
    draw_letter(canvas)
    canvas.save()
    return path


@pytest.fixture(scope="session")
def letter_image(letter_pdf: Path) -> Any:
    """The letter as a grey image of 200 dpi."""
    import pypdfium2

    document = pypdfium2.PdfDocument(letter_pdf)
    image = document[0].render(scale=200 / 72).to_pil().convert("L")
    document.close()
    return image


def image_pdf(
    image: Any, *, overlay: Any = None, under: Any = None, size: tuple[float, float] = (595.0, 842.0)
) -> bytes:
    """A PDF of one page (A4) that an image fills; `under` and `overlay` draw below and above it."""
    from reportlab.lib.utils import ImageReader

    buffer = io.BytesIO()
    canvas = new_canvas(buffer, size)
    if under:
        under(canvas)
    canvas.drawImage(ImageReader(image), 0, 0, *size)
    if overlay:
        overlay(canvas)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@pytest.fixture(scope="session")
def scan_pdf(letter_image: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The letter scanned, turned by one degree, with a digital signature's text over it."""

    def signed(canvas: Any) -> None:
        sheet = Sheet(canvas)
        for at, text in enumerate((
            "Ký bởi: Sở Công Thương tỉnh Bắc Hà", "Cơ quan: Tỉnh Bắc Hà", "Thời gian ký: 05/03/2021 16:20:11",
        )):  # fmt: skip
            sheet.put(400, 14 + 7 * at, text, 6)

    path = tmp_path_factory.mktemp("scan") / "scan.pdf"
    turned = letter_image.rotate(1.0, fillcolor=255, resample=3)
    path.write_bytes(image_pdf(turned, overlay=signed))
    return path


@pytest.fixture(scope="session")
def shared_scans() -> Path:
    """Real scans, where they lie beside the project."""
    folder = Path(__file__).resolve().parents[3] / "shared" / "scans"
    if not folder.is_dir():
        pytest.skip("no real scans beside the project")
    return folder
