"""Page preparation before reading: pure functions on arrays, the original is kept.

What is here was measured on real and damaged pages: the brightest channel drops
red stamps, straightening saves lines, the median helps only where there is
speckle. Binarisation, upscaling above 300 dpi and background normalisation do
harm and are left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ingest import borders, grids, rules

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]
    Colour = NDArray[np.uint8]

MAX_SKEW = 6.0
"""Degrees of skew searched for on either side."""
BLANK_INK = 0.0006
"""Share of dark pixels under which a page is called blank (one short line of text has more)."""


COARSE_DPI, READ_DPI = 150, 300
"""A coarser scan than the first is read at the second."""
_MOST_PIXELS = 18_000_000


def enlarged(image: Colour, dpi: int) -> tuple[Colour, int]:
    """A coarse scan made larger by Lanczos, and its new dpi; any other as it is.

    Tesseract wants letters 20 pixels high. Drawn larger by a PDF program, pixel by
    pixel or in straight lines, coarse letters are misread twice as often.
    """
    from PIL import Image

    times = min(READ_DPI / max(1, dpi), (_MOST_PIXELS / max(1, image.shape[0] * image.shape[1])) ** 0.5)
    if dpi >= COARSE_DPI or times <= 1:
        return image, dpi
    picture = Image.fromarray(image)
    size = round(picture.width * times), round(picture.height * times)
    return np.asarray(picture.resize(size, Image.Resampling.LANCZOS), dtype=np.uint8), round(dpi * times)


def is_colour(image: Colour, *, tolerance: int = 40) -> bool:
    """Whether an RGB image holds real colour (stamps, seals, ink), not a grey cast."""
    if image.ndim != 3:
        return False
    small = image[::8, ::8, :3].astype(np.int16)
    spread = small.max(axis=2) - small.min(axis=2)
    return bool((spread > tolerance).mean() > 0.0005)


def max_channel(image: Colour) -> Grey:
    """The brightest of R, G and B of each pixel: red and blue ink fades, black stays."""
    if image.ndim == 2:
        return image
    # Pairwise, for a reduction over an axis of three is five times as slow.
    return np.asarray(np.maximum(np.maximum(image[..., 0], image[..., 1]), image[..., 2]), dtype=np.uint8)


def red_ink(image: Colour, *, threshold: int = 40) -> NDArray[np.bool_]:
    """Where the page is red: R above G and B by more than `threshold` (0–255)."""
    if image.ndim != 3:
        return np.zeros(image.shape[:2], dtype=np.bool_)
    red, green, blue = (image[..., channel].astype(np.int16) for channel in range(3))
    return np.asarray(((red - green) > threshold) & ((red - blue) > threshold * 3 // 4), dtype=np.bool_)


def red_layer(image: Colour) -> Grey:
    """Red ink as dark on white: 255 − (R − G), for reading red stamps alone."""
    if image.ndim != 3:
        return np.full(image.shape[:2], 255, dtype=np.uint8)
    difference = image[..., 0].astype(np.int16) - image[..., 1].astype(np.int16)
    return np.asarray(255 - np.clip(difference * 2, 0, 255), dtype=np.uint8)


def ink(image: Grey) -> NDArray[np.bool_]:
    """Dark pixels against the page's own background."""
    background = float(np.percentile(image[::4, ::4], 90))
    return np.asarray(image < background * 0.6, dtype=np.bool_)


def is_blank(image: Grey, *, threshold: float = BLANK_INK) -> bool:
    """Whether there is nothing to read: next to no dark pixels inside the margins (3%)."""
    height, width = image.shape
    inner = image[height * 3 // 100 : height - height * 3 // 100, width * 3 // 100 : width - width * 3 // 100]
    if inner.size == 0:
        return True
    dark = ink(inner)
    # Single specks are dirt; ink of letters has neighbours.
    solid = dark[1:, 1:] & dark[:-1, 1:] & dark[1:, :-1]
    return bool(solid.mean() < threshold)


def speckle(image: Grey) -> float:
    """Isolated dark specks per 10,000 pixels: about 0–2 on clean pages, above 8 on bad copies."""
    dark = ink(image)
    centre = dark[1:-1, 1:-1]
    around = np.zeros(centre.shape, dtype=np.uint8)
    for y in (0, 1, 2):
        for x in (0, 1, 2):
            if (y, x) != (1, 1):
                around += dark[y : y + centre.shape[0], x : x + centre.shape[1]]
    return float((centre & (around <= 1)).mean() * 10_000)


def median3(image: Grey) -> Grey:
    """The 3×3 median, which takes single specks away and costs thin strokes a little."""
    from PIL import Image, ImageFilter

    return np.asarray(Image.fromarray(image).filter(ImageFilter.MedianFilter(3)), dtype=np.uint8)


def skew_angle(image: Grey) -> float:
    """The skew in degrees, counter-clockwise positive, 0.0 where no text lines say otherwise.

    Text lines make the row profile of the ink sharpest at the right shear; a
    coarse and a fine search over ±6° on an image of about 800 rows.
    """
    step = max(1, image.shape[1] // 800)
    small = image[: image.shape[0] // step * step, : image.shape[1] // step * step]
    small = small.reshape(small.shape[0] // step, step, small.shape[1] // step, step).min(axis=(1, 3))
    dark = ink(np.asarray(small, dtype=np.uint8))
    height, width = dark.shape
    margin_y, margin_x = height // 30, width // 30
    ys, xs = np.nonzero(dark[margin_y : height - margin_y, margin_x : width - margin_x])
    if len(ys) < 200:
        return 0.0
    if len(ys) > 60_000:
        chosen = np.random.default_rng(0).choice(len(ys), 60_000, replace=False)
        ys, xs = ys[chosen], xs[chosen]
    offset = xs - width / 2

    def sharpness(angle: float) -> float:
        rows = np.round(ys + offset * np.tan(np.radians(angle))).astype(np.int64)
        rows -= rows.min()
        profile = np.bincount(rows).astype(np.float64)
        return float(((profile[1:] - profile[:-1]) ** 2).sum())

    coarse = np.arange(-MAX_SKEW, MAX_SKEW + 0.01, 0.5)
    best = max(coarse, key=sharpness)
    fine = np.arange(best - 0.45, best + 0.46, 0.1)
    best = max(fine, key=sharpness)
    # A page of few lines has no clear peak; do not turn it on a whim.
    return float(best) if sharpness(best) > 1.08 * sharpness(0.0) else 0.0


@dataclass(frozen=True, slots=True)
class Turn:
    """How a prepared image lies over its original: the rotation in degrees about the centre."""

    angle: float
    width: float
    height: float

    def back(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """The box on the original that holds the given box of the turned image (pixels)."""
        if not self.angle:
            return x0, y0, x1, y1
        radians = np.radians(self.angle)
        cos, sin = float(np.cos(radians)), float(np.sin(radians))
        cx, cy = self.width / 2, self.height / 2
        # The centre is turned and the size kept: at a few degrees the corner
        # box of a turned box would grow over the neighbouring lines.
        mx, my = (x0 + x1) / 2 - cx, (y0 + y1) / 2 - cy
        ox, oy = cx + cos * mx + sin * my, cy - sin * mx + cos * my
        half_w, half_h = (x1 - x0) / 2, (y1 - y0) / 2
        return ox - half_w, oy - half_h, ox + half_w, oy + half_h


def rotate(image: Any, angle: float, *, fill: int = 255) -> Any:
    """The image turned by `angle` degrees about its centre, size kept, corners filled."""
    from PIL import Image

    if not angle:
        return image
    picture = Image.fromarray(image)
    colour = fill if image.ndim == 2 else (fill,) * image.shape[2]
    return np.asarray(
        picture.rotate(-angle, resample=Image.Resampling.BICUBIC, fillcolor=colour), dtype=np.uint8
    )


@dataclass(frozen=True, slots=True)
class Prepared:
    """A page ready to be read: the grey image, its turn over the original, and what was done.

    `frames` are boxes in pixels where a frame of a stamp's size was, `tables` the
    grids of its ruled lines, in pixels too.
    """

    grey: Grey
    turn: Turn
    colour: bool
    steps: tuple[str, ...]
    frames: tuple[tuple[int, int, int, int], ...] = ()
    tables: tuple[grids.Grid, ...] = ()


def prepare(image: Colour, dpi: int) -> Prepared:
    """Brightest channel (colour pages), dark edges and punch holes out, straightening, ruled lines out, median where speckle is measured."""
    steps: list[str] = []
    colour = is_colour(image)
    grey = max_channel(image)
    if colour:
        steps.append("max-channel")
    grey, edges = borders.without_borders(grey, ink(grey), dpi)
    steps += edges
    angle = skew_angle(grey)
    if abs(angle) >= 0.1:
        grey = rotate(grey, angle)
        steps.append(f"deskew {angle:+.1f}")
    else:
        angle = 0.0
    if speckle(grey) > 8.0:
        grey = median3(grey)
        steps.append("median")
    dark = ink(grey)
    turn = Turn(angle, grey.shape[1], grey.shape[0])
    ruling = rules.ruling(dark, dpi)
    frames: tuple[tuple[int, int, int, int], ...] = ()
    tables: tuple[grids.Grid, ...] = ()
    if ruling.mask.any():
        tables = _tables(grey, ruling, dpi)
        grey = rules.erased(grey, ruling.mask)
        steps.append("lines")
        frames = tuple(rules.stamp_frames(dark, dpi))
    return Prepared(grey, turn, colour, tuple(steps), frames, tables)


def _tables(grey: Grey, ruling: rules.Ruling, dpi: int) -> tuple[grids.Grid, ...]:
    """The grids of a page's lines, in pixels."""
    if len(ruling.level) < 2 or len(ruling.upright) < 2:
        return ()
    pale = grey < float(np.percentile(grey[::4, ::4], 90)) * 0.8
    found = grids.find(
        ruling.level, ruling.upright, lambda upright, rule: rules.faint_line(pale, dpi, upright, rule)
    )
    return tuple(grid.scaled(dpi / 72, dpi / 72) for grid in found)
