"""Print that no word covers: lines that Tesseract dropped without a word, as it does under a seal.

Where ink of the height and density of print stands outside every word's box,
over a stretch longer than any scrap, something was not read.
"""

from __future__ import annotations

import itertools
from statistics import median
from typing import TYPE_CHECKING, Any

import numpy as np

from ingest.fragments import box_of
from ingest.reading.seen import Seen
from ingest.types import Box

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CELLS = 4
"""Cells to the height of a line."""
_LEAST, _MOST = 0.04, 0.6
"""Share of ink in a cell of print; less is dust, more a picture or a rim."""
_LONG = 3.0
"""Line heights from which a stretch of ink is worth a look."""


def uncovered(clean: Any, seen: Seen) -> list[Box]:
    """Boxes of print outside all words, longest first, on an image whose grey ground is taken away."""
    boxes = [box_of(word) for word in seen.words]
    heights = [box.y1 - box.y0 for box in boxes]
    if not heights:
        return []
    height = median(heights)
    ink = clean < 128
    margin = 0.2 * height
    for box in boxes:
        # A word's box that is far too high (a rim read as a letter) covers nothing.
        if box.y1 - box.y0 <= 2.5 * height:
            ink[
                max(0, int(box.y0 - margin)) : int(box.y1 + margin) + 1,
                max(0, int(box.x0 - margin)) : int(box.x1 + margin) + 1,
            ] = False
    cell = max(2, round(height / _CELLS))
    full = _closed(_cells(ink, cell), 2 * _CELLS)
    found = [
        Box(x0 * cell, y0 * cell, x1 * cell, y1 * cell)
        for x0, y0, x1, y1 in _stretches(full, round(_LONG * _CELLS))
        if 2 <= y1 - y0 <= 12 * _CELLS
    ]
    return sorted(found, key=lambda box: box.x0 - box.x1)


def _cells(ink: NDArray[np.bool_], cell: int) -> NDArray[np.bool_]:
    rows, columns = ink.shape[0] // cell, ink.shape[1] // cell
    share = ink[: rows * cell, : columns * cell].reshape(rows, cell, columns, cell).mean(axis=(1, 3))
    return np.asarray((share > _LEAST) & (share < _MOST), dtype=np.bool_)


def _closed(full: NDArray[np.bool_], gap: int) -> NDArray[np.bool_]:
    """Cells with gaps of at most `gap` along a row filled."""
    result = full.copy()
    for row in result:
        at = np.nonzero(row)[0]
        for one, other in itertools.pairwise(at):
            if 1 < other - one <= gap:
                row[one:other] = True
    return result


def _stretches(full: NDArray[np.bool_], long: int) -> list[tuple[int, int, int, int]]:
    """Runs of at least `long` cells along a row, those that touch from row to row as one box."""
    boxes: list[list[int]] = []
    for y, row in enumerate(full):
        edges = np.nonzero(np.diff(np.concatenate(([0], row.astype(np.int8), [0]))))[0]
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            if end - start < long:
                continue
            touching = next(
                (box for box in boxes if box[3] >= y - 1 and box[0] < end and start < box[2]), None
            )
            if touching is None:
                boxes.append([int(start), y, int(end), y + 1])
            else:
                touching[0], touching[2], touching[3] = (
                    min(touching[0], int(start)),
                    max(touching[2], int(end)),
                    y + 1,
                )
    return [(x0, y0, x1, y1) for x0, y0, x1, y1 in boxes]
