"""Dashes before a line's first word: bullets that Tesseract drops as dirt.

A bullet is a short level stroke alone at half the height of small letters,
within a few letters' room before a line that begins with a capital.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ingest.fragments import box_of
from ingest.reading.seen import Seen
from ingest.types import Box, Word

if TYPE_CHECKING:
    from numpy.typing import NDArray

_REACH = 1.6
"""Line heights before the first word in which a bullet may stand."""
_WIDE = (0.12, 0.55)
_HIGH = 0.18
_MIDDLE = (0.4, 0.75)
"""Size of a dash and the place of its middle from the line's top, in line heights."""
_SURE = 0.8


def with_bullets(grey: Any, seen: Seen) -> Seen:
    """The words with a "-" put before lines that have one in the image and begin with a capital letter."""
    if not seen.lines:
        return seen
    paper = float(np.percentile(grey[::4, ::4], 90))
    result = []
    for line in seen.lines:
        first = min(line, key=lambda word: box_of(word).x0)
        box = _dash(grey, line, first, paper) if first.text[:1].isupper() and len(line) > 1 else None
        result.append(line if box is None else (Word("-", box, _SURE), *line))
    return Seen.of(result)


def _dash(grey: Any, line: Sequence[Word], first: Word, paper: float) -> Box | None:
    near = [box_of(word) for word in line[:6]]
    top, bottom = min(box.y0 for box in near), max(box.y1 for box in near)
    height = bottom - top
    if height > 3 * (box_of(first).y1 - box_of(first).y0):
        return None
    x0, x1 = int(max(0.0, box_of(first).x0 - _REACH * height)), int(box_of(first).x0 - 0.04 * height)
    y0 = max(0, int(top))
    dark = grey[y0 : int(bottom) + 1, x0:x1] < paper * 0.6
    if not dark.any():
        return None
    found = _stroke(dark)
    if found is None:
        return None
    left, up, right, down = found
    wide, high, middle = (right - left) / height, (down - up) / height, (up + down) / 2 / height
    fits = (
        _WIDE[0] <= wide <= _WIDE[1]
        and high <= _HIGH
        and wide > 1.5 * high
        and _MIDDLE[0] <= middle <= _MIDDLE[1]
    )
    return Box(x0 + left, y0 + up, x0 + right, y0 + down) if fits else None


def _stroke(dark: NDArray[np.bool_]) -> tuple[int, int, int, int] | None:
    """The box of the ink where it is one solid stroke (specks of a pixel or two aside), else None."""
    # What has ink beside, above and below it is no speck.
    solid = dark.copy()
    solid[:, 1:-1] &= dark[:, :-2] | dark[:, 2:]
    ys, xs = np.nonzero(solid)
    if not len(ys):
        return None
    columns = np.unique(xs)
    # The stroke nearest to the first word.
    gaps = np.nonzero(np.diff(columns) > 2)[0]
    if len(gaps):
        columns = columns[gaps[-1] + 1 :]
    inside = (xs >= columns[0]) & (xs <= columns[-1])
    ys, xs = ys[inside], xs[inside]
    left, up, right, down = int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1
    filled = len(ys) / ((right - left) * (down - up))
    return (left, up, right, down) if filled > 0.6 else None
