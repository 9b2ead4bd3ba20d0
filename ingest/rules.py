"""Straight lines on a page image: frames of stamps, ruled lines, streaks of a copier.

Letters have no straight stroke longer than about a centimetre, so what is longer
is no letter. Taken away before reading, for Tesseract takes streaks for column
borders and frames for letters; a frame of a stamp's size tells where a stamp is.
Pure functions on arrays.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ingest.grids import Rule

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]

_LENGTH_MM = 11.0
_THICK_MM = 1.6
"""Lines are thinner than this; a thicker black area is a photo or a shadow and stays."""
_FREE = 0.6
"""Share of white along both sides from which a straight stroke is a line of its own."""
_MOST_RUNS = 3000
_BROKEN = 0.8
"""Share of ink along a line from which it is one, broken or not."""
STAMP_WIDTH_MM = (28.0, 80.0)
STAMP_HEIGHT_MM = (13.0, 50.0)
"""Sizes of ĐẾN stamps met; the decree's has 50 × 35 mm (Nghị định 30/2020/NĐ-CP, Phụ lục IV.V)."""


_SLOPES = tuple(step * 0.0087 * side for step in range(11) for side in ((1, -1) if step else (1,)))
"""Slopes of half a degree up to five at which a stamp's sides are looked for, the level one first."""


def long_runs(dark: Mask, length: int) -> Mask:
    """The pixels of vertical runs of at least `length` dark pixels (a twelfth of them may be missing)."""
    height = dark.shape[0]
    if height <= length:
        return np.zeros_like(dark)
    sums = np.zeros((height + 1, dark.shape[1]), dtype=np.int32)
    np.cumsum(dark, axis=0, dtype=np.int32, out=sums[1:])
    full = (sums[length:] - sums[:-length]) * 12 >= length * 11
    if not full.any():
        return np.zeros_like(dark)
    # A window that is full marks all its rows.
    steps = np.zeros((height + 1, dark.shape[1]), dtype=np.int32)
    steps[: full.shape[0]] += full
    steps[length : length + full.shape[0]] -= full
    return np.asarray((np.cumsum(steps[:-1], axis=0) > 0) & dark, dtype=np.bool_)


def _thin(mask: Mask, thickness: int) -> Mask:
    """The pixels of a mask of vertical lines that are no thicker than `thickness` pixels."""
    width = mask.shape[1]
    if width <= thickness + 1:
        return mask
    sums = np.zeros((mask.shape[0], width + 1), dtype=np.int32)
    np.cumsum(mask, axis=1, dtype=np.int32, out=sums[:, 1:])
    thick = (sums[:, thickness + 1 :] - sums[:, : -thickness - 1]) > thickness
    if not thick.any():
        return mask
    steps = np.zeros((mask.shape[0], width + 1), dtype=np.int32)
    steps[:, : thick.shape[1]] += thick
    steps[:, thickness + 1 : thickness + 1 + thick.shape[1]] -= thick
    return np.asarray(mask & ~(np.cumsum(steps[:, :-1], axis=1) > 0), dtype=np.bool_)


def _alone(mask: Mask, dark: Mask, length: int, thickness: int) -> Mask:
    """The vertical lines of a mask that stand in white: letters may cross them, print and grey of a seal do not lie along them."""
    if not mask.any():
        return mask
    beside = thickness + 1
    white = np.zeros(dark.shape, dtype=np.int32)
    white[:, beside:] += ~dark[:, :-beside]
    white[:, :-beside] += ~dark[:, beside:]
    seen, free = _along(mask, length), _along(np.where(mask, white, 0), length)
    return np.asarray(mask & (free >= 2 * _FREE * seen), dtype=np.bool_)


def _uncrossed(mask: Mask, dark: Mask, thickness: int) -> Mask:
    """The vertical lines of a mask without the rows where a letter's stroke runs into them: cut there, it would be broken."""
    if not mask.any():
        return mask
    outside = dark & ~mask
    crossed = np.zeros_like(mask)
    # Past the line's own rough edge: two pixels on, a stroke is still there.
    crossed[:, 3:] |= mask[:, 3:] & outside[:, 1:-2] & outside[:, :-3]
    crossed[:, :-3] |= mask[:, :-3] & outside[:, 2:-1] & outside[:, 3:]
    for _ in range(thickness):
        spread = crossed.copy()
        spread[:, 1:] |= crossed[:, :-1]
        spread[:, :-1] |= crossed[:, 1:]
        crossed = spread & mask
    return np.asarray(mask & ~crossed, dtype=np.bool_)


def _along(values: NDArray[Any], length: int) -> NDArray[np.int32]:
    """The sums over `length` pixels up and down of each pixel."""
    sums = np.zeros((values.shape[0] + 1, values.shape[1]), dtype=np.int32)
    np.cumsum(values, axis=0, dtype=np.int32, out=sums[1:])
    rows = np.arange(values.shape[0])
    return np.asarray(sums[np.minimum(rows + length, values.shape[0])] - sums[np.maximum(rows - length, 0)])


@dataclass(frozen=True, slots=True)
class Ruling:
    """The straight lines of a page: the pixels that can be made white, and level and upright lines in points."""

    mask: Mask
    level: tuple[Rule, ...]
    upright: tuple[Rule, ...]


def straight_lines(dark: Mask, dpi: int, length_mm: float = _LENGTH_MM) -> Mask:
    """The pixels of thin straight lines, upright or level, longer than any stroke of a letter."""
    return ruling(dark, dpi, length_mm).mask


def ruling(dark: Mask, dpi: int, length_mm: float = _LENGTH_MM) -> Ruling:
    """The thin straight lines, upright or level, longer than any stroke of a letter."""
    # Half the resolution is enough to see a line and costs a quarter.
    step = 2 if dpi >= 250 else 1
    full = dark
    if step > 1:
        dark, dpi = _shrunk(dark, step), dpi // step
    length, thickness = max(20, round(dpi * length_mm / 25.4)), max(2, round(dpi * _THICK_MM / 25.4))
    across = np.ascontiguousarray(dark.T)
    upright = _thin(long_runs(dark, length), thickness)
    level = _thin(long_runs(across, length), thickness)
    # In a table print stands close to the lines: for its sake they are listed before that is looked at.
    listed = _rules(level, dpi), _rules(upright, dpi)
    upright, level = _alone(upright, dark, length, thickness), _alone(level, across, length, thickness)
    lines = (
        _uncrossed(upright, dark & ~level.T, thickness) | _uncrossed(level, across & ~upright.T, thickness).T
    )
    if step > 1:
        fine = np.zeros_like(full)
        wide = lines.repeat(step, axis=0).repeat(step, axis=1)
        fine[: wide.shape[0], : wide.shape[1]] = wide
        lines = fine & full
    return Ruling(np.asarray(lines, dtype=np.bool_), *listed)


def _rules(mask: Mask, dpi: int) -> tuple[Rule, ...]:
    """The upright lines of a mask, in points; steps of a slanting line and breaks of 3 mm are joined.

    Empty where there are more than any table has: a picture or a hatched ground.
    """
    if not mask.any():
        return ()
    step = max(1, dpi // 75)
    small = np.ascontiguousarray(_shrunk(mask, step).T).astype(np.int8)
    edges = np.diff(small, axis=1, prepend=0, append=0)
    begins, ends = np.argwhere(edges == 1), np.argwhere(edges == -1)
    if len(begins) > _MOST_RUNS:
        return ()
    unit = 72 / dpi * step
    gap = 3 / 25.4 * 72 / unit
    lines: list[list[int]] = []  # first column, last column, first row, row behind the last
    for (x, y0), (_, y1) in zip(begins.tolist(), ends.tolist(), strict=True):
        for line in lines:
            if x - line[1] <= 2 and y0 - line[3] <= gap and line[2] - y1 <= gap:
                line[1], line[2], line[3] = x, min(line[2], y0), max(line[3], y1)
                break
        else:
            lines.append([x, x, y0, y1])
    return tuple(Rule((x0 + x1 + 1) / 2 * unit, y0 * unit, y1 * unit) for x0, x1, y0, y1 in lines)


def faint_line(dark: Mask, dpi: int, upright: bool, rule: Rule) -> bool:
    """Whether a line is there, may it be broken: ink along four fifths of it, which print has on no row of its letters."""
    if upright:
        dark = dark.T
    unit = dpi / 72
    reach = max(2, round(1.5 * unit))
    at = round(rule.at * unit)
    # The ends lie under the lines across.
    strip = dark[
        max(0, at - reach) : at + reach + 1, round((rule.start + 2) * unit) : round((rule.end - 2) * unit)
    ]
    if min(strip.shape) < 3:
        return False
    return bool((strip[:-2] | strip[1:-1] | strip[2:]).mean(axis=1).max() > _BROKEN)


def without_lines(grey: Any, dark: Mask, dpi: int, length_mm: float = _LENGTH_MM) -> tuple[Any, bool]:
    """The grey image with its straight lines made white, and whether there were any."""
    lines = straight_lines(dark, dpi, length_mm)
    return (erased(grey, lines), True) if lines.any() else (grey, False)


def erased(grey: Any, lines: Mask) -> Any:
    """The grey image with a mask of lines made white.

    A pixel on either side goes too, for the grey rim of a line is still a line.
    """
    wide = lines.copy()
    wide[1:] |= lines[:-1]
    wide[:-1] |= lines[1:]
    wide[:, 1:] |= lines[:, :-1]
    wide[:, :-1] |= lines[:, 1:]
    cleaned = grey.copy()
    cleaned[wide] = 255
    return cleaned


def stamp_frames(dark: Mask, dpi: int) -> list[tuple[int, int, int, int]]:
    """Boxes in pixels of frames of a stamp's size on the upper 60% of the page, also slightly turned ones.

    A frame is one connected shape, hollow, with ink along at least three of its
    four sides.
    """
    step = max(1, dpi // 75)
    small = _shrunk(dark[: dark.shape[0] * 6 // 10], step)
    unit = 75 / 25.4 if step > 1 else dpi / 25.4
    found = []
    for shape in _shapes(small, minimum=int(STAMP_WIDTH_MM[0] * unit)):
        ys, xs = shape[:, 0], shape[:, 1]
        y0, y1, x0, x1 = int(ys.min()), int(ys.max()), int(xs.min()), int(xs.max())
        # Letters that touch the frame are one shape with it: its straight sides come first.
        sides = _own_sides(xs, ys, unit)
        if sides is not None:
            x0, y0, x1, y1 = sides
        elif (
            not _fits(x0, y0, x1, y1, unit)
            or len(shape) > 0.45 * (x1 - x0 + 1) * (y1 - y0 + 1)
            or _sides(xs - x0, ys - y0, x1 - x0 + 1, y1 - y0 + 1) < 3
        ):
            continue
        found.append((x0 * step, y0 * step, (x1 + 1) * step, (y1 + 1) * step))
    return found


def _fits(x0: int, y0: int, x1: int, y1: int, unit: float) -> bool:
    wide, high = (x1 - x0 + 1) / unit, (y1 - y0 + 1) / unit
    return STAMP_WIDTH_MM[0] <= wide <= STAMP_WIDTH_MM[1] and STAMP_HEIGHT_MM[0] <= high <= STAMP_HEIGHT_MM[1]


def _own_sides(xs: NDArray[np.int64], ys: NDArray[np.int64], unit: float) -> tuple[int, int, int, int] | None:
    """The box between the straight sides of a shape, None where it has not two of each direction.

    The shape may be a few degrees askew; the box has then its size and its middle.
    """
    across, down = float(xs.mean()), float(ys.mean())
    for slope in _SLOPES:
        level = np.round(ys - slope * (xs - across)).astype(np.int64)
        upright = np.round(xs + slope * (ys - down)).astype(np.int64)
        top, left = int(level.min()), int(upright.min())
        rows = top + np.nonzero(np.bincount(level - top) > 0.85 * STAMP_WIDTH_MM[0] * unit)[0]
        columns = left + np.nonzero(np.bincount(upright - left) > 0.85 * STAMP_HEIGHT_MM[0] * unit)[0]
        if len(rows) < 2 or len(columns) < 2 or not _fits(columns[0], rows[0], columns[-1], rows[-1], unit):
            continue
        x, y = (columns[0] + columns[-1]) / 2, (rows[0] + rows[-1]) / 2
        dx, dy = round(-slope * (y - down)), round(slope * (x - across))
        return int(columns[0]) + dx, int(rows[0]) + dy, int(columns[-1]) + dx, int(rows[-1]) + dy
    return None


def _shrunk(dark: Mask, step: int) -> Mask:
    height, width = dark.shape[0] // step * step, dark.shape[1] // step * step
    cells = dark[:height, :width].reshape(height // step, step, width // step, step)
    return np.asarray(cells.any(axis=(1, 3)), dtype=np.bool_)


def _sides(xs: NDArray[np.int64], ys: NDArray[np.int64], width: int, height: int) -> int:
    """How many of the four sides of its box a shape runs along (three quarters of the length, a tenth deep)."""
    deep_x, deep_y = max(2, width // 10), max(2, height // 7)
    return sum((
        len(np.unique(xs[ys < deep_y])) > 0.75 * width,
        len(np.unique(xs[ys >= height - deep_y])) > 0.75 * width,
        len(np.unique(ys[xs < deep_x])) > 0.75 * height,
        len(np.unique(ys[xs >= width - deep_x])) > 0.75 * height,
    ))  # fmt: skip


def _shapes(mask: Mask, *, minimum: int) -> list[NDArray[np.int64]]:
    """The connected shapes of at least `minimum` pixels, each as rows of (y, x)."""
    todo = mask.copy()
    shapes = []
    for y, x in np.argwhere(mask):
        if not todo[y, x]:
            continue
        todo[y, x] = False
        stack, shape = [(int(y), int(x))], []
        while stack:
            row, column = stack.pop()
            shape.append((row, column))
            for near in range(row - 1, row + 2):
                for beside in range(column - 1, column + 2):
                    if 0 <= near < todo.shape[0] and 0 <= beside < todo.shape[1] and todo[near, beside]:
                        todo[near, beside] = False
                        stack.append((near, beside))
        if len(shape) >= minimum:
            shapes.append(np.array(shape, dtype=np.int64))
    return shapes
