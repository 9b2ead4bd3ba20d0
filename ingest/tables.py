"""Words in a grid of ruled lines become the rows of a table, cell by cell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.fragments import Fragment, box_of, chain, fold
from ingest.grids import Grid
from ingest.types import Line, Word

_MOTTO = re.compile(r"doc lap.{0,4}tu do|cong h[oa]*a xa hoi")
_FEWEST = 2
"""Cells with words that a table must have."""


def take_out(
    words: Sequence[Word], grids: Sequence[Grid]
) -> tuple[list[Word], list[tuple[Grid, list[Line]]]]:
    """The words outside all tables, and each table with its rows from the top.

    A grid that holds a letter's own head (a whole letter in a frame with
    columns) is no table, nor is one with words in a single cell.
    """
    rest, found = list(words), []
    for grid in grids:
        inside: dict[tuple[int, int], list[Word]] = {}
        for word in rest:
            box = box_of(word)
            cell = grid.cell_at((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)
            if cell is not None:
                inside.setdefault(cell, []).append(word)
        if len(inside) < _FEWEST or any(_MOTTO.search(fold(_text(held))) for held in inside.values()):
            continue
        taken = {id(word) for held in inside.values() for word in held}
        rest = [word for word in rest if id(word) not in taken]
        found.append((grid, rows(grid, inside)))
    return rest, found


def rows(grid: Grid, inside: dict[tuple[int, int], list[Word]]) -> list[Line]:
    """A line for each row with words: its cells from left to right, in each its lines from top to bottom.

    A cell over several rows stands in the first of them and is empty in the
    others, one over several columns stands once.
    """
    lines = []
    for row, fields in enumerate(grid.cells):
        words: list[Word] = []
        counts: list[int] = []
        for column, cell in enumerate(fields):
            if cell[1] < column:
                continue
            held = _in_order(inside.get(cell, [])) if cell[0] == row else []
            words += held
            counts.append(len(held))
        if words:
            lines.append(Line(tuple(words), gap=True, cells=tuple(counts)))
    return lines


def _in_order(words: Sequence[Word]) -> list[Word]:
    printed = sorted((Fragment.of(run) for run in chain(words)), key=lambda line: line.middle)
    return [word for line in printed for word in line.words]


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in _in_order(words))
