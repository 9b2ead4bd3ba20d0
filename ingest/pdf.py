"""PDF, decided page by page: born digital (its text layer) or scanned (Tesseract).

"Has a text layer" is not "is born digital": letters are scanned, then signed
digitally, and then hold twenty words of signature text over a full-page image;
other scanners lay an invisible text of their own OCR under the image. So a page
that an image covers is read by Tesseract unless much visible text lies on top.
"""

from __future__ import annotations

import ctypes
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ingest import failures, ocr, prepare, signatures, signed_names, stamps, textlayer
from ingest.fragments import chain
from ingest.layout import lay_out
from ingest.pages import Keep, Progress, each_page
from ingest.types import Box, Limits, Mark, Page

RENDER_DPI = prepare.READ_DPI
_COVERED = 0.7
"""Share of the page an image must cover for the page to be a scan."""
_MAX_READ = 18_000_000
"""Pixels at most at which a page is drawn (A3 at 300 dpi has 17.4 million, A0 then gets some 105 dpi)."""
_LEAST_DPI = 60
"""A coarser image is a thumbnail over which something else may be drawn."""
_MANY_WORDS = 60
"""Visible words above which a page over a background image counts as born digital."""


@dataclass(frozen=True, slots=True)
class Content:
    """What one page holds, before anything is read."""

    coverage: float
    visible: int
    hidden: int
    other: int
    pixels: tuple[tuple[int, int], ...]
    full_image: Any = None


def read_pdf(
    path: Path, *, name: str, limits: Limits, progress: Progress | None, spent: dict[str, float],
    known: Mapping[int, Page] | None = None, keep: Keep | None = None,
) -> tuple[Page, ...]:  # fmt: skip
    """All pages of a PDF. Adds the seconds of each stage to `spent`; for the rest see `ingest.pages.each_page`."""
    with opened_pdf(path, name) as document:
        total = len(document)
        if not total:
            raise failures.no_pages(name, "PDF")
        if total > limits.pages:
            raise failures.too_many_pages(name, total, limits.pages)
        # A copy of its own for the overlays: pages are changed while looking.
        with opened_pdf(path, name) as scratch:
            scratch.init_forms()

            def read(number: int) -> Page:
                return _page(path, document, scratch, number - 1, name, limits, spent)

            return each_page(total, read, name=name, limits=limits, progress=progress, known=known, keep=keep)


@contextmanager
def opened_pdf(path: Path, name: str) -> Iterator[Any]:
    """The pypdfium2 document, closed afterwards; raises `BadFile` for what cannot be opened."""
    import pypdfium2
    import pypdfium2.raw as raw

    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None)
        if code == raw.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise failures.encrypted(name) from error
        if _cut_off(path):
            raise failures.truncated(name, "PDF") from error
        raise failures.damaged(name, "PDF") from error
    try:
        if _cut_off(path):
            # pdfium mends such files by dropping what is missing: pages would be lost silently.
            raise failures.truncated(name, "PDF")
        yield document
    finally:
        document.close()


def _cut_off(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(0, 2)
        file.seek(max(0, file.tell() - 65_536))
        tail = file.read()
    return b"%%EOF" not in tail and b"startxref" not in tail


def _page(
    path: Path, document: Any, scratch: Any, index: int, name: str, limits: Limits, spent: dict[str, float]
) -> Page:
    import pypdfium2

    started = time.perf_counter()
    try:
        page = document[index]
        content = look(page)
        over = signatures.overlay(scratch, index, box_maker(page))
    except pypdfium2.PdfiumError as error:
        raise failures.damaged(name, "PDF", f"trang {index + 1}") from error
    for wide, high in content.pixels:
        if wide * high > limits.pixels:
            raise failures.too_many_pixels(name, wide, high, limits.pixels, index + 1)
    _add(spent, "open", started)
    try:
        result = _read(path, page, content, scratch, index, over, limits, spent)
    except pypdfium2.PdfiumError as error:  # an image or text that cannot be unpacked
        raise failures.damaged(name, "PDF", f"trang {index + 1}") from error
    page.close()
    return result


def _read(
    path: Path, page: Any, content: Content, scratch: Any, index: int, over: Any, limits: Limits,
    spent: dict[str, float],
) -> Page:  # fmt: skip
    """The page by its text layer where that is the letter, else by OCR."""
    covered = content.coverage >= _COVERED
    result: Page | None = None
    if content.visible and not (covered and content.hidden):
        started = time.perf_counter()
        result = _text_layer(
            path, page, scratch[index], index, over, enough=_MANY_WORDS if covered else 1,
            seconds=limits.seconds_per_page,
        )  # fmt: skip
        _add(spent, "text-layer", started)
    if result is None:
        result = _scan(page, content, index, over, limits, spent)
    return result


def look(page: Any) -> Content:
    """What lies on a pypdfium2 page: image coverage, visible and hidden text, sizes of its images."""
    import pypdfium2.raw as raw

    left, bottom, right, top = page.get_bbox()
    area = max((right - left) * (top - bottom), 1.0)
    covered, visible, hidden, other = 0.0, 0, 0, 0
    pixels: list[tuple[int, int]] = []
    images: list[Any] = []
    under = 0
    for thing in page.get_objects(max_depth=8):
        nested = thing.level > 0
        if thing.type == raw.FPDF_PAGEOBJ_TEXT:
            if raw.FPDFTextObj_GetTextRenderMode(thing.raw) in (
                raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP,
            ):  # fmt: skip
                hidden += 1
            else:
                visible += 1
        elif thing.type == raw.FPDF_PAGEOBJ_IMAGE:
            wide, high = ctypes.c_uint(), ctypes.c_uint()
            raw.FPDFImageObj_GetImagePixelSize(thing.raw, ctypes.byref(wide), ctypes.byref(high))
            pixels.append((wide.value, high.value))
            images.append(None if nested else thing)
            share = _share(thing, page, left, bottom, right, top, area) if not nested else 0.0
            covered += share
            if share > _COVERED:
                # Text drawn before a covering image cannot be seen.
                under, visible = under + visible, 0
        elif thing.type == raw.FPDF_PAGEOBJ_FORM:
            if not nested and _holds_image(thing):
                covered += _share(thing, page, left, bottom, right, top, area)
        else:
            other += 1
    single = images[0] if len(images) == 1 and not other else None
    return Content(min(covered, 1.0), visible, hidden + under, other, tuple(pixels), single)


def _share(thing: Any, page: Any, left: float, bottom: float, right: float, top: float, area: float) -> float:
    import pypdfium2

    try:
        x0, y0, x1, y1 = thing.get_bounds()
    except pypdfium2.PdfiumError:
        return 0.0
    return float(max(0.0, min(x1, right) - max(x0, left)) * max(0.0, min(y1, top) - max(y0, bottom)) / area)


def _holds_image(form: Any) -> bool:
    import pypdfium2.raw as raw

    count = raw.FPDFFormObj_CountObjects(form.raw)
    for at in range(min(count, 50)):
        kind = raw.FPDFPageObj_GetType(raw.FPDFFormObj_GetObject(form.raw, at))
        if kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM):
            return True
    return False


def box_maker(page: Any) -> Callable[[signatures.Rectangle], Box]:
    """A function from the page's own space (crop box, rotation) to boxes from its top left corner."""
    import pypdfium2.raw as raw

    width, height = page.get_size()
    handle, fine = page.raw, 100

    def point(x: float, y: float) -> tuple[float, float]:
        dx, dy = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(
            handle, 0, 0, round(width * fine), round(height * fine), 0, x, y,
            ctypes.byref(dx), ctypes.byref(dy),
        )  # fmt: skip
        return dx.value / fine, dy.value / fine

    def to_box(rectangle: signatures.Rectangle) -> Box:
        (ax, ay), (bx, by) = point(rectangle[0], rectangle[1]), point(rectangle[2], rectangle[3])
        return Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))

    return to_box


def _text_layer(
    path: Path, page: Any, overlaid: Any, index: int, over: signatures.Overlay, *, enough: int, seconds: float
) -> Page | None:
    """The page by its text layer, or None where that is too little or garbled and must be read by eye."""
    layer = textlayer.text_layer(path, page, index + 1, box_maker(page))
    if layer is None or len(layer.words) < enough or layer.garbled:
        return None
    width, height = page.get_size()
    words = [word for word in layer.words if word.box and _on_page(word.box, width, height)]
    notes = ("sideways-text",) if layer.sideways else ()
    words += over.words
    words += signed_names.names_in_pictures(overlaid, over.marks, words, seconds)
    runs, marks = signatures.take_out(chain(words))
    runs, stamp = stamps.take_out(runs, width, height)
    marks += [stamp] if stamp else []
    laid = lay_out([word for run in runs for word in run], width, height, runs, layer.tables)
    notes = (*notes, *(f"page-number {item.text}" for item in laid.page_numbers))
    return Page(index + 1, width, height, laid.lines, "text-layer", None, (*over.marks, *marks), notes)


def _on_page(box: Box, width: float, height: float) -> bool:
    return box.x1 > 0 and box.y1 > 0 and box.x0 < width and box.y0 < height


def _scan(
    page: Any, content: Content, index: int, over: signatures.Overlay, limits: Limits, spent: dict[str, float]
) -> Page:
    started = time.perf_counter()
    width, height = page.get_size()
    marks: tuple[Mark, ...] = over.marks
    printed = _visible_text(page) if content.visible and content.full_image is not None else ""
    if printed and signatures.reads_like_signature(printed):
        # What a signing program printed over the scan: the image alone is the letter.
        marks = (*marks, Mark("signature-text", None, printed))
        content = replace(content, visible=0)
    image, dpi = picture(page, content, limits)
    _add(spent, "render", started)
    result, stages = ocr.read_image(
        image, number=index + 1, width=width, height=height, dpi=dpi, seconds=limits.reading_seconds,
        marks=marks, filled=over.words,
    )  # fmt: skip
    for stage, seconds in stages.items():
        spent[stage] = spent.get(stage, 0.0) + seconds
    if result.quality is not None:
        result = replace(result, quality=replace(result.quality, dpi=_scanned_at(content, width)))
    return replace(result, notes=(*result.notes, "hidden-text-layer")) if content.hidden else result


def _scanned_at(content: Content, width: float) -> int | None:
    """The resolution of the one image that is the page, `width` points wide; None where there is none such."""
    return (
        round(content.pixels[0][0] / (width / 72))
        if content.full_image is not None and content.coverage > 0.9
        else None
    )


def _visible_text(page: Any) -> str:
    """The text of a page line by line, where it has too little to be a letter (else "")."""
    text = str(page.get_textpage().get_text_bounded())
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    return "\n".join(lines) if len(text.split()) < _MANY_WORDS else ""


def picture(page: Any, content: Content, limits: Limits) -> tuple[Any, int]:
    """The page's image as an RGB or grey array and its dpi: the embedded one where it is the page."""
    import numpy as np

    width, height = page.get_size()
    single = content.full_image
    if single is not None and not content.visible and content.coverage > 0.97 and page.get_rotation() == 0:
        wide, high = content.pixels[0]
        dpi = round(wide / (width / 72))
        a, b, c, d = single.get_matrix().get()[:4]
        straight = a > 0 and d > 0 and abs(b) < 1 and abs(c) < 1
        fits = _LEAST_DPI <= dpi <= 450 and wide * high <= _MAX_READ
        if straight and fits and abs(wide / high - width / height) < 0.03:
            array = single.get_bitmap(render=False).to_pil()
            if array.mode in ("L", "RGB"):
                return np.asarray(array, dtype=np.uint8), dpi
            if array.mode in ("1", "P", "RGBA", "RGBX"):
                return np.asarray(array.convert("RGB"), dtype=np.uint8), dpi
    dpi = RENDER_DPI
    inches = width * height / 72**2
    if inches * dpi * dpi > min(limits.pixels, _MAX_READ):
        dpi = max(36, int((min(limits.pixels, _MAX_READ) / inches) ** 0.5))
    bitmap = page.render(scale=dpi / 72, may_draw_forms=False, draw_annots=False, rev_byteorder=True)
    return np.array(bitmap.to_numpy()[..., :3]), dpi


def _add(spent: dict[str, float], stage: str, started: float) -> None:
    spent[stage] = spent.get(stage, 0.0) + time.perf_counter() - started
