"""Image files to pages: PNG, JPEG, TIFF of several pages, HEIC; turned upright by their EXIF note."""

from __future__ import annotations

import time
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from ingest import failures, ocr, pictures
from ingest.pages import Keep, Progress, each_page
from ingest.types import Limits, Page

_A4 = 8.27
"""Inches: the width of the page where an image does not say its resolution."""
_MAX_READ = 18_000_000
"""Pixels above which an image is made smaller before reading (A4 at 300 dpi has 8.7 million, at 600 dpi 34.8)."""
_LEAST = 0.2
"""Share of an image from which it is read although the rest is missing."""


@contextmanager
def opened(path: Path, name: str, limits: Limits) -> Iterator[Any]:
    """The Pillow image of a file, not yet decoded. Raises `BadFile` where it cannot be opened or is too large."""
    import pillow_heif
    from PIL import Image, UnidentifiedImageError

    pillow_heif.register_heif_opener(thumbnails=False)
    # Our own limit speaks for itself; Pillow's warning would only repeat it.
    Image.MAX_IMAGE_PIXELS = limits.pixels
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(path)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _bomb(path, name, limits) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, RuntimeError) as error:
        raise failures.damaged(name, "ảnh") from error
    try:
        yield image
    finally:
        image.close()


def _bomb(path: Path, name: str, limits: Limits) -> Exception:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None
    try:
        with Image.open(path) as image:
            return failures.too_many_pixels(name, image.width, image.height, limits.pixels)
    except (OSError, ValueError, SyntaxError):
        return failures.damaged(name, "ảnh")
    finally:
        Image.MAX_IMAGE_PIXELS = limits.pixels


def frames_of(image: Any) -> int:
    """How many pages an image file holds."""
    try:
        return int(getattr(image, "n_frames", 1))
    except (OSError, ValueError, EOFError, SyntaxError):
        return 1


def frame(image: Any, index: int, name: str, limits: Limits, *, most: int | None = None) -> tuple[Any, float]:
    """Page `index` (from 0) decoded, upright, as a grey or RGB Pillow image, and the share of it that is there.

    With `most` an image of more than twice as many pixels is made smaller at once, to spare memory.

    Of an image that was cut off, what is there is given, the rest white. Raises
    `BadFile` where that is next to nothing.
    """
    from PIL import Image

    try:
        image.seek(index)
        if image.width * image.height > limits.pixels:
            raise failures.too_many_pixels(name, image.width, image.height, limits.pixels, index + 1)
        times = int((image.width * image.height / most) ** 0.5) if most else 1
        if times > 1 and image.format == "JPEG":
            image.draft(image.mode, (image.width // times, image.height // times))
            times = 1
        there = pictures.load(image)
        if there < _LEAST:
            raise failures.truncated(name, "ảnh")
        return pictures.plain(pictures.upright(pictures.smaller(image, times))), there
    except (OSError, ValueError, EOFError, SyntaxError, Image.DecompressionBombError) as error:
        if "truncated" in str(error).lower():
            raise failures.truncated(name, "ảnh") from error
        raise failures.damaged(name, "ảnh", f"trang {index + 1}") from error


def size_in_points(image: Any, width: int, height: int) -> tuple[float, float, int]:
    """Width and height of the page in points and its dpi: as the file says, else taken for an A4 page."""
    try:
        dpi = float(image.info.get("dpi", (0, 0))[0])
    except (TypeError, ValueError, IndexError):
        dpi = 0.0
    # Cameras and screens write 72 or 96 whatever they saw.
    if not 100 <= dpi <= 1200:
        dpi = min(width, height) / _A4
    return width * 72 / dpi, height * 72 / dpi, max(1, round(dpi))


def read_images(
    path: Path, *, name: str, limits: Limits, progress: Progress | None, spent: dict[str, float],
    known: Mapping[int, Page] | None = None, keep: Keep | None = None,
) -> tuple[Page, ...]:  # fmt: skip
    """All pages of an image file; see `ingest.pages.each_page`."""
    with opened(path, name, limits) as image:
        total = frames_of(image)
        if total > limits.pages:
            raise failures.too_many_pages(name, total, limits.pages)

        def read(number: int) -> Page:
            return _read_frame(image, number, name, limits, spent)

        return each_page(total, read, name=name, limits=limits, progress=progress, known=known, keep=keep)


def _read_frame(image: Any, number: int, name: str, limits: Limits, spent: dict[str, float]) -> Page:
    import numpy as np

    started = time.perf_counter()
    image.seek(number - 1)
    pixels = image.width * image.height
    picture, there = frame(image, number - 1, name, limits, most=_MAX_READ)
    shrunk = (pixels / (picture.width * picture.height)) ** 0.5
    width, height, scanned_at = size_in_points(
        image, round(picture.width * shrunk), round(picture.height * shrunk)
    )
    if picture.width * picture.height > _MAX_READ:
        factor = (_MAX_READ / (picture.width * picture.height)) ** 0.5
        picture = picture.resize((int(picture.width * factor), int(picture.height * factor)))
    spent["render"] = spent.get("render", 0.0) + time.perf_counter() - started
    array = np.asarray(picture, dtype=np.uint8)
    page, stages = ocr.read_image(
        array, number=number, width=width, height=height,
        dpi=max(70, round(array.shape[1] / (width / 72))), seconds=limits.reading_seconds,
    )  # fmt: skip
    for stage, seconds in stages.items():
        spent[stage] = spent.get(stage, 0.0) + seconds
    quality = replace(page.quality, dpi=scanned_at) if page.quality else None
    return replace(
        page, quality=quality, notes=(*page.notes, *((f"cut-off {there:.0%}",) if there < 1 else ()))
    )
