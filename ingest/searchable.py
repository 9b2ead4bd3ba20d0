"""A copy of a file as PDF with invisible text at the right places, and the text alone.

The page images are not touched: a PDF keeps its pages as they are and only gets
a layer of text in render mode 3 ("neither fill nor stroke"); image files become
pages that hold the image. The layer's font has no shapes; its ToUnicode map is
the identity, so every Vietnamese letter is found and copied as it is.
"""

from __future__ import annotations

import contextlib
import io
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest import archival, failures, invisible, sniff
from ingest.types import Limits, Page, Reading


@dataclass(frozen=True, slots=True)
class Written:
    """What is to be told of a copy: how many digital signatures the original has, and fonts it lacks for PDF/A."""

    signatures: int = 0
    missing_fonts: tuple[str, ...] = ()


def write_text(reading: Reading) -> str:
    """The text of all pages in reading order, pages parted by a form feed."""
    return "\f".join(f"{page.text}\n" if page.text else "" for page in reading.pages)


def write_searchable(
    path: str | Path, reading: Reading, out: str | Path, *, pdfa: bool = False, limits: Limits | None = None
) -> Written:
    """Write `reading`'s file at `path` as a searchable PDF to `out`.

    Pages that were born digital stay as they are. With `pdfa` the output is made
    PDF/A-2b and says so, unless the original lacks fonts. The original is never
    touched; the file appears whole or not at all. Raises `BadFile` where the
    original cannot be opened.
    """
    import pikepdf

    source, target = Path(path), Path(out)
    limits = limits or Limits()
    try:
        with _as_pdf(source, reading, limits) as pdf:
            # An invisible layer of an earlier program would be found twice.
            font = invisible.font(pdf)
            for number, page in enumerate(reading.pages):
                if number < len(pdf.pages) and page.source == "ocr":
                    _add_layer(pdf, pdf.pages[number], page, font)
            signatures = archival.without_signatures(pdf)
            missing = archival.declare(pdf) if pdfa else ()
            _save(pdf, target, reading.name, pdfa and not missing)
    except pikepdf.PasswordError as error:
        raise failures.encrypted(reading.name) from error
    except pikepdf.PdfError as error:
        raise failures.damaged(reading.name, "PDF") from error
    return Written(signatures, missing)


@contextlib.contextmanager
def _as_pdf(path: Path, reading: Reading, limits: Limits) -> Iterator[Any]:
    import pikepdf

    if reading.media_type == sniff.PDF:
        with pikepdf.open(path) as pdf:
            yield pdf
    elif reading.media_type in sniff.IMAGES:
        sizes = [(page.width, page.height) for page in reading.pages]
        with pikepdf.open(io.BytesIO(images_as_pdf(path, sizes, reading.name, limits))) as pdf:
            yield pdf
    else:
        with pikepdf.open(io.BytesIO(_text_as_pdf(reading))) as pdf:
            yield pdf


def images_as_pdf(path: Path, sizes: Sequence[tuple[float, float]], name: str, limits: Limits) -> bytes:
    """Each image as a page of its size (in points); a JPEG's own bytes are kept where it needs no turning."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    from ingest.images import frame, opened

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pageCompression=1)
    with opened(path, name, limits) as image:
        plain_jpeg = (
            image.format == "JPEG" and image.mode in ("L", "RGB") and image.getexif().get(0x0112, 1) == 1
        )
        for index, (width, height) in enumerate(sizes):
            canvas.setPageSize((width, height))
            if plain_jpeg:
                canvas.drawImage(str(path), 0, 0, width, height)
            else:
                picture, _ = frame(image, index, name, limits)
                canvas.drawImage(ImageReader(picture), 0, 0, width, height)
            canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _text_as_pdf(reading: Reading) -> bytes:
    """Text files as plain pages in a font that has Vietnamese. Raises `Unavailable` where none is installed."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

    pdfmetrics.registerFont(TTFont("DonDocSerif", str(vietnamese_font())))
    style = ParagraphStyle("body", fontName="DonDocSerif", fontSize=12, leading=17, spaceBefore=2)
    story: list[Any] = []
    for page in reading.pages:
        if story:
            story.append(PageBreak())
        for line in page.lines:
            text = line.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            story.append(Paragraph(text, style))
    buffer = io.BytesIO()
    SimpleDocTemplate(buffer, pagesize=A4, title=reading.name).build(story)
    return buffer.getvalue()


def vietnamese_font() -> Path:
    """The file of a serif font with all Vietnamese letters. Raises `Unavailable` where none is installed."""
    from ingest.errors import Unavailable

    folders = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts")
    for file in ("LiberationSerif-Regular.ttf", "Tinos-Regular.ttf", "DejaVuSerif.ttf", "DejaVuSans.ttf"):
        for folder in folders:
            # fonts-liberation 1 has a file of the same name without the Vietnamese letters.
            found = [font for font in sorted(folder.rglob(file)) if "liberation/" not in str(font)]
            if found:
                return found[-1]
    raise Unavailable(
        "font-missing",
        "Chưa cài phông chữ có tiếng Việt.",
        "No font with Vietnamese letters is installed.",
        advice="Hãy cài gói fonts-liberation2 hoặc fonts-dejavu.",
        advice_en="Install the package fonts-liberation2 or fonts-dejavu.",
    )


def _add_layer(pdf: Any, page: Any, read: Page, font: Any) -> None:
    from pikepdf import Dictionary

    _drop_invisible(pdf, page)
    resources = page.get("/Resources")
    if resources is None:
        page.Resources = Dictionary()
    else:
        # Pages may share one dictionary; ours is for this page.
        page.Resources = Dictionary(dict(resources.items()))
    fonts = Dictionary(dict(page.Resources.get("/Font", Dictionary()).items()))
    fonts[invisible.NAME] = font
    page.Resources.Font = fonts
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(pdf.make_stream(b"\nQ\n" + invisible.layer(read, _matrix(page))))
    if turns := invisible.quarter_turns(read):
        # Shown upright, as it was read; Poppler mixes up the lines of a page on its side.
        page.Rotate = (int(page.get("/Rotate", 0)) - 90 * turns) % 360


def _drop_invisible(pdf: Any, page: Any) -> None:
    """Remove text in render mode 3 that an earlier program laid on the page."""
    import pikepdf

    try:
        instructions = list(pikepdf.parse_content_stream(page))
    except pikepdf.PdfError:
        return
    kept, mode, changed, stack = [], 0, False, []
    for instruction in instructions:
        operator = str(instruction.operator)
        if operator == "q":
            stack.append(mode)
        elif operator == "Q" and stack:
            mode = stack.pop()
        elif operator == "Tr":
            mode = int(instruction.operands[0])
        if mode == 3 and operator in ("Tj", "TJ", "'", '"'):
            changed = True
            continue
        kept.append(instruction)
    if changed:
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept))


def _matrix(page: Any) -> tuple[float, float, float, float, float, float]:
    """From points off the top left corner of the page as shown, to the page's own space."""
    box = [float(value) for value in page.cropbox]
    left, bottom, right, top = (
        min(box[0], box[2]),
        min(box[1], box[3]),
        max(box[0], box[2]),
        max(box[1], box[3]),
    )
    turned = int(page.get("/Rotate", 0)) % 360
    unit = float(page.get("/UserUnit", 1))
    s = 1 / unit
    if turned == 90:
        return (0, s, s, 0, left, bottom)
    if turned == 180:
        return (-s, 0, 0, s, right, bottom)
    if turned == 270:
        return (0, -s, -s, 0, right, top)
    return (s, 0, 0, -s, left, top)


def _save(pdf: Any, target: Path, name: str, pdfa: bool) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = metadata.get("dc:title") or name
        metadata["pdf:Producer"] = "Đôn Đốc"
        if pdfa:
            metadata["pdfaid:part"] = "2"
            metadata["pdfaid:conformance"] = "B"
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".dondoc-", suffix=".pdf")
    os.close(handle)
    try:
        pdf.save(temporary)
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
