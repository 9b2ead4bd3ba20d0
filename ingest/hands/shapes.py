"""Connected pieces of ink in a small picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Shape:
    """A connected piece of ink: its box in the picture (x0, y0, x1, y1; ends excluded) and its mask there."""

    x0: int
    y0: int
    x1: int
    y1: int
    mask: Mask

    @property
    def width(self) -> int:
        """Pixels across."""
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        """Pixels down."""
        return self.y1 - self.y0

    @property
    def middle(self) -> float:
        """The centre, across."""
        return (self.x0 + self.x1) / 2


def shapes_of(ink: Mask) -> tuple[Shape, ...]:
    """The connected shapes of a mask (eight neighbours), from left to right; single specks left out."""
    owners: list[int] = []

    def root(at: int) -> int:
        while owners[at] != at:
            owners[at] = owners[owners[at]]
            at = owners[at]
        return at

    runs: list[tuple[int, int, int, int]] = []
    above: list[tuple[int, int, int]] = []
    padded = np.zeros((ink.shape[0], ink.shape[1] + 2), dtype=np.int8)
    padded[:, 1:-1] = ink
    edges = np.diff(padded, axis=1)
    for y in range(ink.shape[0]):
        here: list[tuple[int, int, int]] = []
        for x0, x1 in zip(
            np.nonzero(edges[y] == 1)[0].tolist(), np.nonzero(edges[y] == -1)[0].tolist(), strict=True
        ):
            own = len(owners)
            owners.append(own)
            for a0, a1, other in above:
                if a0 <= x1 and x0 <= a1:
                    owners[root(other)] = root(own)
            here.append((x0, x1, own))
            runs.append((y, x0, x1, own))
        above = here
    grouped: dict[int, list[tuple[int, int, int]]] = {}
    for y, x0, x1, own in runs:
        grouped.setdefault(root(own), []).append((y, x0, x1))
    found = []
    for parts in grouped.values():
        ys = [y for y, _, _ in parts]
        left, right = min(x for _, x, _ in parts), max(x for _, _, x in parts)
        mask = np.zeros((max(ys) - min(ys) + 1, right - left), dtype=np.bool_)
        for y, x0, x1 in parts:
            mask[y - min(ys), x0 - left : x1 - left] = True
        if mask.sum() >= 6:
            found.append(Shape(left, min(ys), right, max(ys) + 1, mask))
    return tuple(sorted(found, key=lambda shape: shape.x0))
