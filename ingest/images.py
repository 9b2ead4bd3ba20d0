"""Image files to pages: PNG, JPEG, TIFF of several pages, HEIC; turned upright by their EXIF note."""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from ingest import failures, ocr
from ingest.types import Limits, Page

Progress = Callable[[int, int], None]

_A4 = 8.27
"""Inches: the width of the page where an image does not say its resolution."""
_MAX_READ = 30_000_000
"""Pixels above which an image is made smaller before reading (A4 at 600 dpi has 34.8 million)."""


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


def frame(image: Any, index: int, name: str, limits: Limits) -> Any:
    """Page `index` (from 0) decoded, upright, as a grey or RGB Pillow image. Raises `BadFile`."""
    from PIL import Image, ImageOps

    try:
        image.seek(index)
        if image.width * image.height > limits.pixels:
            raise failures.too_many_pixels(name, image.width, image.height, limits.pixels, index + 1)
        image.load()
        upright = ImageOps.exif_transpose(image)
        if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
            # Transparent paper is white paper.
            layer = upright.convert("RGBA")
            paper = Image.new("RGBA", layer.size, "white")
            paper.alpha_composite(layer)
            return paper.convert("RGB")
        if upright.mode in ("I;16", "I;16B", "I"):
            return upright.point(lambda value: value / 257).convert("L")
        return (
            upright
            if upright.mode in ("L", "RGB")
            else upright.convert("L" if upright.mode == "1" else "RGB")
        )
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
    path: Path, *, name: str, limits: Limits, progress: Progress | None, spent: dict[str, float]
) -> tuple[Page, ...]:
    """All pages of an image file."""
    import numpy as np

    pages: list[Page] = []
    with opened(path, name, limits) as image:
        total = frames_of(image)
        if total > limits.pages:
            raise failures.too_many_pages(name, total, limits.pages)
        for index in range(total):
            if progress:
                progress(index, total)
            started = time.perf_counter()
            picture = frame(image, index, name, limits)
            width, height, scanned_at = size_in_points(image, picture.width, picture.height)
            if picture.width * picture.height > _MAX_READ:
                factor = (_MAX_READ / (picture.width * picture.height)) ** 0.5
                picture = picture.resize((int(picture.width * factor), int(picture.height * factor)))
            spent["render"] = spent.get("render", 0.0) + time.perf_counter() - started
            array = np.asarray(picture, dtype=np.uint8)
            page, stages = ocr.read_image(
                array, number=index + 1, width=width, height=height,
                dpi=max(70, round(array.shape[1] / (width / 72))), seconds=limits.seconds_per_page,
            )  # fmt: skip
            for stage, seconds in stages.items():
                spent[stage] = spent.get(stage, 0.0) + seconds
            quality = replace(page.quality, dpi=scanned_at) if page.quality else None
            pages.append(replace(page, quality=quality))
    if progress:
        progress(total, total)
    return tuple(pages)
