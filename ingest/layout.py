"""Reading order: words of a page become lines as a person reads them.

Head left column, head right column, body, "Nơi nhận", signature; the rows of a
table where it stands in the body. Page numbers standing alone are set apart. `Line.gap` tells where a paragraph begins: more
room than usual above, the page's usual first-line indent, or a line that starts
after one that ended early with a full stop.
"""

from __future__ import annotations

import itertools
import re
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest import tables
from ingest.columns import Zone, cut_at_gutter, cut_at_motto, foot, head
from ingest.fragments import Fragment, chain, fragments, letter_height, overlap
from ingest.grids import Grid
from ingest.types import Box, Line, Word

_PAGE_NUMBER = re.compile(r"^[-–—~.|]?\s*(trang\s*)?\d{1,3}(\s*/\s*\d{1,3})?\s*[-–—~.|]?$", re.IGNORECASE)
_LABEL = re.compile(r"^([-–+•*▪]|\(?[0-9]{1,2}(\.[0-9]{1,2})*[.)/]|\(?[a-zđ][.)]|[IVX]{1,5}\.)(\s|$)")


@dataclass(frozen=True, slots=True)
class Layout:
    """The lines in reading order and the page numbers set apart."""

    lines: tuple[Line, ...]
    page_numbers: tuple[Fragment, ...] = ()


@dataclass(frozen=True, slots=True)
class _Table:
    """A table on the page: where it stands and its rows."""

    box: Box
    rows: tuple[Line, ...]


def lay_out(
    words: Sequence[Word],
    width: float,
    height: float,
    runs: Sequence[Sequence[Word]] | None = None,
    grids: Sequence[Grid] = (),
) -> Layout:
    """The words of a page of `width` × `height` points as lines in reading order.

    `runs` are words known to share a line (Tesseract's lines); without them they
    are found by place. `grids` are the ruled tables of the page. Every word must
    have a box.
    """
    words = [word for word in words if word.text.strip()]
    if not words:
        return Layout(())
    size = letter_height(words)
    words, found = tables.take_out(words, grids)
    ruled = [_Table(grid.box, tuple(rows)) for grid, rows in found]
    if ruled and runs is not None:
        outside = {id(word) for word in words}
        runs = [kept for run in runs if (kept := [word for word in run if id(word) in outside])]
    items = fragments(runs if runs is not None else chain(words), size) if words else []
    items = cut_at_gutter(cut_at_motto(items), width)
    numbers = [item for item in items if _is_page_number(item, items, width, height)]
    items = [item for item in items if item not in numbers]
    zones = [zone for zone in (head(items, width, height), foot(items, width, height)) if zone]
    if len(zones) == 2 and zones[0].members & zones[1].members:
        zones = zones[:1]
    lines = _order(items, zones, size, ruled)
    return Layout(tuple(lines), tuple(numbers))


def _is_page_number(item: Fragment, items: Sequence[Fragment], width: float, height: float) -> bool:
    if not _PAGE_NUMBER.match(item.text) or len(item.words) > 4:
        return False
    near_edge = item.box.y1 < height * 0.09 or item.box.y0 > height * 0.9
    alone = not any(other is not item and overlap(other.box, item.box) > 0.3 for other in items)
    outermost = (
        item.middle <= min(other.middle for other in items) + 1
        or item.middle >= max(other.middle for other in items) - 1
    )
    return alone and outermost and (near_edge or (item.box.y1 < height * 0.14 and item.centre > width * 0.3))


def _order(
    items: Sequence[Fragment], zones: Sequence[Zone], size: float, ruled: Sequence[_Table]
) -> list[Line]:
    inside: set[int] = set()
    for zone in zones:
        inside |= zone.members
    rest = [item for item in items if id(item) not in inside]
    lines: list[Line] = []
    top = [zone for zone in zones if zone.kind == "head"]
    bottom = [zone for zone in zones if zone.kind == "foot"]
    if top:
        start = min(item.box.y0 for item in (*top[0].left, *top[0].right))
        above = [item for item in rest if item.middle < start]
        rest = [item for item in rest if item.middle >= start]
        lines += _block(above, size)
        lines += _column(top[0].left, size) + _column(top[0].right, size)
    after: list[Fragment] = []
    below: list[_Table] = []
    if bottom:
        start = min(item.middle for item in (*bottom[0].left, *bottom[0].right))
        after = [item for item in rest if item.middle > start]
        rest = [item for item in rest if item.middle <= start]
        below = [table for table in ruled if table.box.y0 > start]
    body = _block(rest, size, [table for table in ruled if table not in below])
    if body and lines:
        body[0] = replace(body[0], gap=True)
    lines += body
    if bottom:
        lines += _column(bottom[0].left, size) + _column(bottom[0].right, size)
    lines += _block(after, size, below)
    return lines


def _rows(items: Sequence[Fragment]) -> list[list[Fragment]]:
    """Fragments that stand side by side, row by row."""
    rows: list[list[Fragment]] = []
    for item in sorted(items, key=lambda fragment: fragment.middle):
        if rows and _same_row(rows[-1], item):
            rows[-1].append(item)
        else:
            rows.append([item])
    return [sorted(row, key=lambda fragment: fragment.box.x0) for row in rows]


def _same_row(row: Sequence[Fragment], item: Fragment) -> bool:
    nearest = min(row, key=lambda other: abs(other.centre - item.centre))
    if overlap(nearest.box, item.box) < 0.5 or abs(nearest.middle - item.middle) > 0.6 * nearest.height:
        return False
    # Two things on the same place (a stamp over text) are two lines.
    return all(
        min(other.box.x1, item.box.x1) - max(other.box.x0, item.box.x0) < 0.5 * (item.box.x1 - item.box.x0)
        for other in row
    )


def _column(items: Sequence[Fragment], size: float) -> list[Line]:
    """The lines of one column; its first line begins a paragraph, others only after a clear gap."""
    lines: list[Line] = []
    pitch = 0.0
    previous: list[Fragment] | None = None
    for row in _rows(items):
        gap = previous is None
        if previous is not None:
            step = row[0].middle - previous[0].middle
            gap = step > 1.8 * max(size, 9.0) and (not pitch or step > 1.4 * pitch)
            pitch = min(pitch, step) if pitch else step
        lines.append(_line(row, gap))
        previous = row
    return lines


def _line(row: Sequence[Fragment], gap: bool) -> Line:
    return Line(tuple(word for item in row for word in item.words), gap)


def _block(items: Sequence[Fragment], size: float, ruled: Sequence[_Table] = ()) -> list[Line]:
    """The lines of full-width text, with gaps, and the rows of tables where they stand."""
    rows = _rows(items)
    if not rows:
        return [row for table in ruled for row in table.rows]
    margins = _margins(rows, size)
    pitch = _pitch(rows, size)
    lines: list[Line] = []
    waiting = list(ruled)
    previous: list[Fragment] | None = None
    for row in rows:
        behind = bool(waiting) and waiting[0].box.y0 < row[0].middle
        while waiting and waiting[0].box.y0 < row[0].middle:
            lines += waiting.pop(0).rows
        begins = previous is not None and _begins(previous, row, margins, pitch, size)
        lines.append(_line(row, behind or begins))
        previous = row
    return lines + [row for table in waiting for row in table.rows]


@dataclass(frozen=True, slots=True)
class _Margins:
    left: float
    right: float
    indent: float | None


def _margins(rows: Sequence[Sequence[Fragment]], size: float) -> _Margins:
    """Left and right edge of the running text and its usual first-line indent (None: none)."""
    lefts = [row[0].box.x0 for row in rows]
    rights = [max(item.box.x1 for item in row) for row in rows]
    right = statistics.quantiles(rights, n=10)[-1] if len(rights) > 2 else max(rights)
    full = [x for x, end in zip(lefts, rights, strict=True) if end > right - 2 * size] or lefts
    left = _mode(full, size / 2)
    candidates = [
        x - left
        for x, row, end in zip(lefts, rows, rights, strict=True)
        if size < x - left < 7 * size and (end > right - 2 * size or _LABEL.match(row[0].text))
    ]
    if not candidates:
        return _Margins(left, right, None)
    indent = _mode(candidates, size / 2)
    usual = sum(abs(value - indent) < size / 2 for value in candidates)
    # One indented line is enough only where it runs to the right margin.
    return _Margins(left, right, indent if usual >= 1 else None)


def _mode(values: Sequence[float], bin_size: float) -> float:
    bins = Counter(round(value / bin_size) for value in values)
    # Ties go to the leftmost: the margin, not an indent.
    best = min(
        bins, key=lambda key: (-(bins[key] + bins.get(key - 1, 0) / 2 + bins.get(key + 1, 0) / 2), key)
    )
    return statistics.median(value for value in values if abs(round(value / bin_size) - best) <= 1)


def _pitch(rows: Sequence[Sequence[Fragment]], size: float) -> float:
    """The usual distance from line to line."""
    steps = [
        second[0].middle - first[0].middle
        for first, second in itertools.pairwise(rows)
        if 0.8 * size < second[0].middle - first[0].middle < 3 * size
    ]
    return statistics.quantiles(steps, n=4)[0] if len(steps) > 3 else (min(steps) if steps else 1.6 * size)


def _begins(
    previous: Sequence[Fragment], row: Sequence[Fragment], margins: _Margins, pitch: float, size: float
) -> bool:
    step = row[0].middle - previous[0].middle
    start, end = row[0].box.x0, max(item.box.x1 for item in row)
    before_end = max(item.box.x1 for item in previous)
    before = previous[-1].text
    if step > 1.35 * pitch + 1:
        # A wide step inside a centred title is only a bigger font.
        return True
    text = " ".join(item.text for item in row)
    if _LABEL.match(text) and not before.endswith(("-", "–")) and start > margins.left - size:
        indented = margins.indent is None or start - margins.left > 0.6 * margins.indent
        if indented or before_end < margins.right - 3 * size:
            return True
    if margins.indent is not None and abs(start - margins.left - margins.indent) < 0.6 * size:
        centred = (
            abs((start - margins.left) - (margins.right - end)) < size and end < margins.right - 2 * size
        )
        # A short line behind a full stop is a paragraph's, whatever room is left on its right.
        return not centred or before.endswith((".", ";", ":"))
    short = before_end < margins.right - 0.2 * (margins.right - margins.left)
    return short and before.endswith((".", ";", ":", "./.")) and start < margins.left + 7 * size
