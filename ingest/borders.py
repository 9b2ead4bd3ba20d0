"""Dark edges of a scan and punch holes: no print, made white before anything is measured.

A copier's lid left open gives black edges, a sheet out of a folder two round
holes of 6 mm, 80 mm apart (ISO 838), at the left or, in an upside-down or turned
scan, at another edge. Both are solid dark areas wider than any stroke of a letter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]

_CELL_MM = 0.8
"""Side of the cells looked at: strokes of 14 point print are thinner."""
_SOLID = 0.85
"""Share of ink in a solid cell."""
_MARGIN_MM = 22.0
"""Holes lie within this of an edge."""
_HOLE_MM = (3.5, 9.5)


def without_borders(grey: Any, dark: Mask, dpi: int) -> tuple[Any, tuple[str, ...]]:
    """The grey image with dark edges and punch holes made white, and which of them there were."""
    cell = max(2, round(dpi * _CELL_MM / 25.4))
    rows, columns = dark.shape[0] // cell, dark.shape[1] // cell
    margin = round(_MARGIN_MM / _CELL_MM)
    if rows <= 2 * margin or columns <= 2 * margin:
        return grey, ()
    share = dark[: rows * cell, : columns * cell].reshape(rows, cell, columns, cell).mean(axis=(1, 3))
    solid = share > _SOLID
    edges = _edges(solid)
    holes = _holes(solid & ~edges, margin)
    steps = (*(("borders",) if edges.any() else ()), *(("holes",) if holes.any() else ()))
    if not steps:
        return grey, ()
    # The rim of a dark area fills its cells only in part.
    rim = _grown(edges | holes) & (share > 0)
    wide = rim.repeat(cell, axis=0).repeat(cell, axis=1)
    cleaned = grey.copy()
    cleaned[: rows * cell, : columns * cell][wide] = 255
    if rim[-1].any():
        cleaned[rows * cell :] = 255
    if rim[:, -1].any():
        cleaned[:, columns * cell :] = 255
    return cleaned, steps


def _edges(solid: Mask) -> Mask:
    """The solid cells that hang together with the outermost ones."""
    reached = np.zeros_like(solid)
    reached[0], reached[-1] = solid[0], solid[-1]
    reached[:, 0] |= solid[:, 0]
    reached[:, -1] |= solid[:, -1]
    while True:
        grown = _grown(reached) & solid
        if (grown == reached).all():
            return reached
        reached = grown


def _holes(solid: Mask, margin: int) -> Mask:
    """Solid cells that form discs of a hole's size near an edge."""
    near = solid.copy()
    near[margin:-margin, margin:-margin] = False
    found = np.zeros_like(solid)
    low, high = (round(size / _CELL_MM) for size in _HOLE_MM)
    while near.any():
        y, x = np.argwhere(near)[0]
        shape = np.zeros_like(near)
        shape[y, x] = True
        while True:
            grown = _grown(shape) & near
            if (grown == shape).all():
                break
            shape = grown
        near &= ~shape
        ys, xs = np.nonzero(shape)
        high_now, wide = int(np.ptp(ys)) + 1, int(np.ptp(xs)) + 1
        if low <= min(high_now, wide) and max(high_now, wide) <= high and len(ys) > 0.55 * high_now * wide:
            found |= shape
    return found


def _grown(mask: Mask) -> Mask:
    """The mask with its neighbours on all eight sides."""
    level = mask.copy()
    level[:, 1:] |= mask[:, :-1]
    level[:, :-1] |= mask[:, 1:]
    grown = level.copy()
    grown[1:] |= level[:-1]
    grown[:-1] |= level[1:]
    return grown
