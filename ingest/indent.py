"""What the spaces of a text file tell: where a paragraph's first line is set in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.typed_tables import typed_rows
from ingest.types import Line, Word

_COLUMNS = re.compile(r"\S\s{3,}\S")
_FIRST_LINE = 3
"""Spaces by which the first line of a paragraph is set in, at least."""
_FULL = 50
"""Characters of a line that may be the first of a paragraph."""


def laid_lines(printed: Sequence[str]) -> tuple[Line, ...]:
    """One line per source line with words, without boxes; `gap` after a blank line and where a first line is set in.

    The rows of a table have the cells that tabs, bars or room part.
    """
    lines: list[Line] = []
    gap = False
    indented = indented_lines(printed)
    tables = typed_rows(printed)
    for index, raw in enumerate(printed):
        if index in tables:
            lines.append(row_of(tables[index], gap=gap))
            gap = False
            continue
        words = raw.split()
        if not words:
            gap = bool(lines)
            continue
        lines.append(Line(tuple(Word(word, None) for word in words), gap or index in indented))
        gap = False
    return tuple(lines)


def row_of(cells: Sequence[str], *, gap: bool) -> Line:
    """A row of a table, without boxes."""
    parted = [cell.split() for cell in cells]
    return Line(tuple(Word(word, None) for cell in parted for word in cell), gap, tuple(map(len, parted)))


def indented_lines(printed: Sequence[str]) -> frozenset[int]:
    """The lines that open a paragraph by their indent, in a text that keeps the page's layout: lines before and behind stand further left."""
    depth = [len(line) - len(line.lstrip()) if line.strip() else -1 for line in printed]
    found = {
        index
        for index in range(1, len(printed) - 1)
        if depth[index] >= _FIRST_LINE
        and len(printed[index].strip()) >= _FULL
        and 0 <= depth[index - 1] <= depth[index] - _FIRST_LINE
        and 0 <= depth[index + 1] <= depth[index] - _FIRST_LINE
        and not _COLUMNS.search(printed[index].strip())
    }
    return frozenset(found) if len(found) > 1 else frozenset()
