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
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ingest import failures, sniff
from ingest.types import Box, Limits, Page, Reading, Word

_FONT = "/DonDocText"
_UNITS = 500
"""Width of every character of the layer's font, in thousandths of its size."""


def write_text(reading: Reading) -> str:
    """The text of all pages in reading order, pages parted by a form feed."""
    return "\f".join(f"{page.text}\n" if page.text else "" for page in reading.pages)


def write_searchable(
    path: str | Path, reading: Reading, out: str | Path, *, pdfa: bool = False, limits: Limits | None = None
) -> None:
    """Write `reading`'s file at `path` as a searchable PDF to `out`.

    Pages that were born digital stay as they are. With `pdfa` the output
    declares PDF/A-2B (an output intent and metadata are added; what the original
    embeds is not changed, so a faulty original stays faulty). The file appears
    whole or not at all. Raises `BadFile` where the original cannot be opened.
    """
    import pikepdf

    source, target = Path(path), Path(out)
    limits = limits or Limits()
    try:
        with _as_pdf(source, reading, limits) as pdf:
            # An invisible layer of an earlier program would be found twice.
            font = _font(pdf)
            for number, page in enumerate(reading.pages):
                if number < len(pdf.pages) and page.source == "ocr":
                    _add_layer(pdf, pdf.pages[number], page, font)
            _save(pdf, target, reading.name, pdfa)
    except pikepdf.PasswordError as error:
        raise failures.encrypted(reading.name) from error
    except pikepdf.PdfError as error:
        raise failures.damaged(reading.name, "PDF") from error


@contextlib.contextmanager
def _as_pdf(path: Path, reading: Reading, limits: Limits) -> Iterator[Any]:
    import pikepdf

    if reading.media_type == sniff.PDF:
        with pikepdf.open(path) as pdf:
            yield pdf
    elif reading.media_type in sniff.IMAGES:
        with pikepdf.open(io.BytesIO(_images_as_pdf(path, reading, limits))) as pdf:
            yield pdf
    else:
        with pikepdf.open(io.BytesIO(_text_as_pdf(reading))) as pdf:
            yield pdf


def _images_as_pdf(path: Path, reading: Reading, limits: Limits) -> bytes:
    """Each image as a page of its size; a JPEG's own bytes are kept where it needs no turning."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    from ingest.images import frame, opened

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pageCompression=1)
    with opened(path, reading.name, limits) as image:
        plain_jpeg = image.format == "JPEG" and image.getexif().get(0x0112, 1) == 1
        for page in reading.pages:
            canvas.setPageSize((page.width, page.height))
            if plain_jpeg:
                canvas.drawImage(str(path), 0, 0, page.width, page.height)
            else:
                picture = frame(image, page.number - 1, reading.name, limits)
                canvas.drawImage(ImageReader(picture), 0, 0, page.width, page.height)
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


def _font(pdf: Any) -> Any:
    """A composite font without shapes whose character codes are Unicode (UTF-16)."""
    from pikepdf import Array, Dictionary, Name

    to_unicode = pdf.make_stream(
        b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        b"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        b"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        b"1 beginbfrange\n<0000> <FFFF> <0000>\nendbfrange\n"
        b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    )
    descriptor = pdf.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor, FontName=Name("/GlyphLessFont"), Flags=5, FontBBox=Array([0, 0, _UNITS, 1000]),
            ItalicAngle=0, Ascent=1000, Descent=-1, CapHeight=1000, StemV=80,
            FontFile2=pdf.make_stream(_glyphless()),
        )
    )  # fmt: skip
    descendant = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/GlyphLessFont"),
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=descriptor, DW=_UNITS, CIDToGIDMap=pdf.make_stream(b"\x00\x01" * 65536),
    )  # fmt: skip
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/GlyphLessFont"), Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(descendant)]), ToUnicode=to_unicode,
        )
    )  # fmt: skip


def _glyphless() -> bytes:
    """A TrueType font of one glyph for everything, made from the tables a reader insists on.

    The glyph is a line there and back: it has a size, without which some readers
    lose turned text, and no area that could ever be painted.
    """
    import struct

    head = struct.pack(
        ">IIIIHHqqhhhhHHhhh", 0x00010000, 0x00010000, 0, 0x5F0F3CF5, 0x0409, 1000, 0, 0, 0, 0, _UNITS, 1000, 0, 8, 2, 0, 0
    )  # fmt: skip
    hhea = struct.pack(
        ">IhhhHhhhhhhhhhhhH", 0x00010000, 1000, -1, 0, _UNITS, 0, 0, _UNITS, 1, 0, 0, 0, 0, 0, 0, 0, 2
    )
    maxp = struct.pack(">IHHHHHHHHHHHHHH", 0x00010000, 2, 2, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0)
    glyph = struct.pack(">hhhhhHHBBhhhh", 1, 0, 0, _UNITS, 800, 1, 0, 1, 1, 0, _UNITS, 0, 800)
    hmtx = struct.pack(">HhHh", _UNITS, 0, _UNITS, 0)
    subtable = struct.pack(">HHHHHHH", 4, 24, 0, 2, 2, 0, 0) + struct.pack(">HHHHH", 0xFFFF, 0, 0xFFFF, 1, 0)
    cmap = struct.pack(">HHHHI", 0, 1, 3, 1, 12) + subtable
    name = struct.pack(">HHH", 0, 0, 6)
    os2 = struct.pack(">HhHHHhhhhhhhhhhh", 3, _UNITS, 400, 5, 0, *([0] * 11)) + bytes(10) + bytes(16) + b"DDOC" + struct.pack(
        ">HHHhhhHHIIhhHHH", 64, 0, 0xFFFF, 1000, -1, 0, 1000, 1, 0, 0, 0, 0, 0, 32, 0
    )  # fmt: skip
    post = struct.pack(">IIhhIIIII", 0x00030000, 0, 0, 0, 1, 0, 0, 0, 0)
    tables = {
        b"OS/2": os2, b"cmap": cmap, b"glyf": glyph, b"head": head, b"hhea": hhea, b"hmtx": hmtx,
        b"loca": struct.pack(">HHH", 0, 0, len(glyph) // 2), b"maxp": maxp, b"name": name, b"post": post,
    }  # fmt: skip
    offset = 12 + 16 * len(tables)
    directory, body = b"", b""
    for tag, data in tables.items():
        padded = data + bytes(-len(data) % 4)
        total = sum(struct.unpack(f">{len(padded) // 4}I", padded)) & 0xFFFFFFFF
        directory += tag + struct.pack(">III", total, offset + len(body), len(data))
        body += padded
    count = len(tables)
    return struct.pack(">IHHHH", 0x00010000, count, 128, 3, count * 16 - 128) + directory + body


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
    fonts[_FONT] = font
    page.Resources.Font = fonts
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(pdf.make_stream(b"\nQ\n" + layer(read, _matrix(page))))


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


def layer(read: Page, matrix: Sequence[float]) -> bytes:
    """The content stream of a page's words as invisible text, lines in reading order.

    Each word is stretched to its box; a space follows it, so that programs that
    copy text find word boundaries.
    """
    out = ["BT 3 Tr"]
    for line in read.lines:
        boxed = [(word, word.box) for word in line.words if word.box is not None]
        if not boxed:
            continue
        size, slope, base = _baseline(boxed)
        for at, (word, box) in enumerate(boxed):
            foot = base + slope * box.x0
            out.append(_word(word, box, foot, size, matrix, space=at < len(boxed) - 1))
    out.append("ET")
    return "\n".join(out).encode("ascii")


def _baseline(words: Sequence[tuple[Word, Box]]) -> tuple[float, float, float]:
    """Letter size, slope and height at x = 0 of the line the words stand on.

    A dash or a full stop of its own has a box too small to say where the line is.
    """
    whole = [box for word, box in words if sum(char.isalnum() for char in word.text) > 1] or [
        box for _, box in words
    ]
    size = max(2.0, statistics.median(box.y1 - box.y0 for box in whole))
    slope = 0.0
    if len(whole) > 2 and whole[-1].x0 - whole[0].x0 > 100:
        slope = statistics.linear_regression([box.x0 for box in whole], [box.y1 for box in whole]).slope
        slope = max(-0.1, min(0.1, slope))
    return size, slope, statistics.median(box.y1 - slope * box.x0 for box in whole)


def _word(word: Word, box: Box, foot: float, size: float, matrix: Sequence[float], *, space: bool) -> str:
    a, b, c, d, e, f = matrix
    text = "".join(char if ord(char) < 0x10000 else "\ufffd" for char in word.text)
    stretch = (box.x1 - box.x0) / (len(text) * size * _UNITS / 1000) * 100
    x, y = a * box.x0 + c * foot + e, b * box.x0 + d * foot + f
    # The text's own axes: right along the line, up against the page's y.
    codes = (text + " " if space else text).encode("utf-16-be").hex().upper()
    return (
        f"{_FONT} {size:.2f} Tf {max(1.0, stretch):.2f} Tz "
        f"{a:.4g} {b:.4g} {-c:.4g} {-d:.4g} {x:.2f} {y:.2f} Tm <{codes}> Tj"
    )


def _save(pdf: Any, target: Path, name: str, pdfa: bool) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        metadata["dc:title"] = metadata.get("dc:title") or name
        metadata["pdf:Producer"] = "Đôn Đốc"
        if pdfa:
            metadata["pdfaid:part"] = "2"
            metadata["pdfaid:conformance"] = "B"
    if pdfa:
        _output_intent(pdf)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".dondoc-", suffix=".pdf")
    os.close(handle)
    try:
        pdf.save(temporary)
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _output_intent(pdf: Any) -> None:
    from pikepdf import Array, Dictionary, Name
    from PIL import ImageCms

    profile = pdf.make_stream(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile.N = 3
    pdf.Root.OutputIntents = Array([
        Dictionary(
            Type=Name.OutputIntent, S=Name.GTS_PDFA1, OutputConditionIdentifier=b"sRGB", Info=b"sRGB",
            DestOutputProfile=profile,
        )
    ])  # fmt: skip
