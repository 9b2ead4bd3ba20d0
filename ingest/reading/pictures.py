"""The picture of one word, cut out of its line for the second reader."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Any

from ingest.fragments import box_of
from ingest.types import Box, Word

_MARGIN = 0.18
"""Share of the line's height left above and below a word's picture."""


def picture(grey: Any, line: Sequence[Word], place: int) -> Any:
    """The word cut out of the page, as high as its line, not into its neighbours."""
    top, bottom = band(line)
    height = bottom - top
    box = box_of(line[place])
    left, right = box.x0 - 0.12 * height, box.x1 + 0.12 * height
    if place:
        left = max(left, _between(box_of(line[place - 1]), box))
    if place + 1 < len(line):
        right = min(right, _between(box, box_of(line[place + 1])))
    x0 = max(0, min(int(left), grey.shape[1] - 4))
    y0 = max(0, min(int(top - _MARGIN * height), grey.shape[0] - 4))
    return grey[y0 : max(y0 + 4, int(bottom + _MARGIN * height) + 1), x0 : max(x0 + 4, int(right) + 1)]


def _between(one: Box, other: Box) -> float:
    """Where a word ends and the next begins; a box that reaches over a dash ends before it."""
    if one.x1 <= other.x0:
        return (one.x1 + other.x0) / 2
    return other.x0 if other.x1 - other.x0 < one.x1 - one.x0 else one.x1


def band(line: Sequence[Word]) -> tuple[float, float]:
    """Top and bottom of a line's print; what is far higher than the rest (a rim, a stroke of a pen) is no measure."""
    boxes = [box_of(word) for word in line]
    usual = median(box.y1 - box.y0 for box in boxes)
    fit = [box for box in boxes if box.y1 - box.y0 <= 1.5 * usual] or boxes
    return min(box.y0 for box in fit), max(box.y1 for box in fit)
