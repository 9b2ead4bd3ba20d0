"""The figures of a blank: its strokes cut in every sensible way, each cut read, the most probable whole kept.

Hand-written figures touch and break, so where one ends is not known before it is
read. Shapes are cut where their ink is thin; every run of neighbouring pieces
that may be one figure is read by the networks; what the whole is, with
what doubt, follows from all ways through the pieces.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from ingest.hands.figures import OTHER, normalised, probabilities
from ingest.hands.shapes import Shape
from ingest.hands.strokes import SIZE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]

_MOST_PIECES, _ONE_FIGURE = 18, 5
"""Pieces a blank may have before it is a scribble, and of how many one figure may consist."""
_LOW, _WIDE = 0.42, 1.15
"""A figure is at least so high and at most so broad, in sizes of the print."""
_KEPT = 24
"""Ways kept at each border between pieces."""
_SKIP = 0.3
"""Probability of a small piece that is dirt and belongs to no figure."""


def read_figures(views: Sequence[Sequence[Shape]], fits: Callable[[str], bool]) -> tuple[str, float] | None:
    """The figures that the shapes of a blank make and how probable they are, None where nothing fitting is seen.

    `views` are the shapes as several pictures of the same blank show them, each a little smaller or larger: what hangs on a
    single pixel is not known. `fits` says which strings can stand in the blank.
    """
    total: dict[str, float] = {}
    for shapes in views:
        for text, probability in readings(shapes, fits).items():
            total[text] = total.get(text, 0.0) + probability / len(views)
    return max(total.items(), key=lambda item: item[1]) if total else None


def readings(shapes: Sequence[Shape], fits: Callable[[str], bool]) -> dict[str, float]:
    """The fitting strings that one picture's shapes can make, with their probabilities."""
    if not shapes:
        return {}
    ink = straightened(shapes)
    pieces = pieces_of(ink)
    if not 0 < len(pieces) <= _MOST_PIECES:
        return {}
    found = _ways(ink, pieces)
    # What does not fit counts against the others, but half: the blank's form is strong evidence.
    total = sum(mass if fits(text) else 0.5 * mass for text, mass in found.items())
    return {text: float(mass / max(total, 1e-12) * min(1.0, mass)) for text, mass in found.items() if fits(text)}


def straightened(shapes: Sequence[Shape]) -> Mask:
    """The shapes on one canvas, sheared so that their strokes stand as upright as they can."""
    x0, y0 = min(s.x0 for s in shapes), min(s.y0 for s in shapes)
    x1, y1 = max(s.x1 for s in shapes), max(s.y1 for s in shapes)
    ink = np.zeros((y1 - y0, x1 - x0), dtype=np.bool_)
    for shape in shapes:
        ink[shape.y0 - y0 : shape.y1 - y0, shape.x0 - x0 : shape.x1 - x0] |= shape.mask

    def upright(lean: float) -> float:
        columns = sheared(ink, lean).sum(axis=0).astype(np.float64)
        return float((columns**2).sum())

    leans = np.arange(-0.1, 0.61, 0.1)
    lean = float(max(leans, key=upright))
    return sheared(ink, lean)


def sheared(ink: Mask, lean: float) -> Mask:
    """The ink with each row moved left by `lean` times its height over the bottom."""
    high = ink.shape[0]
    push = np.round(lean * (high - 1 - np.arange(high))).astype(np.int64)
    push -= push.min()
    most = int(push.max())
    found = np.zeros((high, ink.shape[1] + most), dtype=np.bool_)
    for row in range(high):
        at = most - int(push[row])
        found[row, at : at + ink.shape[1]] = ink[row]
    return found


def pieces_of(ink: Mask) -> list[tuple[int, int]]:
    """Columns [start, end) of the pieces: cut at empty columns, and where a broad shape is thin."""
    columns = ink.sum(axis=0)
    filled = columns > 0
    edges = np.diff(np.concatenate([[0], filled.astype(np.int8), [0]]))
    stretches = list(
        zip(np.nonzero(edges == 1)[0].tolist(), np.nonzero(edges == -1)[0].tolist(), strict=True)
    )
    found: list[tuple[int, int]] = []
    for start, end in stretches:
        cuts = [start, *_cuts(ink, start, end), end]
        found += list(pairwise(cuts))
    return found


def _cuts(ink: Mask, start: int, end: int) -> list[int]:
    """Columns at which a stretch may be cut: local minima of its ink, not too near each other."""
    if end - start < 0.4 * SIZE:
        return []
    columns = ink[:, start:end].sum(axis=0).astype(np.float64)
    smooth = np.convolve(np.pad(columns, 2, mode="edge"), np.ones(5) / 5, mode="valid")
    least = max(4, round(0.14 * SIZE))
    thin = 0.42 * SIZE
    order = sorted(range(least, end - start - least), key=lambda x: smooth[x])
    chosen: list[int] = []
    for x in order:
        if columns[x] > thin or len(chosen) >= 2 + (end - start) // (SIZE // 2):
            break
        if smooth[x] > min(smooth[max(0, x - least) : x + least + 1]) + 0.5:
            continue
        if all(abs(x - other) >= least for other in chosen):
            chosen.append(x)
    return sorted(start + x for x in chosen)


def _ways(ink: Mask, pieces: Sequence[tuple[int, int]]) -> dict[str, float]:
    """Every string the pieces can make with its probability, the sum over the ways to it."""
    spans, images = _candidates(ink, pieces)
    read: dict[tuple[int, int], Any] = dict(
        zip(spans, probabilities(np.stack(images)) if images else [], strict=True)
    )
    # ways[i] holds the strings that pieces[:i] can make, with their probabilities.
    ways: list[dict[str, float]] = [{"": 1.0}, *({} for _ in pieces)]
    for end in range(1, len(pieces) + 1):
        gathered: dict[str, float] = {}
        if _small(ink, pieces[end - 1]):
            for text, mass in ways[end - 1].items():
                gathered[text] = gathered.get(text, 0.0) + mass * _SKIP
        for start in range(max(0, end - _ONE_FIGURE), end):
            said = read.get((start, end))
            if said is None:
                continue
            for text, mass in ways[start].items():
                for figure in np.argsort(said[:OTHER])[-4:]:
                    key = f"{text}{figure}"
                    gathered[key] = gathered.get(key, 0.0) + mass * float(said[figure])
        ways[end] = dict(sorted(gathered.items(), key=lambda item: -item[1])[:_KEPT])
    return {text: mass for text, mass in ways[-1].items() if text}


def _candidates(ink: Mask, pieces: Sequence[tuple[int, int]]) -> tuple[list[tuple[int, int]], list[Any]]:
    """The runs of pieces that may be one figure, and their images."""
    spans, images = [], []
    for start in range(len(pieces)):
        for end in range(start + 1, min(len(pieces), start + _ONE_FIGURE) + 1):
            part = ink[:, pieces[start][0] : pieces[end - 1][1]]
            if part.shape[1] > _WIDE * SIZE:
                break
            rows = np.nonzero(part.any(axis=1))[0]
            if len(rows) and rows[-1] - rows[0] + 1 >= _LOW * SIZE:
                spans.append((start, end))
                images.append(normalised(part))
    return spans, images


def _small(ink: Mask, piece: tuple[int, int]) -> bool:
    """Whether a piece is too little to be a figure."""
    part = ink[:, piece[0] : piece[1]]
    rows = np.nonzero(part.any(axis=1))[0]
    return len(rows) > 0 and rows[-1] - rows[0] + 1 < 0.3 * SIZE and part.shape[1] < 0.3 * SIZE
