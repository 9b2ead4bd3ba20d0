"""Grids of ruled lines on a page: where tables are, and their cells.

The same code serves lines found on a scan and those a born-digital page draws.
A grid has at least two rows and two columns (or one row of three columns, the
rest of a table behind a page break): a frame round a stamp or a signature, the
rule under the motto and an underlined word are none.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from ingest.types import Box

_NEAR = 4.0
"""Points by which lines that meet may miss each other, and within which two are one line drawn twice."""
_LEAST_WIDTH = 170.0
"""Points (60 mm); narrower grids are stamps and tick boxes."""
_LEAST_ROW = 8.0
"""Points; a row of print needs more."""
_RULED = 0.5
"""Share of a cell's side that must be ruled for the side to part two cells."""
_OPEN = 14.0
"""Points by which lines go past the last line across them from which a side of the grid is open (faint, or behind the page's end)."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line: `at` the height of a level one (or place of an upright one), from `start` to `end`."""

    at: float
    start: float
    end: float


Seen = Callable[[bool, Rule], bool]
"""Whether a line (upright or not) is on the page, however faint."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table's cells: borders of rows and columns from top left, and for each field between them the cell it belongs to.

    `cells[row][column]` is the (row, column) at which the cell begins: a field of
    a cell that spans several says where the cell has its first.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[tuple[tuple[int, int], ...], ...]

    @property
    def box(self) -> Box:
        """The box round the grid."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Row and column at which the cell over a point begins, None outside the grid."""
        row, column = bisect_right(self.ys, y) - 1, bisect_right(self.xs, x) - 1
        if not (0 <= row < len(self.cells) and 0 <= column < len(self.xs) - 1):
            return None
        return self.cells[row][column]

    def boxes(self) -> list[Box]:
        """The box of each cell, row by row."""
        found: dict[tuple[int, int], Box] = {}
        for row, fields in enumerate(self.cells):
            for column, cell in enumerate(fields):
                box = Box(self.xs[column], self.ys[row], self.xs[column + 1], self.ys[row + 1])
                found[cell] = found[cell].union(box) if cell in found else box
        return [found[cell] for cell in sorted(found)]

    def scaled(self, x: float, y: float) -> Grid:
        """The same with every place multiplied."""
        return Grid(tuple(at * x for at in self.xs), tuple(at * y for at in self.ys), self.cells)


def find(
    level: Iterable[Rule], upright: Iterable[Rule], seen: Seen = lambda upright, rule: False
) -> tuple[Grid, ...]:
    """The grids that level and upright lines form (all in points from the top left), from the top.

    Lines of a faint copy are found in pieces only; `seen` is asked for the sides
    of cells that no line runs along.
    """
    grids = [
        grid
        for levels, uprights in _groups(tuple(level), tuple(upright))
        if (grid := _grid(levels, uprights, seen)) is not None
    ]
    return tuple(sorted(grids, key=lambda grid: (grid.ys[0], grid.xs[0])))


Group = tuple[list[Rule], list[Rule]]


def _groups(level: Sequence[Rule], upright: Sequence[Rule]) -> list[Group]:
    """Lines that touch, together, with the pieces of lines that lie among them."""
    groups: list[Group] = []
    for rule in upright:
        touched = [line for line in level if _meet(line, rule)]
        if not touched:
            continue
        mine = [group for group in groups if any(line in group[0] for line in touched)]
        merged: Group = (list(touched), [rule])
        for group in mine:
            groups.remove(group)
            merged[0].extend(line for line in group[0] if line not in merged[0])
            merged[1].extend(group[1])
        groups.append(merged)
    return [_with_pieces(group, level, upright) for group in groups]


def _with_pieces(group: Group, level: Sequence[Rule], upright: Sequence[Rule]) -> Group:
    x0 = min(*(line.start for line in group[0]), *(line.at for line in group[1])) - _NEAR
    x1 = max(*(line.end for line in group[0]), *(line.at for line in group[1])) + _NEAR
    y0 = min(*(line.at for line in group[0]), *(line.start for line in group[1])) - _NEAR
    y1 = max(*(line.at for line in group[0]), *(line.end for line in group[1])) + _NEAR
    return (
        [line for line in level if y0 <= line.at <= y1 and x0 <= line.start and line.end <= x1],
        [line for line in upright if x0 <= line.at <= x1 and y0 <= line.start and line.end <= y1],
    )


def _meet(level: Rule, upright: Rule) -> bool:
    return (
        level.start - _NEAR <= upright.at <= level.end + _NEAR
        and upright.start - _NEAR <= level.at <= upright.end + _NEAR
    )


def _grid(level: Sequence[Rule], upright: Sequence[Rule], seen: Seen) -> Grid | None:
    xs, ys = _borders(upright, level, _NEAR), _borders(level, upright, _LEAST_ROW)
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 2 or xs[-1] - xs[0] < _LEAST_WIDTH:
        return None
    first = {(row, column): (row, column) for row in range(rows) for column in range(columns)}

    def parted(at: float, start: float, end: float, *, is_upright: bool) -> bool:
        lines = upright if is_upright else level
        return _ruled(lines, at, start, end) or seen(is_upright, Rule(at, start, end))

    def root(field: tuple[int, int]) -> tuple[int, int]:
        while first[field] != field:
            field = first[field]
        return field

    for row in range(rows):
        for column in range(columns):
            right, below = (row, column + 1), (row + 1, column)
            if column + 1 < columns and not parted(xs[column + 1], ys[row], ys[row + 1], is_upright=True):
                _join(first, root((row, column)), root(right))
            if row + 1 < rows and not parted(ys[row + 1], xs[column], xs[column + 1], is_upright=False):
                _join(first, root((row, column)), root(below))
    cells = tuple(tuple(root((row, column)) for column in range(columns)) for row in range(rows))
    begins = {cell for fields in cells for cell in fields}
    begun_rows, begun_columns = len({row for row, _ in begins}), len({column for _, column in begins})
    if begun_columns < 2 or (begun_rows < 2 and begun_columns < 3):
        return None
    return Grid(tuple(xs), tuple(ys), cells)


def _join(
    first: dict[tuple[int, int], tuple[int, int]], one: tuple[int, int], other: tuple[int, int]
) -> None:
    low, high = min(one, other), max(one, other)
    first[high] = low


def _borders(own: Sequence[Rule], across: Sequence[Rule], least: float) -> list[float]:
    """The places of parallel lines, those closer than `least` as one, with open ends added."""
    places: list[list[float]] = []
    for at in sorted(rule.at for rule in own):
        if places and at - places[-1][-1] < least:
            places[-1].append(at)
        else:
            places.append([at])
    borders = [sum(place) / len(place) for place in places]
    start, end = min(rule.start for rule in across), max(rule.end for rule in across)
    return [
        *([start] if borders[0] - start > _OPEN else []), *borders, *([end] if end - borders[-1] > _OPEN else []),
    ]  # fmt: skip


def _ruled(rules: Sequence[Rule], at: float, start: float, end: float) -> bool:
    """Whether lines at `at` run along most of the way from `start` to `end`."""
    covered = sum(
        max(0.0, min(rule.end, end) - max(rule.start, start))
        for rule in rules
        if abs(rule.at - at) < _LEAST_ROW
    )
    return covered > _RULED * (end - start)
