"""The cells of ruled tables read one below the other instead of across the page.

Tesseract takes a table for columns of text or for a picture and loses words and
lone figures. Its cells, cut out and stacked, are a plain block of lines; what is
read in it is put back where it stood.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ingest.fragments import box_of
from ingest.grids import Grid
from ingest.reading.seen import Seen
from ingest.types import Box, Word

Recognise = Callable[[Any], Seen]

_INSET, _SIDE = 1.0, 2.0
"""Points inside a cell's borders that belong to the lines, below and beside them."""
_BETWEEN = 9.0
"""Points of white round each cell in the stack."""
_LONE = 26.0
"""Points; print lower than this is one line."""
_TALLEST = 10_000
"""Pixels; a higher stack is read in parts."""


@dataclass(frozen=True, slots=True)
class _Patch:
    """A cell's print: the pixels, and where on the page its top left corner is."""

    pixels: Any
    x: int
    y: int


def without_cells(grey: Any, grids: Sequence[Grid]) -> Any:
    """The page with its tables made white."""
    blank = grey.copy()
    for grid in grids:
        box = grid.box
        blank[max(0, int(box.y0)) : int(box.y1) + 1, max(0, int(box.x0)) : int(box.x1) + 1] = 255
    return blank


def read_cells(
    grey: Any, grids: Sequence[Grid], dpi: int, recognise: Recognise, figure: Recognise
) -> list[tuple[Word, ...]]:
    """The lines of print in the cells of the grids (in pixels of the image), boxes in pixels of the page.

    `recognise` reads a block of lines, `figure` a line of one figure or a few.
    """
    paper = float(np.percentile(grey[::4, ::4], 90))
    patches = [patch for grid in grids for box in grid.boxes() if (patch := _patch(grey, box, dpi, paper))]
    lines: list[tuple[Word, ...]] = []
    for stack in _stacks(patches):
        read = _read(stack, dpi, recognise)
        for patch, found in zip(stack, read, strict=True):
            low = patch.pixels.shape[0] < _LONE * dpi / 72
            if low and not any(char.isalnum() for line in found for word in line for char in word.text):
                # A figure by itself, lost among lines of text.
                found = _read([patch], dpi, figure)[0] or found
            lines += found
    return lines


def _patch(grey: Any, box: Box, dpi: int, paper: float) -> _Patch | None:
    """The print of a cell, None where it has none."""
    inset, side = round(_INSET * dpi / 72), round(_SIDE * dpi / 72)
    x0, y0 = max(0, int(box.x0) + side), max(0, int(box.y0) + inset)
    pixels = grey[y0 : int(box.y1) - inset, x0 : int(box.x1) - side]
    if min(pixels.shape) < 8:
        return None
    dark = pixels < 0.6 * paper
    solid = dark[1:, 1:] & dark[:-1, 1:] & dark[1:, :-1]
    if solid.sum() < (dpi / 72) ** 2:
        return None
    rows, columns = np.nonzero(solid.any(axis=1))[0], np.nonzero(solid.any(axis=0))[0]
    top, left = max(0, rows[0] - inset), max(0, columns[0] - inset)
    pixels = pixels[top : rows[-1] + 1 + inset, left : columns[-1] + 1 + inset]
    # Each patch with white paper, or the edge of its grey would be read.
    ground = max(1.0, float(np.percentile(pixels, 90)))
    white = np.clip(pixels.astype(np.float32) * (255 / ground), 0, 255).astype(np.uint8)
    return _Patch(white, x0 + int(left), y0 + int(top))


def _stacks(patches: Sequence[_Patch]) -> list[list[_Patch]]:
    """The patches in stacks that are not too high."""
    stacks: list[list[_Patch]] = []
    height = _TALLEST
    for patch in patches:
        height += patch.pixels.shape[0]
        if height > _TALLEST:
            stacks.append([])
            height = patch.pixels.shape[0]
        stacks[-1].append(patch)
    return stacks


def _read(patches: Sequence[_Patch], dpi: int, recognise: Recognise) -> list[list[tuple[Word, ...]]]:
    """The lines read in each of the patches, one below the other."""
    space = round(_BETWEEN * dpi / 72)
    tops, height = [], space
    for patch in patches:
        tops.append(height)
        height += patch.pixels.shape[0] + space
    image = np.full(
        (height, max(patch.pixels.shape[1] for patch in patches) + 2 * space), 255, dtype=np.uint8
    )
    for patch, top in zip(patches, tops, strict=True):
        image[top : top + patch.pixels.shape[0], space : space + patch.pixels.shape[1]] = patch.pixels
    found: list[list[tuple[Word, ...]]] = [[] for _ in patches]
    for line in recognise(image).lines:
        held: dict[int, list[Word]] = {}
        for word in line:
            box = box_of(word)
            at = max(0, int(np.searchsorted(tops, (box.y0 + box.y1) / 2 + space / 2)) - 1)
            dx, dy = patches[at].x - space, patches[at].y - tops[at]
            moved = Box(box.x0 + dx, box.y0 + dy, box.x1 + dx, box.y1 + dy)
            held.setdefault(at, []).append(replace(word, box=moved))
        for at, words in held.items():
            found[at].append(tuple(words))
    return found
