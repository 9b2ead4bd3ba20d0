"""The ink in a blank: a small straight picture of the row, its strokes, what of them is print and what a hand's.

The picture is taken from the colour original, in its red channel: blue and black
ink are dark there, a red stamp is not. It is scaled so that the print's size is
always the same, whatever the scan's resolution.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from ingest.hands.places import Slot
from ingest.hands.shapes import Shape, shapes_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ingest.prepare import Turn

    Mask = NDArray[np.bool_]

SIZE = 44
"""Pixels of the print's size in the picture (figures are 30 high)."""
ABOVE, BELOW = 1.45, 0.75
"""How far the picture reaches over and under the baseline, in sizes."""
CAPITAL = 0.67
"""The height of figures and capitals in print, in sizes."""
ROOM = 0.74
"""The room of a figure across, in its heights, in Times."""


@dataclass(frozen=True, slots=True)
class Row:
    """The picture of a row of print with a blank: ink, colour, where the blank is, and the print's own measures in pixels.

    `coloured` is how far the ink is from grey (0–255); `base` the baseline,
    `capital` the height of figures and capitals, `known` whether both were measured.
    """

    ink: Mask
    coloured: NDArray[np.uint8]
    left: float
    right: float
    print0: float
    print1: float
    base: float
    capital: float
    known: bool
    shapes: tuple[Shape, ...]


def row_of(image: Any, turn: Turn, unit: float, slot: Slot, zoom: float = 1.0) -> Row:
    """The picture of a blank's row, `zoom` times as large as usual. `image` is the page as scanned (RGB or grey), `unit` its pixels per point."""
    start = min(slot.x0 - 1.6 * slot.size, slot.print0)
    end = max(slot.x1 + 1.6 * slot.size, slot.print1 + 0.2 * slot.size)
    top = slot.baseline - ABOVE * slot.size
    scale = zoom * SIZE / slot.size
    wide, high = max(8, round((end - start) * scale)), round((ABOVE + BELOW) * SIZE * zoom)
    pixels = _cut(image, turn, start * unit, top * unit, unit / scale, wide, high)
    red = pixels if pixels.ndim == 2 else pixels[..., 0]
    ink = red < _threshold(red)
    coloured = np.zeros_like(red)
    if pixels.ndim == 3:
        coloured = (pixels.max(axis=2).astype(np.int16) - pixels.min(axis=2)).astype(np.uint8)
    ink = _without_rules(ink)
    shapes = shapes_of(ink)
    left, right, print0, print1 = ((x - start) * scale for x in (slot.x0, slot.x1, slot.print0, slot.print1))
    base, capital, known = _measures(shapes, print0, print1)
    return Row(ink, coloured, left, right, print0, print1, base, capital, known, shapes)


def _cut(image: Any, turn: Turn, x0: float, y0: float, step: float, wide: int, high: int) -> Any:
    """A part of the straightened page, `step` pixels of the page for one of the picture."""
    from PIL import Image

    radians = np.radians(turn.angle)
    cos, sin = float(np.cos(radians)), float(np.sin(radians))
    cx, cy = turn.width / 2, turn.height / 2
    # Only what is needed of the page goes through Pillow.
    reach = (wide + high) * step * abs(sin) + 8
    corner_x = int(max(0, x0 - reach - abs(sin) * cy))
    corner_y = int(max(0, y0 - reach - abs(sin) * cx))
    far_x = int(min(image.shape[1], x0 + wide * step + reach + abs(sin) * cy + 1))
    far_y = int(min(image.shape[0], y0 + high * step + reach + abs(sin) * cx + 1))
    part = Image.fromarray(np.ascontiguousarray(image[corner_y:far_y, corner_x:far_x]))
    # A picture much smaller than its part of the page must not lose thin strokes.
    fine = max(1, round(step))
    matrix = (
        cos * step / fine, sin * step / fine, cx + cos * (x0 - cx) + sin * (y0 - cy) - corner_x,
        -sin * step / fine, cos * step / fine, cy - sin * (x0 - cx) + cos * (y0 - cy) - corner_y,
    )  # fmt: skip
    fill = 255 if part.mode == "L" else (255, 255, 255)
    cut = part.transform(
        (wide * fine, high * fine), Image.Transform.AFFINE, matrix, Image.Resampling.BICUBIC, fillcolor=fill
    )
    return np.asarray(cut.resize((wide, high), Image.Resampling.BOX) if fine > 1 else cut, dtype=np.uint8)


def _threshold(grey: Any) -> float:
    """Between ink and paper by Otsu, but never far from the paper's own brightness."""
    counts = np.bincount(grey.ravel(), minlength=256).astype(np.float64)
    levels = np.arange(256)
    below = np.cumsum(counts)
    total, mass = below[-1], np.cumsum(counts * levels)
    with np.errstate(divide="ignore", invalid="ignore"):
        between = (mass[-1] * below / total - mass) ** 2 / (below * (total - below))
    best = float(np.nanargmax(np.where(np.isfinite(between), between, -1)))
    paper = float(np.percentile(grey, 85))
    return min(max(best + 1, 0.45 * paper), 0.82 * paper)


def _without_rules(ink: Mask) -> Mask:
    """The ink without level lines longer than any stroke of a figure (a rule under the blank)."""
    length = int(1.3 * SIZE)
    if ink.shape[1] <= length:
        return ink
    sums = np.zeros((ink.shape[0], ink.shape[1] + 1), dtype=np.int32)
    np.cumsum(ink, axis=1, out=sums[:, 1:])
    full = (sums[:, length:] - sums[:, :-length]) >= 0.95 * length
    if not full.any():
        return ink
    lines = np.zeros_like(ink)
    for row, column in np.argwhere(full):
        lines[row, column : column + length] = True
    # Where a stroke crosses the line it stays: ink right over and under it.
    kept = ink & ~lines
    up, down = np.roll(ink & ~lines, 2, axis=0), np.roll(ink & ~lines, -2, axis=0)
    return np.asarray(kept | (lines & ink & up & down), dtype=np.bool_)


def _measures(shapes: tuple[Shape, ...], print0: float, print1: float) -> tuple[float, float, bool]:
    """Baseline and height of figures or capitals, by the print from `print0` to `print1`."""
    wanted = (ABOVE * SIZE, CAPITAL * SIZE)
    tall = [
        shape for shape in shapes
        if print0 <= shape.middle <= print1 and 0.55 * SIZE < shape.height < 0.8 * SIZE and abs(shape.y1 - wanted[0]) < 0.3 * SIZE
    ]  # fmt: skip
    if len(tall) < 2:
        return (*wanted, False)
    return (
        float(np.median([shape.y1 for shape in tall])),
        float(np.median([shape.height for shape in tall])),
        True,
    )


@dataclass(frozen=True, slots=True)
class Fill:
    """What fills a blank: the shapes in it, and what is known of them.

    `printed` says that they look as the row's own print does, `level` that they are about as high and on
    its baseline; `breadth` is how broad they are together, in heights of the print's figures;
    `torn` is true where a stroke runs on into the print beside it or into the
    lines above or below, so that no reading of it is complete.
    """

    shapes: tuple[Shape, ...]
    torn: bool
    printed: bool
    level: bool
    breadth: float
    coloured: bool


def fill_of(row: Row, slot: Slot) -> Fill:
    """The shapes in the blank of a row, without print, dots and rules."""
    left, right, slashed = row.left, row.right, True
    if not slot.sure0 and slot.kind == "number":
        left = _colon_end(row, left) or left
    if slot.kind == "number" and not slot.sure1 and slot.right.label.startswith("/"):
        found = _slash_start(row, right)
        right, slashed = (found, True) if found is not None else (right, False)
    inner = []
    torn = not slashed
    for shape in row.shapes:
        over = min(shape.x1, right) - max(shape.x0, left)
        if over <= 0 or _is_dot(shape) or _off_row(shape, row):
            continue
        beyond = max(left - shape.x0, shape.x1 - right, 0)
        if over < 0.5 * shape.width:
            # Mostly beyond the border: print, unless a stroke of the blank hangs on to it.
            torn = torn or over > 0.2 * SIZE
            continue
        if beyond > (
            0.3 if (slot.sure0 if left - shape.x0 > 0 else slot.sure1) else 0.12
        ) * SIZE and _is_tall(shape):
            torn = True
        if shape.y0 <= 1 or shape.y1 >= row.ink.shape[0] - 1 or shape.height > 1.5 * SIZE:
            torn = True
        inner.append(shape)
    tall = [shape for shape in inner if _is_tall(shape)]
    breadth = (max(s.x1 for s in tall) - min(s.x0 for s in tall)) / row.capital if tall else 0.0
    return Fill(
        tuple(inner) if tall else (),
        torn,
        _looks_printed(tall, row),
        _is_level(tall, row, 2.5),
        breadth,
        _is_coloured(inner, row),
    )


def _is_tall(shape: Shape) -> bool:
    return shape.height > 0.36 * SIZE


def _is_dot(shape: Shape) -> bool:
    """A dot of a dotted line, a speck, the rest of a colon or comma."""
    return shape.height < 0.17 * SIZE and shape.width < 0.3 * SIZE


def _off_row(shape: Shape, row: Row) -> bool:
    """What belongs to the lines above or below."""
    return shape.y1 < row.base - 0.75 * SIZE or shape.y0 > row.base + 0.12 * SIZE


def _colon_end(row: Row, near: float) -> float | None:
    """The right edge of the colon's two dots near the border."""
    dots = [
        shape
        for shape in row.shapes
        if shape.height < 0.2 * SIZE and shape.width < 0.22 * SIZE and abs(shape.x1 - near) < 0.45 * SIZE
    ]
    for one in dots:
        for two in dots:
            if (
                one.y1 < two.y0
                and abs(one.middle - two.middle) < 0.1 * SIZE
                and 0.15 < (two.y0 - one.y0) / SIZE < 0.5
            ):
                return float(max(one.x1, two.x1))
    return None


def _slash_start(row: Row, near: float) -> float | None:
    """The left edge of a printed slash near the border: thin, leaning, as high as the print; the next letter may touch it."""
    for shape in sorted(row.shapes, key=lambda each: abs(each.x0 - near)):
        if (
            abs(shape.x0 - near) > 0.45 * SIZE
            or not 0.6 < shape.height / SIZE < 0.85
            or shape.width < 0.16 * SIZE
        ):
            continue
        if abs(shape.y1 - row.base) > 0.12 * SIZE:
            continue
        ys, xs = np.nonzero(shape.mask[:, : round(0.27 * SIZE)])
        lean = float(np.corrcoef(ys, xs)[0, 1]) if xs.std() and ys.std() else 0.0
        if lean < -0.85:
            return float(shape.x0)
    return None


def _is_level(tall: list[Shape], row: Row, loose: float) -> bool:
    """Whether the shapes have the height of the row's own figures and stand on its baseline; `loose` widens the slack."""
    slack = loose * max(0.06 * row.capital, 1.6)
    return (
        bool(tall)
        and row.known
        and all(
            abs(shape.height - row.capital) <= slack and abs(shape.y1 - row.base) <= slack for shape in tall
        )
    )


def _looks_printed(tall: list[Shape], row: Row) -> bool:
    """Whether the shapes are figures of the row's own print: level with it and evenly set."""
    if not _is_level(tall, row, 1.0) or any(shape.width > 0.85 * row.capital for shape in tall):
        return False

    def slack(a: Shape, b: Shape) -> float:
        # A 1 stands off the middle of its room.
        return 0.22 if min(a.width, b.width) < 0.62 * row.capital else 0.11

    return all(abs((b.middle - a.middle) / row.capital - ROOM) < slack(a, b) for a, b in pairwise(tall))


def _is_coloured(shapes: list[Shape], row: Row) -> bool:
    """Whether the ink is coloured and the print's is not."""
    if not shapes:
        return False
    ours = np.concatenate([row.coloured[s.y0 : s.y1, s.x0 : s.x1][s.mask] for s in shapes])
    others = [s for s in row.shapes if s.middle < row.left or s.middle > row.right]
    print_ = (
        np.concatenate([row.coloured[s.y0 : s.y1, s.x0 : s.x1][s.mask] for s in others])
        if others
        else np.zeros(1)
    )
    return bool(np.median(ours) > 60 and np.median(ours) > np.median(print_) + 35)
