"""One page as PNG for showing: bounded in pixels, upright, with what was signed over it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from ingest import failures, sniff
from ingest.errors import BadRequest
from ingest.types import Limits

MAX_PIXELS = 12_000_000
"""Pixels of a page image at most; more is scaled down (A4 at 300 dpi has 8.7 million)."""


def page_image(
    path: Path,
    media_type: str,
    page: int,
    dpi: int = 110,
    *,
    limits: Limits | None = None,
    name: str | None = None,
) -> bytes:
    """Page `page` (from 1) of a file of `media_type` at `dpi` as PNG bytes.

    PDF and image files have pages to show; raises `BadRequest` for others and
    for a page that is not there, `BadFile` where the file cannot be opened.
    """
    limits = limits or Limits()
    shown = name or path.name
    dpi = max(20, min(int(dpi), 600))
    if page < 1:
        raise _no_page(shown, page)
    if media_type == sniff.PDF:
        picture = _of_pdf(path, page, dpi, limits, shown)
    elif media_type in sniff.IMAGES:
        picture = _of_image(path, page, dpi, limits, shown)
    else:
        raise BadRequest(
            "no-page-image",
            f"Tệp “{shown}” là văn bản, không có ảnh trang.",
            f"The file “{shown}” is text and has no page images.",
        )
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", compress_level=4)
    return buffer.getvalue()


def _no_page(name: str, page: int) -> BadRequest:
    return BadRequest(
        "no-such-page", f"Tệp “{name}” không có trang {page}.", f"The file “{name}” has no page {page}."
    )


def _of_pdf(path: Path, page: int, dpi: int, limits: Limits, name: str) -> Any:
    from ingest.pdf import look, opened_pdf

    with opened_pdf(path, name) as document:
        if page > len(document):
            raise _no_page(name, page)
        document.init_forms()
        sheet = document[page - 1]
        for wide, high in look(sheet).pixels:
            if wide * high > limits.pixels:
                raise failures.too_many_pixels(name, wide, high, limits.pixels, page)
        width, height = sheet.get_size()
        scale = dpi / 72
        if width * height * scale * scale > MAX_PIXELS:
            scale = (MAX_PIXELS / (width * height)) ** 0.5
        return sheet.render(scale=scale, may_draw_forms=True).to_pil().convert("RGB")


def _of_image(path: Path, page: int, dpi: int, limits: Limits, name: str) -> Any:
    from ingest.images import frame, frames_of, opened, size_in_points

    with opened(path, name, limits) as image:
        if page > frames_of(image):
            raise _no_page(name, page)
        picture, _ = frame(image, page - 1, name, limits)
        width, height, _ = size_in_points(image, picture.width, picture.height)
        size = (max(1, round(width * dpi / 72)), max(1, round(height * dpi / 72)))
        if size[0] * size[1] > MAX_PIXELS:
            factor = (MAX_PIXELS / (size[0] * size[1])) ** 0.5
            size = (max(1, int(size[0] * factor)), max(1, int(size[1] * factor)))
        picture.thumbnail(size)
        return picture
